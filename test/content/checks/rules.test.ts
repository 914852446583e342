import fc from 'fast-check';
import { expect, test } from 'vitest';
import { possibleFamilies } from '../../../src/content/checks/possible.ts';
import { rules } from '../../../src/content/checks/rules.ts';
import type { Fact } from '../../../src/engine/facts.ts';
import { factsOf, type Rule } from '../../../src/engine/rules.ts';
import { FALSE, TRUE } from '../../../src/engine/truth.ts';
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
    name: 'a discretionary route that adds nobody',
    changes: when({ 'carer.hours': { at_least: 20 } }, { may_when: { 'carer.hours': { at_least: 35 } } }),
    finds: ['fault carer-money.yaml may_when: this adds nobody'],
  },
  {
    name: 'a discretionary route for anyone is no fault',
    changes: when(
      { 'carer.hours': { at_least: 20 } },
      { may_when: { 'household.nation': { in: ['england', 'wales'] } } },
    ),
    finds: [],
  },
  {
    name: 'a part that another part says already',
    changes: when({
      any: [
        { 'child.dla': 'high' },
        { all: [{ 'child.dla': { in: ['low', 'high'] } }, { 'carer.hours': { over: 5 } }] },
      ],
    }),
    finds: ['warning carer-money.yaml - high: the option "high" changes nothing'],
  },
  {
    name: 'of a needless part only the whole is named',
    changes: when({
      any: [
        { all: [{ 'child.dla': 'high' }, { 'carer.hours': { over: 5 } }] },
        {
          all: [
            { 'child.dla': { in: ['low', 'high'] } },
            { 'carer.hours': { over: 10 } },
            { 'child.dla': 'high' },
          ],
        },
      ],
    }),
    finds: ['warning carer-money.yaml - all: part 2 changes nothing'],
  },
  {
    name: 'a condition that the question itself makes needless',
    changes: when({
      all: [
        { 'child.dla': 'high' },
        { any: [{ 'child.age': { under: 16 } }, { 'carer.hours': { over: 5 } }] },
      ],
    }),
    finds: ['fault carer-money.yaml when: the answer to "carer.hours" never changes this rule'],
  },
  {
    name: 'a question that never applies',
    changes: { facts: { ...facts, 'child.dla': { ...dla, only_if: { 'child.age': { over: 25 } } } } },
    finds: ['"child.dla" never applies'],
  },
]);

test('a rule over many facts is settled without looking at all families', () => {
  const any = {
    any: YES_NO.map((fact) => ({ test: { fact: fact.id, op: 'in' as const, options: ['yes'] } })),
  };
  const families = possibleFamilies([any], vocabulary);
  expect([families.come(0, TRUE), families.come(0, FALSE), families.hangsOn(0, 'f7')]).toEqual([
    'yes',
    'yes',
    'yes',
  ]);
});

test('a rule that tells too many families apart is said to be so, and no fault is guessed', () => {
  // Eight options, each tested by itself: which of the 256 mixtures there are is not looked at.
  const options = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const many: Fact = { ...(YES_NO[0] as Fact), id: 'many', type: 'choices', options };
  const all = options.map((option): Rule => ({ test: { fact: 'many', op: 'in', options: [option] } }));
  const facts = new Map([['many', many]]);
  const never: Rule = { all: [...all, { not: all[0] as Rule }] };
  expect(possibleFamilies([never], { ...vocabulary, facts }).come(0, TRUE)).toBe('unsure');
});

test('what a question needs in order to be asked must be possible too', () => {
  const [place, scottish] = YES_NO as [Fact, Fact];
  const facts = new Map([
    ['f0', place],
    ['f1', { ...scottish, onlyIf: { test: { fact: 'f0', op: 'in', options: ['yes'] } } } satisfies Fact],
  ]);
  const rule: Rule = { test: { fact: 'f1', op: 'in', options: ['yes'] } };
  const anywhere = possibleFamilies([rule], { ...vocabulary, facts });
  expect([anywhere.come(0, TRUE), anywhere.hangsOn(0, 'f1'), anywhere.hangsOn(0, 'f0')]).toEqual([
    'yes',
    'yes',
    'yes',
  ]);
  const elsewhere = possibleFamilies([rule], { ...vocabulary, facts }, { f0: ['no'] });
  expect([elsewhere.come(0, TRUE), elsewhere.hangsOn(0, 'f1')]).toEqual(['no', 'no']);
});

test('three options of four can be had at once', () => {
  const options = ['a', 'b', 'c', 'd', 'none'];
  const some: Fact = { ...(YES_NO[0] as Fact), id: 'some', type: 'choices', options, exclusive: ['none'] };
  const has = (option: string): Rule => ({ test: { fact: 'some', op: 'in', options: [option] } });
  const look = (rule: Rule) =>
    possibleFamilies([rule], { ...vocabulary, facts: new Map([['some', some]]) }).come(0, TRUE);
  expect(look({ all: [has('a'), has('b'), has('c'), { not: has('d') }] })).toBe('yes');
  expect(look({ all: [has('a'), has('none')] })).toBe('no');
});

test('without a rate that a rule needs nothing is sure', () => {
  const hours: Fact = { ...(YES_NO[0] as Fact), id: 'hours', type: 'number', options: [] };
  const rule: Rule = { test: { fact: 'hours', op: 'compare', bounds: { over: { rate: 'gone' } } } };
  const facts = new Map([['hours', hours]]);
  expect(possibleFamilies([rule], { facts, rates: [], today: '2026-11-22' }).come(0, TRUE)).toBe('unsure');
});

test('what is found agrees with looking at every family', () => {
  const facts = YES_NO.slice(0, 4).map(
    (fact, i): Fact =>
      i === 0
        ? fact
        : { ...fact, onlyIf: { test: { fact: `f${i - 1}`, op: 'in', options: ['yes'] } }, otherwise: 'no' },
  );
  const small = { ...vocabulary, facts: new Map(facts.map((fact) => [fact.id, fact])) };
  const leaf = fc.nat({ max: 3 }).map((i): Rule => ({ test: { fact: `f${i}`, op: 'in', options: ['yes'] } }));
  const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { depthSize: 'small' },
      leaf,
      tie('rule').map((not): Rule => ({ not: not as Rule })),
      fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((all): Rule => ({ all: all as Rule[] })),
      fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((any): Rule => ({ any: any as Rule[] })),
    ),
  }));
  /** By hand: a question is asked only where the one before it is yes, and is no otherwise. */
  const holds = (of: Rule, yes: readonly boolean[]): boolean => {
    if ('all' in of) return of.all.every((part) => holds(part, yes));
    if ('any' in of) return of.any.some((part) => holds(part, yes));
    if ('not' in of) return !holds(of.not, yes);
    const last = Number(of.test.fact.slice(1));
    return yes.slice(0, last + 1).every((one) => one);
  };
  const all = Array.from({ length: 16 }, (_, n) => [0, 1, 2, 3].map((bit) => (n & (1 << bit)) > 0));
  fc.assert(
    fc.property(rule, (one) => {
      const families = possibleFamilies([one], small);
      const say = (so: boolean) => (so ? 'yes' : 'no');
      expect(families.come(0, TRUE)).toBe(say(all.some((yes) => holds(one, yes))));
      expect(families.come(0, FALSE)).toBe(say(all.some((yes) => !holds(one, yes))));
      for (const id of factsOf(one)) {
        const at = Number(id.slice(1));
        const hangs = all.some((yes) => holds(one, yes) !== holds(one, yes.with(at, !yes[at])));
        expect(families.hangsOn(0, id)).toBe(say(hangs));
      }
    }),
  );
});

const YES_NO = Array.from(
  { length: 20 },
  (_, i): Fact => ({
    id: `f${i}`,
    scope: 'carer',
    type: 'yes_no',
    options: ['yes', 'no'],
    exclusive: [],
    effort: 1,
    sensitive: false,
    background: false,
  }),
);
const vocabulary = {
  facts: new Map(YES_NO.map((fact) => [fact.id, fact])),
  rates: [],
  today: '2026-11-22',
};
