import type { Content, Language } from '../content/content.ts';
import { type Answer, type Fact, readValue, type Value } from '../engine/facts.ts';
import { fold, wordsOf } from './normalise.ts';
import { oncePer } from './once-per.ts';
import type { Finder } from './patterns.ts';
import { toNumber, toPounds } from './read-answer.ts';
import { readBirth, readDateAmong } from './read-date.ts';
import { spellingsOf } from './respell.ts';
import { withoutSchoolYears } from './school-year.ts';
import { respellSigns, type Sign, signsOf, wordsBefore } from './signs.ts';
import { numbersIn } from './telling.ts';
import { tellFindersOf, tellsIn } from './tells.ts';
import {
  hasAny,
  isBesideNumber,
  longestStart,
  placeOf,
  type Saying,
  startsWith,
  toSaying,
  type WordLists,
} from './word-lists.ts';

/** What is longer is a story, and what it means for the question is not clear. */
const MOST_WORDS = 40;
/** So many words before something, "not" makes it the opposite. */
const NEGATED_WITHIN = 3;
/** In so few words a "yes" or a "not sure" anywhere is meant for the question. */
const SHORT = 14;
const UNCLEAR = /[<>=+%"#*\\[\]{}^|]|[-–−]\s*\d|\d\s*[-–−]/u;

interface Reader {
  readonly find: Finder;
  readonly tells: readonly { readonly fact: string; readonly says: readonly string[] }[];
  readonly negation: readonly Saying[];
  readonly becoming: readonly Saying[];
  readonly counting: readonly Saying[];
  readonly spellings: ReadonlyMap<string, readonly string[]>;
}

/** What it takes to read an answer among other words. */
export interface ContextWords {
  readonly codes: readonly string[];
  readonly lists: WordLists;
  readonly unit?: 'hours/week' | 'GBP/week';
  /** "YYYY-MM-DD" */
  readonly today: string;
}

/**
 * Reads the answer to a question from what stands among other words: "60 hours give or take", "oh god yes", "they
 * knocked us back". Only for what was asked: elsewhere such words would say too little.
 * Never throws; the work is bounded for any input.
 * @returns the answer; undefined where nothing tells, or two things do
 */
export function readInContext(
  text: string,
  fact: Fact,
  content: Content,
  { codes, lists, unit, today }: ContextWords,
): Answer | undefined {
  const words = wordsOf(fold(text));
  if (words.length === 0 || words.length > MOST_WORDS) return undefined;
  const readers = codes.flatMap((code) => readersOf(content).get(code) ?? []);
  if (fact.type === 'date') {
    const date = readDateAmong(text, lists, codes, today);
    if (date) return { value: date };
  }
  const value =
    fact.options.length > 0
      ? readYesNo(words, fact, lists)
      : readNumber(text, fact, readers, lists, unit, codes, today);
  const given = value === undefined ? undefined : readValue(fact, value);
  if (given !== undefined) return { value: given };
  if (words.length > SHORT) return undefined;
  // "Haven't complained yet", asked for the day: there is none to tell.
  const isDenied = words.some((word) => lists.not.has(word)) || lists.no.some((no) => startsWith(words, no));
  if (fact.type === 'date' && isDenied && !/\d/.test(text)) return { silence: 'not_sure' };
  if (lists.ratherNotSay.some((saying) => placeOf(words, saying) >= 0)) return { silence: 'rather_not_say' };
  if (lists.notSure.some((saying) => placeOf(words, saying) >= 0)) return { silence: 'not_sure' };
  return undefined;
}

/**
 * Reads the option that words name, for what was asked: "the middle rate off social security".
 * @returns undefined where they name none, or several of which one can be true
 */
export function readNamed(
  text: string,
  fact: Fact,
  content: Content,
  { codes }: Pick<ContextWords, 'codes'>,
): Answer | undefined {
  const words = wordsOf(fold(text));
  if (fact.options.length === 0 || words.length > MOST_WORDS) return undefined;
  const value = namedOption(
    signsOf(text, () => false),
    fact,
    codes.flatMap((code) => readersOf(content).get(code) ?? []),
  );
  const given = value === undefined ? undefined : readValue(fact, value);
  return given === undefined ? undefined : { value: given };
}

const readersOf = oncePer((content: Content): ReadonlyMap<string, Reader> => {
  const finders = tellFindersOf(content);
  return new Map(
    [...content.languages].map(([code, language]) => [
      code,
      readerOf(language, finders.get(code) ?? (() => [])),
    ]),
  );
});

function readerOf(language: Language, find: Finder): Reader {
  const { telling } = language;
  const { words } = telling;
  return {
    find,
    tells: tellsIn(language).map(({ fact, says }) => ({
      fact,
      says: [says].flat().map((one) => (one === true ? 'yes' : one === false ? 'no' : one)),
    })),
    negation: (words?.negation ?? []).map(toSaying),
    becoming: (words?.becoming ?? []).map(toSaying),
    counting: (words?.counting ?? []).map(toSaying),
    spellings: spellingsOf([telling]),
  };
}

function namedOption(typed: readonly Sign[], fact: Fact, readers: readonly Reader[]): Value | undefined {
  const options = new Set<string>();
  for (const { find, tells, negation, spellings } of readers) {
    const signs = respellSigns(typed, spellings);
    const found = find(signs.map(({ word }) => word));
    for (const { tag, shortest } of found) {
      const tell = tag % 2 === 0 ? tells[tag / 2] : undefined;
      if (tell?.fact !== fact.id || found.some((one) => one.tag === tag + 1)) continue;
      if (hasAny(wordsBefore(signs, shortest, NEGATED_WITHIN), negation)) continue;
      for (const option of tell.says) options.add(option);
    }
  }
  const all = [...options].filter((option) => !(option in (fact.danger ?? {})));
  if (fact.type === 'choices') {
    const some = all.filter((option) => !fact.exclusive.includes(option));
    return all.length === 0 ? undefined : some.length > 0 ? some : all;
  }
  return all.length === 1 ? all[0] : undefined;
}

/** "Oh god yes", "no its fine": where no option was named. */
function readYesNo(words: readonly string[], fact: Fact, lists: WordLists): Value | undefined {
  if (words.length > SHORT) return undefined;
  const says = (sayings: readonly Saying[]) =>
    sayings.some((saying) => startsWith(words, saying) || placeOf(words.slice(-saying.length), saying) === 0);
  const yes = says(lists.yes);
  const no = says(lists.no) || says(lists.none);
  if (yes === no) return undefined;
  const id = yes ? 'yes' : 'no';
  if (fact.options.includes(id)) return fact.type === 'choices' ? [id] : id;
  if (yes || !fact.options.includes('none')) return undefined;
  if (fact.type !== 'choices') return 'none';
  return isNoOnly(words, lists) ? ['none'] : undefined;
}

/** "No friends" names what is hard: only a "no" with nothing else to it is none of several things. */
function isNoOnly(words: readonly string[], { no, none, yes, around, and, not }: WordLists): boolean {
  const sayings = [...no, ...none, ...yes];
  for (let at = 0; at < words.length; ) {
    const word = words[at] as string;
    const length = longestStart(words.slice(at), sayings);
    if (length === 0 && !around.has(word) && !and.has(word) && !not.has(word)) return false;
    at += Math.max(1, length);
  }
  return true;
}

function readNumber(
  text: string,
  fact: Fact,
  readers: readonly Reader[],
  lists: WordLists,
  unit: ContextWords['unit'],
  codes: readonly string[],
  today: string,
): Value | undefined {
  if (fact.type === 'age') {
    const born = readBirth(text, lists, codes, today);
    if (born !== undefined) return born;
  }
  if (fact.type !== 'age' && fact.type !== 'number' && fact.type !== 'money') return undefined;
  // Signs that could turn a number into another: "-3", "<16", "50%".
  if (UNCLEAR.test(text)) return undefined;
  // "Nothing at the moment, unpaid leave".
  const isNothing = lists.none.some((none) => startsWith(wordsOf(fold(text)), none));
  if (isNothing && fact.type === 'money' && !/\d/.test(text)) return 0;
  const counted = fact.type === 'age' ? withoutSchoolYears(text, lists) : text;
  const signs = signsOf(counted, (word) => isBesideNumber(word, lists));
  const words = signs.map(({ word }) => word);
  const [one, other, ...more] = numbersIn(signs, lists);
  if (!one || more.length > 0) return undefined;
  if (fact.type === 'age') {
    // "The two of them" are not two years old.
    if (readers.some(({ counting }) => counting.some((saying) => startsWith(words, saying, false, one.to))))
      return undefined;
    if (other || one.units.some((of) => of !== 'years' && of !== 'months' && of !== 'weeks'))
      return undefined;
    const years =
      one.units[0] === 'months' ? one.number / 12 : one.units[0] === 'weeks' ? one.number / 52 : one.number;
    const isBecoming = readers.some(({ becoming }) =>
      becoming.some((saying) =>
        startsWith(words.slice(Math.max(0, one.from - saying.length), one.from), saying),
      ),
    );
    return isBecoming && years >= 1 ? years - 1 : Math.round(years * 10_000) / 10_000;
  }
  if (fact.type === 'money') return other ? undefined : toPounds(one, unit);
  // "4 hours a day, 7 days".
  const isDaily = one.units.includes('hours') && one.units.includes('days') && !one.units.includes('weeks');
  if (unit === 'hours/week' && isDaily) {
    const days = other?.units.includes('days') ? other.number : 7;
    return !other || other.units.includes('days') ? one.number * days : undefined;
  }
  return other ? undefined : toNumber(one, unit);
}
