import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, MOST_READ, wordsOf } from '../../src/language/normalise.ts';
import { measured } from '../measured.ts';

describe('fold makes the same what only differs in how it was typed', () => {
  test.each([
    ['I DON’T know', 'i dont know'],
    ["don't don`t don´t don‘t", 'dont dont dont dont'],
    ['sooooo   tired\n\tnow ', 'soo tired now'],
    ['ＦＵＬＬ ｗｉｄｔｈ', 'full width'],
    ['Môr brysur â phosib', 'mor brysur a phosib'],
    ['self\u00ADharm\u200B', 'selfharm'],
    ['7½ £1,050', '7.5 £1,050'],
    ['٣٥ ۳۵ ৩৫', '35 35 35'],
    // Arabic and Urdu keyboards, with and without vowel signs.
    ['كيف يہ هے', 'کیف یہ ہے'],
    ['مُعَلِّم', 'معلم'],
    ['آپ', 'اپ'],
    ['\u202Eabc\u202C', 'abc'],
    ['1000000', '1000000'],
  ])('%s', (typed, folded) => {
    expect(fold(typed)).toBe(folded);
  });

  test('Bengali keeps its vowel signs', () => {
    expect(fold('আমি ভালো')).toBe('আমি ভালো'.normalize('NFC'));
  });
});

test('words are parted at punctuation and hyphens', () => {
  expect(wordsOf(fold("He's 7... self-harm, (again)!"))).toEqual(['hes', '7', 'self', 'harm', 'again']);
});

test('whatever is typed: no throw, no more than is read, and folding twice is folding once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const folded = fold(text);
      expect(folded.length).toBeLessThanOrEqual(MOST_READ);
      expect(folded).toBe(folded.trim());
      expect(wordsOf(fold(folded))).toEqual(wordsOf(folded));
    }),
    { numRuns: 500 },
  );
});

// NFKC makes an apostrophe of each.
test.each(['\u0374', '\u02B9', 'ŉ', '\u1FEF', '5′ 7″', '‴⁗', '｀'])(
  'folding %s twice is folding it once',
  (text) => {
    expect(fold(fold(text))).toBe(fold(text));
  },
);

test('hostile texts are folded fast', () => {
  for (const text of [
    '\uFDFA'.repeat(100_000),
    'a\u0301'.repeat(100_000),
    '\ud800'.repeat(50_000),
    ' '.repeat(1_000_000),
    'İ'.repeat(9000),
  ]) {
    const start = performance.now();
    expect(fold(text).length).toBeLessThanOrEqual(MOST_READ);
    measured('folding a hostile text', performance.now() - start, 20);
  }
});
