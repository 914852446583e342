import { afterAll, beforeAll, expect, test } from 'vitest';
import { segmentsOf } from '../../../src/channels/messaging/segments.ts';
import { twimlOf } from '../../../src/channels/sms/twiml.ts';
import { content, everything, openMessenger, type Said, type Told } from '../real-messenger.ts';

let told: Told;
let all: readonly Said[];

beforeAll(async () => {
  told = openMessenger();
  all = await everything(told.messenger, 'sms');
});
afterAll(() => told.stop());

/** In Twilio's limits (https://www.twilio.com/docs/messaging/twiml/message): 1,600 characters, and not empty. */
test('whatever we say in whatever language, Twilio takes, and in few segments', () => {
  expect(all.length).toBeGreaterThan(content.languages.size * content.facts.size);
  const wrong = all.flatMap(({ what, language, messages }) =>
    messages
      .filter(
        ({ text, manner, options }) =>
          text.trim() === '' ||
          text.length > 1600 ||
          // A text that is cut between two messages pays for itself; more than that in one is cut by some phones.
          segmentsOf(text) > 3 ||
          manner !== 'text' ||
          options.length > 0,
      )
      .map(({ text }) => `${what} in ${language}: ${segmentsOf(text)} segments: ${text.slice(0, 60)}`),
  );
  expect(wrong).toEqual([]);
  expect(all.filter(({ messages }) => messages.length === 0)).toEqual([]);
});

test('an answer is few messages, but for help in danger and the greeting', () => {
  const long = all.filter(({ what, messages }) => messages.length > 6 && !/danger|greeting/.test(what));
  expect(long.map(({ what, language, messages }) => `${what} in ${language}: ${messages.length}`)).toEqual(
    [],
  );
});

test('the whole of an answer as TwiML is within 64 KB, and says what was said', () => {
  for (const { messages } of all) {
    const xml = twimlOf(messages.map(({ text }) => text));
    expect(Buffer.byteLength(xml)).toBeLessThan(64 * 1024);
    expect([...xml.matchAll(/<Message>/g)]).toHaveLength(messages.length);
  }
});
