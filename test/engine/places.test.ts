/** Where a family lives: what a message with a place leaves, and when it is worth asking. */
import { describe, expect, test } from 'vitest';
import { assess } from '../../src/engine/assess.ts';
import {
  answersOf,
  type Conversation,
  type Message,
  newConversation,
  type Reply,
  turn,
} from '../../src/engine/conversation.ts';
import { AREA_FACT, type Entry, NATION_FACT, NATIONS } from '../../src/engine/entries.ts';
import { type Fact, readValue } from '../../src/engine/facts.ts';
import { compileModel } from '../../src/engine/model.ts';
import { matters, nextQuestion } from '../../src/engine/questions.ts';
import { readRule } from '../../src/engine/rules.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const DAY = '2026-11-22';
const common = { scope: 'household', exclusive: [], effort: 1, sensitive: false, background: true } as const;
const NATION: Fact = { id: NATION_FACT, type: 'choice', options: NATIONS, ...common };
const AREA: Fact = {
  id: AREA_FACT,
  type: 'place',
  options: [],
  places: { E06000023: 'E06000023', E10000023: 'E06000065', E06000065: 'E06000065' },
  onlyIf: { test: { fact: NATION_FACT, op: 'in', options: ['england'] } },
  ...common,
};
const entry = (id: string, more: Partial<Entry> = {}): Entry => ({
  id,
  kind: 'service',
  topics: ['help'],
  nations: ['england'],
  reach: 'topic',
  gives: {},
  worth: 0,
  effort: 1,
  urgent: false,
  clocks: [],
  ...more,
});
const modelOf = (...entries: Entry[]) => compileModel([NATION, AREA], entries, []);
const LOCAL = modelOf(...Array.from({ length: 9 }, (_, i) => entry(`local-${i}`, { isLocal: true })));

function following(...messages: readonly Message[]): { conversation: Conversation; replies: Reply[] } {
  let conversation: Conversation = newConversation('en');
  let replies: Reply[] = [];
  for (const message of messages) ({ conversation, replies } = turn(LOCAL, conversation, message, NOW));
  return { conversation, replies };
}
const answer = (fact: string, value: string, also: Record<string, string> = {}): Message => ({
  type: 'answer',
  fact,
  child: 0,
  answer: { value },
  also: Object.entries(also).map(([id, one]) => ({ fact: id, answer: { value: one } })),
});
const about: Message = { type: 'topics', topics: ['help'] };
const logged = ({ conversation }: ReturnType<typeof following>) =>
  conversation.log.map(({ fact, answer: given }) => [fact, 'value' in given ? given.value : given.silence]);

test.for([
  ['E06000023', 'E06000023'],
  ['E10000023', 'E06000065'],
  ['E99999999', undefined],
  ['toString', undefined],
  [3, undefined],
  [['E06000023'], undefined],
] as const)('%j as a place: %s', ([raw, value]) => {
  expect(readValue(AREA, raw)).toBe(value);
});

test('no rule can test a place', () => {
  const facts = new Map([[AREA_FACT, AREA]]);
  const { faults } = readRule({ [AREA_FACT]: 'E06000023' }, facts, new Set());
  expect(faults.map(({ says }) => says)).toEqual(['a rule cannot test a place']);
});

describe('what an answer tells besides', () => {
  test('stands where nothing stood, before the answer', () => {
    const all = following(answer(AREA_FACT, 'E06000023', { [NATION_FACT]: 'england' }));
    expect(logged(all)).toEqual([
      [NATION_FACT, 'england'],
      [AREA_FACT, 'E06000023'],
    ]);
  });

  test('stands for a silence, and in its place', () => {
    const silent: Message = { type: 'answer', fact: NATION_FACT, child: 0, answer: { silence: 'not_sure' } };
    const all = following(silent, answer(AREA_FACT, 'E06000023', { [NATION_FACT]: 'england' }));
    expect(logged(all)).toEqual([
      [NATION_FACT, 'england'],
      [AREA_FACT, 'E06000023'],
    ]);
  });

  test('never replaces a value: that would have a price', () => {
    const all = following(
      answer(NATION_FACT, 'wales'),
      answer(AREA_FACT, 'E06000023', { [NATION_FACT]: 'england' }),
    );
    expect(logged(all)).toContainEqual([NATION_FACT, 'wales']);
  });

  test('is left out where it is no answer', () => {
    const all = following(answer(AREA_FACT, 'E06000023', { [NATION_FACT]: 'france', nothing: 'x' }));
    expect(logged(all)).toEqual([[AREA_FACT, 'E06000023']]);
  });
});

describe('a choice between places', () => {
  const which: Message = {
    type: 'unreadable',
    notice: 'which_place',
    fact: AREA_FACT,
    child: 0,
    choices: ['E06000023', 'wales'],
  };
  const again = (notice: string): Message => ({ type: 'unreadable', notice, fact: AREA_FACT, child: 0 });
  const choices = ({ replies }: ReturnType<typeof following>) =>
    replies.find((one) => one.kind === 'question')?.choices;

  test('stands until it was taken', () => {
    expect(choices(following(which))).toEqual(['E06000023', 'wales']);
    expect(choices(following(which, again('empty')))).toEqual(['E06000023', 'wales']);
    expect(choices(following(which, { type: 'language', language: 'cy' }))).toEqual(['E06000023', 'wales']);
  });

  test('goes where it was refused, or something else was typed', () => {
    expect(choices(following(which, again('other_place')))).toBeUndefined();
    expect(choices(following(which, again('unknown_place')))).toBeUndefined();
  });
});

describe('is asked', () => {
  const next = (model: typeof LOCAL, ...messages: readonly Message[]) => {
    const answers = answersOf(model, following(...messages).conversation);
    return nextQuestion(model, assess(model, answers, DAY), ['help'], messages.length, DAY)?.fact;
  };

  test('once they live in England, where something that they are shown is local', () => {
    expect(next(LOCAL, about)).toBe(NATION_FACT);
    expect(next(LOCAL, about, answer(NATION_FACT, 'england'))).toBe(AREA_FACT);
    expect(next(LOCAL, about, answer(NATION_FACT, 'wales'))).toBeUndefined();
    expect(
      next(LOCAL, about, answer(NATION_FACT, 'england'), answer(AREA_FACT, 'E06000023')),
    ).toBeUndefined();
  });

  test('not where nothing is', () => {
    const model = modelOf(entry('national'));
    const answers = answersOf(model, following(about, answer(NATION_FACT, 'england')).conversation);
    const assessment = assess(model, answers, DAY);
    expect(nextQuestion(model, assessment, ['help'], 1, DAY)).toBeUndefined();
    const question = { fact: AREA_FACT, child: 0, score: 1, onTopic: false };
    expect(matters(model, assessment, question, ['help'], DAY)).toBe(false);
  });
});
