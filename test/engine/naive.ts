/**
 * The engine's meaning said a second time, as plainly as it can be and without its code: the property tests compare
 * the two. Slow on purpose: no compiled rules, no indexes, no short cuts.
 */

import { type Entry, wholeRule } from '../../src/engine/entries.ts';
import type { Answer, Fact, Value } from '../../src/engine/facts.ts';
import type { Bound, Rule, Test } from '../../src/engine/rules.ts';
import type { World } from './arbitraries.ts';

/** true, false, or null for unknown. */
export type Maybe = boolean | null;
/** The facts that are known: their value, or undefined for one that does not apply and has no `otherwise`. */
export type Known = ReadonlyMap<string, Value | undefined>;
/** Answers of one child and the family around it, by fact id. */
export type Told = ReadonlyMap<string, Answer>;

export function kleene(rule: Rule, leaf: (test: Test) => Maybe): Maybe {
  if ('test' in rule) return leaf(rule.test);
  if ('not' in rule) {
    const part = kleene(rule.not, leaf);
    return part === null ? null : !part;
  }
  const parts = ('all' in rule ? rule.all : rule.any).map((part) => kleene(part, leaf));
  if ('all' in rule) return parts.includes(false) ? false : parts.includes(null) ? null : true;
  return parts.includes(true) ? true : parts.includes(null) ? null : false;
}

/** The truth of one test; a rate that is not known that day leaves it unknown. */
export function holds(world: World, test: Test, known: Known): Maybe {
  if (!known.has(test.fact)) return null;
  const value = known.get(test.fact);
  if (test.op === 'in') {
    if (value === undefined) return false;
    return (Array.isArray(value) ? value : [value]).some((one) => test.options.includes(String(one)));
  }
  const { bounds } = test;
  const limits = Object.values(bounds).map((bound) => limitOf(world, bound));
  if (limits.includes(undefined)) return null;
  if (value === undefined) return false;
  const { at_least, at_most, over, under } = bounds;
  const limit = (bound: Bound): number => limitOf(world, bound) as number;
  if (at_least !== undefined && Number(value) < limit(at_least)) return false;
  if (at_most !== undefined && Number(value) > limit(at_most)) return false;
  if (over !== undefined && Number(value) <= limit(over)) return false;
  return under === undefined || Number(value) < limit(under);
}

function limitOf(world: World, bound: Bound): number | undefined {
  if (typeof bound === 'number') return bound;
  const rate = world.rates.find(({ id }) => id === bound.rate);
  if (!rate || world.date > rate.until) return undefined;
  return rate.values.filter(({ from }) => from <= world.date).at(-1)?.figure;
}

export function truth(world: World, rule: Rule, known: Known): Maybe {
  return kleene(rule, (test) => holds(world, test, known));
}

/**
 * What is known: answers of facts that apply or may apply, `otherwise` for those that do not.
 * @param before what is known today, if this is some day when more was granted: what did not apply and nobody told of
 *   stays as it is
 */
export function knownFrom(world: World, told: Told, before?: Known): Map<string, Value | undefined> {
  const known = new Map<string, Value | undefined>();
  const seen = new Set<string>();
  const visit = (fact: Fact): void => {
    if (seen.has(fact.id)) return;
    seen.add(fact.id);
    if (fact.onlyIf) {
      for (const other of world.facts)
        if (JSON.stringify(fact.onlyIf).includes(`"${other.id}"`)) visit(other);
      if (truth(world, fact.onlyIf, known) === false) {
        known.set(fact.id, fact.otherwise);
        return;
      }
    }
    const answer = told.get(fact.id);
    if (answer && 'value' in answer) known.set(fact.id, answer.value);
    else if (before && isOff(world, fact, before)) known.set(fact.id, fact.otherwise);
  };
  world.facts.forEach(visit);
  return known;
}

/** Whether a fact surely does not apply, as far as is known. */
export function isOff(world: World, fact: Fact, known: Known): boolean {
  return fact.onlyIf !== undefined && truth(world, fact.onlyIf, known) === false;
}

/** Answers without those to questions that do not apply: what one family could have told. */
export function consistent(world: World, told: Told): Map<string, Answer> {
  const known = knownFrom(world, told);
  return new Map([...told].filter(([id]) => !isOff(world, factOf(world, id), known)));
}

/** Whether neither the rule nor the case-by-case rule can hold. */
export function isClosed(world: World, entry: Entry, known: Known): boolean {
  return routes(entry).every((rule) => truth(world, rule, known) === false);
}

/** The rule of an entry, and the one by which somebody decides case by case. */
export function routes(entry: Entry): Rule[] {
  return [wholeRule(entry), ...(entry.mayWhen ? [wholeRule(entry, entry.mayWhen)] : [])];
}

export type Kind = 'qualifies' | 'may' | 'later' | 'held' | 'ruled_out';

/** Of a fact that holds several options, a grant is one more; "none of these" then no longer stands. */
function granting(world: World, id: string, known: Known, value: Value): Value {
  const fact = factOf(world, id);
  if (fact.type !== 'choices') return value;
  const before = known.get(id);
  const kept = Array.isArray(before) ? before.filter((one) => !fact.exclusive.includes(one)) : [];
  return [...kept, ...(Array.isArray(value) ? value : [String(value)])];
}

/** The outcome of each entry for one child. */
export function outcomes(world: World, told: Told): Kind[] {
  const known = knownFrom(world, told);
  const kindOf = (entry: Entry, facts: Known): Kind => {
    if (entry.held && truth(world, wholeRule(entry, entry.held), facts) === true) return 'held';
    if (truth(world, wholeRule(entry), facts) === true) return 'qualifies';
    return isClosed(world, entry, facts) ? 'ruled_out' : 'may';
  };
  const kinds = world.entries.map((entry) => kindOf(entry, known));
  const opens = (giver: number, taker: number): boolean =>
    Object.entries(world.entries[giver]?.gives ?? {}).some(
      ([id, values]) =>
        !isOff(world, factOf(world, id), known) &&
        values.some((value) => {
          const granted = knownFrom(
            world,
            new Map([...told, [id, { value: granting(world, id, known, value) }]]),
            known,
          );
          return ['qualifies', 'may'].includes(kindOf(world.entries[taker] as Entry, granted));
        }),
    );
  for (let again = true; again; ) {
    again = false;
    kinds.forEach((kind, taker) => {
      if (kind !== 'ruled_out') return;
      const open = kinds.some(
        (other, giver) => giver !== taker && other !== 'ruled_out' && other !== 'held' && opens(giver, taker),
      );
      if (!open) return;
      kinds[taker] = 'later';
      again = true;
    });
  }
  return kinds;
}

/** Every way to fill in what was not told so that one family could have told it all; at most `limit` are tried. */
export function* completions(
  world: World,
  told: Told,
  valuesOf: (fact: Fact) => readonly Value[],
): Generator<Known> {
  const silent = world.facts.filter(({ id }) => {
    const answer = told.get(id);
    return !answer || 'silence' in answer;
  });
  const answered = [...told].filter(([, answer]) => 'value' in answer);
  function* fill(index: number, so: Map<string, Answer>): Generator<Known> {
    const fact = silent[index];
    if (!fact) {
      const known = knownFrom(world, so);
      if (answered.every(([id]) => !isOff(world, factOf(world, id), known))) yield known;
      return;
    }
    for (const value of valuesOf(fact)) yield* fill(index + 1, new Map([...so, [fact.id, { value }]]));
  }
  yield* fill(0, new Map(answered));
}

export function factOf(world: World, id: string): Fact {
  return world.facts.find((fact) => fact.id === id) as Fact;
}

/** Each test of a rule with whether it stands under an even number of `not`s. */
export function polarities(rule: Rule, positive = true): { test: Test; positive: boolean }[] {
  if ('test' in rule) return [{ test: rule.test, positive }];
  if ('not' in rule) return polarities(rule.not, !positive);
  return ('all' in rule ? rule.all : rule.any).flatMap((part) => polarities(part, positive));
}
