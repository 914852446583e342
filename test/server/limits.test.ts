import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openContent } from '../../src/content/open.ts';
import { type HttpParts, type HttpServer, openHttp } from '../../src/http/http-server.ts';
import { type Running, start } from '../../src/server.ts';
import { get, post, TODAY } from '../channels/page/serve.ts';
import { connectTo, hear, sendRaw } from './raw.ts';

const ROOT = join(import.meta.dirname, '../..');
const LIMIT = 5;

/** Starts the whole server, which allows five requests a minute, behind so many proxies. */
async function limited(trustedProxies: number): Promise<Running & { readonly done: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fingerpost-limits-'));
  const config = {
    port: 0,
    host: '127.0.0.1',
    dataDir,
    retentionHours: 24,
    rateLimit: LIMIT,
    trustedProxies,
  };
  const running = await start(config, () => TODAY);
  return {
    ...running,
    done: async () => {
      await running.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

describe('whoever asks too often', () => {
  let server: Awaited<ReturnType<typeof limited>>;
  let next = 1;
  /** Headers of somebody who was not there before. */
  const somebody = () => ({ 'X-Forwarded-For': `198.51.100.${next++}` });
  const exhaust = async (who: Record<string, string>) => {
    for (let i = 0; i < LIMIT; i++) expect((await get(server.url, '/', who)).status).toBe(200);
  };
  /** On a busy machine so much time goes by between two pages that one more is allowed. */
  const refusalOf = async (path: string, who: Record<string, string>) => {
    for (let i = 0; i <= LIMIT; i++) {
      const page = await get(server.url, path, who);
      if (page.status === 429) return page;
    }
    throw new Error(`${path} was never refused`);
  };
  beforeAll(async () => {
    server = await limited(1);
  });
  afterAll(() => server.done());

  it('is asked to wait, in a page of ours, in each language', async () => {
    const who = somebody();
    await exhaust(who);
    const { content } = await openContent(ROOT);
    for (const [code, { info, interface: texts }] of content.languages) {
      const page = await refusalOf(`/?lang=${code}`, who);
      const seconds = Number(page.headers.get('retry-after'));
      expect(seconds).toBeGreaterThanOrEqual(1);
      expect(seconds).toBeLessThanOrEqual(60 / LIMIT);
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(page.html).toContain(`<html lang="${code}" dir="${info.dir}"`);
      expect(page.html).toContain((texts.error as Record<string, string>).too_many_heading);
      // Help stands on it, and a way to it.
      expect(page.html).toContain(`href="/help?lang=${code}"`);
      expect(page.html).toContain('href="tel:');
    }
  });

  it('still gets help, can leave, and sees our style', async () => {
    const who = somebody();
    await exhaust(who);
    const page = await get(server.url, '/', who);
    expect(page.status).toBe(429);
    const [, style = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(page.html) ?? [];
    for (const path of ['/help', '/help?lang=ur', style, '/healthz'])
      expect([path, (await get(server.url, path, who)).status]).toEqual([path, 200]);
    expect((await post(server.url, '/leave', { conversation: '' }, who)).status).toBe(303);
    for (const path of ['/helpx', '/about', '/help/../about', '/entry/blue-badge'])
      expect([path, (await get(server.url, path, who)).status]).toEqual([path, 429]);
  });

  it('loses nothing: after the wait the same form is taken', async () => {
    const who = somebody();
    const begun = await post(server.url, '/conversation', { do: 'topics none' }, who);
    const form = { conversation: begun.id, do: 'here' };
    for (let i = 1; i < LIMIT; i++)
      expect((await post(server.url, '/conversation', form, who)).status).toBe(200);
    expect((await post(server.url, '/conversation', form, who)).status).toBe(429);
    expect((await post(server.url, '/conversation', form, somebody())).status).toBe(200);
  });

  it('gets JSON as a program', async () => {
    const who = somebody();
    for (let i = 0; i < LIMIT; i++) await get(server.url, '/v3/directline/nothing', who);
    const answer = await get(server.url, '/v3/directline/nothing', who);
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(JSON.parse(answer.html)).toEqual({
      error: { code: 'TooManyRequests', message: 'Too Many Requests' },
    });
  });

  it('does not shut anybody else out, nor pass for another', async () => {
    const who = somebody();
    await exhaust(who);
    expect((await get(server.url, '/', somebody())).status).toBe(200);
    const forged = { 'X-Forwarded-For': `203.0.113.77, ${who['X-Forwarded-For']}` };
    expect((await get(server.url, '/', forged)).status).toBe(429);
  });

  it('is one as an IPv6 network', async () => {
    for (let i = 0; i < LIMIT; i++) await get(server.url, '/', { 'X-Forwarded-For': `2001:db8:1:2::${i}` });
    expect((await get(server.url, '/', { 'X-Forwarded-For': '2001:db8:1:2:3::9' })).status).toBe(429);
    expect((await get(server.url, '/', { 'X-Forwarded-For': '2001:db8:1:3::9' })).status).toBe(200);
  });

  it('is limited too where no other page may ask', async () => {
    const who = somebody();
    await exhaust(who);
    for (const path of ['/', '/conversation', '/nowhere']) {
      const { status } = await fetch(server.url + path, { method: 'OPTIONS', headers: who });
      expect([path, status]).toEqual([path, 429]);
    }
  });

  it('as the server of a vendor may more: it speaks for many', async () => {
    const who = somebody();
    const statuses: number[] = [];
    for (let i = 0; i <= LIMIT * 10; i++)
      statuses.push((await post(server.url, '/api/messages', '{}', who)).status);
    expect(statuses.slice(0, -1)).toEqual(Array(LIMIT * 10).fill(404));
    expect(statuses.at(-1)).toBe(429);
    expect((await get(server.url, '/', who)).status).toBe(200);
  });
});

describe('where no proxy is trusted', () => {
  let server: Awaited<ReturnType<typeof limited>>;
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  beforeAll(async () => {
    server = await limited(0);
    warned.mockClear();
  });
  afterAll(async () => {
    await server.done();
    warned.mockRestore();
  });

  it('what a header says of the address counts nothing, and we say once what to set', async () => {
    for (let i = 0; i < LIMIT; i++)
      expect((await get(server.url, '/', { 'X-Forwarded-For': `198.51.100.${i}` })).status).toBe(200);
    expect((await get(server.url, '/', { 'X-Forwarded-For': '198.51.100.99' })).status).toBe(429);
    expect(warned).toHaveBeenCalledTimes(1);
    expect(warned.mock.calls[0]?.[0]).toContain('TRUSTED_PROXIES');
  });
});

describe('over https', () => {
  it.each([
    [1, 'https', 'max-age=31536000'],
    [1, 'http', null],
    [1, undefined, null],
    [0, 'https', null],
  ])('behind %i proxies, with X-Forwarded-Proto %s, HSTS is %s', async (proxies, proto, wanted) => {
    const { url } = await openBare({ proxies });
    const { headers } = await fetch(url, { headers: proto ? { 'X-Forwarded-Proto': proto } : {} });
    expect(headers.get('strict-transport-security')).toBe(wanted);
  });
});

const opened: HttpServer[] = [];
afterEach(async () => {
  for (const { server } of opened.splice(0)) {
    await new Promise<void>((done) => {
      server.close(done);
      server.server.closeAllConnections();
    });
  }
});

/** A server of our make with one route, which echoes how much it was sent. */
async function openBare(parts: Partial<HttpParts> = {}): Promise<HttpServer & { readonly url: string }> {
  const http = openHttp({
    headers: { 'X-Content-Type-Options': 'nosniff' },
    sendProblem: (_request, response, status) => {
      response.writeHead(status);
      response.end('a page of ours');
    },
    report: () => {},
    ...parts,
  });
  opened.push(http);
  http.server.get('/', async (_request, response) => {
    response.end('hello');
  });
  http.server.post('/', async (request, response) => {
    let size = 0;
    for await (const chunk of request) size += chunk.length;
    response.end(String(size));
  });
  await new Promise<void>((done) => http.server.listen(0, '127.0.0.1', done));
  return { ...http, url: `http://127.0.0.1:${(http.server.server.address() as AddressInfo).port}/` };
}

describe('a slow sender', () => {
  const patience = { headers: 300, request: 600, next: 400, lookEvery: 50 };

  it.each([
    ['says nothing at all', '', 300],
    ['sends its headers one by one', 'GET / HTTP/1.1\r\nHost: a\r\n', 300],
    ['sends its body byte by byte', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n', 600],
  ])('that %s is cut', async (_, first, after) => {
    const { url } = await openBare({ patience });
    const socket = await connectTo(url);
    const said = hear(socket);
    const begun = performance.now();
    socket.write(first);
    const dripping = setInterval(() => socket.write(first.startsWith('POST') ? 'x' : 'X-A: b\r\n'), 40);
    if (first === '') clearInterval(dripping);
    const answer = await said;
    clearInterval(dripping);
    expect(performance.now() - begun).toBeGreaterThan(after - 60);
    if (first !== '') expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('does not stay for a second request', async () => {
    const { url } = await openBare({ patience });
    const answer = await sendRaw(url, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(answer).toMatch(/hello/);
  });

  it('leaves the others served', async () => {
    const { url } = await openBare({ patience });
    const sockets = await Promise.all(Array.from({ length: 100 }, () => connectTo(url)));
    const ends = sockets.map((socket) => hear(socket));
    for (const socket of sockets) socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx');
    expect(await (await fetch(url)).text()).toBe('hello');
    await Promise.all(ends);
  });

  it('is waited for some seconds, unless a test says otherwise', async () => {
    const { server } = await openBare();
    const { headersTimeout, requestTimeout, keepAliveTimeout, timeout, maxConnections } = server.server;
    expect({ headersTimeout, requestTimeout, keepAliveTimeout, timeout, maxConnections }).toEqual({
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 10_000,
      timeout: 60_000,
      maxConnections: 5_000,
    });
    // A proxy keeps its connections for a minute; we must not be the one that closes.
    expect((await openBare({ proxies: 1 })).server.server.keepAliveTimeout).toBeGreaterThan(60_000);
  });
});

describe('a slow reader', () => {
  it('is cut, and nothing is kept for them', async () => {
    const { url, server } = await openBare({ patience: { reading: 300, lookEvery: 50 } });
    server.get('/big', async (_request, response) => {
      response.end(Buffer.alloc(30_000_000));
    });
    const socket = await connectTo(url);
    socket.pause();
    socket.on('error', () => {});
    socket.write('GET /big HTTP/1.1\r\nHost: a\r\n\r\n');
    const open = () => new Promise((done) => server.server.getConnections((_, count) => done(count)));
    await vi.waitUntil(async () => (await open()) === 1);
    await vi.waitUntil(async () => (await open()) === 0, { timeout: 10_000 });
    socket.destroy();
  });
});

describe('too much', () => {
  it('of an address is refused', async () => {
    const { url } = await openBare();
    expect((await fetch(`${url}?${'x'.repeat(2000)}`)).status).toBe(200);
    const long = await fetch(`${url}?${'x'.repeat(2100)}`);
    expect([long.status, await long.text()]).toEqual([414, 'a page of ours']);
  });

  it('of headers is refused', async () => {
    const { url } = await openBare();
    const answer = await sendRaw(url, `GET / HTTP/1.1\r\nHost: a\r\nX-A: ${'x'.repeat(17_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('of connections is refused, and those that are there are served', async () => {
    const { url, server } = await openBare();
    server.server.maxConnections = 2;
    const [one, two] = [await connectTo(url), await connectTo(url)];
    expect(await sendRaw(url, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toBe('');
    for (const socket of [one, two]) {
      const said = hear(socket);
      socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
      expect(await said).toContain('hello');
    }
  });
});

describe('what no browser sends', () => {
  it.each([
    ['a Host that is none', 'GET / HTTP/1.1\r\nHost: [\r\n\r\n', 400],
    ['a Host with spaces', 'GET / HTTP/1.1\r\nHost: a b c\r\n\r\n', 400],
    ['a Host with a wrong port', 'GET / HTTP/1.1\r\nHost: a:99999999\r\n\r\n', 400],
    ['an absolute address that is none', 'GET http://[ HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['an absolute address', 'GET http://example.org/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 200],
    ['a star', 'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 200],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx', 400],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a tunnel', 'CONNECT example.org:443 HTTP/1.1\r\nHost: a\r\n\r\n', undefined],
    ['bytes', '\x16\x03\x01\x02\x00\x01\x00', 400],
    ['a path that cannot be decoded', 'GET /%ff%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 404],
    ['a method that is not there', 'DELETE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 405],
  ])('%s ends nothing', async (_, text, status) => {
    const { url } = await openBare({ patience: { next: 300, lookEvery: 50 } });
    const answer = await sendRaw(url, text);
    expect(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]).toBe(status?.toString());
    expect(await (await fetch(url)).text()).toBe('hello');
  });
});

describe('a section', () => {
  const section = (under: string) => ({ under, headersOf: () => ({ 'X-Of': under }), takeSocket: () => {} });

  it('is its path and all below it', async () => {
    const { url, addSection } = await openBare();
    addSection(section('/one'));
    addSection(section('/two'));
    const of = async (path: string) => (await fetch(`${url}${path}`)).headers.get('x-of');
    for (const path of ['one', 'one?x', 'one/', 'one/a/b?x'])
      expect([path, await of(path)]).toEqual([path, '/one']);
    for (const path of ['', 'onex', 'a/one', '?/one']) expect([path, await of(path)]).toEqual([path, null]);
    expect(await of('two/one')).toBe('/two');
  });

  it('has one channel', async () => {
    const { addSection } = await openBare();
    addSection(section('/one/two'));
    for (const path of ['/one', '/one/two', '/one/two/three'])
      expect(() => addSection(section(path))).toThrow(`${path} is taken`);
    expect(() => addSection(section('/one/twox'))).not.toThrow();
  });
});

describe('a WebSocket', () => {
  const UPGRADE = 'Host: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

  it('that nobody takes is refused at once, and does not stay open', async () => {
    const { url } = await openBare();
    for (const path of ['/', '/v3/directline/conversations/a/stream'])
      expect(await sendRaw(url, `GET ${path} HTTP/1.1\r\n${UPGRADE}`)).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('is passed on where a channel takes it, as often as the sender may', async () => {
    const http = await openBare({ rateLimit: 2 });
    http.addSection({
      under: '/sockets',
      headersOf: () => ({}),
      takeSocket: (_request, stream) => stream.end('HTTP/1.1 101 Switching Protocols\r\n\r\nhello'),
    });
    const ask = () => sendRaw(http.url, `GET /sockets/a HTTP/1.1\r\n${UPGRADE}`);
    expect(await ask()).toContain('hello');
    expect(await ask()).toContain('hello');
    expect(await ask()).toMatch(/^HTTP\/1\.1 429 /);
    for (const path of ['/elsewhere', '/socketsx'])
      expect(await sendRaw(http.url, `GET ${path} HTTP/1.1\r\n${UPGRADE}`)).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('whose line breaks does not end the process', async () => {
    const http = await openBare();
    let taken: (socket: unknown) => void = () => {};
    const isTaken = new Promise((done) => {
      taken = done;
    });
    http.addSection({
      under: '/sockets',
      headersOf: () => ({}),
      takeSocket: (_request, stream) => {
        stream.on('close', taken);
        const writing = setInterval(() => stream.write('x'.repeat(100_000)), 5);
        stream.on('close', () => clearInterval(writing));
      },
    });
    const socket = await connectTo(http.url);
    socket.on('error', () => {});
    socket.write(`GET /sockets/a HTTP/1.1\r\n${UPGRADE}`);
    await once(socket, 'data');
    socket.resetAndDestroy();
    await isTaken;
    expect(await (await fetch(http.url)).text()).toBe('hello');
  });
});
