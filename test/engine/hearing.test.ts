/** What a conversation does with what it hears: facts in passing, hedges, talk, words that it does not understand. */
import { describe, expect, test } from 'vitest';
import {
  type Conversation,
  type Message,
  newConversation,
  type Reply,
  turn,
} from '../../src/engine/conversation.ts';
import { type Entry, NATIONS } from '../../src/engine/entries.ts';
import type { Fact, Value } from '../../src/engine/facts.ts';
import { worldOf } from './arbitraries.ts';

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
const entry = (id: string, fact: string, option = 'yes'): Entry => ({
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
  when: { test: { fact, op: 'in', options: [option] } },
});
const facts = [
  fact('child.a'),
  fact('carer.b'),
  fact('carer.mood', { type: 'choice', options: ['well', 'dying'], danger: { dying: 'harm' } }),
  fact('carer.hours', { type: 'number', options: [], max: 168 }),
];
const world = worldOf(facts, [
  entry('one', 'child.a'),
  entry('two', 'carer.b'),
  entry('three', 'carer.mood', 'well'),
  {
    ...entry('four', 'carer.hours'),
    when: { test: { fact: 'carer.hours', op: 'compare', bounds: { at_least: 35 } } },
  },
]);

function following(...messages: readonly Message[]) {
  let conversation: Conversation = newConversation('en');
  let replies: Reply[] = [];
  for (const message of [{ type: 'topics', topics: ['money'] } as Message, ...messages])
    ({ conversation, replies } = turn(world.model, conversation, message, world.now));
  return { conversation, replies, screen: replies.at(-1) };
}
const notices = ({ replies }: ReturnType<typeof following>) =>
  replies.flatMap((one) => (one.kind === 'notice' ? [one.notice] : []));
const logged = ({ conversation }: ReturnType<typeof following>) =>
  conversation.log.map(({ fact, child, answer }) => [
    fact,
    child,
    'value' in answer ? answer.value : answer.silence,
  ]);
const also = (fact: string, value: Value, child = 0) => ({ fact, child, answer: { value } });

describe('facts told in passing', () => {
  test('are kept, said back, and not asked again', () => {
    const told = following({ type: 'told', also: [also('child.a', 'yes'), also('carer.b', 'no')] });
    expect(logged(told)).toEqual([
      ['child.a', 0, 'yes'],
      ['carer.b', 0, 'no'],
    ]);
    expect(told.replies[0]).toMatchObject({
      kind: 'notice',
      notice: 'heard',
      given: [{ fact: 'child.a' }, { fact: 'carer.b' }],
    });
    expect(told.screen).toMatchObject({ kind: 'question', fact: 'carer.mood' });
  });

  test('come with an answer, which is not said back', () => {
    const told = following({
      type: 'answer',
      ...also('child.a', 'yes'),
      also: [also('child.a', 'yes'), also('carer.b', 'yes')],
      heard: true,
    });
    expect(told.replies[0]).toMatchObject({ given: [{ fact: 'carer.b' }] });
    expect(logged(told)).toHaveLength(2);
  });

  test('can be taken back with one tap', () => {
    const back = following(
      { type: 'told', also: [also('child.a', 'yes'), also('carer.b', 'no')] },
      { type: 'untell', facts: [{ fact: 'child.a', child: 0 }] },
    );
    expect(notices(back)).toEqual(['untold']);
    expect(logged(back)).toEqual([['carer.b', 0, 'no']]);
    expect(back.screen).toMatchObject({ kind: 'question', fact: 'child.a' });
  });

  test('never replace what was answered, only a silence', () => {
    const silent: Message = { type: 'answer', fact: 'child.a', child: 0, answer: { silence: 'not_sure' } };
    expect(logged(following(silent, { type: 'told', also: [also('child.a', 'yes')] }))).toEqual([
      ['child.a', 0, 'yes'],
    ]);
    const answered: Message = { type: 'answer', ...also('child.a', 'no') };
    const told = following(answered, { type: 'told', also: [also('child.a', 'yes')] });
    expect(logged(told)).toEqual([['child.a', 0, 'no']]);
    expect(notices(told)).toEqual(['unreadable']);
  });

  test('tell of several children, each with their own', () => {
    const told = following({
      type: 'told',
      also: [also('child.a', 'yes'), also('child.a', 'no', 1), also('child.a', 'no', 5)],
      children: 2,
    });
    expect(told.conversation.children).toBe(2);
    expect(logged(told)).toEqual([
      ['child.a', 0, 'yes'],
      ['child.a', 1, 'no'],
    ]);
  });

  test('are never a danger: that has its own way', () => {
    expect(
      logged(following({ type: 'told', also: [also('carer.mood', 'dying'), also('carer.b', 'yes')] })),
    ).toEqual([['carer.b', 0, 'yes']]);
  });

  test('are not lost where danger comes first', () => {
    const danger: Message = {
      type: 'danger',
      danger: 'harm',
      level: 'interrupt',
      also: [also('child.a', 'yes')],
    };
    const told = following(danger);
    expect(told.screen).toMatchObject({ kind: 'danger' });
    expect(logged(told)).toEqual([['child.a', 0, 'yes']]);
    expect(following(danger, { type: 'continue' }).screen).toMatchObject({
      kind: 'question',
      fact: 'carer.b',
    });
  });
});

describe('an answer that is not certain', () => {
  const hedged: Message = { type: 'hedged', ...also('child.a', 'yes') };
  test('is asked back, not taken', () => {
    const asked = following(hedged);
    expect(asked.screen).toMatchObject({ kind: 'confirm', given: { fact: 'child.a' } });
    expect(logged(asked)).toEqual([]);
  });
  test('is taken once it is confirmed, and asked again if it is not', () => {
    expect(logged(following(hedged, { type: 'answer', ...also('child.a', 'yes') }))).toEqual([
      ['child.a', 0, 'yes'],
    ]);
    const again = following(hedged, { type: 'ask', fact: 'child.a', child: 0 });
    expect(again.screen).toMatchObject({ kind: 'question', fact: 'child.a' });
  });
});

describe('what asks for nothing that we have', () => {
  const talk = (times: number): Message => ({ type: 'talk', talk: 'thanks', times });
  test('gets a line, and the open question again', () => {
    const said = following(talk(1));
    expect(notices(said)).toEqual(['talk_thanks']);
    expect(said.screen).toMatchObject({ kind: 'question', fact: 'child.a' });
  });
  test('three times in a row offers a person, and the count ends with an answer', () => {
    expect(notices(following(talk(3)))).toEqual(['talk_thanks', 'talk_to_a_person']);
    expect(following(talk(2)).conversation.astray).toBe(2);
    expect(
      following(talk(2), { type: 'answer', ...also('child.a', 'no') }).conversation.astray,
    ).toBeUndefined();
  });
  test('the meaning of a word is said, and the question stands', () => {
    const said = following({ type: 'meaning', term: 'ehc_plan' });
    expect(said.replies[0]).toEqual({ kind: 'notice', notice: 'meaning', term: 'ehc_plan' });
    expect(said.screen).toMatchObject({ kind: 'question', fact: 'child.a' });
  });
});

test('what could not be understood twice becomes a choice', () => {
  const unreadable = (times: number): Message => ({
    type: 'unreadable',
    notice: 'unreadable',
    fact: 'carer.hours',
    child: 0,
    times,
  });
  expect(following(unreadable(1)).screen).not.toHaveProperty('bands');
  const { screen } = following(unreadable(1), unreadable(2));
  expect(screen).toMatchObject({
    bands: [
      { to: 34, value: 34 },
      { from: 35, value: 35 },
    ],
  });
});

test('another language is offered once, and what was said counts', () => {
  const offer: Message = {
    type: 'in_language',
    language: 'ur',
    message: { type: 'told', also: [also('child.a', 'yes')] },
  };
  const said = following(offer);
  expect(said.replies[0]).toEqual({ kind: 'notice', notice: 'offer_language', language: 'ur' });
  expect(said.conversation.offered).toEqual(['ur']);
  expect(logged(said)).toEqual([['child.a', 0, 'yes']]);
});

describe('danger in another language', () => {
  const danger: Message = {
    type: 'in_language',
    language: 'ur',
    message: { type: 'danger', danger: 'harm', level: 'interrupt', also: [also('child.a', 'yes')] },
  };
  const wayBack = { kind: 'notice', notice: 'in_your_language', language: 'en' };

  test('brings its help in that language, first, with a way back until they answer', () => {
    const help = following(danger);
    expect(help.conversation).toMatchObject({ language: 'ur', languageBefore: 'en' });
    expect(help.replies).toMatchObject([{ kind: 'danger' }, wayBack]);
    expect(logged(help)).toEqual([['child.a', 0, 'yes']]);
    expect(following(danger, danger)).toEqual(help);
    const next = following(danger, { type: 'continue' });
    expect(next.replies).toMatchObject([{ notice: 'heard' }, wayBack, { kind: 'question' }]);
    const answer: Message = { type: 'answer', fact: 'carer.b', child: 0, answer: { value: 'yes' } };
    const answered = following(danger, { type: 'continue' }, answer);
    expect(answered.replies).not.toContainEqual(wayBack);
    expect(answered.conversation.language).toBe('ur');
  });

  test('also where it is an answer that tells of it, or where help stands there already', () => {
    const dying: Message = { type: 'answer', fact: 'carer.mood', child: 0, answer: { value: 'dying' } };
    const told: Message = { type: 'in_language', language: 'cy', message: dying };
    expect(following(told).conversation).toMatchObject({ language: 'cy', languageBefore: 'en' });
    expect(following(told, told)).toEqual(following(told));
    const unread: Message = { type: 'unreadable', notice: 'take_your_time' };
    const written: Message = { type: 'in_language', language: 'cy', message: unread };
    expect(following(dying, written).conversation.language).toBe('cy');
  });

  test('a language that they choose has no way back', () => {
    const chosen = following(danger, { type: 'language', language: 'ur' });
    expect(chosen.replies).toMatchObject([{ kind: 'danger' }]);
    expect(following({ type: 'language', language: 'pl', heard: true }).replies[0]).toEqual({
      ...wayBack,
      language: 'en',
    });
  });
});

test('who asks for more from the list is led back to the list', () => {
  const found: Message = { type: 'show', screen: 'found' };
  const more: Message = { type: 'children', children: 2 };
  const asked = following(found, more);
  expect(asked.screen).toMatchObject({ kind: 'question', back: undefined });
  expect(following(found, more, more)).toEqual(asked);
  expect(following(more).conversation.screen).not.toHaveProperty('opened');
});

describe('what is told beside a danger', () => {
  const told: Message = {
    type: 'danger',
    danger: 'harm',
    level: 'interrupt',
    also: [also('child.a', 'yes')],
  };
  const heard = { kind: 'notice', notice: 'heard', given: [also('child.a', 'yes')] };

  test('is said back when they go on, once, and never above the help', () => {
    expect(notices(following(told))).toEqual([]);
    const on = following(told, { type: 'continue' });
    expect(on.replies[0]).toEqual(heard);
    expect(notices(following(told, { type: 'continue' }, { type: 'continue' }))).toEqual([]);
  });

  test('waits also while they look at an entry, and is not said where they took it back', () => {
    const entry: Message = { type: 'entry', entry: 'one' };
    expect(following(told, entry, { type: 'continue' }).replies).toContainEqual(heard);
    const untold: Message = { type: 'untell', facts: [{ fact: 'child.a', child: 0 }] };
    expect(notices(following(told, untold))).toEqual(['untold']);
  });

  test('topics too, where it was the first message', () => {
    const first: Message = { type: 'danger', danger: 'harm', level: 'ask', topics: ['money'] };
    const asked = turn(world.model, newConversation('en'), first, world.now);
    const on = turn(world.model, asked.conversation, { type: 'continue' }, world.now);
    expect(on.replies[0]).toEqual({ kind: 'notice', notice: 'matched', topics: ['money'] });
  });

  test('beside an answer that tells of danger too', () => {
    const answer = { type: 'answer', fact: 'carer.mood', child: 0, answer: { value: 'dying' } } as const;
    const both: Message = { ...answer, also: [also('child.a', 'yes')], heard: true };
    expect(following(both, { type: 'continue' }).replies[0]).toEqual(heard);
  });
});

test('who asks for an entry by name at the beginning sees it, then hears what we think they want', () => {
  const named: Message = { type: 'entry', entry: 'one', topics: ['money'] };
  const seen = turn(world.model, newConversation('en'), named, world.now);
  expect(seen.replies).toMatchObject([{ kind: 'entry' }]);
  const on = turn(world.model, seen.conversation, { type: 'continue' }, world.now);
  expect(on.replies).toMatchObject([{ notice: 'matched', topics: ['money'] }, { kind: 'question' }]);
});

test('what was told before is said back, and not called wrong', () => {
  const again = following(
    { type: 'told', also: [also('child.a', 'yes')] },
    { type: 'told', also: [also('child.a', 'yes')] },
  );
  expect(again.replies[0]).toEqual({ kind: 'notice', notice: 'heard', given: [also('child.a', 'yes')] });
  const other = following(
    { type: 'told', also: [also('child.a', 'yes')] },
    { type: 'told', also: [also('child.a', 'no')] },
  );
  expect(notices(other)).toEqual(['unreadable']);
});
