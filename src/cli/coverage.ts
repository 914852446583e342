import { openFresh } from '../content/check.ts';
import { coverageOf } from '../content/coverage.ts';
import { dayOf, type ExitCode, optionsOf } from './options.ts';

/** Prints what the content covers, as one JSON object. */
export async function coverage(root: string, args: string[]): Promise<ExitCode> {
  const { date } = optionsOf(args, { date: { type: 'string' } });
  const report = coverageOf(openFresh(root), dayOf(date));
  process.stdout.write(`${JSON.stringify(report, null, process.stdout.isTTY ? 2 : 0)}\n`);
  return 0;
}
