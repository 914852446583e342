import { AsyncLocalStorage } from 'node:async_hooks';
import { Refused } from '../webhook.ts';

const TOKEN = /^Bearer ([\w-]+)\.([\w-]+)\.[\w-]+$/;
/** More than any token of Microsoft's. */
const LONGEST = 16_384;

/**
 * @returns the Authorization header, if it may hold a token at all. The SDK throws in many ways over what does not look
 *   like one.
 * @throws Refused (401)
 */
export function tokenIn(header: string | undefined): string {
  const [, head = '', claims = ''] = TOKEN.exec((header ?? '').slice(0, LONGEST)) ?? [];
  if (!isJsonObject(head) || !isJsonObject(claims)) throw new Refused(401, 'Unauthorized');
  return header ?? '';
}

function isJsonObject(part: string): boolean {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** What jsonwebtoken, with which the SDK checks tokens, calls its errors. */
const OF_TOKENS: ReadonlySet<unknown> = new Set(['JsonWebTokenError', 'NotBeforeError', 'TokenExpiredError']);

/**
 * What went wrong while the SDK checked who asks.
 * @returns 401 where it is the token; 503 where the keys could not be fetched, with which tokens are checked
 */
export function signInFault(error: unknown): Refused {
  const { name, statusCode } = (error ?? {}) as { readonly name?: unknown; readonly statusCode?: unknown };
  return statusCode === 401 || OF_TOKENS.has(name)
    ? new Refused(401, 'Unauthorized')
    : new Refused(503, 'SignInUnavailable');
}

const quiet = new AsyncLocalStorage<boolean>();

/**
 * Makes `quietly` work. The SDK writes to the console of each token that does not fit, with a stack or a key: anybody
 * could fill the log, and it offers no other way to have it stop.
 * @returns to be called in the end: the console is as it was
 */
export function muteSdk(): () => void {
  const loud = console.error;
  const muted: typeof console.error = (...all) => {
    if (!quiet.getStore()) loud(...all);
  };
  console.error = muted;
  return () => {
    // Unless somebody has put another in its place since.
    if (console.error === muted) console.error = loud;
  };
}

/** Runs something, and what it waits for, of which nothing is written to the console. */
export function quietly<T>(run: () => T): T {
  return quiet.run(true, run);
}

/** Within `quietly`: for what may write again. */
export function aloud<T>(run: () => T): T {
  return quiet.run(false, run);
}
