import type { Content, Language } from '../content/content.ts';
import type { Answer } from '../engine/facts.ts';
import { type Danger, detectDanger } from './danger.ts';
import { type AnswerWords, readAnswer } from './read-answer.ts';
import type { Sayings } from './sayings.ts';
import { findTopics } from './topics.ts';

export interface Understood {
  readonly danger: Danger | null;
  /** Topic ids, best first. */
  readonly topics: readonly string[];
  /** The answer to the open question, where it is clear. */
  readonly answer: Answer | undefined;
}

/** What a message is read against. */
export interface Asking {
  /** The language on the screen. */
  readonly language: string;
  /** The fact that is asked for. */
  readonly fact?: string;
  /** "YYYY-MM-DD" */
  readonly today: string;
  readonly numbered?: readonly string[];
}

/**
 * Reads a message in every way that we can: for danger, for topics, as the answer to the open question.
 * Never throws; nothing of the text is kept.
 */
export function understand(text: string, content: Content, asking: Asking): Understood {
  return {
    danger: detectDanger(text, content),
    topics: findTopics(text, content),
    answer: readAnswerTo(text, content, asking),
  };
}

/**
 * Reads a message as the answer to the open question only.
 * @returns undefined where it is not clear, or no known fact is asked for
 */
export function readAnswerTo(text: string, content: Content, asking: Asking): Answer | undefined {
  const index = asking.fact === undefined ? undefined : content.model.factIndex.get(asking.fact);
  const fact = index === undefined ? undefined : content.model.facts[index]?.fact;
  return fact && readAnswer(text, fact, answerWords(content, fact.id, asking));
}

function answerWords(content: Content, fact: string, { language, today, numbered }: Asking): AnswerWords {
  const english = content.facts.get(fact);
  const prefix = `${fact}.labels.`;
  const translations = content.languages.get(language)?.translations ?? {};
  const translated: Record<string, string> = {};
  for (const option of Object.keys(english?.labels ?? {})) {
    const text = translations[prefix + option]?.text;
    if (text) translated[option] = text;
  }
  return {
    labels: [translated, english?.labels ?? {}],
    sayings: sayingsOf(content, language),
    languages: [...new Set([language, 'en'])].filter((code) => content.languages.has(code)),
    unit: english?.unit,
    today,
    numbered,
  };
}

/** For each content and language one array, so that it is prepared once. */
const kept = new WeakMap<Content, Map<string, readonly Sayings[]>>();

function sayingsOf(content: Content, language: string): readonly Sayings[] {
  let byLanguage = kept.get(content);
  if (!byLanguage) {
    byLanguage = new Map();
    kept.set(content, byLanguage);
  }
  let sayings = byLanguage.get(language);
  if (!sayings) {
    // English is read in every language: forms and letters are in English, and so are many answers.
    sayings = [...new Set([language, 'en'])].flatMap((code) => {
      const answers = (content.languages.get(code) as (Language & { answers?: Sayings }) | undefined)?.answers;
      return answers ? [answers] : [];
    });
    if (content.languages.has(language)) byLanguage.set(language, sayings);
  }
  return sayings;
}
