import { expect, test } from 'vitest';
import type { Check } from '../../../src/content/checks/check.ts';
import { type Row, saysOf } from '../made-up.ts';

/** Runs a check over its table. The smallest whole content must pass it too. */
export function table(check: Check, rows: readonly Row[]): void {
  test('finds nothing in whole content', () => {
    expect(saysOf(check, { changes: {} })).toEqual([]);
  });
  test.each(rows)('$name', (row) => {
    expect(saysOf(check, row)).toEqual(row.finds.map((part) => expect.stringContaining(part)));
  });
}
