import { afterAll, beforeAll, expect, test } from 'vitest';
import { payloadOf } from '../../../src/channels/whatsapp/payload.ts';
import { content, everything, openMessenger, type Said, type Told, voices } from '../real-messenger.ts';
import { faultsOf } from './rules.ts';

let told: Told;
let all: readonly Said[];

beforeAll(async () => {
  told = openMessenger();
  all = await everything(told.messenger, 'whatsapp');
});
afterAll(() => told.stop());

const asSent = (said: Said) =>
  said.messages.map((message) => ({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: '447700900123',
    ...payloadOf(message, voices(said.language).say('messaging.list_button').text),
  }));

test('whatever we say in whatever language, Cloud API takes', () => {
  expect(all.length).toBeGreaterThan(content.languages.size * content.facts.size);
  const wrong = all.flatMap((said) =>
    asSent(said).flatMap((message) =>
      faultsOf(message).map((fault) => `${said.what} in ${said.language}: ${fault}`),
    ),
  );
  expect(wrong).toEqual([]);
});

test('buttons and lists are used, and nothing of an option is lost on the way', () => {
  const kinds = new Map<string, number>();
  for (const said of all) {
    for (const [i, { type, ...sent }] of asSent(said).entries()) {
      const { options = [], text, manner } = said.messages[i] ?? {};
      kinds.set(manner ?? '', (kinds.get(manner ?? '') ?? 0) + 1);
      const whole = JSON.stringify(sent);
      for (const { key, label, description } of options) {
        expect(whole).toContain(JSON.stringify(key));
        expect(whole).toContain(JSON.stringify(label));
        if (description) expect(whole).toContain(JSON.stringify(description));
      }
      expect(whole).toContain(JSON.stringify(text));
    }
  }
  expect([...kinds.keys()].sort()).toEqual(['buttons', 'list', 'text']);
});

test('the word on a list’s button is there in every language, and short enough', () => {
  const words = [...content.languages.keys()].map((code) => voices(code).say('messaging.list_button').text);
  expect(new Set(words).size).toBe(content.languages.size);
  expect(words.filter((word) => word === '' || [...word].length > 20)).toEqual([]);
});
