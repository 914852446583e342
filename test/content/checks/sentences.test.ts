import { expect, test } from 'vitest';
import { sentences } from '../../../src/content/checks/sentences.ts';
import { sentencesOf, wordsOf } from '../../../src/content/checks/texts.ts';
import { table } from './table.ts';

const long = (n: number) => `${Array.from({ length: n }, () => 'word').join(' ')}.`;

table(sentences, [
  { name: 'as long as may be', changes: { entries: { 'carer-money': { who: long(25) } } }, finds: [] },
  {
    name: 'one word more',
    changes: { entries: { 'carer-money': { who: `Short. ${long(26)}` } } },
    finds: ['fault carer-money.yaml who: a sentence of 26 words'],
  },
  {
    name: 'in every kind of text',
    changes: {
      facts: { 'carer.hours': { help: long(30) } },
      topics: { money: { about: long(30) } },
      dangers: { 'life-at-risk': { say: ['Call 999 now.', long(30)] } },
      interface: { intro: long(30) },
    },
    finds: ['facts.yaml help: ', 'topics.yaml about: ', 'danger.yaml - word', 'interface.yaml intro: '],
  },
]);

test.each([
  ['One. Two? Three!', ['One.', 'Two?', 'Three!']],
  ['Look at GOV.UK today. It is free.', ['Look at GOV.UK today.', 'It is free.']],
  ['Help, e.g. money. More.', ['Help, e.g money.', 'More.']],
  ['They say "no." You ask.', ['They say "no."', 'You ask.']],
])('the sentences of %j', (text, expected) => {
  expect(sentencesOf(text)).toEqual(expected);
});

test('a placeholder is one word, a dash none', () => {
  expect(wordsOf('You get {{rate.carer_money}} a week – not more')).toHaveLength(7);
});
