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
  const { entries, questions, dangers } = report.readability;
  expect([entries.texts, questions.texts, dangers.texts]).toEqual([3, 2, 1]);
  expect(entries.age.max).toBe(entries.hardest[0]?.age);
  expect(Object.values(entries.histogram).reduce((sum, count) => sum + count)).toBe(3);
  expect(report.exercise).toBeNull();
  expect(report.never_on_first_screen).toEqual([]);
});

test('what is due: today, in 30 and in 90 days, and not a day later', () => {
  const { review } = coverageOf(
    madeUp({
      entries: { 'carer-money': { review_by: TODAY } },
      sources: { official: { checked: '2025-12-22' } },
      contacts: { 'carers-line': { checked: '2025-12' } },
      rates: {
        carer_money: { until: '2026-12-23' },
        ninety: { until: '2027-02-20' },
        later: { until: '2027-02-21' },
      },
    }),
    TODAY,
  );
  const said = (list: typeof review.overdue) => list.map(({ what, id, days }) => `${what} ${id} ${days}`);
  expect(said(review.overdue)).toEqual([]);
  expect(said(review.in_30_days)).toEqual([
    'entry carer-money 0',
    'contact carers-line 9',
    'source official 30',
  ]);
  expect(said(review.in_90_days)).toEqual(['rate carer_money 31', 'rate ninety 90']);
});

test('what each question settles', () => {
  const { questions } = coverageOf(
    madeUp({
      facts: {
        'carer.work': { scope: 'carer', type: 'yes_no', options: undefined },
        'carer.hours': { only_if: { 'carer.work': 'yes' }, otherwise: 0 },
        'child.letter': {
          scope: 'child',
          type: 'date',
          options: undefined,
          only_if: { 'child.asked': 'yes' },
        },
        'child.asked': { scope: 'child', type: 'yes_no', options: undefined },
        'carer.safe': { scope: 'carer', type: 'yes_no', options: undefined, danger: { no: 'life-at-risk' } },
      },
      entries: {
        dated: { when: undefined, clocks: [{ from: 'child.letter', add: { months: 1 }, label: 'Last day' }] },
        everywhere: {
          nations: ['england', 'wales', 'scotland', 'northern_ireland'],
          when: { 'carer.safe': 'yes' },
        },
      },
    }),
    TODAY,
  );
  expect(Object.fromEntries(questions.map(({ fact, ...what }) => [fact, what]))).toEqual({
    'household.nation': { entries: ['carer-money', 'dated'], dates: [], local: [], dangers: [] },
    'carer.work': { entries: ['carer-money'], dates: [], local: [], dangers: [] },
    'carer.hours': { entries: ['carer-money'], dates: [], local: [], dangers: [] },
    'child.letter': { entries: [], dates: ['dated'], local: [], dangers: [] },
    'child.asked': { entries: [], dates: ['dated'], local: [], dangers: [] },
    'carer.safe': { entries: ['everywhere'], dates: [], local: [], dangers: ['life-at-risk'] },
  });
});
