import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Composed, compose, type Outgoing } from '../../../src/channels/messaging/compose.ts';
import { actionOf, keyOf } from '../../../src/channels/messaging/keys.ts';
import { CHANNELS, type ChannelName, type Limits } from '../../../src/channels/messaging/limits.ts';
import { comparable, type Menu, readLabel, readPlaced } from '../../../src/channels/messaging/read-reply.ts';
import { type Screen, screenOf } from '../../../src/channels/messaging/screen.ts';
import { segmentsOf } from '../../../src/channels/messaging/segments.ts';
import { type Content, indexContent } from '../../../src/content/content.ts';
import { readContent } from '../../../src/content/load.ts';
import { bandsOf } from '../../../src/engine/bands.ts';
import type { Given, Reply } from '../../../src/engine/conversation.ts';
import { type Occasion, speak, speakEntry } from '../../../src/speech/speak.ts';
import { createVoices, type Voice } from '../../../src/speech/voice.ts';

let content: Content;
let voices: (code: string) => Voice;
let codes: string[];
const names = Object.keys(CHANNELS) as ChannelName[];
const now = new Date('2026-11-22T12:00:00Z');
const occasion: Occasion = { date: '2026-11-22', now, topics: [], children: 2, hours: 24 };

beforeAll(() => {
  content = indexContent(readContent(join(import.meta.dirname, '../../..')).data);
  voices = createVoices(content);
  codes = [...content.languages.keys()];
});

/** Every question, as it is asked and with values to choose from, the topics, every danger. */
function replies(): Reply[] {
  const asked = { children: 2, asked: 3, found: 4, fresh: ['blue-badge'] };
  const questions = [...content.facts.keys()].flatMap((fact): Reply[] => {
    const question = { kind: 'question', fact, child: 0, ...asked } as const;
    const isNumber = ['age', 'number', 'money'].includes(content.facts.get(fact)?.type ?? '');
    const bands = isNumber
      ? bandsOf(content.model, content.model.factIndex.get(fact) ?? -1, '2026-11-22')
      : [];
    return bands.length > 0 ? [question, { ...question, bands }] : [question];
  });
  const dangers = [...content.dangers.keys()].flatMap((danger): Reply[] =>
    (['interrupt', 'ask'] as const).map((level) => ({ kind: 'danger', danger, level, nation: 'england' })),
  );
  return [
    ...questions,
    {
      kind: 'question',
      fact: 'household.area',
      child: 0,
      ...asked,
      choices: ['E06000023', 'E10000003', 'wales'],
    },
    { kind: 'topics', chosen: [] },
    ...dangers,
  ];
}

function screen(reply: Reply, code: string, limits: Limits): Screen {
  const voice = voices(code);
  return screenOf([speak(content, voice, reply, occasion)], voice, limits.roomy);
}

/** All pages of a screen, "more" after "more". */
function pages(one: Screen, limits: Limits): Composed[] {
  const words = { more: 'more', sendMore: 'Send MORE.', choose: 'Choose:', withNumber: 'Send a number.' };
  const all = [compose(one, limits, words)];
  for (let more = all[0]?.more; more !== undefined; more = all.at(-1)?.more) {
    all.push(compose(one, limits, words, more));
    if (all.length > 100) throw new Error('no end of pages');
  }
  return all;
}

function faults(message: Outgoing, limits: Limits): string[] {
  const { text, manner, options } = message;
  const labels = options.map(({ label }) => label);
  const rule = manner === 'list' ? limits.list : limits.buttons;
  return [
    ...(text.trim() === '' ? ['no text'] : []),
    ...(text.length > limits.characters ? [`${text.length} characters`] : []),
    ...(limits.segments !== undefined && segmentsOf(text) > limits.segments ? ['too many segments'] : []),
    ...(!text.isWellFormed() ? ['a letter is cut in two'] : []),
    ...(new Set(labels).size < labels.length ? [`labels twice: ${labels}`] : []),
    ...(manner === 'text' && options.length > 0 ? ['options with nothing to tap'] : []),
    ...(manner !== 'text' && (!rule || options.length > rule.most) ? ['too many options'] : []),
    ...labels.filter((label) => rule && label.length > rule.label).map((label) => `long: ${label}`),
    ...options.flatMap(({ description }) =>
      description !== undefined && description.length > (limits.list?.description ?? 0)
        ? ['long description']
        : [],
    ),
    ...options.flatMap(({ key }) => (key.length > 100 ? [`long key ${key}`] : [])),
  ];
}

describe.each(names)('on %s', (name) => {
  const limits: Limits = CHANNELS[name];

  test('every screen in every language keeps to the limits', () => {
    for (const reply of replies())
      for (const code of codes)
        for (const page of pages(screen(reply, code, limits), limits)) {
          const found = page.messages.flatMap((message) => faults(message, limits));
          expect(found, `${JSON.stringify(reply)} ${code}`).toEqual([]);
        }
  });

  test('every entry, in the plain alphabet and in another script, keeps to the limits', () => {
    for (const code of ['en', 'bn'])
      for (const id of content.entries.keys()) {
        const one = screenOf([speakEntry(content, voices(code), id, occasion)], voices(code), limits.roomy);
        for (const page of pages(one, limits)) {
          const found = page.messages.flatMap((message) => faults(message, limits));
          expect(found, `${id} ${code}`).toEqual([]);
        }
      }
  });

  test('every option is shown on one page, to tap or with its number or words', () => {
    for (const reply of replies())
      for (const code of codes) {
        const one = screen(reply, code, limits);
        const all = pages(one, limits);
        const options = one.blocks.flatMap(({ option }) => (option ? [option] : []));
        const text = all.flatMap(({ messages }) => messages.map((message) => message.text)).join('\n');
        const taps = all.flatMap(({ messages }) => messages.flatMap((message) => message.options));
        options.forEach(({ key, label }, i) => {
          const toTap = taps.some((tap) => tap.key === key);
          const inText =
            text.replace(/\s+/g, ' ').includes(`${i + 1}. `) || text.includes(`- ${label.slice(0, 20)}`);
          expect(toTap || inText, `${key} ${code} on ${name}`).toBe(true);
        });
      }
  });

  test('every option is answered by tap, by number, by label, and by its label in any language', () => {
    for (const reply of replies()) {
      const screens = new Map(codes.map((code) => [code, screen(reply, code, limits)]));
      for (const code of codes) {
        const own = screens.get(code) as Screen;
        const keys = pages(own, limits)[0]?.keys ?? [];
        const menu: Menu = { keys, numbers: own.numbers, ...(own.several ? { several: own.several } : {}) };
        const labels = new Map<string, string>();
        for (const from of [code, ...codes])
          for (const { option } of (screens.get(from) as Screen).blocks) {
            const label = option && comparable(option.label);
            if (option && label && !labels.has(label)) labels.set(label, option.key);
          }
        own.blocks
          .flatMap(({ option }) => (option ? [option] : []))
          .forEach(({ key, label }, i) => {
            const meant = actionOf(key, content);
            expect(meant, key).toBeDefined();
            if (meant) expect(keyOf(meant)).toBe(key);
            const read = (text: string) =>
              readPlaced(text, menu, content) ?? readLabel(text, labels, content);
            expect(read(key)).toEqual(meant);
            if (own.numbers !== 'answer') {
              // Alone, one of several answers is the whole answer; by tap, more may follow.
              const alone =
                meant?.type === 'pick'
                  ? { type: 'answer', fact: meant.fact, child: meant.child, answer: { value: meant.values } }
                  : meant;
              for (const number of [`${i + 1}`, `${i + 1}.`, ` ${i + 1} `])
                expect(read(number), `${number} for ${key}`).toEqual(alone);
            }
            for (const said of [label, label.toUpperCase(), ` ${label}. `])
              expect(read(said), said).toEqual(meant);
            for (const other of codes) {
              const theirs = (screens.get(other) as Screen).blocks.find(
                ({ option }) => option?.key === key,
              )?.option;
              const first = theirs && labels.get(comparable(theirs.label));
              // The same word for another option in the reader's own language: that one is meant.
              const isTaken = first !== key && own.blocks.some(({ option }) => option?.key === first);
              if (theirs && !isTaken) expect(read(theirs.label), `${theirs.label} (${other})`).toEqual(meant);
              if (isTaken) taken.add(`${code}/${other}: ${theirs?.label}`);
            }
          });
      }
    }
    expect([...taken]).toEqual([]);
  });
});

test('the heading of a group of answers does not stand alone at the end of a page', () => {
  const given = [...content.facts].flatMap(([id, { type, options }]): Given[] => {
    const value = type === 'choice' || type === 'yes_no' ? options?.[0] : type === 'number' ? 5 : undefined;
    return value === undefined ? [] : [{ fact: id, child: 0, answer: { value } }];
  });
  let headings = 0;
  for (const name of names)
    for (const code of ['en', 'bn'])
      for (let most = 1; most <= given.length; most++) {
        const one = screen(
          { kind: 'answers', given: given.slice(0, most), children: 1 },
          code,
          CHANNELS[name],
        );
        let from = 0;
        for (const { more } of pages(one, CHANNELS[name])) {
          if (more === undefined) break;
          const [last, next] = [one.blocks[more - 1], one.blocks[more]];
          const isHeading = !last?.option && next?.option && !next.bare;
          if (more - 1 > from) expect(isHeading, `${last?.text} (${code}, ${name})`).toBeFalsy();
          if (!next?.option) headings++;
          from = more;
        }
      }
  // Some pages do end before a heading.
  expect(headings).toBeGreaterThan(0);
});

test('an entry is shown again by its title and options, but whole where it comes with an offer of a language', () => {
  const voice = voices('en');
  const entry = speakEntry(content, voice, 'blue-badge', occasion);
  const notice = (reply: Reply) => speak(content, voice, reply, occasion);
  const alone = screenOf([entry], voice, true);
  const offer = notice({ kind: 'notice', notice: 'offer_language', language: 'pl' });
  expect(screenOf([offer, entry], voice, true).blocks).toEqual(alone.blocks);
  const again = screenOf([offer, notice({ kind: 'notice', notice: 'talk_robot' }), entry], voice, true);
  expect(again.blocks).toEqual([{ text: 'Blue Badge' }, ...alone.blocks.filter(({ option }) => option)]);
  // "More" of the whole entry does not skip a part of this one.
  expect(again.name).not.toBe(alone.name);
});

/** Words that mean another option in another language. */
const taken = new Set<string>();
