import { networkInterfaces } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Activity, Bot } from '../../../src/channels/activities/activity.ts';
import { createBot } from '../../../src/channels/activities/bot.ts';
import {
  type BotFrameworkParts,
  createBotFramework,
} from '../../../src/channels/botframework/botframework.ts';
import { openMessenger, type Told, voices } from '../real-messenger.ts';
import { leaksIn, type Served, serve } from '../serve.ts';
import * as azure from './azure.ts';
import { FOREIGN } from './foreign.ts';

let told: Told;
let connector: azure.FakeServer;
/** Without signing in, on the loopback address. */
let open: Served;

const logs = (['log', 'warn', 'error', 'info'] as const).map((name) =>
  vi.spyOn(console, name).mockImplementation(() => {}),
);

function serveBot(parts: Partial<BotFrameworkParts> = {}): Promise<Served> {
  return serve((report) =>
    createBotFramework({
      bot: createBot({ messenger: told.messenger, voices }),
      type: 'MultiTenant',
      serviceHosts: ['smba.trafficmanager.net'],
      withoutSignIn: true,
      host: '127.0.0.1',
      report,
      ...parts,
    }),
  );
}

beforeAll(async () => {
  told = openMessenger();
  connector = await azure.fakeConnector();
  open = await serveBot();
});
afterAll(async () => {
  await open.stop();
  await connector.stop();
  told.stop();
});
beforeEach(() => {
  connector.arrived.length = 0;
  connector.next.length = 0;
  connector.delay = 0;
  for (const log of logs) log.mockClear();
});
// The SDK is fond of writing to the console.
afterEach(() => {
  const written = JSON.stringify(logs.flatMap((log) => log.mock.calls));
  expect(written).not.toMatch(/Zebedee|Larkspur|conversation |eyJ|127\.0\.0\.1|secret/);
});

interface Got {
  readonly status: number;
  readonly body: string;
  readonly code: string | undefined;
  readonly activities: readonly Activity[];
}

async function post(
  activity: unknown,
  headers: Readonly<Record<string, string>> = {},
  url = open.url,
): Promise<Got> {
  const response = await fetch(`${url}/api/messages`, {
    method: 'POST',
    body: typeof activity === 'string' ? activity : JSON.stringify(activity),
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
  });
  const body = await response.text();
  const parsed = body === '' ? {} : JSON.parse(body);
  return { status: response.status, body, code: parsed.error?.code, activities: parsed.activities ?? [] };
}

/** A message to the bot on this machine, which answers to the fake connector. */
const local = (text: string, fields: Readonly<Record<string, unknown>> = {}) =>
  azure.message(text, { serviceUrl: connector.url, ...fields });
const replies = () => connector.arrived.map(({ body }) => body as Activity);

describe('a message', () => {
  test('is answered to the address that it names, each reply of its own, in order', async () => {
    const activity = local('I need help with money', { conversation: { id: 'conversation a/b?c' } });
    expect(await post(activity)).toMatchObject({ status: 200, body: '' });
    expect(connector.arrived.length).toBeGreaterThan(0);
    for (const { method, path, headers, body } of connector.arrived) {
      expect(method).toBe('POST');
      expect(path).toBe(`/v3/conversations/conversation%20a%2Fb%3Fc/activities/${activity.id}`);
      expect(headers.authorization).toBeUndefined();
      expect(body).toMatchObject({
        type: 'message',
        channelId: 'webchat',
        conversation: { id: 'conversation a/b?c' },
        recipient: { id: 'parent' },
        from: { id: 'bot', name: 'Fingerpost' },
        replyToId: activity.id,
      });
    }
    const text = replies()
      .map((reply) => reply.text)
      .join('\n');
    expect(text).toContain('999');
    expect(replies().at(-1)?.suggestedActions?.actions.length).toBeGreaterThan(0);
  });

  test.each(['', '/', '/uk', '/uk/', '/emea/6b1f2c9e/'])('the path %j of a service is kept', async (path) => {
    expect(
      (await post(local('money', { serviceUrl: connector.url + path, conversation: { id: 'x' } }))).status,
    ).toBe(200);
    const [first] = connector.arrived;
    const folder = path.endsWith('/') ? path.slice(0, -1) : path;
    expect(first?.path.startsWith(`${folder}/v3/conversations/x/activities/`)).toBe(true);
  });

  test('and the next one on the same connection: a new one costs a handshake each time', async () => {
    const fresh = await azure.fakeConnector();
    try {
      for (const text of ['money', 'sleep', 'school'])
        await post(local(text, { serviceUrl: fresh.url, conversation: { id: 'one connection' } }));
      expect(fresh.arrived.length).toBeGreaterThanOrEqual(3);
      expect(fresh.connections).toBe(1);
    } finally {
      await fresh.stop();
    }
  });

  test('with expectReplies is answered in the same breath, and nothing is sent', async () => {
    const { serviceUrl: _none, ...activity } = azure.message('money', { deliveryMode: 'expectReplies' });
    const got = await post(activity);
    expect(got.status).toBe(200);
    expect(got.activities.length).toBeGreaterThan(0);
    expect(got.activities.at(-1)?.replyToId).toBe(activity.id);
    expect(connector.arrived).toEqual([]);
  });

  test('a choice, by its value or its key as text, goes on', async () => {
    const conversation = { id: 'conversation of choices' };
    const ask = (fields: Record<string, unknown>) =>
      post(
        azure.message('', { conversation, serviceUrl: undefined, deliveryMode: 'expectReplies', ...fields }),
      );
    const first = await ask({ text: 'money' });
    const [action] = first.activities.at(-1)?.suggestedActions?.actions ?? [];
    const second = await ask({ text: undefined, value: action?.value });
    expect(second.activities.at(-1)?.text).not.toBe(first.activities.at(-1)?.text);
    const third = await ask({ text: 'fp:help' });
    expect(third.activities.map(({ text }) => text).join()).toContain('999');
  });

  test('the language is that of its locale, where we have it', async () => {
    const ask = async (locale: string) =>
      (
        await post(
          azure.message('', {
            locale,
            type: 'conversationUpdate',
            membersAdded: [{ id: 'p' }],
            deliveryMode: 'expectReplies',
            serviceUrl: undefined,
          }),
        )
      ).activities.at(-1)?.locale;
    expect(await ask('cy-GB')).toBe('cy');
    expect(await ask('UR')).toBe('ur');
    expect(await ask('xx-Nonsense-1234')).toBe('en');
  });

  test('who joins is greeted, and the bot itself is not', async () => {
    const joined = (membersAdded: unknown) =>
      post(
        azure.message('', {
          type: 'conversationUpdate',
          membersAdded,
          serviceUrl: undefined,
          deliveryMode: 'expectReplies',
        }),
      );
    expect((await joined([{ id: 'parent' }])).activities.map(({ text }) => text).join()).toContain(
      'Fingerpost',
    );
    expect((await joined([{ id: 'bot' }])).activities).toEqual([]);
  });

  test('the end of a conversation erases it and is not answered', async () => {
    const conversation = { id: 'conversation that ends' };
    const fields = { conversation, serviceUrl: undefined, deliveryMode: 'expectReplies' };
    await post(azure.message('money', fields));
    expect((await post(azure.message('', { ...fields, type: 'endOfConversation' }))).activities).toEqual([]);
    const after = await post(azure.message('1', fields));
    expect(after.activities.map(({ text }) => text).join()).toContain('Fingerpost');
  });

  test.each(['typing', 'messageReaction', 'installationUpdate', 'event', 'somethingNew'])(
    '%s is taken and not answered',
    async (type) => {
      expect((await post(local('', { type }))).status).toBe(200);
      expect(connector.arrived).toEqual([]);
    },
  );

  test('an invoke, which we do not know, gets 501 and our own body', async () => {
    expect(await post(local('', { type: 'invoke', name: 'signin/verifyState' }))).toMatchObject({
      status: 501,
      code: 'NotImplemented',
    });
  });

  test('in a channel of Teams, where others read along, nothing is asked', async () => {
    const conversation = { id: 'conversation of many', conversationType: 'channel' };
    const got = await post(
      azure.message('money', {
        channelId: 'msteams',
        conversation,
        serviceUrl: undefined,
        deliveryMode: 'expectReplies',
      }),
    );
    expect(got.activities).toHaveLength(1);
    expect(got.activities[0]?.text).toContain('Others can read this');
  });
});

describe('what is delivered twice, or at once', () => {
  test('the same activity again gets the same replies', async () => {
    const activity = local('money');
    await post(activity);
    const first = connector.arrived.splice(0);
    await post(activity);
    expect(connector.arrived.map(({ path, body }) => [path, body])).toEqual(
      first.map(({ path, body }) => [path, body]),
    );
  });

  test('two at once are taken in order, replies and all; another conversation does not wait', async () => {
    const bot: Bot = async ({ text }) => [1, 2].map((n) => ({ type: 'message', text: `${text} ${n}` }));
    const served = await serveBot({ bot });
    connector.delay = 30;
    const conversation = { id: 'conversation of two' };
    const send = (text: string, fields = {}) =>
      post(local(text, { conversation, ...fields }), {}, served.url);
    await Promise.all([
      send('first'),
      send('second'),
      send('third'),
      send('other', { conversation: { id: 'another' } }),
    ]);
    const texts = replies().map(({ text }) => text);
    const ours = texts.filter((text) => !text?.startsWith('other'));
    expect(ours).toEqual(['first 1', 'first 2', 'second 1', 'second 2', 'third 1', 'third 2']);
    expect(texts.indexOf('other 2')).toBeLessThan(texts.indexOf('third 1'));
    await served.stop();
  });

  test('a flood in one conversation is turned away with 429', async () => {
    const release = Promise.withResolvers<void>();
    const isUrgent = vi.fn(createBot({ messenger: told.messenger, voices }).isUrgent);
    const served = await serveBot({
      bot: Object.assign(
        async () => {
          await release.promise;
          return [];
        },
        { isUrgent },
      ),
    });
    const conversation = { id: 'conversation of a flood' };
    const codes: (string | undefined)[] = [];
    const flood = [...Array(30)].map(() =>
      post(local('x', { conversation }), {}, served.url).then((got) => {
        codes.push(got.code);
        return got.status;
      }),
    );
    await vi.waitFor(() => expect(codes).toEqual(Array(10).fill('TooManyRequests')), { timeout: 60_000 });
    const urgent = ['i want to kill myself', 'help', 'stop'].map((text) =>
      post(local(text, { conversation }), {}, served.url),
    );
    await vi.waitFor(() => expect(isUrgent).toHaveBeenCalledTimes(13), { timeout: 60_000 });
    release.resolve();
    expect((await Promise.all(flood)).filter((status) => status === 200)).toHaveLength(20);
    expect((await Promise.all(urgent)).map(({ status }) => status)).toEqual([200, 200, 200]);
    await served.stop();
  });
});

describe('where replies are sent', () => {
  test.each(FOREIGN)('%j is refused before anything is sent', async (serviceUrl) => {
    // Where nobody signs in, the machine itself is allowed.
    if (/^https:\/\/(127\.0\.0\.1|\[::1\]|localhost)\//.test(serviceUrl)) return;
    const fetches = vi.spyOn(globalThis, 'fetch');
    const got = await post(azure.message('money', { serviceUrl }));
    const asked = fetches.mock.calls.length;
    fetches.mockRestore();
    expect([got.status, got.code]).toEqual([403, 'ServiceUrlNotAllowed']);
    // That was ours.
    expect(asked).toBe(1);
  });

  test('also with expectReplies', async () => {
    const got = await post(
      azure.message('money', { serviceUrl: 'https://evil.example', deliveryMode: 'expectReplies' }),
    );
    expect(got.status).toBe(403);
  });

  test('none at all is refused: the SDK would take one of its own', async () => {
    const { serviceUrl: _none, ...activity } = azure.message('money');
    expect(await post(activity)).toMatchObject({ status: 403, code: 'ServiceUrlNotAllowed' });
    expect((await post({ ...activity, serviceUrl: null })).status).toBe(403);
  });

  test('another address of this very machine is foreign, and its server sees nothing', async () => {
    const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    const address = own.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
    const server = await azure.fakeConnector('0.0.0.0');
    for (const host of [address ?? '0.0.0.0', '0.0.0.0']) {
      const got = await post(azure.message('money', { serviceUrl: `http://${host}:${server.port}` }));
      expect(got.status).toBe(403);
    }
    expect(server.arrived).toEqual([]);
    await server.stop();
  });

  test('a redirection is not followed', async () => {
    const foreign = await azure.fakeConnector();
    connector.next.push(...Array(3).fill(307));
    connector.location = `${foreign.url}/`;
    expect(await post(local('money'))).toMatchObject({ status: 502, code: 'NotDelivered' });
    expect(foreign.arrived).toEqual([]);
    await foreign.stop();
  });

  test('attachments are not fetched', async () => {
    const foreign = await azure.fakeConnector();
    const contentUrl = `${foreign.url}/picture.jpg`;
    const attachments = [{ contentType: 'image/jpeg', contentUrl, thumbnailUrl: contentUrl }];
    await post(local('', { text: undefined, attachments }));
    expect(foreign.arrived).toEqual([]);
    expect(
      replies()
        .map(({ text }) => text)
        .join(),
    ).toMatch(/only read text/);
    await foreign.stop();
  });

  test('what we do not use never reaches the bot', async () => {
    const seen: Activity[] = [];
    const served = await serveBot({
      bot: async (activity) => {
        seen.push(activity);
        return [];
      },
    });
    const extra = {
      attachments: [{ contentType: 'x', contentUrl: 'http://x' }],
      __proto__: { a: 1 },
      constructor: 1,
    };
    await post(local('Hello', extra), {}, served.url);
    expect(JSON.stringify(seen)).not.toMatch(/Zebedee|attachments|channelData|contentUrl|entities/);
    await served.stop();
  });
});

describe('when a reply cannot be sent', () => {
  test.each([429, 500, 503, 0])('%i once: it is tried again', async (status) => {
    connector.next.push(status);
    expect((await post(local('money'))).status).toBe(200);
    expect(replies().at(-1)?.suggestedActions).toBeDefined();
  });

  test('for good: 502 with our own body, and no word of why', async () => {
    connector.next.push(...Array(3).fill(503));
    const begun = performance.now();
    const got = await post(local('money'));
    expect(got).toMatchObject({ status: 502, code: 'NotDelivered' });
    expect(leaksIn(got.body)).toEqual([]);
    // The SDK alone would try for six seconds and more.
    expect(performance.now() - begun).toBeLessThan(4000);
    expect(connector.arrived).toHaveLength(3);
  });

  test('a port where nobody is tells nothing', async () => {
    const got = await post(azure.message('money', { serviceUrl: 'http://127.0.0.1:9' }));
    expect(got).toMatchObject({ status: 502, code: 'NotDelivered' });
    expect(leaksIn(got.body)).toEqual([]);
  });

  test('4xx is not tried again', async () => {
    connector.next.push(403);
    expect((await post(local('money'))).status).toBe(502);
    expect(connector.arrived).toHaveLength(1);
  });

  test('the next message of the conversation is answered', async () => {
    const conversation = { id: 'conversation after trouble' };
    connector.next.push(403);
    await post(local('money', { conversation }));
    connector.arrived.length = 0;
    expect((await post(local('help', { conversation }))).status).toBe(200);
    expect(connector.arrived.length).toBeGreaterThan(0);
  });
});

test('a bot that fails: 500, our own body, and the words of the error nowhere', async () => {
  const served = await serveBot({
    bot: () => Promise.reject(new Error('disk full for Zebedee at /work/data')),
  });
  const got = await post(local('money'), {}, served.url);
  expect(got).toMatchObject({ status: 500, code: 'ServiceError' });
  expect(got.body).toBe('{"error":{"code":"ServiceError","message":"Internal Server Error"}}');
  expect(served.reported).toHaveLength(1);
  await served.stop();
});

describe('what is no activity', () => {
  const without = (name: string) => ({ ...local('Hello'), [name]: undefined });
  test.each<[string, () => unknown, number, string]>([
    ['no type', () => without('type'), 400, 'MissingProperty'],
    ['an empty type', () => local('x', { type: '' }), 400, 'BadArgument'],
    ['a type that is no text', () => local('x', { type: 7 }), 400, 'BadArgument'],
    ['no channel', () => without('channelId'), 400, 'MissingProperty'],
    ['a blank channel', () => local('x', { channelId: ' ' }), 400, 'BadArgument'],
    [
      'a channel of Microsoft’s own machines',
      () => local('x', { channelId: 'AseChannel' }),
      403,
      'ChannelNotAllowed',
    ],
    ['no conversation', () => without('conversation'), 400, 'MissingProperty'],
    ['a conversation without an id', () => local('x', { conversation: {} }), 400, 'MissingProperty'],
    ['a conversation that is a list', () => local('x', { conversation: [] }), 400, 'BadArgument'],
    ['an id that is an object', () => local('x', { conversation: { id: {} } }), 400, 'BadArgument'],
    ['an id without end', () => local('x', { conversation: { id: 'x'.repeat(5000) } }), 400, 'BadArgument'],
    ['words that are no text', () => local('x', { text: { a: 1 } }), 400, 'BadArgument'],
    ['a locale that is a number', () => local('x', { locale: 7 }), 400, 'BadArgument'],
    [
      'an address that is a list',
      () => local('x', { serviceUrl: ['https://smba.trafficmanager.net'] }),
      400,
      'BadArgument',
    ],
    ['members that are none', () => local('x', { membersAdded: 'all' }), 400, 'BadArgument'],
    ['broken JSON', () => '{"type":"message"', 400, 'BadSyntax'],
    ['nothing', () => '', 400, 'BadSyntax'],
    ['a list', () => '[]', 400, 'BadSyntax'],
    ['a text', () => '"message"', 400, 'BadSyntax'],
    [
      'levels without end',
      () => `{"type":"message","value":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
      400,
      'BadSyntax',
    ],
    ['far too much', () => local('x'.repeat(200_000)), 413, 'MessageSizeTooBig'],
  ])('%s', async (_what, activity, status, code) => {
    const got = await post(activity());
    expect([got.status, got.code]).toEqual([status, code]);
    expect(leaksIn(got.body)).toEqual([]);
    expect(connector.arrived).toEqual([]);
    expect(open.reported).toEqual([]);
  });

  test('another type of content, a packed body, another method', async () => {
    expect(await post(local('x'), { 'Content-Type': 'text/plain' })).toMatchObject({
      status: 415,
      code: 'UnsupportedMediaType',
    });
    expect((await post(local('x'), { 'Content-Encoding': 'gzip' })).status).toBe(415);
    expect((await fetch(`${open.url}/api/messages`)).status).toBe(405);
  });

  test('null for what a channel does not know is no fault', async () => {
    const nothing = { id: null, locale: null, from: null, recipient: null, membersAdded: null, value: null };
    expect((await post(local('money', nothing))).status).toBe(200);
  });
});

describe('without signing in', () => {
  test('only on the loopback address', async () => {
    for (const host of ['0.0.0.0', '::', '10.0.0.1', 'help.example.org', ''])
      await expect(serveBot({ host })).rejects.toThrow('loopback');
    for (const host of ['localhost', '::1', '127.0.0.1']) await (await serveBot({ host })).stop();
  });

  test('never by accident: an app id is missing, or too much', async () => {
    await expect(serveBot({ withoutSignIn: false })).rejects.toThrow();
    await expect(serveBot({ appId: azure.APP_ID })).rejects.toThrow();
    // To the SDK an empty one is none, and it lets everybody in.
    for (const appId of ['', ' ']) await expect(serveBot({ withoutSignIn: false, appId })).rejects.toThrow();
  });

  test('a page of another site in a browser on this machine may not speak to it', async () => {
    // A simple request, which a browser sends without asking; and a name that was made to lead here.
    expect((await post(local('x'), { 'Content-Type': 'text/plain' })).status).toBe(415);
    const { request } = await import('node:http');
    const body = JSON.stringify(local('x'));
    const status = await new Promise((done) => {
      const asked = request(`${open.url}/api/messages`, {
        method: 'POST',
        headers: {
          Host: 'evil.example',
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
        },
      });
      asked.on('response', (response) => done(response.statusCode));
      asked.end(body);
    });
    expect(status).toBe(403);
    expect(connector.arrived).toEqual([]);
  });
});
