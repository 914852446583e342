import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFresh } from '../../src/content/check.ts';
import { dates } from '../../src/content/checks/dates.ts';
import { assess } from '../../src/engine/assess.ts';
import type { Value } from '../../src/engine/facts.ts';
import { figureOn } from '../../src/engine/rates.ts';

const loaded = openFresh(join(import.meta.dirname, '../..'));
const { model, figures, rates, entries } = loaded.content;

/** A parent in England who earns so much and would have Carer's Allowance but for that. */
function carersAllowance(earnings: number, date: string): string | undefined {
  const told: Record<string, Value> = {
    'household.nation': 'england',
    'carer.hours': 40,
    'carer.work': ['employed'],
    'carer.weekly_earnings': earnings,
    'carer.full_time_student': 'no',
    'carer.benefits': ['none'],
    'carer.no_public_funds': 'no',
  };
  const given = (values: Record<string, Value>) =>
    Object.fromEntries(Object.entries(values).map(([fact, value]) => [fact, { value }]));
  const child = given({ 'child.age': 9, 'child.extra_care': 'yes', 'child.dla_care': 'middle' });
  const { family } = assess(model, { family: given(told), children: [child] }, date);
  return family.find(({ entry }) => model.entries[entry]?.entry.id === 'carers-allowance')?.kind;
}

describe('the earnings limit of each year (facts-money, high confidence)', () => {
  test.each([
    // [earnings, day, outcome]: £151 in 2024/25, £196 in 2025/26, £204 in 2026/27
    [151, '2024-04-08', 'qualifies'],
    [151.01, '2025-04-06', 'ruled_out'],
    [196, '2025-04-06', 'ruled_out'],
    [196, '2025-04-07', 'qualifies'],
    [196.01, '2025-04-07', 'ruled_out'],
    [196, '2026-04-05', 'qualifies'],
    [196.01, '2026-04-05', 'ruled_out'],
    [204, '2026-04-05', 'ruled_out'],
    [196.01, '2026-04-06', 'qualifies'],
    [204, '2026-04-06', 'qualifies'],
    [204.01, '2026-04-06', 'ruled_out'],
    [204, '2027-04-05', 'qualifies'],
    // Neither before the first figure nor after the last day is any figure guessed.
    [100, '2024-04-07', 'may'],
    [9000 / 2, '2027-04-06', 'may'],
  ])('£%d on %s: %s', (earnings, date, outcome) => {
    expect(carersAllowance(earnings, date)).toBe(outcome);
  });
});

test.each([
  ['carers_allowance', '2025-04-06', 81.9],
  ['carers_allowance', '2026-04-05', 83.3],
  ['carers_allowance', '2026-04-06', 86.45],
  ['benefit_cap_london', '2026-04-05', 25323],
  ['benefit_cap_elsewhere', '2026-04-06', 22020],
  ['dfg_limit_england', '2020-01-01', 30000],
  ['cold_weather_payment', '2026-01-15', 25],
  // The evidence has no figure for the year before, so none is given.
  ['dla_care_highest', '2026-04-05', undefined],
  ['dla_care_highest', '2026-04-06', 114.6],
])('%s on %s', (id, date, figure) => {
  const rate = figures.get(id);
  expect(rate && figureOn(rate, date)).toBe(figure);
});

test('every rate has its source, and each one that is past is a fault, never its last value', () => {
  expect([...rates].filter(([, { source }]) => !loaded.content.sources.has(source))).toEqual([]);
  for (const [id, rate] of figures) {
    const after = new Date(Date.parse(rate.until) + 86_400_000).toISOString().slice(0, 10);
    expect(figureOn(rate, rate.until)).toBeDefined();
    expect(figureOn(rate, after)).toBeUndefined();
    expect(dates(loaded, after).map(({ says, level }) => `${level}: ${says}`)).toContain(
      `fault: the rate "${id}" expired on ${rate.until}`,
    );
  }
});

test('each rate that an entry is worth has a figure today', () => {
  const worth = [...entries.values()].flatMap((entry) => (entry.worth ? [entry.worth.rate] : []));
  for (const id of worth) expect(figures.get(id), id).toBeDefined();
});
