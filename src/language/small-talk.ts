import type { Content } from '../content/content.ts';
import type { SmallTalk } from '../content/schemas.ts';
import { markFalseFriends } from './false-friends.ts';
import { fold, wordsOf } from './normalise.ts';
import { oncePer } from './once-per.ts';
import { compilePatterns, type Found, finderOf } from './patterns.ts';
import { isWord } from './spelling.ts';
import { endsWith, isSaying, placeOf, type Saying, startsWith, toSaying } from './word-lists.ts';

/** Somebody who writes more than this says something, whatever they begin with. */
const MOST_WORDS = 40;

type TalkFinder = (words: readonly string[]) => readonly (Found & { readonly kind: SmallTalk })[];

/** Finds talk of all kinds, the longest first. */
const talkFinder = oncePer((content: Content): TalkFinder => {
  const kinds: SmallTalk[] = [];
  const patterns = [...content.languages.values()].flatMap(({ telling }) =>
    Object.entries(telling.small_talk ?? {}).flatMap(([kind, list]) => {
      const tag = kinds.push(kind as SmallTalk) - 1;
      return list.map((pattern) => ({ pattern, tag }));
    }),
  );
  const find = finderOf(compilePatterns(patterns));
  return (words) =>
    find(words)
      .map((found) => ({ ...found, kind: kinds[found.tag] as SmallTalk }))
      .sort((a, b) => b.end - b.shortest - (a.end - a.shortest));
});

/** @returns the kind of talk that asks for nothing that we have, in any of our languages; undefined if it is none. */
export function readSmallTalk(text: string, content: Content): SmallTalk | undefined {
  const words = wordsOf(fold(text));
  return words.length > MOST_WORDS ? undefined : talkFinder(content)(words)[0]?.kind;
}

/**
 * @returns what else somebody says who asks for a person to talk to, in any of our languages: "about DLA", or nothing;
 *   undefined if they do not ask for one
 */
export function besidesPerson(text: string, content: Content): string | undefined {
  const words = wordsOf(fold(text));
  if (words.length > MOST_WORDS) return undefined;
  const asks = talkFinder(content)(words).filter(({ kind }) => kind === 'person');
  if (asks.length === 0) return undefined;
  return words.filter((_, at) => !asks.some(({ longest, end }) => longest <= at && at <= end)).join(' ');
}

const meaningReader = oncePer((content: Content) =>
  finderOf(
    compilePatterns(
      [...content.languages.values()].flatMap(({ telling }) =>
        (telling.meaning ?? []).map((pattern) => ({ pattern, tag: 0 })),
      ),
    ),
  ),
);

const termsOf = oncePer((content: Content) =>
  [...content.glossary].flatMap(([id, { term, also = [] }]) =>
    [term, ...also].map((name) => ({ id, name: toSaying(name) })),
  ),
);

const meaningAfter = oncePer((content: Content) =>
  [...content.languages.values()].flatMap(({ telling }) => (telling.meaning_after ?? []).map(toSaying)),
);

/** So many words may stand before a question of a word and "what?": "and this EHCP, what?" */
const MOST_BEFORE = 2;

/** @returns whether a name stands last but for what asks what it is: "DLA কী?", but neither "DLA কি পাব" nor "DLA পাব কি". */
function isAskedAfter(words: Saying, name: Saying, endings: readonly Saying[]): boolean {
  return endings.some((saying) => {
    const from = words.length - name.length - saying.length;
    return from >= 0 && from <= MOST_BEFORE && startsWith(words, name, isWord, from);
  });
}

/**
 * @param code the language of the conversation, for messages too short to be clearly in any
 * @returns the id of the word that somebody asks the meaning of: "what even is an EHCP?"; undefined if they do not
 */
export function readMeaning(text: string, content: Content, code?: string): string | undefined {
  const words = wordsOf(fold(markFalseFriends(text, content, code)));
  if (words.length > MOST_WORDS) return undefined;
  const asks = meaningReader(content)(wordsOf(fold(text))).length > 0;
  const endings = meaningAfter(content).filter((saying) => endsWith(words, saying));
  const isQuestion = /\?/.test(text);
  if (!asks && !isQuestion && endings.length === 0) return undefined;
  let best: { readonly id: string; readonly length: number } | undefined;
  for (const { id, name } of termsOf(content)) {
    const isAll = isQuestion && isSaying(words, name, isWord);
    if (!asks && !isAll && !isAskedAfter(words, name, endings)) continue;
    const stands = placeOf(words, name, isWord) >= 0;
    if (stands && name.length > (best?.length ?? 0)) best = { id, length: name.length };
  }
  return best?.id;
}
