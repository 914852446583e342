import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CHECKS, checkContent, openFresh } from '../../src/content/check.ts';
import { madeUpRoot, TODAY } from './made-up.ts';

test('the smallest whole content has no fault and no warning but the schemas that were never written', () => {
  const found = checkContent(madeUpRoot(), TODAY);
  expect(found.filter(({ check }) => check !== 'editor')).toEqual([]);
  expect(found.some(({ cure }) => cure.includes('schemas'))).toBe(true);
});

test('faults come by file and line, each with its check', () => {
  const found = checkContent(
    madeUpRoot({
      entries: {
        'carer-money': { title: undefined },
        other: { topics: ['mony'], checked: '2027-01-01', who: 'Prior to that.' },
      },
    }),
    TODAY,
  ).filter(({ check }) => check !== 'editor');
  const order = found.map(({ file, line }) => `${file}:${String(line).padStart(5, '0')}`);
  expect(order).toEqual([...order].sort());
  expect(found).toContainEqual(
    expect.objectContaining({
      check: 'schema',
      file: 'knowledge/entitlements/carer-money.yaml',
      says: '"title" is missing',
    }),
  );
  expect(found).toContainEqual(expect.objectContaining({ check: 'words', level: 'fault' }));
});

test('a faulty item does not take its whole file away', () => {
  const found = checkContent(
    madeUpRoot({ rates: { broken: { unit: 'crowns' } }, contacts: { broken: { phone: 'call us' } } }),
    TODAY,
  ).filter(({ check }) => check !== 'editor');
  expect(found.map(({ check, file }) => `${check} ${file}`)).toEqual([
    'schema knowledge/contacts.yaml',
    'schema knowledge/rates.yaml',
  ]);
});

test('a faulty item of a list does not take the list away: the other words still tell of danger', () => {
  const item = (kind: string, level: string) => ({ kind, level, reason: 'a test', patterns: [kind] });
  const root = madeUpRoot({
    files: { 'locales/en/danger.yaml': [item('life-at-risk', 'loud'), item('child-risk', 'ask')] },
  });
  const { content, faults } = openFresh(root);
  expect(faults.map(({ file }) => file)).toEqual(['locales/en/danger.yaml']);
  expect(content.languages.get('en')?.danger.map(({ kind }) => kind)).toEqual(['child-risk']);
});

test('a file that nobody reads is a fault: what stands in it would never be seen', () => {
  const found = checkContent(
    madeUpRoot({
      files: {
        'knowledge/services/club.yml': { id: 'club' },
        'knowledge/areas/E06000023/area.yaml': {},
        'knowledge/areas/E06000023/contact.yaml': {},
        'knowledge/service/club.yaml': { id: 'club' },
        'locales/en/topic.yaml': {},
      },
    }),
    TODAY,
  ).filter(({ check }) => check === 'files');
  expect(found.map(({ file, says, cure }) => [file, says, cure])).toEqual([
    [
      'knowledge/areas/E06000023/contact.yaml',
      'nobody reads this file',
      expect.stringContaining('contacts.yaml'),
    ],
    ['knowledge/service/club.yaml', 'nobody reads this file', expect.stringContaining('folder')],
    ['knowledge/services/club.yml', 'nobody reads this file', expect.stringContaining('.yaml')],
    ['locales/en/topic.yaml', 'nobody reads this file', expect.any(String)],
  ]);
});

test('a file that is not UTF-8 is a fault at its line, and still serves', () => {
  const root = madeUpRoot();
  const path = join(root, 'knowledge/contacts.yaml');
  appendFileSync(path, Buffer.from('# first\n# caf\xe9\n', 'latin1'));
  const lines = readFileSync(path, 'latin1').trimEnd().split('\n').length;
  const { faults, content } = openFresh(root);
  expect(faults.map(({ line, says, cure }) => [line, says, cure])).toEqual([
    [lines, expect.stringContaining('cannot be read'), expect.stringContaining('UTF-8')],
  ]);
  expect(content.contacts.size).toBeGreaterThan(0);
});

test('a number, a list or a text in the wrong place is named in plain words', () => {
  const found = checkContent(
    madeUpRoot({
      facts: { 'carer.hours': { max: 'many' } },
      files: { 'knowledge/services/club.yaml': ['a', 'b'] },
    }),
    TODAY,
  ).filter(({ check }) => check === 'schema');
  const says = found.map(({ says, cure }) => `${says}: ${cure}`).join('\n');
  expect(says).toContain('should be a number: write a number');
  expect(says).toContain('the file should be fields with their values: write fields with their values');
});

test('every check runs, and has a table of its own', () => {
  const files = readdirSync(join(import.meta.dirname, 'checks'));
  for (const name of Object.keys(CHECKS)) expect(files).toContain(`${name}.test.ts`);
});
