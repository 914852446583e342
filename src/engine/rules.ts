import type { Fact, Value } from './facts.ts';

/** A figure of public policy by its id, resolved on the day of the assessment. */
export interface RateRef {
  readonly rate: string;
}
export type Bound = number | RateRef;

/**
 * One condition on one fact. `in` holds when the value is one of `options` (choice, yes_no) or when the chosen
 * options share one with them (choices). `compare` holds when every given bound holds.
 */
export type Test =
  | { readonly fact: string; readonly op: 'in'; readonly options: readonly string[] }
  | { readonly fact: string; readonly op: 'compare'; readonly bounds: Bounds };

export interface Bounds {
  readonly at_least?: Bound;
  readonly at_most?: Bound;
  readonly over?: Bound;
  readonly under?: Bound;
}

/** A condition over facts and rates, as a tree. */
export type Rule =
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  | { readonly not: Rule }
  | { readonly test: Test };

/** Something wrong in a rule as written, with the way to it from the rule's root. */
export interface RuleFault {
  readonly path: readonly (string | number)[];
  readonly says: string;
  readonly cure: string;
}

const COMPARISONS = ['at_least', 'at_most', 'over', 'under'] as const;
export const ALWAYS: Rule = { all: [] };

/**
 * Reads a rule as it stands in the YAML.
 * @param raw the parsed YAML
 * @param facts the vocabulary, by id
 * @param rates the ids of the rates that exist
 * @returns the rule, and every fault in it; with faults, the rule must not be used.
 */
export function readRule(
  raw: unknown,
  facts: ReadonlyMap<string, Fact>,
  rates: ReadonlySet<string>,
): { rule: Rule; faults: RuleFault[] } {
  const faults: RuleFault[] = [];
  const rule = read(raw, []);
  return { rule, faults };

  function fault(path: RuleFault['path'], says: string, cure: string): Rule {
    faults.push({ path, says, cure });
    return ALWAYS;
  }

  function read(node: unknown, path: (string | number)[]): Rule {
    if (typeof node !== 'object' || node === null || Array.isArray(node)) {
      return fault(
        path,
        'a rule must be a map',
        'write `fact.id: value`, `all: [...]`, `any: [...]` or `not: ...`',
      );
    }
    const parts = Object.entries(node).map(([key, value]) => readPart(key, value, [...path, key]));
    if (parts.length === 0)
      return fault(path, 'the rule is empty', 'leave the rule out if there is no condition');
    return parts.length === 1 ? (parts[0] as Rule) : { all: parts };
  }

  function readPart(key: string, value: unknown, path: (string | number)[]): Rule {
    if (key === 'all' || key === 'any') {
      if (!Array.isArray(value) || value.length === 0) {
        return fault(
          path,
          `\`${key}\` needs a list of rules`,
          `write \`${key}:\` and under it one rule a line, each with "- "`,
        );
      }
      const parts = value.map((part, i) => read(part, [...path, i]));
      return key === 'all' ? { all: parts } : { any: parts };
    }
    if (key === 'not') return { not: read(value, path) };
    const fact = facts.get(key);
    if (!fact)
      return fault(path, `there is no fact "${key}"`, nearest(key, [...facts.keys(), 'all', 'any', 'not']));
    return readTest(fact, value, path);
  }

  function readTest(fact: Fact, value: unknown, path: (string | number)[]): Rule {
    if (fact.type === 'date') return fault(path, 'a rule cannot test a date', 'use a clock for dates');
    if (fact.type === 'place')
      return fault(
        path,
        'a rule cannot test a place',
        "put the entry into the council's folder of knowledge/areas/",
      );
    if (fact.options.length > 0) return readOptions(fact, value, path);
    if (typeof value === 'number') value = { at_least: value, at_most: value };
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return fault(
        path,
        `"${fact.id}" is a ${fact.type}`,
        'compare it: `{ at_least: 35 }`, `at_most`, `over` or `under`',
      );
    }
    if (Object.keys(value).length === 0) {
      return fault(
        path,
        'the comparison is empty',
        'compare it: `{ at_least: 35 }`, `at_most`, `over` or `under`',
      );
    }
    const bounds: Record<string, Bound> = {};
    for (const [op, bound] of Object.entries(value)) {
      if (!(COMPARISONS as readonly string[]).includes(op)) {
        fault([...path, op], `"${op}" is not a comparison`, `use ${COMPARISONS.join(', ')}`);
      } else if (typeof bound === 'number') {
        bounds[op] = bound;
      } else if (typeof bound === 'object' && bound !== null && typeof (bound as RateRef).rate === 'string') {
        const { rate } = bound as RateRef;
        if (!rates.has(rate)) fault([...path, op], `there is no rate "${rate}"`, nearest(rate, [...rates]));
        bounds[op] = { rate };
      } else {
        fault(
          [...path, op],
          'a comparison needs a number or a rate',
          'write `{ at_most: { rate: some_rate } }`',
        );
      }
    }
    if (Object.keys(bounds).length === 0) return ALWAYS;
    return { test: { fact: fact.id, op: 'compare', bounds } };
  }

  function readOptions(fact: Fact, value: unknown, path: (string | number)[]): Rule {
    let wanted: unknown = value;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const [op, ...more] = Object.keys(value);
      const allowed = fact.type === 'choices' ? ['has', 'has_any'] : ['in'];
      if (!op || more.length > 0 || !allowed.includes(op)) {
        return fault(
          path,
          `"${fact.id}" is a ${fact.type} fact`,
          `write \`${fact.id}: { ${allowed[0]}: ... }\``,
        );
      }
      wanted = (value as Record<string, unknown>)[op];
      if (op === 'has' && Array.isArray(wanted))
        return fault(path, '`has` takes one option', 'use `has_any` for a list');
      if (op !== 'has' && !Array.isArray(wanted))
        return fault(path, `\`${op}\` takes a list`, `write \`${op}: [a, b]\``);
    } else if (fact.type === 'choices') {
      return fault(path, `"${fact.id}" can hold several options`, `write \`${fact.id}: { has: option }\``);
    }
    if (Array.isArray(wanted) && wanted.length === 0)
      return fault(path, 'the list is empty', `name at least one of: ${fact.options.join(', ')}`);
    const options = (Array.isArray(wanted) ? wanted : [wanted]).map((o) =>
      o === true ? 'yes' : o === false ? 'no' : o,
    );
    for (const option of options) {
      if (typeof option !== 'string' || !fact.options.includes(option)) {
        fault(path, `"${fact.id}" has no option "${String(option)}"`, nearest(String(option), fact.options));
      }
    }
    return { test: { fact: fact.id, op: 'in', options: options as string[] } };
  }
}

/** @returns a cure that names what was probably meant, or lists what there is. */
export function nearest(word: string, known: readonly string[]): string {
  const close = known.map((k) => ({ k, d: editDistance(word, k) })).sort((a, b) => a.d - b.d);
  const [best] = close;
  if (!best) return 'there is none yet: add it first';
  if (best.d <= Math.max(2, word.length / 3)) return `did you mean "${best.k}"?`;
  if (known.length <= MOST_LISTED) return `use one of: ${known.join(', ')}`;
  const like = close.slice(0, MOST_LIKE).map(({ k }) => k);
  return `use one of the ${known.length} that there are; most like it are ${like.join(', ')}`;
}
const MOST_LISTED = 14;
const MOST_LIKE = 5;

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(
        (row[j] as number) + 1,
        (next[j - 1] as number) + 1,
        (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    }
    row = next;
  }
  return row[b.length] as number;
}

/** @returns each test in the rule, in reading order. */
export function testsOf(rule: Rule): Test[] {
  if ('test' in rule) return [rule.test];
  if ('not' in rule) return testsOf(rule.not);
  return ('all' in rule ? rule.all : rule.any).flatMap(testsOf);
}

/** @returns the tests that speak for the rule where they hold: those that stand under an even number of `not`s. */
export function supportersOf(rule: Rule, negated = false): Test[] {
  if ('test' in rule) return negated ? [] : [rule.test];
  if ('not' in rule) return supportersOf(rule.not, !negated);
  return ('all' in rule ? rule.all : rule.any).flatMap((part) => supportersOf(part, negated));
}

/** @returns the ids of the facts that the rule names, each once, in reading order. */
export function factsOf(rule: Rule): string[] {
  return [...new Set(testsOf(rule).map((test) => test.fact))];
}

/**
 * @param figures the rates of the day
 * @returns a function from a value to whether the test holds, or undefined where a rate it needs is not known that day.
 */
export function compileTest(
  test: Test,
  figures: ReadonlyMap<string, number>,
): ((value: Value) => boolean) | undefined {
  if (test.op === 'in') {
    const { options } = test;
    return (value) =>
      typeof value === 'object'
        ? value.some((id) => options.includes(id))
        : options.includes(value as string);
  }
  const resolve = (bound: Bound | undefined, none: number) =>
    bound === undefined ? none : typeof bound === 'number' ? bound : figures.get(bound.rate);
  const atLeast = resolve(test.bounds.at_least, Number.NEGATIVE_INFINITY);
  const atMost = resolve(test.bounds.at_most, Number.POSITIVE_INFINITY);
  const over = resolve(test.bounds.over, Number.NEGATIVE_INFINITY);
  const under = resolve(test.bounds.under, Number.POSITIVE_INFINITY);
  if (atLeast === undefined || atMost === undefined || over === undefined || under === undefined)
    return undefined;
  return (value) => {
    const n = value as number;
    return n >= atLeast && n <= atMost && n > over && n < under;
  };
}
