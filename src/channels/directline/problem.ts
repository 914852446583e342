/**
 * What is wrong with a request. `code` is stable and for programs; `message` is for the developer who reads it, and
 * never quotes what was sent.
 */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  /** After how many seconds it may be tried again. */
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, message: string, retryAfter?: number) {
    super(message);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** @returns the body of the answer, as Direct Line words it. */
  get body(): string {
    return JSON.stringify({ error: { code: this.code, message: this.message } });
  }
}

export function badArgument(message: string): Problem {
  return new Problem(400, 'BadArgument', message);
}

export function forbidden(message: string): Problem {
  return new Problem(403, 'Forbidden', message);
}

export function tooMany(message: string, retryAfter: number): Problem {
  return new Problem(429, 'TooManyRequests', message, retryAfter);
}
