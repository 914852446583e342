import { options } from '../../../src/content/checks/options.ts';
import { table } from './table.ts';

const choice = {
  scope: 'child',
  type: 'choice',
  options: ['none', 'low', 'high'],
  labels: { none: 'None', low: 'Low', high: 'High' },
  said: { none: 'You get none.', low: 'You get the low rate.', high: 'You get the high rate.' },
};

table(options, [
  { name: 'a whole choice', changes: { facts: { 'child.dla': choice } }, finds: [] },
  {
    name: 'a label and a sentence too few',
    changes: {
      facts: {
        'child.dla': { ...choice, labels: { none: 'None', low: 'Low' }, said: { none: 'You get none.' } },
      },
    },
    finds: ['`labels` misses "high"', '`said` misses "low", "high"'],
  },
  {
    name: 'a label too many',
    changes: { facts: { 'child.dla': { ...choice, labels: { ...choice.labels, hihg: 'High' } } } },
    finds: ['"child.dla" has no option "hihg"'],
  },
  {
    name: 'a yes_no fact needs no labels, but both sentences',
    changes: {
      facts: {
        'child.dla': {
          ...choice,
          type: 'yes_no',
          options: undefined,
          labels: undefined,
          said: { yes: 'Yes it is.' },
        },
      },
    },
    finds: ['`said` misses "no"'],
  },
  {
    name: 'a number that is not said back',
    changes: { facts: { 'carer.hours': { said: 'You care a lot.' } } },
    finds: ['what we say back does not say the answer'],
  },
  {
    name: 'danger on an option that does not exist',
    changes: { facts: { 'child.dla': { ...choice, danger: { higher: 'life-at-risk' } } } },
    finds: ['fault facts.yaml higher: "child.dla" has no option "higher"'],
  },
]);
