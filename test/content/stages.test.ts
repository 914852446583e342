import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFresh } from '../../src/content/check.ts';
import { everyText } from '../../src/content/checks/texts.ts';
import { clocksOf } from '../../src/engine/entries.ts';
import { madeUp, madeUpRoot } from './made-up.ts';

const facts = { 'child.letter': { scope: 'child', type: 'date', max: undefined, said: 'On {{value}}.' } };
const clock = { from: 'child.letter', add: { weeks: 6 }, label: 'They should answer by' };
const stage = { id: 'answer', title: 'They answer', who: 'council', what: 'They say yes or no.' };

/** `field: says`, for each fault of the entry. */
function faultsOf(entry: object): string[] {
  const root = madeUpRoot({ facts, entries: { 'carer-money': { ...entry } } });
  return openFresh(root)
    .faults.filter(({ file }) => file.includes('entitlements'))
    .map(({ file, line, says }) => {
      const text = readFileSync(join(root, file), 'utf8').split('\n')[line - 1] ?? 'no such line';
      return `${text.trim()} | ${says}`;
    });
}

test('a stage with everything has no fault, and its clock is one of the entry', () => {
  const whole = {
    ...stage,
    when: 'Within 6 weeks.',
    clock: { ...clock, about: true },
    first: 'No diagnosis is needed.',
    meanwhile: 'Keep a diary.',
    if_not: 'carer-money',
    myth: { said: 'They can wait.', truth: 'They cannot.' },
  };
  const entry = { stages: [whole, { ...stage, id: 'end' }], clocks: [{ ...clock, id: 'mine' }] };
  expect(faultsOf(entry)).toEqual([]);
  const { content, ...rest } = madeUp({ facts, entries: { 'carer-money': entry } });
  const [loaded] = content.model.entries;
  expect(clocksOf(loaded?.entry as NonNullable<typeof loaded>['entry'])).toEqual([
    { from: 'child.letter', add: { weeks: 6 } },
    { from: 'child.letter', add: { weeks: 6 }, about: true },
  ]);
  expect(loaded?.dateFacts).toEqual([content.model.factIndex.get('child.letter')]);
  // Every check of texts finds each of them where it stands.
  const texts = everyText({ content, ...rest }).filter(({ field }) => /stages|clocks/.test(field));
  expect(texts.map(({ path, text }) => `${path.join('.')}: ${text}`)).toEqual([
    'clocks.0.label: They should answer by',
    'stages.0.title: They answer',
    'stages.0.what: They say yes or no.',
    'stages.0.when: Within 6 weeks.',
    'stages.0.first: No diagnosis is needed.',
    'stages.0.meanwhile: Keep a diary.',
    'stages.0.myth.said: They can wait.',
    'stages.0.myth.truth: They cannot.',
    'stages.0.clock.label: They should answer by',
    'stages.1.title: They answer',
    'stages.1.what: They say yes or no.',
  ]);
});

test.each([
  [
    'two stages of one name',
    { stages: [stage, { ...stage, what: 'They wait.' }] },
    '- id: answer | there is already a stage "answer"',
  ],
  [
    'a clock from no date',
    { stages: [{ ...stage, clock: { ...clock, from: 'carer.hours' } }] },
    'from: carer.hours | "carer.hours" is not a date fact',
  ],
  [
    'a clock without a time',
    { stages: [{ ...stage, clock: { ...clock, add: {} } }] },
    'add: {} | "stages.0.clock.add": a time is needed here: days, weeks, months, working_days, school_days',
  ],
  [
    'a unit that nobody counts in',
    { clocks: [{ ...clock, add: { fortnights: 3 } }] },
    'fortnights: 3 | "fortnights" is not a field here',
  ],
  ['somebody whom we do not know', { stages: [{ ...stage, who: 'mayor' }] }, 'who: mayor |'],
  ['no stage at all', { stages: [] }, 'stages: [] |'],
  ['a title that is too long', { stages: [{ ...stage, title: 'x'.repeat(61) }] }, 'title: x'],
])('%s', (_, entry, fault) => {
  expect(faultsOf(entry)[0]).toContain(fault);
});
