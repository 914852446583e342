import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openContent } from '../../src/content/open.ts';
import { createLanguage, isPrepared, stepsToReady } from '../../src/language/language.ts';
import { madeUpRoot, TODAY } from '../content/made-up.ts';

const LEXICON = [
  {
    kind: 'life-at-risk',
    level: 'interrupt',
    patterns: ['(he|she) ... not breathing', 'overdos*'],
    unless: ['on the telly'],
    reason: 'Somebody may die.',
  },
];
const MESSAGES = [
  'help he is not breathing',
  'she overdosed',
  'an overdose on the telly',
  'shes fine',
  'n o t',
];

/** @returns what opens the same content each time, and the folder in which it is kept */
function rootWithDanger() {
  const root = madeUpRoot({ files: { 'locales/en/danger.yaml': LEXICON } });
  for (const folder of ['src/content', 'src/engine', 'src/language'])
    mkdirSync(join(root, folder), { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'fingerpost-kept-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const open = async () => {
    const { content } = await openContent(root, folder);
    const language = createLanguage(content);
    const ready = () => {
      for (const step of stepsToReady(content, language, TODAY)) step();
    };
    return { content, ready, heard: () => MESSAGES.map((text) => language.danger(text)?.kind) };
  };
  return { folder, open };
}

test('what was kept hears the same as what was compiled', async () => {
  const { open } = rootWithDanger();
  const first = await open();
  expect(isPrepared(first.content)).toBe(false);
  first.ready();
  expect(isPrepared(first.content)).toBe(true);
  const second = await open();
  expect(isPrepared(second.content)).toBe(true);
  expect(second.heard()).toEqual(first.heard());
  expect(second.heard()).toEqual(['life-at-risk', 'life-at-risk', undefined, undefined, undefined]);
});

test('who types before all is ready is heard', async () => {
  const { open } = rootWithDanger();
  expect((await open()).heard()[0]).toBe('life-at-risk');
});

test('whatever became of the files, danger is heard', async () => {
  const { folder, open } = rootWithDanger();
  (await open()).ready();
  const files = readdirSync(folder).filter((name) => name !== 'content.json');
  expect(files).toHaveLength(8);
  for (const name of files) writeFileSync(join(folder, name), '');
  const { heard, content } = await open();
  expect(heard()[0]).toBe('life-at-risk');
  expect(isPrepared(content)).toBe(false);
});
