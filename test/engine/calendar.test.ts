import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openFresh } from '../../src/content/check.ts';
import { addDays, addWorkingDays, type Calendar, isKnown, isWorkingDay } from '../../src/engine/calendar.ts';
import { runs } from './arbitraries.ts';

const { content, data } = openFresh(join(import.meta.dirname, '../..'));
const england = content.model.calendar;

/**
 * The regular bank holidays of a year in England and Wales, worked out by another way than any code of ours: Banking
 * and Financial Dealings Act 1971, Schedule 1, and the yearly proclamations for New Year's Day and early May.
 */
function regularHolidays(year: number): string[] {
  const day = (month: number, date: number) => new Date(Date.UTC(year, month - 1, date));
  const text = (date: Date) => date.toISOString().slice(0, 10);
  const plus = (date: Date, days: number) => new Date(date.getTime() + days * 86_400_000);
  const firstMonday = (from: Date): Date => (from.getUTCDay() === 1 ? from : firstMonday(plus(from, 1)));
  const lastMonday = (from: Date): Date => (from.getUTCDay() === 1 ? from : lastMonday(plus(from, -1)));
  // Easter Sunday by the anonymous Gregorian algorithm (Meeus, Jones, Butcher).
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const h = (19 * a + b - (b >> 2) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * (c >> 2) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  const easter = day(Math.floor(n / 31), (n % 31) + 1);
  const taken = new Set<string>();
  const orNextFree = (date: Date): Date => {
    const isFree = date.getUTCDay() % 6 !== 0 && !taken.has(text(date));
    return isFree ? date : orNextFree(plus(date, 1));
  };
  for (const date of [
    day(1, 1),
    plus(easter, -2),
    plus(easter, 1),
    firstMonday(day(5, 1)),
    lastMonday(day(5, 31)),
    lastMonday(day(8, 31)),
    day(12, 25),
    day(12, 26),
  ])
    taken.add(text(orNextFree(date)));
  return [...taken].sort();
}

describe('bank holidays', () => {
  const years = [...new Set(Object.keys(data.bankHolidays.days).map((date) => Number(date.slice(0, 4))))];

  test.each(years)(
    '%i has those that the law makes. A holiday for a single event must be added here too',
    (year) => {
      const listed = [...england.holidays].filter((date) => date.startsWith(`${year}-`));
      expect(listed.sort()).toEqual(regularHolidays(year));
    },
  );

  test('they are whole from the first year to `until`', () => {
    expect(england.from).toBe(`${years[0]}-01-01`);
    expect(england.until).toBe(`${years.at(-1)}-12-31`);
  });
});

describe('working days', () => {
  test.each([
    ['a Monday', '2026-11-23', true],
    ['a Friday', '2026-11-27', true],
    ['a Saturday', '2026-11-28', false],
    ['a Sunday', '2026-11-29', false],
    ['Good Friday', '2026-04-03', false],
    ['Boxing Day on a Saturday', '2026-12-26', false],
    ['the Monday instead of it', '2026-12-28', false],
    ['the day after', '2026-12-29', true],
    ['a leap day in the week', '2028-02-29', true],
  ])('%s', (_, date, is) => {
    expect(isWorkingDay(date, england)).toBe(is);
  });

  test.each([
    ['none', '2026-11-22', 0, '2026-11-22'],
    ['the day itself does not count', '2026-11-23', 1, '2026-11-24'],
    ['over a weekend', '2026-11-27', 1, '2026-11-30'],
    ['from a Saturday', '2026-11-28', 1, '2026-11-30'],
    ['over Christmas and New Year', '2026-12-23', 5, '2027-01-04'],
    ['over Easter', '2026-04-02', 1, '2026-04-07'],
    ['over the tax year', '2027-04-05', 1, '2027-04-06'],
    ['over a leap day', '2028-02-28', 2, '2028-03-01'],
    ['over the change to summer time', '2026-03-27', 1, '2026-03-30'],
    ['over the change to winter time', '2026-10-23', 1, '2026-10-26'],
    ['20 days from 2 November', '2026-11-02', 20, '2026-11-30'],
    ['45 days from 2 November', '2026-11-02', 45, '2027-01-07'],
  ])('%s', (_, from, count, last) => {
    expect(addWorkingDays(from, count, england)).toBe(last);
  });

  const days = fc
    .date({ min: new Date('2025-01-01'), max: new Date('2028-06-30'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  /** Counts in the plainest way: one look at each day. */
  const workingDaysAfter = (from: string, to: string, calendar: Calendar): number => {
    let count = 0;
    for (let day = addDays(from, 1); day <= to; day = addDays(day, 1))
      if (isWorkingDay(day, calendar)) count++;
    return count;
  };

  test('the last one is a working day, and so many lie after the first day', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 90 }), (from, count) => {
        const last = addWorkingDays(from, count, england);
        expect(isWorkingDay(last, england)).toBe(true);
        expect(workingDaysAfter(from, last, england)).toBe(count);
      }),
      runs(300),
    );
  });

  test('some and then some more is all at once, and a later letter never ends earlier', () => {
    fc.assert(
      fc.property(days, days, fc.nat(40), fc.nat(40), (a, b, some, more) => {
        const both = addWorkingDays(addWorkingDays(a, some, england), more, england);
        expect(both).toBe(addWorkingDays(a, some + more, england));
        const [first, second] = a < b ? [a, b] : [b, a];
        expect(addWorkingDays(first, some, england) <= addWorkingDays(second, some, england)).toBe(true);
      }),
      runs(300),
    );
  });

  test('days back and forth', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -2000, max: 2000 }), (date, count) => {
        expect(addDays(addDays(date, count), -count)).toBe(date);
      }),
      runs(300),
    );
  });
});

test('what is counted over days that the list does not reach is not known', () => {
  expect(isKnown('2026-11-22', '2028-12-31', england)).toBe(true);
  expect(isKnown('2026-11-22', '2029-01-01', england)).toBe(false);
  expect(isKnown('2024-12-31', '2026-11-22', england)).toBe(false);
});
