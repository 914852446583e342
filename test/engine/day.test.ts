import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf } from '../../src/engine/conversation.ts';
import { isDate } from '../../src/engine/facts.ts';
import { runs } from './arbitraries.ts';

describe('the day in the United Kingdom', () => {
  test.each([
    ['a second before midnight in winter', '2026-11-22T23:59:59.999Z', '2026-11-22'],
    ['midnight in winter', '2026-11-23T00:00:00Z', '2026-11-23'],
    ['a second before midnight in summer', '2026-07-01T22:59:59.999Z', '2026-07-01'],
    ['midnight in summer', '2026-07-01T23:00:00Z', '2026-07-02'],
    ['the evening before the clocks go forward', '2026-03-28T23:30:00Z', '2026-03-28'],
    ['the hour that the clocks skip', '2026-03-29T01:00:00Z', '2026-03-29'],
    ['the first midnight of summer time', '2026-03-29T23:00:00Z', '2026-03-30'],
    ['the last midnight of summer time', '2026-10-24T23:00:00Z', '2026-10-25'],
    ['the hour that comes twice', '2026-10-25T01:30:00Z', '2026-10-25'],
    ['the evening after the clocks went back', '2026-10-25T23:30:00Z', '2026-10-25'],
    ['the first day of new rates', '2026-04-05T23:00:00Z', '2026-04-06'],
    ['the new year', '2027-01-01T00:00:00Z', '2027-01-01'],
    ['a leap day', '2028-02-29T12:00:00Z', '2028-02-29'],
  ])('%s', (_, now, day) => {
    expect(dayOf(new Date(now))).toBe(day);
  });

  test('is a day that exists, and never more than an hour from that of Greenwich', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1973-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
        (now) => {
          expect(isDate(dayOf(now))).toBe(true);
          const greenwich = (time: number) => new Date(time).toISOString().slice(0, 10);
          expect([greenwich(now.getTime()), greenwich(now.getTime() + 3_600_000)]).toContain(dayOf(now));
        },
      ),
      runs(500),
    );
  });
});
