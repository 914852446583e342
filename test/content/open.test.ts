import { expect, test } from 'vitest';
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
