import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assess, NOT_APPLICABLE, SILENT } from '../../src/engine/assess.ts';
import { answersFrom, played, runs, toldIn, worlds } from './arbitraries.ts';

/** Counts how often each thing comes up, so that no law holds only because nothing ever happens. */
function tally(): { add: (what: string) => void; counts: Map<string, number> } {
  const counts = new Map<string, number>();
  return { counts, add: (what) => counts.set(what, (counts.get(what) ?? 0) + 1) };
}

test('generated families come to every outcome, with silences and facts that do not apply', () => {
  const { add, counts } = tally();
  fc.assert(
    fc.property(
      worlds().chain((world) => toldIn(world).map((answers) => ({ world, answers }))),
      ({ world, answers }) => {
        const { children, family } = assess(world.model, answersFrom(world, answers), world.date);
        for (const { kind } of family) add(kind);
        for (const status of children[0]?.state.status ?? []) {
          if (status === NOT_APPLICABLE) add('does not apply');
          if (status === SILENT) add('silent');
        }
      },
    ),
    runs(300),
  );
  for (const what of ['qualifies', 'may', 'later', 'held', 'ruled_out', 'does not apply', 'silent'])
    expect(counts.get(what), what).toBeGreaterThan(5);
});

test('generated conversations come to every screen and send every message', () => {
  const { add, counts } = tally();
  fc.assert(
    fc.property(played, ({ turns }) => {
      for (const { message, replies } of turns) {
        add(message.type);
        for (const { kind } of replies) add(`reply ${kind}`);
      }
    }),
    runs(300),
  );
  const messages =
    'start topics answer back ask show entry children go_on continue language danger unreadable'.split(' ');
  const replies = 'notice danger topics question found answers entry price'.split(' ');
  for (const what of [...messages, ...replies.map((kind) => `reply ${kind}`)])
    expect(counts.get(what), what).toBeGreaterThan(5);
});
