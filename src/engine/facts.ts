import type { Rule } from './rules.ts';

export type Scope = 'child' | 'carer' | 'household';
export type FactType = 'choice' | 'choices' | 'yes_no' | 'number' | 'age' | 'money' | 'date' | 'place';

/**
 * The value of a fact. choice and yes_no: an option id ("yes", "no" for yes_no). choices: the ids chosen.
 * number: in the fact's unit; age: years, with fractions for months; money: pounds. date: "YYYY-MM-DD". place: the
 * code of an authority.
 */
export type Value = string | number | readonly string[];

/** Two ways of not telling. Both leave every rule unknown, and both mean: do not ask again. */
export const SILENCES = ['not_sure', 'rather_not_say'] as const;
export type Silence = (typeof SILENCES)[number];

/** What was answered to a question: a value, or a silence. Not asked yet is the absence of an answer. */
export type Answer = { readonly value: Value } | { readonly silence: Silence };

/** One thing that can be known of a family. Words about it live in the content, not here. */
export interface Fact {
  readonly id: string;
  readonly scope: Scope;
  readonly type: FactType;
  /** Option ids for choice and choices; ["yes", "no"] for yes_no; empty for the rest. */
  readonly options: readonly string[];
  /** Options that stand alone: choosing "none of these" excludes the others. */
  readonly exclusive: readonly string[];
  /** The fact applies only where this holds. */
  readonly onlyIf?: Rule;
  /** What the fact is worth where it does not apply: no job, so earnings are 0. Without it every test is false. */
  readonly otherwise?: Value;
  /** Effort of answering: 1 anyone knows … 3 must look it up. */
  readonly effort: 1 | 2 | 3;
  readonly sensitive: boolean;
  /** Few families say yes to it: it does not go first, though it may be about what they came for. */
  readonly rare?: boolean;
  /**
   * Says who the family is rather than what it needs (nation, age, savings): alone it never brings up an entry. A list:
   * only these options do, the others tell of a need.
   */
  readonly background: boolean | readonly string[];
  /** Largest value that makes sense for number, age and money. */
  readonly max?: number;
  /** Of a place: each code by which an authority is known (also former ones), with the code that we keep. */
  readonly places?: Readonly<Record<string, string>>;
  /** Options that tell of danger, with the kind of danger. */
  readonly danger?: Readonly<Record<string, string>>;
}

export const YES_NO = ['yes', 'no'] as const;

/** Days outside these are slips of the finger, and clocks could not reckon with some of them. */
const FIRST_DAY = '1900-01-01';
const LAST_DAY = '2199-12-31';

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** @returns whether `text` is a day that exists, written "YYYY-MM-DD". */
export function isDate(text: string): boolean {
  if (!ISO_DATE.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * Reads a raw value (from a form, a JSON line or a family file) as a value of a fact.
 * @returns the value in its one normal form, or undefined where it is not a value of that fact.
 */
export function readValue(fact: Fact, raw: unknown): Value | undefined {
  switch (fact.type) {
    case 'choice':
    case 'yes_no': {
      const option = raw === true ? 'yes' : raw === false ? 'no' : raw;
      return typeof option === 'string' && fact.options.includes(option) ? option : undefined;
    }
    case 'choices': {
      const list = Array.isArray(raw) ? raw : [raw];
      if (list.length === 0 || !list.every((id) => typeof id === 'string' && fact.options.includes(id)))
        return undefined;
      // In the vocabulary's order and without repeats, so that the same choice is the same bytes.
      const chosen = fact.options.filter((option) => list.includes(option));
      const alone = chosen.some((option) => fact.exclusive.includes(option));
      return alone && chosen.length > 1 ? undefined : chosen;
    }
    case 'number':
    case 'age':
    case 'money': {
      const number = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
      if (typeof number !== 'number' || !Number.isFinite(number) || number < 0) return undefined;
      // -0 is 0: one normal form, the same before and after JSON.
      return number <= (fact.max ?? 1_000_000) ? Math.abs(number) : undefined;
    }
    case 'date':
      return typeof raw === 'string' && isDate(raw) && raw >= FIRST_DAY && raw <= LAST_DAY ? raw : undefined;
    case 'place':
      return typeof raw === 'string' && fact.places && Object.hasOwn(fact.places, raw)
        ? fact.places[raw]
        : undefined;
  }
}

/**
 * Reads a raw answer, from a message or from a stored log.
 * @returns the answer in its one normal form, or undefined where it is neither a value of that fact nor a silence.
 */
export function readAnswer(fact: Fact, raw: unknown): Answer | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  if ('value' in raw) {
    const value = readValue(fact, raw.value);
    return value === undefined ? undefined : { value };
  }
  const silence = SILENCES.find((one) => 'silence' in raw && one === raw.silence);
  return silence && { silence };
}

/** @returns whether answers like these say who the family is rather than what it needs. */
export function isBackground({ background }: Fact, options: readonly string[] | undefined): boolean {
  if (typeof background === 'boolean') return background;
  return options?.every((option) => background.includes(option)) ?? false;
}

/** @returns whether two values are the same. */
export function sameValue(a: Value, b: Value): boolean {
  if (typeof a === 'object' && typeof b === 'object')
    return a.length === b.length && a.every((id, i) => id === b[i]);
  return a === b;
}

/** @returns whether two answers are the same. */
export function sameAnswer(a: Answer, b: Answer): boolean {
  if ('value' in a) return 'value' in b && sameValue(a.value, b.value);
  return 'silence' in b && a.silence === b.silence;
}
