import { automatedReadability } from 'automated-readability';
import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';
import { type Check, type Checked, Findings } from './check.ts';
import { everyText, sentencesOf, type Text } from './texts.ts';

/** The oldest reading age that we allow, and the one that we write for. Years. */
const MOST = 11;
export const AIM = 9;
/** Over this it is listed, so that somebody looks before it becomes a fault. */
const LISTED = 10;
/**
 * A text shorter than this can be a year or more off: one long word that has to stand there moves it. It is listed, but
 * fails nothing. Shorter than the second, the formulas say nothing at all.
 */
const FEWEST_WORDS = 60;
const TOO_FEW_WORDS = 25;

/** What is read together, and how old one must be to read it. */
export interface ReadingAge {
  readonly of: Text['of'];
  /** The entry, fact or kind of danger. Topics have two short lines each, so they are taken together. */
  readonly id: string;
  readonly words: number;
  /** Years: five more than the American school grade that the formulas give. */
  readonly fleschKincaid: number;
  readonly automated: number;
  /** The higher of the two: both must find a text easy before we do. */
  readonly age: number;
}

/** Texts that are too hard to read: each entry, question and danger answer, taken as a whole. */
export const readability: Check = (loaded) => {
  const found = new Findings(loaded.files);
  for (const { of, id, words, age, fleschKincaid: fk, automated: ari } of readingAges(loaded)) {
    if (age <= LISTED || words < TOO_FEW_WORDS) continue;
    const says = `this reads for an age of ${age.toFixed(1)} (Flesch-Kincaid ${fk.toFixed(1)}, ARI ${ari.toFixed(1)})`;
    const cure = `shorten the sentences and use short words everyone knows: at most ${MOST}, better ${AIM}`;
    const [file, path] = placeOf(of, id);
    if (age > MOST && words >= FEWEST_WORDS) found.fault(file, path, says, cure);
    else found.warn(file, path, says, cure);
  }
  return found.list;
};

function placeOf(of: Text['of'], id: string): [file: string, path: string[]] {
  if (of === 'entries') return [`entry:${id}`, ['summary']];
  if (of === 'interface') return ['locales/en/interface.yaml', []];
  return of === 'topics' ? ['topics', []] : [of === 'facts' ? 'facts' : 'danger', [id]];
}

/** @returns the reading age of all English that a parent sees, in the content's order. */
export function readingAges(loaded: Checked): ReadingAge[] {
  const together = new Map<string, { of: Text['of']; id: string; texts: string[] }>();
  for (const { of, id: own, text } of everyText(loaded)) {
    const id = of === 'topics' ? 'topics' : own;
    const item = together.get(`${of} ${id}`);
    if (item) item.texts.push(text);
    else together.set(`${of} ${id}`, { of, id, texts: [text] });
  }
  return [...together.values()].flatMap(({ of, id, texts }) => {
    const age = readingAge(texts);
    return age ? [{ of, id, ...age }] : [];
  });
}

/** @returns undefined where there is no word at all */
export function readingAge(texts: readonly string[]): Omit<ReadingAge, 'of' | 'id'> | undefined {
  let sentence = 0;
  let word = 0;
  let syllables = 0;
  let character = 0;
  for (const one of texts.flatMap(sentencesOf)) {
    const words =
      plain(one)
        .match(/[\p{L}’'-]+/gu)
        ?.filter((text) => /\p{L}/u.test(text)) ?? [];
    if (words.length === 0) continue;
    sentence++;
    word += words.length;
    for (const text of words) {
      syllables += syllablesOf(text);
      character += text.replace(/\P{L}/gu, '').length;
    }
  }
  if (word === 0) return undefined;
  const grade = fleschKincaid({ sentence, word, syllable: syllables });
  const automated = automatedReadability({ sentence, word, character });
  return {
    words: word,
    fleschKincaid: grade + 5,
    automated: automated + 5,
    age: Math.max(grade, automated) + 5,
  };
}

/** The same few thousand words come again and again, and counting one takes a while. */
const counted = new Map<string, number>();

function syllablesOf(word: string): number {
  let count = counted.get(word);
  if (count === undefined) {
    count = Math.max(1, syllable(word));
    counted.set(word, count);
  }
  return count;
}

/** Takes out what says nothing about how hard the words are: figures, placeholders, abbreviations and names. */
function plain(sentence: string): string {
  return sentence
    .replace(/\{\{.*?\}\}/g, ' ')
    .replace(/\S*\d\S*/g, ' ')
    .replace(/\b[A-Z][A-Z.&-]+s?\b/g, ' ')
    .replace(/(?<=[\p{L}\p{N},’')]\s+)\(?(?!I\b)[A-Z][\p{L}’'-]*/gu, ' ');
}
