import { fold, wordsOf } from './normalise.ts';

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
  readonly word: string;
  readonly anyEnding: boolean;
}

type Part =
  | WordPart
  | { readonly kind: 'gap' }
  | { readonly kind: 'either'; readonly ways: readonly (readonly Part[])[] };

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
    parse(pattern);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * Makes patterns ready to be found. A faulty one is left out: `check` reports it.
 * @param patterns each with a tag of the caller's that its finds carry
 */
export function compilePatterns(
  patterns: Iterable<{ readonly pattern: string; readonly tag: number }>,
): Finder {
  const automaton = new Automaton();
  // The same few thousand words stand in all of them: each is read once.
  const known = new Map<string, readonly Part[]>();
  for (const { pattern, tag } of patterns) {
    const parts = parseOrNothing(pattern, known);
    if (parts) automaton.add(parts, tag);
  }
  return automaton.ready();
}

function parseOrNothing(pattern: string, known: Map<string, readonly Part[]>): readonly Part[] | undefined {
  try {
    return parse(pattern, known);
  } catch {
    return undefined;
  }
}

const SIGN = /\.{3,}|…|[()|]|[^\s()|.…]+|\./gu;

/** @param known the words that were read before */
function parse(pattern: string, known = new Map<string, readonly Part[]>()): readonly Part[] {
  const signs = pattern.match(SIGN) ?? [];
  let at = 0;
  const sequence = (inside: boolean): Part[] => {
    const parts: Part[] = [];
    while (at < signs.length) {
      const sign = signs[at] as string;
      if (sign === '|' || sign === ')') {
        if (!inside) throw new Error(`"${sign}" stands outside of ( )`);
        break;
      }
      at++;
      if (sign === '(') parts.push(either());
      else if (sign === '…' || sign.startsWith('...')) parts.push({ kind: 'gap' });
      else {
        const words = known.get(sign) ?? readWords(sign);
        known.set(sign, words);
        parts.push(...words);
      }
    }
    return parts;
  };
  const either = (): Part => {
    const ways: Part[][] = [];
    do ways.push(sequence(true));
    while (signs[at++] === '|');
    if (signs[at - 1] !== ')') throw new Error('a "(" is not closed');
    return { kind: 'either', ways };
  };
  const parts = trimGaps(sequence(false));
  if (canBeNothing(parts)) throw new Error('it could match a message without any word');
  return parts;
}

function readWords(sign: string): Part[] {
  const anyEnding = sign.endsWith('*');
  const bare = anyEnding ? sign.slice(0, -1) : sign;
  if (bare.includes('*')) throw new Error('"*" may only stand at the end of a word');
  if (/[{}]/.test(bare)) throw new Error(`a "{" in "${sign}" is not closed, or stands inside of another`);
  if (/[<>]/.test(bare)) throw new Error(`"${sign}" is not a list of telling.yaml`);
  const words = wordsOf(fold(bare));
  if (words.length === 0) throw new Error(`"${sign}" is not a word`);
  return words.map((word, i) => ({ kind: 'word', word, anyEnding: anyEnding && i === words.length - 1 }));
}

/** @returns what is the same for the same part and for no other. */
function keyOf(part: Part): string {
  if (part.kind === 'gap') return '...';
  if (part.kind === 'word') return part.anyEnding ? `${part.word}*` : part.word;
  return `(${part.ways.map((way) => way.map(keyOf).join(' ')).join('|')})`;
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

/** States that are reached together from one beginning, and where each kind of word leads from them. */
interface Reached {
  /** In ascending order, each once. */
  readonly states: Int32Array;
  /** The tags of the patterns that end here. */
  readonly ends: readonly number[];
  /** By kind of word; null where nothing goes on. Worked out when it is first needed. */
  readonly next: Map<number, Reached | null>;
  /** The same for a word that is none of ours: most are. */
  other?: Reached | null;
}

/** So many states are kept in all that was worked out; then it is forgotten, and worked out anew. */
const MOST_KEPT = 3_000_000;

const START = 0;
const NONE: readonly number[] = [];

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

const NOWHERE = new Int32Array(0);

/** Where one symbol leads from and to. */
class Steps {
  /** From, to, from, to …: millions of them, of which each takes as little as it can. */
  private pairs: number[] = [];
  private froms = NOWHERE;
  private tos = NOWHERE;

  add(from: number, to: number): void {
    this.pairs.push(from, to);
  }

  /** Tells `add` where it leads from these states. */
  from(states: Int32Array, isFrom: Marks, add: (to: number) => void): void {
    if (this.pairs.length > 0) this.sort();
    const { froms, tos } = this;
    if (froms.length <= states.length * 8) {
      for (let i = 0; i < froms.length; i++) if (isFrom.has(froms[i] as number)) add(tos[i] as number);
      return;
    }
    for (const state of states)
      for (let i = firstNotBelow(froms, state); froms[i] === state; i++) add(tos[i] as number);
  }

  /** On first use: most symbols are never met. */
  private sort(): void {
    const { pairs } = this;
    const order = Array.from({ length: pairs.length / 2 }, (_, i) => 2 * i).sort(
      (a, b) => (pairs[a] as number) - (pairs[b] as number),
    );
    this.froms = Int32Array.from(order, (i) => pairs[i] as number);
    this.tos = Int32Array.from(order, (i) => pairs[i + 1] as number);
    this.pairs = [];
  }
}

function firstNotBelow(sorted: Int32Array, wanted: number): number {
  let low = 0;
  let high = sorted.length;
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
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

/** The kind of words that are none of ours. */
const NO_KIND = -1;
/** So many kinds of words are kept: words that we look for have few, and nobody's words may fill the memory. */
const MOST_KINDS = 100_000;

/** Words that the same symbols stand for are of one kind; most words are of none of ours. */
class Kinds {
  private readonly numbers = new Map<string, number>();
  private readonly ours = new Map<string, number>();
  private readonly symbols: (readonly number[])[] = [];

  get isFull(): boolean {
    return this.symbols.length > MOST_KINDS;
  }

  /** Of one of our own words: only these are kept, never what somebody typed. */
  ofOurs(word: string, symbols: () => readonly number[]): number {
    let number = this.ours.get(word);
    if (number === undefined) {
      number = this.of(symbols());
      this.ours.set(word, number);
    }
    return number;
  }

  of(symbols: readonly number[]): number {
    if (symbols.length === 0) return NO_KIND;
    const key = symbols.join();
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.symbols.push(symbols) - 1;
      this.numbers.set(key, number);
    }
    return number;
  }

  symbolsOf(kind: number): readonly number[] {
    return this.symbols[kind] ?? NONE;
  }

  forget(): void {
    this.numbers.clear();
    this.ours.clear();
    this.symbols.length = 0;
  }
}

class Automaton {
  private states = 1;
  /** By what it stands for: a word, a beginning, or a list of them ("(mum|dad|nan)"), which is one symbol. */
  private readonly symbols = new Map<string, number>();
  /** The symbols that a word stands for, and that what begins so stands for. */
  private readonly words = new Map<string, number[]>();
  private readonly beginnings = new Map<string, number[]>();
  /** By their first two letters, how long the longest beginning is. */
  private readonly longestBeginnings = new Map<string, number>();
  /** For each symbol, what it leads from and to. */
  private readonly steps: Steps[] = [];
  /** From there words lead on. */
  private readonly going = new Set<number>();
  /** Any word leads there. */
  private readonly anyWord = new Map<number, number>();
  /** No word is needed to get there. */
  private readonly free = new Map<number, number[]>();
  private readonly ends = new Map<number, number>();
  /** The state in which all patterns with a tag end. */
  private readonly endOf = new Map<number, number>();
  /** What begins alike is one way through the automaton: the state that a part leads to from a state. */
  private readonly shared = new Map<string, number>();

  add(parts: readonly Part[], tag: number): void {
    const end = this.endOf.get(tag) ?? this.state();
    this.endOf.set(tag, end);
    this.ends.set(end, tag);
    this.sequence(parts, START, end);
  }

  /**
   * From each word of a message the automaton is begun once. What is reached from a beginning depends on the words
   * since then only, so it is kept: the messages of many people go the same ways.
   */
  ready(): Finder {
    this.shared.clear();
    this.symbols.clear();
    this.endOf.clear();
    const closures: (readonly number[] | undefined)[] = [];
    // Most states are never reached: what is reached from one without a word is worked out when it first is.
    const reach = (state: number): readonly number[] => {
      closures[state] ??= this.reachedFrom(state);
      return closures[state];
    };
    const ends = new Int32Array(this.states).fill(-1);
    for (const [state, tag] of this.ends) ends[state] = tag;
    const anyWord = new Int32Array(this.states).fill(-1);
    for (const [state, to] of this.anyWord) anyWord[state] = to;
    this.measureBeginnings();
    const kinds = new Kinds();
    const start: Reached = { states: Int32Array.from(reach(START)), ends: [], next: new Map() };
    let known = new Map<number, Reached[]>();
    let kept = 0;
    const isReached = new Marks(this.states);
    const isFrom = new Marks(this.states);
    /** By tag, which of the finds was its last. Of an earlier message it is no matter. */
    const lastOf: number[] = [];
    const goOn = (from: Reached, kind: number): Reached | null => {
      isReached.clear();
      isFrom.clear();
      const all: number[] = [];
      const add = (state: number): void => {
        for (const one of reach(state)) if (isReached.mark(one)) all.push(one);
      };
      for (const state of from.states) {
        isFrom.mark(state);
        const any = anyWord[state] as number;
        if (any >= 0) add(any);
      }
      for (const symbol of kinds.symbolsOf(kind))
        (this.steps[symbol] as Steps).from(from.states, isFrom, add);
      if (all.length === 0) return null;
      const states = Int32Array.from(all).sort();
      const sign = signOf(states);
      const same = known.get(sign)?.find((one) => isSame(one.states, states));
      if (same) return same;
      const tags = new Set<number>();
      for (const state of states) if ((ends[state] as number) >= 0) tags.add(ends[state] as number);
      const made: Reached = { states, ends: [...tags], next: new Map() };
      kept += states.length;
      const list = known.get(sign);
      if (list) list.push(made);
      else known.set(sign, [made]);
      return made;
    };
    const step = (from: Reached, kind: number): Reached | null => {
      if (kind === NO_KIND) {
        from.other ??= from.other === null ? null : goOn(from, kind);
        return from.other;
      }
      let to = from.next.get(kind);
      if (to === undefined) {
        to = goOn(from, kind);
        from.next.set(kind, to);
      }
      return to;
    };
    return (words) => {
      if (kept > MOST_KEPT || kinds.isFull) {
        known = new Map();
        kept = 0;
        kinds.forget();
        start.next.clear();
        start.other = undefined;
      }
      const found: { -readonly [Key in keyof Found]: Found[Key] }[] = [];
      /** The ways that are open, the oldest first. */
      let ways: { readonly from: number; readonly at: Reached }[] = [];
      words.forEach((whole, at) => {
        const word = whole.slice(0, LONGEST_WORD);
        const kind = this.words.has(word)
          ? kinds.ofOurs(word, () => this.symbolsOf(word))
          : kinds.of(this.symbolsOf(word));
        const open: typeof ways = [];
        const go = (from: number, before: Reached): void => {
          const now = step(before, kind);
          if (!now) return;
          open.push({ from, at: now });
          for (const tag of now.ends) {
            const last = found[lastOf[tag] ?? -1];
            // The ways are followed from the oldest: a later one is shorter.
            if (last?.tag === tag && last.end === at) last.shortest = from;
            else lastOf[tag] = found.push({ tag, longest: from, shortest: from, end: at }) - 1;
          }
        };
        for (const way of ways) go(way.from, way.at);
        go(at, start);
        ways = open;
      });
      return found;
    };
  }

  private symbolsOf(word: string): readonly number[] {
    const exact = this.words.get(word);
    const longest = this.longestBeginnings.get(word.slice(0, 2)) ?? 0;
    if (longest === 0) return exact ?? NONE;
    const symbols = new Set(exact);
    for (let length = Math.min(word.length, longest); length > 0; length--)
      for (const symbol of this.beginnings.get(word.slice(0, length)) ?? NONE) symbols.add(symbol);
    return [...symbols];
  }

  private measureBeginnings(): void {
    const { longestBeginnings: longest } = this;
    for (const beginning of this.beginnings.keys()) {
      const start = beginning.slice(0, 2);
      longest.set(start, Math.max(beginning.length, longest.get(start) ?? 0));
    }
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
      const key = `${here} ${keyOf(part)}`;
      let there = this.shared.get(key);
      if (there === undefined) {
        there = this.state();
        this.shared.set(key, there);
        this.part(part, here, there);
      }
      here = there;
    });
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
    const key = words.length === 1 ? keyOf(words[0] as WordPart) : `(${words.map(keyOf).join('|')})`;
    let symbol = this.symbols.get(key);
    if (symbol === undefined) {
      symbol = this.steps.push(new Steps()) - 1;
      this.symbols.set(key, symbol);
      for (const { word, anyEnding } of words) {
        const known = anyEnding ? this.beginnings : this.words;
        const symbols = known.get(word);
        if (!symbols) known.set(word, [symbol]);
        else if (!symbols.includes(symbol)) symbols.push(symbol);
      }
    }
    this.going.add(from);
    (this.steps[symbol] as Steps).add(from, to);
  }

  private freely(from: number, to: number): void {
    const targets = this.free.get(from);
    if (targets) targets.push(to);
    else this.free.set(from, [to]);
  }

  /** @returns what is reached from a state without a word: where another word leads on, or where a pattern ends. */
  private reachedFrom(state: number): readonly number[] {
    const all = new Set([state]);
    for (const one of all) for (const to of this.free.get(one) ?? NONE) all.add(to);
    return [...all].filter((one) => this.going.has(one) || this.anyWord.has(one) || this.ends.has(one));
  }
}
