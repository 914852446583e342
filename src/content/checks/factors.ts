import { type Check, Findings } from './check.ts';

/** Factors of parent carers' mental health that too few entries answer to. */
export const factors: Check = (loaded) => {
  const found = new Findings(loaded.files);
  const { areas, entries_each: least = 0 } = loaded.content.factors;
  const named = [...loaded.content.entries.values()].flatMap((entry) => entry.factors);
  for (const [area, { factors }] of Object.entries(areas)) {
    for (const id of Object.keys(factors)) {
      const count = named.filter((one) => one === id).length;
      if (count >= least) continue;
      found.fault(
        'factors',
        ['areas', area, 'factors', id],
        `${count} of ${least} entries answer to "${id}"`,
        'name it in the `factors:` of an entry that truly helps with it, or write such an entry',
      );
    }
  }
  return found.list;
};
