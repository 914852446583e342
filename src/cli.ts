import { join } from 'node:path';
import type { ExitCode } from './cli/options.ts';
import { nearest } from './engine/rules.ts';

interface Command {
  readonly does: string;
  /** Loaded when it is called, so that a command starts only what it needs. */
  readonly load: () => Promise<(root: string, args: string[]) => ExitCode | Promise<ExitCode>>;
}

/** Every command: to add one, write a function in `cli/` and its line here. */
const COMMANDS: Readonly<Record<string, Command>> = {
  check: {
    does: 'every fault in the content, with file, line and cure  [--json] [--date YYYY-MM-DD]',
    load: async () => (await import('./cli/check.ts')).check,
  },
  facts: {
    does: 'the vocabulary, one JSON object a line',
    load: async () => (await import('./cli/catalogue.ts')).facts,
  },
  entries: {
    does: 'the catalogue, one JSON object a line',
    load: async () => (await import('./cli/catalogue.ts')).entries,
  },
  assess: {
    does: 'what families may have: {"facts": {...}, "children"?: [...], "date"?: ...} a line in, outcomes a line out',
    load: async () => (await import('./cli/assess.ts')).assess,
  },
  understand: {
    does: 'what was typed: {"text", "locale"?, "asking"?: fact} a line in, danger, topics and answer a line out',
    load: async () => (await import('./cli/understand.ts')).understand,
  },
  simulate: {
    does: 'a whole conversation with a parent who knows just these facts: {"first_message"?, "topics"?, "facts": {...}}',
    load: async () => (await import('./cli/simulate.ts')).simulate,
  },
  coverage: {
    does: 'what the content covers, what the families of the tests exercise, what is due  [--date YYYY-MM-DD] [--families FOLDER]',
    load: async () => (await import('./cli/coverage.ts')).coverage,
  },
  postcodes: {
    does: 'write knowledge/areas/postcodes.txt from a table (CSV): see CONTRIBUTING.md',
    load: async () => (await import('./cli/postcodes.ts')).postcodes,
  },
  prepare: {
    does: 'check the content once and keep it, so that the first start is quick; `npm ci` does it',
    load: async () => (await import('./cli/prepare.ts')).prepare,
  },
  schemas: {
    does: 'write schemas/*.schema.json, with which editors complete and check the YAML',
    load: async () => (await import('./cli/schemas.ts')).schemas,
  },
  stamp: {
    does: 'write the fingerprint of the English into translations that have none',
    load: async () => (await import('./cli/stamp.ts')).stamp,
  },
};

/** Runs one command. */
async function main(args: string[]): Promise<ExitCode> {
  let root = join(import.meta.dirname, '..');
  if (args[0] === '--root' && args[1]) {
    root = args[1];
    args = args.slice(2);
  }
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help') {
    const width = Math.max(...Object.keys(COMMANDS).map((key) => key.length));
    const list = Object.entries(COMMANDS).map(([key, { does }]) => `  ${key.padEnd(width)}  ${does}`);
    process.stderr.write(`npm run -s fingerpost -- [--root FOLDER] COMMAND\n\n${list.join('\n')}\n`);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    process.stderr.write(`There is no command "${name}": ${nearest(name, Object.keys(COMMANDS))}\n`);
    return 2;
  }
  try {
    return await (await command.load())(root, rest);
  } catch (error) {
    if (!isWrongCall(error)) throw error;
    process.stderr.write(`${name}: ${error.message}\n`);
    return 2;
  }
}

/** `parseArgs` and the commands throw these for options that they do not know. */
function isWrongCall(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

// Whoever reads our lines may stop early (`| head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = await main(process.argv.slice(2));
