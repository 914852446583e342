import type { Content } from '../../content/content.ts';
import type { AnswerSayings } from '../../content/schemas.ts';
import type { Voice } from '../../speech/voice.ts';
import type { Action } from './keys.ts';
import type { ChannelName } from './limits.ts';
import { comparable, LONGEST_LABEL } from './read-reply.ts';

/** What can be written at any time, by the key of its word in the interface texts. */
export const WORDS = ['help', 'more', 'back', 'found', 'answers', 'languages', 'restart', 'erase'] as const;
export type Word = (typeof WORDS)[number];

/** A word that was written, and the language that it is of. */
export interface Written {
  readonly word: Word;
  readonly language: string;
}

/** What is understood in English whatever the language. */
const IN_ENGLISH: Readonly<Record<string, Word>> = {
  stop: 'erase',
  help: 'help',
  info: 'help',
  start: 'restart',
};
/** What operators of text messages promise everybody. Elsewhere "end" and "cancel" may mean a question. */
const OF_OPERATORS: Readonly<Record<string, Word>> = {
  cancel: 'erase',
  end: 'erase',
  quit: 'erase',
  unstop: 'restart',
};

export interface Words {
  /** @returns the word that all of a message is. */
  readonly read: (text: string, channel: ChannelName) => Written | undefined;
  /** @returns the code of the language whose name all of a message is. */
  readonly language: (text: string) => string | undefined;
}

/** Reads words of all languages; where two languages differ, the first one given counts. */
export function createWords(voices: readonly Voice[], { languages }: Content): Words {
  const words = new Map<string, Written>();
  for (const voice of voices)
    for (const word of WORDS) {
      const written = comparable(voice.say(`messaging.word.${word}`).text);
      if (!words.has(written)) words.set(written, { word, language: voice.language.code });
    }
  for (const [written, word] of Object.entries(IN_ENGLISH)) words.set(written, { word, language: 'en' });
  const stops = voices.map(({ language: { code }, say }) => ({
    language: code,
    pattern: stopPattern(['stop', say('messaging.word.erase').text], languages.get(code)?.answers),
  }));
  const stopIn = (typed: string): Written | undefined => {
    if (typed.length > LONGEST_LABEL) return undefined;
    const found = stops.find(({ pattern }) => pattern.test(typed));
    return found && { word: 'erase', language: found.language };
  };
  const names = new Map([...languages.values()].map(({ code, info }) => [comparable(info.name), code]));
  return {
    read: (text, channel) => {
      const typed = comparable(text);
      const word = channel === 'sms' && Object.hasOwn(OF_OPERATORS, typed) ? OF_OPERATORS[typed] : undefined;
      return word ? { word, language: 'en' } : (words.get(typed) ?? stopIn(typed));
    },
    language: (text) => names.get(comparable(text)),
  };
}

/**
 * Who wants no more of us says so in their own words, and is to be believed; but "he won't stop hitting me" tells us
 * something, so a saying has to be the whole message.
 * @returns what matches a comparable message that is one of these words or sayings, with courtesies around
 */
function stopPattern(words: readonly string[], { stop = [], courtesies = [] }: AnswerSayings = {}): RegExp {
  const anyOf = (sayings: readonly string[]) => sayings.map(comparable).join('|');
  const stops = anyOf([...words, ...stop]);
  const beside = anyOf(courtesies);
  return new RegExp(`^(?:(?:${beside}) ){0,3}(?:${stops})(?: (?:${stops}|${beside})){0,3}$`, 'u');
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
