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

type Part =
  | { readonly kind: 'word'; readonly word: string; readonly anyEnding: boolean }
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

/** The states that are reached at one word, with where the longest and the shortest way to each began. */
class Threads {
  readonly states: Int32Array;
  readonly longest: Int32Array;
  readonly shortest: Int32Array;
  private readonly stamps: Int32Array;
  private stamp = 0;
  count = 0;

  constructor(size: number) {
    this.states = new Int32Array(size);
    this.longest = new Int32Array(size);
    this.shortest = new Int32Array(size);
    this.stamps = new Int32Array(size);
  }

  clear(): void {
    this.count = 0;
    this.stamp = (this.stamp + 1) | 0;
  }

  reach(states: readonly number[], longest: number, shortest: number): void {
    for (const state of states) {
      if (this.stamps[state] !== this.stamp) {
        this.stamps[state] = this.stamp;
        this.states[this.count++] = state;
        this.longest[state] = longest;
        this.shortest[state] = shortest;
      } else {
        if (longest < (this.longest[state] as number)) this.longest[state] = longest;
        if (shortest > (this.shortest[state] as number)) this.shortest[state] = shortest;
      }
    }
  }
}

const START = 0;
const NONE: readonly number[] = [];

class Automaton {
  private states = 1;
  private readonly words = new Map<string, number>();
  private readonly beginnings = new Map<string, number>();
  private symbols = 0;
  /** For each state, the states that a symbol leads to. Most states of a gap have none. */
  private readonly steps: (Map<number, number[]> | undefined)[] = [undefined];
  /** Any word leads there. */
  private readonly anyWord = new Map<number, number>();
  /** No word is needed to get there. */
  private readonly free = new Map<number, number[]>();
  private readonly ends = new Map<number, number>();
  /** What begins alike is one way through the automaton: the state that a part leads to from a state. */
  private readonly shared = new Map<string, number>();

  add(parts: readonly Part[], tag: number): void {
    const end = this.state();
    this.ends.set(end, tag);
    this.sequence(parts, START, end);
  }

  ready(): Finder {
    this.shared.clear();
    const { steps } = this;
    // Most states are never reached: what is reached from one without a word is worked out when it first is.
    const reached: (readonly number[] | undefined)[] = [];
    const reach = (state: number): readonly number[] => {
      reached[state] ??= this.reachedFrom(state);
      return reached[state];
    };
    const isOpen = new Uint8Array(this.states);
    const open = (state: number): void => {
      isOpen[state] = 1;
      const known = steps[state];
      for (const [symbol, targets] of known ?? [])
        known?.set(symbol, [...new Set(targets.flatMap((to) => reach(to)))]);
    };
    const anyWord = Int32Array.from(this.steps, (_, state) => this.anyWord.get(state) ?? -1);
    const ends = Int32Array.from(this.steps, (_, state) => this.ends.get(state) ?? -1);
    const longestBeginning = Math.max(0, ...[...this.beginnings.keys()].map((one) => one.length));
    // Two turns of threads, one for the word before and one for this word, made once: a message is read at once,
    // without a pause in which another could come in.
    let before = new Threads(this.states);
    let now = new Threads(this.states);
    return (words) => {
      const found: Found[] = [];
      before.clear();
      words.forEach((whole, at) => {
        const symbols = this.symbolsOf(whole.slice(0, LONGEST_WORD), longestBeginning);
        now.clear();
        const step = (from: number, longest: number, shortest: number): void => {
          if (isOpen[from] === 0) open(from);
          const known = steps[from];
          if (known) {
            for (const symbol of symbols) {
              const targets = known.get(symbol);
              if (targets) now.reach(targets, longest, shortest);
            }
          }
          const any = anyWord[from] as number;
          if (any >= 0) now.reach(reach(any), longest, shortest);
        };
        for (const state of reach(START)) step(state, at, at);
        for (let i = 0; i < before.count; i++) {
          const state = before.states[i] as number;
          step(state, before.longest[state] as number, before.shortest[state] as number);
        }
        for (let i = 0; i < now.count; i++) {
          const state = now.states[i] as number;
          const tag = ends[state] as number;
          if (tag < 0) continue;
          const longest = now.longest[state] as number;
          found.push({ tag, longest, shortest: now.shortest[state] as number, end: at });
        }
        [before, now] = [now, before];
      });
      return found;
    };
  }

  private symbolsOf(word: string, longestBeginning: number): number[] {
    const symbols: number[] = [];
    const exact = this.words.get(word);
    if (exact !== undefined) symbols.push(exact);
    for (let length = Math.min(word.length, longestBeginning); length > 0; length--) {
      const beginning = this.beginnings.get(word.slice(0, length));
      if (beginning !== undefined) symbols.push(beginning);
    }
    return symbols;
  }

  private state(): number {
    this.steps.push(undefined);
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
    if (part.kind === 'either') for (const way of part.ways) this.sequence(way, from, to);
    else if (part.kind === 'word') this.word(part.word, part.anyEnding, from, to);
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

  private word(word: string, anyEnding: boolean, from: number, to: number): void {
    const known = anyEnding ? this.beginnings : this.words;
    let symbol = known.get(word);
    if (symbol === undefined) {
      symbol = this.symbols++;
      known.set(word, symbol);
    }
    this.steps[from] ??= new Map<number, number[]>();
    const steps = this.steps[from];
    const targets = steps.get(symbol);
    if (targets) targets.push(to);
    else steps.set(symbol, [to]);
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
    return [...all].filter(
      (one) => this.steps[one] !== undefined || this.anyWord.has(one) || this.ends.has(one),
    );
  }
}
