import type { AnswerSayings } from '../content/schemas.ts';
import { type Answer, type Fact, readValue, type Silence, type Value } from '../engine/facts.ts';
import { oncePer } from './once-per.ts';
import { nameOptions, readOption, readOptionNumbers, readOptions } from './read-choice.ts';
import { readDate } from './read-date.ts';
import { type Quantity, readQuantities } from './read-number.ts';
import { isSaying, placeOf, type Saying, toSaying, type WordLists, wordLists } from './word-lists.ts';

/** What a question's answer can look like in words. */
export interface AnswerWords {
  /** The label of each option: in the language, then in English. */
  readonly labels: readonly Readonly<Record<string, string>>[];
  /** What parents type, in the language, then in English. Kept in one array, it is prepared once. */
  readonly sayings: readonly AnswerSayings[];
  /** The codes of these languages, for the names of months. */
  readonly languages: readonly string[];
  /** Money that is asked for by the week: "850 a month" is put into weeks. */
  readonly unit?: 'hours/week' | 'GBP/week';
  /** "YYYY-MM-DD": a date without a year is the last such day. */
  readonly today: string;
  /**
   * What was numbered 1, 2, 3 on the screen, if it was not the options in their order: option ids, and `not_sure`
   * and `rather_not_say` where those were numbered too.
   */
  readonly numbered?: readonly string[];
}

/** No answer to a question has more words. What is longer is a story: it is read for danger and topics. */
const MOST_WORDS = 40;
const MOST_CHARACTERS = 400;

/**
 * Reads what was typed as the answer to a question.
 * Never throws; work is bounded for any input.
 * @returns the answer, or undefined where it is not clear: then it is asked again, never guessed
 */
export function readAnswer(text: string, fact: Fact, words: AnswerWords): Answer | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const said = toSaying(text);
  if (said.length === 0 || said.length > MOST_WORDS) return undefined;
  const lists = wordLists(words.sayings);
  const raw = readRaw(text, said, fact, words, lists);
  if (raw !== undefined) {
    if (typeof raw === 'object' && 'silence' in raw) return raw;
    const value = readValue(fact, raw);
    return value === undefined ? undefined : { value };
  }
  const silence = readSilence(said, lists);
  return silence && { silence };
}

function readRaw(
  text: string,
  said: Saying,
  fact: Fact,
  words: AnswerWords,
  lists: WordLists,
): Value | { readonly silence: Silence } | undefined {
  const also = lists.also.get(fact.id) ?? [];
  switch (fact.type) {
    case 'choice':
    case 'choices':
    case 'yes_no': {
      const numbered = words.numbered ?? fact.options;
      const numbers = readOptionNumbers(text, numbered.length, lists);
      if (numbers)
        return byNumber(
          numbers.map((number) => numbered[number - 1] as string),
          fact,
        );
      // "I don't know" starts no label, but "no" starts "no idea": what says nothing comes first.
      if (readSilence(said, lists)) return undefined;
      const options = optionsOf(words.labels)(lists)(fact);
      return fact.type === 'choices' ? readOptions(text, options, lists) : readOption(said, options, lists);
    }
    case 'place':
      // Where it is, the reader of places tells (read-place.ts).
      return undefined;
    case 'date':
      return readDate(text, lists, words.languages, words.today);
    default: {
      const known = also.find(({ saying }) => isSaying(said, saying, true));
      if (known) return Number(known.id);
      if (fact.type !== 'age' && lists.none.some((saying) => isSaying(said, saying))) return 0;
      const quantities = readQuantities(text, lists);
      if (!quantities || quantities.length === 0) return undefined;
      if (fact.type === 'age') return toYears(quantities);
      const [one, ...more] = quantities as [Quantity, ...Quantity[]];
      if (more.length > 0) return undefined;
      return fact.type === 'money' ? toPounds(one, words.unit) : toNumber(one, words.unit);
    }
  }
}

/** The options of a question with their names: they are the same for every message. */
const optionsOf = oncePer((labels: AnswerWords['labels']) =>
  oncePer((lists: WordLists) =>
    oncePer((fact: Fact) => nameOptions(fact.options, labels, lists.also.get(fact.id) ?? [])),
  ),
);

function byNumber(chosen: readonly string[], fact: Fact): Value | { readonly silence: Silence } | undefined {
  const [first, ...more] = chosen;
  if (more.length === 0 && (first === 'not_sure' || first === 'rather_not_say')) {
    return fact.options.includes(first) ? first : { silence: first };
  }
  if (fact.type === 'choices') return chosen;
  return more.length === 0 ? first : undefined;
}

/** A silence is all that was said, but for words that change nothing: "sorry, I'm really not sure". */
function readSilence(said: Saying, lists: WordLists): Silence | undefined {
  const isAll = (saying: Saying): boolean => {
    const place = placeOf(said, saying, true);
    if (place < 0) return false;
    const rest = [...said.slice(0, place), ...said.slice(place + saying.length)];
    return rest.every((word) => lists.around.has(word) && !lists.numbers.has(word));
  };
  if (lists.ratherNotSay.some(isAll)) return 'rather_not_say';
  if (lists.notSure.some(isAll)) return 'not_sure';
  return undefined;
}

const IN_A_YEAR = { days: 365, weeks: 52, months: 12, years: 1 } as const;

/** "7", "7 years", "18 months", "2 years and 3 months". */
function toYears(quantities: readonly Quantity[]): number | undefined {
  let years = 0;
  let smallest = 0;
  for (const [i, { number, units }] of quantities.entries()) {
    const unit = units[0] ?? (i === 0 ? 'years' : undefined);
    if (units.length > 1 || unit === undefined || !(unit in IN_A_YEAR)) return undefined;
    const parts = IN_A_YEAR[unit as keyof typeof IN_A_YEAR];
    // Years before months, each once; and only whole ones before smaller ones.
    if (parts <= smallest || (i > 0 && years % 1 !== 0)) return undefined;
    smallest = parts;
    years += number / parts;
  }
  return Math.round(years * 10_000) / 10_000;
}

const IN_A_WEEK = { weeks: 1, fortnights: 1 / 2, months: 12 / 52, years: 1 / 52 } as const;

/** "£204", "850 a month"; by the week where the fact is. */
export function toPounds({ number, units }: Quantity, unit: AnswerWords['unit']): number | undefined {
  const [period, ...more] = units.filter((one) => one !== 'pounds');
  if (more.length > 0) return undefined;
  if (period === undefined) return toPence(number);
  if (unit !== 'GBP/week' || !(period in IN_A_WEEK)) return undefined;
  return toPence(number * IN_A_WEEK[period as keyof typeof IN_A_WEEK]);
}

function toPence(pounds: number): number {
  return Math.round(pounds * 100) / 100;
}

/** "35", "35 hours a week". A number by the day or the month would need more than we know. */
export function toNumber({ number, units }: Quantity, unit: AnswerWords['unit']): number | undefined {
  const fits = unit === 'hours/week' ? ['hours', 'weeks'] : [];
  return units.every((one) => fits.includes(one)) ? number : undefined;
}
