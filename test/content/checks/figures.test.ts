import { figures } from '../../../src/content/checks/figures.ts';
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
    finds: ['"01632 960001"', '"0808 157 0000"', '"116 123"', '"Text SHOUT to 85258"', '"+44 1632 960001"'],
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
