import type { TellingWords } from './schemas.ts';

/** Each list of words by its name, as a piece of a pattern. */
export type Lists = ReadonlyMap<string, string>;

const LIST = /<([a-z_]+)>/g;
/** A part of a word that may be any of several: "{a,b,}". */
const BRACES = /\{([^{}]*)\}/;
/** A word with at least one such part; a space may only stand in the braces. */
const WORD_WITH_BRACES = /(?:[^\s()|{}]|\{[^{}]*\})*\{[^{}]*\}(?:[^\s()|{}]|\{[^{}]*\})*/g;

const IS_ONE_WORD = /^(?:[^\s()|{}]|\{[^{}]*\})+$/;

/** @returns each list of words as a piece of a pattern; a list may name those that stand before it. */
export function listsOf({ lists = {} }: Pick<TellingWords, 'lists'>): Lists {
  const pieces = new Map<string, string>();
  for (const [name, words] of Object.entries(lists)) {
    const forms = words.flatMap((word) => (IS_ONE_WORD.test(word) ? expandBraces(word) : withForms(word)));
    pieces.set(name, withLists(`(${[...new Set(forms)].join('|')})`, pieces));
  }
  return pieces;
}

/** @returns a pattern as the automaton reads it: with the words of each list it names, and all forms of each word. */
export function withLists(pattern: string, lists: Lists): string {
  return withForms(pattern).replace(LIST, (whole, name) => lists.get(name) ?? whole);
}

function withForms(pattern: string): string {
  return pattern.replace(WORD_WITH_BRACES, (word) => `(${[...new Set(expandBraces(word))].join('|')})`);
}

/**
 * Expands a word that is written as what it is made of: "{yi,bi,}drab{ni,na}" stands for six words. Languages that put
 * who does it and to whom into the word have hundreds of forms of each, and nobody can review them one by one.
 * @returns all words, the first parts changing slowest; the word itself where it has no braces
 */
export function expandBraces(word: string): string[] {
  const braces = BRACES.exec(word);
  if (!braces) return [word];
  const [whole, inside = ''] = braces;
  const before = word.slice(0, braces.index);
  const ends = expandBraces(word.slice(braces.index + whole.length));
  return inside.split(',').flatMap((part) => ends.map((end) => before + part.trimStart() + end));
}
