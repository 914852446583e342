import type { AnswerSayings, Unit } from '../content/schemas.ts';
import { type Answer, type Fact, readValue, type Silence, type Value } from '../engine/facts.ts';
import { clausesIn } from './normalise.ts';
import { oncePer } from './once-per.ts';
import { nameOptions, readOption, readOptionNumbers, readOptions } from './read-choice.ts';
import { readDate } from './read-date.ts';
import { type Quantity, readQuantities, readSpelled } from './read-number.ts';
import { withoutSchoolYears } from './school-year.ts';
import {
  hasAny,
  isSaying,
  placeOf,
  type Saying,
  slipsIn,
  toSaying,
  type WordLists,
  wordLists,
} from './word-lists.ts';

/** What a question's answer can look like in words. */
export interface AnswerWords {
  /** The label of each option: in the language, then in English. */
  readonly labels: readonly Readonly<Record<string, string>>[];
  /** What parents type, in the language, then in English. Kept in one array, it is prepared once. */
  readonly sayings: readonly AnswerSayings[];
  /** The codes of these languages, for the names of months. */
  readonly languages: readonly string[];
  /** Money that is asked for by the week: "850 a month" is put into weeks. */
  readonly unit?: 'hours/week' | 'GBP/week';
  /** "YYYY-MM-DD": a date without a year is the last such day. */
  readonly today: string;
  /**
   * What was numbered 1, 2, 3 on the screen, if it was not the options in their order: option ids, and `not_sure`
   * and `rather_not_say` where those were numbered too. Empty where nothing was: then a number alone chooses nothing.
   */
  readonly numbered?: readonly string[];
}

/** No answer to a question has more words. What is longer is a story: it is read for danger and topics. */
const MOST_WORDS = 40;
const MOST_CHARACTERS = 400;

/**
 * Reads what was typed as the answer to a question.
 * Never throws; work is bounded for any input.
 * @returns the answer, or undefined where it is not clear: then it is asked again, never guessed
 */
export function readAnswer(text: string, fact: Fact, words: AnswerWords): Answer | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const said = toSaying(text);
  if (said.length === 0 || said.length > MOST_WORDS) return undefined;
  const lists = wordLists(words.sayings);
  const raw = readRaw(text, said, fact, words, lists);
  if (raw !== undefined) {
    if (typeof raw === 'object' && 'silence' in raw) return raw;
    const value = readValue(fact, raw);
    return value === undefined ? undefined : { value };
  }
  const silence = readSilence(said, lists);
  return silence && { silence };
}

function readRaw(
  text: string,
  said: Saying,
  fact: Fact,
  words: AnswerWords,
  lists: WordLists,
): Value | { readonly silence: Silence } | undefined {
  const also = lists.also.get(fact.id) ?? [];
  switch (fact.type) {
    case 'choice':
    case 'choices':
    case 'yes_no': {
      const isNumbered = words.numbered === undefined || words.numbered.length > 0;
      const numbered = words.numbered?.length ? words.numbered : fact.options;
      if (!isNumbered && isNumbersOnly(said, lists)) return undefined;
      const numbers = readOptionNumbers(text, numbered.length, lists);
      if (numbers)
        return byNumber(
          numbers.map((number) => numbered[number - 1] as string),
          fact,
        );
      // "I don't know" starts no label, but "no" starts "no idea": what says nothing comes first.
      if (readSilence(said, lists)) return undefined;
      const options = optionsOf(words.labels)(lists)(fact);
      return fact.type === 'choices' ? readOptions(text, options, lists) : readOption(said, options, lists);
    }
    case 'place':
      // Where it is, the reader of places tells (read-place.ts).
      return undefined;
    case 'date':
      return readDate(text, lists, words.languages, words.today);
    default: {
      const known = also.find(({ saying }) => isSaying(said, saying, slipsIn(lists)));
      if (known) return Number(known.id);
      if (fact.type !== 'age' && lists.none.some((saying) => isSaying(said, saying))) return 0;
      const counted = fact.type === 'age' ? withoutSchoolYears(text, lists) : text;
      if (fact.type === 'age') {
        const now = readBeforeComing(counted, lists);
        if (now !== undefined) return now;
      }
      const quantities = readQuantities(counted, lists, words.languages);
      if (!quantities || quantities.length === 0) return undefined;
      if (fact.type === 'age') return toYears(quantities);
      const [one, other, ...more] = quantities as [Quantity, ...Quantity[]];
      if (more.length > 0) return undefined;
      const isHours = words.unit === 'hours/week';
      if (other) {
        if (fact.type === 'money') return toPoundsIn(one, other, words.unit);
        return isHours ? (toHoursAWeek(one, other) ?? toHoursAWeek(other, one)) : undefined;
      }
      const units = [...one.units, ...(one.before ?? []).filter((unit) => !one.units.includes(unit))];
      return fact.type === 'money'
        ? toPounds({ ...one, units }, words.unit)
        : ((isHours ? toHoursAWeek(one, { number: 7, units: one.before ?? [] }) : undefined) ??
            toNumber({ ...one, units }, words.unit));
    }
  }
}

function isNumbersOnly(said: Saying, { numbers, and }: WordLists): boolean {
  return said.every((word) => /^\d+$/.test(word) || numbers.has(word) || and.has(word));
}

/** The options of a question with their names: they are the same for every message. */
const optionsOf = oncePer((labels: AnswerWords['labels']) =>
  oncePer((lists: WordLists) =>
    oncePer((fact: Fact) => nameOptions(fact.options, labels, lists.also.get(fact.id) ?? [])),
  ),
);

function byNumber(chosen: readonly string[], fact: Fact): Value | { readonly silence: Silence } | undefined {
  const [first, ...more] = chosen;
  if (more.length === 0 && (first === 'not_sure' || first === 'rather_not_say')) {
    return fact.options.includes(first) ? first : { silence: first };
  }
  if (fact.type === 'choices') return chosen;
  return more.length === 0 ? first : undefined;
}

/** A silence is all that was said, but for words that change nothing: "sorry, I'm really not sure". */
function readSilence(said: Saying, lists: WordLists): Silence | undefined {
  const changesNothing = (word: string) => lists.around.has(word) && !lists.numbers.has(word);
  const tellingWords = said.filter((word) => !changesNothing(word)).length;
  const isAll = (saying: Saying): boolean => {
    if (saying.length < tellingWords || saying.length > said.length) return false;
    const place = placeOf(said, saying, slipsIn(lists));
    if (place < 0) return false;
    const rest = [...said.slice(0, place), ...said.slice(place + saying.length)];
    return rest.every(changesNothing);
  };
  if (lists.ratherNotSay.some(isAll)) return 'rather_not_say';
  if (lists.notSure.some(isAll) || lists.maybe.some(isAll)) return 'not_sure';
  return undefined;
}

/** Nobody of whom we ask is older. */
const OLDEST = 30;

/**
 * Reads the age of who is about to have a birthday: "12 next week" is 11.
 * @returns the age now, in years; undefined where nothing is to come, or anything else was said
 */
function readBeforeComing(text: string, lists: WordLists): number | undefined {
  if (!hasAny(toSaying(text), lists.coming)) return undefined;
  const ages = clausesIn(text)
    .map(toSaying)
    .filter((said) => said.length > 0)
    .map((said) => ageInPart(said, lists));
  const known = new Set(ages.filter((age) => age !== undefined));
  return known.size === 1 && !ages.includes(Number.NaN) ? [...known][0] : undefined;
}

/** @returns the age now; undefined where a part of a message has none, and NaN where it is not clear. */
function ageInPart(said: Saying, lists: WordLists): number | undefined {
  const numbers: number[] = [];
  let rest = said;
  let isComing = false;
  for (const saying of lists.coming.toSorted((one, other) => other.length - one.length)) {
    const at = placeOf(rest, saying);
    if (at < 0) continue;
    isComing = true;
    rest = [...rest.slice(0, at), ...rest.slice(at + saying.length)];
  }
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] as string;
    const spelled = lists.numbers.has(word) ? readSpelled(rest, i, lists) : undefined;
    const number = /^\d{1,2}$/.test(word) ? Number(word) : spelled?.number;
    if (number !== undefined) {
      i = (spelled?.next ?? i + 1) - 1;
      numbers.push(number);
    } else if (lists.units.get(word) !== 'years' && !isBeside(word, lists)) return Number.NaN;
  }
  const [one, other, ...more] = numbers;
  if (one === undefined) return undefined;
  if (more.length > 0 || numbers.some((number) => number % 1 !== 0 || number > OLDEST)) return Number.NaN;
  if (other !== undefined) return Math.abs(one - other) === 1 ? Math.min(one, other) : Number.NaN;
  if (!isComing) return one;
  return one >= 2 ? one - 1 : Number.NaN;
}

function isBeside(word: string, lists: WordLists): boolean {
  const { around, and, last, today, yesterday } = lists;
  const isDay = [...today, ...yesterday].some((saying) => saying.length === 1 && saying[0] === word);
  return around.has(word) || and.has(word) || last.has(word) || isDay || wordsOfNames(lists).has(word);
}

/** The words of the names of days and months: "nine in January". */
const wordsOfNames = oncePer(
  ({ dayAndMonthNames }: WordLists): ReadonlySet<string> =>
    new Set([...dayAndMonthNames].flatMap((names) => names.flatMap((name) => name.split(' ')))),
);

const IN_A_YEAR = { days: 365, weeks: 52, months: 12, years: 1 } as const;

/** "7", "7 years", "18 months", "2 years and 3 months". */
function toYears(quantities: readonly Quantity[]): number | undefined {
  // "A year and three months" has no number before the year.
  const [first] = quantities;
  const isAfterYear =
    first?.before?.join() === 'years' && first.units.length === 1 && first.units[0] !== 'years';
  let years = isAfterYear ? 1 : 0;
  let smallest = 0;
  for (const [i, { number, units }] of quantities.entries()) {
    const unit = units[0] ?? (i === 0 ? 'years' : undefined);
    if (units.length > 1 || unit === undefined || !(unit in IN_A_YEAR)) return undefined;
    const parts = IN_A_YEAR[unit as keyof typeof IN_A_YEAR];
    // Years before months, each once; and only whole ones before smaller ones.
    if (parts <= smallest || (i > 0 && years % 1 !== 0)) return undefined;
    smallest = parts;
    years += number / parts;
  }
  return Math.round(years * 10_000) / 10_000;
}

const IN_A_WEEK = { weeks: 1, fortnights: 1 / 2, months: 12 / 52, years: 1 / 52 } as const;

/** "£204", "850 a month"; by the week where the fact is. */
export function toPounds({ number, units }: Quantity, unit: AnswerWords['unit']): number | undefined {
  const [period, ...more] = units.filter((one) => one !== 'pounds');
  if (more.length > 0) return undefined;
  if (period === undefined) return toPence(number);
  if (unit !== 'GBP/week' || !(period in IN_A_WEEK)) return undefined;
  return toPence(number * IN_A_WEEK[period as keyof typeof IN_A_WEEK]);
}

/** "480 for two weeks", "every 4 weeks 960". */
function toPoundsIn(one: Quantity, other: Quantity, unit: AnswerWords['unit']): number | undefined {
  const isPeriod = ({ number, units }: Quantity) =>
    units.length === 1 && units[0] !== undefined && units[0] in IN_A_WEEK && number >= 1 && number <= 52;
  const isSum = ({ units }: Quantity) => units.every((each) => each === 'pounds');
  const [period, sum] = isPeriod(one) ? [one, other] : [other, one];
  if (!isPeriod(period) || !isSum(sum) || (one.before ?? []).some((each) => each !== 'pounds'))
    return undefined;
  const byOne = toPounds({ number: sum.number, units: period.units }, unit);
  return byOne === undefined ? undefined : toPence(byOne / period.number);
}

function toPence(pounds: number): number {
  return Math.round(pounds * 100) / 100;
}

/** "35", "35 hours a week". A number by the day or the month would need more than we know. */
export function toNumber({ number, units }: Quantity, unit: AnswerWords['unit']): number | undefined {
  const fits = unit === 'hours/week' ? ['hours', 'weeks'] : [];
  return units.every((one) => fits.includes(one)) ? number : undefined;
}

/**
 * Reads "24 hours, 7 days a week", "each day I do 5 hours".
 * @returns hours a week; undefined where it is nothing of the kind
 */
export function toHoursAWeek(hours: Quantity, days: Quantity): number | undefined {
  const isIn = ({ units: [first, ...more] }: Quantity, unit: Unit) =>
    first === unit && more.every((one) => one === 'weeks');
  const fits = isIn(hours, 'hours') && hours.number <= 24 && isIn(days, 'days') && days.number <= 7;
  return fits ? hours.number * days.number : undefined;
}
