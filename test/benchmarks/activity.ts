/**
 * One activity over Bot Framework's protocol: a message in, the replies out in the same breath (`expectReplies`).
 * Ours reads the conversation from SQLite, reads the words for danger, takes the turn, and writes it back; the peer is
 * botbuilder's own echo bot, which says back what it heard. Both run on restify with the SDK's CloudAdapter, in
 * processes of their own, with nobody to sign in, and meet the same client.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { printTable, spread } from './rounds.ts';
import { type Running, startEchoBot, startOurs } from './servers.ts';

const CONVERSATIONS = 500;
const CONNECTIONS = 20;
const ROUNDS = 5;
/** What a parent sends, in this order; a conversation gets one a round. */
const SAID = [
  'my son is 7 and school keeps sending him home',
  'England',
  'not sure',
  '1',
  'no',
  'not sure',
  '2',
];

const folder = mkdtempSync(join(tmpdir(), 'fingerpost-activity-'));
const servers: Running[] = [];
try {
  const ours = await startOurs(folder, { BOT_WITHOUT_SIGN_IN: 'yes', HOST: '127.0.0.1' });
  servers.push(ours);
  const peer = await startEchoBot();
  servers.push(peer);
  const sides = [
    { name: 'Fingerpost, a turn', server: ours, rates: [] as number[] },
    { name: "botbuilder's echo bot", server: peer, rates: [] as number[] },
  ];
  // The first two rounds warm both up: the first begins the conversations.
  for (let round = -2; round < ROUNDS; round++) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      const rate = await send(side.server, round + 2);
      if (round >= 0) side.rates.push(rate);
    }
  }
  console.log(`  ${CONVERSATIONS} conversations, ${CONNECTIONS} connections, ${ROUNDS} rounds`);
  printTable(
    ['', 'activities a second', 'ours / peer'],
    sides.map(({ name, rates }, i) => {
      const ratios = (sides[0] as (typeof sides)[0]).rates.map(
        (rate, round) => rate / (rates[round] as number),
      );
      return [name, spread(rates), i === 0 ? '' : `${spread(ratios)} x (goal 0.8)`];
    }),
  );
} finally {
  for (const server of servers) await server.stop();
  rmSync(folder, { recursive: true });
}

/** @returns activities a second @throws Error where one is not answered with a reply */
async function send(server: Running, round: number): Promise<number> {
  let next = 0;
  let bad = 0;
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
        setupRequest: (request) => ({ ...request, body: activity(next++, round) }),
        onResponse: (status, body) => {
          ended = performance.now();
          if (status !== 200 || !body.includes('"activities":[{')) { if (bad++ === 0) console.log(status, body.slice(0, 300)); }
        },
      },
    ],
  });
  if (bad > 0) throw new Error(`${bad} activities were not answered`);
  return (CONVERSATIONS * 1000) / (ended - begun);
}

function activity(conversation: number, round: number): string {
  return JSON.stringify({
    type: 'message',
    id: `${conversation}-${round}`,
    timestamp: '2026-11-22T12:00:00.000Z',
    channelId: 'directline',
    from: { id: `user-${conversation}` },
    conversation: { id: `conversation-${conversation}` },
    recipient: { id: 'bot' },
    locale: 'en-GB',
    deliveryMode: 'expectReplies',
    text: SAID[round % SAID.length],
  });
}
