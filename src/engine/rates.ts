/** A dated figure of public policy. */
export interface Rate {
  readonly id: string;
  readonly unit: string;
  /** From which day ("YYYY-MM-DD") which figure holds, oldest first. */
  readonly values: readonly { readonly from: string; readonly figure: number }[];
  /** The last day on which the newest figure is known to hold. */
  readonly until: string;
}

/**
 * @param date "YYYY-MM-DD"
 * @returns the figure that held on that day; undefined before the first figure and after `until`. An expired rate
 *   is never its last value.
 */
export function figureOn(rate: Rate, date: string): number | undefined {
  if (date > rate.until) return undefined;
  return rate.values.findLast((value) => value.from <= date)?.figure;
}

/** @returns every rate that has a figure on that day, by id. */
export function figuresOn(rates: Iterable<Rate>, date: string): Map<string, number> {
  const figures = new Map<string, number>();
  for (const rate of rates) {
    const figure = figureOn(rate, date);
    if (figure !== undefined) figures.set(rate.id, figure);
  }
  return figures;
}
