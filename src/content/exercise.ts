import { type Answers, readState, type State } from '../engine/assess.ts';
import { type Entry, NATION_FACT } from '../engine/entries.ts';
import { testsOf } from '../engine/rules.ts';
import { type Simulation, simulate } from '../engine/simulate.ts';
import { FALSE, TRUE } from '../engine/truth.ts';
import { possibleFamilies } from './checks/possible.ts';
import { vocabularyOf } from './checks/rules.ts';
import type { Content } from './content.ts';

/** A family of the tests: what they know, and what must come of it. */
export interface TriedFamily {
  readonly name: string;
  readonly topics: readonly string[];
  readonly answers: Answers;
  /** "YYYY-MM-DD" */
  readonly date: string;
  /** What the family says must come of an entry: `qualifies`, `may`, `later`, `held`, `ruled_out`. */
  readonly outcomes: Readonly<Record<string, string>>;
}

/** Of so many things, how many some family exercises. */
export interface Share {
  readonly total: number;
  readonly exercised: number;
  /** From 0 to 1, cut to two decimals, so that 1 means all. */
  readonly share: number;
}

/** What the families exercise of the content, and what none of them does. */
export interface Exercise {
  readonly families: number;
  /** Each condition of each rule, to hold and to fail, for a family in a nation of the entry. */
  readonly branches: Share & {
    readonly missing: readonly {
      readonly entry: string;
      readonly rule: RuleField;
      readonly fact: string;
      readonly never: 'holds' | 'fails';
    }[];
  };
  /** Each option of each question, chosen by a family. As "fact: option". */
  readonly options: Share & { readonly missing: readonly string[] };
  /** Each question, put to a family in a whole conversation. */
  readonly questions: Share & { readonly missing: readonly string[] };
  /**
   * Each entry whose rule can rule out a family of its nations: a family of the tests says that it qualifies or may, and
   * another that it is ruled out.
   */
  readonly entries: Share & { readonly missing: readonly { readonly entry: string; readonly lacks: Lack }[] };
}

type RuleField = 'when' | 'mayWhen' | 'held';
type Lack = 'one that fits' | 'one that is ruled out' | 'both';

/** Works out what the families exercise. It runs a whole conversation with each of them. */
export function exerciseOf(content: Content, families: readonly TriedFamily[]): Exercise {
  const { model } = content;
  const chosen = new Set<string>();
  const states: State[] = [];
  for (const { answers, date } of families) {
    for (const told of [answers.family, ...answers.children]) {
      for (const [fact, answer] of Object.entries(told)) {
        if (!('value' in answer)) continue;
        for (const value of [answer.value].flat()) chosen.add(`${fact}: ${String(value)}`);
      }
    }
    answers.children.forEach((_, child) => {
      states.push(readState(model, answers, child, date));
    });
  }
  const options = model.facts.flatMap(({ fact }) => fact.options.map((option) => `${fact.id}: ${option}`));
  const asked = new Set(families.flatMap((family) => conversationWith(content, family).asked));
  const questions = [...content.facts.keys()];
  return {
    families: families.length,
    branches: share(branchesOf(content, states)),
    options: share(options.map((item) => ({ item, done: chosen.has(item) }))),
    questions: share(questions.map((item) => ({ item, done: asked.has(item) }))),
    entries: share(rulingOut(content).map((entry) => statedOf(entry, families))),
  };
}

/** @returns a whole conversation with a family, who answers "not sure" to what it does not know. */
function conversationWith({ model }: Content, family: TriedFamily): Simulation {
  const [first = {}, ...children] = family.answers.children;
  const facts = { ...family.answers.family, ...first };
  return simulate(model, { topics: family.topics, facts, children }, new Date(`${family.date}T12:00:00Z`));
}

interface Tried<T> {
  readonly item: T;
  readonly done: boolean;
}

function share<T>(tried: readonly Tried<T>[]): Share & { missing: T[] } {
  const missing = tried.flatMap(({ item, done }) => (done ? [] : [item]));
  const total = tried.length;
  const exercised = total - missing.length;
  return { total, exercised, share: total === 0 ? 1 : Math.floor((exercised / total) * 100) / 100, missing };
}

function branchesOf(
  { model }: Content,
  states: readonly State[],
): Tried<Exercise['branches']['missing'][number]>[] {
  const testIndex = new Map(model.tests.map(({ test }, i) => [JSON.stringify(test), i]));
  const nationFact = model.factIndex.get(NATION_FACT) as number;
  return model.entries.flatMap(({ entry }) => {
    const inNation = states.filter(({ values }) => (entry.nations as unknown[]).includes(values[nationFact]));
    return (['when', 'mayWhen', 'held'] as const).flatMap((rule) => {
      const own = entry[rule];
      // That an entry is for some nations only is no branch of its rule: families elsewhere are left out here.
      return (own ? testsOf(own) : []).flatMap((test) => {
        if (test.fact === NATION_FACT && test.op === 'in' && sameForAll(entry.nations, test.options))
          return [];
        const index = testIndex.get(JSON.stringify(test)) as number;
        const came = (truth: number) => inNation.some(({ truths }) => truths[index] === truth);
        return (['holds', 'fails'] as const).map((never) => ({
          item: { entry: entry.id, rule, fact: test.fact, never },
          done: came(never === 'holds' ? TRUE : FALSE),
        }));
      });
    });
  });
}

/** @returns the entries that some family in one of their nations cannot have. */
function rulingOut(content: Content): Entry[] {
  // The day decides the figures, not whether a rule has any that it lets through and any that it does not.
  const day = [...content.figures.values()].reduce(
    (last, { until }) => (until < last ? until : last),
    '9999-12-31',
  );
  const vocabulary = vocabularyOf(content, day);
  return content.model.entries.flatMap(({ entry }) => {
    const any = [entry.when, entry.mayWhen].filter((rule) => rule !== undefined);
    if (any.length === 0) return [];
    const families = possibleFamilies([{ any }], vocabulary, { [NATION_FACT]: entry.nations });
    return families.come(0, FALSE) === 'no' ? [] : [entry];
  });
}

function sameForAll(nations: readonly string[], options: readonly string[]): boolean {
  const inside = nations.filter((nation) => options.includes(nation)).length;
  return inside === 0 || inside === nations.length;
}

function statedOf({ id }: Entry, families: readonly TriedFamily[]): Tried<{ entry: string; lacks: Lack }> {
  const stated = families.map(({ outcomes }) => outcomes[id]);
  const fits = stated.some((kind) => kind === 'qualifies' || kind === 'may');
  const ruledOut = stated.includes('ruled_out');
  const lacks = fits ? 'one that is ruled out' : ruledOut ? 'one that fits' : 'both';
  return { item: { entry: id, lacks }, done: fits && ruledOut };
}
