import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Content, indexContent, type Language } from './content.ts';
import type { Fault } from './faults.ts';
import type { ContentData } from './load.ts';

/** The content lacks what nobody can be served without. The message names each fault in a line. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
}

const FOLDERS = ['dialogs', 'knowledge', 'locales', 'src/content', 'src/engine'];

/**
 * Opens the content for serving. Reading and checking some hundred YAML files takes a few hundred milliseconds and
 * most of the memory of a start, so the checked data is kept beside the database and used again for as long as no
 * file changed.
 * @param root the project's root
 * @param cacheFolder where the checked data is kept; undefined to read the YAML each time
 * @returns the content, and the faults in it: what is faulty is left out
 * @throws ContentError where so much is left out that there is nothing to ask, or no help in danger
 */
export async function openContent(
  root: string,
  cacheFolder?: string,
): Promise<{ content: Content; faults: readonly Fault[] }> {
  const file = cacheFolder && join(cacheFolder, 'content.json');
  const stamp = file && stampOf(root);
  if (file) {
    try {
      const cached = JSON.parse(readFileSync(file, 'utf8')) as {
        stamp: string;
        data: ContentData;
        faults: Fault[];
      };
      if (cached.stamp === stamp) {
        const data = withLexicons(cached.data, join(cacheFolder, LEXICONS), cached.stamp, root);
        return { content: indexContent(data), faults: cached.faults };
      }
    } catch {
      // Not there yet, or half written by a process that was killed: read the YAML.
    }
  }
  const { lackingIn, readContent } = await import('./load.ts');
  const { data, faults } = readContent(root);
  const lacking = lackingIn(data);
  if (lacking.length > 0) {
    const why = faults.filter((fault) => lacking.includes(fault.file));
    const lines = why.map(({ file: name, line, says, cure }) => `${name}:${line}: ${says}; ${cure}`);
    throw new ContentError([`Nobody can be served without ${lacking.join(', ')}.`, ...lines].join('\n'));
  }
  if (cacheFolder && file) {
    try {
      mkdirSync(cacheFolder, { recursive: true });
      const { rest, lexicons } = withoutLexicons(data);
      keep(join(cacheFolder, LEXICONS), { stamp, lexicons });
      keep(file, { stamp, data: rest, faults });
    } catch {
      // A folder that cannot be written costs the next start some time, nothing else.
    }
  }
  return { content: indexContent(data), faults };
}

/** What is only needed once somebody types: most of the bytes, and no page needs it. */
const LEXICONS = 'lexicons.json';
const LEXICON_PARTS = ['danger', 'answers', 'telling'] as const;
type Lexicons = Record<string, Pick<Language, (typeof LEXICON_PARTS)[number]>>;

function keep(file: string, content: object): void {
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(content));
  renameSync(`${file}.${process.pid}`, file);
}

function withoutLexicons(data: ContentData): { rest: object; lexicons: Lexicons } {
  const lexicons: Lexicons = {};
  const languages = Object.entries(data.languages).map(([code, { danger, answers, telling, ...rest }]) => {
    lexicons[code] = { danger, answers, telling };
    return [code, rest];
  });
  return { rest: { ...data, languages: Object.fromEntries(languages) }, lexicons };
}

/** @returns the data with lexicons that are read when they are first asked for. */
function withLexicons(data: ContentData, file: string, stamp: string, root: string): ContentData {
  let read: Lexicons | undefined;
  const lexiconsOf = (code: string) => {
    read ??= readLexicons(file, stamp, root);
    return read[code] as Lexicons[string];
  };
  for (const [code, language] of Object.entries(data.languages)) {
    for (const part of LEXICON_PARTS)
      Object.defineProperty(language, part, { enumerable: true, get: () => lexiconsOf(code)[part] });
  }
  return data;
}

/** Danger must be noticed whatever became of the file: then the YAML is read again. */
function readLexicons(file: string, stamp: string, root: string): Lexicons {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { stamp: string; lexicons: Lexicons };
    if (kept.stamp === stamp) return kept.lexicons;
  } catch {
    // Gone, or half written.
  }
  // Required, not imported: whoever typed something waits for this.
  const { readContent } = createRequire(import.meta.url)('./load.ts') as typeof import('./load.ts');
  return withoutLexicons(readContent(root).data).lexicons;
}

/** @returns a mark that changes when a content file, or the code that reads it, is added, removed or edited. */
function stampOf(root: string): string {
  const hash = createHash('sha256');
  for (const folder of FOLDERS) {
    const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort();
    for (const name of names) {
      const { size, mtimeMs } = statSync(join(root, folder, name));
      hash.update(`${folder}/${name}\0${size}\0${mtimeMs}\0`);
    }
  }
  return hash.digest('hex');
}
