import { expect, test } from 'vitest';
import { createRemembered } from '../../../src/channels/messaging/remembered.ts';

test('an answer is kept for ten minutes, and no longer', () => {
  let now = 0;
  const remembered = createRemembered<string>(() => now);
  remembered.keep('a', 'one');
  now = 9 * 60_000;
  remembered.keep('b', 'two');
  expect(remembered.get('a')).toBe('one');
  now = 10 * 60_000;
  expect(remembered.get('a')).toBeUndefined();
  expect(remembered.get('b')).toBe('two');
  remembered.forget(['b']);
  expect(remembered.get('b')).toBeUndefined();
});

test('there are never more than two thousand', () => {
  const remembered = createRemembered<number>(() => 0);
  for (let i = 0; i < 2100; i++) remembered.keep(`${i}`, i);
  expect(remembered.get('99')).toBeUndefined();
  expect(remembered.get('100')).toBe(100);
});
