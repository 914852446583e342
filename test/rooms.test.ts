import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** The rooms of design.md, from the bottom up. A room imports from itself and from rooms further down, never up. */
const FLOORS: readonly (readonly string[])[] = [
  ['engine'],
  ['content'],
  ['storage', 'language', 'speech', 'config', 'http'],
  ['assistant'],
  ['channels', 'desk'],
  ['server', 'cli'],
];
/** Packages that live in one room and nowhere else. */
const TENANTS: Readonly<Record<string, string>> = {
  natural: 'language',
  i18next: 'speech',
  minisearch: 'language',
  'prom-client': 'http',
};

const SRC = new URL('../src', import.meta.url).pathname;

interface Import {
  readonly file: string;
  readonly from: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const source = readFileSync(join(SRC, file), 'utf8');
  const statements = source.matchAll(
    /^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|^import\s+'([^']+)'/gm,
  );
  return [...statements].map((match) => ({
    file,
    typeOnly: match[1] !== undefined,
    from: match[2] ?? match[3] ?? match[4] ?? '',
  }));
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const imports = files.flatMap(importsOf);
/** `cli.ts` and the folder `cli/` are one room. */
const roomOf = (file: string) => (file.split('/')[0] as string).replace(/\.ts$/, '');
const floorOf = (file: string) => FLOORS.findIndex((rooms) => rooms.includes(roomOf(file)));
const target = ({ file, from }: Import) => relative(SRC, resolve(SRC, dirname(file), from));
const ours = imports.filter(({ from }) => from.startsWith('.'));

test('every file stands in a room of the design', () => {
  expect(files.filter((file) => floorOf(file) === -1)).toEqual([]);
});

test('imports run downward only', () => {
  const upward = ours.filter((one) => {
    const to = target(one);
    if (roomOf(one.file) === roomOf(to)) return false;
    return floorOf(to) >= floorOf(one.file);
  });
  expect(upward.map((one) => `${one.file} -> ${target(one)}`)).toEqual([]);
});

test('there are no circles between files', () => {
  const next = new Map(
    files.map((file) => [file, ours.filter((one) => one.file === file && !one.typeOnly).map(target)]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[] = [];
  const visit = (file: string, path: string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      return;
    }
    state.set(file, 'open');
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

test('the engine is pure: it imports nothing but itself', () => {
  expect(imports.filter(({ file, from }) => roomOf(file) === 'engine' && !from.startsWith('.'))).toEqual([]);
  const impure = /\b(Date\.now|new Date\(\)|Math\.random|process\.|console\.|fetch\()/;
  expect(
    files.filter((file) => roomOf(file) === 'engine' && impure.test(readFileSync(join(SRC, file), 'utf8'))),
  ).toEqual([]);
});

test('packages stay in their rooms', () => {
  const strays = imports.filter(({ file, from }) => {
    const tenant = Object.entries(TENANTS).find(([name]) => from === name || from.startsWith(`${name}/`));
    return tenant && roomOf(file) !== tenant[1];
  });
  expect(strays).toEqual([]);
  expect(imports.filter(({ from }) => from === 'natural')).toEqual([]);
  // botbuilder is only known by its types, but where a channel of its own loads it.
  const loads = imports.filter(({ from, typeOnly }) => from.startsWith('botbuilder') && !typeOnly);
  expect(loads.map(({ file }) => file)).toEqual(['channels/botframework/botframework.ts']);
});
