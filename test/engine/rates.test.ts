import { describe, expect, test } from 'vitest';
import { figureOn, figuresOn, type Rate } from '../../src/engine/rates.ts';

const limit: Rate = {
  id: 'earnings_limit',
  unit: 'GBP/week',
  values: [
    { from: '2025-04-07', figure: 196 },
    { from: '2026-04-06', figure: 204 },
  ],
  until: '2027-04-04',
};

describe('a rate', () => {
  test.each([
    ['before the first figure there is none', '2025-04-06', undefined],
    ['on the first day', '2025-04-07', 196],
    ['between two changes the older figure', '2025-12-31', 196],
    ['the day before a change', '2026-04-05', 196],
    ['the day of a change', '2026-04-06', 204],
    ['on the last day that it is known for', '2027-04-04', 204],
    ['afterwards never the last figure', '2027-04-05', undefined],
  ])('%s', (_, date, figure) => {
    expect(figureOn(limit, date)).toBe(figure);
  });

  test('those without a figure that day are left out', () => {
    const other: Rate = { ...limit, id: 'other', until: '2025-12-31' };
    const none: Rate = { ...limit, id: 'none', values: [] };
    expect([...figuresOn([limit, other, none], '2026-11-22')]).toEqual([['earnings_limit', 204]]);
    expect([...figuresOn([limit, other, none], '2025-12-31')]).toEqual([
      ['earnings_limit', 196],
      ['other', 196],
    ]);
  });
});
