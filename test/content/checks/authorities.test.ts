import { authorities } from '../../../src/content/checks/authorities.ts';
import { table } from './table.ts';

const BRISTOL = {
  name: 'Bristol City Council',
  region: 'South West',
  website: 'https://www.bristol.gov.uk/',
};
const file = (others: Record<string, unknown>, bristol: object = {}) => ({
  files: { 'knowledge/areas/authorities.yaml': { E06000023: { ...BRISTOL, ...bristol }, ...others } },
});

table(authorities, [
  {
    name: 'no postcode leads to it',
    changes: file({ E06000024: BRISTOL }),
    finds: ['warning authorities.yaml E06000024: no postcode leads to it'],
  },
  {
    name: 'what follows is reached through what it follows',
    changes: file(
      { E06000024: { ...BRISTOL, from: '2027-04-01' } },
      { until: '2027-03-31', successors: ['E06000024'] },
    ),
    finds: [],
  },
  {
    name: 'a successor that does not exist',
    changes: file({}, { until: '2027-03-31', successors: ['E06000099'] }),
    finds: ['there is no authority "E06000099"'],
  },
  {
    name: 'a successor that has no code yet is no fault as long as it goes on',
    changes: file({}, { until: '2026-11-22', successors: ['East Bristol'] }),
    finds: [],
  },
  {
    name: 'it has ended, and nobody knows what followed',
    changes: file({}, { until: '2026-11-21', successors: ['East Bristol'] }),
    finds: ['fault authorities.yaml until: it ended on 2026-11-21'],
  },
  {
    name: 'what follows leads back to it',
    changes: file(
      { E06000024: { ...BRISTOL, successors: ['E06000023'] } },
      { until: '2027-03-31', successors: ['E06000024'] },
    ),
    finds: ['fault authorities.yaml successors: what follows it leads back to it', 'leads back to it'],
  },
  {
    name: 'it ends before it begins',
    changes: file({}, { from: '2027-04-01', until: '2027-03-31' }),
    finds: ['it ends before it begins'],
  },
  {
    name: 'two have the same code',
    changes: {
      files: {
        'knowledge/areas/authorities.yaml': {
          E06000023: BRISTOL,
          E06000024: { ...BRISTOL, other_codes: ['E06000023', 'E06000030'] },
          E06000025: { ...BRISTOL, other_codes: ['E06000030'] },
        },
        'knowledge/areas/postcodes.txt': 'BS1 E06000023 E06000024 E06000025',
      },
    },
    finds: ['"E06000023" is a code of E06000023 too', '"E06000030" is a code of E06000024 too'],
  },
]);
