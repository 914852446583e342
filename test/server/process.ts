import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export interface Process {
  readonly url: string;
  readonly child: ChildProcess;
  readonly dataDir: string;
  /** All that it has printed. */
  readonly printed: () => string;
  /** Ends it as an operator does. @returns its exit code */
  readonly end: (signal?: NodeJS.Signals) => Promise<number | null>;
  readonly cleanUp: () => Promise<void>;
}

/**
 * Starts the real process, so that what it prints is all that it prints.
 * @param root where its sources stand
 */
export async function startProcess(
  env: Readonly<Record<string, string>> = {},
  dataDir: string = mkdtempSync(join(tmpdir(), 'fingerpost-process-')),
  root: string = ROOT,
): Promise<Process> {
  const child = spawn(process.execPath, [join(root, 'src/server.ts')], {
    env: { PATH: process.env.PATH, PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const url = await new Promise<string>((done, fail) => {
    const hear = (data: Buffer) => {
      printed += data;
      const [found] = /http:\/\/[\w.:[\]]+:\d+/.exec(printed) ?? [];
      if (found) done(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => fail(new Error(`the server ended:\n${printed}`)));
  });
  const end = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    return ended;
  };
  return {
    url,
    child,
    dataDir,
    printed: () => printed,
    end,
    cleanUp: async () => {
      await end('SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
