import { expect, test } from 'vitest';
import { exerciseOf, type TriedFamily } from '../../src/content/exercise.ts';
import { madeUp, TODAY } from './made-up.ts';

const contentNow = () =>
  madeUp({
    facts: {
      'child.dla': { scope: 'child', type: 'choice', options: ['none', 'low', 'high'] },
    },
    entries: {
      'carer-money': { when: { 'carer.hours': { at_least: 35 } }, held: { 'child.dla': 'high' } },
      anybody: { when: undefined },
      'may-be': { nations: ['scotland'], when: undefined, may_when: { 'child.dla': 'low' } },
    },
  }).content;

const family = (fields: Partial<TriedFamily> & { told?: object; children?: object[] }): TriedFamily => ({
  name: 'a family',
  topics: ['money'],
  date: TODAY,
  outcomes: {},
  ...fields,
  answers: {
    family: values({ 'household.nation': 'england', ...fields.told }),
    children: (fields.children ?? [{}]).map(values),
  },
});
const values = (told: object) =>
  Object.fromEntries(Object.entries(told).map(([fact, value]) => [fact, { value }]));

test('nobody exercises nothing', () => {
  expect(exerciseOf(contentNow(), [])).toMatchObject({
    families: 0,
    // Two sides of one condition in `when`, one in `held` and one in `may_when`.
    branches: { total: 6, exercised: 0, share: 0 },
    options: { total: 7, exercised: 0 },
    questions: { total: 3, exercised: 0, missing: ['household.nation', 'carer.hours', 'child.dla'] },
    entries: {
      total: 2,
      exercised: 0,
      missing: [
        { entry: 'carer-money', lacks: 'both' },
        { entry: 'may-be', lacks: 'both' },
      ],
    },
  });
});

test('a branch, an option, a question and an entry count once a family comes by', () => {
  const found = exerciseOf(contentNow(), [
    family({ told: { 'carer.hours': 40 }, outcomes: { 'carer-money': 'qualifies' } }),
    family({ told: { 'carer.hours': 10 }, children: [{ 'child.dla': 'none' }, { 'child.dla': 'high' }] }),
  ]);
  expect(found.branches.missing).toEqual([
    // Nobody came from Scotland, so what is there in Scotland only was not tried.
    { entry: 'may-be', rule: 'mayWhen', fact: 'child.dla', never: 'holds' },
    { entry: 'may-be', rule: 'mayWhen', fact: 'child.dla', never: 'fails' },
  ]);
  expect(found.options.missing).toEqual([
    'household.nation: wales',
    'household.nation: scotland',
    'household.nation: northern_ireland',
    'child.dla: low',
  ]);
  expect(found.options.share).toBe(0.42);
  expect(found.entries.missing).toEqual([
    { entry: 'carer-money', lacks: 'one that is ruled out' },
    { entry: 'may-be', lacks: 'both' },
  ]);
});

test('what is not known exercises no side of a condition, and an earlier day has its own figures', () => {
  const dated = madeUp({
    entries: { 'carer-money': { when: { 'carer.hours': { over: { rate: 'carer_money' } } } } },
  }).content;
  const rate = (date: string) =>
    exerciseOf(dated, [family({ told: { 'carer.hours': 90 }, date })]).branches.exercised;
  expect([rate(TODAY), rate('2020-01-01')]).toEqual([1, 0]);
  expect(exerciseOf(dated, [family({})]).branches.exercised).toBe(0);
});

test('two outcomes are enough: one that fits, one that is ruled out', () => {
  const stated = (...kinds: string[]) =>
    exerciseOf(
      contentNow(),
      kinds.map((kind) => family({ outcomes: { 'may-be': kind } })),
    ).entries.missing.find(({ entry }) => entry === 'may-be')?.lacks;
  expect(stated('may', 'ruled_out')).toBeUndefined();
  expect(stated('qualifies', 'ruled_out')).toBeUndefined();
  expect(stated('held', 'later', 'ruled_out')).toBe('one that fits');
  expect(stated('may')).toBe('one that is ruled out');
});
