import { readdirSync } from 'node:fs';
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

test('every check runs, and has a table of its own', () => {
  const files = readdirSync(join(import.meta.dirname, 'checks'));
  for (const name of Object.keys(CHECKS)) expect(files).toContain(`${name}.test.ts`);
});
