import type { IncomingMessage } from 'node:http';
import type { Input } from '../../assistant.ts';
import type { Content } from '../../content/content.ts';
import { OTHER_PLACE } from '../../engine/authorities.ts';
import { type Answer, isDate, type Silence } from '../../engine/facts.ts';
import { Refusal, readBody } from '../http/body.ts';

const MAX_FIELDS = 200;

const CONVERSATION = /^[\w-]{1,64}$/;
const SMALL_NUMBER = /^\d{1,4}$/;
const PLAIN_NUMBER = /^\d{1,9}(\.\d{1,4})?$/;

/** `status` is also the key of the sentence that says so. */
export { Refusal };

/** What somebody typed or ticked that could not be read: shown again, so that nothing is lost. Never stored. */
export interface Entered {
  readonly values: readonly string[];
  readonly text: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

/** What a form asks for. */
export type Order =
  | { readonly do: 'respond'; readonly input: Input }
  /** An answer to the question on the form, which may be an old page: not always the question in hand. */
  | {
      readonly do: 'answer';
      readonly fact: string;
      readonly child: number;
      readonly input: Input;
      readonly entered: Entered;
    }
  /** Their own words, in the box beside the topics. */
  | { readonly do: 'words'; readonly input: Input; readonly entered: Entered }
  | { readonly do: 'restart' }
  | { readonly do: 'erase' };

/** A form as it was sent. A field that is given twice is only read where several values make sense. */
export class Form {
  readonly #fields: URLSearchParams;

  constructor(body: string) {
    this.#fields = new URLSearchParams(body);
    if (this.#fields.size > MAX_FIELDS) throw new Refusal(400);
  }

  /** @returns the value, or undefined where there is none. @throws Refusal where there are several */
  one(name: string): string | undefined {
    const values = this.#fields.getAll(name);
    if (values.length > 1) throw new Refusal(400);
    return values[0];
  }

  many(name: string): string[] {
    return this.#fields.getAll(name);
  }
}

/**
 * Reads the body of a form.
 * @throws Refusal where it is no form, or too large
 */
export async function readForm(request: IncomingMessage): Promise<Form> {
  const type = request.headers['content-type'] ?? '';
  const isForm = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(type);
  const body = await readBody(request);
  if ((!isForm && body.length > 0) || request.headers['content-encoding']) throw new Refusal(400);
  return new Form(body.toString('utf8'));
}

/** @returns the id that the form carries; undefined where there is none yet. @throws Refusal where it is no id */
export function conversationIn(form: Form): string | undefined {
  const id = form.one('conversation');
  if (id === undefined || id === '') return undefined;
  if (!CONVERSATION.test(id)) throw new Refusal(400);
  return id;
}

/**
 * Reads what a form asks for. A button can send one value only, so `do` is a verb and what it is about:
 * "entry blue-badge", "ask child.age 0". Ids, never positions: a button of an old page means what it meant.
 * @param today "YYYY-MM-DD"
 * @throws Refusal where it makes no sense
 */
export function orderIn(form: Form, content: Content, today: string): Order {
  const [verb, about = '', more = ''] = (form.one('do') ?? '').split(' ');
  const respond = (input: Input): Order => ({ do: 'respond', input });
  switch (verb) {
    case 'text': {
      const text = form.one('text') ?? '';
      return { do: 'words', input: { type: 'text', text }, entered: { ...NOTHING, text } };
    }
    case 'topics': {
      const topics = about === 'none' ? [] : form.many('topic').filter((id) => content.topics.has(id));
      return respond({ type: 'topics', topics });
    }
    case 'answer':
      return answerIn(form, content, today, about);
    case 'say': {
      const { fact, child } = questionIn(form);
      const text = (form.one('said') ?? '').trim();
      const input: Input =
        text === '' ? { ...EMPTY, fact, child } : { type: 'text', text, asking: { fact, child } };
      return { do: 'answer', fact, child, input, entered: NOTHING };
    }
    case 'so': {
      const { fact, child } = questionIn(form);
      return respond({ type: 'answer', fact, child, answer: givenIn(form, content, fact) });
    }
    case 'untell':
      return respond({ type: 'untell', facts: [{ fact: about, child: small(more) }] });
    case 'confirm': {
      const { fact, child } = questionIn(form);
      return respond({ type: 'answer', fact, child, answer: givenIn(form, content, fact), confirmed: true });
    }
    case 'back':
    case 'ask':
      return respond({ type: verb, fact: about, child: small(more) });
    case 'show':
      if (about !== 'topics' && about !== 'found' && about !== 'answers') throw new Refusal(400);
      return respond({ type: 'show', screen: about });
    case 'entry':
      return respond({ type: 'entry', entry: about });
    case 'children':
      return respond({ type: 'children', children: small(about) });
    case 'go_on':
      return respond({ type: 'go_on', budget: small(about) });
    case 'here':
      return respond({ type: 'start' });
    case 'continue':
      return respond({ type: 'continue' });
    case 'danger':
      if (!content.dangers.has(about)) throw new Refusal(400);
      return respond({ type: 'danger', danger: about, level: 'interrupt' });
    case 'language':
      if (!content.languages.has(about)) throw new Refusal(400);
      return respond({ type: 'language', language: about });
    case 'restart':
    case 'erase':
      return { do: verb };
    default:
      throw new Refusal(400);
  }
}

function answerIn(form: Form, content: Content, today: string, silence: string): Order {
  const { fact, child } = questionIn(form);
  const entered: Entered = {
    values: form.many('value'),
    text: form.one('text') ?? '',
    day: form.one('day') ?? '',
    month: form.one('month') ?? '',
    year: form.one('year') ?? '',
  };
  const order = (input: Input): Order => ({ do: 'answer', fact, child, input, entered });
  const answer = (given: Answer): Order => order({ type: 'answer', fact, child, answer: given });
  if (silence !== '') return answer({ silence: silenceIn(silence) });
  switch (content.facts.get(fact)?.type) {
    case 'choice':
    case 'yes_no': {
      const [value, ...others] = entered.values;
      if (others.length > 0) throw new Refusal(400);
      return value === undefined ? order({ ...EMPTY, fact, child }) : answer({ value });
    }
    case 'place': {
      const [value, ...others] = entered.values;
      const typed = entered.text.trim();
      if (others.length > 0) throw new Refusal(400);
      if (value === OTHER_PLACE) return order({ type: 'unreadable', notice: 'other_place', fact, child });
      if (value !== undefined) return answer({ value });
      return typed === ''
        ? order({ ...EMPTY, fact, child })
        : order({ type: 'text', text: typed, asking: { fact, child } });
    }
    case 'choices':
      return entered.values.length === 0
        ? order({ ...EMPTY, fact, child })
        : answer({ value: entered.values });
    case 'date': {
      const [day, month, year] = [entered.day, entered.month, entered.year].map((part) => part.trim());
      if (!day && !month && !year) return order({ ...EMPTY, fact, child });
      if (/^\d{1,2}$/.test(day ?? '') && /^\d{1,2}$/.test(month ?? '') && /^\d{4}$/.test(year ?? '')) {
        const value = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
        // All dates that we ask for are past. With a slip in the year, a deadline would be a year late.
        return isDate(value) && value > today
          ? order({ type: 'unreadable', notice: 'future_date', fact, child })
          : answer({ value });
      }
      return order({ type: 'text', text: `${day} ${month} ${year}`, asking: { fact, child } });
    }
    case undefined:
      // The question is no longer in the content: the engine says so.
      return answer({ silence: 'not_sure' });
    default: {
      const typed = (entered.values[0] ?? entered.text).trim();
      if (entered.values.length > 1) throw new Refusal(400);
      if (typed === '') return order({ ...EMPTY, fact, child });
      return PLAIN_NUMBER.test(typed)
        ? answer({ value: Number(typed) })
        : order({ type: 'text', text: typed, asking: { fact, child } });
    }
  }
}

const NOTHING: Entered = { values: [], text: '', day: '', month: '', year: '' };
const EMPTY = { type: 'unreadable', notice: 'empty' } as const;

function questionIn(form: Form): { fact: string; child: number } {
  return { fact: form.one('fact') ?? '', child: small(form.one('child') ?? '') };
}

/** @returns the answer that a price page sends back: already read once, so in its one normal form. */
function givenIn(form: Form, content: Content, fact: string): Answer {
  const silence = form.one('silence');
  if (silence !== undefined) return { silence: silenceIn(silence) };
  const values = form.many('value');
  if (content.facts.get(fact)?.type === 'choices') return { value: values };
  if (values.length !== 1) throw new Refusal(400);
  return { value: values[0] as string };
}

function silenceIn(text: string): Silence {
  if (text !== 'not_sure' && text !== 'rather_not_say') throw new Refusal(400);
  return text;
}

function small(text: string): number {
  if (!SMALL_NUMBER.test(text)) throw new Refusal(400);
  return Number(text);
}
