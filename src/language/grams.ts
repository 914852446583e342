/** Pieces have so many letters, blanks between words among them: parts of words, words, the end of one with the next. */
const SHORTEST = 3;
const LONGEST = 7;
/** So many pieces begin at each place: at a letter, or at a word. */
const AT_EACH = LONGEST - SHORTEST + 1;
const REST = ' '.repeat(LONGEST);
/** Where a hash begins (FNV-1a). */
const NOTHING = 0x811c9dc5;

/**
 * @param words folded
 * @returns the pieces of these words, those that begin at each letter in turn. A piece is the hash of its letters: pieces
 *   that differ may share one, and none can be read back
 */
export function letterGramsOf(words: readonly string[]): Uint32Array {
  const text = ` ${words.join(' ')}${REST}`;
  const letters = text.length - LONGEST;
  const grams = new Uint32Array(letters * AT_EACH);
  let count = 0;
  for (let start = 0; start < letters; start++) {
    // Letter by letter, so that each longer piece goes on from the shorter one.
    let hash = NOTHING;
    for (let length = 1; length <= LONGEST; length++) {
      hash = hashed(hash, text.charCodeAt(start + length - 1));
      if (length >= SHORTEST) grams[count++] = mixed(hash);
    }
  }
  return grams;
}

/** So many letters of a word are what it is about; what follows is mostly its ending. */
const STEM = 4;

/**
 * @param words folded
 * @returns pairs of words that stand near each other, hashes as those of `letterGramsOf`: at each word, how it begins with
 *   how each of the next ones begins
 */
export function pairGramsOf(words: readonly string[]): Uint32Array {
  const stems = ['', ...words].map((word) => hashOf(word.slice(0, STEM)));
  const grams = new Uint32Array(stems.length * AT_EACH);
  let count = 0;
  for (let start = 0; start < stems.length; start++) {
    const first = hashed(stems[start] as number, 0);
    for (let next = start + 1; next <= start + AT_EACH; next++)
      grams[count++] = mixed(hashed(first, stems[next] ?? 0));
  }
  return grams;
}

function hashOf(word: string): number {
  let hash = NOTHING;
  for (let i = 0; i < word.length; i++) hash = hashed(hash, word.charCodeAt(i));
  return hash;
}

function hashed(hash: number, next: number): number {
  return Math.imul(hash ^ next, 0x01000193);
}

function mixed(hash: number): number {
  return hash ^ (hash >>> 15);
}

/** @returns of how many letters, or words, these are the pieces */
export function placesOf(grams: Uint32Array): number {
  return grams.length / AT_EACH;
}

/** @returns where parts of so many places begin and end, each in the middle of the one before; at least one. */
export function partsOf(grams: Uint32Array, places: number): [from: number, to: number][] {
  const half = (places / 2) * AT_EACH;
  const parts: [number, number][] = [];
  for (let from = 0; from === 0 || from + half < grams.length; from += half)
    parts.push([from, from + 2 * half]);
  return parts;
}
