import { clocksOf, NATION_FACT } from '../../engine/entries.ts';
import { factsOf, type Rule, type Test, testsOf } from '../../engine/rules.ts';
import { type Check, Findings } from './check.ts';

/** Questions, and options of questions, that settle nothing: each one costs a tired parent something. */
export const questions: Check = (loaded) => {
  const found = new Findings(loaded.files);
  const { facts, entries } = loaded.data.engine;
  const ruleOf = (rule: Rule | undefined): Rule[] => (rule ? [rule] : []);
  const entryRules = entries.flatMap((entry) => [
    ...ruleOf(entry.when),
    ...ruleOf(entry.mayWhen),
    ...ruleOf(entry.held),
  ]);

  // A fact is of use where a rule of an entry or a clock names it, or danger hangs on it, or where it decides
  // whether a fact that is of use applies.
  const useful = new Set([
    NATION_FACT,
    ...entryRules.flatMap(factsOf),
    ...entries.flatMap((entry) => clocksOf(entry).map((clock) => clock.from)),
    ...facts.filter((fact) => fact.danger).map((fact) => fact.id),
    // Where they live tells whose the local things are.
    ...facts
      .filter(({ type }) => type === 'place' && entries.some(({ isLocal }) => isLocal))
      .map(({ id }) => id),
  ]);
  for (const id of useful) {
    const condition = facts.find((fact) => fact.id === id)?.onlyIf;
    // A set goes on over what is added while it is walked.
    if (condition) for (const decides of factsOf(condition)) useful.add(decides);
  }
  const tests = [...entryRules, ...facts.flatMap((fact) => ruleOf(fact.onlyIf))].flatMap(testsOf);

  for (const fact of facts) {
    if (!useful.has(fact.id)) {
      found.fault(
        'facts',
        [fact.id],
        `the answer to "${fact.id}" settles nothing`,
        'use it in the rule of an entry, or take the question out',
      );
      continue;
    }
    if (fact.id === NATION_FACT) continue;
    const tested = new Set(tests.flatMap((test) => optionsTested(test, fact.id)));
    const untested = fact.options.filter(
      (option) => !tested.has(option) && !fact.danger?.[option] && !fact.exclusive.includes(option),
    );
    // Of a single choice, one option may be what is left when none of the others holds.
    const spare = fact.type === 'choices' || fact.exclusive.length > 0 ? 0 : 1;
    if (untested.length > spare) {
      found.warn(
        'facts',
        [fact.id, 'options'],
        `no rule tells ${untested.map((option) => `"${option}"`).join(', ')} of "${fact.id}" apart from the rest`,
        'make one option of them, or use them in a rule',
      );
    }
  }
  return found.list;
};

function optionsTested(test: Test, fact: string): readonly string[] {
  return test.fact === fact && test.op === 'in' ? test.options : [];
}
