import { expect, test } from 'vitest';
import { openContent } from '../../src/content/open.ts';
import { englishTexts, TRANSLATED_FILES } from '../../src/content/text-keys.ts';

test('no two texts of the content share a key: a translation belongs to one text', async () => {
  const { content } = await openContent(new URL('../..', import.meta.url).pathname);
  const keys = TRANSLATED_FILES.flatMap((file) => [...englishTexts(content, file).keys()]);
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});
