import PublicodesEngine from 'publicodes';
import type { Model } from '../../../src/engine/model.ts';
import type { Rule, Test } from '../../../src/engine/rules.ts';
import { type Facts, nameOf } from '../samples.ts';
import { figureOf, type Peer, questionOf } from './peer.ts';

const OPERATOR = { at_least: '>=', at_most: '<=', over: '>', under: '<' } as const;
const OPPOSITE = { at_least: '<', at_most: '>', over: '<=', under: '>=' } as const;

/**
 * The rules in publicodes. It has no lists: what can hold several options becomes a yes or no an option. It would
 * know of unknown facts, as we do; here every fact is known.
 */
export function publicodes(model: Model, date: string): Peer {
  const figure = figureOf(model, date);
  const rules: Record<string, unknown> = {};
  for (const { fact } of model.facts) {
    if (fact.type === 'choices')
      for (const option of fact.options) rules[optionName(fact.id, option)] = { question: option };
    else if (fact.type !== 'date') rules[plain(fact.id)] = { question: fact.id };
  }
  const names = model.entries.map(({ entry }) => `entry ${plain(entry.id)}`);
  model.entries.forEach(({ entry }, index) => {
    rules[names[index] as string] = { valeur: expressionOf(questionOf(entry)) };
  });
  const engine = new PublicodesEngine(rules, { logger: { log() {}, warn() {}, error: console.error } });
  return {
    name: 'publicodes',
    prepare: situationOf,
    assess: (situation) => {
      engine.setSituation(situation as Record<string, unknown>);
      return names.map((name) => engine.evaluate(name).nodeValue === true);
    },
  };

  /** It negates names and comparisons only, so a "not" goes down to the tests. */
  function expressionOf(rule: Rule, negated = false): unknown {
    if ('test' in rule) return expressionOfTest(rule.test, negated);
    if ('not' in rule) return expressionOf(rule.not, !negated);
    const parts = ('all' in rule ? rule.all : rule.any).map((part) => expressionOf(part, negated));
    return 'all' in rule !== negated ? all(parts) : any(parts);
  }

  function expressionOfTest(test: Test, negated: boolean): unknown {
    const fact = plain(test.fact);
    if (test.op === 'compare') {
      const operator = negated ? OPPOSITE : OPERATOR;
      const bounds = Object.entries(test.bounds).map(
        ([op, bound]) => `${fact} ${operator[op as keyof typeof OPERATOR]} ${figure(bound)}`,
      );
      return negated ? any(bounds) : all(bounds);
    }
    const isList = isChoices(test.fact);
    const options = test.options.map((option) =>
      isList
        ? `${optionName(test.fact, option)} = ${negated ? 'non' : 'oui'}`
        : `${fact} ${negated ? '!=' : '='} '${option}'`,
    );
    return negated ? all(options) : any(options);
  }

  function isChoices(id: string): boolean {
    return model.facts[model.factIndex.get(id) as number]?.fact.type === 'choices';
  }

  function situationOf(facts: Facts): Record<string, unknown> {
    return Object.fromEntries(
      model.facts.flatMap(({ fact }): [string, unknown][] => {
        const value = facts[nameOf(fact.id)];
        if (value === undefined || fact.type === 'date') return [];
        if (typeof value !== 'object')
          return [[plain(fact.id), typeof value === 'string' ? `'${value}'` : value]];
        return fact.options.map((option) => [
          optionName(fact.id, option),
          value.includes(option) ? 'oui' : 'non',
        ]);
      }),
    );
  }
}

function all(parts: readonly unknown[]): unknown {
  if (parts.length === 0) return 'oui';
  return parts.length === 1 ? parts[0] : { 'toutes ces conditions': parts };
}

function any(parts: readonly unknown[]): unknown {
  if (parts.length === 0) return 'non';
  return parts.length === 1 ? parts[0] : { 'une de ces conditions': parts };
}

/** A name that its grammar reads: letters and blanks. */
function plain(id: string): string {
  return id.replaceAll(/[^a-z0-9]+/g, ' ');
}

function optionName(fact: string, option: string): string {
  return `${plain(fact)} has ${plain(option)}`;
}
