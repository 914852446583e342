import type { Content } from '../content/content.ts';
import type { Link } from './spoken.ts';
import type { Voice } from './voice.ts';

/** @returns the title of an entry with its id. */
export function linkTo(content: Content, voice: Voice, id: string): Link {
  return { id, title: voice.content(`${id}.title`, content.entries.get(id)?.title ?? id) };
}
