import { abbreviations } from '../../../src/content/checks/abbreviations.ts';
import { table } from './table.ts';

const entry = (fields: Record<string, unknown>) => ({ entries: { 'carer-money': fields } });

table(abbreviations, [
  {
    name: 'not explained',
    changes: entry({ who: 'You get DLA.', steps: ['Say DLA again.'] }),
    finds: ['warning carer-money.yaml who: "DLA" is not explained where it first stands'],
  },
  {
    name: 'explained in the same text',
    changes: entry({ who: 'You get Disability Living Allowance (DLA).' }),
    finds: [],
  },
  {
    name: 'explained before',
    changes: entry({ summary: 'Disability living allowance.', who: 'DLA.' }),
    finds: [],
  },
  {
    name: 'explained only later',
    changes: entry({ who: 'You get DLA.', steps: ['Disability Living Allowance (DLA).'] }),
    finds: ['"DLA" is not explained'],
  },
  {
    name: 'in the title, explained after it',
    changes: entry({ title: 'DLA', summary: 'DLA (money for a child).' }),
    finds: [],
  },
  { name: 'known to everyone', changes: entry({ who: 'The NHS. And A.' }), finds: [] },
  {
    name: 'not in the list',
    changes: entry({ who: 'Ask the XYZs.' }),
    finds: ['"XYZ" may be an abbreviation'],
  },
  {
    name: 'in a question',
    changes: { facts: { 'carer.hours': { why: 'For DLA.' } } },
    finds: ['facts.yaml why: "DLA"'],
  },
]);
