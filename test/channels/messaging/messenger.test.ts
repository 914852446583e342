import { existsSync, readFileSync } from 'node:fs';
import type { Storage } from 'botbuilder';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChannelName } from '../../../src/channels/messaging/limits.ts';
import type { Answer, Incoming } from '../../../src/channels/messaging/messenger.ts';
import { type Served, serveMessenger } from './serve.ts';

let served: Served;
let writes = 0;
let isSlow = false;
let count = 0;

beforeAll(async () => {
  served = await serveMessenger(
    (inner): Storage => ({
      read: async (keys) => {
        if (isSlow) await new Promise((done) => setTimeout(done, Math.random() * 5));
        return inner.read(keys);
      },
      write: async (changes) => {
        writes++;
        return inner.write(changes);
      },
      delete: (keys) => inner.delete(keys),
    }),
  );
});
afterAll(() => served.stop());

/** Somebody new on a channel. */
function person(channel: ChannelName = 'sms', locale?: string) {
  const sender = `+4477009${String(++count).padStart(5, '0')}`;
  const receive = (rest: Partial<Incoming>): Promise<Answer> =>
    served.messenger.receive({ channel, sender, ...(locale ? { locale } : {}), ...rest });
  return { sender, receive, say: (text: string, id?: string) => receive(id ? { text, id } : { text }) };
}

function textOf({ messages }: Answer): string {
  return messages.map(({ text }) => text).join('\n');
}

describe('a conversation over text messages', () => {
  test('greets once, hears the first words, and asks only what is missing', async () => {
    const { say } = person();
    const first = await say('my son is 7 and school keeps sending him home');
    expect(textOf(first)).toContain('This is not a person.');
    expect(textOf(first)).toContain('Call 999');
    expect(textOf(first)).toContain('Your child is 7 years old.');
    expect(textOf(first)).toContain('Where do you live?');
    const second = await say('1');
    expect(textOf(second)).not.toContain('This is not a person.');
    expect(textOf(second)).not.toContain('Where do you live?');
    expect(second.messages.every(({ options }) => options.length === 0)).toBe(true);
  });

  test('a number, a label and a label of another language are the same answer', async () => {
    const questions = await Promise.all(
      ['2', 'Wales', 'cymru', 'WALIA'].map(async (typed) => {
        const { say } = person();
        await say('my son is 7 and school keeps sending him home');
        return textOf(await say(typed));
      }),
    );
    expect(questions[0]).toContain('Wales');
    expect(new Set(questions).size).toBe(1);
  });

  test('what is understood can be taken back by its number', async () => {
    const { say } = person();
    const first = textOf(await say('my son is 7 and school keeps sending him home'));
    const number = /(\d+)\. Not so: Your child is 7 years old\./.exec(first)?.[1] ?? '';
    expect(number).not.toBe('');
    const back = textOf(await say(number));
    expect(back).toContain('We have taken that back.');
    expect(textOf(await say('answers'))).not.toContain('7 years');
  });

  test('long results come in short messages, with more, until there is no more', async () => {
    const { say } = person();
    await say('money');
    await say('england');
    let found = await say('found');
    const seen = textOf(found);
    expect(found.messages.length).toBeLessThanOrEqual(3);
    expect(seen).toContain('Send MORE for the rest.');
    for (let pages = 0; textOf(found).includes('Send MORE'); pages++) {
      expect(pages).toBeLessThan(60);
      const next = await say('more');
      expect(textOf(next)).not.toBe(textOf(found));
      found = next;
    }
  });

  test.each(['en', 'bn', 'ur'])(
    'page after page, each option of a question comes once (%s)',
    async (locale) => {
      const { say, receive } = person('sms', locale);
      await say('my son is 7 and school keeps sending him home');
      await receive({ tap: 'fp:answer:household.nation:0:value:england' });
      // With what is new above it, the first page is another than when the screen is shown again.
      let page = await receive({ tap: 'fp:ask:child.difficulties:0' });
      const word = served.voices(locale).say('messaging.word.more').text.toUpperCase();
      const hasMore = served.voices(locale).say('messaging.send_more', { word }).text;
      const shown = textOf(page).split('\n');
      for (let pages = 0; textOf(page).includes(hasMore); pages++) {
        expect(pages).toBeLessThan(20);
        page = await receive({ text: word });
        shown.push(...textOf(page).split('\n'));
      }
      const numbers = shown.flatMap((line) => /^(\d+)\. /.exec(line)?.[1] ?? []).map(Number);
      expect(numbers).toEqual(numbers.map((_, i) => i + 1));
      expect(numbers.length).toBeGreaterThan(5);
    },
  );

  test('several answers at once by their numbers', async () => {
    const { say, receive } = person();
    await say('my son is 7 and school keeps sending him home');
    await receive({ tap: 'fp:ask:child.difficulties:0' });
    await say('1, 3');
    const answers = textOf(await say('answers'));
    expect(answers).toContain('Walking or moving around');
    expect(answers).toContain('Talking or understanding');
  });

  test('danger is met with help at once, whole, and the conversation is still there', async () => {
    const { say } = person();
    await say('my son is 7 and school keeps sending him home');
    const help = await say('i cant do this any more i want to kill myself');
    expect(help.urgent).toBe(true);
    expect(textOf(help)).toContain('116 123');
    expect(textOf(help)).toContain('We have told nobody.');
    expect(textOf(help)).not.toContain('Send MORE');
    const on = /(\d+)\. Go on when you want/.exec(textOf(help))?.[1] ?? '';
    expect(textOf(await say(on))).toContain('Where do you live?');
  });

  test('danger in the very first message: help before the greeting', async () => {
    const help = await person().say('i want to kill myself');
    expect(help.messages[0]?.text).toContain('You matter');
  });

  test('HELP says whom to reach, and what can be written', async () => {
    const { say } = person();
    await say('hello');
    const help = textOf(await say('HELP'));
    expect(help).toContain('999');
    expect(help).toContain('116 123');
    expect(help).toContain('STOP');
    expect(textOf(await say('2'))).toContain('You matter');
  });

  test('STOP erases all, and a new message begins anew', async () => {
    const { say } = person();
    await say('my son is 7 and school keeps sending him home');
    const end = await say('STOP');
    expect(end.ended).toBe(true);
    expect(textOf(end)).toContain('erased');
    expect(textOf(await say('answers'))).toContain('You have not answered anything yet.');
  });

  test('back takes the last answer back', async () => {
    const { say } = person();
    await say('my son is 7 and school keeps sending him home');
    await say('1');
    expect(textOf(await say('back'))).toContain('Where do you live?');
  });

  test('a picture is not read, and nothing is lost', async () => {
    const { say, receive } = person();
    await say('my son is 7 and school keeps sending him home');
    const answer = textOf(await receive({}));
    expect(answer).toContain('We can only read text.');
    expect(answer).toContain('Where do you live?');
  });
});

describe('another language', () => {
  test('from the locale, and by the word of any language', async () => {
    expect((await person('directline', 'cy-GB').say('helo')).language).toBe('cy');
    const { say } = person();
    await say('hello');
    await say('język');
    const chosen = await say('polski');
    expect(chosen.language).toBe('pl');
  });

  test('an unknown locale is never refused', async () => {
    expect((await person('directline', 'xx-YY-!!').say('hello')).language).toBe('en');
  });
});

describe('what comes twice, at once, or wrong', () => {
  test('the same message again: the same replies, and nothing is changed', async () => {
    const { say } = person();
    await say('my son is 7 and school keeps sending him home', 'a');
    const once = await say('1', 'b');
    const before = writes;
    const twice = await say('1', 'b');
    expect(twice).toEqual({ ...once, repeated: true });
    expect(writes).toBe(before);
  });

  test('the same message again after a new start: what stands there, and nothing is changed', async () => {
    const { say, sender } = person();
    await say('my son is 7 and school keeps sending him home', 'a');
    const once = await say('1', 'b');
    const before = writes;
    const again = await served.again().receive({ channel: 'sms', sender, text: '1', id: 'b' });
    expect(again.repeated).toBe(true);
    expect(textOf(again)).toContain(
      textOf(once)
        .split('\n')
        .find((line) => line.endsWith('?')) ?? '-',
    );
    expect(writes).toBe(before);
  });

  test('two at once are taken in the order in which they came', async () => {
    isSlow = true;
    try {
      const { say } = person();
      const answers = await Promise.all(
        ['my son is 7 and school keeps sending him home', '1', 'back', '2', 'answers'].map((text) =>
          say(text),
        ),
      );
      expect(textOf(answers[4] as Answer)).toContain('Wales');
    } finally {
      isSlow = false;
    }
  });

  test.each([
    'fp:',
    'fp:answer',
    'fp:answer:nothing:0:value:1',
    'fp:entry:../../x',
    'fp:more:99999',
    `fp:${'x'.repeat(5000)}`,
    'fp:danger:none',
    'fp:pick:child.age:0:x',
    'fp:children:0',
    'fp:go_on:0',
    'fp:untell:a',
  ])('a button that makes no sense loses nothing: %s', async (tap) => {
    const { say, receive } = person();
    await say('my son is 7 and school keeps sending him home');
    const answer = await receive({ tap });
    expect(answer.messages.length).toBeGreaterThan(0);
    expect(textOf(await say('answers'))).toContain('7');
  });

  test('a button of three turns ago means what it meant', async () => {
    const { say, receive } = person('directline');
    const first = await say('my son is 7 and school keeps sending him home');
    const wales = first.messages.at(-1)?.options.find(({ label }) => label === 'Wales');
    await say('England');
    await say('not sure');
    const price = await receive({ tap: wales?.key ?? '' });
    expect(textOf(price)).toContain('You said: England');
    expect(textOf(price)).toContain('You would say: Wales');
  });
});

test('a tap on one of several asks for more, and all of them are one answer', async () => {
  const { say, receive } = person('directline');
  await say('my son is 7 and school keeps sending him home');
  await receive({ tap: 'fp:ask:child.difficulties:0' });
  await receive({ tap: 'fp:pick:child.difficulties:0:moving' });
  const picked = await receive({ tap: 'fp:pick:child.difficulties:0:sleep' });
  expect(textOf(picked)).toContain('You chose: Walking or moving around, Sleep');
  const done = picked.messages.at(-1)?.options[0];
  expect(done?.label).toBe('That is all');
  await receive({ tap: done?.key ?? '' });
  const answers = textOf(await say('answers'));
  expect(answers).toContain('Walking or moving around, Sleep');
});

test('nothing that was typed is kept, nor who typed it', async () => {
  const { say, sender } = person();
  await say('my son Bartholomew is 7 and Miss Featherstonehaugh keeps sending him home');
  await say('I live next to Auchtermuchty chip shop');
  await say('stop bothering me Bartholomew');
  for (const file of [served.file, `${served.file}-wal`]) {
    const kept = existsSync(file) ? readFileSync(file, 'latin1') : '';
    for (const secret of ['Bartholomew', 'Featherstonehaugh', 'Auchtermuchty', sender, sender.slice(1)])
      expect(kept.includes(secret)).toBe(false);
  }
});
