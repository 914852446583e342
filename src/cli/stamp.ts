import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { openFresh } from '../content/check.ts';
import { englishTexts, fingerprint, TRANSLATED_FILES } from '../content/text-keys.ts';
import { writeLine } from './lines.ts';
import { type ExitCode, optionsOf } from './options.ts';

/**
 * Writes the fingerprint of the present English into each translation that has none. One that has a fingerprint is
 * left alone: if the English changed since, it is stale, and only a translator can say otherwise.
 */
export async function stamp(root: string, args: string[]): Promise<ExitCode> {
  optionsOf(args, {});
  const { content, files } = openFresh(root);
  for (const name of TRANSLATED_FILES) {
    const english = englishTexts(content, name);
    for (const code of content.languages.keys()) {
      const file = `locales/${code}/${name}.yaml`;
      // A file with errors in its YAML is not touched.
      if (!files.get(file)?.data) continue;
      const source = readFileSync(join(root, file), 'utf8');
      const stamps = stampsFor(source, english);
      if (stamps.length > 0) writeFileSync(join(root, file), insert(source, stamps));
      await writeLine({ file, stamped: stamps.length });
    }
  }
  return 0;
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** Works out what to add, and where: writing the parsed YAML back would move a curator's comments and line breaks. */
function stampsFor(source: string, english: ReadonlyMap<string, string>): Insertion[] {
  const { contents } = parseDocument(source);
  if (!isMap(contents)) return [];
  return contents.items.flatMap(({ key, value: item }) => {
    const original = english.get(String(key));
    if (original === undefined || !isMap(item) || item.has('of') || !item.range) return [];
    const of = `of: "${fingerprint(original)}"`;
    if (item.flow) {
      const brace = item.range[1] - 1;
      return [{ at: source.slice(0, brace).trimEnd().length, text: `, ${of}` }];
    }
    // Above its first field, at the same indent.
    const at = item.range[0];
    const indent = source.slice(source.lastIndexOf('\n', at - 1) + 1, at);
    return [{ at, text: `${of}\n${indent}` }];
  });
}

function insert(source: string, insertions: readonly Insertion[]): string {
  return insertions.reduceRight(
    (text, { at, text: added }) => text.slice(0, at) + added + text.slice(at),
    source,
  );
}
