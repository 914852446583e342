import { fold, wordsOf } from './normalise.ts';
import { partsOf } from './signs.ts';
import { isBesideNumber, longestStart, type WordLists } from './word-lists.ts';

/** A word or a number, and any other sign. */
const SIGN = /[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+/gu;
/** What may stand between "year" and its number. */
const JOINING = /^[\s.\-–#]*$/u;

/**
 * @returns a text without the classes at school that it names, which tell no age: of "8 (year 4)" the 8 is left. The same
 *   text where it names none
 */
export function withoutSchoolYears(text: string, lists: WordLists): string {
  const { schoolYears, classNames, units } = lists;
  const signs = (fold(text).match(SIGN) ?? []).flatMap((sign) =>
    partsOf(sign, (word) => isBesideNumber(word, lists)),
  );
  const at = signs.flatMap((sign, i) => (wordsOf(sign).length > 0 ? [i] : []));
  const words = at.map((i) => signs[i] as string);
  const left = new Set(at);
  const drop = (from: number, to: number) => {
    for (const i of at.slice(from, to)) left.delete(i);
  };
  /** The number of a class that stands here, if it is joined with the word beside it. */
  const numberAt = (i: number, beside: number): number | undefined => {
    const between = signs.slice(1 + (at[Math.min(i, beside)] ?? 0), at[Math.max(i, beside)]).join('');
    return JOINING.test(between) ? classNumber(words[i] ?? '', lists) : undefined;
  };
  for (const [i, word] of words.entries()) {
    const isYear = schoolYears.has(word);
    const named = longestStart(words.slice(i), classNames);
    // "1 year" and "3 y" are ages.
    const isUnit = units.has(word) || word.length === 1;
    const before = isYear ? numberAt(i - 1, i) : undefined;
    const isCounted = units.has(words[i + 2] ?? '');
    const after = isYear && !isCounted ? numberAt(i + 1, i) : undefined;
    // Nobody is younger than the number of their class: "8 class 3", "3 klasa 8".
    if (after !== undefined && (before === undefined || after < before)) drop(i, i + 2);
    else if (named > 0) drop(i, i + named);
    else if (isYear && !isUnit) drop(before === undefined ? i : i - 1, i + 1);
  }
  return left.size === at.length ? text : signs.filter((_, i) => left.has(i) || !at.includes(i)).join('');
}

/** @returns whether a text names a class at school and no age beside it: "year 3", "reception". */
export function namesOnlySchoolYear(text: string, lists: WordLists): boolean {
  const left = withoutSchoolYears(text, lists);
  return left !== text && !wordsOf(fold(left)).some((word) => /^\d/.test(word) || lists.numbers.has(word));
}

function classNumber(word: string, { numbers, ordinals }: WordLists): number | undefined {
  if (/^\d+$/.test(word)) return Number(word);
  const ordinal = ordinals.find(
    ({ saying, place }) => place > 0 && saying.length === 1 && saying[0] === word,
  );
  return numbers.get(word) ?? ordinal?.place;
}
