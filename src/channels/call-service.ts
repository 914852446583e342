import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';

/** What a service is called with. */
export interface Call {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Milliseconds until the service has answered to the end. */
const PATIENCE = 5_000;

/**
 * Calls the service of a channel: once, to this address only (no redirection is followed), on a
 * connection that stays open for the next one. What the service says to it is not read: it may be about somebody.
 * @param url "http:" or "https:"
 * @returns the status that it answered with
 * @throws Error where it does not answer in time, or not at all, or sends us elsewhere
 */
export function callService(url: string, { method, headers, body = '' }: Call): Promise<number> {
  const request = url.startsWith('https:') ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    request(url, {
      method,
      headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) },
      signal: AbortSignal.timeout(PATIENCE),
    })
      .on('error', reject)
      .on('response', (response) => {
        // An error while the rest comes in changes nothing: it arrived.
        response.on('error', () => {}).resume();
        const status = response.statusCode as number;
        if (status >= 300 && status < 400) reject(new Error('a redirection'));
        else resolve(status);
      })
      .end(body);
  });
}
