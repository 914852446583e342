import type { Answers } from '../engine/assess.ts';
import { MAX_CHILDREN } from '../engine/conversation.ts';
import { type Answer, type Fact, readValue } from '../engine/facts.ts';
import type { Model } from '../engine/model.ts';
import { nearest } from '../engine/rules.ts';
import { BadLine, isObject } from './lines.ts';

/**
 * Reads facts as they stand in a JSON line: values, or "not_sure" and "rather_not_say".
 * @returns the answers of the family and of one child
 * @throws BadLine where there is no such fact or the value is none of its values
 */
function readAnswers(
  model: Model,
  facts: Readonly<Record<string, unknown>>,
): { family: Record<string, Answer>; child: Record<string, Answer> } {
  const family: Record<string, Answer> = {};
  const child: Record<string, Answer> = {};
  for (const [id, raw] of Object.entries(facts)) {
    const index = model.factIndex.get(id);
    if (index === undefined)
      throw new BadLine(
        'unknown_fact',
        `there is no fact "${id}": ${nearest(id, [...model.factIndex.keys()])}`,
      );
    const { fact } = model.facts[index] as Model['facts'][number];
    (fact.scope === 'child' ? child : family)[id] = readAnswer(fact, raw);
  }
  return { family, child };
}

/**
 * Reads the facts of a family and of its further children.
 * @throws BadLine where they are no such facts
 */
export function readFamilyAnswers(model: Model, facts: unknown, further: unknown = []): Answers {
  if (!isObject(facts)) throw new BadLine('no_facts', '"facts" must be an object: {"child.age": 7}');
  if (!Array.isArray(further) || !further.every(isObject))
    throw new BadLine('bad_children', '"children" must be a list of objects, one for each further child');
  if (further.length >= MAX_CHILDREN)
    throw new BadLine('too_many_children', `at most ${MAX_CHILDREN} children`);
  const first = readAnswers(model, facts);
  const others = further.map((one, i) => {
    const { family, child } = readAnswers(model, one);
    const [other] = Object.keys(family);
    if (other !== undefined)
      throw new BadLine(
        'not_of_a_child',
        `"${other}" of child ${i + 2} belongs in "facts": it is of the family`,
      );
    return child;
  });
  return { family: first.family, children: [first.child, ...others] };
}

function readAnswer(fact: Fact, raw: unknown): Answer {
  const value = readValue(fact, raw);
  if (value !== undefined) return { value };
  if (raw === 'not_sure' || raw === 'rather_not_say') return { silence: raw };
  throw new BadLine('bad_value', `"${fact.id}" cannot be ${JSON.stringify(raw)}: ${cureFor(fact, raw)}`);
}

function cureFor(fact: Fact, raw: unknown): string {
  const silences = 'or "not_sure" or "rather_not_say"; leave it out where it was not asked';
  if (fact.options.length > 0) {
    const list = fact.type === 'choices' && Array.isArray(raw);
    const wrong = list ? raw.find((option) => !fact.options.includes(option)) : raw;
    if (list && wrong === undefined)
      return raw.length === 0
        ? `name at least one of ${fact.options.join(', ')}`
        : `${fact.exclusive.join(', ')} must stand alone`;
    const close = typeof wrong === 'string' ? nearest(wrong, fact.options) : '';
    return close.startsWith('did you mean') ? close : `use ${fact.options.join(', ')}, ${silences}`;
  }
  if (fact.type === 'place') return `use the code of an authority like "E06000023", ${silences}`;
  if (fact.type === 'date') return `use a day like "2026-11-22", ${silences}`;
  return `use a number from 0 to ${fact.max ?? 1_000_000}, ${silences}`;
}
