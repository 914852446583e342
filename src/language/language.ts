import type { Content } from '../content/content.ts';
import type { AnswerSayings } from '../content/schemas.ts';
import type { DangerLevel } from '../engine/conversation.ts';
import type { Answer } from '../engine/facts.ts';
import { detectDanger } from './danger.ts';
import { type AnswerWords, readAnswer } from './read-answer.ts';
import { findEntries, findTopics } from './topics.ts';

/** Reads what people type. Nothing of it is kept. Nothing here throws, and the work is bounded for any input. */
export interface Language {
  /** @returns the danger that the words tell of, in any language that we have; null if none. */
  readonly danger: (text: string) => { readonly kind: string; readonly level: DangerLevel } | null;
  /** @returns at most three topics, best first; empty if nothing matched. */
  readonly topics: (text: string) => string[];
  /** @returns at most five entries that were asked for by name, best first. */
  readonly entries: (text: string) => string[];
  /**
   * @param fact the id of the open question
   * @param code the language of the conversation
   * @param today "YYYY-MM-DD"
   * @param numbered what stood on the screen as 1, 2, 3, if not the options in their order: option ids, `not_sure`
   *   and `rather_not_say`
   * @returns the answer, or undefined where it is not clear
   */
  readonly answer: (
    text: string,
    fact: string,
    code: string,
    today: string,
    numbered?: readonly string[],
  ) => Answer | undefined;
}

/** Makes the reader of a content. What it needs is built on first use, so that a start costs nothing. */
export function createLanguage(content: Content): Language {
  const wordsOf = answerWords(content);
  return {
    danger: (text) => detectDanger(text, content),
    topics: (text) => findTopics(text, content),
    entries: (text) => findEntries(text, content),
    answer: (text, id, code, today, numbered) => {
      const index = content.model.factIndex.get(id);
      const fact = index === undefined ? undefined : content.model.facts[index]?.fact;
      return fact && readAnswer(text, fact, { ...wordsOf(id, code), today, numbered });
    },
  };
}

type Fixed = Omit<AnswerWords, 'today' | 'numbered'>;

/** @returns what an answer can look like, by fact and language. */
function answerWords(content: Content): (fact: string, code: string) => Fixed {
  // One array for each language, so that its sayings are prepared once.
  const sayings = new Map(
    [...content.languages.keys()].map((code) => [
      code,
      codesFor(code).flatMap((one) => sayingsOf(content, one)),
    ]),
  );
  return (fact, code) => {
    const known = content.languages.has(code) ? code : 'en';
    const english = content.facts.get(fact);
    const translations = content.languages.get(known)?.translations ?? {};
    const translated: Record<string, string> = {};
    for (const option of Object.keys(english?.labels ?? {})) {
      const text = translations[`${fact}.labels.${option}`]?.text;
      if (text) translated[option] = text;
    }
    return {
      labels: [translated, english?.labels ?? {}],
      sayings: sayings.get(known) ?? [],
      languages: codesFor(known),
      unit: english?.unit,
    };
  };
}

/** English is read in every language: letters and forms are in English, and so are many answers. */
function codesFor(code: string): string[] {
  return code === 'en' ? ['en'] : [code, 'en'];
}

function sayingsOf(content: Content, code: string): AnswerSayings[] {
  const locale = content.languages.get(code);
  return locale ? [locale.answers] : [];
}
