import { fold, MOST_READ, sentencesIn, wordsOf } from './normalise.ts';

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

/** A way to read a message: the text, and its words. */
export interface Reading {
  readonly text: string;
  readonly words: readonly string[];
  /** The same words, sentence by sentence. */
  readonly sentences: readonly (readonly string[])[];
}

/** A message, or a part of it, in each of the ways to read it; the first is as it stands. */
export interface Readings {
  /** Where it differs, also without disguises and long-drawn letters. */
  readonly undisguised: readonly Reading[];
  /** Where it differs, also without long-drawn letters: for languages of which digits are letters. */
  readonly undrawn: readonly Reading[];
}

/** @param text what was typed; of what is very long the beginning and the end are read */
export function readingsOf(text: string): Readings[] {
  const pieces = [text.slice(0, MOST_READ)];
  if (text.length > MOST_READ) pieces.push(text.slice(Math.max(MOST_READ, text.length - MOST_READ)));
  return pieces.map((piece) => {
    const asTyped = toReading(piece);
    const undrawn = piece.replace(LONG_DRAWN, '$1');
    const plain = undrawn.replace(DISGUISED, (sign) => DISGUISES[sign] as string);
    const other = undrawn === piece ? undefined : toReading(undrawn);
    const third = plain === undrawn ? other : toReading(plain);
    return {
      undisguised: third ? [asTyped, third] : [asTyped],
      undrawn: other ? [asTyped, other] : [asTyped],
    };
  });
}

function toReading(text: string): Reading {
  const sentences = sentencesIn(text).map((sentence) => wordsOf(fold(sentence)));
  return { text, words: sentences.flat(), sentences };
}

/** @returns of how many words a message is */
export function wordsIn(readings: readonly Readings[]): number {
  return readings.reduce((sum, { undisguised: [asTyped] }) => sum + (asTyped?.words.length ?? 0), 0);
}

/** A sentence of more words than this is read in runs: many never type a full stop. */
const LONG_SENTENCE = 20;
/** A run is of so many words, and each begins in the middle of the one before; at both ends there is half a run. */
const RUN = 14;

/** @returns the words of each sentence of a message, or of each run of a long one, in each way to read it, each once */
export function passagesIn(readings: readonly Readings[]): (readonly string[])[] {
  const passages = readings
    .flatMap(({ undisguised }) => undisguised)
    .flatMap(({ sentences }) => sentences)
    .filter((words) => words.length > 1)
    .flatMap(runsOf);
  return [...new Map(passages.map((words) => [words.join(' '), words])).values()];
}

function runsOf(words: readonly string[]): (readonly string[])[] {
  if (words.length <= LONG_SENTENCE) return [words];
  const runs = [words.slice(0, RUN / 2), words.slice(-RUN / 2)];
  for (let from = 0; from === 0 || from + RUN / 2 < words.length; from += RUN / 2)
    runs.push(words.slice(from, from + RUN));
  return runs;
}
