import { spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** The project's own Node: the one that runs the tests may be older. */
const NODE = join(ROOT, 'node_modules/.bin/node');

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Standard output read as JSON Lines. */
  // biome-ignore lint/suspicious/noExplicitAny: each command has lines of its own shape, and tests look at them freely
  readonly lines: readonly any[];
}

/** Runs a command as a process of its own. */
export function fingerpost(args: readonly string[], input = ''): Promise<Run> {
  return new Promise((resolve, reject) => {
    const process = spawn(NODE, [join(ROOT, 'src/cli.ts'), ...args]);
    let out = '';
    let err = '';
    process.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
    process.stderr.setEncoding('utf8').on('data', (text) => {
      err += text;
    });
    process.on('error', reject);
    process.on('close', (code) =>
      resolve({
        code,
        out,
        err,
        get lines() {
          return out
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => JSON.parse(line));
        },
      }),
    );
    process.stdin.end(input);
  });
}

/** @returns items as JSON Lines; a text stands as it is. */
export function jsonLines(...items: unknown[]): string {
  return items.map((item) => `${typeof item === 'string' ? item : JSON.stringify(item)}\n`).join('');
}
