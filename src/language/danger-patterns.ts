import type { Lexicon, TellingWords } from '../content/schemas.ts';
import type { DangerLevel } from '../engine/conversation.ts';
import {
  type CompiledLexicon,
  type CompiledLexicons,
  compileLexicons,
  type DangerContent,
  type Item,
  lexiconsOf,
  type TaggedItem,
} from './lexicons.ts';
import { fold, piecesIn, wordsOf } from './normalise.ts';
import { oncePer } from './once-per.ts';
import { type Finder, type Found, findersOf } from './patterns.ts';
import { type Reading, type Readings, readingsOf } from './readings.ts';
import { respell, spellingsOf } from './respell.ts';
import { soundsOf } from './sounds.ts';
import { around, joinLetters, type Meant, untangle } from './untangle.ts';
import { hasAny, startsWith, toSayings } from './word-lists.ts';

export interface Danger {
  readonly kind: string;
  readonly level: DangerLevel;
}

/**
 * An `unless` cancels only what it touches or stands near, counted in words: somebody may joke and be in danger in
 * the same message.
 */
const NEAR = 8;
/** Words so near to each other belong to the same thing said. Further off, the graver of two things said counts. */
const TOUCHES = 6;
/** So many words before a danger, "still" belongs to it. */
const RIGHT_BEFORE = 3;
/** So many words on each side of what was mended are read again. */
const BESIDE = 30;
/** @returns what reads messages with the lexicons of a content, which are compiled on first use. */
export const patternsOf = oncePer((content: DangerContent) =>
  readerFrom(
    lexiconsOf(content),
    [...content.dangers.keys()],
    [...content.languages.values()].map(({ telling }) => telling),
  ),
);

/** A place in a message that says what an item is about. */
interface Said {
  readonly item: Item;
  /** That of its item, or a question where it is told of the past, of work or of a film. */
  readonly level: DangerLevel;
  readonly found: readonly Found[];
  /** Of the first place. */
  readonly words: string;
  /** Which of the items of its lexicon. */
  readonly place: number;
}

/**
 * Compiles lexicons.
 * @param lexicons one a language
 * @param kinds the kinds of danger, gravest first; a kind that is not among them comes last
 * @param telling for each of these languages, how else words are typed, and what denies
 * @param ordinary words that are no slips
 * @param lent which of the lexicons lends its words to all: English words stand in every language, and what is said
 *   in them alone is for the English lexicon to read
 */
export function dangerReader(
  lexicons: readonly Lexicon[],
  kinds: readonly string[],
  telling: readonly TellingWords[] = [],
  ordinary: ReadonlySet<string> = new Set(),
  lent = -1,
): (text: string) => Danger | null {
  const { read, decide } = readerFrom(compileLexicons(lexicons, telling, ordinary, lent), kinds, telling);
  return (text) => decide(read(readingsOf(text)));
}

/** Reads messages, and decides what counts of that which was read. */
interface DangerReader {
  readonly read: (readings: readonly Readings[]) => readonly SaidIn[];
  /**
   * @returns the danger: `interrupt` before `ask`, then the gravest in the order of dialogs/danger.yaml, but where the
   *   same words were read in two ways, that for which more speaks; or null
   */
  readonly decide: (said: readonly Said[]) => Danger | null;
}

/** @returns the order of kinds of danger in which they are given; one that is not among them comes last */
export function gravestFirst(kinds: readonly string[]): (one: string, other: string) => number {
  const rank = (kind: string): number => {
    const place = kinds.indexOf(kind);
    return place < 0 ? kinds.length : place;
  };
  return (one, other) => rank(one) - rank(other);
}

interface SaidIn extends Said {
  /** Which of the lexicons. */
  readonly lexicon: number;
}

function readerFrom(
  { lexicons, ordinary, lending, lent }: CompiledLexicons,
  kinds: readonly string[],
  telling: readonly TellingWords[],
): DangerReader {
  const readers = lexicons.map((lexicon, i) =>
    lexiconReader(lexicon, telling[i] ?? {}, ordinary, i === lent ? new Set() : lending),
  );
  const read = (readings: readonly Readings[]) =>
    readers.flatMap((reader, lexicon) => reader(readings).map((said) => ({ ...said, lexicon })));
  const decide = (said: readonly Said[]) => {
    const clear = said.filter(({ level }) => level === 'interrupt');
    const candidates = clear.length > 0 ? clear : said;
    const level: DangerLevel = clear.length > 0 ? 'interrupt' : 'ask';
    const ranked = [...new Set(candidates.map(({ item }) => item.kind))].sort(gravestFirst(kinds));
    const kind = chosenKind(ranked, candidates, said);
    return kind === undefined ? null : { kind, level };
  };
  return { read, decide };
}

/**
 * The same words may be read in two ways: in "he strangles me" he may be a child or a husband. Then that counts for
 * which a word decides (`decides`), or else more speaks. Where each kind has words of its own, the gravest counts.
 */
function chosenKind(
  ranked: readonly string[],
  candidates: readonly Said[],
  all: readonly Said[],
): string | undefined {
  const votes = (kind: string) =>
    new Map(all.flatMap((one) => (one.item.kind === kind ? [[one.item, one] as const] : [])))
      .values()
      .reduce((sum, { level }) => sum + (level === 'interrupt' ? 2 : 1), 0);
  const placesOf = (kind: string) =>
    candidates.flatMap(({ item, found }) => (item.kind === kind ? found : []));
  const isReadAs = (kind: string, other: string): boolean => {
    const others = placesOf(other);
    return placesOf(kind).every((one) =>
      others.some(({ longest, end }) => longest <= one.end + TOUCHES && end >= one.longest - TOUCHES),
    );
  };
  const decides = (kind: string) => all.some(({ item }) => item.kind === kind && item.decides);
  let [best] = ranked;
  if (best === undefined) return undefined;
  for (const other of ranked.slice(1)) {
    if (!isReadAs(best, other)) continue;
    const isBetter = decides(best) ? false : decides(other) || votes(other) > votes(best);
    if (isBetter) best = other;
  }
  return best;
}

const NONE: readonly string[] = [];
/** Reads a message, in each of the ways to read it, for what one lexicon has. */
function lexiconReader(
  { items, patterns, calming, wanted }: CompiledLexicon,
  telling: TellingWords,
  ordinary: ReadonlySet<string>,
  lent: ReadonlySet<string>,
): (readings: readonly Readings[]) => Said[] {
  const spellings = spellingsOf([telling]);
  const sounds = soundsOf(telling);
  const heardAs = (list: readonly string[]) => toSayings(list).map((saying) => saying.map(sounds.of));
  const denial = heardAs(telling.words?.denial ?? NONE);
  const denialAfter = heardAs(telling.words?.denial_after ?? NONE);
  /** "I am not suicidal", "marte chai na": what is denied right before or right after it is said. */
  const isDenied = (words: readonly string[], { shortest, end }: Found, isParted: IsParted): boolean =>
    (denial.some(
      (saying) => shortest >= saying.length && startsWith(words, saying, false, shortest - saying.length),
    ) &&
      !isParted(words[shortest - 1], words[shortest])) ||
    (denialAfter.some((saying) => startsWith(words, saying, false, end + 1)) &&
      !isParted(words[end], words[end + 1]));
  const butNow = heardAs(telling.words?.but_now ?? NONE);
  /**
   * "Crisis team discharged me and I STILL want to die": in the danger or right before it, or after what would calm.
   * What calms after a "but" stands: "I was suicidal but that is years ago".
   */
  const isSoToday = (words: readonly string[], danger: Found, calm: Found): boolean => {
    const from = calm.end < danger.shortest ? calm.end + 1 : Math.max(0, danger.shortest - RIGHT_BEFORE);
    return hasAny(words.slice(from, danger.end + 1), butNow);
  };
  /** "I wanted to die years ago BUT TONIGHT I will": what cancels stands before a "but", and the danger after it. */
  const isOnceMore = (words: readonly string[], danger: Found, before: Found): boolean =>
    before.end < danger.shortest && hasAny(words.slice(before.end + 1, danger.shortest), butNow);
  /** Words that a comma or a full stop parts, as they are typed and as they are meant. */
  const partedIn = (text: string): IsParted => {
    let parted: ReadonlySet<string> | undefined;
    return (word, next) => {
      parted ??= new Set(
        pairsIn(text).flatMap(([last, first]) => [
          `${sounds.of(last)} ${sounds.of(first)}`,
          `${sounds.of(respell([last], spellings).at(-1) ?? last)} ${sounds.of(respell([first], spellings)[0] ?? first)}`,
        ]),
      );
      return parted.has(`${word} ${next}`);
    };
  };
  const finder = findersOf(patterns);
  /** By the tag of what they say: which of the items. */
  const placesOf = Map.groupBy(items.keys(), (place) => items[place]?.says);
  const saidIn = (words: readonly string[], find: Finder, sound: Sound | undefined, isParted: IsParted) => {
    const finds = find(words);
    // Most of what is found only goes with something else.
    if (!finds.some(({ tag }) => placesOf.has(tag))) return [];
    const byTag = byTagOf(finds);
    const heard = sound ? words.map(sound) : words;
    const places = [...byTag.keys()].flatMap((tag) => placesOf.get(tag) ?? []).sort((a, b) => a - b);
    return places.flatMap((place) => {
      const { item, says, cancels, needed, near } = items[place] as TaggedItem;
      const all = byTag.get(says) as Found[];
      if (needed !== undefined && !byTag.has(needed)) return [];
      const found = all.filter((one) => {
        if (isDenied(heard, one, isParted)) return false;
        if (words.slice(one.longest, one.end + 1).every((word) => lent.has(word))) return false;
        const beside = (tag: number) => byTag.get(tag)?.filter((other) => isNear(one, other)) ?? [];
        // "Blue" is not beside itself.
        const isElse = (other: Found) => other.end !== one.end || other.shortest !== one.shortest;
        if (cancels !== undefined && beside(cancels).some((other) => !isOnceMore(heard, one, other)))
          return false;
        return near.every((tag) => beside(tag).some(isElse));
      });
      if (found.length === 0) return [];
      const calm = item.even_if_calm ? [] : (byTag.get(calming) ?? []);
      const isCalm = found.every((one) =>
        calm.some((other) => isNear(one, other) && !isSoToday(heard, one, other)),
      );
      const [{ longest, end }] = found as [Found];
      const said = words.slice(longest, end + 1).join(' ');
      return [{ item, found, level: isCalm ? 'ask' : item.level, words: said, place }];
    });
  };
  /** In "b7ebak" the digit is no disguise. */
  const areLetters = Object.keys(telling.sounds ?? {}).some((typed) => DIGIT.test(typed));
  const waysOf = ({ undrawn, undisguised }: Readings): readonly Reading[] =>
    areLetters ? undrawn : undisguised;
  return (readings) => {
    // One reading differs from the other in a few words.
    const sound = telling.sounds && onceEach(sounds.of);
    const find = finder(sound);
    const meant: Meant = new Map();
    return readings.flatMap(waysOf).flatMap(({ words, text }) => {
      const isParted = partedIn(text);
      const spelled = respell(words, spellings);
      const joined = joinLetters(spelled);
      const mended = untangle(joined, wanted, ordinary, meant);
      return [
        ...[...new Set([words, spelled, joined])].flatMap((one) => saidIn(one, find, sound, isParted)),
        ...(mended === joined ? [] : saidIn(around(mended, joined, BESIDE), find, sound, isParted)),
      ];
    });
  };
}

const DIGIT = /\d/;

/** Two readings that are the same to a lexicon find the very same. */
const byTagOf = oncePer((found: readonly Found[]) => Map.groupBy(found, ({ tag }) => tag));

/** How a word sounds. */
type Sound = (word: string) => string;

/** @returns the same, worked out once for each word. */
function onceEach(sound: Sound): Sound {
  const known = new Map<string, string>();
  return (word) => {
    let heard = known.get(word);
    if (heard === undefined) {
      heard = sound(word);
      known.set(word, heard);
    }
    return heard;
  };
}

/** Tells whether a comma, a full stop or the like stands between two words of a message. */
type IsParted = (word: string | undefined, next: string | undefined) => boolean;

/** @returns for each sign that parts, the words right before and after it. */
function pairsIn(text: string): [string, string][] {
  const parts = piecesIn(text).flatMap((part) => {
    const words = wordsOf(fold(part));
    return words.length > 0 ? [words] : [];
  });
  return parts.slice(1).map((part, i) => [parts[i]?.at(-1) ?? '', part[0] ?? '']);
}

function isNear(one: Found, other: Found): boolean {
  return other.longest <= one.end + NEAR && other.end >= one.shortest - NEAR;
}
