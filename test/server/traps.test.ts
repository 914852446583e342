/** The traps of restify that were measured, each shown to be closed on our own server. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ChannelKind } from '../../src/channels/channels.ts';
import { type Running, start } from '../../src/server.ts';
import { get, post, TODAY } from '../channels/page/serve.ts';
import { sendRaw } from './raw.ts';

const SECRET = 'secret detail at /srv/data';
/** A channel with the faults that a channel could have. */
const FAULTY: ChannelKind = {
  name: 'faulty',
  open: async () => ({
    install: (server) => {
      for (const path of ['/api/throws', '/throws']) {
        server.get(path, async () => {
          throw new TypeError(SECRET);
        });
      }
      server.get('/api/sends-an-error', async (_request, response) => {
        response.send(500, new Error(SECRET));
      });
      server.get('/api/next-error', (_request, _response, next) => next(new Error(SECRET)));
      server.get('/api/forgets', (_request, _response, next) => next());
    },
  }),
};

const dataDir = mkdtempSync(join(tmpdir(), 'fingerpost-traps-'));
const errors = vi.spyOn(console, 'error').mockImplementation(() => {});
const logs = vi.spyOn(console, 'log').mockImplementation(() => {});
let server: Running;
let url: string;
beforeAll(async () => {
  server = await start({ port: 0, host: '127.0.0.1', dataDir, retentionHours: 24 }, () => TODAY, [FAULTY]);
  ({ url } = server);
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true });
  errors.mockRestore();
  logs.mockRestore();
});

describe('files', () => {
  it.each([
    '/.env',
    '/.git/config',
    '/assets/.env',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets/%2fetc%2fpasswd',
    '/assets/fingerpost.css%00.png',
    '/assets/__proto__',
    '/assets/constructor',
    '/entry/__proto__',
    '/entry/constructor',
    '/entry/..%2f..%2fpackage',
    '/../package.json',
    '//etc/passwd',
    '/package.json',
    '/data/conversations.db',
  ])('%s is not there, and nothing says where it would be', async (path) => {
    const answer = await sendRaw(url, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).toMatch(/content-type: text\/html; charset=utf-8/i);
    expect(answer).not.toMatch(/ENOENT|\/work|\/app|node_modules|root:|fingerpost"|SQLite/);
  });
});

describe('errors', () => {
  it.each(['/api/throws', '/throws', '/api/sends-an-error', '/api/next-error', '/api/forgets'])(
    'of %s keep their words',
    async (path) => {
      errors.mockClear();
      const answer = await get(url, path);
      expect(answer.status).toBe(500);
      expect(answer.html + JSON.stringify([...answer.headers])).not.toMatch(
        /secret|srv|TypeError|chain|stack/,
      );
      if (path.startsWith('/api/'))
        expect(JSON.parse(answer.html)).toEqual({
          error: { code: 'InternalServerError', message: 'Internal Server Error' },
        });
      else expect(answer.html).toContain('</html>');
      expect(errors.mock.calls.flat().join('\n')).not.toMatch(/secret|srv/);
    },
  );

  it('that a handler throws are reported, with the place', async () => {
    errors.mockClear();
    await get(url, '/api/throws');
    expect(errors.mock.calls.flat().join('\n')).toMatch(/TypeError[\s\S]*traps\.test\.ts/);
  });

  it('of a path do not quote it', async () => {
    for (const path of [
      '/<script>alert(1)</script>',
      '/v3/<script>',
      '/api/"><script>',
      '/v3/%0d%0aX-A:%20b',
    ]) {
      const answer = await sendRaw(url, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 404 /);
      expect(answer).not.toMatch(/<script>|alert|X-A:/i);
    }
  });
});

describe('bodies', () => {
  const HUGE = JSON.stringify({ text: 'x'.repeat(20_000_000) });

  it('that are huge JSON are not taken, and nothing of them comes back', async () => {
    for (const path of ['/conversation', '/leave', '/api/messages', '/v3/directline/conversations']) {
      const sent = fetch(url + path, {
        method: 'POST',
        body: HUGE,
        headers: { 'Content-Type': 'application/json' },
        redirect: 'manual',
      });
      // The line may be cut while it is still being sent.
      const answer = await sent.catch(() => undefined);
      if (!answer) continue;
      const status = path === '/leave' ? 303 : path === '/conversation' ? 413 : 404;
      expect([path, answer.status]).toEqual([path, status]);
      expect((await answer.text()).length).toBeLessThan(100_000);
    }
    expect((await get(url, '/')).status).toBe(200);
  });

  it('with files are not taken, and no file stays', async () => {
    const before = readdirSync(tmpdir()).length;
    const form = new FormData();
    form.set('file', new Blob(['x'.repeat(50_000)]), 'quillfeather.txt');
    for (const path of ['/conversation', '/leave', '/api/messages']) {
      const answer = await fetch(url + path, { method: 'POST', body: form, redirect: 'manual' });
      expect([400, 303, 404]).toContain(answer.status);
      await answer.text();
    }
    const names = readdirSync(tmpdir());
    expect(names.filter((name) => /^(upload_|quillfeather)/.test(name))).toEqual([]);
    // Others work on this machine too.
    expect(names.length - before).toBeLessThan(20);
  });

  it('that are packed are not unpacked', async () => {
    const answer = await post(url, '/conversation', 'do=start', { 'Content-Encoding': 'gzip' });
    expect(answer.status).toBe(400);
  });
});

it('no answer says what it comes from, and each has our headers', async () => {
  for (const path of [
    '/',
    '/nowhere',
    '/healthz',
    '/v3/x',
    '/api/throws',
    '/throws',
    '/metrics',
    `/${'x'.repeat(3000)}`,
  ]) {
    const { headers } = await get(url, path);
    expect([path, headers.get('server'), headers.get('x-powered-by')]).toEqual([path, null, null]);
    expect([path, headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual([
      path,
      'nosniff',
      'no-referrer',
    ]);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('set-cookie')).toBeNull();
  }
});

it('nothing is printed of what was asked', async () => {
  logs.mockClear();
  await get(url, '/quillfeather');
  await get(url, '/v3/quillfeather');
  expect(JSON.stringify([...logs.mock.calls, ...errors.mock.calls])).not.toContain('quillfeather');
});

/** Bytes that mean something to somebody on the way. */
const piece = fc.oneof(
  fc.constantFrom(
    '%',
    '%2e',
    '%00',
    '%ff',
    '..',
    '/',
    '//',
    ';',
    ':',
    '?',
    '&',
    '=',
    '#',
    '@',
    '[',
    ']',
    '*',
    '{',
    '}',
  ),
  fc.constantFrom(
    'conversation',
    'entry',
    'assets',
    'help',
    'v3',
    'api',
    '__proto__',
    'constructor',
    'lang',
    'do',
  ),
  fc.string({ unit: 'binary-ascii', maxLength: 8 }).map((text) => text.replace(/[\r\n ]/g, '')),
);
const line = (maxLength: number) => fc.array(piece, { maxLength }).map((pieces) => pieces.join(''));
const name = fc.constantFrom(
  ...['Host', 'Accept-Language', 'Accept', 'Accept-Encoding', 'Content-Type', 'Content-Encoding', 'Cookie'],
  ...['X-Forwarded-For', 'X-Forwarded-Proto', 'Authorization', 'Expect', 'Origin', 'Range', 'If-None-Match'],
  ...['Upgrade', 'Accept-Version', 'X-HTTP-Method-Override', 'Transfer-Encoding', 'Trailer'],
);

it('whatever comes over the line, it is no fault of ours', async () => {
  errors.mockClear();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'QUERY'),
      line(6).map((path) => `/${path}`),
      fc.array(fc.tuple(name, line(4)), { maxLength: 4 }),
      line(12),
      async (method, path, headers, body) => {
        const lines = headers.map(([header, value]) => `${header}: ${value}\r\n`).join('');
        const host = headers.some(([header]) => header === 'Host') ? '' : 'Host: a\r\n';
        const answer = await sendRaw(
          url,
          `${method} ${path} HTTP/1.1\r\n${host}${lines}Connection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
          true,
        );
        // An upgrade that nobody wants or a line that is cut has no status.
        const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 400);
        expect(status).toBeLessThan(500);
      },
    ),
    { numRuns: 500, interruptAfterTimeLimit: 40_000 },
  );
  expect(errors).not.toHaveBeenCalled();
  expect((await get(url, '/')).status).toBe(200);
});
