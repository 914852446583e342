import type { Value } from './facts.ts';
import { FALSE, TRUE, type Truth, UNKNOWN } from './truth.ts';

/** How a value stands to the tests on its fact: for each of them, in their order, its truth. */
export type Standing = readonly Truth[];

/** Families give the same few values. Pay slips differ, so there is an end to what we keep. */
const MOST_VALUES = 1000;

/** The standings of one fact on one day. */
export class Standings {
  /** Nobody told the value. */
  readonly unknown: Standing;
  readonly #checks: readonly (((value: Value) => boolean) | undefined)[];
  readonly #ofValue = new Map<string | number | undefined, Standing>();

  /** @param checks for each test on the fact, whether a value passes it; undefined where a rate is not known that day */
  constructor(checks: readonly (((value: Value) => boolean) | undefined)[]) {
    this.#checks = checks;
    this.unknown = checks.map(() => UNKNOWN);
  }

  /** @param value undefined: the fact does not apply, and every test on it fails */
  of(value: Value | undefined): Standing {
    const key = typeof value === 'object' ? value.join(' ') : value;
    const known = this.#ofValue.get(key);
    if (known) return known;
    const standing = this.#checks.map((check) => {
      if (check === undefined) return UNKNOWN;
      return value !== undefined && check(value) ? TRUE : FALSE;
    });
    if (this.#ofValue.size >= MOST_VALUES) this.#ofValue.clear();
    this.#ofValue.set(key, standing);
    return standing;
  }
}
