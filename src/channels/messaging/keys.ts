import type { Input } from '../../assistant.ts';
import type { Content } from '../../content/content.ts';
import { type Answer, SILENCES, type Silence } from '../../engine/facts.ts';

/** What a channel does by itself, without asking the assistant anything. */
export type Own =
  /** One or some more of several answers. */
  | {
      readonly type: 'pick';
      readonly fact: string;
      readonly child: number;
      readonly values: readonly string[];
    }
  /** What was too long for one message, from this block on. `screen`: of which; absent for what stands there. */
  | { readonly type: 'more'; readonly from: number; readonly screen?: string }
  | { readonly type: 'help' }
  | { readonly type: 'languages' }
  | { readonly type: 'restart' }
  | { readonly type: 'erase' };

export type Action = Exclude<Input, { type: 'text' }> | Own;

/** Nobody begins a message with it, so a key that comes as text is known as one. */
const MARK = 'fp';
/** Longer than any key; the narrowest channel takes 200 characters. */
const LONGEST = 200;
const SMALL = /^\d{1,4}$/;
const PART = /^[\w.~-]*$/;

/**
 * Writes what an option does as a key that a channel sends back when it is tapped: "fp:answer:child.dla_care:0:middle".
 * Ids, never words or positions, so that a button of an old message means what it meant.
 */
export function keyOf(action: Action): string {
  return [MARK, ...partsOf(action)].join(':');
}

function partsOf(action: Action): (string | number)[] {
  switch (action.type) {
    case 'topics':
      return ['topics', action.topics.join('~')];
    case 'answer':
      return [
        action.confirmed ? 'confirm' : 'answer',
        action.fact,
        action.child,
        ...('silence' in action.answer
          ? ['silence', action.answer.silence]
          : ['value', valuesOf(action.answer).join('~')]),
      ];
    case 'pick':
      return ['pick', action.fact, action.child, action.values.join('~')];
    case 'back':
    case 'ask':
      return [action.type, action.fact, action.child];
    case 'untell':
      return ['untell', ...action.facts.flatMap(({ fact, child }) => [fact, child])];
    case 'show':
      return ['show', action.screen];
    case 'entry':
      return ['entry', action.entry];
    case 'children':
      return ['children', action.children];
    case 'go_on':
      return ['go_on', action.budget];
    case 'language':
      return ['language', action.language];
    case 'danger':
      return ['danger', action.danger];
    case 'more':
      return ['more', action.from, ...(action.screen === undefined ? [] : [action.screen])];
    case 'start':
    case 'continue':
    case 'help':
    case 'languages':
    case 'restart':
    case 'erase':
      return [action.type];
    default:
      throw new Error(`no key for "${action.type}"`);
  }
}

function valuesOf(answer: Extract<Answer, { value: unknown }>): readonly string[] {
  return typeof answer.value === 'object' ? answer.value : [String(answer.value)];
}

/** @returns whether what came is a key of ours, right or broken, and no words. */
export function isKey(text: string): boolean {
  return text.startsWith(`${MARK}:`);
}

/** @returns what the key asks for; undefined where it is none, or makes no sense. */
export function actionOf(key: string, content: Content): Action | undefined {
  if (key.length > LONGEST) return undefined;
  const [mark, verb, ...parts] = key.split(':');
  if (mark !== MARK || !parts.every((part) => PART.test(part))) return undefined;
  const [about = '', more = '', kind = '', value = ''] = parts;
  const child = SMALL.test(more) ? Number(more) : undefined;
  const number = SMALL.test(about) ? Number(about) : undefined;
  switch (verb) {
    case 'topics':
      return { type: 'topics', topics: about.split('~').filter((id) => content.topics.has(id)) };
    case 'answer':
    case 'confirm': {
      const answer = answerIn(content, about, kind, value);
      if (child === undefined || !answer) return undefined;
      return {
        type: 'answer',
        fact: about,
        child,
        answer,
        ...(verb === 'confirm' ? { confirmed: true } : {}),
      };
    }
    case 'pick':
      return child === undefined
        ? undefined
        : { type: 'pick', fact: about, child, values: kind.split('~').filter(Boolean) };
    case 'back':
    case 'ask':
      return child === undefined ? undefined : { type: verb, fact: about, child };
    case 'untell': {
      const facts = pairs(parts);
      return facts && { type: 'untell', facts };
    }
    case 'show':
      return about === 'topics' || about === 'found' || about === 'answers'
        ? { type: 'show', screen: about }
        : undefined;
    case 'entry':
      return { type: 'entry', entry: about };
    case 'children':
      return number === undefined ? undefined : { type: 'children', children: number };
    case 'go_on':
      return number === undefined ? undefined : { type: 'go_on', budget: number };
    case 'language':
      return content.languages.has(about) ? { type: 'language', language: about } : undefined;
    case 'danger':
      return content.dangers.has(about) ? { type: 'danger', danger: about, level: 'interrupt' } : undefined;
    case 'more':
      return number === undefined
        ? undefined
        : { type: 'more', from: number, ...(more === '' ? {} : { screen: more }) };
    case 'start':
    case 'continue':
    case 'help':
    case 'languages':
    case 'restart':
    case 'erase':
      return { type: verb };
    default:
      return undefined;
  }
}

function answerIn(content: Content, fact: string, kind: string, value: string): Answer | undefined {
  if (kind === 'silence')
    return (SILENCES as readonly string[]).includes(value) ? { silence: value as Silence } : undefined;
  if (kind !== 'value') return undefined;
  return { value: content.facts.get(fact)?.type === 'choices' ? value.split('~').filter(Boolean) : value };
}

function pairs(parts: readonly string[]): { fact: string; child: number }[] | undefined {
  if (parts.length === 0 || parts.length % 2 !== 0) return undefined;
  const all = [];
  for (let i = 0; i < parts.length; i += 2) {
    const child = parts[i + 1] ?? '';
    if (!SMALL.test(child)) return undefined;
    all.push({ fact: parts[i] ?? '', child: Number(child) });
  }
  return all;
}
