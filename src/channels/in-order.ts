import { Refused } from './webhook.ts';

export interface InOrder {
  /**
   * Does a task after all earlier ones of the same key, whether these went well or not.
   * @param isUrgent asked only where too many wait: whether it is one of the few for which there is room all the same
   * @throws Refused (429) where too many wait already
   */
  readonly run: <T>(key: string, task: () => Promise<T>, isUrgent?: () => boolean) => Promise<T>;
  /** @returns when nothing is in hand any more */
  readonly idle: () => Promise<void>;
}

/** Nobody types faster than this is answered; a program does. */
const MOST_WAITING = 20;
/** So many more, of what is urgent: when these wait too, nothing is even read. */
const MOST_URGENT = 5;

/** Takes what belongs to one conversation one after the other; conversations do not wait for each other. */
export function createInOrder(most = MOST_WAITING): InOrder {
  const waiting = new Map<string, { last: Promise<unknown>; count: number }>();
  return {
    run: (key, task, isUrgent = () => false) => {
      const queue = waiting.get(key) ?? { last: Promise.resolve(), count: 0 };
      const isRefused = queue.count >= most && (queue.count >= most + MOST_URGENT || !isUrgent());
      if (isRefused) return Promise.reject(new Refused(429, 'TooManyRequests'));
      waiting.set(key, queue);
      queue.count++;
      const done = queue.last.then(task, task);
      const over = () => {
        queue.count--;
        if (queue.count === 0) waiting.delete(key);
      };
      queue.last = done.then(over, over);
      return done;
    },
    idle: async () => {
      while (waiting.size > 0) await Promise.all([...waiting.values()].map(({ last }) => last));
    },
  };
}
