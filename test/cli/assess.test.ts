import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Changes, madeUpRoot } from '../content/made-up.ts';
import { fingerpost, jsonLines } from './run.ts';

const CONTENT: Changes = {
  facts: {
    'child.age': {
      scope: 'child',
      type: 'age',
      max: 25,
      options: undefined,
      labels: undefined,
      said: 'Your child is {{value}}.',
    },
    'child.dla': {
      scope: 'child',
      type: 'choice',
      options: ['none', 'high'],
      labels: { none: 'None', high: 'High' },
      said: { none: 'You get none.', high: 'You get it.' },
      only_if: { 'child.age': { under: 16 } },
      otherwise: 'none',
    },
    'carer.pay': {
      scope: 'carer',
      type: 'money',
      options: undefined,
      labels: undefined,
      said: 'You earn {{value}}.',
    },
    'carer.benefits': {
      scope: 'carer',
      type: 'choices',
      options: ['uc', 'carer-money', 'none'],
      exclusive: ['none'],
      labels: { uc: 'UC', 'carer-money': 'Carer money', none: 'None' },
      said: { uc: 'You get it.', 'carer-money': 'You get it.', none: 'You get none.' },
    },
  },
  entries: {
    'carer-money': {
      when: {
        all: [
          { 'child.dla': 'high' },
          { 'carer.pay': { at_most: { rate: 'carer_money' } } },
          { not: { 'carer.benefits': { has: 'uc' } } },
        ],
      },
      held: { 'carer.benefits': { has: 'carer-money' } },
    },
    dla: { nations: ['england'], when: { 'child.age': { under: 16 } }, gives: { 'child.dla': ['high'] } },
  },
};
const assess = (input: string, args: string[] = []) =>
  fingerpost(['--root', madeUpRoot(CONTENT), 'assess', ...args], input);

const base = {
  'household.nation': 'england',
  'child.age': 7,
  'child.dla': 'high',
  'carer.pay': 0,
  'carer.benefits': ['none'],
};
const day = '2026-11-22';

test('every outcome, in the order of the lines', async () => {
  const { lines, code } = await assess(
    jsonLines(
      { facts: base, date: day },
      { facts: {}, date: day },
      { facts: { ...base, 'child.dla': 'none' }, date: day },
      { facts: { ...base, 'carer.benefits': 'carer-money' }, date: day },
    ),
  );
  expect(code).toBe(0);
  expect(lines).toEqual([
    { qualifies: ['carer-money', 'dla'], may: [], later: [], held: [], ruled_out: [] },
    {
      qualifies: [],
      may: [
        {
          id: 'carer-money',
          missing: expect.arrayContaining(['household.nation', 'child.age', 'child.dla', 'carer.pay']),
        },
        { id: 'dla', missing: ['household.nation', 'child.age'] },
      ],
      later: [],
      held: [],
      ruled_out: [],
    },
    { qualifies: ['dla'], may: [], later: [{ id: 'carer-money', after: ['dla'] }], held: [], ruled_out: [] },
    { qualifies: ['dla'], may: [], later: [], held: ['carer-money'], ruled_out: [] },
  ]);
});

test.each([
  [
    'a near miss says by how much',
    { 'carer.pay': 93.45 },
    'carer-money',
    [{ fact: 'carer.pay', is: 93.45, needs: { at_most: { rate: 'carer_money', figure: 86.45 } }, by: 7 }],
  ],
  [
    'a bound that is not let in is missed by nothing',
    { 'child.age': 16 },
    'dla',
    [{ fact: 'child.age', is: 16, needs: { under: 16 }, by: 0 }],
  ],
  [
    'a fact that does not apply',
    { 'child.age': 17 },
    'carer-money',
    [{ fact: 'child.dla', is: null, needs: { in: ['high'] } }],
  ],
  [
    'what must not be',
    { 'carer.benefits': ['uc'] },
    'carer-money',
    [{ fact: 'carer.benefits', is: ['uc'], needs: { not: { has_any: ['uc'] } } }],
  ],
])('%s', async (_, facts, id, because) => {
  const { lines } = await assess(jsonLines({ facts: { ...base, ...facts }, date: day }));
  expect(lines[0].ruled_out).toContainEqual({ id, because });
});

test('not sure and rather not say rule nothing out', async () => {
  const { lines } = await assess(
    jsonLines({ facts: { ...base, 'child.dla': 'not_sure', 'carer.pay': 'rather_not_say' }, date: day }),
  );
  expect(lines[0].may).toEqual([{ id: 'carer-money', missing: ['child.dla', 'carer.pay'] }]);
});

test('the date decides the rates', async () => {
  const line = jsonLines({ facts: base, date: '2027-06-01' }, { facts: base });
  const { lines } = await assess(line, ['--date', day]);
  expect(lines[0].may).toEqual([{ id: 'carer-money', missing: [] }]);
  expect(lines[1].qualifies).toEqual(['carer-money', 'dla']);
});

test('several children: the family, and each of them', async () => {
  const { lines } = await assess(
    jsonLines({
      facts: { ...base, 'child.age': 17 },
      children: [{ 'child.age': 3, 'child.dla': 'none' }],
      date: day,
    }),
  );
  expect(lines[0]).toMatchObject({ qualifies: ['dla'], later: [{ id: 'carer-money', after: ['dla'] }] });
  expect(lines[0].children).toHaveLength(2);
  expect(lines[0].children[0].ruled_out.map((one: { id: string }) => one.id)).toEqual(['carer-money', 'dla']);
  expect(lines[0].children[1]).toMatchObject({ qualifies: ['dla'], ruled_out: [] });
});

test('a bad line is answered in its place and the rest goes on', async () => {
  const bad: [unknown, string, string][] = [
    ['{"facts":', 'not_json', 'the line is not JSON'],
    [[1], 'not_an_object', 'must be a JSON object'],
    [{ fact: {} }, 'no_facts', '"facts" must be an object'],
    [{ facts: { 'child.agee': 7 } }, 'unknown_fact', 'did you mean "child.age"?'],
    [{ facts: { 'child.dla': 'hihg' } }, 'bad_value', 'did you mean "high"?'],
    [{ facts: { 'child.age': 'seven' } }, 'bad_value', 'a number from 0 to 25'],
    [{ facts: { 'child.age': null } }, 'bad_value', 'leave it out'],
    [{ facts: { 'carer.benefits': ['none', 'uc'] } }, 'bad_value', 'none must stand alone'],
    [{ facts: { 'carer.benefits': [] } }, 'bad_value', 'at least one of'],
    [{ facts: {}, date: 'today' }, 'bad_date', 'a day like'],
    [{ facts: {}, children: {} }, 'bad_children', 'a list of objects'],
    [{ facts: {}, children: [{ 'carer.pay': 3 }] }, 'not_of_a_child', '"carer.pay" of child 2'],
    [{ facts: {}, children: Array(12).fill({}) }, 'too_many_children', 'at most 12'],
  ];
  const { lines, code } = await assess(jsonLines(...bad.map(([line]) => line), '', { facts: {} }));
  expect(code).toBe(1);
  expect(lines).toHaveLength(bad.length + 1);
  bad.forEach(([, code, message], i) => {
    expect(lines[i]).toEqual({ error: { code, message: expect.stringContaining(message), line: i + 1 } });
  });
  expect(lines.at(-1)).toHaveProperty('may');
});

test('a line is answered before the next one comes', async () => {
  const root = join(import.meta.dirname, '../..');
  const running = spawn(join(root, 'node_modules/.bin/node'), [
    join(root, 'src/cli.ts'),
    '--root',
    madeUpRoot(CONTENT),
    'assess',
  ]);
  for (let i = 0; i < 2; i++) {
    running.stdin.write(jsonLines({ facts: {} }));
    const [answer] = await once(running.stdout, 'data');
    expect(JSON.parse(String(answer))).toHaveProperty('qualifies');
  }
  running.stdin.end();
  expect((await once(running, 'close'))[0]).toBe(0);
});

test('ten thousand lines', async () => {
  const { lines } = await assess(jsonLines({ facts: base, date: day }).repeat(10_000));
  expect(lines).toHaveLength(10_000);
});
