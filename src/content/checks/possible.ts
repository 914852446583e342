import {
  type Answers,
  KNOWN,
  NOT_ASKED,
  readState,
  type State,
  truthOf,
  undecided,
} from '../../engine/assess.ts';
import type { Answer, Fact, Value } from '../../engine/facts.ts';
import { compileModel, type Model, type ModelFact, type Node } from '../../engine/model.ts';
import { tellingValues } from '../../engine/questions.ts';
import { figuresOn, type Rate } from '../../engine/rates.ts';
import { factsOf, type Rule } from '../../engine/rules.ts';
import { FALSE, TRUE, type Truth, UNKNOWN } from '../../engine/truth.ts';

/** What rules are about, on a day. */
export interface Vocabulary {
  readonly facts: ReadonlyMap<string, Fact>;
  readonly rates: readonly Rate[];
  /** "YYYY-MM-DD": decides the rates. */
  readonly today: string;
}

/** Whether there can be such a family. `unsure` where there were too many to look at all. */
export type Possible = 'yes' | 'no' | 'unsure';

/** All families that some rules can tell apart. */
export interface PossibleFamilies {
  /** The facts that the rules name, and those that decide whether these apply. */
  readonly facts: readonly string[];
  /** Whether any of them makes a rule true, or false. @param rule its place in the list */
  readonly come: (rule: number, truth: typeof TRUE | typeof FALSE) => Possible;
  /** Whether any two of them that differ in the answer to this fact alone differ in the rule. */
  readonly hangsOn: (rule: number, fact: string) => Possible;
  /** Answers of a family that makes a rule true, if one was found. */
  readonly example: (rule: number) => Answers | undefined;
}

/** As many steps as a search takes before it gives up. */
const MOST_STEPS = 20_000;
/** Options of a `choices` fact that tests tell apart in more ways than this are not tried in every mixture. */
const MOST_KINDS = 7;

/**
 * Searches all families that can be told apart by some rules, and by what decides whether their facts apply. A branch
 * is left as soon as the rule is settled, so that few are looked at: the answers are exact all the same.
 * @param only values that a fact is known to have here: the nations of an entry
 */
export function possibleFamilies(
  rules: readonly Rule[],
  { facts, rates, today }: Vocabulary,
  only: Readonly<Record<string, readonly Value[]>> = {},
): PossibleFamilies {
  // A model of nothing but these rules: reading a state costs only the facts that they name.
  const model = modelOf(rules, facts, rates);
  const nodeOf = (rule: number): Node => (model.entries[rule] as Model['entries'][number]).rule;
  // Without a rate that a test needs nothing can be said for sure.
  let whole = !model.on(today).lacksRates;
  const values = model.facts.map(({ fact }, i) => {
    const known = only[fact.id];
    if (known) return known;
    const kinds = valuesFor(model, i, rates, today);
    whole &&= kinds.whole;
    return kinds.list;
  });
  const read = (family: Family): State => readState(model, answersOf(model, family), 0, today);

  let steps = 0;
  /** Goes through the families until one is found; each is a list of its variants, told apart by one fact. */
  function find(
    node: Node,
    family: Family,
    judge: (states: readonly State[]) => Truth,
    variants: (family: Family) => readonly Family[],
  ): Family | undefined {
    const states = variants(family).map(read);
    const truth = judge(states);
    if (truth === TRUE) return family;
    if (truth === FALSE || steps > MOST_STEPS) return undefined;
    steps++;
    const fact = nextFact(model, node, states);
    if (fact === undefined) return undefined;
    for (const value of values[fact] as readonly Value[]) {
      const found = find(node, new Map(family).set(fact, value), judge, variants);
      if (found) return found;
    }
    return undefined;
  }
  const search = (...args: Parameters<typeof find>): { found?: Family; possible: Possible } => {
    steps = 0;
    const found = find(...args);
    return { found, possible: found ? 'yes' : whole && steps <= MOST_STEPS ? 'no' : 'unsure' };
  };
  const itself = (family: Family) => [family];
  const coming = (rule: number, wanted: Truth) =>
    search(
      nodeOf(rule),
      new Map(),
      ([state]) => {
        const truth = truthOf(nodeOf(rule), (state as State).truths);
        return truth === UNKNOWN ? UNKNOWN : truth === wanted ? TRUE : FALSE;
      },
      itself,
    );

  return {
    facts: model.facts.map(({ fact }) => fact.id),
    come: (rule, truth) => coming(rule, truth).possible,
    example: (rule) => {
      const { found } = coming(rule, TRUE);
      return found && answersOf(model, found);
    },
    hangsOn: (rule, id) => {
      const fact = model.factIndex.get(id) as number;
      const node = nodeOf(rule);
      const kinds = values[fact] as readonly Value[];
      const differ = (states: readonly State[]): Truth => {
        if (states.some((state) => hasLoose(model, state))) return UNKNOWN;
        const truths = states.map(({ truths }) => truthOf(node, truths));
        if (truths.includes(TRUE) && truths.includes(FALSE)) return TRUE;
        return truths.includes(UNKNOWN) ? UNKNOWN : FALSE;
      };
      return search(node, new Map(), differ, (family) =>
        kinds.map((value) => new Map(family).set(fact, value)),
      ).possible;
    },
  };
}

/** Values by the index of the fact. */
type Family = ReadonlyMap<number, Value>;

function answersOf(model: Model, family: Family): Answers {
  const shared: Record<string, Answer> = {};
  const child: Record<string, Answer> = {};
  for (const [index, value] of family) {
    const { fact } = model.facts[index] as ModelFact;
    (fact.scope === 'child' ? child : shared)[fact.id] = { value };
  }
  return { family: shared, children: [child] };
}

/** @returns the fact to try next: one that the rule waits for, after those that decide whether it applies. */
function nextFact(model: Model, node: Node, states: readonly State[]): number | undefined {
  const wanted = new Set<number>();
  for (const state of states) {
    const want = (rule: Node) => {
      for (const test of undecided(rule, state.truths)) {
        const { fact } = model.tests[test] as Model['tests'][number];
        if (state.status[fact] !== NOT_ASKED || wanted.has(fact)) continue;
        wanted.add(fact);
        const { onlyIf } = model.facts[fact] as ModelFact;
        if (onlyIf) want(onlyIf);
      }
    };
    want(node);
    for (const { index, onlyIf } of model.facts) if (onlyIf && state.status[index] === KNOWN) want(onlyIf);
  }
  return model.order.find((fact) => wanted.has(fact));
}

/** @returns whether an answer counts of which it is not settled yet whether its question applies. */
function hasLoose(model: Model, state: State): boolean {
  return model.facts.some(
    ({ index, onlyIf }) =>
      onlyIf && state.status[index] === KNOWN && truthOf(onlyIf, state.truths) === UNKNOWN,
  );
}

function modelOf(rules: readonly Rule[], facts: ReadonlyMap<string, Fact>, rates: readonly Rate[]): Model {
  const needed = new Map<string, Fact>();
  const need = (id: string): void => {
    const fact = facts.get(id);
    if (!fact || needed.has(id)) return;
    needed.set(id, fact);
    if (fact.onlyIf) for (const decides of factsOf(fact.onlyIf)) need(decides);
  };
  for (const rule of rules) for (const id of factsOf(rule)) need(id);
  const entries = rules.map(
    (when, i) =>
      ({
        id: String(i),
        kind: 'service',
        topics: [],
        nations: ['england', 'wales', 'scotland', 'northern_ireland'],
        reach: 'topic',
        when,
        gives: {},
        worth: 0,
        effort: 1,
        urgent: false,
        clocks: [],
      }) as const,
  );
  return compileModel([...needed.values()], entries, rates);
}

/** @returns values of a fact, one of each kind that the tests of the model tell apart, and whether it is all kinds. */
function valuesFor(
  model: Model,
  index: number,
  rates: readonly Rate[],
  today: string,
): { list: Value[]; whole: boolean } {
  const { fact, tests } = model.facts[index] as ModelFact;
  const checks = model.on(today).checks;
  const kindOf = (value: Value) => tests.map((test) => (checks[test]?.(value) ? '1' : '0')).join('');
  const candidates: Value[] = [...tellingValues(model, index, figuresOn(rates, today))];
  let whole = true;
  if (fact.type === 'choices') {
    // Several options at once can do what none does alone. Options that no test tells apart count as one.
    const together = fact.options.filter((option) => !fact.exclusive.includes(option));
    const apart = [...new Map(together.map((option) => [kindOf([option]), option])).values()];
    whole = apart.length <= MOST_KINDS;
    if (whole) {
      for (let mixture = 1; mixture < 2 ** apart.length; mixture++)
        candidates.push(apart.filter((_, i) => mixture & (1 << i)));
    }
  }
  const byKind = new Map<string, Value>();
  for (const value of candidates) if (!byKind.has(kindOf(value))) byKind.set(kindOf(value), value);
  return { list: [...byKind.values()], whole };
}
