import { englishTexts, fingerprint, TRANSLATED_FILES, type TranslatedFile } from '../text-keys.ts';
import { type Check, type Checked, Findings } from './check.ts';
import { placeholdersIn } from './texts.ts';

/** Translations of the content that do not fit the English. */
export const translations: Check = (loaded) => {
  const found = new Findings(loaded.files);
  const english = Object.fromEntries(
    TRANSLATED_FILES.map((name) => [name, englishTexts(loaded.content, name)]),
  ) as Record<TranslatedFile, Map<string, string>>;
  for (const { code, translations } of loaded.content.languages.values()) {
    if (code === 'en') continue;
    for (const name of TRANSLATED_FILES) {
      const file = `locales/${code}/${name}.yaml`;
      const texts = loaded.files.get(file)?.data ?? {};
      let unstamped = 0;
      for (const key of Object.keys(texts)) {
        const original = english[name].get(key);
        const translation = translations[key];
        if (original === undefined) {
          if (name === 'entries' && isLeftOut(loaded, key)) continue;
          const home = TRANSLATED_FILES.find((other) => english[other].has(key));
          found.fault(
            file,
            [key],
            `there is no text "${key}" to translate`,
            home ? `it belongs in locales/${code}/${home}.yaml` : 'take it out: the English has gone',
          );
        } else if (translation) {
          for (const { says, cure } of misfits(original, translation.text))
            found.fault(file, [key, 'text'], says, cure);
          if (translation.of === undefined) {
            unstamped++;
          } else if (translation.of !== fingerprint(original)) {
            found.warn(
              file,
              [key],
              `"${key}" is stale: the English has changed`,
              `translate it again, then write \`of: "${fingerprint(original)}"\``,
            );
          }
        }
      }
      const missing = [...english[name].keys()].filter((key) => !translations[key]).length;
      if (unstamped > 0) {
        found.warn(
          file,
          [],
          `${unstamped} texts have no fingerprint, so nobody would see when the English changes`,
          'run the command `stamp`',
        );
      }
      if (missing > 0) {
        found.warn(
          file,
          [],
          `${missing} of ${english[name].size} texts are not translated`,
          'until then they are shown in English',
        );
      }
    }
  }
  return found.list;
};

/** @returns whether the key is of an entry that is there and has a fault: that is said already, and its texts come back. */
function isLeftOut({ files, content }: Checked, key: string): boolean {
  const id = key.split('.')[0] ?? '';
  return !content.entries.has(id) && [...files.keys()].some((path) => path.endsWith(`/${id}.yaml`));
}

/**
 * What must be the same in every language: placeholders and numbers.
 * @param free placeholders that may be left out or added ("one child" needs no {{count}})
 */
export function misfits(
  english: string,
  translated: string,
  free: readonly string[] = [],
): { says: string; cure: string }[] {
  const faults: { says: string; cure: string }[] = [];
  const holes = (text: string) => placeholdersIn(text).filter((name) => !free.includes(name));
  for (const name of lacking(holes(english), holes(translated)))
    faults.push({ says: `{{${name}}} is missing`, cure: 'put it where it belongs in the sentence' });
  for (const name of lacking(holes(translated), holes(english)))
    faults.push({ says: `{{${name}}} is not in the English`, cure: 'take it out, or correct its spelling' });
  for (const number of lacking(numbersIn(english), numbersIn(translated)))
    faults.push({ says: `the number ${number} is missing`, cure: 'write it in digits, as the English does' });
  for (const number of lacking(numbersIn(translated), numbersIn(english)))
    faults.push({
      says: `the number ${number} is not in the English`,
      cure: 'use the numbers of the English',
    });
  return faults;
}

/** @returns what `there` has too few of. */
function lacking(here: readonly string[], there: readonly string[]): string[] {
  const left = [...there];
  return here.filter((item) => {
    const i = left.indexOf(item);
    if (i >= 0) left.splice(i, 1);
    return i < 0;
  });
}

/** @returns the numbers of a text, in whatever digits they are written, without the marks between thousands. */
function numbersIn(text: string): string[] {
  return text
    .replace(/\{\{.*?\}\}/g, ' ')
    .replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)))
    .split(/[^\d.,\u00a0]+/)
    .map((number) => number.replace(/\D/g, ''))
    .filter((number) => number !== '');
}

/** Decimal digits stand in blocks of ten, and each block starts where the character before it is no digit. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) as number;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}
