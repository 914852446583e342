/**
 * From the start of the process to the first start page, whole, over HTTP; how long from there until a message of
 * danger that is typed at once is answered with help, which needs the lexicons; and the memory that the process holds
 * after each, and once it has grown quiet. Cold: a copy of the sources where nothing was prepared, so that all content
 * is read from YAML, checked, compiled, and kept. Warm: the second start in the same folder, as after `npm ci` and after
 * each update of the machine. No peer: the goals are our own.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { ROOT } from '../families/families.ts';
import { median, printTable, spread } from './rounds.ts';
import { startOurs } from './servers.ts';

const RUNS = Number(process.env.RUNS ?? 7);
const GOAL = { milliseconds: 700, megabytes: 150 };
const SOURCES = ['package.json', 'src', 'dialogs', 'knowledge', 'locales'];
/** After so many milliseconds all is ready that a start makes ready. */
const QUIET = 20_000;

const measured = () => ({
  page: [] as number[],
  pageMemory: [] as number[],
  help: [] as number[],
  helpMemory: [] as number[],
  quietMemory: [] as number[],
});
const cold = measured();
const warm = measured();
for (let run = 0; run < RUNS; run++) {
  const root = mkdtempSync(join(tmpdir(), 'fingerpost-start-'));
  try {
    for (const name of SOURCES) cpSync(join(ROOT, name), join(root, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    for (const into of [cold, warm]) {
      const server = await startOurs(join(root, 'data'), {}, root);
      into.page.push(server.firstPage);
      into.pageMemory.push(residentMegabytes(server.pid));
      const begun = performance.now();
      await typeDanger(server.port);
      into.help.push(performance.now() - begun);
      into.helpMemory.push(residentMegabytes(server.pid));
      if (run === 0) {
        await after(QUIET);
        into.quietMemory.push(residentMegabytes(server.pid));
      }
      await server.stop();
    }
  } finally {
    rmSync(root, { recursive: true });
  }
}
const { milliseconds, megabytes } = GOAL;
printTable(
  ['', 'median (min..max)', 'goal', 'of the goal'],
  [
    ['first page, cold, ms', ...row(cold.page, milliseconds)],
    ['first page, warm, ms', ...row(warm.page, milliseconds)],
    ['memory then, cold, MB', ...row(cold.pageMemory, megabytes)],
    ['memory then, warm, MB', ...row(warm.pageMemory, megabytes)],
    ['from there to help in danger, cold, ms', spread(cold.help)],
    ['from there to help in danger, warm, ms', spread(warm.help)],
    ['memory then, cold, MB', spread(cold.helpMemory)],
    ['memory then, warm, MB', spread(warm.helpMemory)],
    ['memory once quiet, cold, MB', spread(cold.quietMemory)],
    ['memory once quiet, warm, MB', spread(warm.quietMemory)],
  ],
);

/** @throws Error where the answer is no help */
async function typeDanger(port: number): Promise<void> {
  const address = `http://127.0.0.1:${port}/conversation`;
  const body = new URLSearchParams({ do: 'text', text: 'I want to kill myself' });
  const page = await (await fetch(address, { method: 'POST', body })).text();
  if (!page.includes('Samaritans')) throw new Error(`no help on the page: ${page.slice(0, 300)}`);
}

function row(values: readonly number[], goal: number): string[] {
  return [spread(values), String(goal), `${Math.round((median(values) / goal) * 100)} %`];
}

function residentMegabytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
