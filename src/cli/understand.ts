import { openContent } from '../content/open.ts';
import { explainDanger, explainLikeness } from '../language/danger.ts';
import { createLanguage } from '../language/language.ts';
import { understand as read } from '../language/understand.ts';
import { answerLines, BadLine } from './lines.ts';
import { dayOf, type ExitCode, optionsOf } from './options.ts';

/** Reads a message a line, as the assistant would; with `why`, also says what heard danger: items of the lexicons, examples. */
export async function understand(root: string, args: string[]): Promise<ExitCode> {
  const { date } = optionsOf(args, { date: { type: 'string' } });
  const today = dayOf(date);
  const { content } = await openContent(root);
  const language = createLanguage(content);
  const whole = await answerLines((line) => {
    const { text, locale = 'en', asking, why } = line;
    if (typeof text !== 'string') throw new BadLine('no_text', '"text" must be a string');
    if (typeof locale !== 'string' || !content.languages.has(locale)) {
      throw new BadLine(
        'unknown_locale',
        `"locale" must be one of ${[...content.languages.keys()].join(', ')}`,
      );
    }
    if (asking !== undefined && (typeof asking !== 'string' || !content.facts.has(asking))) {
      throw new BadLine('unknown_fact', `there is no fact "${String(asking)}" to ask for`);
    }
    const { written, danger, topics, told, answer, hedged } = read(text, language, asking, locale, today);
    const value = answer === undefined ? null : 'value' in answer ? answer.value : answer.silence;
    const valuesOf = (child: number) =>
      Object.fromEntries(
        told.flatMap((one) =>
          one.child === child && 'value' in one.answer ? [[one.fact, one.answer.value] as const] : [],
        ),
      );
    const children = Math.max(0, ...told.map(({ child }) => child));
    return {
      locale: written ?? locale,
      danger,
      topics,
      facts: valuesOf(0),
      ...(children > 0 ? { children: Array.from({ length: children }, (_, i) => valuesOf(i + 1)) } : {}),
      answer: value,
      ...(hedged ? { hedged } : {}),
      ...(why === true ? { heard: explainDanger(text, content), like: explainLikeness(text, content) } : {}),
    };
  });
  return whole ? 0 : 1;
}
