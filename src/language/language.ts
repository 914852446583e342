import type { Content } from '../content/content.ts';
import type { DangerLevel } from '../engine/conversation.ts';
import type { Answer } from '../engine/facts.ts';

/** Reads what people type. Nothing of it is kept. */
export interface Language {
  /** @returns the danger that the words tell of, in any language that we have; null if none. */
  readonly danger: (text: string) => { readonly kind: string; readonly level: DangerLevel } | null;
  /** @returns at most three topics, best first; empty if nothing matched. */
  readonly topics: (text: string) => string[];
  /**
   * @param fact the id of the open question
   * @param code the language of the conversation
   * @param today "YYYY-MM-DD"
   * @returns the answer, or undefined where it is not clear
   */
  readonly answer: (text: string, fact: string, code: string, today: string) => Answer | undefined;
}

export type LanguageOf = (content: Content) => Language;
