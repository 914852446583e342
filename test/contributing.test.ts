import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { AREA_FILES, areaEntrySchema, entrySchema, FILES, LANGUAGE_FILES } from '../src/content/schemas.ts';

const GUIDE = readFileSync(join(import.meta.dirname, '../CONTRIBUTING.md'), 'utf8');

/** @returns the names of all fields of a schema, at any depth; ids that curators make up are none. */
function fieldsOf(schema: unknown): string[] {
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, inner]) => [name, ...fieldsOf(inner)]);
  if (schema instanceof z.ZodArray) return fieldsOf(schema.element);
  if (schema instanceof z.ZodRecord) return fieldsOf(schema.valueType);
  if (schema instanceof z.ZodOptional) return fieldsOf(schema.unwrap());
  return [];
}

const SCHEMAS: [string, unknown][] = [
  ['an entry', entrySchema],
  ["an entry of a council's folder", areaEntrySchema],
  ...Object.entries(AREA_FILES).map(([name, schema]): [string, unknown] => [`areas/*/${name}.yaml`, schema]),
  ...Object.values(FILES).map(({ path, schema }): [string, unknown] => [path, schema]),
  ...Object.entries(LANGUAGE_FILES).map(([name, schema]): [string, unknown] => [
    `locales/*/${name}.yaml`,
    schema,
  ]),
];

test.for(SCHEMAS)('CONTRIBUTING.md names every field of %s', ([, schema]) => {
  const missing = fieldsOf(schema).filter((name) => !new RegExp(`\\b${name}\\b`).test(GUIDE));
  expect(missing).toEqual([]);
});
