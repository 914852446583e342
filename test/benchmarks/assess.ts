/**
 * One assessment of every entry, for one child.
 *
 * Ours starts from the answers as a conversation has them, works out which facts apply, and says of each entry how
 * it stands (five kinds), why, and what is missing. The peers get the facts worked out beforehand and say yes or no
 * only. They have the very rules of the content, translated by code; they must say yes exactly where we say
 * "qualifies", or nothing is timed.
 *
 * What was worked out for a family is remembered for those of whom the rules know the same. So the first comparison is
 * on strangers: more generated families than are remembered, no two alike. Real families come round again and again,
 * and are found again.
 */
import { type Answers, assess } from '../../src/engine/assess.ts';
import { readContentOnce } from '../families/families.ts';
import { jsonLogic } from './peers/json-logic.ts';
import { jsonRulesEngine } from './peers/json-rules-engine.ts';
import type { Peer } from './peers/peer.ts';
import { publicodes } from './peers/publicodes.ts';
import { measure, printTimes, type Side } from './rounds.ts';
import { complete, DATE, factsOf, realFamilies, seeded } from './samples.ts';

/** Of these all peers must say what we say. */
const GENERATED = 200;
/** More than are remembered: each is worked out. */
const STRANGERS = 2500;

const { model } = await readContentOnce();
const random = seeded(1);
const real = realFamilies(await readContentOnce());
// Yes or no can only be compared where every fact is known: the real families with the rest filled in, and more.
const completed = real.map((answers) => complete(model, answers, random));
const strangers = Array.from({ length: STRANGERS }, () =>
  complete(model, { family: {}, children: [{}] }, random),
);
const families = [...completed, ...strangers.slice(0, GENERATED)];

const fast = [jsonLogic(model, DATE, 'one'), jsonLogic(model, DATE, 'each')];
const slow = [jsonRulesEngine(model, DATE), publicodes(model, DATE)];

console.log(
  `  ${model.entries.length} entries, ${model.tests.length} distinct tests, ${model.facts.length} facts`,
);
console.log(`  ${real.length} children of real families, completed; ${STRANGERS} generated families`);
const mismatches =
  (await disagreements([...fast, ...slow], families)) + (await disagreements(fast, strangers));
console.log(`  mismatches: ${mismatches}`);
if (mismatches > 0) process.exit(1);

console.log('\n  every fact known, strangers:');
printTimes(
  await measure(
    [ours('Fingerpost, with reasons', strangers), ...fast.map((peer) => theirs(peer, strangers))],
    {
      rounds: 9,
      atLeast: 150,
    },
  ),
);
console.log('\n  every fact known, real families:');
printTimes(
  await measure(
    [ours('Fingerpost, with reasons', completed), ...slow.map((peer) => theirs(peer, completed))],
    {
      rounds: 3,
      atLeast: 150,
    },
  ),
);
console.log('\n  real families as they stand, much unknown (the peers have no answer to that):');
printTimes(
  await measure([ours('Fingerpost, with reasons and missing facts', real)], { rounds: 9, atLeast: 150 }),
);

function ours(name: string, samples: readonly Answers[]): Side {
  return {
    name,
    count: samples.length,
    run: () => {
      for (const answers of samples) assess(model, answers, DATE);
    },
  };
}

function theirs(peer: Peer, samples: readonly Answers[]): Side {
  const prepared = samples.map((answers) => peer.prepare(factsOf(model, answers)));
  const waits = peer.assess(prepared[0]) instanceof Promise;
  return {
    name: peer.name,
    count: samples.length,
    run: waits
      ? async () => {
          for (const one of prepared) await peer.assess(one);
        }
      : () => {
          for (const one of prepared) peer.assess(one);
        },
  };
}

/** @returns how many yes-or-no answers of the peers differ from ours, over all families and entries. */
async function disagreements(peers: readonly Peer[], samples: readonly Answers[]): Promise<number> {
  let count = 0;
  for (const answers of samples) {
    const yes = assess(model, answers, DATE).family.map(({ kind }) => kind === 'qualifies');
    for (const peer of peers) {
      const answer = await peer.assess(peer.prepare(factsOf(model, answers)));
      const wrong = yes.flatMap((ours, i) => (ours === answer[i] ? [] : [model.entries[i]?.entry.id]));
      if (wrong.length > 0 && count < 20) console.log(`  ${peer.name}: ${wrong.join(', ')}`);
      count += wrong.length;
    }
  }
  return count;
}
