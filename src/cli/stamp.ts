import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { openForChecks } from '../content/check.ts';
import { englishTexts, fingerprint, TRANSLATED_FILES } from '../content/text-keys.ts';
import { writeLine } from './lines.ts';
import { type ExitCode, optionsOf } from './options.ts';

/**
 * Writes the fingerprint of the present English into each translation that has none. One that has a fingerprint is
 * left alone: if the English changed since, it is stale, and only a translator can say otherwise.
 */
export async function stamp(root: string, args: string[]): Promise<ExitCode> {
  optionsOf(args, {});
  const { content, files } = openForChecks(root);
  for (const name of TRANSLATED_FILES) {
    const english = englishTexts(content, name);
    for (const code of content.languages.keys()) {
      const file = `locales/${code}/${name}.yaml`;
      // A file with errors in its YAML is not touched.
      if (!files.get(file)?.data) continue;
      const document = parseDocument(readFileSync(join(root, file), 'utf8'));
      if (!isMap(document.contents)) continue;
      let stamped = 0;
      for (const { key } of document.contents.items) {
        const original = english.get(String(key));
        const item = document.getIn([String(key)]);
        if (original === undefined || !isMap(item) || item.has('of')) continue;
        item.set('of', fingerprint(original));
        stamped++;
      }
      if (stamped > 0) writeFileSync(join(root, file), document.toString({ lineWidth: 0 }));
      await writeLine({ file, stamped });
    }
  }
  return 0;
}
