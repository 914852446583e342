import { expect, test } from 'vitest';
import { around, joinLetters, untangle } from '../../src/language/untangle.ts';

const WANTED = new Set(['i', 'want', 'to', 'die', 'kill', 'myself', 'knife', 'rapist', 'the', 'suicidal']);
const ORDINARY = new Set(['therapist', 'dire']);
const mend = (text: string) => untangle(joinLetters(text.split(' ')), WANTED, ORDINARY).join(' ');

test.each([
  ['i want to d i e', 'i want to die'],
  ['s u i c i d a l', 'suicidal'],
  ['killmyself', 'kill myself'],
  ['iwanttodie', 'i want to die'],
  ['i wnat to kill', 'i want to kill'],
  ['a knfie', 'a knife'],
])('%s: %s', (typed, meant) => {
  expect(mend(typed)).toBe(meant);
});

test.each(['therapist', 'i want a b', 'todie', 'dire', 'want', '', 'x'.repeat(31)])(
  '%s stands as it is',
  (typed) => {
    const words = typed.split(' ');
    expect(untangle(joinLetters(words), WANTED, ORDINARY)).toBe(words);
  },
);

test('what was mended is read with what stands beside it', () => {
  const [before, after] = ['a b c killmyself d e f'.split(' '), 'a b c kill myself d e f'.split(' ')];
  expect(around(after, before, 1)).toEqual(['c', 'kill', 'myself', 'd']);
  expect(around(after, before, 9)).toEqual(after);
});

test('many words and long ones are no more work than a few', () => {
  const words = Array.from({ length: 4000 }, (_, i) => 'killmyself'.repeat(1 + (i % 3)));
  expect(untangle(words, WANTED, ORDINARY).length).toBeLessThan(4300);
});
