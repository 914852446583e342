import type { z } from 'zod';

/** Something wrong in the content, said so that a curator can mend it. */
export interface Fault {
  /** Relative to the project's root. */
  readonly file: string;
  /** 1 for the first line. */
  readonly line: number;
  readonly says: string;
  /** What to write instead. */
  readonly cure: string;
  /** A warning is listed but does not fail `check`. */
  readonly level: 'fault' | 'warning';
}

export type Path = readonly (string | number)[];

/** The schema's own words, which are a programmer's. */
const IN_PLAIN_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  int: 'a whole number',
  array: 'a list',
  object: 'fields with their values',
  record: 'fields with their values',
  boolean: 'true or false',
};

/** @returns what a schema issue means, in a curator's words, with the path it stands at. */
export function explainIssue(issue: z.core.$ZodIssue): { path: Path; says: string; cure: string }[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol') as Path;
  const name = path.length > 0 ? `"${path.join('.')}"` : 'the file';
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        says: `"${key}" is not a field here`,
        cure: 'correct its spelling or take it out',
      }));
    case 'invalid_type': {
      if (issue.input === undefined && /received undefined/.test(issue.message)) {
        return [
          { path: path.slice(0, -1), says: `${name} is missing`, cure: `add \`${String(path.at(-1))}:\`` },
        ];
      }
      const expected = IN_PLAIN_WORDS[issue.expected] ?? `a ${issue.expected}`;
      return [{ path, says: `${name} should be ${expected}`, cure: `write ${expected}` }];
    }
    case 'invalid_value':
      return [
        {
          path,
          says: `${name} has a value that is not allowed`,
          cure: `use one of: ${issue.values.join(', ')}`,
        },
      ];
    case 'too_small':
      return [
        {
          path,
          says: `${name} is empty or too small`,
          cure: 'write something, or leave the field out if it may be left out',
        },
      ];
    case 'too_big':
      return [{ path, says: `${name} is too long`, cure: `at most ${issue.maximum}` }];
    case 'invalid_union':
      return [
        { path, says: `${name} has the wrong form`, cure: 'see CONTRIBUTING.md for what may stand here' },
      ];
    case 'invalid_key':
      return [
        {
          path,
          says: `${name} is not a valid name`,
          cure: 'use lower-case letters, digits, "-", "_" and "."',
        },
      ];
    default:
      return [{ path, says: `${name}: ${issue.message}`, cure: 'see CONTRIBUTING.md' }];
  }
}
