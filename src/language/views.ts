import type { Size } from './classifier.ts';
import { consonantsOf } from './consonants.ts';
import { letterGramsOf, pairGramsOf } from './grams.ts';

/** A way to take a message apart, of which is learned what its pieces weigh. */
export interface View {
  /** @returns the pieces of folded words, at least one */
  readonly gramsOf: (words: readonly string[]) => Uint32Array;
  /** Examples are learned by parts of so many letters, or words. */
  readonly part: number;
  /**
   * So many are weighed at once, and so many with what stands around them. Few words of danger would be lost in a long
   * message; but one part of it that sounds dangerous may be no more than a strong word among many.
   */
  readonly sentence: number;
  readonly around: number;
  /** How much it says beside the others, of 1. */
  readonly share: number;
  readonly size: Size;
}

/** Knows endings, mutations and slips. */
const LETTERS: View = {
  gramsOf: letterGramsOf,
  part: 100,
  sentence: 60,
  around: 320,
  share: 0.5,
  size: { places: 2 ** 22, rounds: 6 },
};

/** Knows a word in whatever letters it is typed: Arabic, Urdu and Bengali in their script or in Latin letters. */
const CONSONANTS: View = {
  gramsOf: (words) => letterGramsOf(words.map(consonantsOf).filter((word) => word !== '')),
  part: 60,
  sentence: 36,
  around: 190,
  share: 0.25,
  size: { places: 2 ** 21, rounds: 4 },
};

/** Knows which words stand near each other, whatever stands between them. */
const PAIRS: View = {
  gramsOf: pairGramsOf,
  part: 20,
  sentence: 12,
  around: 64,
  share: 0.25,
  size: { places: 2 ** 21, rounds: 4 },
};

/**
 * Each hears something that the others do not, and where one is deceived the others hold against it: together they hear more
 * at the same number of false alarms than the best of them alone. The letters are the best, and come first.
 */
export const VIEWS = [LETTERS, CONSONANTS, PAIRS] as const;
