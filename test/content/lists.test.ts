import { describe, expect, test } from 'vitest';
import { openFresh } from '../../src/content/check.ts';
import { expandBraces, listsOf, withLists } from '../../src/content/lists.ts';
import { madeUpRoot } from './made-up.ts';

describe('a word in braces', () => {
  test.each([
    ['mum', ['mum']],
    ['{yi,bi,}drab{ni,na}', ['yidrabni', 'yidrabna', 'bidrabni', 'bidrabna', 'drabni', 'drabna']],
    ['{a}b', ['ab']],
    ['drab{ni,na}*', ['drabni*', 'drabna*']],
    ['{ma ,}yakul', ['ma yakul', 'yakul']],
    // As it comes from a line that was too long.
    ['drab{ni, na}', ['drabni', 'drabna']],
  ])('%s is all its forms', (word, forms) => {
    expect(expandBraces(word)).toEqual(forms);
  });
});

describe('a list', () => {
  const lists = listsOf({
    lists: { hits: ['{he,she}hits', 'hit'], acts: ['<hits>', '(kicks|{b,}eats) hard'] },
  });

  test('is all forms of its words', () => {
    expect(lists.get('hits')).toBe('(hehits|shehits|hit)');
  });

  test('may name one before it, and hold patterns', () => {
    expect(lists.get('acts')).toBe('((hehits|shehits|hit)|(kicks|(beats|eats)) hard)');
  });

  test('stands in a pattern by its name; a pattern may have braces of its own', () => {
    expect(withLists('<hits> ... {me,us}', lists)).toBe('(hehits|shehits|hit) ... (me|us)');
  });

  test('that nobody knows stays as it is written, so that `check` can say so', () => {
    expect(withLists('<hitz> me', lists)).toBe('<hitz> me');
  });
});

test('lists and braces are read wherever a curator writes patterns or spellings', () => {
  const telling = {
    lists: { hits: ['{he,she}hits'] },
    spellings: { want: ['w{o,u}nt'] },
    tells: [{ fact: 'carer.hours', says: true, patterns: ['<hits>'], unless: ['<hits>'] }],
    small_talk: { thanks: ['<hits>'] },
    general_need: ['<hits>'],
    meaning: ['<hits>'],
    sayings: ['<hits>'],
    calming: ['<hits>'],
    topics: { money: ['<hits>'] },
  };
  const lexicon = [
    {
      kind: 'life-at-risk',
      level: 'ask',
      reason: 'a test',
      patterns: ['<hits>'],
      with: ['<hits>'],
      near: [['<hits>']],
      unless: ['<hits>'],
    },
  ];
  const files = { 'locales/en/telling.yaml': telling, 'locales/en/danger.yaml': lexicon };
  const { content } = openFresh(madeUpRoot({ files }));
  const { lists: _, ...read } = content.languages.get('en')?.telling ?? {};
  const all = JSON.stringify([read, content.languages.get('en')?.danger]);
  expect(all).not.toContain('<hits>');
  expect(all.match(/\(hehits\|shehits\)/g)).toHaveLength(12);
  expect(read.spellings).toEqual({ want: ['wont', 'wunt'] });
});
