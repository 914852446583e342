import { type Check, Findings } from './check.ts';
import { everyText, type Text } from './texts.ts';

const ABBREVIATION =
  /(?<![\p{L}\p{N}.])[A-Z](?:[A-Z&]*[A-Z]|[A-Z]?\d?[A-Z]+)(?=s?(?![\p{L}\p{N}]|\.[A-Z]))/gu;

/** Abbreviations that are not explained where they first stand in an entry, a question, a topic or a danger answer. */
export const abbreviations: Check = (loaded) => {
  const found = new Findings(loaded.files);
  const { explain, known } = loaded.style.abbreviations;
  const items = new Map<string, Text[]>();
  for (const text of everyText(loaded)) {
    if (text.of === 'interface') continue;
    const item = `${text.of} ${text.id}`;
    items.set(item, [...(items.get(item) ?? []), text]);
  }
  for (const texts of items.values()) {
    const seen = new Set(known);
    texts.forEach((text, i) => {
      for (const [short] of text.text.matchAll(ABBREVIATION)) {
        if (seen.has(short)) continue;
        seen.add(short);
        const full = explain[short];
        if (full === undefined) {
          found.warn(
            text.file,
            text.path,
            `"${short}" may be an abbreviation that readers do not know`,
            'write it in full, or put it into knowledge/abbreviations.yaml',
          );
        } else if (!isExplained(short, full, texts, i)) {
          found.warn(
            text.file,
            text.path,
            `"${short}" is not explained where it first stands`,
            `write "${full} (${short})" here`,
          );
        }
      }
    });
  }
  return found.list;
};

/**
 * Whether readers learn what it means: its full form stands there, or brackets explain it ("SENDIASS (free local
 * advice)") or hold it ("the teacher for special needs (SENCO)"). A title has no room, so the text after it counts too.
 */
function isExplained(short: string, full: string, texts: readonly Text[], first: number): boolean {
  const until = (texts[first] as Text).field === 'title' ? first + 2 : first + 1;
  const read = texts
    .slice(0, until)
    .map(({ text }) => text)
    .join(' ');
  return (
    simple(read).includes(simple(full)) ||
    read.includes(`${short} (`) ||
    new RegExp(`\\([^)]*${short}[^)]*\\)`).test(read)
  );
}

function simple(text: string): string {
  return text
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/[\s-]+/g, ' ');
}
