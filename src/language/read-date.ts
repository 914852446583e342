import type { Unit } from '../content/schemas.ts';
import { isDate } from '../engine/facts.ts';
import { fold } from './normalise.ts';
import { readSpelled } from './read-number.ts';
import { isWord } from './spelling.ts';
import { isBesideNumber, placeOf, type WordLists } from './word-lists.ts';

const SIGN = /\d+|[\p{L}\p{M}]+/gu;
const TOKEN = /[\p{L}\p{M}\d]+/gu;
const TOKEN_OR_SIGN = /[\p{L}\p{M}\d]+|[^\s\p{L}\p{M}\d]+/gu;
/** What Welsh and Polish write after the number of a day: "12fed", "3ydd", "5-go". */
const ORDINAL = /(?<!\d)(\d{1,2})(?:[ao]?i?l|af|fed|ydd|eg|ain|in|-?e?go)(?![\p{L}\p{M}])/gu;
const ISO = /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/;
/** Nobody needs more words to say a date. */
const MOST_SIGNS = 12;

/**
 * Reads a date as people in the United Kingdom write it: 2026-11-03, 3 November 2026, 3rd Nov, 3/11/26. Without a
 * year it is the last such day up to today. A day that is still to come is a slip: all dates that we ask for are past.
 * @param languages codes of the languages whose months are known
 * @param today "YYYY-MM-DD"
 * @returns "YYYY-MM-DD", or undefined where it is not clear
 */
export function readDate(
  text: string,
  words: WordLists,
  languages: readonly string[],
  today: string,
): string | undefined {
  const date = readAnyDate(text, words, languages, today);
  return date !== undefined && date <= today ? date : undefined;
}

function readAnyDate(
  text: string,
  words: WordLists,
  languages: readonly string[],
  today: string,
): string | undefined {
  const folded = inEnglish(joinNames(fold(text).replace(ORDINAL, '$1'), languages), words);
  const relative = readRelative(folded, words, languages, today);
  if (relative) return relative;
  const iso = ISO.exec(folded);
  const signs = signsIn(iso ? folded.replace(iso[0], ' ') : folded, words);
  if (signs.length > MOST_SIGNS) return undefined;
  if (iso) {
    const [, year, month, day] = iso.map(Number) as [number, number, number, number];
    return signs.every((sign) => isAround(sign, words, languages)) ? toDate(year, month, day) : undefined;
  }
  const numbers: number[] = [];
  let month: number | undefined;
  for (let i = 0; i < signs.length; i++) {
    const sign = signs[i] as string;
    const ordinal = ordinalOf(sign, words);
    if (/^\d/.test(sign)) numbers.push(sign.length <= 4 ? Number(sign) : Number.NaN);
    else if (ordinal !== undefined) {
      const before = numbers.at(-1) ?? 0;
      // "The twenty first", where both words are ordinals.
      const isOnes = ordinal < 10 && (before === 20 || before === 30) && !/^\d/.test(signs[i - 1] as string);
      if (isOnes) numbers[numbers.length - 1] = before + ordinal;
      else numbers.push(ordinal);
    } else if (words.numbers.has(sign) && monthNamed(sign, languages, true) === undefined) {
      const spelled = readSpelled(signs, i, words);
      if (!spelled) return undefined;
      numbers.push(spelled.number);
      i = spelled.next - 1;
    } else if (words.units.get(sign) === 'years' && i > 0) continue;
    else if (isAround(sign, words, languages) || isOrdinalEnding(sign)) continue;
    else {
      const named = monthNamed(sign, languages);
      if (named === undefined || month !== undefined) return readDay(signs, words, today);
      month = named;
    }
  }
  if (numbers.some(Number.isNaN)) return undefined;
  if (month === undefined) {
    const [day, numeric, year, ...more] = numbers;
    if (day === undefined || numeric === undefined || more.length > 0) return readDay(signs, words, today);
    return withYear(day, numeric, year, today);
  }
  const [day, year, ...more] = numbers;
  return day === undefined || more.length > 0 ? undefined : withYear(day, month, year, today);
}

function readDay(signs: readonly string[], words: WordLists, today: string): string | undefined {
  const isSaid = (sayings: WordLists['today']) =>
    sayings.some((saying) => {
      const place = placeOf(signs, saying);
      return (
        place >= 0 &&
        signs.slice(0, place).every((sign) => {
          const unit = words.units.get(sign) ?? 'days';
          // "A week yesterday" is not yesterday.
          return unit === 'days' && (words.around.has(sign) || words.last.has(sign));
        })
      );
    });
  if (isSaid(words.beforeYesterday)) return addDays(today, -2);
  if (isSaid(words.today)) return today;
  if (isSaid(words.yesterday)) return addDays(today, -1);
  return undefined;
}

/** Nothing that we ask for is further back. */
const MOST_DAYS = 7300;
const MOST_MONTHS = 240;
const DAYS_IN = { days: 1, weeks: 7, fortnights: 14 } as const;

/** "Two weeks ago", "a month ago", "last Friday". */
function readRelative(
  folded: string,
  words: WordLists,
  languages: readonly string[],
  today: string,
): string | undefined {
  const signs = signsIn(folded, words);
  if (signs.length > MOST_SIGNS) return undefined;
  const ago = signs.findIndex((sign) => words.ago.has(sign));
  if (ago >= 0) {
    const time = timeBeside(signs, ago, words);
    if (time) return timeBefore(today, time);
  }
  const isDay = (sign: string) => languages.some((one) => dayNamed(sign, one) !== undefined);
  // "Last Friday", "on Friday just gone"; "Friday" by itself too, for all days that we ask for are past.
  const isBare = signs.every(
    (sign) =>
      isDay(sign) || words.last.has(sign) || words.around.has(sign) || words.units.get(sign) === 'days',
  );
  const isLast = (at: number) => words.last.has(signs[at] ?? '');
  const weekday = signs.findIndex((sign, i) => isDay(sign) && (isBare || isLast(i - 1) || isLast(i + 1)));
  if (weekday < 0 || signs.filter(isDay).length > 1) return undefined;
  const day = languages
    .map((one) => dayNamed(signs[weekday] as string, one))
    .find((one) => one !== undefined);
  const now = new Date(`${today}T00:00:00Z`).getUTCDay();
  return day === undefined ? undefined : addDays(today, -(((now - day + 6) % 7) + 1));
}

interface Time {
  readonly count: number;
  readonly unit: Unit;
}

/** @returns the time that stands before "ago", or after it where a language has it there: "three weeks", "a year". */
function timeBeside(signs: readonly string[], ago: number, words: WordLists): Time | undefined {
  const unitOf = (at: number) => words.units.get(signs[at] ?? '');
  const before = unitOf(ago - 1);
  if (before !== undefined) {
    const count = countBefore(signs, ago - 1, words);
    return count === undefined ? undefined : { count, unit: before };
  }
  const first = signs[ago + 1] ?? '';
  const spelled = words.numbers.has(first) ? readSpelled(signs, ago + 1, words) : undefined;
  const isHalf = words.half.has(first);
  const count = /^\d+$/.test(first) ? Number(first) : isHalf ? 0.5 : (spelled?.number ?? 1);
  const at = spelled?.next ?? (isHalf || /^\d/.test(first) ? ago + 2 : ago + 1);
  const unit = unitOf(at);
  // "A month and a half ago" is no day.
  const rest = signs.slice(at + 1);
  const goesOn = rest.some((sign) => words.half.has(sign) || words.numbers.has(sign) || /^\d/.test(sign));
  return unit === undefined || goesOn ? undefined : { count, unit };
}

/** @returns how many, of what stands before a unit: 1 where nothing tells; undefined where it is not clear. */
function countBefore(signs: readonly string[], unit: number, words: WordLists): number | undefined {
  const sign = signs[unit - 1] ?? '';
  if (/^\d+$/.test(sign)) return Number(sign);
  if (words.half.has(sign)) return words.numbers.has(signs[unit - 2] ?? '') ? undefined : 0.5;
  for (let from = Math.max(0, unit - 4); from < unit; from++) {
    const spelled = words.numbers.has(signs[from] as string) ? readSpelled(signs, from, words) : undefined;
    if (spelled?.next === unit) return spelled.number;
  }
  return words.numbers.has(sign) ? undefined : 1;
}

function timeBefore(today: string, { count, unit }: Time): string | undefined {
  if (unit === 'days' || unit === 'weeks' || unit === 'fortnights') {
    const days = count * DAYS_IN[unit];
    return days % 1 === 0 && days <= MOST_DAYS ? addDays(today, -days) : undefined;
  }
  // "Half a year ago". Of whole years nobody knows the day.
  const months = unit === 'months' ? count : unit === 'years' && count === 0.5 ? 6 : Number.NaN;
  return months % 1 === 0 && months <= MOST_MONTHS ? monthsBefore(today, months) : undefined;
}

const AMONG = [
  /\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+[\p{L}\p{M}]+(?:\s+\d{4})?/gu,
  /[\p{L}\p{M}]+\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?/gu,
];

/**
 * Finds the one date among other words: "it'd be 21st october if i remember right".
 * @returns undefined where there is none, or more than one
 */
export function readDateAmong(
  text: string,
  words: WordLists,
  languages: readonly string[],
  today: string,
): string | undefined {
  const folded = fold(text).slice(0, MOST_AMONG);
  for (const among of AMONG) {
    const parts = folded.match(among) ?? [];
    const dates = new Set(parts.flatMap((part) => readDate(part, words, languages, today) ?? []));
    if (dates.size > 0) return dates.size === 1 ? [...dates][0] : undefined;
  }
  return undefined;
}
const MOST_AMONG = 400;

function monthsBefore(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(day, last))).toISOString().slice(0, 10);
}

/**
 * @returns the age in whole years of who was born in the month of a text ("born June 2019"); undefined where the text
 *   has no word for a birth, or no month and year
 */
export function readBirth(
  text: string,
  words: WordLists,
  languages: readonly string[],
  today: string,
): number | undefined {
  const signs = fold(text).match(SIGN) ?? [];
  if (signs.length > MOST_SIGNS || !signs.some((sign) => words.born.has(sign))) return undefined;
  const year = signs.map(Number).find((number) => number >= 1995 && number <= Number(today.slice(0, 4)));
  const month = signs.map((sign) => monthNamed(sign, languages)).find((one) => one !== undefined);
  const numeric = readDate(signs.filter((sign) => !words.born.has(sign)).join(' '), words, languages, today);
  if (numeric) return yearsBetween(numeric, today);
  if (year === undefined || month === undefined) return undefined;
  return yearsBetween(`${year}-${String(month).padStart(2, '0')}-01`, today);
}

function yearsBetween(from: string, to: string): number {
  return Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0);
}

function withYear(day: number, month: number, year: number | undefined, today: string): string | undefined {
  if (year !== undefined)
    return year >= 100 && year < 1900 ? undefined : toDate(year < 100 ? 2000 + year : year, month, day);
  const thisYear = Number(today.slice(0, 4));
  // Back to the last leap year, for the 29th of February.
  for (let back = 0; back <= 8; back++) {
    const date = toDate(thisYear - back, month, day);
    if (date && date <= today) return date;
    if (!(month === 2 && day === 29) && back > 0) break;
  }
  return undefined;
}

function toDate(year: number, month: number, day: number): string | undefined {
  const pad = (number: number, length: number) => String(number).padStart(length, '0');
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  return isDate(date) ? date : undefined;
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** @returns words and numbers; in a word that we know, digits are letters, as in Arabic in Latin letters ("osbo3"). */
function signsIn(folded: string, words: WordLists): string[] {
  const isDay = (token: string) =>
    [...words.today, ...words.yesterday, ...words.beforeYesterday].some((saying) => saying.includes(token));
  const isKnown = (token: string) =>
    isBesideNumber(token, words) || words.ago.has(token) || words.last.has(token) || isDay(token);
  return (folded.match(TOKEN) ?? []).flatMap((token) =>
    isKnown(token) ? [token] : (token.match(SIGN) ?? []),
  );
}

function ordinalOf(sign: string, { ordinals }: WordLists): number | undefined {
  return ordinals.find(({ saying, place }) => place > 0 && saying.length === 1 && saying[0] === sign)?.place;
}

function isAround(sign: string, words: WordLists, languages: readonly string[]): boolean {
  if (words.around.has(sign) || words.and.has(sign)) return true;
  return languages.some((language) => namesOf(language).weekdays.has(sign));
}

/** 1st, 2nd, 3rd, 4th. */
function isOrdinalEnding(sign: string): boolean {
  return sign === 'st' || sign === 'nd' || sign === 'rd' || sign === 'th';
}

/** @param exactly whether no slip is forgiven and no beginning will do */
function monthNamed(sign: string, languages: readonly string[], exactly = false): number | undefined {
  for (const language of languages) {
    const { months } = namesOf(language);
    const exact = months.findIndex((names) => names.includes(sign));
    if (exact >= 0) return exact + 1;
    if (exactly) continue;
    const begun = months.flatMap(([long], i) => (sign.length >= 3 && long?.startsWith(sign) ? [i + 1] : []));
    if (begun.length === 1) return begun[0];
    const like = months.flatMap((names, i) => (names.some((name) => isWord(sign, name)) ? [i + 1] : []));
    if (like.length === 1) return like[0];
  }
  return undefined;
}

interface Names {
  /** For each month its long and its short name, and the other forms that Node knows. */
  readonly months: readonly (readonly string[])[];
  /** Names of months that are more than one word, each with its month. */
  readonly long: readonly { readonly name: string; readonly month: number }[];
  readonly weekdays: ReadonlySet<string>;
  /** Name of a day -> 0 for Sunday. */
  readonly days: ReadonlyMap<string, number>;
}
const names = new Map<string, Names>();

/** Where a language is spoken with other names for the months: Syria and Iraq, Morocco, Algeria. */
const REGIONS: Readonly<Record<string, readonly string[]>> = { ar: ['ar', 'ar-SY', 'ar-MA', 'ar-DZ'] };
/** How the beginning of a Welsh name can change: "o Fedi", "ym Mai". */
const CHANGED: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  cy: [
    ['m', 'f'],
    ['t', 'd'],
    ['g', ''],
    ['rh', 'r'],
  ],
};
const FORMS = ['long', 'short'] as const;

/** The names of months and weekdays come with Node, for every language. */
function namesOf(language: string): Names {
  let known = names.get(language);
  if (!known) {
    const months = Array.from({ length: 12 }, (_, month) => monthsIn(language, month));
    // "Dydd Gwener": the last word is the name.
    const days = Array.from({ length: 7 }, (_, i) =>
      FORMS.map((weekday) => {
        // The 4th of January 2026 is a Sunday.
        const [name = ''] = partsIn(language, { weekday }, 0, i + 4);
        return [fold(name).split(' ').at(-1) ?? '', i] as const;
      }),
    ).flat();
    known = {
      months: months.map((forms) => forms.filter((name) => !name.includes(' '))),
      long: months.flatMap((forms, i) =>
        forms.flatMap((name) => (name.includes(' ') ? [{ name, month: i + 1 }] : [])),
      ),
      weekdays: new Set(days.map(([day]) => day)),
      days: new Map(days),
    };
    names.set(language, known);
  }
  return known;
}

/** @returns all forms of the name of a month, the plain one first; beside a day it may have another ending: "września". */
function monthsIn(language: string, index: number): string[] {
  const changed = CHANGED[language] ?? [];
  const forms = (REGIONS[language] ?? [language])
    .flatMap((region) =>
      FORMS.flatMap((month) => [
        ...partsIn(region, { month }, index, 15),
        ...partsIn(region, { month, day: 'numeric' }, index, 15),
      ]),
    )
    .map(fold)
    .filter((name) => /^\p{L}/u.test(name));
  const mutated = changed.flatMap(([from, to]) =>
    forms.flatMap((name) => (name.length > 3 && name.startsWith(from) ? [to + name.slice(from.length)] : [])),
  );
  return [...new Set([...forms, ...mutated])];
}

/** @returns the names of the month or the weekday in a date; `index` counts months from 0. */
function partsIn(
  language: string,
  options: Intl.DateTimeFormatOptions,
  index: number,
  day: number,
): string[] {
  return new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
    .formatToParts(Date.UTC(2026, index, day))
    .flatMap(({ type, value }) => (type === 'month' || type === 'weekday' ? [value] : []));
}

/** @returns a text with the names of days and months that only our lists know put into English, which is always read. */
function inEnglish(folded: string, { dayAndMonthNames }: WordLists): string {
  if (dayAndMonthNames.size === 0) return folded;
  let text = ` ${(folded.match(TOKEN_OR_SIGN) ?? []).join(' ')} `;
  let isChanged = false;
  for (const [name, english] of dayAndMonthNames) {
    if (!text.includes(` ${name} `)) continue;
    text = text.replace(` ${name} `, ` ${english} `);
    isChanged = true;
  }
  return isChanged ? text.trim() : folded;
}

/** @returns a text with each name of a month that is two words put into the one word for it that comes first. */
function joinNames(folded: string, languages: readonly string[]): string {
  let joined = folded;
  for (const language of languages) {
    const { long, months } = namesOf(language);
    for (const { name, month } of long) joined = joined.replace(name, months[month - 1]?.[0] ?? name);
  }
  return joined;
}

/** @returns which day of the week it is, 0 for Sunday; in a long name another ending or a small slip is forgiven. */
function dayNamed(sign: string, language: string): number | undefined {
  const { days } = namesOf(language);
  const exact = days.get(sign);
  if (exact !== undefined || sign.length < 5) return exact;
  const like = new Set([...days].flatMap(([day, i]) => (day.length >= 5 && isWord(sign, day) ? [i] : [])));
  return like.size === 1 ? [...like][0] : undefined;
}
