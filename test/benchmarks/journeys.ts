import type { Content } from '../../src/content/content.ts';
import { type Conversation, type Message, newConversation, turn } from '../../src/engine/conversation.ts';
import { answersIn, type Family, readFamilies, TODAY } from '../families/families.ts';

/** An answer that a family gives, and the conversation that it meets, as it is stored. */
export interface Step {
  readonly before: string;
  readonly message: Extract<Message, { type: 'answer' }>;
}

export interface Journey {
  readonly topics: readonly string[];
  readonly steps: readonly Step[];
}

/** @returns for each real family its answers to the questions it is asked, until it is shown what was found. */
export function readJourneys(content: Content): Journey[] {
  return readFamilies().map((family) => journeyOf(content, family));
}

function journeyOf(content: Content, family: Family): Journey {
  const facts = answersIn(content, family.facts);
  const topics = family.topics ?? [];
  const steps: Step[] = [];
  let conversation: Conversation = newConversation('en');
  let message: Message = { type: 'topics', topics };
  for (;;) {
    if (message.type === 'answer') steps.push({ before: JSON.stringify(conversation), message });
    conversation = turn(content.model, conversation, message, TODAY).conversation;
    const { screen } = conversation;
    if (screen.kind === 'question') {
      const { fact, child } = screen;
      message = { type: 'answer', fact, child, answer: facts[fact] ?? { silence: 'not_sure' } };
    } else if (screen.kind === 'danger') message = { type: 'continue' };
    else return { topics, steps };
  }
}
