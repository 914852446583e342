import type { Assessment } from './assess.ts';
import { addDays, addWorkingDays, type Calendar, isKnown, NO_CALENDAR } from './calendar.ts';
import type { Clock, Period } from './entries.ts';
import type { Model } from './model.ts';

/**
 * Adds a period of the law to a day. Months are calendar months: from the 31st to a month without one, the last day
 * of that month (Interpretation Act usage: the corresponding date). A last day that is no working day stays where it
 * is. School days are reckoned as working days: the true last day is later where school holidays lie between.
 * @param date "YYYY-MM-DD"
 * @returns "YYYY-MM-DD"
 */
export function addTo(date: string, add: Period, calendar: Calendar = NO_CALENDAR): string {
  const { days = 0, weeks = 0, months = 0, working_days = 0, school_days = 0 } = add;
  const plain = addDays(addMonths(date, months), weeks * 7 + days);
  return addWorkingDays(plain, working_days + school_days, calendar);
}

function addMonths(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

/** @returns whole days from one day to another; negative if `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** A clock with the family's own date put in. */
export interface Deadline {
  /** Which of the clocks. */
  readonly clock: number;
  /** The last day, "YYYY-MM-DD". */
  readonly date: string;
  /** Days from today; negative when it is past. */
  readonly daysLeft: number;
  /** The very day cannot be reckoned: by the clock's own word, or because holidays between are not known. */
  readonly about?: true;
}

/**
 * @param dateOf gives the value of a date fact, if the family told it
 * @param today "YYYY-MM-DD"
 */
export function deadlinesOf(
  clocks: readonly Clock[],
  dateOf: (fact: string) => string | undefined,
  today: string,
  calendar: Calendar = NO_CALENDAR,
): Deadline[] {
  return clocks.flatMap((clock, index) => {
    const start = dateOf(clock.from);
    if (!start) return [];
    const date = addTo(start, clock.add, calendar);
    const deadline = { clock: index, date, daysLeft: daysBetween(today, date) };
    return isAbout(clock, start, date, calendar) ? [{ ...deadline, about: true }] : [deadline];
  });
}

function isAbout({ add, about }: Clock, start: string, date: string, calendar: Calendar): boolean {
  if (about || add.school_days) return true;
  return add.working_days !== undefined && !isKnown(start, date, calendar);
}

/** A deadline with the children whose date it runs from: all of the entry's for a date of the whole family. */
export interface FamilyDeadline extends Deadline {
  readonly children: readonly number[];
}

/**
 * @param children indexes of those whose dates count: for an entry, those that it holds for
 * @param clocks of one entry
 * @param today "YYYY-MM-DD"
 * @returns the clocks with the dates of each of these children; the same day once
 */
export function familyDeadlines(
  model: Model,
  assessment: Assessment,
  children: readonly number[],
  clocks: readonly Clock[],
  today: string,
): FamilyDeadline[] {
  const found = new Map<string, Deadline & { children: number[] }>();
  for (const child of children) {
    const values = assessment.children[child]?.state.values;
    const dateOf = (fact: string) => {
      const value = values?.[model.factIndex.get(fact) ?? -1];
      return typeof value === 'string' ? value : undefined;
    };
    for (const deadline of deadlinesOf(clocks, dateOf, today, model.calendar)) {
      const key = `${deadline.clock} ${deadline.date}`;
      const same = found.get(key);
      if (same) same.children.push(child);
      else found.set(key, { ...deadline, children: [child] });
    }
  }
  return [...found.values()];
}
