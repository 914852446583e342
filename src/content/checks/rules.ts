import { NATION_FACT, NATIONS } from '../../engine/entries.ts';
import type { Fact } from '../../engine/facts.ts';
import type { Rule } from '../../engine/rules.ts';
import { type Check, Findings } from './check.ts';
import { type TruthTable, truthTable } from './truth-table.ts';

/** Rules that no family can satisfy, that hold for all, or that ask for what does not matter. */
export const rules: Check = (loaded, today) => {
  const found = new Findings(loaded.files);
  const facts = new Map(loaded.data.engine.facts.map((fact): [string, Fact] => [fact.id, fact]));
  const table = (rule: Rule, nations: readonly string[] = NATIONS) =>
    truthTable(rule, facts, loaded.data.engine.rates, today, { [NATION_FACT]: nations });

  for (const fact of facts.values()) {
    if (!fact.onlyIf) continue;
    report(found, table(fact.onlyIf), 'facts', [fact.id, 'only_if'], {
      never: `"${fact.id}" never applies`,
      always: `"${fact.id}" always applies`,
    });
  }
  for (const entry of loaded.data.engine.entries) {
    const file = `entry:${entry.id}`;
    let whole = true;
    if (entry.when) {
      whole = report(found, table(entry.when, entry.nations), file, ['when'], {
        never: 'no family in these nations can satisfy this rule',
        always: 'this rule holds for every family in these nations',
      });
    }
    if (entry.held) {
      const held = report(found, table(entry.held, entry.nations), file, ['held'], {
        never: 'no family in these nations can hold this',
        always: 'every family in these nations would hold this',
      });
      whole &&= held;
    }
    if (!whole || !entry.held) continue;
    const reached = table({ all: [...(entry.when ? [entry.when] : []), { not: entry.held }] }, entry.nations);
    if (reached.complete && !reached.canHold) {
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

/** @returns whether the rule can both hold and fail. */
function report(
  found: Findings,
  table: TruthTable,
  file: string,
  path: string[],
  says: { never: string; always: string },
): boolean {
  // What a sample does not show may still exist.
  const tell: Findings['fault'] = (...fault) =>
    table.complete ? found.fault(...fault) : found.warn(...fault);
  const hedge = table.complete ? '' : ' (as far as a sample of families shows)';
  if (!table.canHold) {
    tell(file, path, `${says.never}${hedge}`, 'correct the rule: some of its conditions exclude each other');
  } else if (!table.canFail) {
    tell(file, path, `${says.always}${hedge}`, 'leave it out if there is no condition, or correct it');
  } else {
    for (const id of table.idle) {
      tell(
        file,
        path,
        `the answer to "${id}" never changes this rule${hedge}`,
        id === NATION_FACT ? '`nations` already says it: take it out' : 'take it out of the rule',
      );
    }
  }
  return table.canHold && table.canFail;
}
