import { describe, expect, test } from 'vitest';
import { dangerReader } from '../../src/language/danger-patterns.ts';
import { soundsOf } from '../../src/language/sounds.ts';

const telling = { sounds: { aa: 'a', ee: 'i', kh: 'k', '3': '' } };
const sounds = soundsOf(telling);

describe('how a word sounds', () => {
  test.each([
    ['nahee', 'nahi'],
    ['nahii', 'nahi'],
    ['khaana', 'kana'],
    ['ammi', 'ami'],
    ['3ando', 'ando'],
    // Numbers are what they are.
    ['33', '33'],
    ['23', '23'],
    // Only Latin letters are typed by ear.
    ['کھانا', 'کھانا'],
  ])('%s', (word, heard) => {
    expect(sounds.of(word)).toBe(heard);
  });

  test('a word of which nothing would be left stays', () => {
    expect(soundsOf({ sounds: { h: '' } }).of('h')).toBe('h');
  });

  test('that of a pattern leaves its signs', () => {
    expect(sounds.inPattern('(khaana|nahee*) ... don’t')).toBe('(kana|nahi*) ... dont');
  });

  test('without `sounds` a word is what is typed', () => {
    expect(soundsOf({}).of('nahee')).toBe('nahee');
  });
});

test('danger is heard however it is typed, and denied so too', () => {
  const item = {
    kind: 'hunger',
    level: 'interrupt',
    reason: 'a test',
    patterns: ['khana nahi hai'],
  } as const;
  const read = dangerReader(
    [[{ ...item, patterns: [...item.patterns] }]],
    ['hunger'],
    [{ ...telling, words: { denial: ['jhoot'] } }],
  );
  for (const typed of ['khana nahi hai', 'kana nahee hai', 'khaana nahii hai'])
    expect(read(`ghar mein ${typed}`)?.kind).toBe('hunger');
  expect(read('jhooot khaana nahee hai')).toBeNull();
});

describe('where digits are letters', () => {
  const readFor = (pattern: string) =>
    dangerReader(
      [[{ kind: 'hunger', level: 'interrupt', reason: 'a test', patterns: [pattern] }]],
      ['hunger'],
      [{ sounds: { '3': 'q' } }],
    );

  test('they disguise none', () => {
    expect(readFor('jaqan')('ana ja3an')?.kind).toBe('hunger');
    expect(readFor('jaean')('ana ja3an')).toBeNull();
  });

  test('letters that are drawn out are still read as one', () => {
    expect(readFor('جوعان')('انا جوعااااان')?.kind).toBe('hunger');
  });
});
