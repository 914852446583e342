import { compileModel } from '../engine/model.ts';
import type { Area } from './areas.ts';
import type { Content } from './content.ts';
import type { EntryText } from './schemas.ts';

const made = new WeakMap<Content, Map<string, Content>>();

/**
 * What a family in an area is served with: all that is there for everybody, and what its council adds in its folder.
 * Made once for each area, at first use: other families neither see it nor pay for it.
 * @param code of the authority; undefined where it is not known
 * @returns the content itself where the council has no folder
 */
export function contentIn(content: Content, code: string | undefined): Content {
  const area = code === undefined ? undefined : content.areas.get(code);
  if (!area) return content;
  let known = made.get(content);
  if (!known) {
    known = new Map();
    made.set(content, known);
  }
  let here = known.get(area.code);
  if (!here) {
    here = join(content, area);
    known.set(area.code, here);
  }
  return here;
}

function join(content: Content, area: Area): Content {
  const { model } = content;
  const own = Object.entries(area.entries);
  const replaced = new Map(own.flatMap(([id, { replaces }]) => (replaces ? [[replaces, id] as const] : [])));
  const isKept = (id: string) => !replaced.has(id);
  const entries = model.entries.map(({ entry }) => entry).filter(({ id }) => isKept(id));
  const contacts = new Map([...content.contacts, ...Object.entries(area.contacts)]);
  const withLocal = (text: EntryText): EntryText => {
    const contact = text.local && area.local[text.local];
    const others = (text.contacts ?? []).filter((id) => id !== contact);
    const instead = (id: string) => replaced.get(id) ?? id;
    return {
      ...text,
      ...(contact ? { contacts: [contact, ...others] } : {}),
      ...(text.if_refused ? { if_refused: instead(text.if_refused) } : {}),
      ...(text.stages
        ? {
            stages: text.stages.map((stage) =>
              stage.if_not ? { ...stage, if_not: instead(stage.if_not) } : stage,
            ),
          }
        : {}),
    };
  };
  const texts = [...[...content.entries].filter(([id]) => isKept(id)), ...own];
  return {
    ...content,
    model: compileModel(
      model.facts.map(({ fact }) => fact),
      [...entries, ...area.engine],
      [...content.figures.values()],
      model.dangers,
      model.calendar,
    ),
    entries: new Map(texts.map(([id, text]) => [id, withLocal(text)])),
    contacts,
    sources: new Map([...content.sources, ...Object.entries(area.sources)]),
  };
}

/** @returns the entries of the area that are named beside a national one. */
export function besidesIn(content: Content, code: string | undefined, id: string): string[] {
  const entries = code === undefined ? undefined : content.areas.get(code)?.entries;
  return Object.values(entries ?? {}).flatMap((entry) => (entry.complements === id ? [entry.id] : []));
}

/**
 * The content as a council's own page says it: with the texts of its folder.
 * @param code of the council whose page it is; undefined for a page of nobody's
 */
export function withTextsOf(content: Content, code: string | undefined): Content {
  const area = code === undefined ? undefined : content.areas.get(code);
  if (!area) return content;
  const languages = [...content.languages].map(([language, one]) => {
    const texts = merged(one.interface, area.texts[language] ?? {});
    return [language, { ...one, interface: texts }] as const;
  });
  return { ...content, languages: new Map(languages) };
}

type Texts = Readonly<Record<string, unknown>>;

/** Only what is there already is said in another way: a text under a key that we do not have is never said. */
function merged(texts: Texts, changes: Texts): Texts {
  const changed = Object.entries(texts).map(([key, text]) => {
    const change = changes[key];
    if (isTexts(text)) return [key, isTexts(change) ? merged(text, change) : text];
    return [key, change !== undefined && typeof change === typeof text ? change : text];
  });
  return Object.fromEntries(changed);
}

function isTexts(value: unknown): value is Texts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
