/** Where the words left it open whether there is danger: a gentle question with help beside it, never a takeover. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHANNELS, type ChannelName } from '../../src/channels/messaging/limits.ts';
import { screenOf } from '../../src/channels/messaging/screen.ts';
import { render } from '../../src/channels/terminal/render.ts';
import { NATIONS } from '../../src/engine/entries.ts';
import { type Occasion, speak } from '../../src/speech/speak.ts';
import type { SpokenDanger } from '../../src/speech/spoken.ts';
import { post, type Served, serve } from './page/serve.ts';
import { content, TODAY, voices } from './real-messenger.ts';

const WORDS = 'i cant cope anymore';
const KIND = 'parent-suicide';
const ASKED = 'That sounds very heavy. Are you thinking about ending your life?';
const BESIDE = 'You do not have to answer this. If somebody is in danger, call 999.';
const LANGUAGES = ['en', 'cy', 'pl', 'ur', 'bn', 'ar'];
const KINDS = [...content.dangers.keys()];
const occasion: Occasion = { date: '2026-11-22', now: TODAY, topics: [], children: 1, hours: 24 };

/** The question about a kind of danger, in words. */
function asked(danger: string, code: string, waits = true): SpokenDanger {
  const reply = { kind: 'danger', danger, level: 'ask', ...(waits ? { waits: true as const } : {}) } as const;
  return speak(content, voices(code), reply, occasion) as SpokenDanger;
}

/** Each way to reach a contact, or where to look. */
function waysTo({ contacts }: SpokenDanger): string[] {
  return contacts.flatMap(({ name, phone, text, web }) => [
    name,
    ...(phone || text ? [phone, text?.to].filter((one) => one !== undefined) : [web ?? '']),
  ]);
}

const mainOf = (html: string) => /<main [\s\S]*<\/main>/.exec(html)?.[0] ?? '';

describe('on the page', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve();
  });
  afterAll(() => served.stop());
  const send = async (fields: Parameters<typeof post>[2]) => {
    const { html, id, title } = await post(served.url, '/conversation', fields);
    return { main: mainOf(html), id, title };
  };

  test('the question is the heading, its answers follow, then help that no tap has to open', async () => {
    const { main, title } = await send({ do: 'text', lang: 'en', text: WORDS });
    expect(main.match(/<h[12][^>]*>[^<]*/g)?.[0]).toContain(ASKED);
    expect(main).not.toContain('You matter');
    expect(title).not.toContain('You matter');
    const order = [
      ASKED,
      `value="danger ${KIND}"`,
      'value="continue"',
      BESIDE,
      'href="tel:116123"',
      '<details',
    ];
    expect(order.map((one) => main.indexOf(one))).toEqual(
      order.map((one) => main.indexOf(one)).toSorted((a, b) => a - b),
    );
    const open = main.slice(0, main.indexOf('<details'));
    for (const way of ['tel:116123', 'sms:85258', 'tel:999']) expect(open).toContain(way);
    expect(open).not.toContain('go to A&amp;E');
    expect(main.slice(main.indexOf('<details'))).toContain('value="entry samaritans"');
  });

  test('what they came for waits in sight', async () => {
    const begun = await send({ do: 'topics', lang: 'en', topic: 'money' });
    for (const conversation of ['', begun.id]) {
      const { main, id } = await send({ do: 'text', lang: 'en', conversation, text: WORDS });
      expect(main).toContain('We are still here');
      expect(main.split('value="continue"')).toHaveLength(3);
      const next = await send({ do: 'continue', lang: 'en', conversation: id });
      expect(next.main).toContain('Where do you live?');
    }
  });

  test('a yes leads to all of the help, as it is where the words are clear', async () => {
    const { id } = await send({ do: 'text', lang: 'en', text: WORDS });
    const { main } = await send({ do: `danger ${KIND}`, lang: 'en', conversation: id });
    expect(main).toMatch(/<h1[^>]*>You matter/);
    expect(main).toContain('go to A&amp;E');
  });

  test('where abuse is possible, the way off the page stays in sight', async () => {
    const { main, title } = await send({ do: 'text', lang: 'en', text: 'my husband has a temper' });
    expect(main).toContain('Does another adult hurt, scare or control you?');
    const open = main.slice(0, main.indexOf('<details'));
    expect(open).toContain('form="leave"');
    expect(open).toContain('Your browser may remember');
    // Where they live is not known yet, so each line says whom it is for.
    expect(open).toMatch(/Live Fear Free[\s\S]*?0808 80 10 800[\s\S]*?Wales/);
    expect(title).toContain('Help now');
  });
});

describe.each(LANGUAGES)('in %s', (code) => {
  test.each(KINDS)('in the terminal, %s', (kind) => {
    const spoken = asked(kind, code);
    const { text, choices } = render(spoken, voices(code));
    const [question, yes, no] = text.split('\n');
    expect(question).toBe(spoken.ask?.question.text);
    expect([yes, no]).toEqual([`  1. ${spoken.ask?.yes.text}`, `  2. ${spoken.ask?.no.text}`]);
    expect(choices).toEqual([{ kind: 'yes' }, { kind: 'no' }]);
    for (const way of waysTo(spoken)) expect(text).toContain(way);
    expect(text).toContain('999');
    expect(text).not.toContain(spoken.title.text);
    expect(text).not.toContain(spoken.say[1]?.text);
    expect(text).toContain(`${spoken.after.text}\n`);
    expect(render(asked(kind, code, false), voices(code)).text).not.toContain(spoken.after.text);
  });

  test.each(Object.keys(CHANNELS) as ChannelName[])('by message, on %s', (channel) => {
    for (const kind of KINDS) {
      const spoken = asked(kind, code);
      const { blocks, urgent } = screenOf([spoken], voices(code), CHANNELS[channel].roomy);
      const labels = [spoken.ask?.question.text, spoken.ask?.yes.text, spoken.ask?.no.text];
      expect(blocks.slice(0, 3).map(({ text }) => text)).toEqual(labels);
      const options = blocks.flatMap(({ option }) => (option ? [option.key] : []));
      expect(options).toEqual([`fp:danger:${kind}`, 'fp:continue']);
      const text = blocks.map((block) => block.text).join('\n');
      for (const way of waysTo(spoken)) expect(text).toContain(way);
      expect(text).toContain('999');
      expect(text).not.toContain(spoken.title.text);
      expect(text).toContain(spoken.after.text);
      // Nothing of it waits behind "more".
      expect(urgent).toBe(true);
      if (kind === 'domestic-abuse')
        expect(text).toContain(`Live Fear Free: ${voices(code).say('nation.wales').text}. `);
    }
  });
});

test('who cannot speak, and a father, are shown whom to reach about abuse', () => {
  const { contacts } = content.dangers.get('domestic-abuse') ?? { contacts: undefined };
  for (const nation of [...NATIONS, 'unknown'] as const) {
    expect(contacts?.[nation], nation).toContain('shout');
    // The line for men does not serve Northern Ireland.
    if (nation !== 'northern_ireland') expect(contacts?.[nation], nation).toContain('mens-advice-line');
  }
  const unknown = ['national-domestic-abuse-helpline', 'live-fear-free', 'scotland-domestic-abuse-helpline'];
  for (const line of [...unknown, 'dsa-helpline-ni']) expect(contacts?.unknown).toContain(line);
});
