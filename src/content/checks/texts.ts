import type { Path } from '../faults.ts';
import { englishTexts, TRANSLATED_FILES, type TranslatedFile } from '../text-keys.ts';
import type { Checked } from './check.ts';

/** An English text that a parent may read, with where it stands. */
export interface Text {
  readonly of: TranslatedFile | 'interface';
  /** The fact, topic, danger or entry it belongs to; "interface" for the words around the content. */
  readonly id: string;
  /** Its field: `ask`, `steps`, `myths` … */
  readonly field: string;
  readonly text: string;
  /** Key of its file in `files`. */
  readonly file: string;
  readonly path: Path;
}

const FILE_OF = { facts: 'facts', topics: 'topics', dangers: 'danger' } as const;

/** @returns every English text, content first, in reading order. */
export function everyText({ content, files }: Checked): Text[] {
  return [
    ...TRANSLATED_FILES.flatMap((of) => textsOf(of)),
    ...flatTexts(content.languages.get('en')?.interface).map(({ path, text }) => ({
      of: 'interface' as const,
      id: 'interface',
      field: String(path.at(-1)),
      text,
      file: 'locales/en/interface.yaml',
      path,
    })),
  ];

  function textsOf(of: TranslatedFile): Text[] {
    const items = content[of] as ReadonlyMap<string, object>;
    return [...englishTexts(content, of)].map(([key, text]) => {
      // Keys of dangers say so, because a topic may have the same name.
      const { id, path } = placeOf(of === 'dangers' ? key.replace(/^danger\./, '') : key, items);
      const file = of === 'entries' ? `entry:${id}` : FILE_OF[of];
      return {
        of,
        id,
        field: String(path[0]),
        text: rawText(files.get(file)?.data, of === 'entries' ? path : [id, ...path]) ?? text,
        file,
        path: of === 'entries' ? path : [id, ...path],
      };
    });
  }
}

/** @returns every text of the other languages, with where it stands. */
export function everyTranslation({
  content,
  files,
}: Pick<Checked, 'content' | 'files'>): Pick<Text, 'text' | 'file' | 'path'>[] {
  const codes = [...content.languages.keys()].filter((code) => code !== 'en');
  return codes.flatMap((code) =>
    [...TRANSLATED_FILES, 'interface'].flatMap((name) => {
      const file = `locales/${code}/${name}.yaml`;
      // Beside each translation stands the fingerprint of its English.
      const texts = flatTexts(files.get(file)?.data).filter(
        ({ path }) => name === 'interface' || path.at(-1) === 'text',
      );
      return texts.map((text) => ({ ...text, file }));
    }),
  );
}

/** @returns the item that a text key belongs to, and the way to the text within the item. */
function placeOf(key: string, items: ReadonlyMap<string, object>): { id: string; path: Path } {
  const parts = key.split('.');
  let id = parts.shift() as string;
  while (!items.has(id) && parts.length > 1) id += `.${parts.shift()}`;
  const path: (string | number)[] = [];
  let node: unknown = items.get(id);
  for (const part of parts) {
    const step = Array.isArray(node) ? placeIn(node, part) : part;
    path.push(step);
    node = (node as Record<string | number, unknown> | undefined)?.[step];
  }
  if (path[0] === 'clocks') path.push('label');
  return { id, path };
}

/** @returns the place in a list of what goes by its id, or by its number from 1. */
function placeIn(list: readonly unknown[], part: string): number {
  const byId = list.findIndex((item) => (item as { id?: unknown } | null)?.id === part);
  return byId >= 0 ? byId : Number(part) - 1;
}

/** @returns the text as it stands in the file: the schemas trim, and a space to be glued to something must be seen. */
function rawText(data: unknown, path: Path): string | undefined {
  let node = data;
  for (const key of path) node = (node as Record<string | number, unknown> | null | undefined)?.[key];
  return typeof node === 'string' ? node : undefined;
}

/** @returns each text in nested maps and lists, with the way to it. */
export function flatTexts(node: unknown, path: Path = []): { path: Path; text: string }[] {
  if (typeof node === 'string') return [{ path, text: node }];
  if (Array.isArray(node)) return node.flatMap((item, i) => flatTexts(item, [...path, i]));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, item]) => flatTexts(item, [...path, key]));
}

/** @returns the sentences of a text. "GOV.UK" and "e.g." are no ends. */
export function sentencesOf(text: string): string[] {
  return text
    .replace(/\b(e\.g|i\.e)\.\s/g, '$1 ')
    .split(/(?<=[.!?]["”’')\]]*)\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/** @returns the words of a text. A placeholder counts as one word: a parent reads a figure there. */
export function wordsOf(text: string): string[] {
  return text
    .replace(/\{\{.*?\}\}/g, 'figure')
    .split(/[\s–—/]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/** @returns what stands in each `{{…}}`. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g)].map((match) => match[1] as string);
}
