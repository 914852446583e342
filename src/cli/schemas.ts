import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFresh } from '../content/check.ts';
import { jsonSchemas, schemaText } from '../content/json-schemas.ts';
import { writeLine } from './lines.ts';
import { type ExitCode, optionsOf } from './options.ts';

/** Writes the JSON Schemas with which editors complete and check the YAML. */
export async function schemas(root: string, args: string[]): Promise<ExitCode> {
  optionsOf(args, {});
  mkdirSync(join(root, 'schemas'), { recursive: true });
  for (const [name, schema] of Object.entries(jsonSchemas(openFresh(root)))) {
    const file = `schemas/${name}.schema.json`;
    writeFileSync(join(root, file), schemaText(schema));
    await writeLine({ file });
  }
  return 0;
}
