import { type Calendar, NO_CALENDAR } from './calendar.ts';
import { clocksOf, type Entry, wholeRule } from './entries.ts';
import { type Fact, isBackground, sameValue, type Value } from './facts.ts';
import { figuresOn, type Rate } from './rates.ts';
import { ALWAYS, compileTest, factsOf, type Rule, supportersOf, type Test, testsOf } from './rules.ts';
import { Standings } from './standings.ts';

/** A rule made ready: a leaf is the index of a distinct test, so that a test that many rules share runs once. */
export type Node =
  | { readonly kind: 'test'; readonly test: number }
  | { readonly kind: 'all'; readonly parts: readonly Node[] }
  | { readonly kind: 'any'; readonly parts: readonly Node[] }
  | { readonly kind: 'not'; readonly part: Node };

export interface ModelFact {
  readonly fact: Fact;
  readonly index: number;
  readonly onlyIf?: Node;
  /** Indexes of the facts that decide whether this one applies. */
  readonly dependsOn: readonly number[];
  /** Indexes of the facts that hang on this one, in the model's order. */
  readonly dependents: readonly number[];
  /** Indexes of the tests on this fact. */
  readonly tests: readonly number[];
}

export interface ModelEntry {
  readonly entry: Entry;
  readonly index: number;
  readonly rule: Node;
  /** The discretionary route, with the nations. */
  readonly mayRule?: Node;
  readonly held?: Node;
  /** Whether any child fact decides it: then each child has an outcome of their own. */
  readonly perChild: boolean;
  /** Indexes of the tests by which something that a family tells us, beyond who it is, can speak for it. */
  readonly supporters: readonly number[];
  /**
   * Tests whose facts settle something whenever the entry misses them, so that nobody needs to try: each fact stands in
   * the rule once, no other fact of the rule hangs on it, and it is not what tells that they have it already.
   */
  readonly settlers: readonly { readonly fact: number; readonly test: number }[];
  /** Indexes of the date facts that its clocks run from. */
  readonly clockFacts: readonly number[];
  /** Indexes of all its date facts, also of those that only move a stage: somebody else's time, not theirs. */
  readonly dateFacts: readonly number[];
  /** Indexes of all tests that its outcome can depend on: those of its rules, and those that decide whether their facts apply. */
  readonly hangsOn: readonly number[];
  /** Indexes of the facts behind these tests that could change by being granted another entry. */
  readonly grantable: readonly number[];
  /** What could open this entry: being granted `giver` could bring one of `grants` (indexes into the model's). */
  readonly openedBy: readonly { readonly giver: number; readonly grants: readonly number[] }[];
}

export interface ModelTest {
  readonly test: Test;
  /** Whether passing it says who the family is rather than what it needs. */
  readonly background: boolean;
  readonly fact: number;
}

/** What being granted an entry can make of a fact. */
export interface Grant {
  readonly fact: number;
  readonly value: Value;
}

/** What depends on the rates of a day. */
export interface Day {
  /** For each test, whether a value passes it; undefined where a rate is not known that day. */
  readonly checks: readonly (((value: Value) => boolean) | undefined)[];
  /** For each fact, how values stand to its tests. */
  readonly standings: readonly Standings[];
  /** Whether a test needs a rate that is not known that day. */
  readonly lacksRates: boolean;
}

/** The vocabulary and the entries, compiled once. Immutable. */
export interface Model {
  readonly facts: readonly ModelFact[];
  readonly factIndex: ReadonlyMap<string, number>;
  /** Fact indexes, a fact after the facts that decide whether it applies. */
  readonly order: readonly number[];
  readonly tests: readonly ModelTest[];
  readonly entries: readonly ModelEntry[];
  /** The entries that another one could open. */
  readonly openable: readonly ModelEntry[];
  /** What being granted some entry could make of a fact. */
  readonly grants: readonly Grant[];
  readonly entryIndex: ReadonlyMap<string, number>;
  /** For each kind of danger, the entries that help, by id. */
  readonly dangers: Readonly<Record<string, readonly string[]>>;
  /** By which clocks count working days. */
  readonly calendar: Calendar;
  /** @returns what the model knows on that day, the same object each time. */
  readonly on: (date: string) => Day;
  /** @returns the rates that have a figure on that day, by id. */
  readonly figuresOn: (date: string) => ReadonlyMap<string, number>;
}

/**
 * Compiles the vocabulary and the entries.
 * @throws Error where `only_if` goes in a circle or names a fact that does not exist. The content checks report
 *   both in plain words before it comes to this.
 */
export function compileModel(
  facts: readonly Fact[],
  entries: readonly Entry[],
  rates: readonly Rate[],
  dangers: Model['dangers'] = {},
  calendar: Calendar = NO_CALENDAR,
): Model {
  const factIndex = new Map(facts.map((fact, index) => [fact.id, index]));
  const tests: ModelTest[] = [];
  const testIndex = new Map<string, number>();

  const indexOf = (id: string): number => {
    const index = factIndex.get(id);
    if (index === undefined) throw new Error(`no fact "${id}"`);
    return index;
  };
  const isBackgroundTest = (test: Test): boolean =>
    isBackground(facts[indexOf(test.fact)] as Fact, test.op === 'in' ? test.options : undefined);
  const compile = (rule: Rule): Node => {
    if ('all' in rule) return { kind: 'all', parts: rule.all.map(compile) };
    if ('any' in rule) return { kind: 'any', parts: rule.any.map(compile) };
    if ('not' in rule) return { kind: 'not', part: compile(rule.not) };
    const key = JSON.stringify(rule.test);
    let index = testIndex.get(key);
    if (index === undefined) {
      index = tests.length;
      testIndex.set(key, index);
      tests.push({ test: rule.test, fact: indexOf(rule.test.fact), background: isBackgroundTest(rule.test) });
    }
    return { kind: 'test', test: index };
  };

  const conditions = facts.map((fact) => (fact.onlyIf ? compile(fact.onlyIf) : undefined));
  const dependsOn = facts.map((fact) => (fact.onlyIf ? factsOf(fact.onlyIf).map(indexOf) : []));
  const compiled = entries.map((entry) => ({
    rule: compile(wholeRule(entry)),
    mayRule: entry.mayWhen && compile(wholeRule(entry, entry.mayWhen)),
    held: entry.held && compile(wholeRule(entry, entry.held)),
  }));
  const order = dependenciesFirst(facts, dependsOn);
  const dependsOnFact = (index: number, on: number): boolean =>
    (dependsOn[index] as number[]).some((d) => d === on || dependsOnFact(d, on));
  const modelFacts = facts.map((fact, index) => ({
    fact,
    index,
    onlyIf: conditions[index],
    dependsOn: dependsOn[index] as number[],
    dependents: order.filter((other) => dependsOnFact(other, index)),
    tests: tests.flatMap((test, i) => (test.fact === index ? [i] : [])),
  }));

  const grants: Grant[] = [];
  function grantOf(id: string, value: Value): number {
    const fact = indexOf(id);
    const known = grants.findIndex((one) => one.fact === fact && sameValue(one.value, value));
    return known >= 0 ? known : grants.push({ fact, value }) - 1;
  }

  const modelEntries = entries.map((entry, index): ModelEntry => {
    const rule = wholeRule(entry);
    const named = [...new Set([...factsOf(rule), ...factsOf(entry.mayWhen ?? ALWAYS)])];
    const heldFacts = heldFactsOf(entry);
    const hangsOn = testsBehind(index);
    const behind = [...new Set(hangsOn.map((test) => (tests[test] as ModelTest).fact))];
    const openedBy = entries.flatMap((giver, g) =>
      g === index
        ? []
        : Object.entries(giver.gives)
            .filter(([given]) => named.some((id) => reaches(id, (fact) => fact.id === given)))
            .map(([fact, values]) => ({ giver: g, grants: values.map((value) => grantOf(fact, value)) })),
    );
    const given = openedBy.flatMap((one) => one.grants.map((grant) => (grants[grant] as Grant).fact));
    return {
      entry,
      index,
      ...(compiled[index] as (typeof compiled)[number]),
      settlers: settlersOf(rule, named, entry),
      clockFacts: datesOf(entry.clocks),
      dateFacts: datesOf(clocksOf(entry)),
      hangsOn,
      grantable: behind.filter((fact) => given.some((on) => on === fact || dependsOnFact(fact, on))),
      perChild: [...named, ...heldFacts].some((id) => reaches(id, (fact) => fact.scope === 'child')),
      supporters: supportersOf(rule)
        .filter((test) => !isBackgroundTest(test))
        .map((test) => testIndex.get(JSON.stringify(test)) as number),
      openedBy,
    };
  });

  function datesOf(clocks: Entry['clocks']): number[] {
    return [...new Set(clocks.map(({ from }) => indexOf(from)))];
  }

  /** What somebody has in one nation, they do not have in another. */
  function heldFactsOf(entry: Entry): string[] {
    return entry.held ? factsOf(wholeRule(entry, entry.held)) : [];
  }

  function settlersOf(rule: Rule, named: readonly string[], entry: Entry): ModelEntry['settlers'] {
    const own = testsOf(rule);
    if (entry.mayWhen || own.length > named.length) return [];
    return own.flatMap((one) => {
      const fact = indexOf(one.fact);
      // Another fact that hangs on it, or that they have it already, could make all answers come to the same.
      const elsewhere = [...named.filter((id) => id !== one.fact), ...heldFactsOf(entry)];
      if (elsewhere.some((id) => reaches(id, (other) => other.id === one.fact))) return [];
      return [{ fact, test: testIndex.get(JSON.stringify(one)) as number }];
    });
  }

  /** The tests of an entry's rules, and of what decides whether their facts apply. */
  function testsBehind(index: number): number[] {
    const found = new Set<number>();
    const visit = (node: Node): void => {
      if (node.kind === 'not') visit(node.part);
      else if (node.kind !== 'test') node.parts.forEach(visit);
      else if (!found.has(node.test)) {
        found.add(node.test);
        const condition = conditions[(tests[node.test] as ModelTest).fact];
        if (condition) visit(condition);
      }
    };
    const { rule, mayRule, held } = compiled[index] as (typeof compiled)[number];
    for (const node of [rule, mayRule, held]) if (node) visit(node);
    return [...found];
  }

  function reaches(id: string, is: (fact: Fact) => boolean): boolean {
    const index = indexOf(id);
    return (
      is(facts[index] as Fact) ||
      (dependsOn[index] as number[]).some((d) => reaches((facts[d] as Fact).id, is))
    );
  }

  const days = new Map<string, Day>();
  const dayOf = (date: string): Day => {
    let day = days.get(date);
    if (!day) {
      const figures = figuresOn(rates, date);
      const checks = tests.map(({ test }) => compileTest(test, figures));
      const standings = modelFacts.map((fact) => new Standings(fact.tests.map((test) => checks[test])));
      day = { checks, standings, lacksRates: checks.includes(undefined) };
      if (days.size > 30) days.clear();
      days.set(date, day);
    }
    return day;
  };

  return {
    facts: modelFacts,
    factIndex,
    order,
    tests,
    entries: modelEntries,
    openable: modelEntries.filter(({ openedBy }) => openedBy.length > 0),
    grants,
    entryIndex: new Map(entries.map((entry, index) => [entry.id, index])),
    dangers,
    calendar,
    on: dayOf,
    figuresOn: (date) => figuresOn(rates, date),
  };
}

function dependenciesFirst(facts: readonly Fact[], dependsOn: readonly (readonly number[])[]): number[] {
  const order: number[] = [];
  const state = new Uint8Array(facts.length);
  const visit = (index: number): void => {
    if (state[index] === 2) return;
    if (state[index] === 1) throw new Error(`only_if of "${facts[index]?.id}" goes in a circle`);
    state[index] = 1;
    for (const d of dependsOn[index] as readonly number[]) visit(d);
    state[index] = 2;
    order.push(index);
  };
  for (let i = 0; i < facts.length; i++) visit(i);
  return order;
}
