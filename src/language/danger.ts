import type { Content } from '../content/content.ts';
import type { Lexicon } from '../content/schemas.ts';
import type { DangerLevel } from '../engine/conversation.ts';
import { fold, MOST_READ, wordsOf } from './normalise.ts';
import { oncePer } from './once-per.ts';
import { compilePatterns } from './patterns.ts';

export interface Danger {
  readonly kind: string;
  readonly level: DangerLevel;
}

/**
 * An `unless` cancels only what it touches or stands near, counted in words: somebody may joke and be in danger in
 * the same message.
 */
const NEAR = 8;

/**
 * Reads a message for danger, in every language whatever was chosen.
 * Never throws. A message that is very long is read at its beginning and at its end.
 * @param text what was typed
 * @param content its lexicons are compiled on first use
 * @returns the gravest danger: `interrupt` before `ask`, then in the order of dialogs/danger.yaml; or null
 */
export function detectDanger(text: string, content: Pick<Content, 'languages' | 'dangers'>): Danger | null {
  return readerOf(content)(text);
}

const readerOf = oncePer((content: Pick<Content, 'languages' | 'dangers'>) =>
  dangerReader(
    [...content.languages.values()].map((language) => language.danger),
    [...content.dangers.keys()],
  ),
);

/**
 * Compiles lexicons.
 * @param lexicons one a language
 * @param kinds the kinds of danger, gravest first; a kind that is not among them comes last
 */
export function dangerReader(
  lexicons: readonly Lexicon[],
  kinds: readonly string[],
): (text: string) => Danger | null {
  const rank = ({ kind, level }: Danger): number => {
    const place = kinds.indexOf(kind);
    return (level === 'interrupt' ? 0 : kinds.length + 1) + (place < 0 ? kinds.length : place);
  };
  const items = lexicons.flat().sort((a, b) => rank(a) - rank(b));
  // Even tags are patterns, odd ones are what cancels them.
  const find = compilePatterns(
    items.flatMap((item, i) => [
      ...item.patterns.map((pattern) => ({ pattern, tag: 2 * i })),
      ...(item.unless ?? []).map((pattern) => ({ pattern, tag: 2 * i + 1 })),
    ]),
  );
  const gravestIn = (text: string): number => {
    const found = find(wordsOf(fold(text)));
    let gravest = items.length;
    for (const { tag, shortest, end } of found) {
      if (tag % 2 === 1 || tag / 2 >= gravest) continue;
      const cancelled = found.some(
        (other) => other.tag === tag + 1 && other.longest <= end + NEAR && other.end >= shortest - NEAR,
      );
      if (!cancelled) gravest = tag / 2;
    }
    return gravest;
  };
  return (text) => {
    const item = items[Math.min(...readingsOf(text).map(gravestIn))];
    return item ? { kind: item.kind, level: item.level } : null;
  };
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
