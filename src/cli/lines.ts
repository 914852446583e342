import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A line that cannot be used. The command goes on with the next. */
export class BadLine extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Writes one JSON object on a line, and waits where the reader is slower than we are. */
export async function writeLine(item: unknown): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(item)}\n`)) await once(process.stdout, 'drain');
}

/**
 * Answers each line of standard input with a line of standard output, in the same order, while they come in. A line
 * that cannot be used is answered with `{"error": {code, message, line}}`. Empty lines are passed over.
 * @param answer throws BadLine where it cannot use a line
 * @returns whether every line could be used
 */
export async function answerLines(
  answer: (item: Readonly<Record<string, unknown>>) => unknown,
): Promise<boolean> {
  let line = 0;
  let whole = true;
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === '') continue;
    try {
      await writeLine(await answer(readObject(text)));
    } catch (error) {
      if (!(error instanceof BadLine)) throw error;
      whole = false;
      await writeLine({ error: { code: error.code, message: error.message, line } });
    }
  }
  return whole;
}

/** @returns whether something is a JSON object. */
export function isObject(item: unknown): item is Readonly<Record<string, unknown>> {
  return typeof item === 'object' && item !== null && !Array.isArray(item);
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  let item: unknown;
  try {
    // A file that was saved on Windows may start with a byte order mark.
    item = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new BadLine('not_json', `the line is not JSON: ${(error as Error).message}`);
  }
  if (!isObject(item)) throw new BadLine('not_an_object', 'the line must be a JSON object: {"facts": {...}}');
  return item;
}
