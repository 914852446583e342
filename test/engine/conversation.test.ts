/** Single cases, most of them once a fault: each is the smallest family that showed it. */
import { describe, expect, test } from 'vitest';
import { assess } from '../../src/engine/assess.ts';
import {
  answersOf,
  type Conversation,
  type FoundReply,
  type Message,
  newConversation,
  turn,
} from '../../src/engine/conversation.ts';
import { type Entry, NATIONS } from '../../src/engine/entries.ts';
import type { Fact, Value } from '../../src/engine/facts.ts';
import type { Rate } from '../../src/engine/rates.ts';
import { ALWAYS, type Bounds, type Rule } from '../../src/engine/rules.ts';
import { type World, worldOf } from './arbitraries.ts';

const fact = (id: string, more: Partial<Fact> = {}): Fact => ({
  id,
  scope: id.split('.')[0] as Fact['scope'],
  type: 'yes_no',
  options: ['yes', 'no'],
  exclusive: [],
  effort: 1,
  sensitive: false,
  background: false,
  ...more,
});

const entry = (id: string, more: Partial<Entry> = {}): Entry => ({
  id,
  kind: 'entitlement',
  topics: ['money'],
  nations: NATIONS,
  reach: 'topic',
  gives: {},
  worth: 0,
  effort: 1,
  urgent: false,
  clocks: [],
  ...more,
});

const is = (fact: string, ...options: string[]): Rule => ({ test: { fact, op: 'in', options } });
const number = (fact: string, bounds: Bounds): Rule => ({ test: { fact, op: 'compare', bounds } });

const told = (fact: string, value: Value, child = 0): Message => ({
  type: 'answer',
  fact,
  child,
  answer: { value },
});
const about = (...topics: string[]): Message => ({ type: 'topics', topics });

/** The conversation and the last replies after these messages. */
function following(world: World, ...messages: readonly Message[]) {
  let conversation: Conversation = newConversation('en');
  let replies: ReturnType<typeof turn>['replies'] = [];
  for (const message of messages)
    ({ conversation, replies } = turn(world.model, conversation, message, world.now));
  return { conversation, replies, reply: replies.at(-1) };
}

/** Fact ids asked after these messages, answering each with its first option. */
function asked(world: World, ...messages: readonly Message[]): string[] {
  const sent = [...messages];
  const ids: string[] = [];
  for (let i = 0; i < 30; i++) {
    const { reply } = following(world, ...sent);
    if (reply?.kind !== 'question') return ids;
    ids.push(reply.fact);
    const value = world.facts.find(({ id }) => id === reply.fact)?.options[0] ?? 1;
    sent.push(told(reply.fact, value, reply.child));
  }
  return ids;
}

const kindOf = (world: World, conversation: Conversation, index = 0) =>
  assess(world.model, answersOf(world.model, conversation), world.date).family[index]?.kind;

describe('questions', () => {
  test('a question of the family is asked if it matters for the second child alone', () => {
    const world = worldOf(
      [fact('child.age', { type: 'age', options: [] }), fact('carer.cares')],
      [entry('allowance', { when: { all: [number('child.age', { under: 16 }), is('carer.cares', 'yes')] } })],
    );
    const family = [
      { type: 'children', children: 2 } as const,
      told('child.age', 17, 0),
      told('child.age', 5, 1),
      about('money'),
    ];
    expect(asked(world, ...family)).toEqual(['carer.cares']);
  });

  test('two options that count only together are asked about', () => {
    const world = worldOf(
      [fact('carer.benefits', { type: 'choices', options: ['a', 'b', 'c'] })],
      [entry('both', { when: { all: [is('carer.benefits', 'a'), is('carer.benefits', 'b')] } })],
    );
    expect(asked(world, about('money'))).toEqual(['carer.benefits']);
  });

  test('a number between two rates is asked for', () => {
    const rate = (id: string, figure: number): Rate => ({
      id,
      unit: 'GBP/week',
      values: [{ from: '2026-01-01', figure }],
      until: '2027-01-01',
    });
    const world = worldOf(
      [fact('carer.earnings', { type: 'money', options: [] })],
      [
        entry('between', {
          when: number('carer.earnings', { over: { rate: 'low' }, under: { rate: 'high' } }),
        }),
      ],
      [rate('low', 100), rate('high', 200)],
    );
    expect(asked(world, about('money'))).toEqual(['carer.earnings']);
  });

  test('what decides whether a fact applies is not asked once that is decided', () => {
    const world = worldOf(
      [
        fact('carer.works'),
        fact('carer.studies'),
        fact('carer.hours', {
          type: 'number',
          options: [],
          onlyIf: { any: [is('carer.works', 'yes'), is('carer.studies', 'yes')] },
          otherwise: 0,
        }),
      ],
      [entry('busy', { when: number('carer.hours', { over: 20 }) })],
    );
    const working = [told('carer.works', 'yes'), about('money')];
    expect(asked(world, ...working)).toEqual(['carer.hours']);
    const { conversation } = following(world, ...working);
    const [outcome] = assess(world.model, answersOf(world.model, conversation), world.date).family;
    expect(outcome?.missing).toEqual([world.model.factIndex.get('carer.hours')]);
  });

  test('to a parent who named no topic, nothing is asked for an entry that could not be shown', () => {
    const world = worldOf(
      [
        fact('child.age', { type: 'age', options: [], background: true }),
        fact('carer.student'),
        fact('carer.cares'),
      ],
      [
        entry('only-background', { when: number('child.age', { under: 16 }) }),
        entry('only-a-not', { when: { not: is('carer.student', 'yes') } }),
        entry('only-by-discretion', {
          when: { any: [is('carer.cares', 'yes')] },
          mayWhen: is('carer.student', 'yes'),
        }),
      ],
    );
    const onwards = { type: 'go_on', budget: 21 } as const;
    expect(asked(world, about(), onwards)).toEqual(['carer.cares']);
    // Once its own rule is out, only a discretion is left, and that alone never brings it up.
    expect(asked(world, told('carer.cares', 'no'), about(), onwards)).toEqual([]);
  });
});

test('what few families say yes to does not go first, though it is about what they came for', () => {
  const worldWith = (more: Partial<Fact>) =>
    worldOf(
      [fact('household.army', more), fact('carer.cares')],
      [
        entry('for-the-army', { when: is('household.army', 'yes') }),
        // Worth more, and not what they came for.
        entry('for-many', {
          reach: 'likely',
          topics: ['school'],
          worth: 120,
          when: is('carer.cares', 'yes'),
        }),
      ],
    );
  expect(asked(worldWith({}), about('money'))[0]).toBe('household.army');
  expect(asked(worldWith({ rare: true, effort: 3 }), about('money'))).toEqual([
    'carer.cares',
    'household.army',
  ]);
});

describe('going on', () => {
  const world = worldOf(
    [fact('carer.cares', { effort: 3, sensitive: true })],
    [entry('small', { reach: 'everyone', when: is('carer.cares', 'yes') })],
  );

  test('works where the list came before any question', () => {
    const { reply } = following(world, about('school'));
    expect(reply).toMatchObject({ kind: 'found', next: { fact: 'carer.cares' } });
    const { budget } = reply as FoundReply;
    expect(following(world, about('school'), { type: 'go_on', budget }).reply).toMatchObject({
      kind: 'question',
      fact: 'carer.cares',
    });
  });

  test('takes no budget that is not a number', () => {
    const { conversation } = following(world, about('school'), { type: 'go_on', budget: Number.NaN });
    expect(conversation.budget).toBe(14);
  });
});

describe('danger', () => {
  const world = worldOf(
    [
      fact('carer.safe', {
        type: 'choices',
        options: ['fine', 'hurt', 'afraid'],
        exclusive: ['fine'],
        danger: { hurt: 'harm', afraid: 'abuse' },
      }),
    ],
    [
      entry('when-fine', { reach: 'everyone', when: is('carer.safe', 'fine') }),
      entry('helpline', { when: is('carer.safe', 'fine'), mayWhen: is('carer.safe', 'hurt') }),
    ],
    [],
    '2026-11-22',
    { harm: ['helpline'] },
  );

  test('help does not wait until the price of a change was seen', () => {
    const { conversation, reply } = following(
      world,
      about('school'),
      told('carer.safe', ['fine']),
      told('carer.safe', ['hurt']),
    );
    expect(reply).toMatchObject({ kind: 'danger', danger: 'harm' });
    expect(conversation.log).toEqual([{ fact: 'carer.safe', child: 0, answer: { value: ['hurt'] } }]);
  });

  test('every kind that was named is remembered', () => {
    const { conversation, reply } = following(world, about('school'), told('carer.safe', ['hurt', 'afraid']));
    expect(reply).toMatchObject({ kind: 'danger', danger: 'harm' });
    expect(conversation.dangers).toEqual(['harm', 'abuse']);
  });

  test('topics that tell of danger, sent twice, show its help twice', () => {
    const topics = { type: 'topics', topics: ['tired'], danger: 'harm' } as const;
    expect(following(world, topics).reply).toMatchObject({ kind: 'danger', danger: 'harm' });
    expect(following(world, topics, topics).reply).toMatchObject({ kind: 'danger', danger: 'harm' });
    expect(following(world, topics, { type: 'continue' }, topics).reply?.kind).not.toBe('danger');
  });

  test('help in a danger that came up is part of what a change costs', () => {
    const { reply } = following(
      world,
      about('school'),
      told('carer.safe', ['hurt']),
      told('carer.safe', ['afraid']),
      told('carer.safe', ['fine']),
    );
    expect(reply).toMatchObject({ kind: 'price', adds: ['helpline', 'when-fine'], removes: [] });
  });
});

describe('several children', () => {
  test("the second child's deadline is not lost behind the first", () => {
    const world = worldOf(
      [fact('child.refused'), fact('child.letter_date', { type: 'date', options: [] })],
      [
        entry('appeal', {
          when: is('child.refused', 'yes'),
          clocks: [{ from: 'child.letter_date', add: { months: 2 } }],
        }),
      ],
    );
    const { reply } = following(
      world,
      { type: 'children', children: 2 },
      told('child.refused', 'yes', 0),
      told('child.refused', 'yes', 1),
      told('child.letter_date', '2026-10-01', 1),
      about('money'),
      { type: 'show', screen: 'found' },
    );
    const [appeal] = (reply as FoundReply).signposts.first;
    expect(appeal?.deadlines).toEqual([{ clock: 0, date: '2026-12-01', daysLeft: 9, children: [1] }]);
  });

  test('what the second child needs brings up an entry that the first has anyway', () => {
    const world = worldOf(
      [fact('child.young', { background: true }), fact('child.ill')],
      [entry('help', { when: { any: [is('child.young', 'yes'), is('child.ill', 'yes')] } })],
    );
    const { reply } = following(
      world,
      { type: 'children', children: 2 },
      told('child.young', 'yes', 0),
      told('child.young', 'no', 1),
      told('child.ill', 'yes', 1),
      about('school'),
      { type: 'show', screen: 'found' },
    );
    expect((reply as FoundReply).signposts.first.map(({ entry: id }) => id)).toEqual(['help']);
  });

  test('there are never more than twelve, and never fewer than before', () => {
    const world = worldOf([fact('child.ill')], [entry('help')]);
    const count = (...counts: number[]) =>
      following(world, ...counts.map((children): Message => ({ type: 'children', children }))).conversation
        .children;
    expect(count(1e308)).toBe(12);
    expect(count(3, 2)).toBe(3);
    expect(count(Number.NaN, -5, 0)).toBe(1);
  });
});

describe('reasons', () => {
  const becauseOf = (world: World, ...messages: Message[]) => {
    const { conversation } = following(world, ...messages);
    const [outcome] = assess(world.model, answersOf(world.model, conversation), world.date).family;
    return [outcome?.kind, ...(outcome?.because ?? []).map((index) => world.model.tests[index]?.test.fact)];
  };

  test('a reason that a rule names twice is said once', () => {
    const world = worldOf(
      [fact('carer.a'), fact('carer.b')],
      [
        entry('help', {
          when: { all: [is('carer.a', 'yes'), { any: [is('carer.a', 'yes'), is('carer.b', 'yes')] }] },
        }),
      ],
    );
    expect(becauseOf(world, told('carer.a', 'yes'))).toEqual(['qualifies', 'carer.a']);
  });

  test('under `not`, what speaks against it is no reason for it', () => {
    const world = worldOf(
      [fact('carer.student'), fact('carer.full_time')],
      [entry('help', { when: { not: { all: [is('carer.student', 'yes'), is('carer.full_time', 'yes')] } } })],
    );
    expect(becauseOf(world, told('carer.student', 'yes'))).toEqual(['may']);
  });

  test('under `not`, what was already cleared is one', () => {
    const world = worldOf(
      [fact('carer.student'), fact('carer.abroad')],
      [entry('help', { when: { not: { any: [is('carer.student', 'yes'), is('carer.abroad', 'yes')] } } })],
    );
    expect(becauseOf(world, told('carer.student', 'no'))).toEqual(['may', 'carer.student']);
  });
});

describe('later', () => {
  const dla = entry('dla', { gives: { 'child.dla': ['yes'] } });

  test('a question that only a grant would bring up is no way in, an answer that was told is', () => {
    const world = worldOf(
      [fact('child.dla'), fact('child.mobility', { onlyIf: is('child.dla', 'yes'), otherwise: 'no' })],
      [entry('badge', { when: is('child.mobility', 'yes') }), dla],
    );
    expect(kindOf(world, following(world, told('child.dla', 'no')).conversation)).toBe('ruled_out');
    const messages = [told('child.mobility', 'yes'), told('child.dla', 'no')];
    const { conversation } = following(world, ...messages);
    expect(kindOf(world, conversation)).toBe('later');
    const [badge] = assess(world.model, answersOf(world.model, conversation), world.date).family;
    expect(badge?.after).toEqual([1]);
  });

  test('what is had already opens nothing', () => {
    const world = worldOf(
      [fact('child.dla'), fact('child.has_dla')],
      [entry('allowance', { when: is('child.dla', 'yes') }), { ...dla, held: is('child.has_dla', 'yes') }],
    );
    const messages = [told('child.dla', 'no'), told('child.has_dla', 'yes')];
    expect(kindOf(world, following(world, ...messages).conversation)).toBe('ruled_out');
  });
});

test('an answer that is neither a value nor a silence is refused', () => {
  const world = worldOf([fact('carer.cares')], [entry('help', { when: is('carer.cares', 'yes') })]);
  for (const answer of [{}, { silence: 'maybe' }, null, { value: null }]) {
    const message = { type: 'answer', fact: 'carer.cares', child: 0, answer } as Message;
    const { conversation, replies } = following(world, message);
    expect(replies[0]).toEqual({ kind: 'notice', notice: 'unreadable' });
    expect(conversation.log).toEqual([]);
  }
});

test('a model with a circle, or with a fact that does not exist, is not compiled', () => {
  const circle = [
    fact('carer.a', { onlyIf: is('carer.b', 'yes') }),
    fact('carer.b', { onlyIf: is('carer.a', 'yes') }),
  ];
  expect(() => worldOf(circle, [])).toThrow(/circle/);
  expect(() => worldOf([], [entry('help', { when: is('carer.a', 'yes') })])).toThrow(/no fact "carer.a"/);
  expect(worldOf([], [entry('help', { when: ALWAYS })]).model.entries).toHaveLength(1);
});
