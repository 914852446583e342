import { figures } from '../../../src/content/checks/figures.ts';
import { welsh } from '../made-up.ts';
import { table } from './table.ts';

const steps = (...list: string[]) => ({ entries: { 'carer-money': { steps: list } } });

table(figures, [
  {
    name: 'money',
    changes: steps('You get £86.45 a week.', 'Less than £ 16,000.', 'It costs 10 pounds.', 'It is free.'),
    finds: ['a figure in a text: "£86.45"', '"£ 16,000"', '"10 pounds"'],
  },
  { name: 'ages, hours and weeks may stand', changes: steps('At 16, or 35 hours in 20 weeks.'), finds: [] },
  {
    name: 'phone numbers',
    changes: steps(
      'Call 01632 960001.',
      'Call 0808 157 0000 now.',
      'Call 116 123.',
      'Text SHOUT to 85258.',
      'Call +44 1632 960001.',
    ),
    finds: ['"01632 960001"', '"0808 157 0000"', '"116 123"', '"85258"', '"+44 1632 960001"'],
  },
  {
    name: 'phone numbers in other shapes',
    changes: steps(
      'Call (01632) 960-001.',
      'Call 0044 1632 960001.',
      'Call 0800 1111.',
      'Call ۰۱۶۳۲ ۹۶۰۰۰۱.',
      'Call +44 (0)1632 960001.',
    ),
    finds: [
      '"01632) 960-001"',
      '"0044 1632 960001"',
      '"0800 1111"',
      '"01632 960001"',
      '"+44 (0)1632 960001"',
    ],
  },
  {
    name: 'dates, years and numbers that are no phone',
    changes: steps('From 3 11 2026 to 4 12 2027.', 'In 2026-27 it was 12,000.', 'Call 18001 first.'),
    finds: [],
  },
  {
    name: 'other languages',
    changes: {
      files: welsh({
        'locales/cy/interface.yaml': { hello: 'Ffoniwch 01632 960001' },
        'locales/cy/topics.yaml': { 'money.title': { text: 'Arian £5', of: '86465012' } },
      }),
    },
    finds: ['fault topics.yaml text: a figure in a text', 'fault interface.yaml hello: a phone number'],
  },
  {
    name: '999, 55 and NHS 111 may stand',
    changes: steps('Call 999 and press 55, or call NHS 111.'),
    finds: [],
  },
  {
    name: 'links',
    changes: steps(
      'See https://example.org/x.',
      'See example.org.uk.',
      'Write to me@example.org.',
      'Look at GOV.UK.',
    ),
    finds: ['a link in a text: "https:"', '"example.org.uk"', '"me@example."'],
  },
]);
