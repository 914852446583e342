import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compilePatterns,
  type Found,
  faultInPattern,
  finderOf,
  findersOf,
  type Tagged,
  wordsInPatterns,
} from '../../src/language/patterns.ts';

const tagged = (...patterns: string[]): Tagged[] => patterns.map((pattern, tag) => ({ pattern, tag }));
const find = (patterns: readonly Tagged[], text: string) =>
  finderOf(compilePatterns(patterns))(text.split(' '));
const tagsIn = (patterns: readonly Tagged[], text: string) => [
  ...new Set(find(patterns, text).map(({ tag }) => tag)),
];

describe('what a pattern finds', () => {
  test.for([
    ['kill myself', 'i will kill myself now', true],
    ['kill myself', 'kill him', false],
    ['kill*', 'killing', true],
    ['(hit|hits|laid into) me', 'he laid into me', true],
    ['(hit|hits|laid into) me', 'he laid me', false],
    ['want ... die', 'want to just maybe die', true],
    ['want ... die', 'want one two three four die', false],
    ['(want|wish (so|very) much) ... die', 'wish very much to die', true],
    ['she (really|) hit', 'she hit', true],
    ['don’t', 'dont', true],
  ] as const)('%s in "%s": %s', ([pattern, text, isThere]) => {
    expect(find(tagged(pattern), text).length > 0).toBe(isThere);
  });

  test('the longest and the shortest way to read it', () => {
    expect(find(tagged('i ... i ... die'), 'i i i die')).toEqual([
      { tag: 0, longest: 0, shortest: 1, end: 3 },
    ]);
  });

  test('a faulty one is left out, and the others are found', () => {
    const patterns = tagged('(kill', 'kill)', 'a|b', '...', '{a,kill', '<list> kill', 'kill', 'k*ll');
    expect(tagsIn(patterns, 'kill')).toEqual([6]);
    for (const { pattern, tag } of patterns) expect(faultInPattern(pattern) === undefined).toBe(tag === 6);
  });

  test('words may be compared by how they sound', () => {
    const sound = (word: string) => word.replaceAll('ee', 'i');
    const finder = findersOf(compilePatterns(tagged('nahee (marna|jeena)'), sound));
    expect(finder(sound)(['nahi', 'jina'])).toHaveLength(1);
  });

  test('the same words are found again in a message that is read in several ways', () => {
    const read = findersOf(compilePatterns(tagged('a b', 'c')))();
    const [one, other] = [
      ['a', 'b', 'x'],
      ['a', 'c', 'x'],
    ];
    for (const words of [one, other, one, ['a', 'b', 'y'], other] as string[][])
      expect(read(words)).toEqual(finderOf(compilePatterns(tagged('a b', 'c')))(words));
  });
});

test('the words of patterns', () => {
  expect([...wordsInPatterns(['(He|she) ... kill* my-self', '(He|she) hit', '(unclosed'])].sort()).toEqual(
    ['he', 'hit', 'kill', 'my', 'self', 'she', 'unclosed'].sort(),
  );
});

/** A pattern as a tree, from which its text and what it finds are made in two ways that share nothing. */
type Tree = string | Tree[] | { readonly ways: Tree[] };
const WORDS = ['a', 'b', 'ab', 'abc', 'ba', 'c'];
const { tree } = fc.letrec<{ tree: Tree; sequence: Tree[]; ways: { ways: Tree[] } }>((tie) => ({
  tree: tie('sequence'),
  sequence: fc.array(
    fc.oneof({ depthSize: 'small' }, fc.constantFrom(...WORDS, 'ab*', 'ba*', '...'), tie('ways')),
    { minLength: 1, maxLength: 4 },
  ) as fc.Arbitrary<Tree[]>,
  ways: fc.record({ ways: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }) }),
}));

function textOf(one: Tree): string {
  if (typeof one === 'string') return one;
  if (Array.isArray(one)) return one.map(textOf).join(' ');
  return `(${one.ways.map(textOf).join('|')})`;
}

/** @returns before which words it may end that begins at one */
function endsOf(one: Tree, words: readonly string[], at: number): Set<number> {
  if (one === '...')
    return new Set([0, 1, 2, 3].map((more) => at + more).filter((end) => end <= words.length));
  if (typeof one === 'string') {
    const word = words[at];
    const isIt = one.endsWith('*') ? word?.startsWith(one.slice(0, -1)) : word === one;
    return new Set(isIt ? [at + 1] : []);
  }
  if (!Array.isArray(one)) return new Set(one.ways.flatMap((way) => [...endsOf(way, words, at)]));
  let starts = [at];
  for (const part of one) starts = [...new Set(starts.flatMap((start) => [...endsOf(part, words, start)]))];
  return new Set(starts);
}

function expectedIn(trees: readonly Tree[], words: readonly string[]): Found[] {
  return trees.flatMap((one, tag) => {
    if (faultInPattern(textOf(one))) return [];
    const parts = [...(one as Tree[])];
    while (parts[0] === '...') parts.shift();
    while (parts.at(-1) === '...') parts.pop();
    const byEnd = new Map<number, number[]>();
    for (let at = 0; at < words.length; at++)
      for (const end of endsOf(parts, words, at)) byEnd.set(end, [...(byEnd.get(end) ?? []), at]);
    return [...byEnd].map(([end, starts]) => ({
      tag,
      longest: Math.min(...starts),
      shortest: Math.max(...starts),
      end: end - 1,
    }));
  });
}

test('whatever is written and typed, the same is found as by trying every way; after it was on a disk, too', () => {
  const ordered = (found: readonly Found[]) =>
    found.map((one) => JSON.stringify([one.tag, one.end, one.longest, one.shortest])).sort();
  fc.assert(
    fc.property(
      fc.array(tree, { minLength: 1, maxLength: 5 }),
      fc.array(fc.constantFrom(...WORDS, 'abcd', 'bar', 'x'), { maxLength: 12 }),
      (trees, words) => {
        const compiled = compilePatterns(tagged(...trees.map(textOf)));
        const expected = ordered(expectedIn(trees, words));
        expect(ordered(finderOf(compiled)(words))).toEqual(expected);
        expect(ordered(finderOf(deserialize(serialize(compiled)))(words))).toEqual(expected);
      },
    ),
    { numRuns: 400 },
  );
});
