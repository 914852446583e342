import { expect, test } from 'vitest';
import { misfits, translations } from '../../../src/content/checks/translations.ts';
import { fingerprint } from '../../../src/content/text-keys.ts';
import { welsh } from '../made-up.ts';
import { table } from './table.ts';

const ask = 'How many hours a week do you care?';
const cy = (facts: object) => ({ files: welsh({ 'locales/cy/facts.yaml': facts }) });
const counts = ['12 of 13 texts', '2 of 2 texts', '6 of 6 texts', '5 of 5 texts'];

table(translations, [
  {
    name: 'an entry that was left out for a fault of its own: nobody is told to throw its translations away',
    changes: {
      entries: { 'carer-money': { title: undefined } },
      files: welsh({ 'locales/cy/entries.yaml': { 'carer-money.title': { text: 'Arian' } } }),
    },
    finds: ['13 of 13 texts', ...counts.slice(1, 3)],
  },
  {
    name: 'what is missing is counted by file',
    changes: cy({ 'carer.hours.ask': { text: 'Sawl awr?', of: fingerprint(ask) } }),
    finds: counts,
  },
  {
    name: 'a key that has gone, a key of another file',
    changes: cy({
      'carer.hours.ask': { text: 'Sawl awr?', of: fingerprint(ask) },
      'carer.gone.ask': { text: 'Beth?' },
      'money.title': { text: 'Arian' },
    }),
    finds: [
      'fault facts.yaml carer.gone.ask: there is no text "carer.gone.ask"',
      'there is no text "money.title" to translate',
      '12 of 13 texts',
      '1 of 2 texts',
      ...counts.slice(2),
    ],
  },
  {
    name: 'the English has changed',
    changes: cy({ 'carer.hours.ask': { text: 'Sawl awr?', of: '00000000' } }),
    finds: ['warning facts.yaml carer.hours.ask: "carer.hours.ask" is stale', ...counts],
  },
  {
    name: 'no fingerprint',
    changes: cy({ 'carer.hours.ask': { text: 'Sawl awr?' } }),
    finds: ['warning facts.yaml carer.hours.ask: 1 texts have no fingerprint', ...counts],
  },
  {
    name: 'a placeholder is lost',
    changes: cy({
      'carer.hours.said': {
        text: 'Rydych yn gofalu.',
        of: fingerprint('You care for {{value}} hours a week.'),
      },
    }),
    finds: ['fault facts.yaml text: {{value}} is missing', ...counts],
  },
]);

test.each([
  ['Some help starts at 35 hours.', '۳۵ گھنٹے', []],
  [
    'Some help starts at 35 hours.',
    '25 awr',
    ['the number 35 is missing', 'the number 25 is not in the English'],
  ],
  ['Over 1,000 and 2, 3.', 'Dros 1.000 a 2, 3.', []],
  [
    '{{rate.a}} a week',
    '{{rate.b}} yr wythnos',
    ['{{rate.a}} is missing', '{{rate.b}} is not in the English'],
  ],
  ['{{rate.a_16}} a week', '{{rate.a_16}} yr wythnos', []],
])('%j as %j', (english, translated, says) => {
  expect(misfits(english, translated).map((one) => one.says)).toEqual(says);
});
