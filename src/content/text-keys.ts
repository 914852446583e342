import { createHash } from 'node:crypto';
import type { Content } from './content.ts';
import type { DangerAnswer, EntryText, FactText, StageText, TopicText } from './schemas.ts';

/** A text of the content, by the key that translations use: `child.age.ask`, `carers-allowance.steps.2`. */
export type TextKey = string;

/** @returns the first eight hex digits of the SHA-256 of an English text: a translation of it carries them. */
export function fingerprint(english: string): string {
  return createHash('sha256').update(english.trim()).digest('hex').slice(0, 8);
}

function flatten(into: Map<TextKey, string>, key: string, value: unknown): void {
  if (typeof value === 'string') into.set(key, value);
  else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) flatten(into, `${key}.${i + 1}`, item);
  } else if (value && typeof value === 'object') {
    for (const [name, item] of Object.entries(value)) flatten(into, `${key}.${name}`, item);
  }
}

const FACT_FIELDS = ['ask', 'why', 'help', 'labels', 'said'] as const satisfies (keyof FactText)[];
const ENTRY_FIELDS = [
  'title',
  'summary',
  'who',
  'first_step',
  'steps',
  'have_ready',
  'watch_out',
  'myths',
  'refused_steps',
] as const satisfies (keyof EntryText)[];
/** A stage goes by its id, so that its translation stays with it when another comes between. */
const STAGE_FIELDS = [
  'title',
  'what',
  'when',
  'first',
  'meanwhile',
  'myth',
] as const satisfies (keyof StageText)[];
const TOPIC_FIELDS = ['title', 'about'] as const satisfies (keyof TopicText)[];
const DANGER_FIELDS = ['title', 'say', 'after', 'ask', 'options'] as const satisfies (keyof DangerAnswer)[];

/** @returns the key of a clock's label: by the clock's id if it has one, else by its place. */
export function clockKey(entry: string, clock: { readonly id?: string }, index: number): TextKey {
  return `${entry}.clocks.${clock.id ?? index + 1}`;
}

/** @returns the beginning of the keys of a stage's texts. */
export function stageKey(entry: string, stage: { readonly id: string }): TextKey {
  return `${entry}.stages.${stage.id}`;
}

/** @returns the key of what a word means. */
export function glossaryKey(id: string): TextKey {
  return `glossary.${id}`;
}

/** Each file of a language folder that translates content, with the English that it translates. */
export const TRANSLATED_FILES = ['facts', 'topics', 'dangers', 'entries'] as const;
export type TranslatedFile = (typeof TRANSLATED_FILES)[number];

/** @returns every English text of the content that a parent may read, by key, in the content's order. */
export function englishTexts(
  content: Pick<Content, 'facts' | 'topics' | 'glossary' | 'dangers' | 'entries'>,
  file: TranslatedFile,
): Map<TextKey, string> {
  const texts = new Map<TextKey, string>();
  const add = (id: string, item: object, fields: readonly string[]) => {
    for (const field of fields) flatten(texts, `${id}.${field}`, (item as Record<string, unknown>)[field]);
  };
  if (file === 'facts') for (const [id, fact] of content.facts) add(id, fact, FACT_FIELDS);
  if (file === 'topics') {
    for (const [id, topic] of content.topics) add(id, topic, TOPIC_FIELDS);
    for (const [id, { text }] of content.glossary) texts.set(glossaryKey(id), text);
  }
  if (file === 'dangers')
    // A kind of danger and a topic may have the same name.
    for (const [id, danger] of content.dangers) add(`danger.${id}`, danger, DANGER_FIELDS);
  if (file === 'entries') {
    for (const [id, entry] of content.entries) {
      add(id, entry, ENTRY_FIELDS);
      entry.clocks?.forEach((clock, i) => {
        texts.set(clockKey(id, clock, i), clock.label);
      });
      for (const stage of entry.stages ?? []) {
        const key = stageKey(id, stage);
        add(key, stage, STAGE_FIELDS);
        if (stage.clock) texts.set(`${key}.clock.label`, stage.clock.label);
      }
    }
  }
  return texts;
}
