const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const MEGABYTE = 1024 * 1024;

/** How much we take and keep. Everything in memory has an end. */
export interface Limits {
  /** Conversations at once, in all. */
  readonly conversations: number;
  /** Conversations at once that were started from one address with a token. A library's readers share one. */
  readonly perAddress: number;
  /** Activities that one conversation may post at once, and how many more each minute after that. */
  readonly burst: number;
  readonly perMinute: number;
  /** Activities of one conversation that are kept for whoever lost the connection. */
  readonly kept: number;
  /** Bytes of kept activities, of one conversation and of all. */
  readonly keptBytes: number;
  readonly keptBytesInAll: number;
  /** Milliseconds after the last word until the words are forgotten, and the conversation if nobody is there. */
  readonly silence: number;
  /** Milliseconds after the last word until a conversation ends although a socket is open. */
  readonly lifetime: number;
  /** Milliseconds that the bot may take for one activity. Clients wait 20 seconds. */
  readonly patience: number;
  /** Bytes that a socket may leave unread. */
  readonly unread: number;
  /** Milliseconds between two empty frames. Proxies close what is silent for a minute. */
  readonly heartbeat: number;
}

export const LIMITS: Limits = {
  conversations: 5000,
  perAddress: 100,
  burst: 30,
  perMinute: 60,
  kept: 200,
  keptBytes: MEGABYTE / 2,
  keptBytesInAll: 64 * MEGABYTE,
  silence: 30 * MINUTE,
  lifetime: 24 * HOUR,
  patience: 15 * SECOND,
  unread: MEGABYTE,
  heartbeat: 25 * SECOND,
};
