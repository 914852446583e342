import { afterEach, describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/channels/activities/activity.ts';
import type { DirectLineParts } from '../../../src/channels/directline/directline.ts';
import { type Client, connect } from './client.ts';
import {
  ask,
  begin,
  COUNCIL,
  echo,
  heard,
  type Listening,
  listen,
  PREFIX,
  SECRET,
  type Served,
  say,
  serve,
  until,
} from './serve.ts';

/** Milliseconds. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const POLL_EVERY = 200;

const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

async function served(parts?: Partial<DirectLineParts>): Promise<Served> {
  const one = await serve(parts);
  toClose.push(one.stop);
  return one;
}

function client(options: Parameters<typeof connect>[0]): Client {
  const one = connect(options);
  toClose.push(one.end);
  return one;
}

async function listening(streamUrl: string): Promise<Listening> {
  const one = await listen(streamUrl);
  toClose.push(() => one.socket.close());
  return one;
}

/** The shape of a token's answer. */
const TOKEN = {
  conversationId: expect.stringMatching(/^[\w-]{22}$/),
  token: expect.any(String),
  expires_in: 1800,
};

// The numbers are those of the list of conformance points that Direct Line was built to.

describe('1: a conversation is started', () => {
  it('with a token: 201, and 200 for the same again', async () => {
    const one = await served();
    const made = await ask(one, 'POST', '/tokens/generate', { key: SECRET });
    expect([made.status, made.body]).toEqual([200, TOKEN]);
    const start = () => ask(one, 'POST', '/conversations', { key: made.body.token });
    const first = await start();
    expect(first.status).toBe(201);
    const { conversationId } = made.body;
    const streamUrl = `^ws://127.0.0.1:${one.port}${PREFIX}/conversations/${conversationId}/stream\\?`;
    expect(first.body).toEqual({
      ...TOKEN,
      conversationId,
      streamUrl: expect.stringMatching(new RegExp(streamUrl)),
    });
    expect(first.headers.get('Content-Type')).toMatch(/^application\/json/);
    expect(first.headers.get('Cache-Control')).toBe('no-store');
    const again = await start();
    expect([again.status, again.body.conversationId]).toEqual([200, conversationId]);
    await until(() => one.given.length > 0, 'the welcome');
    expect(one.given.map(({ type }) => type)).toEqual(['conversationUpdate']);
  });

  it('with a secret, and with the address that people know', async () => {
    const one = await served({ publicUrl: 'https://help.council.gov.uk/' });
    const { status, body } = await ask(one, 'POST', '/conversations', {
      key: SECRET,
      body: { user: { id: 'u' } },
    });
    expect(status).toBe(201);
    expect(body.streamUrl).toMatch(/^wss:\/\/help\.council\.gov\.uk\/v3\/directline\/conversations\//);
  });

  it('and a token is made and refreshed without telling the bot', async () => {
    const one = await served();
    const made = await ask(one, 'POST', '/tokens/generate', { key: SECRET, body: { user: { id: 'dl_7' } } });
    const { status, body } = await ask(one, 'POST', '/tokens/refresh', { key: made.body.token });
    expect([status, body]).toEqual([200, { ...TOKEN, conversationId: made.body.conversationId }]);
    expect(JSON.parse(Buffer.from(body.token.split('.')[1], 'base64url').toString()).user).toBe('dl_7');
    expect(one.given).toEqual([]);
  });
});

describe('2, 3: the real client', () => {
  it('holds a conversation over a socket', async () => {
    const one = await served();
    const { body } = await ask(one, 'POST', '/tokens/generate', { key: SECRET });
    const parent = client({ domain: one.url, token: body.token });
    await until(() => parent.texts().includes('Welcome'), 'the welcome');
    const id = await parent.say('School is hard', { channelData: { clientActivityID: 'a1' } });
    await until(() => parent.texts().length === 3, 'the answer');
    expect(parent.texts()).toEqual(['Welcome', 'School is hard', 'You said: School is hard']);
    const [, mine, answer] = parent.activities as unknown as Activity[];
    expect(mine).toMatchObject({ id, from: { id: 'parent', role: 'user' }, channelId: 'directline' });
    expect(mine?.channelData).toEqual({ clientActivityID: 'a1' });
    expect(answer).toMatchObject({ replyToId: id, from: { role: 'bot' }, recipient: { id: 'parent' } });
    expect(mine?.timestamp && answer?.timestamp && mine.timestamp < answer.timestamp).toBe(true);
    expect(parent.sockets).toHaveLength(1);
    parent.end();
    expect(parent.statuses).toEqual(['Uninitialized', 'Connecting', 'Online', 'Ended']);
  });

  it('holds one with the secret itself', async () => {
    const one = await served();
    const program = client({ domain: one.url, secret: SECRET });
    await program.say('Hello');
    await until(() => program.texts().includes('You said: Hello'), 'the answer');
  });

  it('polls, and never sees that somebody types', async () => {
    const typing: Activity[] = [{ type: 'typing' }, { type: 'message', text: 'Done' }, { type: 'event' }];
    const one = await served({ bot: async ({ type }) => (type === 'message' ? typing : []) });
    const { body } = await ask(one, 'POST', '/tokens/generate', { key: SECRET });
    const parent = client({
      domain: one.url,
      token: body.token,
      webSocket: false,
      pollingInterval: POLL_EVERY,
    });
    await parent.say('Hello');
    await parent.say('', { type: 'typing' });
    await parent.say('Again');
    await until(() => parent.texts().filter((text) => text === 'event').length === 2, 'the answers');
    expect(parent.texts()).toEqual(['Hello', 'Done', 'event', 'Again', 'Done', 'event']);
    expect(parent.sockets).toHaveLength(0);
    // The socket is told, because there it is of use.
    const other = await begin(one);
    const { activities } = await listening(other.streamUrl);
    await say(one, other, 'Hello');
    await until(() => activities().length === 4, 'the answers');
    expect(activities().map(({ type }) => type)).toEqual(['message', 'typing', 'message', 'event']);
    // The bot need not know that somebody types.
    expect(one.given.filter(({ type }) => type === 'typing')).toEqual([]);
  });
});

describe('4: from a watermark on, each activity comes once', () => {
  it('in polls and on sockets', async () => {
    const one = await served();
    const conversation = await begin(one);
    await say(one, conversation, 'one');
    const path = `/conversations/${conversation.id}`;
    const first = await ask(one, 'GET', `${path}/activities`, { key: conversation.token });
    expect(first.body.activities).toHaveLength(3);
    expect(first.body.watermark).toEqual(expect.any(String));
    const { watermark } = first.body;
    await say(one, conversation, 'two');
    expect(await heard(one, conversation, watermark)).toEqual(['two', 'You said: two']);
    const reconnect = (query: string) => ask(one, 'GET', path + query, { key: conversation.token });
    const from = await reconnect(`?watermark=${watermark}`);
    expect([from.status, from.body]).toEqual([200, { ...TOKEN, streamUrl: expect.any(String) }]);
    const there = await listening(from.body.streamUrl);
    await say(one, conversation, 'three');
    await until(() => there.activities().length === 4, 'the activities');
    expect(there.activities().map(({ text }) => text)).toEqual([
      'two',
      'You said: two',
      'three',
      'You said: three',
    ]);
    const all = [...first.body.activities, ...there.activities()].map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
    // An empty watermark is that of a client which has seen nothing; without one it wants what is new.
    const nothingYet = await reconnect('?watermark=');
    const everything = await listening(nothingYet.body.streamUrl);
    await until(() => everything.activities().length === 7, 'all of it');
    const onlyNew = await reconnect('');
    const late = await listening(onlyNew.body.streamUrl);
    await say(one, conversation, 'four');
    await until(() => late.activities().length > 0, 'what is new');
    expect(late.activities().map(({ text }) => text)).toEqual(['four', 'You said: four']);
  });

  it('and times rise, even within a millisecond', async () => {
    const still = new Date('2026-11-22T12:00:00Z');
    const one = await served({ now: () => still });
    const conversation = await begin(one);
    for (const text of ['one', 'two', 'three']) await say(one, conversation, text);
    const { body } = await ask(
      one,
      'GET',
      `/conversations/${conversation.id}/activities`,
      conversation.token ? { key: conversation.token } : {},
    );
    const times = body.activities.map(({ timestamp }: Activity) => timestamp);
    expect(times).toHaveLength(7);
    expect(times).toEqual([...new Set(times)].sort());
  });
});

describe('5: a socket breaks', () => {
  it('and the real client comes back and misses nothing', async () => {
    const one = await served();
    const { body } = await ask(one, 'POST', '/tokens/generate', { key: SECRET });
    const parent = client({ domain: one.url, token: body.token });
    await parent.say('before');
    await until(() => parent.texts().includes('You said: before'), 'the answer');
    parent.sockets[0]?.close();
    await parent.say('while away');
    await until(() => parent.texts().includes('You said: while away'), 'what was missed');
    expect(parent.texts()).toEqual([
      'Welcome',
      'before',
      'You said: before',
      'while away',
      'You said: while away',
    ]);
    expect(parent.sockets).toHaveLength(2);
  });

  it('because the server is started again, and the conversation goes on', async () => {
    const first = await served();
    const { body } = await ask(first, 'POST', '/tokens/generate', {
      key: SECRET,
      body: { user: { id: 'dl_1' } },
    });
    const parent = client({ domain: first.url, token: body.token });
    await parent.say('before');
    await until(() => parent.texts().includes('You said: before'), 'the answer');
    await first.stop();
    const second = await serve({}, first.port);
    toClose.splice(0, 1, second.stop);
    await until(() => parent.sockets.length === 2 && parent.sockets[1]?.readyState === 1, 'the return');
    await parent.say('after');
    await until(() => parent.texts().includes('You said: after'), 'the answer');
    expect(parent.texts()).toEqual(['Welcome', 'before', 'You said: before', 'after', 'You said: after']);
    const all = parent.activities as unknown as Activity[];
    expect(new Set(all.map(({ id }) => id)).size).toBe(5);
    // Nor is anybody greeted twice.
    expect((await ask(second, 'POST', '/conversations', { key: body.token })).status).toBe(200);
    await parent.say('last');
    expect(second.given.map(({ type, from }) => [type, from?.id])).toEqual([
      ['message', 'dl_1'],
      ['message', 'dl_1'],
    ]);
  });

  it('and its new address is good for a minute', async () => {
    let now = Date.now();
    const one = await served({ now: () => new Date(now) });
    const { streamUrl } = await begin(one);
    now += MINUTE - 1000;
    const { socket } = await listening(streamUrl);
    socket.close();
    now += 2000;
    await expect(listen(streamUrl)).rejects.toThrow('did not open');
  });
});

describe('6: a token expires', () => {
  const limits = { silence: 3 * HOUR };

  it('with 403 TokenExpired for everything', async () => {
    let now = Date.now();
    const one = await served({ now: () => new Date(now), limits });
    const conversation = await begin(one);
    now += 1800_000;
    const key = conversation.token;
    const path = `/conversations/${conversation.id}`;
    for (const [method, where] of [
      ['POST', '/tokens/refresh'],
      ['POST', '/conversations'],
      ['GET', path],
      ['GET', `${path}/activities`],
    ] as const) {
      const { status, body } = await ask(one, method, where, { key });
      expect([status, body.error.code], where).toEqual([403, 'TokenExpired']);
    }
    const { status, body } = await say(one, conversation, 'Hello');
    expect([status, body]).toEqual([403, { error: { code: 'TokenExpired', message: expect.any(String) } }]);
  });

  for (const webSocket of [true, false]) {
    it(`and the real client says so and is healed, ${webSocket ? 'with a socket' : 'polling'}`, async () => {
      let now = Date.now();
      const one = await served({ now: () => new Date(now), limits });
      const { body: made } = await ask(one, 'POST', '/tokens/generate', { key: SECRET });
      const parent = client({
        domain: one.url,
        token: made.token,
        webSocket,
        pollingInterval: POLL_EVERY,
        timeout: 1000,
      });
      await parent.say('before');
      await until(() => parent.texts().includes('You said: before'), 'the answer');
      now += 1801_000;
      parent.sockets[0]?.close();
      await until(() => parent.statuses.includes('ExpiredToken'), 'the status');
      expect(await parent.say('lost')).toBe('retry');
      // The page's own server has the secret, and gets a new token.
      const path = `/conversations/${made.conversationId}?watermark=`;
      const { status, body } = await ask(one, 'GET', path, { key: SECRET });
      expect(status).toBe(200);
      parent.line.reconnect(body);
      await until(() => parent.statuses.at(-1) === 'Online', 'the status');
      await parent.say('after');
      await until(() => parent.texts().includes('You said: after'), 'the answer');
      expect(parent.texts()).not.toContain('lost');
    });
  }
});

describe('7: there is no such conversation', () => {
  it('is 404, and the real client ends', async () => {
    const one = await served();
    const { body: made } = await ask(one, 'POST', '/tokens/generate', { key: SECRET });
    const { conversationId, token } = made;
    const path = `/conversations/${conversationId}/activities`;
    const { status, body } = await ask(one, 'GET', path, { key: token });
    expect([status, body.error.code]).toEqual([404, 'ConversationNotFound']);
    const orphan = client({
      domain: one.url,
      token,
      conversationId,
      // Without an address of a socket it would start the conversation.
      streamUrl: 'ws://127.0.0.1:9/',
      webSocket: false,
      pollingInterval: POLL_EVERY,
    });
    await until(() => orphan.statuses.includes('Ended'), 'the end');
  });

  it('and a socket that comes back to one is told so', async () => {
    const one = await served();
    const { body: made } = await ask(one, 'POST', '/tokens/generate', { key: SECRET });
    const orphan = client({
      domain: one.url,
      token: made.token,
      conversationId: made.conversationId,
      streamUrl: `ws://127.0.0.1:${one.port}${PREFIX}/conversations/${made.conversationId}/stream?t=x`,
      timeout: 200,
    });
    await until(() => orphan.ends.length > 0, 'the end');
    expect(orphan.ends).toEqual(['conversation ended']);
  });
});

describe('8: a token is for one conversation', () => {
  it('and for no other', async () => {
    const one = await served();
    const mine = await begin(one);
    const theirs = await begin(one);
    const stolen = { id: theirs.id, token: mine.token };
    const results = [
      await say(one, stolen, 'Hello'),
      await ask(one, 'GET', `/conversations/${theirs.id}`, { key: mine.token }),
      await ask(one, 'GET', `/conversations/${theirs.id}/activities`, { key: mine.token }),
      await ask(one, 'POST', `/conversations/${theirs.id}/upload`, { key: mine.token }),
    ];
    expect(results.map(({ status, body }) => [status, body.error.code])).toEqual(
      results.map(() => [403, 'Forbidden']),
    );
    const token = new URL(mine.streamUrl).searchParams.get('t');
    const address = theirs.streamUrl.replace(/t=.*/, `t=${token}`);
    await expect(listen(address)).rejects.toThrow('did not open');
    // What stands in an address opens a socket and nothing else.
    const read = await ask(one, 'GET', `/conversations/${mine.id}/activities`, { key: token ?? '' });
    expect([read.status, read.body.error.code]).toEqual([401, 'BadToken']);
  });
});

describe('9: nobody speaks for somebody else', () => {
  it('whose id stands in the token', async () => {
    const one = await served();
    const conversation = await begin(one, 'dl_parent');
    await say(one, conversation, 'Hello', { from: { id: 'dl_other', name: 'Sam' } });
    const { body } = await ask(one, 'GET', `/conversations/${conversation.id}/activities`, {
      key: conversation.token,
    });
    const mine = body.activities.find(({ text }: Activity) => text === 'Hello');
    expect(mine.from).toEqual({ id: 'dl_parent', name: 'Sam', role: 'user' });
    expect(one.given.at(-1)?.from).toEqual({ id: 'dl_parent', name: 'Sam', role: 'user' });
  });

  it('who was named at the start, or spoke first', async () => {
    const one = await served();
    const { body } = await ask(one, 'POST', '/conversations', { key: SECRET, body: { user: { id: 'u-1' } } });
    const named = { id: body.conversationId, token: body.token };
    await say(one, named, 'Hello', { from: { id: 'u-2' } });
    expect(one.given.at(-1)?.from?.id).toBe('u-1');
    const unnamed = await begin(one);
    for (const id of ['u-3', 'u-4']) await say(one, unnamed, 'Hello', { from: { id } });
    expect(one.given.at(-1)?.from?.id).toBe('u-3');
  });

  it('and reserved ids come with a token only', async () => {
    const one = await served();
    const conversation = await begin(one);
    const { status } = await say(one, conversation, 'Hello', { from: { id: 'dl_x' } });
    expect(status).toBe(400);
    const start = { key: SECRET, body: { user: { id: 'dl_x' } } };
    expect((await ask(one, 'POST', '/conversations', start)).status).toBe(400);
    const wrong = { key: SECRET, body: { user: { id: 'x' } } };
    expect((await ask(one, 'POST', '/tokens/generate', wrong)).status).toBe(400);
  });
});

describe('10: a conversation has one socket', () => {
  it('the newest; the other is closed with the reason collision', async () => {
    const one = await served();
    const conversation = await begin(one);
    const first = await listening(conversation.streamUrl);
    const second = await listening(conversation.streamUrl);
    expect(await first.closed).toEqual({ code: 1008, reason: 'collision' });
    await say(one, conversation, 'Hello');
    await until(() => second.activities().some(({ text }) => text === 'You said: Hello'), 'the answer');
    expect(first.activities().some(({ text }) => text === 'Hello')).toBe(false);
  });
});

describe('11: the bot fails', () => {
  it('with 502 BotRejectedActivity, nothing is said twice, and a retry works', async () => {
    let isBroken = true;
    const one = await served({
      bot: async (activity) => {
        if (isBroken) throw new Error('secret detail of the database');
        return echo(activity);
      },
    });
    const conversation = await begin(one);
    const channelData = { clientActivityID: 'c1' };
    const broken = await say(one, conversation, 'Hello', { channelData });
    expect(broken.status).toBe(502);
    expect(broken.body).toEqual({ error: { code: 'BotRejectedActivity', message: expect.any(String) } });
    expect(broken.text).not.toContain('secret detail');
    expect(one.reports).toHaveLength(2);
    isBroken = false;
    const mended = await say(one, conversation, 'Hello', { channelData });
    expect(mended.status).toBe(200);
    expect(await heard(one, conversation)).toEqual(['Hello', 'You said: Hello']);
  });

  it('or does not answer', async () => {
    const one = await served({
      bot: ({ text }) => (text === 'slow' ? new Promise(() => {}) : echo({ type: 'message', text })),
      limits: { patience: 50 },
    });
    const conversation = await begin(one);
    const both = await Promise.all([say(one, conversation, 'slow'), say(one, conversation, 'next')]);
    expect(both.map(({ status }) => status)).toEqual([502, 200]);
  });

  it('and the real client gets "retry"', async () => {
    const one = await served({
      bot: async () => {
        throw new Error('broken');
      },
    });
    const { body } = await ask(one, 'POST', '/tokens/generate', { key: SECRET });
    expect(await client({ domain: one.url, token: body.token }).say('Hello')).toBe('retry');
  });
});

describe('12: empty frames', () => {
  it('go out to keep proxies awake, and are taken', async () => {
    const one = await served({ limits: { heartbeat: 50 } });
    const conversation = await begin(one);
    const there = await listening(conversation.streamUrl);
    there.socket.send('');
    await until(() => there.frames.filter((text) => text === '').length > 3, 'empty frames');
    there.socket.send('');
    await say(one, conversation, 'Hello');
    await until(() => there.activities().some(({ text }) => text === 'You said: Hello'), 'the answer');
    expect(there.socket.readyState).toBe(WebSocket.OPEN);
    expect(one.reports).toEqual([]);
  });

  it('and the real client does not stumble over them', async () => {
    const one = await served({ limits: { heartbeat: 50 } });
    const { body } = await ask(one, 'POST', '/tokens/generate', { key: SECRET });
    const parent = client({ domain: one.url, token: body.token, timeout: 60 });
    await new Promise((done) => setTimeout(done, 400));
    await parent.say('Hello');
    await until(() => parent.texts().includes('You said: Hello'), 'the answer');
    expect(parent.sockets).toHaveLength(1);
  });
});

describe('13: what the client put in is echoed', () => {
  it('channelData and all', async () => {
    const one = await served();
    const conversation = await begin(one);
    const sent = {
      channelData: { clientActivityID: '5x8', attachmentSizes: [], deep: { er: [1, null, 'x'] } },
      textFormat: 'plain',
      localTimezone: 'Europe/London',
      entities: [{ type: 'ClientCapabilities', requiresBotState: true }],
      channelId: 'webchat',
    };
    await say(one, conversation, 'My child', sent);
    const { body } = await ask(one, 'GET', `/conversations/${conversation.id}/activities`, {
      key: conversation.token,
    });
    const mine = body.activities.find(({ text }: Activity) => text === 'My child');
    expect(mine).toMatchObject({ ...sent, channelId: 'directline' });
    expect(one.given.at(-1)).toMatchObject({ channelData: sent.channelData, channelId: 'directline' });
  });
});

describe('14: pages of other sites', () => {
  const preflight = (one: Served, origin: string) =>
    ask(one, 'OPTIONS', '/conversations/x/activities', {
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization,content-type,x-ms-bot-agent',
      },
    });

  it('are let in if they are on the list', async () => {
    const one = await served();
    const { status, headers } = await preflight(one, COUNCIL);
    expect(status).toBe(204);
    expect(headers.get('Access-Control-Allow-Origin')).toBe(COUNCIL);
    expect(headers.get('Vary')).toBe('Origin');
    expect(headers.get('Access-Control-Allow-Methods')).toContain('POST');
    for (const name of ['authorization', 'content-type', 'accept', 'x-ms-bot-agent']) {
      expect(headers.get('Access-Control-Allow-Headers')).toContain(name);
    }
    const made = await ask(one, 'POST', '/tokens/generate', { key: SECRET, headers: { Origin: COUNCIL } });
    expect([made.status, made.headers.get('Access-Control-Allow-Origin')]).toEqual([200, COUNCIL]);
    // A page has to be able to read what is wrong, too.
    const refused = await ask(one, 'POST', '/conversations', { headers: { Origin: COUNCIL } });
    expect([refused.status, refused.headers.get('Access-Control-Allow-Origin')]).toEqual([401, COUNCIL]);
  });

  it('are kept out otherwise', async () => {
    const one = await served();
    for (const origin of [
      'https://elsewhere.example',
      `${COUNCIL}.elsewhere.example`,
      'http://www.council.gov.uk',
      'null',
    ]) {
      const { status, headers, body } = await preflight(one, origin);
      expect([status, body.error.code], origin).toEqual([403, 'Forbidden']);
      expect(headers.get('Access-Control-Allow-Origin')).toBeNull();
      const made = await ask(one, 'POST', '/tokens/generate', { key: SECRET, headers: { Origin: origin } });
      expect(made.status).toBe(403);
    }
  });

  it('and a token may be for some of them only', async () => {
    const one = await served({ origins: [COUNCIL, 'https://other.council.gov.uk'] });
    const { body } = await ask(one, 'POST', '/tokens/generate', {
      key: SECRET,
      body: { trustedOrigins: [`${COUNCIL}/`] },
    });
    const start = (headers: Record<string, string>) =>
      ask(one, 'POST', '/conversations', { key: body.token, headers });
    expect((await start({ Origin: 'https://other.council.gov.uk' })).status).toBe(403);
    const started = await start({ Origin: COUNCIL });
    expect(started.status).toBe(201);
    // A refreshed token is for no more pages than the first.
    const { body: next } = await ask(one, 'POST', '/tokens/refresh', { key: started.body.token });
    const other = { key: next.token, headers: { Origin: 'https://other.council.gov.uk' } };
    expect((await ask(one, 'GET', `/conversations/${next.conversationId}`, other)).status).toBe(403);
    for (const trustedOrigins of ['x', [1], ['nonsense'], ['javascript:alert(1)'], Array(11).fill(COUNCIL)]) {
      const wrong = await ask(one, 'POST', '/tokens/generate', { key: SECRET, body: { trustedOrigins } });
      expect(wrong.status).toBe(400);
    }
  });
});

describe('15: the language', () => {
  it('reaches the bot, from the start and from each activity', async () => {
    const one = await served();
    const { body: made } = await ask(one, 'POST', '/tokens/generate', { key: SECRET });
    const parent = client({
      domain: one.url,
      token: made.token,
      conversationStartProperties: { locale: 'cy-GB' },
    });
    await parent.say('Helo');
    await parent.say('Hello', { locale: 'en-GB' });
    await parent.say('Hello again');
    expect(one.given.map(({ type, locale }) => [type, locale])).toEqual([
      ['conversationUpdate', 'cy-GB'],
      ['message', 'cy-GB'],
      ['message', 'en-GB'],
      ['message', 'en-GB'],
    ]);
  });

  it('and an unknown one is no fault', async () => {
    const one = await served();
    const conversation = await begin(one);
    for (const locale of ['tlh', 7, '', 'x'.repeat(1000), null]) {
      expect((await say(one, conversation, 'Hello', { locale })).status).toBe(200);
    }
    expect(one.given.at(-1)?.locale).toBe('tlh');
  });
});

describe('16: what is too large', () => {
  it('is 413, also without a length', async () => {
    const one = await served();
    const conversation = await begin(one);
    const { status, body } = await say(one, conversation, 'x'.repeat(65 * 1024));
    expect([status, body.error.code]).toEqual([413, 'MessageSizeTooBig']);
    const stream = new ReadableStream({
      start(control) {
        for (let i = 0; i < 200; i++) control.enqueue(new TextEncoder().encode('x'.repeat(1024)));
        control.close();
      },
    });
    const chunked = await fetch(`${one.url}/conversations/${conversation.id}/activities`, {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { Authorization: `Bearer ${conversation.token}`, 'Content-Type': 'application/json' },
    } as RequestInit);
    expect(chunked.status).toBe(413);
    expect((await say(one, conversation, 'x'.repeat(60 * 1024))).status).toBe(200);
  });

  it('and files are not taken', async () => {
    const one = await served();
    const conversation = await begin(one);
    const form = new FormData();
    form.append('activity', new Blob(['{"type":"message"}'], { type: 'application/vnd.microsoft.activity' }));
    form.append('file', new Blob(['x'.repeat(1000)], { type: 'image/png' }), 'letter.png');
    const response = await fetch(`${one.url}/conversations/${conversation.id}/upload?userId=parent`, {
      method: 'POST',
      body: form,
      headers: { Authorization: `Bearer ${conversation.token}` },
    });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: { code: 'UploadNotAllowed', message: expect.any(String) },
    });
    expect(one.given.filter(({ type }) => type === 'message')).toEqual([]);
  });
});
