import type { Model } from './model.ts';

/** Families come for few different topics; there is an end to what we keep all the same. */
const MOST_KEPT = 500;

/** @returns the function that remembers what it worked out for the same topics. */
export function perTopics<T>(
  work: (model: Model, topics: readonly string[]) => T,
): (model: Model, topics: readonly string[]) => T {
  const memories = new WeakMap<Model, Map<string, T>>();
  // Within a turn it is the same list each time.
  let last: { readonly model: Model; readonly topics: readonly string[]; readonly known: T } | undefined;
  return (model, topics) => {
    if (last?.topics === topics && last.model === model) return last.known;
    let memory = memories.get(model);
    if (!memory || memory.size > MOST_KEPT) {
      memory = new Map();
      memories.set(model, memory);
    }
    const key = topics.join(' ');
    let known = memory.get(key);
    if (known === undefined) {
      known = work(model, topics);
      memory.set(key, known);
    }
    last = { model, topics, known };
    return known;
  };
}
