import { describe, expect, test } from 'vitest';
import { BUDGET } from '../../src/engine/conversation.ts';
import { outcomesOf, readContentOnce, readFamilies, shownIn, simulateFamily } from './families.ts';

const content = await readContentOnce();
const families = readFamilies();

test('there are at least forty families, each with a name of its own', () => {
  expect(families.length).toBeGreaterThanOrEqual(40);
  expect(new Set(families.map(({ name }) => name)).size).toBe(families.length);
});

describe.each(families.map((family) => [`${family.name} (${family.file})`, family] as const))(
  '%s',
  (_, family) => {
    test('gets these outcomes', () => {
      const outcomes = outcomesOf(content, family);
      const wanted = family.outcomes ?? {};
      expect(Object.fromEntries(Object.keys(wanted).map((id) => [id, outcomes[id]]))).toEqual(wanted);
    });

    test('is shown what must come, not what must not, and is asked at most fourteen questions', () => {
      const simulation = simulateFamily(content, family);
      const shown = shownIn(simulation);
      const held = simulation.found.signposts.held.map(({ entry }) => entry);
      expect(shown).toEqual(expect.arrayContaining(family.must ?? []));
      const unwanted = (family.must_not ?? []).filter((id) => shown.includes(id) && !held.includes(id));
      expect(unwanted).toEqual([]);
      expect(simulation.asked.length).toBeLessThanOrEqual(BUDGET);
      expect(new Set(simulation.asked).size).toBe(simulation.asked.length);
    });

    test('what may come is not ruled out', () => {
      const outcomes = outcomesOf(content, family);
      const ruledOut = (family.may ?? []).filter(
        (id) => !['qualifies', 'may', 'later', 'held'].includes(outcomes[id] ?? ''),
      );
      expect(ruledOut).toEqual([]);
    });
  },
);

test('the median family is asked eight questions or fewer', () => {
  const counts = families.map((family) => simulateFamily(content, family).asked.length).sort((a, b) => a - b);
  expect(counts[Math.floor(counts.length / 2)]).toBeLessThanOrEqual(8);
});
