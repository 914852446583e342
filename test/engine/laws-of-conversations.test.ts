import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess } from '../../src/engine/assess.ts';
import {
  answersOf,
  type Conversation,
  type FoundReply,
  MAX_CHILDREN,
  type Message,
  newConversation,
  show,
  turn,
} from '../../src/engine/conversation.ts';
import { NATION_FACT } from '../../src/engine/entries.ts';
import { type Answer, type Fact, readValue, sameAnswer } from '../../src/engine/facts.ts';
import { factsOf } from '../../src/engine/rules.ts';
import { FIRST_SCREEN } from '../../src/engine/signposts.ts';
import { acts, answerTo, deepFreeze, messageOf, played, runs, type World, worldOf } from './arbitraries.ts';

const send = (world: World, conversation: Conversation, message: Message) =>
  turn(world.model, conversation, message, world.now);

const told = (world: World, conversation: Conversation) => answersOf(world.model, conversation);

/** What the answers make of every entry, for each child and the family. */
function outcomes(world: World, conversation: Conversation) {
  const { children, family } = assess(world.model, told(world, conversation), world.date);
  return { children: children.map((child) => child.outcomes), family };
}

const roundTrip = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** A conversation that has gone some way, and one more message to it. */
const nextTurn = played.chain(({ world, turns }) =>
  acts.map((more) => {
    const conversation = turns.at(-1)?.after as Conversation;
    const sent = turns.map(({ message }) => message);
    const message = messageOf(world, more[0] ?? { does: 'answer', nth: 7 }, conversation, sent);
    return { world, conversation, message };
  }),
);

/** A conversation that has gone some way, and an answer to some question of it. */
const nextAnswer = played.chain(({ world, turns }) => {
  const conversation = turns.at(-1)?.after as Conversation;
  return fc
    .constantFrom(...world.facts)
    .chain((fact) =>
      fc.record({
        fact: fc.constant(fact.id),
        child: fc.integer({ min: 0, max: fact.scope === 'child' ? conversation.children - 1 : 0 }),
        answer: answerTo(fact),
      }),
    )
    .map((given) => ({ world, conversation, given }));
});

const answerIn = (
  { log }: Conversation,
  { fact, child }: { fact: string; child: number },
): Answer | undefined => log.find((one) => one.fact === fact && one.child === child)?.answer;

describe('law 7: nothing is lost by going back', () => {
  test('answering and going back leaves the answers and outcomes as they were', () => {
    fc.assert(
      fc.property(nextAnswer, ({ world, conversation, given }) => {
        fc.pre(answerIn(conversation, given) === undefined);
        const answered = send(world, conversation, { type: 'answer', ...given }).conversation;
        const { fact, child } = given;
        const back = send(world, answered, { type: 'back', fact, child });
        expect(back.conversation.log).toEqual(conversation.log);
        expect(outcomes(world, back.conversation)).toEqual(outcomes(world, conversation));
        expect(back.replies).toMatchObject([{ kind: 'question', fact, child }]);
      }),
      runs(200),
    );
  });

  test('"back" takes back the last answer and nothing else', () => {
    fc.assert(
      fc.property(played, ({ turns }) => {
        for (const { before, message, after } of turns) {
          if (message.type !== 'back') continue;
          const last = before.log.at(-1);
          const isLast = last?.fact === message.fact && last.child === message.child;
          expect(after.log).toEqual(isLast ? before.log.slice(0, -1) : before.log);
        }
      }),
      runs(200),
    );
  });

  test('changing an answer and changing it back leaves the answers and outcomes as they were', () => {
    fc.assert(
      fc.property(nextAnswer, ({ world, conversation, given }) => {
        const old = answerIn(conversation, given);
        fc.pre(old !== undefined);
        const changed = send(world, conversation, { type: 'answer', ...given, confirmed: true }).conversation;
        expect(answerIn(changed, given)).toEqual(given.answer);
        const back = send(world, changed, {
          type: 'answer',
          ...given,
          answer: old as Answer,
          confirmed: true,
        });
        expect(back.conversation.log).toEqual(conversation.log);
        expect(outcomes(world, back.conversation)).toEqual(outcomes(world, conversation));
      }),
      runs(200),
    );
  });

  test('only answering, telling, changing and going back touch the log, and no more than was said', () => {
    fc.assert(
      fc.property(played, ({ turns }) => {
        for (const { before, message, after } of turns) {
          const changed = after.log.filter((one) => {
            const old = answerIn(before, one);
            return old === undefined || !sameAnswer(old, one.answer);
          });
          expect(changed.length).toBeLessThanOrEqual(mostSaid(message));
          expect(after.log.length).toBeGreaterThanOrEqual(
            before.log.length - (message.type === 'back' || message.type === 'untell' ? 1 : 0),
          );
        }
      }),
      runs(200),
    );
  });

  /** How many answers a message can give. */
  function mostSaid(message: Message): number {
    if (message.type === 'in_language') return mostSaid(message.message);
    if (message.type === 'told') return message.also.length;
    return message.type === 'answer' ? 1 : 0;
  }

  /** Any fact but the nation, which every entry that is not for all of them names. */
  const removable = ({ facts }: World, nth: number): Fact => {
    const own = facts.filter(({ id }) => id !== NATION_FACT);
    return own[nth % own.length] as Fact;
  };

  /** The world without one fact, and without what names it. */
  function without({ facts, entries, rates, date }: World, { id }: Fact): World {
    const gone = new Set([id]);
    for (let size = 0; size < gone.size; ) {
      size = gone.size;
      for (const fact of facts) {
        if (fact.onlyIf && factsOf(fact.onlyIf).some((one) => gone.has(one))) gone.add(fact.id);
      }
    }
    return worldOf(
      facts.filter((fact) => !gone.has(fact.id)),
      entries.filter((entry) => !JSON.stringify(entry).match(new RegExp([...gone].join('|')))),
      rates,
      date,
    );
  }

  test('a fact that the content no longer has takes only its own answer with it', () => {
    fc.assert(
      fc.property(played, fc.nat(), ({ world, turns }, nth) => {
        const conversation = turns.at(-1)?.after as Conversation;
        const less = without(world, removable(world, nth));
        const kept = (answers: Record<string, Answer>) =>
          Object.fromEntries(Object.entries(answers).filter(([id]) => less.model.factIndex.has(id)));
        const { family, children } = told(world, conversation);
        expect(told(less, conversation)).toEqual({ family: kept(family), children: children.map(kept) });
        const before = outcomes(world, conversation).family;
        outcomes(less, conversation).family.forEach(({ kind, entry, children: whose }) => {
          const same = before[world.model.entryIndex.get(less.entries[entry]?.id ?? '') ?? -1];
          // A `later` can hang on an entry that is gone.
          if (same?.kind === 'later' || kind === 'later') return;
          expect({ kind, whose }).toEqual({ kind: same?.kind, whose: same?.children });
        });
      }),
      runs(150),
    );
  });

  test('after the content changed, the conversation goes on and names only what there is', () => {
    fc.assert(
      fc.property(played, fc.nat(), acts, ({ world, turns }, nth, more) => {
        const less = without(world, removable(world, nth));
        fc.pre(less.entries.length > 0 && less.facts.length > 0);
        let conversation = turns.at(-1)?.after as Conversation;
        let replies = show(less.model, conversation, less.now);
        for (const act of [undefined, ...more]) {
          if (act) {
            const message = messageOf(less, act, conversation, []);
            ({ conversation, replies } = send(less, conversation, message));
          }
          for (const reply of replies) {
            if (reply.kind === 'question') expect(less.model.factIndex.has(reply.fact)).toBe(true);
            if (reply.kind === 'price') expect(less.model.factIndex.has(reply.given.fact)).toBe(true);
            if (reply.kind === 'answers')
              for (const { fact } of reply.given) expect(less.model.factIndex.has(fact)).toBe(true);
          }
        }
      }),
      runs(100),
    );
  });

  test('an option that the content no longer has is asked again and shown nowhere', () => {
    fc.assert(
      fc.property(played, fc.nat(), ({ world, turns }, nth) => {
        const conversation = turns.at(-1)?.after as Conversation;
        const fact = world.facts[nth % world.facts.length] as Fact;
        fc.pre(fact.options.length > 1 && fact.otherwise === undefined);
        const options = fact.options.slice(1);
        const fewer = world.facts.map((one) => (one === fact ? { ...one, options, danger: undefined } : one));
        const less = worldOf(fewer, world.entries, world.rates, world.date, world.dangers);
        const { replies } = send(less, conversation, { type: 'show', screen: 'answers' });
        for (const reply of replies) {
          if (reply.kind !== 'answers') continue;
          for (const { fact: id, answer } of reply.given) {
            const is = fewer.find((one) => one.id === id) as Fact;
            if ('value' in answer) expect(readValue(is, answer.value)).toEqual(answer.value);
          }
        }
      }),
      runs(150),
    );
  });
});

describe('law 8: a turn is a function', () => {
  test('the same inputs give the same bytes, and none of them is changed', () => {
    fc.assert(
      fc.property(nextTurn, ({ world, conversation, message }) => {
        deepFreeze(world.model);
        deepFreeze(conversation);
        deepFreeze(message);
        const once = send(world, conversation, message);
        expect(JSON.stringify(send(world, conversation, message))).toBe(JSON.stringify(once));
        // Nor does it matter that the model was compiled anew, as after a restart.
        const again = worldOf(world.facts, world.entries, world.rates, world.date, world.dangers);
        expect(JSON.stringify(send(again, conversation, message))).toBe(JSON.stringify(once));
      }),
      runs(200),
    );
  });

  test('a message that comes twice has done what it did once: the state and what stands on the screen', () => {
    fc.assert(
      fc.property(nextTurn, ({ world, conversation, message }) => {
        const once = send(world, conversation, message).conversation;
        const twice = send(world, once, message).conversation;
        expect(twice).toEqual(once);
        expect(show(world.model, twice, world.now)).toEqual(show(world.model, once, world.now));
      }),
      runs(400),
    );
  });

  test('writing the conversation down and reading it again between the turns changes nothing', () => {
    fc.assert(
      fc.property(played, ({ world, turns }) => {
        let conversation = newConversation('en');
        for (const { message, after, replies } of turns) {
          const stored = send(world, roundTrip(conversation), message);
          expect(JSON.stringify(stored)).toBe(JSON.stringify({ conversation: after, replies }));
          expect(roundTrip(after)).toEqual(after);
          conversation = stored.conversation;
        }
      }),
      runs(200),
    );
  });

  test('what stands on the screen can be shown again, and showing changes nothing', () => {
    fc.assert(
      fc.property(played, ({ world, turns }) => {
        for (const { after, replies } of turns) {
          const last = replies.at(-1);
          const again = show(world.model, after, world.now).at(-1);
          expect(again?.kind).toBe(last?.kind);
          // Only the early wins of an answer, and why the list stands there, belong to the turn itself.
          const lasting = (reply: object | undefined) => ({ ...reply, fresh: [], because: '' });
          expect(lasting(again)).toEqual(lasting(last));
        }
      }),
      runs(150),
    );
  });

  test('whatever comes, the conversation stays well-formed', () => {
    fc.assert(
      fc.property(played, ({ world, turns }) => {
        for (const { after, replies } of turns) {
          expect(Number.isInteger(after.children) && after.children >= 1).toBe(true);
          expect(after.children).toBeLessThanOrEqual(MAX_CHILDREN);
          expect(Number.isFinite(after.budget)).toBe(true);
          const questions = after.log.map(({ fact, child }) => `${fact} ${child}`);
          expect(new Set(questions).size).toBe(questions.length);
          for (const { fact: id, child, answer } of after.log) {
            const fact = world.facts.find((one) => one.id === id);
            expect(fact).toBeDefined();
            expect(child).toBeLessThan(fact?.scope === 'child' ? after.children : 1);
            if ('value' in answer) expect(readValue(fact as Fact, answer.value)).toEqual(answer.value);
            else expect(['not_sure', 'rather_not_say']).toContain(answer.silence);
          }
          expect(replies.filter(({ kind }) => kind !== 'notice')).toHaveLength(1);
          // A number that JSON cannot write becomes null on the way to a channel.
          const numbers = JSON.stringify(replies, (_, value) =>
            typeof value === 'number' && !Number.isFinite(value) ? 'NOT FINITE' : value,
          );
          expect(numbers).not.toContain('NOT FINITE');
        }
      }),
      runs(300),
    );
  });
});

describe('law 9: danger first', () => {
  const dangerIn = (fact: Fact, answer: Answer): string[] => {
    if (!('value' in answer)) return [];
    return [answer.value].flat().flatMap((one) => fact.danger?.[String(one)] ?? []);
  };

  const inDanger = nextAnswer.filter(
    ({ world, given }) =>
      dangerIn(world.facts.find(({ id }) => id === given.fact) as Fact, given.answer).length > 0,
  );

  test('an option that tells of danger brings help before anything else, also when it changes an answer', () => {
    fc.assert(
      fc.property(inDanger, ({ world, conversation, given }) => {
        const { conversation: after, replies } = send(world, conversation, { type: 'answer', ...given });
        expect(replies[0]).toMatchObject({ kind: 'danger', level: 'interrupt' });
        const kinds = dangerIn(world.facts.find(({ id }) => id === given.fact) as Fact, given.answer);
        expect(after.dangers).toEqual(expect.arrayContaining(kinds));
        expect(after.dangers).toEqual(expect.arrayContaining([...conversation.dangers]));
      }),
      runs(150),
    );
  });

  test('afterwards the conversation is still there with all its answers', () => {
    fc.assert(
      fc.property(inDanger, ({ world, conversation, given }) => {
        const after = send(world, conversation, { type: 'answer', ...given }).conversation;
        const others = (one: Conversation) =>
          one.log.filter(({ fact, child }) => fact !== given.fact || child !== given.child);
        expect(others(after)).toEqual(others(conversation));
        expect(answerIn(after, given)).toEqual(given.answer);
        const { conversation: onwards, replies } = send(world, after, { type: 'continue' });
        expect(onwards.log).toEqual(after.log);
        expect(onwards.dangers).toEqual(after.dangers);
        expect(['question', 'found', 'topics']).toContain(replies.at(-1)?.kind);
      }),
      runs(150),
    );
  });

  test('a danger message comes before the open question and loses nothing', () => {
    fc.assert(
      fc.property(played, ({ turns }) => {
        for (const { before, message, after, replies } of turns) {
          if (message.type !== 'danger') continue;
          expect(replies).toMatchObject([{ kind: 'danger', danger: message.danger, level: message.level }]);
          expect(after.log).toEqual(before.log);
          expect(after.topics).toEqual(before.topics);
          expect(new Set(after.dangers)).toEqual(new Set([...before.dangers, message.danger]));
        }
      }),
      runs(200),
    );
  });

  test('danger once named stays named', () => {
    fc.assert(
      fc.property(played, ({ turns }) => {
        for (const { before, after } of turns) {
          expect(after.dangers.slice(0, before.dangers.length)).toEqual(before.dangers);
        }
      }),
      runs(150),
    );
  });
});

describe('law 10: another child', () => {
  test('keeps what was told of the family and of the first, and knows nothing of the second', () => {
    fc.assert(
      fc.property(played, ({ world, turns }) => {
        const conversation = turns.at(-1)?.after as Conversation;
        fc.pre(conversation.children < MAX_CHILDREN);
        const children = conversation.children + 1;
        const more = send(world, conversation, { type: 'children', children }).conversation;
        const before = told(world, conversation);
        expect(told(world, more)).toEqual({ family: before.family, children: [...before.children, {}] });
        expect(outcomes(world, more).children.slice(0, -1)).toEqual(outcomes(world, conversation).children);
      }),
      runs(200),
    );
  });

  test('what is shown for one child is shown in a family where another has it too or not at all', () => {
    fc.assert(
      fc.property(played, ({ world, turns }) => {
        const conversation = turns.at(-1)?.after as Conversation;
        const { family, children } = told(world, conversation);
        const shownTo = (log: Conversation['log'], count: number) => {
          const one = { ...conversation, log, children: count };
          const { replies } = send(world, one, { type: 'show', screen: 'found' });
          const { first, more } = (replies.at(-1) as FoundReply).signposts;
          return [...first, ...more].filter(({ outcome }) => outcome.kind === 'qualifies');
        };
        const together = shownTo(conversation.log, conversation.children);
        children.forEach((child) => {
          const log = [
            ...Object.entries(family).map(([fact, answer]) => ({ fact, child: 0, answer })),
            ...Object.entries(child).map(([fact, answer]) => ({ fact, child: 0, answer })),
          ];
          for (const { entry, deadlines } of shownTo(log, 1)) {
            const same = together.find((one) => one.entry === entry);
            expect(same, entry).toBeDefined();
            const dates = same?.deadlines.map(({ clock, date }) => `${clock} ${date}`);
            for (const { clock, date } of deadlines) expect(dates).toContain(`${clock} ${date}`);
          }
        });
      }),
      runs(200),
    );
  });
});

describe('law 11: ids, never words', () => {
  test('an answer means its own question, whatever stands on the screen by now', () => {
    fc.assert(
      fc.property(nextAnswer, ({ world, conversation, given }) => {
        const { conversation: after } = send(world, conversation, {
          type: 'answer',
          ...given,
          confirmed: true,
        });
        const others = (one: Conversation) =>
          one.log.filter(({ fact, child }) => fact !== given.fact || child !== given.child);
        expect(answerIn(after, given)).toEqual(given.answer);
        expect(others(after)).toEqual(others(conversation));
      }),
      runs(200),
    );
  });

  const REFUSALS: ReadonlySet<string> = new Set(['gone', 'unreadable']);

  test('what does not exist or cannot be read is refused, and what stood there stands there still', () => {
    fc.assert(
      fc.property(played, ({ world, turns }) => {
        for (const { before, after, message, replies } of turns) {
          const [notice] = replies;
          if (notice?.kind !== 'notice' || !REFUSALS.has(notice.notice)) continue;
          const { announced: _, misread, ...kept } = after;
          const { announced: __, misread: ___, ...stood } = before;
          expect(kept).toEqual(stood);
          // Only whether they choose or type can have changed.
          expect(replies.slice(1)).toEqual(show(world.model, { ...before, misread }, world.now));
          expect(['answer', 'ask', 'entry', 'unreadable', 'told', 'hedged']).toContain(message.type);
        }
      }),
      runs(200),
    );
  });

  test('another language changes the language and nothing else', () => {
    fc.assert(
      fc.property(played, fc.constantFrom('cy', 'ur', 'en'), ({ world, turns }, language) => {
        const conversation = turns.at(-1)?.after as Conversation;
        const { conversation: after, replies } = send(world, conversation, { type: 'language', language });
        expect(after).toEqual({ ...conversation, language });
        expect(replies).toEqual(show(world.model, conversation, world.now));
      }),
      runs(200),
    );
  });

  test('the language decides nothing: the same conversation in two languages is the same by ids', () => {
    fc.assert(
      fc.property(played, ({ world, turns }) => {
        let conversation = newConversation('ur');
        for (const { message, after, replies } of turns) {
          const other = send(world, conversation, message);
          expect(other.replies).toEqual(replies);
          if (message.type !== 'language')
            expect({ ...other.conversation, language: '' }).toEqual({ ...after, language: '' });
          conversation = other.conversation;
        }
      }),
      runs(100),
    );
  });
});

describe('law 12: a change shows its price', () => {
  /** Everything that a family is shown as open to it now or later. */
  function open(world: World, conversation: Conversation): Set<string> {
    const { replies } = send(world, conversation, { type: 'show', screen: 'found' });
    const { first, more, later } = (replies.at(-1) as FoundReply).signposts;
    expect(first.length).toBeLessThanOrEqual(FIRST_SCREEN);
    return new Set([...first, ...more, ...later].map(({ entry }) => entry));
  }

  const changes = nextAnswer.filter(({ conversation, given }) => {
    const old = answerIn(conversation, given);
    return old !== undefined && !sameAnswer(old, given.answer);
  });

  test('a changed answer that adds or takes away is not applied before its price was seen', () => {
    let priced = 0;
    fc.assert(
      fc.property(changes, ({ world, conversation, given }) => {
        const asked = send(world, conversation, { type: 'answer', ...given });
        const confirmed = send(world, conversation, {
          type: 'answer',
          ...given,
          confirmed: true,
        }).conversation;
        const before = open(world, conversation);
        const after = open(world, confirmed);
        const [reply] = asked.replies;
        // Help in danger does not wait for a price (law 9).
        if (reply?.kind === 'danger') return;
        if (reply?.kind === 'price') {
          priced++;
          expect(asked.conversation.log).toEqual(conversation.log);
          expect(reply.old).toEqual(answerIn(conversation, given));
          expect(reply.given).toEqual(given);
          expect(new Set(reply.adds)).toEqual(after.difference(before));
          expect(new Set(reply.removes)).toEqual(before.difference(after));
          expect(reply.adds.length + reply.removes.length).toBeGreaterThan(0);
          const yes = send(world, asked.conversation, { type: 'answer', ...reply.given, confirmed: true });
          expect(yes.conversation.log).toEqual(confirmed.log);
          // Who does not want it after all goes on, and nothing has changed.
          const no = send(world, asked.conversation, { type: 'continue' });
          expect(no.conversation.log).toEqual(conversation.log);
        } else {
          expect(after).toEqual(before);
          expect(asked.conversation.log).toEqual(confirmed.log);
        }
      }),
      runs(200),
    );
    expect(priced).toBeGreaterThan(10);
  });

  test('the same answer again costs nothing', () => {
    fc.assert(
      fc.property(played, fc.nat(), ({ world, turns }, nth) => {
        const conversation = turns.at(-1)?.after as Conversation;
        fc.pre(conversation.log.length > 0);
        const given = conversation.log[nth % conversation.log.length] as Conversation['log'][number];
        const after = send(world, conversation, { type: 'answer', ...given });
        expect(after.conversation.log).toEqual(conversation.log);
        expect(after.replies.map(({ kind }) => kind)).not.toContain('price');
      }),
      runs(150),
    );
  });
});
