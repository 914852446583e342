import type { Content } from '../content/content.ts';
import { type Danger, detectDanger } from './danger.ts';
import { fold, wordsOf } from './normalise.ts';
import { oncePer } from './once-per.ts';
import { compilePatterns, finderOf, wordsInPatterns } from './patterns.ts';
import { findTopics } from './topics.ts';

const generalReader = oncePer(({ languages }: Content) => {
  const patterns = [...languages.values()].flatMap(({ telling }) => telling.general_need ?? []);
  return {
    find: finderOf(compilePatterns(patterns.map((pattern) => ({ pattern, tag: 0 })))),
    words: wordsInPatterns(patterns),
  };
});

/**
 * Reads what a family comes for. "What am I entitled to?" names no need: whoever says it wants to know all that there is,
 * and is not asked first about complaints, moving and visas, which stand in the same topic as rights.
 * @param danger what danger the message tells of, where that is known already
 * @returns topics, best first; empty where they want to know all that there is; undefined where neither is clear
 */
export function readNeeds(
  text: string,
  content: Content,
  danger: Danger | null = detectDanger(text, content),
): readonly string[] | undefined {
  const words = wordsOf(fold(text));
  const general = generalReader(content);
  const found = general.find(words);
  if (found.length === 0) {
    const topics = findTopics(text, content, danger);
    return topics.length > 0 ? topics : undefined;
  }
  // "What benefits am I entitled to?" names one.
  const others = words.filter(
    (word, i) => !general.words.has(word) || !found.some(({ longest, end }) => i >= longest && i <= end),
  );
  return findTopics(others.join(' '), content);
}
