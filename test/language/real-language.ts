/** The real content, its reader, and what a message is taken for. */
import { type Input, understand } from '../../src/assistant.ts';
import { openContent } from '../../src/content/open.ts';
import { type Conversation, type Message, newConversation } from '../../src/engine/conversation.ts';
import { createLanguage } from '../../src/language/language.ts';
import { ROOT } from './sayings.ts';

export const { content } = await openContent(ROOT);
export const language = createLanguage(content);

/** A day on which the content is current. */
export const NOW = new Date('2026-11-22T12:00:00Z');

/** @returns a conversation that is at this question, or at its beginning without one; and what else is said of it */
export function conversationAt(
  fact: string | undefined,
  code = 'en',
  more: Partial<Conversation> = {},
): Conversation {
  const begun = newConversation(code);
  if (fact === undefined) return { ...begun, ...more };
  return { ...begun, topics: [], screen: { kind: 'question', fact, child: 0 }, ...more };
}

/** @returns what a message is taken for there */
export function heardIn(
  conversation: Conversation,
  text: string,
  more: Pick<Extract<Input, { type: 'text' }>, 'isNumbered'> = {},
): Message {
  return understand(content, language, conversation, { type: 'text', text, ...more }, NOW);
}
