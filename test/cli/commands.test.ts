import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fingerprint } from '../../src/content/text-keys.ts';
import { madeUpRoot, TODAY, welsh } from '../content/made-up.ts';
import { fingerpost } from './run.ts';

test('called wrongly: 2, with a hint', async () => {
  const calls: [string[], string][] = [
    [[], 'check'],
    [['chekc'], 'did you mean "check"?'],
    [['check', '--jsno'], '--jsno'],
    [['check', '--date', 'today'], 'write it like 2026-11-22'],
    [['facts', 'more'], 'more'],
    [['constructor'], 'There is no command'],
  ];
  for (const [args, says] of calls) {
    const { code, err, out } = await fingerpost(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
  }
});

test('help lists the commands', async () => {
  const { code, err } = await fingerpost(['help']);
  expect(code).toBe(0);
  for (const name of ['check', 'facts', 'entries', 'assess', 'coverage', 'schemas', 'stamp'])
    expect(err).toContain(`  ${name} `);
});

test('check: 0 where there is no fault, and schemas writes what it asks for', async () => {
  const root = madeUpRoot();
  const before = await fingerpost(['--root', root, 'check', '--date', TODAY]);
  expect(before.code).toBe(0);
  expect(before.out).toContain('0 faults');
  expect(before.out).toContain('run the command `schemas`');
  const { lines } = await fingerpost(['--root', root, 'schemas']);
  expect(lines).toContainEqual({ file: 'schemas/entry.schema.json' });
  const after = await fingerpost(['--root', root, 'check', '--date', TODAY]);
  expect(after.out).toBe('0 faults, 0 warnings\n');
});

test('check: 1 with each fault as file:line, or as JSON', async () => {
  const root = madeUpRoot({ entries: { 'carer-money': { topics: ['mony'], effort: 2 } } });
  const text = await fingerpost(['--root', root, 'check', '--date', TODAY]);
  expect(text.code).toBe(1);
  expect(text.out).toContain(
    'knowledge/entitlements/carer-money.yaml:6: fault (references): there is no topic "mony"\n    did you mean "money"?\n',
  );
  const { lines, code } = await fingerpost(['--root', root, 'check', '--json', '--date', TODAY]);
  expect(code).toBe(1);
  expect(lines).toContainEqual({
    file: 'knowledge/entitlements/carer-money.yaml',
    line: 6,
    says: 'there is no topic "mony"',
    cure: 'did you mean "money"?',
    level: 'fault',
    check: 'references',
  });
});

test('facts and entries, one a line', async () => {
  const root = madeUpRoot();
  const facts = await fingerpost(['--root', root, 'facts']);
  expect(facts.lines[1]).toEqual({
    id: 'carer.hours',
    scope: 'carer',
    type: 'number',
    options: [],
    only_if: null,
    otherwise: null,
    ask: 'How many hours a week do you care?',
    effort: 2,
    sensitive: false,
  });
  const entries = await fingerpost(['--root', root, 'entries']);
  expect(entries.lines).toEqual([
    {
      id: 'carer-money',
      kind: 'entitlement',
      title: 'Money for carers',
      topics: ['money'],
      nations: ['england', 'wales'],
      reach: 'likely',
      when: { 'carer.hours': { at_least: 35 } },
      may_when: null,
      held: null,
      gives: {},
      clocks: [],
      stages: [],
      factors: ['financial-security'],
      checked: '2026-11-01',
      review_by: '2027-04-05',
    },
  ]);
});

test('coverage is one JSON object', async () => {
  const { lines, code } = await fingerpost(['--root', madeUpRoot(), 'coverage', '--date', TODAY]);
  expect(code).toBe(0);
  expect(Object.keys(lines[0])).toEqual([
    'factors',
    'topics',
    'questions',
    'never_on_first_screen',
    'exercise',
    'areas',
    'languages',
    'readability',
    'review',
    'doubts',
  ]);
});

test('stamp writes fingerprints where there are none, and leaves the rest as it is', async () => {
  const facts = (ask: string, label: string) =>
    [
      '# A comment.',
      `carer.hours.ask: { text: "Sawl awr?"${ask} } # there`,
      'carer.hours.why: # another',
      '  text: Mae peth cymorth yn dechrau ar 35 awr.',
      '  of: "00000000"',
      'household.nation.ask: # a third',
      `  ${label}text: >-`,
      '    Ble rydych',
      '    yn byw?',
      '',
      'carer.gone.ask: { text: "Beth?" }',
      '',
    ].join('\n');
  const root = madeUpRoot({ files: welsh({ 'locales/cy/facts.yaml': facts('', '') }) });
  const { lines } = await fingerpost(['--root', root, 'stamp']);
  expect(lines).toContainEqual({ file: 'locales/cy/facts.yaml', stamped: 2 });
  expect(readFileSync(join(root, 'locales/cy/facts.yaml'), 'utf8')).toBe(
    facts(
      `, of: "${fingerprint('How many hours a week do you care?')}"`,
      `of: "${fingerprint('Where do you live?')}"\n  `,
    ),
  );
  const again = await fingerpost(['--root', root, 'stamp']);
  expect(again.lines).toContainEqual({ file: 'locales/cy/facts.yaml', stamped: 0 });
});
