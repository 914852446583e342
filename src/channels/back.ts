import type { Input } from '../assistant.ts';
import type { Conversation } from '../engine/conversation.ts';

/**
 * @returns what "back" means on this screen. It takes an answer back only where its next question stands there; else it
 *   leads to what stood there before, and nothing is lost.
 */
export function backFrom({ screen, log, topics }: Conversation): Exclude<Input, { type: 'text' }> {
  const last = log.at(-1);
  switch (screen.kind) {
    case 'question': {
      const isAnswered = log.some(({ fact, child }) => fact === screen.fact && child === screen.child);
      if (screen.opened) return { type: 'show', screen: isAnswered ? 'answers' : 'found' };
      return last ? { type: 'back', fact: last.fact, child: last.child } : { type: 'show', screen: 'topics' };
    }
    case 'confirm':
      return { type: 'ask', fact: screen.given.fact, child: screen.given.child };
    case 'entry':
      return topics === null ? { type: 'continue' } : { type: 'show', screen: 'found' };
    default:
      return { type: 'continue' };
  }
}
