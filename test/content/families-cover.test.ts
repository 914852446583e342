import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readFamilies } from '../../src/cli/families.ts';
import { openFresh } from '../../src/content/check.ts';
import { exerciseOf } from '../../src/content/exercise.ts';

const root = join(import.meta.dirname, '../..');
const { content } = openFresh(root);
const tried = readFamilies(content, join(root, 'test/families'), '2026-11-22');
const exercise = exerciseOf(content, tried?.families ?? []);

test('every family can be read', () => {
  expect(tried?.unread).toEqual([]);
});

test('each entry whose rule can rule out a family has one that it fits and one that it rules out', () => {
  expect(exercise.entries.missing).toEqual([]);
});

test('nearly every condition, option and question is exercised', () => {
  expect(exercise.branches.share).toBeGreaterThanOrEqual(0.97);
  expect(exercise.options.share).toBeGreaterThanOrEqual(0.9);
  expect(exercise.questions.share).toBeGreaterThanOrEqual(0.75);
});

test('where there is no folder of families, nothing is said', () => {
  expect(readFamilies(content, join(root, 'no-such-folder'), '2026-11-22')).toBeUndefined();
});

test('a family that cannot be read is named, and the others count', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fingerpost-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write('a.yaml', '- { name: good, facts: { child.age: 3 } }\n- { name: bad, facts: { child.agee: 3 } }\n');
  write('b.yaml', 'no: list\n');
  write('c.yaml', '- { name: [\n');
  const read = readFamilies(content, folder, '2026-11-22');
  expect(read?.families.map(({ name, date }) => `${name} ${date}`)).toEqual(['good 2026-11-22']);
  expect(read?.unread).toEqual([
    'a.yaml: bad: there is no fact "child.agee": did you mean "child.age"?',
    'b.yaml: this is no list of families',
    expect.stringMatching(/^c\.yaml: /),
  ]);
});
