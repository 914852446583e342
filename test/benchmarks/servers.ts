import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { ROOT } from '../families/families.ts';

export interface Running {
  readonly port: number;
  readonly pid: number;
  /** Milliseconds from the start of the process to the end of its first page. */
  readonly firstPage: number;
  readonly stop: () => Promise<void>;
}

const GIVE_UP = 20_000;

/**
 * Starts our server as `npm start` does, with a folder of its own for its data.
 * @param root where its sources stand
 */
export function startOurs(
  dataFolder: string,
  more: Readonly<Record<string, string>> = {},
  root: string = ROOT,
): Promise<Running> {
  return start(startScript(root), { DATA_DIR: dataFolder, RATE_LIMIT: '0', ...more });
}

/** @returns what `npm start` gives to Node */
function startScript(root: string): string[] {
  const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
    scripts: { start: string };
  };
  const [, ...rest] = scripts.start.split(' ');
  return rest.map((part) => (part.endsWith('.ts') ? `${root}/${part}` : part));
}

/**
 * Starts botbuilder's echo bot.
 * @param file where it keeps what it hears; without one it keeps nothing
 */
export function startEchoBot(file?: string): Promise<Running> {
  return start([`${import.meta.dirname}/peers/echo-bot.ts`, ...(file ? [file] : [])], {});
}

/**
 * Starts the restify server that sends these pages from memory.
 * @param file where it keeps the forms; without one it keeps nothing
 */
export function startRestify(pagesFile: string, file?: string): Promise<Running> {
  return start([`${import.meta.dirname}/peers/restify-server.ts`, pagesFile, ...(file ? [file] : [])], {});
}

/** @throws Error where it ends, or has not served its first page after twenty seconds */
async function start(args: readonly string[], environment: Record<string, string>): Promise<Running> {
  const port = await freePort();
  const begun = performance.now();
  const child = spawn(process.execPath, [...args], {
    env: { ...process.env, ...environment, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (;;) {
    if (await isServed(port)) break;
    if (child.exitCode !== null) throw new Error(`${args[0]} ended with ${child.exitCode}`);
    if (performance.now() - begun > GIVE_UP) {
      child.kill('SIGKILL');
      throw new Error(`${args[0]} serves no page`);
    }
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  const firstPage = performance.now() - begun;
  return { port, pid: child.pid as number, firstPage, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const slow = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(slow);
}

/** @returns whether the start page came, whole */
function isServed(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ port, host: '127.0.0.1', path: '/', agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode === 200));
    }).on('error', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
