import type { Content } from '../content/content.ts';
import type { AnswerSayings, SmallTalk } from '../content/schemas.ts';
import { ENGLAND } from '../engine/authorities.ts';
import type { DangerLevel } from '../engine/conversation.ts';
import { AREA_FACT, NATION_FACT } from '../engine/entries.ts';
import type { Answer } from '../engine/facts.ts';
import { hoursOfCare, isOfOther } from './counted.ts';
import { detectDanger, prepareDanger } from './danger.ts';
import type { Danger } from './danger-patterns.ts';
import { readNeeds } from './needs.ts';
import { clausesIn } from './normalise.ts';
import { areKept, oncePer } from './once-per.ts';
import { type AnswerWords, readAnswer } from './read-answer.ts';
import { readOptionNumbers } from './read-choice.ts';
import { readInContext, readNamed } from './read-in-context.ts';
import { withDecimalPoints, withThousands } from './read-number.ts';
import { isNation, type Place, readPlace } from './read-place.ts';
import {
  type Correction,
  type Denied,
  isNegative,
  type Reply,
  readCorrections,
  readDenied,
  readReply,
} from './reply.ts';
import { namesOnlySchoolYear } from './school-year.ts';
import { signsOf } from './signs.ts';
import { besidesPerson, readMeaning, readSmallTalk } from './small-talk.ts';
import { numbersIn, readTelling, type Telling } from './telling.ts';
import { findEntries, findNamedEntry, findTopics, type Heard } from './topics.ts';
import { whichLanguage } from './which-language.ts';
import {
  hasAny,
  type IsWord,
  isBesideNumber,
  isSaying,
  longestStart,
  type Saying,
  slipsIn,
  toSaying,
  toSayings,
  type WordLists,
  wordLists,
} from './word-lists.ts';

/** Reads what people type. Nothing of it is kept. Nothing here throws, and the work is bounded for any input. */
export interface Language {
  /** @returns the danger that the words tell of, in any language that we have; null if none. */
  readonly danger: (text: string) => { readonly kind: string; readonly level: DangerLevel } | null;
  /**
   * @param danger what `danger` found in the same text, so that it need not be read twice
   * @param heard the language of the conversation, and the facts that the text tells
   * @returns at most three topics, of a story five, best first; empty if nothing matched
   */
  readonly topics: (text: string, danger?: Danger | null, heard?: Heard) => string[];
  /** @returns as `topics`, what a family comes for; empty: they want to know all that there is. */
  readonly needs: (text: string, danger?: Danger | null, heard?: Heard) => readonly string[] | undefined;
  /**
   * @param code the language of the conversation
   * @returns at most five entries that were asked for by name, best first
   */
  readonly entries: (text: string, code?: string) => string[];
  /** @returns the entry whose name is all that they say; undefined if they say more. */
  readonly namedEntry: (text: string, code: string) => string | undefined;
  /**
   * @param fact the id of the open question
   * @param code the language of the conversation
   * @param today "YYYY-MM-DD"
   * @param numbered what stood on the screen as 1, 2, 3, if not the options in their order: option ids, `not_sure`
   *   and `rather_not_say`; empty where nothing was numbered
   * @returns the answer, or undefined where it is not clear
   */
  readonly answer: (
    text: string,
    fact: string,
    code: string,
    today: string,
    numbered?: readonly string[],
  ) => Answer | undefined;
  /** As `answer`, also where it is only a part of the message; and whether they were certain. */
  readonly reply: (
    text: string,
    fact: string,
    code: string,
    today: string,
    numbered?: readonly string[],
  ) => Reply | undefined;
  /** @returns whether they say yes or no to what they were asked; undefined where they say something else. */
  readonly agrees: (text: string, code: string) => boolean | undefined;
  /**
   * @param isAsked whether they were asked if it is so: there "all right" does not go on
   * @returns whether all that they say, in any of our languages, is that they want to go on
   */
  readonly goesOn: (text: string, isAsked?: boolean) => boolean;
  /** @returns whether all that they say, in any of our languages, is "not yet". */
  readonly isNotYet: (text: string) => boolean;
  /** @returns whether all that they say, in any of our languages, is that we should wait: "no wait" is no "no" */
  readonly pauses: (text: string) => boolean;
  /** @returns whether they typed this very number: "8 hours", and not "8 hours a night" for 56. */
  readonly saysNumber: (text: string, number: number, code: string) => boolean;
  /** @returns whether they typed just this answer: its label, its number, "yes"; else it is what we made of their words. */
  readonly isPlain: (text: string, fact: string, answer: Answer, code: string) => boolean;
  /** @returns whether it is what they earn before tax, where we ask for what they take home. */
  readonly isGross: (text: string, fact: string, code: string) => boolean;
  /** @returns whether they name a class at school and no age: for an age they are asked again. */
  readonly isSchoolYear: (text: string, code: string) => boolean;
  /** @returns what they can have meant after a slip ("no wait, 8" is "8"), the likeliest first. */
  readonly corrections: (text: string, code: string) => readonly Correction[];
  /** @returns the number that is meant and the one that is not, each with its units: "he is 4, not 8". */
  readonly denied: (text: string, code: string) => readonly Denied[];
  /** @returns what the message tells of the family, beside an answer. */
  readonly telling: (text: string, code: string, today: string) => Telling;
  /**
   * @param code the language of the conversation
   * @returns the id of the word that they ask the meaning of
   */
  readonly meaning: (text: string, code?: string) => string | undefined;
  /** @returns the kind of talk that asks for nothing that we have. */
  readonly smallTalk: (text: string) => SmallTalk | undefined;
  /** @returns whether all that they want, in any of our languages, is a person to talk to, and not about something. */
  readonly wantsPerson: (text: string, code: string) => boolean;
  /**
   * @param code the language of the conversation, which stays where nothing tells of another
   * @returns the language that the message is clearly in
   */
  readonly which: (text: string, code?: string) => string | undefined;
  /**
   * Reads where somebody lives: a postcode, a half of one, a council, a nation, or the number of a choice.
   * @param choices what stood on the screen as 1, 2, 3; the number after the last is none of them
   * @returns never a postcode; undefined where nothing is clear
   */
  readonly place: (
    text: string,
    code: string,
    today: string,
    choices?: readonly string[],
  ) => Place | undefined;
}

/**
 * @returns what is made of a content when it is first needed, in steps; that for danger first. Each is short where it
 *   was made before and kept
 * @param language the reader of this content
 * @param today "YYYY-MM-DD"
 */
export function stepsToReady(content: Content, language: Language, today: string): readonly (() => void)[] {
  return [
    () => prepareDanger(content),
    ...[...content.languages.keys()].map((code) => () => language.telling('1', code, today)),
    () => language.topics('1'),
    () => language.needs('1'),
    () => language.meaning('1'),
    () => language.smallTalk('1'),
    () => language.which('1'),
  ];
}

/** @returns whether what takes seconds to make was made of this content before, and kept. */
export function isPrepared(content: Content): boolean {
  return areKept(content);
}

/** Makes the reader of a content. What it needs is built on first use, so that a start costs nothing. */
export function createLanguage(content: Content): Language {
  const wordsOf = answerWords(content);
  const answer: Language['answer'] = (text, id, code, today, numbered) => {
    const index = content.model.factIndex.get(id);
    const fact = index === undefined ? undefined : content.model.facts[index]?.fact;
    if (fact?.type === 'place') {
      const place = readPlace(text, content, today);
      if (place?.kind === 'authority') return { value: place.code };
    }
    return fact && readAnswer(text, fact, { ...wordsOf(id, code), today, numbered });
  };
  const tellingIn = (code: string) =>
    codesFor(code).flatMap((one) => content.languages.get(one)?.telling ?? []);
  /** Who writes on an English page may say an age in another language ("panch bochor"). */
  const ageIn = (text: string, id: string, today: string): Reply | undefined => {
    const ages = [...content.languages.keys()].flatMap((other) => {
      const said = answer(text, id, other, today);
      return said && 'value' in said ? [said] : [];
    });
    const [one, ...others] = ages;
    return one && others.every(({ value }) => value === one.value)
      ? { answer: one, hedged: false }
      : undefined;
  };
  const correctingIn = (code: string) =>
    tellingIn(code).flatMap(({ words }) => toSayings(words?.correction ?? NONE));
  const grossIn = (code: string) => tellingIn(code).flatMap(({ words }) => toSayings(words?.gross ?? NONE));
  const isGross: Language['isGross'] = (text, id, code) =>
    content.facts.get(id)?.type === 'money' && hasAny(toSaying(text), grossIn(code));
  const agrees: Language['agrees'] = (text, code) => {
    const said = toSaying(text);
    // "No, 8" says more than no.
    if (said.length > 1 && said.some((word) => /^\p{N}+$/u.test(word))) return undefined;
    const lists = wordLists(wordsOf(NATION_FACT, code).sayings);
    if (lists.yes.some((saying) => isSaying(said, saying))) return true;
    return lists.no.some((saying) => isSaying(said, saying)) ? false : undefined;
  };
  const saysNumber: Language['saysNumber'] = (text, number, code) => {
    const lists = wordLists(wordsOf(NATION_FACT, code).sayings);
    const signs = signsOf(withDecimalPoints(text, codesFor(code)), (word) => isBesideNumber(word, lists));
    return numbersIn(signs, lists).some((one) => one.number === number);
  };
  return {
    danger: (text) => detectDanger(text, content),
    topics: (text, danger, heard) => findTopics(text, content, danger, heard),
    needs: (text, danger, heard) => readNeeds(text, content, danger, heard),
    entries: (text, code) => findEntries(text, content, code),
    namedEntry: (text, code) => findNamedEntry(text, content, code),
    answer,
    reply: (typed, id, code, today, numbered) => {
      const fact = content.model.facts[content.model.factIndex.get(id) ?? -1]?.fact;
      if (!fact) return undefined;
      const text = fact.type === 'money' ? withThousands(typed) : typed;
      const { labels, sayings, unit } = wordsOf(id, code);
      const context = { codes: codesFor(code), lists: wordLists(sayings), unit, today };
      const said = toSaying(text);
      if (isGross(text, id, code)) return undefined;
      const counting = { fact, lists: context.lists, tellings: tellingIn(code), codes: codesFor(code) };
      const isOther = (part: string) => isOfOther(part, counting);
      const reply = readReply(text, sayings, {
        isLabel: labelNames(labels).some((label) => isSaying(said, label)),
        alone: (part) => (isOther(part) ? undefined : answer(part, id, code, today, numbered)),
        named: () => readNamed(text, fact, content, context),
        among: () => {
          const hours = hoursOfCare(text, counting);
          if (hours !== undefined) return { value: hours };
          return isOther(text) ? undefined : readInContext(text, fact, content, context);
        },
        isAbout: (fact.type === 'number' || fact.type === 'money') && !isOther(text),
        corrections: correctingIn(code),
      });
      const isOtherAge =
        fact.type === 'age' &&
        !isNegative(text) &&
        !isOther(text) &&
        !namesOnlySchoolYear(text, context.lists);
      return reply ?? (isOtherAge ? ageIn(text, id, today) : undefined);
    },
    agrees,
    isGross,
    goesOn: (text, isAsked = false) => {
      const said = toSaying(text);
      return [...content.languages.keys()].some((code) =>
        isGoingOn(said, wordLists(wordsOf(NATION_FACT, code).sayings), isAsked),
      );
    },
    isNotYet: (text) => {
      const said = toSaying(text);
      return [...content.languages.keys()].some((code) =>
        wordLists(wordsOf(NATION_FACT, code).sayings).notYet.some((saying) => isSaying(said, saying)),
      );
    },
    pauses: (text) => {
      const said = toSaying(text);
      if (said.length > MOST_WORDS_OF_PAUSE) return false;
      return [...content.languages.keys()].some((code) => {
        const { pause, no, courtesies } = wordLists(wordsOf(NATION_FACT, code).sayings);
        // A slip away is who waits for a decision: "czekaj", "czekam".
        return isMadeOf(said, pause, [...no, ...courtesies], isSameWord);
      });
    },
    saysNumber,
    isPlain: (text, id, given, code) => {
      // Of a silence we make nothing; and without a letter it is a number.
      if (!('value' in given) || !/\p{L}/u.test(text)) return true;
      const { value } = given;
      const said = toSaying(text);
      if (typeof value === 'number') return said.length <= FEW_WORDS && saysNumber(text, value, code);
      const type = content.facts.get(id)?.type;
      if (type === 'date') return /\d{4}/.test(text);
      // A name of a council is that council; what a postcode is, we say.
      if (type === 'place') return !/\d/.test(text);
      if (type === 'yes_no' && said.length <= FEW_WORDS)
        return [text, said[0] ?? ''].some((one) => agrees(one, code) === (value === 'yes'));
      const { labels, sayings } = wordsOf(id, code);
      const slips = slipsIn(wordLists(sayings));
      const isLabel = (part: string) =>
        labelNames(labels).some((label) => isSaying(toSaying(part), label, slips));
      return isLabel(text) || clausesIn(text).every(isLabel);
    },
    isSchoolYear: (text, code) => namesOnlySchoolYear(text, wordLists(wordsOf(NATION_FACT, code).sayings)),
    corrections: (text, code) =>
      readCorrections(text, correctingIn(code), wordLists(wordsOf(NATION_FACT, code).sayings)),
    denied: (text, code) => {
      const lists = wordLists(wordsOf(NATION_FACT, code).sayings);
      const negation = tellingIn(code).flatMap(({ words }) => words?.negation ?? NONE);
      return readDenied(
        withDecimalPoints(text, codesFor(code)),
        new Set(negation.filter((word) => lists.not.has(word))),
        lists,
      );
    },
    telling: (text, code, today) => {
      const written = whichLanguage(text, content, code);
      return readTelling(
        text,
        content,
        [...new Set([...codesFor(code), ...(written ? [written] : [])])],
        today,
        // In letters that several languages share, an age may be said in any of them.
        written ? [] : [...content.languages.keys()],
      );
    },
    meaning: (text, code) => readMeaning(text, content, code),
    smallTalk: (text) => readSmallTalk(text, content),
    wantsPerson: (text, code) => {
      const besides = besidesPerson(text, content);
      if (besides === undefined) return false;
      // "He cannot talk to someone new" is told of a child.
      const others = tellingIn(code).flatMap(({ words }) => [
        ...(words?.child ?? NONE),
        ...(words?.denial ?? NONE),
      ]);
      if (hasAny(toSaying(besides), toSayings(others))) return false;
      return !readNeeds(besides, content, null, { code }) && findEntries(besides, content, code).length === 0;
    },
    which: (text, code) => whichLanguage(text, content, code),
    place: (text, code, today, choices) => {
      const numbers =
        choices && readOptionNumbers(text, choices.length + 1, wordLists(wordsOf(AREA_FACT, code).sayings));
      if (choices && numbers?.length === 1) return chosen(choices[(numbers[0] as number) - 1]);
      // No place has a name of digits.
      if (!/\p{L}/u.test(text)) return undefined;
      const place = readPlace(text, content, today);
      if (place && place.kind !== 'several') return place;
      // "Wales" is Wales, and not the Derbyshire Dales with a slip.
      const nation = answer(text, NATION_FACT, code, today, NONE);
      const value = nation && 'value' in nation ? String(nation.value) : undefined;
      return value !== undefined && isNation(value) && !(place && value === ENGLAND)
        ? { kind: 'nation', nation: value }
        : place;
    },
  };
}

function chosen(place: string | undefined): Place {
  if (place === undefined) return { kind: 'other' };
  return isNation(place) ? { kind: 'nation', nation: place } : { kind: 'authority', code: place };
}

/** @returns whether they only want to go on: "mum is next" and "he is at home right now" leave no help. */
function isGoingOn(words: Saying, { goOn, agreed, courtesies }: WordLists, isAsked: boolean): boolean {
  return isMadeOf(words, isAsked ? goOn : [...goOn, ...agreed], courtesies);
}

const isSameWord: IsWord = (one, other) => one === other;

/** @returns whether these are some of the sayings one after the other, with nothing but those others beside them. */
function isMadeOf(
  words: Saying,
  sayings: readonly Saying[],
  others: readonly Saying[],
  isThis?: IsWord,
): boolean {
  let isSaid = false;
  for (let at = 0; at < words.length; ) {
    const rest = words.slice(at);
    const length = longestStart(rest, sayings, isThis);
    const beside = length > 0 ? length : longestStart(rest, others);
    if (beside === 0) return false;
    isSaid ||= length > 0;
    at += beside;
  }
  return isSaid;
}

/** Who says more than "no wait, just a minute please" says more. */
const MOST_WORDS_OF_PAUSE = 8;
/** More words than these around a number or a "yes" may turn it. */
const FEW_WORDS = 4;

const NONE: readonly string[] = [];

const labelNames = oncePer((labels: AnswerWords['labels']): readonly Saying[] =>
  labels.flatMap((one) => Object.values(one).map(toSaying)),
);

type Fixed = Omit<AnswerWords, 'today' | 'numbered'>;

/** @returns what an answer can look like, by fact and language. */
function answerWords(content: Content): (fact: string, code: string) => Fixed {
  // One array for each language, so that its sayings are prepared once.
  const sayings = new Map(
    [...content.languages.keys()].map((code) => [
      code,
      codesFor(code).flatMap((one) => sayingsOf(content, one)),
    ]),
  );
  const made = new Map<string, Fixed>();
  return (fact, code) => {
    const known = content.languages.has(code) ? code : 'en';
    const key = `${known} ${fact}`;
    const kept = made.get(key) ?? make(fact, known);
    made.set(key, kept);
    return kept;
  };

  function make(fact: string, known: string): Fixed {
    const english = content.facts.get(fact);
    const translations = content.languages.get(known)?.translations ?? {};
    const translated: Record<string, string> = {};
    for (const option of Object.keys(english?.labels ?? {})) {
      const text = translations[`${fact}.labels.${option}`]?.text;
      if (text) translated[option] = text;
    }
    return {
      labels: [translated, english?.labels ?? {}],
      sayings: sayings.get(known) ?? [],
      languages: codesFor(known),
      unit: english?.unit,
    };
  }
}

/** English is read in every language: letters and forms are in English, and so are many answers. */
function codesFor(code: string): string[] {
  return code === 'en' ? ['en'] : [code, 'en'];
}

function sayingsOf(content: Content, code: string): AnswerSayings[] {
  const locale = content.languages.get(code);
  return locale ? [locale.answers] : [];
}
