import { checkContent } from '../content/check.ts';
import { checkPatterns } from '../language/check-patterns.ts';
import { writeLine } from './lines.ts';
import { dayOf, type ExitCode, optionsOf } from './options.ts';

/** Prints every fault in the content, as `file:line`, which editors and terminals open on a click. */
export async function check(root: string, args: string[]): Promise<ExitCode> {
  const { json, date } = optionsOf(args, { json: { type: 'boolean' }, date: { type: 'string' } });
  const found = checkContent(root, dayOf(date), checkPatterns);
  const faults = found.filter(({ level }) => level === 'fault').length;
  for (const fault of found) {
    if (json) await writeLine(fault);
    else {
      process.stdout.write(
        `${fault.file}:${fault.line}: ${fault.level} (${fault.check}): ${fault.says}\n    ${fault.cure}\n`,
      );
    }
  }
  if (!json) process.stdout.write(`${count(faults, 'fault')}, ${count(found.length - faults, 'warning')}\n`);
  return faults > 0 ? 1 : 0;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
