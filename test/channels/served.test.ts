import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { type Running, start } from '../../src/server.ts';
import { message } from './botframework/azure.ts';
import { ACCOUNT, messageFrom, NUMBER, PARENT, PUBLIC_URL, sign, TOKEN } from './sms/twilio.ts';
import * as meta from './whatsapp/meta.ts';

/** The whole server, set up by its environment as a council would. */
const NOW = new Date('2026-11-22T12:00:00Z');
let folder: string;
let running: Running;
const lines: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fingerpost-served-'));
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: folder,
    AREA: 'X99000001',
    PUBLIC_URL,
    TRUSTED_PROXIES: '1',
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_AUTH_TOKEN: TOKEN,
    TWILIO_NUMBER: NUMBER,
    WHATSAPP_TOKEN: meta.TOKEN,
    WHATSAPP_APP_SECRET: 'a-secret',
    WHATSAPP_VERIFY_TOKEN: 'a-word',
    WHATSAPP_NUMBER_ID: meta.NUMBER_ID,
    MICROSOFT_APP_ID: '11111111-2222-4333-8444-555555555555',
    MICROSOFT_APP_PASSWORD: 'a-password',
  });
  running = await start(config, () => NOW);
});
afterAll(async () => {
  await running.stop();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

async function post(
  path: string,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
) {
  const response = await fetch(running.url + path, {
    method: 'POST',
    body,
    headers: { 'Content-Type': type, ...headers },
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

const FORM = 'application/x-www-form-urlencoded';

// An option's label is read for danger too: with what was learned of the whole content, which is kept, not anew.
test.each(['I am Zebedee, I need help with money', 'England', 'my husband hits me'])(
  'a text message is answered: %s',
  async (body) => {
    const form = messageFrom(body);
    const signature = sign(`${PUBLIC_URL}/channels/sms`, form);
    const got = await post('/channels/sms', FORM, form.toString(), { 'X-Twilio-Signature': signature });
    expect(got.status).toBe(200);
    expect(got.body).toMatch(/<Message>/);
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
  },
);

test('Meta is told that the address is ours', async () => {
  const query = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.verify_token': 'a-word',
    'hub.challenge': '42',
  });
  const response = await fetch(`${running.url}/channels/whatsapp?${query}`);
  expect(await response.text()).toBe('42');
});

describe('nobody gets in without a signature or a token, and the answer is for programs', () => {
  const activity = { ...message('Hello'), serviceUrl: 'https://webchat.botframework.com/' };
  test.each([
    ['/channels/sms', FORM, messageFrom('Hello').toString(), 403],
    ['/channels/whatsapp', 'application/json', JSON.stringify(meta.delivery([meta.text('Hello', NOW)])), 403],
    ['/api/messages', 'application/json', JSON.stringify(activity), 401],
    [
      '/api/messages',
      'application/json',
      JSON.stringify({ ...activity, serviceUrl: 'http://127.0.0.1:9' }),
      403,
    ],
  ])('%s', async (path, type, body, status) => {
    const got = await post(path, type, body);
    expect(got.status).toBe(status);
    expect(JSON.parse(got.body).error.code).toMatch(/^[A-Z]\w+$/);
  });

  test.each(['/channels/sms', '/api/messages'])('GET %s is answered for programs too', async (path) => {
    const response = await fetch(running.url + path);
    expect(response.status).toBe(405);
    expect((await response.json()) as object).toHaveProperty('error.code');
  });
});

test('the log has no number, name or word', async () => {
  await vi.waitFor(() => expect(lines.join('')).toContain('/channels/sms'));
  expect(lines.join('')).not.toContain(PARENT.slice(1));
  expect(lines.join('')).not.toMatch(/Zebedee|money|hub\.|Hello/);
});
