import { AREA_FACT, NATION_FACT, type Nation } from './entries.ts';
import type { Answer } from './facts.ts';

/** A council in charge of children's services in its area, by its code. Its name and links live in the content. */
export interface Authority {
  /** Its first day, "YYYY-MM-DD", if it is a new one. */
  readonly from?: string;
  /** Its last day, if it is known to end. */
  readonly until?: string;
  /** Those that follow it: codes, or names as long as there is no code. */
  readonly successors?: readonly string[];
}

/**
 * Which authority is in charge on a day: itself, or those that followed it.
 * @param authorities all of them, by code
 * @param code of one that is or was
 * @param date "YYYY-MM-DD"
 * @returns the codes of those in charge; the last that is known where nobody knows the next. Several where it was
 *   divided: then only the family can tell.
 */
export function authoritiesOn(
  authorities: ReadonlyMap<string, Authority>,
  code: string,
  date: string,
): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (one: string): void => {
    if (seen.has(one)) return;
    seen.add(one);
    const authority = authorities.get(one);
    const next = (authority?.successors ?? []).filter((successor) => authorities.has(successor));
    if (hasEnded(authority, date) && next.length > 0) next.forEach(visit);
    else found.add(one);
  };
  visit(code);
  // In a circle nobody is in charge: better the last that is known than nobody.
  return found.size > 0 ? [...found] : [code];
}

/** @returns whether an authority is no longer in charge on a day ("YYYY-MM-DD"). */
export function hasEnded(authority: Authority | undefined, date: string): boolean {
  return authority?.until !== undefined && date > authority.until;
}

/**
 * @param answerTo gives the answer to a fact, if there is one
 * @returns the code of the area that a family lives in; whoever has moved to another nation no longer lives there
 */
export function areaOf(answerTo: (fact: string) => Answer | undefined): string | undefined {
  const value = (id: string) => {
    const answer = answerTo(id);
    return answer && 'value' in answer ? String(answer.value) : undefined;
  };
  const nation = value(NATION_FACT);
  return nation === undefined || nation === ENGLAND ? value(AREA_FACT) : undefined;
}

/** The nation whose authorities we know. */
export const ENGLAND: Nation = 'england';

/** Among the places that somebody can choose from: none of them. */
export const OTHER_PLACE = 'other';
