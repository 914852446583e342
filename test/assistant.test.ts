import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Assistant, createAssistant, type Input } from '../src/assistant.ts';
import { openContent } from '../src/content/open.ts';
import type { Conversation } from '../src/engine/conversation.ts';
import { createLanguage } from '../src/language/language.ts';
import { createVoices } from '../src/speech/voice.ts';
import { SqliteStorage } from '../src/storage/sqlite-storage.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const { content } = await openContent(ROOT);
const voices = createVoices(content);
const language = createLanguage(content);

let folder: string;
let storage: SqliteStorage;
let assistant: Assistant;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fingerpost-'));
  storage = new SqliteStorage(join(folder, 'conversations.sqlite'));
  assistant = createAssistant({
    content,
    storage,
    voices,
    language,
    now: () => new Date('2026-11-22T12:00:00Z'),
    hours: 24,
  });
});
afterEach(() => {
  storage.close();
  rmSync(folder, { recursive: true });
});

/** Everything that stands on the disk for the conversations. */
function onDisk(): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name)).toString('latin1'))
    .join('');
}

async function say(id: string | undefined, ...inputs: Input[]) {
  let turn = await assistant.respond(id, inputs[0] as Input, 'en');
  for (const input of inputs.slice(1)) turn = await assistant.respond(turn.id, input, 'en');
  return turn;
}

describe('privacy', () => {
  test('nothing that was typed is in the file, only the answers that were read from it', async () => {
    const turn = await say(
      undefined,
      {
        type: 'text',
        text: 'I am Zebedee Quillfeather, my daughter Persephone is at Larkspur school, they exclude her',
      },
      { type: 'text', text: 'we live in England, near Wobblington' },
      { type: 'text', text: 'england' },
      { type: 'text', text: 'Persephone is 9' },
      { type: 'text', text: 'dunno, ask Doctor Frobisher on 07700 900123' },
      { type: 'text', text: 'my ex Bartholomew will kill us' },
    );
    expect(turn.conversation.log.length).toBeGreaterThan(0);
    const disk = onDisk();
    expect(disk).toContain('household.nation');
    const typed = [
      'Zebedee',
      'Quillfeather',
      'Persephone',
      'Larkspur',
      'Wobblington',
      'Frobisher',
      '900123',
      'Bartholomew',
      'exclude her',
    ];
    for (const word of typed) expect(disk.toLowerCase()).not.toContain(word.toLowerCase());
  });

  test('an erased conversation is gone from the disk, and its id opens nothing', async () => {
    const turn = await say(
      undefined,
      { type: 'topics', topics: [] },
      { type: 'answer', fact: 'household.nation', child: 0, answer: { value: 'wales' } },
    );
    expect(onDisk()).toContain(turn.id);
    await assistant.erase(turn.id);
    expect(onDisk()).not.toContain(turn.id);
    const after = await say(turn.id, { type: 'show', screen: 'answers' });
    expect(after.id).not.toBe(turn.id);
    expect(after.conversation.log).toEqual([]);
    expect(after.replies[0]).toMatchObject({ kind: 'notice', notice: 'conversation_gone' });
  });
});

describe('danger first', () => {
  test('words of danger are answered with help whatever question is open, and the conversation is still there', async () => {
    const before = await say(
      undefined,
      { type: 'topics', topics: ['household-money-debt'] },
      { type: 'answer', fact: 'household.nation', child: 0, answer: { value: 'england' } },
    );
    const during = await say(before.id, { type: 'text', text: 'they would be better off without me' });
    expect(during.replies[0]).toMatchObject({
      kind: 'danger',
      danger: 'parent-suicide',
      level: 'interrupt',
      nation: 'england',
    });
    const [spoken] = during.spoken();
    expect(spoken?.kind === 'danger' && spoken.contacts.map(({ phone }) => phone)).toContain('116 123');
    const after = await say(during.id, { type: 'continue' });
    expect(after.conversation.log).toEqual(before.conversation.log);
    expect(after.replies.at(-1)?.kind).toBe('question');
    expect(after.conversation.dangers).toEqual(['parent-suicide']);
  });

  test('in a conversation that is gone, typed, chosen as a topic or given as an answer', async () => {
    const topic = [...content.topics].find(([, { danger }]) => danger)?.[0] as string;
    const fact = content.model.facts.find(({ fact }) => fact.danger && fact.scope !== 'child')?.fact;
    const option = Object.keys(fact?.danger ?? {})[0] as string;
    const value = fact?.type === 'choices' ? [option] : option;
    const inputs: Input[] = [
      { type: 'text', text: 'i want to kill myself' },
      { type: 'topics', topics: [topic] },
      { type: 'answer', fact: fact?.id ?? '', child: 0, answer: { value } },
    ];
    for (const input of inputs) {
      const { replies, conversation } = await say('gone', input);
      expect(replies.map(({ kind }) => kind)).toEqual(['danger', 'notice']);
      expect(conversation.log).toEqual([]);
    }
  });

  test('in a language that was not chosen, too', async () => {
    const turn = await assistant.respond(undefined, { type: 'text', text: 'i want to kill myself' }, 'ur');
    expect(turn.replies[0]).toMatchObject({ kind: 'danger', danger: 'parent-suicide' });
  });

  test('choosing a topic that is a danger shows its help before any question', async () => {
    const turn = await say(undefined, { type: 'topics', topics: ['domestic-abuse'] });
    expect(turn.replies[0]).toMatchObject({ kind: 'danger', danger: 'domestic-abuse' });
    const [spoken] = turn.spoken();
    expect(spoken?.kind === 'danger' && spoken.leaveQuickly).toBe(true);
  });

  test('where there is fear, couple work is not shown, whatever they came for', async () => {
    const turn = await say(
      undefined,
      { type: 'topics', topics: ['relationship-conflict'] },
      { type: 'answer', fact: 'household.nation', child: 0, answer: { value: 'england' } },
      { type: 'text', text: 'i am scared of my husband he hits me' },
      { type: 'show', screen: 'found' },
    );
    const [found] = turn.replies;
    const shown = found?.kind === 'found' ? [...found.signposts.first, ...found.signposts.more] : [];
    expect(turn.conversation.dangers).toContain('domestic-abuse');
    expect(shown.map(({ entry }) => entry)).not.toContain('relate-conflict-support');
    expect(shown[0]?.entry).toBe('national-domestic-abuse-helpline');
  });

  test('we never say that somebody has been told', () => {
    const texts = [...content.dangers.values()].flatMap(({ say: lines, after, ask }) => [
      ...lines,
      after,
      ask,
    ]);
    const claims =
      /\b(we (have |will )?(told|tell|call|called|report|inform)|has been (told|informed|alerted))\b/i;
    expect(texts.filter((text) => claims.test(text))).toEqual([]);
  });
});

describe('two at once', () => {
  test('two tabs that answer different questions at the same moment both keep their answer', async () => {
    const { id } = await say(undefined, { type: 'topics', topics: [] });
    const facts = ['child.age', 'carer.hours', 'carer.weekly_earnings'] as const;
    await Promise.all(
      facts.map((fact, i) =>
        assistant.respond(id, { type: 'answer', fact, child: 0, answer: { value: i + 1 } }, 'en'),
      ),
    );
    const turn = await say(id, { type: 'show', screen: 'answers' });
    expect(turn.conversation.log.map(({ fact }) => fact).sort()).toEqual([...facts].sort());
  });
});

test('what was typed and not understood leaves the question and the answers as they were', async () => {
  const before = await say(undefined, { type: 'topics', topics: [] });
  const after = await say(before.id, { type: 'text', text: '☃☃☃ what?' });
  expect(after.conversation).toEqual({ ...before.conversation, misread: 1 });
  expect(after.replies.map(({ kind }) => kind)).toEqual(['notice', 'question']);
});

test('a message in own words goes on with its topics and says which', async () => {
  const turn = await say(undefined, { type: 'text', text: 'the council refused to assess for an EHCP' });
  expect(turn.conversation.topics).toContain('ehcp-process');
  const [notice] = turn.spoken();
  expect(notice?.kind === 'notice' && notice.text.text).toContain('EHC plan');
});

test('who names no need is asked as if they had chosen no topic, and told so', async () => {
  const turn = await say(undefined, { type: 'text', text: 'what am I entitled to?' });
  expect(turn.conversation.topics).toEqual([]);
  expect(turn.replies.map((one) => (one.kind === 'notice' ? one.notice : one.kind))).toEqual([
    'all_needs',
    'question',
  ]);
});

test('nothing matched is said plainly', async () => {
  const turn = await say(undefined, { type: 'text', text: 'qwertz uiop' });
  expect(turn.replies[0]).toMatchObject({ kind: 'notice', notice: 'no_topic' });
});

describe('a conversation of another content', () => {
  test('goes on, whatever it names that is no longer there', async () => {
    const { id, conversation } = await say(undefined, { type: 'topics', topics: ['short-breaks'] });
    const screens: Conversation['screen'][] = [
      { kind: 'question', fact: 'gone.fact', child: 0 },
      { kind: 'entry', entry: 'gone' },
      { kind: 'price', given: { fact: 'gone.fact', child: 0, answer: { value: 'yes' } } },
      { kind: 'danger', danger: 'gone', level: 'ask' },
    ];
    for (const screen of screens) {
      const old: Conversation = {
        ...conversation,
        screen,
        topics: ['gone'],
        dangers: ['gone'],
        announced: ['gone'],
        log: [{ fact: 'gone.fact', child: 0, answer: { value: 'yes' } }],
      };
      await storage.write({ [`conversation/${id}`]: { conversation: old } });
      for (const input of [{ type: 'start' }, { type: 'show', screen: 'answers' }] as const) {
        const turn = await say(id, input);
        expect([screen.kind, turn.id, turn.spoken().length]).toEqual([screen.kind, id, 1]);
      }
    }
  });

  test('in a language that is no longer there goes on in English', async () => {
    const { id, conversation } = await say(undefined, { type: 'start' });
    await storage.write({ [`conversation/${id}`]: { conversation: { ...conversation, language: 'xx' } } });
    expect((await say(id, { type: 'start' })).conversation.language).toBe('en');
  });

  test('a kind of danger that has no help of its own is answered with the gravest', async () => {
    const turn = await say(undefined, { type: 'danger', danger: 'gone', level: 'interrupt' });
    const [gravest] = content.dangers.keys();
    expect(turn.spoken()[0]).toMatchObject({ kind: 'danger', danger: gravest });
  });
});

describe('a number that is typed', () => {
  const hours = { fact: 'carer.hours', child: 0 };
  const age = { fact: 'child.age', child: 0 };

  test.each(['12', '12 hours', '12, maybe a bit more than that'])(
    'answers what was asked, and nothing besides: "%s"',
    async (text) => {
      const { conversation } = await say(
        undefined,
        { type: 'ask', ...hours },
        { type: 'text', text, asking: hours },
      );
      expect(conversation.log.map(({ fact }) => fact)).not.toContain('child.age');
    },
  );

  test.each(['-3', '− 3', 'minus 3', 'minus three'])(
    'is not taken where it is less than nothing: "%s"',
    async (text) => {
      const { conversation, replies } = await say(
        undefined,
        { type: 'ask', ...age },
        { type: 'text', text, asking: age },
      );
      expect(conversation.log).toEqual([]);
      expect(replies.some((reply) => reply.kind === 'notice' && reply.notice === 'unreadable')).toBe(true);
    },
  );
});

test('nobody is asked for the date of a letter who is not known to have had one', async () => {
  let turn = await say(undefined, {
    type: 'topics',
    topics: ['attendance-exclusion', 'rights-moving-immigration'],
  });
  const asked: string[] = [];
  while (turn.conversation.screen.kind === 'question') {
    const { fact, child } = turn.conversation.screen;
    asked.push(fact);
    const answer = fact === 'household.nation' ? { value: 'england' } : ({ silence: 'not_sure' } as const);
    turn = await say(turn.id, { type: 'answer', fact, child, answer });
  }
  expect(asked).toContain('child.school_trouble');
  expect(asked.filter((fact) => content.facts.get(fact)?.type === 'date')).toEqual([]);
});

describe('at help in danger', () => {
  const help: Input = { type: 'danger', danger: 'parent-suicide', level: 'interrupt' };
  const HELLO: Input = { type: 'text', text: 'my son is 7 and school keeps sending him home' };
  const write = (text: string): Input => ({ type: 'text', text });

  test.each([
    'ok',
    'yes',
    'ok go on',
    'carry on',
    'continue',
    'next',
    'skip',
    'i want to go on',
    'im ready to go on',
    'lets go on please',
    'ok lets carry on with the questions',
    'iawn, awn ymlaen',
    'dalej',
    'dobrze, idźmy dalej',
    'نعم، لنكمل',
    'آگے چلیں',
    'চলুন এগোই',
  ])('"%s" goes on', async (text) => {
    const { conversation } = await say(undefined, HELLO, help, write(text));
    expect(conversation).toMatchObject({
      screen: { kind: 'question', fact: 'household.nation' },
      topics: ['attendance-exclusion'],
    });
  });

  test.each(['flurb', 'no', 'not now', 'thank you', 'hm'])(
    '"%s" is met kindly, the help stays',
    async (text) => {
      const { conversation, replies } = await say(undefined, HELLO, help, write(text));
      expect(conversation.screen).toMatchObject({ kind: 'danger', level: 'interrupt' });
      const notices = replies.flatMap((reply) => (reply.kind === 'notice' ? [reply.notice] : []));
      for (const notice of notices) expect(notice).toMatch(/^(take_your_time|talk_)/);
    },
  );

  const NOT_GOING_ON = [
    "I'm ready",
    "I'm next",
    'he is at home right now',
    'right now',
    'jestem gotowa',
    'on dalej tu jest',
    'on kontynuuje',
    "mae'n mynd ymlaen nawr",
    'mae o yma yn barod',
    "mae'n parhau",
    'هو استمر',
    'أنا مستعدة',
    'نعم هو عندنا',
    'میں تیار ہوں',
    'جی وہ گھر پر ہے',
    'আমি প্রস্তুত',
    'হ্যাঁ সে এখনো আছে',
  ];

  test.each(NOT_GOING_ON)('"%s" leaves neither the help nor the question whether it is so', async (text) => {
    for (const level of ['interrupt', 'ask'] as const) {
      const { conversation } = await say(undefined, HELLO, { ...help, level }, write(text));
      expect(conversation.screen).toMatchObject({ kind: 'danger' });
    }
  });

  test('danger in what they write comes before going on', async () => {
    const { conversation } = await say(undefined, HELLO, help, write('ok go on but i cant go on'));
    expect(conversation.screen).toMatchObject({ kind: 'danger', danger: 'parent-suicide' });
    const other = await say(undefined, HELLO, help, write('yes he hit me'));
    expect(other.conversation.screen).toMatchObject({ kind: 'danger', danger: 'domestic-abuse' });
  });

  test('an answer to a question of another tab is still an answer', async () => {
    const asking = { fact: 'carer.wellbeing', child: 0 };
    const { conversation } = await say(undefined, HELLO, help, { type: 'text', text: 'ok', asking });
    expect(conversation.log).toContainEqual({ ...asking, answer: { value: 'coping' } });
  });
});

describe('asked whether they are in danger', () => {
  const HELLO: Input = { type: 'text', text: 'my son is 7 and school keeps sending him home' };
  const asked: Input = { type: 'danger', danger: 'domestic-abuse', level: 'ask' };
  const write = (text: string): Input => ({ type: 'text', text });

  test.each([
    'carry on',
    'next',
    'can we go on please',
    'back to the questions',
    'awn ymlaen',
    'cwestiwn nesaf',
    'chcę iść dalej',
    // "Do" is a yes in Welsh.
    'do pytań',
    'اگلا سوال',
    'aage chalein',
    'পরের প্রশ্ন',
    'egiye jai',
    'السؤال التالي',
    'يلا نكمل',
  ])('"%s" goes on', async (text) => {
    const { conversation } = await say(undefined, HELLO, asked, write(text));
    expect(conversation.screen).toMatchObject({ kind: 'question', fact: 'household.nation' });
  });

  test.each([
    'ok',
    'sure',
    'yes carry on',
    'ok next',
    'tak, dalej',
    'iawn',
    'جی آگے چلیں',
    'ঠিক আছে',
    'تمام نكمل',
  ])('"%s" is a yes: help comes', async (text) => {
    const { conversation } = await say(undefined, HELLO, asked, write(text));
    expect(conversation.screen).toMatchObject({ kind: 'danger', level: 'interrupt' });
  });

  test.each([
    'not yet',
    'No, not yet.',
    'jeszcze nie',
    'dim eto',
    'ابھی نہیں',
    'abhi nahi',
    'এখনও না',
    'ekhono na',
    'لسه',
  ])('"%s" is no "no": help comes', async (text) => {
    const { conversation } = await say(undefined, HELLO, asked, write(text));
    expect(conversation.screen).toMatchObject({ kind: 'danger', level: 'interrupt' });
  });

  test.each(['no', 'nope', 'No, I am not', 'nie'])('"%s" goes on', async (text) => {
    const { conversation } = await say(undefined, HELLO, asked, write(text));
    expect(conversation.screen).toMatchObject({ kind: 'question' });
  });

  test.each(['k', 'all right', 'im fine', 'fine', 'flurb', 'no but i might', 'his sister could'])(
    '"%s" says neither: the question stays',
    async (text) => {
      const { conversation } = await say(undefined, HELLO, asked, write(text));
      expect(conversation.screen).toMatchObject({ kind: 'danger', level: 'ask' });
    },
  );
});

test.each([['yes'], ['yes', 'yes'], ['ok', 'yes']])(
  'after help in danger a yes is taken at last: %s',
  async (...words) => {
    const { conversation } = await say(
      undefined,
      { type: 'topics', topics: ['sleep-health'] },
      { type: 'danger', danger: 'parent-suicide', level: 'interrupt' },
      { type: 'continue' },
      { type: 'ask', fact: 'child.extra_care', child: 0 },
      ...['yes', ...words].map((text): Input => ({ type: 'text', text })),
    );
    expect(conversation.log).toContainEqual({ fact: 'child.extra_care', child: 0, answer: { value: 'yes' } });
  },
);

describe('what is only on hand', () => {
  const TIRED: Input[] = [
    { type: 'topics', topics: ['parent-mental-health', 'school-support'] },
    { type: 'answer', fact: 'child.age', child: 0, answer: { value: 7 } },
    { type: 'answer', fact: 'carer.wellbeing', child: 0, answer: { value: 'worn_out' } },
    { type: 'answer', fact: 'child.school_trouble', child: 0, answer: { value: ['too_little_help'] } },
  ];

  test.each([...content.languages.keys()])(
    'is said to be there if needed, and never that it fits: %s',
    async (code) => {
      const { spoken } = await say(undefined, ...TIRED, { type: 'show', screen: 'found' });
      const found = spoken(code).find((one) => one.kind === 'found');
      const saying = (key: string) => voices(code).say(key).text;
      expect(found?.first.length).toBe(7);
      for (const id of ['drink-drugs-gambling', 'eating-disorder-helpline']) {
        const card = [...(found?.first ?? []), ...(found?.more ?? [])].find((one) => one.id === id);
        expect(card?.tag).toEqual({ text: saying('found.on_hand'), lang: code });
        expect(card?.why).toEqual([{ text: saying('found.why_on_hand'), lang: code }]);
      }
      const [told] = found?.first.filter(({ id }) => id === 'gp-own-health') ?? [];
      expect(told?.tag.text).toBe(saying('found.qualifies'));
    },
  );

  test.each([
    ['carer-assessment-breaks', 'carers-centre-local'],
    ['school-support', 'local-offer'],
    ['household-money-debt', 'drink-drugs-gambling'],
    ['child-mental-health', 'eating-disorder-helpline'],
  ])('gives its place to what fits by their answers, off their topic too: %s', async (topic, id) => {
    const [, ...answers] = TIRED;
    const england: Input = {
      type: 'answer',
      fact: 'household.nation',
      child: 0,
      answer: { value: 'england' },
    };
    const asked: Input = { type: 'topics', topics: [topic] };
    const { spoken } = await say(undefined, asked, ...answers, england, { type: 'show', screen: 'found' });
    const found = spoken().find((one) => one.kind === 'found');
    expect(found?.first.map((one) => one.id)).toContain('gp-own-health');
    expect(found?.first.map((one) => one.id)).not.toContain(id);
    expect(found?.more.map((one) => one.id)).toContain(id);
  });

  test('is not new from their answers', async () => {
    const turn = await say(undefined, ...TIRED, {
      type: 'answer',
      fact: 'household.nation',
      child: 0,
      answer: { value: 'england' },
    });
    const question = turn.replies.find((one) => one.kind === 'question');
    expect(question?.fresh).toContain('sendiass');
    expect(question?.fresh).not.toContain('local-offer');
    expect(question?.fresh).not.toContain('send-legal-advice');
  });

  test('is so on its card, on its own page and in what is new', async () => {
    const answers: Input[] = [
      { type: 'topics', topics: ['parent-mental-health'] },
      { type: 'answer', fact: 'household.nation', child: 0, answer: { value: 'england' } },
    ];
    for (const told of [answers.slice(0, 1), answers]) {
      const { replies } = await say(undefined, ...told);
      expect(replies.find((one) => one.kind === 'question')?.fresh).not.toContain('samaritans');
    }
    const { spoken } = await say(undefined, ...answers, { type: 'show', screen: 'found' });
    const [found] = spoken().filter((one) => one.kind === 'found');
    const cards = [...(found?.first ?? []), ...(found?.more ?? [])];
    expect(cards.map(({ id }) => id)).toContain('samaritans');
    const tags = new Map<string, string>();
    const verdicts = new Map<string, string>();
    for (const { id, tag } of cards) {
      const opened = await say(undefined, ...answers, { type: 'entry', entry: id });
      const [entry] = opened.spoken().filter((one) => one.kind === 'entry');
      tags.set(id, tag.text);
      verdicts.set(id, entry?.outcome?.verdict.text ?? '');
    }
    const onHand = (all: ReadonlyMap<string, string>, said: string) =>
      [...all].flatMap(([id, one]) => (one === said ? [id] : []));
    const saying = (key: string) => voices('en').say(key).text;
    expect(onHand(tags, saying('found.on_hand'))).toContain('samaritans');
    expect(onHand(verdicts, saying('outcome.on_hand'))).toEqual(onHand(tags, saying('found.on_hand')));
  });
});

test('who asks for a person is shown where one is, each time and once', async () => {
  const please: Input = { type: 'text', text: 'I want to talk to a person' };
  for (const times of [1, 2, 3]) {
    const { spoken } = await say(undefined, ...Array<Input>(times).fill(please));
    const entries = spoken().flatMap((one) => (one.kind === 'notice' && one.entry ? [one.entry.id] : []));
    expect(entries).toEqual(['national-carer-helpline']);
  }
});

test('several topics are parted by the sign of the language', async () => {
  const turn = await say(undefined, {
    type: 'topics',
    topics: ['school-support', 'parent-mental-health'],
    heard: true,
  } as Input);
  const noticed = (code: string) =>
    turn.spoken(code).flatMap((one) => (one.kind === 'notice' ? one.text.text : []));
  expect(noticed('en').join()).toContain('; ');
  for (const code of ['ar', 'ur']) {
    expect(noticed(code).join()).toContain('؛ ');
    expect(noticed(code).join()).not.toContain(';');
  }
});

test('what could not be read leaves an opened question open: Back still loses nothing', async () => {
  const { replies } = await say(
    undefined,
    { type: 'topics', topics: ['school-support'] },
    { type: 'answer', fact: 'child.age', child: 0, answer: { value: 7 } },
    { type: 'answer', fact: 'carer.wellbeing', child: 0, answer: { value: 'worn_out' } },
    { type: 'ask', fact: 'child.age', child: 0 },
    { type: 'unreadable', notice: 'empty', fact: 'child.age', child: 0 },
  );
  expect(replies.find((one) => one.kind === 'question')?.back).toBeUndefined();
});
