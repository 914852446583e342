import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { start } from '../../../src/server.ts';
import { connect } from './client.ts';
import { ask, COUNCIL, listen, PREFIX, SECRET, until } from './serve.ts';

/** The whole server, as a council runs it. */
let dataDir: string;
let running: Awaited<ReturnType<typeof start>>;
let line: { url: string };
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'fingerpost-line-'));
  running = await start({
    port: 0,
    host: '127.0.0.1',
    dataDir,
    retentionHours: 24,
    rateLimit: 1000,
    directLine: { secrets: [SECRET], origins: [COUNCIL], anonymous: false },
  });
  line = { url: running.url + PREFIX };
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

it('answers a page of the council, in Welsh, and keeps nothing that was typed', async () => {
  const made = await ask(line, 'POST', '/tokens/generate', { key: SECRET, headers: { Origin: COUNCIL } });
  expect([made.status, made.headers.get('Access-Control-Allow-Origin')]).toEqual([200, COUNCIL]);
  const parent = connect({
    domain: line.url,
    token: made.body.token,
    conversationStartProperties: { locale: 'cy-GB' },
  });
  await until(() => parent.activities.length > 0, 'the greeting');
  expect(parent.activities[0]).toMatchObject({ type: 'message', locale: 'cy' });
  await parent.say('my son Unlikelyname is 7 and school keeps sending him home', { locale: 'en-GB' });
  await until(() => parent.activities.length > 2, 'the answer');
  const answer = parent.activities.at(-1) as { suggestedActions?: { actions: unknown[] } };
  expect(answer.suggestedActions?.actions.length).toBeGreaterThan(1);
  parent.end();
  const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.db/.test(name),
  );
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    expect(readFileSync(join(dataDir, file)).includes('Unlikelyname'), file).toBe(false);
    expect(readFileSync(join(dataDir, file)).includes(made.body.conversationId), file).toBe(false);
  }
});

it('has its own words for what is wrong', async () => {
  const { status, body } = await ask(line, 'GET', '/nothing');
  expect([status, body]).toEqual([404, { error: { code: 'NotFound', message: expect.any(String) } }]);
  const preflight = await ask(line, 'OPTIONS', '/conversations', { headers: { Origin: COUNCIL } });
  expect([preflight.status, preflight.headers.get('Access-Control-Allow-Origin')]).toEqual([204, COUNCIL]);
});

it('lets sockets go when it stops', async () => {
  const { body } = await ask(line, 'POST', '/conversations', { key: SECRET });
  const there = await listen(body.streamUrl);
  await running.stop();
  expect((await there.closed).code).toBe(1001);
});

it('lets a page of the council read that it asks too often', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fingerpost-line-'));
  const busy = await start({
    port: 0,
    host: '127.0.0.1',
    dataDir: folder,
    retentionHours: 24,
    rateLimit: 1,
    directLine: { secrets: [SECRET], origins: [COUNCIL], anonymous: false },
  });
  try {
    const there = { url: busy.url + PREFIX };
    const askFrom = (Origin: string) => ask(there, 'GET', '/nothing', { headers: { Origin } });
    await askFrom(COUNCIL);
    const { status, headers, body } = await askFrom(COUNCIL);
    expect([status, body.error.code]).toEqual([429, 'TooManyRequests']);
    expect(headers.get('Access-Control-Allow-Origin')).toBe(COUNCIL);
    expect(headers.get('Access-Control-Expose-Headers')).toBe('Retry-After');
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
    const bare = await ask(there, 'GET', '', { headers: { Origin: COUNCIL } });
    expect([bare.status, bare.headers.get('Access-Control-Allow-Origin')]).toEqual([429, COUNCIL]);
    const foreign = await askFrom('https://elsewhere.example');
    expect([foreign.status, foreign.headers.get('Access-Control-Allow-Origin')]).toEqual([429, null]);
    // A browser asks first whether it may ask, and shows a page nothing at all where that is refused.
    for (const path of ['', '/conversations']) {
      const preflight = await ask(there, 'OPTIONS', path, { headers: { Origin: COUNCIL } });
      expect([preflight.status, preflight.headers.get('Access-Control-Allow-Origin')]).toEqual([
        204,
        COUNCIL,
      ]);
    }
  } finally {
    await busy.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
