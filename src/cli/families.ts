import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Content } from '../content/content.ts';
import type { TriedFamily } from '../content/exercise.ts';
import { readFamilyAnswers } from './answers.ts';
import { isObject } from './lines.ts';

/**
 * Reads the families that the content is tried on: the YAML files of a folder, each a list of families.
 * @param today the day of a family without a `date`, "YYYY-MM-DD"
 * @returns the families, and for each that cannot be read why; undefined where there is no such folder: an
 *   installation may come without the tests
 */
export function readFamilies(
  content: Content,
  folder: string,
  today: string,
): { families: TriedFamily[]; unread: string[] } | undefined {
  if (!existsSync(folder)) return undefined;
  const families: TriedFamily[] = [];
  const unread: string[] = [];
  const attempt = (what: string, read: () => void) => {
    try {
      read();
    } catch (error) {
      unread.push(`${what}: ${(error as Error).message}`);
    }
  };
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.yaml')) continue;
    attempt(file, () => {
      const list: unknown = parse(readFileSync(join(folder, file), 'utf8'));
      if (!Array.isArray(list) || !list.every(isObject)) throw new Error('this is no list of families');
      for (const family of list) {
        attempt(`${file}: ${String(family.name)}`, () => families.push(toFamily(content, family, today)));
      }
    });
  }
  return { families, unread };
}

/** @throws BadLine where a fact does not exist or cannot have the value */
function toFamily({ model }: Content, family: Readonly<Record<string, unknown>>, today: string): TriedFamily {
  return {
    name: String(family.name),
    topics: (family.topics ?? []) as string[],
    answers: readFamilyAnswers(model, family.facts, family.children),
    date: typeof family.date === 'string' ? family.date : today,
    outcomes: (family.outcomes ?? {}) as Record<string, string>,
  };
}
