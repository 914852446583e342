import { expect, test } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import { checkPatterns } from '../../src/language/check-patterns.ts';
import { madeUpRoot, TODAY } from '../content/made-up.ts';

/** @returns what is said of the patterns, each with its place. */
function faultsIn(files: Readonly<Record<string, unknown>>): string[] {
  return checkContent(madeUpRoot({ files }), TODAY, checkPatterns)
    .filter(({ check }) => check === 'patterns')
    .map(({ file, says }) => `${file}: ${says}`);
}

const item = (rest: object) => [{ kind: 'life-at-risk', level: 'ask', reason: 'a test', ...rest }];

test.each([
  ['patterns', item({ patterns: ['(not|never breathing'] })],
  ['with', item({ patterns: ['breathing'], with: ['(a|b)*'] })],
  ['unless', item({ patterns: ['breathing'], unless: ['st*p'] })],
  ['near', item({ patterns: ['breathing'], near: [['...']] })],
])('a pattern of a danger that cannot be read: %s', (_, danger) => {
  expect(faultsIn({ 'locales/en/danger.yaml': danger })).toHaveLength(1);
});

test.each([
  ['lists', { lists: { hit: ['{a,b'] } }],
  ['lists, braces in braces', { lists: { hit: ['{a,{b,c}}'] } }],
  ['a list that there is not', { tells: [{ fact: 'carer.age', says: true, patterns: ['<hits> me'] }] }],
  ['calming', { calming: ['(in a film'] }],
  ['small talk', { small_talk: { thanks: ['(ta'] } }],
])('a pattern of what people tell: %s', (_, telling) => {
  const found = faultsIn({ 'locales/en/telling.yaml': telling });
  expect(found).toHaveLength(1);
  expect(found[0]).toContain('locales/en/telling.yaml: the pattern');
});

test('patterns that can be read are no faults', () => {
  expect(
    faultsIn({
      'locales/en/telling.yaml': { lists: { hit: ['{yi,bi,}drab{ni,na}*'] }, calming: ['<hit> ... film'] },
      'locales/en/danger.yaml': item({ patterns: ['<hit> me', '{he,she} ... <hit>'] }),
    }),
  ).toEqual([]);
});
