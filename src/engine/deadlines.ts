import type { Clock } from './entries.ts';

/**
 * Adds a period of the law to a day. Months are calendar months: from the 31st to a month without one, the last day
 * of that month (Interpretation Act usage: the corresponding date).
 * @param date "YYYY-MM-DD"
 * @returns "YYYY-MM-DD"
 */
export function addTo(date: string, add: Clock['add']): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const monthIndex = month - 1 + (add.months ?? 0);
  const lastDay = new Date(Date.UTC(year, monthIndex + 1, 0)).getUTCDate();
  const days = (add.weeks ?? 0) * 7 + (add.days ?? 0);
  return new Date(Date.UTC(year, monthIndex, Math.min(day, lastDay) + days)).toISOString().slice(0, 10);
}

/** @returns whole days from one day to another; negative if `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** A clock of an entry with the family's own date put in. */
export interface Deadline {
  /** Which of the entry's clocks. */
  readonly clock: number;
  /** The last day, "YYYY-MM-DD". */
  readonly date: string;
  /** Days from today; negative when it is past. */
  readonly daysLeft: number;
}

/**
 * @param dateOf gives the value of a date fact, if the family told it
 * @param today "YYYY-MM-DD"
 */
export function deadlinesOf(
  clocks: readonly Clock[],
  dateOf: (fact: string) => string | undefined,
  today: string,
): Deadline[] {
  return clocks.flatMap((clock, index) => {
    const start = dateOf(clock.from);
    if (!start) return [];
    const date = addTo(start, clock.add);
    return [{ clock: index, date, daysLeft: daysBetween(today, date) }];
  });
}
