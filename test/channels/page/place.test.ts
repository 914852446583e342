import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ConfigError } from '../../../src/config.ts';
import { type Running, start } from '../../../src/server.ts';
import { type Got, get, post, TODAY } from './serve.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'fingerpost-place-'));
const config = { port: 0, host: '127.0.0.1', dataDir, retentionHours: 24 };
let running: Running;
beforeAll(async () => {
  running = await start(config, () => TODAY);
}, 60_000);
afterAll(async () => {
  await running.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const say = (fields: Record<string, string>) => post(running.url, '/conversation', fields);
const answer = (page: Got, fact: string, fields: Record<string, string>) =>
  say({ conversation: page.id, fact, child: '0', do: 'answer', ...fields });

/** @returns the page that asks where they live. */
async function asked(nation = 'england'): Promise<Got> {
  const first = await say({ conversation: '', do: 'topics none' });
  await answer(first, 'household.nation', { value: nation });
  return say({ conversation: first.id, do: 'ask household.area 0' });
}

const place = (page: Got, fields: Record<string, string>) => answer(page, 'household.area', fields);
const recap = (page: Got) => say({ conversation: page.id, do: 'show answers' });

test('is asked in one field that takes a postcode, a half of one or a name', async () => {
  const page = await asked();
  expect(page.fact).toBe('household.area');
  expect(page.html).toContain('the first half of it, or the name of your council');
  expect(page.html).toMatch(/<input[^>]*name="text"[^>]*type="text"/);
  expect(page.html).toMatch(/<input[^>]*autocomplete="off"/);
});

test('a council that is sure is kept by its name', async () => {
  const page = await asked();
  await place(page, { text: 'gu1 1aa' });
  expect((await recap(page)).html).toContain('Surrey County Council');
});

test('what lies in several is asked on the same screen, and one of them is chosen', async () => {
  const page = await asked();
  const which = await place(page, { text: 'BS16 1QQ' });
  expect(which.status).toBe(200);
  expect(which.fact).toBe('household.area');
  expect(which.html).toContain('More than one council is there');
  expect(which.html.match(/type="radio"/g)).toHaveLength(3);
  expect(which.html).toContain('South Gloucestershire Council');
  expect(which.html).not.toContain('Type your postcode');
  // Sent without a choice, the choice is still there.
  const empty = await place(which, {});
  expect(empty.status).toBe(422);
  expect(empty.html.match(/type="radio"/g)).toHaveLength(3);
  await place(which, { value: 'E06000023' });
  expect((await recap(page)).html).toContain('Bristol City Council');
});

test('none of them: it is asked again, by name', async () => {
  const which = await place(await asked(), { text: 'BS16' });
  const again = await place(which, { value: 'other' });
  expect(again.status).toBe(200);
  expect(again.html).toContain('Please type the name of your council');
  expect(again.html).toMatch(/<input[^>]*name="text"/);
});

test('a place that we do not know is asked again, and what was typed is not lost', async () => {
  const again = await place(await asked(), { text: 'Atlantis' });
  expect(again.status).toBe(422);
  expect(again.title).toMatch(/^We could not read that/);
  expect(again.html).toContain('We do not know that place');
  expect(again.html).toContain('value="Atlantis"');
});

test('not sure is an answer', async () => {
  const page = await asked();
  await say({
    conversation: page.id,
    fact: 'household.area',
    child: '0',
    do: 'answer not_sure',
  });
  expect((await recap(page)).html).toContain('Where in England do you live?');
});

test('a postcode of another nation changes the nation, and shows what that costs first', async () => {
  const page = await asked();
  const price = await place(page, { text: 'EH1 1AA' });
  expect(price.html).toContain('Scotland');
  await say({
    conversation: page.id,
    fact: 'household.nation',
    child: '0',
    value: 'scotland',
    do: 'confirm',
  });
  const all = await recap(page);
  expect(all.html).toContain('Scotland');
  expect(all.html).not.toContain('>England<');
});

test('at a border they choose, also the other nation', async () => {
  const which = await place(await asked(), { text: 'CH4' });
  expect(which.html).toContain('Wales');
  expect(which.html).toContain('Cheshire West and Chester Council');
  const price = await place(which, { value: 'wales' });
  expect(price.html).toMatch(/England/);
  expect(price.html).toMatch(/Wales/);
});

test('where the nation is not known, a postcode tells both', async () => {
  const first = await say({ conversation: '', do: 'topics none' });
  const page = await say({ conversation: first.id, do: 'ask household.area 0' });
  await place(page, { text: 'GU1' });
  const all = await recap(page);
  expect(all.html).toContain('England');
  expect(all.html).toContain('Surrey County Council');
});

test.for(['E99999999', 'surrey', 'X99000002', '__proto__'])(
  'a code of nobody (%s) is no answer',
  async (value) => {
    const page = await asked();
    await place(page, { value });
    expect((await recap(page)).html).not.toContain(value);
  },
);

test('an entry about a local thing names the council, or asks for it', async () => {
  const page = await asked();
  const before = await say({ conversation: page.id, do: 'entry sendiass' });
  expect(before.html).toContain('value="ask household.area 0"');
  await place(page, { text: 'Bristol' });
  const after = await say({ conversation: page.id, do: 'entry sendiass' });
  expect(after.html).toContain('Your council is Bristol City Council.');
  expect(after.html).toContain('href="https://www.bristol.gov.uk/');
  const wales = await asked('wales');
  const other = await say({ conversation: wales.id, do: 'entry carers-centre-local' });
  expect(other.html).not.toContain('household.area');
});

describe('a postcode', () => {
  test('never leaves the reader: not in the file, not in a log, not in an address', async () => {
    const logged: unknown[] = [];
    const spies = (['log', 'warn', 'error', 'info'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation((...args) => void logged.push(...args)),
    );
    const page = await asked();
    const which = await place(page, { text: 'BS16 7QZ' });
    const unknown = await place(which, { text: 'QQ7 7QZ' });
    const done = await place(unknown, { text: 'GU1 7QZ' });
    for (const spy of spies) spy.mockRestore();
    const kept = readdirSync(dataDir)
      .map((name) => readFileSync(join(dataDir, name), 'latin1'))
      .join('\n');
    expect(kept).toContain('E10000030');
    for (const typed of ['7QZ', '7qz', 'BS16 7', 'QQ7', 'GU1 7']) {
      expect(kept).not.toContain(typed);
      expect(JSON.stringify(logged)).not.toContain(typed);
      expect(done.html).not.toContain(typed);
      for (const one of [page, which, unknown, done])
        expect(
          `${one.headers.get('location')} ${[...one.html.matchAll(/(?:href|action)="([^"]*)"/g)]}`,
        ).not.toContain(typed);
    }
    expect(which.html).not.toContain('7QZ');
  });
});

describe('the invented council', () => {
  test('is not shown to real families', async () => {
    for (const path of ['/', '/entry/example-saturday-club', '/help'])
      expect((await get(running.url, path)).html).not.toContain('not a real place');
    const page = await asked();
    for (const text of ['Example Council', 'example', 'BS1', 'X99'])
      expect((await place(page, { text })).html).not.toContain('not a real place');
  });

  test('is shown when its very code is typed', async () => {
    const page = await asked();
    await place(page, { text: 'X99000001' });
    const entry = await say({ conversation: page.id, do: 'entry sendiass' });
    expect(entry.html).toContain('Example SENDIASS (not a real service)');
    const breaks = await say({ conversation: page.id, do: 'entry short-breaks' });
    expect(breaks.html).toContain('value="entry example-saturday-club"');
    const club = await say({ conversation: page.id, do: 'entry example-saturday-club' });
    expect(club.html).toContain('Example Saturday club (not a real club)');
  });

  test('has its brand and its texts where the page is its own', async () => {
    const own = mkdtempSync(join(tmpdir(), 'fingerpost-place-'));
    const its = await start({ ...config, dataDir: own, area: 'X99000001' }, () => TODAY);
    try {
      const page = await get(its.url, '/');
      expect(page.html).toContain('Example Council (not a real place)');
      expect(page.html).toContain('This page is an example of a council that does not exist.');
      const sheet = /href="(\/assets\/page\.[^"]+)"/.exec(page.html)?.[1] ?? '';
      expect((await get(its.url, sheet)).html).toContain('--green:#5a2a6e');
      // In Urdu it says nothing of its own, so the rest is as everywhere.
      expect((await get(its.url, '/?lang=ur')).status).toBe(200);
    } finally {
      await its.stop();
      rmSync(own, { recursive: true, force: true });
    }
  });

  test('a page of a council without a folder does not start', async () => {
    await expect(start({ ...config, area: 'E06000023' })).rejects.toThrow(ConfigError);
  });
});
