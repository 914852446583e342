import { expect, test } from 'vitest';
import { readability, readingAge } from '../../../src/content/checks/readability.ts';
import { madeUp } from '../made-up.ts';
import { table } from './table.ts';

const plain = Array(20).fill('Ask the school for help and tell them what your child needs.');
const hard = Array(8).fill(
  'Local authorities determine statutory eligibility following comprehensive multidisciplinary consideration of individual circumstances.',
);
const middling = Array(8).fill(
  'The council then considers the information that you provided and decides whether another assessment is necessary.',
);

table(readability, [
  { name: 'plain words', changes: { entries: { 'carer-money': { steps: plain } } }, finds: [] },
  {
    name: 'words of the law',
    changes: { entries: { 'carer-money': { steps: hard } } },
    finds: ['fault carer-money.yaml summary: the entry reads for an age of'],
  },
  {
    name: 'names, figures and abbreviations do not count',
    changes: {
      entries: {
        'carer-money': {
          steps: Array(20).fill(
            'Ask for Disability Living Allowance or a DLA form and tell Citizens Advice what your child needs.',
          ),
        },
      },
    },
    finds: [],
  },
]);

test('the harder the words, the higher the age', () => {
  const ages = [plain, middling, hard].map((steps) => {
    const { content } = madeUp({ entries: { 'carer-money': { steps } } });
    return readingAge([...content.entries.values()][0] as never) as number;
  });
  expect(ages[0]).toBeLessThan(9);
  expect(ages).toEqual([...ages].sort((a, b) => a - b));
  expect(ages[2]).toBeGreaterThan(20);
});

test('a few words say nothing', () => {
  const { content } = madeUp();
  expect(readingAge([...content.entries.values()][0] as never)).toBeUndefined();
});
