import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Config } from '../../src/config.ts';
import { type Running, start } from '../../src/server.ts';
import { get, post, TODAY } from '../channels/page/serve.ts';

const TOKEN = 't'.repeat(32);
const dataDir = mkdtempSync(join(tmpdir(), 'fingerpost-metrics-'));
const started: Running[] = [];
async function startWith(config: Partial<Config> = {}): Promise<string> {
  const all = { port: 0, host: '127.0.0.1', dataDir, retentionHours: 24, ...config };
  const running = await start(all, () => TODAY);
  started.push(running);
  return running.url;
}
afterAll(async () => {
  for (const running of started) await running.stop();
  rmSync(dataDir, { recursive: true });
});

/** @returns the samples: name with labels, and value */
async function samplesOf(url: string, headers = {}): Promise<Map<string, number>> {
  const { status, html } = await get(url, '/metrics', headers);
  expect(status).toBe(200);
  const lines = html.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [, name = '', value = ''] = /^(\S+(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
      return [name, Number(value)];
    }),
  );
}

describe('metrics', () => {
  let url: string;
  beforeAll(async () => {
    url = await startWith({ area: 'X99000001', rateLimit: 1000 });
    await get(url, '/metrics');
  });

  it('count turns, help, signposts, requests and refusals', async () => {
    const say = (id: string, said: string) =>
      post(url, '/conversation', { conversation: id, do: 'say', fact: 'child.age', child: '0', said });
    const { id } = await post(url, '/conversation', { do: 'topics none' });
    await say(id, 'I want to kill myself');
    await say(id, 'I want to kill myself');
    await post(url, '/conversation', { conversation: id, do: 'show found' });
    await post(url, '/conversation', { conversation: id, do: 'here' });
    await get(url, '/nowhere');
    await get(url, '/entry/blue-badge');
    const samples = await samplesOf(url);
    expect(samples.get('fingerpost_turns_total{channel="page"}')).toBe(5);
    // Said twice, and opened once: it stood there already.
    expect([...samples].filter(([name]) => name.startsWith('fingerpost_danger_answers_total{'))).toEqual([
      ['fingerpost_danger_answers_total{kind="parent-suicide",level="interrupt"}', 1],
    ]);
    const signposts = [...samples].filter(([name]) => name.startsWith('fingerpost_signposts_total{'));
    expect(signposts.length).toBeGreaterThan(2);
    // Shown again, and not counted again.
    expect(new Set(signposts.map(([, value]) => value))).toEqual(new Set([1]));
    expect(samples.get('fingerpost_request_seconds_count{route="/conversation"}')).toBe(5);
    expect(samples.get('fingerpost_request_seconds_count{route="/entry/:id"}')).toBe(1);
    expect(samples.get('fingerpost_refusals_total{code="404"}')).toBe(1);
    expect(samples.has('process_resident_memory_bytes')).toBe(true);
  });

  it('say nothing of anybody, nor of where they live, and cannot be filled from outside', async () => {
    const before = await samplesOf(url);
    const { id } = await post(url, '/conversation', { do: 'text', text: 'Zebedee Quillfeather, BS3 4QQ' });
    const area = { conversation: id, fact: 'household.area', child: '0' };
    await post(url, '/conversation', { ...area, do: 'ask household.area 0' });
    await post(url, '/conversation', { ...area, do: 'answer', value: 'X99000001' });
    await post(url, '/conversation', { conversation: id, do: 'show found' });
    for (let i = 0; i < 50; i++) {
      await get(url, `/quillfeather-${i}`);
      await get(url, `/entry/zebedee-${i}`);
      await post(url, '/conversation', { conversation: id, do: `danger zebedee-${i}` });
    }
    const after = await samplesOf(url);
    const names = [...after.keys()].join('\n');
    for (const one of ['quillfeather', 'Quillfeather', 'zebedee', '4QQ', 'X99000001', 'E06', id])
      expect(names).not.toContain(one);
    // Some signposts that were not shown before, some statuses; nothing for each thing that was sent.
    expect(after.size - before.size).toBeLessThan(40);
  });

  it('count what a council has of its own together, because it tells where a family lives', async () => {
    const counted = async () => {
      const samples = await samplesOf(url);
      return samples.get('fingerpost_signposts_total{entry="other"}') ?? 0;
    };
    const before = await counted();
    const { id } = await post(url, '/conversation', { do: 'topics', topic: 'carer-assessment-breaks' });
    const answer = (fact: string, fields: Record<string, string>) =>
      post(url, '/conversation', { conversation: id, child: '0', fact, do: 'answer', ...fields });
    await answer('household.nation', { value: 'england' });
    await answer('child.age', { text: '7' });
    await answer('household.area', { value: 'X99000001' });
    const { html } = await post(url, '/conversation', { conversation: id, do: 'show found' });
    expect(html).toContain('example-saturday-club');
    expect(await counted()).toBe(before + 1);
    expect([...(await samplesOf(url)).keys()].join()).not.toContain('saturday');
  });

  it('are for the machine itself, unless there is a token', async () => {
    for (const header of ['X-Forwarded-For', 'Forwarded', 'Via'])
      expect([header, (await get(url, '/metrics', { [header]: '127.0.0.1' })).status]).toEqual([header, 404]);
    const own = await startWith({ metricsToken: TOKEN });
    const statusWith = async (authorization?: string) =>
      (await get(own, '/metrics', authorization ? { authorization } : {})).status;
    expect(await statusWith()).toBe(404);
    expect(await statusWith(`Bearer ${TOKEN.replace('t', 'u')}`)).toBe(404);
    expect(await statusWith(`Bearer ${TOKEN}t`)).toBe(404);
    expect(await statusWith(TOKEN)).toBe(404);
    expect(await statusWith(`Bearer ${TOKEN}`)).toBe(200);
  });

  it('with a token are counted from the start; without, from the first time that somebody reads', async () => {
    const [counted, uncounted] = [await startWith({ metricsToken: TOKEN }), await startWith()];
    for (const one of [counted, uncounted]) await post(one, '/conversation', { do: 'topics none' });
    const name = 'fingerpost_turns_total{channel="page"}';
    expect((await samplesOf(counted, { authorization: `Bearer ${TOKEN}` })).get(name)).toBe(1);
    expect((await samplesOf(uncounted)).get(name)).toBeUndefined();
  });
});
