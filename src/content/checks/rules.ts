import { NATION_FACT, NATIONS } from '../../engine/entries.ts';
import type { Fact } from '../../engine/facts.ts';
import { factsOf, type Rule, readRule } from '../../engine/rules.ts';
import { FALSE, TRUE } from '../../engine/truth.ts';
import type { Content } from '../content.ts';
import type { Path } from '../faults.ts';
import { type Check, type Checked, Findings } from './check.ts';
import { possibleFamilies, type Vocabulary } from './possible.ts';

/** Rules that no family can satisfy, that hold for all, or that ask for what does not matter. */
export const rules: Check = (loaded, today) => {
  const found = new Findings(loaded.files);
  const vocabulary = vocabularyOf(loaded.content, today);
  const look = new RuleLook(loaded, found, vocabulary);

  for (const fact of vocabulary.facts.values()) {
    if (!fact.onlyIf) continue;
    look.report(fact.onlyIf, 'facts', [fact.id, 'only_if'], NATIONS, {
      never: `"${fact.id}" never applies`,
      always: `"${fact.id}" always applies`,
    });
  }
  for (const entry of loaded.data.engine.entries) {
    const { when, mayWhen, held, nations } = entry;
    const file = `entry:${entry.id}`;
    const never = 'no family in these nations can satisfy this rule';
    const always = 'this rule holds for every family in these nations';
    let whole = !when || look.report(when, file, ['when'], nations, { never, always });
    if (mayWhen) {
      // That anyone may is said by a rule that always holds: nobody is kept from a helpline by an answer.
      const may = look.report(mayWhen, file, ['may_when'], nations, { never });
      if (may && whole && when && !look.canHold([mayWhen, { not: when }], nations))
        found.fault(
          file,
          ['may_when'],
          'this adds nobody: whoever satisfies it also satisfies `when`',
          'take it out, or widen it',
        );
      whole &&= may;
    }
    if (!held) continue;
    whole &&= look.report(held, file, ['held'], nations, {
      never: 'no family in these nations can hold this',
      always: 'every family in these nations would hold this',
    });
    const routes = [when, mayWhen].filter((rule) => rule !== undefined);
    const reached: Rule[] = routes.length > 0 ? [{ any: routes }, { not: held }] : [{ not: held }];
    if (whole && !look.canHold(reached, nations)) {
      found.fault(
        file,
        ['held'],
        'no family can reach this entry: whoever satisfies `when` also holds it',
        'correct `when` or `held`',
      );
    }
  }
  return found.list;
};

/** @returns what the rules of some content are about. */
export function vocabularyOf({ model, figures }: Content, today: string): Vocabulary {
  const facts = new Map(model.facts.map(({ fact }): [string, Fact] => [fact.id, fact]));
  return { facts, rates: [...figures.values()], today };
}

class RuleLook {
  readonly #loaded: Checked;
  readonly #found: Findings;
  readonly #vocabulary: Vocabulary;

  constructor(loaded: Checked, found: Findings, vocabulary: Vocabulary) {
    this.#loaded = loaded;
    this.#found = found;
    this.#vocabulary = vocabulary;
  }

  /** @returns false only where it is sure that no family in these nations satisfies all of these rules. */
  canHold(all: readonly Rule[], nations: readonly string[]): boolean {
    return possibleFamilies([{ all }], this.#vocabulary, { [NATION_FACT]: nations }).come(0, TRUE) !== 'no';
  }

  /** @returns whether the rule can both hold and fail. */
  report(
    rule: Rule,
    file: string,
    path: Path,
    nations: readonly string[],
    says: { never: string; always?: string },
  ): boolean {
    const found = this.#found;
    const families = possibleFamilies([rule], this.#vocabulary, { [NATION_FACT]: nations });
    if (families.come(0, TRUE) === 'no') {
      found.fault(file, path, says.never, 'correct the rule: some of its conditions exclude each other');
      return false;
    }
    if (families.come(0, FALSE) === 'no') {
      if (says.always === undefined) return true;
      found.fault(file, path, says.always, 'leave it out if there is no condition, or correct it');
      return false;
    }
    const hangs = factsOf(rule).map((id) => ({ id, possible: families.hangsOn(0, id) }));
    const idle = hangs.filter(({ possible }) => possible === 'no');
    for (const { id } of idle) {
      found.fault(
        file,
        path,
        `the answer to "${id}" never changes this rule`,
        id === NATION_FACT ? '`nations` already says it: take it out' : 'take it out of the rule',
      );
    }
    if (hangs.some(({ possible }) => possible === 'unsure')) {
      found.warn(
        file,
        path,
        'this rule tells too many families apart to look at all of them',
        'make it shorter, so that faults in it can be found',
      );
    } else if (idle.length === 0) this.#redundant(rule, file, path, nations);
    return true;
  }

  /** Parts that could be taken out, and the rule would hold for the same families. */
  #redundant(rule: Rule, file: string, path: Path, nations: readonly string[]): void {
    const { facts, rates } = this.#vocabulary;
    const raw = path.reduce<unknown>(
      (node, key) => (node as Record<string | number, unknown> | undefined)?.[key],
      this.#loaded.files.get(file)?.data,
    );
    const parts = partsOf(raw);
    const rateIds = new Set(rates.map(({ id }) => id));
    const differ = parts.map((part): Rule => {
      const without = readRule(part.without, facts, rateIds).rule;
      return { any: [{ all: [rule, { not: without }] }, { all: [{ not: rule }, without] }] };
    });
    const families = possibleFamilies(differ, this.#vocabulary, { [NATION_FACT]: nations });
    const told: Path[] = [];
    parts.forEach((part, i) => {
      if (told.some((outer) => outer.every((key, at) => part.path[at] === key))) return;
      if (families.come(i, TRUE) !== 'no') return;
      told.push(part.path);
      this.#found.warn(
        file,
        [...path, ...part.path],
        `${part.says} changes nothing: without it the rule holds for the same families`,
        'take it out, or correct what makes it needless',
      );
    });
  }
}

interface Part {
  readonly path: Path;
  readonly says: string;
  /** The whole rule, as it stands in the YAML, without this part. */
  readonly without: unknown;
}

/**
 * @returns every part of a rule that may be taken out, the outer before the inner: conditions and options. Bounds may
 *   be needless where they make a rule easier to read: "from 11 to 16" beside "under 11".
 */
function partsOf(raw: unknown): Part[] {
  const parts: Part[] = [];
  const visit = (node: unknown, path: (string | number)[]): void => {
    if (typeof node !== 'object' || node === null) return;
    const keys = Array.isArray(node) ? [...node.keys()] : Object.keys(node);
    for (const key of keys) {
      const at = [...path, key];
      const child = (node as Record<string | number, unknown>)[key];
      const says = typeof child === 'string' ? `the option "${child}"` : `the part \`${String(key)}\``;
      const named = typeof child === 'object' && typeof key === 'number' ? `part ${key + 1}` : says;
      if (isBound(key)) continue;
      if (keys.length > 1) parts.push({ path: at, says: named, without: withoutAt(raw, at) });
      visit(child, at);
    }
  };
  visit(raw, []);
  return parts;
}

function isBound(key: string | number): boolean {
  return key === 'at_least' || key === 'at_most' || key === 'over' || key === 'under';
}

function withoutAt(node: unknown, [key, ...rest]: Path): unknown {
  if (Array.isArray(node)) {
    const list = node.map((item, i) => (i === key && rest.length > 0 ? withoutAt(item, rest) : item));
    return rest.length > 0 ? list : list.filter((_, i) => i !== key);
  }
  const map = { ...(node as Record<string, unknown>) };
  if (rest.length > 0) map[key as string] = withoutAt(map[key as string], rest);
  else delete map[key as string];
  return map;
}
