import { type Entry, NATION_FACT } from '../../engine/entries.ts';
import type { Fact, Value } from '../../engine/facts.ts';
import { ALWAYS, compileTest, factsOf, type Rule } from '../../engine/rules.ts';
import { TRUE } from '../../engine/truth.ts';
import type { EntryText } from '../schemas.ts';
import { type Check, type Checked, Findings } from './check.ts';
import { possibleFamilies, type Vocabulary } from './possible.ts';
import { vocabularyOf } from './rules.ts';

/**
 * Pairs that contradict each other: one says what the other denies.
 * - An entry sends who is refused to another that no family of its own could have: in the same nation, with the same
 *   background. Other answers may be others by then.
 * - Being granted an entry opens another that no family of its own could have; or does not count as having it.
 * - One answer means that a family has two different entries.
 * - Two entries give different days for the same deadline.
 * - Help in a danger is hidden in that danger.
 */
export const contradictions: Check = (loaded, today) => {
  const found = new Findings(loaded.files);
  const vocabulary = vocabularyOf(loaded.content, today);
  const { entries } = loaded.data.engine;
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  waysOnThatEnd(loaded, byId, vocabulary, found);
  grants(entries, vocabulary, found);
  answersWithTwoMeanings(entries, vocabulary, found);
  deadlines(loaded, found);
  for (const [kind, danger] of loaded.content.dangers) {
    danger.entries.forEach((id, i) => {
      if (!byId.get(id)?.hideInDanger?.includes(kind)) return;
      found.fault(
        'danger',
        [kind, 'entries', i],
        `"${id}" is help in this danger, but hides itself in it (\`hide_in_danger\`)`,
        'take it out here or there',
      );
    });
  }
  return found.list;
};

/** @returns a rule that holds for every family that an entry is, or may be, for. */
function familiesOf({ when, mayWhen, nations }: Entry): Rule {
  const routes = [when, mayWhen].filter((rule) => rule !== undefined);
  const nation: Rule = { test: { fact: NATION_FACT, op: 'in', options: nations } };
  return routes.length > 0 ? { all: [nation, { any: routes }] } : nation;
}

/** @returns false only where it is sure that no family satisfies all of these rules. */
function canHold(all: readonly Rule[], vocabulary: Vocabulary): boolean {
  return possibleFamilies([{ all }], vocabulary).come(0, TRUE) !== 'no';
}

function waysOnThatEnd(
  { content }: Checked,
  byId: ReadonlyMap<string, Entry>,
  vocabulary: Vocabulary,
  found: Findings,
): void {
  for (const [id, text] of content.entries) {
    const entry = byId.get(id) as Entry;
    // A refusal comes soon: who the family is stays. A stage may come years later, when the child is of age.
    const soon = (fact: Fact) => fact.background === true;
    const ways = [
      ...(text.if_refused ? [{ to: text.if_refused, path: ['if_refused'], stays: soon }] : []),
      ...(text.stages ?? []).flatMap(({ if_not: to }, i) =>
        to ? [{ to, path: ['stages', i, 'if_not'], stays: () => false }] : [],
      ),
    ];
    for (const { to, path, stays } of ways) {
      const next = byId.get(to);
      if (!next) continue;
      const facts = new Map(vocabulary.facts);
      const then = later(familiesOf(next), (fact) => fact.id === NATION_FACT || stays(fact), facts);
      if (canHold([familiesOf(entry), then], { ...vocabulary, facts })) continue;
      found.fault(
        `entry:${id}`,
        path,
        `this leads to "${to}", but no family can have both: their nations or rules exclude each other`,
        'name another entry, or say in `refused_steps` what to do',
      );
    }
  }
}

/**
 * @param facts takes in what the rule is about by then
 * @returns the rule at a later time: each answer that does not stay is another one
 */
function later(rule: Rule, stays: (fact: Fact) => boolean, facts: Map<string, Fact>): Rule {
  if ('all' in rule) return { all: rule.all.map((part) => later(part, stays, facts)) };
  if ('any' in rule) return { any: rule.any.map((part) => later(part, stays, facts)) };
  if ('not' in rule) return { not: later(rule.not, stays, facts) };
  const fact = facts.get(rule.test.fact) as Fact;
  if (stays(fact)) return rule;
  const id = `${fact.id} later`;
  const { onlyIf: _, ...always } = fact;
  facts.set(id, { ...always, id });
  return { test: { ...rule.test, fact: id } };
}

function grants(entries: readonly Entry[], vocabulary: Vocabulary, found: Findings): void {
  for (const giver of entries) {
    for (const [id, values] of Object.entries(giver.gives)) {
      const fact = vocabulary.facts.get(id) as Fact;
      const opened = entries.filter(
        (other) => other !== giver && factsOf(other.when ?? other.mayWhen ?? ALWAYS).includes(id),
      );
      const reached = opened.some((other) =>
        values.some((value) => {
          const then = given(familiesOf(other), fact, value);
          return canHold([familiesOf(giver), then], vocabulary);
        }),
      );
      if (opened.length > 0 && !reached)
        found.warn(
          `entry:${giver.id}`,
          ['gives', id],
          `being granted this could open ${opened.map((other) => other.id).join(', ')}, but no family can have both`,
          'correct `gives`, or the nations or rules that exclude each other',
        );
      const { held } = giver;
      if (!held || !factsOf(held).includes(id)) continue;
      for (const value of values) {
        if (canHold([given(held, fact, value)], vocabulary)) continue;
        found.warn(
          `entry:${giver.id}`,
          ['gives', id],
          `being granted "${String(value)}" does not count as having it (\`held\`)`,
          'add it to `held`, or take it out of `gives`',
        );
      }
    }
  }
}

/** @returns the rule once a fact has this value. */
function given(rule: Rule, fact: Fact, value: Value): Rule {
  if ('all' in rule) return { all: rule.all.map((part) => given(part, fact, value)) };
  if ('any' in rule) return { any: rule.any.map((part) => given(part, fact, value)) };
  if ('not' in rule) return { not: given(rule.not, fact, value) };
  if (rule.test.fact !== fact.id) return rule;
  return compileTest(rule.test, new Map())?.(fact.type === 'choices' ? [value as string] : value)
    ? ALWAYS
    : { any: [] };
}

function answersWithTwoMeanings(entries: readonly Entry[], vocabulary: Vocabulary, found: Findings): void {
  const holding = entries.filter(({ held }) => held);
  holding.forEach((entry, i) => {
    for (const other of holding.slice(0, i)) {
      if (JSON.stringify(entry.held) !== JSON.stringify(other.held)) continue;
      if (!canHold([familiesOf(entry), familiesOf(other), entry.held as Rule], vocabulary)) continue;
      found.warn(
        `entry:${entry.id}`,
        ['held'],
        `the same answer says that a family has this and "${other.id}"`,
        'ask for them apart, or say in one of them only that it is held',
      );
    }
  });
}

function deadlines({ content }: Checked, found: Findings): void {
  const known = new Map<string, { id: string; add: string }>();
  for (const [id, { clocks = [] }] of content.entries) {
    clocks.forEach(({ from, label, add }: NonNullable<EntryText['clocks']>[number], i) => {
      const deadline = `${from} ${label}`;
      const mine = JSON.stringify(add);
      const other = known.get(deadline);
      if (other && other.add !== mine)
        found.fault(
          `entry:${id}`,
          ['clocks', i, 'add'],
          `"${label}" is another day here than in "${other.id}"`,
          'correct one of them, or say in the labels how they differ',
        );
      else known.set(deadline, { id, add: mine });
    });
  }
}
