import { expect, test } from 'vitest';
import { isPlain, plainLetters, segmentsOf } from '../../../src/channels/messaging/segments.ts';

test.each([
  ['', 1],
  ['a'.repeat(160), 1],
  ['a'.repeat(161), 2],
  ['a'.repeat(306), 2],
  ['a'.repeat(307), 3],
  // These count twice.
  ['€'.repeat(80), 1],
  ['€'.repeat(81), 2],
  // Welsh with a circumflex, and other scripts: 70.
  ['ŵ'.repeat(70), 1],
  ['ŵ'.repeat(71), 2],
  ['ک'.repeat(134), 2],
  ['ک'.repeat(135), 3],
  ['£à é'.repeat(40), 1],
])('%j takes its segments', (text, segments) => {
  expect(segmentsOf(text)).toBe(segments);
});

test('what a keyboard writes is put into plain letters, and nothing else is changed', () => {
  expect(plainLetters('“Don’t” – wait…')).toBe('"Don\'t" - wait...');
  expect(isPlain(plainLetters('“Don’t” – wait…'))).toBe(true);
  expect(plainLetters('Dŵr')).toBe('Dŵr');
});
