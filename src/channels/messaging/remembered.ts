/** Keeps a value, and forgets the oldest where there are too many. */
export function keepAtMost<Value>(map: Map<string, Value>, most: number, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}

/** Answers that are kept in memory for messages that come twice. */
const MOST = 2000;
/** Milliseconds: a channel that sends again does so soon. Later, what stands there is shown. */
const KEPT = 10 * 60_000;

/** What is kept must be plain JSON. */
export interface Remembered<Value> {
  readonly get: (message: string) => Value | undefined;
  readonly keep: (message: string, value: Value) => void;
  readonly forget: (messages: readonly string[]) => void;
}

/**
 * What was answered to messages, for a short time and in memory only. Kept as text: thousands of small objects that live for
 * minutes cost every message more, in collecting garbage, than the few that come twice.
 * @param now the time in milliseconds
 */
export function createRemembered<Value>(now: () => number = Date.now): Remembered<Value> {
  const kept = new Map<string, { readonly text: string; readonly until: number }>();
  const dropOld = () => {
    // They stand in the order in which they came.
    for (const [message, { until }] of kept) {
      if (until > now()) return;
      kept.delete(message);
    }
  };
  return {
    get: (message) => {
      dropOld();
      const text = kept.get(message)?.text;
      return text === undefined ? undefined : (JSON.parse(text) as Value);
    },
    keep: (message, value) => {
      dropOld();
      keepAtMost(kept, MOST, message, { text: JSON.stringify(value), until: now() + KEPT });
    },
    forget: (messages) => {
      for (const message of messages) kept.delete(message);
    },
  };
}
