import MiniSearch, { type SearchResult } from 'minisearch';
import stemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';
import { words as littleWords } from 'natural/lib/natural/util/stopwords.js';
import type { Content } from '../content/content.ts';
import { detectDanger } from './danger.ts';
import { fold, wordsOf } from './normalise.ts';
import { oncePer } from './once-per.ts';
import { compilePatterns, type Finder } from './patterns.ts';
import { respell, spellingsOf } from './respell.ts';
import { Spelling } from './spelling.ts';

/** At most so many topics are found in one message. */
const MOST_TOPICS = 3;
const MOST_ENTRIES = 5;
/** Words that are in a title together are a name from here on; "school" alone is not. */
const TELLING = 3;
/** No more different words of a message than this are looked up. */
const MOST_TERMS = 120;

/** What a phrase is worth by where it stands. */
const SOURCES = { words: 1, title: 0.7, about: 0.3, entryTitle: 0.55, entrySummary: 0.15 } as const;
type Source = keyof typeof SOURCES;
/** From these a few words in common count; from the others the whole phrase must be there. */
const LOOSE: ReadonlySet<Source> = new Set(['about', 'entrySummary']);

/** How much of a phrase, weighed by how telling its words are, must be in the message; one word of five may lack. */
const WHOLE = 0.72;
const MAY_LACK_FROM = 5;
/** Words of one phrase may stand this much further apart than in the phrase. */
const APART = 3;
/** What a word is worth that is only the beginning of ours. */
const BEGUN = 0.7;
/** A little word ("my", "the") says this much of what another says. */
const LITTLE = 0.15;
/** Each further word of a phrase makes it tell more, up to a limit. */
const LONGER = 0.2;
const LONGEST = 1.8;
/** Common words add up to no more than this, however long the message. */
const MOST_LOOSE = 1.2;
/** Below this nothing was found; and a topic far below the best is noise. */
const ENOUGH = 1.3;
const NEAR_BEST = 0.4;

interface Phrase {
  readonly id: number;
  readonly source: Source;
  readonly topic: string;
  readonly entry?: string;
  readonly text: string;
}

interface Index {
  readonly search: MiniSearch<Phrase>;
  readonly phrases: readonly (Phrase & {
    readonly terms: readonly string[];
    /** All of its words are little ones: "1 to 1". It counts only where it is said just so. */
    readonly isLittle: boolean;
  })[];
  readonly weights: ReadonlyMap<string, number>;
  readonly spelling: Spelling;
}

/**
 * Finds what a message is about.
 * Never throws; work is bounded for any input.
 * @param text what was typed, in any language that the content has
 * @param content its index is built on first use
 * @returns topic ids, best first, at most three; empty where nothing was found
 */
export function findTopics(text: string, content: Content): string[] {
  const index = indexOf(content);
  const scores = new Map<string, { sure: Map<string, number>; loose: Map<string, number> }>();
  for (const match of partsIn(text, index)) {
    const { phrase, share, terms } = match;
    const isLoose = LOOSE.has(phrase.source);
    if (!isLoose && !(isWhole(match) && isTogether(match))) continue;
    let score = scores.get(phrase.topic);
    if (!score) {
      score = { sure: new Map(), loose: new Map() };
      scores.set(phrase.topic, score);
    }
    const into = isLoose ? score.loose : score.sure;
    const length = Math.min(LONGEST, 1 + LONGER * (terms.length - 1));
    const value = SOURCES[phrase.source] * (isLoose ? 1 : share * share * length);
    // Each word counts once for a topic, at the best phrase that has it: many phrases alike are not more sure.
    for (const { term, worth } of terms) {
      into.set(term, Math.max(worth * value, into.get(term) ?? 0));
    }
  }
  const order = [...content.topics.keys()];
  const ranked = [...scores]
    .map(([topic, { sure, loose }]) => ({
      topic,
      score: sum(sure.values()) + Math.min(MOST_LOOSE, sum(loose.values())),
    }))
    .filter(({ score }) => score >= ENOUGH)
    .sort((a, b) => b.score - a.score || order.indexOf(a.topic) - order.indexOf(b.topic));
  const best = ranked[0]?.score ?? 0;
  return ranked
    .filter(({ score }) => score >= best * NEAR_BEST)
    .slice(0, MOST_TOPICS)
    .map(({ topic }) => topic);
}

/**
 * Finds the entries that a message asks for by name: it has the whole of a name ("how do I get a blue badge"), or it
 * is a short message that stands in a name ("direct payments").
 * Never throws.
 * @returns entry ids, best first, at most five; empty where no name was said
 */
export function findEntries(text: string, content: Content): string[] {
  const index = indexOf(content);
  const scores = new Map<string, number>();
  const telling = sayTerms(text, index).filter((term) => !LITTLE_TERMS.has(term));
  for (const match of partsIn(text, index)) {
    const { phrase, share, terms } = match;
    if (phrase.source !== 'entryTitle' || !phrase.entry) continue;
    const worth = sum(terms.map((one) => one.worth));
    const asked = worth >= TELLING && telling.every((one) => terms.some(({ term }) => term === one));
    if (!asked && !(isWhole(match) && isTogether(match))) continue;
    scores.set(phrase.entry, Math.max(share * worth, scores.get(phrase.entry) ?? 0));
  }
  const ranked = [...scores].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const best = ranked[0]?.[1] ?? 0;
  return ranked
    .filter(([, score]) => score >= best * NEAR_BEST)
    .slice(0, MOST_ENTRIES)
    .map(([entry]) => entry);
}

/** A phrase of which some words were said. */
interface Match {
  readonly phrase: Index['phrases'][number];
  /** How much of the phrase is there, weighed by how telling its words are, 0 to 1. */
  readonly share: number;
  /** The words of the phrase that were said, with what they are worth. */
  readonly terms: readonly { readonly term: string; readonly worth: number }[];
  /** All that was said. */
  readonly said: readonly string[];
  /** Where they were said, in order. */
  readonly places: readonly { readonly term: string; readonly place: number }[];
}

function sayTerms(text: string, { spelling }: Index): string[] {
  return spelling.correct(wordsOf(fold(text))).map(toTerm);
}

function* partsIn(text: string, index: Index): Generator<Match> {
  const said = sayTerms(text, index);
  const places = new Map<string, number[]>();
  said.forEach((term, place) => {
    const list = places.get(term);
    if (list) list.push(place);
    else places.set(term, [place]);
  });
  const terms = [...places.keys()].slice(0, MOST_TERMS);
  if (terms.length === 0) return;
  for (const result of index.search.search(terms.join(' '))) {
    const phrase = index.phrases[result.id as number] as Index['phrases'][number];
    yield { ...weigh(result, phrase, places, index), said };
  }
}

function weigh(
  result: SearchResult,
  phrase: Index['phrases'][number],
  places: ReadonlyMap<string, readonly number[]>,
  { weights }: Index,
): Omit<Match, 'said'> {
  let all = 0;
  let there = 0;
  const terms: { term: string; worth: number }[] = [];
  for (const term of phrase.terms) {
    const weight = (weights.get(term) as number) / (phrase.isLittle ? LITTLE : 1);
    all += weight;
    if (!(term in result.match)) continue;
    const worth = places.has(term) ? weight : weight * BEGUN;
    there += worth;
    terms.push({ term, worth });
  }
  const said = [...new Set(result.queryTerms)].flatMap((term) =>
    (places.get(term) ?? []).map((place) => ({ term, place })),
  );
  said.sort((a, b) => a.place - b.place);
  return { phrase, share: all === 0 ? 0 : there / all, terms, places: said };
}

function isWhole({ phrase, share, terms }: Match): boolean {
  const lacking = phrase.terms.length - terms.length;
  return lacking === 0 || (lacking === 1 && phrase.terms.length >= MAY_LACK_FROM && share >= WHOLE);
}

/** @returns whether the words of a phrase stand near to each other in the message. */
function isTogether({ phrase, places, said }: Match): boolean {
  if (phrase.isLittle) return placeOf(said, wordsOf(fold(phrase.text)).map(toTerm)) >= 0;
  const needed = new Set(places.map(({ term }) => term)).size;
  const widest = phrase.terms.length + APART;
  // A window over the places where its words were said.
  const inside = new Map<string, number>();
  let start = 0;
  for (const { term, place } of places) {
    inside.set(term, place);
    for (let first = places[start]; first && place - first.place >= widest; first = places[++start]) {
      if (inside.get(first.term) === first.place) inside.delete(first.term);
    }
    if (inside.size === needed) return true;
  }
  return false;
}

const indexOf = oncePer((content: Content): Index => {
  const phrases = [...phrasesOf(content)].map((phrase, id) => ({ ...phrase, id }));
  const withTerms = phrases.map((phrase) => {
    const terms = termsOf(phrase.text);
    return { ...phrase, terms, isLittle: terms.every((term) => LITTLE_TERMS.has(term)) };
  });
  const search = new MiniSearch<Phrase>({
    fields: ['text'],
    tokenize: (text) => wordsOf(fold(text)),
    processTerm: toTerm,
    searchOptions: {
      // What is searched for are terms already.
      tokenize: (text) => text.split(' '),
      processTerm: (term) => term,
      prefix: (term) => term.length >= 5 && !weights.has(term),
    },
  });
  const weights = weightsOf(withTerms, content.topics.size);
  search.addAll(phrases);
  const spelling = new Spelling(phrases.flatMap(({ text }) => wordsOf(fold(text))));
  return { search, phrases: withTerms, weights, spelling };
});

function* phrasesOf(content: Content): Generator<Omit<Phrase, 'id'>> {
  const translations = [...content.languages.values()].map((language) => language.translations);
  const inAll = function* (key: string, english: string): Generator<string> {
    yield english;
    for (const one of translations) {
      const translated = one[key]?.text;
      if (translated) yield translated;
    }
  };
  for (const [topic, { title, about, words }] of content.topics) {
    for (const text of words) yield { source: 'words', topic, text };
    for (const text of inAll(`${topic}.title`, title)) yield { source: 'title', topic, text };
    for (const text of inAll(`${topic}.about`, about)) yield { source: 'about', topic, text };
  }
  for (const [entry, { title, summary, topics }] of content.entries) {
    const topic = topics[0];
    if (topic === undefined || !content.topics.has(topic)) continue;
    for (const text of inAll(`${entry}.title`, title)) {
      for (const name of namesIn(text)) yield { source: 'entryTitle', topic, entry, text: name };
    }
    for (const text of inAll(`${entry}.summary`, summary)) {
      yield { source: 'entrySummary', topic, entry, text: text.replace(/\{\{.*?\}\}/g, ' ') };
    }
  }
}

/**
 * @returns the names that a title gives: the whole, what stands before the brackets or the
 * comma, and the short form in brackets.
 */
function namesIn(title: string): string[] {
  const [, long, short] = /^(.+?) \(([A-Z]{2,})\)/.exec(title) ?? [];
  const [start, ...rest] = title.split(', ');
  return [title, long, short, rest.length > 0 ? start : undefined].filter((name) => name !== undefined);
}

/**
 * How telling each word is: a word that few topics have tells more than one that many have, and little words tell
 * next to nothing.
 */
function weightsOf(phrases: Index['phrases'], topics: number): Map<string, number> {
  const topicsWith = new Map<string, Set<string>>();
  for (const { source, topic, terms } of phrases) {
    for (const term of terms) {
      const list = topicsWith.get(term) ?? new Set();
      if (!LOOSE.has(source)) list.add(topic);
      topicsWith.set(term, list);
    }
  }
  return new Map(
    [...topicsWith].map(([term, { size }]) => [
      term,
      Math.log(1 + topics / Math.max(1, size)) * (LITTLE_TERMS.has(term) ? LITTLE : 1),
    ]),
  );
}

function termsOf(text: string): string[] {
  return [...new Set(wordsOf(fold(text)).map(toTerm))];
}

/** English words are cut to their stem; others stand as they are. */
function toTerm(word: string): string {
  return /^[a-z]{3,30}$/.test(word) ? stemmer.stem(word) : word.slice(0, 40);
}

const LITTLE_TERMS: ReadonlySet<string> = new Set(littleWords.map(toTerm));

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
