import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Path } from './faults.ts';

/** One YAML file: its data, and where in it a path stands. */
export interface YamlFile {
  readonly file: string;
  readonly data: unknown;
  /** Syntax errors, with their line. */
  readonly errors: readonly { readonly line: number; readonly message: string }[];
  /** Lines with letters that are not UTF-8: what stands there would be shown as "\ufffd". */
  readonly unreadable: readonly number[];
  /** @returns the line (from 1) of the value at a path, or of the nearest thing above it that exists. */
  readonly lineOf: (path: Path) => number;
}

/**
 * Reads a YAML file.
 * @param root the project's root
 * @param file the path below it
 * @throws where the file cannot be read
 */
export function readYaml(root: string, file: string): YamlFile {
  const { document, lines, source } = parse(root, file);
  let again: ReturnType<typeof parse> | undefined;
  const errors = document.errors.map((error) => ({
    line: lines.linePos(error.pos[0]).line,
    message: error.message,
  }));
  return {
    file,
    data: errors.length > 0 ? undefined : document.toJS(),
    errors,
    unreadable: source.includes(UNREADABLE) ? linesWith(source, UNREADABLE) : [],
    // Faults are rare: rather than to keep every document in memory, read a file again when it has one. It may have
    // hundreds (a language gone stale), so then it is kept.
    lineOf: (path) => {
      again ??= parse(root, file);
      return lineOf(again.document.contents as Node | null, path, again.lines);
    },
  };
}

function parse(root: string, file: string) {
  const lines = new LineCounter();
  const source = readFileSync(join(root, file), 'utf8');
  return { document: parseDocument(source, { lineCounter: lines, prettyErrors: false }), lines, source };
}

/** What Node reads where a letter is not UTF-8. */
const UNREADABLE = '\ufffd';

function linesWith(source: string, letter: string): number[] {
  return source.split('\n').flatMap((line, i) => (line.includes(letter) ? [i + 1] : []));
}

function lineOf(start: Node | null, path: Path, lines: LineCounter): number {
  let node: unknown = start;
  let offset = start?.range?.[0] ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key),
      );
      if (!pair || !isScalar(pair.key)) break;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(key)] as Node | undefined;
      if (!item) break;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return lines.linePos(offset).line;
}
