/**
 * What parents type for an answer, in one language: `locales/<code>/answers.yaml`. Every list may be left out. Case,
 * accents and apostrophes do not matter.
 */
export interface Sayings {
  readonly yes?: readonly string[];
  readonly no?: readonly string[];
  readonly not_sure?: readonly string[];
  readonly rather_not_say?: readonly string[];
  /** Nothing of what was named. */
  readonly none?: readonly string[];
  /** Words that turn what stands beside them into its opposite. */
  readonly not?: readonly string[];
  /** Words between two answers: "and". */
  readonly and?: readonly string[];
  /** Words around an answer that change nothing: "about", "he is", "I think". */
  readonly around?: readonly string[];
  /** Words before the number of an option: "option", "number". */
  readonly option?: readonly string[];
  readonly numbers?: Readonly<Record<string, number>>;
  readonly half?: readonly string[];
  readonly units?: Readonly<Partial<Record<Unit, readonly string[]>>>;
  readonly today?: readonly string[];
  readonly yesterday?: readonly string[];
  /** Other words for an answer: fact id, then option id (or the number itself), then sayings. */
  readonly also?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export const UNITS = ['hours', 'days', 'weeks', 'fortnights', 'months', 'years', 'pounds'] as const;
export type Unit = (typeof UNITS)[number];
