/**
 * What nobody should type and somebody will: every script, broken characters, floods, our own words in any order, bait
 * for regular expressions. Nothing may throw or hang, and what is understood must be ids and values of ours: so nothing
 * that was typed can get any further.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { understand } from '../../src/assistant.ts';
import type { Content } from '../../src/content/content.ts';
import { openContent } from '../../src/content/open.ts';
import { SMALL_TALK } from '../../src/content/schemas.ts';
import {
  type Conversation,
  type Given,
  type Message,
  newConversation,
  type Screen,
  turn,
} from '../../src/engine/conversation.ts';
import { type Answer, type Fact, readAnswer } from '../../src/engine/facts.ts';
import { createLanguage, type Language } from '../../src/language/language.ts';
import { measured } from '../measured.ts';
import { ROOT } from './sayings.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const TODAY = '2026-11-22';
/** Ten thousand in all. */
const RUNS = { alone: 6000, conversations: 4000 };
/** The danger of so many characters should be read within so many milliseconds. */
const SPEED = { characters: 2000, goal: 5 };
const SEED = 4;

let content: Content;
let language: Language;
let facts: readonly Fact[];
let lexicon: Lexicon;
beforeAll(async () => {
  content = (await openContent(ROOT)).content;
  language = createLanguage(content);
  facts = content.model.facts.map(({ fact }) => fact);
  lexicon = lexiconOf(content);
}, 60_000);

// What is typed.

interface Lexicon {
  readonly words: readonly string[];
  readonly patterns: readonly string[];
}

/** Our own words and patterns, in all languages. */
function lexiconOf({ languages, topics, glossary }: Content): Lexicon {
  const texts = [
    ...[...languages.values()].map(({ telling, danger, answers }) =>
      JSON.stringify([telling, danger, answers]),
    ),
    JSON.stringify([[...topics.values()], [...glossary.values()]]),
  ];
  const words = new Set(texts.flatMap((text) => text.match(/[\p{L}\p{M}]+/gu) ?? []));
  const patterns = [...languages.values()].flatMap(({ danger, telling }) => [
    ...danger.flatMap((one) => [...one.patterns, ...(one.unless ?? []), ...(one.with ?? [])]),
    ...(telling.tells ?? []).flatMap((one) => [...one.patterns, ...(one.unless ?? [])]),
    ...Object.values(telling.small_talk ?? {}).flat(),
    ...(telling.meaning ?? []),
  ]);
  return { words: [...words], patterns };
}

/** @returns words that a pattern is made for; `draw` gives a number up to a limit. */
function sayingOf(pattern: string, draw: (below: number) => number): string {
  let flat = pattern;
  for (let inner = ''; inner !== flat; ) {
    inner = flat;
    flat = flat.replace(/\(([^()]*)\)/gu, (_, ways: string) => {
      const all = ways.split('|');
      return ` ${all[draw(all.length)]} `;
    });
  }
  return flat.replaceAll('*', '').replace(/\.{3,}|…/gu, () => ['', ' a ', ' then a b '][draw(3)] as string);
}

const BAIT = [
  ...[
    '((((a+)+)+)+$',
    '(?<=x)',
    '[',
    '\\',
    '$&',
    '$1',
    '.*',
    '%s%n',
    '{{7*7}}',
    '<script>alert(1)</script>',
    '\0',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    "'; DROP TABLE items; --",
    '../../etc',
    '\r\n\r\n',
  ],
  ...[
    '1e999',
    'Infinity',
    'NaN',
    '-0',
    '0x10',
    '1,000,000,000',
    '½½½',
    '٣٤٥',
    '৯৯',
    '7½',
    '12:00',
    '24/7',
    '£',
    '££9',
  ],
  ...[
    '99999999999999 weeks ago',
    '999 months ago',
    '31/2/2026',
    '29 Feb',
    '9999-99-99',
    '0000-00-00',
    'last monday',
  ],
  ...[
    'l0l0l0l0l0l0l0l0l0l0l0l0l0l0l0 1',
    'BS3 4QQ',
    'zz1 zz1',
    'w1',
    'o1l 1lo',
    'not',
    'not not',
    'no',
    'yes no',
  ],
  ...[
    'my son is 8',
    'shes nearly 25',
    'nine hundred thousand million',
    'hundred hundred',
    '?',
    '!!!',
    '…',
    ', , ,',
  ],
  ...[
    '\u200b',
    '\u200d',
    '\u2066\u202e',
    '\u061c',
    '\ufeff',
    '\u00ad',
    '\ud83d',
    '\udc00',
    '\ufdfa',
    'e\u0301\u0327',
  ],
  ...[
    '👩‍👧‍👦',
    '🇬🇧',
    '1️⃣',
    '😭😭😭',
    '𝓲 𝔀𝓪𝓷𝓽',
    'ｆｕｌｌ',
    'ﬁ',
    'İ',
    'ß',
    'ǅ',
    'ا',
    'مجھے',
    'আমি',
    'dydw i ddim',
    'nie chcę',
  ],
];
/** Beginnings of blocks of many scripts, private and unassigned places among them. */
const BLOCKS = [
  ...[
    0x00, 0x80, 0x100, 0x250, 0x300, 0x370, 0x400, 0x530, 0x590, 0x600, 0x6d0, 0x750, 0x900, 0x980, 0xa00,
    0xb80,
  ],
  ...[
    0xe00, 0xf00, 0x1000, 0x10a0, 0x1100, 0x1200, 0x1780, 0x1e00, 0x1f00, 0x2000, 0x2060, 0x2070, 0x2460,
    0x2e80,
  ],
  ...[
    0x3040, 0x4e00, 0xac00, 0xd7c0, 0xe000, 0xfb50, 0xfe00, 0xfe70, 0xff00, 0xfff0, 0x10330, 0x12000, 0x1d400,
  ],
  ...[0x1f100, 0x1f600, 0x20000, 0xe0000, 0x10fff0],
];

/** Of more than can be handed over one by one. */
const oneOf = <Item>(list: readonly Item[]): fc.Arbitrary<Item> =>
  fc.nat(list.length - 1).map((i) => list[i] as Item);

const units = (): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: oneOf(lexicon.words) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(oneOf(lexicon.patterns), fc.infiniteStream(fc.nat()))
        .map(([pattern, numbers]) => sayingOf(pattern, (below) => (numbers.next().value as number) % below)),
    },
    { weight: 3, arbitrary: fc.constantFrom(...BAIT) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('not', 'never', 'no', 'nie', 'ddim', 'نہیں', 'না', 'لا', 'i', 'my', 'want'),
    },
    { weight: 1, arbitrary: fc.nat(400).map(String) },
    { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: 10n ** 40n }).map(String) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...BLOCKS), fc.array(fc.nat(127), { minLength: 1, maxLength: 8 }))
        .map(([block, offsets]) =>
          offsets.map((one) => String.fromCodePoint(Math.min(block + one, 0x10ffff))).join(''),
        ),
    },
    // Any code units, halves of pairs among them.
    {
      weight: 1,
      arbitrary: fc
        .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
        .map((codes) => String.fromCharCode(...codes)),
    },
  );

const texts = (): fc.Arbitrary<string> => {
  const blanks = fc.constantFrom(' ', ' ', ' ', '', ', ', '. ', '\n', '-', '\u200b', '? ', ' and ', '\u00a0');
  const mixed = fc
    .tuple(fc.array(units(), { maxLength: 14 }), blanks)
    .map(([some, blank]) => some.join(blank));
  const flood = (most: number) =>
    fc
      .tuple(fc.array(units(), { minLength: 1, maxLength: 4 }), blanks, fc.integer({ min: 1, max: most }))
      .map(([some, blank, length]) => {
        const one = some.join(blank) + blank || 'a';
        return one.repeat(Math.ceil(length / one.length)).slice(0, length);
      });
  return fc.oneof(
    { weight: 78, arbitrary: mixed },
    { weight: 14, arbitrary: flood(500) },
    { weight: 7, arbitrary: flood(5000) },
    { weight: 1, arbitrary: flood(100_000) },
  );
};

// What may come of it.

function expectAnswer(id: string, answer: Answer): void {
  const fact = facts[content.model.factIndex.get(id) ?? -1];
  expect(fact, id).toBeDefined();
  // As it is kept and as it is read again: the same.
  expect(readAnswer(fact as Fact, JSON.parse(JSON.stringify(answer))), id).toEqual(answer);
}

/** @returns all strings in a value, but not the names of fields. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

let ids: Set<string> | undefined;
/** All that a message may be made of: words of ours. */
function ours(): Set<string> {
  ids ??= new Set([
    ...facts.flatMap((fact) => [fact.id, ...fact.options]),
    ...[content.topics, content.dangers, content.entries, content.glossary, content.languages].flatMap(
      (map) => [...map.keys()],
    ),
    ...content.authorities.keys(),
    ...SMALL_TALK,
    ...['england', 'wales', 'scotland', 'northern_ireland', 'interrupt', 'ask', 'not_sure', 'rather_not_say'],
    ...[
      'start',
      'topics',
      'answer',
      'told',
      'hedged',
      'talk',
      'meaning',
      'in_language',
      'entry',
      'danger',
      'continue',
    ],
    ...[
      'unreadable',
      'empty',
      'no_topic',
      'which_place',
      'other_place',
      'unknown_place',
      'age_in_years',
      'take_home',
    ],
    ...['take_your_time', 'go_on_here', 'in_language', 'talk_explain', 'untell'],
  ]);
  return ids;
}

function expectOurs(value: unknown): void {
  const foreign = stringsIn(value).filter((one) => !ours().has(one) && !/^\d{4}-\d\d-\d\d$/.test(one));
  expect(foreign).toEqual([]);
}

function expectMessage(message: Message): void {
  expectOurs(message);
  if (message.type === 'in_language') expectMessage(message.message);
  if (message.type === 'answer' || message.type === 'hedged') expectAnswer(message.fact, message.answer);
  if (message.type === 'danger') expect(content.dangers.has(message.danger)).toBe(true);
  if (message.type === 'entry') expect(content.entries.has(message.entry)).toBe(true);
  if (message.type === 'meaning') expect(content.glossary.has(message.term)).toBe(true);
  if ('topics' in message)
    for (const topic of message.topics ?? []) expect(content.topics.has(topic)).toBe(true);
  if ('also' in message) for (const one of message.also ?? []) expectAnswer(one.fact, one.answer);
  if ('children' in message && message.children !== undefined) expect(message.children).toBeGreaterThan(1);
}

const slow: { readonly text: string; readonly took: number }[] = [];

describe('ten thousand random, hostile or huge messages', () => {
  test('each reader alone: never throws, and gives ids and values of ours', { timeout: 300_000 }, () => {
    const codes = [...content.languages.keys()];
    const types = [...Map.groupBy(facts, ({ type }) => type).values()];
    let run = 0;
    fc.assert(
      fc.property(texts(), (text) => {
        run++;
        const code = codes[run % codes.length] as string;
        const begun = performance.now();
        const danger = language.danger(text.slice(0, SPEED.characters));
        slow.push({ text, took: performance.now() - begun });
        if (danger) expect(content.dangers.has(danger.kind)).toBe(true);
        language.danger(text);
        const topics = language.topics(text);
        expect(topics.length).toBeLessThanOrEqual(5);
        for (const topic of topics) expect(content.topics.has(topic)).toBe(true);
        const entries = language.entries(text);
        expect(entries.length).toBeLessThanOrEqual(5);
        for (const entry of entries) expect(content.entries.has(entry)).toBe(true);
        const { told, children } = language.telling(text, code, TODAY);
        for (const { fact, child, answer } of told) {
          expectAnswer(fact, answer);
          expect(child === 0 || child < (children ?? 1)).toBe(true);
        }
        // A fact of each type, another one each time.
        for (const some of types) {
          const fact = some[run % some.length] as Fact;
          const reply = language.reply(text, fact.id, code, TODAY);
          if (reply) expectAnswer(fact.id, reply.answer);
        }
        const places = ['E06000023', 'E06000025', 'wales'];
        const place = language.place(text, code, TODAY, run % 2 === 0 ? places : undefined);
        if (place) expectOurs(Object.values(place).slice(1));
        const term = language.meaning(text);
        if (term !== undefined) expect(content.glossary.has(term)).toBe(true);
        const talk = language.smallTalk(text);
        if (talk !== undefined) expect(SMALL_TALK).toContain(talk);
        const written = language.which(text);
        if (written !== undefined) expect(codes).toContain(written);
        language.agrees(text, code);
        language.corrections(text, code);
      }),
      { numRuns: RUNS.alone, seed: SEED },
    );
  });

  test('in conversations, on every screen', { timeout: 300_000 }, () => {
    const { model } = content;
    const given: Given = { fact: 'child.age', child: 0, answer: { value: 7 } };
    const asks = facts.map((fact): Screen => ({ kind: 'question', fact: fact.id, child: 0 }));
    const screens: readonly Screen[] = [
      { kind: 'topics' },
      { kind: 'question', fact: 'household.area', child: 0, choices: ['E06000023', 'wales'] },
      { kind: 'found' },
      { kind: 'answers' },
      { kind: 'entry', entry: [...content.entries.keys()][0] as string },
      { kind: 'price', given },
      { kind: 'confirm', given },
      { kind: 'danger', danger: [...content.dangers.keys()][0] as string, level: 'ask' },
    ];
    const codes = [...content.languages.keys()];
    let run = 0;
    fc.assert(
      fc.property(texts(), texts(), (one, other) => {
        const begun: Conversation = { ...newConversation(codes[run % codes.length] as string), log: [given] };
        run++;
        for (const screen of [screens[run % screens.length] as Screen, asks[run % asks.length] as Screen]) {
          let conversation: Conversation = {
            ...begun,
            topics: screen.kind === 'topics' ? null : [...content.topics.keys()].slice(0, 2),
            screen,
          };
          for (const text of [one, other]) {
            const asking = run % 7 === 0 ? { fact: 'child.age', child: 0 } : undefined;
            const message = understand(content, language, conversation, { type: 'text', text, asking }, NOW);
            expectMessage(message);
            const after = turn(model, conversation, message, NOW);
            conversation = after.conversation;
            for (const { fact, answer } of conversation.log) expectAnswer(fact, answer);
          }
        }
      }),
      { numRuns: RUNS.conversations / 2, seed: SEED },
    );
  });

  test(`how long the danger of ${SPEED.characters} characters takes, at worst`, () => {
    const worst = slow
      .sort((a, b) => b.took - a.took)
      .slice(0, 30)
      .map(({ text }) => {
        const times = Array.from({ length: 5 }, () => {
          const begun = performance.now();
          language.danger(text.slice(0, SPEED.characters));
          return performance.now() - begun;
        });
        return { text, took: Math.min(...times) };
      })
      .sort((a, b) => b.took - a.took)[0];
    if (!worst) return;
    measured(`danger, ${SPEED.characters} hostile characters, the worst`, worst.took, SPEED.goal);
  });
});
