import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { AnswerSayings } from '../../src/content/schemas.ts';

export const ROOT = new URL('../..', import.meta.url).pathname;

/** @returns what parents type, in a language and in English, from locales/. */
export function sayingsIn(code: 'en' | 'cy' | 'ur' | 'ar'): AnswerSayings[] {
  const read = (one: string) =>
    parse(readFileSync(join(ROOT, 'locales', one, 'answers.yaml'), 'utf8')) as AnswerSayings;
  return code === 'en' ? [read('en')] : [read(code), read('en')];
}
