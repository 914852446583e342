import { createHash, timingSafeEqual } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Request, RequestHandler, Response } from 'restify';
import { Refusal, readBody } from './http/body.ts';

/** A request of a program that is not taken. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  /** For the program that asked: it stays the same, whatever the words are. */
  readonly code: string;

  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

type Handler = (request: Request, response: Response) => Promise<void>;

/** Seconds after which somebody may try again. */
const AGAIN_AFTER = '5';

/**
 * Makes a route out of a handler: what it refuses, and what goes wrong, is answered with a short body that says nothing
 * of the inside.
 * @param report told of what went wrong on our side
 */
export function webhook(handler: Handler, report: (error: unknown) => void): RequestHandler {
  const route: Handler = async (request, response) => {
    try {
      await handler(request, response);
    } catch (error) {
      if (!(error instanceof Refused)) report(error);
      if (response.headersSent || response.destroyed) return;
      const { status, code } = error instanceof Refused ? error : new Refused(500, 'ServiceError');
      // What is left of a body that is too large is not read.
      if (status === 413) response.setHeader('Connection', 'close');
      if (status === 429 || status === 503) response.setHeader('Retry-After', AGAIN_AFTER);
      send(
        response,
        status,
        'application/json',
        JSON.stringify({ error: { code, message: STATUS_CODES[status] } }),
      );
    }
  };
  return route;
}

/** Answers with a whole body. */
export function send(response: Response, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  });
  response.end(body);
}

/**
 * Reads the body of a vendor's request, byte for byte: signatures cover the bytes.
 * @param type the only type that is taken: "application/json"
 * @param limit in bytes
 * @throws Refused where it is of another type or packed (415), larger than the limit (413) or not whole (400)
 */
export async function bodyOf(request: IncomingMessage, type: string, limit: number): Promise<Buffer> {
  const body = await readBody(request, limit).catch((error) => {
    if (!(error instanceof Refusal)) throw error;
    throw error.status === 413 ? new Refused(413, 'MessageSizeTooBig') : new Refused(400, 'BadSyntax');
  });
  const { 'content-type': given = '', 'content-encoding': packed = 'identity' } = request.headers;
  if (given.split(';')[0]?.trim().toLowerCase() !== type || packed.toLowerCase() !== 'identity')
    throw new Refused(415, 'UnsupportedMediaType');
  return body;
}

/** No message of a vendor has more levels; a card in a card has some ten. */
const DEEPEST = 40;

/** @throws Refused (400) where the bytes are no JSON object, or one of more levels than anybody needs */
export function jsonIn(body: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Refused(400, 'BadSyntax');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refused(400, 'BadSyntax');
  if (isDeeper(value, DEEPEST)) throw new Refused(400, 'BadSyntax');
  return value as Record<string, unknown>;
}

/** Level by level, not by calling itself: it must not run out of stack over what it is there to find. */
function isDeeper(value: object, most: number): boolean {
  let level: object[] = [value];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level.flatMap((one) =>
      Object.values(one).filter((inner) => typeof inner === 'object' && inner !== null),
    );
  }
  return false;
}

/** Compares a secret with what somebody sent, in a time that says nothing of how much of it is right. */
export function isSame(secret: string, given: string): boolean {
  const [a, b] = [secret, given].map((text) => createHash('sha256').update(text).digest()) as [
    Buffer,
    Buffer,
  ];
  return timingSafeEqual(a, b);
}
