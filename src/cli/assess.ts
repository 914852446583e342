import { contentIn } from '../content/area-content.ts';
import { openFresh } from '../content/check.ts';
import type { Content } from '../content/content.ts';
import {
  type Answers,
  type Assessment,
  assess as assessFamily,
  NOT_APPLICABLE,
  type Outcome,
  type OutcomeKind,
  type State,
} from '../engine/assess.ts';
import { areaOf } from '../engine/authorities.ts';
import { isDate } from '../engine/facts.ts';
import type { Model } from '../engine/model.ts';
import { figureOn } from '../engine/rates.ts';
import type { Bound, Bounds, Test } from '../engine/rules.ts';
import { TRUE } from '../engine/truth.ts';
import { readFamilyAnswers } from './answers.ts';
import { answerLines, BadLine } from './lines.ts';
import { dayOf, type ExitCode, optionsOf } from './options.ts';

/** Assesses a family a line. */
export async function assess(root: string, args: string[]): Promise<ExitCode> {
  const { date } = optionsOf(args, { date: { type: 'string' } });
  const today = dayOf(date);
  const { content: national, faults } = openFresh(root);
  if (faults.length > 0) process.stderr.write(`The content has faults: run the command check.\n`);
  const whole = await answerLines((line) => {
    const { answers, day } = readFamily(national, line, today);
    const content = contentIn(
      national,
      areaOf((fact) => answers.family[fact]),
    );
    const assessment = assessFamily(content.model, answers, day);
    const family = sort(content, assessment, assessment.family, day);
    if (assessment.children.length === 1) return family;
    const children = assessment.children.map(({ outcomes }, child) =>
      sort(
        content,
        assessment,
        outcomes.map((outcome) => ({ ...outcome, children: [child] })),
        day,
      ),
    );
    return { ...family, children };
  });
  return whole ? 0 : 1;
}

function readFamily(
  { model }: Content,
  line: Readonly<Record<string, unknown>>,
  today: string,
): { answers: Answers; day: string } {
  const { facts, children, date: day = today } = line;
  if (typeof day !== 'string' || !isDate(day))
    throw new BadLine('bad_date', '"date" must be a day like "2026-11-22"');
  return { answers: readFamilyAnswers(model, facts, children), day };
}

/** An outcome, with the children that it holds for. */
type Sorted = Outcome & { readonly children: readonly number[] };

function sort(content: Content, assessment: Assessment, outcomes: readonly Sorted[], day: string) {
  const { model } = content;
  const idOf = (entry: number): string => (model.entries[entry] as Model['entries'][number]).entry.id;
  const of = (kind: OutcomeKind) => outcomes.filter((outcome) => outcome.kind === kind);
  return {
    qualifies: of('qualifies').map(({ entry }) => idOf(entry)),
    may: of('may').map(({ entry, missing }) => ({
      id: idOf(entry),
      missing: missing.map((fact) => (model.facts[fact] as Model['facts'][number]).fact.id),
    })),
    later: of('later').map(({ entry, after }) => ({ id: idOf(entry), after: after.map(idOf) })),
    held: of('held').map(({ entry }) => idOf(entry)),
    ruled_out: of('ruled_out').map(({ entry, because, children }) => {
      const { state } = assessment.children[children[0] ?? 0] as Assessment['children'][number];
      return { id: idOf(entry), because: because.map((test) => reason(content, state, test, day)) };
    }),
  };
}

/** Why a test ruled an entry out: the answer, what was needed, and by how much it was missed. */
function reason(content: Content, state: State, index: number, day: string) {
  const { test, fact } = content.model.tests[index] as Model['tests'][number];
  const value = state.values[fact];
  const is = state.status[fact] === NOT_APPLICABLE ? null : (value ?? null);
  const needs = needOf(content, test, fact, day);
  // What holds and yet rules out stands under a `not`.
  if (state.truths[index] === TRUE) return { fact: test.fact, is, needs: { not: needs } };
  const by =
    test.op === 'compare' && typeof is === 'number' ? missedBy(content, test.bounds, is, day) : undefined;
  return by === undefined ? { fact: test.fact, is, needs } : { fact: test.fact, is, needs, by };
}

function needOf(content: Content, test: Test, fact: number, day: string): object {
  if (test.op === 'in') {
    const { type } = (content.model.facts[fact] as Model['facts'][number]).fact;
    return { [type === 'choices' ? 'has_any' : 'in']: test.options };
  }
  const bounds = Object.entries(test.bounds as Record<string, Bound>).map(([op, bound]) => [
    op,
    typeof bound === 'number' ? bound : { ...bound, figure: figureOf(content, bound, day) ?? null },
  ]);
  return Object.fromEntries(bounds);
}

function figureOf(content: Content, bound: Bound, day: string): number | undefined {
  if (typeof bound === 'number') return bound;
  const rate = content.figures.get(bound.rate);
  return rate && figureOn(rate, day);
}

/** @returns how far a number is from where the bounds would hold; 0 where it stands just on a bound that is not let in. */
function missedBy(content: Content, bounds: Bounds, is: number, day: string): number | undefined {
  const missed = Object.entries(bounds as Record<keyof Bounds, Bound>).flatMap(([op, bound]) => {
    const figure = figureOf(content, bound, day);
    if (figure === undefined) return [];
    const far = op === 'at_least' || op === 'over' ? figure - is : is - figure;
    const fails = op === 'at_least' || op === 'at_most' ? far > 0 : far >= 0;
    return fails ? [far] : [];
  });
  return missed.length === 0 ? undefined : Math.round(Math.max(...missed) * 100) / 100;
}
