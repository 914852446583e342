import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess, type Outcome } from '../../src/engine/assess.ts';
import {
  answersOf,
  BUDGET,
  type Conversation,
  type FoundReply,
  type Message,
  newConversation,
  type Reply,
  turn,
} from '../../src/engine/conversation.ts';
import { type Entry, NATIONS, wholeRule } from '../../src/engine/entries.ts';
import type { Answer, Fact } from '../../src/engine/facts.ts';
import { factsOf } from '../../src/engine/rules.ts';
import { FIRST_SCREEN } from '../../src/engine/signposts.ts';
import { runs, TOPICS, valuesOf, type World, worldOf, worlds } from './arbitraries.ts';
import * as naive from './naive.ts';

/** How a parent answers whatever is asked: the nth value, or a silence. */
type Manner = (fact: Fact, nth: number) => Answer;

const SILENT: Manner = () => ({ silence: 'not_sure' });

/** Answers drawn beforehand, one for each question in turn; some are silences. */
const manners: fc.Arbitrary<Manner> = fc.array(fc.nat(99), { minLength: 1, maxLength: 20 }).map((drawn) => {
  const manner: Manner = (fact, nth) => {
    const n = drawn[nth % drawn.length] as number;
    const values = valuesOf(fact);
    return n % 6 === 5 ? { silence: 'rather_not_say' } : { value: values[(n >> 2) % values.length] ?? 'a' };
  };
  return Object.assign(manner, { toString: () => `answers ${drawn}` });
});

const topics = fc.subarray([...TOPICS]);

interface Asked {
  readonly fact: string;
  readonly child: number;
  /** The conversation when it was asked. */
  readonly conversation: Conversation;
  /** Entries told as early wins with it. */
  readonly fresh: readonly string[];
}

/**
 * Walks from question to question until what was found is shown, as a patient parent would.
 * @param onwards whether they go on past the budget as often as we offer it
 */
function walk(
  world: World,
  manner: Manner,
  opening: readonly Message[],
  onwards = false,
): { asked: Asked[]; found: FoundReply; conversation: Conversation } {
  let conversation = newConversation('en');
  let reply: Reply | undefined;
  const asked: Asked[] = [];
  const send = (message: Message): void => {
    const after = turn(world.model, conversation, message, world.now);
    conversation = after.conversation;
    reply = after.replies.at(-1);
  };
  opening.forEach(send);
  for (let turns = 0; turns < 500; turns++) {
    if (reply?.kind === 'question') {
      const { fact, child, fresh } = reply;
      asked.push({ fact, child, conversation, fresh });
      send({ type: 'answer', fact, child, answer: manner(naive.factOf(world, fact), asked.length) });
    } else if (reply?.kind === 'danger') {
      send({ type: 'continue' });
    } else if (reply?.kind === 'found') {
      if (!onwards || reply.next === undefined) return { asked, found: reply, conversation };
      send({ type: 'go_on', budget: reply.budget });
    } else {
      throw new Error(`walked into ${reply?.kind}`);
    }
  }
  throw new Error('it does not end');
}

const walked = fc
  .tuple(worlds({ facts: 4, entries: 5, goodDay: true }), manners, topics, fc.integer({ min: 1, max: 2 }))
  .map(([world, manner, chosen, children]) => {
    const opening: Message[] = [
      { type: 'children', children },
      { type: 'topics', topics: chosen },
    ];
    return { world, chosen, children, manner, opening, ...walk(world, manner, opening, true) };
  });

const toldOf = (world: World, { log, children }: Conversation, child: number): Map<string, Answer> => {
  const { family, children: each } = answersOf(world.model, { log, children });
  return new Map([...Object.entries(family), ...Object.entries(each[child] ?? {})]);
};

/** The conversation with one more answer. */
const with1 = (conversation: Conversation, fact: string, child: number, answer: Answer): Conversation => ({
  ...conversation,
  log: [...conversation.log, { fact, child, answer }],
});

/**
 * Whether the family can come to be shown the entry, as far as three-valued logic can tell. Read narrowly in two
 * ways: what they were not sure of can still be answered; and that a rule contradicts itself is for the content's
 * checks to find.
 */
function canBeShown(
  world: World,
  index: number,
  chosen: readonly string[],
  one: Conversation,
  child: number,
): boolean {
  const entry = world.entries[index] as World['entries'][number];
  if (entry.reach !== 'topic' || entry.topics.some((topic) => chosen.includes(topic))) return true;
  if (one.dangers.some((danger) => world.dangers[danger]?.includes(entry.id))) return true;
  // Off their topic: only where something that they told us, beyond who they are, makes it hold.
  const known = naive.knownFrom(world, toldOf(world, one, child));
  const speaksFor = naive
    .polarities(wholeRule(entry))
    .filter(({ test, positive }) => positive && !naive.factOf(world, test.fact).background);
  return (
    naive.truth(world, wholeRule(entry), known) !== false &&
    speaksFor.some(({ test }) => naive.holds(world, test, known) !== false)
  );
}

const seen = ({ kind, missing, after }: Outcome): string => JSON.stringify([kind, missing, after]);

/** Whether the date would put real days to an entry that the family has, may have, or told us that it has. */
function givesDeadline(
  world: World,
  { fact, child, conversation }: Pick<Asked, 'fact' | 'child' | 'conversation'>,
  chosen: readonly string[],
): boolean {
  const { log, children } = conversation;
  const now = assess(world.model, answersOf(world.model, { log, children }), world.date).children;
  return now.some(({ outcomes }, one) => {
    if (naive.factOf(world, fact).scope === 'child' && one !== child) return false;
    return outcomes.some(({ kind }, entry) => {
      const runs = world.entries[entry]?.clocks.some(({ from }) => from === fact);
      return (
        runs &&
        (kind === 'qualifies' || kind === 'may' || kind === 'held') &&
        canBeShown(world, entry, chosen, conversation, one)
      );
    });
  });
}

/** Whether two answers to the question leave an entry differently that the family can be shown. */
function settles(world: World, { fact, child, conversation }: Asked, chosen: readonly string[]): boolean {
  const { scope } = naive.factOf(world, fact);
  if (givesDeadline(world, { fact, child, conversation }, chosen)) return true;
  const after = valuesOf(naive.factOf(world, fact)).map((value) => {
    const { log, children } = with1(conversation, fact, child, { value });
    return assess(world.model, answersOf(world.model, { log, children }), world.date).children;
  });
  for (let one = 0; one < conversation.children; one++) {
    if (scope === 'child' && one !== child) continue;
    for (let entry = 0; entry < world.entries.length; entry++) {
      const ways = new Set(after.map((children) => seen(children[one]?.outcomes[entry] as Outcome)));
      if (ways.size > 1 && canBeShown(world, entry, chosen, conversation, one)) return true;
    }
  }
  return false;
}

describe('law 4: only questions that matter', () => {
  test('never the same question twice', () => {
    fc.assert(
      fc.property(walked, ({ asked }) => {
        const questions = asked.map(({ fact, child }) => `${fact} ${child}`);
        expect(new Set(questions).size).toBe(questions.length);
      }),
      runs(150),
    );
  });

  test('never one that does not apply', () => {
    fc.assert(
      fc.property(walked, ({ world, asked }) => {
        for (const { fact: id, child, conversation } of asked) {
          const fact = naive.factOf(world, id);
          const applies = Array.from({ length: conversation.children }, (_, one) => one)
            .filter((one) => fact.scope !== 'child' || one === child)
            .map(
              (one) => !naive.isOff(world, fact, naive.knownFrom(world, toldOf(world, conversation, one))),
            );
          expect(applies).toContain(true);
        }
      }),
      runs(150),
    );
  });

  test('some answer to it changes what the family can be shown', () => {
    fc.assert(
      fc.property(walked, ({ world, asked, chosen }) => {
        for (const one of asked) expect(settles(world, one, chosen), `${one.fact} ${one.child}`).toBe(true);
      }),
      runs(150),
    );
  });

  /**
   * The other half, which the law implies: who asks to go on is asked everything that matters. Looked at for the
   * entries on their topic or shown to anyone, and for facts that surely apply; not for what would only tell that
   * they have it already, which we never ask for its own sake.
   */
  test('nothing that matters is left out', () => {
    fc.assert(
      fc.property(walked, ({ world, conversation, chosen }) => {
        for (let child = 0; child < conversation.children; child++) {
          const known = naive.knownFrom(world, toldOf(world, conversation, child));
          const told = toldOf(world, conversation, child);
          for (const fact of world.facts) {
            if (told.has(fact.id) || known.has(fact.id)) continue;
            if (fact.onlyIf && naive.truth(world, fact.onlyIf, known) !== true) continue;
            const ways = valuesOf(fact).map((value) => {
              const kinds = naive.outcomes(world, new Map([...told, [fact.id, { value }]]));
              return kinds.map((kind, i) => {
                const { reach, held, topics: about } = world.entries[i] as World['entries'][number];
                const isWatched =
                  !held && (reach !== 'topic' || about.some((topic) => (chosen as string[]).includes(topic)));
                return isWatched && isMayNow(world, conversation, child, i) ? kind : '';
              });
            });
            expect(new Set(ways.map((way) => way.join())).size, `${fact.id} of child ${child}`).toBeLessThan(
              2,
            );
          }
        }
      }),
      runs(150),
    );
  });

  function isMayNow(world: World, { log, children }: Conversation, child: number, entry: number): boolean {
    const assessment = assess(world.model, answersOf(world.model, { log, children }), world.date);
    return assessment.children[child]?.outcomes[entry]?.kind === 'may';
  }

  test('the choice is the same each time and in any order of the answers', () => {
    fc.assert(
      fc.property(walked, ({ world, manner, opening, asked }) => {
        expect(walk(world, manner, opening, true).asked).toEqual(asked);
        for (const { fact, child, conversation } of asked) {
          const other = { ...conversation, log: conversation.log.toReversed() };
          const { replies } = turn(world.model, other, { type: 'continue' }, world.now);
          expect(replies).toMatchObject([{ kind: 'question', fact, child }]);
        }
      }),
      runs(100),
    );
  });

  test('not before what decides whether it applies was asked', () => {
    let undecided = 0;
    fc.assert(
      fc.property(walked, ({ world, asked }) => {
        for (const { fact: id, child, conversation } of asked) {
          const { onlyIf, scope } = naive.factOf(world, id);
          const children = Array.from({ length: conversation.children }, (_, one) => one);
          const isReady = (one: number): boolean => {
            const told = toldOf(world, conversation, one);
            if (!onlyIf || naive.truth(world, onlyIf, naive.knownFrom(world, told)) !== null) return true;
            // Still unknown: because they did not say, not because they were not asked.
            undecided++;
            return factsOf(onlyIf).some((decides) => 'silence' in (told.get(decides) ?? {}));
          };
          expect(children.filter((one) => scope !== 'child' || one === child).some(isReady)).toBe(true);
        }
      }),
      runs(150),
    );
    expect(undecided).toBeGreaterThan(0);
  });
});

const PLAIN_FACT = {
  scope: 'carer',
  type: 'yes_no',
  options: ['yes', 'no'],
  exclusive: [],
  effort: 1,
  sensitive: false,
  background: false,
} as const;

const PLAIN_ENTRY = {
  kind: 'entitlement',
  topics: ['money'],
  nations: NATIONS,
  reach: 'topic',
  gives: {},
  worth: 0,
  effort: 1,
  urgent: false,
  clocks: [],
} as const;

describe('law 5: it always ends', () => {
  const long = fc.tuple(worlds({ facts: 9, entries: 10 }), topics, fc.integer({ min: 1, max: 4 }));
  const openings = long.map(([world, chosen, children]): { world: World; opening: Message[] } => ({
    world,
    opening: [
      { type: 'children', children },
      { type: 'topics', topics: chosen },
    ],
  }));

  const everyone = (world: World, { log, children }: Conversation): string[] => {
    const { family } = assess(world.model, answersOf(world.model, { log, children }), world.date);
    return world.entries.flatMap(({ id, reach }, i) =>
      reach === 'everyone' && family[i]?.kind !== 'ruled_out' ? [id] : [],
    );
  };

  const shown = ({ signposts: { first, more, later, held } }: FoundReply): string[] =>
    [...first, ...more, ...later, ...held].map(({ entry }) => entry);

  test('with any answers there are signposts within the budget, and never more than seven at first', () => {
    fc.assert(
      fc.property(openings, manners, ({ world, opening }, manner) => {
        const { asked, found, conversation } = walk(world, manner, opening);
        expect(asked.length).toBeLessThanOrEqual(BUDGET);
        expect(found.signposts.first.length).toBeLessThanOrEqual(FIRST_SCREEN);
        expect(shown(found)).toEqual(expect.arrayContaining(everyone(world, conversation)));
      }),
      runs(150),
    );
  });

  test('so there are when every answer is "not sure"', () => {
    fc.assert(
      fc.property(openings, ({ world, opening }) => {
        const { asked, found, conversation } = walk(world, SILENT, opening);
        expect(asked.length).toBeLessThanOrEqual(BUDGET);
        expect(shown(found)).toEqual(expect.arrayContaining(everyone(world, conversation)));
        // Nothing was told, so nothing is withheld: every entry for everyone is there, unless no answer opens it.
        const before = everyone(world, { ...conversation, log: [] });
        expect(shown(found)).toEqual(expect.arrayContaining(before));
      }),
      runs(100),
    );
  });

  test('with more to ask than the budget allows, it stops there and offers to go on', () => {
    fc.assert(
      fc.property(fc.integer({ min: BUDGET + 1, max: 40 }), manners, (count, manner) => {
        const ids = Array.from({ length: count }, (_, i) => `carer.f${i}`);
        const facts = ids.map((id): Fact => ({ ...PLAIN_FACT, id }));
        const entries = ids.map((fact, i): Entry => {
          return { ...PLAIN_ENTRY, id: `entry-${i}`, when: { test: { fact, op: 'in', options: ['yes'] } } };
        });
        const { asked, found } = walk(worldOf(facts, entries), manner, [
          { type: 'topics', topics: ['money'] },
        ]);
        expect(asked).toHaveLength(BUDGET);
        expect(found).toMatchObject({ because: 'budget', asked: BUDGET });
        expect(found.next).toBeDefined();
        expect(found.budget).toBeGreaterThan(BUDGET);
      }),
      runs(20),
    );
  });

  test('who always goes on comes to an end as well', () => {
    fc.assert(
      fc.property(openings, manners, ({ world, opening }, manner) => {
        const { asked, found, conversation } = walk(world, manner, opening, true);
        expect(found.next).toBeUndefined();
        expect(asked.length).toBeLessThanOrEqual(world.facts.length * conversation.children);
      }),
      runs(50),
    );
  });

  test('what was found can be seen at any moment, each entry once, in the order of the groups', () => {
    fc.assert(
      fc.property(openings, manners, ({ world, opening }, manner) => {
        for (const { conversation } of walk(world, manner, opening).asked) {
          const { replies } = turn(world.model, conversation, { type: 'show', screen: 'found' }, world.now);
          const found = replies.at(-1) as FoundReply;
          expect(found.kind).toBe('found');
          expect(shown(found)).toEqual(expect.arrayContaining(everyone(world, conversation)));
          expect(new Set(shown(found)).size).toBe(shown(found).length);
          const { first, more, later, held } = found.signposts;
          expect(first.length).toBe(Math.min(FIRST_SCREEN, first.length + more.length));
          for (const { outcome } of [...first, ...more]) expect(['qualifies', 'may']).toContain(outcome.kind);
          expect(new Set(later.map(({ outcome }) => outcome.kind)).difference(new Set(['later'])).size).toBe(
            0,
          );
          expect(new Set(held.map(({ outcome }) => outcome.kind)).difference(new Set(['held'])).size).toBe(0);
        }
      }),
      runs(30),
    );
  });

  test('early wins are shown while there are still questions, each once and only what holds', () => {
    let wins = 0;
    fc.assert(
      fc.property(openings, manners, ({ world, opening }, manner) => {
        const { asked } = walk(world, manner, opening);
        const told = asked.flatMap(({ fresh }) => fresh);
        wins += told.length;
        expect(new Set(told).size).toBe(told.length);
        for (const { conversation, fresh } of asked) {
          const { replies } = turn(world.model, conversation, { type: 'show', screen: 'found' }, world.now);
          const { first, more } = (replies.at(-1) as FoundReply).signposts;
          const certain = [...first, ...more].filter(({ outcome }) => outcome.kind === 'qualifies');
          expect(certain.map(({ entry }) => entry)).toEqual(expect.arrayContaining([...fresh]));
        }
      }),
      runs(100),
    );
    expect(wins).toBeGreaterThan(10);
  });
});
