import { Engine } from 'json-rules-engine';
import type { Model } from '../../../src/engine/model.ts';
import type { Rule, Test } from '../../../src/engine/rules.ts';
import { type Facts, nameOf } from '../samples.ts';
import { figureOf, type Peer, questionOf } from './peer.ts';

const OPERATOR = {
  at_least: 'greaterThanInclusive',
  at_most: 'lessThanInclusive',
  over: 'greaterThan',
  under: 'lessThan',
} as const;

/** The rules in json-rules-engine: one engine, an event for each entry that they have. */
export function jsonRulesEngine(model: Model, date: string): Peer {
  const figure = figureOf(model, date);
  const engine = new Engine();
  for (const { entry, index } of model.entries) {
    // The root of its rules must be a list.
    engine.addRule({ conditions: { all: [conditionOf(questionOf(entry))] }, event: { type: String(index) } });
  }
  return {
    name: 'json-rules-engine',
    prepare: (facts) => facts,
    assess: async (facts) => {
      const { events } = await engine.run(facts as Facts);
      const yes: boolean[] = new Array(model.entries.length).fill(false);
      for (const { type } of events) yes[Number(type)] = true;
      return yes;
    },
  };

  function conditionOf(rule: Rule): unknown {
    if ('test' in rule) return conditionOfTest(rule.test);
    if ('not' in rule) return { not: conditionOf(rule.not) };
    // An empty `any` would be true there.
    if ('any' in rule && rule.any.length === 0) return { not: { all: [] } };
    return 'all' in rule ? { all: rule.all.map(conditionOf) } : { any: rule.any.map(conditionOf) };
  }

  function conditionOfTest(test: Test): unknown {
    const fact = nameOf(test.fact);
    if (test.op === 'compare') {
      const bounds = Object.entries(test.bounds).map(([op, bound]) => ({
        fact,
        operator: OPERATOR[op as keyof typeof OPERATOR],
        value: figure(bound),
      }));
      return bounds.length === 1 ? bounds[0] : { all: bounds };
    }
    const index = model.factIndex.get(test.fact) as number;
    if (model.facts[index]?.fact.type === 'choices') {
      const has = test.options.map((value) => ({ fact, operator: 'contains', value }));
      return has.length === 1 ? has[0] : { any: has };
    }
    return { fact, operator: 'in', value: test.options };
  }
}
