import {
  type Besides,
  type Conversation,
  type DangerLevel,
  type FoundReply,
  newConversation,
  type Reply,
  turn,
} from './conversation.ts';
import type { Answer } from './facts.ts';
import type { Model } from './model.ts';

/** A family as a simulation knows it. What is not here, the parent answers with "not sure". */
export interface SimulatedFamily {
  readonly topics: readonly string[];
  readonly facts: Readonly<Record<string, Answer>>;
  /** Child facts of further children. */
  readonly children?: readonly Readonly<Record<string, Answer>>[];
  /** Danger that the first message told of. */
  readonly danger?: { readonly kind: string; readonly level: DangerLevel };
  /** Facts that the first message told. */
  readonly told?: readonly Besides[];
}

export interface Simulation {
  /** Fact ids in the order asked; of a further child as "child.age#2". */
  readonly asked: readonly string[];
  /** The kinds of danger that came up, in order. */
  readonly dangers: readonly string[];
  readonly found: FoundReply;
  readonly conversation: Conversation;
}

/** No conversation asks this often without offering to stop; a simulation that gets here has found a fault. */
const TOO_MANY = 200;

/**
 * Runs a whole conversation with a parent who knows just these facts, answers every question, and stops where the
 * assistant first shows what it found without being asked to.
 * @throws Error where the conversation does not end
 */
export function simulate(model: Model, family: SimulatedFamily, now: Date): Simulation {
  let conversation = newConversation('en');
  let replies: readonly Reply[] = [];
  const asked: string[] = [];
  const say = (message: Parameters<typeof turn>[2]) => {
    ({ conversation, replies } = turn(model, conversation, message, now));
  };
  if (family.danger) say({ type: 'danger', danger: family.danger.kind, level: family.danger.level });
  say({ type: 'topics', topics: family.topics, also: family.told ?? [] });
  for (let i = 0; i < TOO_MANY; i++) {
    const reply = replies.at(-1);
    if (reply?.kind === 'question') {
      const known = reply.child === 0 ? family.facts : (family.children?.[reply.child - 1] ?? {});
      asked.push(reply.child === 0 ? reply.fact : `${reply.fact}#${reply.child + 1}`);
      const answer = known[reply.fact] ?? { silence: 'not_sure' };
      say({ type: 'answer', fact: reply.fact, child: reply.child, answer });
    } else if (reply?.kind === 'found') {
      const children = 1 + (family.children?.length ?? 0);
      if (conversation.children < children) say({ type: 'children', children: conversation.children + 1 });
      else return { asked, dangers: conversation.dangers, found: reply, conversation };
    } else {
      say({ type: 'continue' });
    }
  }
  throw new Error('the conversation does not end');
}
