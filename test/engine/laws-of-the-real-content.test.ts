import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openContent } from '../../src/content/open.ts';
import { type Answers, assess, type OutcomeKind } from '../../src/engine/assess.ts';
import {
  answersOf,
  BUDGET,
  type Conversation,
  type Message,
  newConversation,
  turn,
} from '../../src/engine/conversation.ts';
import type { Answer, Fact } from '../../src/engine/facts.ts';
import { tellingValues } from '../../src/engine/questions.ts';
import { signpostsFor } from '../../src/engine/signposts.ts';
import { runs } from './arbitraries.ts';

/** The laws that generated vocabularies are held to, held to the real facts and entries too. */

const { content } = await openContent(new URL('../..', import.meta.url).pathname);
const { model } = content;
const DATE = '2026-11-22';
const NOW = new Date('2026-11-22T12:00:00Z');
const RUNS = runs(150);

const silence: fc.Arbitrary<Answer> = fc.constantFrom({ silence: 'not_sure' }, { silence: 'rather_not_say' });
function answerTo(fact: Fact): fc.Arbitrary<Answer> {
  const index = model.factIndex.get(fact.id) as number;
  const value = fc.constantFrom(...tellingValues(model, index)).map((one) => ({ value: one }));
  return fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: silence });
}
const topics = fc.subarray([...content.topics.keys()], { maxLength: 3 });

/** A parent: an answer ready for every fact. */
const parent = fc.record(Object.fromEntries(model.facts.map(({ fact }) => [fact.id, answerTo(fact)])));

function kindsOf(answers: Answers): Map<string, OutcomeKind> {
  const { family } = assess(model, answers, DATE);
  return new Map(family.map(({ entry, kind }) => [model.entries[entry]?.entry.id ?? '', kind]));
}

/** Holds a conversation with a parent, and gives each state on the way. */
function converse(
  chosen: readonly string[],
  knows: Readonly<Record<string, Answer>>,
): { states: Conversation[]; asked: string[] } {
  const asked: string[] = [];
  let { conversation, replies } = turn(model, newConversation('en'), { type: 'topics', topics: chosen }, NOW);
  const states = [conversation];
  for (let i = 0; i < 100; i++) {
    const reply = replies.at(-1);
    if (reply?.kind === 'found') return { states, asked };
    let message: Message = { type: 'continue' };
    if (reply?.kind === 'question') {
      asked.push(reply.fact);
      message = {
        type: 'answer',
        fact: reply.fact,
        child: reply.child,
        answer: knows[reply.fact] ?? { silence: 'not_sure' },
      };
    }
    ({ conversation, replies } = turn(model, JSON.parse(JSON.stringify(conversation)), message, NOW));
    states.push(conversation);
  }
  throw new Error('the conversation does not end');
}

describe('the laws hold over the real content', () => {
  test('2: a further answer never turns what fits into what does not, or back', () => {
    fc.assert(
      fc.property(topics, parent, (chosen, knows) => {
        const settled = new Map<string, OutcomeKind>();
        for (const state of converse(chosen, knows).states) {
          for (const [id, kind] of kindsOf(answersOf(model, state))) {
            const before = settled.get(id);
            const fits = kind === 'qualifies';
            const fails = kind === 'ruled_out' || kind === 'later';
            if (before === 'qualifies') expect(fails, id).toBe(false);
            if (before === 'ruled_out') expect(fits, id).toBe(false);
            if (fits || fails) settled.set(id, fits ? 'qualifies' : 'ruled_out');
          }
        }
      }),
      RUNS,
    );
  });

  test('3: the same answers in any order give the same outcomes', () => {
    const sequence = fc.tuple(topics, parent).chain(([chosen, knows]) => {
      const { log } = converse(chosen, knows).states.at(-1) as Conversation;
      return fc.tuple(
        fc.constant(log),
        fc.shuffledSubarray([...log], { minLength: log.length, maxLength: log.length }),
      );
    });
    fc.assert(
      fc.property(sequence, ([log, shuffled]) => {
        expect(kindsOf(answersOf(model, { log: shuffled, children: 1 }))).toEqual(
          kindsOf(answersOf(model, { log, children: 1 })),
        );
      }),
      RUNS,
    );
  });

  test('4 and 5: no question twice, and signposts within the budget, whatever they answer', () => {
    fc.assert(
      fc.property(topics, parent, (chosen, knows) => {
        const { asked } = converse(chosen, knows);
        expect(new Set(asked).size).toBe(asked.length);
        expect(asked.length).toBeLessThanOrEqual(BUDGET);
      }),
      RUNS,
    );
  });

  test('5: a parent who is sure of nothing is shown what holds for every parent carer', () => {
    fc.assert(
      fc.property(topics, silence, (chosen, answer) => {
        const knows = Object.fromEntries(model.facts.map(({ fact }) => [fact.id, answer]));
        const last = converse(chosen, knows).states.at(-1) as Conversation;
        const { first, more } = signpostsFor(
          model,
          assess(model, answersOf(model, last), DATE),
          chosen,
          DATE,
        );
        const shown = [...first, ...more].map(({ entry }) => entry);
        const everyone = model.entries
          .filter(({ entry }) => entry.reach === 'everyone')
          .map(({ entry }) => entry.id);
        expect(shown).toEqual(expect.arrayContaining(everyone));
        expect(first.length).toBeLessThanOrEqual(7);
      }),
      runs(60),
    );
  });

  test('6: every outcome explains itself', () => {
    fc.assert(
      fc.property(topics, parent, (chosen, knows) => {
        const last = converse(chosen, knows).states.at(-1) as Conversation;
        for (const outcome of assess(model, answersOf(model, last), DATE).family) {
          const { entry, supporters } = model.entries[outcome.entry] as (typeof model.entries)[number];
          if (outcome.kind === 'ruled_out') expect(outcome.because.length, entry.id).toBeGreaterThan(0);
          if (outcome.kind === 'later') expect(outcome.after.length, entry.id).toBeGreaterThan(0);
          if (outcome.kind === 'may')
            expect(outcome.missing.length + outcome.because.length, entry.id).toBeGreaterThan(0);
          if (outcome.kind === 'qualifies' && supporters.length > 0)
            expect(outcome.because.length, entry.id).toBeGreaterThan(0);
        }
      }),
      RUNS,
    );
  });

  test('7 and 8: back undoes the last answer, and a message sent twice does nothing more', () => {
    let undone = 0;
    fc.assert(
      fc.property(topics, parent, (chosen, knows) => {
        const { states } = converse(chosen, knows);
        const [before, last] = states.slice(-2) as [Conversation, Conversation];
        const given = last.log.at(-1);
        if (!given || before.log.length === last.log.length) return;
        undone++;
        const { conversation: back } = turn(
          model,
          last,
          { type: 'back', fact: given.fact, child: given.child },
          NOW,
        );
        expect(back.log).toEqual(before.log);
        const message: Message = { type: 'answer', ...given };
        const once = turn(model, before, message, NOW).conversation;
        expect(turn(model, once, message, NOW).conversation).toEqual(once);
      }),
      RUNS,
    );
    expect(undone).toBeGreaterThan(20);
  });

  test('1: not telling is the same as not having been asked', () => {
    fc.assert(
      fc.property(topics, parent, (chosen, knows) => {
        const { log } = converse(chosen, knows).states.at(-1) as Conversation;
        const told = log.filter(({ answer }) => 'value' in answer);
        expect(kindsOf(answersOf(model, { log, children: 1 }))).toEqual(
          kindsOf(answersOf(model, { log: told, children: 1 })),
        );
      }),
      RUNS,
    );
  });

  test('9: help comes at once at any point, and the conversation is still there', () => {
    fc.assert(
      fc.property(topics, parent, fc.constantFrom(...content.dangers.keys()), (chosen, knows, danger) => {
        const { states } = converse(chosen, knows);
        const before = states[Math.floor(states.length / 2)] as Conversation;
        const during = turn(model, before, { type: 'danger', danger, level: 'interrupt' }, NOW);
        expect(during.replies[0]).toMatchObject({ kind: 'danger', danger });
        const after = turn(model, during.conversation, { type: 'continue' }, NOW);
        expect(after.conversation.log).toEqual(before.log);
        expect(['question', 'found']).toContain(after.replies.at(-1)?.kind);
      }),
      RUNS,
    );
  });

  test('10: a second child keeps what is known of the carer and the home, and has outcomes of their own', () => {
    fc.assert(
      fc.property(topics, parent, parent, (chosen, knows, other) => {
        const { log } = converse(chosen, knows).states.at(-1) as Conversation;
        const { family, children } = answersOf(model, { log, children: 1 });
        const second = Object.fromEntries(
          Object.entries(other).filter(([id]) => content.facts.get(id)?.scope === 'child'),
        );
        const both = assess(model, { family, children: [...children, second] }, DATE).children;
        const alone = [children[0] ?? {}, second].map((one) =>
          assess(model, { family, children: [one] }, DATE),
        );
        const kinds = (outcomes: readonly { kind: OutcomeKind }[] | undefined) =>
          outcomes?.map(({ kind }) => kind);
        expect(both.map(({ outcomes }) => kinds(outcomes))).toEqual(
          alone.map(({ children: [only] }) => kinds(only?.outcomes)),
        );
      }),
      RUNS,
    );
  });

  test('11: another language changes the words only', () => {
    fc.assert(
      fc.property(topics, parent, fc.constantFrom(...content.languages.keys()), (chosen, knows, language) => {
        for (const state of converse(chosen, knows).states) {
          const after = turn(model, state, { type: 'language', language }, NOW).conversation;
          expect(after).toEqual({ ...state, language, announced: after.announced });
        }
      }),
      runs(40),
    );
  });

  test('12: the price of a change is what it then adds and takes away', () => {
    let prices = 0;
    const shown = (state: Conversation): Set<string> => {
      const assessment = assess(model, answersOf(model, state), DATE);
      const { first, more, later } = signpostsFor(model, assessment, state.topics ?? [], DATE, state.dangers);
      return new Set([...first, ...more, ...later].map(({ entry }) => entry));
    };
    fc.assert(
      fc.property(topics, parent, parent, fc.nat(), (chosen, knows, other, at) => {
        const state = converse(chosen, knows).states.at(-1) as Conversation;
        const given = state.log[at % Math.max(1, state.log.length)];
        const answer = given && other[given.fact];
        if (!given || !answer) return;
        const message: Message = { type: 'answer', fact: given.fact, child: 0, answer };
        const { replies } = turn(model, state, message, NOW);
        const price = replies.at(-1);
        if (price?.kind !== 'price') return;
        prices++;
        const after = turn(model, state, { ...message, confirmed: true }, NOW).conversation;
        const [now, then] = [shown(state), shown(after)];
        expect([...price.adds].sort()).toEqual([...then.difference(now)].sort());
        expect([...price.removes].sort()).toEqual([...now.difference(then)].sort());
      }),
      RUNS,
    );
    // Most changes have a price; without any this would prove nothing.
    expect(prices).toBeGreaterThan(20);
  });
});

// What is missed after its last day is lost: such a date comes before what is only good to know.
test.each([
  ['attendance-exclusion', { 'child.school_trouble': ['excluded'] }, 'child.exclusion_letter_date'],
  ['ehcp-process', { 'child.ehc': 'refused_assessment' }, 'child.ehc_refusal_letter_date'],
  ['disability-carer-benefits', { 'child.dla_care': 'refused' }, 'child.benefit_letter_date'],
])('on the topic "%s" the date is asked from which the time of %j runs', (topic, told, date) => {
  const facts = { 'household.nation': 'england', 'child.age': 9, ...told };
  const knows = Object.fromEntries(Object.entries(facts).map(([id, value]) => [id, { value }]));
  expect(converse([topic], knows).asked).toContain(date);
});
