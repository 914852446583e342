import { type Answers, readState, truthOf } from '../../engine/assess.ts';
import type { Answer, Fact, Value } from '../../engine/facts.ts';
import { compileModel, type Model } from '../../engine/model.ts';
import { tellingValues } from '../../engine/questions.ts';
import { figuresOn, type Rate } from '../../engine/rates.ts';
import { factsOf, type Rule } from '../../engine/rules.ts';
import { TRUE } from '../../engine/truth.ts';

/** What a rule does over all families that can be told apart by it. */
export interface TruthTable {
  /** Whether any family makes it true, and whether any does not. */
  readonly canHold: boolean;
  readonly canFail: boolean;
  /** Facts that the rule names whose value never changes its truth. */
  readonly idle: readonly string[];
  /** False where there were too many combinations, so that a sample of them was taken. */
  readonly complete: boolean;
}

/** As many combinations as are looked at one by one. */
const MOST_COMBINATIONS = 20_000;

/**
 * Works out a rule over all values that its tests, and the tests that decide whether its facts apply, can tell apart.
 * @param only values that a fact is known to have here: the nations of the entry
 * @param today decides the rates
 */
export function truthTable(
  rule: Rule,
  facts: ReadonlyMap<string, Fact>,
  rates: readonly Rate[],
  today: string,
  only: Readonly<Record<string, readonly Value[]>> = {},
): TruthTable {
  // A model of nothing but this rule: reading a state costs only the facts that it names.
  const model = modelOf(rule, facts, rates);
  const node = (model.entries[0] as Model['entries'][number]).rule;
  const values = model.facts.map(({ fact }, i) => only[fact.id] ?? valuesFor(model, i, rates, today));
  const named = factsOf(rule);
  const size = values.reduce((product, list) => product * list.length, 1);
  const holds = (at: readonly number[]): boolean =>
    truthOf(node, readState(model, answersAt(model, values, at), 0, today).truths) === TRUE;

  let canHold = false;
  let canFail = false;
  const idle = new Set(named);
  const complete = size <= MOST_COMBINATIONS;
  const cache = new Map<number, boolean>();
  const look = (at: number[]): boolean => {
    const key = complete ? at.reduce((sum, v, i) => sum * (values[i] as Value[]).length + v, 0) : -1;
    const known = cache.get(key);
    if (known !== undefined) return known;
    const truth = holds(at);
    if (complete) cache.set(key, truth);
    return truth;
  };
  for (const at of complete ? combinations(values) : sample(values)) {
    const truth = look(at);
    if (truth) canHold = true;
    else canFail = true;
    for (const id of idle) {
      const i = model.factIndex.get(id) as number;
      for (let v = 0; v < (values[i] as Value[]).length; v++) {
        if (v !== at[i] && look(at.with(i, v)) !== truth) {
          idle.delete(id);
          canHold = true;
          canFail = true;
          break;
        }
      }
    }
    if (canHold && canFail && idle.size === 0) break;
  }
  return { canHold, canFail, idle: [...idle], complete };
}

function modelOf(rule: Rule, facts: ReadonlyMap<string, Fact>, rates: readonly Rate[]): Model {
  const needed = new Map<string, Fact>();
  const need = (id: string): void => {
    const fact = facts.get(id);
    if (!fact || needed.has(id)) return;
    needed.set(id, fact);
    if (fact.onlyIf) for (const decides of factsOf(fact.onlyIf)) need(decides);
  };
  for (const id of factsOf(rule)) need(id);
  const entry = {
    id: 'rule',
    kind: 'service',
    topics: [],
    nations: ['england', 'wales', 'scotland', 'northern_ireland'],
    reach: 'topic',
    when: rule,
    gives: {},
    worth: 0,
    effort: 1,
    urgent: false,
    clocks: [],
  } as const;
  return compileModel([...needed.values()], [entry], rates);
}

/** @returns values of a fact, one of each kind that the tests of the model tell apart. */
function valuesFor(model: Model, index: number, rates: readonly Rate[], today: string): Value[] {
  const { fact, tests } = model.facts[index] as Model['facts'][number];
  const checks = model.checksOn(today);
  const candidates: Value[] = [...tellingValues(model, index)];
  if (fact.type === 'choices') {
    // Several options at once can do what none does alone.
    const together = fact.options.filter((option) => !fact.exclusive.includes(option));
    for (const a of together) for (const b of together) if (a < b) candidates.push([a, b]);
    candidates.push(together);
  } else if (fact.options.length === 0 && fact.type !== 'date') {
    const figures = figuresOn(rates, today);
    const bounds = tests.flatMap((test) => {
      const one = (model.tests[test] as Model['tests'][number]).test;
      return one.op === 'compare' ? Object.values(one.bounds) : [];
    });
    for (const bound of bounds) {
      const figure = typeof bound === 'number' ? bound : figures.get(bound.rate);
      if (figure !== undefined) candidates.push(Math.max(0, figure - 0.5), figure, figure + 0.5);
    }
  }
  const most = fact.max ?? Number.POSITIVE_INFINITY;
  const byKind = new Map<string, Value>();
  for (const value of candidates) {
    if (typeof value === 'number' && value > most) continue;
    const kind = tests.map((test) => (checks[test]?.(value) ? '1' : '0')).join('');
    if (!byKind.has(kind)) byKind.set(kind, value);
  }
  return [...byKind.values()];
}

function answersAt(model: Model, values: readonly (readonly Value[])[], at: readonly number[]): Answers {
  const family: Record<string, Answer> = {};
  const child: Record<string, Answer> = {};
  model.facts.forEach(({ fact }, i) => {
    const value = values[i]?.[at[i] as number];
    if (value !== undefined) (fact.scope === 'child' ? child : family)[fact.id] = { value };
  });
  return { family, children: [child] };
}

function* combinations(values: readonly (readonly Value[])[]): Generator<number[]> {
  const at = values.map(() => 0);
  for (;;) {
    yield [...at];
    let i = values.length - 1;
    while (i >= 0 && (at[i] as number) + 1 >= (values[i] as readonly Value[]).length) at[i--] = 0;
    if (i < 0) return;
    at[i] = (at[i] as number) + 1;
  }
}

/** A fixed seed: the same content has the same faults each time. */
const SEED = 20261122;
const SAMPLES = 5_000;

function* sample(values: readonly (readonly Value[])[]): Generator<number[]> {
  let state = SEED;
  const random = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < SAMPLES; i++) yield values.map((list) => Math.floor(random() * list.length));
}
