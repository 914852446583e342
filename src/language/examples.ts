import { type Classifier, makeReady, type Ready, type Size, score, sumsOf, train } from './classifier.ts';
import { partsOf, placesOf } from './grams.ts';
import type { DangerContent } from './lexicons.ts';
import { fold, wordsOf } from './normalise.ts';
import { keptOncePer } from './once-per.ts';
import { type Readings, wordsIn } from './readings.ts';
import { VIEWS, type View } from './views.ts';

/** What was learned from the messages of `locales/<code>/examples.yaml`, of all languages together. */
export interface LearnedExamples {
  /** Tell danger from what is calm, for each of `VIEWS`. */
  readonly danger: readonly Classifier[];
  /** For each kind of danger: tells it from the others, by its letters. */
  readonly kinds: ReadonlyMap<string, Classifier>;
}

/** How much a message is like the examples of danger. */
export interface Likeness {
  /** About 1 as they are, -1 as the calm ones are. */
  readonly score: number;
  /** So much more than elsewhere it takes for help at once where no pattern asks for it, because the letters are few. */
  readonly doubt: number;
  /** Of how many words the message is. */
  readonly words: number;
  /** @returns the same for each kind of danger against the others. */
  readonly kinds: () => ReadonlyMap<string, number>;
}

/** Enough to see which part of a message is the dangerous one. */
const FIRST_LOOK: Size = { places: 2 ** 20, rounds: 2 };
/** There are fewer examples to tell the kinds apart. */
const KINDS: Size = { places: 2 ** 19, rounds: 4 };

/** Of few letters or words little can be said ("purple"): of so many half as much as of very many. */
const HALF_SURE = 10;
/**
 * The fewer letters, the more there is of doubt, half as much with each so many: "yesterday" and "food" are answers, and
 * "I don't know what to do" stands in calm and in dangerous messages.
 */
const DOUBT = 0.6;
const HALF_DOUBT = 20;

/** A message, or a part of it; of what is calm there is no kind. */
interface Example {
  readonly kind?: string | undefined;
  readonly grams: Uint32Array;
}

/** @returns what was learned from the examples of a content; undefined where it has none. */
export const examplesOf = keptOncePer(
  'examples',
  ({ languages, dangers }: DangerContent): LearnedExamples | undefined => {
    const messages = [...languages.values()].flatMap(({ examples: { danger = {}, calm = [] } }) => [
      ...Object.entries(danger).flatMap(([kind, texts]) => texts.map((text) => ({ kind, text }))),
      ...calm.map((text) => ({ kind: undefined, text })),
    ]);
    if (!messages.some(isDanger) || messages.every(isDanger)) return undefined;
    const words = messages.map(({ kind, text }) => ({ kind, words: wordsOf(fold(text)) }));
    const learned = VIEWS.map((view) =>
      learnDanger(
        words.map(({ kind, words }) => ({ kind, grams: view.gramsOf(words) })),
        view,
      ),
    );
    // Who it is about stands beside what is wrong: of "she says she wants to die" the kind hangs on "she says".
    const around = learned[0]?.around as readonly Example[];
    return {
      danger: learned.map(({ danger }) => danger),
      kinds: learnKinds(around, dangers.keys()),
    };
  },
);

/** @returns what tells danger from calm, and of each dangerous message the gravest part with what stands around it */
function learnDanger(
  messages: readonly Example[],
  { part, around, size }: View,
): { danger: Classifier; around: Example[] } {
  const dangerous = messages.filter(isDanger);
  // All parts of a calm message are calm.
  const calm = messages
    .filter((one) => !isDanger(one))
    .flatMap(({ grams }) =>
      partsOf(grams, part).map(([from, to]): Example => ({ grams: grams.subarray(from, to) })),
    );
  // Who tells a long story says in one part of it what is wrong, and the rest is as in any other family's: only that
  // part may teach what danger is. Nobody has marked it, so a first look at the whole messages finds it.
  const first = learn([...dangerous, ...calm], FIRST_LOOK);
  const gravestOf = (places: number) =>
    dangerous.map(({ kind, grams }) => ({
      kind,
      grams: gravest(first, grams, sumsOf(first, grams), places).grams,
    }));
  return { danger: learn([...gravestOf(part), ...calm], size), around: gravestOf(around) };
}

function isDanger({ kind }: { kind?: string | undefined }): boolean {
  return kind !== undefined;
}

function learn(examples: readonly Example[], { places, rounds }: Size): Classifier {
  return train(ready(examples, places), (i) => isDanger(examples[i] as Example), rounds);
}

function learnKinds(examples: readonly Example[], kinds: Iterable<string>): Map<string, Classifier> {
  const made = ready(examples, KINDS.places);
  return new Map(
    [...kinds].map((kind) => [kind, train(made, (i) => examples[i]?.kind === kind, KINDS.rounds)]),
  );
}

function ready(examples: readonly Example[], places: number): Ready {
  return makeReady(
    examples.map(({ grams }) => grams),
    places,
  );
}

/** Contents whose examples another process learns. */
const learnedApart = new WeakSet<object>();

/**
 * Learning takes a minute, and danger does not wait: from now on the patterns read alone, until another process has
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
  const typed = readings.flatMap(({ undisguised }) => undisguised).map(({ words }) => words);
  return likenessOf(typed, wordsIn(readings), learned);
}

/**
 * @param typed the words of a message, in each of the ways to read it
 * @param words how many they are, read in one way
 * @returns how much its most dangerous part is like the examples
 */
export function likenessOf(
  typed: readonly (readonly string[])[],
  words: number,
  learned: LearnedExamples,
): Likeness {
  const weighed = VIEWS.map((view, i) => weigh(typed, view, learned.danger[i] as Classifier));
  const sum = weighed.reduce((sum, { sentence, around, places }, i) => {
    const { share } = VIEWS[i] as View;
    const sure = places / (places + HALF_SURE);
    return sum + (share * sure * (sentence.score + around.score)) / 2;
  }, 0);
  const { around, places: letters } = weighed[0] as Weighed;
  const kinds = () =>
    new Map([...learned.kinds].map(([kind, one]) => [kind, score(one, sumsOf(one, around.grams))]));
  const doubt = DOUBT * 0.5 ** (letters / HALF_DOUBT);
  return { score: sum, doubt, words, kinds };
}

/** A message as it looks in one of the views. */
interface Weighed {
  /** The parts that are most like the examples of danger, of so many places as are weighed at once. */
  readonly sentence: Part;
  readonly around: Part;
  /** Of how many letters, or words, it is. */
  readonly places: number;
}

/** @param typed the words of a message, in each of the ways to read it */
function weigh(typed: readonly (readonly string[])[], view: View, danger: Classifier): Weighed {
  const all = typed.map((words) => {
    const grams = view.gramsOf(words);
    return { grams, sums: sumsOf(danger, grams) };
  });
  const gravestIn = (places: number) =>
    all
      .map(({ grams, sums }) => gravest(danger, grams, sums, places))
      .reduce((most, part) => (part.score > most.score ? part : most));
  return {
    sentence: gravestIn(view.sentence),
    around: gravestIn(view.around),
    places: Math.max(...all.map(({ grams }) => placesOf(grams))),
  };
}

/** A part of a message, and how much it is like the examples of danger. */
interface Part {
  readonly grams: Uint32Array;
  readonly score: number;
}

/** @returns of all parts of so many places the one that is most like the examples of danger */
function gravest(danger: Classifier, grams: Uint32Array, sums: Int32Array, places: number): Part {
  let most = Number.NEGATIVE_INFINITY;
  let gravest = grams;
  for (const [from, end] of partsOf(grams, places)) {
    const to = Math.min(end, grams.length);
    const its = score(danger, sums, from, to);
    if (its <= most) continue;
    most = its;
    gravest = grams.subarray(from, to);
  }
  return { grams: gravest, score: most };
}

/** So many words are named as those that weigh most. */
const NAMED = 5;

/** @returns the words without which a message would be least like the examples of danger, weightiest first */
export function weightiest(
  words: readonly string[],
  { danger }: LearnedExamples,
): { word: string; weight: number }[] {
  const scoreOf = (some: readonly string[]) =>
    VIEWS.reduce((sum, { gramsOf, share }, i) => {
      const view = danger[i] as Classifier;
      return sum + share * score(view, sumsOf(view, gramsOf(some)));
    }, 0);
  const whole = scoreOf(words);
  return words
    .map((word, i) => ({ word, weight: whole - scoreOf(words.toSpliced(i, 1)) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, NAMED);
}
