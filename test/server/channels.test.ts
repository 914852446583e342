import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChannelKind, ChannelParts } from '../../src/channels/channels.ts';
import { start } from '../../src/server.ts';
import { get, post, TODAY } from '../channels/page/serve.ts';
import { startProcess } from './process.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'fingerpost-channels-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));
const config = () => ({ port: 0, host: '127.0.0.1', dataDir, retentionHours: 24, trustedProxies: 1 });

/** A channel that only remembers what was done with it. */
function channel(
  name: string,
  isSetUp: boolean,
): { kind: ChannelKind; done: string[]; parts: ChannelParts[] } {
  const done: string[] = [];
  const parts: ChannelParts[] = [];
  const kind: ChannelKind = {
    name,
    open: async (given) => {
      if (!isSetUp) return undefined;
      given.key();
      done.push('open');
      parts.push(given);
      return {
        install: (server) => {
          done.push('install');
          server.get(`/api/${name}`, async (request, response) => {
            const turn = await given.assistant.respond(undefined, { type: 'start' }, 'en');
            response.send(200, { who: given.address(request), language: turn.conversation.language });
          });
        },
        section: {
          under: `/api/${name}`,
          headersOf: () => ({ 'X-Section': name }),
          takeSocket: () => {},
        },
        close: async () => {
          done.push('close');
        },
      };
    },
  };
  return { kind, done, parts };
}

it('a channel is made where it is set up, and closed before the server stops', async () => {
  const [on, off] = [channel('on', true), channel('off', false)];
  const running = await start(config(), () => TODAY, [on.kind, off.kind]);
  expect(on.done).toEqual(['open', 'install']);
  expect(off.done).toEqual([]);
  await get(running.url, '/metrics');
  const answer = await get(running.url, '/api/on', { 'X-Forwarded-For': '198.51.100.7' });
  expect(JSON.parse(answer.html)).toEqual({ who: '198.51.100.7', language: 'en' });
  expect(answer.headers.get('x-section')).toBe('on');
  expect((await get(running.url, '/api/off')).status).toBe(404);
  expect((await get(running.url, '/metrics')).html).toContain('fingerpost_turns_total{channel="on"} 1');
  await running.stop();
  expect(on.done.at(-1)).toBe('close');
});

it('the key of the channels is made only where one asks for it, stays, and is the one that was given', async () => {
  const file = join(dataDir, 'channel.key');
  await (await start(config(), () => TODAY, [channel('off', false).kind])).stop();
  expect(existsSync(file)).toBe(false);
  const keys: (string | undefined)[] = [];
  for (const given of [undefined, undefined, 'k'.repeat(40)]) {
    const { kind, parts } = channel('on', true);
    await (await start({ ...config(), channelKey: given }, () => TODAY, [kind])).stop();
    keys.push(parts[0]?.key());
  }
  const kept = readFileSync(file, 'utf8').trim();
  expect(keys).toEqual([kept, kept, 'k'.repeat(40)]);
});

/** Whatever a secret looks like; nothing here is anybody's. */
const SET_UP = {
  PUBLIC_URL: 'https://help.example.org',
  DIRECTLINE_SECRETS: 'd'.repeat(32),
  MICROSOFT_APP_ID: '0f4c1b9e-3d5a-4c8e-9b7a-6f2d1e0c9a8b',
  MICROSOFT_APP_PASSWORD: 'p'.repeat(32),
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 't'.repeat(32),
  TWILIO_NUMBER: '+447700900123',
  WHATSAPP_TOKEN: 'w'.repeat(32),
  WHATSAPP_APP_SECRET: 's'.repeat(32),
  WHATSAPP_VERIFY_TOKEN: 'v'.repeat(32),
  WHATSAPP_NUMBER_ID: '106540352242922',
};
const DOORS = ['/v3/directline/conversations', '/api/messages', '/channels/sms', '/channels/whatsapp'];

/** @returns what the process has loaded, once it has served a page */
async function loadedWith(env: Record<string, string>): Promise<{ loaded: string; doors: number[] }> {
  const noted = join(dataDir, 'noted');
  writeFileSync(noted, '');
  const preload = `--import=${join(import.meta.dirname, 'note-loaded.ts')}`;
  const running = await startProcess({ NODE_OPTIONS: preload, NOTED: noted, ...env }, join(dataDir, 'data'));
  await get(running.url, '/');
  const doors: number[] = [];
  for (const path of DOORS) doors.push((await post(running.url, path, '{}', {})).status);
  expect(await running.end()).toBe(0);
  // No secret is ever printed.
  for (const [name, value] of Object.entries(SET_UP))
    if (/TOKEN|SECRET|PASSWORD/.test(name)) expect(running.printed()).not.toContain(value);
  return { loaded: readFileSync(noted, 'utf8'), doors };
}

it('without any of them, none is there, and nothing of them is loaded', async () => {
  const { loaded, doors } = await loadedWith({});
  expect(loaded).toMatch(/\/restify\//);
  expect(loaded).not.toMatch(/\/(botbuilder|botframework-[a-z]+|ws|prom-client|@azure)\//);
  expect(loaded).not.toMatch(/src\/channels\/(directline|botframework|sms|whatsapp|messaging|activities)\//);
  expect(doors).toEqual([404, 404, 404, 404]);
});

it('with all of them, each is there, and nobody unknown is let in', async () => {
  const { loaded, doors } = await loadedWith(SET_UP);
  expect(loaded).toMatch(/\/botbuilder\//);
  for (const status of doors) expect([400, 401, 403, 415]).toContain(status);
});

it('Direct Line works through it: a conversation by socket, counted, and closed at the end', async () => {
  const secret = 'd'.repeat(32);
  const running = await start(
    { ...config(), directLine: { secrets: [secret], origins: [], anonymous: false } },
    () => TODAY,
  );
  await get(running.url, '/metrics');
  const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' };
  const base = `${running.url}/v3/directline/conversations`;
  const started = await fetch(base, { method: 'POST', headers });
  expect(started.status).toBe(201);
  const { conversationId, streamUrl, token } = (await started.json()) as Record<string, string>;
  const socket = new WebSocket(streamUrl as string);
  const frames: string[] = [];
  const answered = new Promise<void>((done) => {
    socket.addEventListener('message', ({ data }) => {
      frames.push(String(data));
      if (/"from":\{"id":"(?!parent)/.test(String(data)) && frames.join('').includes('"parent"')) done();
    });
  });
  const closed = new Promise((done) => socket.addEventListener('close', done));
  await new Promise((done) => socket.addEventListener('open', done));
  const sent = await fetch(`${base}/${conversationId}/activities`, {
    method: 'POST',
    headers: { ...headers, Authorization: `Bearer ${token}` },
    body: JSON.stringify({ type: 'message', from: { id: 'parent' }, text: 'money', locale: 'en-GB' }),
  });
  expect(sent.status).toBe(200);
  await answered;
  const { html } = await get(running.url, '/metrics');
  expect(html).toMatch(/fingerpost_turns_total\{channel="directline"\} [1-9]/);
  expect(html).toContain('route="/v3/directline/conversations/:id/activities"');
  expect(html).not.toContain(conversationId);
  await running.stop();
  await closed;
});

it('a channel that cannot be made ends the start', async () => {
  const kind: ChannelKind = {
    name: 'broken',
    open: () => Promise.reject(new Error('broken')),
  };
  await expect(start(config(), () => TODAY, [kind])).rejects.toThrow('broken');
  await (await start(config(), () => TODAY, [])).stop();
});
