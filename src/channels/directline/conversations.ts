import { randomBytes } from 'node:crypto';
import type { Limits } from './limits.ts';
import { tooMany } from './problem.ts';

/** Where activities go as they come. One at most for each conversation. */
export interface Socket {
  readonly send: (frame: string) => void;
  readonly close: (reason: 'collision' | 'idle') => void;
}

/** An activity as it goes out. */
export interface Written {
  readonly number: number;
  /** The activity as JSON: it is written once and sent often. */
  readonly json: string;
}

interface Kept extends Written {
  readonly bytes: number;
}

/** An activity with what tells it apart and puts it in order. */
export interface Stamp {
  readonly number: number;
  readonly id: string;
  /** ISO 8601; of two stamps of one conversation the later one has the later time. */
  readonly timestamp: string;
}

/**
 * Where numbers begin: with the time, in hundredths of a second since 2026, so that a conversation which goes on after a
 * restart goes on counting upward. No conversation says as much as a hundred things a second for long.
 */
const NUMBERS_SINCE = Date.UTC(2026, 0);
const NUMBER_EVERY = 10;
const DIGITS = 11;

/** How many posts are remembered, so that one that comes again is known. */
const REMEMBERED_POSTS = 30;
const MINUTE = 60_000;
/** Milliseconds that a conversation in which nobody has spoken may take up a place that another needs. */
const UNUSED = MINUTE;
/** Seconds after which it is worth trying again when all places are taken. */
const NEXT_PLACE = 60;

/**
 * One conversation of Direct Line. It holds what clients need to get what they missed, which is the person's own
 * words too: the protocol echoes them. They are forgotten half an hour after the last word, at the end of the
 * conversation, or when there are more than clients need; they are in memory only, and never logged.
 */
export class Conversation {
  readonly id: string;
  readonly address: string | undefined;
  /** Whose words these are. Once it is known, nobody else can speak here. */
  user: string | undefined;
  locale: string | undefined;
  /** Whether the bot was told that somebody is here. */
  welcomed = false;
  /** Whether the person has posted anything. */
  spoken = false;
  /** Milliseconds since 1970: of the last word, and of the last request of any kind. */
  lastWord: number;
  lastSeen: number;
  kept: Kept[] = [];
  bytes = 0;
  socket: Socket | undefined;

  readonly #now: () => number;
  readonly #limits: Limits;
  #number: number;
  #lastTime = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #posts = new Map<string, Promise<string>>();
  #allowance: number;
  #allowedAt: number;

  constructor(id: string, address: string | undefined, limits: Limits, now: () => number) {
    this.id = id;
    this.address = address;
    this.#now = now;
    this.#limits = limits;
    this.lastWord = now();
    this.lastSeen = now();
    this.#allowance = limits.burst;
    this.#number = Math.max(0, Math.floor((now() - NUMBERS_SINCE) / NUMBER_EVERY));
    this.#allowedAt = now();
  }

  /** Where the conversation stands: what has a higher number came later. Clients see it as an opaque text. */
  get watermark(): number {
    return this.#number;
  }

  stamp(): Stamp {
    this.#number++;
    this.#lastTime = Math.max(this.#now(), this.#lastTime + 1);
    return {
      number: this.#number,
      id: `${this.id}|${String(this.#number).padStart(DIGITS, '0')}`,
      timestamp: new Date(this.#lastTime).toISOString(),
    };
  }

  /** Does one thing after the other, in the order in which they came. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /**
   * Takes a post once, however often it is sent. One that failed is taken again.
   * @param retry the same for the same post; undefined where posts cannot be told apart
   * @returns the id of the activity
   */
  once(retry: string | undefined, take: () => Promise<string>): Promise<string> {
    const before = retry === undefined ? undefined : this.#posts.get(retry);
    if (before) return before;
    const taken = take();
    if (retry === undefined) return taken;
    this.#posts.set(retry, taken);
    const [oldest] = this.#posts.keys();
    if (this.#posts.size > REMEMBERED_POSTS && oldest !== undefined) this.#posts.delete(oldest);
    taken.catch(() => this.#posts.delete(retry));
    return taken;
  }

  /** Counts a post. @throws Problem where there are too many */
  allowPost(): void {
    const now = this.#now();
    const { burst, perMinute } = this.#limits;
    const grown = Math.max(0, now - this.#allowedAt) * (perMinute / MINUTE);
    this.#allowance = Math.min(burst, this.#allowance + grown);
    this.#allowedAt = now;
    if (this.#allowance < 1) {
      const wait = Math.ceil((1 - this.#allowance) * (60 / perMinute));
      throw tooMany('Too many activities in this conversation.', wait);
    }
    this.#allowance--;
    this.spoken = true;
  }

  /** @returns what came after a watermark, as a frame of the protocol: activities and the new watermark. */
  frameSince(watermark: number): string {
    const later = this.kept.filter(({ number }) => number > watermark);
    return frame(
      later.map(({ json }) => json),
      this.watermark,
    );
  }

  forgetPosts(): void {
    this.#posts.clear();
  }
}

/** @returns a frame of the protocol. @param watermark of the last of the activities */
export function frame(activities: readonly string[], watermark: number): string {
  return `{"activities":[${activities.join(',')}],"watermark":"${watermark}"}`;
}

/** 128 bits: nobody finds a conversation by guessing. */
export function newConversationId(): string {
  return randomBytes(16).toString('base64url');
}

/** All conversations of Direct Line, in memory: as many, as large and as old as the limits say. */
export class Conversations {
  /** Whoever spoke last is last. */
  readonly #all = new Map<string, Conversation>();
  readonly #addresses = new Map<string, number>();
  readonly #limits: Limits;
  readonly #now: () => number;
  #bytes = 0;

  constructor(limits: Limits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  get size(): number {
    return this.#all.size;
  }

  /** Bytes of all that is kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many addresses are counted. */
  get addresses(): number {
    return this.#addresses.size;
  }

  /** @returns the conversation, which thereby counts as in use; undefined where there is none (any more). */
  find(id: string): Conversation | undefined {
    const found = this.#all.get(id);
    if (!found || this.#tidied(found)) return undefined;
    found.lastSeen = this.#now();
    return found;
  }

  /**
   * @param address whom to count it for; undefined for nobody
   * @throws Problem where there are too many
   */
  create(id: string, address: string | undefined): Conversation {
    const { conversations, perAddress } = this.#limits;
    const count = () => (address === undefined ? 0 : (this.#addresses.get(address) ?? 0));
    if (this.#all.size >= conversations || count() >= perAddress) this.#makeRoom();
    if (this.#all.size >= conversations) throw tooMany('Too many conversations.', NEXT_PLACE);
    if (count() >= perAddress) throw tooMany('Too many conversations from this address.', NEXT_PLACE);
    const created = new Conversation(id, address, this.#limits, this.#now);
    this.#all.set(id, created);
    if (address !== undefined) this.#addresses.set(address, count() + 1);
    return created;
  }

  /** Keeps activities for whoever missed them. What is kept of all is bounded: those who are longest silent pay. */
  keep(conversation: Conversation, activities: readonly Written[]): void {
    if (this.#all.get(conversation.id) !== conversation) return;
    conversation.lastWord = this.#now();
    this.#all.delete(conversation.id);
    this.#all.set(conversation.id, conversation);
    for (const one of activities) {
      const bytes = Buffer.byteLength(one.json);
      conversation.kept.push({ ...one, bytes });
      this.#count(conversation, bytes);
    }
    const { kept, keptBytes, keptBytesInAll } = this.#limits;
    while (conversation.kept.length > kept || conversation.bytes > keptBytes) this.#forgetFirst(conversation);
    if (this.#bytes <= keptBytesInAll) return;
    for (const other of this.#all.values()) {
      this.forgetBefore(other, Number.POSITIVE_INFINITY);
      if (this.#bytes <= keptBytesInAll) return;
    }
  }

  /** Forgets what was said before an activity. */
  forgetBefore(conversation: Conversation, number: number): void {
    while (conversation.kept[0] && conversation.kept[0].number < number) this.#forgetFirst(conversation);
  }

  /** Forgets what is too old. */
  sweep(): void {
    for (const one of [...this.#all.values()]) this.#tidied(one);
  }

  /** Somebody who had a socket is away from now on. */
  leave(conversation: Conversation): void {
    conversation.socket = undefined;
    conversation.lastSeen = this.#now();
  }

  /** Whoever takes places and says nothing must not keep out those who have something to say. */
  #makeRoom(): void {
    this.sweep();
    for (const one of [...this.#all.values()]) {
      if (!one.spoken && one.socket === undefined && this.#now() - one.lastSeen >= UNUSED) this.#drop(one);
    }
  }

  /** @returns whether the conversation is over, and then it is forgotten. */
  #tidied(one: Conversation): boolean {
    const { silence, lifetime } = this.#limits;
    const now = this.#now();
    const isSilent = now - one.lastWord >= silence;
    if (isSilent) {
      this.forgetBefore(one, Number.POSITIVE_INFINITY);
      one.forgetPosts();
    }
    const isAway = one.socket === undefined && now - one.lastSeen >= silence;
    if (!(isSilent && isAway) && now - one.lastWord < lifetime) return false;
    this.#drop(one);
    return true;
  }

  #drop(one: Conversation): void {
    this.#all.delete(one.id);
    this.forgetBefore(one, Number.POSITIVE_INFINITY);
    if (one.address !== undefined) {
      const count = (this.#addresses.get(one.address) ?? 1) - 1;
      if (count > 0) this.#addresses.set(one.address, count);
      else this.#addresses.delete(one.address);
    }
    const { socket } = one;
    one.socket = undefined;
    socket?.close('idle');
  }

  #forgetFirst(conversation: Conversation): void {
    const first = conversation.kept.shift();
    if (first) this.#count(conversation, -first.bytes);
  }

  #count(conversation: Conversation, bytes: number): void {
    conversation.bytes += bytes;
    this.#bytes += bytes;
  }
}
