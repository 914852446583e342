import { isDate } from '../engine/facts.ts';
import { fold } from './normalise.ts';
import { isWord } from './spelling.ts';
import { placeOf, type WordLists } from './word-lists.ts';

const SIGN = /\d+|[\p{L}\p{M}]+/gu;
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
  const folded = fold(text);
  const relative = readRelative(folded, words, languages, today);
  if (relative) return relative;
  const iso = ISO.exec(folded);
  const signs = (iso ? folded.replace(iso[0], ' ') : folded).match(SIGN) ?? [];
  if (signs.length > MOST_SIGNS) return undefined;
  if (iso) {
    const [, year, month, day] = iso.map(Number) as [number, number, number, number];
    return signs.every((sign) => isAround(sign, words, languages)) ? toDate(year, month, day) : undefined;
  }
  const numbers: number[] = [];
  let month: number | undefined;
  for (const [i, sign] of signs.entries()) {
    const ordinal = words.ordinals.find(
      ({ saying, place }) => place > 0 && saying.length === 1 && saying[0] === sign,
    );
    if (/^\d/.test(sign)) numbers.push(sign.length <= 4 ? Number(sign) : Number.NaN);
    else if (ordinal) numbers.push(ordinal.place);
    else if (words.units.get(sign) === 'years' && i > 0) continue;
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
  const isSaid = (sayings: WordLists['today']) => sayings.some((saying) => placeOf(signs, saying) === 0);
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
  const signs = folded.match(SIGN) ?? [];
  if (signs.length > MOST_SIGNS) return undefined;
  const ago = signs.findIndex((sign) => words.ago.has(sign));
  if (ago > 0) {
    const unit = words.units.get(signs[ago - 1] as string);
    const number = signs[ago - 2];
    const count =
      number === undefined ? 1 : /^\d+$/.test(number) ? Number(number) : (words.numbers.get(number) ?? 1);
    if (unit === 'days' || unit === 'weeks' || unit === 'fortnights') {
      const days = count * DAYS_IN[unit];
      return days <= MOST_DAYS ? addDays(today, -days) : undefined;
    }
    return unit === 'months' && count <= MOST_MONTHS ? monthsBefore(today, count) : undefined;
  }
  const isDay = (sign: string) => languages.some((one) => namesOf(one).days.has(sign));
  // "Last Friday", "on Friday just gone"; "Friday" by itself too, for all days that we ask for are past.
  const isBare = signs.every((sign) => isDay(sign) || words.last.has(sign) || words.around.has(sign));
  const weekday = signs.findIndex((sign, i) => isDay(sign) && (isBare || words.last.has(signs[i - 1] ?? '')));
  if (weekday < 0 || signs.filter(isDay).length > 1) return undefined;
  const day = languages
    .map((one) => namesOf(one).days.get(signs[weekday] as string))
    .find((one) => one !== undefined);
  const now = new Date(`${today}T00:00:00Z`).getUTCDay();
  return day === undefined ? undefined : addDays(today, -(((now - day + 6) % 7) + 1));
}

const AMONG =
  /\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+[\p{L}\p{M}]+(?:\s+\d{4})?|[\p{L}\p{M}]+\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?/gu;

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
  const dates = new Set(
    (fold(text).slice(0, MOST_AMONG).match(AMONG) ?? []).flatMap(
      (part) => readDate(part, words, languages, today) ?? [],
    ),
  );
  return dates.size === 1 ? [...dates][0] : undefined;
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

function isAround(sign: string, words: WordLists, languages: readonly string[]): boolean {
  if (words.around.has(sign) || words.and.has(sign)) return true;
  return languages.some((language) => namesOf(language).weekdays.has(sign));
}

/** 1st, 2nd, 3rd, 4th. */
function isOrdinalEnding(sign: string): boolean {
  return sign === 'st' || sign === 'nd' || sign === 'rd' || sign === 'th';
}

function monthNamed(sign: string, languages: readonly string[]): number | undefined {
  for (const language of languages) {
    const { months } = namesOf(language);
    const exact = months.findIndex((names) => names.includes(sign));
    if (exact >= 0) return exact + 1;
    const begun = months.flatMap(([long], i) => (sign.length >= 3 && long?.startsWith(sign) ? [i + 1] : []));
    if (begun.length === 1) return begun[0];
    const like = months.flatMap((names, i) => (names.some((name) => isWord(sign, name)) ? [i + 1] : []));
    if (like.length === 1) return like[0];
  }
  return undefined;
}

interface Names {
  /** For each month its long and its short name. */
  readonly months: readonly (readonly string[])[];
  readonly weekdays: ReadonlySet<string>;
  /** Name of a day -> 0 for Sunday. */
  readonly days: ReadonlyMap<string, number>;
}
const names = new Map<string, Names>();

/** The names of months and weekdays come with Node, for every language. */
function namesOf(language: string): Names {
  let known = names.get(language);
  if (!known) {
    const name = (options: Intl.DateTimeFormatOptions, month: number, day: number) =>
      fold(
        new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(Date.UTC(2026, month, day)),
      );
    const forms = ['long', 'short'] as const;
    known = {
      months: Array.from({ length: 12 }, (_, i) => forms.map((form) => name({ month: form }, i, 15))),
      weekdays: new Set(
        Array.from({ length: 7 }, (_, i) => forms.map((form) => name({ weekday: form }, 0, i + 1))).flat(),
      ),
      // The 4th of January 2026 is a Sunday.
      days: new Map(
        Array.from({ length: 7 }, (_, i) =>
          forms.map((form) => [name({ weekday: form }, 0, i + 4), i] as const),
        ).flat(),
      ),
    };
    names.set(language, known);
  }
  return known;
}
