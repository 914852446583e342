import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Content } from '../../src/content/content.ts';
import { openContent } from '../../src/content/open.ts';
import { assess, type OutcomeKind } from '../../src/engine/assess.ts';
import { type Answer, readValue } from '../../src/engine/facts.ts';
import { type Simulation, simulate } from '../../src/engine/simulate.ts';

/** A family of test/families/*.yaml: what they know, and what must come of it. */
export interface Family {
  readonly file: string;
  readonly name: string;
  /** The day on which they ask, where it is not TODAY: "2026-04-05". */
  readonly date?: string;
  readonly topics?: string[];
  readonly facts: Record<string, unknown>;
  readonly children?: Record<string, unknown>[];
  readonly outcomes?: Record<string, OutcomeKind>;
  readonly must?: string[];
  readonly may?: string[];
  readonly must_not?: string[];
}

export const ROOT = new URL('../..', import.meta.url).pathname;
/** The day that most families live on; their rates are those of 2026/27. */
export const TODAY = new Date('2026-11-22T12:00:00Z');

/** The day on which a family asks. */
const dayOf = ({ date }: Family): Date => (date ? new Date(`${date}T12:00:00Z`) : TODAY);

export function readFamilies(): Family[] {
  const folder = `${ROOT}/test/families`;
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((file) =>
      (parse(readFileSync(`${folder}/${file}`, 'utf8')) as Family[]).map((one) => ({ ...one, file })),
    );
}

export async function readContentOnce(): Promise<Content> {
  return (await openContent(ROOT)).content;
}

/** @throws where a fact does not exist or cannot have the value. */
export function answersIn(content: Content, facts: Record<string, unknown>): Record<string, Answer> {
  return Object.fromEntries(
    Object.entries(facts).map(([id, raw]) => {
      const fact = content.model.facts[content.model.factIndex.get(id) ?? -1]?.fact;
      if (!fact) throw new Error(`no fact "${id}"`);
      if (raw === 'not_sure' || raw === 'rather_not_say') return [id, { silence: raw }];
      const value = readValue(fact, raw);
      if (value === undefined) throw new Error(`"${id}" cannot be ${JSON.stringify(raw)}`);
      return [id, { value }];
    }),
  );
}

/** @returns for each entry what comes of it for the family on its day. */
export function outcomesOf(content: Content, family: Family): Record<string, OutcomeKind> {
  const all = answersIn(content, family.facts);
  const isChild = (id: string) => content.facts.get(id)?.scope === 'child';
  const split = (of: Record<string, Answer>, child: boolean) =>
    Object.fromEntries(Object.entries(of).filter(([id]) => isChild(id) === child));
  const more = (family.children ?? []).map((facts) => answersIn(content, facts));
  const answers = { family: split(all, false), children: [split(all, true), ...more] };
  const { family: outcomes } = assess(content.model, answers, dayOf(family).toISOString().slice(0, 10));
  return Object.fromEntries(
    outcomes.map((one) => [content.model.entries[one.entry]?.entry.id ?? '', one.kind]),
  );
}

export function simulateFamily(content: Content, family: Family): Simulation {
  const children = (family.children ?? []).map((facts) => answersIn(content, facts));
  return simulate(
    content.model,
    { topics: family.topics ?? [], facts: answersIn(content, family.facts), children },
    dayOf(family),
  );
}

/** @returns everything that the family is shown, by id. */
export function shownIn({ found }: Simulation): string[] {
  const { first, more, later, held } = found.signposts;
  return [...first, ...more, ...later, ...held].map(({ entry }) => entry);
}
