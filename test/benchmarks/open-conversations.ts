/**
 * A thousand conversations open at once on the page, each with a connection of its own and a parent who answers every
 * few seconds, against a single one on the same server: how long an answer takes. The client shares the machine's
 * cores, so its own work is part of what is measured.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { printTable } from './rounds.ts';
import { startOurs } from './servers.ts';

const OPEN = 1000;
/** A parent answers so often, in milliseconds; each at a moment of their own. */
const EVERY = 5000;
/** Each phase takes so long, in milliseconds. */
const PHASE = 20_000;
/** The single one answers so often. */
const ALONE_EVERY = 40;
const GOAL = 5;
const WARM_UP = 8000;

interface Parent {
  readonly agent: Agent;
  id: string;
  fact: string;
}

const folder = mkdtempSync(join(tmpdir(), 'fingerpost-open-'));
const server = await startOurs(folder);
try {
  const parents = Array.from({ length: OPEN }, (): Parent => {
    return { agent: new Agent({ keepAlive: true, maxSockets: 1 }), id: '', fact: '' };
  });
  for (let i = 0; i < OPEN; i += 50) await Promise.all(parents.slice(i, i + 50).map(begin));
  // The lexicons are made ready just after the start, and everybody waits for that.
  await wait(WARM_UP);
  const alone = await phase(parents.slice(0, 1), ALONE_EVERY);
  const all = await phase(parents, EVERY);
  const again = await phase(parents.slice(0, 1), ALONE_EVERY);
  const idle = Math.min(at(alone, 0.99), at(again, 0.99));
  const row = (name: string, times: readonly number[]) => [
    name,
    String(times.length),
    at(times, 0.5).toFixed(1),
    at(times, 0.99).toFixed(1),
  ];
  printTable(
    ['', 'turns', 'median, ms', 'p99, ms'],
    [
      row('one conversation', alone),
      row(`${OPEN} open, each every ${EVERY / 1000} s`, all),
      row('one again', again),
    ],
  );
  console.log(`  p99 of ${OPEN} / p99 of one: ${(at(all, 0.99) / idle).toFixed(1)} (goal: under ${GOAL})`);
  for (const { agent } of parents) agent.destroy();
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}

/** Each answers at its own moments, whether or not the last answer came: a slow server does not slow them down. */
async function phase(parents: readonly Parent[], every: number): Promise<number[]> {
  const times: number[] = [];
  const turns: Promise<void>[] = [];
  const begun = performance.now();
  await new Promise<void>((done) => {
    for (const [i, parent] of parents.entries()) {
      const first = (every * i) / parents.length;
      for (let when = first; when < PHASE; when += every)
        setTimeout(() => turns.push(turn(parent).then((time) => void times.push(time))), when);
    }
    setTimeout(done, PHASE - (performance.now() - begun));
  });
  await Promise.all(turns);
  return times;
}

async function begin(parent: Parent): Promise<void> {
  await send(parent, 'do=topics&topic=money&topic=not-in-school');
}

/** Answers the question in hand, or begins anew where there is none left. @returns milliseconds */
function turn(parent: Parent): Promise<number> {
  const { id, fact } = parent;
  const form =
    fact === ''
      ? `conversation=${id}&do=topics`
      : `conversation=${id}&fact=${fact}&child=0&do=answer+not_sure`;
  return send(parent, form);
}

async function send(parent: Parent, form: string): Promise<number> {
  const begun = performance.now();
  const page = await new Promise<string>((done, fail) => {
    const sent = request(
      {
        agent: parent.agent,
        host: '127.0.0.1',
        port: server.port,
        method: 'POST',
        path: '/conversation',
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded',
          'Content-Length': Buffer.byteLength(form),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          if (response.statusCode !== 200) fail(new Error(`status ${response.statusCode}`));
          else done(Buffer.concat(chunks).toString('utf8'));
        });
      },
    );
    sent.on('error', fail);
    sent.end(form);
  });
  const time = performance.now() - begun;
  parent.id = /name="conversation" value="([\w-]+)"/.exec(page)?.[1] ?? '';
  parent.fact = /name="fact" value="([\w.]+)"/.exec(page)?.[1] ?? '';
  if (parent.id === '') throw new Error('no conversation on the page');
  return time;
}

function at(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
