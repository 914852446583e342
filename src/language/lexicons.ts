import type { Content } from '../content/content.ts';
import type { Lexicon, TellingWords } from '../content/schemas.ts';
import { fold } from './normalise.ts';
import { keptOncePer } from './once-per.ts';
import { type CompiledPatterns, compilePatterns, type Tagged, wordsInPatterns } from './patterns.ts';
import { soundsOf } from './sounds.ts';

/** What of the content it takes. */
export type DangerContent = Pick<Content, 'languages' | 'dangers'>;

/** The lexicons of danger as they are read, in a form that can be kept on a disk. */
export interface CompiledLexicons {
  readonly lexicons: readonly CompiledLexicon[];
  /** Words that are no slips. */
  readonly ordinary: ReadonlySet<string>;
  /** The words that one of the lexicons lends to all others, and its number, or -1. */
  readonly lending: ReadonlySet<string>;
  readonly lent: number;
}

export interface CompiledLexicon {
  readonly items: readonly TaggedItem[];
  readonly patterns: CompiledPatterns;
  /** The tag of what calms. */
  readonly calming: number;
  /** The words that it looks for, as they are typed. */
  readonly wanted: ReadonlySet<string>;
}

/** An item of a lexicon, with the tag of its patterns in the place of each list of them. */
export interface TaggedItem {
  readonly item: Item;
  readonly says: number;
  readonly cancels?: number;
  readonly needed?: number;
  readonly near: readonly number[];
}

export type Item = Omit<Lexicon[number], 'patterns' | 'unless' | 'with' | 'near' | 'reason'>;

const NONE: readonly string[] = [];

/** @returns the lexicons of a content. */
export const lexiconsOf = keptOncePer('danger', (content: DangerContent): CompiledLexicons => {
  const languages = [...content.languages.values()];
  return compileLexicons(
    languages.map(({ danger }) => danger),
    languages.map(({ telling }) => telling),
    ordinaryWords(content),
    [...content.languages.keys()].indexOf('en'),
    englishWords(content),
  );
});

/**
 * @param lexicons one a language
 * @param telling of each of these languages
 * @param ordinary words that are no slips
 * @param lent the number of the lexicon that lends its words to the others, or -1
 * @param lentToo further words of that language
 */
export function compileLexicons(
  lexicons: readonly Lexicon[],
  telling: readonly TellingWords[],
  ordinary: ReadonlySet<string>,
  lent: number,
  lentToo: Iterable<string> = [],
): CompiledLexicons {
  const lending = new Set([...wordsIn(lexicons[lent] ?? []), ...lentToo]);
  return {
    lexicons: lexicons.map((lexicon, i) => compileLexicon(lexicon, telling[i] ?? {})),
    ordinary,
    lending,
    lent,
  };
}

function compileLexicon(lexicon: Lexicon, telling: TellingWords): CompiledLexicon {
  // The same list of patterns stands in many items: it is looked for once.
  const tags = new Map<string, number>();
  const patterns: Tagged[] = [];
  const tagOf = (list: readonly string[]): number => {
    const key = list.join('\n');
    const known = tags.get(key);
    if (known !== undefined) return known;
    const tag = tags.size;
    tags.set(key, tag);
    for (const pattern of list) patterns.push({ pattern, tag });
    return tag;
  };
  const items = lexicon.map(({ patterns: said, unless, with: needed, near, reason: _, ...item }) => ({
    item,
    says: tagOf(said),
    cancels: unless && tagOf(unless),
    needed: needed && tagOf(needed),
    near: near?.map(tagOf) ?? [],
  }));
  const calming = tagOf(telling.calming ?? NONE);
  return {
    items,
    patterns: compilePatterns(patterns, soundsOf(telling).of),
    calming,
    wanted: wordsIn(lexicon),
  };
}

/** @returns all words of a lexicon that tell of danger. */
function wordsIn(lexicon: Lexicon): Set<string> {
  return wordsInPatterns(
    lexicon.flatMap(({ patterns, with: needed = [], near = [] }) => [...patterns, ...needed, ...near.flat()]),
  );
}

/** @returns all words of the content: who types one of these means it. */
function ordinaryWords({ languages, entries, topics }: DangerContent & Partial<Content>): Set<string> {
  const texts = [...languages.values()].map(({ telling, answers, translations }) => [
    telling,
    answers,
    translations,
  ]);
  return longWords([texts, [...(entries?.values() ?? [])], [...(topics?.values() ?? [])]]);
}

/** @returns the words of what is written in English. */
function englishWords({ languages, entries, topics }: DangerContent & Partial<Content>): Set<string> {
  const { telling, answers } = languages.get('en') ?? {};
  return longWords([telling, answers, [...(entries?.values() ?? [])], [...(topics?.values() ?? [])]]);
}

function longWords(texts: unknown): Set<string> {
  const words =
    JSON.stringify(texts)
      .toLowerCase()
      .match(/[\p{L}\p{M}]{4,}/gu) ?? [];
  // Most of them stand there often.
  return new Set([...new Set(words)].map(fold));
}
