import { references } from '../../../src/content/checks/references.ts';
import { table } from './table.ts';

table(references, [
  {
    name: 'an unknown topic, with what was meant',
    changes: { entries: { 'carer-money': { topics: ['money', 'mony'] } } },
    finds: ['fault carer-money.yaml - mony: there is no topic "mony"'],
  },
  {
    name: 'an unknown contact, source and factor',
    changes: {
      entries: {
        'carer-money': {
          contacts: ['carers-line', 'nobody'],
          sources: ['official', 'hearsay'],
          factors: ['luck'],
        },
      },
    },
    finds: ['there is no contact "nobody"', 'there is no source "hearsay"', 'there is no factor "luck"'],
  },
  {
    name: 'an unknown entry to go on to',
    changes: { entries: { 'carer-money': { if_refused: 'carer-mony' } } },
    finds: ['there is no entry "carer-mony"'],
  },
  {
    name: 'an unknown entry to go to when a stage goes wrong',
    changes: {
      entries: {
        'carer-money': {
          stages: [{ id: 'ask', title: 'Ask', who: 'you', what: 'You ask.', if_not: 'carer-mony' }],
        },
      },
    },
    finds: ['fault carer-money.yaml if_not: there is no entry "carer-mony"'],
  },
  {
    name: 'an entry with a fault of its own is not also unknown',
    changes: {
      entries: {
        'carer-money': { if_refused: 'appeal' },
        appeal: { effort: 9, title: 'Appeal' },
      },
    },
    finds: [],
  },
  {
    name: 'a danger kind or source that does not exist',
    changes: {
      facts: {
        'household.nation': { danger: { wales: 'rain' } },
      },
      rates: { carer_money: { source: 'hearsay' } },
    },
    finds: [
      'fault facts.yaml wales: there is no danger "rain"',
      'fault rates.yaml source: there is no source "hearsay"',
    ],
  },
  {
    name: 'danger answers that name nobody, or somebody of another nation',
    changes: {
      contacts: { 'welsh-line': { nations: ['wales'] } },
      dangers: {
        'life-at-risk': {
          entries: ['gone'],
          contacts: {
            england: ['welsh-line'],
            wales: ['welsh-line'],
            scotland: ['nobody'],
            northern_ireland: ['carers-line'],
            unknown: ['carers-line'],
          },
        },
      },
    },
    finds: [
      'there is no entry "gone"',
      '"welsh-line" does not serve england',
      'there is no contact "nobody"',
    ],
  },
  {
    name: 'words of danger of an unknown kind',
    changes: {
      files: {
        'locales/en/danger.yaml': [{ kind: 'rain', level: 'ask', reason: 'Wet.', patterns: ['wet'] }],
      },
    },
    finds: ['fault danger.yaml - kind: there is no danger "rain"'],
  },
  {
    name: 'placeholders that nothing fills',
    changes: {
      entries: { 'carer-money': { steps: ['Get {{rate.carer_mony}}.', 'Say {{value}}.', 'Say {{name}}.'] } },
    },
    finds: ['there is no rate "carer_mony"', 'nothing fills {{value}}', 'nothing fills {{name}}'],
  },
  {
    name: 'a rate without a figure today',
    changes: {},
    today: '2027-05-01',
    finds: ['fault carer-money.yaml summary: {{rate.carer_money}} has no figure today'],
  },
  {
    name: 'what nothing uses',
    changes: { sources: { spare: {} }, contacts: { spare: {} }, topics: { spare: {} } },
    finds: [
      'warning sources.yaml spare: nothing cites "spare"',
      'nothing names "spare"',
      'no entry is on the topic "spare"',
    ],
  },
  {
    name: 'a name that stands twice, a contact of another nation',
    changes: {
      contacts: { 'scots-line': { nations: ['scotland'] } },
      entries: { 'carer-money': { contacts: ['carers-line', 'carers-line', 'scots-line'] } },
    },
    finds: [
      'warning carer-money.yaml - carers-line: "carers-line" stands here twice',
      '"scots-line" serves none',
    ],
  },
]);
