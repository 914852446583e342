import type { Content } from '../content/content.ts';
import type { Lexicon } from '../content/schemas.ts';
import type { DangerLevel } from '../engine/conversation.ts';
import { fold, MOST_READ, wordsOf } from './normalise.ts';
import { oncePer } from './once-per.ts';
import { compilePatterns, type Found } from './patterns.ts';
import { respell, spellingsOf } from './respell.ts';
import { around, joinLetters, untangle } from './untangle.ts';

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
/** What a pattern does for its item. A number: it is of that list of `near`. */
type Role = 'says' | 'cancels' | 'needed' | number;

/**
 * Reads a message for danger, in every language whatever was chosen.
 * Never throws. A message that is very long is read at its beginning and at its end.
 * @param text what was typed
 * @param content its lexicons are compiled on first use
 * @returns the gravest danger: `interrupt` before `ask`, then in the order of dialogs/danger.yaml; or null
 */
export function detectDanger(text: string, content: DangerContent): Danger | null {
  return readerOf(content)(text);
}

const readerOf = oncePer((content: DangerContent) =>
  dangerReader(
    [...content.languages.values()].map((language) => language.danger),
    [...content.dangers.keys()],
    spellingsOf([...content.languages.values()].map((language) => language.telling)),
    ordinaryWords(content),
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

/**
 * Compiles lexicons.
 * @param lexicons one a language
 * @param kinds the kinds of danger, gravest first; a kind that is not among them comes last
 * @param spellings how else a word is typed, and the word
 * @param ordinary words that are no slips
 */
export function dangerReader(
  lexicons: readonly Lexicon[],
  kinds: readonly string[],
  spellings: ReadonlyMap<string, readonly string[]> = new Map(),
  ordinary: ReadonlySet<string> = new Set(),
): (text: string) => Danger | null {
  const rank = ({ kind, level }: Danger): number => {
    const place = kinds.indexOf(kind);
    return (level === 'interrupt' ? 0 : kinds.length + 1) + (place < 0 ? kinds.length : place);
  };
  const items = lexicons.flat().sort((a, b) => rank(a) - rank(b));
  const roles: { readonly item: number; readonly role: Role }[] = [];
  const patternsOf = (item: number, role: Role, patterns: readonly string[] = []) => {
    const tag = roles.push({ item, role }) - 1;
    return patterns.map((pattern) => ({ pattern, tag }));
  };
  const find = compilePatterns(
    items.flatMap(({ patterns, unless, with: needed, near = [] }, i) => [
      ...patternsOf(i, 'says', patterns),
      ...patternsOf(i, 'cancels', unless),
      ...patternsOf(i, 'needed', needed),
      ...near.flatMap((list, n) => patternsOf(i, n, list)),
    ]),
  );
  // Of each language by itself: a word is run together from words of one.
  const wanted = lexicons.map((lexicon) => new Set(lexicon.flatMap(literalWords)));
  const gravestOf = (words: readonly string[]): number => {
    const byItem = new Map<number, Map<Role, Found[]>>();
    for (const found of find(words)) {
      const { item, role } = roles[found.tag] as (typeof roles)[number];
      let ofItem = byItem.get(item);
      if (!ofItem) {
        ofItem = new Map();
        byItem.set(item, ofItem);
      }
      const list = ofItem.get(role);
      if (list) list.push(found);
      else ofItem.set(role, [found]);
    }
    let gravest = items.length;
    for (const [i, found] of byItem) {
      const says = found.get('says');
      if (i >= gravest || !says) continue;
      const { with: needed, near = [] } = items[i] as Lexicon[number];
      if (needed && !found.has('needed')) continue;
      const isSaid = says.some((one) => {
        if (found.get('cancels')?.some((other) => isNear(one, other))) return false;
        return near.every((_, n) => found.get(n)?.some((other) => isNear(one, other)));
      });
      if (isSaid) gravest = i;
    }
    return gravest;
  };
  const gravestIn = (text: string): number => {
    const words = wordsOf(fold(text));
    const spelled = respell(words, spellings);
    const joined = joinLetters(spelled);
    const mended = wanted.map((some) => untangle(joined, some, ordinary)).filter((one) => one !== joined);
    return Math.min(
      ...[...new Set([words, spelled, joined])].map(gravestOf),
      ...mended.map((one) => gravestOf(around(one, joined, BESIDE))),
    );
  };
  return (text) => {
    const item = items[Math.min(...readingsOf(text).map(gravestIn))];
    return item ? { kind: item.kind, level: item.level } : null;
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
