import { fold } from './normalise.ts';
import { respell } from './respell.ts';

/** A word or a number of a message. */
export interface Sign {
  readonly word: string;
  /** A pound sign stands before it. */
  readonly isPounds: boolean;
  /** A comma, a dash or the like stands before it: what was said before that is another thing. */
  readonly isStart: boolean;
}

const PART = /£|\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|[\p{L}\p{M}\d]+|[,:()[\]،]|(?<=\s)[-–—]+(?=\s)/gu;
const IN_PART = /\d+|[\p{L}\p{M}]+/gu;
const MIXED = /^(?=.*\d)(?=.*\p{L})[\p{L}\p{M}\d]+$/u;

/**
 * Parts a sentence into words and numbers. "8yrs" and "DD10" are a number and a word where the word is one that we
 * know; else digits are letters of the word, as in Arabic that is typed in Latin letters ("3omro", "7elwa").
 * @param isOurs whether a word is one that may stand right beside a number
 */
export function signsOf(sentence: string, isOurs: (word: string) => boolean): Sign[] {
  const signs: Sign[] = [];
  let isPounds = false;
  let isStart = true;
  for (const part of fold(sentence).match(PART) ?? []) {
    if (part === '£') isPounds = true;
    else if (!/[\p{L}\p{M}\d]/u.test(part)) isStart = true;
    else {
      for (const word of partsOf(part, isOurs)) {
        signs.push({ word: word.replaceAll(',', ''), isPounds, isStart });
        isPounds = false;
        isStart = false;
      }
    }
  }
  return signs;
}

/** @returns a word that has digits in it as one, or as words and numbers. */
export function partsOf(word: string, isOurs: (word: string) => boolean): readonly string[] {
  if (!MIXED.test(word) || isOurs(word)) return [word];
  const parts = word.match(IN_PART) ?? [];
  return parts.every((part) => /^\d/.test(part) || isOurs(part)) ? parts : [word];
}

/** @returns the signs with their words as they are meant; the same array if each is spelled as we know it. */
export function respellSigns(
  signs: readonly Sign[],
  spellings: ReadonlyMap<string, readonly string[]>,
): readonly Sign[] {
  if (!signs.some(({ word }) => spellings.has(word))) return signs;
  return signs.flatMap((sign) =>
    respell([sign.word], spellings).map((word, i) => ({
      word,
      isPounds: sign.isPounds && i === 0,
      isStart: sign.isStart && i === 0,
    })),
  );
}

/** @returns the words right before one, at most so many, that belong to the same thing said. */
export function wordsBefore(signs: readonly Sign[], at: number, most: number): string[] {
  let from = at;
  while (from > 0 && at - from < most && !signs[from]?.isStart) from--;
  return signs.slice(from, at).map(({ word }) => word);
}
