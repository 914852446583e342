import type { Content } from '../content/content.ts';
import { fold } from './normalise.ts';
import { oncePer } from './once-per.ts';
import { whichLanguage } from './which-language.ts';

/** What a false friend ends in when it is marked. Long enough that no marked word is a slip of another. */
const MARK = '00';
const FOLLOWED = /\s*…$/u;
/** A word goes on with these. */
const PART = '[\\p{L}\\p{M}\\p{N}]';

/** A word of one language that looks like a word of another. */
interface FalseFriend {
  readonly pattern: RegExp;
  /** In the other language it is an abbreviation: in capitals it is theirs. */
  readonly isAbbreviation: boolean;
}

const friendsIn = oncePer(
  ({ languages }: Content): ReadonlyMap<string, readonly FalseFriend[]> =>
    new Map([...languages].map(([code, { telling }]) => [code, (telling.false_friends ?? []).map(toFriend)])),
);

function toFriend(written: string): FalseFriend {
  const word = written.replace(FOLLOWED, '');
  const more = FOLLOWED.test(written) ? `(?=\\s+${PART})` : '';
  return {
    pattern: new RegExp(`(?<!${PART})${word}(?!${PART})${more}`, 'giu'),
    isAbbreviation: word === word.toUpperCase() && word !== word.toLowerCase(),
  };
}

/**
 * Marks words that mean something else than they do in another language, so that its patterns and names do not hear
 * them: "dla" is "for" in Polish, and DLA in English.
 * @param code the language of the conversation: that of a message too short to be clearly in any
 * @returns the message, with a mark behind such words
 */
export function markFalseFriends(text: string, content: Content, code?: string): string {
  const friends = friendsIn(content).get(whichLanguage(text, content, code) ?? code ?? '') ?? [];
  const shouted = isShouted(text, friends);
  return friends.reduce(
    (marked, { pattern, isAbbreviation }) =>
      marked.replace(pattern, (word) =>
        isAbbreviation && !shouted && word === word.toUpperCase() ? word : `${word}${MARK}`,
      ),
    text,
  );
}

const SMALL_OR_WITHOUT_CASE = /[\p{Ll}\p{Lo}]/u;
const CAPITAL = /\p{Lu}/u;

/**
 * Who types all in capitals says nothing by them. An abbreviation that stands alone, or in a script without capitals, is
 * not shouted.
 */
function isShouted(text: string, friends: readonly FalseFriend[]): boolean {
  if (SMALL_OR_WITHOUT_CASE.test(text)) return false;
  const rest = friends.reduce(
    (rest, { pattern, isAbbreviation }) => (isAbbreviation ? rest.replace(pattern, '') : rest),
    text,
  );
  return CAPITAL.test(rest);
}

const bareIn = oncePer(
  ({ languages }: Content): ReadonlyMap<string, ReadonlySet<string>> =>
    new Map(
      [...languages].map(([code, { telling }]) => [
        code,
        new Set((telling.false_friends ?? []).map((one) => fold(one.replace(FOLLOWED, '')))),
      ]),
    ),
);

/** @returns the ways in which a word of a pattern in this language may stand in a message: marked or not. */
export function withMarked(word: string, content: Content, code: string): string {
  return bareIn(content).get(code)?.has(word) ? `(${word}|${word}${MARK})` : word;
}
