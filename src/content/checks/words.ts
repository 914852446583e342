import { type Check, Findings } from './check.ts';
import { everyText } from './texts.ts';

/** Words that are hard or that hurt: knowledge/words-to-avoid.yaml. */
export const words: Check = (loaded) => {
  const found = new Findings(loaded.files);
  const avoid = loaded.style.avoid.flatMap(({ avoid, write }) =>
    avoid.map((word) => ({
      word,
      write,
      pattern: new RegExp(`(?<![\\p{L}-])${escapeForPattern(word)}(?![\\p{L}-])`, 'iu'),
    })),
  );
  const official = Object.values(loaded.style.abbreviations.explain).map(
    (full) => new RegExp(escapeForPattern(full), 'giu'),
  );
  for (const { file, path, text } of everyText(loaded)) {
    // In quotes or brackets a word may stand: parents must know it when they meet it.
    let ours = text.replace(/"[^"]*"|“[^”]*”|\([^)]*\)/g, ' ');
    // What a thing is called by law is its name: "additional learning needs".
    for (const name of official) ours = ours.replace(name, ' ');
    for (const { word, write, pattern } of avoid) {
      if (pattern.test(ours)) found.fault(file, path, `"${word}" is a word we avoid`, `write: ${write}`);
    }
  }
  return found.list;
};

function escapeForPattern(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s+');
}
