import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Conversations } from '../../../src/channels/directline/conversations.ts';
import { LIMITS, type Limits } from '../../../src/channels/directline/limits.ts';

const MINUTE = 60_000;

function held(limits: Partial<Limits>) {
  const clock = { now: 1_000_000 };
  return { clock, all: new Conversations({ ...LIMITS, ...limits }, () => clock.now) };
}

/** An activity of so many bytes as JSON. */
const written = (number: number, bytes: number) => ({ number, json: `"${'x'.repeat(bytes - 2)}"` });

it('keeps the last activities of a conversation only, by number and by size', () => {
  const { all } = held({ kept: 3, keptBytes: 100 });
  const one = all.create('a', undefined);
  for (let i = 1; i <= 5; i++) all.keep(one, [written(i, 10)]);
  expect(one.kept.map(({ number }) => number)).toEqual([3, 4, 5]);
  all.keep(one, [written(6, 95)]);
  expect(one.kept.map(({ number }) => number)).toEqual([6]);
  // What is larger than all that may be kept is not kept: whoever is there has it by now.
  all.keep(one, [written(7, 101)]);
  expect([one.kept.length, one.bytes, all.bytes]).toEqual([0, 0, 0]);
});

it('counts bytes, not letters', () => {
  const { all } = held({});
  const one = all.create('a', undefined);
  all.keep(one, [{ number: 1, json: '"ŵ আ"' }]);
  expect(all.bytes).toBe(Buffer.byteLength('"ŵ আ"'));
});

it('lets those who are longest silent pay when there is too much of all', () => {
  const { all } = held({ keptBytesInAll: 100 });
  const [a, b, c] = ['a', 'b', 'c'].map((id) => all.create(id, undefined));
  if (!a || !b || !c) throw new Error('not made');
  all.keep(a, [written(1, 40)]);
  all.keep(b, [written(1, 40)]);
  all.keep(a, [written(2, 10)]);
  all.keep(c, [written(1, 40)]);
  expect([a, b, c].map(({ bytes }) => bytes)).toEqual([50, 0, 40]);
  // The conversation itself is still there.
  expect(all.find('b')).toBe(b);
});

it('forgets whole conversations, and their addresses, when nobody is there', () => {
  const { all, clock } = held({ perAddress: 1 });
  const gone = all.create('gone', 'an address');
  const here = all.create('here', 'another');
  here.socket = { send: () => {}, close: () => {} };
  for (const one of [gone, here]) all.keep(one, [written(1, 10)]);
  clock.now += 30 * MINUTE;
  all.sweep();
  expect([all.size, all.addresses, all.bytes]).toEqual([1, 1, 0]);
  all.leave(here);
  clock.now += 30 * MINUTE - 1;
  all.sweep();
  expect(all.size).toBe(1);
  clock.now += 1;
  all.sweep();
  expect([all.size, all.addresses]).toEqual([0, 0]);
  // Who comes late with an answer changes nothing.
  all.keep(gone, [written(2, 10)]);
  expect([all.size, all.bytes]).toEqual([0, 0]);
});

it('does not know again what was said, once it is silent, also where a socket is open', async () => {
  const { all, clock } = held({});
  const one = all.create('a', undefined);
  one.socket = { send: () => {}, close: () => {} };
  const post = (id: string) => one.once('the digest of what was said', async () => id);
  await post('first');
  clock.now += 30 * MINUTE - 1;
  all.sweep();
  expect(await post('second')).toBe('first');
  clock.now += 1;
  all.sweep();
  expect([all.find('a'), await post('third')]).toEqual([one, 'third']);
});

it('never holds more than the limits say, whatever happens', () => {
  const limits = { conversations: 4, perAddress: 2, kept: 3, keptBytes: 60, keptBytesInAll: 100 };
  const act = fc.record({
    what: fc.constantFrom('create', 'keep', 'find', 'sweep', 'socket', 'leave', 'end'),
    who: fc.integer({ min: 0, max: 9 }),
    amount: fc.integer({ min: 2, max: 80 }),
    later: fc.constantFrom(0, 1, MINUTE, 31 * MINUTE),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const { all, clock } = held(limits);
      const made = new Map<number, ReturnType<typeof all.create>>();
      for (const { what, who, amount, later } of acts) {
        clock.now += later;
        const one = made.get(who);
        if (what === 'sweep') all.sweep();
        else if (what === 'create') {
          if (all.find(`${who}`)) continue;
          try {
            made.set(who, all.create(`${who}`, who % 3 === 0 ? undefined : `address ${who % 3}`));
          } catch (error) {
            expect((error as { status: number }).status).toBe(429);
          }
        } else if (one) {
          if (what === 'keep') all.keep(one, [written(one.stamp().number, amount)]);
          else if (what === 'find') all.find(one.id);
          else if (what === 'socket') one.socket = { send: () => {}, close: () => {} };
          else if (what === 'leave') all.leave(one);
          else all.forgetBefore(one, one.watermark);
        }
        const there = [...made.values()];
        expect(all.size).toBeLessThanOrEqual(limits.conversations);
        expect(all.addresses).toBeLessThanOrEqual(all.size);
        expect(all.bytes).toBeLessThanOrEqual(limits.keptBytesInAll);
        expect(all.bytes).toBe(there.reduce((sum, { bytes }) => sum + bytes, 0));
        for (const { kept, bytes } of there) {
          expect(kept.length).toBeLessThanOrEqual(limits.kept);
          expect(bytes).toBeLessThanOrEqual(limits.keptBytes);
          expect(bytes).toBe(kept.reduce((sum, { json }) => sum + json.length, 0));
        }
      }
    }),
  );
});
