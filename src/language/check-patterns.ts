import { type Check, Findings } from '../content/checks/check.ts';
import type { Path } from '../content/faults.ts';
import { type Lists, listsOf, withLists } from '../content/lists.ts';
import { faultInPattern } from './patterns.ts';

/** Where in the files of a language patterns stand: "*" is each item or each key. */
const IN_LANGUAGES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  danger: [
    ['*', 'patterns', '*'],
    ['*', 'with', '*'],
    ['*', 'unless', '*'],
    ['*', 'near', '*', '*'],
  ],
  telling: [
    ['lists', '*', '*'],
    ['tells', '*', 'patterns', '*'],
    ['tells', '*', 'unless', '*'],
    ['topics', '*', '*'],
    ['small_talk', '*', '*'],
    ['general_need', '*'],
    ['meaning', '*'],
    ['sayings', '*'],
    ['calming', '*'],
  ],
  answers: [
    ['context', '*', 'patterns', '*'],
    ['context', '*', 'unless', '*'],
  ],
};

/** Every pattern that curators write can be read. One that cannot is left out when it is used, so it hears nothing. */
export const checkPatterns: Check = ({ content, files }) => {
  const found = new Findings(files);
  const look = (file: string, ways: readonly (readonly string[])[], lists: Lists) => {
    for (const way of ways) {
      for (const [path, pattern] of textsAt(files.get(file)?.data, way)) {
        const fault = faultInPattern(withLists(pattern, lists));
        const cure = 'write it as "The danger lexicon" in CONTRIBUTING.md says';
        if (fault)
          found.fault(file, path, `the pattern "${shortened(pattern)}" cannot be read: ${fault}`, cure);
      }
    }
  };
  for (const { code, telling } of content.languages.values()) {
    const lists = listsOf(telling);
    for (const [name, ways] of Object.entries(IN_LANGUAGES))
      look(`locales/${code}/${name}.yaml`, ways, lists);
    if (code === 'en') look('topics', [['*', 'words', '*']], lists);
  }
  return found.list;
};

/** @returns all texts at the places that a way leads to, each with its path. */
function* textsAt(data: unknown, way: readonly string[], path: Path = []): Generator<[Path, string]> {
  const [step, ...rest] = way;
  if (step === undefined) {
    if (typeof data === 'string') yield [path, data];
  } else if (typeof data === 'object' && data !== null) {
    for (const [key, value] of Object.entries(data)) {
      if (step === '*' || step === key) {
        yield* textsAt(value, rest, [...path, Array.isArray(data) ? Number(key) : key]);
      }
    }
  }
}

function shortened(pattern: string): string {
  return pattern.length <= 60 ? pattern : `${pattern.slice(0, 60)}…`;
}
