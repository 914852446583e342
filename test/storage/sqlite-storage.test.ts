import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EtagConflict, SqliteStorage } from '../../src/storage/sqlite-storage.ts';
import { measured } from '../measured.ts';

let folder: string;
let file: string;
const open: SqliteStorage[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fingerpost-'));
  file = join(folder, 'deep', 'er', 'fingerpost.db');
});
afterEach(() => {
  for (const storage of open.splice(0)) storage.close();
  rmSync(folder, { recursive: true, force: true });
});

function storageOn(path = file, now?: () => number): SqliteStorage {
  const storage = new SqliteStorage(path, now);
  open.push(storage);
  return storage;
}

describe('what was written', () => {
  test('is read again, with a tag; what is not there is absent', async () => {
    const storage = storageOn();
    await storage.write({ a: { n: 1, deep: { list: [1, 'x', null] } }, b: {} });
    const items = await storage.read(['a', 'b', 'c']);
    expect(Object.keys(items)).toEqual(['a', 'b']);
    expect(items.a).toEqual({ n: 1, deep: { list: [1, 'x', null] }, eTag: expect.any(String) });
  });

  test('is there after a close, for another storage on the file', async () => {
    const first = storageOn();
    await first.write({ a: { n: 1 } });
    const { eTag } = (await first.read(['a'])).a;
    first.close();
    first.close();
    expect((await storageOn().read(['a'])).a).toEqual({ n: 1, eTag });
  });

  test('may be huge, and have any key', async () => {
    const storage = storageOn();
    const huge = 'ہ'.repeat(3_000_000);
    await storage.write({ huge: { huge } });
    expect((await storage.read(['huge'])).huge.huge).toBe(huge);
    const keys = [
      '',
      ' ',
      "'; DROP TABLE items; --",
      '__proto__',
      'constructor',
      '\0',
      'a\0b',
      '"a"',
      '\ud800',
      '"\\ud800"',
      'ک/ہ',
      'x'.repeat(10_000),
    ];
    await storage.write(Object.fromEntries(keys.map((key, i) => [key, { i }])));
    const items = await storage.read(keys);
    expect(keys.map((key) => items[key].i)).toEqual(keys.map((_, i) => i));
  });

  test('is what is read, for any plain data and any keys', async () => {
    const storage = storageOn(':memory:');
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.record({ value: fc.jsonValue() })),
        async (changes) => {
          await storage.write(changes);
          const items = await storage.read(Object.keys(changes));
          for (const key of Object.keys(changes)) {
            const { eTag, ...rest } = items[key];
            expect(rest).toEqual(JSON.parse(JSON.stringify(changes[key])));
            expect(eTag).toMatch(/^\d+$/);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('stays in a file that only its owner may read', async () => {
    await storageOn().write({ a: {} });
    for (const name of readdirSync(join(folder, 'deep', 'er'))) {
      expect(statSync(join(folder, 'deep', 'er', name)).mode & 0o777, name).toBe(0o600);
    }
  });

  test('and is broken now, reads as absent, and can be written anew', async () => {
    const storage = storageOn();
    await storage.write({ a: { n: 1 }, b: { n: 2 }, c: { n: 3 } });
    const other = new DatabaseSync(file);
    other.exec(
      `UPDATE items SET body = '{"n": ' WHERE key = 'a'; UPDATE items SET body = '[1]' WHERE key = 'c'`,
    );
    other.close();
    expect(Object.keys(await storage.read(['a', 'b', 'c']))).toEqual(['b']);
    await storage.write({ a: { n: 4 } });
    expect((await storage.read(['a'])).a.n).toBe(4);
  });
});

describe('tags', () => {
  test('of two writers with the same tag, the second fails and changes nothing', async () => {
    const one = storageOn();
    const two = storageOn();
    await one.write({ a: { by: 'nobody' } });
    const seenByOne = (await one.read(['a'])).a;
    const seenByTwo = (await two.read(['a'])).a;
    await one.write({ a: { ...seenByOne, by: 'one' } });
    const late = two.write({ z: { new: true }, a: { ...seenByTwo, by: 'two' } });
    await expect(late).rejects.toBeInstanceOf(EtagConflict);
    await expect(late).rejects.toMatchObject({ name: 'EtagConflict', key: 'a' });
    const items = await two.read(['a', 'z']);
    expect(items.a.by).toBe('one');
    // All or nothing: the item before the conflict was not kept either.
    expect(items.z).toBeUndefined();
    await two.write({ a: { ...items.a, by: 'two' } });
    expect((await one.read(['a'])).a.by).toBe('two');
  });

  test('"*", none and an empty one write whatever is there', async () => {
    const storage = storageOn();
    for (const eTag of ['*', undefined, '', null]) {
      await storage.write({ a: { eTag, by: String(eTag) } });
      expect((await storage.read(['a'])).a.by).toBe(String(eTag));
    }
  });

  test('change with every write, and never come back after an erasure', async () => {
    const storage = storageOn();
    const seen = new Set<string>();
    for (let i = 0; i < 200; i++) {
      await storage.write({ a: { n: 0 } });
      seen.add((await storage.read(['a'])).a.eTag);
      if (i % 3 === 0) await storage.delete(['a']);
    }
    expect(seen.size).toBe(200);
    await storage.delete(['a']);
    const [old] = seen;
    await expect(storage.write({ a: { eTag: old } })).rejects.toBeInstanceOf(EtagConflict);
    expect(await storage.read(['a'])).toEqual({});
  });

  test('what cannot be written leaves nothing behind, and the storage goes on', async () => {
    const storage = storageOn();
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    await expect(storage.write({ a: { n: 1 }, b: circle })).rejects.toThrow();
    expect(await storage.read(['a', 'b'])).toEqual({});
    await storage.write({ a: { n: 2 } });
    expect((await storage.read(['a'])).a.n).toBe(2);
  });
});

describe('writes that come at once', () => {
  const other = () => new DatabaseSync(file, { readOnly: true });
  const keysIn = (database: DatabaseSync) =>
    database
      .prepare('SELECT key FROM items ORDER BY key')
      .all()
      .map(({ key }) => key);

  test('are in the file, for every process, before anybody is told so', async () => {
    const storage = storageOn();
    await storage.write({ a: { n: 0 } });
    const reader = other();
    const seen = ['b', 'c', 'd'].map(async (key) => {
      await storage.write({ [key]: { n: 1 } });
      return keysIn(reader);
    });
    for (const keys of await Promise.all(seen)) expect(keys).toEqual(['a', 'b', 'c', 'd']);
    reader.close();
  });

  test('fail each by itself, and whole', async () => {
    const storage = storageOn();
    await storage.write({ a: { by: 'nobody' } });
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const results = await Promise.allSettled([
      storage.write({ one: { n: 1 } }),
      storage.write({ two: { n: 1 }, a: { by: 'an old tag', eTag: '1' } }),
      storage.write({ three: circle }),
      storage.write({ four: { n: 1 } }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { name: 'EtagConflict', key: 'a' } });
    const items = await storage.read(['a', 'one', 'two', 'three', 'four']);
    expect(Object.keys(items)).toEqual(['a', 'one', 'four']);
    expect(items.a.by).toBe('nobody');
  });

  test('with the same tag: the first passes, the second fails', async () => {
    const storage = storageOn();
    await storage.write({ a: { n: 0 } });
    const { a } = await storage.read(['a']);
    const [first, second] = await Promise.allSettled([
      storage.write({ a: { ...a, n: 1 } }),
      storage.write({ a: { ...a, n: 2 } }),
    ]);
    expect([first.status, second.status]).toEqual(['fulfilled', 'rejected']);
    expect((await storage.read(['a'])).a.n).toBe(1);
  });

  test('are read, erased and closed over as what was written before', async () => {
    const storage = storageOn();
    const writing = [storage.write({ a: { n: 1 } }), storage.write({ b: { n: 1 } })];
    expect((await storage.read(['a'])).a.n).toBe(1);
    writing.push(storage.write({ c: { n: 1 } }));
    await storage.delete(['b', 'c']);
    writing.push(storage.write({ d: { n: 1 } }));
    storage.close();
    await Promise.all(writing);
    const reader = other();
    expect(keysIn(reader)).toEqual(['a', 'd']);
    reader.close();
  });

  test('do not change with the item that was handed over', async () => {
    const storage = storageOn();
    const item = { n: 1 };
    const writing = storage.write({ a: item });
    item.n = 2;
    await writing;
    expect((await storage.read(['a'])).a.n).toBe(1);
  });
});

test('a disk that is full is said as that, and what was there stays', async () => {
  const storage = storageOn();
  await storage.write({ a: { n: 1 } });
  const { database } = storage as unknown as { database: DatabaseSync };
  database.exec('PRAGMA max_page_count = 6');
  await expect(storage.write({ b: { text: 'x'.repeat(100_000) } })).rejects.toThrow('full');
  expect((await storage.read(['a', 'b'])).a).toMatchObject({ n: 1 });
  await storage.write({ a: { n: 2 } });
  expect((await storage.read(['a'])).a.n).toBe(2);
});

describe('what was erased', () => {
  const SECRET = 'the-answer-that-must-go-4711';
  const filesWithSecret = () =>
    ['', '-wal', '-shm', '-journal']
      .map((ending) => file + ending)
      .filter((path) => existsSync(path) && readFileSync(path).includes(SECRET));

  test('is in no file any more, the log included', async () => {
    const storage = storageOn();
    // Small and large values (these have pages of their own), and an older state of each.
    for (const size of [1, 400]) {
      await storage.write({ a: { first: SECRET.repeat(size) }, b: { stays: 'x'.repeat(5000) } });
      await storage.write({ a: { second: SECRET.repeat(size) } });
      expect(filesWithSecret()).not.toEqual([]);
      await storage.delete(['a']);
      expect(filesWithSecret()).toEqual([]);
    }
    expect((await storage.read(['b'])).b.stays).toHaveLength(5000);
    await storage.delete(['a', 'never there']);
  });

  test('by age: what is older goes, and its text; what was touched since stays', async () => {
    let now = 1_000_000;
    const storage = storageOn(file, () => now);
    await storage.write({ old: { text: SECRET }, touched: { n: 1 } });
    now += 5000;
    await storage.write({ touched: { n: 2 }, new: { n: 3 } });
    now += 5000;
    expect(storage.sweep(20_000)).toBe(0);
    expect(storage.sweep(5000)).toBe(1);
    expect(Object.keys(await storage.read(['old', 'touched', 'new']))).toEqual(['touched', 'new']);
    expect(filesWithSecret()).toEqual([]);
  });
});

test('kill -9 between writes loses nothing that was written', async () => {
  const script = join(folder, 'writer.ts');
  writeFileSync(
    script,
    `import { SqliteStorage } from ${JSON.stringify(new URL('../../src/storage/sqlite-storage.ts', import.meta.url).href)};
     const storage = new SqliteStorage(${JSON.stringify(file)});
     for (let i = 1; ; i++) {
       await storage.write({ ['key' + i]: { i } });
       process.stdout.write(i + '\\n');
       if (i % 50 === 0) await new Promise((done) => setTimeout(done, 1));
     }`,
  );
  for (let round = 0; round < 2; round++) {
    const child = spawn(process.execPath, ['--no-warnings', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (data) => {
      said += data;
      if (said.length > 3000) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const written = said.split('\n').slice(0, -1).map(Number);
    expect(written.length).toBeGreaterThan(100);
    const storage = storageOn();
    const keys = written.map((i) => `key${i}`);
    const items = await storage.read(keys);
    expect(keys.filter((key) => !items[key])).toEqual([]);
  }
}, 20_000);

test('a turn of the storage, read and write, takes well under a millisecond', async () => {
  const storage = storageOn();
  const item = {
    conversation: {
      log: Array.from({ length: 20 }, (_, i) => ({
        fact: `child.fact${i}`,
        child: 0,
        answer: { value: 'yes' },
      })),
    },
  };
  const turn = async (i: number) => {
    const { a } = await storage.read(['a']);
    await storage.write({ a: { ...item, i, eTag: a?.eTag } });
  };
  for (let i = 0; i < 2000; i++) await turn(i);
  const start = performance.now();
  for (let i = 0; i < 2000; i++) await turn(i);
  const each = (performance.now() - start) / 2000;
  measured('a turn of the storage', each, 0.05);
});
