import { beforeAll, describe, expect, test } from 'vitest';
import type { Content } from '../../src/content/content.ts';
import { openContent } from '../../src/content/open.ts';
import { readNeeds } from '../../src/language/needs.ts';

let content: Content;
beforeAll(async () => {
  content = (await openContent(new URL('../..', import.meta.url).pathname)).content;
});

describe('who names no need wants to know all that there is', () => {
  test.each([
    'what am i entitled to',
    'What can I get?',
    'what help is there for us',
    'nobody told us what support there is',
    'where do i start',
    'is there anything we can get',
    'co nam się należy?',
    'jaka pomoc jest dla nas',
    'beth sydd gen i hawl iddo',
    'pa gymorth sydd ar gael i ni',
    'hamein kya mil sakta hai',
    'ہمیں کیا مل سکتا ہے',
    'ami ki ki pabo',
    'আমরা কী কী পাব',
    'شو المساعدات الموجودة لنا',
    'ما هي حقوقي',
    'czy coś nam się należy',
    'czy możemy coś dostać',
    "oes 'na rywbeth fedrwn ni gael",
    'kya humein kuch mil sakta hai',
    'کیا ہمیں کچھ مل سکتا ہے',
    'amra ki kichu pete pari',
    'আমরা কি কিছু পেতে পারি',
    'هل في شي نقدر ناخذه',
    'هل يحق لنا اي شيء',
    'fi shi mumkin nakhdo',
  ])('%s', (text) => {
    expect(readNeeds(text, content)).toEqual([]);
  });
});

describe('a need that is named beside it is what they came for', () => {
  test.each([
    ['what benefits can i get for my disabled son', 'disability-carer-benefits'],
    ['what help is there at school for his dyslexia', 'school-support'],
    ['the council is ignoring my complaint', 'rights-moving-immigration'],
    ['what am i entitled to, the council ignores my complaint', 'rights-moving-immigration'],
  ])('%s', (text, topic) => {
    expect(readNeeds(text, content)).toContain(topic);
  });
});

test.each([
  'im knackered, just tell me what im entitled to for my lad hes 9',
  "my son has autism and I'm exhausted. what am I entitled to?",
])(
  'whoever tells of more and asks for all there is hears of money and of their own assessment too: %s',
  (text) => {
    expect(readNeeds(text, content)).toEqual(
      expect.arrayContaining([
        'parent-mental-health',
        'disability-carer-benefits',
        'carer-assessment-breaks',
      ]),
    );
  },
);

test('whoever tells of the child and asks for all there is is not taken to ask about moving or the army', () => {
  const text =
    'my lad is 7, autistic, doesnt sleep, i dont know what im asking tbh, is there anything we can get';
  const needs = readNeeds(text, content);
  expect(needs).toEqual(expect.arrayContaining(['disability-carer-benefits', 'carer-assessment-breaks']));
  expect(needs).not.toContain('rights-moving-immigration');
});

test('who asks about one thing hears of that: no other topic is added', () => {
  expect(readNeeds('what help is there at school for his dyslexia', content)).not.toContain(
    'disability-carer-benefits',
  );
});

test('words that name nothing are no wish for all that there is', () => {
  expect(readNeeds('the weather is nice', content)).toBeUndefined();
});
