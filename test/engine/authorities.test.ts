import { expect, test } from 'vitest';
import { type Authority, areaOf, authoritiesOn, hasEnded } from '../../src/engine/authorities.ts';

const AUTHORITIES = new Map<string, Authority>([
  ['old', { until: '2027-03-31', successors: ['east', 'west'] }],
  ['east', { from: '2027-04-01', until: '2028-03-31', successors: ['whole'] }],
  ['west', { from: '2027-04-01', until: '2028-03-31', successors: ['whole'] }],
  ['whole', { from: '2028-04-01' }],
  ['nameless', { until: '2027-03-31', successors: ['East Somewhere', 'West Somewhere'] }],
  ['here', {}],
  ['round', { until: '2020-01-01', successors: ['about'] }],
  ['about', { until: '2020-01-01', successors: ['round'] }],
]);

test.for([
  ['here', '2040-01-01', ['here']],
  ['old', '2027-03-31', ['old']],
  ['old', '2027-04-01', ['east', 'west']],
  ['old', '2028-03-31', ['east', 'west']],
  ['old', '2028-04-01', ['whole']],
  ['east', '2028-04-01', ['whole']],
  // Nobody knows the codes of the next: better the last than nothing.
  ['nameless', '2027-04-01', ['nameless']],
  ['unheard-of', '2026-01-01', ['unheard-of']],
  // A fault of the content must not hang us, nor leave a family without a council.
  ['round', '2026-01-01', ['round']],
] as const)('%s on %s: %j', ([code, date, expected]) => {
  expect(authoritiesOn(AUTHORITIES, code, date)).toEqual(expected);
});

test('has ended on the day after its last', () => {
  expect(hasEnded({ until: '2027-03-31' }, '2027-03-31')).toBe(false);
  expect(hasEnded({ until: '2027-03-31' }, '2027-04-01')).toBe(true);
  expect(hasEnded({}, '2027-04-01')).toBe(false);
  expect(hasEnded(undefined, '2027-04-01')).toBe(false);
});

test.for([
  [{}, undefined],
  [{ 'household.area': 'E06000023' }, 'E06000023'],
  [{ 'household.area': 'E06000023', 'household.nation': 'england' }, 'E06000023'],
  [{ 'household.area': 'E06000023', 'household.nation': 'wales' }, undefined],
] as const)('the area of a family that told %j: %s', ([told, area]) => {
  const answers: Record<string, string> = told;
  expect(areaOf((fact) => (answers[fact] === undefined ? undefined : { value: answers[fact] }))).toBe(area);
});
