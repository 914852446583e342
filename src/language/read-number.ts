import type { Unit } from '../content/schemas.ts';
import { fold } from './normalise.ts';
import { partsOf } from './signs.ts';
import { isBesideNumber, type WordLists } from './word-lists.ts';

/** A number as it was said, with the units that were said with it. */
export interface Quantity {
  readonly number: number;
  readonly units: readonly Unit[];
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
export function readQuantities(text: string, words: WordLists): Quantity[] | undefined {
  const isOurs = (word: string) => isBesideNumber(word, words);
  const signs = (fold(text).match(SIGN) ?? []).flatMap((sign) => partsOf(sign, isOurs));
  if (signs.length > MOST_SIGNS) return undefined;
  const quantities: { number: number; units: Unit[] }[] = [];
  for (let i = 0; i < signs.length; i++) {
    const sign = signs[i] as string;
    const last = quantities.at(-1);
    if (NUMBER.test(sign)) {
      const before = signs[i - 1];
      // "7 .5" after ½ was folded is one number.
      if (sign.startsWith('.') && last && before && NUMBER.test(before)) last.number += Number(sign);
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
    const unit = words.units.get(sign);
    if (sign === '£') continue;
    if (words.half.has(sign)) {
      if (!last || last.number % 1 !== 0) return undefined;
      last.number += 0.5;
    } else if (unit) {
      // A unit before any number ("hours: 35") goes without saying; between two it belongs to the first.
      last?.units.push(unit);
    } else if (!words.around.has(sign) && !words.and.has(sign) && !HARMLESS.test(sign)) {
      return undefined;
    }
  }
  return quantities;
}

/**
 * Puts "a hundred and thirty five" (and the Welsh "tri deg pump": three tens five, and the Arabic "khamsa w eshrin":
 * five and twenty) together.
 */
export function readSpelled(
  signs: readonly string[],
  start: number,
  lists: Pick<WordLists, 'numbers' | 'and' | 'onesFirst'>,
): { number: number; next: number } | undefined {
  const { numbers, and } = lists;
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
    const value = numbers.get(sign) ?? (next > start ? joined(sign, lists) : undefined);
    if (value === undefined) {
      // "and" and the hyphen of "thirty-five" only inside of a number.
      const goesOn = numbers.has(signs[next + 1] ?? '') && room > 1 && room <= 100 && next > start;
      if (goesOn && (sign === '-' || and.has(sign))) continue;
      break;
    }
    if (value === 100 && number < 10) {
      number = Math.max(1, number) * 100;
      room = 100;
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
