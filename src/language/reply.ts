import type { AnswerSayings } from '../content/schemas.ts';
import type { Answer, Silence } from '../engine/facts.ts';
import { clausesIn, fold, wordsOf } from './normalise.ts';
import { readRange } from './read-number.ts';
import { signsOf } from './signs.ts';
import { type Numbered, numbersIn } from './telling.ts';
import {
  hasAny,
  isBesideNumber,
  isBounded,
  isSaying,
  longestStart,
  type Saying,
  startsWith,
  toSayings,
  type WordLists,
  wordLists,
} from './word-lists.ts';

/** An answer to what was asked, and whether whoever gave it was certain. */
export interface Reply {
  readonly answer: Answer;
  readonly hedged: boolean;
}

const NONE: readonly string[] = [];
/** Of so many parts of a message each may be the answer. */
const MOST_PARTS = 12;

const NEGATIVE = /^\s*(?:[-−–]\s*[\d.]|minus\s)/iu;

/** @returns whether a text is a number that is less than nothing, which is no answer to anything we ask. */
export function isNegative(text: string): boolean {
  return NEGATIVE.test(text);
}

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
  /** It is a number of which people know only about how much it is, and may tell a range. */
  readonly isAbout: boolean;
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
  { isLabel, alone, named, among, isAbout, corrections }: Readings,
): Reply | undefined {
  const certain = (answer: Answer, said = text): Reply => ({
    answer,
    hedged: isHedged(said, answer, answers),
  });
  // Nothing that we ask for is less than nothing: it is a slip, and which, only they know.
  if (isNegative(text)) return undefined;
  const whole = alone(text);
  if (whole && isLabel) return { answer: whole, hedged: false };
  // Words that say all together that they do not know name nothing by themselves: "o co chodzi" is not about walking.
  if (whole && 'silence' in whole) return { answer: whole, hedged: false };
  const meant = afterSlip(text, alone, corrections, wordLists(answers));
  if (meant) return certain(meant);
  const middle = isAbout ? middleIn(text, alone, wordLists(answers)) : undefined;
  if (middle) return { answer: middle, hedged: true };
  // "I do not know what that is" has a "not" in it, which is no "no".
  const silence = silenceAmong(text, answers);
  const isMeant = (answer: Answer | undefined): answer is Answer =>
    answer !== undefined && !(silence && isNothing(answer));
  // "We have settled status" begins like a yes; what names an option says more.
  const byName = named();
  if (isMeant(byName)) return certain(byName);
  if (isMeant(whole)) return certain(whole);
  const inWords = among();
  if (inWords && 'value' in inWords && isMeant(inWords)) return certain(inWords);
  const parts = clausesIn(text).slice(0, MOST_PARTS);
  const replies = parts.flatMap((part) => {
    const answer = parts.length > 1 ? alone(part) : undefined;
    // A silence in passing ("not sure what else to say") is no answer.
    return answer && 'value' in answer && isMeant(answer) ? [certain(answer, part)] : [];
  });
  const [one, ...others] = replies;
  const isSame = ({ answer }: Reply) => JSON.stringify(answer) === JSON.stringify(one?.answer);
  if (one && others.every(isSame)) return silence ? { ...one, hedged: true } : one;
  if (silence) return { answer: { silence }, hedged: false };
  return inWords && { answer: inWords, hedged: false };
}

/** @returns the middle of a range that is all that was said, or a part of it: "it varies, 40 to 50". */
function middleIn(text: string, alone: Readings['alone'], lists: WordLists): Answer | undefined {
  for (const part of [text, ...clausesIn(text).slice(0, MOST_PARTS)]) {
    const middle = middleOf(part, alone, lists);
    if (middle) return middle;
  }
  return undefined;
}

/** @returns the middle of "20 to 30 hours", for which we ask whether it is so. */
function middleOf(text: string, alone: Readings['alone'], lists: WordLists): Answer | undefined {
  const ends = readRange(text, lists);
  if (!ends) return undefined;
  const [from, to] = ends;
  // The ids of units are their English words, which are read in every language.
  const units = new Set([...(from.before ?? []), ...from.units, ...to.units]);
  const days = units.delete('days') ? 7 : 1;
  const answer = alone([((from.number + to.number) / 2) * days, ...units].join(' '));
  return answer && 'value' in answer ? answer : undefined;
}

/** So many words can be a silence with something around it; more are a story. */
const MOST_WORDS_OF_SILENCE = 14;

/** @returns the silence that stands among other words; only one of several words, for one may be about anything. */
function silenceAmong(text: string, answers: readonly AnswerSayings[]): Silence | undefined {
  const words = wordsOf(fold(text));
  if (words.length > MOST_WORDS_OF_SILENCE) return undefined;
  const { ratherNotSay, notSure } = wordLists(answers);
  const isSaid = (sayings: readonly Saying[]) =>
    hasAny(
      words,
      sayings.filter(({ length }) => length > 1),
    );
  if (isSaid(ratherNotSay)) return 'rather_not_say';
  return isSaid(notSure) ? 'not_sure' : undefined;
}

/** "No", "none": what the words of a silence can be taken for. */
function isNothing(answer: Answer): boolean {
  if (!('value' in answer)) return false;
  const [value, ...more] = [answer.value].flat();
  return more.length === 0 && (value === 'no' || value === 'none');
}

/**
 * "8 no sorry 9": what stands before the correction and what stands after it are answers, and the second is meant.
 * Of a date the first may be the day alone: "the 8th, no, sorry, the 9th of November".
 */
function afterSlip(
  text: string,
  alone: Readings['alone'],
  corrections: readonly Saying[],
  lists: WordLists,
): Answer | undefined {
  const words = wordsOf(fold(text));
  if (words.length > MOST_WORDS_OF_SLIP) return undefined;
  const isAnswer = (answer: Answer | undefined): answer is Answer =>
    answer !== undefined && 'value' in answer;
  for (let at = 1; at < words.length - 1; at++) {
    const before = words.slice(0, at);
    const ends = endsOfCorrection(words, at, corrections, lists);
    if (ends.length === 0 || !(isNumberAlone(before, lists) || isAnswer(alone(before.join(' '))))) continue;
    for (const end of ends) {
      const meant = alone(words.slice(end).join(' '));
      if (isAnswer(meant)) return meant;
    }
  }
  return undefined;
}
const MOST_WORDS_OF_SLIP = 20;

function isNumberAlone([word, ...more]: Saying, { numbers }: WordLists): boolean {
  return word !== undefined && more.length === 0 && (/^\d+$/.test(word) || numbers.has(word));
}

/** @returns where what corrects may end, the last place first: "no", "sorry" and "wait" come in any order. */
function endsOfCorrection(
  words: readonly string[],
  from: number,
  corrections: readonly Saying[],
  lists: WordLists,
): number[] {
  const ends: number[] = [];
  let corrects = false;
  for (let at = from; at < words.length - 1; ) {
    const rest = words.slice(at);
    const correction = Math.max(
      0,
      ...corrections.map((saying) => (startsWith(rest, saying) ? saying.length : 0)),
    );
    const length = Math.max(correction, longestStart(rest.slice(0, 2), lists.no));
    if (length === 0) break;
    at += length;
    // "No, 8": a number in the place of another.
    corrects ||= correction > 0 || isNumberAlone(words.slice(at), lists);
    if (corrects && at < words.length) ends.unshift(at);
  }
  return ends;
}

function isHedged(text: string, answer: Answer, answers: readonly AnswerSayings[]): boolean {
  if (!('value' in answer)) return false;
  if (/[?؟]\s*$/u.test(text)) return true;
  const words = wordsOf(fold(text));
  if (hasAny(words, wordLists(answers).maybe)) return true;
  if (answers.some((one) => hasAny(words, toSayings(one.unsure ?? NONE)))) return true;
  if (typeof answer.value === 'number' && hasBound(text, wordLists(answers))) return true;
  return silenceAmong(text, answers) === 'not_sure';
}

/** "Less than 35", "204 or more": which number it is we do not know. */
function hasBound(text: string, lists: WordLists): boolean {
  const signs = signsOf(text, (word) => isBesideNumber(word, lists));
  const words = signs.map(({ word }) => word);
  return numbersIn(signs, lists).some((one) => isBounded(words, one, lists));
}

/** What somebody meant after a slip. */
export interface Correction {
  readonly meant: string;
  /** What it begins with is no more than a "no", which may answer a question as well. */
  readonly isNo: boolean;
}

/**
 * @param text what begins with words that correct: "no wait, 8"
 * @returns what can be meant, that after most words first; empty where they do not correct themselves
 */
export function readCorrections(
  text: string,
  corrections: readonly Saying[],
  lists: WordLists,
): readonly Correction[] {
  const words = wordsOf(fold(text));
  if (words.length > MOST_WORDS_OF_SLIP) return [];
  const isNo = (said: Saying) => [...lists.no, ...lists.none].some((no) => isSaying(said, no));
  return endsOfCorrection(words, 0, corrections, lists).flatMap((end) => {
    const meant = withoutWords(text, end);
    return meant === undefined
      ? []
      : [{ meant, isNo: isNo(words.slice(0, end)) || words.slice(0, end).every((word) => isNo([word])) }];
  });
}

/** A number put in the place of another. */
export interface Denied {
  readonly meant: string;
  readonly not: string;
}

/** So near to a number stands the word that denies it: before it, or after it. */
const DENIED_WITHIN = { before: 2, after: 4 };

/**
 * @param denying words that deny what stands beside them
 * @returns the two numbers of "he is 4, not 8" with their units, the likeliest reading first: a "not" between the two
 *   can be of either, because in some languages it comes after; empty where none is denied
 */
export function readDenied(text: string, denying: ReadonlySet<string>, lists: WordLists): readonly Denied[] {
  const signs = signsOf(text, (word) => denying.has(word) || isBesideNumber(word, lists));
  if (signs.length > MOST_WORDS_OF_SLIP) return [];
  const [first, second, ...more] = numbersIn(signs, lists);
  if (!first || !second || more.length > 0) return [];
  const denies = (from: number, to: number) =>
    signs.slice(Math.max(0, from), to).some(({ word }) => denying.has(word));
  const { before, after } = DENIED_WITHIN;
  const reading = (meant: Numbered, not: Numbered): Denied => {
    const units = meant.units.length > 0 ? meant.units : not.units;
    // The ids of units are their English words, which are read in every language.
    const inWords = ({ number }: Numbered) => [number, ...units].join(' ');
    return { meant: inWords(meant), not: inWords(not) };
  };
  const isSecond =
    denies(Math.max(first.to, second.from - before), second.from) || denies(second.to, second.to + after);
  const isFirst =
    denies(first.from - before, first.from) || denies(first.to, Math.min(first.to + after, second.from));
  return [...(isSecond ? [reading(first, second)] : []), ...(isFirst ? [reading(second, first)] : [])];
}

/** @returns a text as it was typed without its first words; undefined where nothing stands between them and the rest. */
function withoutWords(text: string, count: number): string | undefined {
  const pieces = text.trim().split(/(?<=\s)(?=\S)|(?<=\p{L}[,.;:!])(?=\p{N})/u);
  let words = 0;
  for (const [i, piece] of pieces.entries()) {
    if (words === count) return pieces.slice(i).join('');
    words += wordsOf(fold(piece)).length;
  }
  return undefined;
}
