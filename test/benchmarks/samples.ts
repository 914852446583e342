import type { Content } from '../../src/content/content.ts';
import { type Answers, KNOWN, NOT_APPLICABLE, readState } from '../../src/engine/assess.ts';
import type { Answer, Value } from '../../src/engine/facts.ts';
import type { Model } from '../../src/engine/model.ts';
import { tellingValues } from '../../src/engine/questions.ts';
import { answersIn, readFamilies } from '../families/families.ts';

/** The day that the samples live on, as the families do. */
export const DATE = '2026-11-22';

/** A family as every engine here can read it: all facts by name, with `only_if` and `otherwise` applied. */
export type Facts = Readonly<Record<string, Value>>;

/** @returns the families of test/families as they stand, one sample a child; what is not told stays unknown. */
export function realFamilies(content: Content): Answers[] {
  return readFamilies().flatMap((family) => {
    const facts = Object.entries(answersIn(content, family.facts));
    const isChild = ([id]: [string, Answer]) => content.facts.get(id)?.scope === 'child';
    const rest = Object.fromEntries(facts.filter((one) => !isChild(one)));
    const first = Object.fromEntries(facts.filter(isChild));
    const others = (family.children ?? []).map((child) => answersIn(content, child));
    return [first, ...others].map((child) => ({ family: rest, children: [child] }));
  });
}

/**
 * Answers whatever is still unknown. The values are drawn from those that the rules tell apart, the same ones in
 * each run.
 */
export function complete(model: Model, answers: Answers, random: () => number): Answers {
  const family: Record<string, Answer> = { ...answers.family };
  const child: Record<string, Answer> = { ...answers.children[0] };
  for (const index of model.order) {
    const { fact } = model.facts[index] as Model['facts'][number];
    const status = readState(model, { family, children: [child] }, 0, DATE).status[index];
    if (status === KNOWN || status === NOT_APPLICABLE) continue;
    const values = tellingValues(model, index, model.figuresOn(DATE));
    const value = values[Math.floor(random() * values.length)] as Value;
    (fact.scope === 'child' ? child : family)[fact.id] = { value };
  }
  return { family, children: [child] };
}

/** @returns the facts of a complete family, ready for a peer. */
export function factsOf(model: Model, answers: Answers): Facts {
  const { values } = readState(model, answers, 0, DATE);
  return Object.fromEntries(
    model.facts.flatMap(({ fact, index }) => {
      const value = values[index];
      return value === undefined ? [] : [[nameOf(fact.id), value]];
    }),
  );
}

/** A fact's name for the peers: most of them read a dot as a path into an object, which would only slow them. */
export function nameOf(fact: string): string {
  return fact.replaceAll('.', '_');
}

/** A small random generator with a seed (mulberry32), so that every run has the same families. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
