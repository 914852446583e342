/** What tells messages of one kind from all others: what each piece of a word weighs, for it or against it. */
export interface Classifier {
  /** By the lowest bits of a piece (`gramsOf`), as many as there are places; in units of `unit`. */
  readonly weights: Int8Array;
  readonly unit: number;
  readonly bias: number;
}

/** The pieces of a message (`gramsOf`). */
export interface Example {
  readonly grams: Uint32Array;
  /** Of its length: 1, and more where pieces stand in it twice. */
  readonly square: number;
}

/** @param grams the pieces of a message (`gramsOf`), at least one */
export function toExample(grams: Uint32Array): Example {
  const sorted = grams.toSorted();
  let square = 0;
  for (let i = 0, first = 0; i < sorted.length; i++) {
    if (sorted[i] === sorted[i + 1]) continue;
    square += (i + 1 - first) ** 2;
    first = i + 1;
  }
  return { grams, square: square / grams.length };
}

export interface Size {
  /** How many pieces of words are told apart: a power of two. */
  readonly places: number;
  /** How often all examples are gone through. */
  readonly rounds: number;
}

/** How much is paid for an example on the wrong side, against small weights. */
const COST = 2;
/** What the bias counts for beside the pieces. It is no piece of any message, so it must not take much on itself. */
const BIAS = 0.3;

/**
 * Learns from examples: a linear support vector machine with squared hinge loss, by dual coordinate descent (Hsieh and
 * others, 2008, "A Dual Coordinate Descent Method for Large-scale Linear SVM"). The same examples in the same order
 * give the same classifier. The side that has fewer counts for as much as the other.
 * @param examples of both sides
 * @param isOne whether an example, by its number, is one of those that are looked for
 */
export function train(
  examples: readonly Example[],
  isOne: (i: number) => boolean,
  { places, rounds }: Size,
): Classifier {
  const sides = Int8Array.from(examples, (_, i) => (isOne(i) ? 1 : -1));
  const ones = sides.reduce((sum, side) => sum + (side > 0 ? 1 : 0), 0);
  const slackOf = (side: number) => (side > 0 ? ones : examples.length - ones) / (COST * examples.length);
  const weights = new Float64Array(places);
  const mask = places - 1;
  let bias = 0;
  const duals = new Float64Array(examples.length);
  const order = Uint32Array.from(examples, (_, i) => i);
  const chance = chanceFrom(1);
  for (let round = 0; round < rounds; round++) {
    // In a new order each time: else it takes many times as many rounds.
    shuffle(order, chance);
    for (const i of order) {
      const { grams, square } = examples[i] as Example;
      const side = sides[i] as number;
      const slack = slackOf(side);
      const dual = duals[i] as number;
      const root = Math.sqrt(grams.length);
      let sum = 0;
      for (const gram of grams) sum += weights[gram & mask] as number;
      const gradient = side * (sum / root + bias) - 1 + slack * dual;
      const next = Math.max(0, dual - gradient / (square + BIAS ** 2 + slack));
      if (next === dual) continue;
      duals[i] = next;
      const step = (next - dual) * side;
      const each = step / root;
      for (const gram of grams) weights[gram & mask] = (weights[gram & mask] as number) + each;
      bias += step * BIAS ** 2;
    }
  }
  return rounded(weights, bias);
}

/** A byte for each weight is exact enough, and an eighth of the memory. */
function rounded(weights: Float64Array, bias: number): Classifier {
  let most = 0;
  for (const weight of weights) most = Math.max(most, Math.abs(weight));
  const unit = most / 127 || 1;
  return { weights: Int8Array.from(weights, (weight) => Math.round(weight / unit)), unit, bias };
}

function shuffle(list: Uint32Array, chance: (below: number) => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = chance(i + 1);
    [list[i], list[j]] = [list[j] as number, list[i] as number];
  }
}

/** @returns whole numbers that look like chance and are the same each time. */
function chanceFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

/** @returns what each piece of a message weighs. */
export function weightsOf({ weights }: Classifier, grams: Uint32Array): Int8Array {
  const mask = weights.length - 1;
  const found = new Int8Array(grams.length);
  for (let i = 0; i < grams.length; i++) found[i] = weights[(grams[i] as number) & mask] as number;
  return found;
}

/**
 * @param weights what each piece of a message, or of a part of it, weighs (`weightsOf`)
 * @returns how much it is one of those that are looked for: about 1 as the examples are, -1 as the others are
 */
export function score({ unit, bias }: Classifier, weights: Int8Array): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return (sum * unit) / Math.sqrt(weights.length) + bias;
}
