import { syllable } from 'syllable';
import type { EntryText } from '../schemas.ts';
import { type Check, Findings } from './check.ts';
import { sentencesOf } from './texts.ts';

/** The reading age that we write for is nine to eleven; half a year is the formulas' own noise. */
const MOST = 11.5;
const BETTER = 10.5;
/** Fewer words than this say nothing about how hard a text is. */
const FEWEST_WORDS = 60;

/** Entries that are too hard to read, each taken as a whole. */
export const readability: Check = (loaded) => {
  const found = new Findings(loaded.files);
  for (const [id, entry] of loaded.content.entries) {
    const age = readingAge(entry);
    if (age === undefined || age <= BETTER) continue;
    const says = `the entry reads for an age of ${age.toFixed(1)}`;
    const cure = 'shorten the sentences and use short words everyone knows: an age of nine to eleven';
    if (age > MOST) found.fault(`entry:${id}`, ['summary'], says, cure);
    else found.warn(`entry:${id}`, ['summary'], says, cure);
  }
  return found.list;
};

/**
 * The age at which an entry can be read: five years more than the school grade of Flesch-Kincaid, or of the
 * Automated Readability Index where that is lower, so that both must find a text hard before we do.
 * The formulas stand here because the packages that have them round their averages to one decimal, which is a whole
 * year of reading age.
 * @returns undefined where there is too little text to tell
 */
export function readingAge(entry: EntryText): number | undefined {
  const texts = [
    entry.summary,
    entry.who,
    entry.first_step,
    ...entry.steps,
    ...(entry.watch_out ?? []),
    ...(entry.myths ?? []).flatMap(({ said, truth }) => [said, truth]),
    ...(entry.refused_steps ?? []),
  ];
  const sentences = texts.flatMap(sentencesOf).map(plain);
  const words = sentences.flatMap((sentence) => sentence.match(/[\p{L}’'-]+/gu) ?? []);
  if (words.length < FEWEST_WORDS) return undefined;
  const perSentence = words.length / sentences.length;
  const syllables = words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0) / words.length;
  const letters = words.reduce((sum, word) => sum + word.replace(/\P{L}/gu, '').length, 0) / words.length;
  const fleschKincaid = 0.39 * perSentence + 11.8 * syllables - 15.59;
  const automated = 4.71 * letters + 0.5 * perSentence - 21.43;
  return Math.min(fleschKincaid, automated) + 5;
}

/** Takes out what says nothing about how hard the words are: figures, placeholders, abbreviations and names. */
function plain(sentence: string): string {
  return sentence
    .replace(/\{\{.*?\}\}/g, ' ')
    .replace(/\S*\d\S*/g, ' ')
    .replace(/\b[A-Z][A-Z.&-]+s?\b/g, ' ')
    .replace(/(?<=[\p{L}\p{N},’')]\s+)\(?(?!I\b)[A-Z][\p{L}’'-]*/gu, ' ');
}
