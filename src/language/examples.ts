import { type Classifier, type Size, score, train, weightsOf } from './classifier.ts';
import { gramsOf, lettersOf, partsOf } from './grams.ts';
import type { DangerContent } from './lexicons.ts';
import { fold, wordsOf } from './normalise.ts';
import { keptOncePer } from './once-per.ts';
import type { Readings } from './readings.ts';

/** What was learned from the messages of `locales/<code>/examples.yaml`, of all languages together. */
export interface LearnedExamples {
  /** Tells danger from what is calm. */
  readonly danger: Classifier;
  /** For each kind of danger: tells it from the others. */
  readonly kinds: ReadonlyMap<string, Classifier>;
}

/** How much a message is like the examples of danger. */
export interface Likeness {
  /** About 1 as they are, -1 as the calm ones are. */
  readonly score: number;
  /** @returns the same for each kind of danger against the others. */
  readonly kinds: () => ReadonlyMap<string, number>;
}

/** So many pieces of words are told apart, and so often all examples are gone through. */
const DANGER: Size = { places: 2 ** 22, rounds: 6 };
/** There are fewer examples to tell the kinds apart, and less hangs on it. */
const KINDS: Size = { places: 2 ** 18, rounds: 4 };

/**
 * So many letters are weighed at once, and so many with what stands around them. Few words of danger would be lost in a
 * long message; but one part of it that sounds dangerous may be no more than a strong word among many.
 */
const SENTENCE = 160;
const AROUND = 320;
/** Of few letters little can be said ("purple"): of so many half as much as of very many. */
const HALF_SURE = 10;

/** @returns what was learned from the examples of a content; undefined where it has none. */
export const examplesOf = keptOncePer(
  'examples',
  ({ languages, dangers }: DangerContent): LearnedExamples | undefined => {
    const all = [...languages.values()].flatMap(({ examples: { danger = {}, calm = [] } }) => [
      ...Object.entries(danger).flatMap(([kind, texts]) => texts.map((text) => ({ kind, text }))),
      ...calm.map((text) => ({ kind: undefined, text })),
    ]);
    // All parts of a calm message are calm; which part of another is dangerous nobody has said.
    const messages = all.flatMap(({ kind, text }) => {
      const grams = gramsOf(wordsOf(fold(text)));
      const parts = kind === undefined ? partsOf(grams, SENTENCE) : [[0, grams.length] as const];
      return parts.map(([from, to]) => ({ kind, grams: grams.subarray(from, to) }));
    });
    const dangerous = messages.filter(({ kind }) => kind !== undefined);
    if (dangerous.length === 0 || dangerous.length === messages.length) return undefined;
    const learn = (some: typeof messages, isOne: (kind?: string) => boolean, size: Size) =>
      train(
        some.map(({ grams }) => grams),
        (i) => isOne(some[i]?.kind),
        size,
      );
    return {
      danger: learn(messages, (kind) => kind !== undefined, DANGER),
      kinds: new Map(
        [...dangers.keys()].map((one) => [one, learn(dangerous, (kind) => kind === one, KINDS)]),
      ),
    };
  },
);

/** Contents whose examples another process learns. */
const learnedApart = new WeakSet<object>();

/**
 * Learning takes half a minute, and danger does not wait: from now on the patterns read alone, until another process has
 * learned the examples.
 * @returns to be called when it has
 */
export function learnApart(content: DangerContent): () => void {
  learnedApart.add(content);
  return () => learnedApart.delete(content);
}

/** @returns as `examplesOf`; undefined while another process learns them */
export function examplesNow(content: DangerContent): LearnedExamples | undefined {
  return learnedApart.has(content) ? undefined : examplesOf(content);
}

/** @returns how much the most dangerous part of a message is like the examples; undefined without examples */
export function likeness(
  readings: readonly Readings[],
  learned: LearnedExamples | undefined,
): Likeness | undefined {
  if (!learned) return undefined;
  let sentence: Uint32Array = new Uint32Array();
  let ofSentence = Number.NEGATIVE_INFINITY;
  let ofAround = Number.NEGATIVE_INFINITY;
  let letters = 0;
  for (const { words } of readings.flatMap(({ undisguised }) => undisguised)) {
    const grams = gramsOf(words);
    letters = Math.max(letters, lettersOf(grams));
    const weights = weightsOf(learned.danger, grams);
    const scoreOf = ([from, to]: [number, number]) => score(learned.danger, weights.subarray(from, to));
    for (const part of partsOf(grams, SENTENCE)) {
      const its = scoreOf(part);
      if (its <= ofSentence) continue;
      ofSentence = its;
      sentence = grams.subarray(...part);
    }
    ofAround = Math.max(ofAround, ...partsOf(grams, AROUND).map(scoreOf));
  }
  const kinds = () =>
    new Map([...learned.kinds].map(([kind, one]) => [kind, score(one, weightsOf(one, sentence))]));
  const sure = letters / (letters + HALF_SURE);
  return { score: (sure * (ofSentence + ofAround)) / 2, kinds };
}

/** So many words are named as those that weigh most. */
const NAMED = 5;

/** @returns the words without which a message would be least like the examples of danger, weightiest first */
export function weightiest(
  words: readonly string[],
  { danger }: LearnedExamples,
): { word: string; weight: number }[] {
  const scoreOf = (some: readonly string[]) => score(danger, weightsOf(danger, gramsOf(some)));
  const whole = scoreOf(words);
  return words
    .map((word, i) => ({ word, weight: whole - scoreOf(words.toSpliced(i, 1)) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, NAMED);
}
