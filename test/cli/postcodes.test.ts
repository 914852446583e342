import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { madeUpRoot } from '../content/made-up.ts';
import { fingerpost } from './run.ts';

const FILE = 'knowledge/areas/postcodes.txt';
const AUTHORITY = { region: 'South West', website: 'https://example.org/' };
const root = () =>
  madeUpRoot({
    files: {
      'knowledge/areas/authorities.yaml': {
        E06000023: { name: 'Bristol City Council', ...AUTHORITY },
        E06000058: { name: 'Bournemouth, Christchurch and Poole Council', ...AUTHORITY },
      },
      [FILE]: '# Kept\nBT northern_ireland\nBS9 E06000023\n',
    },
  });

test('a newer table is written; comments and whole areas stay', async () => {
  const here = root();
  const table = [
    'outcode,lat,la_top,la_shares,nation',
    'BS1,51.4,City of Bristol,City of Bristol:1.00,England',
    'BH1,50.7,"Bournemouth, Christchurch and Poole","Bournemouth, Christchurch and Poole:0.9; City of Bristol:0.10",England',
    'CH4,53.1,City of Bristol,City of Bristol:0.59; Flintshire:0.41,England',
    'CH5,53.2,Flintshire,Flintshire:1.00,Wales',
    '',
  ].join('\r\n');
  const { code, err } = await fingerpost(['--root', here, 'postcodes'], table);
  expect([code, err]).toEqual([0, '']);
  expect(readFileSync(join(here, FILE), 'utf8')).toBe(
    [
      '# Kept',
      'BT northern_ireland',
      'BS1 E06000023',
      'BH1 E06000058 E06000023',
      'CH4 E06000023 wales',
      'CH5 wales',
      '',
    ].join('\n'),
  );
});

test.for([
  ['a council that nobody knows', 'outcode,la_top,la_shares,nation\nBS1,Atlantis,Atlantis:1,England', 1],
  ['another table', 'postcode,council\nBS1 1AA,Bristol', 2],
  ['nothing', '', 2],
] as const)('%s: nothing is written', async ([, table, code]) => {
  const here = root();
  const run = await fingerpost(['--root', here, 'postcodes'], table);
  expect(run.code).toBe(code);
  expect(run.err).not.toBe('');
  expect(readFileSync(join(here, FILE), 'utf8')).toContain('BS9 E06000023');
});
