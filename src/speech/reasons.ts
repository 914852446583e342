import type { Content } from '../content/content.ts';
import { type FamilyOutcome, KNOWN, NOT_APPLICABLE, type State } from '../engine/assess.ts';
import { figureOn } from '../engine/rates.ts';
import type { Bound, Bounds, Test } from '../engine/rules.ts';
import { TRUE } from '../engine/truth.ts';
import { factOf, optionLabel, toldUs, valueInWords } from './facts.ts';
import type { Said, Voice } from './voice.ts';

type Options = { readonly date: string; readonly hideRates?: boolean };

/** Why an outcome is what it is: what they told us, and for what ruled it out, what it would need. */
export interface Reason {
  readonly fact: string;
  /** What they told us; empty where the fact does not apply to them. */
  readonly told: readonly Said[];
  /** What would be needed instead, and how near it was. Only for what ruled an entry out. */
  readonly needs: readonly Said[];
}

/**
 * @param options `date` ("YYYY-MM-DD") decides the rates in the reasons; `hideRates` leaves out what needs one
 * @returns the reasons, what speaks most for this family first: what they need before who they are
 */
export function reasonsFor(
  content: Content,
  voice: Voice,
  outcome: Pick<FamilyOutcome, 'kind' | 'because'>,
  state: State,
  options: Options,
): Reason[] {
  const { model } = content;
  const reasons = new Map<string, Reason & { background: boolean }>();
  for (const index of outcome.because) {
    const { test, fact: f } = model.tests[index] as (typeof model.tests)[number];
    const { fact } = model.facts[f] as (typeof model.facts)[number];
    const status = state.status[f];
    const value = state.values[f];
    const ruledOut = outcome.kind === 'ruled_out';
    if (status !== KNOWN && !(ruledOut && status === NOT_APPLICABLE)) continue;
    const holds = state.truths[index] === TRUE;
    const only = test.op === 'in' && holds ? test.options : undefined;
    const told = status === KNOWN && value !== undefined ? toldUs(content, voice, fact.id, value, only) : [];
    const needs = ruledOut ? needsOf(content, voice, test, holds, value, options) : [];
    const before = reasons.get(fact.id);
    reasons.set(fact.id, {
      fact: fact.id,
      told: unique([...(before?.told ?? []), ...told]),
      needs: unique([...(before?.needs ?? []), ...needs]),
      background: content.model.tests[index]?.background ?? false,
    });
  }
  const list = [...reasons.values()].filter((reason) => reason.told.length + reason.needs.length > 0);
  return [...list.filter((reason) => !reason.background), ...list.filter((reason) => reason.background)];
}

function unique(list: Said[]): Said[] {
  return list.filter((said, i) => list.findIndex((other) => other.text === said.text) === i);
}

function needsOf(
  content: Content,
  voice: Voice,
  test: Test,
  holds: boolean,
  value: State['values'][number],
  { date, hideRates }: Options,
): Said[] {
  if (test.op === 'in') {
    const list = test.options
      .map((option) => optionLabel(content, voice, test.fact, option).text)
      .join(' / ');
    // A test that holds and yet ruled the entry out stands under a `not`.
    return [voice.say(holds ? 'outcome.needs_not' : 'outcome.needs_one_of', { list })];
  }
  if (holds) return [];
  const { fact } = factOf(content, test.fact);
  return (Object.entries(test.bounds) as [keyof Bounds, Bound][]).flatMap(([op, bound]) => {
    const limit =
      typeof bound === 'number' ? bound : hideRates ? undefined : figureOfDay(content, bound.rate, date);
    if (limit === undefined || typeof value !== 'number' || meets(value, op, limit)) return [];
    const words = (n: number) => valueInWords(content, voice, fact.id, n)[0]?.text ?? '';
    const said = [voice.say(`outcome.needs_${op}`, { value: words(limit) })];
    const difference = Math.abs(value - limit);
    if (difference > 0 && fact.type !== 'age') {
      const near = value > limit ? 'outcome.near_over' : 'outcome.near_under';
      said.push(voice.say(near, { difference: words(Math.round(difference * 100) / 100) }));
    }
    return said;
  });
}

function figureOfDay(content: Content, id: string, date: string): number | undefined {
  const rate = content.figures.get(id);
  return rate && figureOn(rate, date);
}

function meets(value: number, op: keyof Bounds, limit: number): boolean {
  switch (op) {
    case 'at_least':
      return value >= limit;
    case 'at_most':
      return value <= limit;
    case 'over':
      return value > limit;
    case 'under':
      return value < limit;
  }
}
