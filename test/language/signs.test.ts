import { beforeAll, describe, expect, test } from 'vitest';
import type { Content } from '../../src/content/content.ts';
import { openContent } from '../../src/content/open.ts';
import { createLanguage, type Language } from '../../src/language/language.ts';
import { readSpelled } from '../../src/language/read-number.ts';
import { signsOf, wordsBefore } from '../../src/language/signs.ts';

const TODAY = '2026-11-22';
let language: Language;
beforeAll(async () => {
  const content: Content = (await openContent(new URL('../..', import.meta.url).pathname)).content;
  language = createLanguage(content);
});
const told = (text: string, code: string) =>
  Object.fromEntries(
    language
      .telling(text, code, TODAY)
      .told.map(({ fact, child, answer }) => [
        child > 0 ? `${fact} ${child}` : fact,
        'value' in answer ? answer.value : undefined,
      ]),
  );
const answered = (text: string, fact: string, code: string) => {
  const reply = language.reply(text, fact, code, TODAY);
  return reply && ('value' in reply.answer ? reply.answer.value : reply.answer.silence);
};

const OURS = new Set(['yrs', 'dd', 'omro', '3omro', 'and']);
const words = (text: string) => signsOf(text, (word) => OURS.has(word)).map(({ word }) => word);
test.each<[string, string[]]>([
  ['8yrs', ['8', 'yrs']],
  ['DD10', ['dd', '10']],
  ['7and a half', ['7', 'and', 'a', 'half']],
  ['3omro 7', ['3omro', '7']],
  ['7elwa', ['7elwa']],
  ['ma3rafsh', ['ma3rafsh']],
  ['£1,050.50 a month', ['1050.50', 'a', 'month']],
])('digits in words: %s', (text, expected) => {
  expect(words(text)).toEqual(expected);
});

test('a comma begins another thing', () => {
  const signs = signsOf('nie mowi, mieszkamy w anglii', () => false);
  expect(wordsBefore(signs, 4, 3)).toEqual(['mieszkamy', 'w']);
  expect(told('nie mowi, mieszkamy w anglii', 'pl')).toMatchObject({ 'household.nation': 'england' });
});

describe('ones before tens', () => {
  const numbers = new Map([
    ['خمسہ', 5],
    ['عشرین', 20],
    ['مایہ', 100],
    ['five', 5],
    ['twenty', 20],
  ]);
  const lists = {
    numbers,
    added: [],
    and: new Set(['و', 'and']),
    onesFirst: new Set(['خمسہ', 'عشرین', 'مایہ']),
  };
  test.each<[string, number | undefined]>([
    ['خمسہ وعشرین', 25],
    ['خمسہ و عشرین', 25],
    ['مایہ وخمسہ وعشرین', 125],
    ['twenty five', 25],
    ['five', 5],
  ])('%s', (text, expected) => {
    const signs = text.split(' ');
    expect(readSpelled(signs, 0, lists)).toEqual({ number: expected, next: signs.length });
  });
  test('not in English', () => {
    expect(readSpelled(['five', 'and', 'twenty'], 0, lists)).toEqual({ number: 5, next: 1 });
  });
  test('as an answer', () => {
    expect(answered('خمسة وعشرين', 'carer.hours', 'ar')).toBe(25);
    expect(answered('خمسة و عشرين ساعة', 'carer.hours', 'ar')).toBe(25);
  });
});

describe('ages in Latin letters, whatever language the page is in', () => {
  test.each<[string, number]>([
    ['5 saal ka', 5],
    ['panch bochor', 5],
    ['7 saal', 7],
    ['8 lat', 8],
    ['9 snin', 9],
  ])('%s', (text, age) => {
    for (const code of ['en', 'pl', 'ar']) expect(answered(text, 'child.age', code)).toBe(age);
  });
  test.each<[string, number]>([
    ['mera beta 5 saal ka hai', 5],
    ['amar chele panch bochor', 5],
  ])('%s', (text, age) => {
    expect(told(text, 'en')).toMatchObject({ 'child.age': age });
  });
});

describe('corrections', () => {
  test.each<[string, string, unknown]>([
    ['8 no sorry 9', 'child.age', 9],
    ['8, no wait, 9', 'child.age', 9],
    ['20 i mean 30 hours', 'carer.hours', 30],
    ['middle, sorry no, highest', 'child.dla_care', 'highest'],
    ['no sorry yes', 'child.extra_care', 'yes'],
  ])('%s', (text, fact, value) => {
    expect(answered(text, fact, 'en')).toBe(value);
  });
  test('told in passing', () => {
    expect(told('my son is 8 no sorry 9 and cant sleep', 'en')).toMatchObject({ 'child.age': 9 });
  });
});

describe('not yet', () => {
  test.each<[string, string, unknown]>([
    ['not yet, assessment in spring', 'child.diagnosis', 'waiting'],
    ['not yet, were on the list', 'child.diagnosis', 'waiting'],
    ['not yet, assessment in spring', 'child.extra_care', 'no'],
    ['havent complained yet', 'household.complaint_date', 'not_sure'],
    ['we havent asked yet', 'child.ehc_request_date', 'not_sure'],
    ['not had one yet', 'child.ehc_review_date', 'not_sure'],
  ])('%s, asked for %s', (text, fact, value) => {
    expect(answered(text, fact, 'en')).toBe(value);
  });
});
