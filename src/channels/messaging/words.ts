import type { Voice } from '../../speech/voice.ts';
import type { Action } from './keys.ts';
import { comparable } from './read-reply.ts';

/** What can be written at any time, by the key of its word in the interface texts. */
export const WORDS = ['help', 'more', 'back', 'found', 'answers', 'languages', 'restart', 'erase'] as const;
export type Word = (typeof WORDS)[number];

/** What operators of text messages promise everybody, in English whatever the language. */
const OF_OPERATORS: Readonly<Record<string, Word>> = {
  stop: 'erase',
  stopall: 'erase',
  unsubscribe: 'erase',
  cancel: 'erase',
  end: 'erase',
  quit: 'erase',
  help: 'help',
  info: 'help',
  start: 'restart',
  unstop: 'restart',
};

/** @returns the words of all languages, comparable; where two languages differ, the first one given counts. */
export function createWords(voices: readonly Voice[]): ReadonlyMap<string, Word> {
  const words = new Map<string, Word>();
  for (const voice of voices)
    for (const word of WORDS) {
      const written = comparable(voice.say(`messaging.word.${word}`).text);
      if (!words.has(written)) words.set(written, word);
    }
  for (const [written, word] of Object.entries(OF_OPERATORS)) words.set(written, word);
  return words;
}

/** @returns the one line that says what can be written at any time. */
export function wordsInText(voice: Voice): string {
  return WORDS.map((word) => voice.say(`messaging.word.${word}`).text.toUpperCase()).join(', ');
}

/** What a word asks for, where it needs nothing of the conversation. */
export const ASKS: Readonly<Partial<Record<Word, Action>>> = {
  help: { type: 'help' },
  found: { type: 'show', screen: 'found' },
  answers: { type: 'show', screen: 'answers' },
  languages: { type: 'languages' },
  restart: { type: 'restart' },
  erase: { type: 'erase' },
};
