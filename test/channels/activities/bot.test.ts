import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Activity, Bot } from '../../../src/channels/activities/activity.ts';
import { createBot } from '../../../src/channels/activities/bot.ts';
import { type Served, serveMessenger } from '../messaging/serve.ts';

let served: Served;
let bot: Bot;
let count = 0;

beforeAll(async () => {
  served = await serveMessenger();
  bot = createBot(served);
});
afterAll(() => served.stop());

function talk(channelId: string, rest: Partial<Activity> = {}) {
  const conversation = { id: `c${++count}` };
  return (activity: Partial<Activity>) =>
    bot({
      type: 'message',
      channelId,
      conversation,
      from: { id: 'u' },
      recipient: { id: 'b' },
      ...rest,
      ...activity,
    });
}

const HELLO = 'my son is 7 and school keeps sending him home';

test('greets who joins, not itself', async () => {
  const say = talk('directline', { locale: 'cy-GB' });
  expect(await say({ type: 'conversationUpdate', membersAdded: [{ id: 'b' }] })).toEqual([]);
  const [greeting] = await say({ type: 'conversationUpdate', membersAdded: [{ id: 'u' }, { id: 'b' }] });
  expect(greeting?.locale).toBe('cy');
  expect(greeting?.textFormat).toBe('plain');
});

test('Web Chat gets suggested actions that carry ids, and what is tapped is an answer', async () => {
  const say = talk('webchat');
  const last = (await say({ text: HELLO, id: '1' })).at(-1);
  const wales = last?.suggestedActions?.actions.find(({ title }) => title === 'Wales');
  expect(wales).toEqual({
    type: 'messageBack',
    title: 'Wales',
    text: 'Wales',
    displayText: 'Wales',
    value: { choice: 'fp:answer:household.nation:0:value:wales' },
  });
  expect(last?.inputHint).toBe('expectingInput');
  expect(last?.replyToId).toBe('1');
  const next = await say({ value: wales?.value, text: 'Wales' });
  expect(next.map(({ text }) => text).join('\n')).toContain('Wales');
});

test.each(['msteams', 'telegram', 'slack'])('%s gets a card with buttons', async (channel) => {
  const last = (await talk(channel)({ text: HELLO })).at(-1);
  expect(last?.suggestedActions).toBeUndefined();
  const [card] = last?.attachments ?? [];
  expect(card?.contentType).toBe('application/vnd.microsoft.card.hero');
});

test.each(['facebook', 'line', 'telegram', 'slack'])(
  'what a button of %s sends back is read from the text',
  async (channel) => {
    const say = talk(channel);
    await say({ text: HELLO });
    const [price] = await say({ text: 'fp:entry:blue-badge' });
    expect(price?.text).toContain('Blue Badge');
  },
);

test('e-mail and channels that we do not know get text with numbers', async () => {
  for (const channel of ['email', 'sms', 'carrier-pigeon']) {
    const all = await talk(channel)({ text: HELLO });
    expect(all.some((one) => one.suggestedActions ?? one.attachments)).toBe(false);
    expect(all.map(({ text }) => text).join('\n')).toContain('2. Wales');
  }
});

test('the same id of a conversation at two services is two conversations', async () => {
  const conversation = { id: 'the same' };
  await talk('telegram', { conversation })({ text: 'my son is 7 and school keeps sending him home' });
  const other = await talk('slack', { conversation })({ text: 'answers' });
  expect(other.map(({ text }) => text).join('\n')).toContain('You have not answered anything yet.');
  // Two that we do not know are two as well.
  await talk('carrier-pigeon', { conversation })({ text: 'my son is 7 and school keeps sending him home' });
  const unknown = await talk('smoke-signals', { conversation })({ text: 'answers' });
  expect(unknown.map(({ text }) => text).join('\n')).toContain('You have not answered anything yet.');
});

test('in a group nothing is asked; whom to call is said', async () => {
  const say = talk('msteams', { conversation: { id: 'g', isGroup: true } });
  const [only, ...others] = await say({ text: 'my son is 7 and i want to die' });
  expect(others).toEqual([]);
  expect(only?.text).toContain('999');
  expect(only?.text).toContain('on your own');
  expect(await say({ type: 'conversationUpdate', membersAdded: [{ id: 'u' }] })).toEqual([]);
});

test('the end of a conversation erases it, and STOP ends it', async () => {
  const say = talk('directline');
  await say({ text: HELLO });
  expect(await say({ type: 'endOfConversation' })).toEqual([]);
  expect((await say({ text: 'answers' })).map(({ text }) => text).join()).toContain('not answered anything');
  expect((await say({ text: 'stop' })).at(-1)?.type).toBe('endOfConversation');
});

test.each([
  {},
  { conversation: undefined },
  { conversation: { id: '' } },
  { type: 'typing' },
  { type: 'event', value: { choice: 5 } },
  { text: 5 as unknown as string },
  { value: { choice: { a: 1 } } },
  { value: 'fp:erase' },
  { locale: 5 as unknown as string, text: 'hello' },
  { membersAdded: [null as unknown as { id: string }], type: 'conversationUpdate' },
  { attachments: [{ contentType: 'image/png', contentUrl: 'http://169.254.169.254/' }] },
  { text: 'x'.repeat(200_000) },
])('takes anything: %j', async (activity: Partial<Activity>) => {
  await expect(talk('directline')(activity)).resolves.toBeInstanceOf(Array);
});
