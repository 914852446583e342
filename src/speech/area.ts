import { besidesIn } from '../content/area-content.ts';
import type { Content } from '../content/content.ts';
import type { EntryText } from '../content/schemas.ts';
import { type Assessment, KNOWN, NOT_APPLICABLE } from '../engine/assess.ts';
import { hasEnded } from '../engine/authorities.ts';
import { AREA_FACT } from '../engine/entries.ts';
import { askOf, placeInWords } from './facts.ts';
import { dateInWords } from './figures.ts';
import { linkTo } from './links.ts';
import type { SpokenLocal } from './spoken.ts';
import type { Voice } from './voice.ts';

/**
 * What an entry says of the family's own area: its council, or the question about it.
 * @param date "YYYY-MM-DD": authorities begin and end
 * @returns undefined where the entry is not about a local thing, or they do not live in England
 */
export function speakLocal(
  content: Content,
  voice: Voice,
  id: string,
  text: EntryText,
  assessment: Assessment | undefined,
  date: string,
): SpokenLocal | undefined {
  const index = content.model.factIndex.get(AREA_FACT);
  const state = assessment?.children[0]?.state;
  if (index === undefined || !state || state.status[index] === NOT_APPLICABLE) return undefined;
  const code = state.status[index] === KNOWN ? String(state.values[index]) : undefined;
  const besides = besidesIn(content, code, id).map((other) => linkTo(content, voice, other));
  if (text.local === undefined && besides.length === 0) return undefined;
  if (code === undefined)
    return { ask: { fact: AREA_FACT, child: 0, ask: askOf(content, voice, AREA_FACT) }, besides };
  const authority = content.authorities.get(code);
  const name = placeInWords(content, voice, code).text;
  const ended = hasEnded(authority, date) ? authority?.until : undefined;
  return {
    council: authority && {
      text: voice.say('area.council', { name }),
      website: { url: authority.website, text: voice.say('area.website', { name }) },
      ended:
        ended === undefined
          ? undefined
          : voice.say('area.ended', { name, date: dateInWords(ended, voice.language.code) }),
    },
    besides,
  };
}
