import { LogicEngine } from 'json-logic-engine';
import type { Model } from '../../../src/engine/model.ts';
import type { Rule, Test } from '../../../src/engine/rules.ts';
import { nameOf } from '../samples.ts';
import { figureOf, type Peer, questionOf } from './peer.ts';

const OPERATOR = { at_least: '>=', at_most: '<=', over: '>', under: '<' } as const;

/**
 * The rules as JSON Logic, compiled by json-logic-engine.
 * @param as `one` function that answers for every entry, or a function an entry
 */
export function jsonLogic(model: Model, date: string, as: 'one' | 'each'): Peer {
  const engine = new LogicEngine();
  const prepare = (facts: unknown) => facts;
  const figure = figureOf(model, date);
  const logics = model.entries.map(({ entry }) => logicOf(questionOf(entry)));
  const name = `json-logic-engine build(), ${as === 'one' ? 'one function' : 'a function a rule'}`;
  if (as === 'one') return { name, prepare, assess: engine.build(logics) as Peer['assess'] };
  const functions = logics.map((logic) => engine.build(logic));
  return { name, prepare, assess: (facts) => functions.map((has) => has(facts) as boolean) };

  function logicOf(rule: Rule): unknown {
    if ('test' in rule) return logicOfTest(rule.test);
    if ('not' in rule) return { '!': [logicOf(rule.not)] };
    const [operator, parts] = 'all' in rule ? ['and', rule.all] : ['or', rule.any];
    if (parts.length === 0) return operator === 'and';
    return parts.length === 1 ? logicOf(parts[0] as Rule) : { [operator]: parts.map(logicOf) };
  }

  function logicOfTest(test: Test): unknown {
    const value = { var: nameOf(test.fact) };
    if (test.op === 'compare') {
      const bounds = Object.entries(test.bounds).map(([op, bound]) => ({
        [OPERATOR[op as keyof typeof OPERATOR]]: [value, figure(bound)],
      }));
      return bounds.length === 1 ? bounds[0] : { and: bounds };
    }
    const index = model.factIndex.get(test.fact) as number;
    if (model.facts[index]?.fact.type === 'choices') {
      const has = test.options.map((option) => ({ in: [option, value] }));
      return has.length === 1 ? has[0] : { or: has };
    }
    if (test.options.length === 1) return { '===': [value, test.options[0]] };
    return { in: [value, test.options] };
  }
}
