import { factsOf, testsOf } from '../../engine/rules.ts';
import { type Check, Findings } from './check.ts';

/** Ways from an entry to another that lead nowhere, or round in a circle: `gives` and `if_refused`. */
export const waysOn: Check = (loaded) => {
  const found = new Findings(loaded.files);
  const { entries } = loaded.data.engine;
  for (const entry of entries) {
    for (const [fact, values] of Object.entries(entry.gives)) {
      const opens = entries.some(
        (other) =>
          other.id !== entry.id &&
          other.when &&
          factsOf(other.when).includes(fact) &&
          testsOf(other.when).some(
            (test) =>
              test.fact === fact &&
              test.op === 'in' &&
              values.some((value) => test.options.includes(value as string)),
          ),
      );
      if (!opens)
        found.warn(
          `entry:${entry.id}`,
          ['gives', fact],
          `being granted this opens nothing: no other entry asks for these values of "${fact}"`,
          'take it out',
        );
    }
  }

  const next = new Map([...loaded.content.entries].map(([id, entry]) => [id, entry.if_refused]));
  for (const start of next.keys()) {
    const way = [start];
    for (let id = next.get(start); id !== undefined; id = next.get(id)) {
      if (id === start) {
        found.fault(
          `entry:${start}`,
          ['if_refused'],
          `\`if_refused\` goes in a circle: ${[...way, start].join(' -> ')}`,
          'end it at an entry whose refusal has `refused_steps`',
        );
        break;
      }
      if (way.includes(id)) break;
      way.push(id);
    }
  }
  return found.list;
};
