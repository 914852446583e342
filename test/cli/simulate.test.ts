import { expect, test } from 'vitest';
import { fingerpost } from './run.ts';

/** These run on the project's own content: they are about the walk through it. */

const NURSERY = {
  first_message: 'my son is 5 and nursery cannot cope with him',
  facts: {
    'household.nation': 'england',
    'child.age': 5,
    'child.extra_care': 'yes',
    'child.school_trouble': ['too_little_help', 'sent_home'],
    'child.difficulties': ['social_attention', 'behaviour'],
    'child.diagnosis': 'waiting',
    'child.dla_care': 'none',
    'child.ehc': 'none',
    'carer.role': 'mother',
    'carer.hours': 50,
    'carer.work': ['not_working'],
    'carer.no_public_funds': 'no',
    'carer.benefits': ['universal-credit'],
  },
};

test('a parent who writes in own words is walked to signposts within the budget', async () => {
  const { lines: answers, code } = await fingerpost(['simulate'], JSON.stringify(NURSERY));
  const [line] = answers;
  expect(code).toBe(0);
  expect(line.danger).toBeNull();
  expect(line.asked.length).toBeLessThanOrEqual(14);
  expect(line.signposts.first.length).toBeLessThanOrEqual(7);
  const shown = [...line.signposts.first, ...line.signposts.more];
  expect(shown).toEqual(expect.arrayContaining(['sen-support-in-school', 'dla-child', 'sendiass']));
});

test('danger in the first message is reported, and its help comes first among the signposts', async () => {
  const line = { first_message: 'i want to kill myself', facts: { 'household.nation': 'wales' } };
  const { lines: answers } = await fingerpost(['simulate'], JSON.stringify(line));
  const [answer] = answers;
  expect(answer.danger).toEqual({ kind: 'parent-suicide', level: 'interrupt' });
  expect(answer.signposts.first).toContain('samaritans');
});

test('further children are asked about too', async () => {
  const line = {
    topics: ['disability-carer-benefits'],
    facts: NURSERY.facts,
    children: [{ 'child.age': 9, 'child.dla_care': 'highest' }],
  };
  const { lines: answers } = await fingerpost(['simulate'], JSON.stringify(line));
  const [answer] = answers;
  expect(answer.asked).toContain('child.age#2');
});

test('a line that cannot be used is answered with an error, and the rest goes on', async () => {
  const lines = [
    '{',
    '[]',
    '{"facts":{"no.such":1}}',
    '{"facts":{"child.age":"old"}}',
    '{"topics":["x"],"facts":{}}',
    '{"facts":{},"children":[{"household.nation":"wales"}]}',
    '{"facts":{}}',
  ];
  const { lines: answers, code } = await fingerpost(['simulate'], lines.join('\n'));
  expect(code).toBe(1);
  expect(answers.map(({ error }) => error?.code)).toEqual([
    'not_json',
    'not_an_object',
    'unknown_fact',
    'bad_value',
    'unknown_topic',
    'not_of_a_child',
    undefined,
  ]);
});

test('understand reads danger, topics and the answer to the question asked', async () => {
  const lines = [
    { text: 'they would be better off without me' },
    { text: 'the council refused an EHCP' },
    { text: '18 months', asking: 'child.age' },
    { text: '£204.01', asking: 'carer.weekly_earnings' },
    { text: 'this form is killing me' },
  ];
  const { lines: answers } = await fingerpost(
    ['understand'],
    lines.map((line) => JSON.stringify(line)).join('\n'),
  );
  const [dark, plan, age, pay, form] = answers;
  expect(dark.danger).toMatchObject({ kind: 'parent-suicide' });
  expect(plan.topics[0]).toBe('ehcp-process');
  expect(age).toMatchObject({ answer: 1.5, facts: { 'child.age': 1.5 } });
  expect(pay.answer).toBe(204.01);
  expect(form.danger).toBeNull();
});

test('understand says why: which item heard which words, and what it is like, for who reviews them', async () => {
  const lines = [
    { text: 'they would be better off without me', why: true },
    { text: 'nice day', why: true },
  ];
  const { lines: answers } = await fingerpost(
    ['understand'],
    lines.map((line) => JSON.stringify(line)).join('\n'),
  );
  const [dark, calm] = answers;
  expect(dark.heard).toContainEqual({
    language: 'en',
    kind: 'parent-suicide',
    level: 'interrupt',
    reason: expect.stringMatching(/\w/),
    words: expect.stringContaining('better off without me'),
  });
  expect(calm.heard).toEqual([]);
  expect(dark.like.score).toBeGreaterThan(calm.like.score);
  expect(dark.like.words).toContainEqual({ word: expect.stringMatching(/\w/), weight: expect.any(Number) });
});
