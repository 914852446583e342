import { oncePerText } from './once-per.ts';

/** No more of a message than this is read at once: it bounds the work for any input. */
export const MOST_READ = 4000;

/** Apostrophes in all the ways that keyboards and phones write them, and quotation marks that stand for them. */
const APOSTROPHES = /['‘’‛`´ʹʻʼʽˈ′＇]/gu;
/** What is not seen: joiners, marks of direction, soft hyphens, selectors of how a sign looks. */
// biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them alone is what we look for
const UNSEEN = /[\p{Cf}\u{FE00}-\u{FE0F}]/gu;
/** Accents of Latin letters and the vowel signs of Arabic script. (Not all \p{M}: Bengali needs its vowel signs.) */
const ACCENTS = /[\u0300-\u036F\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED]/gu;
const ELONGATED = /(\p{L})\1{2,}/gu;
const SPACE = /[\s\p{Z}\p{Cc}]+/gu;
/** Most of what is typed in Latin letters: nothing in it has more than one form, but for case and apostrophes. */
const PLAIN = /^[\t\n\r\x20-\x5f\x61-\x7e]*$/;
/** A word in which nothing else can differ than how long its letters are drawn. */
const PLAIN_WORD = /^[a-z0-9]*$/;
const PLAIN_LONG_DRAWN = /([a-z])\1{2,}/g;
const PLAIN_SPACE = /\s+/g;
const HALVES: Record<string, string> = { '¼': '.25', '½': '.5', '¾': '.75' };

/** One letter for letters that Arabic, Persian and Urdu keyboards write in different ways. */
const ARABIC_LETTERS: Record<string, string> = {
  ي: 'ی',
  ى: 'ی',
  ك: 'ک',
  ه: 'ہ',
  ة: 'ہ',
  ە: 'ہ',
  ھ: 'ہ',
  ٱ: 'ا',
  ـ: '',
  '٫': '.',
  '٬': ',',
  '۔': '.',
  '،': ',',
  '؟': '?',
  '؛': ';',
};
const ARABIC_LETTER = new RegExp(`[${Object.keys(ARABIC_LETTERS).join('')}]`, 'gu');

/** Latin letters that are no letter with an accent, for the one that phones without them have. */
const PLAIN_LETTERS: Record<string, string> = { ł: 'l', ø: 'o', đ: 'd', ı: 'i', ß: 'ss', æ: 'ae', œ: 'oe' };
const PLAIN_LETTER = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'gu');

/** One letter for Bengali letters that sound alike and are typed for each other; the nasal sign is often left out. */
const BENGALI_LETTERS: Record<string, string> = { 'ী': 'ি', 'ূ': 'ু', শ: 'স', ষ: 'স', ণ: 'ন', 'ঁ': '' };
const BENGALI_LETTER = new RegExp(`[${Object.keys(BENGALI_LETTERS).join('')}]`, 'gu');

/** The zeros of the digits that we fold: Arabic-Indic, Urdu, Devanagari, Bengali, Gurmukhi, Gujarati. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6];
const OTHER_DIGIT = /[٠-٩۰-۹०-९০-৯੦-੯૦-૯]/gu;

/**
 * Folds a text for matching, so that what differs only in how it was typed is the same: case, width, accents,
 * apostrophes (don’t, dont), elongation (sooo, soo), blanks, letters and signs of Arabic script, digits.
 * @param text anything that somebody typed; only the first 4,000 characters are read
 * @returns the folded text, at most 4,000 characters
 */
export const fold = oncePerText((text) => {
  const start = text.slice(0, MOST_READ);
  if (PLAIN_WORD.test(start)) return start.replace(PLAIN_LONG_DRAWN, '$1$1');
  if (PLAIN.test(start)) {
    return start
      .replaceAll("'", '')
      .toLowerCase()
      .replace(PLAIN_LONG_DRAWN, '$1$1')
      .replace(PLAIN_SPACE, ' ')
      .trim();
  }
  return (
    start
      .toWellFormed()
      // Before NFKC: it would turn an acute accent used as an apostrophe into a blank, and 7½ into 71⁄2.
      .replace(APOSTROPHES, '')
      .replace(/[¼½¾]/gu, (half) => HALVES[half] as string)
      .normalize('NFKC')
      // And after it: it makes apostrophes of other signs (U+0374, ŉ, ″).
      .replace(APOSTROPHES, '')
      // NFKC can make one character into eighteen.
      .slice(0, MOST_READ)
      .toLowerCase()
      .normalize('NFKD')
      .replace(UNSEEN, '')
      .replace(ACCENTS, '')
      .replace(PLAIN_LETTER, (letter) => PLAIN_LETTERS[letter] as string)
      .replace(BENGALI_LETTER, (letter) => BENGALI_LETTERS[letter] as string)
      .replace(ARABIC_LETTER, (letter) => ARABIC_LETTERS[letter] as string)
      .replace(OTHER_DIGIT, toDigit)
      .normalize('NFC')
      .replace(ELONGATED, '$1$1')
      .replace(SPACE, ' ')
      .trim()
      .slice(0, MOST_READ)
  );
});

function toDigit(digit: string): string {
  const point = digit.codePointAt(0) as number;
  const zero = ZEROS.find((one) => point >= one && point < one + 10) as number;
  return String(point - zero);
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** @returns the words of a folded text, without punctuation. Hyphens part words. */
export function wordsOf(folded: string): string[] {
  return folded.match(WORD) ?? [];
}

/** Signs that end a sentence, in the scripts that we read. */
const ENDING = '.!?…؟۔।\\n';
/** Those that part it, too. */
const PARTING = `${ENDING},;:،؛`;
/** A "!" between letters stands for an "i": d!e. */
const SENTENCE_END = new RegExp(`(?:(?!(?<=\\p{L})!\\p{L})[${ENDING}])+`, 'u');
const SIGNS = new RegExp(`[${PARTING}]+`, 'u');
/** Not the signs in "5.30" or "k.o". */
const CLAUSE_END = new RegExp(`[${PARTING}]+(?=\\s|$)|\\n`, 'u');

/** @returns the sentences of a text; a full stop in a figure ends one, too */
export function sentencesIn(text: string): string[] {
  return text.split(SENTENCE_END);
}

/** @returns what stands between the signs of a text, commas and those in figures among them */
export function piecesIn(text: string): string[] {
  return text.split(SIGNS);
}

/** @returns what stands between the signs of a text, but for signs within a word or a figure */
export function clausesIn(text: string): string[] {
  return text.split(CLAUSE_END);
}
