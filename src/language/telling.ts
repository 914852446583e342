import type { Content, Language } from '../content/content.ts';
import type { TellingWords, Unit } from '../content/schemas.ts';
import { AREA_FACT, NATION_FACT } from '../engine/entries.ts';
import { type Answer, type Fact, readValue, type Value } from '../engine/facts.ts';
import { MOST_READ } from './normalise.ts';
import { oncePer } from './once-per.ts';
import type { Finder, Found } from './patterns.ts';
import { toHoursAWeek, toPounds } from './read-answer.ts';
import { type Quantity, readSpelled, withDecimalPoints } from './read-number.ts';
import { isNation, type Place, readPostcode } from './read-place.ts';
import { spellingsOf } from './respell.ts';
import { respellSigns, type Sign, signsOf, wordsBefore } from './signs.ts';
import { tellFindersOf, tellsIn } from './tells.ts';
import {
  endsWith,
  hasAny,
  isBesideNumber,
  isBounded,
  type Saying,
  startsWith,
  toSaying,
  type WordLists,
  wordLists,
} from './word-lists.ts';

/** A fact that somebody told without being asked for it. */
export interface Told {
  readonly fact: string;
  readonly child: number;
  readonly answer: Answer;
}

/** What a message tells of the family. */
export interface Telling {
  readonly told: readonly Told[];
  /** How many children it tells of, if of more than one. */
  readonly children?: number;
}

/** No more words of a message are read for facts: who writes more is asked. */
const MOST_WORDS = 400;
/** So many words before something, "not" makes it the opposite, and "maybe" makes it uncertain. */
const TURNED_WITHIN = 3;
/** So near to a number stand the words that say what it counts. */
const NEAR = 6;
const OLDEST = 25;
const MOST_HOURS = 168;
const DAYS_A_WEEK = 7;
/** So near, what cancels does so across a comma too. */
const ACROSS = 2;

const AGE = 'child.age';
/** So many words beside a number say what it is about. */
const SAID_BESIDE = 3;
const HOURS = 'carer.hours';
const WORK = 'carer.work';
const EARNINGS = 'carer.weekly_earnings';

/** Ends of sentences, also in Urdu, Arabic and Bengali. A point inside of a number ends nothing. */
const SENTENCE_END = /[!?;\n؟۔؛।…]+|\.+(?=\s|$)/u;

/**
 * Reads what a message tells of a family, beside an answer to what was asked.
 * Never throws; the work is bounded for any input. What is negated, uncertain, told of somebody else or told in two
 * ways is left out: it will be asked.
 * @param text as it was typed; it ends here
 * @param codes the languages to read it in
 * @param today "YYYY-MM-DD"
 * @param ageCodes further languages, in which only an age with its unit is read ("5 saal ka")
 */
export function readTelling(
  text: string,
  content: Content,
  codes: readonly string[],
  today: string,
  ageCodes: readonly string[] = [],
): Telling {
  const readers = [
    ...codes.flatMap((code) => readersOf(content).get(code) ?? []),
    ...ageCodes.flatMap((code) => (codes.includes(code) ? [] : (ageReadersOf(content).get(code) ?? []))),
  ];
  const values = new Map<string, Value[]>();
  const add = (fact: string, value: Value) => values.set(fact, [...(values.get(fact) ?? []), value]);
  const ages: number[] = [];
  let left = MOST_WORDS;
  for (const sentence of text.slice(0, MOST_READ).split(SENTENCE_END)) {
    if (left <= 0) break;
    left -= Math.max(0, ...readers.map((reader) => reader(sentence, left, add, (age) => ages.push(age))));
  }
  const place = placeIn(text, content, codes, today);
  if (place?.kind === 'authority') {
    add(AREA_FACT, place.code);
    add(NATION_FACT, 'england');
  } else if (place?.kind === 'nation') add(NATION_FACT, place.nation);

  const children = [...new Set(ages)];
  const told: Told[] = [];
  const tell = (id: string, child: number, given: readonly Value[]) => {
    const index = content.model.factIndex.get(id);
    const fact = index === undefined ? undefined : content.model.facts[index]?.fact;
    const value = fact && oneValue(fact, given);
    if (value !== undefined) told.push({ fact: id, child, answer: { value } });
  };
  for (const [child, age] of children.entries()) tell(AGE, child, [age]);
  for (const [id, given] of values) {
    // With several children we do not know of which of them it was said.
    if (id.startsWith('child.') && children.length > 1) continue;
    tell(id, 0, given);
  }
  return children.length > 1 ? { told, children: children.length } : { told };
}

/** @returns the one value that was told; of several things all of them; undefined where it was told in two ways. */
function oneValue(fact: Fact, given: readonly Value[]): Value | undefined {
  if (fact.type === 'choices') {
    const all = [...new Set(given.flat() as string[])];
    const some = all.filter((option) => !fact.exclusive.includes(option));
    return readValue(fact, some.length > 0 ? some : all);
  }
  const [first, ...others] = given;
  return others.every((other) => other === first) ? readValue(fact, first) : undefined;
}

// Words and numbers.

export interface Numbered extends Quantity {
  /** Its first word, and the word after the last of it and its units. */
  readonly from: number;
  readonly to: number;
  readonly isSpelled: boolean;
}

/** @returns the numbers among the words, in digits or spelled, each with its units. */
export function numbersIn(signs: readonly Sign[], lists: WordLists): Numbered[] {
  const words = signs.map(({ word }) => word);
  const found: Numbered[] = [];
  for (let i = 0; i < words.length; ) {
    const word = words[i] as string;
    // Round the clock is no age.
    if (word === '24' && words[i + 1] === '7') {
      i += 2;
      continue;
    }
    const isDigits = /^\d/.test(word);
    const isWord = !isDigits && lists.numbers.has(word);
    // "Fifty and sixty" are two numbers.
    const spelled = isWord
      ? (readSpelled(words, i, lists) ?? { number: lists.numbers.get(word) as number, next: i + 1 })
      : undefined;
    if (!isDigits && !spelled) {
      i++;
      continue;
    }
    let to = spelled?.next ?? i + 1;
    let number = spelled?.number ?? Number(word);
    const units: Unit[] = signs[i]?.isPounds ? ['pounds'] : [];
    for (; to < words.length; to++) {
      const next = words[to] as string;
      const unit = lists.units.get(next);
      // "£850 a month": little words between a number and its units.
      const goesOn = lists.around.has(next) && lists.units.has(words[to + 1] ?? '');
      if (unit) units.push(unit);
      else if (lists.half.has(next)) number += 0.5;
      else if (!goesOn) break;
    }
    found.push({ number, units, from: i, to, isSpelled: spelled !== undefined });
    i = to;
  }
  return found;
}

// One language.

type Add = (fact: string, value: Value) => void;
/** Reads one sentence, at most so many words of it, and returns how many it has read. */
type SentenceReader = (sentence: string, most: number, add: Add, addAge: (age: number) => void) => number;

const readersOf = oncePer((content: Content): ReadonlyMap<string, SentenceReader> => {
  const english = content.languages.get('en');
  return new Map(
    [...content.languages].map(([code, language]) => {
      const answers =
        english && code !== 'en' ? [language.answers, withoutLetters(english.answers)] : [language.answers];
      const find = tellFindersOf(content).get(code);
      return [code, sentenceReader(code, language, wordLists(answers), content, find)];
    }),
  );
});

/** Single letters are units in English only: "w" is "in" in Polish and "and" in Arabic. */
function withoutLetters(english: Language['answers']): Language['answers'] {
  const units = Object.entries(english.units ?? {}).map(([unit, words]) => [
    unit,
    words.filter((word) => word.length > 1),
  ]);
  return { ...english, units: Object.fromEntries(units) };
}

/** For languages that a message is perhaps in: of an age they need a unit, and of nothing else they tell. */
const ageReadersOf = oncePer(
  (content: Content): ReadonlyMap<string, SentenceReader> =>
    new Map(
      [...content.languages].map(([code, language]) => {
        const read = sentenceReader(code, language, wordLists([language.answers]), content);
        return [code, (sentence, most, _add, addAge) => read(sentence, most, () => {}, addAge)];
      }),
    ),
);

/** @param find finds what is told; without, nothing is but ages with their unit */
function sentenceReader(
  code: string,
  language: Language,
  lists: WordLists,
  { facts }: Content,
  find?: Finder,
): SentenceReader {
  const { telling } = language;
  const needsUnit = find === undefined;
  const tells = tellsIn(language);
  /** What answers a question only is not told beside one. */
  const firstTold = language.answers.context?.length ?? 0;
  const list = (name: keyof NonNullable<TellingWords['words']>) =>
    (telling.words?.[name] ?? []).map(toSaying);
  const child = list('child');
  const other = list('other_person');
  const ageBefore = list('age_before');
  const ageAfter = list('age_after');
  const becoming = list('becoming');
  const owning = list('owning');
  const measures = list('measures');
  const compared = list('compared');
  const care = list('care');
  const work = list('work');
  const elsewhere = list('elsewhere');
  const earn = list('earn');
  const linking = list('linking');
  const gross = list('gross');
  const turning = [...list('negation'), ...list('hedge')];
  const correction = list('correction');
  const spellings = spellingsOf([telling]);
  const beside = new Set([...child, ...ageAfter, ...care, ...work].flat());
  const isOurs = (word: string) => beside.has(word) || isBesideNumber(word, lists);

  const turns = (signs: readonly Sign[], from: number): boolean =>
    hasAny(wordsBefore(signs, from, TURNED_WITHIN), turning);

  return (sentence, most, add, addAge) => {
    const signs = withoutSlips(
      signsOf(withDecimalPoints(sentence, [code]), isOurs).slice(0, most),
      lists,
      correction,
    );
    const words = signs.map(({ word }) => word);
    const spelled = respellSigns(signs, spellings);
    const isTurned = (from: number) => turns(spelled, from);
    const found = find?.(spelled.map(({ word }) => word)) ?? [];
    const clauses = clausesOf(spelled);
    for (const one of found) {
      const { tag, shortest } = one;
      const tell = tag % 2 === 0 && tag / 2 >= firstTold ? tells[tag / 2] : undefined;
      if (!tell || isTurned(shortest)) continue;
      if (found.some((other) => other.tag === tag + 1 && isOfOne(one, other, clauses))) continue;
      const says = tell.says === true ? 'yes' : tell.says === false ? 'no' : tell.says;
      // What tells of danger is for the reader of danger, and is never taken as an answer.
      const danger = facts.get(tell.fact)?.danger ?? {};
      if ([says].flat().some((option) => option in danger)) continue;
      add(tell.fact, facts.get(tell.fact)?.type === 'choices' ? [says].flat() : says);
    }

    const isGross = hasAny(words, gross);
    /** The age that was read last. */
    let age: Numbered | undefined;
    const isJoined = (from: number, to: number) => words.slice(from, to).every((word) => lists.and.has(word));
    const numbers = numbersIn(signs, lists);
    for (const [i, one] of numbers.entries()) {
      const next = numbers[i + 1];
      // "5 and 7 years old": what is said once is said of both.
      const isShared =
        one.units.length === 0 &&
        next?.units.join() === 'years' &&
        next.from > one.to &&
        isJoined(one.to, next.from);
      const quantity: Numbered = isShared ? { ...one, units: next.units } : one;
      const { number, units, from, to } = quantity;
      // "Under 35 hours" may be any number.
      if (isBounded(words, one, lists)) continue;
      const isDaily = units.includes('hours') && units.includes('days') && number <= 24;
      // "I look after him 60 hours": here "after" is no word that turns.
      if (turns(withoutSayings(signs, from, care), from) && !isDaily) continue;
      const before = words.slice(Math.max(0, from - NEAR), from);
      const end = isShared ? next.to : to;
      const after = words.slice(end, end + NEAR);
      const isLast = (sayings: readonly Saying[]) =>
        sayings.some((saying) => startsWith(before.slice(-saying.length), saying));
      const isNext = (sayings: readonly Saying[]) => sayings.some((saying) => startsWith(after, saying));
      const isOld = isNext(ageAfter);
      const isEnd = to >= signs.length || signs[to]?.isStart === true;
      // "One of them", "no sleep": a word for one or none is mostly no number.
      const isFew = one.isSpelled && number <= 1 && units.length === 0 && !isOld;
      const isArticle = isFew && (!isEnd || linking.some((saying) => endsWith(before, saying)));
      // "17 years 6 months" is one age.
      const isRest = age?.units[0] === 'years' && units.join() === 'months' && isJoined(age.to, from);
      const years = isArticle || isRest ? undefined : ageOf(quantity);
      if (
        years !== undefined &&
        !(needsUnit && units.length === 0) &&
        !isNext(measures) &&
        !isLast(compared)
      ) {
        const last = before.at(-1);
        const isHeld = last !== undefined && owning.some((saying) => startsWith([last], saying));
        // After "3 years" a number right beside it is no age, unless it says so: "one on oxygen".
        const isFurther =
          age !== undefined &&
          isJoined(age.to, from) &&
          (age.to < from || age.units.length === 0 || units.length > 0 || isOld);
        // "Nine, on the waiting list": all of what is said by itself, and more beside it. A number and nothing else
        // answers what was asked, and only who asked knows what that was.
        const isAlone =
          signs.length - (to - from) >= SAID_BESIDE &&
          signs[from]?.isStart === true &&
          isEnd &&
          !needsUnit &&
          years >= 1 &&
          // "On the list, two years": by itself that is as well how long somebody has waited.
          (units.length === 0 || from === 0 || lastPerson(words.slice(0, from)) === 'child');
        const ofParent = linking.find(
          (saying) => endsWith(before, saying) || endsWith(before.slice(0, -1), saying),
        );
        const isAge =
          isOld ||
          isFurther ||
          isLast(ageBefore) ||
          isLast(becoming) ||
          (isLast(child) && !(isHeld && !isOld));
        // The nearest person before the number is whose age it is; "8 year old son" names them after it.
        const near = lastPerson(wordsBefore(signs, from, NEAR));
        const whose = near ?? lastPerson(before) ?? (isOld ? firstPerson(after) : undefined);
        const isTheirs =
          isFurther ||
          whose === 'child' ||
          (isOld &&
            (isOwned(before, after) || (near === undefined && firstPerson(after.slice(0, 3)) !== 'other'))) ||
          (isOld && ofParent !== undefined);
        const isChildOf = ofParent !== undefined && lastPerson(before.slice(0, -ofParent.length)) === 'child';
        if (((isAge && isTheirs) || isAlone || isChildOf) && years <= OLDEST) {
          // "Nearly nine" and "nine at Easter" are still eight.
          addAge(isLast(becoming) && years >= 1 ? years - 1 : years);
          age = quantity;
          continue;
        }
      }
      if (units.includes('hours') && number <= MOST_HOURS) {
        const kind = countedBy(before, after);
        // "24 hours, 7 days a week".
        const onDays = next && next.from <= to + 1 ? toHoursAWeek(quantity, next) : undefined;
        if (onDays !== undefined) {
          if (kind === care) add(HOURS, onDays);
        } else if (isDaily) {
          // Round the clock is care, whatever else is said of it.
          if (kind === care || (number === 24 && !kind)) add(HOURS, number * DAYS_A_WEEK);
        } else if (kind === care) add(HOURS, number);
        else if (kind === work) add(WORK, ['employed']);
      }
      const earned = isMoney(quantity) && !isGross && hasAny([...before, ...after], earn);
      if (earned) {
        const money: Quantity = units.includes('pounds') ? quantity : { number, units: ['pounds', ...units] };
        const pounds = toPounds(money, 'GBP/week');
        // Without "a week" or "a month" it could be either.
        if (pounds !== undefined && money.units.length > 1) {
          add(EARNINGS, pounds);
          add(WORK, ['employed']);
        }
      }
    }

    return words.length;

    /**
     * "I care 60 hours and work 12": what stands before a number says what it counts, else what comes after it, the
     * nearest first. In some languages it comes after; before it a word is then of another thing said ("and").
     */
    function countedBy(before: Saying, after: Saying): readonly Saying[] | undefined {
      const kinds = [elsewhere, work, care];
      const nearest = (rank: (kind: readonly Saying[]) => number) =>
        kinds.reduce<readonly Saying[] | undefined>(
          (best, kind) => (rank(kind) > (best ? rank(best) : 0) ? kind : best),
          undefined,
        );
      return (
        nearest((kind) => lastOf(before, kind)) ?? nearest((kind) => after.length - firstOf(after, kind))
      );
    }
    /** "We have a 7 year old": a child, though the nearest person is another; not "I am a 19 year old". */
    function isOwned(before: Saying, after: Saying): boolean {
      const last = before.at(-1);
      const isArticle = last !== undefined && owning.some((saying) => startsWith([last], saying));
      const beside = personAt(before.slice(-2, -1)) ?? personAt(before.slice(-3, -1));
      return isArticle && beside !== 'other' && firstPerson(after.slice(0, 3)) !== 'other';
    }
    function lastPerson(some: Saying): 'child' | 'other' | undefined {
      for (let i = some.length - 1; i >= 0; i--) {
        const person = personAt(some, i);
        if (person) return person;
      }
      return undefined;
    }
    function firstPerson(some: Saying): 'child' | 'other' | undefined {
      for (let i = 0; i < some.length; i++) {
        const person = personAt(some, i);
        if (person) return person;
      }
      return undefined;
    }
    function personAt(some: Saying, at = 0): 'child' | 'other' | undefined {
      const stands = (saying: Saying) => startsWith(some, saying, false, at);
      if (other.some(stands)) return 'other';
      if (!child.some(stands)) return undefined;
      // "My friend's daughter" is no child of theirs.
      const isOfOther =
        at > 0 &&
        other.some((saying) => endsWith(some.slice(0, at), saying) && saying.join('').endsWith('s'));
      return isOfOther ? 'other' : 'child';
    }
  };
}

/** @returns for each word, the number of the thing said that it belongs to. */
function clausesOf(signs: readonly Sign[]): number[] {
  let clause = 0;
  return signs.map(({ isStart }) => (isStart ? ++clause : clause));
}

/** What cancels does so in the thing said, or right beside it: "I work, my husband does not" are two. */
function isOfOne(one: Found, other: Found, clauses: readonly number[]): boolean {
  const gap = Math.max(one.longest, other.longest) - Math.min(one.end, other.end);
  if (gap <= ACROSS) return true;
  const first = (found: Found) => clauses[found.longest] ?? 0;
  const last = (found: Found) => clauses[found.end] ?? 0;
  return first(one) <= last(other) && first(other) <= last(one);
}

/** @returns the signs, with those of these sayings before a place taken out of what may turn it. */
function withoutSayings(signs: readonly Sign[], before: number, sayings: readonly Saying[]): readonly Sign[] {
  const words = signs.map(({ word }) => word);
  const taken = new Set<number>();
  for (let at = Math.max(0, before - NEAR); at < before; at++) {
    for (const saying of sayings) {
      if (startsWith(words, saying, false, at)) for (let i = 0; i < saying.length; i++) taken.add(at + i);
    }
  }
  return taken.size === 0 ? signs : signs.map((sign, i) => (taken.has(i) ? { ...sign, word: '' } : sign));
}

/** "8 no sorry 9": the 9 is meant. */
function withoutSlips(
  signs: readonly Sign[],
  lists: WordLists,
  correction: readonly Saying[],
): readonly Sign[] {
  const numbers = numbersIn(signs, lists);
  const words = signs.map(({ word }) => word);
  const slip = numbers.findLast(({ to }, i) => {
    const next = numbers[i + 1];
    return next && correction.some((saying) => saying.join(' ') === words.slice(to, next.from).join(' '));
  });
  const meant = slip && numbers[numbers.indexOf(slip) + 1];
  return slip && meant ? [...signs.slice(0, slip.from), ...signs.slice(meant.from)] : signs;
}

/** Money is said to be so, or is a sum for a week, a month or a year. */
function isMoney({ units, number }: Quantity): boolean {
  return (
    units.includes('pounds') || (units.length === 1 && SPANS.has(units[0] as Unit) && number >= LEAST_WAGE)
  );
}
const SPANS: ReadonlySet<Unit> = new Set(['weeks', 'fortnights', 'months', 'years']);
/** Below this, "20 a week" may as well be hours. */
const LEAST_WAGE = 60;

/** @returns one more than where the last of the sayings stands, or 0. */
function lastOf(words: Saying, sayings: readonly Saying[]): number {
  for (let i = words.length - 1; i >= 0; i--) {
    if (sayings.some((saying) => startsWith(words, saying, false, i))) return i + 1;
  }
  return 0;
}

/** @returns where the first of the sayings stands, or how many words there are. */
function firstOf(words: Saying, sayings: readonly Saying[]): number {
  const at = words.findIndex((_, i) => sayings.some((saying) => startsWith(words, saying, false, i)));
  return at < 0 ? words.length : at;
}

/** @returns a number as an age in years, if its units allow it. */
function ageOf({ number, units }: Quantity): number | undefined {
  const [unit, ...more] = units;
  if (more.length > 0) return undefined;
  if (unit === undefined || unit === 'years') return number;
  if (unit === 'months') return Math.round((number / 12) * 10_000) / 10_000;
  return unit === 'weeks' ? Math.round((number / 52) * 10_000) / 10_000 : undefined;
}

// Where they live.

/** Somebody who writes a story with a postcode in it, or only a place. */
const POSTCODE = /\b[a-z]{1,2}\d[a-z\d]?(?:\s*\d[a-z]{2})?\b/giu;

function placeIn(text: string, content: Content, codes: readonly string[], today: string): Place | undefined {
  const tellings = codes.flatMap((code) => content.languages.get(code)?.telling ?? []);
  const people = new Set(tellings.flatMap(({ words }) => words?.child ?? []));
  const roads = tellings.flatMap(({ words }) => (words?.roads ?? []).map(toSaying));
  // Where digits are letters, "ta3" and "da22et" are words like any other.
  const hasDigitsAsLetters = tellings.some(({ sounds = {} }) =>
    Object.keys(sounds).some((one) => /\d/u.test(one)),
  );
  const read = text.slice(0, MOST_READ);
  for (const { 0: postcode, index } of read.matchAll(POSTCODE)) {
    // "DD8" is a daughter of eight before it is a part of Dundee.
    if (people.has(postcode.toLowerCase().replace(/\d.*/u, ''))) continue;
    // "The M6" and "on the A1" are roads.
    const before = toSaying(read.slice(Math.max(0, index - FAR_ROAD), index));
    if (!/\s/u.test(postcode) && roads.some((saying) => endsWith(before, saying))) continue;
    if (hasDigitsAsLetters && postcode !== postcode.toUpperCase()) continue;
    const place = readPostcode(postcode, content, today);
    if (place?.kind === 'authority' || place?.kind === 'nation') return place;
    // Which council we ask; that it is in England we know.
    if (place?.kind === 'several' && !place.choices.some(isNation))
      return { kind: 'nation', nation: 'england' };
  }
  return undefined;
}

/** So many letters before a road the words stand that say so. */
const FAR_ROAD = 30;
