import { type Answers, assess } from '../../engine/assess.ts';
import { type Entry, NATION_FACT } from '../../engine/entries.ts';
import { signpostsFor } from '../../engine/signposts.ts';
import type { Content } from '../content.ts';
import { type Check, Findings } from './check.ts';
import { possibleFamilies, type Vocabulary } from './possible.ts';
import { vocabularyOf } from './rules.ts';

/** Entries that hardly anybody would see on the first screen, because others always come before them. */
export const firstScreen: Check = ({ content, files }, today) => {
  const found = new Findings(files);
  for (const id of neverOnFirstScreen(content, today)) {
    found.warn(
      `entry:${id}`,
      ['topics'],
      'not even a family that this is made for would see it on the first screen: seven others come before it',
      'give it a main topic that fits it better, or a `when` for whom it is sure; or let it stand behind the others',
    );
  }
  return found.list;
};

/**
 * @returns the entries that no family was found for who would see them on their first screen. For each entry the
 *   families tried are those that it is made for: nothing known of them but what its rule asks for, with one of its
 *   topics, with no topic, or in a danger that it helps in. A family of another kind might still see it, but if these
 *   do not, hardly anybody will.
 */
export function neverOnFirstScreen(content: Content, today: string): string[] {
  const { model, dangers } = content;
  const vocabulary = vocabularyOf(content, today);
  return model.entries.flatMap(({ entry }) => {
    const helpsIn = [...dangers].flatMap(([kind, danger]) =>
      danger.entries.includes(entry.id) ? [kind] : [],
    );
    const seen = madeFor(entry, vocabulary).some((answers) => {
      const assessment = assess(model, answers, today);
      const isFirst = (topics: readonly string[], kinds: readonly string[] = []) =>
        signpostsFor(model, assessment, topics, today, kinds).first.some((one) => one.entry === entry.id);
      return (
        entry.topics.some((topic) => isFirst([topic])) ||
        helpsIn.some((kind) => isFirst([], [kind])) ||
        isFirst([])
      );
    });
    return seen ? [] : [entry.id];
  });
}

/** @returns families that an entry is for, in each of its nations and by each of its routes. */
function madeFor({ when, mayWhen, held, nations }: Entry, vocabulary: Vocabulary): Answers[] {
  const routes = [when, mayWhen].filter((rule) => rule !== undefined);
  const rules = (routes.length > 0 ? routes : [{ all: [] }]).map((route) =>
    held ? { all: [route, { not: held }] } : route,
  );
  return nations.flatMap((nation) => {
    const families = possibleFamilies(rules, vocabulary, { [NATION_FACT]: [nation] });
    return rules.flatMap((_, i) => {
      const answers = families.example(i);
      return answers ? [{ ...answers, family: { ...answers.family, [NATION_FACT]: { value: nation } } }] : [];
    });
  });
}
