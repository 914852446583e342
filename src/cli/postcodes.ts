import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFresh } from '../content/check.ts';
import { POSTCODES_FILE } from '../content/postcodes.ts';
import { plainName } from '../language/read-place.ts';
import { type ExitCode, optionsOf } from './options.ts';

/** The columns that the table must have. `la_shares` is "Swindon:0.38; Wiltshire:0.31", biggest share first. */
const COLUMNS = ['outcode', 'la_top', 'la_shares', 'nation'] as const;
type Row = Record<(typeof COLUMNS)[number], string>;

/**
 * Writes the file of postcodes from a table (CSV on standard input) of which first half of a postcode lies in which
 * authorities. The comments at its head and the lines for letters only stay.
 */
export async function postcodes(root: string, args: string[]): Promise<ExitCode> {
  optionsOf(args, {});
  const { data } = openFresh(root);
  const codes = new Map<string, string>();
  for (const [code, { name, also = [] }] of Object.entries(data.authorities))
    for (const one of [name, ...also]) codes.set(plainName(one), code);
  const rows = readTable(readFileSync(0, 'utf8'));
  if (!rows) {
    process.stderr.write(`The table needs the columns ${COLUMNS.join(', ')} in its first line.\n`);
    return 2;
  }
  // A council of another nation is at the top somewhere: there the table tells its nation.
  const nations = new Map(rows.map((row) => [row.la_top, nationId(row.nation)]));
  const unknown = new Set<string>();
  const lines = rows.map(({ outcode, la_shares }) => {
    const names = la_shares.split(';').map((share) => share.replace(/:[^:]*$/, '').trim());
    const where = names.flatMap((name) => {
      const nation = nations.get(name);
      if (nation !== undefined && nation !== 'england') return [nation];
      const code = codes.get(plainName(name));
      if (code === undefined) unknown.add(name);
      return code ?? [];
    });
    return `${outcode} ${[...new Set(where)].join(' ')}`;
  });
  if (unknown.size > 0) {
    const names = [...unknown].join(', ');
    process.stderr.write(
      `No authority is called ${names}: add the name to its "also". Nothing was written.\n`,
    );
    return 1;
  }
  const file = join(root, POSTCODES_FILE);
  const kept = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^(#|[A-Z]{1,2} )/.test(line));
  writeFileSync(file, `${[...kept, ...lines].join('\n')}\n`);
  process.stdout.write(`${lines.length} lines: ${POSTCODES_FILE}\n`);
  return 0;
}

function nationId(nation: string): string {
  return nation.trim().toLowerCase().replaceAll(' ', '_');
}

/** Plain CSV: a field with a comma stands in double quotes. */
function readTable(text: string): Row[] | undefined {
  const [head = [], ...rest] = text
    .split(/\r?\n/)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
        quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'),
      ),
    );
  const places = COLUMNS.map((column) => head.indexOf(column));
  if (places.includes(-1)) return undefined;
  return rest
    .filter((fields) => fields.length >= head.length)
    .map(
      (fields) =>
        Object.fromEntries(COLUMNS.map((column, i) => [column, fields[places[i] as number]])) as Row,
    );
}
