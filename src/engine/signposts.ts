import type { Assessment, FamilyOutcome } from './assess.ts';
import { type FamilyDeadline, familyDeadlines } from './deadlines.ts';
import type { Model, ModelEntry } from './model.ts';
import { perTopics } from './per-topics.ts';
import { TRUE } from './truth.ts';

/** An entry as shown to this family. */
export interface Signpost {
  readonly entry: string;
  readonly outcome: FamilyOutcome;
  readonly onTopic: boolean;
  /** It is there if they need it; nothing that they told us says that they do. */
  readonly onHand: boolean;
  readonly deadlines: readonly FamilyDeadline[];
}

/** All that a family is shown, in the order of what helps it most. */
export interface Signposts {
  /** The first screen: at most seven that they may have now. */
  readonly first: readonly Signpost[];
  /** The rest of what they may have now, behind "show more". */
  readonly more: readonly Signpost[];
  readonly later: readonly Signpost[];
  readonly held: readonly Signpost[];
}

/** What a tired person can take in (design.md, "What a parent is shown"). */
export const FIRST_SCREEN = 7;
/** Money weighs beside the topic: this much a week makes up for being only their second topic. Pounds. */
const MUCH_FOR_A_MATCH = 30;
const MUCH = 60;
/** A deadline this close comes before everything but danger. Days. */
const DEADLINE_NEAR = 62;

/** How an entry stands to the topics: 2 it is their main topic, 1 one of its other topics, 0 none. */
export type Match = 0 | 1 | 2;

/** @returns for each entry of the model, how it stands to the topics. */
export const topicMatches = perTopics((model, topics): readonly Match[] =>
  model.entries.map(({ entry }) => {
    const first = entry.topics.findIndex((topic) => topics.includes(topic));
    return first < 0 ? 0 : first === 0 ? 2 : 1;
  }),
);

/** @returns whether something that they told us, beyond who they are, speaks for the entry. */
function isToldOf(model: Model, assessment: Assessment, outcome: FamilyOutcome): boolean {
  for (const child of outcome.children) {
    const { state, outcomes } = assessment.children[child] as Assessment['children'][number];
    for (const test of outcomes[outcome.entry]?.because ?? []) {
      if (state.truths[test] === TRUE && model.tests[test]?.background === false) return true;
    }
  }
  return false;
}

/**
 * @returns whether an entry is certain only because it asks for nothing that we could know: a helpline about drink, or
 *   about eating, or whom to call at any time. It is there, and nobody told us of it.
 */
export function isOnHand(model: Model, assessment: Assessment, outcome: FamilyOutcome): boolean {
  const { reach, urgent } = (model.entries[outcome.entry] as ModelEntry).entry;
  const isThere = reach === 'topic' || urgent;
  return isThere && outcome.kind === 'qualifies' && !isToldOf(model, assessment, outcome);
}

/** @returns whether many families miss the entry, whatever they came for: money nobody told them of, their own assessment. */
export function isOftenMissed(entry: ModelEntry['entry']): boolean {
  return entry.reach === 'likely' || isOwnAssessment(entry);
}

/** @returns whether it is an assessment that is there for every parent carer: of what they themselves need. */
function isOwnAssessment({ reach, kind }: ModelEntry['entry']): boolean {
  return reach === 'everyone' && kind === 'assessment';
}

/** @returns whether the entry is help for a danger that came up. */
function helpsIn(model: Model, entry: ModelEntry, dangers: readonly string[]): boolean {
  return placeInHelp(model, entry, dangers) < NO_HELP;
}

const NO_HELP = 1000;

/** @returns where the entry stands in the help for the dangers that came up: the most useful first. */
function placeInHelp(model: Model, entry: ModelEntry, dangers: readonly string[]): number {
  let best = NO_HELP;
  for (const danger of dangers) {
    const place = model.dangers[danger]?.indexOf(entry.entry.id) ?? -1;
    if (place >= 0 && place < best) best = place;
  }
  return best;
}

/**
 * Whether a family is shown an entry with this outcome. On their topic everything that is not ruled out; off their
 * topic what reaches everyone, what many miss, and what something they told us speaks for.
 */
export function isShown(
  model: Model,
  assessment: Assessment,
  outcome: FamilyOutcome,
  topics: readonly string[],
  dangers: readonly string[] = [],
): boolean {
  if (outcome.kind === 'ruled_out') return false;
  if (outcome.kind === 'held') return true;
  const entry = model.entries[outcome.entry] as ModelEntry;
  if (entry.entry.hideInDanger?.some((danger) => dangers.includes(danger))) return false;
  if (helpsIn(model, entry, dangers)) return true;
  const { reach } = entry.entry;
  if (reach === 'everyone' || reach === 'likely') return true;
  if (reach === 'topic' && topicMatches(model, topics)[entry.index] !== 0) return true;
  return outcome.kind === 'qualifies' && isToldOf(model, assessment, outcome);
}

/**
 * Orders what a family is shown: danger and deadlines, their topic, then what they are probably missing; in each,
 * certain before possible, what they told us of before what holds for anyone, much before little, easy before hard.
 * @param today "YYYY-MM-DD", for deadlines
 * @param dangers kinds of danger that came up in the conversation
 */
export function signpostsFor(
  model: Model,
  assessment: Assessment,
  topics: readonly string[],
  today: string,
  dangers: readonly string[] = [],
): Signposts {
  const ranked = assessment.family
    .filter((outcome) => isShown(model, assessment, outcome, topics, dangers))
    .map((outcome) => rank(model, assessment, outcome, topics, today, dangers))
    .sort((a, b) => compare(a.key, b.key) || a.signpost.outcome.entry - b.signpost.outcome.entry);
  const of = (kind: string) =>
    ranked.flatMap(({ signpost }) => (signpost.outcome.kind === kind ? [signpost] : []));
  const now = ranked.filter(
    ({ signpost: { outcome } }) => outcome.kind === 'qualifies' || outcome.kind === 'may',
  );
  const first = new Set(firstScreen(now));
  return {
    first: [...first].map(({ signpost }) => signpost),
    more: now.flatMap((one) => (first.has(one) ? [] : [one.signpost])),
    later: of('later'),
    held: of('held'),
  };
}

interface Ranked {
  readonly signpost: Signpost;
  readonly group: number;
  readonly isMoney: boolean;
  readonly isAssessment: boolean;
  readonly fitsByAnswers: boolean;
  readonly key: readonly number[];
}

const URGENT = 0;
const DEADLINE = 1;
const TOPIC = 2;
/** What many families miss, and their own assessment. */
const MISSED = 3;
const EVERYONE = 4;
const OTHER = 5;

function rank(
  model: Model,
  assessment: Assessment,
  outcome: FamilyOutcome,
  topics: readonly string[],
  today: string,
  dangers: readonly string[],
): Ranked {
  const entry = model.entries[outcome.entry] as ModelEntry;
  const match = topicMatches(model, topics)[entry.index] as Match;
  const isTold = isToldOf(model, assessment, outcome);
  // On their own topic, what is there for everyone counts as much as what they told us of.
  const told = isTold || (entry.entry.reach === 'everyone' && match > 0);
  const deadlines = familyDeadlines(model, assessment, outcome.children, entry.entry.clocks, today);
  const near = deadlines.some(({ daysLeft }) => daysLeft >= 0 && daysLeft <= DEADLINE_NEAR);
  const group =
    helpsIn(model, entry, dangers) ||
    (entry.entry.urgent && outcome.kind === 'qualifies' && (told || match === 2))
      ? URGENT
      : near
        ? DEADLINE
        : match > 0
          ? TOPIC
          : offTopicGroup(entry.entry, outcome);
  return {
    signpost: {
      entry: entry.entry.id,
      outcome,
      onTopic: match > 0,
      onHand: isOnHand(model, assessment, outcome),
      deadlines,
    },
    group,
    isMoney: entry.entry.worth > 0,
    isAssessment: isOwnAssessment(entry.entry),
    fitsByAnswers: isTold && outcome.kind === 'qualifies',
    key: [
      group,
      placeInHelp(model, entry, dangers),
      outcome.kind === 'qualifies' ? 0 : 1,
      told ? 0 : 1,
      outcome.missing.length > 2 ? 1 : 0,
      -(match + Math.min(entry.entry.worth, MUCH) / MUCH_FOR_A_MATCH),
      entry.entry.effort,
    ],
  };
}

/** The assessments of other nations are a maybe as long as we do not know where they live: those are not what they miss. */
function offTopicGroup(entry: ModelEntry['entry'], { kind }: FamilyOutcome): number {
  if (entry.reach === 'topic' || entry.reach === 'told') return OTHER;
  if (isOwnAssessment(entry)) return kind === 'qualifies' ? MISSED : EVERYONE;
  return isOftenMissed(entry) ? MISSED : EVERYONE;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Takes from the top, but keeps a place for money that they are probably missing whatever they asked about, and one
 * for their own assessment. What is only on hand gives its place to what is certain by their answers, also off their topic.
 */
function firstScreen(now: readonly Ranked[]): Ranked[] {
  const missed = now.filter(({ group }) => group === MISSED);
  const money = missed.find(({ isMoney }) => isMoney) ?? missed.find(({ isAssessment }) => !isAssessment);
  const assessment = now.find(({ isAssessment, group }) => isAssessment && group >= MISSED);
  const kept = [money, assessment].filter((one) => one !== undefined);
  const others = now.filter((one) => !kept.includes(one));
  const top = others.slice(0, FIRST_SCREEN - kept.length);
  const fitting = others.slice(top.length).filter(({ fitsByAnswers }) => fitsByAnswers);
  const onHand = top.filter(({ signpost, group }) => signpost.onHand && group !== URGENT);
  const leaving = onHand.slice(Math.max(0, onHand.length - fitting.length));
  const coming = fitting.slice(0, leaving.length);
  return now.filter(
    (one) => kept.includes(one) || coming.includes(one) || (top.includes(one) && !leaving.includes(one)),
  );
}
