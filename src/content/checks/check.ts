import type { Content } from '../content.ts';
import type { Fault, Path } from '../faults.ts';
import type { ContentData, Style } from '../load.ts';
import type { YamlFile } from '../yaml-file.ts';

/** What the checks look at: the content that served well enough to be indexed, and the files it came from. */
export interface Checked {
  readonly content: Content;
  readonly data: ContentData;
  readonly files: ReadonlyMap<string, YamlFile>;
  readonly style: Style;
}

/**
 * One kind of fault, looked for in all content. Pure: the same content on the same day has the same faults.
 * @param today "YYYY-MM-DD"
 */
export type Check = (loaded: Checked, today: string) => Fault[];

/** Gathers the faults of one check. A file is named by its key in `files`; where it was not read, nothing is said. */
export class Findings {
  readonly list: Fault[] = [];
  readonly #files: Checked['files'];

  constructor(files: Checked['files']) {
    this.#files = files;
  }

  /** Adds what fails `check`. */
  fault(file: string, path: Path, says: string, cure: string): void {
    this.#add(file, path, says, cure, 'fault');
  }

  /** Adds what is only listed. */
  warn(file: string, path: Path, says: string, cure: string): void {
    this.#add(file, path, says, cure, 'warning');
  }

  #add(key: string, path: Path, says: string, cure: string, level: Fault['level']): void {
    const file = this.#files.get(key);
    if (file) this.list.push({ file: file.file, line: file.lineOf(path), says, cure, level });
  }
}

/**
 * The ids that stand in a file, also those whose item is faulty: that an item has a fault must not make everything
 * that names it a fault too.
 * @returns undefined where the file could not be read: then nothing can be said about what names its items
 */
export function idsIn(files: Checked['files'], key: string): Set<string> | undefined {
  const data = files.get(key)?.data;
  return typeof data === 'object' && data !== null ? new Set(Object.keys(data)) : undefined;
}

/** @returns the ids of all entries, also of those that were left out for a fault. */
export function entryIdsIn(files: Checked['files']): Set<string> {
  const ids = new Set<string>();
  for (const { data } of files.values()) {
    if (typeof data !== 'object' || data === null || !('kind' in data) || !('id' in data)) continue;
    if (typeof data.id === 'string') ids.add(data.id);
  }
  return ids;
}

/** @returns the ids of all factors. */
export function factorIdsIn(data: ContentData): Set<string> {
  return new Set(Object.values(data.factors.areas).flatMap((area) => Object.keys(area.factors)));
}
