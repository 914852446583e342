import { oncePer } from './once-per.ts';

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
 * @param meant what was found out of words of the same message before
 * @returns the words as they are meant; the same array if nothing was to mend. The work is bounded
 */
export function untangle(
  words: readonly string[],
  wanted: ReadonlySet<string>,
  ordinary: ReadonlySet<string>,
  meant: Meant = new Map(),
): readonly string[] {
  let left = MOST;
  let mended: string[] | undefined;
  let done = 0;
  for (const at of doubtfulIn(words, ordinary)) {
    const word = words[at] as string;
    if (wanted.has(word)) continue;
    if (left-- === 0) break;
    let means = meant.get(word);
    if (means === undefined) {
      means = swapped(word, wanted) ?? parted(word, wanted) ?? word;
      meant.set(word, means);
    }
    if (means === word) continue;
    mended ??= [];
    mended.push(...words.slice(done, at), ...(typeof means === 'string' ? [means] : means));
    done = at + 1;
  }
  return mended ? [...mended, ...words.slice(done)] : words;
}

const doubtful = new WeakMap<
  readonly string[],
  { ordinary: ReadonlySet<string>; places: readonly number[] }
>();

/** @returns where words stand that are not right as they are; of each list found out once, however many look at it */
function doubtfulIn(words: readonly string[], ordinary: ReadonlySet<string>): readonly number[] {
  const known = doubtful.get(words);
  if (known?.ordinary === ordinary) return known.places;
  const places: number[] = [];
  words.forEach((word, at) => {
    if (word.length >= SHORTEST && word.length <= LONGEST && !ordinary.has(word)) places.push(at);
  });
  doubtful.set(words, { ordinary, places });
  return places;
}

/** What words that nobody knows mean: the word itself, if nothing else. */
export type Meant = Map<string, string | readonly string[]>;

/** @returns the words, with those that were spelled out as one ("d i e"); the same array if there are none. */
export function joinLetters(words: readonly string[]): readonly string[] {
  const isLetter = (word: string | undefined) => word?.length === 1 && /\p{L}/u.test(word);
  let letters = 0;
  for (const word of words) if (word.length === 1) letters++;
  if (letters < SPELLED_FROM) return words;
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
  if (!letterSums(wanted).has(letterSum(word))) return undefined;
  for (let i = 0; i + 1 < word.length; i++) {
    const other = word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2);
    if (wanted.has(other)) return other;
  }
  return undefined;
}

/** Words of the same letters have the same sum, in whatever order they stand. */
const letterSums = oncePer((words: ReadonlySet<string>) => new Set([...words].map(letterSum)));

function letterSum(word: string): number {
  let sum = 0;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    sum = (sum + Math.imul(code, code + 31)) | 0;
  }
  return sum;
}

/** @returns the fewest words that a word is made of: long ones, or a sentence ("iwanttodie"); undefined if of none. */
function parted(word: string, wanted: ReadonlySet<string>): readonly string[] | undefined {
  // Most words are too short for two long ones, and begin with no word of one letter.
  if (word.length < 2 * LONG_PART && !wanted.has(word.slice(0, 1))) return undefined;
  const best: (readonly string[] | undefined)[] = [[]];
  for (let start = 0; start < word.length; start++) {
    const before = best[start];
    if (!before) continue;
    for (let end = start === 0 ? 1 : start + 2; end <= word.length; end++) {
      const part = word.slice(start, end);
      if (!wanted.has(part)) continue;
      if ((best[end]?.length ?? Number.POSITIVE_INFINITY) > before.length + 1) best[end] = [...before, part];
    }
  }
  const parts = best[word.length];
  if (!parts) return undefined;
  const isSentence = parts.length > 2 && parts[0]?.length === 1;
  return isSentence || parts.every((part) => part.length >= LONG_PART) ? parts : undefined;
}
