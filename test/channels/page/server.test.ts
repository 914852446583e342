import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPage, SECURITY_HEADERS } from '../../../src/channels/page/page.ts';
import { openContent } from '../../../src/content/open.ts';
import { type HttpServer, openHttp } from '../../../src/http/http-server.ts';
import { report, start } from '../../../src/server.ts';
import { post, TODAY } from './serve.ts';

const ROOT = join(import.meta.dirname, '../../..');

describe('where the storage fails', () => {
  const reported: unknown[] = [];
  let url: string;
  let server: HttpServer['server'];
  beforeAll(async () => {
    const { content } = await openContent(ROOT);
    const broken = () => Promise.reject(new Error('secret detail at /srv/data'));
    const page = createPage({
      assistant: { respond: broken, erase: broken },
      content,
      now: () => TODAY,
      hours: 24,
      report: (error) => reported.push(error),
    });
    server = openHttp({ headers: SECURITY_HEADERS, sendProblem: page.sendProblem, report }).server;
    page.install(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise<void>((done) => server.close(done)));

  it('says so with our own page, from which the way back and "leave" still work', async () => {
    const page = await post(url, '/conversation', { conversation: 'abc', do: 'continue', lang: 'cy' });
    expect(page.status).toBe(500);
    expect(page.id).toBe('abc');
    expect(page.html).toContain('<html lang="cy"');
    expect(page.html).toContain('value="here"');
    expect(page.html).not.toMatch(/secret|srv|Error/);
    expect(reported).toHaveLength(1);
  });

  it('still leaves', async () => {
    expect((await post(url, '/leave', { conversation: 'abc' })).status).toBe(303);
  });
});

it('erases what nobody touched for as long as it says', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'fingerpost-sweep-'));
  const config = { port: 0, host: '127.0.0.1', dataDir, retentionHours: 24 };
  const after = (hours: number) => () => new Date(TODAY.getTime() + hours * 60 * 60 * 1000);
  let running = await start(config, after(0));
  const { id } = await post(running.url, '/conversation', { do: 'topics none' });
  for (const [hours, status] of [
    [23, 200],
    [25, 404],
  ] as const) {
    await running.stop();
    running = await start(config, after(hours));
    expect((await post(running.url, '/conversation', { conversation: id, do: 'here' })).status).toBe(status);
  }
  await running.stop();
  rmSync(dataDir, { recursive: true });
});

it('starts with nothing configured, says where, and stops when told', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'fingerpost-start-'));
  const child = spawn(process.execPath, [join(ROOT, 'src/server.ts')], {
    env: { PATH: process.env.PATH, PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir },
  });
  let said = '';
  const url = await new Promise<string>((done, fail) => {
    child.stderr.on('data', (data) => {
      said += data;
    });
    child.stdout.on('data', (data) => {
      said += data;
      const found = /http:\/\/\S+/.exec(said)?.[0];
      if (found) done(found);
    });
    child.on('exit', () => fail(new Error(said)));
  });
  expect((await fetch(url)).status).toBe(200);
  // What is sent to it appears in no log.
  await post(url, '/conversation', { do: 'text', text: 'xyzzy' });
  const stopped = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  expect(await stopped).toBe(0);
  expect(said).not.toContain('xyzzy');
  rmSync(dataDir, { recursive: true });
}, 20_000);

describe('says plainly why it cannot start', () => {
  /** Starts with these surroundings, and gives what was said until it ended by itself. */
  async function failToStart(env: Record<string, string>): Promise<string> {
    const child = spawn(process.execPath, [join(ROOT, 'src/server.ts')], { env: { PORT: '0', ...env } });
    let said = '';
    child.stderr.on('data', (data) => {
      said += data;
    });
    const code = await new Promise((done) => child.once('exit', done));
    expect(code).toBe(1);
    expect(said).toContain('Fingerpost cannot start.');
    expect(said).not.toMatch(/\n\s+at /);
    return said;
  }
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'fingerpost-start-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('where a setting is wrong', async () => {
    expect(await failToStart({ PORT: 'x' })).toContain('PORT="x" is not a whole number from 0 to 65535');
  }, 20_000);

  it('where the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    const said = await failToStart({ PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir });
    expect(said).toContain(`PORT="${port}" is taken on 127.0.0.1 by another program. Set it to another`);
    other.close();
  }, 20_000);

  it.each(['203.0.113.7', '999.1.1.1', 'no-such-host.invalid'])(
    'where the host is not ours: %s',
    async (HOST) => {
      expect(await failToStart({ HOST, DATA_DIR: dataDir })).toContain(`HOST="${HOST}" is no address`);
    },
    20_000,
  );

  it('where the database is broken', async () => {
    const file = join(dataDir, 'conversations.db');
    writeFileSync(file, 'This was a database once. '.repeat(1000));
    const said = await failToStart({ DATA_DIR: dataDir });
    expect(said).toContain(file);
    expect(said).toContain('file is not a database');
  }, 20_000);

  it('where the folder is none, or cannot be written', async () => {
    const file = join(dataDir, 'a-file');
    writeFileSync(file, '');
    // Nobody may write in the last ones, root included.
    for (const DATA_DIR of [file, join(file, 'below'), '/sys', '/proc/none', '/proc/none/below']) {
      const said = await failToStart({ DATA_DIR });
      expect(said).toMatch(/^Fingerpost cannot start\.\nDATA_DIR="[^"]+" is .*\. Set it to a folder .*\n$/);
      expect(said).toContain(DATA_DIR);
    }
  }, 60_000);

  it('at once: before the content is read', async () => {
    const file = join(dataDir, 'a-file');
    writeFileSync(file, '');
    await failToStart({ DATA_DIR: file, HOST: '203.0.113.7' });
    await failToStart({ DATA_DIR: join(dataDir, 'new'), HOST: '203.0.113.7' });
    expect(readdirSync(join(dataDir, 'new'))).toEqual([]);
  }, 20_000);
});

it('reports where an error was, and nothing of what it says', () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  report(new TypeError('xyzzy\n    at xyzzy (file:///xyzzy.ts:1:1)'));
  const text = said.mock.calls.flat().join('\n');
  said.mockRestore();
  expect(text).toContain('TypeError');
  expect(text).toContain('server.test.ts');
  expect(text).not.toContain('xyzzy');
});
