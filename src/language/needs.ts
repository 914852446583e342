import type { Content } from '../content/content.ts';
import { detectDanger } from './danger.ts';
import type { Danger } from './danger-patterns.ts';
import { fold, wordsOf } from './normalise.ts';
import { oncePer } from './once-per.ts';
import { compilePatterns, finderOf, wordsInPatterns } from './patterns.ts';
import { findTopics } from './topics.ts';

/** So many words after the question belong to it: "what help is there at school for his dyslexia?" */
const NEAR = 8;

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
  const isGeneral = (i: number) => found.some(({ longest, end }) => i >= longest && i <= end);
  const isAsked = (i: number) => found.some(({ longest, end }) => i >= longest && i <= end + NEAR);
  // "What benefits am I entitled to at school?" names two: they stand in the question or right after it.
  const rest = words
    .map((word, i) => ({ word, i }))
    .filter(({ word, i }) => !general.words.has(word) || !isGeneral(i));
  const topicsOf = (some: typeof rest) => findTopics(some.map(({ word }) => word).join(' '), content, danger);
  const named = topicsOf(rest);
  if (named.length === 0 || topicsOf(rest.filter(({ i }) => isAsked(i))).length > 0) return named;
  // "I am worn out. What am I entitled to?" asks for more than help with being worn out.
  const entitled = [...content.topics].flatMap(([id, { general: isOne }]) => (isOne ? [id] : []));
  return [...new Set([...named, ...entitled])];
}
