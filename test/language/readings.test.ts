import { describe, expect, test } from 'vitest';
import { passagesIn, readingsOf, wordsIn } from '../../src/language/readings.ts';

const passages = (text: string) => passagesIn(readingsOf(text)).map((words) => words.join(' '));

test.each([10, 3999, 4000, 4001, 5000, 7999, 8000])('of %i characters each is read once', (length) => {
  const text = 'a '.repeat(length).slice(0, length);
  expect(wordsIn(readingsOf(text))).toBe(Math.ceil(length / 2));
});

test('of what is very long the beginning and the end are read', () => {
  const [first, last] = readingsOf(`alpha ${'x '.repeat(9000)} omega`);
  expect(first?.undisguised[0]?.words[0]).toBe('alpha');
  expect(last?.undisguised[0]?.words.at(-1)).toBe('omega');
});

describe('passages', () => {
  test('are sentences of two words or more, in any script, each once', () => {
    expect(
      passages("He hides. Can't. He hides! هل هو بخير؟ نعم هو بخير. تو کہاں ہے۔ যাই আমি। And now"),
    ).toEqual(['he hides', 'ہل ہو بخیر', 'نعم ہو بخیر', 'تو کہاں ہے', 'যাই আমি', 'and now']);
  });

  test('are runs of a long sentence that overlap, and leave nothing out', () => {
    const words = Array.from({ length: 60 }, (_, i) => `w${i}`);
    const runs = passages(words.join(' ')).map((run) => run.split(' '));
    expect(new Set(runs.flat())).toEqual(new Set(words));
    for (let i = 0; i + 7 <= words.length; i++) {
      const near = words.slice(i, i + 7).join(' ');
      expect(runs.some((run) => run.join(' ').includes(near))).toBe(true);
    }
  });

  test('are read without disguises, too', () => {
    expect(passages('I want to d!e tonight! He is k1ll1ng us')).toEqual([
      'i want to d e tonight',
      'he is k1ll1ng us',
      'i want to die tonight',
      'he is killing us',
    ]);
  });
});
