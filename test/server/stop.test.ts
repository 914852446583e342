import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { get, post } from '../channels/page/serve.ts';
import { type Process, startProcess } from './process.ts';
import { connectTo, hear } from './raw.ts';

let server: Process;
beforeEach(async () => {
  server = await startProcess();
});
afterEach(() => server.cleanUp());

/** Sends the first half of a form. @returns how to send the rest, and what is answered */
async function halfAForm(
  form: string,
): Promise<{ rest: () => void; answer: Promise<string>; socket: Socket }> {
  const socket = await connectTo(server.url);
  const answer = hear(socket);
  const half = Math.floor(form.length / 2);
  socket.write(
    `POST /conversation HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n\r\n` +
      form.slice(0, half),
  );
  // Until the server has begun with it.
  await wait(100);
  return { rest: () => socket.write(form.slice(half)), answer, socket };
}

describe('told to stop in the middle of a turn', () => {
  it('finishes it, keeps it, and says meanwhile that it is not ready', async () => {
    const { id } = await post(server.url, '/conversation', { do: 'topics none' });
    const slow = await halfAForm(`conversation=${id}&do=show+answers`);
    expect((await get(server.url, '/readyz')).status).toBe(200);
    const ended = server.end();
    await wait(200);
    // Who asks whether to send people here is told no; who is here already is served.
    const ready = await get(server.url, '/readyz');
    expect([ready.status, ready.html, ready.headers.get('connection')]).toEqual([503, 'stopping\n', 'close']);
    expect((await get(server.url, '/healthz')).status).toBe(200);
    expect((await get(server.url, '/help')).status).toBe(200);
    slow.rest();
    const answer = await slow.answer;
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain('</html>');
    expect(await ended).toBe(0);
    expect(server.printed()).not.toContain('Error');

    const { dataDir } = server;
    server = await startProcess({}, dataDir);
    const again = await post(server.url, '/conversation', { conversation: id, do: 'here' });
    expect(again.status).toBe(200);
    const title = /<title>(.*?)<\/title>/s.exec(answer)?.[1];
    expect(again.title).toBe(title);
  });

  it('does not wait for connections on which nothing happens', async () => {
    const idle = await connectTo(server.url);
    const said = hear(idle);
    idle.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(idle, 'data');
    const begun = performance.now();
    expect(await server.end('SIGINT')).toBe(0);
    expect(performance.now() - begun).toBeLessThan(5_000);
    await said;
  });

  it('waits for nobody for ever', async () => {
    const slow = await halfAForm('conversation=&do=topics+none');
    expect(await server.end()).toBe(0);
    expect(await slow.answer).not.toContain('200 OK');
  }, 40_000);
});

describe('the machinery', () => {
  it.each([
    ['/healthz', 'ok\n'],
    ['/readyz', 'ready\n'],
  ])('asks %s', async (path, word) => {
    const answer = await get(server.url, path);
    expect([answer.status, answer.html]).toEqual([200, word]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const head = await fetch(server.url + path, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const posted = await post(server.url, path, '');
    expect(posted.status).toBe(405);
  });
});
