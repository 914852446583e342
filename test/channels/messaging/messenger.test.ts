import { existsSync, readFileSync } from 'node:fs';
import type { Storage } from 'botbuilder';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ChannelName } from '../../../src/channels/messaging/limits.ts';
import type { Answer, Incoming } from '../../../src/channels/messaging/messenger.ts';
import { RateLimit } from '../../../src/http/rate-limit.ts';
import { type Served, serveMessenger } from './serve.ts';

let served: Served;
let writes = 0;
let isSlow = false;
/** What the storage fails at next. */
let fails: ((keys: string[]) => boolean) | undefined;
let count = 0;

beforeAll(async () => {
  served = await serveMessenger(
    (inner): Storage => ({
      read: async (keys) => {
        if (isSlow) await new Promise((done) => setTimeout(done, Math.random() * 5));
        return inner.read(keys);
      },
      write: async (changes) => {
        if (fails?.(Object.keys(changes))) throw new Error('no room on the disk');
        writes++;
        return inner.write(changes);
      },
      delete: async (keys) => {
        if (fails?.(keys)) throw new Error('no room on the disk');
        return inner.delete(keys);
      },
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

  test.each([
    ...[
      'OPTOUT',
      'REVOKE',
      'opt out',
      'Opt-out',
      'stop please',
      'please stop',
      'STOP texting me',
      'stop it',
      'stop all',
    ],
    ...[
      'stop now',
      'stop messages',
      'unsubscribe me',
      'no more texts',
      "Don't text me!",
      'STOP STOP',
      'StopAll',
      'stop.',
    ],
    ...[
      'stopiwch os gwelwch yn dda',
      'dim mwy o negeseuon',
      'stopiwch y negeseuon',
      'dileu plîs',
      'dad-danysgrifio',
    ],
    ...[
      'proszę przestać',
      'Stop, proszę',
      'nie piszcie do mnie',
      'prosze nie pisac',
      'wypisz mnie',
      'usuń mnie',
    ],
    ...[
      'بند کریں',
      'میسج بند کرو',
      'پلیز میسج نہ کریں',
      'band karo',
      'plz msg band karo',
      'mujhe message mat karo',
    ],
    ...['বন্ধ করুন', 'দয়া করে মেসেজ বন্ধ করুন', 'আর মেসেজ দিবেন না', 'bondho korun', 'ar message diben na'],
    ...['توقف', 'أوقفوا الرسائل من فضلك', 'إلغاء الاشتراك', 'لا تراسلوني', 'wa2fo el rasayel', 'ستوب'],
  ])('"%s" is a STOP', async (typed) => {
    for (const channel of ['sms', 'whatsapp'] as const) {
      const { say } = person(channel);
      await say('my son is 7 and school keeps sending him home');
      expect([channel, (await say(typed)).ended]).toEqual([channel, true]);
      expect(textOf(await say('answers'))).toContain('You have not answered anything yet.');
    }
  });

  test.each([
    ...[
      "he won't stop hitting me",
      'they stopped our benefits',
      "I can't stop crying",
      'make it stop',
      'please stop him',
    ],
    ...[
      'I want it to stop',
      'no more',
      'stop police',
      'my benefits stop now he is 16',
      'bus stop',
      'enough',
      'thank you',
    ],
    ...[
      'nie przestaje mnie bić',
      'koniec',
      'dość',
      'rezygnuję',
      'stopiodd fy mudd-daliadau',
      'alla i ddim stopio crio',
    ],
    ...[
      'بس',
      'بس کرو',
      'رکو',
      'وہ مارنا بند نہیں کرتا',
      'bas',
      'bas karo',
      'ruko',
      'pani band hai',
      'ভাতা বন্ধ হয়ে গেছে',
      'আর না',
    ],
    ...[
      'thak',
      'ar na',
      'vata bondho hoye geche',
      'كفى',
      'خلاص',
      'لا يتوقف عن ضربي',
      'وقفوا المعونة عنا',
      'khalas',
    ],
  ])('"%s" is no STOP', async (typed) => {
    const { say } = person();
    await say('my son is 7 and school keeps sending him home');
    expect((await say(typed)).ended).toBe(false);
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

describe('while an entry stands there', () => {
  test.each(['are you a robot', 'flurb', 'thank you'])(
    '"%s" brings a short line, and not the entry again',
    async (talk) => {
      const { say, receive } = person();
      await say('my son is 7 and school keeps sending him home');
      const entry = await receive({ tap: 'fp:entry:blue-badge' });
      const answer = await say(talk);
      expect(answer.messages.length).toBe(1);
      expect(textOf(answer)).toContain('Blue Badge');
      expect(textOf(answer).length).toBeLessThan(400);
      expect(textOf(answer)).toContain('1. ');
      // The whole of it can be had again, and its options are what they were.
      expect(textOf(await say('more'))).toBe(textOf(entry));
      await say(talk);
      expect(textOf(await say('go on'))).toContain('Where do you live?');
    },
  );
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

describe('danger comes first', () => {
  test('an option that tells of danger does not wait until all is ticked', async () => {
    const { say, receive } = person('facebook');
    await say('my son is 7 and school keeps sending him home');
    await receive({ tap: 'fp:ask:carer.relationship:0' });
    await receive({ tap: 'fp:pick:carer.relationship:0:arguments' });
    const help = await receive({ tap: 'fp:pick:carer.relationship:0:afraid' });
    expect(help.urgent).toBe(true);
    expect(textOf(help)).toContain('You deserve to be safe');
    expect(textOf(await say('answers'))).toMatch(/argue.*afraid/);
  });

  test('words that tell of danger bring its help also where they are the label of an option', async () => {
    const { say, receive } = person();
    await say('my son is 7 and school keeps sending him home');
    await receive({ tap: 'fp:ask:household.money_trouble:0' });
    const help = await say('We have no money for gas or electricity');
    expect(help.urgent).toBe(true);
    expect(textOf(help)).toContain('Food, heat or a roof tonight');
  });

  test('help is said in the language that they write, whatever the conversation is in', async () => {
    const { say } = person();
    await say('hello');
    const help = await say('chcę się zabić');
    expect(help).toMatchObject({ language: 'pl', urgent: true });
    expect(textOf(help)).toContain('Nikomu nic nie przekazaliśmy.');
    const number = /(\d+)\. Polski/.exec(textOf(help))?.[1] ?? '';
    expect((await say(number)).language).toBe('pl');
  });

  test('it stays in that language, and "yes" is read in it', async () => {
    const { say, sender } = person();
    await say('hello');
    const asked = await say('nigdy nie wiem, w jakim humorze wróci, wszyscy chodzimy na palcach', 'a');
    expect(asked).toMatchObject({ language: 'pl', urgent: true });
    expect((await say('flurb')).language).toBe('pl');
    const again = await served.again().receive({ channel: 'sms', sender, text: 'x', id: 'a' });
    expect(again).toMatchObject({ repeated: true, language: 'pl' });
    const help = await say('tak');
    expect(help.language).toBe('pl');
    expect(textOf(help)).toContain('0808 2000 247');
  });

  test('who was not greeted because help came first is greeted after it', async () => {
    const { say } = person();
    expect(textOf(await say('i want to kill myself'))).not.toContain('This is not a person.');
    expect(textOf(await say('8'))).toContain('This is not a person.');
    expect(textOf(await say('help'))).not.toContain('This is not a person.');
  });

  test('nothing stands above the help, not even a kind line', async () => {
    const { say } = person();
    await say('i want to kill myself');
    const again = await say('flurb');
    expect(again.messages[0]?.text).toMatch(/^You matter/);
    expect(textOf(again)).toContain('This help stays here.');
  });

  test.each(['yes', 'yes i am', 'Yeah'])('asked whether it is so, "%s" is met with help', async (yes) => {
    const { say } = person();
    await say('hello');
    expect(textOf(await say('my husband has a temper'))).toContain('?');
    const help = textOf(await say(yes));
    expect(help).toContain('0808 2000 247');
    expect(help).not.toContain('We did not');
  });

  test('asked whether it is so, "no" goes on', async () => {
    const { say } = person();
    await say('my son is 7 and school keeps sending him home');
    await say('my husband has a temper');
    expect(textOf(await say('no'))).toContain('Where do you live?');
    await say('my husband has a temper');
    expect(textOf(await say('nie'))).toContain('Where do you live?');
  });

  test.each([
    ['yes', '2. Wales'],
    ['no', 'Where do you live?'],
  ])('asked whether an answer is to be changed, "%s"', async (said) => {
    const { say, receive } = person();
    await say('my son is 7 and school keeps sending him home');
    await say('england');
    await say('not sure');
    await receive({ tap: 'fp:answer:household.nation:0:value:wales' });
    await say(said);
    expect(textOf(await say('answers'))).toContain(
      `Where do you live? ${said === 'yes' ? 'Wales' : 'England'}`,
    );
  });
});

describe('more than may be written in a minute', () => {
  const HELLO = 'my son is 7 and school keeps sending him home';
  let few: Served;
  beforeAll(async () => {
    few = await serveMessenger(undefined, 2);
  });
  afterAll(() => few.stop());
  afterEach(() => {
    vi.useRealTimers();
  });

  test('is told once, and again only after a quiet minute', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const say = () => few.messenger.receive({ channel: 'sms', sender: 'writes on', text: HELLO });
    const isTold = async () => textOf(await say()).includes('That was a lot at once.');
    for (let i = 0; i < 2; i++) expect(await isTold()).toBe(false);
    expect(await isTold()).toBe(true);
    // Two a minute may pass: some of these do, and none is told again.
    for (let i = 0; i < 20; i++) {
      vi.advanceTimersByTime(15_000);
      expect(await isTold()).toBe(false);
    }
    vi.advanceTimersByTime(60_000);
    for (let i = 0; i < 2; i++) expect(await isTold()).toBe(false);
    expect(await isTold()).toBe(true);
  });

  test('of a flood, danger, HELP and STOP are answered, and no more of them than a few', async () => {
    const flood = async (sender: string, last: readonly string[]) => {
      const texts = [...Array<string>(30).fill(HELLO), ...last];
      const all = texts.map((text) => few.messenger.receive({ channel: 'sms', sender, text }));
      return (await Promise.allSettled(all)).map((one) =>
        one.status === 'fulfilled' ? textOf(one.value) : 'refused',
      );
    };
    const answers = await flood('many', ['i want to kill myself', 'HELP', 'STOP']);
    expect(answers.filter((one) => one === 'refused')).toHaveLength(10);
    expect(answers.at(-3)).toContain('116 123');
    expect(answers.at(-2)).toContain('999');
    expect(answers.at(-1)).toContain('erased');
    const urgent = await flood('very many', Array<string>(100).fill('i want to kill myself'));
    expect(urgent.filter((one) => one !== 'refused')).toHaveLength(25);
  });

  test('who wrote is forgotten after a quiet minute, though nobody else writes', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'setInterval'] });
    const forget = vi.spyOn(RateLimit.prototype, 'forget');
    await few.again().receive({ channel: 'sms', sender: 'the last', text: HELLO });
    vi.advanceTimersByTime(120_000);
    const [pace] = forget.mock.contexts as RateLimit[];
    forget.mockRestore();
    expect(pace?.size).toBe(0);
  });

  test.each([
    ['yes', '0808 2000 247'],
    ['yes he does', '0808 2000 247'],
    ['no', 'Where do you live?'],
    ['2', 'Where do you live?'],
    ['flurb', 'Does another adult hurt, scare or control you?'],
  ])('what is typed where we asked about danger is answered: "%s"', async (typed, answer) => {
    const sender = `asked, ${typed}`;
    const say = (text: string) => few.messenger.receive({ channel: 'sms', sender, text });
    for (const text of [HELLO, 'answers']) await say(text);
    expect(textOf(await say('found'))).toContain('That was a lot at once.');
    expect(textOf(await say('my husband has a temper'))).toContain('control you?');
    expect(textOf(await say(typed))).toContain(answer);
  });
});

describe('what is typed while the menu of HELP or LANGUAGE stands there', () => {
  /** A conversation whose question is yes or no, and the menu over it. */
  async function withMenu(menu: string, channel: ChannelName = 'sms') {
    const one = person(channel);
    await one.say('my son is 7 and school keeps sending him home');
    await one.receive({ tap: 'fp:ask:child.extra_care:0' });
    return { ...one, shown: textOf(await one.say(menu)) };
  }

  test.each([
    ['help', 'no'],
    ['help', '168'],
    ['help', 'flurb'],
    ['help', 'not sure'],
    ['language', 'no'],
    ['language', 'all day and all night'],
  ])('%s, "%s": no answer to a question that nobody sees; the menu again', async (menu, typed) => {
    const { say, shown } = await withMenu(menu);
    const again = textOf(await say(typed));
    const [first = '', ...others] = shown.split('\n').filter((line) => /^\d+\. /.test(line));
    expect(again).toContain([first, ...others].join('\n'));
    expect(again).toContain(menu === 'help' ? 'This help stays here.' : 'Please choose from the list');
    // Its numbers mean what they meant.
    expect(textOf(await say('2'))).toBe(textOf(await (await withMenu(menu)).say('2')));
    expect(textOf(await say('answers'))).not.toContain('much more help');
  });

  test.each(['yes', 'ok', 'carry on', 'next', 'dalej'])('"%s" leads to the question again', async (word) => {
    for (const menu of ['help', 'language']) {
      const { say } = person();
      const asked = textOf(await say('my son is 7 and school keeps sending him home'));
      await say(menu);
      const again = textOf(await say(word));
      expect(again).toContain('Where do you live?');
      expect(asked).toContain('Where do you live?');
      expect(again).not.toContain('We did not');
      expect(textOf(await say('answers'))).not.toContain('Where do you live?');
    }
  });

  test('"ok" goes on from help in danger, also where HELP stands over it', async () => {
    const { say } = person();
    await say('my son is 7 and school keeps sending him home');
    await say('i want to kill myself');
    await say('help');
    const next = textOf(await say('ok'));
    expect(next).toContain('Where do you live?');
    expect(next).not.toContain('We did not');
  });

  test('a "yes" does not leave the gentle question about danger behind', async () => {
    const { say } = person();
    await say('hello');
    await say('my husband has a temper');
    await say('help');
    expect(textOf(await say('yes'))).toContain('Does another adult hurt, scare or control you?');
    expect(textOf(await say('yes'))).toContain('0808 2000 247');
  });

  test('danger and topics are heard', async () => {
    const { say } = await withMenu('language');
    expect(await say('i want to kill myself')).toMatchObject({ urgent: true });
    const { say: other } = await withMenu('help');
    expect(textOf(await other('money'))).toContain('We think you want help with: Money, bills and debt');
  });

  test('it is no misreading of the question either', async () => {
    const { say } = await withMenu('help');
    for (const typed of ['flurb', 'flurb', 'flurb']) await say(typed);
    expect(textOf(await say('back'))).not.toContain('We did not');
  });
});

describe('how people choose', () => {
  test.each([
    '2',
    '2.',
    '2)',
    '(2)',
    '#2',
    '٢',
    '২',
    'number 2',
    'option 2',
    '2 please',
    '2nd',
    'the second one',
    'two',
  ])('"%s" is the second option of the screen, whatever screen it is', async (second) => {
    const { say } = person();
    await say('hello');
    await say('help');
    expect(textOf(await say(second))).toContain('You matter');
  });

  test('numbers in words are those of the screen that was shown, and not of the question', async () => {
    const { say, receive } = person();
    await say('my son is 7 and school keeps sending him home');
    await receive({ tap: 'fp:ask:child.difficulties:0' });
    await say('Sleep');
    // Now it begins with "That is all".
    expect(textOf(await say('number 2'))).toContain('You chose: Walking or moving around, Sleep');
  });

  test('what is ticked stays ticked: with numbers, after HELP, in another language, with words', async () => {
    const { say, receive } = person();
    await say('my son is 7 and school keeps sending him home');
    await receive({ tap: 'fp:ask:child.difficulties:0' });
    await say('Sleep');
    await say('2');
    await say('help');
    await say('language');
    await say('polski');
    await say('english');
    expect(textOf(await say('what'))).toContain('You chose: Walking or moving around, Sleep');
    await say('talking and learning');
    expect(textOf(await say('answers'))).toContain(
      'Walking or moving around, Learning, Talking or understanding, Sleep',
    );
  });

  test.each(['no', 'none', 'no thanks', 'That is all'])('"Is there more?" "%s"', async (done) => {
    const { say, receive } = person();
    await say('my son is 7 and school keeps sending him home');
    await receive({ tap: 'fp:ask:child.difficulties:0' });
    await say('Sleep');
    await say(done);
    expect(textOf(await say('answers'))).toContain('What is hard for your child? Sleep');
  });

  test('every language can be reached, also where buttons are few', async () => {
    const { say, receive } = person('msteams');
    await say('hello');
    const first = (await say('language')).messages.at(-1)?.options ?? [];
    const next = (await receive({ tap: first.at(-1)?.key ?? '' })).messages.at(-1)?.options ?? [];
    const keys = [...first, ...next].map(({ key }) => key);
    for (const code of served.content.languages.keys()) expect(keys).toContain(`fp:language:${code}`);
  });

  test('"more" of an old screen does not skip a part of the one that stands there now', async () => {
    const { say, receive } = person('msteams');
    const topics = (await say('hello')).messages.at(-1)?.options.at(-1)?.key ?? '';
    expect(topics).toMatch(/^fp:more:/);
    const question = await say('my son is 7 and school keeps sending him home');
    await say('1');
    await receive({ tap: 'fp:ask:child.school_problems:0' });
    const fresh = await receive({ tap: 'fp:ask:child.difficulties:0' });
    const old = await receive({ tap: topics });
    expect(old.messages.at(-1)?.options).toEqual(fresh.messages.at(-1)?.options);
    expect(question.messages.length).toBeGreaterThan(0);
  });

  test('"more" with nothing more shows the last part again, and not the first', async () => {
    const { say } = person();
    await say('my son is 7 and school keeps sending him home');
    let last = await say('found');
    while (textOf(last).includes('Send MORE')) last = await say('more');
    expect(textOf(await say('more'))).toBe(textOf(last));
  });

  test('an offered language can be chosen, by number and by its name, on a long screen too', async () => {
    const { say } = person();
    const offer = textOf(await say('Dzień dobry, szukam pomocy dla dziecka'));
    const number = /(\d+)\. Zmień język na Polski/.exec(offer)?.[1] ?? '';
    expect(number).not.toBe('');
    expect((await say(number)).language).toBe('pl');
    expect((await say('cymraeg')).language).toBe('cy');
  });

  test.each(['sms', 'facebook'] as const)('no "more" for one last option on %s', async (channel) => {
    const { say, receive } = person(channel);
    await say('my son is 7 and school keeps sending him home');
    const asked = await receive({ tap: 'fp:ask:child.difficulties:0' });
    expect(textOf(asked)).toContain("13. I'd rather not say");
  });

  test('what fits first comes first; the rest waits behind "more"', async () => {
    const { say } = person('directline');
    await say('my son is 7 and school keeps sending him home');
    await say('england');
    const found = await say('found');
    expect(textOf(found)).not.toMatch(/Show \d+ more/);
    expect(found.messages.at(-1)?.options.at(-1)?.label).toBe('more');
    expect(textOf(await say('more'))).toMatch(/^Show \d+ more/);
  });

  test('the question and its answers come with the greeting', async () => {
    const { say } = person();
    const first = textOf(await say('Dzień dobry, mój syn ma autyzm i szkoła go nie chce'));
    expect(first).toMatch(/1\. England[\s\S]*6\. I'd rather not say/);
  });
});

describe('back', () => {
  test.each(['help', 'language', 'more'])(
    'after "%s" leads to the question, and takes nothing back',
    async (word) => {
      const { say, receive } = person('whatsapp');
      await say('my son is 7 and school keeps sending him home');
      await receive({ tap: 'fp:answer:household.nation:0:value:england' });
      const asked = await receive({ tap: 'fp:ask:child.difficulties:0' });
      await say(word);
      expect(textOf(await say('back')).split('\n')[0]).toBe(textOf(asked).split('\n')[0]);
      expect(textOf(await say('answers'))).toContain('England');
    },
  );

  test('from a question that was opened leads to where it was opened, and takes nothing back', async () => {
    const { say } = person();
    await say('my son is 7 and school keeps sending him home');
    await say('england');
    const answers = textOf(await say('answers'));
    await say('1');
    expect(textOf(await say('back'))).toBe(answers);
  });

  test('from ticks leads to the question with none', async () => {
    const { say, receive } = person();
    await say('my son is 7 and school keeps sending him home');
    const asked = await receive({ tap: 'fp:ask:child.difficulties:0' });
    await say('Sleep');
    expect(textOf(await say('back'))).toBe(textOf(asked));
  });
});

describe('after erasing', () => {
  test('a tap on an old button begins anew and says so; nothing of it is taken', async () => {
    const { say, receive } = person();
    await say('my son is 7 and school keeps sending him home');
    await say('stop');
    const answer = textOf(await receive({ tap: 'fp:answer:household.nation:0:value:wales' }));
    expect(answer).toContain('Your answers are not here any more.');
    expect(textOf(await say('answers'))).toContain('You have not answered anything yet.');
  });

  test('an old message that comes once more brings nothing back', async () => {
    const { say } = person();
    await say('my son is 7 and school keeps sending him home', 'a');
    await say('stop', 'b');
    const again = await say('my son is 7 and school keeps sending him home', 'a');
    expect(again).toMatchObject({ repeated: true, ended: true });
    expect(textOf(again)).not.toContain('7');
    expect(textOf(await say('answers'))).toContain('You have not answered anything yet.');
  });

  test('"start" begins anew in the language that was chosen', async () => {
    const { say } = person();
    await say('hello');
    await say('polski');
    expect((await say('start')).language).toBe('pl');
  });

  test.each(['end', 'cancel', 'quit'])('"%s" erases for text messages alone', async (word) => {
    for (const channel of ['sms', 'whatsapp'] as const) {
      const { say } = person(channel);
      await say('my son is 7 and school keeps sending him home');
      expect((await say(word)).ended).toBe(channel === 'sms');
    }
  });
});

describe('a storage that fails', () => {
  const isSession = (keys: string[]) => keys.some((key) => key.startsWith('channel/'));
  const isConversation = (keys: string[]) => keys.some((key) => key.startsWith('conversation/'));

  test.each([
    ['the session', isSession],
    ['the conversation', isConversation],
  ])('at %s: nothing was changed, and the same message again is the same', async (_, part) => {
    for (const [before, message, expected] of [
      [['my son is 7 and school keeps sending him home', '1'], 'back', 'Where do you live?'],
      [['hello', 'language'], '5', 'Powiedz'],
      [[], 'my son is 7 and school keeps sending him home', 'Where do you live?'],
    ] as const) {
      const one = person();
      const other = person();
      for (const text of before) for (const each of [one, other]) await each.say(text);
      fails = part;
      await expect(one.say(message, 'x')).rejects.toThrow('no room');
      fails = undefined;
      const again = await one.say(message, 'x');
      expect(again.repeated).toBe(false);
      expect(textOf(again)).toBe(textOf(await other.say(message, 'x')));
      if (message !== '5') expect(textOf(again)).toContain(expected);
      expect(textOf(await one.say('answers'))).toBe(textOf(await other.say('answers')));
    }
  });

  test('between an answer and the help that it calls for: the same message again brings the help', async () => {
    const { say, receive } = person();
    await say('my son is 7 and school keeps sending him home');
    await receive({ tap: 'fp:ask:household.money_trouble:0' });
    fails = isSession;
    await expect(say('We have no money for gas or electricity', 'x')).rejects.toThrow('no room');
    fails = undefined;
    const again = await say('We have no money for gas or electricity', 'x');
    expect(again).toMatchObject({ repeated: false, urgent: true });
  });

  test('between ticks and what was said in words: the same message again has both', async () => {
    const { say, receive } = person();
    await say('my son is 7 and school keeps sending him home');
    await receive({ tap: 'fp:ask:child.difficulties:0' });
    await say('Sleep');
    let writing = 0;
    fails = () => ++writing === 2;
    await expect(say('talking and learning', 'x')).rejects.toThrow('no room');
    fails = undefined;
    await say('talking and learning', 'x');
    expect(textOf(await say('answers'))).toContain('Learning, Talking or understanding, Sleep');
  });

  test.each([
    ['the session', isSession],
    ['the conversation', isConversation],
  ])('at erasing %s: the same message again erases all', async (_, part) => {
    const { say } = person();
    await say('my son is 7 and school keeps sending him home');
    fails = part;
    await expect(say('stop', 'x')).rejects.toThrow('no room');
    fails = undefined;
    expect((await say('stop', 'x')).ended).toBe(true);
    expect(textOf(await say('answers'))).toContain('You have not answered anything yet.');
  });

  test('the conversation and what is kept of the sender are one write', async () => {
    const { say } = person();
    await say('my son is 7 and school keeps sending him home');
    const before = writes;
    await say('1');
    expect(writes).toBe(before + 1);
  });
});

describe('two servers on one file', () => {
  test('neither overwrites what the other wrote', async () => {
    const { say, sender } = person();
    const other = served.again();
    await say('my son is 7 and school keeps sending him home');
    await say('england');
    isSlow = true;
    try {
      await Promise.all([
        say('fp:pick:child.difficulties:0:sleep'),
        other.receive({ channel: 'sms', sender, text: 'fp:pick:child.difficulties:0:learning' }),
      ]);
    } finally {
      isSlow = false;
    }
    expect(textOf(await say('help'))).toContain('999');
    expect(textOf(await say('back'))).toContain('You chose: Learning, Sleep');
  });

  test('the same message at both changes one thing', async () => {
    const { say, sender } = person();
    const other = served.again();
    await say('my son is 7 and school keeps sending him home');
    await say('england');
    await say('1');
    isSlow = true;
    try {
      const both = await Promise.all([
        say('back', 'x'),
        other.receive({ channel: 'sms', sender, text: 'back', id: 'x' }),
      ]);
      expect(both.map(({ repeated }) => repeated).sort()).toEqual([false, true]);
    } finally {
      isSlow = false;
    }
    expect(textOf(await say('answers'))).toContain('England');
  });
});

test('a message that comes again after a new start shows the screen that stands there', async () => {
  const { say, sender } = person();
  await say('my son is 7 and school keeps sending him home');
  const languages = await say('language', 'x');
  const again = await served.again().receive({ channel: 'sms', sender, text: 'language', id: 'x' });
  expect(again).toEqual({ ...languages, repeated: true });
});

test('what is kept of a sender is ids: no words', async () => {
  const kept: string[] = [];
  const watched = await serveMessenger((inner) => ({
    read: (keys) => inner.read(keys),
    delete: (keys) => inner.delete(keys),
    write: (changes) => {
      for (const [key, item] of Object.entries(changes))
        if (key.startsWith('channel/')) kept.push(JSON.stringify(item));
      return inner.write(changes);
    },
  }));
  const receive = (text: string) => watched.messenger.receive({ channel: 'sms', sender: 'x', text });
  for (const text of ['my son is 7 and school keeps sending him home', 'wales', 'found', 'answers', 'help'])
    await receive(text);
  watched.stop();
  expect(kept.length).toBe(5);
  for (const one of kept) expect(one).not.toMatch(/ /);
});
