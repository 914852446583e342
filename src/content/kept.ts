import { closeSync, mkdirSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';

/**
 * What is worked out from the content and takes long: kept on the disk beside it, and read again for as long as neither
 * the content nor the code changes. It is never needed: what is missing, torn or another's is worked out again.
 */
export interface Kept {
  /** Where it is looked for; it is written to the first of them. */
  readonly folders: readonly string[];
  /** The mark of the content and the code. */
  readonly stamp: string;
}

const keptOf = new WeakMap<object, Kept>();

/** Says where what is worked out from a content is kept. */
export function keepFor(content: object, kept: Kept): void {
  keptOf.set(content, kept);
}

/**
 * @param name of the file, without its ending
 * @returns what was made from the content before; else what is made now, which is kept from now on
 */
export function keptOrMade<Source extends object, Made>(
  name: string,
  content: Source,
  make: (content: Source) => Made,
): Made {
  const kept = keptOf.get(content);
  if (!kept) return make(content);
  const { folders, stamp } = kept;
  const file = `${name}.bin`;
  for (const folder of folders) {
    const found = read<Made>(join(folder, file), stamp);
    if (found) return found.value;
  }
  const value = make(content);
  if (folders[0] !== undefined) write(join(folders[0], file), stamp, value);
  return value;
}

/** @returns whether what goes by these names was made of this content before. Only the beginnings of files are read */
export function isKept(names: readonly string[], content: object): boolean {
  const kept = keptOf.get(content);
  if (!kept) return false;
  const { folders, stamp } = kept;
  return names.every((name) => folders.some((folder) => beginsWith(join(folder, `${name}.bin`), stamp)));
}

function beginsWith(file: string, stamp: string): boolean {
  const wanted = Buffer.from(stamp);
  const head = Buffer.alloc(wanted.length);
  try {
    const opened = openSync(file, 'r');
    try {
      readSync(opened, head);
    } finally {
      closeSync(opened);
    }
  } catch {
    return false;
  }
  return head.equals(wanted);
}

function read<Made>(file: string, stamp: string): { readonly value: Made } | undefined {
  try {
    const bytes = readFileSync(file);
    const head = Buffer.from(stamp);
    if (!bytes.subarray(0, head.length).equals(head)) return undefined;
    const rest = bytes.subarray(head.length + SUM);
    // Half of a file would be half of the words of danger.
    if (bytes.readUInt32LE(head.length) !== crc32(rest)) return undefined;
    return { value: deserialize(rest) };
  } catch {
    return undefined;
  }
}

/** So many bytes has the sum of all others. */
const SUM = 4;

function write(file: string, stamp: string, value: unknown): void {
  try {
    const bytes = serialize(value);
    const sum = Buffer.alloc(SUM);
    sum.writeUInt32LE(crc32(bytes));
    replace(file, Buffer.concat([Buffer.from(stamp), sum, bytes]));
  } catch {
    // A folder that cannot be written costs the next start some time, nothing else.
  }
}

/** Writes a file so that whoever reads it has the old one or the new one, never a half, however many write at once. */
export function replace(file: string, content: string | Uint8Array): void {
  mkdirSync(join(file, '..'), { recursive: true });
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, content);
  renameSync(mine, file);
}
