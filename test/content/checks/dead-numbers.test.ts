import { deadNumbers } from '../../../src/content/checks/dead-numbers.ts';
import { welsh } from '../made-up.ts';
import { table } from './table.ts';

table(deadNumbers, [
  {
    name: 'a contact that has it, however it is written',
    changes: {
      contacts: { 'carers-line': { phone: '01632960999' }, other: { text: { to: '078 60 123456' } } },
    },
    finds: [
      'fault contacts.yaml phone: "01632 960 999" is a number',
      'contacts.yaml to: "07860" is a number',
    ],
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
  ...[
    '01632960999',
    '01632-960-999',
    '(01632) 960.999',
    '+44 (0)1632 960999',
    '0044 1632 960 999',
    '44 1632 960999',
    '01632\u00a0960\u2013999',
    '116 123 01632 960 999',
    '۰۱۶۳۲ ۹۶۰ ۹۹۹',
    '０１６３２９６０９９９',
  ].map((written) => ({
    name: `written ${written}`,
    changes: { entries: { 'carer-money': { who: `Call ${written} now.` } } },
    finds: ['fault carer-money.yaml who: "01632 960 999" is a number'],
  })),
  {
    name: 'another number that only holds its digits',
    changes: {
      entries: { 'carer-money': { who: 'Call 1101632 960 999 or 020 7078 6012 or 01632 960 998.' } },
    },
    finds: [],
  },
  {
    name: 'a translation, an interface text and a title of a source',
    changes: {
      interface: { bye: 'Call 01632 960 999.' },
      sources: { official: { title: 'Carers, 01632 960 999' } },
      files: welsh({ 'locales/cy/topics.yaml': { 'money.title': { text: 'Arian 01632 960 999' } } }),
    },
    finds: ['fault sources.yaml title', 'fault interface.yaml bye', 'fault topics.yaml text'],
  },
  {
    name: 'a doubt of an entry may tell of it',
    changes: { entries: { 'carer-money': { doubts: ['It was 01632 960 999.'] } } },
    finds: [],
  },
]);
