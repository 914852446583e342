import type { Lexicon } from '../content/schemas.ts';
import type { DangerLevel } from '../engine/conversation.ts';
import { type Danger, gravestFirst, patternsOf } from './danger-patterns.ts';
import {
  examplesNow,
  examplesOf,
  type LearnedExamples,
  type Likeness,
  likeness,
  likenessOf,
  weightiest,
} from './examples.ts';
import type { DangerContent } from './lexicons.ts';
import { oncePer } from './once-per.ts';
import { passagesIn, type Readings, readingsOf, wordsIn } from './readings.ts';
import { whichLanguage } from './which-language.ts';

/**
 * What a pattern adds to the likeness (-1 as the calm examples are, 1 as those of danger). One that would ask says that
 * it may be tiredness or a saying: then only a message very like the examples brings help at once.
 */
const HEARD: Readonly<Record<DangerLevel, number>> = { interrupt: 0.25, ask: -0.3 };
/**
 * A message of more words than this is a story: its passages are read alone, too, and a pattern says less of it, the more
 * words there are, because something is soon heard.
 */
const STORY = 25;
/** In more words than this some pattern hears something almost always, danger or not: none is read. */
const TOO_MANY = 150;
/**
 * From here on help comes at once, unless the examples of the language say otherwise (`help_from`) and the message is
 * clearly in it: of a language with more examples less likeness is enough.
 */
const HELP_FROM = -0.1;
/** In a story it takes more, in a long one much more, because of many words some sound grave. */
const HELP_FROM_IN_STORY = -0.05;
const HELP_FROM_IN_LONG = 0.2;
/** From here on a passage alone brings help at once: what is said clearly is not lost in a long story about other things. */
const PASSAGE_FROM = 0.2;
/** Of so many, the clearest, we ask what kind of danger they tell of, because it takes time. The gravest is answered. */
const CLEAREST = 5;
/** What a pattern tells of is not even asked about where the message is as good as the same as calm ones. */
const DOUBTED = -0.5;
/** Of so few words the examples know the sound more than the sense: the pattern's kind stands. */
const FEW = 3;
/** So much more a message is like the examples of another kind that the pattern's own kind does not stand. */
const OTHER_KIND = 0.2;

/**
 * Reads a message for danger, in every language whatever was chosen. Two readers that know nothing of each other: the
 * patterns of the lexicons, and how much it is like the examples. Each makes up for what the other does not hear, or
 * hears wrongly. The constants were chosen on messages that neither was made from (test/language/sets/README.md).
 * Never throws. A message that is very long is read at its beginning and at its end.
 * @param text what was typed
 * @param content its lexicons are compiled and its examples learned on first use
 */
export function detectDanger(text: string, content: DangerContent): Danger | null {
  const readings = readingsOf(text);
  return (
    dangerInPassages(readings, content) ?? dangerIn(readings, helpFrom(text, readings, content), content)
  );
}

function dangerIn(readings: readonly Readings[], from: number, content: DangerContent): Danger | null {
  const like = likeness(readings, examplesNow(content));
  const unlearned = unlearnedIn(content);
  const settled = like && (like.words > TOO_MANY ? settledOfMany(like, from) : settledBy(like, from));
  if (settled !== undefined && unlearned.size === 0) return settled;
  const { read, decide } = patternsOf(content);
  const said = read(readings);
  // In a language that they do not know the examples take everything for calm: there the patterns decide.
  const alone = unlearned.size === 0 ? null : decide(said.filter(({ lexicon }) => unlearned.has(lexicon)));
  if (alone?.level === 'interrupt') return alone;
  return (settled === undefined ? together(decide(said), like, from) : settled) ?? alone;
}

/** @returns the gravest danger that a passage of a story tells of alone */
function dangerInPassages(readings: readonly Readings[], content: DangerContent): Danger | null {
  const patternsSay = (words: readonly string[]) => {
    const { read, decide } = patternsOf(content);
    return decide(read(readingsOf(words.join(' '))))?.kind;
  };
  const [gravest] = clearPassages(readings, examplesNow(content))
    .map(({ words, like }) => surestKind(like) ?? kindOf(patternsSay(words), like))
    .sort(gravestFirst([...content.dangers.keys()]));
  return gravest === undefined ? null : { kind: gravest, level: 'interrupt' };
}

interface Passage {
  readonly words: readonly string[];
  readonly like: Likeness;
}

/**
 * Whether they are dangerous the patterns do not say: that would cost ten times as much, and bring more false alarms than
 * danger.
 * @returns the sentences of a story, or some words of a long one, each of which alone brings help at once, clearest first
 */
function clearPassages(readings: readonly Readings[], learned: LearnedExamples | undefined): Passage[] {
  if (!learned || wordsIn(readings) <= STORY) return [];
  return passagesIn(readings)
    .map((words) => ({ words, like: likenessOf([words], words.length, learned) }))
    .filter(({ like }) => levelOf(undefined, like, PASSAGE_FROM) === 'interrupt')
    .sort((a, b) => b.like.score - a.like.score)
    .slice(0, CLEAREST);
}

/** @returns how much like the examples of danger a message must be for help to come at once */
function helpFrom(text: string, readings: readonly Readings[], content: DangerContent): number {
  const count = wordsIn(readings);
  if (count > STORY) return count > TOO_MANY ? HELP_FROM_IN_LONG : HELP_FROM_IN_STORY;
  if (![...content.languages.values()].some(({ examples }) => examples.help_from !== undefined))
    return HELP_FROM;
  const written = whichLanguage(text, content);
  const language = written === undefined ? undefined : content.languages.get(written);
  return language?.examples.help_from ?? HELP_FROM;
}

/** Makes ready all that reading takes: the patterns, too, which most messages do not need. */
export function prepareDanger(content: DangerContent): void {
  examplesNow(content);
  patternsOf(content).read(readingsOf('1'));
}

/** @returns the lexicons, by number, of languages that have no examples of danger */
const unlearnedIn = oncePer(
  ({ languages }: DangerContent): ReadonlySet<number> =>
    new Set(
      [...languages.values()].flatMap(({ examples: { danger = {} } }, i) =>
        Object.keys(danger).length === 0 ? [i] : [],
      ),
    ),
);

/**
 * Reading the patterns takes several times as long as comparing with the examples, and of most messages it is plain how
 * it would end.
 * @param from the likeness from which on help comes at once
 * @returns what `together` makes of it, whatever a pattern would say; undefined where that matters
 */
export function settledBy(like: Likeness, from: number): Danger | null | undefined {
  if (levelOf('interrupt', like, from) === null) return null;
  if (levelOf('ask', like, from) !== 'interrupt') return undefined;
  const kind = surestKind(like);
  return kind === undefined ? undefined : { kind, level: 'interrupt' };
}

/** @returns what comes of a message of too many words for the patterns: what is not quite like the calm ones is asked about */
export function settledOfMany(like: Likeness, from: number): Danger | null {
  if (like.score <= DOUBTED) return null;
  const [[kind]] = bestOf(like.kinds());
  return { kind, level: like.score > from ? 'interrupt' : 'ask' };
}

/**
 * @param said what the patterns say
 * @param like how much it is like the examples; undefined without examples
 * @param from the likeness from which on help comes at once
 * @returns the danger that both together tell of
 */
export function together(said: Danger | null, like: Likeness | undefined, from: number): Danger | null {
  if (!like) return said;
  const level = levelOf(said?.level, like, from);
  if (level === null) return null;
  // The question is about what a pattern heard: of a child that bites nobody is asked who hurts a child.
  return { kind: level === 'ask' && said ? said.kind : kindOf(said?.kind, like), level };
}

function levelOf(
  said: DangerLevel | undefined,
  { score, doubt, words }: Likeness,
  from: number,
): DangerLevel | null {
  const heard = said ? HEARD[said] * Math.min(1, STORY / words) : 0;
  const sum = score + heard - (said === 'interrupt' ? 0 : doubt);
  if (sum > from) return 'interrupt';
  return said && score > DOUBTED ? 'ask' : null;
}

/** @returns the kind that the examples speak for, whatever a pattern says; undefined where it would matter */
function surestKind(like: Likeness): string | undefined {
  if (like.words <= FEW) return undefined;
  const [[kind, most], next] = bestOf(like.kinds());
  return next && most - next[1] <= OTHER_KIND ? undefined : kind;
}

function kindOf(said: string | undefined, like: Likeness): string {
  if (said !== undefined && like.words <= FEW) return said;
  const likeness = like.kinds();
  const [[best, most]] = bestOf(likeness);
  const its = said === undefined ? undefined : likeness.get(said);
  return said !== undefined && its !== undefined && most - its <= OTHER_KIND ? said : best;
}

type Kind = [kind: string, likeness: number];

function bestOf(kinds: ReadonlyMap<string, number>): [Kind, Kind?] {
  return [...kinds].sort(([, a], [, b]) => b - a).slice(0, 2) as [Kind, Kind?];
}

/** What an item of a lexicon heard in a message. */
export interface Heard extends Danger {
  readonly language: string;
  /** Of the item. */
  readonly reason: string;
  /** As they are read: spelled as we know them, and where a language is typed by ear, as they sound. */
  readonly words: string;
}

/** @returns all that the patterns hear in a message, and why, for those who review a lexicon; nothing where none is read */
export function explainDanger(text: string, content: DangerContent): Heard[] {
  const languages = [...content.languages];
  const readings = readingsOf(text);
  if (examplesOf(content) && wordsIn(readings) > TOO_MANY) return [];
  const heard = patternsOf(content)
    .read(readings)
    .map(({ lexicon, place, level, words }): Heard => {
      const [language, { danger }] = languages[lexicon] as (typeof languages)[number];
      const { kind, reason } = danger[place] as Lexicon[number];
      return { language, kind, level, reason, words };
    });
  return [...new Map(heard.map((one) => [JSON.stringify(one), one])).values()];
}

/** How much a message is like the examples of danger, and for which of its words. */
export interface Resemblance {
  /** About 1 as they are, -1 as the calm ones are. */
  readonly score: number;
  readonly words: readonly { readonly word: string; readonly weight: number }[];
  /** Those of a story that bring help alone, whatever the rest of it is like. */
  readonly passages: readonly { readonly words: string; readonly score: number }[];
}

/** @returns how much a message is like the examples, and why: for those who review them; undefined without examples */
export function explainLikeness(text: string, content: DangerContent): Resemblance | undefined {
  const examples = examplesOf(content);
  const readings = readingsOf(text);
  const like = likeness(readings, examples);
  if (!like || !examples) return undefined;
  return {
    score: like.score,
    words: weightiest(readings[0]?.undrawn[0]?.words ?? [], examples),
    passages: clearPassages(readings, examples).map(({ words, like }) => ({
      words: words.join(' '),
      score: like.score,
    })),
  };
}
