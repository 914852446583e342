import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Content } from '../../src/content/content.ts';
import { ContentError, openContent } from '../../src/content/open.ts';
import { madeUpRoot } from './made-up.ts';

test('is opened with what is faulty left out', async () => {
  const { content, faults } = await openContent(
    madeUpRoot({ entries: { 'carer-money': { title: undefined } } }),
  );
  expect(faults).toHaveLength(1);
  expect(content.languages.has('en')).toBe(true);
});

test.for([
  'dialogs/facts.yaml',
  'dialogs/topics.yaml',
  'dialogs/danger.yaml',
  'knowledge/contacts.yaml',
  'locales/en/language.yaml',
  'locales/en/interface.yaml',
  'locales/en/danger.yaml',
])('is not opened without %s: there would be nothing to ask, or no help in danger', async (file) => {
  const opened = openContent(madeUpRoot({ files: { [file]: undefined } }));
  await expect(opened).rejects.toThrow(ContentError);
  await expect(opened).rejects.toThrow(`${file}:1: the file is missing`);
});

describe('what is kept', () => {
  const opened = async () => {
    const root = madeUpRoot({});
    // What reads the content is part of what marks it.
    for (const folder of ['src/content', 'src/engine', 'src/language'])
      mkdirSync(join(root, folder), { recursive: true });
    const folder = mkdtempSync(join(tmpdir(), 'fingerpost-kept-'));
    const fresh = await openContent(root, folder);
    return { root, folder, fresh };
  };
  const lexiconsOf = ({ languages }: Content) =>
    JSON.stringify([...languages.values()].map(({ danger, answers, telling }) => [danger, answers, telling]));

  test('is the same as what was read', async () => {
    const { root, folder, fresh } = await opened();
    const kept = await openContent(root, folder);
    expect(lexiconsOf(kept.content)).toBe(lexiconsOf(fresh.content));
    expect([...kept.content.facts]).toEqual([...fresh.content.facts]);
    expect(readdirSync(folder).sort()).toEqual([
      'content.json',
      'lexicons-answers.json',
      'lexicons-danger.json',
      'lexicons-examples.json',
      'lexicons-telling.json',
    ]);
  });

  test.for(['{', '{"stamp":"another","lexicons":{}}', undefined])(
    'danger is still noticed where the lexicons on the disk are %s',
    async (text) => {
      const { root, folder, fresh } = await opened();
      const file = join(folder, 'lexicons-danger.json');
      if (text === undefined) rmSync(file);
      else writeFileSync(file, text);
      const kept = await openContent(root, folder);
      expect(lexiconsOf(kept.content)).toBe(lexiconsOf(fresh.content));
    },
  );

  test('is looked for where `npm ci` keeps it, too, and left there', async () => {
    const { root, folder } = await opened();
    renameSync(folder, join(root, 'data'));
    const another = mkdtempSync(join(tmpdir(), 'fingerpost-kept-'));
    const marked = join(root, 'data', 'content.json');
    writeFileSync(marked, readFileSync(marked, 'utf8').replaceAll('Money for carers', 'MARKED'));
    for (const from of [another, undefined]) {
      const { content } = await openContent(root, from);
      expect(content.entries.get('carer-money')?.title).toBe('MARKED');
    }
    expect(readdirSync(another)).toEqual([]);
  });

  test('is not used once the code that reads words has changed', async () => {
    const { root, folder } = await opened();
    const file = join(folder, 'content.json');
    const before = readFileSync(file, 'utf8');
    writeFileSync(join(root, 'src/language', 'another.ts'), '');
    await openContent(root, folder);
    expect(readFileSync(file, 'utf8')).not.toBe(before);
  });
});
