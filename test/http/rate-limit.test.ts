import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimit } from '../../src/http/rate-limit.ts';

describe('a rate limit of 60 a minute', () => {
  it('lets a minute of requests pass at once, then one a second', () => {
    let now = 0;
    const limit = new RateLimit(60, () => now);
    for (let i = 0; i < 60; i++) expect(limit.take('a')).toBe(0);
    expect(limit.take('a')).toBe(1);
    expect(limit.take('b')).toBe(0);
    now += 1000;
    expect([limit.take('a'), limit.take('a')]).toEqual([0, 1]);
  });

  it('asking again while one has to wait does not make the wait longer', () => {
    let now = 0;
    const limit = new RateLimit(1, () => now);
    limit.take('a');
    for (; now < 59_000; now += 1000) expect(limit.take('a')).toBe(60 - now / 1000);
    now = 60_001;
    expect(limit.take('a')).toBe(0);
  });

  it('whoever heeds the wait passes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.array(fc.nat(100), { minLength: 50, maxLength: 300 }),
        (perMinute, pauses) => {
          let now = 0;
          const limit = new RateLimit(perMinute, () => now);
          for (const pause of pauses) {
            now += pause;
            const wait = limit.take('a');
            now += wait * 1000;
            if (wait > 0) expect(limit.take('a')).toBe(0);
          }
        },
      ),
    );
  });

  it('in any minute lets at most two minutes of requests pass', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.nat(500), { maxLength: 300 }),
        (perMinute, pauses) => {
          let now = 0;
          const limit = new RateLimit(perMinute, () => now);
          const passed: number[] = [];
          for (const pause of pauses) {
            now += pause;
            if (limit.take('a') === 0) passed.push(now);
          }
          for (const from of passed) {
            const inMinute = passed.filter((at) => at >= from && at < from + 60_000);
            expect(inMinute.length).toBeLessThanOrEqual(2 * perMinute);
          }
        },
      ),
    );
  });

  it('remembers so many senders and no more, and forgets who was away longest', () => {
    const limit = new RateLimit(1, () => 0, 3);
    for (const sender of ['a', 'b', 'c']) limit.take(sender);
    limit.take('a');
    limit.take('d');
    expect(limit.size).toBe(3);
    expect(limit.take('a')).toBeGreaterThan(0);
    expect(limit.take('b')).toBe(0);
    for (let i = 0; i < 1000; i++) limit.take(String(i));
    expect(limit.size).toBe(3);
  });

  it('forgets a sender as soon as there is nothing to remember', () => {
    let now = 0;
    const limit = new RateLimit(60, () => now);
    for (let i = 0; i < 10; i++) limit.take(String(i));
    now = 1001;
    limit.take('late');
    expect(limit.size).toBe(1);
    expect([limit.isRested('late'), limit.isRested('0')]).toEqual([false, true]);
    now = 61_002;
    limit.forget();
    expect(limit.size).toBe(0);
    expect(limit.isRested('late')).toBe(true);
  });
});
