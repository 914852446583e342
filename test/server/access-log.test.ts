/** A conversation full of names, and what of it the access log knows. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { get, post } from '../channels/page/serve.ts';
import { type Process, startProcess } from './process.ts';
import { sendRaw } from './raw.ts';

const PRIVATE = ['zebedee', 'quillfeather', 'mulberry', '4qq', '07700', '198.51.100', '2001:db8', 'xyzzy'];
const WHO = 'Zebedee Quillfeather, 14 Mulberry Drumble, BS3 4QQ, 07700 900123';

let server: Process;
beforeAll(async () => {
  server = await startProcess({ TRUSTED_PROXIES: '1', RATE_LIMIT: '60' });
});
afterAll(() => server.cleanUp());

test('it has a line for each request, and nothing of whom or what', async () => {
  const { url } = server;
  let sent = 0;
  const headers = { 'X-Forwarded-For': '198.51.100.23', Referer: `https://example.org/?q=${encodeURI(WHO)}` };
  const send = async (path: string, fields: Record<string, string> | string) => {
    sent++;
    return post(url, path, fields, { ...headers, 'User-Agent': 'xyzzy/1.0', Cookie: 'xyzzy=1' });
  };
  const look = async (path: string) => {
    sent++;
    return get(url, path, { ...headers, 'X-Forwarded-For': '2001:db8::23', Authorization: 'Bearer xyzzy' });
  };
  const { id } = await send('/conversation', { conversation: '', do: 'text', text: `I am ${WHO}` });
  await send('/conversation', { conversation: id, do: 'text', text: `${WHO} has taken an overdose` });
  await send('/conversation', {
    conversation: id,
    do: 'answer',
    fact: 'child.age',
    child: '0',
    text: 'Zebedee',
  });
  await send('/conversation', 'Quillfeather=%zz&do');
  await send(`/${encodeURIComponent(WHO)}`, 'xyzzy');
  await send('/conversation', `do=text&text=${'Quillfeather+'.repeat(10_000)}`);
  for (const path of [
    '/?lang=cy&q=Quillfeather',
    '/entry/blue-badge?for=Zebedee',
    '/entry/Quillfeather',
    '/zebedee/quillfeather',
    '/%5A%45%42%45%44%45%45',
    '/assets/Quillfeather',
    '/v3/directline/Quillfeather',
    `/?${'Quillfeather'.repeat(200)}`,
  ])
    await look(path);
  await sendRaw(
    url,
    'GET /Quillfeather HTTP/1.1\r\nHost: [Zebedee\r\nX-Forwarded-For: 198.51.100.23\r\nConnection: close\r\n\r\n',
  );
  sent++;
  for (let i = 0; i < 70; i++) await look('/about?Quillfeather');

  expect(await server.end()).toBe(0);
  const lines = server
    .printed()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  expect(lines).toHaveLength(sent);
  const routes = new Set<string>();
  const statuses = new Set<number>();
  for (const line of lines) {
    const { time, method, route, status, ms, bytes, ...more } = JSON.parse(line);
    expect(more).toEqual({});
    expect(new Date(time).toISOString()).toBe(time);
    expect(method).toMatch(/^(GET|POST)$/);
    expect(ms).toBeGreaterThan(0);
    expect(bytes).toBeGreaterThan(100);
    routes.add(route);
    statuses.add(status);
  }
  expect([...routes].sort()).toEqual(['/', '/about', '/assets/:name', '/conversation', '/entry/:id', 'none']);
  for (const status of [200, 400, 404, 413, 414, 429]) expect(statuses).toContain(status);
  const printed = server.printed().toLowerCase();
  for (const one of [...PRIVATE, id.toLowerCase()]) expect(printed).not.toContain(one);
});

test('it can be turned off', async () => {
  const silent = await startProcess({ LOG: 'off' });
  await get(silent.url, '/');
  await silent.end();
  expect(silent.printed()).toBe(`Fingerpost is ready: ${silent.url}\n`);
  await silent.cleanUp();
});

test('nobody has to read it', async () => {
  const unread = await startProcess();
  unread.child.stdout?.destroy();
  unread.child.stderr?.destroy();
  for (let i = 0; i < 3; i++) {
    expect((await get(unread.url, '/')).status).toBe(200);
    // Until the lines are written, and nobody is there.
    await new Promise((done) => setTimeout(done, 400));
  }
  expect(await unread.end()).toBe(0);
  await unread.cleanUp();
});
