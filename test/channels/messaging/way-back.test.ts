import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHANNELS, type ChannelName } from '../../../src/channels/messaging/limits.ts';
import type { Answer, Incoming } from '../../../src/channels/messaging/messenger.ts';
import { segmentsOf } from '../../../src/channels/messaging/segments.ts';
import { type Served, serveMessenger } from './serve.ts';

const KEY = 'fp:danger:parent-suicide';
const SCREENS = [
  'fp:continue',
  'fp:ask:household.nation:0',
  'fp:ask:child.age:0',
  'fp:ask:child.difficulties:0',
  'fp:pick:child.difficulties:0:sleep',
  'fp:show:topics',
  'fp:show:found',
  'fp:show:answers',
  'fp:entry:blue-badge',
  'fp:languages',
];
const LANGUAGES = ['en', 'cy', 'pl', 'ar', 'ur', 'bn'];
const channels = Object.keys(CHANNELS) as ChannelName[];

let served: Served;
let count = 0;
beforeAll(async () => {
  served = await serveMessenger();
});
afterAll(() => served.stop());

function person(channel: ChannelName, locale: string) {
  const sender = `p${++count}`;
  const receive = (rest: Partial<Incoming>): Promise<Answer> =>
    served.messenger.receive({ channel, sender, locale, ...rest });
  return { tap: (tap: string) => receive({ tap }), say: (text: string) => receive({ text }) };
}

function textOf({ messages }: Answer): string {
  return messages.map(({ text }) => text).join('\n');
}

const said = (code: string, key: string) => served.voices(code).say(key).text;

/** @returns the number under which the way back stands; '-' by its words alone, 'tap' by a button with its words. */
function wayBack(answer: Answer, label: string): string | undefined {
  const button = answer.messages.at(-1)?.options.find(({ key }) => key === KEY);
  const line = textOf(answer)
    .split('\n')
    .find((one) => one === `- ${label}` || (/^\d+\. /.test(one) && one.endsWith(`. ${label}`)));
  if (line) return line.startsWith('-') ? '-' : line.split('.')[0];
  return button?.label === label ? 'tap' : undefined;
}

describe.each(channels)('on %s', (channel) => {
  test.each(LANGUAGES)('each screen after help in danger has one way back to it (%s)', async (code) => {
    const { tap, say } = person(channel, code);
    const label = said(code, 'help.heading');
    const title = textOf(await tap(KEY)).split('\n')[0] as string;
    const word = said(code, 'messaging.word.more').toUpperCase();
    const sendMore = served.voices(code).say('messaging.send_more', { word }).text;
    const isHelp = (answer: Answer) => answer.urgent && textOf(answer).startsWith(title);
    for (const screen of SCREENS) {
      let page = await tap(screen);
      for (let pages = 0; pages < 3; pages++) {
        const way = wayBack(page, label);
        expect(way, `${screen}, page ${pages + 1}: ${textOf(page)}`).toBeDefined();
        expect(textOf(page).split(label).length, textOf(page)).toBeLessThanOrEqual(2);
        const { segments, characters } = CHANNELS[channel] as { segments?: number; characters: number };
        for (const { text } of page.messages) {
          expect(text.length).toBeLessThanOrEqual(characters);
          if (segments !== undefined) expect(segmentsOf(text)).toBeLessThanOrEqual(segments);
        }
        const ways = [label, label.toUpperCase(), ...(way && /\d/.test(way) ? [way] : [])];
        for (const word of ways) {
          expect(isHelp(await say(word)), `${word} at ${screen}`).toBe(true);
          await tap(screen);
          for (let again = 0; again < pages; again++) await say(said(code, 'messaging.word.more'));
        }
        const more =
          page.messages.at(-1)?.options.some(({ key }) => key.startsWith('fp:more')) ||
          textOf(page).includes(sendMore);
        if (!more) break;
        page = await say(said(code, 'messaging.word.more'));
      }
    }
  });
});

test('its words in each language lead there, whatever the conversation is in', async () => {
  for (const code of LANGUAGES)
    for (const other of LANGUAGES) {
      const { tap, say } = person('sms', code);
      await tap(KEY);
      await tap('fp:continue');
      const help = await say(said(other, 'help.heading'));
      expect(help.urgent, `${other} in ${code}`).toBe(true);
      expect(textOf(help), `${other} in ${code}`).toContain('116 123');
    }
});

test.each(LANGUAGES)('the word for help puts the danger that came up first (%s)', async (code) => {
  const { tap, say } = person('sms', code);
  const title = textOf(await tap('fp:danger:no-food-heat-roof')).split('\n')[0] as string;
  await tap('fp:continue');
  expect(textOf(await say(said(code, 'messaging.word.help')))).toContain(`1. ${title}`);
  expect(textOf(await say('1'))).toMatch(title);
});

test('after several dangers one way leads to the help for each, theirs first', async () => {
  const { tap, say } = person('sms', 'en');
  await tap('fp:danger:no-food-heat-roof');
  const second = textOf(await tap(KEY));
  expect(second).toMatch(/\d+\. Food, heat or a roof tonight/);
  const next = textOf(await tap('fp:continue'));
  expect(next.split('Help now').length).toBe(2);
  const menu = textOf(await say('help now'));
  expect(menu).toMatch(/1\. Food, heat or a roof tonight[\s\S]*2\. You matter/);
});

test('where no danger came up there is no such option', async () => {
  const { tap } = person('sms', 'en');
  expect(textOf(await tap('fp:show:topics'))).not.toContain('Help now');
});
