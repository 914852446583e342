/**
 * From the start of the process to the first start page, whole, over HTTP; and the memory that the process holds
 * then. Cold: the folder of the data is new, so that all content is read from YAML, checked, and kept. Warm: the
 * second start in the same folder, as after each update of the machine. No peer: the goals are our own.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, printTable, spread } from './rounds.ts';
import { startOurs } from './servers.ts';

const RUNS = 7;
const GOAL = { milliseconds: 700, megabytes: 150 };

const cold = { time: [] as number[], memory: [] as number[] };
const warm = { time: [] as number[], memory: [] as number[] };
for (let run = 0; run < RUNS; run++) {
  const folder = mkdtempSync(join(tmpdir(), 'fingerpost-start-'));
  try {
    for (const into of [cold, warm]) {
      const server = await startOurs(folder);
      into.time.push(server.firstPage);
      into.memory.push(residentMegabytes(server.pid));
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
printTable(
  ['', 'median (min..max)', 'goal', 'of the goal'],
  [
    ['first page, cold, ms', ...row(cold.time, GOAL.milliseconds)],
    ['first page, warm, ms', ...row(warm.time, GOAL.milliseconds)],
    ['memory then, cold, MB', ...row(cold.memory, GOAL.megabytes)],
    ['memory then, warm, MB', ...row(warm.memory, GOAL.megabytes)],
  ],
);

function row(values: readonly number[], goal: number): string[] {
  return [spread(values), String(goal), `${Math.round((median(values) / goal) * 100)} %`];
}

function residentMegabytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
