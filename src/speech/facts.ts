import type { Content } from '../content/content.ts';
import type { FactText } from '../content/schemas.ts';
import { NATION_FACT, NATIONS } from '../engine/entries.ts';
import type { Answer, Fact, Value } from '../engine/facts.ts';
import { ageParts, dateInWords, plainNumber, pounds } from './figures.ts';
import type { Said, Voice } from './voice.ts';

/** @returns the fact as the engine and as the content know it. @throws where the fact does not exist. */
export function factOf(content: Content, id: string): { fact: Fact; text: FactText } {
  const text = content.facts.get(id);
  const fact = content.model.facts[content.model.factIndex.get(id) ?? -1]?.fact;
  if (!text || !fact) throw new Error(`no fact "${id}"`);
  return { fact, text };
}

/** @returns a fact's question. */
export function askOf(content: Pick<Content, 'facts'>, voice: Voice, id: string): Said {
  return voice.content(`${id}.ask`, content.facts.get(id)?.ask ?? id);
}

/** @returns what an option says; yes and no without labels of their own say "Yes" and "No". */
export function optionLabel(content: Content, voice: Voice, id: string, option: string): Said {
  const { text } = factOf(content, id);
  const label = text.labels?.[option];
  if (label) return voice.content(`${id}.labels.${option}`, label);
  return option === 'yes' || option === 'no' ? voice.say(`danger.${option}`) : { text: option, lang: 'en' };
}

/** @returns the name of an authority, or of a nation, in words. A name is the same in every language. */
export function placeInWords(content: Content, voice: Voice, place: string): Said {
  if ((NATIONS as readonly string[]).includes(place)) return optionLabel(content, voice, NATION_FACT, place);
  return { text: content.authorities.get(place)?.name ?? place, lang: voice.language.code };
}

/** @returns a value in words: an option's label, "£204", "7 years old", "3 November 2026". Choices: one each. */
export function valueInWords(content: Content, voice: Voice, id: string, value: Value): Said[] {
  const { fact } = factOf(content, id);
  if (typeof value === 'object') return value.map((option) => optionLabel(content, voice, id, option));
  if (typeof value === 'string') {
    if (fact.type === 'date')
      return [{ text: dateInWords(value, voice.language.code), lang: voice.language.code }];
    if (fact.type === 'place') return [placeInWords(content, voice, value)];
    return [optionLabel(content, voice, id, value)];
  }
  switch (fact.type) {
    case 'money':
      return [{ text: pounds(value), lang: voice.language.code }];
    case 'age': {
      const { unit, count } = ageParts(value);
      return [voice.say(`value.${unit}`, { count })];
    }
    default:
      return [{ text: plainNumber(value), lang: voice.language.code }];
  }
}

/** @returns an answer in words, for the list of answers. */
export function answerInWords(content: Content, voice: Voice, id: string, answer: Answer): Said[] {
  return 'silence' in answer
    ? [voice.say(`answers.${answer.silence}`)]
    : valueInWords(content, voice, id, answer.value);
}

/**
 * @param only of a choices fact, say just these options
 * @returns what was told us, as full sentences: "Your child gets the middle rate of DLA care."
 */
export function toldUs(
  content: Content,
  voice: Voice,
  id: string,
  value: Value,
  only?: readonly string[],
): Said[] {
  const { text } = factOf(content, id);
  if (typeof text.said === 'string') {
    const [words] = valueInWords(content, voice, id, value);
    return [voice.content(`${id}.said`, text.said, { values: { value: words?.text ?? '' } })];
  }
  const said = text.said;
  const options =
    typeof value === 'object' ? value.filter((one) => !only || only.includes(one)) : [String(value)];
  return options.flatMap((option) =>
    said[option] ? [voice.content(`${id}.said.${option}`, said[option])] : [],
  );
}
