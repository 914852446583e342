import { type Check, Findings } from './check.ts';
import { plainDigits, writtenAnyhow } from './phone-numbers.ts';
import { flatTexts } from './texts.ts';

/** Fields for curators: they may tell why a number is no longer there. */
const FOR_CURATORS = new Set(['note', 'doubts', 'reason']);

/** Numbers that must not come back (knowledge/dead-numbers.yaml), anywhere in the content and in every language. */
export const deadNumbers: Check = (loaded) => {
  const found = new Findings(loaded.files);
  const dead = Object.entries(loaded.data.deadNumbers).map(([number, why]) => ({
    number,
    why,
    written: writtenAnyhow(number),
  }));
  const seen = new Set(['knowledge/dead-numbers.yaml']);
  for (const [key, { file, data }] of loaded.files) {
    // An entry's file stands under its path and under its id.
    if (seen.has(file)) continue;
    seen.add(file);
    for (const { path, text } of flatTexts(data)) {
      if (path.some((step) => FOR_CURATORS.has(String(step)))) continue;
      const plain = plainDigits(text);
      for (const { number, why, written } of dead) {
        if (written.test(plain))
          found.fault(key, path, `"${number}" is a number that must not be given`, why);
      }
    }
  }
  return found.list;
};
