import type { Answer, Value } from './facts.ts';
import type { Day, Model, ModelEntry, ModelFact, Node } from './model.ts';
import { perDay } from './per-day.ts';
import type { Standings } from './standings.ts';
import { FALSE, not, or, TRUE, type Truth, UNKNOWN } from './truth.ts';

/** What a family told us: facts of the carer and the household once, child facts for each child. */
export interface Answers {
  readonly family: Readonly<Record<string, Answer>>;
  readonly children: readonly Readonly<Record<string, Answer>>[];
}

export type OutcomeKind = 'qualifies' | 'may' | 'later' | 'held' | 'ruled_out';

/** What the answers make of an entry, with why. Numbers point into the model. */
export interface Outcome {
  /** Index of the entry in the model. */
  readonly entry: number;
  readonly kind: OutcomeKind;
  /**
   * Indexes of the tests that decided it. qualifies, later, held: those that made it hold. may: those that hold so
   * far. ruled_out: those that ruled it out.
   */
  readonly because: readonly number[];
  /** Indexes of the facts still missing: for a `may` and for a `later` that would still depend on them. */
  readonly missing: readonly number[];
  /** later: indexes of the entries that would open it. */
  readonly after: readonly number[];
}

/** What is known of one child and the family around them, fact by fact. */
export interface State {
  /** What it was read from. */
  readonly answers: Answers;
  readonly child: number;
  readonly status: Uint8Array;
  readonly values: readonly (Value | undefined)[];
  /** For each test of the model, its truth. */
  readonly truths: Uint8Array;
  readonly day: Day;
}

/** Status of a fact. NOT_APPLICABLE counts as known: its value is the fact's `otherwise`. */
export const NOT_ASKED = 0;
export const SILENT = 1;
export const KNOWN = 2;
export const NOT_APPLICABLE = 3;

/**
 * Works out what is known, one child at a time.
 * A fact whose `only_if` is false takes its `otherwise`, whatever was answered. A value that was answered while
 * `only_if` is still unknown counts: who tells what they earn has a job.
 * @param child index into `answers.children`; may be past its end (no child facts known)
 * @param date the day of the assessment, "YYYY-MM-DD"
 */
export function readState(model: Model, answers: Answers, child: number, date: string): State {
  const state = {
    answers,
    child,
    status: new Uint8Array(model.facts.length),
    values: new Array<Value | undefined>(model.facts.length).fill(undefined),
    truths: new Uint8Array(model.tests.length).fill(UNKNOWN),
    day: model.on(date),
  };
  const ofChild = answers.children[child];
  for (const index of model.order) {
    const { fact } = model.facts[index] as ModelFact;
    readFact(model, state, index, (fact.scope === 'child' ? ofChild : answers.family)?.[fact.id]);
  }
  return state;
}

/**
 * @returns what would be known if one fact had this value: the same as reading it all again, but only that fact and
 *   those that hang on it are read.
 * @param isGrant it is granted some day, and is not so today: then what would only be asked after that ("is the award
 *   too low?") stays as it is
 */
export function stateWith(model: Model, state: State, index: number, value: Value, isGrant = false): State {
  const { answers, child, day } = state;
  const then = {
    answers,
    child,
    status: state.status.slice(),
    values: state.values.slice(),
    truths: state.truths.slice(),
    day,
  };
  readFact(model, then, index, { value });
  for (const dependent of (model.facts[index] as ModelFact).dependents) {
    const { fact } = model.facts[dependent] as ModelFact;
    const answer = (fact.scope === 'child' ? answers.children[child] : answers.family)?.[fact.id];
    const isTold = answer !== undefined && 'value' in answer;
    if (isGrant && !isTold && state.status[dependent] === NOT_APPLICABLE) continue;
    readFact(model, then, dependent, answer);
  }
  return then;
}

type Writable = State & { readonly values: (Value | undefined)[] };

/** Reads one fact into the state; the facts that decide whether it applies must have been read. */
function readFact(model: Model, state: Writable, index: number, answer: Answer | undefined): void {
  const { fact, onlyIf, tests } = model.facts[index] as ModelFact;
  const { status, values, truths } = state;
  const standings = state.day.standings[index] as Standings;
  let standing = standings.unknown;
  if (onlyIf && truthOf(onlyIf, truths) === FALSE) {
    status[index] = NOT_APPLICABLE;
    values[index] = fact.otherwise;
    standing = standings.of(fact.otherwise);
  } else if (answer && 'value' in answer) {
    status[index] = KNOWN;
    values[index] = answer.value;
    standing = standings.of(answer.value);
  } else {
    status[index] = answer ? SILENT : NOT_ASKED;
    values[index] = undefined;
  }
  for (let i = 0; i < tests.length; i++) truths[tests[i] as number] = standing[i] as Truth;
}

/** @returns the truth of a rule, without reasons. */
export function truthOf(node: Node, truths: Uint8Array): Truth {
  switch (node.kind) {
    case 'test':
      return truths[node.test] as Truth;
    case 'not':
      return not(truthOf(node.part, truths));
    case 'all': {
      let truth: Truth = TRUE;
      for (const part of node.parts) {
        const one = truthOf(part, truths);
        if (one === FALSE) return FALSE;
        if (one === UNKNOWN) truth = UNKNOWN;
      }
      return truth;
    }
    case 'any': {
      let truth: Truth = FALSE;
      for (const part of node.parts) {
        const one = truthOf(part, truths);
        if (one === TRUE) return TRUE;
        if (one === UNKNOWN) truth = UNKNOWN;
      }
      return truth;
    }
  }
}

/**
 * Evaluates a rule and leaves on the trace the tests that decided it: for true those that made it hold, for false
 * those that ruled it out, for unknown those that hold so far and those that are missing.
 * @param trace indexes of tests: a stack that forgets what turned out not to matter
 * @param negated whether the node stands under an odd number of `not`s: there `any` is what `all` is elsewhere
 */
function decide(node: Node, truths: Uint8Array, trace: number[], negated = false): Truth {
  switch (node.kind) {
    case 'test':
      trace.push(node.test);
      return truths[node.test] as Truth;
    case 'not':
      return not(decide(node.part, truths, trace, !negated));
    default: {
      // `all` is settled by its first false part, `any` by its first true one. Then only that part mattered.
      const settles = node.kind === 'all' ? FALSE : TRUE;
      const alternatives = (node.kind === 'any') !== negated;
      const start = trace.length;
      let truth: Truth = not(settles);
      for (const part of node.parts) {
        const mark = trace.length;
        const one = decide(part, truths, trace, negated);
        if (one === settles) {
          forget(trace, start, mark);
          return settles;
        }
        if (one === UNKNOWN) {
          // Alternatives that are still open: those that failed no longer matter.
          if (alternatives && truth !== UNKNOWN) forget(trace, start, mark);
          truth = UNKNOWN;
        } else if (alternatives && truth === UNKNOWN) {
          trace.length = mark;
        }
      }
      return truth;
    }
  }
}

/** Takes out what stands between two places. */
function forget(trace: number[], start: number, end: number): void {
  if (start === end) return;
  let to = start;
  for (let from = end; from < trace.length; from++) trace[to++] = trace[from] as number;
  trace.length = to;
}

/** @returns the tests, still unknown, that a rule waits for; none where it is settled. */
export function undecided(node: Node, truths: Uint8Array): number[] {
  const trace: number[] = [];
  if (decide(node, truths, trace) !== UNKNOWN) return [];
  return trace.filter((test) => truths[test] === UNKNOWN);
}

/**
 * Assesses every entry for one child (or for a family with no child facts yet).
 * @returns one outcome for each entry, in the model's order
 */
export function assessChild(model: Model, state: State): FamilyOutcome[] {
  const from = memoriesOf(model);
  const outcomes = model.entries.map((entry) => recall(model, from, entry, state).outcome);
  openLater(model, state, outcomes);
  return outcomes;
}

const NONE: readonly number[] = [];
const FIRST_CHILD: readonly number[] = [0];

/** What was worked out for an entry before. */
interface Remembered {
  readonly outcome: FamilyOutcome;
  /** Whether being granted something could open it, as far as its rules tell. */
  readonly canOpen: boolean;
}
/**
 * What was worked out before, by entry and by the truths that it hangs on: outcomes are immutable and a rule has few
 * truths, so families share them. With few tests there is a place for each combination of their truths; of the rest
 * we keep those that came up.
 */
const memories = new WeakMap<Model, readonly Memory[]>();
type Memory = (Remembered | undefined)[] | Map<number, Remembered>;
const FEW_TESTS = 7;
/** The truths of more tests than this do not fit a number. */
const MOST_TESTS = 33;
const MOST_REMEMBERED = 2000;

function memoriesOf(model: Model): readonly Memory[] {
  let known = memories.get(model);
  if (!known) {
    known = model.entries.map(({ hangsOn }) =>
      hangsOn.length <= FEW_TESTS ? new Array(3 ** hangsOn.length).fill(undefined) : new Map(),
    );
    memories.set(model, known);
  }
  return known;
}

/** @returns what the answers make of one entry, as if no other could open it. */
export function outcomeOf(model: Model, entry: ModelEntry, state: State): FamilyOutcome {
  return recall(model, memoriesOf(model), entry, state).outcome;
}

function recall(model: Model, from: readonly Memory[], entry: ModelEntry, state: State): Remembered {
  const { hangsOn } = entry;
  // With a rate missing that day, a test can be unknown although its fact is known: truths alone do not tell them apart.
  if (hangsOn.length > MOST_TESTS || state.day.lacksRates) return remember(model, entry, state);
  const { truths } = state;
  let key = 0;
  for (let i = 0; i < hangsOn.length; i++) key = key * 3 + (truths[hangsOn[i] as number] as number);
  const memory = from[entry.index] as Memory;
  let known = Array.isArray(memory) ? memory[key] : memory.get(key);
  if (!known) {
    known = remember(model, entry, state);
    if (Array.isArray(memory)) memory[key] = known;
    else {
      if (memory.size >= MOST_REMEMBERED) memory.clear();
      memory.set(key, known);
    }
  }
  return known;
}

function remember(model: Model, entry: ModelEntry, state: State): Remembered {
  return { outcome: workOut(model, entry, state), canOpen: canOpen(model, entry, state) };
}

/** @returns whether an entry's rules leave it open, if we knew nothing of the facts that could be granted. */
function canOpen(model: Model, { grantable, rule, mayRule }: ModelEntry, state: State): boolean {
  if (grantable.length === 0) return false;
  const truths = state.truths.slice();
  for (const fact of grantable)
    for (const test of (model.facts[fact] as ModelFact).tests) truths[test] = UNKNOWN;
  return truthOf(rule, truths) !== FALSE || (mayRule !== undefined && truthOf(mayRule, truths) !== FALSE);
}

function workOut(model: Model, entry: ModelEntry, state: State): FamilyOutcome {
  const { truths } = state;
  if (entry.held && truthOf(entry.held, truths) === TRUE) {
    const trace: number[] = [];
    decide(entry.held, truths, trace);
    return outcome(entry, 'held', unique(trace), NONE);
  }
  let trace: number[] = [];
  let truth = decide(entry.rule, truths, trace);
  if (truth !== TRUE && entry.mayRule) {
    // Somebody decides case by case: where that route is open, it is a `may` that no answer can settle further.
    const byDiscretion: number[] = [];
    const open = decide(entry.mayRule, truths, byDiscretion);
    if (open === TRUE) {
      const missing = truth === UNKNOWN ? missingFacts(model, trace, state) : NONE;
      return outcome(entry, 'may', unique(byDiscretion), missing);
    }
    if (open === UNKNOWN && truth === FALSE) trace = byDiscretion;
    else if (open === truth) trace = [...trace, ...byDiscretion];
    truth = or(truth, open);
  }
  if (truth === TRUE) return outcome(entry, 'qualifies', unique(trace), NONE);
  if (truth === FALSE) return outcome(entry, 'ruled_out', unique(trace), NONE);
  const because = unique(trace.filter((test) => truths[test] !== UNKNOWN));
  return outcome(entry, 'may', because, missingFacts(model, trace, state));
}

function outcome(
  entry: ModelEntry,
  kind: OutcomeKind,
  because: readonly number[],
  missing: readonly number[],
): FamilyOutcome {
  return { entry: entry.index, kind, because, missing, after: NONE, children: FIRST_CHILD };
}

/** @returns the tests, each once; rules are short, so looking back is quicker than a set. */
function unique(tests: readonly number[]): readonly number[] {
  for (let i = 1; i < tests.length; i++) {
    if (tests.indexOf(tests[i] as number) < i) return [...new Set(tests)];
  }
  return tests;
}

/** @returns the facts behind the unknown tests, each once; a fact that decides whether another applies comes first. */
function missingFacts(model: Model, tests: readonly number[], state: State): number[] {
  const missing: number[] = [];
  const add = (test: number): void => {
    if (state.truths[test] !== UNKNOWN) return;
    const { fact } = model.tests[test] as Model['tests'][number];
    if (state.status[fact] === KNOWN || state.status[fact] === NOT_APPLICABLE || missing.includes(fact))
      return;
    const { onlyIf } = model.facts[fact] as Model['facts'][number];
    if (onlyIf) undecided(onlyIf, state.truths).forEach(add);
    missing.push(fact);
  };
  tests.forEach(add);
  return missing;
}

/**
 * Turns `ruled_out` into `later` where being granted another signposted entry would open it: Carer's Allowance after
 * DLA. Goes on until nothing changes, so that one `later` can open the next.
 */
function openLater(model: Model, state: State, outcomes: FamilyOutcome[]): void {
  const states: (State | undefined)[] = [];
  /** What would be known had this been granted: facts that hang on it may apply then, or no longer. */
  const granted = (grant: number): State => {
    const { fact, value } = model.grants[grant] as Model['grants'][number];
    states[grant] ??= stateWith(model, state, fact, withGrant(model, state, fact, value), true);
    return states[grant];
  };
  /** What would become of an entry with the first of these grants that opens it. */
  const openedWith = (entry: ModelEntry, grants: readonly number[]): FamilyOutcome | undefined => {
    for (const grant of grants) {
      const outcome = outcomeOf(model, entry, granted(grant));
      if (outcome.kind === 'qualifies' || outcome.kind === 'may') return outcome;
    }
    return undefined;
  };
  const from = memoriesOf(model);
  const closed = model.openable.filter(
    (entry) => outcomes[entry.index]?.kind === 'ruled_out' && recall(model, from, entry, state).canOpen,
  );
  let changed = closed.length > 0;
  while (changed) {
    changed = false;
    for (const entry of closed) {
      const outcome = outcomes[entry.index] as FamilyOutcome;
      const after: number[] = [...outcome.after];
      let best: FamilyOutcome | undefined;
      for (const { giver, grants } of entry.openedBy) {
        const { kind } = outcomes[giver] as Outcome;
        if (after.includes(giver) || kind === 'ruled_out' || kind === 'held') continue;
        const opened = openedWith(entry, grants);
        if (!opened) continue;
        after.push(giver);
        best ??= opened;
      }
      if (after.length > outcome.after.length) {
        outcomes[entry.index] = {
          ...outcome,
          ...(best && outcome.kind === 'ruled_out' ? best : {}),
          kind: 'later',
          after,
        };
        changed = true;
      }
    }
  }
}

/** A grant is one more of several things: Universal Credit beside Carer's Allowance, and no longer "none". */
function withGrant(model: Model, state: State, index: number, value: Value): Value {
  const { fact } = model.facts[index] as ModelFact;
  const before = state.values[index];
  if (fact.type !== 'choices' || typeof before !== 'object') return value;
  const granted = typeof value === 'object' ? value : [value as string];
  const kept = before.filter((option) => !fact.exclusive.includes(option) && !granted.includes(option));
  if (kept.length === 0) return granted;
  return fact.options.filter((option) => granted.includes(option) || kept.includes(option));
}

/** What the answers make of each entry, for each child and for the family as a whole. */
export interface Assessment {
  /** For each child, the state and one outcome an entry. At least one element. */
  readonly children: readonly { readonly state: State; readonly outcomes: readonly FamilyOutcome[] }[];
  /** For each entry the best outcome over the children, and the children it holds for. */
  readonly family: readonly FamilyOutcome[];
  /**
   * The same for all families of whom the rules know the same that day: what hangs on nothing else need not be worked out
   * again. Undefined where something else counts too.
   */
  readonly alike?: string;
}

export interface FamilyOutcome extends Outcome {
  /** Indexes of the children with this outcome; all of them where no child fact decides it. */
  readonly children: readonly number[];
}

const RANK: Record<OutcomeKind, number> = { qualifies: 0, may: 1, later: 2, held: 3, ruled_out: 4 };

/**
 * Assesses every entry for the whole family.
 * @param date the day of the assessment, "YYYY-MM-DD": it decides the rates
 */
export function assess(model: Model, answers: Answers, date: string): Assessment {
  const count = Math.max(1, answers.children.length);
  let alike: string | undefined = '';
  const children = Array.from({ length: count }, (_, child) => {
    const state = readState(model, answers, child, date);
    const key = keyOf(model, state);
    alike = key === undefined || alike === undefined ? undefined : alike + key;
    return {
      state,
      outcomes:
        key === undefined
          ? assessChild(model, state)
          : outcomesAlike(state.day, key, () => assessChild(model, state)),
    };
  });
  const [only] = children;
  if (count === 1 && only) return { children, family: only.outcomes, alike };
  const family = model.entries.map((entry): FamilyOutcome => {
    const outcomes = children.map((child) => child.outcomes[entry.index] as Outcome);
    const best = outcomes.reduce((a, b) => (RANK[b.kind] < RANK[a.kind] ? b : a));
    const same = outcomes.flatMap((one, child) => (one.kind === best.kind ? [child] : []));
    return { ...best, children: same };
  });
  return { children, family, alike };
}

/** Outcomes of children of whom the rules know the same: by `keyOf`. */
const outcomesAlike = perDay<readonly FamilyOutcome[]>(1000);

/** Truths have three values, the status of a fact has four: so many of them fit the sixteen bits of a letter. */
const TRUTHS_A_LETTER = 10;
const FACTS_A_LETTER = 8;

/**
 * @returns what the rules know of a child, as a string of one length: no value, only how it stands to the tests.
 *   Undefined where that is not all that counts: something was answered that does not apply now, and would again if
 *   something were granted.
 */
function keyOf(model: Model, { status, truths, answers, child }: State): string | undefined {
  const letters: number[] = [];
  for (let i = 0; i < truths.length; i += TRUTHS_A_LETTER) {
    let letter = 0;
    for (let j = Math.min(i + TRUTHS_A_LETTER, truths.length) - 1; j >= i; j--)
      letter = letter * 3 + (truths[j] as number);
    letters.push(letter);
  }
  for (let i = 0; i < status.length; i += FACTS_A_LETTER) {
    let letter = 0;
    for (let j = Math.min(i + FACTS_A_LETTER, status.length) - 1; j >= i; j--) {
      letter = letter * 4 + (status[j] as number);
      if (status[j] !== NOT_APPLICABLE) continue;
      const { fact } = model.facts[j] as ModelFact;
      if ((fact.scope === 'child' ? answers.children[child] : answers.family)?.[fact.id]) return undefined;
    }
    letters.push(letter);
  }
  return String.fromCharCode(...letters);
}
