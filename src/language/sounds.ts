import type { TellingWords } from '../content/schemas.ts';
import { fold } from './normalise.ts';

/**
 * Urdu, Bengali and Arabic typed in Latin letters have no spelling: "nahi", "nahin" and "nahee" are one word. Patterns and
 * messages are compared by how they sound, so that curators need not list every way to type a word.
 */
export interface Sounds {
  /** @returns how a folded word sounds. */
  readonly of: (word: string) => string;
  /** @returns a pattern with each of its words as it sounds. */
  readonly inPattern: (pattern: string) => string;
}

const AS_TYPED: Sounds = { of: (word) => word, inPattern: (pattern) => pattern };
const LATIN = /^[a-z0-9]*[a-z][a-z0-9]*$/;
const WORD = /[\p{L}\p{M}\p{N}'’]+/gu;
const DOUBLED = /([a-z])\1+/g;

/** @returns the sounds of a language: those of `sounds` in its telling.yaml; doubled letters sound as one. */
export function soundsOf({ sounds }: TellingWords): Sounds {
  if (!sounds) return AS_TYPED;
  // The longest first: "aa" before "a".
  const typed = Object.keys(sounds).sort((a, b) => b.length - a.length);
  const anyTyped = new RegExp(typed.join('|'), 'g');
  const of = (word: string): string => {
    if (!LATIN.test(word)) return word;
    const heard = word.replace(anyTyped, (one) => sounds[one] as string).replace(DOUBLED, '$1');
    return heard === '' ? word : heard;
  };
  // The same few thousand words stand in all patterns.
  const known = new Map<string, string>();
  const inPattern = (pattern: string): string =>
    pattern.replace(WORD, (word) => {
      let heard = known.get(word);
      if (heard === undefined) {
        heard = of(fold(word));
        known.set(word, heard);
      }
      return heard;
    });
  return { of, inPattern };
}
