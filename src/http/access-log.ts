/** What is written down of a request. No address, no query, no header, no body: nothing of who asked or for what. */
export interface Access {
  readonly time: Date;
  readonly method: string;
  /** The pattern of the route ("/entry/:id"), never the path. */
  readonly route: string;
  readonly status: number;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** What was sent back, in bytes, with the headers. */
  readonly bytes: number;
}

export interface AccessLog {
  readonly log: (access: Access) => void;
  /** Writes what is still held back. */
  readonly flush: () => void;
}

/** Lines are written together: each write stops the whole process for a moment. */
const FLUSH_EVERY = 250;
const FLUSH_FROM = 16 * 1024;

/** @param write takes whole lines of JSON */
export function createAccessLog(write: (lines: string) => void): AccessLog {
  let held = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (held === '') return;
    const lines = held;
    held = '';
    write(lines);
  };
  return {
    log: ({ time, method, route, status, ms, bytes }) => {
      const line = { time: time.toISOString(), method, route, status, ms: Math.round(ms * 10) / 10, bytes };
      held += `${JSON.stringify(line)}\n`;
      if (held.length >= FLUSH_FROM) flush();
      else timer ??= setTimeout(flush, FLUSH_EVERY).unref();
    },
    flush,
  };
}
