/** What tells messages of one kind from all others: what each piece of a word weighs, for it or against it. */
export interface Classifier {
  /** By the lowest bits of a piece (`gramsOf`), as many as there are places; in units of `unit`. */
  readonly weights: Int8Array;
  readonly unit: number;
  readonly bias: number;
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

/** Examples, made ready to be learned from. */
export interface Ready {
  /** By their pieces. */
  readonly examples: readonly Uint32Array[];
  /** How much each piece counts for, by its lowest bits. */
  readonly rarity: Float32Array;
  /** How long each example is, squared. */
  readonly squares: Float64Array;
}

/**
 * @param examples messages by their pieces, at least one each
 * @param places how many pieces are told apart: a power of two
 */
export function makeReady(examples: readonly Uint32Array[], places: number): Ready {
  const rarity = rarityOf(examples, places);
  return { examples, rarity, squares: squaresOf(examples, rarity) };
}

/**
 * Learns from examples: a linear support vector machine with squared hinge loss, by dual coordinate descent (Hsieh and
 * others, 2008, "A Dual Coordinate Descent Method for Large-scale Linear SVM"). The same examples in the same order
 * give the same classifier. The side that has fewer counts for as much as the other.
 * @param ready messages of both sides
 * @param isOne whether an example, by its number, is one of those that are looked for
 * @param rounds how often all examples are gone through
 */
export function train(
  { examples, rarity, squares }: Ready,
  isOne: (i: number) => boolean,
  rounds: number,
): Classifier {
  const sides = Int8Array.from(examples, (_, i) => (isOne(i) ? 1 : -1));
  const ones = sides.reduce((sum, side) => sum + (side > 0 ? 1 : 0), 0);
  const slackOf = (side: number) => (side > 0 ? ones : examples.length - ones) / (COST * examples.length);
  const weights = new Float32Array(rarity.length);
  const mask = rarity.length - 1;
  let bias = 0;
  const duals = new Float64Array(examples.length);
  const order = Uint32Array.from(examples, (_, i) => i);
  const chance = chanceFrom(1);
  for (let round = 0; round < rounds; round++) {
    // In a new order each time: else it takes many times as many rounds.
    shuffle(order, chance);
    for (const i of order) {
      const grams = examples[i] as Uint32Array;
      const side = sides[i] as number;
      const slack = slackOf(side);
      const dual = duals[i] as number;
      const root = Math.sqrt(grams.length);
      let sum = 0;
      for (const gram of grams) sum += weights[gram & mask] as number;
      const gradient = side * (sum / root + bias) - 1 + slack * dual;
      const next = Math.max(0, dual - gradient / ((squares[i] as number) + BIAS ** 2 + slack));
      if (next === dual) continue;
      duals[i] = next;
      const step = (next - dual) * side;
      const each = step / root;
      for (const gram of grams) {
        const place = gram & mask;
        weights[place] = (weights[place] as number) + each * (rarity[place] as number);
      }
      bias += step * BIAS ** 2;
    }
  }
  return rounded(weights, bias);
}

/**
 * How much each piece counts for, 1 in the mean: the fewer examples have it, the more it says. It is what a word's
 * rarity is in search (its inverse document frequency), to the fourth power: to the second in the message, and once more
 * in what is learned of it.
 */
function rarityOf(examples: readonly Uint32Array[], places: number): Float32Array {
  const mask = places - 1;
  const having = new Uint32Array(places);
  const lastIn = new Int32Array(places).fill(-1);
  let pieces = 0;
  examples.forEach((grams, i) => {
    pieces += grams.length;
    for (const gram of grams) {
      const place = gram & mask;
      if (lastIn[place] === i) continue;
      lastIn[place] = i;
      having[place] = (having[place] as number) + 1;
    }
  });
  const rarity = Float32Array.from(having, (count) => Math.log((examples.length + 1) / (count + 1)) ** 4);
  let sum = 0;
  for (const grams of examples) for (const gram of grams) sum += rarity[gram & mask] as number;
  const mean = sum / pieces || 1;
  return rarity.map((one) => one / mean);
}

/** @returns how long each example is, squared: about 1, more where rare pieces stand in it, or the same ones often. */
function squaresOf(examples: readonly Uint32Array[], rarity: Float32Array): Float64Array {
  const mask = rarity.length - 1;
  const times = new Uint32Array(rarity.length);
  return Float64Array.from(examples, (grams) => {
    for (const gram of grams) times[gram & mask] = (times[gram & mask] as number) + 1;
    let square = 0;
    for (const gram of grams) square += (times[gram & mask] as number) * (rarity[gram & mask] as number);
    for (const gram of grams) times[gram & mask] = 0;
    return square / grams.length;
  });
}

/** A byte for each weight is exact enough, and a quarter of the memory. */
function rounded(weights: Float32Array, bias: number): Classifier {
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

/** @returns what the pieces of a message weigh together: those before each of them, and last all */
export function sumsOf({ weights }: Classifier, grams: Uint32Array): Int32Array {
  const mask = weights.length - 1;
  const sums = new Int32Array(grams.length + 1);
  let sum = 0;
  for (let i = 0; i < grams.length; i++) {
    sum += weights[(grams[i] as number) & mask] as number;
    sums[i + 1] = sum;
  }
  return sums;
}

/**
 * @param sums what the pieces of a message weigh together (`sumsOf`)
 * @param from the first piece of the part that is asked about
 * @param to the one after its last
 * @returns how much that is one of those that are looked for: about 1 as the examples are, -1 as the others are
 */
export function score({ unit, bias }: Classifier, sums: Int32Array, from = 0, to = sums.length - 1): number {
  return (((sums[to] as number) - (sums[from] as number)) * unit) / Math.sqrt(to - from) + bias;
}
