import { waysOn } from '../../../src/content/checks/ways-on.ts';
import { table } from './table.ts';

const dla = { scope: 'child', type: 'choice', options: ['none', 'low', 'high'] };

table(waysOn, [
  {
    name: 'a refusal that leads round in a circle',
    changes: {
      entries: {
        'carer-money': { if_refused: 'appeal' },
        appeal: { if_refused: 'carer-money' },
        start: { if_refused: 'appeal' },
      },
    },
    finds: [
      'fault appeal.yaml if_refused: `if_refused` goes in a circle: appeal -> carer-money -> appeal',
      'carer-money -> appeal -> carer-money',
    ],
  },
  {
    name: 'a grant that opens another entry',
    changes: {
      facts: { 'child.dla': dla },
      entries: {
        'carer-money': { when: { 'child.dla': { in: ['high'] } } },
        dla: { gives: { 'child.dla': ['low', 'high'] } },
      },
    },
    finds: [],
  },
  {
    name: 'a grant that opens nothing',
    changes: {
      facts: { 'child.dla': dla },
      entries: {
        'carer-money': { when: { 'child.dla': { in: ['high'] } } },
        dla: { gives: { 'child.dla': ['low'] } },
      },
    },
    finds: ['warning dla.yaml child.dla: being granted this opens nothing'],
  },
]);
