import { join } from 'node:path';
import { openFresh } from '../content/check.ts';
import { coverageOf } from '../content/coverage.ts';
import { readFamilies } from './families.ts';
import { dayOf, type ExitCode, optionsOf } from './options.ts';

/**
 * Prints what the content covers and what the families of the tests exercise of it, as one JSON object. A family that
 * cannot be read is left out and named.
 */
export async function coverage(root: string, args: string[]): Promise<ExitCode> {
  const { date, families } = optionsOf(args, { date: { type: 'string' }, families: { type: 'string' } });
  const loaded = openFresh(root);
  const today = dayOf(date);
  const tried = readFamilies(loaded.content, families ?? join(root, 'test/families'), today);
  const report = coverageOf(loaded, today, tried?.families);
  process.stdout.write(`${JSON.stringify(report, null, process.stdout.isTTY ? 2 : 0)}\n`);
  for (const why of tried?.unread ?? []) process.stderr.write(`${why}\n`);
  return tried && tried.unread.length > 0 ? 1 : 0;
}
