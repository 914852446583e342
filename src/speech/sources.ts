import type { Content } from '../content/content.ts';
import type { EntryText } from '../content/schemas.ts';
import type { SpokenSource } from './spoken.ts';

/** Where the state, the NHS, councils and the Ombudsmen have their pages. All others are somebody's account of the rules. */
const OFFICIAL = ['gov.uk', 'gov.wales', 'gov.scot', 'nhs.uk', 'lgo.org.uk', 'ombudsman.org.uk'];

/** @returns whether readers may be told "official page". */
export function isOfficial(url: string): boolean {
  const { hostname } = new URL(url);
  return OFFICIAL.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}

/** @returns what an entry rests on, in its order. */
export function speakSources(content: Content, text: EntryText): SpokenSource[] {
  return text.sources.flatMap((id) => {
    const source = content.sources.get(id);
    return source ? [{ ...source, official: isOfficial(source.url) }] : [];
  });
}
