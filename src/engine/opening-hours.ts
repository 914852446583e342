import { addDays, type Calendar, isKnown } from './calendar.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Hours of some days of the week, in UK time. */
export interface Span {
  readonly days: readonly Weekday[];
  /** "09:30" */
  readonly from: string;
  /** "17:00"; "24:00" is the midnight that ends the day. */
  readonly to: string;
}

export interface OpeningHours {
  readonly open: 'always' | readonly Span[];
  /** On bank holidays: as on that day of the week, or not at all. Absent where nobody has said. */
  readonly bankHolidays?: 'open' | 'closed';
}

/** A time on a day, in UK time. */
export interface Moment {
  /** "YYYY-MM-DD" */
  readonly date: string;
  /** "09:30" */
  readonly time: string;
  readonly weekday: Weekday;
  /** Whole days from today: 0 is today. */
  readonly inDays: number;
}

export type OpenState =
  /** `until` is absent where it never closes. */
  | { readonly is: 'open'; readonly until?: Moment }
  /** `opens`: the next opening that is sure; absent where none is. */
  | { readonly is: 'closed'; readonly opens?: Moment }
  /** A bank holiday on which nobody has said whether it is open. */
  | { readonly is: 'bank_holiday' }
  /** A day of which we do not know whether it is a bank holiday. */
  | { readonly is: 'unknown' };

/** Far enough to find the next opening of a line that is open once a week and closed at Christmas. */
const HORIZON = 28;
const DAY = 24 * 60;

/**
 * Whether somebody can be reached now, and when next. All times are what a clock on a wall in the United Kingdom says,
 * so the nights on which the clocks change need no rule of their own.
 * @param calendar the bank holidays where they work; with `NO_CALENDAR` only what is always open is known to be open
 */
export function openState({ open, bankHolidays }: OpeningHours, now: Date, calendar: Calendar): OpenState {
  if (open === 'always') return { is: 'open' };
  const { date: today, minute } = ukTime(now);
  if (!isKnown(today, today, calendar)) return { is: 'unknown' };
  if (calendar.holidays.has(today) && bankHolidays === undefined) return { is: 'bank_holiday' };

  const shifts: { from: number; to: number }[] = [];
  for (let day = 0; day <= HORIZON; day++) {
    const date = addDays(today, day);
    if (!isKnown(date, date, calendar)) break;
    if (calendar.holidays.has(date) && bankHolidays !== 'open') continue;
    const weekday = weekdayOf(date);
    for (const { days, from, to } of open) {
      if (days.includes(weekday))
        shifts.push({ from: day * DAY + minuteOf(from), to: day * DAY + minuteOf(to) });
    }
  }
  shifts.sort((a, b) => a.from - b.from);

  const momentOf = (at: number): Moment => {
    const inDays = Math.floor(at / DAY);
    const date = addDays(today, inDays);
    return { date, time: timeOf(at % DAY), weekday: weekdayOf(date), inDays };
  };
  let end: number | undefined;
  for (const { from, to } of shifts) {
    if (from > (end ?? minute)) return end ? openUntil(end) : { is: 'closed', opens: momentOf(from) };
    // One that begins when another ends goes on: a line that is open over midnight does not close in between.
    if (to > (end ?? minute)) end = to;
  }
  return end ? openUntil(end) : { is: 'closed' };

  function openUntil(at: number): OpenState {
    return { is: 'open', until: momentOf(at) };
  }
}

/** @returns the minutes from midnight of "09:30". */
export function minuteOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return hours * 60 + minutes;
}

function timeOf(minute: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** @returns the day of the week of "YYYY-MM-DD". */
function weekdayOf(date: string): Weekday {
  // JavaScript's week begins on Sunday.
  return WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] as Weekday;
}

const UK_TIME = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/** @returns the day and the minutes from midnight that a clock on a wall in the United Kingdom shows. */
function ukTime(now: Date): { date: string; minute: number } {
  const [date = '', time = ''] = UK_TIME.format(now).split(', ');
  return { date, minute: minuteOf(time) };
}
