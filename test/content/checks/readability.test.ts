import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFresh } from '../../../src/content/check.ts';
import { readability, readingAge, readingAges } from '../../../src/content/checks/readability.ts';
import { madeUp, TODAY } from '../made-up.ts';
import { table } from './table.ts';

const plain = 'Ask the school for help and tell them what your child needs.';
const middling =
  'The council then considers the information that you provided and decides whether another assessment is necessary.';
const hard =
  'Local authorities determine statutory eligibility following comprehensive multidisciplinary consideration of individual circumstances.';
const steps = (text: string, times = 20) => ({
  entries: { 'carer-money': { steps: Array(times).fill(text) } },
});

table(readability, [
  { name: 'plain words', changes: steps(plain), finds: [] },
  {
    name: 'words of the law',
    changes: steps(hard),
    finds: ['fault carer-money.yaml summary: this reads for an age of 3'],
  },
  {
    name: 'long words, by Flesch-Kincaid and ARI',
    changes: steps(middling),
    finds: ['fault carer-money.yaml summary: this reads for an age of 1'],
  },
  {
    name: 'a few hard words are listed, but fail nothing: the formulas are too unsure',
    changes: {
      facts: { 'carer.hours': { help: `${middling} ${middling}` } },
    },
    finds: ['warning facts.yaml carer.hours: this reads for an age of'],
  },
  {
    name: 'a long question',
    changes: { facts: { 'carer.hours': { help: Array(8).fill(middling).join(' ') } } },
    finds: ['fault facts.yaml carer.hours: this reads for an age of'],
  },
  {
    name: 'the stages of a way count too',
    changes: {
      entries: {
        'carer-money': {
          kind: 'entitlement',
          stages: ['a', 'b', 'c', 'd', 'e'].map((id) => ({
            id,
            title: 'The council decides',
            who: 'council',
            what: hard,
          })),
        },
      },
    },
    finds: ['fault carer-money.yaml summary: this reads for an age of'],
  },
  {
    name: 'names, figures and abbreviations do not count',
    changes: steps(
      'Ask for Disability Living Allowance or a DLA form and tell Citizens Advice what your child needs.',
    ),
    finds: [],
  },
]);

/** Counted by hand: 12 words, each of one syllable but none of more, 48 letters, one sentence. */
test('the two formulas on a sentence counted by hand', () => {
  const age = readingAge([plain]);
  expect(age?.words).toBe(12);
  expect(age?.fleschKincaid).toBeCloseTo(0.39 * 12 + 11.8 * (12 / 12) - 15.59 + 5, 6);
  expect(age?.automated).toBeCloseTo(4.71 * (48 / 12) + 0.5 * 12 - 21.43 + 5, 6);
});

test('the harder the words, the higher the age, and the higher of the two formulas counts', () => {
  const ages = [plain, middling, hard].map((text) => readingAge([text]));
  expect(ages.map((age) => age?.age)).toEqual(
    ages.map((age) => Math.max(age?.fleschKincaid ?? 0, age?.automated ?? 0)),
  );
  expect(ages[0]?.age).toBeLessThan(9);
  expect(ages[1]?.age).toBeGreaterThan(11);
  expect(ages[2]?.age).toBeGreaterThan(20);
});

test('what has no words has no age', () => {
  expect(readingAge(['{{rate.carer_money}}', '35'])).toBeUndefined();
  expect(readingAges(madeUp()).map(({ of, id }) => `${of} ${id}`)).toEqual([
    'facts household.nation',
    'facts carer.hours',
    'topics topics',
    'dangers life-at-risk',
    'entries carer-money',
    'interface interface',
  ]);
});

test('the real content: every entry, question and danger answer is for eleven-year-olds or younger', () => {
  const found = readability(openFresh(join(import.meta.dirname, '../../..')), TODAY);
  expect(found.filter(({ level }) => level === 'fault')).toEqual([]);
});
