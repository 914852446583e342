/** `npm run bench`: all benchmarks, each in a process of its own, one after the other. Never fails on a timing. */
import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';

const BENCHMARKS = [
  ['assess.ts', 'One assessment of every entry'],
  ['turn.ts', 'One turn of a conversation, from JSON to JSON'],
  ['page.ts', 'One turn on the page, over HTTP'],
  ['understand.ts', 'What people type, understood'],
  ['activity.ts', "One activity over Bot Framework's protocol"],
  ['open-conversations.ts', 'A thousand conversations at once'],
  ['sizes.ts', 'What a phone has to load'],
  ['start.ts', 'From the start of the process to the first page'],
] as const;

const begun = performance.now();
const load = loadavg()
  .map((value) => value.toFixed(1))
  .join(', ');
console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}, load before: ${load}`);
console.log(
  'Medians of several rounds, the sides taken in turn, with (min..max). Ratios above 1: we are faster.',
);
let failed = 0;
for (const [file, title] of BENCHMARKS) {
  console.log(`\n${title} (${file})`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, file)], { stdio: 'inherit' });
  if (status !== 0) failed++;
}
console.log(`\n${Math.round((performance.now() - begun) / 1000)} seconds`);
// Sides that disagree, or a server that does not answer, are faults; being slow is none.
if (failed > 0) process.exitCode = 1;
