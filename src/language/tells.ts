import type { Content, Language } from '../content/content.ts';
import { keptOncePer, oncePer } from './once-per.ts';
import { type CompiledPatterns, compilePatterns, type Finder, finderOf } from './patterns.ts';
import { soundsOf } from './sounds.ts';

/** What curators write as something that words tell. */
type Tell = NonNullable<Language['telling']['tells']>[number];

/** @returns what words tell in a language: first what they tell only where they answer a question. */
export function tellsIn({ answers, telling }: Pick<Language, 'answers' | 'telling'>): readonly Tell[] {
  return [...(answers.context ?? []), ...(telling.tells ?? [])];
}

const compiledOf = keptOncePer(
  'telling',
  ({ languages }: Content): ReadonlyMap<string, CompiledPatterns> =>
    new Map([...languages].map(([code, language]) => [code, compileTells(language)])),
);

function compileTells(language: Language): CompiledPatterns {
  const patterns = tellsIn(language).flatMap((tell, i) => [
    ...tell.patterns.map((pattern) => ({ pattern, tag: 2 * i })),
    ...(tell.unless ?? []).map((pattern) => ({ pattern, tag: 2 * i + 1 })),
  ]);
  return compilePatterns(patterns, soundsOf(language.telling).of);
}

/**
 * @returns for each language what finds in the words of a message what is told: tag 2n is of number n of `tellsIn`, and
 *   2n + 1 cancels it
 */
export const tellFindersOf = oncePer((content: Content): ReadonlyMap<string, Finder> => {
  const compiled = compiledOf(content);
  return new Map(
    [...content.languages].map(([code, { telling }]) => {
      const find = finderOf(compiled.get(code) as CompiledPatterns);
      const { of } = soundsOf(telling);
      return [code, (words) => find(words.map(of))];
    }),
  );
});
