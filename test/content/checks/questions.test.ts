import { questions } from '../../../src/content/checks/questions.ts';
import { table } from './table.ts';

const dla = { scope: 'child', type: 'choice', options: ['none', 'waiting', 'low', 'high'] };

table(questions, [
  {
    name: 'a question that no rule needs',
    changes: { facts: { 'child.dla': dla } },
    finds: ['fault facts.yaml child.dla: the answer to "child.dla" settles nothing'],
  },
  {
    name: 'a question that tells of danger',
    changes: {
      facts: { 'child.dla': { ...dla, options: ['none', 'low'], danger: { low: 'life-at-risk' } } },
    },
    finds: [],
  },
  {
    name: 'a question that decides whether a useful one applies',
    changes: {
      facts: {
        'child.dla': { ...dla, options: ['none', 'low'] },
        'carer.hours': { only_if: { 'child.dla': 'low' } },
      },
    },
    finds: [],
  },
  {
    name: 'a question that only the route of those who decide case by case needs',
    changes: {
      facts: { 'child.dla': { ...dla, options: ['none', 'low'] } },
      entries: { 'carer-money': { may_when: { 'child.dla': 'low' } } },
    },
    finds: [],
  },
  {
    name: 'a date that starts a clock',
    changes: {
      facts: { 'child.letter': { scope: 'child', type: 'date', options: undefined } },
      entries: {
        'carer-money': { clocks: [{ from: 'child.letter', add: { months: 2 }, label: 'Last day' }] },
      },
    },
    finds: [],
  },
  {
    name: 'a date that starts the clock of a stage',
    changes: {
      facts: { 'child.letter': { scope: 'child', type: 'date', options: undefined } },
      entries: {
        'carer-money': {
          stages: [
            {
              id: 'answer',
              title: 'They answer',
              who: 'council',
              what: 'They say yes or no.',
              clock: { from: 'child.letter', add: { weeks: 6 }, label: 'They should answer by' },
            },
          ],
        },
      },
    },
    finds: [],
  },
  {
    name: 'options that no rule tells apart',
    changes: {
      facts: { 'child.dla': dla },
      entries: { 'carer-money': { when: { 'child.dla': { in: ['low', 'high'] } } } },
    },
    finds: [
      'the answer to "carer.hours" settles nothing',
      'no rule tells "none", "waiting" of "child.dla" apart',
    ],
  },
]);
