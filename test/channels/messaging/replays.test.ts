import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/channels/messaging/messenger.ts';
import { type Served, serveMessenger } from './serve.ts';

const HELLO = 'my son is 7 and school keeps sending him home';

let served: Served;
let count = 0;
beforeAll(async () => {
  served = await serveMessenger();
});
afterAll(() => served.stop());

function textOf({ messages }: Answer): string {
  return messages.map(({ text }) => text).join('\n');
}

/** Somebody new; `again` writes to a server that was started anew and remembers no answers. */
function person() {
  const sender = `+4477008${String(++count).padStart(5, '0')}`;
  const to = (which: () => Served['messenger']) => (text: string, id?: string) =>
    which().receive({ channel: 'sms', sender, text, ...(id === undefined ? {} : { id }) });
  return { say: to(() => served.messenger), again: to(() => served.again()) };
}

describe('the same message again', () => {
  test('is known after many more of the same person, and changes nothing', async () => {
    const { say, again } = person();
    await say(HELLO, 'a');
    await say('1', 'b');
    for (let i = 0; i < 60; i++) await say('answers', `more ${i}`);
    const before = await say('answers');
    for (const id of ['a', 'b', 'more 0']) {
      const twice = await again('2', id);
      expect(twice).toMatchObject({ repeated: true });
      expect(textOf(twice)).toBe(textOf(before));
    }
    expect(textOf(await say('answers'))).toBe(textOf(before));
  });

  test('after STOP and a new start begins nothing', async () => {
    const { say, again } = person();
    await say(HELLO, 'a');
    await say('stop', 'b');
    for (const [text, id] of [
      [HELLO, 'a'],
      ['stop', 'b'],
    ] as const) {
      const replayed = await again(text, id);
      expect(replayed).toMatchObject({ repeated: true, ended: true });
      expect(textOf(replayed)).toContain('erased');
    }
    expect(textOf(await again('answers'))).toContain('You have not answered anything yet.');
  });

  test('of before STOP shows what stands there now, and erases nothing of it', async () => {
    const { say, again } = person();
    await say(HELLO, 'a');
    await say('stop', 'b');
    await say('my daughter is 9 and school keeps sending her home', 'c');
    for (const [text, id] of [
      [HELLO, 'a'],
      ['stop', 'b'],
    ] as const)
      expect(await again(text, id)).toMatchObject({ repeated: true, ended: false });
    const answers = textOf(await say('answers'));
    expect(answers).toContain('9');
    expect(answers).not.toContain('7');
  });

  test('after "start" brings back none of the answers', async () => {
    const { say } = person();
    await say(HELLO, 'a');
    expect(textOf(await say('1', 'b'))).not.toBe('');
    await say('start', 'c');
    const replayed = await say(HELLO, 'a');
    expect(replayed.repeated).toBe(true);
    expect(textOf(replayed)).not.toContain('7 years');
    expect(textOf(replayed)).toContain('Tell us in your own words');
  });
});

test('after STOP nothing is left of a person but hashes of their messages, each by itself', async () => {
  const alone = await serveMessenger();
  const say = (text: string, id: string) =>
    alone.messenger.receive({ channel: 'sms', sender: '+447700900999', text, id });
  await say(HELLO, 'a');
  await say('1', 'b');
  await say('stop', 'c');
  const database = new DatabaseSync(alone.file);
  const rows = database.prepare('SELECT key, body FROM items').all() as { key: string; body: string }[];
  database.close();
  alone.stop();
  expect(rows.length).toBe(3);
  for (const { key, body } of rows) {
    expect(key).toMatch(/^had\/[\w-]{12}$/);
    expect(body).toBe('{}');
  }
});

describe('more of one person than anybody types', () => {
  let slow: Served;
  beforeAll(async () => {
    slow = await serveMessenger((same) => same, 3);
  });
  afterAll(() => slow.stop());

  function fast() {
    const sender = `fast ${++count}`;
    return (text: string, id?: string) =>
      slow.messenger.receive({ channel: 'whatsapp', sender, text, ...(id === undefined ? {} : { id }) });
  }

  test('is told to wait once, then nothing; nothing is changed, and others are answered', async () => {
    const say = fast();
    for (const text of [HELLO, 'england', 'answers']) expect(textOf(await say(text))).not.toBe('');
    const told = textOf(await say('fp:answer:household.nation:0:value:wales', 'x'));
    expect(told).toContain('Please wait a minute');
    expect(told).toContain('Call 999');
    for (let i = 0; i < 20; i++) expect((await say('hello')).messages).toEqual([]);
    expect(textOf(await fast()(HELLO))).toContain('Where do you live?');
  });

  test.each([
    ['i want to kill myself', '116 123'],
    ['my husband has a temper', '?'],
    ['help', '116 123'],
    ['fp:danger:parent-suicide', '116 123'],
    ['fp:answer:carer.relationship:0:value:afraid', '0808 2000 247'],
    ['fp:pick:carer.relationship:0:afraid', '0808 2000 247'],
    ['stop', 'erased'],
  ])('"%s" is answered all the same', async (text, answer) => {
    const say = fast();
    for (let i = 0; i < 5; i++) await say('answers');
    expect(textOf(await say(text))).toContain(answer);
    expect((await say('answers')).messages).toEqual([]);
  });
});
