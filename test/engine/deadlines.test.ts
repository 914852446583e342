import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../src/engine/calendar.ts';
import { dayOf } from '../../src/engine/conversation.ts';
import { addTo, daysBetween, deadlinesOf } from '../../src/engine/deadlines.ts';
import { isDate } from '../../src/engine/facts.ts';
import { runs } from './arbitraries.ts';

const days = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const calendar: Calendar = {
  holidays: new Set(['2026-12-25', '2026-12-28', '2027-01-01']),
  from: '2026-01-01',
  until: '2027-12-31',
};

describe('a clock of the law', () => {
  test.each([
    ['two months to appeal', '2026-11-22', { months: 2 }, '2027-01-22'],
    ['a month from the last of a longer one', '2026-01-31', { months: 1 }, '2026-02-28'],
    ['the same in a leap year', '2028-01-31', { months: 1 }, '2028-02-29'],
    ['from the last of a shorter month to the same day', '2026-02-28', { months: 1 }, '2026-03-28'],
    ['from a leap day to a year without one', '2028-02-29', { months: 12 }, '2029-02-28'],
    ['from a leap day to the next', '2028-02-29', { months: 48 }, '2032-02-29'],
    ['over the new year', '2026-11-30', { months: 3 }, '2027-02-28'],
    ['six weeks', '2026-11-22', { weeks: 6 }, '2027-01-03'],
    ['fifteen days over a leap day', '2028-02-20', { days: 15 }, '2028-03-06'],
    ['months first, then days', '2026-01-31', { months: 1, days: 1 }, '2026-03-01'],
    ['over the change to summer time', '2026-03-28', { days: 2 }, '2026-03-30'],
    ['over the change to winter time', '2026-10-24', { weeks: 1, days: 1 }, '2026-11-01'],
    ['1900 was no leap year', '1900-02-28', { days: 1 }, '1900-03-01'],
    ['2000 was one', '2000-02-28', { days: 1 }, '2000-02-29'],
    ['nothing added', '2026-11-22', {}, '2026-11-22'],
    ['from the last day of a tax year', '2026-04-05', { months: 1 }, '2026-05-05'],
    ['from the first day of a tax year', '2026-04-06', { months: 12 }, '2027-04-06'],
    ['a last day that is a Sunday stays there', '2026-11-22', { months: 2, days: 2 }, '2027-01-24'],
    ['twenty working days over Christmas', '2026-12-01', { working_days: 20 }, '2026-12-31'],
    ['from a Saturday', '2026-11-28', { working_days: 1 }, '2026-11-30'],
    ['fifteen school days, as if there were no holidays', '2026-12-01', { school_days: 15 }, '2026-12-22'],
    ['a month, then a working day', '2026-11-25', { months: 1, working_days: 1 }, '2026-12-29'],
  ])('%s', (_, from, add, last) => {
    expect(addTo(from, add, calendar)).toBe(last);
  });

  test('months keep the day of the month, or end with the month', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 40 }), (from, months) => {
        const to = addTo(from, { months });
        expect(isDate(to)).toBe(true);
        const isLastOfMonth = addTo(to, { days: 1 }).endsWith('-01');
        expect(to.slice(8) === from.slice(8) || (isLastOfMonth && to.slice(8) < from.slice(8))).toBe(true);
        const month = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
        expect(month(to) - month(from)).toBe(months);
      }),
      runs(500),
    );
  });

  test('days and weeks are counted whole', () => {
    fc.assert(
      fc.property(days, fc.nat(400), fc.nat(60), (from, count, weeks) => {
        expect(daysBetween(from, addTo(from, { days: count, weeks }))).toBe(count + 7 * weeks);
      }),
      runs(500),
    );
  });

  test('a later letter never has an earlier deadline', () => {
    fc.assert(
      fc.property(days, days, fc.nat(24), (a, b, months) => {
        const [first, second] = a < b ? [a, b] : [b, a];
        expect(addTo(first, { months }) <= addTo(second, { months })).toBe(true);
      }),
      runs(500),
    );
  });
});

describe('the deadlines of an entry', () => {
  const clocks = [
    { from: 'child.letter_date', add: { months: 2 } },
    { from: 'child.other_date', add: { days: 15 } },
    { from: 'child.letter_date', add: { days: 15 } },
  ];
  const told = new Map([['child.letter_date', '2026-10-01']]);
  const on = (today: string) => deadlinesOf(clocks, (fact) => told.get(fact), today);

  test('a date that the family gave becomes a deadline, others none', () => {
    expect(on('2026-11-22')).toEqual([
      { clock: 0, date: '2026-12-01', daysLeft: 9 },
      { clock: 2, date: '2026-10-16', daysLeft: -37 },
    ]);
  });

  test.each([
    ['the last second of the day before, in winter time', '2026-11-30T23:59:59Z', 1],
    ['midnight', '2026-12-01T00:00:00Z', 0],
    ['the last second of the last day', '2026-12-01T23:59:59Z', 0],
    ['midnight after it', '2026-12-02T00:00:00Z', -1],
  ])('days left go by at midnight in the United Kingdom: %s', (_, now, left) => {
    expect(on(dayOf(new Date(now)))[0]?.daysLeft).toBe(left);
  });

  test('and so they do in summer time, an hour before that of Greenwich', () => {
    const left = (now: string) => daysBetween(dayOf(new Date(now)), addTo('2026-04-05', { months: 2 }));
    expect(left('2026-06-05T22:59:59Z')).toBe(0);
    expect(left('2026-06-05T23:00:00Z')).toBe(-1);
  });

  test('the very day is not known where the clock says so, in school days, and past the last known holiday', () => {
    const about = (from: string, add: object, more: object = {}) =>
      deadlinesOf([{ from: 'x', add, ...more }], () => from, '2026-11-22', calendar)[0]?.about ?? false;
    expect(about('2026-11-22', { weeks: 6 })).toBe(false);
    expect(about('2026-11-22', { weeks: 6 }, { about: true })).toBe(true);
    expect(about('2026-11-22', { school_days: 5 })).toBe(true);
    expect(about('2026-11-22', { working_days: 20 })).toBe(false);
    expect(about('2027-12-20', { working_days: 20 })).toBe(true);
    expect(about('2025-12-31', { working_days: 20 })).toBe(true);
    expect(about('2027-12-20', { weeks: 20 }), 'no holiday can move weeks').toBe(false);
  });

  test('on the last day there are no days left, and the day after it is past', () => {
    expect(on('2026-12-01')[0]?.daysLeft).toBe(0);
    expect(on('2026-12-02')[0]?.daysLeft).toBe(-1);
  });
});
