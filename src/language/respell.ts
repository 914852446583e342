import type { TellingWords } from '../content/schemas.ts';
import { fold, wordsOf } from './normalise.ts';
import { oncePer } from './once-per.ts';

/** @returns for each way to type a word that curators know (slips, dialect, short forms), the words that are meant. */
export function spellingsOf(languages: readonly TellingWords[]): Spellings {
  const [only, ...others] = languages.map(spellingsIn);
  return others.length === 0 && only ? only : new Map(languages.flatMap((one) => [...spellingsIn(one)]));
}

type Spellings = ReadonlyMap<string, readonly string[]>;

const spellingsIn = oncePer(({ spellings = {} }: TellingWords): Spellings => {
  const meant = new Map<string, readonly string[]>();
  for (const [word, ways] of Object.entries(spellings)) {
    const words = wordsOf(fold(word));
    for (const way of ways) meant.set(fold(way), words);
  }
  return meant;
});

/** @returns the words as they are meant; the same array if each is spelled as we know it. */
export function respell(
  words: readonly string[],
  spellings: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  return words.some((word) => spellings.has(word))
    ? words.flatMap((word) => spellings.get(word) ?? word)
    : words;
}
