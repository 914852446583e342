import type { Value } from './facts.ts';
import type { Rule } from './rules.ts';

export type EntryKind =
  | 'entitlement'
  | 'right'
  | 'assessment'
  | 'pathway'
  | 'service'
  | 'helpline'
  | 'peer-support';

/**
 * When an entry is shown to a family that did not ask about its topic: `everyone` always, `likely` unless it is
 * ruled out, `topic` only when what they told us positively fits a rule with a condition of its own. `told` is as
 * `topic`, but on its topic too a maybe is not shown: what is for workers, never for a parent.
 */
export type Reach = 'everyone' | 'likely' | 'topic' | 'told';

export const NATIONS = ['england', 'wales', 'scotland', 'northern_ireland'] as const;
export type Nation = (typeof NATIONS)[number];
export const NATION_FACT = 'household.nation';
/** A fact of type place: the authority. It applies in England only. */
export const AREA_FACT = 'household.area';

export const PERIOD_UNITS = ['days', 'weeks', 'months', 'working_days', 'school_days'] as const;
/** A time of the law. Several units add up: months first, then weeks and days, then working and school days. */
export type Period = { readonly [unit in (typeof PERIOD_UNITS)[number]]?: number };

/** A time limit that the law sets, counted from a date that the family gives. */
export interface Clock {
  /** A fact of type date. */
  readonly from: string;
  readonly add: Period;
  /** Nobody can reckon the very day: what the law skips is not known to us, or it is guidance and no law. */
  readonly about?: boolean;
}

/** A part of an entry's way: what somebody must do, by a day that runs from a date of the family's if it has a clock. */
export interface Stage {
  readonly id: string;
  readonly clock?: Clock;
}

/** What the engine needs to know of an entry. Its words live in the content. */
export interface Entry {
  readonly id: string;
  readonly kind: EntryKind;
  /** The main topic first. */
  readonly topics: readonly string[];
  readonly nations: readonly Nation[];
  readonly reach: Reach;
  readonly when?: Rule;
  /** Who else may have it, where somebody decides case by case: true here is `may`, never `qualifies`. */
  readonly mayWhen?: Rule;
  readonly held?: Rule;
  /** Facts that being granted this entry would change, with the values they could then have. */
  readonly gives: Readonly<Record<string, readonly Value[]>>;
  /** Rough worth in pounds a week, 0 where it is not money. */
  readonly worth: number;
  /** 1 a call or a short form, 2 a form, 3 a long form or a fight. */
  readonly effort: 1 | 2 | 3;
  /** Kinds of danger in which it would do harm, and is not shown: couple work where there is fear. */
  readonly hideInDanger?: readonly string[];
  /** Each area has its own: to know where they live says more of it. */
  readonly isLocal?: boolean;
  /** Help in danger or for tonight. */
  readonly urgent: boolean;
  /** The family's own deadlines: what is lost if they are missed. */
  readonly clocks: readonly Clock[];
  /** The whole way, in order. What others must do by a day makes nothing urgent for the family. */
  readonly stages?: readonly Stage[];
}

/** @returns every clock that a date of the family's sets going: its own deadlines, and the stages of the way. */
export function clocksOf({ clocks, stages = [] }: Entry): readonly Clock[] {
  return [...clocks, ...stages.flatMap(({ clock }) => clock ?? [])];
}

/** Never true: where there is only the discretionary route. */
const NEVER: Rule = { any: [] };

/**
 * The whole condition of an entry: its nations and its own rule (or another rule of its own, as `mayWhen`). An entry
 * with `mayWhen` alone has no sure route.
 */
export function wholeRule(
  entry: Entry,
  own: Rule | undefined = entry.when ?? (entry.mayWhen && NEVER),
): Rule {
  const parts: Rule[] = [];
  if (entry.nations.length < NATIONS.length) {
    parts.push({ test: { fact: NATION_FACT, op: 'in', options: entry.nations } });
  }
  if (own) parts.push(own);
  return parts.length === 1 ? (parts[0] as Rule) : { all: parts };
}
