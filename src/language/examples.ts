import { type Classifier, type Size, score, train, weightsOf } from './classifier.ts';
import { gramsOf, partsOf } from './grams.ts';
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

/** @returns what was learned from the examples of a content; undefined where it has none. */
export const examplesOf = keptOncePer(
  'examples',
  ({ languages, dangers }: DangerContent): LearnedExamples | undefined => {
    const all = [...languages.values()].flatMap(({ examples: { danger = {}, calm = [] } }) => [
      ...Object.entries(danger).flatMap(([kind, texts]) => texts.map((text) => ({ kind, text }))),
      ...calm.map((text) => ({ kind: undefined, text })),
    ]);
    const messages = all.map(({ kind, text }) => ({
      kind,
      grams: gramsOf(wordsOf(fold(text))),
    }));
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

/** So many letters are compared at once: few words of danger would be lost in a long message. */
const AT_ONCE = 160;

/** @returns how much the most dangerous part of a message is like the examples; undefined without examples */
export function likeness(
  readings: readonly Readings[],
  learned: LearnedExamples | undefined,
): Likeness | undefined {
  if (!learned) return undefined;
  let best: { part: Uint32Array; score: number } | undefined;
  for (const { words } of readings.flatMap(({ undisguised }) => undisguised)) {
    const grams = gramsOf(words);
    const weights = weightsOf(learned.danger, grams);
    for (const [from, to] of partsOf(grams, AT_ONCE)) {
      const its = score(learned.danger, weights.subarray(from, to));
      if (!best || its > best.score) best = { part: grams.subarray(from, to), score: its };
    }
  }
  if (!best) return undefined;
  const { part } = best;
  const kinds = () =>
    new Map([...learned.kinds].map(([kind, one]) => [kind, score(one, weightsOf(one, part))]));
  return { score: best.score, kinds };
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
