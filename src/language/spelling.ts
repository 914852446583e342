/** Shorter words are never taken for slips of others: too many are one letter apart. */
const SHORTEST = 5;
/** In words as long as this, another letter is a slip. */
const LONG = 7;
/** No more unknown words of a message than this are looked at. */
const MOST_CORRECTED = 30;

/**
 * @returns whether two words are one typing slip apart: a letter too many, too few, another, or two that changed
 * places. Equal words are not.
 */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

/** @returns whether one letter makes it another word, as "lovely" and "lonely": in short words that is no slip. */
function isAnother(a: string, b: string): boolean {
  if (a.length !== b.length || a.length >= LONG) return false;
  const at = [...a].findIndex((letter, i) => letter !== b[i]);
  return a.slice(at + 1) === b.slice(at + 1);
}

/** @returns whether a typed word is a word: the same, or one slip apart where it is long enough to tell. */
export function isWord(typed: string, word: string): boolean {
  if (typed === word) return true;
  const [a, b] = [typed.length, word.length];
  if (a < SHORTEST || b < SHORTEST || a - b > 1 || b - a > 1) return false;
  // One slip leaves the first letter as it was, or the last.
  return (typed[0] === word[0] || typed[a - 1] === word[b - 1]) && isOneSlip(typed, word);
}

/**
 * One slip leaves the first letters of a word, or the last, as they were: only words that share them are compared. Two of
 * them hold for words of five letters and more.
 */
const SHARED = 2;

function startOf(word: string, length: number): string {
  return `${length}${word.slice(0, SHARED)}`;
}

function endOf(word: string, length: number): string {
  return `${length}${word.slice(-SHARED)}`;
}

function note(places: Map<string, number[]>, key: string, place: number): void {
  const list = places.get(key);
  if (list) list.push(place);
  else places.set(key, [place]);
}

/** Corrects slips in words by a list of known ones. */
export class Spelling {
  private readonly known: ReadonlySet<string>;
  private readonly right: ReadonlySet<string>;
  /** The known words, and where those stand that begin, or end, with the same letters and are as long. */
  private readonly words: readonly string[];
  private readonly byStart = new Map<string, number[]>();
  private readonly byEnd = new Map<string, number[]>();

  /**
   * @param words what slips are corrected to
   * @param right words that are no slips, though we do not look for them
   */
  constructor(words: Iterable<string>, right: Iterable<string> = []) {
    this.known = new Set(words);
    this.right = new Set(right);
    this.words = [...this.known];
    for (const [i, word] of this.words.entries()) {
      note(this.byStart, startOf(word, word.length), i);
      note(this.byEnd, endOf(word, word.length), i);
    }
  }

  /** @returns the words, with slips put right ("alowance") and words that were run together parted ("bluebadge"). */
  correct(words: readonly string[]): string[] {
    let left = MOST_CORRECTED;
    return words.flatMap((word) => {
      if (word.length < SHORTEST || word.length > 30 || left === 0) return [word];
      if (this.known.has(word) || this.right.has(word)) return [word];
      left--;
      return this.nearest(word) ?? this.parted(word) ?? [word];
    });
  }

  private nearest(word: string): [string] | undefined {
    const isNear = (i: number) => {
      const one = this.words[i] as string;
      return isWord(word, one) && !isAnother(word, one);
    };
    for (const length of [word.length, word.length + 1, word.length - 1]) {
      const first = this.byStart.get(startOf(word, length))?.find(isNear);
      const other = this.byEnd.get(endOf(word, length))?.find(isNear);
      const near = this.words[Math.min(first ?? this.words.length, other ?? this.words.length)];
      if (near) return [near];
    }
    return undefined;
  }

  private parted(word: string): [string, string] | undefined {
    for (let at = 4; at <= word.length - 4; at++) {
      const parts: [string, string] = [word.slice(0, at), word.slice(at)];
      if (parts.every((part) => this.known.has(part))) return parts;
    }
    return undefined;
  }
}
