import { deadNumbers } from '../../../src/content/checks/dead-numbers.ts';
import { table } from './table.ts';

table(deadNumbers, [
  {
    name: 'a contact that has it, however it is written',
    changes: {
      contacts: { 'carers-line': { phone: '01632960999' }, other: { text: 'Text YES to 07860 123456' } },
    },
    finds: ['fault contacts.yaml phone: "01632 960 999" is a number', '"07860" is a number'],
  },
  {
    name: 'a text that has it',
    changes: { entries: { 'carer-money': { steps: ['Call +44 1632 960 999.'] } } },
    finds: ['fault carer-money.yaml - Call +44 1632 960 999.: "01632 960 999" is a number'],
  },
  {
    name: 'a note for curators may tell of it',
    changes: { contacts: { 'carers-line': { note: 'It was 01632 960 999.' } } },
    finds: [],
  },
]);
