import { type Entry, wholeRule } from '../../../src/engine/entries.ts';
import type { Model } from '../../../src/engine/model.ts';
import type { Bound, Rule } from '../../../src/engine/rules.ts';
import type { Facts } from '../samples.ts';

/** A rule engine that holds the same rules as ours. */
export interface Peer {
  readonly name: string;
  /** Puts the facts of a family in the form that the peer takes; not timed. */
  readonly prepare: (facts: Facts) => unknown;
  /** @returns for each entry of the model whether the family has it. */
  readonly assess: (prepared: unknown) => boolean[] | Promise<boolean[]>;
}

/** What every peer is asked of an entry: do they have it, and do they not hold it already? */
export function questionOf(entry: Entry): Rule {
  const whole = wholeRule(entry);
  return entry.held ? { all: [{ not: entry.held }, whole] } : whole;
}

/** @returns the figure of a bound on that day. @throws Error where the rate has none */
export function figureOf(model: Model, date: string): (bound: Bound) => number {
  const figures = model.figuresOn(date);
  return (bound) => {
    const figure = typeof bound === 'number' ? bound : figures.get(bound.rate);
    if (figure === undefined) throw new Error(`no figure on ${date} for ${JSON.stringify(bound)}`);
    return figure;
  };
}
