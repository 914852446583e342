import type { Content } from '../../content/content.ts';
import { fold, wordsOf } from '../../language/normalise.ts';
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
 * Reads a reply that stands for an option: a key that a button sent, a number, several numbers, a label.
 * @param labels all labels that may be meant, comparable, with their keys: in the reader's language first
 * @returns what it asks for; undefined for words of their own, and for a number that stands for nothing here
 */
export function readReply(
  text: string,
  menu: Menu,
  labels: ReadonlyMap<string, string>,
  content: Content,
): Action | undefined {
  const typed = text.trim();
  // A key that is broken is no words either.
  if (isKey(typed)) return actionOf(typed, content) ?? { type: 'start' };
  if (typed.length > LONGEST_LABEL) return undefined;
  const digits = fold(typed);
  if (menu.numbers !== 'answer' && NUMBERS.test(digits)) return readNumbers(digits, menu, content);
  const key = labels.get(comparable(typed));
  return key === undefined ? undefined : actionOf(key, content);
}

function readNumbers(text: string, menu: Menu, content: Content): Action | undefined {
  const numbers = [...new Set(text.match(/\d+/g) ?? [])].map(Number);
  const actions = numbers.map((number) => actionOf(menu.keys[number - 1] ?? '', content));
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
  return { type: 'answer', ...several, answer: { value: values.flatMap((some) => some ?? []) } };
}

function valuesOf(action: Action): readonly string[] | undefined {
  if (action.type === 'pick') return [action.value];
  if (action.type !== 'answer' || !('value' in action.answer)) return undefined;
  return typeof action.answer.value === 'object' ? action.answer.value : undefined;
}
