import { expect, test } from 'vitest';
import { coverageOf } from '../../src/content/coverage.ts';
import { fingerprint } from '../../src/content/text-keys.ts';
import { madeUp, TODAY, welsh } from './made-up.ts';

test('what the content covers and lacks', () => {
  const report = coverageOf(
    madeUp({
      topics: { school: {} },
      entries: {
        'carer-money': { topics: ['money', 'school'], doubts: ['Is it so?'], review_by: '2026-11-01' },
        other: { review_by: '2026-12-22', steps: Array(20).fill('Ask the school for help and tell them.') },
        third: { review_by: '2026-12-23' },
      },
      files: welsh({
        'locales/cy/topics.yaml': {
          'money.title': { text: 'Arian', of: fingerprint('Money') },
          'money.about': { text: 'Arian.', of: '00000000' },
        },
      }),
    }),
    TODAY,
  );
  expect(report.factors).toEqual([
    { area: 'financial', factor: 'financial-security', entries: ['carer-money', 'other', 'third'] },
  ]);
  expect(report.topics).toEqual([
    { topic: 'money', main: ['carer-money', 'other', 'third'], other: [] },
    { topic: 'school', main: [], other: ['carer-money'] },
  ]);
  expect(report.languages.map(({ code, status }) => `${code} ${status}`)).toEqual([
    'en original',
    'cy drafted',
  ]);
  expect(report.languages[0]?.files.topics).toEqual({ texts: 4, translated: 4, stale: 0, missing: 0 });
  expect(report.languages[1]?.files.topics).toEqual({ texts: 4, translated: 2, stale: 1, missing: 2 });
  expect(report.languages[1]?.interface).toEqual({ texts: 2, missing: 2 });
  expect(report.review.overdue).toEqual([{ what: 'entry', id: 'carer-money', on: '2026-11-01', days: -21 }]);
  expect(report.review.in_30_days.map(({ id }) => id)).toEqual(['other']);
  expect(report.review.in_90_days.map(({ id }) => id)).toEqual(['third']);
  expect(report.doubts).toEqual({ count: 1, list: [{ entry: 'carer-money', doubt: 'Is it so?' }] });
  expect(report.readability).toMatchObject({ entries: 1, hardest: [{ entry: 'other' }] });
});
