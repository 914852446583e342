import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Messenger } from '../../../src/channels/messaging/messenger.ts';
import { createWhatsApp, type WhatsAppParts } from '../../../src/channels/whatsapp/whatsapp.ts';
import { openMessenger, TODAY, type Told, voices } from '../real-messenger.ts';
import { leaksIn, type Served, serve } from '../serve.ts';
import * as meta from './meta.ts';
import { faultsOf } from './rules.ts';

let told: Told;
let fake: meta.FakeMeta;
let served: Served;
let dropped = 0;

function serveWhatsApp(messenger: Messenger, parts: Partial<WhatsAppParts> = {}): Promise<Served> {
  return serve((report) =>
    createWhatsApp({
      messenger,
      voices,
      token: meta.TOKEN,
      appSecret: meta.APP_SECRET,
      verifyToken: meta.VERIFY_TOKEN,
      numberId: meta.NUMBER_ID,
      now: () => TODAY,
      report,
      onDropped: () => {
        dropped++;
      },
      host: fake.host,
      pauses: [1, 1, 1],
      ...parts,
    }),
  );
}

beforeAll(async () => {
  told = openMessenger();
  fake = await meta.fakeMeta();
  served = await serveWhatsApp(told.messenger);
});
afterAll(async () => {
  await served.stop();
  await fake.stop();
  told.stop();
});
beforeEach(() => {
  fake.sent.length = 0;
  fake.next.length = 0;
  fake.delay = 0;
  dropped = 0;
});

interface Got {
  readonly status: number;
  readonly body: string;
  readonly code: string | undefined;
}

async function post(
  delivery: unknown,
  headers: Readonly<Record<string, string>> = {},
  url = served.url,
): Promise<Got> {
  const body = typeof delivery === 'string' ? delivery : JSON.stringify(delivery);
  const response = await fetch(`${url}/channels/whatsapp`, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', 'X-Hub-Signature-256': meta.sign(body), ...headers },
  });
  const said = await response.text();
  return {
    status: response.status,
    body: said,
    code: said.startsWith('{') ? JSON.parse(said).error.code : undefined,
  };
}

let parents = 0;
function newParent(): string {
  parents++;
  return `4477009${String(parents).padStart(5, '0')}`;
}

const textOf = (sent: meta.Sent): string => sent.body.text?.body ?? sent.body.interactive.body.text;
const texts = () => fake.sent.map(textOf).join('\n');
const say = (words: string, from: string) => post(meta.delivery([meta.text(words, TODAY, from)]));

/** The keys and labels of the options that were sent last. */
function options(): { id: string; title: string }[] {
  const { action } = fake.sent.at(-1)?.body.interactive ?? {};
  return [
    ...(action?.buttons ?? []).map((button: { reply: unknown }) => button.reply),
    ...(action?.sections ?? []).flatMap((section: { rows: unknown[] }) => section.rows),
  ];
}

describe('the address is confirmed', () => {
  const ask = async (query: Record<string, string>) => {
    const response = await fetch(`${served.url}/channels/whatsapp?${new URLSearchParams(query)}`);
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: await response.text(),
    };
  };
  const right = {
    'hub.mode': 'subscribe',
    'hub.verify_token': meta.VERIFY_TOKEN,
    'hub.challenge': '1158201444',
  };

  test('with the challenge, as plain text', async () => {
    expect(await ask(right)).toEqual({ status: 200, type: 'text/plain; charset=utf-8', body: '1158201444' });
  });

  test.each([
    ['another token', { ...right, 'hub.verify_token': 'another' }, 403],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }, 403],
    ['another mode', { ...right, 'hub.mode': 'unsubscribe' }, 400],
    ['nothing', {}, 400],
    ['a challenge that is a page', { ...right, 'hub.challenge': '<script>alert(1)</script>' }, 400],
  ])('but not with %s', async (_what, query, status) => {
    const got = await ask(query);
    expect(got.status).toBe(status);
    expect(got.body).not.toContain('script');
  });
});

describe('a conversation', () => {
  test('what somebody writes is answered through Cloud API, each message as it takes it', async () => {
    const from = newParent();
    expect(await say('I need help with money', from)).toMatchObject({ status: 200, body: '' });
    expect(fake.sent.length).toBeGreaterThan(0);
    for (const { path, authorization, body } of fake.sent) {
      expect(path).toBe(`/v23.0/${meta.NUMBER_ID}/messages`);
      expect(authorization).toBe(`Bearer ${meta.TOKEN}`);
      expect(body.to).toBe(from);
      expect(faultsOf(body)).toEqual([]);
    }
    expect(texts()).toContain('999');
  });

  test('a tap on a row of a list, a tap on a button, a number and a word each go on', async () => {
    const from = newParent();
    await say('I need help with money', from);
    const [row] = options();
    expect(fake.sent.at(-1)?.body.interactive.type).toBe('list');
    const question = textOf(fake.sent.at(-1) as meta.Sent);
    fake.sent.length = 0;
    await post(meta.delivery([meta.listReply(row?.id ?? '', row?.title ?? '', TODAY, from)]));
    expect(fake.sent).not.toHaveLength(0);
    expect(textOf(fake.sent.at(-1) as meta.Sent)).not.toBe(question);
    await say('back', from);
    expect(textOf(fake.sent.at(-1) as meta.Sent)).toContain(question.split('\n').at(-1));
  });

  test('buttons, where there are few options', async () => {
    const from = newParent();
    await post(meta.delivery([meta.buttonReply('fp:ask:child.age:0', 'How old', TODAY, from)]));
    const { interactive } = fake.sent.at(-1)?.body ?? {};
    expect(interactive.type).toBe('button');
    const [button] = options();
    await post(meta.delivery([meta.buttonReply(button?.id ?? '', button?.title ?? '', TODAY, from)]));
    expect(faultsOf(fake.sent.at(-1)?.body)).toEqual([]);
  });

  test('a button of a template says what stands on it, or does what its key says', async () => {
    await post(meta.delivery([meta.templateButton('I need help with money', TODAY, newParent())]));
    const written = textOf(fake.sent.at(-1) as meta.Sent);
    await post(meta.delivery([meta.text('I need help with money', TODAY, newParent())]));
    expect(textOf(fake.sent.at(-1) as meta.Sent)).toBe(written);
    await post(meta.delivery([meta.templateButton('fp:help', TODAY, newParent())]));
    expect(texts()).toContain('999');
  });

  test('several messages in one delivery are answered in their order, those of others too', async () => {
    const [one, other] = [newParent(), newParent()];
    const seen: string[] = [];
    const noting: Messenger = {
      receive: async (incoming) => {
        seen.push(`${incoming.sender} ${incoming.text}`);
        const answer = await told.messenger.receive(incoming);
        return { ...answer, messages: [{ text: `answer to ${incoming.text}`, manner: 'text', options: [] }] };
      },
    };
    const own = await serveWhatsApp(noting);
    const all = ['a', 'b', 'c', 'd'].map((words) => meta.text(words, TODAY, one));
    const got = await post(
      meta.delivery([...all.slice(0, 2), meta.text('x', TODAY, other), ...all.slice(2)]),
      {},
      own.url,
    );
    expect(got.status).toBe(200);
    const to = (number: string) => fake.sent.filter(({ body }) => body.to === number).map(textOf);
    expect(to(one)).toEqual(['answer to a', 'answer to b', 'answer to c', 'answer to d']);
    expect(to(other)).toEqual(['answer to x']);
    expect(seen.filter((line) => line.startsWith(one))).toEqual(
      ['a', 'b', 'c', 'd'].map((words) => `${one} ${words}`),
    );
    await own.stop();
  });

  test('STOP erases and says so; HELP says whom to reach', async () => {
    const from = newParent();
    await say('money', from);
    await say('STOP', from);
    expect(textOf(fake.sent.at(-1) as meta.Sent)).toMatch(/erased/);
    fake.sent.length = 0;
    await say('HELP', from);
    expect(texts()).toContain('999');
  });
});

describe('who hides their number behind a user name', () => {
  const userId = 'GB.13491208655302741918';

  test('is answered by the id that stands for them', async () => {
    const { from: _hidden, ...message } = meta.text('I need help with money', TODAY);
    const contacts = [{ profile: { name: 'Z', username: '@zebedee' }, user_id: userId }];
    await post(meta.delivery([{ ...message, from_user_id: userId }], contacts));
    expect(fake.sent.length).toBeGreaterThan(0);
    for (const { body } of fake.sent) {
      expect(body.recipient).toBe(userId);
      expect(body).not.toHaveProperty('to');
      expect(faultsOf(body)).toEqual([]);
    }
  });

  test('keeps their conversation from before they hid it', async () => {
    const id = 'GB.99999999999999999999';
    const from = newParent();
    const contacts = [{ profile: { name: 'Z' }, user_id: id, wa_id: from }];
    await post(meta.delivery([{ ...meta.text('money', TODAY, from), from_user_id: id }], contacts));
    expect(fake.sent[0]?.body.to).toBe(from);
    fake.sent.length = 0;
    const { from: _hidden, ...hidden } = meta.text('more', TODAY);
    await post(meta.delivery([{ ...hidden, from_user_id: id }], [{ profile: {}, user_id: id }]));
    // Nobody is greeted twice.
    expect(texts()).not.toContain('Fingerpost.');
    expect(fake.sent[0]?.body.recipient).toBe(id);
  });
});

describe('what is no text', () => {
  test.each([
    'audio',
    'sticker',
    'video',
    'location',
    'contacts',
    'document',
    'order',
    'unsupported',
    'something new',
  ])('%s: they are told that we read text only', async (type) => {
    const got = await post(meta.delivery([meta.other(type, TODAY, { id: '1' }, newParent())]));
    expect(got.status).toBe(200);
    expect(texts()).toMatch(/only read text/);
  });

  test('a picture is not fetched; the words under it are read', async () => {
    const asked = new Set<unknown>();
    const onFetch = (message: unknown) =>
      asked.add((message as { request: { origin: string } }).request.origin);
    const onRequest = (message: unknown) =>
      asked.add(`http://${(message as { request: ClientRequest }).request.getHeader('host')}`);
    subscribe('undici:request:create', onFetch);
    subscribe('http.client.request.start', onRequest);
    await post(meta.delivery([meta.image(TODAY, undefined, newParent())]));
    expect(texts()).toMatch(/only read text/);
    await post(meta.delivery([meta.image(TODAY, 'my husband hits me', newParent())]));
    expect(texts()).toMatch(/0808 2000 247|999/);
    unsubscribe('undici:request:create', onFetch);
    unsubscribe('http.client.request.start', onRequest);
    expect(asked).toEqual(new Set([served.url, fake.host]));
  });

  test.each([
    ['a thumb under a message', () => meta.other('reaction', TODAY, { message_id: 'wamid.x', emoji: '👍' })],
    [
      'a new number',
      () => meta.other('system', TODAY, { type: 'customer_changed_number', wa_id: '447700900124' }),
    ],
    ['a message in a group', () => ({ ...meta.text('Hello', TODAY), group_id: 'Y2FwaV9ncm91cA' })],
    ['a message without an id', () => ({ ...meta.text('Hello', TODAY), id: undefined })],
    ['a message from nobody', () => ({ ...meta.text('Hello', TODAY), from: undefined })],
    ['a message from something strange', () => ({ ...meta.text('Hello', TODAY), from: '../../me' })],
    ['a number for a message', () => 7],
    ['words that are no text', () => ({ ...meta.text('', TODAY), text: { body: { a: 1 } } })],
  ])('%s is passed over', async (_what, message) => {
    const got = await post(meta.delivery([message()], []));
    expect(got.status).toBe(200);
    expect(fake.sent).toEqual([]);
  });

  test('news of our own messages is passed over', async () => {
    expect((await post(meta.status(TODAY))).status).toBe(200);
    expect(fake.sent).toEqual([]);
  });

  test('a message to another number of the same account is not ours', async () => {
    const metadata = { display_phone_number: '447700900555', phone_number_id: '1' };
    const got = await post(meta.delivery([meta.text('Hello', TODAY)], [], { metadata }));
    expect(got.status).toBe(200);
    expect(fake.sent).toEqual([]);
  });

  test('one broken message does not take the others with it', async () => {
    const from = newParent();
    await post(meta.delivery([7, { type: 'text' }, meta.text('money', TODAY, from)]));
    expect(fake.sent.every(({ body }) => body.to === from)).toBe(true);
    expect(fake.sent.length).toBeGreaterThan(0);
  });

  test('a message of more than a day ago is not answered: nobody may any more', async () => {
    const hours = (count: number) => new Date(TODAY.getTime() - count * 3_600_000);
    expect((await post(meta.delivery([meta.text('Hello', hours(25), newParent())]))).status).toBe(200);
    expect(fake.sent).toEqual([]);
    await post(meta.delivery([meta.text('Hello', hours(23), newParent())]));
    expect(fake.sent.length).toBeGreaterThan(0);
  });
});

describe('what is delivered twice', () => {
  test('is answered once', async () => {
    const delivery = meta.delivery([meta.text('money', TODAY, newParent())]);
    expect((await post(delivery)).status).toBe(200);
    const { length } = fake.sent;
    expect((await post(delivery)).status).toBe(200);
    expect(fake.sent).toHaveLength(length);
  });

  test('also when it comes twice at once', async () => {
    const delivery = meta.delivery([meta.text('money', TODAY, newParent())]);
    fake.delay = 20;
    await Promise.all([post(delivery), post(delivery)]);
    const bodies = fake.sent.map(({ body }) => JSON.stringify(body));
    expect(new Set(bodies).size).toBe(bodies.length);
  });

  test('is answered the second time where nothing could be sent the first, and changes nothing twice', async () => {
    const from = newParent();
    await say('money', from);
    fake.sent.length = 0;
    const delivery = meta.delivery([meta.text('1', TODAY, from)]);
    fake.next.push(503, 503, 503, 503);
    expect(await post(delivery)).toMatchObject({ status: 503, code: 'NotAnsweredYet' });
    expect(fake.sent).toEqual([]);
    expect(dropped).toBe(1);
    expect((await post(delivery)).status).toBe(200);
    const second = fake.sent.map(({ body }) => body);
    expect(second.length).toBeGreaterThan(0);
    // Somebody who had no trouble sees the same.
    const other = newParent();
    await say('money', other);
    fake.sent.length = 0;
    await say('1', other);
    expect(fake.sent.map(({ body }) => ({ ...body, to: from }))).toEqual(second);
  });

  test('after a new start it is answered rather twice than never', async () => {
    const delivery = meta.delivery([meta.text('money', TODAY, newParent())]);
    fake.next.push(503, 503, 503, 503);
    await post(delivery);
    const restarted = await serveWhatsApp(told.again());
    expect((await post(delivery, {}, restarted.url)).status).toBe(200);
    expect(fake.sent.length).toBeGreaterThan(0);
    await restarted.stop();
  });
});

describe('when Meta does not take a message', () => {
  test.each([429, 500, 502, 503, 0])('%i: it is tried again, at most three times more', async (code) => {
    fake.next.push(code, code, code);
    expect((await say('money', newParent())).status).toBe(200);
    expect(fake.sent.length).toBeGreaterThan(0);
    expect(dropped).toBe(0);
  });

  test.each([400, 401, 403, 404])('%i: it is not tried again, and is counted', async (code) => {
    fake.next.push(...Array(20).fill(code));
    // 200: delivered again it would fare no better.
    expect((await say('money', newParent())).status).toBe(200);
    expect(fake.sent).toEqual([]);
    expect(dropped).toBe(20 - fake.next.length);
  });

  test('a redirection is not followed: our token is for its host only', async () => {
    const foreign = await meta.fakeMeta();
    fake.location = `${foreign.host}/`;
    fake.next.push(307, 307, 307, 307);
    expect((await say('money', newParent())).status).toBe(503);
    expect([...fake.sent, ...foreign.sent]).toEqual([]);
    await foreign.stop();
  });

  test('if one message of an answer arrived, the delivery is done', async () => {
    const from = newParent();
    const two: Messenger = {
      receive: async (incoming) => ({
        ...(await told.messenger.receive(incoming)),
        messages: ['one', 'two'].map((text) => ({ text, manner: 'text', options: [] })),
      }),
    };
    const own = await serveWhatsApp(two);
    fake.next.push(200, 503, 503, 503, 503);
    expect((await post(meta.delivery([meta.text('Hello', TODAY, from)]), {}, own.url)).status).toBe(200);
    expect(fake.sent.map(textOf)).toEqual(['one']);
    expect(dropped).toBe(1);
    await own.stop();
  });
});

test('a delivery is not held longer than Meta waits, and what is in hand is finished', async () => {
  const slow = await serveWhatsApp(told.messenger, { patience: 30 });
  fake.delay = 150;
  const delivery = meta.delivery([meta.text('money', TODAY, newParent())]);
  const begun = performance.now();
  expect((await post(delivery, {}, slow.url)).status).toBe(503);
  expect(performance.now() - begun).toBeLessThan(140);
  fake.delay = 0;
  // It waits for the first to be sent, and then has nothing to do.
  await slow.stop();
  const { length } = fake.sent;
  expect(length).toBeGreaterThan(0);
});

test('the answer to Meta comes after the answer to the person', async () => {
  const from = newParent();
  await say('money', from);
  expect(fake.sent.some(({ body }) => body.to === from)).toBe(true);
});

test('a messenger that fails is asked again later, and says nothing of why', async () => {
  const failing = await serveWhatsApp({
    receive: () => Promise.reject(new Error(`cannot write ${meta.PARENT}`)),
  });
  const got = await post(meta.delivery([meta.text('Hello', TODAY)]), {}, failing.url);
  expect(got).toMatchObject({ status: 503, code: 'NotAnsweredYet' });
  expect(leaksIn(got.body)).toEqual([]);
  expect(failing.reported).toHaveLength(1);
  await failing.stop();
});

describe('what is refused', () => {
  const hello = () => meta.delivery([meta.text('Hello', TODAY, newParent())]);

  test.each<[string, string, Record<string, string>, number, string]>([
    ['no signature', '', { 'X-Hub-Signature-256': '' }, 403, 'InvalidSignature'],
    ['a forged one', '', { 'X-Hub-Signature-256': `sha256=${'0'.repeat(64)}` }, 403, 'InvalidSignature'],
    [
      'one with another secret',
      '',
      { 'X-Hub-Signature-256': meta.sign(JSON.stringify(hello()), 'x') },
      403,
      'InvalidSignature',
    ],
    [
      'the old kind only',
      '',
      { 'X-Hub-Signature-256': '', 'X-Hub-Signature': 'sha1=1' },
      403,
      'InvalidSignature',
    ],
    ['a form', '', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415, 'UnsupportedMediaType'],
    ['a packed body', '', { 'Content-Encoding': 'gzip' }, 415, 'UnsupportedMediaType'],
    ['broken JSON', '{"object":', {}, 400, 'BadSyntax'],
    ['nothing', '', { none: '' }, 400, 'BadSyntax'],
    ['no object', '[]', {}, 400, 'BadSyntax'],
    ['null', 'null', {}, 400, 'BadSyntax'],
    ['another kind of thing', '{"object":"page","entry":[]}', {}, 400, 'BadArgument'],
    ['no entries', '{"object":"whatsapp_business_account"}', {}, 400, 'BadArgument'],
    ['entries that are none', '{"object":"whatsapp_business_account","entry":[7]}', {}, 400, 'BadArgument'],
    ['levels without end', `{"object":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, {}, 400, 'BadSyntax'],
    ['half of the levels', `{"object":${'['.repeat(50_000)}`, {}, 400, 'BadSyntax'],
  ])('%s', async (what, body, headers, status, code) => {
    const got = await post(body === '' && what !== 'nothing' ? hello() : body, headers);
    expect([got.status, got.code]).toEqual([status, code]);
    expect(leaksIn(got.body)).toEqual([]);
    expect(fake.sent).toEqual([]);
  });

  test('a body of which one byte is another, though it means the same', async () => {
    const body = JSON.stringify(hello());
    const got = await post(`${body} `, { 'X-Hub-Signature-256': meta.sign(body) });
    expect(got.status).toBe(403);
  });

  test('letters that are none', async () => {
    const body = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
    const { createHmac } = await import('node:crypto');
    const signature = `sha256=${createHmac('sha256', meta.APP_SECRET).update(body).digest('hex')}`;
    const response = await fetch(`${served.url}/channels/whatsapp`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signature },
    });
    expect(response.status).toBe(400);
  });

  test('far too much', async () => {
    const got = await post('x'.repeat(3 * 1024 * 1024 + 1));
    expect([got.status, got.code]).toEqual([413, 'MessageSizeTooBig']);
  });
});

test('no number, name or word is logged', async () => {
  const logs = (['log', 'warn', 'error', 'info'] as const).map((name) => vi.spyOn(console, name));
  fake.next.push(400, 503);
  await say('I am Zebedee Quillfeather of 12 Larkspur Road', newParent());
  const calls = logs.flatMap((log) => log.mock.calls);
  for (const log of logs) log.mockRestore();
  expect(calls).toEqual([]);
  expect(served.reported).toEqual([]);
});

afterEach(() => {
  expect(fake.sent.flatMap(({ body }) => faultsOf(body))).toEqual([]);
});
