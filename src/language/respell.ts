import type { TellingWords } from '../content/schemas.ts';
import { fold, wordsOf } from './normalise.ts';

/** @returns for each way to type a word that curators know (slips, dialect, short forms), the words that are meant. */
export function spellingsOf(languages: readonly TellingWords[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    languages.flatMap(({ spellings = {} }) =>
      Object.entries(spellings).flatMap(([word, ways]) =>
        ways.map((way) => [fold(way), wordsOf(fold(word))] as const),
      ),
    ),
  );
}

/** @returns the words as they are meant; the same array if each is spelled as we know it. */
export function respell(
  words: readonly string[],
  spellings: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  return words.some((word) => spellings.has(word))
    ? words.flatMap((word) => spellings.get(word) ?? word)
    : words;
}
