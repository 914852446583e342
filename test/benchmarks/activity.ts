/**
 * One activity over Bot Framework's protocol: a message in, the replies out in the same breath (`expectReplies`). Ours
 * reads the conversation from SQLite, takes the turn, finds the next question and writes it back, once for an answer
 * that was tapped and once for one that was typed, which is also read for danger in six languages; the peer is
 * botbuilder's own echo bot, which says back what it heard, once as it is and once keeping what it heard as we do. All
 * run on restify with the SDK's CloudAdapter, in processes of their own, with nobody to sign in, and meet the same
 * client.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import autocannon from 'autocannon';
import { printTable, spread } from './rounds.ts';
import { type Running, startEchoBot, startOurs } from './servers.ts';

const CONVERSATIONS = 2000;
const CONNECTIONS = 20;
const ROUNDS = 7;
/** Rounds before the first that is timed. */
const WARM = 2;
/** What a parent types, in this order; a conversation gets one a round. */
const TYPED = [
  'my son is 7 and school keeps sending him home',
  'we live in england',
  'not sure',
  'no he hasnt got one',
  'about 40 hours',
  'dont know',
  'yes he does',
  'none of these i think',
  'no',
];

interface Side {
  readonly name: string;
  readonly server: Running;
  /** @returns what the conversation sends in this round. */
  readonly says: (conversation: number, round: number) => object;
  readonly rates: number[];
}

const folder = mkdtempSync(join(tmpdir(), 'fingerpost-activity-'));
const servers: Running[] = [];
try {
  const ours = await startOurs(folder, { BOT_WITHOUT_SIGN_IN: 'yes', HOST: '127.0.0.1' });
  servers.push(ours);
  const keeper = await startEchoBot(join(folder, 'kept.db'));
  servers.push(keeper);
  const peer = await startEchoBot();
  servers.push(peer);
  // The lexicons are made ready after the start.
  await wait(5000);
  /** By conversation, what its last answer offered to tap. */
  const offered: unknown[] = [];
  const typed = (_: number, round: number) => ({ text: TYPED[round % TYPED.length] });
  const tapped = (conversation: number, round: number) =>
    round === 0 ? typed(conversation, 0) : { value: offered[conversation] };
  const sides: Side[] = [
    { name: 'Fingerpost, an answer tapped', server: ours, says: tapped, rates: [] },
    { name: 'Fingerpost, an answer typed', server: ours, says: typed, rates: [] },
    { name: 'the echo bot, which keeps what it hears as we do', server: keeper, says: typed, rates: [] },
    { name: "botbuilder's echo bot", server: peer, says: typed, rates: [] },
  ];
  for (let round = 0; round < WARM + ROUNDS; round++) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      const rate = await send(side, round, offered);
      if (round >= WARM) side.rates.push(rate);
    }
  }
  const echo = sides.at(-1) as Side;
  console.log(`  ${CONVERSATIONS} conversations, ${CONNECTIONS} connections, ${ROUNDS} rounds`);
  printTable(
    ['', 'activities a second', 'of the echo bot (goal 0.8)'],
    sides.map((side) => {
      const ratios = side.rates.map((rate, round) => rate / (echo.rates[round] as number));
      return [side.name, spread(side.rates), side === echo ? '' : `${spread(ratios)} x`];
    }),
  );
} finally {
  for (const server of servers) await server.stop();
  rmSync(folder, { recursive: true });
}

/** @returns activities a second @throws Error where one is not answered with a reply */
async function send({ name, server, says }: Side, round: number, offered: unknown[]): Promise<number> {
  let next = 0;
  const bad: string[] = [];
  const begun = performance.now();
  let ended = begun;
  await autocannon({
    url: `http://127.0.0.1:${server.port}`,
    connections: CONNECTIONS,
    amount: CONVERSATIONS,
    requests: [
      {
        method: 'POST',
        path: '/api/messages',
        headers: { 'content-type': 'application/json' },
        setupRequest: (request, context) => {
          const conversation = next++;
          (context as { conversation?: number }).conversation = conversation;
          const activity = { ...activityOf(`${name} ${conversation}`, round), ...says(conversation, round) };
          return { ...request, body: JSON.stringify(activity) };
        },
        onResponse: (status, body, context) => {
          ended = performance.now();
          if (status !== 200 || !body.includes('"activities":[{'))
            bad.push(`${status} ${body.slice(0, 200)}`);
          else if (name.includes('tapped')) {
            const { activities } = JSON.parse(body) as { activities: Reply[] };
            const { conversation = 0 } = context as { conversation?: number };
            offered[conversation] = activities.at(-1)?.suggestedActions?.actions[0]?.value;
          }
        },
      },
    ],
  });
  if (bad.length > 0) throw new Error(`${bad.length} activities were not answered: ${bad[0]}`);
  return (CONVERSATIONS * 1000) / (ended - begun);
}

interface Reply {
  readonly suggestedActions?: { readonly actions: readonly { readonly value: unknown }[] };
}

function activityOf(conversation: string, round: number): object {
  return {
    type: 'message',
    id: `${conversation} ${round}`,
    timestamp: '2026-11-22T12:00:00.000Z',
    channelId: 'directline',
    from: { id: 'user' },
    conversation: { id: conversation },
    recipient: { id: 'bot' },
    locale: 'en-GB',
    deliveryMode: 'expectReplies',
  };
}
