import type { Content } from '../content/content.ts';
import type { Lexicon } from '../content/schemas.ts';
import type { DangerLevel } from '../engine/conversation.ts';
import { fold, MOST_READ, wordsOf } from './normalise.ts';
import { oncePer } from './once-per.ts';
import { compilePatterns } from './patterns.ts';
import { respell, spellingsOf } from './respell.ts';

export interface Danger {
  readonly kind: string;
  readonly level: DangerLevel;
}

/**
 * An `unless` cancels only what it touches or stands near, counted in words: somebody may joke and be in danger in
 * the same message.
 */
const NEAR = 8;
/** What a pattern does for its item; the tag of a pattern says which item and which of these. */
const SAYS = 0;
const CANCELS = 1;
const NEEDED = 2;
const ROLES = 3;

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
    spellingsOf([...content.languages.values()].map((language) => language.telling)),
  ),
);

/**
 * Compiles lexicons.
 * @param lexicons one a language
 * @param kinds the kinds of danger, gravest first; a kind that is not among them comes last
 * @param spellings how else a word is typed, and the word
 */
export function dangerReader(
  lexicons: readonly Lexicon[],
  kinds: readonly string[],
  spellings: ReadonlyMap<string, readonly string[]> = new Map(),
): (text: string) => Danger | null {
  const rank = ({ kind, level }: Danger): number => {
    const place = kinds.indexOf(kind);
    return (level === 'interrupt' ? 0 : kinds.length + 1) + (place < 0 ? kinds.length : place);
  };
  const items = lexicons.flat().sort((a, b) => rank(a) - rank(b));
  const find = compilePatterns(
    items.flatMap(({ patterns, unless = [], with: needed = [] }, i) => [
      ...patterns.map((pattern) => ({ pattern, tag: ROLES * i + SAYS })),
      ...unless.map((pattern) => ({ pattern, tag: ROLES * i + CANCELS })),
      ...needed.map((pattern) => ({ pattern, tag: ROLES * i + NEEDED })),
    ]),
  );
  const gravestOf = (words: readonly string[]): number => {
    const byTag = Map.groupBy(find(words), ({ tag }) => tag);
    let gravest = items.length;
    for (const [tag, says] of byTag) {
      const i = Math.floor(tag / ROLES);
      if (tag % ROLES !== SAYS || i >= gravest) continue;
      if (items[i]?.with && !byTag.has(ROLES * i + NEEDED)) continue;
      const cancels = byTag.get(ROLES * i + CANCELS) ?? [];
      const isSaid = says.some(
        ({ shortest, end }) =>
          !cancels.some((other) => other.longest <= end + NEAR && other.end >= shortest - NEAR),
      );
      if (isSaid) gravest = i;
    }
    return gravest;
  };
  const gravestIn = (text: string): number => {
    const words = wordsOf(fold(text));
    const spelled = respell(words, spellings);
    return spelled === words ? gravestOf(words) : Math.min(gravestOf(words), gravestOf(spelled));
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
