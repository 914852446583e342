import { fold, MOST_READ, wordsOf } from './normalise.ts';

/**
 * The patterns that curators write: words; `(a|b|c d)` alternatives; `...` a gap of up to three words; `word*` any
 * ending. All patterns together are one automaton over words, so that the work grows with the message and not with
 * what somebody may have made up to slow us down.
 */

/** How many words `...` may stand for. */
const GAP = 3;
/** Longer words are cut: nothing that we look for is as long. */
const LONGEST_WORD = 40;

interface WordPart {
  readonly kind: 'word';
  readonly key: string;
  readonly word: string;
  readonly anyEnding: boolean;
}

interface Gap {
  readonly kind: 'gap';
  readonly key: string;
}

interface Either {
  readonly kind: 'either';
  readonly key: string;
  readonly ways: readonly (readonly Part[])[];
}

/** A piece of a pattern; its key is the same for what is the same, and for nothing else. */
type Part = WordPart | Gap | Either;

const A_GAP: Gap = { kind: 'gap', key: '...' };

/** Where a pattern was found: words `from` to `end`. */
export interface Found {
  readonly tag: number;
  /** The first word of the longest and of the shortest way to read it. */
  readonly longest: number;
  readonly shortest: number;
  readonly end: number;
}

/** Finds all patterns in a message. */
export type Finder = (words: readonly string[]) => Found[];

/** @returns what is wrong with a pattern, for its curator, or undefined. */
export function faultInPattern(pattern: string): string | undefined {
  try {
    new Parts().read(pattern);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * Patterns as one automaton, in a form that can be kept on a disk: whole numbers in rows. Where lists of different
 * lengths stand in one row, those of number n go from `starts[n]` to before `starts[n + 1]`.
 */
export interface CompiledPatterns {
  /** By the words that stand in patterns, of which kind each is: words of one kind lead the same ways. */
  readonly words: ReadonlyMap<string, number>;
  /** By a beginning that stands in patterns ("kill*"), of which kind other words are that begin so. */
  readonly beginnings: ReadonlyMap<string, number>;
  /** For each kind the symbols that it stands for. */
  readonly symbols: Lists;
  /** For each symbol the states that it leads from, in ascending order; beside each the state that it leads to. */
  readonly froms: Lists;
  readonly tos: Int32Array;
  /** For each state that to which any word leads, or -1. */
  readonly anyWord: Int32Array;
  /** For each state the tag of the patterns that end there, or -1. */
  readonly ends: Int32Array;
  /** For each state those that are reached from it without a word, where a word leads on or a pattern ends. */
  readonly reached: Lists;
}

interface Lists {
  readonly starts: Int32Array;
  readonly items: Int32Array;
}

/** A pattern and a tag of the caller's that its finds carry. */
export interface Tagged {
  readonly pattern: string;
  readonly tag: number;
}

/**
 * Makes patterns ready to be found. A faulty one is left out: `check` reports it.
 * @param heard how a word sounds, where patterns and messages are compared by that
 */
export function compilePatterns(
  patterns: Iterable<Tagged>,
  heard: (word: string) => string = (word) => word,
): CompiledPatterns {
  const automaton = new Automaton();
  const parts = new Parts(heard);
  for (const { pattern, tag } of patterns) {
    const read = parts.readOrNothing(pattern);
    if (read) automaton.add(read, tag);
  }
  return automaton.compiled();
}

/**
 * @returns the words that stand in patterns, folded, those before a "*" too
 * @param patterns a faulty one has words, too
 */
export function wordsInPatterns(patterns: Iterable<string>): Set<string> {
  const words = new Set<string>();
  const pieces = new Set<string>();
  for (const pattern of patterns) {
    // What is so long is cut; else the same pieces stand in thousands of patterns, and each is read once.
    if (pattern.length > MOST_READ) for (const word of wordsOf(fold(pattern))) words.add(word);
    else for (const piece of pattern.match(PIECE) ?? []) pieces.add(piece);
  }
  const typed = new Set<string>();
  for (const piece of pieces) for (const word of piece.split(PARTED)) typed.add(word);
  for (const word of typed) for (const one of wordsOf(fold(word))) words.add(one);
  return words;
}

const PIECE = /[^()]+/g;
const PARTED = /[\s|]+/;
const SIGN = /\.{3,}|…|[()|]|[^\s()|.…]+|\./gu;

/** Reads patterns. The same lists of words stand in thousands of them: each is read once. */
class Parts {
  private readonly words = new Map<string, readonly WordPart[]>();
  private readonly lists = new Map<string, Either>();
  private readonly heard: (word: string) => string;

  constructor(heard: (word: string) => string = (word) => word) {
    this.heard = heard;
  }

  /** @throws Error with what is wrong with the pattern */
  read(pattern: string): readonly Part[] {
    const parts = trimGaps(this.sequence(pattern));
    if (canBeNothing(parts)) throw new Error('it could match a message without any word');
    return parts;
  }

  readOrNothing(pattern: string): readonly Part[] | undefined {
    try {
      return this.read(pattern);
    } catch {
      return undefined;
    }
  }

  private sequence(text: string): Part[] {
    const parts: Part[] = [];
    for (let at = 0; at < text.length; ) {
      const open = text.indexOf('(', at);
      const end = open < 0 ? text.length : open;
      for (const sign of text.slice(at, end).match(SIGN) ?? []) parts.push(...this.sign(sign));
      if (open < 0) break;
      const close = closing(text, open);
      parts.push(this.either(text.slice(open + 1, close)));
      at = close + 1;
    }
    return parts;
  }

  private sign(sign: string): readonly Part[] {
    if (sign === '|' || sign === ')') throw new Error(`"${sign}" stands outside of ( )`);
    if (sign === '…' || sign.startsWith('...')) return [A_GAP];
    let words = this.words.get(sign);
    if (!words) {
      words = readWords(sign, this.heard);
      this.words.set(sign, words);
    }
    return words;
  }

  /** @param inside what stands in the brackets */
  private either(inside: string): Either {
    let part = this.lists.get(inside);
    if (!part) {
      const ways = waysIn(inside).map((way) => this.sequence(way));
      const key = `(${ways.map((way) => way.map((one) => one.key).join(' ')).join('|')})`;
      part = { kind: 'either', key, ways };
      this.lists.set(inside, part);
    }
    return part;
  }
}

/** @returns where the bracket is closed that is opened at a place. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === OPENS) depth++;
    else if (sign === CLOSES && --depth === 0) return at;
  }
  throw new Error('a "(" is not closed');
}

const OPENS = 40;
const CLOSES = 41;

/** @returns what stands between the "|" of one level. */
function waysIn(inside: string): string[] {
  if (!inside.includes('(')) return inside.split('|');
  const ways: string[] = [];
  let start = 0;
  for (let at = 0; at < inside.length; at++) {
    if (inside[at] === '(') at = closing(inside, at);
    else if (inside[at] === '|') {
      ways.push(inside.slice(start, at));
      start = at + 1;
    }
  }
  ways.push(inside.slice(start));
  return ways;
}

function readWords(sign: string, heard: (word: string) => string): WordPart[] {
  const anyEnding = sign.endsWith('*');
  const bare = anyEnding ? sign.slice(0, -1) : sign;
  if (bare.includes('*')) throw new Error('"*" may only stand at the end of a word');
  if (/[<>]/.test(bare)) throw new Error(`"${sign}" is not a list of telling.yaml`);
  if (/[{}]/.test(bare)) throw new Error(`a "{" in "${sign}" is not closed, or stands inside of another`);
  const words = wordsOf(fold(bare)).map(heard);
  if (words.length === 0) throw new Error(`"${sign}" is not a word`);
  return words.map((word, i) => {
    const hasAny = anyEnding && i === words.length - 1;
    return { kind: 'word', key: hasAny ? `${word}*` : word, word, anyEnding: hasAny };
  });
}

/** A gap before the first or after the last word says nothing. */
function trimGaps(parts: Part[]): Part[] {
  const start = parts.findIndex((part) => part.kind !== 'gap');
  const end = parts.findLastIndex((part) => part.kind !== 'gap');
  return start < 0 ? [] : parts.slice(start, end + 1);
}

function canBeNothing(parts: readonly Part[]): boolean {
  return parts.every(
    (part) => part.kind === 'gap' || (part.kind === 'either' && part.ways.some((way) => canBeNothing(way))),
  );
}

const START = 0;
const NONE: readonly number[] = [];
/** The kind of words that are none of ours: most are. */
const NO_KIND = -1;

/** Where patterns are put together to one automaton. */
class Automaton {
  private states = 1;
  /** By what it stands for: a word, a beginning, or a list of them ("(mum|dad|nan)"), which is one symbol. */
  private readonly symbols = new Map<string, number>();
  /** The symbols that a word stands for, and that what begins so stands for. */
  private readonly words = new Map<string, number[]>();
  private readonly beginnings = new Map<string, number[]>();
  /** For each symbol, what it leads from and to: from, to, from, to … */
  private readonly steps: number[][] = [];
  /** From there words lead on. */
  private readonly going = new Set<number>();
  /** Any word leads there. */
  private readonly anyWord = new Map<number, number>();
  /** No word is needed to get there. */
  private readonly free = new Map<number, number[]>();
  private readonly ends = new Map<number, number>();
  /** The state in which all patterns with a tag end. */
  private readonly endOf = new Map<number, number>();
  /** What begins alike is one way through the automaton: by a state and a part, the state that it leads to. */
  private readonly shared = new Map<number, number>();
  private readonly numbers = new Map<string, number>();

  add(parts: readonly Part[], tag: number): void {
    const end = this.endOf.get(tag) ?? this.state();
    this.endOf.set(tag, end);
    this.ends.set(end, tag);
    this.sequence(parts, START, end);
  }

  compiled(): CompiledPatterns {
    const all = Array.from({ length: this.states }, (_, state) => state);
    const steps = this.steps.map(inOrder);
    const kinds = new Map<string, number>();
    const symbols: (readonly number[])[] = [];
    const kindOf = (some: readonly number[]): number => {
      const key = some.join();
      const kind = kinds.get(key) ?? symbols.push(some) - 1;
      kinds.set(key, kind);
      return kind;
    };
    const longest = longestBeginnings(this.beginnings.keys());
    const symbolsOf = (word: string, own: readonly number[]): readonly number[] => {
      const stands = new Set(own);
      for (let length = longestIn(longest, word); length > 0; length--)
        for (const symbol of this.beginnings.get(word.slice(0, length)) ?? NONE) stands.add(symbol);
      return [...stands].sort((a, b) => a - b);
    };
    const toKinds = (known: ReadonlyMap<string, readonly number[]>) =>
      new Map([...known].map(([word, own]) => [word, kindOf(symbolsOf(word, own))]));
    return {
      words: toKinds(this.words),
      beginnings: toKinds(this.beginnings),
      symbols: toLists(symbols),
      froms: toLists(steps.map(({ froms }) => froms)),
      tos: Int32Array.from(steps.flatMap(({ tos }) => tos)),
      anyWord: Int32Array.from(all, (state) => this.anyWord.get(state) ?? -1),
      ends: Int32Array.from(all, (state) => this.ends.get(state) ?? -1),
      reached: toLists(all.map((state) => this.reachedFrom(state))),
    };
  }

  private state(): number {
    return this.states++;
  }

  private sequence(parts: readonly Part[], from: number, to: number): void {
    if (parts.length === 0) {
      this.freely(from, to);
      return;
    }
    let here = from;
    parts.forEach((part, i) => {
      if (i === parts.length - 1) {
        this.part(part, here, to);
        return;
      }
      const key = here * MOST_PARTS + this.numberOf(part.key);
      let there = this.shared.get(key);
      if (there === undefined) {
        there = this.state();
        this.shared.set(key, there);
        this.part(part, here, there);
      }
      here = there;
    });
  }

  private numberOf(key: string): number {
    const number = this.numbers.get(key) ?? this.numbers.size;
    this.numbers.set(key, number);
    return number;
  }

  private part(part: Part, from: number, to: number): void {
    if (part.kind === 'either') this.either(part.ways, from, to);
    else if (part.kind === 'word') this.step([part], from, to);
    else {
      // A state of its own at the start: a state has only one "any word" step.
      let here = this.state();
      this.freely(from, here);
      this.freely(here, to);
      for (let i = 0; i < GAP; i++) {
        const there = this.state();
        this.anyWord.set(here, there);
        this.freely(there, to);
        here = there;
      }
    }
  }

  /** The single words among the ways are one step: lists of them stand in thousands of patterns. */
  private either(ways: readonly (readonly Part[])[], from: number, to: number): void {
    const words: WordPart[] = [];
    for (const way of ways) {
      const [only] = way;
      if (way.length === 1 && only?.kind === 'word') words.push(only);
      else this.sequence(way, from, to);
    }
    if (words.length > 0) this.step(words, from, to);
  }

  /** One of these words leads on. */
  private step(words: readonly WordPart[], from: number, to: number): void {
    const key = words.map((one) => one.key).join('|');
    let symbol = this.symbols.get(key);
    if (symbol === undefined) {
      symbol = this.steps.push([]) - 1;
      this.symbols.set(key, symbol);
      for (const { word, anyEnding } of words) {
        const known = anyEnding ? this.beginnings : this.words;
        const symbols = known.get(word);
        if (!symbols) known.set(word, [symbol]);
        else if (symbols.at(-1) !== symbol) symbols.push(symbol);
      }
    }
    this.going.add(from);
    this.steps[symbol]?.push(from, to);
  }

  private freely(from: number, to: number): void {
    const targets = this.free.get(from);
    if (targets) targets.push(to);
    else this.free.set(from, [to]);
  }

  /** @returns what is reached from a state without a word: where another word leads on, or where a pattern ends. */
  private reachedFrom(state: number): readonly number[] {
    const all = new Set([state]);
    if (this.free.has(state)) for (const one of all) for (const to of this.free.get(one) ?? NONE) all.add(to);
    return [...all].filter((one) => this.going.has(one) || this.anyWord.has(one) || this.ends.has(one));
  }
}

/** More different parts than can ever be in a lexicon. */
const MOST_PARTS = 2 ** 24;

/** @returns the steps of a symbol by where they come from, each once. */
function inOrder(pairs: readonly number[]): { readonly froms: number[]; readonly tos: number[] } {
  const order = Array.from({ length: pairs.length / 2 }, (_, i) => i).sort(
    (a, b) =>
      (pairs[2 * a] as number) - (pairs[2 * b] as number) ||
      (pairs[2 * a + 1] as number) - (pairs[2 * b + 1] as number),
  );
  const froms: number[] = [];
  const tos: number[] = [];
  for (const i of order) {
    const from = pairs[2 * i] as number;
    const to = pairs[2 * i + 1] as number;
    if (froms.at(-1) === from && tos.at(-1) === to) continue;
    froms.push(from);
    tos.push(to);
  }
  return { froms, tos };
}

function toLists(lists: readonly (readonly number[])[]): Lists {
  const starts = new Int32Array(lists.length + 1);
  lists.forEach((list, i) => {
    starts[i + 1] = (starts[i] as number) + list.length;
  });
  const items = new Int32Array(starts[lists.length] as number);
  lists.forEach((list, i) => {
    items.set(list, starts[i]);
  });
  return { starts, items };
}

/** @returns by their first two letters, how long the longest beginning is. */
function longestBeginnings(beginnings: Iterable<string>): ReadonlyMap<string, number> {
  const longest = new Map<string, number>();
  for (const beginning of beginnings) {
    const start = beginning.slice(0, 2);
    longest.set(start, Math.max(beginning.length, longest.get(start) ?? 0));
  }
  return longest;
}

/** @returns how long a beginning of a word can be at most. */
function longestIn(longest: ReadonlyMap<string, number>, word: string): number {
  return Math.min(word.length, longest.get(word.slice(0, 2)) ?? 0);
}

/** States that are reached together from one beginning, and where each kind of word leads from them. */
interface Reached {
  /** In ascending order, each once. */
  readonly states: Int32Array;
  /** The tags of the patterns that end here. */
  readonly ends: readonly number[];
  /** By kind of word; null where nothing goes on. Worked out when it is first needed. */
  readonly next: Map<number, Reached | null>;
  /** The same for a word that is none of ours. */
  other?: Reached | null;
}

/** So many states are kept in all that was worked out; then it is forgotten, and worked out anew. */
const MOST_KEPT = 3_000_000;

/** @returns what finds the patterns in the words of a message. */
export function finderOf(compiled: CompiledPatterns): Finder {
  const finder = findersOf(compiled);
  return (words) => finder()(words);
}

/**
 * From each word of a message the automaton is begun once. What is reached from a beginning depends on the words
 * since then only, so it is kept: the messages of many people go the same ways. Of the words themselves nothing is.
 * @returns what makes a finder for each message that is read in several ways: what it knows of the words ends with it.
 *   It takes how a word sounds, where patterns and messages are compared by that
 */
export function findersOf(compiled: CompiledPatterns): (heard?: (word: string) => string) => Finder {
  const { words: ownWords } = compiled;
  const beginnings = new Beginnings(compiled.beginnings);
  const ways = new Ways(compiled);

  const kindOf = (whole: string): number => {
    const word = whole.length > LONGEST_WORD ? whole.slice(0, LONGEST_WORD) : whole;
    return ownWords.get(word) ?? beginnings.kindOf(word);
  };
  // In a message in another script no word is ours.
  const isFirst = new Uint8Array(LETTERS);
  for (const own of [ownWords, compiled.beginnings])
    for (const word of own.keys()) isFirst[firstOf(word)] = 1;

  return (heard) => {
    const known = new Map<string, number>();
    const before: { readonly kinds: Int32Array; readonly found: Found[] }[] = [];
    return (words) => {
      const kinds = new Int32Array(words.length);
      for (let i = 0; i < words.length; i++) {
        const word = words[i] as string;
        if (!heard && isFirst[firstOf(word)] === 0) {
          kinds[i] = NO_KIND;
          continue;
        }
        let kind = known.get(word);
        if (kind === undefined) {
          kind = kindOf(heard ? heard(word) : word);
          known.set(word, kind);
        }
        kinds[i] = kind;
      }
      const same = before.find((one) => isSame(one.kinds, kinds));
      if (same) return same.found;
      const found = findIn(kinds, ways);
      before.push({ kinds, found });
      return found;
    };
  };
}

/** So many there are of what may stand first in a word. */
const LETTERS = 2 ** 16;

function firstOf(word: string): number {
  return word.length === 0 ? 0 : word.charCodeAt(0);
}

/** So many letters tell most beginnings from each other. */
const TELLING_LETTERS = 3;

/** Finds of which kind a word is by the longest of the beginnings that it has. */
class Beginnings {
  /** By their first letters, the longest first. */
  private readonly long = new Map<string, { readonly beginning: string; readonly kind: number }[]>();
  /** By the first two letters, the kind of those that are no longer. */
  private readonly short = new Map<string, number>();

  constructor(kinds: ReadonlyMap<string, number>) {
    const longestFirst = [...kinds].sort(([one], [other]) => other.length - one.length);
    for (const [beginning, kind] of longestFirst) {
      const two = beginning.slice(0, 2);
      // A single letter is looked for only where something longer begins with the same two.
      const short = kinds.get(two) ?? kinds.get(two.slice(0, 1));
      if (short !== undefined) this.short.set(two, short);
      if (beginning.length < TELLING_LETTERS) continue;
      const start = beginning.slice(0, TELLING_LETTERS);
      const list = this.long.get(start);
      if (list) list.push({ beginning, kind });
      else this.long.set(start, [{ beginning, kind }]);
    }
  }

  kindOf(word: string): number {
    const long = this.long.get(word.slice(0, TELLING_LETTERS));
    if (long) for (const { beginning, kind } of long) if (word.startsWith(beginning)) return kind;
    return this.short.get(word.slice(0, 2)) ?? NO_KIND;
  }
}

/** @param kinds those of the words of a message */
function findIn(kinds: Int32Array, ways: Ways): Found[] {
  ways.forgetIfFull();
  const found: { -readonly [Key in keyof Found]: Found[Key] }[] = [];
  /** By tag, which of the finds was its last; one more than its number. */
  const lastOf = new Int32Array(ways.tags);
  /** The ways that are open, the oldest first: the words that they begin with, and what they have reached. */
  const froms: number[] = [];
  const places: Reached[] = [];
  let open = 0;
  for (let at = 0; at < kinds.length; at++) {
    const kind = kinds[at] as number;
    froms[open] = at;
    const before = open;
    open = 0;
    for (let i = 0; i <= before; i++) {
      const now = i < before ? ways.step(places[i] as Reached, kind) : ways.begin(kind);
      if (!now) continue;
      const from = froms[i] as number;
      froms[open] = from;
      places[open] = now;
      open++;
      for (const tag of now.ends) {
        const last = found[(lastOf[tag] as number) - 1];
        // The ways are followed from the oldest: a later one is shorter.
        if (last?.end === at) last.shortest = from;
        else lastOf[tag] = found.push({ tag, longest: from, shortest: from, end: at });
      }
    }
  }
  return found;
}

/** The ways through an automaton, as far as messages have gone them. */
class Ways {
  private readonly start: Reached;
  /** How many tags there are. */
  readonly tags: number;
  private readonly compiled: CompiledPatterns;
  private readonly isReached: Marks;
  private readonly isFrom: Marks;
  /** What was reached, by a sign of its states. */
  private known = new Map<number, Reached[]>();
  private kept = 0;
  /** What a first word leads to: by its kind, one place on. */
  private begun: (Reached | null | undefined)[];

  constructor(compiled: CompiledPatterns) {
    this.compiled = compiled;
    this.begun = new Array(compiled.symbols.starts.length);
    const states = compiled.ends.length;
    this.tags = compiled.ends.reduce((most, tag) => Math.max(most, tag), -1) + 1;
    this.isReached = new Marks(states);
    this.isFrom = new Marks(states);
    const { starts, items } = compiled.reached;
    this.start = { states: items.slice(starts[START], starts[START + 1]).sort(), ends: [], next: new Map() };
  }

  forgetIfFull(): void {
    if (this.kept <= MOST_KEPT) return;
    this.known = new Map();
    this.kept = 0;
    this.begun = new Array(this.begun.length);
  }

  /** @returns what the first word of a way leads to, by its kind; null if to nothing */
  begin(kind: number): Reached | null {
    let to = this.begun[kind + 1];
    if (to === undefined) {
      to = this.goOn(this.start, kind);
      this.begun[kind + 1] = to;
    }
    return to;
  }

  /** @returns what a word of a kind leads to; null if to nothing */
  step(from: Reached, kind: number): Reached | null {
    if (kind === NO_KIND) {
      if (from.other === undefined) from.other = this.goOn(from, kind);
      return from.other;
    }
    let to = from.next.get(kind);
    if (to === undefined) {
      to = this.goOn(from, kind);
      from.next.set(kind, to);
    }
    return to;
  }

  private goOn({ states }: Reached, kind: number): Reached | null {
    const { anyWord, reached, symbols } = this.compiled;
    const { isReached, isFrom } = this;
    isReached.clear();
    isFrom.clear();
    const all: number[] = [];
    const add = (state: number): void => {
      const end = reached.starts[state + 1] as number;
      for (let i = reached.starts[state] as number; i < end; i++) {
        const one = reached.items[i] as number;
        if (isReached.mark(one)) all.push(one);
      }
    };
    for (const state of states) {
      isFrom.mark(state);
      const any = anyWord[state] as number;
      if (any >= 0) add(any);
    }
    if (kind !== NO_KIND) {
      const end = symbols.starts[kind + 1] as number;
      for (let i = symbols.starts[kind] as number; i < end; i++)
        this.follow(symbols.items[i] as number, states, add);
    }
    return all.length === 0 ? null : this.toReached(Int32Array.from(all).sort());
  }

  /** Tells `add` where a symbol leads from these states, which are marked. */
  private follow(symbol: number, states: Int32Array, add: (to: number) => void): void {
    const { froms, tos } = this.compiled;
    const { items } = froms;
    const start = froms.starts[symbol] as number;
    const end = froms.starts[symbol + 1] as number;
    if (end - start <= states.length * 8) {
      for (let i = start; i < end; i++) if (this.isFrom.has(items[i] as number)) add(tos[i] as number);
      return;
    }
    for (const state of states)
      for (let i = firstNotBelow(items, state, start, end); i < end && items[i] === state; i++)
        add(tos[i] as number);
  }

  private toReached(states: Int32Array): Reached {
    const sign = signOf(states);
    const list = this.known.get(sign);
    const same = list?.find((one) => isSame(one.states, states));
    if (same) return same;
    const { ends } = this.compiled;
    const tags = new Set<number>();
    for (const state of states) if ((ends[state] as number) >= 0) tags.add(ends[state] as number);
    const made: Reached = { states, ends: [...tags], next: new Map() };
    this.kept += states.length;
    if (list) list.push(made);
    else this.known.set(sign, [made]);
    return made;
  }
}

/** Which states are marked, made once and cleared at no cost. */
class Marks {
  private readonly marks: Int32Array;
  private now = 1;

  constructor(size: number) {
    this.marks = new Int32Array(size);
  }

  clear(): void {
    this.now = (this.now + 1) | 0;
  }

  has(state: number): boolean {
    return this.marks[state] === this.now;
  }

  /** @returns whether it was not marked before. */
  mark(state: number): boolean {
    if (this.marks[state] === this.now) return false;
    this.marks[state] = this.now;
    return true;
  }
}

function firstNotBelow(sorted: Int32Array, wanted: number, start: number, end: number): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function signOf(states: Int32Array): number {
  let sign = states.length;
  for (const state of states) sign = (Math.imul(sign, 31) + state) | 0;
  return sign;
}

function isSame(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
