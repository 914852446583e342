/**
 * What people type, understood: one message, from words to what the engine is told, on one core. The messages are the
 * open halves of test/language/sets, and of the examples of danger and calm every tenth: answers with their question open,
 * the rest in turn before any question and beside one. And danger alone, over messages of full length in each language, the slowest too. And what the first message of
 * a process costs more, because everything is prepared when it is first needed, or read from where it was kept.
 * No peer: the goals are our own.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { understand } from '../../src/assistant.ts';
import { type Conversation, newConversation } from '../../src/engine/conversation.ts';
import { createLanguage } from '../../src/language/language.ts';
import { readContentOnce, TODAY } from '../families/families.ts';
import { measure, median, printTable, spread } from './rounds.ts';

const GOAL = { perSecond: 1000, danger: 5 };
const CHARACTERS = 2000;
const SETS = `${import.meta.dirname}/../language/sets`;

const content = await readContentOnce();
const begun = performance.now();
const language = createLanguage(content);
const created = performance.now();
const before = memory();
const empty = newConversation('en');
understand(content, language, empty, { type: 'text', text: 'my son is 7 and we need help' }, TODAY);
const first = performance.now();

interface Heard {
  readonly code: string;
  readonly text: string;
  readonly conversation: Conversation;
}
const facts = [...content.facts.keys()];
const messages = [...content.languages.keys()].flatMap((code) => [
  ...['answers', 'topics', 'facts'].flatMap((name) => toHear(code, readSet(code, name))),
  ...toHear(code, examplesIn(code)),
]);
hear(messages);
const prepared = memory();

printTable(
  ['', '', 'goal'],
  [
    ['creating the reader, ms', (created - begun).toFixed(1), ''],
    ['the first message, ms', (first - created).toFixed(0), ''],
    ['memory for the prepared words, MB', ((prepared - before) / 1e6).toFixed(0), ''],
  ],
);

const codes = [...new Set(messages.map(({ code }) => code))];
const sides = ['all', ...codes].map((code) => {
  const some = messages.filter((one) => code === 'all' || one.code === code);
  return { name: `${code}, ${some.length} messages`, count: some.length, run: () => hear(some) };
});
const longs = codes.map((code) => ({
  code,
  texts: stretch(messages.filter((one) => one.code === code).map(({ text }) => text)),
}));
const understood = await measure(sides, { rounds: 7, atLeast: 200 });
const dangers = await measure(
  longs.map(({ code, texts }) => ({
    name: code,
    count: texts.length,
    run: () => texts.map((text) => language.danger(text)),
  })),
  { rounds: 7, atLeast: 200 },
);
printTable(
  ['', 'microseconds each', 'a second', 'goal'],
  understood.map(({ name, rounds }) => [
    name,
    spread(rounds),
    spread(rounds.map((time) => 1_000_000 / time)),
    String(GOAL.perSecond),
  ]),
);
printTable(
  [`danger of ${CHARACTERS} characters`, 'milliseconds', 'the slowest of them', 'goal'],
  dangers.map(({ name, rounds }, i) => [
    name,
    spread(rounds.map((time) => time / 1000)),
    Math.max(...(longs[i]?.texts ?? []).map(timeOf)).toFixed(2),
    String(GOAL.danger),
  ]),
);

function readSet(code: string, name: string): { text: string; asking?: string }[] {
  const file = `${SETS}/${code}/open/${name}.yaml`;
  return existsSync(file) ? (parse(readFileSync(file, 'utf8')) ?? []) : [];
}

function examplesIn(code: string): { text: string }[] {
  const { danger = {}, calm = [] } = content.languages.get(code)?.examples ?? {};
  return [...Object.values(danger).flat(), ...calm].filter((_, i) => i % 10 === 0).map((text) => ({ text }));
}

function toHear(code: string, messages: readonly { text: string; asking?: string }[]): Heard[] {
  return messages.map(({ text, asking }, i) => {
    const fact = asking ?? (i % 2 === 0 ? undefined : facts[i % facts.length]);
    const conversation = newConversation(code);
    return {
      code,
      text,
      conversation: fact
        ? { ...conversation, topics: [], screen: { kind: 'question', fact, child: 0 } }
        : conversation,
    };
  });
}

function hear(some: readonly Heard[]): void {
  for (const { text, conversation } of some)
    understand(content, language, conversation, { type: 'text', text }, TODAY);
}

/** @returns messages of the full length, each many of the real ones in a row. */
function stretch(texts: readonly string[]): string[] {
  const all = texts.join('. ');
  return Array.from({ length: Math.floor(all.length / CHARACTERS) }, (_, i) =>
    all.slice(i * CHARACTERS, (i + 1) * CHARACTERS),
  );
}

/** @returns the milliseconds that danger takes of a text, by the middle one of several tries */
function timeOf(text: string): number {
  const times = Array.from({ length: 9 }, () => {
    const before = performance.now();
    language.danger(text);
    return performance.now() - before;
  });
  return median(times);
}

function memory(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
