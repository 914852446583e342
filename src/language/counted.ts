import type { TellingWords } from '../content/schemas.ts';
import { type Fact, readValue } from '../engine/facts.ts';
import { fold } from './normalise.ts';
import { toNumber } from './read-answer.ts';
import { withDecimalPoints } from './read-number.ts';
import { withoutSchoolYears } from './school-year.ts';
import { type Sign, signsOf } from './signs.ts';
import { type Numbered, numbersIn } from './telling.ts';
import { isBesideNumber, type Saying, startsWith, toSayings, type WordLists } from './word-lists.ts';

const HOURS = 'carer.hours';
const EARNINGS = 'carer.weekly_earnings';
const NONE: readonly string[] = [];
/** Answers are read in so many words; who writes more is asked. */
const MOST_WORDS = 60;
/** So near to a word stands the "not" that turns it. */
const TURNED_WITHIN = 3;
/** Nobody counts a greater age so. */
const OLDEST_IN = { weeks: 52, months: 48 } as const;
const DAYS_A_WEEK = 7;

/** What tells whether a number is what was asked for. */
export interface Counting {
  readonly fact: Fact;
  readonly lists: WordLists;
  readonly tellings: readonly TellingWords[];
  readonly codes: readonly string[];
}

type Kind = keyof NonNullable<TellingWords['words']>;

/** @returns whether the numbers of a text are of something that was not asked for: hours of work, money by the week. */
export function isOfOther(text: string, counting: Counting): boolean {
  const { fact, lists } = counting;
  if (fact.type === 'age') {
    const [signs, numbers] = numbersOf(withoutSchoolYears(text, lists), counting);
    return numbers.some((one) => isNoAge(signs, one, counting));
  }
  const sorts = sortsFor(counting);
  if (sorts.length === 0) return false;
  const [signs, numbers] = numbersOf(text, counting);
  const kinds = kindsOf(signs, numbers, sorts, counting);
  const isRoundTheClock = fact.id === HOURS && numbers.some(({ number }) => number === 24);
  return kinds.length > 0 && kinds.every((kind) => isOtherThan(fact, kind)) && !isRoundTheClock;
}

/** @returns the hours of care of who tells of other hours too: "I work 16 hours and care 40". */
export function hoursOfCare(text: string, counting: Counting): number | undefined {
  if (counting.fact.id !== HOURS) return undefined;
  const [signs, numbers] = numbersOf(text, counting);
  if (numbers.length < 2) return undefined;
  const kinds = kindsOf(signs, numbers, sortsFor(counting), counting);
  const [care, ...more] = numbers.filter((_, i) => !isOtherThan(counting.fact, kinds[i]));
  if (!care || more.length > 0) return undefined;
  const isDaily = care.units.includes('days') && care.number <= 24;
  const hours = isDaily ? care.number * DAYS_A_WEEK : toNumber(care, 'hours/week');
  return hours !== undefined && readValue(counting.fact, hours) !== undefined ? hours : undefined;
}

function numbersOf(text: string, { lists, codes }: Counting): [readonly Sign[], readonly Numbered[]] {
  const signs = signsOf(withDecimalPoints(text, codes), (word) => isBesideNumber(word, lists)).slice(
    0,
    MOST_WORDS,
  );
  return [signs, numbersIn(signs, lists)];
}

interface Sort {
  readonly kind: Kind;
  readonly sayings: readonly Saying[];
}

/** @returns what numbers can be of where this was asked for, with the words that say so. */
function sortsFor(counting: Counting): readonly Sort[] {
  const kinds: Record<string, readonly Kind[]> = {
    [HOURS]: ['elsewhere', 'work', 'care'],
    [EARNINGS]: ['unearned', 'earn', 'work'],
  };
  return (kinds[counting.fact.id] ?? []).map((kind) => ({ kind, sayings: sayingsOf(kind, counting) }));
}
/** @returns whether a number of this kind is none that was asked for; a wage is told of work too. */
function isOtherThan({ id }: Fact, kind: Kind | undefined): boolean {
  return OTHERS.has(kind) || (id === HOURS && kind === 'work');
}
const OTHERS: ReadonlySet<Kind | undefined> = new Set(['elsewhere', 'unearned']);

/**
 * What stands before a number says what it counts, else what comes after it, the nearest first; not across a comma.
 * @returns of each number what it is of, where something says so
 */
function kindsOf(
  signs: readonly Sign[],
  numbers: readonly Numbered[],
  sorts: readonly Sort[],
  counting: Counting,
): (Kind | undefined)[] {
  const words = signs.map(({ word }) => word);
  const kindsAt = words.map((_, at) => kindAt(words, at, sorts, counting));
  const starts = signs.flatMap(({ isStart }, i) => (isStart ? [i] : []));
  /** What was said of the number before, after it: "16 hours work, 40 hours care". */
  let taken = 0;
  return numbers.map(({ from, to }) => {
    const start = Math.max(taken, starts.findLast((at) => at <= from) ?? 0);
    const before = kindsAt.slice(start, from).findLast((kind) => kind !== undefined);
    if (before) return before;
    const end = starts.find((at) => at >= to) ?? words.length;
    // "200 plus UC": what is added is another thing.
    const isAfter = (i: number) => i >= to && i < end;
    const added = words.findIndex((word, i) => isAfter(i) && counting.lists.and.has(word));
    const at = kindsAt.findIndex((kind, i) => isAfter(i) && (added < 0 || i < added) && kind !== undefined);
    if (at < 0) return undefined;
    taken = at + 1;
    return kindsAt[at];
  });
}

function kindAt(words: Saying, at: number, sorts: readonly Sort[], counting: Counting): Kind | undefined {
  const sort = sorts.find(({ sayings }) => sayings.some((saying) => startsWith(words, saying, false, at)));
  return sort && !isTurned(words, at, counting) ? sort.kind : undefined;
}

/** "When he is not at school", "kaam nahi karti": what is not so counts nothing. */
function isTurned(words: Saying, at: number, { lists, tellings }: Counting): boolean {
  const denying = tellings.flatMap((telling) => telling.words?.negation ?? NONE).map(fold);
  return words
    .slice(Math.max(0, at - TURNED_WITHIN), at + TURNED_WITHIN + 1)
    .some((word) => lists.not.has(word) && denying.includes(word));
}

function sayingsOf(kind: Kind, { tellings }: Counting): Saying[] {
  return tellings.flatMap((telling) => toSayings(telling.words?.[kind] ?? NONE));
}

/** "100 a week" is money, and "we have been waiting 18 months" how long. */
function isNoAge(signs: readonly Sign[], one: Numbered, counting: Counting): boolean {
  const { lists } = counting;
  const words = signs.map(({ word }) => word);
  const [unit, ...more] = one.units.filter((each) => each !== 'pounds');
  if (unit === undefined) return false;
  const isSpan = unit === 'weeks' || unit === 'months';
  if (isSpan && (more.length > 0 || one.units.length > 1 || one.number > OLDEST_IN[unit])) return true;
  // Between an age and its unit stands nothing.
  if (isSpan && !one.isSpelled && !lists.units.has(words[one.from + 1] ?? '')) return true;
  const after = (kind: Kind) =>
    sayingsOf(kind, counting).some((saying) => startsWith(words, saying, false, one.to));
  if (after('age_after')) return false;
  if (after('measures')) return true;
  return whose(words, one, counting) === 'other';
}

/** @returns whose number it is: the nearest person before it says so, else the only one after it. */
function whose(words: Saying, one: Numbered, counting: Counting): 'child' | 'other' | undefined {
  const { lists } = counting;
  const children = sayingsOf('child', counting);
  // Who thinks "I think" tells nothing of themselves.
  const others = [...sayingsOf('other_person', counting), ...sayingsOf('earn', counting)].filter((saying) =>
    saying.some((word) => !lists.around.has(word)),
  );
  const personAt = (at: number) => {
    const stands = (saying: Saying) => startsWith(words, saying, false, at);
    if (others.some(stands)) return 'other';
    return children.some(stands) ? 'child' : undefined;
  };
  for (let at = one.from - 1; at >= 0; at--) {
    const person = personAt(at);
    if (person) return person;
  }
  const later = words.flatMap((_, at) => (at < one.to ? [] : (personAt(at) ?? [])));
  return later.includes('child') ? 'child' : later[0];
}
