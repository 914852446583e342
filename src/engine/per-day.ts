import type { Day } from './model.ts';

/**
 * @param most how many are kept of a day
 * @returns a function that gives for a day and a key what was worked out for them before, and else works it out
 */
export function perDay<T>(most: number): (day: Day, key: string, work: () => T) => T {
  const memories = new WeakMap<Day, Map<string, T>>();
  return (day, key, work) => {
    let memory = memories.get(day);
    if (!memory) {
      memory = new Map();
      memories.set(day, memory);
    }
    let known = memory.get(key);
    if (known === undefined) {
      known = work();
      if (memory.size >= most) memory.clear();
      memory.set(key, known);
    }
    return known;
  };
}
