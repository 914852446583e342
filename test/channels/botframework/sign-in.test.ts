import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBotFramework } from '../../../src/channels/botframework/botframework.ts';
import { leaksIn, type Served, serve } from '../serve.ts';
import * as azure from './azure.ts';

const KEYS = azure.newKeys('key-1');
const OTHERS = azure.newKeys('key-1');
const UNKNOWN = azure.newKeys('key-2');

let signIn: azure.FakeSignIn;
let served: Served;
let taken = 0;
const logs = (['log', 'warn', 'error', 'info'] as const).map((name) =>
  vi.spyOn(console, name).mockImplementation(() => {}),
);

/** As in Azure: somebody has to sign in, and replies go to known hosts only. */
function serveBot(at: string): Promise<Served> {
  return serve((report) =>
    createBotFramework({
      bot: async () => {
        taken++;
        return [{ type: 'message', text: 'an answer' }];
      },
      appId: azure.APP_ID,
      password: azure.PASSWORD,
      type: 'MultiTenant',
      serviceHosts: ['smba.trafficmanager.net'],
      withoutSignIn: false,
      host: '0.0.0.0',
      report,
      addresses: azure.addresses(at),
    }),
  );
}

beforeAll(async () => {
  signIn = await azure.fakeSignIn(KEYS);
  served = await serveBot(signIn.url);
});
afterAll(async () => {
  await served.stop();
  await signIn.stop();
});
beforeEach(() => {
  taken = 0;
  signIn.status = 200;
  for (const log of logs) log.mockClear();
});
afterEach(() => {
  // The SDK would write of each token that is not right: anybody could fill the log.
  expect(logs.flatMap((log) => log.mock.calls)).toEqual([]);
});

async function post(
  authorization: string | undefined,
  fields: Record<string, unknown> = {},
  url = served.url,
) {
  // Answered in the same breath: nothing is sent to Microsoft from a test.
  const activity = azure.message('Hello', { deliveryMode: 'expectReplies', ...fields });
  const response = await fetch(`${url}/api/messages`, {
    method: 'POST',
    body: JSON.stringify(activity),
    headers: {
      'Content-Type': 'application/json',
      ...(authorization === undefined ? {} : { Authorization: authorization }),
    },
  });
  const body = await response.text();
  if (!response.ok) expect(leaksIn(body)).toEqual([]);
  const parsed = body === '' ? {} : JSON.parse(body);
  return { status: response.status, code: parsed.error?.code, activities: parsed.activities };
}

const REFUSED = { status: 401, code: 'Unauthorized', activities: undefined };

test('who has a right token is answered', async () => {
  const got = await post(`Bearer ${azure.token(KEYS)}`);
  expect(got.status).toBe(200);
  expect(got.activities).toMatchObject([{ type: 'message', text: 'an answer' }]);
  expect(taken).toBe(1);
});

describe('who has none, or a forged one, is not', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const hs256 = () => {
    // Signed with the public key, as if it were a secret that both sides know.
    const [head, body] = azure.token(KEYS, {}, { alg: 'HS256' }).split('.');
    const secret = KEYS.publicKey.export({ type: 'spki', format: 'pem' });
    const signature = createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url');
    return `${head}.${body}.${signature}`;
  };
  test.each<[string, () => string | undefined]>([
    ['nothing', () => undefined],
    ['an empty header', () => ''],
    ['no token', () => 'Bearer '],
    ['nonsense', () => 'Bearer garbage'],
    ['nonsense in three parts', () => 'Bearer a.b.c'],
    [
      'parts that are no JSON',
      () => `Bearer ${['{', '{', 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.')}`,
    ],
    [
      'parts that are null',
      () =>
        `Bearer ${['null', 'null', 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.')}`,
    ],
    ['a password', () => `Basic ${Buffer.from(`${azure.APP_ID}:${azure.PASSWORD}`).toString('base64')}`],
    ['another word before it', () => `Token ${azure.token(KEYS)}`],
    ['more behind it', () => `Bearer ${azure.token(KEYS)} more`],
    ['a token signed by somebody else', () => `Bearer ${azure.token(OTHERS)}`],
    ['a token of a key that nobody knows', () => `Bearer ${azure.token(UNKNOWN)}`],
    ['a token without a key', () => `Bearer ${azure.token(KEYS, {}, { kid: undefined })}`],
    ['a token with a key that is an object', () => `Bearer ${azure.token(KEYS, {}, { kid: {} })}`],
    ['a token that says it needs no signature', () => `Bearer ${azure.token(KEYS, {}, { alg: 'none' })}`],
    [
      'a token without a signature',
      () => `Bearer ${azure.token(KEYS, {}, { alg: 'none' }).replace(/[^.]*$/, '')}`,
    ],
    ['a token signed with the public key', () => `Bearer ${hs256()}`],
    [
      'a token whose claims were changed',
      () => {
        const [head, , signature] = azure.token(KEYS).split('.');
        const [, claims] = azure.token(OTHERS, { aud: azure.APP_ID, x: 1 }).split('.');
        return `Bearer ${head}.${claims}.${signature}`;
      },
    ],
    ['a token of yesterday', () => `Bearer ${azure.token(KEYS, { exp: now() - 3600 })}`],
    ['a token of tomorrow', () => `Bearer ${azure.token(KEYS, { nbf: now() + 3600 })}`],
    [
      'a token for another bot',
      () => `Bearer ${azure.token(KEYS, { aud: '99999999-2222-4333-8444-555555555555' })}`,
    ],
    ['a token for nobody', () => `Bearer ${azure.token(KEYS, { aud: undefined })}`],
    ['a token of another issuer', () => `Bearer ${azure.token(KEYS, { iss: 'https://evil.example' })}`],
    ['a token of no issuer', () => `Bearer ${azure.token(KEYS, { iss: undefined })}`],
    [
      'a token for another service',
      () => `Bearer ${azure.token(KEYS, { serviceurl: 'https://webchat.botframework.com/' })}`,
    ],
    [
      'a token of another bot',
      () =>
        `Bearer ${azure.token(KEYS, { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', ver: '1.0', appid: '99999999-2222-4333-8444-555555555555', aud: azure.APP_ID })}`,
    ],
    [
      'a token as the Emulator’s, of another bot',
      () =>
        `Bearer ${azure.token(KEYS, { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', ver: '1.0', appid: '99999999-2222-4333-8444-555555555555' })}`,
    ],
    [
      'a token as the Emulator’s, of no version',
      () =>
        `Bearer ${azure.token(KEYS, { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' })}`,
    ],
    ['a header without end', () => `Bearer ${azure.token(KEYS)}${'A'.repeat(10_000)}`],
  ])('%s', async (_what, header) => {
    expect(await post(header())).toEqual(REFUSED);
    expect(taken).toBe(0);
    expect(served.reported).toEqual([]);
  });

  test('a right token says nothing for a channel that its key is not for', async () => {
    expect(await post(`Bearer ${azure.token(KEYS)}`, { channelId: 'telegram' })).toEqual(REFUSED);
    expect((await post(`Bearer ${azure.token(KEYS)}`, { channelId: 'AseChannel' })).status).toBe(403);
    expect((await post(`Bearer ${azure.token(KEYS)}`, { channelId: ' ' })).status).toBe(400);
    expect(taken).toBe(0);
  });
});

describe('where replies would go', () => {
  test('a foreign address is refused even with a right token for it, before any key is fetched', async () => {
    const fake = await azure.fakeSignIn(KEYS);
    const fresh = await serveBot(fake.url);
    const foreign = await azure.fakeConnector();
    for (const serviceUrl of [
      foreign.url,
      'https://evil.example/',
      'https://smba.trafficmanager.net.evil.example/',
      'https://127.0.0.1/',
    ]) {
      const got = await post(
        `Bearer ${azure.token(KEYS, { serviceurl: serviceUrl })}`,
        { serviceUrl, deliveryMode: 'normal' },
        fresh.url,
      );
      expect([got.status, got.code]).toEqual([403, 'ServiceUrlNotAllowed']);
    }
    expect(foreign.arrived).toEqual([]);
    expect(fake.asked).toBe(0);
    expect(taken).toBe(0);
    for (const one of [fresh, foreign, fake]) await one.stop();
  });

  test('a token as the Emulator’s, which is bound to no address, does not open another', async () => {
    const iss = 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/';
    const emulator = azure.token(KEYS, { iss, ver: '1.0', appid: azure.APP_ID, serviceurl: undefined });
    const got = await post(`Bearer ${emulator}`, {
      serviceUrl: 'http://127.0.0.1:9/',
      deliveryMode: 'normal',
    });
    expect([got.status, got.code]).toEqual([403, 'ServiceUrlNotAllowed']);
  });
});

describe('when the keys cannot be fetched', () => {
  test.each([404, 500, 503])('%i: 503, and no word of why', async (status) => {
    const fake = await azure.fakeSignIn(KEYS);
    fake.status = status;
    const fresh = await serveBot(fake.url);
    const got = await post(`Bearer ${azure.token(KEYS)}`, {}, fresh.url);
    expect([got.status, got.code]).toEqual([503, 'SignInUnavailable']);
    // As soon as they can, it goes on.
    fake.status = 200;
    expect((await post(`Bearer ${azure.token(KEYS)}`, {}, fresh.url)).status).toBe(200);
    for (const one of [fresh, fake]) await one.stop();
  });

  test('nobody is there: 503, and no word of why', async () => {
    const fresh = await serveBot('http://127.0.0.1:9');
    const got = await post(`Bearer ${azure.token(KEYS)}`, {}, fresh.url);
    expect([got.status, got.code]).toEqual([503, 'SignInUnavailable']);
    expect(taken).toBe(0);
    await fresh.stop();
  });
});

test('what else is written to the console is written', async () => {
  const loud = await serve((report) =>
    createBotFramework({
      bot: async () => {
        console.error('the disk is full');
        return [];
      },
      appId: azure.APP_ID,
      type: 'MultiTenant',
      serviceHosts: ['smba.trafficmanager.net'],
      withoutSignIn: false,
      host: '0.0.0.0',
      report,
      addresses: azure.addresses(signIn.url),
    }),
  );
  await post(`Bearer ${azure.token(KEYS)}`, {}, loud.url);
  await post(`Bearer ${azure.token(OTHERS)}`, {}, loud.url);
  console.error('and the lamp is off');
  const written = logs.flatMap((log) => log.mock.calls.splice(0));
  expect(written).toEqual([['the disk is full'], ['and the lamp is off']]);
  await loud.stop();
});

test.each(['MultiTenant', 'SingleTenant', 'UserAssignedMSI'] as const)(
  'a bot of type %s is made',
  async (type) => {
    const bot = await createBotFramework({
      bot: async () => [],
      appId: azure.APP_ID,
      ...(type === 'UserAssignedMSI' ? {} : { password: azure.PASSWORD }),
      ...(type === 'MultiTenant' ? {} : { tenantId: '22222222-2222-4333-8444-555555555555' }),
      type,
      serviceHosts: ['smba.trafficmanager.net'],
      withoutSignIn: false,
      host: '0.0.0.0',
      report: () => {},
    });
    await bot.close?.();
  },
);
