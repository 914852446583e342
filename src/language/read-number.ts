import type { Unit } from '../content/schemas.ts';
import { fold } from './normalise.ts';
import { partsOf } from './signs.ts';
import { isBesideNumber, startsWith, type WordLists } from './word-lists.ts';

/** A number as it was said, with the units that were said with it. */
export interface Quantity {
  readonly number: number;
  readonly units: readonly Unit[];
  /** Units that were said before the first number: "a month I get 850". */
  readonly before?: readonly Unit[];
}

const SIGN = /\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\.\d+|[\p{L}\p{M}\d]+|\S/gu;
const NUMBER = /^\.?\d+(?:[,.]\d+)*$/;
/** Signs that change nothing. Any other ("-", "+", "<", "%") makes it unclear. */
const HARMLESS = /^[.,!?£~()/:]$/;
/** Nobody needs more signs to say a number. */
const MOST_SIGNS = 24;

/**
 * Reads the numbers in a short text: digits ("1,050", "£204.00") or words ("thirty five"), with their units.
 * @returns the quantities in order; undefined where anything else was said that could change what they mean
 */
export function readQuantities(
  text: string,
  words: WordLists,
  languages: readonly string[] = [],
): Quantity[] | undefined {
  const isOurs = (word: string) => isBesideNumber(word, words);
  const signs = (withDecimalPoints(fold(text), languages).match(SIGN) ?? []).flatMap((sign) =>
    partsOf(sign, isOurs),
  );
  if (signs.length > MOST_SIGNS) return undefined;
  const quantities: { number: number; units: Unit[]; before?: Unit[] }[] = [];
  const before: Unit[] = [];
  for (let i = 0; i < signs.length; i++) {
    const sign = signs[i] as string;
    const last = quantities.at(-1);
    if (NUMBER.test(sign)) {
      const previous = signs[i - 1];
      // "7 .5" after ½ was folded is one number.
      if (sign.startsWith('.') && last && previous && NUMBER.test(previous)) last.number += Number(sign);
      else quantities.push({ number: Number(sign.replaceAll(',', '')), units: [] });
      continue;
    }
    if (words.numbers.has(sign)) {
      const spelled = readSpelled(signs, i, words);
      if (!spelled) return undefined;
      quantities.push({ number: spelled.number, units: [] });
      i = spelled.next - 1;
      continue;
    }
    const attached = words.units.has(signs[i - 1] ?? '') ? joined(sign, words) : undefined;
    if (attached !== undefined) {
      quantities.push({ number: attached, units: [] });
      continue;
    }
    // Welsh "yr wythnos" is "the week"; "yr" is a year in English only.
    const isArticle = words.around.has(sign) && words.units.has(signs[i + 1] ?? '');
    const unit = isArticle ? undefined : words.units.get(sign);
    if (sign === '£') continue;
    if (words.half.has(sign)) {
      const halved = last ? undefined : readHalf(signs, i, words);
      if (halved) {
        quantities.push({ number: halved.number, units: [] });
        i = halved.next - 1;
      } else if (!last || last.number % 1 !== 0) return undefined;
      else last.number += halfAfter(last.number);
    } else if (unit) {
      // Between two numbers it belongs to the first; "he turned 12 last week" are not twelve weeks.
      (last && !isLast(signs, i, words) ? last.units : before).push(unit);
    } else if (!isHarmless(signs, i, words)) {
      return undefined;
    }
  }
  const [first] = quantities;
  if (first && before.length > 0) first.before = before;
  return quantities;
}

function isHarmless(signs: readonly string[], at: number, words: WordLists): boolean {
  const sign = signs[at] as string;
  if (words.around.has(sign) || words.and.has(sign) || HARMLESS.test(sign)) return true;
  return words.last.has(sign) && [at - 1, at + 1].some((beside) => words.units.has(signs[beside] ?? ''));
}

/** Whether a unit says when something was and not how much: "last week". */
function isLast(signs: readonly string[], at: number, { last }: WordLists): boolean {
  return last.has(signs[at - 1] ?? '') || last.has(signs[at + 1] ?? '');
}

/** A range of digits: "30-40". */
const DASHED = /(?<=\d)\s*[-–—]\s*(?=£?\d)/u;

/** @returns whether a text tells of a range: "30-40", "between thirty and forty". */
function isRange(text: string, { range }: WordLists): boolean {
  const folded = fold(text);
  return DASHED.test(folded) || (folded.match(SIGN) ?? []).some((sign) => range.has(sign));
}

/**
 * Reads "20 to 30 hours", "between fifty and sixty".
 * @returns the two ends, the first of which is the smaller; undefined where it is no such range
 */
export function readRange(
  text: string,
  words: WordLists,
  languages: readonly string[] = [],
): readonly [Quantity, Quantity] | undefined {
  if (!isRange(text, words)) return undefined;
  const { range, and, numbers } = words;
  const isNumber = (sign = '') => numbers.has(sign) || NUMBER.test(sign);
  const signs = fold(text).replace(DASHED, ' , ').match(SIGN) ?? [];
  const first = signs.findIndex(isNumber);
  // "Between thirty and forty": there the "and" parts two numbers.
  const isBetween = signs.slice(0, Math.max(0, first)).some((sign) => range.has(sign));
  const parted = signs.flatMap((sign, i) => {
    if (range.has(sign)) return [','];
    if (!isBetween || i < first) return [sign];
    if (and.has(sign) && isNumber(signs[i + 1])) return [','];
    // With the "and" written in one with the number, as in Arabic.
    const joint = [...and].find(
      (word) => sign.startsWith(word) && numbers.has(sign.slice(word.length)) && !numbers.has(sign),
    );
    return joint === undefined ? [sign] : [',', sign.slice(joint.length)];
  });
  const [from, to, ...more] = readQuantities(parted.join(' '), words, languages) ?? [];
  if (!from || !to || more.length > 0 || from.number >= to.number) return undefined;
  const isSame = from.units.length === 0 || from.units.every((unit) => to.units.includes(unit));
  return isSame ? [from, to] : undefined;
}

/** "A hundred and a half" is 150. */
function halfAfter(number: number): number {
  if (number >= 1000 && number % 1000 === 0) return 500;
  return number >= 100 && number % 100 === 0 ? 50 : 0.5;
}

/** "Half a year"; "half a hundred"; and the Urdu and Bengali "half seven", which is seven and a half. */
function readHalf(
  signs: readonly string[],
  at: number,
  words: WordLists,
): { number: number; next: number } | undefined {
  const following = signs[at + 1] ?? '';
  if (words.units.has(following)) return { number: 0.5, next: at + 1 };
  if (/^\d+$/.test(following)) return { number: Number(following) + 0.5, next: at + 2 };
  const spelled = words.numbers.has(following) ? readSpelled(signs, at + 1, words) : undefined;
  if (!spelled) return undefined;
  const { number, next } = spelled;
  return number === 100 || number === 1000
    ? { number: number / 2, next }
    : { number: number + halfAfter(number), next };
}

/** "12k", "1.2k", "a grand", "2 grand". */
const THOUSANDS = /(?<![\p{L}\d.,])(\d{1,3}(?:\.\d{1,2})?|a(?=\s))(?:k|\s+grand)(?![\p{L}\d])/giu;

/** @returns a text about money with its thousands in digits */
export function withThousands(text: string): string {
  return text.replace(THOUSANDS, (_, number: string) => String(Math.round(1000 * (Number(number) || 1))));
}

/** "4,5", with no blank and not a thousand. */
const DECIMAL_COMMA = /(?<![\d.,])(\d+),(\d{1,2})(?![\d.,])/gu;

/** @returns a text with points in its decimals, where one of the languages writes them with commas */
export function withDecimalPoints(text: string, languages: readonly string[]): string {
  return languages.some(hasDecimalComma) ? text.replace(DECIMAL_COMMA, '$1.$2') : text;
}

const decimalCommas = new Map<string, boolean>();

/** @returns whether a language writes four and a half as 4,5. */
function hasDecimalComma(language: string): boolean {
  const known = decimalCommas.get(language);
  if (known !== undefined) return known;
  const has = new Intl.NumberFormat(language)
    .formatToParts(0.5)
    .some(({ type, value }) => type === 'decimal' && value === ',');
  decimalCommas.set(language, has);
  return has;
}

/**
 * Puts "a hundred and thirty five" (and the Welsh "tri deg pump": three tens five, and the Arabic "khamsa w eshrin":
 * five and twenty; and three ten, which is thirteen there) together.
 */
export function readSpelled(
  signs: readonly string[],
  start: number,
  lists: Pick<WordLists, 'numbers' | 'added' | 'and' | 'onesFirst'>,
): { number: number; next: number } | undefined {
  const { numbers, and, onesFirst } = lists;
  let number = 0;
  /** What the next word must be smaller than. */
  let room = Number.POSITIVE_INFINITY;
  let next = start;
  for (; next < signs.length; next++) {
    const sign = signs[next] as string;
    const tens = next > start && room === 1 ? tensAfterOnes(signs, next, lists) : undefined;
    if (tens) {
      number += tens.number;
      next = tens.last;
      room = 0;
      continue;
    }
    const added = next > start && room <= 10 ? addedAfter(signs, next, lists) : undefined;
    if (added) {
      number += added.number;
      next = added.last;
      room = 0;
      continue;
    }
    const value = numbers.get(sign) ?? (next > start ? joined(sign, lists) : undefined);
    if (value === undefined) {
      // "and" and the hyphen of "thirty-five" only inside of a number.
      const goesOn = numbers.has(signs[next + 1] ?? '') && room > 1 && room <= 100 && next > start;
      if (goesOn && (sign === '-' || and.has(sign))) continue;
      break;
    }
    if ((value === 100 || value === 1000) && number < 100) {
      number = Math.max(1, number) * value;
      room = value;
    } else if (value === 10 && room === 1 && onesFirst.has(sign) && onesFirst.has(signs[next - 1] ?? '')) {
      number += 10;
      room = 0;
    } else if (value === 10 && number > 1 && number < 10) {
      number *= 10;
      room = 10;
    } else if (value < room) {
      number += value;
      room = value >= 100 ? 100 : value >= 20 && value % 10 === 0 ? 10 : value === 10 ? 10 : 1;
      if (value < 10) room = 1;
    } else return undefined;
  }
  return { number, next };
}

/** @returns what is added to the number before, where a language counts so ("tair ar ddeg": three on ten), and where it ends. */
function addedAfter(
  signs: readonly string[],
  at: number,
  { added }: Pick<WordLists, 'added'>,
): { number: number; last: number } | undefined {
  for (const { saying, number } of added)
    if (startsWith(signs, saying, false, at)) return { number, last: at + saying.length - 1 };
  return undefined;
}

/** @returns the number of a word with an "and" written in one with it, as in Arabic, where a language has it so. */
function joined(
  sign: string,
  { numbers, and, onesFirst }: Pick<WordLists, 'numbers' | 'and' | 'onesFirst'>,
): number | undefined {
  if (onesFirst.size === 0) return undefined;
  for (const word of and) {
    const rest = sign.startsWith(word) ? sign.slice(word.length) : '';
    if (onesFirst.has(rest)) return numbers.get(rest);
  }
  return undefined;
}

/** @returns the tens after ones ("five and twenty"), where a language says them so, and where they end. */
function tensAfterOnes(
  signs: readonly string[],
  at: number,
  lists: Pick<WordLists, 'numbers' | 'and' | 'onesFirst'>,
): { number: number; last: number } | undefined {
  const { numbers, and, onesFirst } = lists;
  const isTens = (number: number | undefined): number is number =>
    number !== undefined && number >= 20 && number < 100 && number % 10 === 0;
  const sign = signs[at] as string;
  const attached = joined(sign, lists);
  if (isTens(attached)) return { number: attached, last: at };
  const following = signs[at + 1] ?? '';
  const apart = onesFirst.has(signs[at - 1] ?? '') && onesFirst.has(following) && and.has(sign);
  const number = apart ? numbers.get(following) : undefined;
  return isTens(number) ? { number, last: at + 1 } : undefined;
}
