/**
 * Measures how well messages are understood, on the sets of test/language/sets: written by people who had not seen the
 * lexicons. `node test/language/measure.ts [open|held] [language …] [--show]`; `--show` prints what was missed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { openContent } from '../../src/content/open.ts';
import { createLanguage, type Language } from '../../src/language/language.ts';
import { understand } from '../../src/language/understand.ts';

const FOLDER = `${import.meta.dirname}/sets`;
/** Relative dates and ages in the sets count from this day. */
const TODAY = '2026-11-22';

export type Half = 'open' | 'held';
interface Message {
  readonly text: string;
  readonly kind?: string;
  readonly level?: 'interrupt' | 'ask';
  readonly topics?: readonly string[];
  readonly asking?: string;
  readonly value?: unknown;
  readonly silence?: string;
  readonly hedged?: boolean;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly children?: readonly Readonly<Record<string, unknown>>[];
}

/** How many of how many, and the texts that were not right. */
export interface Score {
  readonly right: number;
  readonly of: number;
  readonly wrong: readonly string[];
}

export interface Measured {
  /** For each kind of danger: of those that should interrupt, how many did. */
  readonly interrupt: Readonly<Record<string, Score>>;
  /** Of those that interrupt, as they should, how many give help for the right kind. */
  readonly rightKind: Score;
  /** Of all dangerous messages, how many were met with help or with a gentle question. */
  readonly noticed: Score;
  /** Of calm messages, how many were not interrupted. */
  readonly calm: Score;
  /** The same as `interrupt` and `calm`, of those who tell their story: 30 to 80 words. */
  readonly longInterrupt: Score;
  readonly longCalm: Score;
  /** The same of those who tell all of it: 150 to 280 words. */
  readonly storyInterrupt: Score;
  readonly storyCalm: Score;
  /** What the first thing may be that somebody types, in few and artless words. */
  readonly plainInterrupt: Score;
  readonly plainCalm: Score;
  /** Of needs, how many have a right topic among the first three. */
  readonly topics: Score;
  readonly answers: Score;
  /** Of the facts that were told, how many were read. */
  readonly factsFound: Score;
  /** Of the facts that were read, how many were told. */
  readonly factsRight: Score;
}

/** @returns the scores of one language on one half of its sets. */
export function measure(language: Language, code: string, half: Half): Measured {
  const read = (name: string): Message[] => {
    const file = `${FOLDER}/${code}/${half}/${name}.yaml`;
    return existsSync(file) ? (parse(readFileSync(file, 'utf8')) ?? []) : [];
  };
  const isInterrupted = ({ text }: Message) => language.danger(text)?.level === 'interrupt';
  const danger = read('danger');
  const interrupts = danger.filter(({ level }) => level === 'interrupt');
  const kinds = [...new Set(interrupts.map(({ kind }) => kind as string))];
  const facts = read('facts').flatMap((one) => compareFacts(language, code, one));
  return {
    interrupt: Object.fromEntries(
      kinds.map((kind) => [
        kind,
        score(
          interrupts.filter((one) => one.kind === kind),
          isInterrupted,
        ),
      ]),
    ),
    rightKind: score(
      interrupts.filter(isInterrupted),
      ({ text, kind }) => language.danger(text)?.kind === kind,
      ({ text }) => `${language.danger(text)?.kind} <- `,
    ),
    noticed: score(danger, ({ text }) => language.danger(text) !== null),
    calm: score(read('calm'), (one) => !isInterrupted(one)),
    longInterrupt: score(read('long-danger'), isInterrupted),
    longCalm: score(read('long-calm'), (one) => !isInterrupted(one)),
    storyInterrupt: score(read('story-danger'), isInterrupted),
    storyCalm: score(read('story-calm'), (one) => !isInterrupted(one)),
    plainInterrupt: score(read('plain-danger'), isInterrupted),
    plainCalm: score(read('plain-calm'), (one) => !isInterrupted(one)),
    topics: score(read('topics'), ({ text, topics = [] }) =>
      language
        .topics(text)
        .slice(0, 3)
        .some((topic) => topics.includes(topic)),
    ),
    answers: score(read('answers'), (one) => isAnswered(language, code, one)),
    factsFound: score(
      facts.filter(({ told }) => told),
      ({ told, read }) => told === read,
    ),
    factsRight: score(
      facts.filter(({ read }) => read),
      ({ told, read }) => told === read,
    ),
  };
}

/** @returns all scores of interrupts together. */
export function together(scores: Readonly<Record<string, Score>>): Score {
  const all = Object.values(scores);
  return {
    right: all.reduce((sum, { right }) => sum + right, 0),
    of: all.reduce((sum, { of }) => sum + of, 0),
    wrong: all.flatMap(({ wrong }) => wrong),
  };
}

function score<One extends { readonly text: string }>(
  all: readonly One[],
  isRight: (one: One) => boolean,
  whatInstead: (one: One) => string = () => '',
): Score {
  const wrong = all.filter((one) => !isRight(one));
  return {
    right: all.length - wrong.length,
    of: all.length,
    wrong: wrong.map((one) => whatInstead(one) + describe(one)),
  };
}

function describe(one: { readonly text: string }): string {
  const { text, ...rest } = one;
  return `${text}  ${JSON.stringify(rest)}`;
}

function isAnswered(language: Language, code: string, one: Message): boolean {
  const { answer, hedged } = understand(one.text, language, one.asking, code, TODAY);
  if (one.silence) return answer !== undefined && 'silence' in answer && answer.silence === one.silence;
  if (one.value === null) return answer === undefined || 'silence' in answer || hedged;
  if (!answer || !('value' in answer)) return false;
  if (one.hedged && !hedged) return false;
  return isSame(answer.value, one.value);
}

interface FactRead {
  readonly text: string;
  readonly fact: string;
  readonly told?: string;
  readonly read?: string;
}

function compareFacts(language: Language, code: string, { text, facts = {}, children }: Message): FactRead[] {
  const told = children ? [{ ...facts, ...children[0] }, ...children.slice(1)] : [facts];
  const { told: found } = language.telling(text, code, TODAY);
  const names = new Set([
    ...told.flatMap((one, child) => Object.keys(one).map((fact) => `${child} ${fact}`)),
    ...found.map(({ fact, child }) => `${child} ${fact}`),
  ]);
  return [...names].map((name) => {
    const [child = '0', fact = ''] = name.split(' ');
    const read = found.find((one) => one.fact === fact && one.child === Number(child))?.answer;
    return {
      text,
      fact,
      told: normal(told[Number(child)]?.[fact]),
      read: read && 'value' in read ? normal(read.value) : undefined,
    };
  });
}

function isSame(a: unknown, b: unknown): boolean {
  return normal(a) === normal(b);
}

/** One form for a value: lists in order, ages and money rounded. */
function normal(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return value.toFixed(1);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? [...value].sort().join(',') : String(value);
}

const NAMES: Readonly<Record<string, string>> = {
  rightKind: 'right kind',
  longInterrupt: 'interrupt, long',
  longCalm: 'calm, long',
  storyInterrupt: 'interrupt, stories',
  storyCalm: 'calm, stories',
  plainInterrupt: 'interrupt, plain',
  plainCalm: 'calm, plain',
};

async function main(args: readonly string[]): Promise<void> {
  const half: Half = args.includes('held') ? 'held' : 'open';
  const { content } = await openContent(`${import.meta.dirname}/../..`);
  const language = createLanguage(content);
  const codes = [...content.languages.keys()].filter(
    (code) =>
      existsSync(`${FOLDER}/${code}`) &&
      (!args.some((one) => content.languages.has(one)) || args.includes(code)),
  );
  for (const code of codes) {
    const measured = measure(language, code, half);
    const { interrupt, ...rest } = measured;
    const rows = Object.entries({ ...interrupt, interrupt: together(interrupt), ...rest });
    console.log(`\n${code}, ${half}`);
    for (const [name, { right, of, wrong }] of rows) {
      if (of === 0) continue;
      console.log(
        `  ${(NAMES[name] ?? name).padEnd(26)} ${String(right).padStart(4)} of ${String(of).padStart(4)}  ${((100 * right) / of).toFixed(1)} %`,
      );
      if (args.includes('--show') && name !== 'interrupt')
        for (const text of wrong) console.log(`      ${text}`);
    }
  }
}

if (import.meta.main) await main(process.argv.slice(2));
