import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createAccessLog } from '../../src/http/access-log.ts';

const ACCESS = {
  time: new Date('2026-11-22T12:00:00Z'),
  method: 'GET',
  route: '/entry/:id',
  status: 200,
  ms: 1.2345,
  bytes: 10_000,
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('writes a line of JSON, soon', () => {
  const written: string[] = [];
  const { log } = createAccessLog((lines) => written.push(lines));
  log(ACCESS);
  log({ ...ACCESS, status: 304 });
  expect(written).toEqual([]);
  vi.advanceTimersByTime(250);
  expect(written.join('')).toBe(
    '{"time":"2026-11-22T12:00:00.000Z","method":"GET","route":"/entry/:id","status":200,"ms":1.2,"bytes":10000}\n' +
      '{"time":"2026-11-22T12:00:00.000Z","method":"GET","route":"/entry/:id","status":304,"ms":1.2,"bytes":10000}\n',
  );
});

it('holds little back, and nothing at the end', () => {
  const written: string[] = [];
  const { log, flush } = createAccessLog((lines) => written.push(lines));
  for (let i = 0; i < 1000; i++) log(ACCESS);
  expect(written.length).toBeGreaterThan(1);
  flush();
  expect(written.join('').trimEnd().split('\n')).toHaveLength(1000);
  flush();
  vi.advanceTimersByTime(1000);
  expect(written.join('').trimEnd().split('\n')).toHaveLength(1000);
});

it('writes nothing but what it is for', () => {
  const written: string[] = [];
  const { log, flush } = createAccessLog((lines) => written.push(lines));
  log({ ...ACCESS, url: '/entry/quillfeather' } as typeof ACCESS);
  flush();
  expect(written.join('')).not.toContain('quillfeather');
});
