import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isKept, keepFor, keptOrMade } from '../../src/content/kept.ts';

const STAMP = 'of-this-content';
const MADE = { words: new Map([['kill', 3]]), states: Int32Array.of(1, -1, 70_000) };

function folderFor(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fingerpost-made-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** @returns what is made of a content that is kept there, and how often it was made */
function opened(folders: readonly string[], stamp = STAMP): { value: typeof MADE; made: number } {
  const content = {};
  if (folders.length > 0) keepFor(content, { folders, stamp });
  let made = 0;
  const value = keptOrMade('danger', content, () => {
    made++;
    return MADE;
  });
  return { value, made };
}

test('is made once, and the same is read again', () => {
  const folder = folderFor();
  expect(opened([folder])).toEqual({ value: MADE, made: 1 });
  expect(opened([folder])).toEqual({ value: MADE, made: 0 });
});

test('is made where the content is not kept', () => {
  expect(opened([])).toEqual({ value: MADE, made: 1 });
});

test('is not taken from another content, or from other code', () => {
  const folder = folderFor();
  opened([folder], 'of-that-content');
  expect(opened([folder])).toEqual({ value: MADE, made: 1 });
});

test('is looked for in all folders, and written to the first', () => {
  const [mine, prepared] = [folderFor(), folderFor()];
  opened([prepared]);
  expect(opened([mine, prepared]).made).toBe(0);
  expect(readdirSync(mine)).toEqual([]);
  opened([mine, prepared], 'of-a-newer-content');
  expect(readdirSync(mine)).toEqual(['danger.bin']);
});

test('is made again, whatever became of the file', () => {
  const folder = folderFor();
  opened([folder]);
  const file = join(folder, 'danger.bin');
  const whole = readFileSync(file);
  const harmed = [
    Buffer.alloc(0),
    ...[1, STAMP.length, STAMP.length + 2, STAMP.length + 4, whole.length - 1].map((end) =>
      whole.subarray(0, end),
    ),
    ...[STAMP.length + 1, STAMP.length + 8, whole.length - 1].map((at) => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] as number) ^ 1;
      return bytes;
    }),
  ];
  for (const bytes of harmed) {
    writeFileSync(file, bytes);
    expect(opened([folder])).toEqual({ value: MADE, made: 1 });
  }
  expect(opened([folder]).made).toBe(0);
});

test('a folder that cannot be written costs time, nothing else', () => {
  const file = join(folderFor(), 'a-file');
  writeFileSync(file, '');
  expect(opened([file])).toEqual({ value: MADE, made: 1 });
});

test('whether all is kept', () => {
  const content = {};
  expect(isKept(['danger'], content)).toBe(false);
  const folder = folderFor();
  keepFor(content, { folders: [folder], stamp: STAMP });
  expect(isKept(['danger'], content)).toBe(false);
  opened([folder]);
  expect(isKept(['danger'], content)).toBe(true);
  expect(isKept(['danger', 'telling'], content)).toBe(false);
});
