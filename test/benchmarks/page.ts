/**
 * A whole turn on the page over HTTP, against the least that a restify server can do.
 *
 * Ours: the form of an answer in; the conversation read from SQLite, the turn taken, the conversation written back;
 * the page of the next question out. Each request is the next answer of a conversation of its own, with the facts
 * of a real family. The peer is sent forms of the same size, reads them, and sends the same pages from memory. Both
 * run in processes of their own and meet the same client with the same number of connections, in turn.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import type { Content } from '../../src/content/content.ts';
import { readContentOnce } from '../families/families.ts';
import { readJourneys, type Step } from './journeys.ts';
import { median, printTable, spread } from './rounds.ts';
import { type Running, startOurs, startRestify } from './servers.ts';

const CONVERSATIONS = 2000;
const CONNECTIONS = 20;
/** A round is one more answer in each conversation: from the second answer on. */
const ROUNDS = 5;
const PAGES = 100;

const content = await readContentOnce();
const journeys = readJourneys(content).filter(({ steps }) => steps.length >= ROUNDS + 2);
const folder = mkdtempSync(join(tmpdir(), 'fingerpost-page-'));
const servers: Running[] = [];
try {
  const ours = await startOurs(folder);
  servers.push(ours);

  // Each conversation chooses its topics and gives its first answer, which also warms the server up.
  const begun = await send(ours, Array.from({ length: CONVERSATIONS }, (_, i) => topicsForm(i)));
  const ids = begun.pages.map(conversationIn);
  const first = await send(ours, ids.map((id, i) => answerForm(content, id, stepOf(i, 0))));

  const pagesFile = join(folder, 'pages.json');
  writeFileSync(pagesFile, JSON.stringify(first.pages.slice(0, PAGES)));
  const peer = await startRestify(pagesFile);
  servers.push(peer);
  await send(peer, ids.map((id, i) => answerForm(content, id, stepOf(i, 0))));

  const rates = { ours: [] as number[], peer: [] as number[] };
  const processor = { ours: [] as number[], peer: [] as number[] };
  let refused = 0;
  for (let round = 1; round <= ROUNDS; round++) {
    const forms = ids.map((id, i) => answerForm(content, id, stepOf(i, round)));
    for (const side of round % 2 === 1 ? (['ours', 'peer'] as const) : (['peer', 'ours'] as const)) {
      const server = side === 'ours' ? ours : peer;
      const { rate, pages } = await send(server, forms);
      rates[side].push(rate);
    }
  }
} finally {
  for (const server of servers) await server.stop();
  rmSync(folder, { recursive: true });
}
