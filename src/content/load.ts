import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock, Entry } from '../engine/entries.ts';
import { type Fact, readValue, YES_NO } from '../engine/facts.ts';
import { compileModel } from '../engine/model.ts';
import type { Rate } from '../engine/rates.ts';
import { nearest, type Rule, readRule } from '../engine/rules.ts';
import { AREAS, type Area, readAreas } from './areas.ts';
import type { Language } from './content.ts';
import { explainIssue, type Fault, type Path } from './faults.ts';
import { expandBraces, type Lists, listsOf, withLists } from './lists.ts';
import { POSTCODES_FILE, readPostcodes } from './postcodes.ts';
import {
  type Abbreviations,
  type AuthorityText,
  type BankHolidays,
  type Contact,
  type DangerAnswer,
  ENTRY_FOLDERS,
  type EntryText,
  entrySchema,
  type Factors,
  type FactText,
  FILES,
  type GlossaryTerm,
  LANGUAGE_FILES,
  type RateText,
  type Source,
  type TellingWords,
  type TopicText,
  type WordsToAvoid,
} from './schemas.ts';
import { TRANSLATED_FILES } from './text-keys.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

/** The content as plain data: what `indexContent` makes the indexed Content from. */
export interface ContentData {
  readonly engine: {
    readonly facts: readonly Fact[];
    readonly entries: readonly Entry[];
    readonly rates: readonly Rate[];
  };
  readonly facts: Readonly<Record<string, FactText>>;
  readonly topics: Readonly<Record<string, TopicText>>;
  readonly entries: Readonly<Record<string, EntryText>>;
  readonly rates: Readonly<Record<string, RateText>>;
  readonly sources: Readonly<Record<string, Source>>;
  readonly contacts: Readonly<Record<string, Contact>>;
  readonly dangers: Readonly<Record<string, DangerAnswer>>;
  readonly bankHolidays: BankHolidays;
  readonly factors: Factors;
  readonly glossary: Readonly<Record<string, GlossaryTerm>>;
  readonly deadNumbers: Readonly<Record<string, string>>;
  readonly languages: Readonly<Record<string, Language>>;
  /** The authorities of England, by code. */
  readonly authorities: Readonly<Record<string, AuthorityText>>;
  /** The lines of the file of postcodes (postcodes.ts) that are sound. Read when somebody types a place. */
  readonly postcodes: string;
  /** The councils' own folders. */
  readonly areas: readonly Area[];
}

/** The content as read from its files, and every fault that was met. What is faulty is left out, so that the rest still serves. */
export interface Loaded {
  readonly data: ContentData;
  readonly faults: readonly Fault[];
  /** The files, by path, and `entry:<id>` for the file of an entry: for checks that come later. */
  readonly files: ReadonlyMap<string, YamlFile>;
  /** The files of each council's folder, in the same way; they are checked on their own. */
  readonly areaFiles: ReadonlyMap<string, ReadonlyMap<string, YamlFile>>;
  /** How we write. Only the checks need it, so it is no part of what is served. */
  readonly style: Style;
}

/** The curators' own lists of words. */
export interface Style {
  readonly avoid: WordsToAvoid;
  readonly abbreviations: Abbreviations;
}

/**
 * Reads all content below a root: `dialogs/`, `knowledge/`, `locales/`.
 * @throws only where a folder cannot be read at all
 */
export function readContent(root: string): Loaded {
  const faults: Fault[] = [];
  const files = new Map<string, YamlFile>();
  const report = (file: YamlFile, path: Path, says: string, cure: string) =>
    faults.push({ file: file.file, line: file.lineOf(path), says, cure, level: 'fault' });

  function read<S extends z.ZodType>(path: string, schema: S, key = path): z.infer<S> | undefined {
    let file: YamlFile;
    try {
      file = readYaml(root, path);
    } catch {
      faults.push({ file: path, line: 1, says: 'the file is missing', cure: 'put it back', level: 'fault' });
      return undefined;
    }
    files.set(key, file);
    for (const { line, message } of file.errors) {
      faults.push({ file: path, line, says: message, cure: 'correct the YAML here', level: 'fault' });
    }
    for (const line of file.unreadable) {
      const says = 'a letter here cannot be read';
      faults.push({
        file: path,
        line,
        says,
        cure: 'write it again, and save the file as UTF-8',
        level: 'fault',
      });
    }
    if (file.errors.length > 0) return undefined;
    const result = schema.safeParse(file.data ?? {});
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      for (const { path: at, says, cure } of explainIssue(issue)) report(file, at, says, cure);
    }
    return withoutFaulty(schema, file.data, result.error.issues);
  }

  const factTexts = read(FILES.facts.path, FILES.facts.schema, 'facts') ?? {};
  const rateTexts = read(FILES.rates.path, FILES.rates.schema, 'rates') ?? {};
  const rates = new Map(Object.entries(rateTexts).map(([id, rate]) => [id, toRate(id, rate)]));
  const authorities = read(FILES.authorities.path, FILES.authorities.schema, 'authorities') ?? {};
  const places = placesOf(authorities, root);
  const facts = toFacts(factTexts, files.get('facts'), new Set(rates.keys()), places, report);
  const factsById = new Map(facts.map((fact) => [fact.id, fact]));

  const entries: Entry[] = [];
  const entryTexts = new Map<string, EntryText>();
  for (const path of entryFiles(root)) {
    const entryText = read(path, entrySchema);
    const file = files.get(path);
    if (!entryText || !file) continue;
    if (`${entryText.id}.yaml` !== path.split('/').at(-1)) {
      report(file, ['id'], `the id "${entryText.id}" is not the file's name`, 'give both the same name');
    }
    if (!path.startsWith(`knowledge/${ENTRY_FOLDERS[entryText.kind]}/`)) {
      report(
        file,
        ['kind'],
        `a ${entryText.kind} does not belong in this folder`,
        `move it to knowledge/${ENTRY_FOLDERS[entryText.kind]}/`,
      );
    }
    if (entryTexts.has(entryText.id)) {
      report(file, ['id'], `there is already an entry "${entryText.id}"`, 'give one of them another id');
      continue;
    }
    const entry = toEntry(entryText, file, factsById, rates, report);
    if (!entry) continue;
    files.set(`entry:${entryText.id}`, file);
    entryTexts.set(entryText.id, entryText);
    entries.push(entry);
  }

  // Rules are compiled here once, so that a circle among the facts is a fault of the content and not a crash later.
  try {
    compileModel(facts, entries, [...rates.values()]);
  } catch (error) {
    const file = files.get('facts');
    if (file)
      report(file, [], (error as Error).message, 'make `only_if` name only facts that are asked before');
    facts.length = 0;
    entries.length = 0;
    entryTexts.clear();
  }

  const contacts = read(FILES.contacts.path, FILES.contacts.schema, 'contacts') ?? {};
  const dangers = read(FILES.danger.path, FILES.danger.schema, 'danger') ?? {};
  const sources = read(FILES.sources.path, FILES.sources.schema, 'sources') ?? {};
  const nation = { authorities, contacts, sources, dangers, entries: Object.fromEntries(entryTexts) };
  const areas = readAreas(root, nation, {
    read,
    report,
    fileOf: (path) => files.get(path),
    toEntry: (text, file) => toEntry(text, file, factsById, rates, report),
  });
  const languages = Object.fromEntries(languageCodes(root).flatMap((code) => toLanguage(code, read)));
  const english = listsOf(languages.en?.telling ?? {});
  const data: ContentData = {
    engine: { facts, entries, rates: [...rates.values()] },
    facts: Object.fromEntries(facts.map((fact) => [fact.id, factTexts[fact.id] as FactText])),
    topics: Object.fromEntries(
      Object.entries(read(FILES.topics.path, FILES.topics.schema, 'topics') ?? {}).map(([topic, one]) => [
        topic,
        { ...one, words: one.words.map((words) => withLists(words, english)) },
      ]),
    ),
    entries: Object.fromEntries(entryTexts),
    rates: rateTexts,
    sources,
    contacts,
    dangers,
    bankHolidays:
      read(FILES['bank-holidays'].path, FILES['bank-holidays'].schema, 'bank-holidays') ?? NO_BANK_HOLIDAYS,
    factors: read(FILES.factors.path, FILES.factors.schema, 'factors') ?? { areas: {} },
    glossary: read(FILES.glossary.path, FILES.glossary.schema, 'glossary') ?? {},
    deadNumbers: read(FILES['dead-numbers'].path, FILES['dead-numbers'].schema, 'dead-numbers') ?? {},
    languages,
    authorities,
    postcodes: postcodesIn(root, Object.keys(authorities), faults),
    areas,
  };
  const style: Style = {
    avoid: read(FILES['words-to-avoid'].path, FILES['words-to-avoid'].schema, 'words-to-avoid') ?? [],
    abbreviations: read(FILES.abbreviations.path, FILES.abbreviations.schema, 'abbreviations') ?? {
      explain: {},
      known: [],
    },
  };
  return { data, faults, files, areaFiles: takeAreaFiles(files), style };
}

/** Takes the files of the councils' folders out of all files: what stands there is known to that council only. */
function takeAreaFiles(files: Map<string, YamlFile>): Map<string, Map<string, YamlFile>> {
  const taken = new Map<string, Map<string, YamlFile>>();
  for (const [key, file] of files) {
    const [, code, name] = /^knowledge\/areas\/([^/]+)\/(?:entries\/)?([^/]+)\.yaml$/.exec(file.file) ?? [];
    if (code === undefined || name === undefined) continue;
    files.delete(key);
    const own = taken.get(code) ?? new Map<string, YamlFile>();
    taken.set(code, own.set(file.file.includes('/entries/') ? `entry:${name}` : name, file));
  }
  return taken;
}

/** @returns each code by which an authority is known, with the code that we keep; invented councils have a folder only. */
function placesOf(
  authorities: Readonly<Record<string, AuthorityText>>,
  root: string,
): Record<string, string> {
  const known = Object.entries(authorities).flatMap(([code, { other_codes = [] }]) =>
    [...other_codes, code].map((one) => [one, code] as const),
  );
  const invented = namesIn(root, AREAS).filter((name) => /^X\d{8}$/.test(name));
  return Object.fromEntries([...known, ...invented.map((code) => [code, code] as const)]);
}

/** @returns the file of postcodes without comments and without its faulty lines. */
function postcodesIn(root: string, codes: readonly string[], faults: Fault[]): string {
  let text: string;
  try {
    text = readFileSync(join(root, POSTCODES_FILE), 'utf8');
  } catch {
    faults.push({
      file: POSTCODES_FILE,
      line: 1,
      says: 'the file is missing',
      cure: 'put it back',
      level: 'fault',
    });
    return '';
  }
  const read = readPostcodes(text, new Set(codes));
  for (const fault of read.faults) faults.push({ file: POSTCODES_FILE, ...fault, level: 'fault' });
  return [...read.places].map(([outcode, where]) => [outcode, ...where].join(' ')).join('\n');
}

/**
 * One slip must not take a whole file away, and with it every rule that names something in it.
 * @returns a map or a list of items without its faulty items; undefined for a file that is one thing
 */
function withoutFaulty<S extends z.ZodType>(
  schema: S,
  data: unknown,
  issues: readonly z.core.$ZodIssue[],
): z.infer<S> | undefined {
  const faulty = new Set(issues.map((issue) => String(issue.path[0])));
  let rest: unknown;
  if (schema instanceof z.ZodArray && Array.isArray(data)) {
    rest = data.filter((_, i) => !faulty.has(String(i)));
  } else if (schema instanceof z.ZodRecord && typeof data === 'object' && data !== null) {
    rest = Object.fromEntries(Object.entries(data).filter(([id]) => !faulty.has(id)));
  } else return undefined;
  return schema.safeParse(rest).data as z.infer<S> | undefined;
}

/** Where the list cannot be read no working day is certain: what is counted in them is "about". */
const NO_BANK_HOLIDAYS: BankHolidays = { until: '0000-01-01', days: {} };

/** @returns the files of which nothing is left, and without which nobody can be served. */
export function lackingIn(data: ContentData): string[] {
  const english = data.languages.en;
  const needed = {
    [FILES.facts.path]: data.facts,
    [FILES.topics.path]: data.topics,
    [FILES.danger.path]: data.dangers,
    [FILES.contacts.path]: data.contacts,
    'locales/en/language.yaml': english ?? {},
    ...(english && {
      'locales/en/interface.yaml': english.interface,
      'locales/en/danger.yaml': english.danger,
    }),
  };
  return Object.entries(needed).flatMap(([file, items]) => (Object.keys(items).length === 0 ? [file] : []));
}

type Report = (file: YamlFile, path: Path, says: string, cure: string) => void;
type Read = <S extends z.ZodType>(path: string, schema: S, key?: string) => z.infer<S> | undefined;

function entryFiles(root: string): string[] {
  return Object.values(ENTRY_FOLDERS).flatMap((folder) => {
    const path = `knowledge/${folder}`;
    return yamlIn(root, path).map((name) => `${path}/${name}`);
  });
}

function yamlIn(root: string, path: string): string[] {
  return namesIn(root, path).filter((name) => name.endsWith('.yaml'));
}

function namesIn(root: string, path: string): string[] {
  try {
    return readdirSync(join(root, path)).sort();
  } catch {
    return [];
  }
}

function languageCodes(root: string): string[] {
  const codes = readdirSync(join(root, 'locales'), { withFileTypes: true })
    .filter((item) => item.isDirectory())
    .map((item) => item.name)
    .sort();
  // English is the original: it comes first, and what is not translated falls back to it.
  return ['en', ...codes.filter((code) => code !== 'en')];
}

function toLanguage(code: string, read: Read): [string, Language][] {
  const path = (name: string) => `locales/${code}/${name}.yaml`;
  const info = read(path('language'), LANGUAGE_FILES.language);
  if (!info) return [];
  const translations =
    code === 'en' ? [] : TRANSLATED_FILES.map((name) => read(path(name), LANGUAGE_FILES[name]) ?? {});
  const telling = withAllForms(read(path('telling'), LANGUAGE_FILES.telling) ?? {});
  const lists = listsOf(telling);
  const answers = read(path('answers'), LANGUAGE_FILES.answers) ?? {};
  return [
    [
      code,
      {
        code,
        info,
        interface: read(path('interface'), LANGUAGE_FILES.interface) ?? {},
        danger: filled(read(path('danger'), LANGUAGE_FILES.danger) ?? [], lists),
        examples: read(path('examples'), LANGUAGE_FILES.examples) ?? {},
        answers: { ...answers, context: filled(answers.context ?? [], lists) },
        telling: {
          ...telling,
          tells: filled(telling.tells ?? [], lists),
          topics: filledByName(telling.topics, lists),
          small_talk: filledByName(telling.small_talk, lists),
          general_need: telling.general_need?.map((one) => withLists(one, lists)),
          meaning: telling.meaning?.map((one) => withLists(one, lists)),
          sayings: telling.sayings?.map((one) => withLists(one, lists)),
          calming: telling.calming?.map((one) => withLists(one, lists)),
        },
        translations: Object.assign({}, ...translations),
      },
    ],
  ];
}

/** @returns the same, with all forms of each word that stands in braces among the spellings. */
function withAllForms(telling: TellingWords): TellingWords {
  if (!telling.spellings) return telling;
  const all = Object.entries(telling.spellings).map(([word, ways]) => [word, ways.flatMap(expandBraces)]);
  return { ...telling, spellings: Object.fromEntries(all) };
}

/** @returns the same items, with the words of a list wherever its name stands in a pattern. */
function filled<T extends { patterns: string[]; with?: string[]; near?: string[][]; unless?: string[] }>(
  items: readonly T[],
  lists: Lists,
): T[] {
  const fill = (patterns: string[]) => patterns.map((pattern) => withLists(pattern, lists));
  return items.map((item) => ({
    ...item,
    patterns: fill(item.patterns),
    ...(item.with ? { with: fill(item.with) } : {}),
    ...(item.near ? { near: item.near.map(fill) } : {}),
    ...(item.unless ? { unless: fill(item.unless) } : {}),
  }));
}

function filledByName(
  patterns: Readonly<Record<string, readonly string[]>> = {},
  lists: Lists,
): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(patterns).map(([name, some]) => [name, some.map((one) => withLists(one, lists))]),
  );
}

function toRate(id: string, rate: RateText): Rate {
  const values = Object.entries(rate.values)
    .map(([from, figure]) => ({ from, figure }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  return { id, unit: rate.unit, values, until: rate.until };
}

function toFacts(
  texts: Record<string, FactText>,
  file: YamlFile | undefined,
  rateIds: ReadonlySet<string>,
  places: Readonly<Record<string, string>>,
  report: Report,
): Fact[] {
  if (!file) return [];
  const facts = new Map<string, Fact & { onlyIf?: Rule }>();
  for (const [id, text] of Object.entries(texts)) {
    const options = text.type === 'yes_no' ? [...YES_NO] : (text.options ?? []);
    const needsOptions = text.type === 'choice' || text.type === 'choices';
    if (needsOptions && text.options === undefined) {
      report(file, [id, 'type'], `"${id}" is a ${text.type} without options`, 'add `options: [a, b]`');
    }
    const fact: Fact = {
      id,
      scope: text.scope,
      type: text.type,
      options,
      exclusive: text.exclusive ?? [],
      background: text.background ?? false,
      effort: text.effort,
      sensitive: text.sensitive ?? false,
      ...(text.rare && { rare: true }),
      max: text.max,
      danger: text.danger,
      ...(text.type === 'place' ? { places } : {}),
    };
    const otherwise = text.otherwise === undefined ? undefined : readValue(fact, text.otherwise);
    if (text.otherwise !== undefined && otherwise === undefined) {
      report(
        file,
        [id, 'otherwise'],
        `"${id}" cannot be "${String(text.otherwise)}"`,
        `use a value of the fact${options.length > 0 ? `: ${options.join(', ')}` : ''}`,
      );
    }
    facts.set(id, { ...fact, otherwise });
  }
  for (const [id, text] of Object.entries(texts)) {
    if (!text.only_if) continue;
    const { rule, faults } = readRule(text.only_if, facts, rateIds);
    for (const fault of faults) report(file, [id, 'only_if', ...fault.path], fault.says, fault.cure);
    if (faults.length === 0) facts.set(id, { ...(facts.get(id) as Fact), onlyIf: rule });
  }
  return [...facts.values()];
}

function toClock({ from, add, about }: Clock): Clock {
  return about ? { from, add, about } : { from, add };
}

const WEEKS = { week: 1, month: 52 / 12, year: 52, once: 52 } as const;

function toEntry(
  text: EntryText,
  file: YamlFile,
  facts: ReadonlyMap<string, Fact>,
  rates: ReadonlyMap<string, Rate>,
  report: Report,
): Entry | undefined {
  let whole = true;
  const fault = (path: Path, says: string, cure: string) => {
    whole = false;
    report(file, path, says, cure);
  };
  const rule = (field: 'when' | 'may_when' | 'held'): Rule | undefined => {
    if (text[field] === undefined) return undefined;
    const read = readRule(text[field], facts, new Set(rates.keys()));
    for (const one of read.faults) fault([field, ...one.path], one.says, one.cure);
    return read.rule;
  };
  const gives: Record<string, string[]> = {};
  for (const [id, values] of Object.entries(text.gives ?? {})) {
    const fact = facts.get(id);
    if (!fact) {
      fault(['gives', id], `there is no fact "${id}"`, nearest(id, [...facts.keys()]));
      continue;
    }
    const options = values.map((value) => (value === true ? 'yes' : value === false ? 'no' : value));
    for (const option of options) {
      if (!fact.options.includes(option))
        fault(['gives', id], `"${id}" has no option "${option}"`, nearest(option, fact.options));
    }
    gives[id] = options;
  }
  const entry: Entry = {
    id: text.id,
    kind: text.kind,
    topics: text.topics,
    nations: text.nations,
    reach: text.reach,
    when: rule('when'),
    mayWhen: rule('may_when'),
    held: rule('held'),
    gives,
    worth: text.worth ? (rates.get(text.worth.rate)?.values.at(-1)?.figure ?? 0) / WEEKS[text.worth.per] : 0,
    effort: text.effort,
    urgent: text.urgent ?? false,
    isLocal: text.local !== undefined,
    hideInDanger: text.hide_in_danger ?? [],
    clocks: (text.clocks ?? []).map(toClock),
    stages: text.stages?.map(({ id, clock }) => (clock ? { id, clock: toClock(clock) } : { id })),
  };
  const fromDate = (clock: Clock | undefined, path: Path) => {
    if (clock && facts.get(clock.from)?.type !== 'date')
      fault([...path, 'from'], `"${clock.from}" is not a date fact`, 'name a fact of type date');
  };
  entry.clocks.forEach((clock, i) => {
    fromDate(clock, ['clocks', i]);
  });
  entry.stages?.forEach(({ id, clock }, i) => {
    fromDate(clock, ['stages', i, 'clock']);
    if (entry.stages?.findIndex((other) => other.id === id) !== i)
      fault(['stages', i, 'id'], `there is already a stage "${id}"`, 'give one of them another id');
  });
  return whole ? entry : undefined;
}
