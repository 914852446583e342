/**
 * Kleene's three values. `UNKNOWN` is what an unasked question, "I'm not sure" and "I'd rather not say"
 * make of a rule; none of them is ever `FALSE`.
 */
export const FALSE = 0;
export const UNKNOWN = 1;
export const TRUE = 2;

export type Truth = typeof FALSE | typeof UNKNOWN | typeof TRUE;

/** @returns the opposite; unknown stays unknown. */
export function not(truth: Truth): Truth {
  return (2 - truth) as Truth;
}

/** @returns false if either is false, else unknown if either is unknown. */
export function and(a: Truth, b: Truth): Truth {
  return a < b ? a : b;
}

/** @returns true if either is true, else unknown if either is unknown. */
export function or(a: Truth, b: Truth): Truth {
  return a > b ? a : b;
}
