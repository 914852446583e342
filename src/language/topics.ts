import MiniSearch, { type AsPlainObject, type Options, type SearchResult } from 'minisearch';
import stemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';
import { words as littleWords } from 'natural/lib/natural/util/stopwords.js';
import type { Content } from '../content/content.ts';
import { detectDanger } from './danger.ts';
import type { Danger } from './danger-patterns.ts';
import { markFalseFriends, withMarked } from './false-friends.ts';
import { fold, wordsOf } from './normalise.ts';
import { keptOncePer, oncePer } from './once-per.ts';
import { type CompiledPatterns, compilePatterns, type Finder, finderOf } from './patterns.ts';
import { respell, spellingsOf } from './respell.ts';
import { Spelling } from './spelling.ts';
import type { Told } from './telling.ts';
import { whichLanguage } from './which-language.ts';
import { longestStart, type Saying, toSaying } from './word-lists.ts';

/** At most so many topics are found in one message, and in one of so many words: who tells all of it comes for more. */
const MOST_TOPICS = 3;
const MOST_IN_STORY = 5;
const STORY = 30;
const CHILD_AGE = 'child.age';
const MOST_ENTRIES = 5;
/** Words that are in a title together are a name from here on; "school" alone is not. */
const TELLING = 3;
/** No more different words of a message than this are looked up. */
const MOST_TERMS = 120;

/** What a phrase is worth by where it stands. */
const SOURCES = { words: 1, title: 0.7, entryTitle: 0.55 } as const;
type Source = keyof typeof SOURCES;

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
/** What each word of a pattern is worth, and what it is worth that they stand as the pattern says. */
const PATTERN_WORD = 1.5;
const PATTERN = 1.5;
/** What it is worth that a message tells of a danger: for the topic that is about it, and for that of its first help. */
const DANGER = { interrupt: 5, ask: 2.5 } as const;
const DANGER_HELP = { interrupt: 3, ask: 1.5 } as const;
/** With this much of phrases a topic is found; a message of a word or two has nothing else to say. */
const ENOUGH = 1.7;
const ENOUGH_IF_SHORT = 0.9;
const SHORT = 2;
/** Where no phrase was said, so many words of a topic, worth so much together, are enough. */
const ENOUGH_WORDS = 3;
const ENOUGH_OF_WORDS = 35;
/** Phrases tell this much more than words. */
const PHRASES = 4;
/** A topic far below the best is noise, unless it was said clearly in a phrase: a message can tell of several. */
const NEAR_BEST = 0.5;
const CLEAR = 3;
const NEAR_CLEAREST = 0.25;
const NEAR_BEST_BY_WORDS = 0.8;
/** A topic that brings help in danger with it takes over the screen: it must be said in a phrase, and nearly the best. */
const NEAR_BEST_IN_DANGER = 0.8;
const NEAR_BEST_ENTRY = 0.4;

interface Phrase {
  readonly id: number;
  readonly source: Source;
  readonly topic: string;
  readonly entry?: string;
  readonly text: string;
  /** Of which language it is. */
  readonly code: string;
  readonly terms: readonly string[];
}

interface Index {
  readonly search: MiniSearch<Phrase>;
  /** Each topic with all words of its phrases. */
  readonly topics: MiniSearch<{ readonly id: string; readonly text: string }>;
  /** The names of entries, by their number in `search`. */
  readonly names: readonly Phrase[];
  readonly weights: ReadonlyMap<string, number>;
  readonly patterns: readonly Pattern[];
  readonly find: Finder;
  readonly spelling: Spelling;
  /** Puts the words of a language right as it spells them, and cuts them to their stems. */
  readonly toTerms: (words: readonly string[], code: string) => string[];
  readonly codes: readonly string[];
  /** By language, how else a word is typed. */
  readonly spellings: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

/** What of the index takes long to make, in a form that can be kept on a disk. */
interface CompiledIndex {
  readonly search: AsPlainObject;
  readonly topics: AsPlainObject;
  readonly names: readonly Phrase[];
  readonly weights: ReadonlyMap<string, number>;
  readonly patterns: readonly Pattern[];
  readonly compiled: CompiledPatterns;
  /** The words that slips are corrected to, and words that are no slips. */
  readonly words: readonly string[];
  readonly right: readonly string[];
}

/** Words of a topic in the pattern language of the danger lexicon. */
interface Pattern {
  readonly topic: string;
  readonly pattern: string;
  readonly worth: number;
  /** Of which language it is. */
  readonly code: string;
}

/** What else is known of a message whose topics are looked for. */
export interface Heard {
  /** The language of the conversation: that of a message too short to be clearly in any. */
  readonly code?: string;
  /** The facts that the message tells. */
  readonly told?: readonly Told[];
}

/**
 * Finds what a message is about.
 * Never throws; work is bounded for any input.
 * @param text what was typed, in any language that the content has
 * @param content its index is built on first use
 * @param danger what danger the message tells of, where that is known already
 * @returns topic ids, best first: those of facts that were told, then of what was said, in danger the other way round; at
 *   most three, of a story five; empty where nothing was found
 */
export function findTopics(
  text: string,
  content: Content,
  danger: Danger | null = detectDanger(text, content),
  heard: Heard = {},
): string[] {
  return topicsIn(markFalseFriends(text, content, heard.code), content, danger, heard.told);
}

/**
 * @param text its false friends are marked
 * @returns as `findTopics`
 */
export function topicsIn(
  text: string,
  content: Content,
  danger: Danger | null,
  told: readonly Told[] = [],
): string[] {
  const index = indexOf(content);
  const readings = sayTerms(withoutSayings(text, content), content, index);
  const isEnglish = whichLanguage(text, content) === 'en';
  const scores = new Map<string, Map<string, number>>();
  // Each word counts once for a topic, at the best phrase that has it: many phrases alike are not more sure.
  const add = (topic: string, term: string, worth: number) => {
    let score = scores.get(topic);
    if (!score) {
      score = new Map();
      scores.set(topic, score);
    }
    score.set(term, Math.max(worth, score.get(term) ?? 0));
  };
  for (const reading of readings) {
    for (const { tag, shortest, end } of index.find(reading)) {
      const { topic, worth, code } = index.patterns[tag] as Pattern;
      // Who writes another language mixes English in, not the other way round: "she is fine" tells of no fine.
      if (isEnglish && code !== 'en') continue;
      const terms = [...new Set(reading.slice(shortest, end + 1))];
      for (const term of terms) add(topic, term, worth / terms.length);
    }
  }
  const order = [...content.topics.keys()];
  const toldOf = new Set(order.filter((topic) => isToldOf(topic, told, content)));
  if (danger) {
    const about = order.find((topic) => content.topics.get(topic)?.danger === danger.kind);
    const topic = about ?? topicOfHelp(danger.kind, content);
    if (topic) add(topic, '', (about ? DANGER : DANGER_HELP)[danger.level]);
  }
  const enough = (readings[0]?.length ?? 0) > SHORT ? ENOUGH : ENOUGH_IF_SHORT;
  const words = wordsIn(readings.flat(), index);
  const ranked = order
    .map((topic) => {
      const phrases = sum(scores.get(topic)?.values() ?? []);
      const { score = 0, count = 0 } = words.get(topic) ?? {};
      const isLikely = count >= ENOUGH_WORDS && score >= ENOUGH_OF_WORDS;
      return { topic, phrases, isLikely, score: score + PHRASES * phrases };
    })
    .filter(({ topic, phrases }) => phrases >= enough || !isForOtherAges(topic, told, content))
    .sort((a, b) => Number(b.phrases >= enough) - Number(a.phrases >= enough) || b.score - a.score);
  const mostPhrases = Math.max(0, ...ranked.map(({ phrases }) => phrases));
  if (mostPhrases < enough && !ranked[0]?.isLikely) return [...toldOf].slice(0, MOST_TOPICS);
  const best = Math.max(...ranked.map(({ score }) => score));
  const named = ranked
    .filter(({ topic, score, phrases }) =>
      content.topics.get(topic)?.danger && !danger
        ? phrases >= enough && score >= best * NEAR_BEST_IN_DANGER
        : score >= best * (phrases >= enough ? NEAR_BEST : NEAR_BEST_BY_WORDS) ||
          phrases >= Math.max(CLEAR, mostPhrases * NEAR_CLEAREST),
    )
    .map(({ topic }) => topic);
  const first = ranked.flatMap(({ topic }) => (toldOf.has(topic) ? [topic] : []));
  const most = (readings[0]?.length ?? 0) < STORY ? MOST_TOPICS : MOST_IN_STORY;
  // Who is in danger comes for that before all else.
  return [...new Set(danger ? [...named, ...first] : [...first, ...named])].slice(0, most);
}

/** @returns whether one of the facts that were told makes it their topic. */
function isToldOf(topic: string, told: readonly Told[], { topics }: Content): boolean {
  const answers = topics.get(topic)?.told ?? {};
  return told.some(
    ({ fact, answer }) =>
      'value' in answer && [answer.value].flat().some((value) => answers[fact]?.includes(String(value))),
  );
}

/**
 * @returns whether a topic is for children of an age that none of theirs has, as they told. Who names it in a phrase means it
 *   all the same: a childminder for a boy of seven
 */
function isForOtherAges(topic: string, told: readonly Told[], { topics }: Content): boolean {
  const { from = 0, below = Infinity } = topics.get(topic)?.ages ?? {};
  const ages = told.flatMap(({ fact, answer }) =>
    fact === CHILD_AGE && 'value' in answer ? [Number(answer.value)] : [],
  );
  return ages.length > 0 && ages.every((age) => age < from || age >= below);
}

interface Sayings {
  readonly find: Finder;
  /** What somebody says between a slip and what they meant, in one word or several. */
  readonly corrections: ReadonlySet<string>;
}

const sayingsIn = oncePer(({ languages }: Content): Sayings => {
  const tellings = [...languages.values()].map(({ telling }) => telling);
  const corrections = tellings
    .flatMap(({ words }) => words?.correction ?? [])
    .map((saying) => wordsOf(fold(saying)).join(' '));
  // A single word of them may be said of something else: "the wait is long".
  const longer = corrections.filter((saying) => saying.includes(' '));
  const patterns = [...tellings.flatMap(({ sayings = [] }) => sayings), ...longer];
  return {
    find: finderOf(compilePatterns(patterns.map((pattern) => ({ pattern, tag: 0 })))),
    corrections: new Set(corrections),
  };
});

/**
 * @returns a message without the words that mean something else there than they do for a topic: "drop dead", "no wait"
 */
function withoutSayings(text: string, content: Content): string {
  const words = wordsOf(fold(text));
  const { find, corrections } = sayingsIn(content);
  if (corrections.has(words.join(' '))) return '';
  const sayings = find(words);
  if (sayings.length === 0) return text;
  return words.filter((_, i) => !sayings.some(({ shortest, end }) => i >= shortest && i <= end)).join(' ');
}

/** @returns the topic of the first help in a danger; undefined where that is help in most dangers, as 999 is. */
function topicOfHelp(kind: string, { dangers, entries }: Content): string | undefined {
  const [help = ''] = dangers.get(kind)?.entries ?? [];
  const helps = [...dangers.values()].filter((one) => one.entries.includes(help)).length;
  return 2 * helps < dangers.size ? entries.get(help)?.topics[0] : undefined;
}

/** @returns for each topic how much the words of a message, each by itself, tell of it, and how many do. */
function wordsIn(
  said: readonly string[],
  { topics }: Index,
): Map<string, { readonly score: number; readonly count: number }> {
  const telling = [...new Set(said)].filter((term) => !LITTLE_TERMS.has(term)).slice(0, MOST_TERMS);
  if (telling.length === 0) return new Map();
  return new Map(
    topics
      .search(telling.join(' '))
      .map(({ id, score, queryTerms }) => [id as string, { score, count: queryTerms.length }]),
  );
}

/**
 * Finds the entries that a message asks for by name: it has the whole of a name ("how do I get a blue badge"), or it
 * is a short message that stands in a name ("direct payments").
 * Never throws.
 * @param code as in `findTopics`
 * @returns entry ids, best first, at most five; empty where no name was said
 */
export function findEntries(text: string, content: Content, code?: string): string[] {
  const scores = scoreEntries(text, content, code);
  const ranked = [...scores].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const best = ranked[0]?.[1] ?? 0;
  return ranked
    .filter(([, score]) => score >= best * NEAR_BEST_ENTRY)
    .slice(0, MOST_ENTRIES)
    .map(([entry]) => entry);
}

/**
 * @param code as in `findTopics`
 * @returns the entry whose name, of more than one word or after "show me", is all that somebody says; undefined if
 *   they say more, or it is the name of several
 */
export function findNamedEntry(text: string, content: Content, code?: string): string | undefined {
  const words = wordsOf(fold(text));
  const begins = longestStart(words, showingIn(content));
  if (words.length - begins < 1 || (begins === 0 && words.length < 2)) return undefined;
  if (words.length - begins > MOST_WORDS_OF_NAME) return undefined;
  const [entry, ...others] = scoreEntries(words.slice(begins).join(' '), content, code, true).keys();
  return others.length === 0 ? entry : undefined;
}

/** No entry has a longer name. */
const MOST_WORDS_OF_NAME = 12;

const showingIn = oncePer((content: Content): readonly Saying[] =>
  [...content.languages.values()].flatMap(({ telling }) => (telling.words?.showing ?? []).map(toSaying)),
);

/** @returns how much of their names was said, by entry. `isAll`: the whole of a name, and nothing else. */
function scoreEntries(
  text: string,
  content: Content,
  code: string | undefined,
  isAll = false,
): Map<string, number> {
  const index = indexOf(content);
  const scores = new Map<string, number>();
  for (const said of sayTerms(markFalseFriends(text, content, code), content, index)) {
    const telling = said.filter((term) => !LITTLE_TERMS.has(term));
    for (const match of partsIn(said, index)) {
      const { phrase, share, terms } = match;
      if (!phrase.entry) continue;
      const worth = sum(terms.map((one) => one.worth));
      const isAllOfIt = telling.every((one) => terms.some(({ term }) => term === one));
      const isNamed = isSaid(match);
      if (isAll ? !(isNamed && isAllOfIt) : !(isNamed || (isAllOfIt && worth >= TELLING))) continue;
      scores.set(phrase.entry, Math.max(share * worth, scores.get(phrase.entry) ?? 0));
    }
  }
  return scores;
}

/** A phrase of which some words were said. */
interface Match {
  readonly phrase: Phrase;
  /** How much of the phrase is there, weighed by how telling its words are, 0 to 1. */
  readonly share: number;
  /** The words of the phrase that were said, with what they are worth. */
  readonly terms: readonly { readonly term: string; readonly worth: number }[];
  /** The words of the message that stand for them. */
  readonly said: ReadonlySet<string>;
  /** Where each word of the message stands. */
  readonly places: ReadonlyMap<string, readonly number[]>;
}

/**
 * @returns the terms of a message, as the language spells them that it is clearly in; else as each does, where that
 *   makes a difference: one reading at least
 */
function sayTerms(
  text: string,
  content: Content,
  { spelling, spellings, toTerms, codes }: Index,
): string[][] {
  const words = spelling.correct(wordsOf(fold(text)));
  const written = whichLanguage(text, content);
  if (written !== undefined) return [toTerms(words, written)];
  const changing = codes.filter((code) => words.some((word) => spellings.get(code)?.has(word)));
  const plain = changing.length < codes.length ? [toTerms(words, '')] : [];
  const readings = new Map(
    [...plain, ...changing.map((code) => toTerms(words, code))].map((terms) => [terms.join(' '), terms]),
  );
  return [...readings.values()];
}

function* partsIn(said: readonly string[], index: Index): Generator<Match> {
  const places = new Map<string, number[]>();
  said.forEach((term, place) => {
    const list = places.get(term);
    if (list) list.push(place);
    else places.set(term, [place]);
  });
  // Little words stand in too many phrases to look for: they only help to find a phrase whole.
  const telling = [...places.keys()].filter((term) => !LITTLE_TERMS.has(term)).slice(0, MOST_TERMS);
  if (telling.length === 0) return;
  for (const result of index.search.search(telling.join(' '))) {
    yield weigh(result, index.names[result.id as number] as Phrase, places, index);
  }
}

function weigh(result: SearchResult, phrase: Phrase, places: Match['places'], { weights }: Index): Match {
  let all = 0;
  let there = 0;
  const terms: { term: string; worth: number }[] = [];
  const said = new Set(result.queryTerms);
  for (const term of phrase.terms) {
    const weight = weights.get(term) as number;
    all += weight;
    const isHere = places.has(term);
    if (!isHere && !(term in result.match)) continue;
    const worth = isHere ? weight : weight * BEGUN;
    there += worth;
    terms.push({ term, worth });
    if (isHere) said.add(term);
  }
  return { phrase, share: there / all, terms, said, places };
}

/** @returns whether the whole phrase was said, or nearly, its words near to each other. */
function isSaid({ phrase, share, terms, said, places }: Match): boolean {
  const lacking = phrase.terms.length - terms.length;
  const isWhole = lacking === 0 || (lacking === 1 && phrase.terms.length >= MAY_LACK_FROM && share >= WHOLE);
  return isWhole && (said.size === 1 || isTogether(said, places, phrase.terms.length + APART));
}

/** @returns whether somewhere in the message all these words stand within so many words. */
function isTogether(said: ReadonlySet<string>, places: Match['places'], widest: number): boolean {
  const order = [...said]
    .flatMap((term) => (places.get(term) ?? []).map((place) => ({ term, place })))
    .sort((a, b) => a.place - b.place);
  // A window over the places where the words stand.
  const inside = new Map<string, number>();
  let start = 0;
  for (const { term, place } of order) {
    inside.set(term, place);
    for (let first = order[start]; first && place - first.place >= widest; first = order[++start]) {
      if (inside.get(first.term) === first.place) inside.delete(first.term);
    }
    if (inside.size === said.size) return true;
  }
  return false;
}

const indexOf = oncePer((content: Content): Index => {
  const { search, topics, compiled, words, right, ...rest } = compiledOf(content);
  return {
    ...rest,
    search: MiniSearch.loadJS(search, searchOptions(rest.weights)),
    topics: MiniSearch.loadJS(topics, TOPIC_OPTIONS),
    find: finderOf(compiled),
    spelling: new Spelling(words, right),
    toTerms: termsIn(content),
    spellings: spellingsIn(content),
    codes: [...new Set(['en', ...content.languages.keys()])],
  };
});

function searchOptions(weights: ReadonlyMap<string, number>): Options<Phrase> {
  return {
    fields: ['terms'],
    // Its terms are known already.
    extractField: (phrase, field) => (field === 'id' ? phrase.id : phrase.terms.join(' ')),
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
    searchOptions: {
      // What is searched for are terms already.
      tokenize: (text) => text.split(' '),
      prefix: (term) => term.length >= 5 && !weights.has(term),
    },
  };
}

const TOPIC_OPTIONS: Options<{ readonly id: string; readonly text: string }> = {
  fields: ['text'],
  tokenize: (text) => text.split(' ').filter((term) => !LITTLE_TERMS.has(term)),
  processTerm: (term) => term,
  searchOptions: { tokenize: (text) => text.split(' ') },
};

const spellingsIn = oncePer(
  ({ languages }: Content): Index['spellings'] =>
    new Map(
      [...languages.values()].map(({ code, telling }) => [
        code,
        // A word that says nothing in one language may say something in another: it stays.
        new Map([...spellingsOf([telling])].filter(([, words]) => words.length > 0)),
      ]),
    ),
);

function termsIn(content: Content): Index['toTerms'] {
  const spellings = spellingsIn(content);
  return (words, code) => respell(words, spellings.get(code) ?? new Map()).map(toTerm);
}

const compiledOf = keptOncePer('topics', (content: Content): CompiledIndex => {
  const toTerms = termsIn(content);
  const termsOf = (text: string, code: string) => [...new Set(toTerms(wordsOf(fold(text)), code))];
  const all = [...phrasesOf(content)].map((phrase) => ({
    ...phrase,
    terms: termsOf(phrase.text, phrase.code),
  }));
  const isPattern = ({ source, text }: (typeof all)[number]) => source === 'words' && SIGN.test(text);
  const weights = weightsOf(
    all.filter((phrase) => !isPattern(phrase)),
    content.topics.size,
  );
  const worthOf = (phrase: (typeof all)[number]): number => {
    const { source, text, terms } = phrase;
    const isLittle = source === 'words' && terms.every((term) => LITTLE_TERMS.has(term));
    if (isLittle || isPattern(phrase)) return PATTERN + PATTERN_WORD * lengthOf(text);
    const length = Math.min(LONGEST, 1 + LONGER * (terms.length - 1));
    const worth = SOURCES[source] * length * sum(terms.map((term) => weights.get(term) as number));
    // Who wrote several words for a topic meant them to be enough.
    return source === 'words' && terms.length > 1 ? Math.max(ENOUGH, worth) : worth;
  };
  const patterns = all.map((phrase) => ({
    topic: phrase.topic,
    pattern: fold(phrase.source === 'words' ? phrase.text : wordsOf(fold(phrase.text)).join(' ')).replace(
      PATTERN_PART,
      (word) => {
        if (word.endsWith('*')) return word;
        const term = toTerms([word], phrase.code).join(' ');
        // A title has abbreviations in it.
        return phrase.source === 'words' ? withMarked(term, content, phrase.code) : term;
      },
    ),
    worth: worthOf(phrase),
    code: phrase.code,
  }));
  const names = all.filter(({ source }) => source === 'entryTitle').map((name, id) => ({ ...name, id }));
  const search = new MiniSearch<Phrase>(searchOptions(weights));
  search.addAll(names);
  const topics = new MiniSearch(TOPIC_OPTIONS);
  topics.addAll(
    [...content.topics.keys()].map((id) => ({
      id,
      text: all
        .filter(({ source, topic }) => topic === id && source !== 'entryTitle')
        .flatMap(({ text, code }) => toTerms(wordsOf(fold(text)), code))
        .join(' '),
    })),
  );
  // Words of our own texts are no slips.
  const right = [...content.entries.values()].flatMap(({ summary, who, first_step, steps }) =>
    [summary, who, first_step, ...steps].flatMap((text) => wordsOf(fold(text))),
  );
  return {
    search: search.toJSON(),
    topics: topics.toJSON(),
    names,
    weights,
    patterns,
    compiled: compilePatterns(patterns.map(({ pattern }, tag) => ({ pattern, tag }))),
    words: [...new Set(all.flatMap(({ text }) => wordsOf(fold(text))))],
    right: [...new Set(right)],
  };
});

/** @returns the words that a pattern is a mere list of, "(taxi|minibus)"; else the pattern. */
function waysOf(pattern: string): string[] {
  const [, list] = /^\(([^()*<.…]+)\)$/.exec(pattern.trim()) ?? [];
  return list === undefined ? [pattern] : list.split('|').filter((way) => way.trim() !== '');
}

/** Signs of the pattern language; a phrase without them is found in any order and with any endings. */
const SIGN = /[(|*…]|\.{3}/;
const PATTERN_PART = /[\p{L}\p{M}\p{N}]+\*?/gu;

/** @returns how many words a pattern has, alternatives as one; what may be left out does not count. */
function lengthOf(pattern: string): number {
  let flat = pattern;
  for (let inner = ''; inner !== flat; ) {
    inner = flat;
    flat = flat.replace(/\(([^()]*)\)/g, (_, ways: string) => (/(^|\|)\s*($|\|)/.test(ways) ? '' : 'x'));
  }
  return wordsOf(flat).length;
}

function* phrasesOf(content: Content): Generator<Omit<Phrase, 'id' | 'terms'>> {
  const languages = [...content.languages.values()];
  const inAll = function* (key: string, english: string): Generator<{ text: string; code: string }> {
    yield { text: english, code: 'en' };
    for (const { code, translations } of languages) {
      const text = translations[key]?.text;
      if (text) yield { text, code };
    }
  };
  for (const [topic, { title, words }] of content.topics) {
    const inOthers = languages.flatMap(({ code, telling }) =>
      (telling.topics?.[topic] ?? []).map((text) => ({ text, code })),
    );
    for (const { text, code } of [...words.map((one) => ({ text: one, code: 'en' })), ...inOthers])
      for (const way of waysOf(text)) yield { source: 'words', topic, text: way, code };
    for (const one of inAll(`${topic}.title`, title)) yield { source: 'title', topic, ...one };
  }
  for (const [entry, { title, topics }] of content.entries) {
    const topic = topics[0];
    if (topic === undefined || !content.topics.has(topic)) continue;
    for (const { text, code } of inAll(`${entry}.title`, title)) {
      for (const name of namesIn(text)) yield { source: 'entryTitle', topic, entry, text: name, code };
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
function weightsOf(phrases: readonly Omit<Phrase, 'id'>[], topics: number): Map<string, number> {
  const topicsWith = new Map<string, Set<string>>();
  for (const { topic, terms } of phrases) {
    for (const term of terms) topicsWith.set(term, (topicsWith.get(term) ?? new Set()).add(topic));
  }
  return new Map(
    [...topicsWith].map(([term, { size }]) => [
      term,
      Math.log(1 + topics / size) * (LITTLE_TERMS.has(term) ? LITTLE : 1),
    ]),
  );
}

/** English words are cut to their stem; others stand as they are. */
function toTerm(word: string): string {
  return /^[a-z]{4,30}$/.test(word) && !OWN_STEM.has(word) ? stemmer.stem(word) : word.slice(0, 40);
}

/** Words of which the stem is another word's: Universal Credit is no university. */
const OWN_STEM: ReadonlySet<string> = new Set(['universal']);

const LITTLE_TERMS: ReadonlySet<string> = new Set(littleWords.map(toTerm));

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
