import type { Calendar } from '../engine/calendar.ts';
import { compileModel, type Model } from '../engine/model.ts';
import type { Rate } from '../engine/rates.ts';
import type { Area } from './areas.ts';
import type { ContentData } from './load.ts';
import type {
  AnswerSayings,
  AuthorityText,
  Contact,
  DangerAnswer,
  EntryText,
  Examples,
  Factors,
  FactText,
  GlossaryTerm,
  LanguageInfo,
  Lexicon,
  RateText,
  Source,
  TellingWords,
  TopicText,
  Translations,
} from './schemas.ts';

/** All that is curated: checked, indexed, immutable. */
export interface Content {
  readonly model: Model;
  readonly facts: ReadonlyMap<string, FactText>;
  readonly topics: ReadonlyMap<string, TopicText>;
  readonly entries: ReadonlyMap<string, EntryText>;
  readonly rates: ReadonlyMap<string, RateText>;
  /** The rates as the engine reads them: `figureOn(rate, date)`. */
  readonly figures: ReadonlyMap<string, Rate>;
  readonly sources: ReadonlyMap<string, Source>;
  readonly contacts: ReadonlyMap<string, Contact>;
  readonly dangers: ReadonlyMap<string, DangerAnswer>;
  readonly factors: Factors;
  /** What words mean that parents meet. */
  readonly glossary: ReadonlyMap<string, GlossaryTerm>;
  /** Phone numbers that must not come back, with why. */
  readonly deadNumbers: Readonly<Record<string, string>>;
  /** By language code, English first. */
  readonly languages: ReadonlyMap<string, Language>;
  /** The authorities of England, by code; also the invented ones that show how a council's folder is made. */
  readonly authorities: ReadonlyMap<string, AuthorityText>;
  /** Which first half of a postcode lies where: see postcodes.ts. */
  readonly postcodes: string;
  /** What councils add for their own area, by code. */
  readonly areas: ReadonlyMap<string, Area>;
}

/** One folder of `locales/`. */
export interface Language {
  readonly code: string;
  readonly info: LanguageInfo;
  /** Interface texts, nested. */
  readonly interface: Readonly<Record<string, unknown>>;
  /** What words tell of danger in this language. */
  readonly danger: Lexicon;
  /** Messages in this language, with the danger that they tell of, and calm ones. */
  readonly examples: Examples;
  /** What people type for an answer. */
  readonly answers: AnswerSayings;
  /** What people tell without being asked, and how they talk. */
  readonly telling: TellingWords;
  /** Translated content, by text key (see text-keys.ts). Empty for English, which stands in the content itself. */
  readonly translations: Translations;
}

/** @returns the content indexed and its rules compiled. */
export function indexContent(data: ContentData): Content {
  const { facts, entries, rates } = data.engine;
  return {
    model: compileModel(facts, entries, rates, helpIn(data.dangers), calendarOf(data.bankHolidays)),
    facts: new Map(Object.entries(data.facts)),
    topics: new Map(Object.entries(data.topics)),
    entries: new Map(Object.entries(data.entries)),
    rates: new Map(Object.entries(data.rates)),
    figures: new Map(rates.map((rate) => [rate.id, rate])),
    sources: new Map(Object.entries(data.sources)),
    contacts: new Map(Object.entries(data.contacts)),
    dangers: new Map(Object.entries(data.dangers)),
    factors: data.factors,
    glossary: new Map(Object.entries(data.glossary)),
    deadNumbers: data.deadNumbers,
    languages: new Map(Object.entries(data.languages)),
    authorities: authoritiesOf(data),
    postcodes: data.postcodes,
    areas: new Map(data.areas.map((area) => [area.code, area])),
  };
}

/** @returns the kind of danger that one of these topics is, if any. */
export function dangerOf(content: Content, topics: readonly string[]): string | undefined {
  return topics.map((id) => content.topics.get(id)?.danger).find((kind) => kind !== undefined);
}

function calendarOf({ until, days }: ContentData['bankHolidays']): Calendar {
  const holidays = new Set(Object.keys(days));
  const [first = until] = [...holidays].sort();
  return { holidays, from: `${first.slice(0, 4)}-01-01`, until };
}

function authoritiesOf({ authorities, areas }: ContentData): Map<string, AuthorityText> {
  const all = new Map(Object.entries(authorities));
  for (const { code, example } of areas) if (example) all.set(code, { ...example, region: 'none' });
  return all;
}

function helpIn(dangers: ContentData['dangers']): Model['dangers'] {
  return Object.fromEntries(Object.entries(dangers).map(([kind, { entries }]) => [kind, entries]));
}
