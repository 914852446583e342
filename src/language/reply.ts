import type { TellingWords } from '../content/schemas.ts';
import type { Answer } from '../engine/facts.ts';
import { fold, wordsOf } from './normalise.ts';
import { startsWith, toSaying } from './word-lists.ts';

/** An answer to what was asked, and whether whoever gave it was certain. */
export interface Reply {
  readonly answer: Answer;
  readonly hedged: boolean;
}

/** What stands between two parts of a message, each of which may be the answer. */
const PARTS = /[,;.!?\n،؛؟۔।]+(?=\s|$)|\n/u;
const MOST_PARTS = 12;

/**
 * Finds the answer in what was typed: in all of it, or in one part of it ("7, and he gets middle rate").
 * @param read reads an answer from a text that holds nothing else
 * @param readAmongWords reads an answer that stands among other words
 * @returns the answer; undefined where none is clear, or two parts say different things
 */
export function readReply(
  text: string,
  telling: readonly TellingWords[],
  read: (text: string) => Answer | undefined,
  readAmongWords: () => Answer | undefined,
): Reply | undefined {
  const whole = read(text);
  if (whole) return { answer: whole, hedged: isHedged(text, whole, telling) };
  const among = readAmongWords();
  if (among && 'value' in among) return { answer: among, hedged: isHedged(text, among, telling) };
  const parts = text.split(PARTS).slice(0, MOST_PARTS);
  const replies = parts.flatMap((part) => {
    const answer = read(part);
    // A silence in passing ("not sure what else to say") is no answer.
    return answer && 'value' in answer ? [{ answer, hedged: isHedged(part, answer, telling) }] : [];
  });
  const [one, ...others] = parts.length > 1 ? replies : [];
  if (one && others.length === 0) return one;
  return among && { answer: among, hedged: false };
}

function isHedged(text: string, answer: Answer, telling: readonly TellingWords[]): boolean {
  if (!('value' in answer)) return false;
  if (/[?؟]\s*$/u.test(text)) return true;
  const words = wordsOf(fold(text));
  const hedges = telling.flatMap((one) => one.words?.hedge ?? []).map(toSaying);
  return words.some((_, i) => hedges.some((hedge) => startsWith(words.slice(i), hedge)));
}

/**
 * @returns what somebody meant after a slip ("no wait, 8": "8"); undefined where they do not correct themselves
 */
export function readCorrection(text: string, telling: readonly TellingWords[]): string | undefined {
  const folded = fold(text);
  const words = wordsOf(folded);
  for (const saying of telling.flatMap((one) => one.words?.correction ?? []).map(toSaying)) {
    if (saying.length === 0 || saying.length >= words.length || !startsWith(words, saying)) continue;
    return words.slice(saying.length).join(' ');
  }
  return undefined;
}
