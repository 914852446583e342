import { compileModel, type Model } from '../engine/model.ts';
import type { Rate } from '../engine/rates.ts';
import type { ContentData } from './load.ts';
import type {
  AnswerSayings,
  Contact,
  DangerAnswer,
  EntryText,
  Factors,
  FactText,
  LanguageInfo,
  Lexicon,
  RateText,
  Source,
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
  /** Phone numbers that must not come back, with why. */
  readonly deadNumbers: Readonly<Record<string, string>>;
  /** By language code, English first. */
  readonly languages: ReadonlyMap<string, Language>;
}

/** One folder of `locales/`. */
export interface Language {
  readonly code: string;
  readonly info: LanguageInfo;
  /** Interface texts, nested. */
  readonly interface: Readonly<Record<string, unknown>>;
  /** What words tell of danger in this language. */
  readonly danger: Lexicon;
  /** What people type for an answer. */
  readonly answers: AnswerSayings;
  /** Translated content, by text key (see text-keys.ts). Empty for English, which stands in the content itself. */
  readonly translations: Translations;
}

/** @returns the content indexed and its rules compiled. */
export function indexContent(data: ContentData): Content {
  const { facts, entries, rates } = data.engine;
  return {
    model: compileModel(facts, entries, rates, helpIn(data.dangers)),
    facts: new Map(Object.entries(data.facts)),
    topics: new Map(Object.entries(data.topics)),
    entries: new Map(Object.entries(data.entries)),
    rates: new Map(Object.entries(data.rates)),
    figures: new Map(rates.map((rate) => [rate.id, rate])),
    sources: new Map(Object.entries(data.sources)),
    contacts: new Map(Object.entries(data.contacts)),
    dangers: new Map(Object.entries(data.dangers)),
    factors: data.factors,
    deadNumbers: data.deadNumbers,
    languages: new Map(Object.entries(data.languages)),
  };
}

/** @returns the kind of danger that one of these topics is, if any. */
export function dangerOf(content: Content, topics: readonly string[]): string | undefined {
  return topics.map((id) => content.topics.get(id)?.danger).find((kind) => kind !== undefined);
}

function helpIn(dangers: ContentData['dangers']): Model['dangers'] {
  return Object.fromEntries(Object.entries(dangers).map(([kind, { entries }]) => [kind, entries]));
}
