import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Sayings } from '../../src/language/sayings.ts';

export const ROOT = new URL('../..', import.meta.url).pathname;

/** @returns what parents type, in a language and in English, from locales/. */
export function sayingsIn(code: 'en' | 'cy' | 'ur'): Sayings[] {
  const read = (one: string) =>
    parse(readFileSync(join(ROOT, 'locales', one, 'answers.yaml'), 'utf8')) as Sayings;
  return code === 'en' ? [read('en')] : [read(code), read('en')];
}
