import {
  type Assessment,
  assessChild,
  type FamilyOutcome,
  NOT_ASKED,
  type Outcome,
  outcomeOf,
  SILENT,
  type State,
  stateWith,
  truthOf,
  undecided,
} from './assess.ts';
import { AREA_FACT } from './entries.ts';
import type { Value } from './facts.ts';
import type { Day, Model, ModelEntry, ModelFact } from './model.ts';
import { perDay } from './per-day.ts';
import { perTopics } from './per-topics.ts';
import { isOftenMissed, type Match, topicMatches } from './signposts.ts';
import { FALSE, TRUE } from './truth.ts';

/** A question to ask: a fact, of one child where it is a child fact (otherwise child is 0). */
export interface Question {
  readonly fact: string;
  readonly child: number;
  /** How much the answer is expected to settle for the effort of giving it. */
  readonly score: number;
  /** Whether it would help to settle something that they came for. */
  readonly onTopic: boolean;
}

/** What settling an entry is worth, by how it stands to what the family came for. See ARCHITECTURE.md. */
const WEIGHT = { mainTopic: 3, otherTopic: 1.5, likely: 1.2, everyone: 0.5, unasked: 0.2 } as const;
/** A week's money at which an entry weighs twice as much. Pounds. */
const MONEY_SCALE = 80;
const MONEY_CAP = 120;
/** On their topic, what many families miss weighs this much more than the rest. */
const OFTEN_MISSED = 1.5;
/** An entry that can only be ruled out any more (something decisive was answered "not sure") weighs less. */
const CANNOT_QUALIFY = 0.3;
/** An entry that somebody decides case by case is shown already; more answers could only make it sure. */
const BY_DISCRETION = 0.3;
/** What is sure for one child already is worth less for the next. */
const FOR_ANOTHER_CHILD = 0.5;
/** The last question of an entry settles it: it ends a maybe. */
const LAST_QUESTION = 1.25;
/** Where they live names the council of what they are shown already: good to know, and never urgent. */
const NAMES_COUNCIL = 0.2;
/** A date that starts a time limit: what is missed then is lost. */
const DEADLINE = 2;
/** A date by which somebody else must act: with it the way ahead has real days. */
const STAGE = 0.5;
const EFFORT_COST = { 1: 1, 2: 1.4, 3: 2 } as const;
const SENSITIVE_COST = 1.1;
/** Sensitive questions cost even more while we hardly know each other. */
const SENSITIVE_EARLY_COST = 3;
const EARLY = 5;

/**
 * Chooses the next question: the one expected to settle most for the least effort.
 * @param topics what the family came for; empty: they do not know, so that every topic counts a little
 * @param asked how many questions were answered already
 * @param isWanted leaves out questions that are not worth asking now
 * @returns the best question, or undefined where no answer could change anything that they would be shown
 */
export function nextQuestion(
  model: Model,
  assessment: Assessment,
  topics: readonly string[],
  asked: number,
  date: string,
  isWanted: (question: Question) => boolean = () => true,
): Question | undefined {
  const { questions, mattering } = candidatesFor(model, assessment, topics, asked < EARLY);
  return questions.find((question, i) => {
    if (!isWanted(question)) return false;
    mattering[i] ??= matters(model, assessment, question, topics, date);
    return mattering[i];
  });
}

interface Candidates {
  /** The best first. */
  readonly questions: readonly Question[];
  /** For each, whether it matters, as far as somebody asked. */
  readonly mattering: (boolean | undefined)[];
}

/** What could be asked of families of whom the rules know the same: by `alike`, topics and how early it is. */
const candidatesAlike = perDay<Candidates>(1000);

function candidatesFor(
  model: Model,
  assessment: Assessment,
  topics: readonly string[],
  isEarly: boolean,
): Candidates {
  const { alike, children } = assessment;
  const work = () => rank(model, assessment, topics, isEarly);
  if (alike === undefined) return work();
  const { day } = (children[0] as Assessment['children'][number]).state;
  return candidatesAlike(day, `${alike}${isEarly} ${topics.join(' ')}`, work);
}

function rank(model: Model, assessment: Assessment, topics: readonly string[], isEarly: boolean): Candidates {
  const questions = assessment.children.flatMap((child, index) =>
    scoresFor(model, child.state, child.outcomes, assessment, index, topics, isEarly),
  );
  questions.push(...placeQuestion(model, assessment, topics));
  // While it is early we stay on what they came for.
  const stays = (question: Question) => (isEarly && question.onTopic ? 1 : 0);
  questions.sort((a, b) => stays(b) - stays(a) || b.score - a.score);
  return { questions, mattering: [] };
}

function scoresFor(
  model: Model,
  state: State,
  outcomes: readonly Outcome[],
  assessment: Assessment,
  child: number,
  topics: readonly string[],
  isEarly: boolean,
): Question[] {
  const scores = new Float64Array(model.facts.length);
  const onTopic = new Uint8Array(model.facts.length);
  const canAsk = model.facts.map(({ index }) => isOpen(model, state, index));
  const interest = interestIn(model, topics);
  for (const outcome of outcomes) {
    const entry = model.entries[outcome.entry] as ModelEntry;
    const dates = datesFor(entry, outcome);
    if (outcome.missing.length === 0 && dates.length === 0) continue;
    // An entry that no child fact decides is the same for each child, and is settled once.
    if (child > 0 && !entry.perChild) continue;
    const family = assessment.family[outcome.entry] as FamilyOutcome;
    const weight =
      weightOf(entry, interest, state.truths) *
      (isByDiscretion(entry, outcome, state) ? BY_DISCRETION : 1) *
      (family.kind === 'qualifies' && outcome.kind === 'may' ? FOR_ANOTHER_CHILD : 1);
    if (weight === 0) continue;
    let askable = 0;
    let silent = false;
    for (const fact of outcome.missing) {
      if (canAsk[fact]) askable++;
      else if (state.status[fact] === SILENT) silent = true;
    }
    const share = (weight * (silent ? CANNOT_QUALIFY : 1) * (askable === 1 ? LAST_QUESTION : 1)) / askable;
    const onTheirTopic = interest.matches[entry.index] !== 0;
    for (const fact of outcome.missing) {
      if (!canAsk[fact]) continue;
      scores[fact] = (scores[fact] as number) + share;
      if (onTheirTopic) onTopic[fact] = 1;
    }
    for (const fact of dates) {
      if (!canAsk[fact]) continue;
      scores[fact] = (scores[fact] as number) + weight * (entry.clockFacts.includes(fact) ? DEADLINE : STAGE);
      if (onTheirTopic) onTopic[fact] = 1;
    }
  }
  const questions: Question[] = [];
  for (const { fact, index } of model.facts) {
    const gain = scores[index] as number;
    if (gain === 0) continue;
    const sensitive = fact.sensitive ? (isEarly ? SENSITIVE_EARLY_COST : SENSITIVE_COST) : 1;
    questions.push({
      fact: fact.id,
      child: fact.scope === 'child' ? child : 0,
      score: gain / (EFFORT_COST[fact.effort] * sensitive),
      onTopic: onTopic[index] === 1 && !fact.rare,
    });
  }
  return questions;
}

/** @returns whether somebody decides it case by case: not where they qualify, though that route is open too. */
function isByDiscretion({ mayRule }: ModelEntry, { kind }: Outcome, state: State): boolean {
  return kind === 'may' && mayRule !== undefined && truthOf(mayRule, state.truths) === TRUE;
}

/** @returns the question where they live, with what it is worth: it names the council of what each area has of its own. */
function placeQuestion(model: Model, assessment: Assessment, topics: readonly string[]): Question[] {
  const index = model.factIndex.get(AREA_FACT);
  const { state } = assessment.children[0] as Assessment['children'][number];
  if (index === undefined || !isOpen(model, state, index)) return [];
  const interest = interestIn(model, topics);
  let gain = 0;
  for (const entry of interest.local) {
    const { kind } = assessment.family[entry.index] as FamilyOutcome;
    if (kind === 'qualifies' || kind === 'may') gain += weightOf(entry, interest, state.truths);
  }
  return gain > 0 ? [{ fact: AREA_FACT, child: 0, score: gain * NAMES_COUNCIL, onTopic: false }] : [];
}

/** @returns the dates that put real days to an entry: to what they have or may have now, and to a way that they are on. */
function datesFor({ dateFacts }: ModelEntry, { kind }: Outcome): readonly number[] {
  return kind === 'ruled_out' || kind === 'later' ? NO_DATES : dateFacts;
}
const NO_DATES: readonly number[] = [];

/** What settling the entries is worth to a family with these topics. */
interface Interest {
  readonly matches: readonly Match[];
  /** For each entry, what settling it is worth where it may come to be shown. */
  readonly weights: readonly number[];
  /** The entries of which each area has its own. */
  readonly local: readonly ModelEntry[];
  /** They named no topic: then what is shown on its topic only has to be brought up by something they tell us. */
  readonly noTopic: boolean;
}

const interestIn = perTopics((model, topics): Interest => {
  const matches = topicMatches(model, topics);
  const noTopic = topics.length === 0;
  const weights = model.entries.map(({ entry, index }) => {
    const { reach, worth } = entry;
    // What is for workers only is worth no question to a parent.
    if (reach === 'told') return 0;
    const match = matches[index] as Match;
    const elsewhere =
      reach === 'topic' ? (noTopic ? WEIGHT.unasked : 0) : WEIGHT[isOftenMissed(entry) ? 'likely' : reach];
    const base = match === 2 ? WEIGHT.mainTopic : match === 1 ? WEIGHT.otherTopic : elsewhere;
    const missed = match > 0 && reach === 'likely' ? OFTEN_MISSED : 1;
    return base * missed * (1 + Math.min(worth, MONEY_CAP) / MONEY_SCALE);
  });
  const local = model.entries.filter(({ entry }) => entry.isLocal);
  return { matches, weights, local, noTopic };
});

function weightOf(entry: ModelEntry, { weights, noTopic }: Interest, truths: Uint8Array): number {
  if (noTopic && entry.entry.reach === 'topic' && !canSurface(entry, truths)) return 0;
  return weights[entry.index] as number;
}

/** @returns whether an entry off their topic can still come to hold by something that they tell us. */
function canSurface({ rule, supporters }: ModelEntry, truths: Uint8Array): boolean {
  return truthOf(rule, truths) !== FALSE && supporters.some((test) => truths[test] !== FALSE);
}

/**
 * @returns whether a fact can be asked now: not answered, and what decides whether it applies has been asked. The date
 *   of a letter is asked of those only who are known to have had one.
 */
function isOpen(model: Model, state: State, index: number): boolean {
  if (state.status[index] !== NOT_ASKED) return false;
  const { fact, onlyIf } = model.facts[index] as Model['facts'][number];
  if (!onlyIf || truthOf(onlyIf, state.truths) === TRUE) return true;
  if (fact.type === 'date') return false;
  return undecided(onlyIf, state.truths).every((test) => {
    const { fact: decides } = model.tests[test] as Model['tests'][number];
    return state.status[decides] !== NOT_ASKED;
  });
}

/**
 * Whether two answers to the question would leave something that this family may be shown differently: another
 * outcome, other facts missing, a deadline, or the council's name.
 */
export function matters(
  model: Model,
  assessment: Assessment,
  question: Question,
  topics: readonly string[],
  date: string,
): boolean {
  const index = model.factIndex.get(question.fact) as number;
  const { fact } = model.facts[index] as ModelFact;
  const values = kindsOfValue(model, index, date);
  if (fact.type === 'place') return placeQuestion(model, assessment, topics).length > 0;
  const interest = interestIn(model, topics);
  // What the family answers once can matter for any of its children.
  return assessment.children.some(({ state, outcomes }, child) => {
    if (fact.scope === 'child' && child !== question.child) return false;
    const watched: ModelEntry[] = [];
    for (const outcome of outcomes) {
      const entry = model.entries[outcome.entry] as ModelEntry;
      const givesDate = datesFor(entry, outcome).includes(index);
      if (!givesDate && !outcome.missing.includes(index)) continue;
      if (weightOf(entry, interest, state.truths) === 0) continue;
      if (givesDate) return true;
      watched.push(entry);
    }
    if (watched.length === 0) return false;
    const checks = model.on(date).checks;
    const isMay = (entry: ModelEntry) => outcomes[entry.index]?.kind === 'may';
    if (watched.some((entry) => isMay(entry) && settles(entry, index, values, checks))) return true;
    const states: State[] = [];
    const differ = (outcomesIn: (then: State) => readonly Outcome[]): boolean => {
      let first: readonly Outcome[] | undefined;
      return values.some((value, i) => {
        // Most of the time the first two values differ, and nobody needs the rest.
        states[i] ??= stateWith(model, state, index, value);
        const now = outcomesIn(states[i]);
        first ??= now;
        return now.some((one, i) => !sameOutcome(one, first?.[i] as Outcome));
      });
    };
    const alone = (then: State) => watched.map((entry) => outcomeOf(model, entry, then));
    if (differ(alone)) return true;
    // The entries themselves come to the same. Where they are ruled out, other entries could open them, or not.
    const [then] = states;
    if (!then || alone(then).every(({ kind }) => kind !== 'ruled_out')) return false;
    return differ((one) => {
      const all = assessChild(model, one);
      return watched.map((entry) => all[entry.index] as Outcome);
    });
  });
}

/** @returns whether we know without trying that two of these values would leave an entry differently. */
function settles(
  { settlers }: ModelEntry,
  fact: number,
  values: readonly Value[],
  checks: Day['checks'],
): boolean {
  const test = settlers.find((one) => one.fact === fact)?.test;
  const check = test === undefined ? undefined : checks[test];
  return check !== undefined && values.some((value) => check(value)) && values.some((value) => !check(value));
}

function sameOutcome(a: Outcome, b: Outcome): boolean {
  return a.kind === b.kind && sameList(a.missing, b.missing) && sameList(a.after, b.after);
}

/** For each day's checks (which the model keeps), the kinds of value of each fact. */
const kindsOfDay = new WeakMap<object, (Value[] | undefined)[]>();

/** @returns one value of each kind that the rules tell apart on that day. */
function kindsOfValue(model: Model, index: number, date: string): readonly Value[] {
  const checks = model.on(date).checks;
  let ofDay = kindsOfDay.get(checks);
  if (!ofDay) {
    ofDay = [];
    kindsOfDay.set(checks, ofDay);
  }
  const known = ofDay[index];
  if (known) return known;
  const { tests } = model.facts[index] as ModelFact;
  const kinds = new Map<string, Value>();
  for (const value of tellingValues(model, index, model.figuresOn(date))) {
    const kind = tests.map((test) => (checks[test]?.(value) ? 1 : 0)).join('');
    if (!kinds.has(kind)) kinds.set(kind, value);
  }
  const values = [...kinds.values()];
  ofDay[index] = values;
  return values;
}

function sameList(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

/**
 * @param figures the rates of a day; without them, bounds that are rates are passed over
 * @returns values that can tell the rules apart: for options each one, each two and all together; for a number each
 *   bound, a value between each two, and the ends
 */
export function tellingValues(
  model: Model,
  index: number,
  figures: ReadonlyMap<string, number> = new Map(),
): Value[] {
  const { fact, tests } = model.facts[index] as Model['facts'][number];
  if (fact.type === 'choices') {
    const together = fact.options.filter((option) => !fact.exclusive.includes(option));
    const pairs = together.flatMap((a, i) => together.slice(i + 1).map((b) => [a, b]));
    return [...fact.options.map((option) => [option]), ...pairs, ...(together.length > 2 ? [together] : [])];
  }
  if (fact.options.length > 0) return [...fact.options];
  if (fact.type === 'date') return ['2000-01-01', '2100-01-01'];
  // No rule tells one council from another.
  if (fact.type === 'place') return Object.values(fact.places ?? {}).slice(0, 1);
  const max = fact.max ?? 1_000_000;
  const bounds = tests.flatMap((one) => {
    const { test } = model.tests[one] as Model['tests'][number];
    if (test.op !== 'compare') return [];
    return Object.values(test.bounds).flatMap((bound) =>
      typeof bound === 'number' ? bound : (figures.get(bound.rate) ?? []),
    );
  });
  const ends = [...new Set([0, ...bounds.filter((bound) => bound > 0 && bound < max), max])].sort(
    (a, b) => a - b,
  );
  return ends.flatMap((end, i) => (i === 0 ? [end] : [((ends[i - 1] as number) + end) / 2, end]));
}
