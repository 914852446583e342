/** A server of which nothing was prepared: danger is met with help at once, while another process learns the examples. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { type Process, startProcess } from './process.ts';

const ROOT = join(import.meta.dirname, '../..');
const root = mkdtempSync(join(tmpdir(), 'fingerpost-unprepared-'));
let server: Process | undefined;

afterAll(async () => {
  await server?.end();
  rmSync(root, { recursive: true });
});

test('danger does not wait until the examples are learned', async () => {
  for (const name of ['package.json', 'src', 'dialogs', 'knowledge', 'locales'])
    cpSync(join(ROOT, name), join(root, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const data = join(root, 'data');
  server = await startProcess({}, data, root);
  const body = new URLSearchParams({ do: 'text', text: 'I want to kill myself' });
  const page = await (await fetch(`${server.url}/conversation`, { method: 'POST', body })).text();
  expect(page).toContain('Samaritans');
  // Whoever learns keeps what was learned before it is used.
  expect(existsSync(join(data, 'content.json'))).toBe(true);
  expect(existsSync(join(data, 'examples.bin'))).toBe(false);
});

test('where the process that learns is killed, the log says that memory may have been too little', async () => {
  const { child, printed } = server as Process;
  const children = () => readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim();
  await vi.waitFor(() => expect(children()).not.toBe(''), { timeout: 60_000 });
  process.kill(Number(children()), 'SIGKILL');
  await vi.waitFor(
    () => expect(printed()).toMatch(/ended by SIGKILL; there may be too little memory/),
    60_000,
  );
  expect(printed()).toMatch(/1500 MB/);
  expect(printed()).not.toContain('set DATA_DIR');
});
