import { expect, test } from 'vitest';
import { rules } from '../../../src/content/checks/rules.ts';
import { truthTable } from '../../../src/content/checks/truth-table.ts';
import type { Fact } from '../../../src/engine/facts.ts';
import { table } from './table.ts';

const age = {
  scope: 'child',
  type: 'age',
  max: 25,
  options: undefined,
  labels: undefined,
  said: 'Your child is {{value}}.',
};
const dla = {
  scope: 'child',
  type: 'choice',
  options: ['none', 'low', 'high'],
  only_if: { 'child.age': { under: 16 } },
  otherwise: 'none',
};
const benefits = { scope: 'carer', type: 'choices', options: ['uc', 'pip', 'none'], exclusive: ['none'] };
const facts = { 'child.age': age, 'child.dla': dla, 'carer.benefits': benefits };
const when = (rule: object, more: object = {}) => ({
  facts,
  entries: { 'carer-money': { when: rule, ...more } },
});

table(rules, [
  {
    name: 'conditions that exclude each other',
    changes: when({ all: [{ 'carer.hours': { over: 35 } }, { 'carer.hours': { under: 20 } }] }),
    finds: ['fault carer-money.yaml when: no family in these nations can satisfy this rule'],
  },
  {
    name: 'a fact that does not apply where the rule needs it',
    changes: when({ all: [{ 'child.age': { at_least: 16 } }, { 'child.dla': 'high' }] }),
    finds: ['no family in these nations can satisfy this rule'],
  },
  {
    name: 'what a fact is otherwise can satisfy a rule',
    changes: when({ all: [{ 'child.age': { at_least: 16 } }, { 'carer.hours': { over: 1 } }] }),
    finds: [],
  },
  {
    name: 'a nation that the entry does not have',
    changes: when({ 'household.nation': 'scotland' }),
    finds: ['no family in these nations can satisfy this rule'],
  },
  {
    name: 'a nation that the entry says already',
    changes: when({
      all: [{ 'household.nation': { in: ['england', 'wales'] } }, { 'carer.hours': { over: 1 } }],
    }),
    finds: ['the answer to "household.nation" never changes this rule'],
  },
  {
    name: 'a rule that holds for all',
    changes: when({ any: [{ 'carer.hours': { at_least: 35 } }, { 'carer.hours': { under: 40 } }] }),
    finds: ['this rule holds for every family'],
  },
  {
    name: 'a fact that never matters',
    changes: when({
      any: [
        { 'carer.hours': { at_least: 35 } },
        { all: [{ 'carer.hours': { at_least: 40 } }, { 'child.age': { under: 5 } }] },
      ],
    }),
    finds: ['the answer to "child.age" never changes this rule'],
  },
  {
    name: 'ages between two birthdays count',
    changes: when({ 'child.age': { over: 2, under: 3 } }),
    finds: [],
  },
  {
    name: 'two benefits at once can be had, nothing beside "none" cannot',
    changes: {
      ...when({ all: [{ 'carer.benefits': { has: 'uc' } }, { 'carer.benefits': { has: 'pip' } }] }),
      entries: {
        'carer-money': {
          when: { all: [{ 'carer.benefits': { has: 'uc' } }, { 'carer.benefits': { has: 'pip' } }] },
        },
        other: {
          when: { all: [{ 'carer.benefits': { has: 'uc' } }, { 'carer.benefits': { has: 'none' } }] },
        },
      },
    },
    finds: ['fault other.yaml when: no family'],
  },
  {
    name: 'a bound that is a rate',
    changes: when({
      all: [{ 'carer.hours': { over: { rate: 'carer_money' } } }, { 'carer.hours': { under: 87 } }],
    }),
    finds: [],
  },
  {
    name: 'an entry that everyone who could have it has',
    changes: when({ 'carer.hours': { at_least: 35 } }, { held: { 'carer.hours': { at_least: 20 } } }),
    finds: ['no family can reach this entry'],
  },
  {
    name: 'a question that never applies',
    changes: { facts: { ...facts, 'child.dla': { ...dla, only_if: { 'child.age': { over: 25 } } } } },
    finds: ['"child.dla" never applies'],
  },
]);

test('a rule with too many combinations is sampled, the same way each time', () => {
  const many = Array.from({ length: 20 }, (_, i) => `f${i}`);
  const facts = new Map(
    many.map((id): [string, Fact] => [
      id,
      {
        id,
        scope: 'carer',
        type: 'yes_no',
        options: ['yes', 'no'],
        exclusive: [],
        effort: 1,
        sensitive: false,
        background: false,
      },
    ]),
  );
  const rule = { any: many.map((fact) => ({ test: { fact, op: 'in' as const, options: ['yes'] } })) };
  const look = () => truthTable(rule, facts, [], '2026-11-22');
  expect(look()).toMatchObject({ complete: false, canHold: true });
  expect(look()).toEqual(look());
});
