import { type ParseArgsConfig, parseArgs } from 'node:util';
import { dayOf as dayInTheUk } from '../engine/conversation.ts';
import { isDate } from '../engine/facts.ts';

/** How a command ends: 0 all well, 1 faults were found, 2 it was called wrongly. */
export type ExitCode = 0 | 1 | 2;

/** A command was called wrongly. Its code is like those of `parseArgs`, so that both end the same way. */
class WrongCall extends Error {
  readonly code = 'ERR_PARSE_ARGS_VALUE';
}

/**
 * Reads the options of a command.
 * @throws where an option or an argument is not known
 */
export function optionsOf<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  return parseArgs({ args, options, strict: true, allowPositionals: false }).values;
}

/**
 * @returns the day given, or today in the United Kingdom
 * @throws where it is no day
 */
export function dayOf(date: string | undefined): string {
  if (date === undefined) return dayInTheUk(new Date());
  if (!isDate(date)) throw new WrongCall(`"${date}" is not a day: write it like 2026-11-22`);
  return date;
}
