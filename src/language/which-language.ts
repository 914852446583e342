import type { Content } from '../content/content.ts';
import type { TellingWords } from '../content/schemas.ts';
import { fold, MOST_READ, wordsOf } from './normalise.ts';
import { oncePer, oncePerText } from './once-per.ts';

/** Fewer words than this say nothing, where none of them is a clear one. */
const FEWEST_WORDS = 3;
/** So much more than of any other language makes it clear, in letters that most languages share. */
const AHEAD = 2;
/** What a little word says of a language; also a name with its letters, which stands in any language. */
const LITTLE = 1;
/** What a word says that no other language has. */
const CLEAR = 2;
/** So much of a message must be in a script to be in it, whatever else stands beside. */
const MOSTLY = 0.6;

const LETTER = /\p{L}/u;
const NOT_ASCII = /[^\0-\x7f]/;
/** Before words are parted: an apostrophe stands in a word. */
const APOSTROPHE = /['’]/g;
/** A capital and then small letters. (In capitals alone a word is shouted, and no name.) */
const NAME = /^\p{Lu}.*\p{Ll}/u;
const SCRIPTS = {
  Latin: /\p{Script=Latin}/u,
  Arabic: /\p{Script=Arabic}/u,
  Bengali: /\p{Script=Bengali}/u,
} as const;
type Script = keyof typeof SCRIPTS;

/** What tells the languages that are written in a script. */
interface Telltales {
  readonly codes: readonly string[];
  /** Folded words: what each says of which language. */
  readonly words: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly letters: readonly { readonly code: string; readonly pattern: RegExp }[];
  /** The language that it is when nothing tells. */
  readonly otherwise: string | undefined;
}

type Languages = Pick<Content, 'languages'>;

const telltalesOf = oncePer((content: Languages) => {
  const all = [...content.languages].flatMap(([code, { telling }]) =>
    telling.signs ? [{ code, ...telling.signs }] : [],
  );
  return new Map((Object.keys(SCRIPTS) as Script[]).map((script) => [script, telltalesIn(script, all)]));
});

type Signs = { readonly code: string } & NonNullable<TellingWords['signs']>;

function telltalesIn(script: Script, all: readonly Signs[]): Telltales {
  const words = new Map<string, Map<string, number>>();
  const add = (code: string, said: readonly string[], worth: number) => {
    for (const word of said.flatMap((one) => wordsOf(fold(one)))) {
      const worths = words.get(word) ?? new Map<string, number>();
      words.set(word, worths.set(code, worth));
    }
  };
  const own = all.filter((one) => one.script === script);
  for (const { code, script: its, words: little, latin, clear } of all) {
    if (its === script) add(code, little, LITTLE);
    else if (script === 'Latin') add(code, latin ?? [], LITTLE);
    if (script === 'Latin') add(code, clear ?? [], CLEAR);
  }
  return {
    codes: own.map(({ code }) => code),
    words,
    letters: own.flatMap(({ code, letters }) =>
      letters ? [{ code, pattern: new RegExp(`[${letters}]`, 'iu') }] : [],
    ),
    otherwise: own.length === 1 ? own[0]?.code : own.find((one) => one.otherwise)?.code,
  };
}

/**
 * @param text as it was typed: its letters say more than the folded ones
 * @param code the language of the conversation: it stays where nothing tells of another
 * @returns the code of the language that a message is clearly in; undefined where it is short or could be several
 */
export function whichLanguage(text: string, content: Languages, code?: string): string | undefined {
  return languageReader(content)(code)(text);
}

const languageReader = oncePer((content: Languages) => {
  const readers = new Map<string | undefined, (text: string) => string | undefined>();
  return (code: string | undefined) => {
    let reader = readers.get(code);
    if (!reader) {
      reader = oncePerText((text) => languageOf(text, content, code));
      readers.set(code, reader);
    }
    return reader;
  };
});

function languageOf(text: string, content: Languages, code: string | undefined): string | undefined {
  const words = wordsOf(fold(text));
  const script = scriptOf(words, content);
  const telltales = script && telltalesOf(content).get(script);
  if (!telltales) return undefined;
  // A script that only one of our languages has tells it by itself.
  if (script !== 'Latin' && telltales.codes.length === 1) return telltales.otherwise;
  const told = worthsOf(words, telltales);
  const lettered = letteredIn(text, telltales);
  for (const [one, worth] of lettered) told.set(one, (told.get(one) ?? 0) + worth);
  const [[best, most] = [undefined, 0], [, next] = [undefined, 0]] = [...told].sort(([, a], [, b]) => b - a);
  if (script !== 'Latin') {
    if (most > next) return best;
    if (code !== undefined && telltales.codes.includes(code)) return code;
    return most === 0 ? telltales.otherwise : undefined;
  }
  if (best === undefined || most - next < AHEAD) return undefined;
  if (words.length >= FEWEST_WORDS || (lettered.get(best) ?? 0) >= CLEAR) return best;
  const hasClear = words.some((word) => telltales.words.get(word)?.get(best) === CLEAR);
  return words.length > 1 && hasClear ? best : undefined;
}

/**
 * English words in the middle of another language ("EHCP কী?") do not hide it; a word of another script in an English
 * sentence does not make it that language.
 * @returns the script that a message is in
 */
function scriptOf(words: readonly string[], content: Languages): Script | undefined {
  const lettersIn = (script: RegExp) =>
    words.reduce((sum, word) => (script.test(word) ? sum + word.length : sum), 0);
  const letters = lettersIn(LETTER);
  if (letters === 0) return undefined;
  const latin = lettersIn(SCRIPTS.Latin);
  if (latin === letters) return 'Latin';
  const scripts = Object.entries(SCRIPTS) as [Script, RegExp][];
  const mostly = scripts.find(([, pattern]) => lettersIn(pattern) >= MOSTLY * letters)?.[0];
  if (latin === 0 || (mostly !== undefined && mostly !== 'Latin')) return mostly;
  const telltales = telltalesOf(content).get('Latin');
  const told = telltales ? Math.max(0, ...worthsOf(words, telltales).values()) : 0;
  const other = scripts.find(
    ([script, pattern]) => script !== 'Latin' && words.filter((word) => pattern.test(word)).length > told,
  );
  return other?.[0] ?? mostly;
}

/** @returns what the words say of each language that they tell of */
function worthsOf(words: readonly string[], telltales: Telltales): Map<string, number> {
  const told = new Map<string, number>();
  for (const word of words)
    for (const [code, worth] of telltales.words.get(word) ?? [])
      told.set(code, (told.get(code) ?? 0) + worth);
  return told;
}

/** @returns what the letters of the other words say of each language that they tell of */
function letteredIn(text: string, telltales: Telltales): Map<string, number> {
  const told = new Map<string, number>();
  const typed = text.slice(0, MOST_READ);
  if (telltales.letters.length === 0 || !NOT_ASCII.test(typed)) return told;
  const names = new Set<string>();
  for (const word of wordsOf(typed.normalize('NFKC').replace(APOSTROPHE, ''))) {
    const [one, another] = telltales.letters.filter(({ pattern }) => pattern.test(word));
    if (!one || another || telltales.words.has(fold(word))) continue;
    if (NAME.test(word)) names.add(one.code);
    else told.set(one.code, (told.get(one.code) ?? 0) + CLEAR);
  }
  for (const code of names) told.set(code, (told.get(code) ?? 0) + LITTLE);
  return told;
}
