import type { Counter, Histogram, Registry } from 'prom-client';

/** What is counted of a turn: which help was opened and which signposts, and nothing of whom. */
export interface CountedTurn {
  readonly dangers: readonly { readonly kind: string; readonly level: string }[];
  /** Ids of the entries on the first screen. */
  readonly signposts: readonly string[];
}

export interface CountedRequest {
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export interface Metrics {
  readonly turn: (channel: string, turn: CountedTurn) => void;
  readonly request: (request: CountedRequest) => void;
  /** A reply that a vendor did not take, after all tries. */
  readonly undelivered: (channel: string) => void;
  /** Begins to count. Before that nothing is counted, and nothing is loaded. */
  readonly begin: () => Promise<void>;
  /** @returns all counts in the text format of Prometheus; the first call begins to count */
  readonly read: () => Promise<{ readonly type: string; readonly text: string }>;
}

/** Of what is not ours to name: an entry of one council tells where a family lives. */
const OTHER = 'other';
/** Seconds. A page takes some milliseconds; a slow sender up to half a minute. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30];

/**
 * Counts for Prometheus. Counts only, of all people together: no id, no area, no language, no time of a single turn.
 * Every label has few values, all of them ours, so that nobody can fill the memory by what they send.
 *
 * The library takes some 20 MB, so it is loaded when counting begins, and counting begins when somebody reads.
 * @param entries ids of the entries that everybody may see; others are counted together
 */
export function createMetrics(entries: ReadonlySet<string>): Metrics {
  let counts: Counts | undefined;
  let beginning: Promise<Counts> | undefined;
  const begin = async (): Promise<Counts> => {
    beginning ??= createCounts();
    counts = await beginning;
    return counts;
  };
  return {
    turn: (channel, { dangers, signposts }) => {
      if (!counts) return;
      counts.turns.inc({ channel });
      for (const { kind, level } of dangers) counts.dangers.inc({ kind, level });
      for (const entry of signposts) counts.signposts.inc({ entry: entries.has(entry) ? entry : OTHER });
    },
    request: ({ route, status, seconds }) => {
      if (!counts) return;
      counts.requests.observe({ route }, seconds);
      if (status >= 400) counts.refusals.inc({ code: String(status) });
    },
    undelivered: (channel) => counts?.undelivered.inc({ channel }),
    begin: async () => {
      await begin();
    },
    read: async () => {
      const { registry } = await begin();
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

interface Counts {
  readonly registry: Registry;
  readonly turns: Counter<'channel'>;
  readonly dangers: Counter<'kind' | 'level'>;
  readonly signposts: Counter<'entry'>;
  readonly requests: Histogram<'route'>;
  readonly refusals: Counter<'code'>;
  readonly undelivered: Counter<'channel'>;
}

async function createCounts(): Promise<Counts> {
  const { collectDefaultMetrics, Counter, Histogram, Registry } = await import('prom-client');
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    turns: new Counter({
      name: 'fingerpost_turns_total',
      help: 'Turns taken, by the channel that they came through.',
      labelNames: ['channel'],
      registers,
    }),
    dangers: new Counter({
      name: 'fingerpost_danger_answers_total',
      help: 'How often help in danger was opened, by kind; level "ask" is the gentle question before it.',
      labelNames: ['kind', 'level'],
      registers,
    }),
    signposts: new Counter({
      name: 'fingerpost_signposts_total',
      help: 'How often an entry stood on the first screen of what was found. Those of single councils are "other".',
      labelNames: ['entry'],
      registers,
    }),
    requests: new Histogram({
      name: 'fingerpost_request_seconds',
      help: 'How long requests took, by the pattern of their route.',
      labelNames: ['route'],
      buckets: BUCKETS,
      registers,
    }),
    undelivered: new Counter({
      name: 'fingerpost_undelivered_total',
      help: 'Replies that the service of a channel did not take, after all tries.',
      labelNames: ['channel'],
      registers,
    }),
    refusals: new Counter({
      name: 'fingerpost_refusals_total',
      help: 'Requests that were not answered as asked, by HTTP status.',
      labelNames: ['code'],
      registers,
    }),
  };
}
