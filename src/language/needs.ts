import type { Content } from '../content/content.ts';
import { detectDanger } from './danger.ts';
import type { Danger } from './danger-patterns.ts';
import { markFalseFriends } from './false-friends.ts';
import { fold, wordsOf } from './normalise.ts';
import { oncePer } from './once-per.ts';
import { compilePatterns, finderOf, wordsInPatterns } from './patterns.ts';
import { findTopics, type Heard, topicsIn } from './topics.ts';

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
 * @param heard in which language the conversation is, and which facts the message tells
 * @returns topics, best first; empty where they want to know all that there is; undefined where neither is clear
 */
export function readNeeds(
  text: string,
  content: Content,
  danger: Danger | null = detectDanger(text, content),
  heard: Heard = {},
): readonly string[] | undefined {
  const general = generalReader(content);
  const found = general.find(wordsOf(fold(text)));
  if (found.length === 0) {
    const topics = findTopics(text, content, danger, heard);
    return topics.length > 0 ? topics : undefined;
  }
  const isGeneral = (i: number) => found.some(({ longest, end }) => i >= longest && i <= end);
  const isAsked = (i: number) => found.some(({ longest, end }) => i >= longest && i <= end + NEAR);
  // "What benefits am I entitled to at school?" names two: they stand in the question or right after it.
  const rest = wordsOf(fold(markFalseFriends(text, content, heard.code)))
    .map((word, i) => ({ word, i }))
    .filter(({ word, i }) => !general.words.has(word) || !isGeneral(i));
  const topicsOf = (some: typeof rest, told: Heard['told'] = []) =>
    topicsIn(some.map(({ word }) => word).join(' '), content, danger, told);
  const named = topicsOf(rest, heard.told);
  if (named.length === 0 || topicsOf(rest.filter(({ i }) => isAsked(i))).length > 0) return named;
  // "I am worn out. What am I entitled to?" asks for more than help with being worn out.
  const entitled = [...content.topics].flatMap(([id, { general: isOne }]) => (isOne ? [id] : []));
  return [...new Set([...named, ...entitled])];
}
