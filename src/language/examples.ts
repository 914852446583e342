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
  /** So much more than elsewhere it takes for help at once where no pattern asks for it, because the letters are few. */
  readonly doubt: number;
  /** @returns the same for each kind of danger against the others. */
  readonly kinds: () => ReadonlyMap<string, number>;
}

/** So many pieces of words are told apart, and so often all examples are gone through. */
const DANGER: Size = { places: 2 ** 22, rounds: 6 };
/** Enough to see which part of a message is the dangerous one. */
const FIRST_LOOK: Size = { places: 2 ** 20, rounds: 2 };
/** There are fewer examples to tell the kinds apart, and less hangs on it. */
const KINDS: Size = { places: 2 ** 18, rounds: 4 };

/**
 * So many letters are weighed at once, and so many with what stands around them. Few words of danger would be lost in a
 * long message; but one part of it that sounds dangerous may be no more than a strong word among many.
 */
const SENTENCE = 100;
const AROUND = 320;
/** Of few letters little can be said ("purple"): of so many half as much as of very many. */
const HALF_SURE = 10;
/** Of less than so many letters there is doubt, of next to none so much: "yesterday" and "food" are answers. */
const FEW = 16;
const DOUBT = 0.8;

/** @returns what was learned from the examples of a content; undefined where it has none. */
export const examplesOf = keptOncePer(
  'examples',
  ({ languages, dangers }: DangerContent): LearnedExamples | undefined => {
    const all = [...languages.values()].flatMap(({ examples: { danger = {}, calm = [] } }) => [
      ...Object.entries(danger).flatMap(([kind, texts]) => texts.map((text) => ({ kind, text }))),
      ...calm.map((text) => ({ kind: undefined, text })),
    ]);
    const messages = all.map(({ kind, text }) => ({ kind, grams: gramsOf(wordsOf(fold(text))) }));
    // All parts of a calm message are calm.
    const calm = messages.flatMap(({ kind, grams }) =>
      kind === undefined
        ? partsOf(grams, SENTENCE).map(([from, to]) => ({ kind, grams: grams.subarray(from, to) }))
        : [],
    );
    const dangerous = messages.filter(({ kind }) => kind !== undefined);
    if (dangerous.length === 0 || calm.length === 0) return undefined;
    const learn = (some: typeof messages, isOne: (kind?: string) => boolean, size: Size) =>
      train(
        some.map(({ grams }) => grams),
        (i) => isOne(some[i]?.kind),
        size,
      );
    const isDanger = (kind?: string) => kind !== undefined;
    // Who tells a long story says in one part of it what is wrong, and the rest is as in any other family's: only that
    // part may teach what danger is. Nobody has marked it, so a first look at the whole messages finds it.
    const first = learn([...dangerous, ...calm], isDanger, FIRST_LOOK);
    const told = dangerous.map(({ kind, grams }) => ({ kind, grams: gravest(first, grams, SENTENCE).grams }));
    return {
      danger: learn([...told, ...calm], isDanger, DANGER),
      kinds: new Map([...dangers.keys()].map((one) => [one, learn(told, (kind) => kind === one, KINDS)])),
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
  const typed = readings.flatMap(({ undisguised }) => undisguised).map(({ words }) => gramsOf(words));
  const sentence = gravestOf(typed.map((grams) => gravest(learned.danger, grams, SENTENCE)));
  const around = gravestOf(typed.map((grams) => gravest(learned.danger, grams, AROUND)));
  const letters = Math.max(...typed.map(lettersOf));
  const kinds = () =>
    new Map(
      [...learned.kinds].map(([kind, one]) => {
        const likeIt = ({ grams }: Part) => score(one, weightsOf(one, grams));
        return [kind, (likeIt(sentence) + likeIt(around)) / 2];
      }),
    );
  const sure = letters / (letters + HALF_SURE);
  const doubt = DOUBT * Math.max(0, 1 - letters / FEW);
  return { score: (sure * (sentence.score + around.score)) / 2, doubt, kinds };
}

/** A part of a message, and how much it is like the examples of danger. */
interface Part {
  readonly grams: Uint32Array;
  readonly score: number;
}

/** @returns of all parts of so many letters the one that is most like the examples of danger */
function gravest(danger: Classifier, grams: Uint32Array, letters: number): Part {
  const weights = weightsOf(danger, grams);
  return gravestOf(
    partsOf(grams, letters).map(([from, to]) => ({
      grams: grams.subarray(from, to),
      score: score(danger, weights.subarray(from, to)),
    })),
  );
}

function gravestOf(parts: readonly Part[]): Part {
  return parts.reduce((most, part) => (part.score > most.score ? part : most));
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
