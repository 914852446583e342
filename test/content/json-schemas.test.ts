import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkContent, openFresh } from '../../src/content/check.ts';
import { jsonSchemas, schemaNameFor, staleSchemas } from '../../src/content/json-schemas.ts';
import { madeUp, TODAY } from './made-up.ts';

const ROOT = join(import.meta.dirname, '../..');
const files = ['dialogs', 'knowledge', 'locales'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => posix.join(folder, name)),
);

const validators = (schemas: ReturnType<typeof jsonSchemas>) => {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]));
};

describe('the real files', () => {
  const loaded = openFresh(ROOT);
  const validate = validators(jsonSchemas(loaded));
  const faulty = new Set(
    checkContent(ROOT, TODAY).flatMap(({ file, level }) => (level === 'fault' ? [file] : [])),
  );

  test('the schemas are those that the code and the content make: else run `npm run -s fingerpost -- schemas`', () => {
    expect(staleSchemas(ROOT, loaded)).toEqual([]);
  });

  test('every file names its schema in its first line', () => {
    const wrong = files.filter((file) => {
      const name = schemaNameFor(file);
      if (name === undefined) return false; // No file of the content that the loader reads.
      const up = '../'.repeat(file.split('/').length - 1);
      const first = readFileSync(join(ROOT, file), 'utf8').split('\n', 1)[0];
      return first !== `# yaml-language-server: $schema=${up}schemas/${name}.schema.json`;
    });
    expect(wrong).toEqual([]);
  });

  test.each(files.filter((file) => schemaNameFor(file)))('the editor agrees with the checks: %s', (file) => {
    const check = validate[schemaNameFor(file) as string];
    let data: unknown;
    try {
      data = parse(readFileSync(join(ROOT, file), 'utf8'));
    } catch {
      return; // Not YAML: the loader says so, and so does any editor.
    }
    // What has no fault for `check` has none in the editor. Not the other way round: a schema cannot see all.
    if (!faulty.has(file)) expect(check?.(data) ? [] : check?.errors).toEqual([]);
  });
});

describe('an entry in the editor', () => {
  const accepts = (name: 'entry' | 'facts', data: unknown): boolean => {
    const loaded = madeUp({
      facts: {
        'child.dla': { scope: 'child', type: 'choice', options: ['none', 'high'] },
        'carer.benefits': { scope: 'carer', type: 'choices', options: ['uc', 'none'] },
        'carer.student': { scope: 'carer', type: 'yes_no', options: undefined },
        'child.letter': { scope: 'child', type: 'date', options: undefined },
      },
    });
    return validators(jsonSchemas(loaded))[name]?.(data) === true;
  };
  const entry = {
    id: 'x',
    kind: 'right',
    title: 'X',
    summary: 'X.',
    topics: ['money'],
    nations: ['wales'],
    reach: 'topic',
    who: 'X.',
    first_step: 'X.',
    steps: ['X.'],
    effort: 1,
    factors: ['financial-security'],
    sources: ['official'],
    checked: '2026-11-01',
    review_by: '2027-04-05',
  };
  const cases: [string, object, boolean][] = [
    ['as it should be', {}, true],
    ['an option', { when: { 'child.dla': 'high' } }, true],
    ['an option that is not there', { when: { 'child.dla': 'hihg' } }, false],
    ['one of some options', { when: { 'child.dla': { in: ['high', 'none'] } } }, true],
    ['`has` for a single choice', { when: { 'child.dla': { has: 'high' } } }, false],
    ['`has` for choices', { held: { 'carer.benefits': { has: 'uc' } } }, true],
    ['a bare option for choices', { when: { 'carer.benefits': 'uc' } }, false],
    ['yes, or true', { when: { any: [{ 'carer.student': 'yes' }, { 'carer.student': true }] } }, true],
    ['a fact that is not there', { when: { all: [{ 'child.dl': 'high' }] } }, false],
    ['a comparison', { when: { not: { 'carer.hours': { at_least: 3, under: 9 } } } }, true],
    ['a comparison with a rate', { when: { 'carer.hours': { over: { rate: 'carer_money' } } } }, true],
    ['a rate that is not there', { when: { 'carer.hours': { over: { rate: 'gone' } } } }, false],
    ['a date in a rule', { when: { 'child.letter': '2026-11-01' } }, false],
    [
      'a date that starts a clock',
      { clocks: [{ from: 'child.letter', add: { months: 2 }, label: 'X' }] },
      true,
    ],
    [
      'a clock from something else',
      { clocks: [{ from: 'child.dla', add: { months: 2 }, label: 'X' }] },
      false,
    ],
    ['a clock without a time', { clocks: [{ from: 'child.letter', add: {}, label: 'X' }] }, false],
    [
      'a clock in working days',
      { clocks: [{ id: 'mine', from: 'child.letter', add: { working_days: 20 }, about: true, label: 'X' }] },
      true,
    ],
    [
      'a stage',
      { stages: [{ id: 'x', title: 'X', who: 'school', what: 'X.', if_not: 'carer-money' }] },
      true,
    ],
    ['a stage of somebody unknown', { stages: [{ id: 'x', title: 'X', who: 'mayor', what: 'X.' }] }, false],
    [
      'a stage with a wrong way on',
      { stages: [{ id: 'x', title: 'X', who: 'you', what: 'X.', if_not: 'gone' }] },
      false,
    ],
    ['what a grant gives', { gives: { 'child.dla': ['high'] } }, true],
    ['what it cannot give', { gives: { 'child.dla': ['low'] } }, false],
    ['an unknown topic', { topics: ['mony'] }, false],
    ['an unknown contact', { contacts: ['nobody'] }, false],
    ['an unknown source', { sources: ['hearsay'] }, false],
    ['an unknown factor', { factors: ['luck'] }, false],
    ['an entry to go on to', { if_refused: 'carer-money' }, true],
    ['an unknown entry', { if_refused: 'gone' }, false],
    ['an unknown rate', { worth: { rate: 'gone', per: 'week' } }, false],
  ];
  test.each(cases)('%s', (_, fields, passes) => {
    expect(accepts('entry', { ...entry, ...fields })).toBe(passes);
  });

  test('a question completes facts in only_if', () => {
    const fact = {
      scope: 'child',
      type: 'yes_no',
      ask: 'X?',
      why: 'X.',
      said: { yes: 'X.', no: 'X.' },
      effort: 1,
    };
    expect(accepts('facts', { 'child.x': { ...fact, only_if: { 'child.dla': 'high' } } })).toBe(true);
    expect(accepts('facts', { 'child.x': { ...fact, only_if: { 'child.dl': 'high' } } })).toBe(false);
  });
});

test.each([
  ['dialogs/facts.yaml', 'facts'],
  ['knowledge/dead-numbers.yaml', 'dead-numbers'],
  ['knowledge/rights/x.yaml', 'entry'],
  ['locales/cy/danger.yaml', 'lexicon'],
  ['locales/cy/dangers.yaml', 'translations'],
  ['locales/cy/interface.yaml', 'interface'],
  ['knowledge/other.yaml', undefined],
  ['locales/cy/other.yaml', undefined],
])('the schema of %s', (file, name) => {
  expect(schemaNameFor(file)).toBe(name);
});
