import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Activity } from '../activities/activity.ts';
import { Refusal, readBody } from '../http/body.ts';
import { badArgument, Problem } from './problem.ts';

/** Deeper than any client nests what it sends. */
const DEPTH = 20;
const TYPE = /^[a-z][\w./-]{0,63}$/i;
const LONGEST_ID = 256;
const LONGEST_NAME = 256;
/** A language tag is short (RFC 5646 asks to allow for 35); an unknown one is no fault. */
const LONGEST_LOCALE = 35;
const MAX_ORIGINS = 10;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a JSON object.
 * @returns undefined where the body is empty
 * @throws Problem where it is too large, no JSON object, too deep, or means harm
 */
export async function readObject(request: IncomingMessage): Promise<Fields | undefined> {
  const body = await bodyOf(request);
  if (body.length === 0) return undefined;
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type) || request.headers['content-encoding']) {
    throw new Problem(415, 'UnsupportedMediaType', 'Send application/json.');
  }
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw badArgument('The body is no JSON.');
  }
  if (!isObject(value)) throw badArgument('The body is no JSON object.');
  check(value, DEPTH);
  return value;
}

/** Reads a body to the end and drops it. @throws Problem where it is too large */
export async function dropBody(request: IncomingMessage): Promise<void> {
  await bodyOf(request);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  try {
    return await readBody(request);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw error.status === 413
      ? new Problem(413, 'MessageSizeTooBig', 'The body is too large.')
      : badArgument('The body ended too early.');
  }
}

/** Writing JSON calls itself for each level, and a stack has an end. */
function check(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth === 0) throw badArgument('The body is nested too deeply.');
  for (const key of Object.keys(value)) {
    if (key === '__proto__') throw badArgument('The body has a forbidden key.');
    check((value as Fields)[key], depth - 1);
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a client posted, checked as far as we rely on it. */
export interface Posted {
  readonly type: string;
  /** As it was sent: it is echoed, because clients find their own message by what they put in. */
  readonly activity: Fields;
  readonly from: { readonly id: string; readonly name?: string };
  readonly locale?: string;
  /** The same for the same activity sent again; undefined where the client does not number them. */
  readonly retry?: string;
}

/** @throws Problem where it is no activity */
export function postedIn(activity: Fields | undefined): Posted {
  if (!activity) throw badArgument('There is no activity.');
  const { type, from, locale, text } = activity;
  if (typeof type !== 'string' || !TYPE.test(type)) throw badArgument('The activity has no type.');
  if (!isObject(from) || !isId(from.id)) throw badArgument('The activity has no from.id.');
  if (text !== undefined && text !== null && typeof text !== 'string') throw badArgument('text is no text.');
  return {
    type,
    activity,
    from: { id: from.id, ...(isShort(from.name, LONGEST_NAME) ? { name: from.name } : {}) },
    locale: localeIn(locale),
    retry: retryOf(activity),
  };
}

/** @returns what the bot reads of it. Attachments and entities are left out: nobody here opens them. */
export function forBot({
  type,
  activity,
}: Posted): Pick<Activity, 'type' | 'text' | 'value' | 'channelData'> {
  const { text, value, channelData } = activity;
  return {
    type,
    ...(typeof text === 'string' ? { text } : {}),
    ...(value !== undefined ? { value } : {}),
    ...(channelData !== undefined ? { channelData } : {}),
  };
}

/**
 * What the client numbered, with what it said: a client that numbers all its messages alike must not lose one.
 * Only a digest, so that no words are kept.
 */
function retryOf({ type, text, value, channelData }: Fields): string | undefined {
  const number = isObject(channelData) ? channelData.clientActivityID : undefined;
  if (!isShort(number, LONGEST_ID) || number === '') return undefined;
  return createHash('sha256')
    .update(JSON.stringify([number, type, text, value]))
    .digest('base64url');
}

/** What a client says when it starts a conversation. */
export interface Start {
  readonly user?: string;
  readonly locale?: string;
}

/** @throws Problem where the user's id is none */
export function startIn(body: Fields | undefined): Start {
  const user = isObject(body?.user) ? body.user.id : undefined;
  if (user !== undefined && user !== null && !isId(user)) throw badArgument('user.id is no id.');
  return { user: user ?? undefined, locale: localeIn(body?.locale) };
}

/** What a token is asked for. */
export interface Wish {
  readonly user?: string;
  readonly origins?: readonly string[];
}

/** @throws Problem where the user's id does not begin with dl_, or an origin is none */
export function wishIn(body: Fields | undefined, originIn: (text: string) => string | undefined): Wish {
  const { user } = startIn(body);
  if (user !== undefined && !isReserved(user)) throw badArgument('user.id has to begin with dl_.');
  const wanted = body?.trustedOrigins ?? undefined;
  if (wanted === undefined) return { user };
  if (!Array.isArray(wanted) || wanted.length > MAX_ORIGINS) {
    throw badArgument(`trustedOrigins is a list of at most ${MAX_ORIGINS}.`);
  }
  const origins = wanted.map((one) => (isShort(one, LONGEST_ID) ? originIn(one) : undefined));
  if (origins.includes(undefined)) throw badArgument('trustedOrigins holds what is no origin.');
  return { user, ...(origins.length > 0 ? { origins: origins as string[] } : {}) };
}

/** Ids that only a token can give: who has one was named by whoever holds the secret. */
export function isReserved(user: string): boolean {
  return user.startsWith('dl_');
}

function isId(value: unknown): value is string {
  return isShort(value, LONGEST_ID) && value !== '';
}

function localeIn(value: unknown): string | undefined {
  return isShort(value, LONGEST_LOCALE) && value !== '' ? value : undefined;
}

function isShort(value: unknown, length: number): value is string {
  return typeof value === 'string' && value.length <= length;
}
