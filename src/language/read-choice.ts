import { fold } from './normalise.ts';
import {
  type IsWord,
  isSaying,
  longestStart,
  placeOf,
  type Saying,
  slipsIn,
  startsWith,
  toSaying,
  type WordLists,
} from './word-lists.ts';

/** An option with the ways to say it. */
export interface Named {
  readonly id: string;
  readonly names: readonly Saying[];
}

/** More words around an option than this are a story, and what it means for the question is not clear. */
const MOST_AROUND = 8;
/** A word of a label tells the option when it is at least so long. */
const TELLING = 4;

/**
 * @param labels for each language, the label of each option
 * @param also other sayings for options
 * @returns each option with its names: its labels, its id, the other sayings
 */
export function nameOptions(
  options: readonly string[],
  labels: readonly Readonly<Record<string, string>>[],
  also: readonly { readonly id: string; readonly saying: Saying }[],
): Named[] {
  return options.map((id) => ({
    id,
    names: [
      ...labels.flatMap((one) =>
        one[id] ? [toSaying(one[id]), toSaying(one[id].replace(/\(.*?\)/g, ' '))] : [],
      ),
      toSaying(id.replace(/[_-]/g, ' ')),
      ...also.flatMap((one) => (one.id === id ? [one.saying] : [])),
    ].filter((name) => name.length > 0),
  }));
}

/**
 * Reads the numbers of options: "2", "option 2", "1,3", "2 and 4", "the second one".
 * @param count how many options were numbered
 * @returns the numbers, or undefined where something else was said
 */
export function readOptionNumbers(text: string, count: number, words: WordLists): number[] | undefined {
  const said = toSaying(text);
  const place = words.ordinals.find(({ saying }) => isSaying(said, saying))?.place;
  if (place !== undefined) {
    const number = place < 0 ? count + 1 + place : place;
    return number >= 1 && number <= count ? [number] : undefined;
  }
  const folded = fold(text);
  // "2-4" may be two options or three, "1.5" is no option.
  if (/\d\s*[-–—.]\s*\d/u.test(folded)) return undefined;
  const numbers: number[] = [];
  for (const sign of folded.match(/\d+|[\p{L}\p{M}]+|\S/gu) ?? []) {
    const number = /^\d/.test(sign) ? Number(sign) : words.numbers.get(sign);
    if (number !== undefined) {
      if (number < 1 || number > count) return undefined;
      numbers.push(number);
    } else if (!/^[,;.&+#)(/!]$/.test(sign) && !words.and.has(sign) && !words.option.has(sign))
      return undefined;
  }
  return numbers.length > 0 ? numbers : undefined;
}

/**
 * Reads one option from its label, the beginning or the telling words of its label, its id, yes, no or none.
 * @returns the option's id, or undefined where none or more than one is meant
 */
export function readOption(said: Saying, options: readonly Named[], words: WordLists): string | undefined {
  if (said.length === 0) return undefined;
  const exact = only(options, (name) => isSaying(said, name));
  if (exact) return exact;
  const plain = readYesNo(said, options, words);
  if (plain) return plain;
  return (
    only(options, (name) => isSaying(said, name, slipsIn(words))) ??
    begun(said, options, slipsIn(words)) ??
    inside(said, options, words) ??
    toldByWords(said, options, words)
  );
}

/**
 * Reads several options: "sleep and toilet", "1, 3".
 * @returns their ids, or undefined where a part of it is not clear
 */
export function readOptions(text: string, options: readonly Named[], words: WordLists): string[] | undefined {
  const said = toSaying(text);
  if (said.length === 0) return undefined;
  // A label that itself has an "and" or a comma in it comes first.
  const whole =
    only(options, (name) => isSaying(said, name)) ??
    readYesNo(said, options, words) ??
    only(options, (name) => isSaying(said, name, slipsIn(words))) ??
    begun(said, options, slipsIn(words));
  if (whole) return [whole];
  const all = contained(said, options, slipsIn(words));
  if (all.length > 1 && leftOver(said, all, words).length === 0) return [...new Set(all.map(({ id }) => id))];
  const parts = fold(text)
    .split(/[,;/&+\n]|\s-\s/u)
    .flatMap((part) => splitAt(toSaying(part), words.and))
    .filter((part) => part.length > 0);
  const chosen = parts.map((part) => readOption(part, options, words));
  if (parts.length > 1 && chosen.every((id) => id !== undefined)) return [...new Set(chosen)];
  const one = readOption(said, options, words);
  return one ? [one] : undefined;
}

function splitAt(said: Saying, and: ReadonlySet<string>): Saying[] {
  const parts: string[][] = [[]];
  for (const word of said) {
    if (and.has(word)) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts;
}

/** @returns the one option with a name that passes; undefined where there are none or several. */
function only(options: readonly Named[], passes: (name: Saying) => boolean): string | undefined {
  const passing = options.filter(({ names }) => names.some(passes));
  return passing.length === 1 ? passing[0]?.id : undefined;
}

/** "yes", "no, not yet", "none": said in a word, for questions where an option says just that. */
function readYesNo(said: Saying, options: readonly Named[], words: WordLists): string | undefined {
  const yes = longestStart(said, words.yes, slipsIn(words));
  const no = longestStart(said, words.no, slipsIn(words));
  const none = longestStart(said, words.none, slipsIn(words));
  const longest = Math.max(yes, no, none);
  if (longest === 0 || said.length > longest + MOST_AROUND) return undefined;
  const rest = said.slice(longest);
  const has = (sayings: readonly Saying[]) => sayings.some((saying) => placeOf(rest, saying) >= 0);
  const id = (wanted: string) => options.find((option) => option.id === wanted)?.id;
  // The "n" of "N Ireland" is no "no".
  const isOneWord = ([word = '', ...more]: Saying) => more.length === 0 && word.length > 1;
  // A label that starts so: "No, we do not get it". "No place at all" is not what a "no" says, where "none" does.
  const labelled = (sayings: readonly Saying[]) =>
    only(options, (name) => sayings.some((saying) => isSaying(name, saying))) ??
    only(options, (name) => sayings.some((saying) => isOneWord(saying) && startsWith(name, saying)));
  // More words may say which yes and which no: that is for the labels to tell.
  // "No, all is well" says no more than no.
  const isWell =
    no === longest &&
    words.none.some((saying) => {
      const at = placeOf(rest, saying);
      const beside = at < 0 ? rest : [...rest.slice(0, at), ...rest.slice(at + saying.length)];
      return at >= 0 && beside.every((word) => words.around.has(word));
    });
  const isPlain = isWell || rest.every((word) => words.around.has(word));
  const isYesNo = id('yes') !== undefined && id('no') !== undefined && options.length === 2;
  if (has(words.notSure)) return undefined;
  if (yes === longest && yes > no) {
    if (isYesNo || isPlain) return has(words.no) && !isPlain ? undefined : (id('yes') ?? labelled(words.yes));
    return isAside(rest, options, words) ? id('yes') : undefined;
  }
  if (!isPlain && !isYesNo) return undefined;
  if (no === longest && no >= none && no > yes) {
    return has(words.yes) && !isWell
      ? undefined
      : (id('no') ?? id('none') ?? labelled(words.no) ?? labelled(words.none));
  }
  if (none === longest && none > yes) return id('none') ?? labelled(words.none) ?? labelled(words.no);
  return undefined;
}

/** A few words after a "yes" that no label has, and that do not turn it: "yes, autism". */
function isAside(rest: Saying, options: readonly Named[], words: WordLists): boolean {
  const core = rest.filter((word) => !words.around.has(word) && !words.and.has(word));
  const inLabel = (word: string) =>
    options.some(({ names }) => names.some((name) => name.some((one) => slipsIn(words)(word, one))));
  return core.length <= 3 && !turns(core, words) && !core.some(inLabel);
}

/**
 * The beginning of a label, whose words may be half typed ("high rate"), or some words in a row of it ("they said
 * no"); and no other option has all of these words ("we asked").
 */
function begun(said: Saying, options: readonly Named[], slips: IsWord): string | undefined {
  const isPart = (typed: string, word: string) =>
    slips(typed, word) || (typed.length >= 3 && word.startsWith(typed));
  const id = only(
    options,
    (name) =>
      (name.length >= said.length && said.every((typed, i) => isPart(typed, name[i] as string))) ||
      (said.length > 1 && placeOf(name, said) >= 0),
  );
  const elsewhere = options.some(
    (option) =>
      option.id !== id &&
      option.names.some((name) => said.every((typed) => name.some((word) => isPart(typed, word)))),
  );
  return elsewhere ? undefined : id;
}

interface Inside {
  readonly id: string;
  readonly from: number;
  readonly end: number;
}

/**
 * Options with a whole name in what was said. Names inside of longer names that were said do not count, nor names that
 * are only like what another name is exactly (Welsh "dysgu", learning, and "cysgu", sleep).
 */
function contained(said: Saying, options: readonly Named[], slips: IsWord): Inside[] {
  const all = options.flatMap(({ id, names }) =>
    names.flatMap((name): (Inside & { isExact: boolean })[] => {
      const exact = placeOf(said, name);
      const from = exact >= 0 ? exact : placeOf(said, name, slips);
      return from < 0 ? [] : [{ id, from, end: from + name.length, isExact: exact >= 0 }];
    }),
  );
  return all.filter(
    (one) =>
      !all.some((other) => {
        if (other.id === one.id || other.from > one.from || other.end < one.end) return false;
        const longer = other.end - other.from - (one.end - one.from);
        return longer > 0 || (longer === 0 && other.isExact && !one.isExact);
      }),
  );
}

function leftOver(said: Saying, inside: readonly Inside[], words: WordLists): string[] {
  return said.filter(
    (word, i) =>
      !inside.some(({ from, end }) => i >= from && i < end) &&
      !words.and.has(word) &&
      !words.around.has(word),
  );
}

function inside(said: Saying, options: readonly Named[], words: WordLists): string | undefined {
  const found = contained(said, options, slipsIn(words));
  const ids = new Set(found.map(({ id }) => id));
  if (ids.size !== 1) return undefined;
  const id = [...ids][0];
  const rest = leftOver(said, found, words);
  // One word may be about anything ("we want a plan"): it counts only where it is all that was said.
  const most = found.some(({ from, end }) => end - from > 1) ? MOST_AROUND : 0;
  const isYesOrNo = found.every(({ from, end }) => {
    const name = said.slice(from, end);
    return [...words.yes, ...words.no, ...words.none].some((saying) => isSaying(name, saying));
  });
  const ofOthers = rest.some((word) =>
    options.some((option) => option.id !== id && option.names.some((name) => name.includes(word))),
  );
  return isYesOrNo || rest.length > most || ofOthers || turns(rest, words) ? undefined : id;
}

function turns(rest: Saying, words: WordLists): boolean {
  return rest.some(
    (word) =>
      words.not.has(word) ||
      [...words.no, ...words.notSure].some((saying) => saying.length === 1 && saying[0] === word),
  );
}

/** Every word that was said stands in one label, and at least one of them in no other: "private landlord". */
function toldByWords(said: Saying, options: readonly Named[], words: WordLists): string | undefined {
  const core = said.filter((word) => !words.around.has(word));
  if (core.length === 0 || turns(core, words)) return undefined;
  const has = (name: Saying) => core.every((word) => name.some((one) => slipsIn(words)(word, one)));
  const telling = core.filter(
    (word) =>
      word.length >= TELLING &&
      options.filter(({ names }) => names.some((name) => name.some((one) => slipsIn(words)(word, one))))
        .length === 1,
  );
  return telling.length > 0 ? only(options, has) : undefined;
}
