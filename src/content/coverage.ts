import { daysBetween } from '../engine/deadlines.ts';
import type { Checked } from './checks/check.ts';
import { readingAge } from './checks/readability.ts';
import { flatTexts } from './checks/texts.ts';
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

/** Reading ages of the entries that are long enough to tell. */
export interface Readability {
  readonly entries: number;
  readonly min: number | null;
  readonly median: number | null;
  readonly p90: number | null;
  readonly max: number | null;
  /** How many entries have each reading age, rounded down. */
  readonly histogram: Readonly<Record<string, number>>;
  readonly hardest: readonly { readonly entry: string; readonly age: number }[];
}

export interface Due {
  readonly what: 'entry' | 'rate';
  readonly id: string;
  readonly on: string;
  readonly days: number;
}

/**
 * Works out what the content covers.
 * @param today "YYYY-MM-DD"
 */
export function coverageOf(loaded: Checked, today: string): Coverage {
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

function dueFor({ content }: Checked, today: string): Due[] {
  return [
    ...[...content.entries].map(([id, { review_by: on }]) => ({ what: 'entry' as const, id, on })),
    ...[...content.rates].map(([id, { until: on }]) => ({ what: 'rate' as const, id, on })),
  ]
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

function readabilityOf({ content }: Checked): Readability {
  const ages = [...content.entries]
    .flatMap(([entry, text]) => {
      const age = readingAge(text);
      return age === undefined ? [] : [{ entry, age: Math.round(age * 10) / 10 }];
    })
    .sort((a, b) => a.age - b.age);
  const at = (share: number) => ages[Math.ceil(share * ages.length) - 1]?.age ?? null;
  const histogram: Record<string, number> = {};
  for (const { age } of ages) {
    const floor = String(Math.floor(age));
    histogram[floor] = (histogram[floor] ?? 0) + 1;
  }
  return {
    entries: ages.length,
    min: ages[0]?.age ?? null,
    median: at(0.5),
    p90: at(0.9),
    max: ages.at(-1)?.age ?? null,
    histogram,
    hardest: ages.slice(-5).reverse(),
  };
}
