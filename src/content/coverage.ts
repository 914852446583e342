import { addDays } from '../engine/calendar.ts';
import { daysBetween } from '../engine/deadlines.ts';
import { clocksOf, NATION_FACT } from '../engine/entries.ts';
import { isDate } from '../engine/facts.ts';
import { factsOf } from '../engine/rules.ts';
import type { Checked } from './checks/check.ts';
import { YEAR } from './checks/dates.ts';
import { neverOnFirstScreen } from './checks/first-screen.ts';
import { possibleFamilies } from './checks/possible.ts';
import { AIM, type ReadingAge, readingAges } from './checks/readability.ts';
import { vocabularyOf } from './checks/rules.ts';
import { flatTexts } from './checks/texts.ts';
import { type Exercise, exerciseOf, type TriedFamily } from './exercise.ts';
import { englishTexts, fingerprint, TRANSLATED_FILES, type TranslatedFile } from './text-keys.ts';

/** What the content covers, and what it still lacks. */
export interface Coverage {
  /** Each factor of parent carer mental health, with the entries that answer to it. */
  readonly factors: readonly {
    readonly area: string;
    readonly factor: string;
    readonly entries: readonly string[];
  }[];
  /** Each topic, with the entries that have it as their main topic and as another. */
  readonly topics: readonly {
    readonly topic: string;
    readonly main: readonly string[];
    readonly other: readonly string[];
  }[];
  /** Each question, with what it settles. */
  readonly questions: readonly Settles[];
  /** Entries that no family was found for who would see them on the first screen. */
  readonly never_on_first_screen: readonly string[];
  /** What the families of the tests exercise; null where there are none. */
  readonly exercise: Exercise | null;
  readonly areas: {
    readonly authorities: number;
    /** Those with a folder of their own: how many local things, services and contacts it names. */
    readonly with_local_data: readonly {
      readonly code: string;
      readonly name: string;
      readonly local: number;
      readonly entries: number;
      readonly contacts: number;
    }[];
  };
  readonly languages: readonly LanguageCoverage[];
  readonly readability: Readability;
  readonly review: {
    readonly overdue: readonly Due[];
    readonly in_30_days: readonly Due[];
    readonly in_90_days: readonly Due[];
  };
  readonly doubts: {
    readonly count: number;
    readonly list: readonly { readonly entry: string; readonly doubt: string }[];
  };
}

export interface LanguageCoverage {
  readonly code: string;
  readonly name: string;
  readonly status: string;
  readonly files: Readonly<
    Record<
      TranslatedFile,
      {
        readonly texts: number;
        readonly translated: number;
        readonly stale: number;
        readonly missing: number;
      }
    >
  >;
  readonly interface: { readonly texts: number; readonly missing: number };
}

/** What the answer to a question can change. */
export interface Settles {
  readonly fact: string;
  /** Entries whose outcome it can change: by their rule, or by deciding whether another question applies. */
  readonly entries: readonly string[];
  /** Entries that it gives a date to, or decides whether it is asked for. */
  readonly dates: readonly string[];
  /** Entries that say where to find it in their own area. */
  readonly local: readonly string[];
  /** Kinds of danger that an answer to it tells of. */
  readonly dangers: readonly string[];
}

/** Reading ages in years. `age` is the higher one of the two formulas. */
export interface Readability {
  readonly aim: number;
  readonly entries: Ages;
  readonly questions: Ages;
  readonly dangers: Ages;
  /** Two short lines each, so all are taken as one text. */
  readonly topics: Ages;
  readonly interface: Ages;
}

export interface Ages {
  readonly texts: number;
  readonly over_aim: number;
  readonly flesch_kincaid: Spread;
  readonly automated: Spread;
  readonly age: Spread;
  /** How many texts have each age, rounded up: "9" holds what is over 8 and at most 9. */
  readonly histogram: Readonly<Record<string, number>>;
  readonly hardest: readonly { readonly id: string; readonly age: number }[];
}

/** Years; null where there is no text. */
export interface Spread {
  readonly min: number | null;
  readonly median: number | null;
  readonly p90: number | null;
  readonly max: number | null;
}

export interface Due {
  readonly what: 'entry' | 'rate' | 'source' | 'contact' | 'bank holidays';
  readonly id: string;
  readonly on: string;
  readonly days: number;
}

/**
 * Works out what the content covers.
 * @param today "YYYY-MM-DD"
 * @param families those that the content is tried on, if there are any
 */
export function coverageOf(loaded: Checked, today: string, families?: readonly TriedFamily[]): Coverage {
  const { content } = loaded;
  const entries = [...content.entries];
  const having = (has: (entry: (typeof entries)[number][1]) => boolean) =>
    entries.flatMap(([id, entry]) => (has(entry) ? [id] : []));
  const due = dueFor(loaded, today);
  const doubts = entries.flatMap(([entry, { doubts }]) => (doubts ?? []).map((doubt) => ({ entry, doubt })));
  return {
    factors: Object.entries(content.factors.areas).flatMap(([area, { factors }]) =>
      Object.keys(factors).map((factor) => ({
        area,
        factor,
        entries: having((entry) => entry.factors.includes(factor)),
      })),
    ),
    topics: [...content.topics.keys()].map((topic) => ({
      topic,
      main: having((entry) => entry.topics[0] === topic),
      other: having((entry) => entry.topics.slice(1).includes(topic)),
    })),
    questions: settlesOf(loaded, today),
    never_on_first_screen: neverOnFirstScreen(content, today),
    exercise: families ? exerciseOf(content, families) : null,
    areas: areasOf(loaded),
    languages: languagesOf(loaded),
    readability: readabilityOf(loaded),
    review: {
      overdue: due.filter(({ days }) => days < 0),
      in_30_days: due.filter(({ days }) => days >= 0 && days <= 30),
      in_90_days: due.filter(({ days }) => days > 30 && days <= 90),
    },
    doubts: { count: doubts.length, list: doubts },
  };
}

function dueFor({ content, data }: Checked, today: string): Due[] {
  // A year or a month alone counts from its first day. A day that does not exist is a fault of `check`.
  const aYearOn = (checked: string) => {
    const day = `${checked}-01-01`.slice(0, 'YYYY-MM-DD'.length);
    return isDate(day) ? addDays(day, YEAR) : day;
  };
  return [
    ...[...content.entries].map(([id, { review_by: on }]) => ({ what: 'entry' as const, id, on })),
    ...[...content.rates].map(([id, { until: on }]) => ({ what: 'rate' as const, id, on })),
    ...[...content.sources].map(([id, { checked }]) => ({
      what: 'source' as const,
      id,
      on: aYearOn(checked),
    })),
    ...[...content.contacts].flatMap(([id, { checked }]) =>
      checked === undefined ? [] : [{ what: 'contact' as const, id, on: aYearOn(checked) }],
    ),
    { what: 'bank holidays' as const, id: 'bank-holidays', on: data.bankHolidays.until },
  ]
    .filter(({ on }) => isDate(on))
    .map((one) => ({ ...one, days: daysBetween(today, one.on) }))
    .sort((a, b) => a.days - b.days || (a.id < b.id ? -1 : 1));
}

function languagesOf({ content }: Checked): LanguageCoverage[] {
  const english = TRANSLATED_FILES.map((file) => [file, englishTexts(content, file)] as const);
  const englishKeys = keysOf(content.languages.get('en')?.interface);
  return [...content.languages.values()].map((language) => {
    const keys = new Set(keysOf(language.interface));
    const files = english.map(([file, texts]) => {
      let translated = 0;
      let stale = 0;
      for (const [key, text] of texts) {
        const translation = language.translations[key];
        if (language.code === 'en' || translation) translated++;
        if (translation?.of !== undefined && translation.of !== fingerprint(text)) stale++;
      }
      return [file, { texts: texts.size, translated, stale, missing: texts.size - translated }] as const;
    });
    return {
      code: language.code,
      name: language.info.english_name,
      status: language.info.status,
      files: Object.fromEntries(files) as LanguageCoverage['files'],
      interface: {
        texts: englishKeys.length,
        missing: englishKeys.filter((key) => !keys.has(key)).length,
      },
    };
  });
}

/** Plural forms are one text: languages differ in how many they have. */
function keysOf(texts: unknown): string[] {
  const keys = flatTexts(texts).map(({ path }) =>
    path.join('.').replace(/_(?:zero|one|two|few|many|other)$/, ''),
  );
  return [...new Set(keys)];
}

function settlesOf(loaded: Checked, today: string): Settles[] {
  const { entries, facts } = loaded.data.engine;
  const vocabulary = vocabularyOf(loaded.content, today);
  const settled = entries.map(({ id, when, mayWhen, held, nations }) => {
    const rules = [when, mayWhen, held].filter((rule) => rule !== undefined);
    const families = possibleFamilies(rules, vocabulary, { [NATION_FACT]: nations });
    const changes = (fact: string) => rules.some((_, i) => families.hangsOn(i, fact) !== 'no');
    return { id, facts: new Set(families.facts.filter(changes)) };
  });
  const withDeciders = (ids: readonly string[]): string[] =>
    ids.flatMap((id) => {
      const condition = vocabulary.facts.get(id)?.onlyIf;
      return condition ? [id, ...withDeciders(factsOf(condition))] : [id];
    });
  const dated = entries.map((entry) => ({
    id: entry.id,
    facts: new Set(withDeciders(clocksOf(entry).map(({ from }) => from))),
  }));
  const having = (list: typeof settled, fact: string) =>
    list.flatMap((one) => (one.facts.has(fact) ? [one.id] : []));
  const local = entries.flatMap(({ id }) => (loaded.content.entries.get(id)?.local ? [id] : []));
  return facts.map(({ id, type, danger }) => ({
    fact: id,
    // Where an entry is there for some nations only, the nation settles it without standing in its rule.
    entries:
      id === NATION_FACT
        ? entries.flatMap((entry) => (entry.nations.length < 4 ? [entry.id] : []))
        : having(settled, id),
    dates: having(dated, id),
    local: type === 'place' ? local : [],
    dangers: [...new Set(Object.values(danger ?? {}))],
  }));
}

function areasOf({ content }: Checked): Coverage['areas'] {
  const real = [...content.authorities].filter(([code]) => !content.areas.get(code)?.example);
  return {
    authorities: real.length,
    with_local_data: real.flatMap(([code, { name }]) => {
      const area = content.areas.get(code);
      if (!area) return [];
      const count = (items: object) => Object.keys(items).length;
      const { local, entries, contacts } = area;
      return [{ code, name, local: count(local), entries: count(entries), contacts: count(contacts) }];
    }),
  };
}

function readabilityOf(loaded: Checked): Readability {
  const ages = readingAges(loaded);
  const of = (kind: ReadingAge['of']) => agesOf(ages.filter((one) => one.of === kind));
  return {
    aim: AIM,
    entries: of('entries'),
    questions: of('facts'),
    dangers: of('dangers'),
    topics: of('topics'),
    interface: of('interface'),
  };
}

function agesOf(texts: readonly ReadingAge[]): Ages {
  const byAge = [...texts].sort((a, b) => a.age - b.age);
  const histogram: Record<string, number> = {};
  for (const { age } of byAge) {
    const years = String(Math.ceil(age));
    histogram[years] = (histogram[years] ?? 0) + 1;
  }
  return {
    texts: texts.length,
    over_aim: texts.filter(({ age }) => age > AIM).length,
    flesch_kincaid: spreadOf(texts.map((one) => one.fleschKincaid)),
    automated: spreadOf(texts.map((one) => one.automated)),
    age: spreadOf(texts.map((one) => one.age)),
    histogram,
    hardest: byAge
      .slice(-5)
      .reverse()
      .map(({ id, age }) => ({ id, age: toTenth(age) })),
  };
}

function spreadOf(years: readonly number[]): Spread {
  const sorted = [...years].sort((a, b) => a - b);
  const at = (share: number) => {
    const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
    return value === undefined ? null : toTenth(value);
  };
  return { min: at(0), median: at(0.5), p90: at(0.9), max: at(1) };
}

function toTenth(years: number): number {
  return Math.round(years * 10) / 10;
}
