import type { Answer } from '../engine/facts.ts';
import type { Danger } from './danger-patterns.ts';
import type { Language } from './language.ts';
import type { Told } from './telling.ts';

/** All that we can read from one message. */
export interface Understood {
  /** The language that it is clearly in. */
  readonly written: string | undefined;
  readonly danger: Danger | null;
  /** Topic ids, best first. */
  readonly topics: readonly string[];
  /** Facts that it tells, an answer to the open question among them. */
  readonly told: readonly Told[];
  /** The answer to the open question, where it is clear. */
  readonly answer: Answer | undefined;
  /** They did not sound certain: the assistant asks whether it is so. */
  readonly hedged: boolean;
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
  const { told } = language.telling(text, code, today);
  const reply = asking === undefined ? undefined : language.reply(text, asking, code, today);
  const own = told.find(({ fact, child }) => fact === asking && child === 0);
  const answer = reply?.answer ?? own?.answer;
  const hedged = reply?.hedged ?? false;
  const isValue = asking !== undefined && answer && 'value' in answer && !hedged;
  const danger = language.danger(text);
  return {
    written: language.which(text, code),
    danger,
    topics: language.topics(text, danger, { code, told }),
    told: isValue
      ? [{ fact: asking, child: 0, answer }, ...told.filter(({ fact }) => fact !== asking)]
      : told,
    answer,
    hedged,
  };
}
