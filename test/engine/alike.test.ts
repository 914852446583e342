/** What families share in memory, because the rules know the same of them, changes nothing for any of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Answers, assess, assessChild, readState } from '../../src/engine/assess.ts';
import { nextQuestion } from '../../src/engine/questions.ts';
import { answersFrom, runs, TOPICS, toldIn, type World, worlds } from './arbitraries.ts';

/** A world, and many families who live in it: few facts, so that some of them are alike. */
const neighbours = worlds().chain((world) =>
  fc
    .array(toldIn(world), { minLength: 2, maxLength: 12 })
    .map((all) => ({ world, families: all.map((told) => answersFrom(world, told)) })),
);

const assessed = ({ model, date }: World, answers: Answers) => assess(model, answers, date);

describe('whoever came before', () => {
  test('outcomes are those that are worked out for the child alone', () => {
    let shared = 0;
    fc.assert(
      fc.property(neighbours, ({ world, families }) => {
        const seen = new Set<string>();
        for (const answers of families) {
          const { children, alike } = assessed(world, answers);
          const [only] = children;
          expect(only?.outcomes).toEqual(
            assessChild(world.model, readState(world.model, answers, 0, world.date)),
          );
          if (alike !== undefined && seen.has(alike)) shared++;
          if (alike !== undefined) seen.add(alike);
        }
      }),
      runs(300),
    );
    // Otherwise nothing was tried.
    expect(shared).toBeGreaterThan(20);
  });

  test('with two children, too', () => {
    fc.assert(
      fc.property(neighbours, ({ world, families }) => {
        for (const [i, { family, children }] of families.entries()) {
          const other = families[i - 1] ?? families[0];
          const answers = { family, children: [...children, ...(other?.children ?? [])] };
          assessed(world, answers).children.forEach(({ outcomes }, child) => {
            const state = readState(world.model, answers, child, world.date);
            expect(outcomes).toEqual(assessChild(world.model, state));
          });
        }
      }),
      runs(150),
    );
  });

  test('the next question is the one that is chosen for the family alone', () => {
    fc.assert(
      fc.property(
        neighbours,
        fc.array(fc.subarray([...TOPICS]), { minLength: 3, maxLength: 3 }),
        ({ world, families }, topics) => {
          for (const [i, answers] of families.entries()) {
            const assessment = assessed(world, answers);
            const { alike: _, ...alone } = assessment;
            const of = topics[i % 3] ?? [];
            for (const asked of [0, 4, 5, 9]) {
              const ask = (one: typeof alone) => nextQuestion(world.model, one, of, asked, world.date);
              expect(ask(assessment)).toEqual(ask(alone));
            }
          }
        },
      ),
      runs(200),
    );
  });
});

test('no value is in what marks families as alike: only how it stands to the tests', () => {
  fc.assert(
    fc.property(neighbours, ({ world, families }) => {
      const lengths = new Set(families.flatMap((one) => assessed(world, one).alike?.length ?? []));
      expect(lengths.size).toBeLessThan(2);
    }),
    runs(100),
  );
});
