import { openFresh } from '../content/check.ts';
import { writeLine } from './lines.ts';
import { type ExitCode, optionsOf } from './options.ts';

/** Prints the vocabulary. */
export async function facts(root: string, args: string[]): Promise<ExitCode> {
  optionsOf(args, {});
  const { content } = openFresh(root);
  for (const { fact } of content.model.facts) {
    const text = content.facts.get(fact.id);
    await writeLine({
      id: fact.id,
      scope: fact.scope,
      type: fact.type,
      options: fact.options,
      only_if: text?.only_if ?? null,
      otherwise: fact.otherwise ?? null,
      ask: text?.ask,
      effort: fact.effort,
      sensitive: fact.sensitive,
    });
  }
  return 0;
}

/** Prints the catalogue. */
export async function entries(root: string, args: string[]): Promise<ExitCode> {
  optionsOf(args, {});
  const { content } = openFresh(root);
  for (const entry of content.entries.values()) {
    await writeLine({
      id: entry.id,
      kind: entry.kind,
      title: entry.title,
      topics: entry.topics,
      nations: entry.nations,
      reach: entry.reach,
      when: entry.when ?? null,
      may_when: entry.may_when ?? null,
      held: entry.held ?? null,
      gives: entry.gives ?? {},
      clocks: entry.clocks ?? [],
      stages: entry.stages ?? [],
      factors: entry.factors,
      checked: entry.checked,
      review_by: entry.review_by,
    });
  }
  return 0;
}
