/** Words that are read letter by letter: a longer one, or more of them, are nothing that somebody typed in a hurry. */
const SHORTEST = 4;
const LONGEST = 30;
const MOST = 30;
/** So many single letters in a row are a word that was spelled out. */
const SPELLED_FROM = 3;
/** Of words that were run together each is at least so long: "the rapist" is a therapist. */
const LONG_PART = 4;

/**
 * Puts words right that were typed in haste: run together ("killmyself"), with two letters that changed places
 * ("knfie"). Only to words that we look for, and only from what is no word that we know.
 * @param wanted the words that we look for
 * @param ordinary words that are right as they stand
 * @returns the words as they are meant; the same array if nothing was to mend. The work is bounded
 */
export function untangle(
  words: readonly string[],
  wanted: ReadonlySet<string>,
  ordinary: ReadonlySet<string>,
): readonly string[] {
  let left = MOST;
  let isChanged = false;
  const mended = words.flatMap((word) => {
    if (word.length < SHORTEST || word.length > LONGEST || left === 0) return word;
    if (wanted.has(word) || ordinary.has(word)) return word;
    left--;
    const meant = swapped(word, wanted) ?? parted(word, wanted);
    if (!meant) return word;
    isChanged = true;
    return meant;
  });
  return isChanged ? mended : words;
}

/** @returns the words, with those that were spelled out as one ("d i e"); the same array if there are none. */
export function joinLetters(words: readonly string[]): readonly string[] {
  const isLetter = (word: string | undefined) => word?.length === 1 && /\p{L}/u.test(word);
  const joined: string[] = [];
  for (let i = 0; i < words.length; ) {
    let end = i;
    while (isLetter(words[end])) end++;
    if (end - i >= SPELLED_FROM) joined.push(words.slice(i, end).join(''));
    else joined.push(...words.slice(i, Math.max(end, i + 1)));
    i = Math.max(end, i + 1);
  }
  return joined.length === words.length ? words : joined;
}

/** @returns the words that are not the same in both, and so many on each side of them. */
export function around(
  words: readonly string[],
  before: readonly string[],
  beside: number,
): readonly string[] {
  let start = 0;
  while (start < words.length && words[start] === before[start]) start++;
  let end = 0;
  const most = Math.min(words.length, before.length) - start;
  while (end < most && words[words.length - 1 - end] === before[before.length - 1 - end]) end++;
  return words.slice(Math.max(0, start - beside), Math.min(words.length, words.length - end + beside));
}

function swapped(word: string, wanted: ReadonlySet<string>): string | undefined {
  for (let i = 0; i + 1 < word.length; i++) {
    const other = word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2);
    if (wanted.has(other)) return other;
  }
  return undefined;
}

/** @returns the fewest words that a word is made of: long ones, or a sentence ("iwanttodie"); undefined if of none. */
function parted(word: string, wanted: ReadonlySet<string>): readonly string[] | undefined {
  const best: (readonly string[] | undefined)[] = [[]];
  for (let end = 1; end <= word.length; end++) {
    for (let start = 0; start < end; start++) {
      const before = best[start];
      const part = word.slice(start, end);
      if (!before || !wanted.has(part) || (part.length === 1 && start > 0)) continue;
      if ((best[end]?.length ?? Number.POSITIVE_INFINITY) > before.length + 1) best[end] = [...before, part];
    }
  }
  const parts = best[word.length];
  if (!parts) return undefined;
  const isSentence = parts.length > 2 && parts[0]?.length === 1;
  return isSentence || parts.every((part) => part.length >= LONG_PART) ? parts : undefined;
}
