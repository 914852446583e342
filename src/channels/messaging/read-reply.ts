import type { Content } from '../../content/content.ts';
import { fold, wordsOf } from '../../language/normalise.ts';
import { readOptionNumbers } from '../../language/read-choice.ts';
import type { WordLists } from '../../language/word-lists.ts';
import { type Action, actionOf, isKey } from './keys.ts';
import type { Screen } from './screen.ts';

/** What stands on the screen, to read a reply by. */
export interface Menu {
  /** The first is number 1. */
  readonly keys: readonly string[];
  readonly numbers: Screen['numbers'];
  readonly several?: Screen['several'];
}

/** Characters, more than any label has: what is longer is what somebody says in their own words. */
export const LONGEST_LABEL = 120;
const NUMBERS = /^\s*#?\d{1,3}[.)]?(\s*(,|;|\s|\+|&)\s*\d{1,3}[.)]?)*\s*$/;

/** @returns a label as it is compared: without case, accents and signs. */
export function comparable(label: string): string {
  return wordsOf(fold(label)).join(' ');
}

/**
 * Reads a reply that stands for an option by its place: a key that a button sent, a number, several numbers, "number 2",
 * "the second one". Places are those of the screen that they saw.
 * @param lists how the reader's language says numbers and places
 * @returns what it asks for; undefined for words of their own, and for a number that stands for nothing here
 */
export function readPlaced(
  text: string,
  menu: Menu,
  content: Content,
  lists?: WordLists,
): Action | undefined {
  const typed = text.trim();
  // A key that is broken is no words either.
  if (isKey(typed)) return actionOf(typed, content) ?? { type: 'start' };
  if (typed.length > LONGEST_LABEL || menu.numbers === 'answer') return undefined;
  const digits = fold(typed);
  if (NUMBERS.test(digits)) return chosen(digits.match(/\d+/g)?.map(Number) ?? [], menu, content);
  const said = lists && placesIn(digits, menu.keys.length, lists);
  return said && chosen(said, menu, content);
}

/** @param labels all labels that may be meant, comparable, with their keys: in the reader's language first */
export function readLabel(
  text: string,
  labels: ReadonlyMap<string, string>,
  content: Content,
): Action | undefined {
  if (text.trim().length > LONGEST_LABEL) return undefined;
  const key = labels.get(comparable(text));
  return key === undefined ? undefined : actionOf(key, content);
}

/** @returns the places of options, from 1, where that is all that was said but for a word around it ("3 please"). */
function placesIn(folded: string, count: number, lists: WordLists): readonly number[] | undefined {
  const words = folded.split(' ');
  const isAround = (word: string | undefined) =>
    lists.around.has((word ?? '').replace(/[^\p{L}\p{M}]/gu, ''));
  const core = isAround(words[0]) ? words.slice(1) : isAround(words.at(-1)) ? words.slice(0, -1) : words;
  // The last one is the last of the answers, and which that is the assistant knows.
  const isFromEnd = (said: string) =>
    lists.ordinals.some(({ saying, place }) => place < 0 && saying.join(' ') === wordsOf(said).join(' '));
  if (isFromEnd(folded) || isFromEnd(core.join(' '))) return undefined;
  return readOptionNumbers(folded, count, lists) ?? readOptionNumbers(core.join(' '), count, lists);
}

function chosen(places: readonly number[], menu: Menu, content: Content): Action | undefined {
  const actions = [...new Set(places)].map((place) => actionOf(menu.keys[place - 1] ?? '', content));
  const known = actions.filter((action) => action !== undefined);
  if (known.length < actions.length) return undefined;
  const [only, ...others] = known;
  return (
    (menu.numbers === 'options' ? together(known, menu) : undefined) ??
    (others.length === 0 ? only : undefined)
  );
}

/** @returns several ticks as one answer; undefined where they are of different kinds. */
function together(actions: readonly Action[], { several }: Menu): Action | undefined {
  const topics = actions.flatMap((action) => (action.type === 'topics' ? action.topics : []));
  if (actions.every(({ type }) => type === 'topics')) return { type: 'topics', topics };
  const values = actions.map(valuesOf);
  if (!several || values.some((some) => some === undefined)) return undefined;
  const { fact, child, ticked } = several;
  const all = values.flatMap((some) => some ?? []);
  // Some are ticked already: these come to them.
  if (ticked && actions.every(({ type }) => type === 'pick'))
    return { type: 'pick', fact, child, values: all };
  return { type: 'answer', fact, child, answer: { value: all } };
}

function valuesOf(action: Action): readonly string[] | undefined {
  if (action.type === 'pick') return action.values;
  if (action.type !== 'answer' || !('value' in action.answer)) return undefined;
  return typeof action.answer.value === 'object' ? action.answer.value : undefined;
}
