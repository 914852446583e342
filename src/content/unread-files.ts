import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Fault } from './faults.ts';
import type { Loaded } from './load.ts';

const FOLDERS = ['dialogs', 'knowledge', 'locales'];
const YAML = /\.ya?ml$/i;

/**
 * Files of a curator that nobody reads, because of their name or their folder: what stands in them would never be seen.
 * @param root the project's root
 */
export function unreadFiles(root: string, { files, areaFiles }: Loaded): Fault[] {
  const read = new Set(
    [files, ...areaFiles.values()].flatMap((some) => [...some.values()].map(({ file }) => file)),
  );
  const folders = new Set([...read].map((file) => dirname(file)));
  return FOLDERS.flatMap((folder) => yamlFilesIn(root, folder))
    .filter((file) => !read.has(file))
    .map((file) => ({ file, line: 1, says: 'nobody reads this file', cure: cureFor(file), level: 'fault' }));

  function cureFor(file: string): string {
    const folder = dirname(file);
    if (!file.endsWith('.yaml')) return 'let its name end in .yaml';
    if (!folders.has(folder))
      return `move it: there is no folder ${folder}. CONTRIBUTING.md names the folders`;
    const names = namesIn(folder);
    return `give it the name of a file that belongs here${names ? ` (${names})` : ''}, or take it out`;
  }
}

/** @returns the names that a file can have in a folder where not every name is read. */
function namesIn(folder: string): string | undefined {
  return /^knowledge\/areas\/[^/]+$/.test(folder)
    ? 'area.yaml, contacts.yaml, sources.yaml, texts.yaml'
    : undefined;
}

function yamlFilesIn(root: string, folder: string): string[] {
  try {
    return readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => YAML.test(name))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .sort();
  } catch {
    return [];
  }
}
