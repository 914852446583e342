import { contentIn } from '../content/area-content.ts';
import { type Content, dangerOf } from '../content/content.ts';
import { openContent } from '../content/open.ts';
import { areaOf } from '../engine/authorities.ts';
import { isDate } from '../engine/facts.ts';
import type { Signpost } from '../engine/signposts.ts';
import { simulate as run, type SimulatedFamily } from '../engine/simulate.ts';
import { createLanguage, type Language } from '../language/language.ts';
import { readFamilyAnswers } from './answers.ts';
import { answerLines, BadLine } from './lines.ts';
import { dayOf, type ExitCode, optionsOf } from './options.ts';

/** Holds a whole conversation a line, with a parent who knows just the facts given. */
export async function simulate(root: string, args: string[]): Promise<ExitCode> {
  const { date } = optionsOf(args, { date: { type: 'string' } });
  const today = dayOf(date);
  const { content } = await openContent(root);
  const language = createLanguage(content);
  const whole = await answerLines((line) => {
    const { family, day } = readFamily(content, language, line, today);
    const { model } = contentIn(
      content,
      areaOf((fact) => family.facts[fact]),
    );
    const { asked, dangers, found } = run(model, family, new Date(`${day}T12:00:00Z`));
    const [kind] = dangers;
    const ids = (signposts: readonly Signpost[]) => signposts.map(({ entry }) => entry);
    const { first, more, later, held } = found.signposts;
    return {
      asked,
      danger: family.danger ?? (kind === undefined ? null : { kind, level: 'interrupt' }),
      topics: family.topics,
      signposts: { first: ids(first), more: ids(more), later: ids(later), held: ids(held) },
    };
  });
  return whole ? 0 : 1;
}

function readFamily(
  content: Content,
  language: Language,
  line: Readonly<Record<string, unknown>>,
  today: string,
): { family: SimulatedFamily; day: string } {
  const { first_message, locale = 'en', facts = {}, children, topics, date = today } = line;
  if (typeof date !== 'string' || !isDate(date))
    throw new BadLine('bad_date', '"date" must be a day like "2026-11-22"');
  if (typeof locale !== 'string' || !content.languages.has(locale))
    throw new BadLine(
      'unknown_locale',
      `"locale" must be one of: ${[...content.languages.keys()].join(', ')}`,
    );
  if (first_message !== undefined && typeof first_message !== 'string') {
    throw new BadLine('no_text', '"first_message" must be a string');
  }
  if (topics !== undefined && !(Array.isArray(topics) && topics.every((id) => content.topics.has(id)))) {
    throw new BadLine(
      'unknown_topic',
      `"topics" must be a list of: ${[...content.topics.keys()].join(', ')}`,
    );
  }
  const typed = first_message ? language.danger(first_message) : null;
  const told = first_message ? language.telling(first_message, locale, today).told : [];
  const { family, children: of } = readFamilyAnswers(content.model, facts, children);
  const [first, ...others] = of;
  const chosen =
    (topics as string[] | undefined) ??
    (first_message ? (language.needs(first_message, typed, { code: locale, told }) ?? []) : []);
  const byTopic = dangerOf(content, chosen);
  return {
    family: {
      topics: chosen,
      facts: { ...family, ...first },
      children: others,
      danger: typed ?? (byTopic ? { kind: byTopic, level: 'interrupt' } : undefined),
      // Of further children only what `children` says: a message may name one whom the parent does not ask about.
      told: told.filter(({ child }) => child === 0),
    },
    day: date,
  };
}
