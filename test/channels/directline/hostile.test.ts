import { createHmac } from 'node:crypto';
import { connect as connectTcp, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createDirectLine, type DirectLineParts } from '../../../src/channels/directline/directline.ts';
import {
  ask,
  type Begun,
  begin,
  COUNCIL,
  echo,
  heard,
  KEY,
  listen,
  NEXT_SECRET,
  PREFIX,
  SECRET,
  type Served,
  say,
  serve,
  until,
} from './serve.ts';

const MINUTE = 60_000;

const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

async function served(parts?: Partial<DirectLineParts>): Promise<Served> {
  const one = await serve(parts);
  toClose.push(one.stop);
  return one;
}

const activities = ({ id }: Begun) => `/conversations/${id}/activities`;

/** @returns a promise that is kept when the test says so. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((done) => {
    open = done;
  });
  return { opened, open };
}

describe('keys', () => {
  it('both secrets serve, so that one can be replaced without a break', async () => {
    const one = await served();
    for (const key of [SECRET, NEXT_SECRET]) {
      expect((await ask(one, 'POST', '/tokens/generate', { key })).status).toBe(200);
    }
  });

  it('what is no key is refused, each with its code', async () => {
    const one = await served();
    const { token } = await begin(one);
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const none = encode({ alg: 'none', typ: 'JWT' });
    const longer = encode({ ...claims, exp: claims.exp + 1e6 });
    const signedBy = (key: string, text: string) =>
      `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
    const forged = [
      'x',
      `${header}.${payload}`,
      `${header}.${payload}.`,
      `${header}.${longer}.${signature}`,
      `${none}.${payload}.`,
      `${none}.${payload}.${signature}`,
      `${token}.x`,
      `${token}x`,
      `${header}.${payload}.${signature.slice(0, -1)}`,
      signedBy(KEY, `${header}.${longer}`),
      signedBy('', `${header}.${longer}`),
      `${SECRET}x`,
      SECRET.slice(0, -1),
      'x'.repeat(7000),
      '__proto__',
    ];
    for (const key of forged) {
      const { status, body } = await ask(one, 'POST', '/conversations', { key });
      expect([status, body.error.code], key.slice(0, 60)).toEqual([401, 'BadToken']);
    }
    for (const authorization of ['', 'Bearer', 'Bearer ', `Basic ${SECRET}`, SECRET, `Bearer ${SECRET} x`]) {
      const headers = { Authorization: authorization };
      const { status, body } = await ask(one, 'POST', '/conversations', { headers });
      expect([status, body.error.code], authorization).toEqual([401, 'MissingToken']);
    }
    const other = await served({ signingKey: `${KEY} of another server` });
    expect((await ask(other, 'POST', '/tokens/refresh', { key: token })).status).toBe(401);
  });

  it('a token makes no tokens for others, and a secret is not refreshed', async () => {
    const one = await served();
    const { token } = await begin(one);
    expect((await ask(one, 'POST', '/tokens/generate', { key: token })).status).toBe(403);
    expect((await ask(one, 'POST', '/tokens/refresh', { key: SECRET })).status).toBe(403);
  });

  it('tokens without a secret are for listed pages only, and only where it is switched on', async () => {
    const off = await served();
    const get = (one: Served, headers: Record<string, string>) =>
      ask(one, 'POST', '/tokens/anonymous', { headers });
    expect((await get(off, { Origin: COUNCIL })).status).toBe(404);
    const on = await served({ anonymous: true });
    expect((await get(on, {})).status).toBe(403);
    expect((await get(on, { Origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await get(on, { Origin: on.origin })).status).toBe(200);
    const { status, body } = await get(on, { Origin: COUNCIL });
    expect([status, body.expires_in]).toEqual([200, 1800]);
    const start = (origin: string) =>
      ask(on, 'POST', '/conversations', { key: body.token, headers: { Origin: origin } });
    expect((await start(on.origin)).status).toBe(403);
    expect((await start(COUNCIL)).status).toBe(201);
  });

  it('weak secrets, a short key and what is no origin do not start', () => {
    const parts = { bot: echo, secrets: [SECRET], signingKey: KEY, origins: [], now: () => new Date() };
    const wrong: Partial<DirectLineParts>[] = [
      { secrets: ['short'] },
      { secrets: [`${SECRET} with a space`] },
      { signingKey: 'short' },
      { origins: ['council.gov.uk'] },
      { origins: ['*'] },
      { publicUrl: 'help.council.gov.uk' },
    ];
    for (const one of wrong) expect(() => createDirectLine({ ...parts, ...one })).toThrow();
  });
});

describe('bodies', () => {
  it('that are no activity are 400, never 500, and the bot sees none of them', async () => {
    const one = await served();
    const conversation = await begin(one);
    await until(() => one.given.length === 1, 'the welcome');
    const from = { id: 'parent' };
    const deep = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    const bad: unknown[] = [
      '',
      '{',
      'null',
      '7',
      '"text"',
      '[]',
      '[{"type":"message","from":{"id":"x"}}]',
      '{}',
      { type: 'message' },
      { type: 'message', from: null },
      { type: 'message', from: 'parent' },
      { type: 'message', from: ['parent'] },
      { type: 'message', from: { id: 7 } },
      { type: 'message', from: { id: '' } },
      { type: 'message', from: { id: 'x'.repeat(300) } },
      { from },
      { type: 7, from },
      { type: '', from },
      { type: 'x'.repeat(100), from },
      { type: 'mess age', from },
      { type: 'message', from, text: 7 },
      { type: 'message', from, text: { toString: 'x' } },
      '{"type":"message","from":{"id":"x"},"__proto__":{"admin":true}}',
      '{"type":"message","from":{"id":"x","__proto__":{"admin":true}}}',
      `{"type":"message","from":{"id":"x"},"channelData":${deep(15_000)}}`,
      `{"type":"message","from":{"id":"x"},"value":${deep(25)}}`,
      '\u0000',
    ];
    for (const body of bad) {
      const { status, body: got } = await ask(one, 'POST', activities(conversation), {
        key: conversation.token,
        body,
      });
      expect([status, got.error.code, typeof got.error.message], JSON.stringify(body).slice(0, 80)).toEqual([
        400,
        'BadArgument',
        'string',
      ]);
    }
    expect(one.given).toHaveLength(1);
    expect(one.reports).toEqual([]);
    for (const path of ['/conversations', '/tokens/generate']) {
      for (const body of [
        '{',
        '[]',
        '7',
        { user: { id: 7 } },
        { user: { id: '' } },
        `{"user":${deep(9000)}}`,
      ]) {
        const { status } = await ask(one, 'POST', path, { key: SECRET, body });
        expect(status, JSON.stringify(body).slice(0, 80)).toBe(400);
      }
      for (const body of [{ user: null }, { user: {} }, { user: 'x' }, { locale: 7 }, { more: 1 }]) {
        expect((await ask(one, 'POST', path, { key: SECRET, body })).status).toBeLessThan(300);
      }
    }
    expect(one.reports).toEqual([]);
  });

  it('of odd but possible shapes are taken', async () => {
    const one = await served();
    const conversation = await begin(one);
    const odd: object[] = [
      { text: null },
      { text: undefined, value: { choice: 'x' } },
      { text: 'x', channelData: null },
      { text: 'x', channelData: 'text' },
      { text: 'x', channelData: { clientActivityID: 7 } },
      { text: 'x', channelData: { clientActivityID: 'y'.repeat(5000) } },
      { text: 'x', constructor: { prototype: { admin: true } }, toJSON: 'x' },
      { text: 'x', conversation: { id: 'another', isGroup: true }, serviceUrl: 'https://elsewhere.example' },
      { text: 'x', attachments: [{ contentUrl: 'https://elsewhere.example/x.png' }] },
      { type: 'event', name: 'webchat/join' },
    ];
    for (const more of odd) {
      const { status } = await say(one, conversation, 'x', more);
      expect(status, JSON.stringify(more)).toBe(200);
    }
    expect(one.reports).toEqual([]);
    for (const given of one.given) {
      expect(given.conversation).toEqual({ id: conversation.id });
      expect(given.serviceUrl).toBe(`${one.origin}/`);
      expect(given).not.toHaveProperty('attachments');
    }
  });

  it('of other types are not read', async () => {
    const one = await served();
    const { token, id } = await begin(one);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonx',
    ]) {
      const { status, body } = await ask(one, 'POST', activities({ id, token, streamUrl: '' }), {
        key: token,
        body: '{"type":"message","from":{"id":"x"}}',
        headers: { 'Content-Type': type },
      });
      expect([status, body.error.code], type).toEqual([415, 'UnsupportedMediaType']);
    }
    const zipped = await ask(one, 'POST', `/conversations/${id}/activities`, {
      key: token,
      body: 'x',
      headers: { 'Content-Encoding': 'gzip' },
    });
    expect(zipped.status).toBe(415);
  });

  it('without end are answered, and the connection is closed', async () => {
    const one = await served();
    const { id, token } = await begin(one);
    const socket = connectTcp(one.port, '127.0.0.1');
    toClose.push(() => socket.destroy());
    socket.on('error', () => undefined);
    const answer: Buffer[] = [];
    socket.on('data', (data) => answer.push(data));
    const closed = new Promise<void>((done) => socket.once('close', () => done()));
    socket.write(
      `POST ${PREFIX}/conversations/${id}/activities HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${1024 ** 3}\r\n\r\n`,
    );
    for (let i = 0; i < 2048; i++) socket.write('x'.repeat(1024));
    await closed;
    expect(Buffer.concat(answer).toString()).toMatch(
      /^HTTP\/1.1 413 .*\r\nConnection: close\r\n.*"MessageSizeTooBig"/s,
    );
  });

  it('paths that are none are 404 with our own body', async () => {
    const one = await served();
    const { token } = await begin(one);
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/'],
      ['GET', '/conversations'],
      ['DELETE', '/conversations/x'],
      ['PUT', '/conversations/x/activities'],
      ['PATCH', '/tokens/generate'],
      ['GET', '/session/getsessionid'],
      ['GET', '/conversations/x/stream'],
      ['GET', '/conversations/x/members'],
      ['POST', '/conversations/%2e%2e/nothing'],
    ] as const) {
      const { status, body, text } = await ask(one, method, path, { key: token });
      expect([status, body?.error?.code], `${method} ${path} ${text}`).toEqual([404, expect.any(String)]);
    }
    // Ids that cannot be read.
    for (const id of ['%', '%ff', '%00', '%zz', '..%2f..', 'x'.repeat(3000), '__proto__', 'constructor']) {
      for (const path of [`/conversations/${id}`, `/conversations/${id}/activities`]) {
        const { status, text } = await ask(one, 'GET', path, { key: SECRET });
        expect([400, 404, 414], `${path.slice(0, 60)} ${text}`).toContain(status);
      }
    }
    expect(one.reports).toEqual([]);
  });

  it('and watermarks that are none give everything', async () => {
    const one = await served();
    const conversation = await begin(one);
    await say(one, conversation, 'Hello');
    for (const watermark of ['', '-', 'x', '-5', '1e9', '9'.repeat(30), '%00', 'null']) {
      expect(await heard(one, conversation, watermark), watermark).toHaveLength(3);
    }
    expect(await heard(one, conversation, '99999999999')).toEqual([]);
  });
});

describe('order', () => {
  it('two at once are taken one after the other, as they came', async () => {
    const first = gate();
    let running = 0;
    let most = 0;
    const one = await served({
      bot: async (activity) => {
        most = Math.max(most, ++running);
        if (activity.text === 'one') await first.opened;
        running--;
        return echo(activity);
      },
    });
    const conversation = await begin(one);
    const other = await begin(one);
    const slow = say(one, conversation, 'one');
    await until(() => one.given.some(({ text }) => text === 'one'), 'the first');
    const fast = say(one, conversation, 'two');
    // Nobody waits for somebody else's conversation.
    expect((await say(one, other, 'hello')).status).toBe(200);
    expect(one.given.some(({ text }) => text === 'two')).toBe(false);
    first.open();
    await Promise.all([slow, fast]);
    expect(await heard(one, conversation)).toEqual([
      'Welcome',
      'one',
      'You said: one',
      'two',
      'You said: two',
    ]);
    expect(most).toBeLessThanOrEqual(2);
  });

  it('the welcome comes before the first answer, however long it takes', async () => {
    const welcome = gate();
    const one = await served({
      bot: async (activity) => {
        if (activity.type === 'conversationUpdate') await welcome.opened;
        return echo(activity);
      },
    });
    const conversation = await begin(one);
    const said = say(one, conversation, 'Hello');
    await until(() => one.given.length === 1, 'the welcome');
    welcome.open();
    await said;
    expect(await heard(one, conversation)).toEqual(['Welcome', 'Hello', 'You said: Hello']);
    const [update] = one.given;
    expect(update?.membersAdded?.filter(({ id }) => id !== update.recipient?.id)).toHaveLength(1);
  });

  it('a client that says conversationUpdate is not welcomed twice', async () => {
    const one = await served();
    const conversation = await begin(one);
    expect((await say(one, conversation, '', { type: 'conversationUpdate' })).status).toBe(200);
    await ask(one, 'POST', '/conversations', { key: conversation.token });
    expect(await heard(one, conversation)).toEqual(['Welcome']);
    expect(one.given).toHaveLength(1);
  });

  it('a post that comes again gets the same id, and the bot sees it once', async () => {
    const slow = gate();
    const one = await served({
      bot: async (activity) => {
        if (activity.text === 'slow') await slow.opened;
        return echo(activity);
      },
    });
    const conversation = await begin(one);
    const channelData = { clientActivityID: 'c1' };
    const twice = [0, 1].map(() => say(one, conversation, 'slow', { channelData }));
    await until(() => one.given.some(({ text }) => text === 'slow'), 'the post');
    slow.open();
    const [first, second] = await Promise.all(twice);
    const third = await say(one, conversation, 'slow', { channelData });
    expect(first?.body.id).toMatch(/^[\w-]{22}\|\d{11}$/);
    expect([second?.body.id, third.body.id]).toEqual([first?.body.id, first?.body.id]);
    expect(one.given.filter(({ text }) => text === 'slow')).toHaveLength(1);
    // A client that numbers everything alike loses nothing.
    const help = await say(one, conversation, 'help me', { channelData });
    expect(help.body.id).not.toBe(first?.body.id);
    expect(await heard(one, conversation)).toContain('You said: help me');
    // The same words again are meant.
    await say(one, conversation, 'again', { channelData: { clientActivityID: 'c2' } });
    await say(one, conversation, 'again', { channelData: { clientActivityID: 'c3' } });
    await say(one, conversation, 'again');
    await say(one, conversation, 'again');
    expect(one.given.filter(({ text }) => text === 'again')).toHaveLength(4);
  });
});

describe('limits', () => {
  it('conversations of one address, and the server of a council is no address', async () => {
    let now = Date.now();
    const limits = { perAddress: 2 };
    const one = await served({ now: () => new Date(now), limits });
    const start = async () => {
      const { body } = await ask(one, 'POST', '/tokens/generate', { key: SECRET });
      return ask(one, 'POST', '/conversations', { key: body.token });
    };
    const first = await start();
    await say(one, { id: first.body.conversationId, token: first.body.token }, 'Hello');
    expect((await start()).status).toBe(201);
    const third = await start();
    expect([third.status, third.body.error.code]).toEqual([429, 'TooManyRequests']);
    expect(Number(third.headers.get('Retry-After'))).toBeGreaterThan(0);
    // What is there goes on.
    expect((await ask(one, 'POST', '/conversations', { key: first.body.token })).status).toBe(200);
    for (let i = 0; i < 5; i++)
      expect((await ask(one, 'POST', '/conversations', { key: SECRET })).status).toBe(201);
    // Where nobody spoke and nobody is there, the place is free after a minute.
    now += MINUTE;
    expect((await start()).status).toBe(201);
    expect((await start()).status).toBe(429);
    now += 31 * MINUTE;
    for (let i = 0; i < 2; i++) expect((await start()).status).toBe(201);
    expect((await start()).status).toBe(429);
  });

  it('addresses are those that we are told', async () => {
    const limits = { perAddress: 1 };
    const one = await served({ limits, addressOf: ({ headers }) => String(headers['x-forwarded-for']) });
    const start = async (from: string) => {
      const { body } = await ask(one, 'POST', '/tokens/generate', { key: SECRET });
      const headers = { 'X-Forwarded-For': from };
      return (await ask(one, 'POST', '/conversations', { key: body.token, headers })).status;
    };
    expect([await start('192.0.2.1'), await start('192.0.2.2'), await start('192.0.2.1')]).toEqual([
      201, 201, 429,
    ]);
    // One phone has more addresses of its network than anybody could count.
    expect([await start('2001:db8:1:2::3'), await start('2001:db8:1:2::4')]).toEqual([201, 429]);
  });

  it('conversations in all', async () => {
    const one = await served({ limits: { conversations: 3 } });
    const answers = [];
    for (let i = 0; i < 4; i++)
      answers.push((await ask(one, 'POST', '/conversations', { key: SECRET })).status);
    expect(answers).toEqual([201, 201, 201, 429]);
  });

  it('activities of one conversation', async () => {
    let now = Date.now();
    const one = await served({ now: () => new Date(now), limits: { burst: 3, perMinute: 60 } });
    const conversation = await begin(one);
    const other = await begin(one);
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await say(one, conversation, `${i}`)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const { headers } = await say(one, conversation, 'more');
    expect(headers.get('Retry-After')).toBe('1');
    expect((await say(one, other, 'Hello')).status).toBe(200);
    now += 1000;
    expect((await say(one, conversation, 'more')).status).toBe(200);
    expect((await say(one, conversation, 'more')).status).toBe(429);
  });

  it('words are forgotten half an hour after the last one, although somebody is there', async () => {
    let now = Date.now();
    const one = await served({ now: () => new Date(now) });
    const conversation = await begin(one);
    const there = await listen(conversation.streamUrl);
    toClose.push(() => there.socket.close());
    await say(one, conversation, 'My name is Sam');
    now += 29 * MINUTE;
    expect(await heard(one, conversation)).toContain('My name is Sam');
    now += MINUTE;
    const { body } = await ask(one, 'GET', `/conversations/${conversation.id}?watermark=`, { key: SECRET });
    const fresh = { ...conversation, token: body.token };
    expect(await heard(one, fresh)).toEqual([]);
    // The conversation goes on.
    await say(one, fresh, 'Still here');
    await until(() => there.activities().some(({ text }) => text === 'You said: Still here'), 'the answer');
    // A day without a word, and it is over.
    now += 24 * 60 * MINUTE;
    const gone = await ask(one, 'GET', `/conversations/${conversation.id}`, { key: SECRET });
    expect(gone.status).toBe(404);
    expect(await there.closed).toEqual({ code: 1008, reason: 'idle' });
  });

  it('what was said is forgotten when the conversation is ended', async () => {
    const one = await served({
      bot: async ({ type, text }) =>
        text === 'erase'
          ? [{ type: 'message', text: 'Erased' }, { type: 'endOfConversation' }]
          : type === 'endOfConversation'
            ? [{ type: 'message', text: 'Goodbye' }]
            : [],
    });
    const conversation = await begin(one);
    await say(one, conversation, 'My name is Sam');
    await say(one, conversation, 'erase');
    expect(await heard(one, conversation)).toEqual(['erase', 'Erased', undefined]);
    await say(one, conversation, 'More');
    await say(one, conversation, '', { type: 'endOfConversation' });
    expect(await heard(one, conversation)).toEqual(['', 'Goodbye']);
  });
});

describe('sockets', () => {
  /** Asks for a socket and reads nothing until told. */
  async function rawSocket(port: number, path: string, more = ''): Promise<{ socket: Socket; head: string }> {
    const socket = connectTcp(port, '127.0.0.1');
    toClose.push(() => socket.destroy());
    socket.on('error', () => undefined);
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${more}\r\n`,
    );
    const head = await new Promise<string>((done) => socket.once('data', (data) => done(String(data))));
    return { socket, head };
  }

  it('open only with what we gave out, and say why not', async () => {
    let now = Date.now();
    const one = await served({ now: () => new Date(now) });
    const { streamUrl, id, token } = await begin(one);
    const { pathname, search } = new URL(streamUrl);
    const at = `${PREFIX}/conversations`;
    const tries: readonly [path: string, status: number, more?: string][] = [
      [pathname, 401],
      [`${pathname}?t=x`, 401],
      [`${pathname}?t=${token}`, 401],
      [`${pathname}?t=${SECRET}`, 401],
      [`${at}/x/stream${search}`, 403],
      [`${at}/${id}${search}`, 404],
      [`${at}/../${search}`, 404],
      [`${pathname}${search}`, 403, 'Origin: https://elsewhere.example\r\n'],
      [`${pathname}${search}`, 403, 'Origin: null\r\n'],
      [`${pathname}${search}`, 101, `Origin: ${COUNCIL}\r\n`],
      [`${pathname}${search}`, 101, `Origin: ${one.origin}\r\n`],
      [`${pathname}${search}`, 101],
    ];
    for (const [path, status, more] of tries) {
      const { head } = await rawSocket(one.port, path, more);
      expect(head, `${path} ${more}`).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      if (status !== 101) expect(head).toMatch(/"error":\{"code":"\w+","message":/);
    }
    now += 61_000;
    const { head } = await rawSocket(one.port, pathname + search);
    expect(head).toContain('"TokenExpired"');
    expect(one.reports).toEqual([]);
  });

  it('are cut when nobody reads them', async () => {
    const long = 'x'.repeat(500_000);
    const one = await served({
      bot: async () => [{ type: 'message', text: long }],
      limits: { burst: 1000, keptBytes: 1000 },
    });
    const conversation = await begin(one);
    const { pathname, search } = new URL(conversation.streamUrl);
    const { socket } = await rawSocket(one.port, pathname + search);
    socket.pause();
    let isCut = false;
    socket.on('close', () => {
      isCut = true;
    });
    // The machine's own buffers hold some megabytes.
    for (let i = 0; i < 60; i++) expect((await say(one, conversation, 'more')).status).toBe(200);
    socket.resume();
    await until(() => isCut, 'the cut');
    // The conversation is still there.
    expect((await say(one, conversation, 'Hello')).status).toBe(200);
  });

  it('are cut when nobody answers', async () => {
    const one = await served({ limits: { heartbeat: 50 } });
    const { streamUrl } = await begin(one);
    const { pathname, search } = new URL(streamUrl);
    // It reads, but never answers a ping.
    const { socket } = await rawSocket(one.port, pathname + search);
    socket.resume();
    await new Promise<void>((done) => socket.once('close', () => done()));
  });

  it('survive what a client should not send', async () => {
    const one = await served();
    const conversation = await begin(one);
    const there = await listen(conversation.streamUrl);
    there.socket.send('{"type":"message","text":"not this way"}');
    there.socket.send('x'.repeat(100_000));
    expect((await there.closed).code).toBe(1009);
    const path = new URL(conversation.streamUrl);
    const { socket } = await rawSocket(one.port, path.pathname + path.search);
    socket.write(Buffer.from('ffffffffffffffffffffff', 'hex'));
    await new Promise<void>((done) => socket.resume().once('close', () => done()));
    expect((await say(one, conversation, 'Hello')).status).toBe(200);
    expect(one.given.map(({ text }) => text)).toEqual([undefined, 'Hello']);
    expect(one.reports).toEqual([]);
  });

  it('close when the server stops', async () => {
    const one = await serve();
    const { streamUrl } = await begin(one);
    const there = await listen(streamUrl);
    await one.stop();
    expect((await there.closed).code).toBe(1001);
  });

  it('of nobody do not keep the server from stopping', async () => {
    const one = await serve();
    const { streamUrl } = await begin(one);
    const { pathname, search } = new URL(streamUrl);
    await rawSocket(one.port, '/elsewhere');
    one.line.close();
    const { head } = await rawSocket(one.port, pathname + search);
    expect(head).toMatch(/^HTTP\/1.1 503 /);
    await one.stop();
  });
});

describe('words', () => {
  it('are in no report, no error and no address', async () => {
    const words = 'My name is Sam Unlikely';
    const one = await served({
      bot: async ({ text }) => {
        throw new Error(`cannot take "${text}"`);
      },
    });
    const conversation = await begin(one);
    const { text } = await say(one, conversation, words);
    expect(text).not.toContain('Sam');
    const { text: odd } = await ask(one, 'POST', activities(conversation), {
      key: conversation.token,
      body: `{"type":"message","text":"${words}`,
    });
    expect(odd).not.toContain('Sam');
  });
});
