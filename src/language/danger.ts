import type { Content } from '../content/content.ts';
import type { Lexicon, TellingWords } from '../content/schemas.ts';
import type { DangerLevel } from '../engine/conversation.ts';
import { fold, MOST_READ, wordsOf } from './normalise.ts';
import { oncePer } from './once-per.ts';
import { compilePatterns, type Found } from './patterns.ts';
import { respell, spellingsOf } from './respell.ts';
import { soundsOf } from './sounds.ts';
import { around, joinLetters, untangle } from './untangle.ts';
import { startsWith, toSayings } from './word-lists.ts';

/** What of the content it takes. */
type DangerContent = Pick<Content, 'languages' | 'dangers'>;

export interface Danger {
  readonly kind: string;
  readonly level: DangerLevel;
}

/**
 * An `unless` cancels only what it touches or stands near, counted in words: somebody may joke and be in danger in
 * the same message.
 */
const NEAR = 8;
/** So many words on each side of what was mended are read again. */
const BESIDE = 30;
/**
 * Reads a message for danger, in every language whatever was chosen.
 * Never throws. A message that is very long is read at its beginning and at its end.
 * @param text what was typed
 * @param content its lexicons are compiled on first use
 * @returns the danger: `interrupt` before `ask`, then the gravest in the order of dialogs/danger.yaml, but where the
 *   same words were read in two ways, that for which more speaks; or null
 */
export function detectDanger(text: string, content: DangerContent): Danger | null {
  return readerOf(content)(text);
}

const readerOf = oncePer((content: DangerContent) =>
  dangerReader(
    [...content.languages.values()].map((language) => language.danger),
    [...content.dangers.keys()],
    [...content.languages.values()].map(({ telling }) => telling),
    ordinaryWords(content),
    [...content.languages.keys()].indexOf('en'),
  ),
);

/** All words of the content: who types one of these means it. */
function ordinaryWords({
  languages,
  entries,
  topics,
}: DangerContent & Partial<Content>): ReadonlySet<string> {
  const texts = [...languages.values()].map(({ telling, answers, translations }) => [
    telling,
    answers,
    translations,
  ]);
  return new Set(
    JSON.stringify([texts, [...(entries?.values() ?? [])], [...(topics?.values() ?? [])]])
      .toLowerCase()
      .match(/[\p{L}\p{M}]{4,}/gu)
      ?.map(fold),
  );
}

/** A place in a message that says what an item is about. */
interface Said {
  readonly item: Lexicon[number];
  /** That of its item, or a question where it is told of the past, of work or of a film. */
  readonly level: DangerLevel;
  readonly found: readonly Found[];
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
  const lending = new Set(lexicons[lent]?.flatMap(literalWords));
  const readers = lexicons.map((lexicon, i) =>
    lexiconReader(lexicon, telling[i] ?? {}, ordinary, i === lent ? new Set() : lending),
  );
  const rank = (kind: string): number => {
    const place = kinds.indexOf(kind);
    return place < 0 ? kinds.length : place;
  };
  return (text) => {
    const said = readingsOf(text).flatMap((reading) => {
      const words = wordsOf(fold(reading));
      return readers.flatMap((read) => read(words));
    });
    const clear = said.filter(({ level }) => level === 'interrupt');
    const candidates = clear.length > 0 ? clear : said;
    const level = clear.length > 0 ? 'interrupt' : 'ask';
    const ranked = [...new Set(candidates.map(({ item }) => item.kind))].sort((a, b) => rank(a) - rank(b));
    const kind = chosenKind(ranked, candidates, said);
    return kind === undefined ? null : { kind, level };
  };
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
/** Words so near to each other belong to the same thing said. */
const TOUCHES = 3;

/** Reads the words of a message for what one lexicon has. */
function lexiconReader(
  lexicon: Lexicon,
  telling: TellingWords,
  ordinary: ReadonlySet<string>,
  lent: ReadonlySet<string>,
): (words: readonly string[]) => Said[] {
  const spellings = spellingsOf([telling]);
  const sounds = soundsOf(telling);
  const denial = toSayings(telling.words?.denial ?? NONE).map((saying) => saying.map(sounds.of));
  /** "I am not suicidal": what is denied right before it is said. */
  const isDenied = (words: readonly string[], { shortest }: Found): boolean =>
    denial.some(
      (saying) => shortest >= saying.length && startsWith(words, saying, false, shortest - saying.length),
    );
  // The same list of patterns stands in many items: it is looked for once.
  const tags = new Map<string, number>();
  const patterns: { readonly pattern: string; readonly tag: number }[] = [];
  const tagOf = (list: readonly string[]): number => {
    const key = list.join('\n');
    const known = tags.get(key);
    if (known !== undefined) return known;
    const tag = tags.size;
    tags.set(key, tag);
    for (const pattern of list) patterns.push({ pattern: sounds.inPattern(pattern), tag });
    return tag;
  };
  const items = lexicon.map((item) => ({
    item,
    says: tagOf(item.patterns),
    cancels: item.unless && tagOf(item.unless),
    needed: item.with && tagOf(item.with),
    near: item.near?.map(tagOf) ?? [],
  }));
  const calming = tagOf(telling.calming ?? NONE);
  const find = compilePatterns(patterns);
  const wanted = new Set(lexicon.flatMap(literalWords));
  const saidIn = (words: readonly string[]): Said[] => {
    const byTag = new Map<number, Found[]>();
    const heard = words.map(sounds.of);
    for (const found of find(heard)) {
      const list = byTag.get(found.tag);
      if (list) list.push(found);
      else byTag.set(found.tag, [found]);
    }
    return items.flatMap(({ item, says, cancels, needed, near }) => {
      const all = byTag.get(says);
      if (!all || (needed !== undefined && !byTag.has(needed))) return [];
      const found = all.filter((one) => {
        if (isDenied(heard, one)) return false;
        if (words.slice(one.longest, one.end + 1).every((word) => lent.has(word))) return false;
        const beside = (tag: number) => byTag.get(tag)?.filter((other) => isNear(one, other)) ?? [];
        // "Blue" is not beside itself.
        const isElse = (other: Found) => other.end !== one.end || other.shortest !== one.shortest;
        if (cancels !== undefined && beside(cancels).length > 0) return false;
        return near.every((tag) => beside(tag).some(isElse));
      });
      if (found.length === 0) return [];
      const calm = byTag.get(calming) ?? [];
      const isCalm = found.every((one) => calm.some((other) => isNear(one, other)));
      return [{ item, found, level: isCalm ? 'ask' : item.level }];
    });
  };
  return (words) => {
    const spelled = respell(words, spellings);
    const joined = joinLetters(spelled);
    const mended = untangle(joined, wanted, ordinary);
    return [
      ...[...new Set([words, spelled, joined])].flatMap(saidIn),
      ...(mended === joined ? [] : saidIn(around(mended, joined, BESIDE))),
    ];
  };
}

function literalWords({ patterns, with: needed = [], near = [] }: Lexicon[number]): string[] {
  return [...patterns, ...needed, ...near.flat()].flatMap((pattern) => wordsOf(fold(pattern)));
}

function isNear(one: Found, other: Found): boolean {
  return other.longest <= one.end + NEAR && other.end >= one.shortest - NEAR;
}

/** Digits and signs that stand for letters inside a word, to get past filters: su1c1de, k!ll. */
const DISGUISES: Record<string, string> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  '!': 'i',
  '@': 'a',
  $: 's',
};
const DISGUISED = /(?<=\p{L})[01345!@$](?=\p{L})/gu;
const LONG_DRAWN = /(\p{L})\1{2,}/giu;

/** @returns the message as it stands, and where it differs also without disguises and long-drawn letters. */
function readingsOf(text: string): string[] {
  const pieces = text.length > MOST_READ ? [text.slice(0, MOST_READ), text.slice(-MOST_READ)] : [text];
  return pieces.flatMap((piece) => {
    const plain = piece.replace(LONG_DRAWN, '$1').replace(DISGUISED, (sign) => DISGUISES[sign] as string);
    return plain === piece ? [piece] : [piece, plain];
  });
}
