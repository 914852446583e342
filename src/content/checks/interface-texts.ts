import { type Check, Findings } from './check.ts';
import { flatTexts } from './texts.ts';
import { misfits } from './translations.ts';

const FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'];
const PLURAL = new RegExp(`^(.*)_(${FORMS.join('|')})$`);

/** Interface texts that a language misses or has too many of, plural forms that are not its own. */
export const interfaceTexts: Check = (loaded) => {
  const found = new Findings(loaded.files);
  const english = byKey(loaded.content.languages.get('en')?.interface);
  for (const language of loaded.content.languages.values()) {
    const file = `locales/${language.code}/interface.yaml`;
    // A language whose file could not be read has that fault already, and not one more for each text.
    if (!loaded.files.get(file)?.data) continue;
    const texts = byKey(language.interface);
    const forms = new Intl.PluralRules(language.code).resolvedOptions().pluralCategories;

    for (const key of english.keys()) {
      const stem = pluralStem(key, english);
      if (stem === undefined) {
        const text = texts.get(key);
        if (text === undefined) {
          found.fault(
            file,
            key.split('.'),
            `the interface text "${key}" is missing`,
            'translate it from English',
          );
        } else if (language.code !== 'en') {
          for (const { says, cure } of misfits(english.get(key) as string, text))
            found.fault(file, key.split('.'), `"${key}": ${says}`, cure);
        }
        continue;
      }
      if (key !== `${stem}_other`) continue;
      for (const form of FORMS) {
        const path = `${stem}_${form}`.split('.');
        const text = texts.get(`${stem}_${form}`);
        const wanted = (forms as string[]).includes(form);
        if (wanted && text === undefined) {
          found.fault(
            file,
            path,
            `"${stem}" has no form "_${form}"`,
            `${language.info.english_name} has the forms ${forms.map((f) => `_${f}`).join(', ')}`,
          );
        } else if (!wanted && text !== undefined) {
          found.fault(file, path, `${language.info.english_name} has no form "_${form}"`, 'take it out');
        } else if (text !== undefined && language.code !== 'en') {
          for (const { says, cure } of misfits(english.get(key) as string, text, ['count']))
            found.fault(file, path, `"${stem}_${form}": ${says}`, cure);
        }
      }
    }
    for (const key of texts.keys()) {
      const stem = PLURAL.exec(key)?.[1];
      if (english.has(key) || (stem !== undefined && english.has(`${stem}_other`))) continue;
      found.warn(file, key.split('.'), `"${key}" is no interface text`, 'take it out');
    }
  }
  return found.list;
};

function byKey(texts: unknown): Map<string, string> {
  return new Map(flatTexts(texts).map(({ path, text }) => [path.join('.'), text]));
}

/** @returns the key without its plural form; undefined where the key only happens to end like one. */
function pluralStem(key: string, english: ReadonlyMap<string, string>): string | undefined {
  const stem = PLURAL.exec(key)?.[1];
  return stem !== undefined && english.has(`${stem}_other`) ? stem : undefined;
}
