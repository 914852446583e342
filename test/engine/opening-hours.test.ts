import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Calendar, NO_CALENDAR } from '../../src/engine/calendar.ts';
import {
  type OpeningHours,
  type OpenState,
  openState,
  type Span,
  WEEKDAYS,
  type Weekday,
} from '../../src/engine/opening-hours.ts';

const CALENDAR: Calendar = {
  holidays: new Set(['2026-12-25', '2026-12-28', '2027-01-01', '2027-03-26', '2027-03-29']),
  from: '2026-01-01',
  until: '2027-12-31',
};
const WEEK: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const OFFICE: readonly Span[] = [{ days: WEEK, from: '09:00', to: '17:00' }];
const MIXED: readonly Span[] = [
  { days: WEEK, from: '09:30', to: '15:00' },
  { days: ['sat', 'sun'], from: '10:00', to: '12:00' },
];
const TWICE: readonly Span[] = [
  { days: WEEKDAYS, from: '10:00', to: '16:00' },
  { days: WEEKDAYS, from: '19:00', to: '22:00' },
];
const NIGHT: readonly Span[] = [
  { days: ['fri'], from: '18:00', to: '24:00' },
  { days: ['sat'], from: '00:00', to: '02:00' },
];

function inShort(state: OpenState): string {
  switch (state.is) {
    case 'open':
      return state.until ? `open until ${state.until.time}` : 'open';
    case 'closed':
      return state.opens
        ? `opens ${state.opens.weekday} ${state.opens.date} ${state.opens.time} +${state.opens.inDays}`
        : 'closed';
    default:
      return state.is;
  }
}

const at = (hours: OpeningHours, now: string, calendar = CALENDAR) =>
  inShort(openState(hours, new Date(now), calendar));

describe('who is open', () => {
  // Winter: UK time is UTC. 2026-11-23 is a Monday.
  test.each<[string, readonly Span[], string, string]>([
    ['at the first minute', OFFICE, '2026-11-23T09:00:00Z', 'open until 17:00'],
    ['a second before it', OFFICE, '2026-11-23T08:59:59Z', 'opens mon 2026-11-23 09:00 +0'],
    ['in the last minute', OFFICE, '2026-11-23T16:59:59Z', 'open until 17:00'],
    ['at the minute of closing', OFFICE, '2026-11-23T17:00:00Z', 'opens tue 2026-11-24 09:00 +1'],
    ['before midnight', OFFICE, '2026-11-23T23:59:59Z', 'opens tue 2026-11-24 09:00 +1'],
    ['after midnight', OFFICE, '2026-11-24T00:00:00Z', 'opens tue 2026-11-24 09:00 +0'],
    ['on a Friday night', OFFICE, '2026-11-27T19:00:00Z', 'opens mon 2026-11-30 09:00 +3'],
    ['on a Sunday', OFFICE, '2026-11-29T12:00:00Z', 'opens mon 2026-11-30 09:00 +1'],
    ['at the weekend', MIXED, '2026-11-28T11:00:00Z', 'open until 12:00'],
    ['at midday on Sunday', MIXED, '2026-11-29T12:00:00Z', 'opens mon 2026-11-30 09:30 +1'],
    ['between two turns', TWICE, '2026-11-23T17:30:00Z', 'opens mon 2026-11-23 19:00 +0'],
    ['in the second turn', TWICE, '2026-11-23T19:00:00Z', 'open until 22:00'],
    ['over midnight', NIGHT, '2026-11-27T23:59:00Z', 'open until 02:00'],
    ['after that midnight', NIGHT, '2026-11-28T01:59:00Z', 'open until 02:00'],
    ['after the night', NIGHT, '2026-11-28T02:00:00Z', 'opens fri 2026-12-04 18:00 +6'],
  ])('%s', (_, open, now, expected) => {
    expect(at({ open }, now)).toBe(expected);
  });

  // The clocks go back at 2am on 2026-10-25 and forward at 1am on 2027-03-28.
  test.each<[string, readonly Span[], string, string]>([
    ['the last evening of summer time', TWICE, '2026-10-24T20:59:00Z', 'open until 22:00'],
    ['an hour that comes twice, first', OFFICE, '2026-10-25T00:30:00Z', 'opens mon 2026-10-26 09:00 +1'],
    ['an hour that comes twice, again', OFFICE, '2026-10-25T01:30:00Z', 'opens mon 2026-10-26 09:00 +1'],
    ['the first morning of winter time', TWICE, '2026-10-25T09:59:00Z', 'opens sun 2026-10-25 10:00 +0'],
    ['and its opening', TWICE, '2026-10-25T10:00:00Z', 'open until 16:00'],
    ['the last minute before the lost hour', TWICE, '2027-03-28T00:59:00Z', 'opens sun 2027-03-28 10:00 +0'],
    ['the first minute after it', TWICE, '2027-03-28T01:00:00Z', 'opens sun 2027-03-28 10:00 +0'],
    ['the first morning of summer time', TWICE, '2027-03-28T09:00:00Z', 'open until 16:00'],
    ['midnight in summer is 11pm in UTC', OFFICE, '2026-07-05T23:00:00Z', 'opens mon 2026-07-06 09:00 +0'],
  ])('when the clocks change: %s', (_, open, now, expected) => {
    expect(at({ open }, now)).toBe(expected);
  });

  test.each<[string, OpeningHours, string, string]>([
    ['is not known', { open: OFFICE }, '2026-12-25T12:00:00Z', 'bank_holiday'],
    ['at night neither', { open: OFFICE }, '2026-12-25T03:00:00Z', 'bank_holiday'],
    ['always is always', { open: 'always' }, '2026-12-25T03:00:00Z', 'open'],
    [
      'the next sure opening leaves it out',
      { open: OFFICE },
      '2026-12-24T18:00:00Z',
      'opens tue 2026-12-29 09:00 +5',
    ],
    [
      'closed, where they say so',
      { open: OFFICE, bankHolidays: 'closed' },
      '2026-12-25T12:00:00Z',
      'opens tue 2026-12-29 09:00 +4',
    ],
    [
      'open, where they say so',
      { open: OFFICE, bankHolidays: 'open' },
      '2026-12-25T12:00:00Z',
      'open until 17:00',
    ],
    [
      'an opening that is more than a week off',
      { open: [{ days: ['fri'], from: '10:00', to: '12:00' }] },
      '2026-12-19T12:00:00Z',
      'opens fri 2027-01-08 10:00 +20',
    ],
  ])('on a bank holiday: %s', (_, hours, now, expected) => {
    expect(at(hours, now)).toBe(expected);
  });

  it('says nothing where bank holidays are not known', () => {
    expect(at({ open: OFFICE }, '2026-11-23T12:00:00Z', NO_CALENDAR)).toBe('unknown');
    expect(at({ open: OFFICE }, '2028-01-03T12:00:00Z')).toBe('unknown');
    // The calendar ends before the next opening.
    expect(at({ open: OFFICE }, '2027-12-31T18:00:00Z')).toBe('closed');
  });
});

const UK = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  weekday: 'short',
});

/** Another way to tell: look at the wall clock, minute by minute. */
function wallOf(now: number): { date: string; time: string; weekday: string } {
  const part = Object.fromEntries(UK.formatToParts(now).map(({ type, value }) => [type, value]));
  return {
    date: `${part.year}-${part.month}-${part.day}`,
    time: `${part.hour}:${part.minute}`,
    weekday: String(part.weekday).slice(0, 3).toLowerCase(),
  };
}

function isOpen({ open, bankHolidays }: OpeningHours, now: number): boolean {
  if (open === 'always') return true;
  const { date, time, weekday } = wallOf(now);
  if (CALENDAR.holidays.has(date) && bankHolidays !== 'open') return false;
  return open.some(({ days, from, to }) => days.includes(weekday as Weekday) && from <= time && time < to);
}

/** Quarters of an hour, and none that the change to summer time takes away. */
const quarter = fc.integer({ min: 8, max: 96 }).map((n) => {
  return `${String(Math.floor(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`;
});
const span = fc
  .record({ days: fc.subarray([...WEEKDAYS], { minLength: 1 }), one: quarter, other: quarter })
  .filter(({ one, other }) => one !== other)
  .map(({ days, one, other }) => ({ days, from: one < other ? one : other, to: one < other ? other : one }));
const someHours = fc.record({
  open: fc.oneof(
    { weight: 5, arbitrary: fc.array(span, { minLength: 1, maxLength: 3 }) },
    fc.constant('always' as const),
  ),
  bankHolidays: fc.constantFrom('open' as const, 'closed' as const),
});
const QUARTER = 15 * 60_000;
const FIRST = Date.parse('2026-10-24T00:00:00Z');
const LAST = Date.parse('2027-04-02T00:00:00Z');
const moment = fc
  .integer({ min: 0, max: Math.floor((LAST - FIRST) / QUARTER) })
  .map((n) => FIRST + n * QUARTER);

describe('whatever the hours', () => {
  it('agrees with a look at the clock, quarter by quarter', () => {
    fc.assert(
      fc.property(someHours, moment, (hours, now) => {
        const state = openState(hours, new Date(now), CALENDAR);
        expect(state.is).toBe(isOpen(hours, now) ? 'open' : 'closed');
        const change = state.is === 'open' ? state.until : state.is === 'closed' ? state.opens : undefined;
        if (!change) return;
        let then = now;
        while (isOpen(hours, then) === (state.is === 'open')) then += QUARTER;
        expect(wallOf(then)).toMatchObject({ date: change.date, time: change.time, weekday: change.weekday });
      }),
      { numRuns: 60 },
    );
  });

  it('never throws, and the next opening is after now', () => {
    const when = fc.date({ min: new Date('1950-01-01'), max: new Date('2150-01-01'), noInvalidDate: true });
    const hours = fc.record({
      open: fc.array(span, { maxLength: 3 }),
      bankHolidays: fc.constantFrom('open' as const, 'closed' as const, undefined),
    });
    fc.assert(
      fc.property(hours, when, fc.constantFrom(CALENDAR, NO_CALENDAR), (given, now, calendar) => {
        const state = openState(given, now, calendar);
        if (state.is !== 'closed' || !state.opens) return;
        const { date, time } = wallOf(now.getTime());
        expect(`${state.opens.date} ${state.opens.time}` > `${date} ${time}`).toBe(true);
      }),
    );
  });
});
