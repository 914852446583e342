import i18next, { type i18n } from 'i18next';
import type { Content, Language } from '../content/content.ts';
import { fingerprint } from '../content/text-keys.ts';
import { dayOf } from '../engine/conversation.ts';
import { figureOn } from '../engine/rates.ts';
import { pounds } from './figures.ts';

/** A text as it is said, with the language it is really in: English where there is no translation yet. */
export interface Said {
  readonly text: string;
  readonly lang: string;
  /** The English has changed since this was translated. */
  readonly stale?: boolean;
}

export type Values = Readonly<Record<string, string | number>>;

/** Says things in one language. */
export interface Voice {
  readonly language: Language;
  /** @returns an interface text (locales/<code>/interface.yaml) by its dotted key. */
  readonly say: (key: string, values?: Values) => Said;
  /**
   * @param key of the text (content/text-keys.ts)
   * @param english what stands in the content
   * @param options its `date` is the day that decides the rates
   */
  readonly content: (key: string, english: string, options?: ContentOptions) => Said;
}

export interface ContentOptions {
  readonly values?: Values;
  readonly date?: string;
  /** An entry past its review date no longer states figures. */
  readonly hideRates?: boolean;
}

/**
 * @param today "YYYY-MM-DD" where a text with a rate is said without a day of its own
 * @returns a function that gives the voice for a language code; for a code that there is no folder for, English.
 */
export function createVoices(
  content: Content,
  today: () => string = () => dayOf(new Date()),
): (code: string) => Voice {
  const engine = createEngine(content);
  const voices = new Map<string, Voice>();
  for (const language of content.languages.values())
    voices.set(language.code, createVoice(content, engine, language, today));
  const english = voices.get('en');
  if (!english) throw new Error('locales/en is missing or faulty');
  return (code) => voices.get(code) ?? english;
}

function createEngine(content: Content): i18n {
  const codes = [...content.languages.keys()];
  const engine = i18next.createInstance();
  engine.init({
    resources: Object.fromEntries(
      codes.map((code) => [code, { interface: content.languages.get(code)?.interface ?? {} }]),
    ),
    // A closed list: made-up codes in requests must not grow i18next's caches.
    supportedLngs: codes,
    load: 'currentOnly',
    lng: 'en',
    fallbackLng: 'en',
    defaultNS: 'interface',
    ns: ['interface'],
    // Texts are escaped where they become HTML, in the templates, and only there.
    interpolation: { escapeValue: false },
    returnObjects: true,
    initAsync: false,
    showSupportNotice: false,
  } as Parameters<i18n['init']>[0]);
  return engine;
}

function createVoice(content: Content, engine: i18n, language: Language, today: () => string): Voice {
  const textFor = lookUpOnce(engine, language.code);
  // A phone number stands in the contacts and nowhere else; every text may name this one.
  const always: Values = { samaritans: content.contacts.get('samaritans')?.phone ?? '' };
  return {
    language,
    say: (key, values) => {
      const said = textFor(key, values?.count);
      if (!said.text.includes('{{')) return said;
      const text = said.text.replace(PLACE, (whole, name: string) =>
        String(values?.[name] ?? always[name] ?? whole),
      );
      return { ...said, text };
    },
    content: (key, english, options = {}) => {
      const translation = language.translations[key];
      const said: Said = translation
        ? { text: translation.text, lang: language.code, stale: isStale(translation, english) || undefined }
        : { text: english, lang: 'en' };
      return { ...said, text: fill(content, engine, said, options, today) };
    },
  };
}

/** Where a value is put in: "{{hours}}". */
const PLACE = /\{\{\s*([\w.-]+)\s*\}\}/g;
/** The keys are ours; numbers are what they are. */
const MOST_TEXTS = 5_000;

/**
 * i18next chooses the text (the plural form, or English where there is none), which takes it longer than all the rest of a
 * message. For the same key and number it chooses the same one.
 * @returns the text with its places still empty
 */
function lookUpOnce(engine: i18n, code: string): (key: string, count?: string | number) => Said {
  const translate = engine.getFixedT(code);
  const texts = new Map<string, Said>();
  return (key, count) => {
    const name = count === undefined ? key : `${key} ${count}`;
    let said = texts.get(name);
    if (!said) {
      const { res, usedLng } = translate(key, {
        ...(count === undefined ? {} : { count }),
        skipInterpolation: true,
        returnDetails: true,
      }) as unknown as { res: unknown; usedLng: string };
      said = { text: typeof res === 'string' ? res : key, lang: usedLng ?? 'en' };
      if (texts.size >= MOST_TEXTS) texts.clear();
      texts.set(name, said);
    }
    return said;
  };
}

/** By translation, the English that it was last held against: to work out its mark takes longer than to say it. */
const compared = new WeakMap<object, { readonly english: string; readonly isStale: boolean }>();

function isStale(translation: { of?: string }, english: string): boolean {
  if (translation.of === undefined) return false;
  const before = compared.get(translation);
  if (before?.english === english) return before.isStale;
  const isStale = translation.of !== fingerprint(english);
  compared.set(translation, { english, isStale });
  return isStale;
}

function fill(
  content: Content,
  engine: i18n,
  said: Said,
  { values, date, hideRates }: ContentOptions,
  today: () => string,
): string {
  if (!said.text.includes('{{')) return said.text;
  return said.text.replace(PLACE, (whole, name: string) => {
    if (!name.startsWith('rate.')) return String(values?.[name] ?? whole);
    const rate = content.figures.get(name.slice('rate.'.length));
    const figure = rate && !hideRates ? figureOn(rate, date ?? today()) : undefined;
    if (!rate || figure === undefined) return engine.t('entry.rate_unknown', { lng: said.lang });
    return rate.unit.startsWith('GBP') ? pounds(figure) : String(figure);
  });
}
