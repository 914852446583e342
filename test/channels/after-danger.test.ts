/** After help in danger: the language it goes on in, the way back to the help, and words that only say "go on". */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Assistant, createAssistant } from '../../src/assistant.ts';
import type { Answer, Incoming } from '../../src/channels/messaging/messenger.ts';
import { plainLetters } from '../../src/channels/messaging/segments.ts';
import { converse } from '../../src/channels/terminal/terminal.ts';
import { createLanguage } from '../../src/language/language.ts';
import { post, type Served, serve } from './page/serve.ts';
import { content, openMessenger, TODAY, type Told, voices } from './real-messenger.ts';

const ARABIC = 'ما عاد بدي أعيش، الأولاد أحسن بدوني';
const URDU = 'mera shohar mujhe marta hai aur paise nahi deta';
const WELSH = 'mae fy ngŵr yn fy nghuro i a dw i ofn am y plant';
const POLISH = 'mój mąż mnie bije i nie daje pieniędzy';
const LANGUAGES = ['en', 'cy', 'pl', 'ur', 'bn', 'ar'];
const TO_ENGLISH = 'Change the language to English';

let told: Told;
let served: Served;
let assistant: Assistant;
let count = 0;
beforeAll(async () => {
  told = openMessenger();
  served = await serve();
  const { storage } = told;
  const language = createLanguage(content);
  assistant = createAssistant({ content, storage, voices, language, now: () => TODAY, hours: 24 });
});
afterAll(async () => {
  told.stop();
  await served.stop();
});

const said = (code: string, key: string) => voices(code).say(key).text;
const titleOf = (code: string, kind: string) =>
  voices(code).content(`danger.${kind}.title`, content.dangers.get(kind)?.title ?? '').text;

/** Somebody new, by text message. */
function person(locale?: string) {
  const sender = `after ${++count}`;
  const receive = (rest: Partial<Incoming>): Promise<Answer> =>
    told.messenger.receive({ channel: 'sms', sender, ...(locale ? { locale } : {}), ...rest });
  return { tap: (tap: string) => receive({ tap }), say: (text: string) => receive({ text }) };
}

function textOf({ messages }: Answer): string {
  return messages.map(({ text }) => text).join('\n');
}

/** As `said`, in the letters of a text message. */
const texted = (code: string, key: string) => plainLetters(said(code, key));

/** @returns what a terminal printed after each line; the first before any. */
async function typed(lines: readonly string[], code = 'en'): Promise<string[]> {
  const printed: string[] = [''];
  const left = [...lines];
  const terminal = {
    ask: async () => {
      printed.push('');
      return left.shift();
    },
    print: (text: string) => {
      printed.push(`${printed.pop()}${text}\n`);
    },
  };
  await converse(assistant, content, voices, terminal, code);
  return printed;
}

const send = (fields: Parameters<typeof post>[2]) => post(served.url, '/conversation', fields);
const mainOf = (html: string) => /<main [\s\S]*<\/main>/.exec(html)?.[0] ?? '';

describe('danger in another language than the conversation is in', () => {
  test('on the page, its help is in that language, with one way back below it', async () => {
    const help = await send({ do: 'text', lang: 'en', text: ARABIC });
    expect(help.html).toContain('<html lang="ar" dir="rtl"');
    const main = mainOf(help.html);
    expect(main).toContain(titleOf('ar', 'parent-suicide'));
    expect(main.split('value="language en"').length).toBe(2);
    expect(main.indexOf('value="language en"')).toBeGreaterThan(main.indexOf('116 123'));
    expect(main).toContain(`<span lang="en" dir="ltr">${TO_ENGLISH}</span>`);
    const next = await send({ conversation: help.id, lang: 'ar', do: 'continue' });
    expect(next.html).toContain('<html lang="ar" dir="rtl"');
    expect(mainOf(next.html)).toContain('value="language en"');
    const back = await send({ conversation: help.id, lang: 'ar', do: 'language en' });
    expect(back.html).toContain('<html lang="en" dir="ltr"');
    expect(mainOf(back.html)).not.toContain('value="language');
  });

  test('whoever answers in it needs no way back any more', async () => {
    const { id } = await send({ do: 'text', lang: 'en', text: URDU });
    await send({ conversation: id, do: 'continue' });
    const next = await send({ conversation: id, do: 'topics', topic: 'money' });
    expect(next.html).toContain('<html lang="ur"');
    expect(mainOf(next.html)).not.toContain('value="language');
  });

  test('an old page of a conversation that is gone is answered in it, too', async () => {
    const help = await send({ conversation: 'gone', do: 'text', lang: 'en', text: URDU });
    expect(help.html).toContain('<html lang="ur" dir="rtl"');
    expect(mainOf(help.html)).toContain(titleOf('ur', 'domestic-abuse').replaceAll("'", '&#39;'));
  });

  test('in the terminal, its help is in that language, with one way back', async () => {
    const [, help = '', back = ''] = await typed([URDU, 'language en', 'quit']);
    expect(help).toContain(titleOf('ur', 'domestic-abuse'));
    expect(help).toContain(`${TO_ENGLISH} (language en)`);
    expect(back).toContain(titleOf('en', 'domestic-abuse'));
    expect(back).not.toContain('(language');
  });

  test.each([
    ['ur', URDU, 'theek hai'],
    ['ur', URDU, 'aage chalein'],
    ['ar', ARABIC, 'طيب'],
    ['ar', ARABIC, 'نكمل'],
    ['ar', ARABIC, 'ok'],
    ['cy', WELSH, 'iawn'],
    ['pl', POLISH, 'dobrze'],
  ])('by text message it goes on in %s (%s, then %s), with one way back', async (code, danger, goOn) => {
    const { say } = person();
    const help = await say(danger);
    expect(help).toMatchObject({ language: code, urgent: true });
    const next = await say(goOn);
    expect(next).toMatchObject({ language: code, urgent: false });
    expect(textOf(next)).toMatch(/[?؟]/);
    expect(textOf(next).split(TO_ENGLISH).length).toBe(2);
    expect((await say(TO_ENGLISH)).language).toBe('en');
  });

  test('whoever asks for help in a word of another language goes on in it', async () => {
    const { say } = person();
    await say('money');
    expect(await say('pomoc')).toMatchObject({ language: 'pl', urgent: true });
    const next = await say('dalej');
    expect(next.language).toBe('pl');
    expect(textOf(next)).toContain(TO_ENGLISH);
  });
});

describe('words that go on, said once more on the first question after help', () => {
  test.each([
    ['en', 'carry on'],
    ['en', 'ok'],
    ['cy', 'ymlaen'],
    ['cy', 'iawn'],
    ['pl', 'dalej'],
    ['ur', 'aage chalein'],
    ['bn', 'এগিয়ে যাই'],
    ['ar', 'طيب'],
    ['ar', 'نكمل'],
  ])('repeat it kindly (%s: %s)', async (code, words) => {
    const { tap, say } = person(code);
    await tap('fp:topics:money');
    const asked = texted(code, 'notice.go_on_here');
    const nation = voices(code).content(
      'household.nation.ask',
      content.facts.get('household.nation')?.ask ?? '',
    );
    await tap('fp:danger:parent-suicide');
    expect(textOf(await say(words))).toContain(nation.text);
    for (let times = 0; times < 2; times++) {
      const again = textOf(await say(words));
      expect(again).toContain(asked);
      expect(again).toContain(nation.text);
    }
    expect(textOf(await say(said(code, 'messaging.word.answers')))).toContain(texted(code, 'answers.none'));
    // Answered, it is over.
    await tap('fp:answer:household.nation:0:value:england');
    expect(textOf(await say(words))).not.toContain(asked);
  });

  test('on the page, nothing is called wrong', async () => {
    const { id } = await send({ do: 'topics', topic: 'money' });
    await send({ conversation: id, do: 'danger parent-suicide' });
    const { fact } = await send({ conversation: id, do: 'continue' });
    const again = await send({ conversation: id, do: 'say', fact, child: '0', said: 'carry on' });
    expect(again).toMatchObject({ status: 200, fact });
    expect(mainOf(again.html)).toContain(said('en', 'notice.go_on_here'));
  });

  test('what may be an answer is one only when they say so', async () => {
    const { tap, say } = person('cy');
    await tap('fp:topics:money');
    await tap('fp:ask:child.extra_care:0');
    await tap('fp:danger:parent-suicide');
    await tap('fp:continue');
    await tap('fp:ask:child.extra_care:0');
    expect(textOf(await say('iawn'))).toContain(texted('cy', 'confirm.heading'));
    expect(textOf(await say(said('cy', 'messaging.word.answers')))).toContain(texted('cy', 'answers.none'));
  });

  test('with no topic yet, the first screen stands there as it was', async () => {
    const [, , , first = '', again = ''] = await typed(['help', '1', 'go on', 'ok', 'quit']);
    expect(first).toContain(said('en', 'start.box_label'));
    expect(again).toContain(said('en', 'notice.go_on_here'));
    expect(again).toContain(said('en', 'start.box_label'));
  });
});

describe('the terminal', () => {
  test.each(LANGUAGES)(
    '"help" leads back to the help that came up, and answers nothing (%s)',
    async (code) => {
      const title = titleOf(code, 'parent-suicide');
      const line = `${said(code, 'help.heading')}: help`;
      const lines = ['1', 'i want to end my life', `language ${code}`, 'go on', 'help', 'answers', 'quit'];
      const [start = '', , , , question = '', help = '', answers = ''] = await typed(lines, code);
      expect(start).not.toContain(line);
      expect(question).toContain(line);
      expect(help).toContain(title);
      expect(help).not.toContain(line);
      expect(answers).toContain(said(code, 'answers.none'));
      expect(answers).toContain(line);
      expect(said(code, 'terminal.commands')).toMatch(/^"?help\b/);
    },
  );

  test('where no danger came up, or several, it is a list to choose from; the question stays', async () => {
    const [, , menu = '', help = '', , second = ''] = await typed([
      '1',
      'Help',
      '2',
      'my husband hits me',
      'help',
      'stop',
    ]);
    expect(menu).toContain('999');
    expect(menu).toContain(`1. ${titleOf('en', [...content.dangers.keys()][0] ?? '')}`);
    expect(help).toContain(titleOf('en', [...content.dangers.keys()][1] ?? ''));
    expect(second).toContain(titleOf('en', 'domestic-abuse'));
  });

  test('"stop" ends it', async () => {
    expect((await typed(['1', 'STOP', '1'])).at(-1)).toBe(`${said('en', 'terminal.bye')}\n`);
  });

  test('"more" lists the rest, and not the first ones again', async () => {
    const screens = await typed(['1', 'england', '7', 'found', 'more', 'quit']);
    const [found = '', more = ''] = screens.slice(4);
    const first = /^ {2}1\. (.*?) \(/m.exec(found)?.[1] ?? '-';
    expect(more).not.toContain(first);
    expect(more).toMatch(/^ {2}8\. /m);
  });
});

describe('by text message', () => {
  test.each(LANGUAGES)(
    'after domestic abuse it says that the messages stay on the phone (%s)',
    async (code) => {
      const stays = texted(code, 'messaging.stays');
      const { tap, say } = person(code);
      expect(textOf(await tap('fp:danger:domestic-abuse'))).toContain(stays);
      await tap('fp:continue');
      expect(textOf(await say('stop'))).toContain(stays);
      expect(textOf(await tap('fp:danger:parent-suicide'))).not.toContain(stays);
      expect(textOf(await say('stop'))).not.toContain(stays);
    },
  );

  test('back from another child leads to the list again, and takes nothing back', async () => {
    const { tap, say } = person();
    for (const key of [
      'topics:money',
      'answer:household.nation:0:value:england',
      'answer:child.age:0:value:7',
    ])
      await tap(`fp:${key}`);
    const found = textOf(await say('found'));
    expect(textOf(await tap('fp:children:2'))).toContain('?');
    expect(textOf(await say('back')).split('\n')[0]).toBe(found.split('\n')[0]);
    expect(textOf(await say('answers'))).toContain('7 years old');
  });
});
