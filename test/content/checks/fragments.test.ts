import { fragments } from '../../../src/content/checks/fragments.ts';
import { table } from './table.ts';

const steps = (...list: string[]) => ({ entries: { 'carer-money': { steps: list } } });

table(fragments, [
  {
    name: 'spaces to be glued',
    changes: steps(' Ask.', 'Ask for '),
    finds: ['starts or ends with a space', 'starts or ends'],
  },
  {
    name: 'joining words and commas',
    changes: steps('and then ask.', 'Ask for the', 'First,', ', then'),
    finds: ['half a sentence: "and then ask."', '"Ask for the"', '"First,"', '", then"'],
  },
  {
    name: 'items of a list are whole',
    changes: {
      entries: { 'carer-money': { have_ready: ['The letter of the person you care for', 'Your bank card'] } },
    },
    finds: [],
  },
  {
    name: 'what we say back is a sentence',
    changes: { facts: { 'carer.hours': { said: '{{value}} hours' } } },
    finds: ['fault facts.yaml said: `said` is not a whole sentence'],
  },
  { name: 'the interface has words of its own', changes: { interface: { or: 'or' } }, finds: [] },
]);
