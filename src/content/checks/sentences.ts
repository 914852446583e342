import { type Check, Findings } from './check.ts';
import { everyText, sentencesOf, wordsOf } from './texts.ts';

/** More than this and a tired reader starts again (GOV.UK). */
const MOST_WORDS = 25;

/** Sentences that are too long to take in at once. */
export const sentences: Check = (loaded) => {
  const found = new Findings(loaded.files);
  for (const { file, path, text } of everyText(loaded)) {
    for (const sentence of sentencesOf(text)) {
      const { length } = wordsOf(sentence);
      if (length <= MOST_WORDS) continue;
      const start = sentence.split(/\s+/).slice(0, 5).join(' ');
      found.fault(
        file,
        path,
        `a sentence of ${length} words: "${start} …"`,
        `make it two: at most ${MOST_WORDS} words, better 12`,
      );
    }
  }
  return found.list;
};
