/** Generated vocabularies, rules, entries, rates, answers and messages. */
import fc from 'fast-check';
import type { Answers } from '../../src/engine/assess.ts';
import {
  type Besides,
  type Conversation,
  type Given,
  type Message,
  newConversation,
  type Reply,
  turn,
} from '../../src/engine/conversation.ts';
import { type Entry, NATION_FACT, NATIONS } from '../../src/engine/entries.ts';
import type { Answer, Fact, FactType, Scope, Value } from '../../src/engine/facts.ts';
import { compileModel, type Model } from '../../src/engine/model.ts';
import type { Rate } from '../../src/engine/rates.ts';
import type { Bounds, Rule, Test } from '../../src/engine/rules.ts';

/**
 * The same cases on each run, so that a build never fails by chance. To look further:
 * `FUZZ_SEED=7 FUZZ_TIMES=50 node_modules/.bin/vitest run test/engine`.
 */
export function runs(numRuns: number): { numRuns: number; seed: number } {
  return {
    numRuns: numRuns * Number(process.env.FUZZ_TIMES ?? 1),
    seed: Number(process.env.FUZZ_SEED ?? 20_261_122),
  };
}

/** All that a conversation stands on. */
export interface World {
  readonly facts: readonly Fact[];
  readonly entries: readonly Entry[];
  readonly rates: readonly Rate[];
  /** For each kind of danger, the entries that help. */
  readonly dangers: Readonly<Record<string, readonly string[]>>;
  readonly date: string;
  readonly now: Date;
  readonly model: Model;
}

export const TOPICS = ['money', 'school', 'tired'] as const;
const OPTIONS = ['a', 'b', 'c'] as const;
const SCOPES: readonly Scope[] = ['child', 'carer', 'household'];
const TYPES: readonly FactType[] = ['choice', 'choices', 'yes_no', 'number', 'age', 'money', 'date'];
/** Bounds and rates are 1, 2 or 3; so these numbers lie on each of them, between them and on either side. */
const NUMBERS = [0, 1, 1.5, 2, 2.5, 3, 4] as const;
const DATES = ['2026-10-30', '2024-02-29', '2026-11-22'] as const;
/** Before any rate, on its first day, after a change, on its last day, after it. */
const TODAYS = ['2025-01-01', '2025-04-07', '2026-11-22', '2027-04-05', '2027-06-01'] as const;
/** A day on which every rate is known. */
const GOOD_DAY = '2026-11-22';

/** Every value of a fact that the generated rules can tell apart. */
export function valuesOf(fact: Fact): readonly Value[] {
  switch (fact.type) {
    case 'choice':
    case 'yes_no':
      return fact.options;
    case 'choices':
      return subsets(fact.options).filter(
        (set) => set.length === 1 || (set.length > 1 && !set.some((one) => fact.exclusive.includes(one))),
      );
    case 'date':
      return DATES;
    default:
      return NUMBERS;
  }
}

function subsets(of: readonly string[]): string[][] {
  return of.reduce<string[][]>((sets, one) => sets.concat(sets.map((set) => [...set, one])), [[]]);
}

const pick = <T>(from: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...from);
const some = <T>(from: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...from], { minLength: 1 });

function testOn(fact: Fact, rates: readonly Rate[]): fc.Arbitrary<Test> {
  if (fact.options.length > 0)
    return some(fact.options).map((options) => ({ fact: fact.id, op: 'in', options }));
  const bound = fc.oneof(pick([1, 2, 3]), ...rates.map(({ id }) => fc.constant({ rate: id })));
  return fc
    .tuple(some(['at_least', 'at_most', 'over', 'under'] as const), bound, bound)
    .map(([ops, one, other]) => {
      const bounds: Bounds = Object.fromEntries(ops.slice(0, 2).map((op, i) => [op, i === 0 ? one : other]));
      return { fact: fact.id, op: 'compare', bounds };
    });
}

/** A rule over these facts; none of them may be a date. */
export function ruleOver(facts: readonly Fact[], rates: readonly Rate[], depth = 3): fc.Arbitrary<Rule> {
  const leaf: fc.Arbitrary<Rule> = pick(facts)
    .chain((fact) => testOn(fact, rates))
    .map((test) => ({ test }));
  if (depth === 0) return leaf;
  const deeper = ruleOver(facts, rates, depth - 1);
  const parts = fc.array(deeper, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    { weight: 2, arbitrary: parts.map((all) => ({ all })) },
    { weight: 2, arbitrary: parts.map((any) => ({ any })) },
    { weight: 1, arbitrary: deeper.map((not) => ({ not })) },
  );
}

const nation: Fact = {
  id: NATION_FACT,
  scope: 'household',
  type: 'choice',
  options: NATIONS,
  exclusive: [],
  effort: 1,
  sensitive: false,
  background: true,
};

function factAfter(earlier: readonly Fact[], index: number, rates: readonly Rate[]): fc.Arbitrary<Fact> {
  return fc.record({ scope: pick(SCOPES), type: pick(TYPES) }).chain(({ scope, type }) => {
    const options =
      type === 'yes_no'
        ? fc.constant(['yes', 'no'])
        : type === 'choice' || type === 'choices'
          ? fc.integer({ min: 1, max: 3 }).map((n) => OPTIONS.slice(0, n))
          : fc.constant([]);
    return options.chain((options: readonly string[]) => {
      const bare = { id: `${scope}.f${index}`, scope, type, options, exclusive: [] } as const;
      const behind = earlier.filter((one) => one.type !== 'date');
      return fc
        .record({
          exclusive: type === 'choices' ? fc.subarray([...options], { maxLength: 1 }) : fc.constant([]),
          onlyIf:
            behind.length > 0
              ? fc.option(ruleOver(behind, rates, 2), { nil: undefined, freq: 3 })
              : fc.constant(undefined),
          otherwise: fc.option(pick(valuesOf({ ...bare, effort: 1, sensitive: false, background: false })), {
            nil: undefined,
          }),
          effort: pick([1, 2, 3] as const),
          sensitive: fc.boolean(),
          background: fc.boolean(),
          max: options.length === 0 && type !== 'date' ? pick([undefined, 4, 100]) : fc.constant(undefined),
          danger:
            options.length > 0
              ? fc.option(fc.dictionary(pick(options), pick(['harm', 'crisis']), { maxKeys: 2 }), {
                  nil: undefined,
                  freq: 2,
                })
              : fc.constant(undefined),
        })
        .map((more): Fact => ({ ...bare, ...more }));
    });
  });
}

const ratesArb: fc.Arbitrary<Rate[]> = fc
  .array(
    fc.record({
      figures: fc.array(pick([1, 2, 3]), { minLength: 1, maxLength: 2 }),
      until: pick(['2026-11-22', '2027-04-05']),
    }),
    { maxLength: 2 },
  )
  .map((list) =>
    list.map(({ figures, until }, index) => ({
      id: `rate_${index}`,
      unit: 'GBP/week',
      values: figures.map((figure, i) => ({ from: ['2025-04-07', '2026-04-06'][i] as string, figure })),
      until,
    })),
  );

function entryOver(facts: readonly Fact[], index: number, rates: readonly Rate[]): fc.Arbitrary<Entry> {
  const tested = facts.filter(({ type }) => type !== 'date');
  const dates = facts.filter(({ type }) => type === 'date');
  const given = pick(tested).chain((fact) =>
    some(valuesOf(fact)).map((values) => ({ [fact.id]: values.slice(0, 2) })),
  );
  return fc.record({
    id: fc.constant(`entry-${index}`),
    kind: pick(['entitlement', 'right', 'assessment', 'pathway', 'service', 'helpline', 'peer-support']),
    topics: fc.shuffledSubarray([...TOPICS]),
    nations: fc.oneof(
      { weight: 3, arbitrary: fc.constant(NATIONS) },
      { weight: 1, arbitrary: some(NATIONS) },
    ),
    reach: pick(['everyone', 'likely', 'topic']),
    when: fc.option(ruleOver(tested, rates), { nil: undefined, freq: 8 }),
    mayWhen: fc.option(ruleOver(tested, rates, 2), { nil: undefined, freq: 2 }),
    held: fc.option(ruleOver(tested, rates, 1), { nil: undefined, freq: 2 }),
    gives: fc.oneof(fc.constant({}), given),
    worth: pick([0, 5, 80, 300]),
    effort: pick([1, 2, 3]),
    urgent: fc.boolean(),
    clocks:
      dates.length === 0
        ? fc.constant([])
        : fc.array(
            fc.record({
              from: pick(dates.map(({ id }) => id)),
              add: pick([{ months: 2 }, { weeks: 6 }, { days: 15 }, { months: 1, days: 1 }]),
            }),
            { maxLength: 2 },
          ),
  }) as fc.Arbitrary<Entry>;
}

export function worldOf(
  facts: readonly Fact[],
  entries: readonly Entry[],
  rates: readonly Rate[] = [],
  date = GOOD_DAY,
  dangers: World['dangers'] = {},
): World {
  const model = compileModel(facts, entries, rates, dangers);
  return { facts, dangers, entries, rates, date, now: new Date(`${date}T12:00:00Z`), model };
}

/** @param size the most facts, besides the nation, and the most entries */
export function worlds(
  size: { facts?: number; entries?: number; goodDay?: boolean } = {},
): fc.Arbitrary<World> {
  const { facts: most = 5, entries: mostEntries = 6, goodDay = false } = size;
  return fc
    .tuple(ratesArb, pick(goodDay ? [GOOD_DAY] : TODAYS), fc.integer({ min: 1, max: most }))
    .chain(([rates, date, count]) => {
      let vocabulary: fc.Arbitrary<Fact[]> = fc.constant([nation]);
      for (let i = 0; i < count; i++) {
        vocabulary = vocabulary.chain((earlier) =>
          factAfter(earlier, i, rates).map((fact) => [...earlier, fact]),
        );
      }
      return vocabulary
        .chain((facts) =>
          fc.record({
            helps: fc.boolean(),
            // A fact may stand before the facts that decide whether it applies.
            facts: fc.shuffledSubarray(facts, { minLength: facts.length }),
            entries: fc
              .integer({ min: 1, max: mostEntries })
              .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => entryOver(facts, i, rates)))),
          }),
        )
        .map(({ facts, entries, helps }) =>
          worldOf(facts, entries, rates, date, { harm: helps ? [`entry-0`] : [] }),
        );
    })
    .map((world) => withShortPrint(world));
}

/** A counterexample is read by a person: the compiled model says nothing that the rest does not. */
function withShortPrint(world: World): World {
  return Object.defineProperty(world, fc.toStringMethod, {
    value: () => JSON.stringify({ ...world, model: undefined }, null, 1),
    enumerable: false,
  });
}

const SILENCES: readonly Answer[] = [{ silence: 'not_sure' }, { silence: 'rather_not_say' }];

export function answerTo(fact: Fact): fc.Arbitrary<Answer> {
  return fc.oneof(
    { weight: 4, arbitrary: pick(valuesOf(fact)).map((value) => ({ value })) },
    { weight: 1, arbitrary: pick(SILENCES) },
  );
}

/** Answers of one child and the family around it, to some of the questions. */
export function toldIn(world: World): fc.Arbitrary<Map<string, Answer>> {
  return fc.tuple(...world.facts.map((fact) => fc.option(answerTo(fact), { nil: undefined, freq: 4 }))).map(
    (answers) =>
      new Map(
        world.facts.flatMap(({ id }, i) => {
          const answer = answers[i];
          return answer ? [[id, answer] as const] : [];
        }),
      ),
  );
}

/** A log of a family with this many children; each question at most once. */
export function logsIn(world: World, children: number): fc.Arbitrary<Given[]> {
  const questions = world.facts.flatMap((fact) =>
    Array.from({ length: fact.scope === 'child' ? children : 1 }, (_, child) => ({ fact, child })),
  );
  return fc
    .shuffledSubarray(questions)
    .chain((asked) =>
      fc.tuple(
        ...asked.map(({ fact, child }) => answerTo(fact).map((answer) => ({ fact: fact.id, child, answer }))),
      ),
    );
}

/** The answers of one child and its family as the engine reads them. */
export function answersFrom(world: World, told: ReadonlyMap<string, Answer>): Answers {
  const of = (isChild: boolean): Record<string, Answer> =>
    Object.fromEntries(
      [...told].filter(([id]) => (world.facts.find((f) => f.id === id)?.scope === 'child') === isChild),
    );
  return { family: of(false), children: [of(true)] };
}

/** What somebody does next, whatever stands on the screen. `nth` chooses among what is possible then. */
export interface Act {
  readonly does: (typeof ACTS)[number];
  readonly nth: number;
}

const ACTS = [
  'answer',
  'answer',
  'answer',
  'answer',
  'answer',
  'not_sure',
  'rather_not_say',
  'back',
  'change',
  'confirm',
  'repeat',
  'stale',
  'garbage',
  'topics',
  'children',
  'show',
  'ask',
  'entry',
  'go_on',
  'continue',
  'language',
  'danger',
  'unreadable',
  'told',
  'told',
  'hedged',
  'untell',
  'talk',
  'offer',
] as const;

export const acts: fc.Arbitrary<Act[]> = fc.array(fc.record({ does: pick(ACTS), nth: fc.nat(1000) }), {
  maxLength: 14,
});

const at = <T>(list: readonly T[], nth: number): T => list[nth % list.length] as T;

/** Everything that no honest screen sends: what a broken channel or a forged form could. */
function garbage(world: World, nth: number): Message {
  const fact = at(world.facts, nth).id;
  const answers: unknown[] = [
    { value: 'no such option' },
    { value: 1e308 },
    { value: -1 },
    { value: Number.NaN },
    { value: Number.POSITIVE_INFINITY },
    { value: null },
    { value: [] },
    { value: ['a', 'no such option'] },
    { value: { a: 1 } },
    { value: '9999-12-31' },
    { value: '2026-02-30' },
    { value: '__proto__' },
    { silence: 'no such silence' },
    {},
  ];
  const messages: Message[] = [
    ...answers.map((answer) => ({ type: 'answer', fact, child: 0, answer }) as Message),
    { type: 'answer', fact: 'no.such', child: 0, answer: { value: 'yes' } },
    { type: 'answer', fact: 'constructor', child: 0, answer: { value: 'yes' } },
    ...[-1, 0.5, 99, Number.NaN, 2 ** 60].map(
      (child): Message => ({ type: 'answer', fact, child, answer: { silence: 'not_sure' } }),
    ),
    ...[-1, 0, 1.5, 1e308, Number.NaN, Number.POSITIVE_INFINITY].flatMap((n): Message[] => [
      { type: 'children', children: n },
      { type: 'go_on', budget: n },
    ]),
    { type: 'ask', fact: 'no.such', child: 0 },
    { type: 'ask', fact, child: 99 },
    { type: 'back', fact: 'no.such', child: -1 },
    { type: 'entry', entry: 'no-such' },
    { type: 'entry', entry: '__proto__' },
    { type: 'topics', topics: ['no such topic'] },
  ];
  return at(messages, nth >> 3);
}

/** @returns what the same words tell besides: two facts, of one child. */
function besides(world: World, nth: number, children: number): Besides[] {
  return [nth, nth >> 3].map((n) => {
    const fact = at(world.facts, n);
    return {
      fact: fact.id,
      child: fact.scope === 'child' ? n % children : 0,
      answer: { value: at(valuesOf(fact), n >> 2) },
    };
  });
}

/** @returns the message that this act sends now. */
export function messageOf(
  world: World,
  { does, nth }: Act,
  { screen, log, children, budget }: Conversation,
  sent: readonly Message[],
): Message {
  const fact = at(world.facts, nth);
  const child = fact.scope === 'child' ? (nth >> 4) % children : 0;
  const open = screen.kind === 'question' ? world.facts.find(({ id }) => id === screen.fact) : undefined;
  const here =
    open && screen.kind === 'question' ? { fact: open.id, child: screen.child } : { fact: fact.id, child };
  const value = at(valuesOf(open ?? fact), nth >> 2);
  switch (does) {
    case 'answer':
      return { type: 'answer', ...here, answer: { value } };
    case 'not_sure':
    case 'rather_not_say':
      return { type: 'answer', ...here, answer: { silence: does } };
    case 'back': {
      const last = nth % 3 === 0 ? log[0] : log.at(-1);
      return { type: 'back', fact: last?.fact ?? fact.id, child: last?.child ?? child };
    }
    case 'change': {
      const old = log.length > 0 ? at(log, nth) : { fact: fact.id, child };
      const changed = world.facts.find(({ id }) => id === old.fact) ?? fact;
      const answer = nth % 5 === 0 ? at(SILENCES, nth) : { value: at(valuesOf(changed), nth >> 2) };
      return { type: 'answer', fact: old.fact, child: old.child, answer, confirmed: nth % 2 === 0 };
    }
    case 'confirm':
      return screen.kind === 'price'
        ? { type: 'answer', ...screen.given, confirmed: true }
        : { type: 'continue' };
    case 'repeat':
      return sent.at(-1) ?? { type: 'start' };
    case 'stale':
      return sent.length > 0 ? at(sent, nth) : { type: 'start' };
    case 'garbage':
      return garbage(world, nth);
    case 'topics':
      return { type: 'topics', topics: at(subsets(TOPICS), nth), danger: at([undefined, 'harm'], nth >> 3) };
    case 'children':
      return { type: 'children', children: 1 + (nth % 3) };
    case 'show':
      return { type: 'show', screen: at(['topics', 'found', 'answers'] as const, nth) };
    case 'ask':
      return { type: 'ask', fact: fact.id, child };
    case 'entry':
      return { type: 'entry', entry: at(world.entries, nth).id };
    case 'go_on':
      return { type: 'go_on', budget: budget + 7 };
    case 'continue':
      return { type: 'continue' };
    case 'language':
      return { type: 'language', language: at(['en', 'cy', 'ur'], nth) };
    case 'danger':
      return {
        type: 'danger',
        danger: at(['harm', 'crisis'], nth),
        level: at(['interrupt', 'ask'] as const, nth),
      };
    case 'unreadable':
      return { type: 'unreadable', notice: 'unreadable', times: 1 + (nth % 4) };
    case 'told':
      return { type: 'told', also: besides(world, nth, children), children: 1 + (nth % 2) };
    case 'hedged':
      return { type: 'hedged', ...here, answer: { value } };
    case 'untell':
      return { type: 'untell', facts: log.length > 0 ? [at(log, nth)] : [here] };
    case 'talk':
      return { type: 'talk', talk: 'thanks', times: 1 + (nth % 4) };
    case 'offer':
      return {
        type: 'in_language',
        language: at(['cy', 'ur'], nth),
        message: { type: 'told', also: besides(world, nth, children) },
      };
  }
}

export interface Turn {
  readonly before: Conversation;
  readonly message: Message;
  readonly after: Conversation;
  readonly replies: readonly Reply[];
}

/** Plays a whole conversation. */
export function play(world: World, sequence: readonly Act[]): Turn[] {
  const turns: Turn[] = [];
  let conversation = newConversation('en');
  const send = (message: Message): void => {
    const before = conversation;
    const { conversation: after, replies } = turn(world.model, before, message, world.now);
    turns.push({ before, message, after, replies });
    conversation = after;
  };
  send({ type: 'start' });
  for (const act of sequence) {
    send(
      messageOf(
        world,
        act,
        conversation,
        turns.map(({ message }) => message),
      ),
    );
  }
  return turns;
}

/** A world and a conversation in it. */
export const played: fc.Arbitrary<{ world: World; turns: Turn[] }> = worlds().chain((world) =>
  acts.map((sequence) => ({ world, turns: play(world, sequence) })),
);

export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    // A Map or a typed array cannot be frozen; the model's are not the turn's to keep.
    if (!ArrayBuffer.isView(value)) for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
