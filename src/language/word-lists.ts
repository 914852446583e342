import type { AnswerSayings, Unit } from '../content/schemas.ts';
import { fold, wordsOf } from './normalise.ts';
import { oncePer, oncePerText } from './once-per.ts';
import { isWord } from './spelling.ts';

/** A saying as words. */
export type Saying = readonly string[];

/** The sayings of one or more languages, folded for matching. */
export interface WordLists {
  readonly yes: readonly Saying[];
  readonly no: readonly Saying[];
  readonly goOn: readonly Saying[];
  readonly agreed: readonly Saying[];
  readonly notYet: readonly Saying[];
  readonly pause: readonly Saying[];
  readonly courtesies: readonly Saying[];
  readonly notSure: readonly Saying[];
  /** What makes an answer uncertain, and says that they are not sure where it is all that they say. */
  readonly maybe: readonly Saying[];
  readonly ratherNotSay: readonly Saying[];
  readonly none: readonly Saying[];
  readonly not: ReadonlySet<string>;
  readonly and: ReadonlySet<string>;
  readonly around: ReadonlySet<string>;
  readonly option: ReadonlySet<string>;
  readonly numbers: ReadonlyMap<string, number>;
  /** What is said after a number and added to it. */
  readonly added: readonly { readonly saying: Saying; readonly number: number }[];
  /** Of these, the words of languages that say "five and twenty". */
  readonly onesFirst: ReadonlySet<string>;
  /** All that is said to choose by place, with the place; below 0 from the end. */
  readonly ordinals: readonly { readonly saying: Saying; readonly place: number }[];
  readonly half: ReadonlySet<string>;
  readonly units: ReadonlyMap<string, Unit>;
  /** Words before the number of a class at school. */
  readonly schoolYears: ReadonlySet<string>;
  /** Classes and schools that have no number. */
  readonly classNames: readonly Saying[];
  readonly ago: ReadonlySet<string>;
  readonly last: ReadonlySet<string>;
  readonly born: ReadonlySet<string>;
  readonly today: readonly Saying[];
  readonly yesterday: readonly Saying[];
  readonly beforeYesterday: readonly Saying[];
  /** Names of days and months that a language has beside those of the standard, with the English ones. */
  readonly dayAndMonthNames: ReadonlyMap<string, string>;
  readonly coming: readonly Saying[];
  readonly range: ReadonlySet<string>;
  /** What makes the number after it, or before it, no more than a bound. */
  readonly bounds: readonly Saying[];
  readonly boundsAfter: readonly Saying[];
  /** Of their words, those with digits for letters: "a2al". */
  readonly boundsWithDigits: ReadonlySet<string>;
  /** By fact, then by option id or number. */
  readonly also: ReadonlyMap<string, readonly { readonly id: string; readonly saying: Saying }[]>;
}

const NONE: readonly string[] = [];

/** @returns the sayings of these languages together; made once for each array of sayings. */
export const wordLists = oncePer((languages: readonly AnswerSayings[]): WordLists => {
  const listOf = (pick: (one: AnswerSayings) => readonly string[] | undefined): Saying[] =>
    languages.flatMap((one) => toSayings(pick(one) ?? NONE)).filter((saying) => saying.length > 0);
  const wordsIn = (pick: (one: AnswerSayings) => readonly string[] | undefined): Set<string> =>
    new Set(listOf(pick).flat());
  const also = new Map<string, { id: string; saying: Saying }[]>();
  for (const one of languages) {
    for (const [fact, options] of Object.entries(one.also ?? {})) {
      const list = also.get(fact) ?? [];
      for (const [id, sayings] of Object.entries(options)) {
        list.push(...toSayings(sayings).map((saying) => ({ id, saying })));
      }
      also.set(fact, list);
    }
  }
  return {
    yes: listOf((one) => one.yes),
    no: listOf((one) => one.no),
    goOn: listOf((one) => one.go_on),
    agreed: listOf((one) => one.agreed),
    notYet: listOf((one) => one.not_yet),
    pause: listOf((one) => one.pause),
    courtesies: listOf((one) => one.courtesies),
    notSure: listOf((one) => one.not_sure),
    maybe: listOf((one) => one.maybe),
    ratherNotSay: listOf((one) => one.rather_not_say),
    none: listOf((one) => one.none),
    not: wordsIn((one) => one.not),
    and: wordsIn((one) => one.and),
    around: wordsIn((one) => one.around),
    option: wordsIn((one) => one.option),
    numbers: new Map(
      languages.flatMap((one) =>
        Object.entries(one.numbers ?? {}).map(([word, number]) => [fold(word), number] as const),
      ),
    ),
    added: languages.flatMap((one) =>
      Object.entries(one.added ?? {}).map(([text, number]) => ({ saying: toSaying(text), number })),
    ),
    onesFirst: new Set(
      languages.flatMap((one) => (one.ones_first ? Object.keys(one.numbers ?? {}).map(fold) : [])),
    ),
    ordinals: languages.flatMap((one) =>
      Object.entries(one.ordinals ?? {}).map(([text, place]) => ({ saying: toSaying(text), place })),
    ),
    half: wordsIn((one) => one.half),
    // Where two languages have the same word, their own comes before English.
    units: new Map(
      languages
        .toReversed()
        .flatMap((one) =>
          Object.entries(one.units ?? {}).flatMap(([unit, words]) =>
            toSayings(words).flatMap((saying) => saying.map((word) => [word, unit as Unit] as const)),
          ),
        ),
    ),
    schoolYears: wordsIn((one) => one.school_years),
    classNames: listOf((one) => one.class_names),
    ago: wordsIn((one) => one.ago),
    last: wordsIn((one) => one.last),
    born: wordsIn((one) => one.born),
    today: listOf((one) => one.today),
    yesterday: listOf((one) => one.yesterday),
    beforeYesterday: listOf((one) => one.before_yesterday),
    dayAndMonthNames: new Map(
      languages.flatMap((one) =>
        Object.entries({ ...one.weekdays, ...one.months }).flatMap(([english, names]) =>
          toSayings(names).map((saying) => [saying.join(' '), english] as const),
        ),
      ),
    ),
    coming: listOf((one) => one.coming),
    range: wordsIn((one) => one.range),
    bounds: listOf((one) => one.bounds),
    boundsAfter: listOf((one) => one.bounds_after),
    boundsWithDigits: new Set(
      [...wordsIn((one) => one.bounds), ...wordsIn((one) => one.bounds_after)].filter((word) =>
        /\d/.test(word),
      ),
    ),
    also,
  };
});

/** @returns whether a word may stand right beside a number: "8yrs", "7and". */
export function isBesideNumber(word: string, lists: WordLists): boolean {
  const { units, around, and, half, numbers, schoolYears, boundsWithDigits } = lists;
  return [units, around, and, half, numbers, schoolYears, boundsWithDigits].some((words) => words.has(word));
}

/** @returns a text as folded words; "6,000" is one. */
export const toSaying = oncePerText(
  (text): Saying => wordsOf(fold(text).replace(/(\d),(?=\d{3}(?!\d))/g, '$1')),
);

/** @returns a list of sayings as words; made once for each list. */
export const toSayings = oncePer((texts: readonly string[]): readonly Saying[] => texts.map(toSaying));

/** Whether a typed word is a word, slips forgiven. */
export type IsWord = (typed: string, word: string) => boolean;

/** @returns what forgives slips, but not in words that change nothing: who is "sorry" does not "worry". */
export const slipsIn = oncePer(
  ({ around }: WordLists): IsWord =>
    (typed, word) =>
      typed === word || (isWord(typed, word) && !around.has(typed)),
);

/** @returns whether two sayings are the same word by word, or by `slips`, which forgives small ones in long words. */
export function isSaying(words: Saying, saying: Saying, slips: IsWord | false = false): boolean {
  return words.length === saying.length && startsWith(words, saying, slips);
}

/** @returns whether `words` begin with `saying`, or go on with it from the word `at`. */
export function startsWith(words: Saying, saying: Saying, slips: IsWord | false = false, at = 0): boolean {
  if (words.length - at < saying.length) return false;
  for (let i = 0; i < saying.length; i++) {
    const [typed, word] = [words[at + i] as string, saying[i] as string];
    if (typed !== word && (slips === false || !slips(typed, word))) return false;
  }
  return true;
}

/** @returns whether any of these stands in `words`. */
export function hasAny(words: Saying, sayings: readonly Saying[]): boolean {
  return words.some((_, at) => sayings.some((saying) => startsWith(words, saying, false, at)));
}

/** @returns where `saying` stands in `words`, or -1. */
export function placeOf(words: Saying, saying: Saying, slips: IsWord | false = false): number {
  if (saying.length === 0) return -1;
  for (let i = 0; i + saying.length <= words.length; i++) {
    if (startsWith(words, saying, slips, i)) return i;
  }
  return -1;
}

/** @returns whether `words` end with `saying`. */
export function endsWith(words: Saying, saying: Saying): boolean {
  return words.length >= saying.length && startsWith(words, saying, false, words.length - saying.length);
}

/** @returns whether a number of these words is a bound and no answer by itself: "under 35", "35 or more". */
export function isBounded(
  words: Saying,
  { from, to }: { readonly from: number; readonly to: number },
  { bounds, boundsAfter, coming }: WordLists,
): boolean {
  if (boundsAfter.some((saying) => startsWith(words, saying, false, to))) return true;
  const before = words.slice(0, from);
  // "Coming up to 8" is nearly 8.
  return (
    bounds.some((saying) => endsWith(before, saying)) && !coming.some((saying) => endsWith(before, saying))
  );
}

/** @returns the length of the longest of the sayings that `words` begin with, or 0. */
export function longestStart(words: Saying, sayings: readonly Saying[], slips: IsWord = isWord): number {
  let longest = 0;
  for (const saying of sayings) {
    if (saying.length > longest && startsWith(words, saying, slips)) longest = saying.length;
  }
  return longest;
}
