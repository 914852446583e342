/** Pieces have so many letters, blanks between words among them: parts of words, words, the end of one with the next. */
const SHORTEST = 3;
const LONGEST = 7;
/** So many pieces begin at each letter. */
const AT_EACH = LONGEST - SHORTEST + 1;
const REST = ' '.repeat(LONGEST);

/**
 * @param words folded
 * @returns the pieces of these words, those that begin at each letter in turn. A piece is the hash of its letters: pieces
 *   that differ may share one, and none can be read back
 */
export function gramsOf(words: readonly string[]): Uint32Array {
  const text = ` ${words.join(' ')}${REST}`;
  const letters = text.length - LONGEST;
  const grams = new Uint32Array(letters * AT_EACH);
  let count = 0;
  for (let start = 0; start < letters; start++) {
    // FNV-1a, letter by letter, so that each longer piece goes on from the shorter one.
    let hash = 0x811c9dc5;
    for (let length = 1; length <= LONGEST; length++) {
      hash = Math.imul(hash ^ text.charCodeAt(start + length - 1), 0x01000193);
      if (length >= SHORTEST) grams[count++] = hash ^ (hash >>> 15);
    }
  }
  return grams;
}

/** @returns of how many letters these are the pieces */
export function lettersOf(grams: Uint32Array): number {
  return grams.length / AT_EACH;
}

/** @returns where parts of so many letters begin and end, each in the middle of the one before; at least one. */
export function partsOf(grams: Uint32Array, letters: number): [from: number, to: number][] {
  const half = (letters / 2) * AT_EACH;
  const parts: [number, number][] = [];
  for (let from = 0; from === 0 || from + half < grams.length; from += half)
    parts.push([from, from + 2 * half]);
  return parts;
}
