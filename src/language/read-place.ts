import type { Content } from '../content/content.ts';
import { authoritiesOn } from '../engine/authorities.ts';
import { AREA_FACT, NATIONS, type Nation } from '../engine/entries.ts';
import { fold, wordsOf } from './normalise.ts';
import { oncePer } from './once-per.ts';
import { isWord } from './spelling.ts';

/** Where somebody lives, as far as their words tell. Never a postcode. */
export type Place =
  | { readonly kind: 'authority'; readonly code: string }
  | { readonly kind: 'nation'; readonly nation: Nation }
  /** None of the choices that they were given. */
  | { readonly kind: 'other' }
  /** Codes of authorities and ids of nations: only they can tell which. */
  | { readonly kind: 'several'; readonly choices: readonly string[] };

/** No place has a longer name or address line; what is longer is a story. */
const MOST_CHARACTERS = 120;
/** More than these nobody reads through: then half a postcode is quicker. */
const MOST_CHOICES = 8;

const OUTCODE = /^[A-Z]{1,2}\d[A-Z\d]?$/;
const LONGEST_OUTCODE = 4;
const WHOLE = /^([A-Z]{1,2}\d[A-Z\d]?)\d[A-Z]{2}$/;

/**
 * Reads where somebody lives: a postcode or the first half of one, typed in any shape, or the name of a council or a
 * district.
 * Never throws; what was typed ends here.
 * @param text as it was typed
 * @param today "YYYY-MM-DD": authorities begin and end
 * @returns the place; where the words fit several, all of them; undefined where they fit none
 */
export function readPlace(text: string, content: Content, today: string): Place | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const where = wherePostcodes(text, content);
  if (where) return placeOf(where, content, today);
  const code = text.trim().toUpperCase();
  // An invented council is found by its very code and by nothing else.
  if (content.authorities.has(code)) return { kind: 'authority', code };
  return readName(text, content, today);
}

/** As `readPlace`, for a postcode or the first half of one and nothing else. */
export function readPostcode(text: string, content: Content, today: string): Place | undefined {
  const where = wherePostcodes(text, content);
  return where && placeOf(where, content, today);
}

/** @returns the place that lies in all of these, or the choice between them. */
function placeOf(
  where: readonly string[],
  { authorities }: Content,
  today: string,
  isSure = true,
): Place | undefined {
  const choices = [
    ...new Set(where.flatMap((one) => (isNation(one) ? [one] : authoritiesOn(authorities, one, today)))),
  ];
  const [first, ...others] = choices;
  if (first === undefined || choices.length > MOST_CHOICES) return undefined;
  if (others.length > 0 || !isSure) return { kind: 'several', choices };
  return isNation(first) ? { kind: 'nation', nation: first } : { kind: 'authority', code: first };
}

/** @returns whether a place is named by its nation. */
export function isNation(place: string): place is Nation {
  return (NATIONS as readonly string[]).includes(place);
}

// Postcodes.

const postcodesOf = oncePer(({ postcodes }: Content) => {
  const places = new Map<string, readonly string[]>();
  for (const line of postcodes.split('\n')) {
    const [outcode = '', ...where] = line.split(' ');
    places.set(outcode, where);
  }
  return places;
});

/** @returns where the postcodes in a text lie; undefined where there is none that exists. */
function wherePostcodes(text: string, content: Content): readonly string[] | undefined {
  const places = postcodesOf(content);
  const tokens = wordsOf(fold(text)).map((word) => word.toUpperCase());
  const alone = outcodesOf(tokens);
  // Without a digit it is a word: "Hull" is not HU11.
  const slips = tokens.some((token) => /\d/.test(token)) ? alone.flatMap(slipsOf) : [];
  for (const readings of [[...alone, ...outcodesAmong(tokens)], slips]) {
    const found = [...new Set(readings.flatMap((outcode) => whereOutcode(outcode, places)))];
    if (found.length > 0) return found;
  }
  return undefined;
}

function whereOutcode(outcode: string, places: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const known = places.get(outcode);
  if (!OUTCODE.test(outcode)) return known ?? [];
  const all = known ?? places.get(outcode.replace(/\d.*$/, '')) ?? [];
  // In the middle of London "W1" is short for W1A, W1B …, also where the table has it as a code of its own.
  const short = /\d$/.test(outcode)
    ? [...LETTERS].flatMap((letter) => places.get(outcode + letter) ?? [])
    : [];
  return [...all, ...short];
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** @returns the first halves that these can be when they are all one postcode: "BS3 4QQ", "b s 3", "BS3 4". */
function outcodesOf(tokens: readonly string[]): string[] {
  const all = tokens.join('');
  const last = tokens.at(-1) ?? '';
  const before = tokens.slice(0, -1).join('');
  return [
    ...firstHalf(all),
    // Half of the second half: they stopped in the middle. "BS3 4" may be that, or BS34 with a blank in it.
    ...(/^\d[A-Z]?$/.test(last) ? [before] : []),
  ];
}

/** A whole postcode counts by its first half; what is too short for that is a first half. */
function firstHalf(letters: string): string[] {
  if (letters.length < 5) return [letters];
  return letters.length <= 7 && looksWhole(letters) ? [letters.slice(0, -3)] : [];
}

/** With the slips that fingers make: O for 0, I and L for 1. */
function looksWhole(letters: string): boolean {
  return /[\dOIL][A-Z01]{2}$/.test(letters) && /\d|[OIL]/.test(letters.slice(0, -3));
}

/** @returns the first halves among other words: "we live in BS3 4QQ". Just as typed, or every "so" would be one. */
function outcodesAmong(tokens: readonly string[]): string[] {
  if (tokens.length < 2) return [];
  return tokens.flatMap((token, i) => {
    const whole = WHOLE.exec(token)?.[1];
    if (whole !== undefined) return [whole];
    // "B16" alone is one; "16" after "B" is not, unless that is all they typed.
    return OUTCODE.test(token) && !/^\d/.test(tokens[i - 1] ?? '') ? [token] : [];
  });
}

const SLIPS: Readonly<Record<string, readonly string[]>> = {
  O: ['0'],
  0: ['O'],
  I: ['1'],
  L: ['1'],
  1: ['I', 'L'],
};

/** @returns every way to put O, 0, I, L and 1 in a first half right; the one that was typed is not among them. */
function slipsOf(outcode: string): string[] {
  // Each letter more can double the ways.
  if (outcode.length > LONGEST_OUTCODE) return [];
  let ways = [''];
  for (const letter of outcode) {
    const letters = [letter, ...(SLIPS[letter] ?? [])];
    ways = ways.flatMap((way) => letters.map((one) => way + one));
  }
  return ways.filter((way) => way !== outcode && OUTCODE.test(way));
}

// Names.

/** Words that say what kind of council it is, in names and in what people type. */
const KINDS = new Set(
  'council city county borough metropolitan district royal london corporation unitary authority local of the in'.split(
    ' ',
  ),
);

interface Name {
  readonly code: string;
  /** All of it: "bristol city council". */
  readonly full: string;
  /** What is its own: "bristol". */
  readonly words: readonly string[];
  readonly key: string;
  /** The key between blanks, to find it among words. */
  readonly padded: string;
  /** It has no word of its own: "City of London". */
  readonly isKindOnly: boolean;
}

const namesOf = oncePer(({ authorities, languages }: Content): readonly Name[] => [
  ...[...authorities].flatMap(([code, { name, also = [] }]) =>
    // Real families never come to an invented council by a name.
    code.startsWith('X') ? [] : [name, ...also].map((one) => toName(code, one)),
  ),
  // What other languages call it, and how it is written in other scripts.
  ...[...languages.values()].flatMap(({ answers }) =>
    Object.entries(answers.also?.[AREA_FACT] ?? {}).flatMap(([code, names]) =>
      authorities.has(code) ? names.map((one) => toName(code, one)) : [],
    ),
  ),
]);

/** What may stand around a name and changes nothing, in any language: "we live in". */
const livingOf = oncePer(
  ({ languages }: Content): ReadonlySet<string> =>
    new Set([...languages.values()].flatMap(({ answers }) => (answers.living ?? []).flatMap(nameWords))),
);

function toName(code: string, name: string): Name {
  const all = nameWords(name);
  const own = all.filter((word) => !KINDS.has(word));
  const words = own.length > 0 ? own : all;
  const key = words.join(' ');
  return { code, full: all.join(' '), words, key, padded: ` ${key} `, isKindOnly: own.length === 0 };
}

function nameWords(text: string): string[] {
  return wordsOf(fold(text.replaceAll('&', ' and ')));
}

/** @returns a council's name without what lists write in different ways: "Bristol City Council", "City of Bristol". */
export function plainName(name: string): string {
  return toName('', name).key;
}

/**
 * Only a whole name that stands in no other is sure ("Somerset" may be North Somerset; "Somerset Council" is not).
 * Everything else is asked.
 */
function readName(text: string, content: Content, today: string): Place | undefined {
  const typed = toName('', text);
  const names = namesOf(content);
  const place = (some: readonly Name[], isSure: boolean) =>
    placeOf(
      some.map(({ code }) => code),
      content,
      today,
      isSure,
    );
  const whole = names.filter(({ full, key }) => full === typed.full && (full !== key || typed.isKindOnly));
  if (whole.length > 0 || typed.isKindOnly) return place(whole, true);
  const isExact = names.some(({ key }) => key === typed.key);
  const within = names.filter(({ padded }) => padded.includes(typed.padded));
  if (within.length > 0) return place(within, isExact);
  const nearly = names.filter(({ words }) =>
    typed.words.every((word) => words.some((one) => isWord(word, one))),
  );
  if (nearly.length > 0) return place(nearly, false);
  // "I live in Bristol near the river": a name among other words. The longest says most.
  const named = names.filter(({ padded }) => typed.padded.includes(padded));
  const longest = named.filter(
    ({ key, padded }) => !named.some((other) => other.key !== key && other.padded.includes(padded)),
  );
  // "We live in Bristol" says no more than "Bristol", which may be one of several.
  const living = livingOf(content);
  const rest = typed.words.filter((word) => !living.has(word));
  return rest.length > 0 && rest.length < typed.words.length
    ? readName(rest.join(' '), content, today)
    : place(longest, false);
}
