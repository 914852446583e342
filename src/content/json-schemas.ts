import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { NATIONS } from '../engine/entries.ts';
import type { Fact } from '../engine/facts.ts';
import { type Checked, entryIdsIn, factorIdsIn, idsIn } from './checks/check.ts';
import {
  AREA_FILES,
  areaEntrySchema,
  areaSchema,
  areaTextsSchema,
  entrySchema,
  FILES,
  LANGUAGE_FILES,
} from './schemas.ts';
import { TRANSLATED_FILES } from './text-keys.ts';

export type JsonSchema = { [key: string]: unknown };

/** Where the schema of a YAML file of the content stands, by its path below the root. */
export function schemaNameFor(file: string): string | undefined {
  for (const [name, { path }] of Object.entries(FILES)) if (path === file) return name;
  if (/^knowledge\/[\w-]+\/[^/]+\.yaml$/.test(file)) return 'entry';
  if (/^knowledge\/areas\/\w+\/entries\/[^/]+\.yaml$/.test(file)) return 'area-entry';
  const ofArea = /^knowledge\/areas\/\w+\/([\w-]+)\.yaml$/.exec(file)?.[1];
  if (ofArea !== undefined) return Object.hasOwn(AREA_FILES, ofArea) ? ofArea : undefined;
  const ofLanguage = /^locales\/[\w-]+\/([\w-]+)\.yaml$/.exec(file)?.[1];
  return ofLanguage !== undefined && Object.hasOwn(LANGUAGE_FILES, ofLanguage)
    ? languageSchemaName(ofLanguage)
    : undefined;
}

/** The words that tell of danger are a lexicon (`danger` is the schema of its answers); translations share a form. */
function languageSchemaName(name: string): string {
  if (name === 'danger') return 'lexicon';
  return (TRANSLATED_FILES as readonly string[]).includes(name) ? 'translations' : name;
}

/**
 * The JSON Schemas with which an editor completes and checks the YAML. They come from the schemas that the loader
 * uses, with the ids of the present content put in, so that a fact, a topic or a source completes while it is typed.
 * @returns each schema by its name
 */
export function jsonSchemas(loaded: Checked): Record<string, JsonSchema> {
  const { data, files } = loaded;
  const facts = data.engine.facts;
  const factsById = new Map(facts.map((fact) => [fact.id, fact]));
  const ids = {
    topic: one(idsIn(files, 'topics')),
    contact: one(idsIn(files, 'contacts')),
    source: one(idsIn(files, 'sources')),
    rate: one(idsIn(files, 'rates')),
    danger: one(idsIn(files, 'danger')),
    factor: one(factorIdsIn(data)),
    entry: one(entryIdsIn(files)),
    area: one(Object.keys(data.factors.areas)),
    dateFact: one(facts.filter((fact) => fact.type === 'date').map((fact) => fact.id)),
  };
  const rule = { $ref: '#/definitions/rule' };
  const definitions = { rule: ruleSchema(facts, loaded, ids.rate) };
  const schemas: Record<string, JsonSchema> = Object.fromEntries(
    Object.entries(FILES).map(([name, { schema }]) => [name, toJson(schema)]),
  );
  const { facts: factsSchema, danger, rates, factors } = schemas as Record<keyof typeof FILES, JsonSchema>;

  put(factsSchema, ['additionalProperties', 'properties', 'only_if'], rule);
  put(factsSchema, ['additionalProperties', 'properties', 'danger', 'additionalProperties'], ids.danger);
  factsSchema.definitions = definitions;

  for (const nation of [...NATIONS, 'unknown'])
    put(
      danger,
      ['additionalProperties', 'properties', 'contacts', 'properties', nation, 'items'],
      ids.contact,
    );
  put(danger, ['additionalProperties', 'properties', 'entries', 'items'], ids.entry);
  put(rates, ['additionalProperties', 'properties', 'source'], ids.source);
  put(
    factors,
    ['properties', 'areas', 'additionalProperties', 'properties', 'influences', 'items'],
    ids.area,
  );

  const entry = toJson(entrySchema);
  put(entry, ['properties', 'when'], rule);
  put(entry, ['properties', 'held'], rule);
  put(entry, ['properties', 'gives'], givesSchema(factsById.values()));
  put(entry, ['properties', 'topics', 'items'], ids.topic);
  put(entry, ['properties', 'hide_in_danger', 'items'], ids.danger);
  put(entry, ['properties', 'contacts', 'items'], ids.contact);
  put(entry, ['properties', 'sources', 'items'], ids.source);
  put(entry, ['properties', 'factors', 'items'], ids.factor);
  put(entry, ['properties', 'if_refused'], ids.entry);
  put(entry, ['properties', 'worth', 'properties', 'rate'], ids.rate);
  put(entry, ['properties', 'clocks', 'items', 'properties', 'from'], ids.dateFact);
  const stage = ['properties', 'stages', 'items', 'properties'];
  put(entry, [...stage, 'clock', 'properties', 'from'], ids.dateFact);
  put(entry, [...stage, 'if_not'], ids.entry);
  entry.definitions = definitions;

  const ofLanguages = Object.fromEntries(
    Object.entries(LANGUAGE_FILES).map(([name, schema]) => [languageSchemaName(name), toJson(schema)]),
  );
  put(ofLanguages.lexicon as JsonSchema, ['items', 'properties', 'kind'], ids.danger);
  return { ...schemas, entry, ...areaSchemas(entry, ids.entry), ...ofLanguages };
}

/** Those of a council's folder: its entries are entries, but their contacts and sources may be its own. */
function areaSchemas(entry: JsonSchema, entryId: JsonSchema): Record<string, JsonSchema> {
  const areaEntry = toJson(areaEntrySchema);
  const own = new Set(['contacts', 'sources', 'if_refused', 'replaces', 'complements']);
  const national = entry.properties as JsonSchema;
  for (const field of Object.keys(areaEntry.properties as JsonSchema))
    if (!own.has(field)) (areaEntry.properties as JsonSchema)[field] = national[field];
  put(areaEntry, ['properties', 'replaces'], entryId);
  put(areaEntry, ['properties', 'complements'], entryId);
  areaEntry.definitions = entry.definitions;
  return { 'area-entry': areaEntry, area: toJson(areaSchema), texts: toJson(areaTextsSchema) };
}

/** @returns a schema file's text. */
export function schemaText(schema: JsonSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** @returns the schema files below a root that are not what the code and the content's ids make today. */
export function staleSchemas(root: string, loaded: Checked): string[] {
  return Object.entries(jsonSchemas(loaded)).flatMap(([name, schema]) => {
    const file = `schemas/${name}.schema.json`;
    try {
      return readFileSync(join(root, file), 'utf8') === schemaText(schema) ? [] : [file];
    } catch {
      return [file];
    }
  });
}

/** Draft 7 is what editors' YAML extensions read best. */
function toJson(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }) as JsonSchema;
}

/** An id out of those that exist; any text where the file with them could not be read. */
function one(ids: Iterable<string> | undefined): JsonSchema {
  const list = [...(ids ?? [])];
  return list.length > 0 ? { enum: list } : { type: 'string' };
}

/** Puts a part into a schema and keeps the description that stands there. */
function put(schema: JsonSchema, path: readonly string[], part: JsonSchema): void {
  let node = schema;
  for (const key of path.slice(0, -1)) {
    node = node[key] as JsonSchema;
    if (typeof node !== 'object') throw new Error(`the schema has no ${path.join('.')}`);
  }
  const last = path.at(-1) as string;
  const { description } = node[last] as JsonSchema;
  // Beside a $ref draft 7 ignores everything else.
  node[last] = description && !('$ref' in part) ? { description, ...part } : part;
}

function ruleSchema(facts: readonly Fact[], { content }: Checked, rate: JsonSchema): JsonSchema {
  const rule = { $ref: '#/definitions/rule' };
  const list = { type: 'array', minItems: 1, items: rule };
  const tests = facts
    .filter((fact) => fact.type !== 'date' && fact.type !== 'place')
    .map((fact) => [
      fact.id,
      { description: content.facts.get(fact.id)?.ask, ...(testSchema(fact, rate) as object) },
    ]);
  return {
    description: 'A rule: see CONTRIBUTING.md, "Rules"',
    type: 'object',
    minProperties: 1,
    additionalProperties: false,
    properties: {
      all: { description: 'Every one of these', ...list },
      any: { description: 'At least one of these', ...list },
      not: rule,
      ...Object.fromEntries(tests),
    },
  };
}

function testSchema(fact: Fact, rate: JsonSchema): JsonSchema {
  if (fact.options.length > 0) {
    const option = optionSchema(fact);
    const oneOf = (name: string, schema: JsonSchema) => ({
      type: 'object',
      required: [name],
      additionalProperties: false,
      properties: { [name]: schema },
    });
    const several = { type: 'array', minItems: 1, items: option };
    return fact.type === 'choices'
      ? { anyOf: [oneOf('has', option), oneOf('has_any', several)] }
      : { anyOf: [option, oneOf('in', several)] };
  }
  const bound = {
    anyOf: [
      { type: 'number' },
      { type: 'object', required: ['rate'], additionalProperties: false, properties: { rate } },
    ],
  };
  return {
    anyOf: [
      { type: 'number' },
      {
        type: 'object',
        minProperties: 1,
        additionalProperties: false,
        properties: { at_least: bound, at_most: bound, over: bound, under: bound },
      },
    ],
  };
}

/** Older YAML reads a bare yes as true; the loader takes both, and so must the editor. */
function optionSchema(fact: Fact): JsonSchema {
  const booleans = [
    ...(fact.options.includes('yes') ? [true] : []),
    ...(fact.options.includes('no') ? [false] : []),
  ];
  return { enum: [...fact.options, ...booleans] };
}

function givesSchema(facts: Iterable<Fact>): JsonSchema {
  const properties = [...facts]
    .filter((fact) => fact.options.length > 0)
    .map((fact) => [fact.id, { type: 'array', minItems: 1, items: optionSchema(fact) }]);
  return { type: 'object', additionalProperties: false, properties: Object.fromEntries(properties) };
}
