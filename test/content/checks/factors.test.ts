import { factors } from '../../../src/content/checks/factors.ts';
import { table } from './table.ts';

const areas = {
  financial: {
    title: 'Money',
    factors: { 'financial-security': 'Having enough', 'care-load': 'How much care' },
    helps: 'Money.',
    influences: ['financial'],
  },
};
const files = { 'knowledge/factors.yaml': { entries_each: 3, areas } };

table(factors, [
  {
    name: 'factors that too few entries answer to',
    changes: {
      files,
      entries: {
        other: { factors: ['financial-security', 'care-load'] },
        third: { factors: ['care-load', 'financial-security'] },
      },
    },
    finds: ['fault factors.yaml care-load: 2 of 3 entries answer to "care-load"'],
  },
  {
    name: 'a factor that no entry answers to',
    changes: { files, entries: { other: {}, third: {} } },
    finds: ['fault factors.yaml care-load: 0 of 3 entries'],
  },
]);
