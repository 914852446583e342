import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Messenger } from '../../../src/channels/messaging/messenger.ts';
import { createSms } from '../../../src/channels/sms/sms.ts';
import { openMessenger, type Told } from '../real-messenger.ts';
import { leaksIn, type Served, serve } from '../serve.ts';
import { ACCOUNT, messageFrom, NUMBER, PARENT, PUBLIC_URL, pictureFrom, sign, TOKEN } from './twilio.ts';

let told: Told;
let served: Served;

function serveSms(messenger: Messenger): Promise<Served> {
  return serve((report) =>
    createSms({
      messenger,
      accountSid: ACCOUNT,
      authToken: TOKEN,
      number: NUMBER,
      publicUrl: PUBLIC_URL,
      report,
    }),
  );
}

beforeAll(async () => {
  told = openMessenger();
  served = await serveSms(told.messenger);
});
afterAll(async () => {
  await served.stop();
  told.stop();
});

interface Got {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly texts: readonly string[];
}

async function post(
  form: URLSearchParams | string,
  headers: Readonly<Record<string, string>> = {},
  url = served.url,
): Promise<Got> {
  const signature = typeof form === 'string' ? '' : sign(`${PUBLIC_URL}/channels/sms`, form);
  const response = await fetch(`${url}/channels/sms`, {
    method: 'POST',
    body: form.toString(),
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'X-Twilio-Signature': signature,
      'User-Agent': 'TwilioProxy/1.1',
      ...headers,
    },
  });
  const body = await response.text();
  const texts = [...body.matchAll(/<Message>([^<>]*)<\/Message>/g)].map(([, text = '']) => decoded(text));
  return { status: response.status, type: response.headers.get('content-type') ?? '', body, texts };
}

function decoded(xml: string): string {
  return xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

let parents = 0;
/** Somebody new, of Ofcom's numbers for drama. */
function newParent(): string {
  parents++;
  return `+4477009${String(parents).padStart(5, '0')}`;
}

const TWIML =
  /^<\?xml version="1\.0" encoding="UTF-8"\?><Response>(<Message>([^<>&]|&(lt|gt|amp);)*<\/Message>)*<\/Response>$/;

test('a text message is answered with TwiML: each message of its own, within what Twilio takes', async () => {
  const got = await post(messageFrom('Hello', { From: newParent() }));
  expect(got).toMatchObject({ status: 200, type: 'text/xml; charset=utf-8' });
  expect(got.body).toMatch(TWIML);
  expect(got.texts.length).toBeGreaterThan(0);
  expect(got.texts.every((text) => text.length <= 1600)).toBe(true);
  expect(got.texts.join('\n')).toMatch(/999/);
});

test('a conversation by numbers goes on, each number its own', async () => {
  const [one, other] = [newParent(), newParent()];
  const first = await post(messageFrom('I need help with money', { From: one }));
  expect(first.texts.at(-1)).toMatch(/1\. /);
  const second = await post(messageFrom('1', { From: one }));
  expect(second.texts.join()).not.toEqual(first.texts.join());
  const another = await post(messageFrom('1', { From: other }));
  expect(another.texts.join()).not.toEqual(second.texts.join());
});

test('what XML cannot hold as it is, is escaped; nothing else is changed', async () => {
  const text = 'If a < b & c > d, "quote" it\u0000\u0007\n2. €10 ভাল';
  const messenger: Messenger = {
    receive: async () => ({
      messages: [{ text, manner: 'text', options: [] }],
      language: 'en',
      repeated: false,
      ended: false,
      urgent: false,
    }),
  };
  const own = await serveSms(messenger);
  const got = await post(messageFrom('x'), {}, own.url);
  expect(got.body).toMatch(TWIML);
  expect(got.body).toContain('If a &lt; b &amp; c &gt; d, "quote" it\n2. €10 ভাল');
  await own.stop();
});

describe('the same message again', () => {
  test('gets the same TwiML, and changes nothing', async () => {
    const From = newParent();
    await post(messageFrom('money', { From }));
    const form = messageFrom('1', { From });
    const once = await post(form);
    const again = await post(form);
    expect(again.body).toBe(once.body);
    const next = await post(messageFrom('more', { From }));
    const fresh = newParent();
    await post(messageFrom('money', { From: fresh }));
    await post(messageFrom('1', { From: fresh }));
    expect((await post(messageFrom('more', { From: fresh }))).texts).toEqual(next.texts);
  });

  test('changes nothing after a new start either', async () => {
    const From = newParent();
    await post(messageFrom('money', { From }));
    const form = messageFrom('1', { From });
    const once = await post(form);
    const restarted = await serveSms(told.again());
    const again = await post(form, {}, restarted.url);
    expect(again.status).toBe(200);
    // What was new a moment ago is not new any more; the question is the same.
    expect(once.texts.at(-1)).toContain(again.texts.at(-1));
    await restarted.stop();
  });

  test('sent twice at once, it is taken once', async () => {
    const From = newParent();
    await post(messageFrom('money', { From }));
    const form = messageFrom('1', { From });
    const [a, b] = await Promise.all([post(form), post(form)]);
    expect(a.body).toBe(b.body);
  });
});

describe('STOP and HELP', () => {
  test('STOP, which Twilio has confirmed already, erases all and is answered with nothing', async () => {
    const From = newParent();
    await post(messageFrom('money', { From }));
    const got = await post(messageFrom('STOP', { From, OptOutType: 'STOP' }));
    expect(got.body).toBe('<?xml version="1.0" encoding="UTF-8"?><Response></Response>');
    // They are greeted as somebody new.
    const later = await post(messageFrom('START', { From, OptOutType: 'START' }));
    expect(later.texts.join('\n')).toContain('Fingerpost');
  });

  test('a word of the council’s own that Twilio takes for STOP erases too', async () => {
    const From = newParent();
    await post(messageFrom('money', { From }));
    const got = await post(messageFrom('OPTOUT', { From, OptOutType: 'STOP' }));
    expect(got.texts).toEqual([]);
    const later = await post(messageFrom('1', { From }));
    expect(later.texts.join('\n')).toContain('Fingerpost');
  });

  test('a STOP of which Twilio said nothing is confirmed by us', async () => {
    const From = newParent();
    await post(messageFrom('money', { From }));
    const got = await post(messageFrom('stop', { From }));
    expect(got.texts.join(' ')).toMatch(/erased/);
  });

  test('HELP says whom to reach, also where Twilio says something of its own', async () => {
    const got = await post(messageFrom('HELP', { From: newParent(), OptOutType: 'HELP' }));
    expect(got.texts.join('\n')).toMatch(/999/);
  });
});

test('a picture is not fetched, and whoever sent it is told that we read text only', async () => {
  const fetched: string[] = [];
  const media = createServer((request, response) => {
    fetched.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((done) => media.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(media.address() as AddressInfo).port}/picture.jpg`;
  const got = await post(pictureFrom('', url));
  expect(got.texts.join('\n')).toMatch(/only read text/);
  const withWords = await post(pictureFrom('my husband hits me', url));
  expect(withWords.texts.join('\n')).toMatch(/999/);
  expect(fetched).toEqual([]);
  media.close();
});

describe('what is refused', () => {
  const code = (got: Got) => JSON.parse(got.body).error.code;

  test.each<[string, (form: URLSearchParams) => Record<string, string>, number, string]>([
    ['no signature', () => ({ 'X-Twilio-Signature': '' }), 403, 'InvalidSignature'],
    [
      'a forged one',
      () => ({ 'X-Twilio-Signature': 'RSOYDt4T1cUTdK1PDD93/VVr8B8=' }),
      403,
      'InvalidSignature',
    ],
    [
      'one of another account',
      (form) => ({ 'X-Twilio-Signature': sign(`${PUBLIC_URL}/channels/sms`, form, 'other') }),
      403,
      'InvalidSignature',
    ],
    [
      'one for another address',
      (form) => ({ 'X-Twilio-Signature': sign('https://evil.example/channels/sms', form) }),
      403,
      'InvalidSignature',
    ],
    ['JSON', () => ({ 'Content-Type': 'application/json' }), 415, 'UnsupportedMediaType'],
    ['a packed body', () => ({ 'Content-Encoding': 'gzip' }), 415, 'UnsupportedMediaType'],
  ])('%s', async (_what, headers, status, expected) => {
    const form = messageFrom('Hello');
    const got = await post(form, headers(form));
    expect([got.status, code(got)]).toEqual([status, expected]);
  });

  test.each<[string, Record<string, string>, number, string]>([
    ['another account’s message', { AccountSid: 'ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb' }, 403, 'NotOurs'],
    ['a message to another number', { To: '+447700900555' }, 403, 'NotOurs'],
    ['a message on WhatsApp', { To: `whatsapp:${NUMBER}`, From: `whatsapp:${PARENT}` }, 403, 'NotOurs'],
    ['no id', { MessageSid: '' }, 400, 'BadArgument'],
    ['an id of something else', { MessageSid: 'CA00000000000000000000000000000000' }, 400, 'BadArgument'],
    ['no sender', { From: '' }, 400, 'BadArgument'],
    ['a sender of many letters', { From: 'x'.repeat(500) }, 400, 'BadArgument'],
  ])('%s, though signed', async (_what, fields, status, expected) => {
    const got = await post(messageFrom('Hello', fields));
    expect([got.status, code(got)]).toEqual([status, expected]);
  });

  test('a field that counts, given twice', async () => {
    const form = messageFrom('Hello');
    form.append('From', '+447700900124');
    const got = await post(form);
    expect([got.status, code(got)]).toEqual([400, 'BadArgument']);
  });

  test('nothing, nonsense, very many fields, and far too much', async () => {
    expect((await post('')).status).toBe(403);
    expect((await post('%%%=&&&==%ff')).status).toBe(403);
    const many = await post('a&'.repeat(20_000));
    expect([many.status, code(many)]).toEqual([400, 'BadArgument']);
    const huge = await post(messageFrom('x'.repeat(70_000)));
    expect([huge.status, code(huge)]).toEqual([413, 'MessageSizeTooBig']);
  });

  test('GET', async () => {
    expect((await fetch(`${served.url}/channels/sms`)).status).toBe(405);
  });
});

describe('privacy', () => {
  const spies = () => (['log', 'warn', 'error', 'info'] as const).map((name) => vi.spyOn(console, name));
  let logs: ReturnType<typeof spies>;
  beforeEach(() => {
    logs = spies();
  });
  afterEach(() => {
    for (const log of logs) log.mockRestore();
  });

  test('no number and no word is logged, stored or in an error, also where the messenger fails', async () => {
    const failing = await serveSms({
      receive: () => Promise.reject(new Error(`cannot write ${PARENT} Zebedee`)),
    });
    const got = await post(messageFrom('I am Zebedee Quillfeather'), {}, failing.url);
    expect(got.status).toBe(500);
    expect(JSON.parse(got.body)).toEqual({
      error: { code: 'ServiceError', message: 'Internal Server Error' },
    });
    expect(leaksIn(got.body)).toEqual([]);
    await failing.stop();
    await post(messageFrom('I am Zebedee Quillfeather'));
    expect(logs.flatMap((log) => log.mock.calls)).toEqual([]);
    const stored = JSON.stringify(await told.storage.read([`channel/${PARENT}`, PARENT]));
    expect(stored).toBe('{}');
  });
});

test('a flood from one number is turned away, and others are served', async () => {
  const flooding = '+447700900777';
  const release = Promise.withResolvers<void>();
  const isUrgent = vi.fn(told.messenger.isUrgent);
  const slow = await serveSms({
    isUrgent,
    receive: async (incoming) => {
      if (incoming.sender === flooding) await release.promise;
      return told.messenger.receive(incoming);
    },
  });
  const codes: string[] = [];
  const flood = [...Array(30)].map(() =>
    post(messageFrom('Hello', { From: flooding }), {}, slow.url).then((got) => {
      if (got.status === 429) codes.push(JSON.parse(got.body).error.code);
      return got.status;
    }),
  );
  await vi.waitFor(() => expect(codes).toEqual(Array(10).fill('TooManyRequests')), { timeout: 60_000 });
  expect((await post(messageFrom('Hello', { From: newParent() }), {}, slow.url)).status).toBe(200);
  const urgent = ['i want to kill myself', 'Help', 'STOP'].map((text) =>
    post(messageFrom(text, { From: flooding }), {}, slow.url),
  );
  await vi.waitFor(() => expect(isUrgent).toHaveBeenCalledTimes(13), { timeout: 60_000 });
  release.resolve();
  expect((await Promise.all(flood)).filter((status) => status === 200)).toHaveLength(20);
  expect((await Promise.all(urgent)).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await post(messageFrom('Hello', { From: flooding }), {}, slow.url)).status).toBe(200);
  await slow.stop();
});
