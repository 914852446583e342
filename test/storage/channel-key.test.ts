import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { channelKey } from '../../src/storage/channel-key.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fingerpost-key-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is made once, for its owner only, and stays', () => {
  const inside = join(folder, 'data');
  const key = channelKey(inside);
  expect(key.length).toBeGreaterThanOrEqual(32);
  expect(channelKey(inside)).toBe(key);
  expect(readdirSync(inside)).toEqual(['channel.key']);
  expect(statSync(join(inside, 'channel.key')).mode & 0o777).toBe(0o600);
  expect(channelKey(folder)).not.toBe(key);
});

it('is read as somebody wrote it', () => {
  writeFileSync(join(folder, 'channel.key'), `${'k'.repeat(40)}\n`);
  expect(channelKey(folder)).toBe('k'.repeat(40));
});

it('that is no whole key is refused, and left alone', () => {
  writeFileSync(join(folder, 'channel.key'), 'short\n');
  expect(() => channelKey(folder)).toThrow('no whole key');
  expect(readFileSync(join(folder, 'channel.key'), 'utf8')).toBe('short\n');
});
