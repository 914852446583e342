/**
 * Working days. Pure arithmetic on days "YYYY-MM-DD", which have no hours: the change to summer time cannot move one.
 */
export interface Calendar {
  /** Bank holidays, "YYYY-MM-DD". */
  readonly holidays: ReadonlySet<string>;
  /** The first and the last day between which every bank holiday is known. */
  readonly from: string;
  readonly until: string;
}

/** Where no bank holiday is known: working days that are counted with it are never exact. */
export const NO_CALENDAR: Calendar = { holidays: new Set(), from: '9999-12-31', until: '0000-01-01' };

/** @returns whether it is neither a Saturday nor a Sunday nor a bank holiday. */
export function isWorkingDay(date: string, calendar: Calendar): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !calendar.holidays.has(date);
}

/**
 * @param count a whole number of working days, 0 or more. The day itself does not count: the first one is the next
 *   working day after it.
 * @returns the day on which the last of them falls
 */
export function addWorkingDays(date: string, count: number, calendar: Calendar): string {
  let day = date;
  for (let left = count; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day, calendar)) left--;
  }
  return day;
}

/** @returns the day so many days later, or earlier where `count` is negative. */
export function addDays(date: string, count: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + count);
  return day.toISOString().slice(0, 10);
}

/** @returns whether every bank holiday between the two days is known. */
export function isKnown(from: string, to: string, calendar: Calendar): boolean {
  return from >= calendar.from && to <= calendar.until;
}
