import type { AnswerSayings, TellingWords } from '../content/schemas.ts';
import type { Answer } from '../engine/facts.ts';
import { fold, wordsOf } from './normalise.ts';
import { hasAny, type Saying, startsWith, toSayings } from './word-lists.ts';

/** An answer to what was asked, and whether whoever gave it was certain. */
export interface Reply {
  readonly answer: Answer;
  readonly hedged: boolean;
}

const NONE: readonly string[] = [];
/** What stands between two parts of a message, each of which may be the answer. */
const PARTS = /[,;.!?\n،؛؟۔।]+(?=\s|$)|\n/u;
const MOST_PARTS = 12;

const NEGATIVE = /^\s*(?:[-−–]|minus\s)\s*[\d.]/iu;

/** The ways to read an answer, each from what was typed. */
export interface Readings {
  /** It is just what an option says. */
  readonly isLabel: boolean;
  /** Reads a text that holds nothing else. */
  readonly alone: (text: string) => Answer | undefined;
  /** Finds words that name one of the options, for this question. */
  readonly named: () => Answer | undefined;
  /** Finds an answer among other words. */
  readonly among: () => Answer | undefined;
  /** Words between a slip and what was meant. */
  readonly corrections: readonly Saying[];
}

/**
 * Finds the answer in what was typed: in all of it, in words that name an option, or in one part of it ("7, and he
 * gets middle rate").
 * @returns the answer; undefined where none is clear, or two parts say different things
 */
export function readReply(
  text: string,
  answers: readonly AnswerSayings[],
  { isLabel, alone, named, among, corrections }: Readings,
): Reply | undefined {
  const certain = (answer: Answer, said = text): Reply => ({
    answer,
    hedged: isHedged(said, answer, answers),
  });
  // Nothing that we ask for is less than nothing: it is a slip, and which, only they know.
  if (NEGATIVE.test(text)) return undefined;
  const whole = alone(text);
  if (whole && isLabel) return { answer: whole, hedged: false };
  const meant = afterSlip(text, alone, corrections);
  if (meant) return certain(meant);
  // "We have settled status" begins like a yes; what names an option says more.
  const byName = named();
  if (byName) return certain(byName);
  if (whole) return certain(whole);
  const inWords = among();
  if (inWords && 'value' in inWords) return certain(inWords);
  const parts = text.split(PARTS).slice(0, MOST_PARTS);
  const replies = parts.flatMap((part) => {
    const answer = parts.length > 1 ? alone(part) : undefined;
    // A silence in passing ("not sure what else to say") is no answer.
    return answer && 'value' in answer ? [certain(answer, part)] : [];
  });
  const [one, ...others] = replies;
  if (one && others.length === 0) return one;
  return inWords && { answer: inWords, hedged: false };
}

/** "8 no sorry 9": what stands before the correction and what stands after it are answers, and the second is meant. */
function afterSlip(
  text: string,
  alone: Readings['alone'],
  corrections: readonly Saying[],
): Answer | undefined {
  const words = wordsOf(fold(text));
  if (words.length > MOST_WORDS_OF_SLIP) return undefined;
  const isAnswer = (answer: Answer | undefined): answer is Answer =>
    answer !== undefined && 'value' in answer;
  for (let at = 1; at < words.length - 1; at++) {
    const length = Math.max(
      0,
      ...corrections.map((saying) => (startsWith(words, saying, false, at) ? saying.length : 0)),
    );
    if (length === 0 || !isAnswer(alone(words.slice(0, at).join(' ')))) continue;
    const meant = alone(words.slice(at + length).join(' '));
    if (isAnswer(meant)) return meant;
  }
  return undefined;
}
const MOST_WORDS_OF_SLIP = 20;

function isHedged(text: string, answer: Answer, answers: readonly AnswerSayings[]): boolean {
  if (!('value' in answer)) return false;
  if (/[?؟]\s*$/u.test(text)) return true;
  const words = wordsOf(fold(text));
  return answers.some((one) => hasAny(words, toSayings(one.unsure ?? NONE)));
}

/**
 * @returns what somebody meant after a slip ("no wait, 8": "8"); undefined where they do not correct themselves
 */
export function readCorrection(text: string, telling: readonly TellingWords[]): string | undefined {
  const folded = fold(text);
  const words = wordsOf(folded);
  for (const saying of telling.flatMap((one) => toSayings(one.words?.correction ?? NONE))) {
    if (saying.length === 0 || saying.length >= words.length || !startsWith(words, saying)) continue;
    return words.slice(saying.length).join(' ');
  }
  return undefined;
}
