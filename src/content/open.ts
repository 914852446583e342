import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Content, indexContent, type Language } from './content.ts';
import type { Fault } from './faults.ts';
import { type Kept, keepFor, replace } from './kept.ts';
import type { ContentData } from './load.ts';

/** The content lacks what nobody can be served without. The message names each fault in a line. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
}

const FOLDERS = ['dialogs', 'knowledge', 'locales', 'src/content', 'src/engine', 'src/language'];
/** Where `npm ci` keeps it, wherever the database will be. */
const PREPARED = 'data';

/**
 * Opens the content for serving. Reading and checking the YAML takes seconds and several times the memory of a start,
 * so the checked data is kept beside the database and used again for as long as no file changed; and so is what is
 * made of it later (`kept.ts`).
 * @param root the project's root. What `npm ci` has kept there is used, too
 * @param cacheFolder where the checked data is kept; without, in `data` of the root, where there is such a folder
 * @returns the content, and the faults in it: what is faulty is left out
 * @throws ContentError where so much is left out that there is nothing to ask, or no help in danger
 */
export async function openContent(
  root: string,
  cacheFolder?: string,
): Promise<{ content: Content; faults: readonly Fault[] }> {
  const kept = keptIn(root, cacheFolder);
  const { data, faults } = (kept && readKept(kept, root)) ?? (await readAndKeep(root, kept));
  const content = indexContent(data);
  if (kept) keepFor(content, kept);
  return { content, faults };
}

function keptIn(root: string, cacheFolder: string | undefined): Kept | undefined {
  const prepared = join(root, PREPARED);
  const folders = [
    ...(cacheFolder === undefined ? [] : [cacheFolder]),
    ...(cacheFolder !== prepared && existsSync(prepared) ? [prepared] : []),
  ];
  return folders.length === 0 ? undefined : { folders, stamp: stampOf(root) };
}

interface Checked {
  readonly data: ContentData;
  readonly faults: readonly Fault[];
}

function readKept(kept: Kept, root: string): Checked | undefined {
  const checked = readFrom<Checked>(kept, 'content.json');
  return checked && { ...checked, data: withLexicons(checked.data, kept, root) };
}

async function readAndKeep(root: string, kept: Kept | undefined): Promise<Checked> {
  const { lackingIn, readContent } = await import('./load.ts');
  const { data, faults } = readContent(root);
  const lacking = lackingIn(data);
  if (lacking.length > 0) {
    const why = faults.filter((fault) => lacking.includes(fault.file));
    const lines = why.map(({ file: name, line, says, cure }) => `${name}:${line}: ${says}; ${cure}`);
    throw new ContentError([`Nobody can be served without ${lacking.join(', ')}.`, ...lines].join('\n'));
  }
  if (kept) {
    const { rest, lexicons } = withoutLexicons(data);
    try {
      for (const part of LEXICON_PARTS) keepAs(fileOf(part), kept, { lexicons: lexicons[part] });
      keepAs('content.json', kept, { data: rest, faults });
    } catch {
      // A folder that cannot be written costs the next start some time, nothing else.
    }
  }
  return { data, faults };
}

/** What is only needed once somebody types, if at all: most of the bytes, and no page needs it. */
const LEXICON_PARTS = ['danger', 'examples', 'answers', 'telling'] as const;
type Part = (typeof LEXICON_PARTS)[number];
/** By part and by language. */
type Lexicons = { readonly [P in Part]: Readonly<Record<string, Language[P]>> };

function fileOf(part: Part): string {
  return `lexicons-${part}.json`;
}

function keepAs(name: string, { folders: [folder], stamp }: Kept, what: object): void {
  if (folder !== undefined) replace(join(folder, name), JSON.stringify({ stamp, ...what }));
}

/** @returns what a file holds that was kept from this very content; undefined where there is none */
function readFrom<What>({ folders, stamp }: Kept, name: string): What | undefined {
  for (const folder of folders) {
    try {
      const kept = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { stamp: string } & What;
      if (kept.stamp === stamp) return kept;
    } catch {
      // Not there, or half written by a machine that lost its power.
    }
  }
  return undefined;
}

function withoutLexicons(data: ContentData): { rest: object; lexicons: Lexicons } {
  const languages = Object.entries(data.languages);
  const part = <P extends Part>(name: P) =>
    Object.fromEntries(languages.map(([code, language]) => [code, language[name]]));
  const rest = languages.map(
    ([code, { danger: _, examples: __, answers: ___, telling: ____, ...others }]) => [code, others],
  );
  return {
    rest: { ...data, languages: Object.fromEntries(rest) },
    lexicons: {
      danger: part('danger'),
      examples: part('examples'),
      answers: part('answers'),
      telling: part('telling'),
    },
  };
}

/** @returns the data with lexicons that are read when they are first asked for. */
function withLexicons(data: ContentData, kept: Kept, root: string): ContentData {
  for (const part of LEXICON_PARTS) {
    let read: Readonly<Record<string, unknown>> | undefined;
    for (const [code, language] of Object.entries(data.languages)) {
      const get = () => {
        read ??= readLexicons(part, kept, root);
        return read[code];
      };
      Object.defineProperty(language, part, { enumerable: true, get });
    }
  }
  return data;
}

/** Danger must be noticed whatever became of the file: then the YAML is read again. */
function readLexicons(part: Part, kept: Kept, root: string): Lexicons[Part] {
  const found = readFrom<{ lexicons: Lexicons[Part] }>(kept, fileOf(part));
  if (found) return found.lexicons;
  // Required, not imported: whoever typed something waits for this.
  const { readContent } = createRequire(import.meta.url)('./load.ts') as typeof import('./load.ts');
  return withoutLexicons(readContent(root).data).lexicons[part];
}

/** @returns a mark that changes when a content file, or the code that reads it, is added, removed or edited. */
function stampOf(root: string): string {
  const hash = createHash('sha256').update(process.version);
  for (const folder of FOLDERS) {
    const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort();
    for (const name of names) {
      const { size, mtimeMs } = statSync(join(root, folder, name));
      hash.update(`${folder}/${name}\0${size}\0${mtimeMs}\0`);
    }
  }
  return hash.digest('hex');
}
