import { mkdirSync, mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** @returns why nothing can be kept in a folder, in a few words; undefined where it can. Made if it is missing. */
export function folderFault(folder: string): string | undefined {
  try {
    makeFolder(resolve(folder));
    // Rights do not say it all: root has them where nobody can write.
    rmdirSync(mkdtempSync(join(folder, '.try-')));
    return undefined;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOTDIR') return 'is a file, or lies below one';
    return `is no folder that can be written (${code})`;
  }
}

/** One after the other: told to make all of them, Node never comes back from a folder such as /proc. */
function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process, which started with us, was quicker.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
