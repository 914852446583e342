import type { Model, ModelFact } from './model.ts';

/** A stretch of numbers that the rules do not tell apart, with a value that stands for it. Both ends are part of it. */
export interface Band {
  /** Absent for "or less". */
  readonly from?: number;
  /** Absent for "or more". */
  readonly to?: number;
  readonly value: number;
}

/** The smallest step of what is asked for in whole hours, and in money. */
const STEP = { number: 1, money: 0.01 } as const;

/**
 * @param index of a fact of type number, money or age
 * @param date "YYYY-MM-DD": it decides the rates
 * @returns the stretches that rules tell apart, lowest first; for an age each year
 */
export function bandsOf(model: Model, index: number, date: string): Band[] {
  const { fact, tests } = model.facts[index] as ModelFact;
  const max = fact.max ?? 1_000_000;
  if (fact.type === 'age') {
    return Array.from({ length: max + 1 }, (_, year) => ({ from: year, to: year, value: year }));
  }
  const step = fact.type === 'money' ? STEP.money : STEP.number;
  const figures = model.figuresOn(date);
  const starts = new Set<number>();
  for (const one of tests) {
    const test = model.tests[one]?.test;
    if (test?.op !== 'compare') continue;
    for (const [op, bound] of Object.entries(test.bounds)) {
      const figure = typeof bound === 'number' ? bound : figures.get(bound.rate);
      if (figure === undefined) continue;
      starts.add(op === 'at_least' || op === 'under' ? figure : Math.round((figure + step) * 100) / 100);
    }
  }
  const edges = [...starts].filter((start) => start > 0 && start <= max).sort((a, b) => a - b);
  return [0, ...edges].map((start, i) => {
    const next = edges[i];
    const to = next === undefined ? undefined : Math.round((next - step) * 100) / 100;
    return {
      ...(i === 0 ? {} : { from: start }),
      ...(to === undefined ? {} : { to }),
      // The nearest to the edge that the rules look at.
      value: i === 0 ? (to ?? 0) : start,
    };
  });
}
