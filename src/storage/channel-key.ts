import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BYTES = 32;

/**
 * The key with which addresses of people on messaging channels are hashed and tokens are signed, where none is
 * configured: made at random once, for its owner's eyes only. Lost, everybody's conversation begins anew.
 * @param folder where it is kept; made if it is missing
 * @returns the key, as text
 * @throws Error where the file is there but holds no whole key, or cannot be read or written
 */
export function channelKey(folder: string): string {
  const file = join(folder, 'channel.key');
  const found = read(file);
  if (found !== undefined) return found;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const made = `${file}.${process.pid}`;
  writeFileSync(made, `${randomBytes(BYTES).toString('base64url')}\n`, { mode: 0o600 });
  try {
    // Whole or not at all; and of two processes that start at once, both take the key of the first.
    linkSync(made, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(made);
  }
  return read(file) as string;
}

function read(file: string): string | undefined {
  try {
    const key = readFileSync(file, 'utf8').trim();
    if (key.length < BYTES)
      throw new Error(`${file} holds no whole key. Take it away to have a new one made.`);
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
