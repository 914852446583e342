import type { Answer } from '../engine/facts.ts';
import type { Danger } from './danger.ts';
import type { Language } from './language.ts';

/** All that we can read from one message. */
export interface Understood {
  readonly danger: Danger | null;
  /** Topic ids, best first. */
  readonly topics: readonly string[];
  /** The answer to the open question, where it is clear. */
  readonly answer: Answer | undefined;
}

/**
 * Reads a message in every way that we can, for the command `understand`. Never throws.
 * @param asking the fact that is asked for, if a question is open
 * @param code the language on the screen
 * @param today "YYYY-MM-DD"
 */
export function understand(
  text: string,
  language: Language,
  asking: string | undefined,
  code: string,
  today: string,
): Understood {
  return {
    danger: language.danger(text),
    topics: language.topics(text),
    answer: asking === undefined ? undefined : language.answer(text, asking, code, today),
  };
}
