import { createHash, createHmac } from 'node:crypto';
import type { Storage, StoreItems } from 'botbuilder';
import type { OwnScreen } from './own-screens.ts';
import type { Menu } from './read-reply.ts';
import type { Picked } from './screen.ts';

/** What we remember of a sender beside the conversation: ids only. */
export interface Session {
  readonly version: 2;
  readonly conversation: string;
  /** The conversation's, to know it still when the conversation is gone. */
  readonly language: string;
  readonly menu: Menu;
  /** A screen of the channel's own stood there, and not the conversation's. */
  readonly own?: OwnScreen;
  /** The block that the last page began with; absent for the first. */
  readonly from?: number;
  /** The block that "more" begins with. */
  readonly more?: number;
  /** What is ticked of a question, also while another screen is shown. */
  readonly picked?: Picked;
  /** Help in danger came first; who we are was not said yet. */
  readonly toGreet?: true;
  /** Help came up for a danger in which somebody may look at what they write. */
  readonly isWatched?: true;
  /** Hashes of the messages that we had: for as long as the session is kept. */
  readonly had: readonly string[];
  /** The storage's: a write passes only if no other server wrote in between. */
  readonly eTag?: string;
}

/** @returns the key of a sender's session: nobody without the secret can tell whose it is. */
export function sessionKey(secret: string, channel: string, sender: string): string {
  return `channel/${createHmac('sha256', secret).update(`${channel} ${sender}`).digest('base64url')}`;
}

/**
 * @param message the hash of a message, where it has one
 * @returns what is remembered of a sender; and whether the message came already, before or after an erasure
 */
export async function readSession(
  storage: Storage,
  key: string,
  message: string | undefined,
): Promise<{ readonly session?: Session; readonly isHad: boolean }> {
  const erased = message === undefined ? [] : [erasedKey(message)];
  const items = await storage.read([key, ...erased]);
  const stored = items[key] as Session | undefined;
  const wasErased = erased.some((one) => items[one] !== undefined);
  if (stored?.version !== 2 || typeof stored.conversation !== 'string') return { isHad: wasErased };
  return { session: stored, isHad: wasErased || (message !== undefined && stored.had.includes(message)) };
}

/** @returns what a message is known by: its channel's id, of this sender. 72 bits: no two of a sender are alike. */
export function messageHash(key: string, id: string): string {
  return createHash('sha256').update(`${key} ${id}`).digest('base64url').slice(0, 12);
}

/**
 * @returns the items by which the messages of an erased conversation are known, if they come once more. Each stands by
 *   itself: nobody without the secret can tell whose it is, or which belong together
 */
export function erasedMessages(messages: readonly string[]): StoreItems {
  return Object.fromEntries(messages.map((message) => [erasedKey(message), {}]));
}

function erasedKey(message: string): string {
  return `had/${message}`;
}
