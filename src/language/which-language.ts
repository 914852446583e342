import type { Content } from '../content/content.ts';
import { fold, wordsOf } from './normalise.ts';
import { oncePer } from './once-per.ts';

/** Fewer words than this say nothing, in letters that several languages share. */
const FEWEST_WORDS = 3;
/** So many telltale words more than in any other language make it clear. */
const AHEAD = 2;
/** So much of a message must be in a script to be in it. */
const MOSTLY = 0.6;

const LETTER = /\p{L}/u;
const SCRIPTS = {
  Latin: /\p{Script=Latin}/u,
  Arabic: /\p{Script=Arabic}/u,
  Bengali: /\p{Script=Bengali}/u,
} as const;

const wordsByLanguage = oncePer((content: Pick<Content, 'languages'>) =>
  [...content.languages].flatMap(([code, { telling }]) => {
    const { signs } = telling;
    if (!signs) return [];
    const own = new Set(signs.words.flatMap((word) => wordsOf(fold(word))));
    const latin = new Set((signs.latin ?? []).flatMap((word) => wordsOf(fold(word))));
    return [{ code, script: signs.script, own, latin: signs.script === 'Latin' ? own : latin }];
  }),
);

/**
 * @param text as it was typed
 * @returns the code of the language that a message is clearly in; undefined where it is short or could be several
 */
export function whichLanguage(text: string, content: Pick<Content, 'languages'>): string | undefined {
  return languageOf(wordsOf(fold(text)), content);
}

/**
 * @param words of a message, folded
 * @returns as `whichLanguage`
 */
export function languageOf(
  words: readonly string[],
  content: Pick<Content, 'languages'>,
): string | undefined {
  const lettersIn = (script: RegExp) =>
    words.reduce((sum, word) => (script.test(word) ? sum + word.length : sum), 0);
  const letters = lettersIn(LETTER);
  const languages = wordsByLanguage(content);
  for (const [script, pattern] of Object.entries(SCRIPTS)) {
    if (lettersIn(pattern) < MOSTLY * letters || letters === 0) continue;
    const inScript = languages.filter((one) => script === 'Latin' || one.script === script);
    const counts = inScript
      .map(({ code, own, latin }) => {
        const telltale = script === 'Latin' ? latin : own;
        return { code, count: words.filter((word) => telltale.has(word)).length };
      })
      .sort((a, b) => b.count - a.count);
    const [best, next] = counts;
    if (!best) return undefined;
    // A script that only one of our languages has tells it by itself.
    if (script !== 'Latin' && counts.length === 1) return best.code;
    if (words.length < FEWEST_WORDS || best.count - (next?.count ?? 0) < AHEAD) return undefined;
    return best.code;
  }
  return undefined;
}
