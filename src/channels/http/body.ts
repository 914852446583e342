import type { IncomingMessage } from 'node:http';

/** More than anybody types; a form with every box ticked is a few kilobytes. */
const BODY_LIMIT = 64 * 1024;
/** What more we read and throw away of a body that is too large, so that the sender can read our answer. */
const DRAIN_LIMIT = 1024 * 1024;

/** A request that cannot be taken: not to be read (400), or too large (413). */
export class Refusal extends Error {
  readonly status: 400 | 413;
  constructor(status: 400 | 413) {
    super(String(status));
    this.name = 'Refusal';
    this.status = status;
  }
}

/**
 * Reads the body of a request. Ours, because restify's own reader unpacks gzip without a limit, and a broken gzip
 * stream ends the process.
 * @param limit in bytes
 * @throws Refusal where it is larger than the limit, or its sender went away
 */
export function readBody(request: IncomingMessage, limit = BODY_LIMIT): Promise<Buffer> {
  return new Promise((done, fail) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (size <= limit + DRAIN_LIMIT) return;
      request.pause();
      fail(new Refusal(413));
    });
    request.once('end', () => (size > limit ? fail(new Refusal(413)) : done(Buffer.concat(chunks))));
    // Whoever sent it is gone; nobody reads the answer.
    request.once('error', () => fail(new Refusal(400)));
    request.once('close', () => {
      if (!request.complete) fail(new Refusal(400));
    });
  });
}
