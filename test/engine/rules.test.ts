import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/engine/facts.ts';
import {
  compileTest,
  factsOf,
  nearest,
  type Rule,
  type RuleFault,
  readRule,
  supportersOf,
  testsOf,
} from '../../src/engine/rules.ts';
import { ruleOver, runs, worlds } from './arbitraries.ts';

const fact = (id: string, type: Fact['type'], options: readonly string[] = []): [string, Fact] => [
  id,
  { id, scope: 'child', type, options, exclusive: [], effort: 1, sensitive: false, background: false },
];

const facts = new Map([
  fact('child.age', 'age'),
  fact('child.dla_care', 'choice', ['none', 'middle', 'highest']),
  fact('carer.benefits', 'choices', ['uc', 'carers-allowance']),
  fact('carer.student', 'yes_no', ['yes', 'no']),
  fact('carer.earnings', 'money'),
  fact('child.letter_date', 'date'),
]);
const rates = new Set(['earnings_limit']);
const read = (raw: unknown) => readRule(raw, facts, rates);

describe('reading a rule', () => {
  test.each<[string, unknown, Rule]>([
    [
      'an option',
      { 'child.dla_care': 'middle' },
      { test: { fact: 'child.dla_care', op: 'in', options: ['middle'] } },
    ],
    [
      'one of several',
      { 'child.dla_care': { in: ['middle', 'highest'] } },
      { test: { fact: 'child.dla_care', op: 'in', options: ['middle', 'highest'] } },
    ],
    ['yes', { 'carer.student': 'yes' }, { test: { fact: 'carer.student', op: 'in', options: ['yes'] } }],
    [
      'yes as YAML reads it',
      { 'carer.student': true },
      { test: { fact: 'carer.student', op: 'in', options: ['yes'] } },
    ],
    ['no', { 'carer.student': false }, { test: { fact: 'carer.student', op: 'in', options: ['no'] } }],
    [
      'has',
      { 'carer.benefits': { has: 'uc' } },
      { test: { fact: 'carer.benefits', op: 'in', options: ['uc'] } },
    ],
    [
      'has any',
      { 'carer.benefits': { has_any: ['uc', 'carers-allowance'] } },
      { test: { fact: 'carer.benefits', op: 'in', options: ['uc', 'carers-allowance'] } },
    ],
    [
      'two bounds',
      { 'child.age': { at_least: 5, under: 16 } },
      { test: { fact: 'child.age', op: 'compare', bounds: { at_least: 5, under: 16 } } },
    ],
    [
      'a number alone',
      { 'child.age': 7 },
      { test: { fact: 'child.age', op: 'compare', bounds: { at_least: 7, at_most: 7 } } },
    ],
    [
      'a rate',
      { 'carer.earnings': { at_most: { rate: 'earnings_limit' } } },
      { test: { fact: 'carer.earnings', op: 'compare', bounds: { at_most: { rate: 'earnings_limit' } } } },
    ],
    [
      'several facts mean all',
      { 'carer.student': 'no', 'child.dla_care': 'middle' },
      {
        all: [
          { test: { fact: 'carer.student', op: 'in', options: ['no'] } },
          { test: { fact: 'child.dla_care', op: 'in', options: ['middle'] } },
        ],
      },
    ],
    [
      'all, any and not',
      { all: [{ any: [{ 'carer.student': 'no' }] }, { not: { 'child.dla_care': 'none' } }] },
      {
        all: [
          { any: [{ test: { fact: 'carer.student', op: 'in', options: ['no'] } }] },
          { not: { test: { fact: 'child.dla_care', op: 'in', options: ['none'] } } },
        ],
      },
    ],
  ])('%s', (_, raw, rule) => {
    expect(read(raw)).toEqual({ rule, faults: [] });
  });

  test.each<[string, unknown, RuleFault['path'], RegExp, RegExp]>([
    ['a list', [], [], /must be a map/, /all: \[\.\.\.\]/],
    ['a word', 'yes', [], /must be a map/, /fact\.id: value/],
    ['nothing', null, [], /must be a map/, /fact\.id: value/],
    ['an empty rule', {}, [], /empty/, /leave the rule out/],
    ['`all` without a list', { all: { 'child.age': 7 } }, ['all'], /needs a list/, /"- "/],
    ['`any` with an empty list', { any: [] }, ['any'], /needs a list/, /"- "/],
    ['`not` with nothing', { not: null }, ['not'], /must be a map/, /fact\.id: value/],
    [
      'a misspelt fact',
      { 'child.agee': 7 },
      ['child.agee'],
      /no fact "child\.agee"/,
      /did you mean "child\.age"/,
    ],
    [
      'a fact that is far from any',
      { 'household.zzzzzz': 7 },
      ['household.zzzzzz'],
      /no fact/,
      /use one of: child\.age/,
    ],
    ['a misspelt `any`', { ani: [] }, ['ani'], /no fact "ani"/, /did you mean "any"/],
    ['a date', { 'child.letter_date': '2026-11-22' }, ['child.letter_date'], /cannot test a date/, /clock/],
    ['a word for a number', { 'child.age': 'seven' }, ['child.age'], /is a age|is an age/, /at_least/],
    ['a list for a number', { 'child.age': [5, 6] }, ['child.age'], /age/, /at_least/],
    ['a comparison of nothing', { 'child.age': {} }, ['child.age'], /empty/, /at_least/],
    [
      'no comparison',
      { 'child.age': { above: 5 } },
      ['child.age', 'above'],
      /not a comparison/,
      /at_least, at_most, over, under/,
    ],
    [
      'a bound that is a word',
      { 'child.age': { over: 'five' } },
      ['child.age', 'over'],
      /number or a rate/,
      /rate:/,
    ],
    [
      'a bound that is nothing',
      { 'child.age': { over: null } },
      ['child.age', 'over'],
      /number or a rate/,
      /rate:/,
    ],
    [
      'a misspelt rate',
      { 'carer.earnings': { over: { rate: 'earning_limit' } } },
      ['carer.earnings', 'over'],
      /no rate "earning_limit"/,
      /did you mean "earnings_limit"/,
    ],
    [
      'a misspelt option',
      { 'child.dla_care': 'midle' },
      ['child.dla_care'],
      /no option "midle"/,
      /did you mean "middle"/,
    ],
    [
      'an option that is a number',
      { 'child.dla_care': 3 },
      ['child.dla_care'],
      /no option "3"/,
      /none, middle, highest/,
    ],
    [
      'one bad option among good ones',
      { 'child.dla_care': { in: ['none', 'x'] } },
      ['child.dla_care'],
      /no option "x"/,
      /use one of/,
    ],
    [
      '`in` without a list',
      { 'child.dla_care': { in: 'none' } },
      ['child.dla_care'],
      /takes a list/,
      /in: \[a, b\]/,
    ],
    [
      '`in` with an empty list',
      { 'child.dla_care': { in: [] } },
      ['child.dla_care'],
      /list is empty/,
      /none, middle, highest/,
    ],
    [
      '`has` on a choice',
      { 'child.dla_care': { has: 'none' } },
      ['child.dla_care'],
      /is a choice fact/,
      /in: \.\.\./,
    ],
    [
      'two ways at once',
      { 'child.dla_care': { in: ['none'], has: 'x' } },
      ['child.dla_care'],
      /is a choice fact/,
      /in: \.\.\./,
    ],
    ['an empty way', { 'child.dla_care': {} }, ['child.dla_care'], /is a choice fact/, /in: \.\.\./],
    [
      '`in` on choices',
      { 'carer.benefits': { in: ['uc'] } },
      ['carer.benefits'],
      /is a choices fact/,
      /has: \.\.\./,
    ],
    [
      'an option of choices without `has`',
      { 'carer.benefits': 'uc' },
      ['carer.benefits'],
      /several options/,
      /has: option/,
    ],
    ['`has` with a list', { 'carer.benefits': { has: ['uc'] } }, ['carer.benefits'], /one option/, /has_any/],
    [
      '`has_any` without a list',
      { 'carer.benefits': { has_any: 'uc' } },
      ['carer.benefits'],
      /takes a list/,
      /has_any: \[a, b\]/,
    ],
  ])('names %s, with a cure', (_, raw, path, says, cure) => {
    const { faults } = read(raw);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.path).toEqual(path);
    expect(faults[0]?.says).toMatch(says);
    expect(faults[0]?.cure).toMatch(cure);
  });

  test('names every fault at once, each with the way to it', () => {
    const { faults } = read({
      all: [
        { 'child.agee': 7 },
        { not: { any: [{ 'child.dla_care': 'x' }, { 'child.age': { over: 'y' } }] } },
      ],
    });
    expect(faults.map(({ path }) => path)).toEqual([
      ['all', 0, 'child.agee'],
      ['all', 1, 'not', 'any', 0, 'child.dla_care'],
      ['all', 1, 'not', 'any', 1, 'child.age', 'over'],
    ]);
  });

  test('never throws, and without a fault gives a rule over facts that exist', () => {
    const key = fc.constantFrom(
      'all',
      'any',
      'not',
      'in',
      'has',
      'has_any',
      'at_least',
      'rate',
      ...facts.keys(),
    );
    const leaf = fc.constantFrom<unknown>(
      'uc',
      'middle',
      'yes',
      true,
      3,
      null,
      [],
      {},
      ['none'],
      'earnings_limit',
    );
    const { raw } = fc.letrec((tie) => ({
      raw: fc.oneof(
        { maxDepth: 5, withCrossShrink: true },
        leaf,
        fc.dictionary(key, tie('raw'), { maxKeys: 2, noNullPrototype: true }),
        fc.array(tie('raw'), { maxLength: 2 }),
      ),
    }));
    fc.assert(
      fc.property(raw, (written) => {
        const { rule, faults } = read(written);
        for (const { says, cure } of faults) expect(says && cure).toBeTruthy();
        if (faults.length === 0) for (const id of factsOf(rule)) expect(facts.has(id)).toBe(true);
        if (faults.length === 0) expect(testsOf(rule).length).toBeGreaterThan(0);
      }),
      runs(1000),
    );
  });
});

describe('a test', () => {
  const holds = (bounds: object, value: number, figures: [string, number][] = []) =>
    compileTest({ fact: 'child.age', op: 'compare', bounds }, new Map(figures))?.(value);

  test.each([
    [{ at_least: 5 }, 5, true],
    [{ at_least: 5 }, 4.99, false],
    [{ at_most: 5 }, 5, true],
    [{ at_most: 5 }, 5.01, false],
    [{ over: 5 }, 5, false],
    [{ over: 5 }, 5.01, true],
    [{ under: 5 }, 5, false],
    [{ under: 5 }, 4.99, true],
    [{ at_least: 5, under: 16 }, 16, false],
    [{ at_least: 5, under: 16 }, 5, true],
  ])('%j of %d is %s', (bounds, value, truth) => {
    expect(holds(bounds, value)).toBe(truth);
  });

  test('a rate is the figure of the day, and without one there is no test', () => {
    const atLimit = { at_most: { rate: 'earnings_limit' } };
    expect(holds(atLimit, 204, [['earnings_limit', 204]])).toBe(true);
    expect(holds(atLimit, 204.01, [['earnings_limit', 204]])).toBe(false);
    expect(holds(atLimit, 204)).toBeUndefined();
  });

  test('choices share an option, or they do not', () => {
    const has = compileTest({ fact: 'x', op: 'in', options: ['a', 'b'] }, new Map());
    expect([['b', 'c'], ['c'], 'a', 'c'].map((value) => has?.(value))).toEqual([true, false, true, false]);
  });
});

test('what a rule names, once and in reading order; what speaks for it stands under no `not`, or two', () => {
  const rule: Rule = {
    all: [
      { test: { fact: 'b', op: 'in', options: ['1'] } },
      {
        not: {
          any: [
            { test: { fact: 'a', op: 'in', options: ['2'] } },
            { not: { test: { fact: 'c', op: 'in', options: ['3'] } } },
          ],
        },
      },
      { test: { fact: 'b', op: 'in', options: ['4'] } },
    ],
  };
  expect(factsOf(rule)).toEqual(['b', 'a', 'c']);
  expect(testsOf(rule)).toHaveLength(4);
  expect(supportersOf(rule).map(({ fact }) => fact)).toEqual(['b', 'c', 'b']);
  const rules = worlds().chain(({ facts: all, rates: figures }) =>
    ruleOver(
      all.filter(({ type }) => type !== 'date'),
      figures,
    ),
  );
  fc.assert(
    fc.property(rules, (one) => {
      const against = supportersOf({ not: one });
      expect(supportersOf(one).length + against.length).toBe(testsOf(one).length);
      expect(supportersOf({ not: { not: one } })).toEqual(supportersOf(one));
    }),
    runs(200),
  );
});

test('the nearest word is what was probably meant, else the list, else what is most like it', () => {
  expect(nearest('midle', ['none', 'middle'])).toBe('did you mean "middle"?');
  expect(nearest('elephant', ['none', 'middle'])).toBe('use one of: none, middle');
  expect(nearest('elephant', [])).toBe('there is none yet: add it first');
  expect(
    nearest(
      'elephant',
      Array.from({ length: 15 }, (_, i) => `${i}`),
    ),
  ).toMatch(/^use one of the \d+ that there are; most like it are \S+/);
});
