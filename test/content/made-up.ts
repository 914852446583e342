import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { openFresh } from '../../src/content/check.ts';
import type { Check } from '../../src/content/checks/check.ts';

/** The day of every test on made-up content. */
export const TODAY = '2026-11-22';

type Fields = Record<string, unknown>;

/** What differs from the smallest whole content. A field that is undefined is left out. */
export interface Changes {
  /** Whole files by their path, as data or as YAML text; undefined takes a file away. */
  files?: Record<string, unknown>;
  facts?: Record<string, Fields | undefined>;
  topics?: Record<string, Fields | undefined>;
  dangers?: Record<string, Fields | undefined>;
  rates?: Record<string, Fields | undefined>;
  sources?: Record<string, Fields | undefined>;
  contacts?: Record<string, Fields | undefined>;
  entries?: Record<string, Fields | undefined>;
  interface?: Fields;
}

const NATIONS = ['england', 'wales', 'scotland', 'northern_ireland'];

const FACTS: Record<string, Fields> = {
  'household.nation': {
    scope: 'household',
    type: 'choice',
    options: NATIONS,
    ask: 'Where do you live?',
    why: 'Help differs in each nation.',
    labels: {
      england: 'England',
      wales: 'Wales',
      scotland: 'Scotland',
      northern_ireland: 'Northern Ireland',
    },
    said: {
      england: 'You live in England.',
      wales: 'You live in Wales.',
      scotland: 'You live in Scotland.',
      northern_ireland: 'You live in Northern Ireland.',
    },
    effort: 1,
  },
  'carer.hours': {
    scope: 'carer',
    type: 'number',
    max: 168,
    ask: 'How many hours a week do you care?',
    why: 'Some help starts at 35 hours.',
    said: 'You care for {{value}} hours a week.',
    effort: 2,
  },
};

const ENTRIES: Record<string, Fields> = {
  'carer-money': {
    kind: 'entitlement',
    title: 'Money for carers',
    summary: 'You may get {{rate.carer_money}} a week.',
    topics: ['money'],
    nations: ['england', 'wales'],
    reach: 'likely',
    when: { 'carer.hours': { at_least: 35 } },
    who: 'You care for a long time each week.',
    first_step: 'Ask for the form.',
    steps: ['Fill in the form.'],
    contacts: ['carers-line'],
    worth: { rate: 'carer_money', per: 'week' },
    effort: 2,
    factors: ['financial-security'],
    sources: ['official'],
    checked: '2026-11-01',
    review_by: '2027-04-05',
  },
};

/** The smallest content that has no fault and no warning, as files. */
function filesWith(changes: Changes): Record<string, unknown> {
  const merged = (base: Record<string, Fields>, changed: Record<string, Fields | undefined> = {}) => {
    const all = { ...base };
    for (const [id, fields] of Object.entries(changed)) {
      if (fields === undefined) delete all[id];
      else all[id] = { ...(all[id] ?? Object.values(base)[0]), ...fields };
    }
    return all;
  };
  const entries = merged(ENTRIES, changes.entries);
  return {
    'dialogs/facts.yaml': merged(FACTS, changes.facts),
    'dialogs/topics.yaml': merged(
      { money: { title: 'Money', about: 'Money for your family.', words: ['money'] } },
      changes.topics,
    ),
    'dialogs/danger.yaml': merged(
      {
        'life-at-risk': {
          title: 'Get help now',
          say: ['Call 999 now.'],
          contacts: Object.fromEntries([...NATIONS, 'unknown'].map((nation) => [nation, ['carers-line']])),
          entries: ['carer-money'],
          after: 'We can go on when you are safe.',
          leave_quickly: true,
          ask: 'Is somebody in danger now?',
          options: { yes: 'Yes', no: 'No' },
        },
      },
      changes.dangers,
    ),
    'dialogs/glossary.yaml': {},
    'knowledge/rates.yaml': merged(
      {
        carer_money: {
          title: 'Money for carers',
          unit: 'GBP/week',
          values: { '2026-04-06': 86.45 },
          until: '2027-04-05',
          source: 'official',
        },
      },
      changes.rates,
    ),
    'knowledge/sources.yaml': merged(
      {
        official: {
          title: 'Carers',
          url: 'https://example.org/',
          publisher: 'Office',
          checked: '2026-11-01',
        },
      },
      changes.sources,
    ),
    'knowledge/contacts.yaml': merged(
      {
        'carers-line': {
          name: 'Carers line',
          phone: '01632 960 001',
          for: 'Carers.',
          nations: NATIONS,
          checked: '2026-10',
          confidence: 'high',
        },
      },
      changes.contacts,
    ),
    'knowledge/bank-holidays.yaml': { until: '2028-12-31', days: { '2026-12-25': 'Christmas Day' } },
    'knowledge/areas/authorities.yaml': {
      E06000023: {
        name: 'Bristol City Council',
        region: 'South West',
        website: 'https://www.bristol.gov.uk/',
      },
    },
    'knowledge/areas/postcodes.txt': 'BS1 E06000023\n',
    'knowledge/factors.yaml': {
      areas: {
        financial: {
          title: 'Money',
          factors: { 'financial-security': 'Having enough' },
          helps: 'Money.',
          influences: ['financial'],
        },
      },
    },
    'knowledge/dead-numbers.yaml': { '01632 960 999': 'It closed.', '07860': 'An old beginning.' },
    'knowledge/words-to-avoid.yaml': [
      { avoid: ['respite'], write: 'a break' },
      { avoid: ['prior to'], write: 'before' },
      { avoid: ['additional'], write: 'more' },
    ],
    'knowledge/abbreviations.yaml': {
      explain: { DLA: 'Disability Living Allowance', ALN: 'additional learning needs' },
      known: ['NHS'],
    },
    'locales/en/language.yaml': { name: 'English', english_name: 'English', dir: 'ltr', status: 'original' },
    'locales/en/interface.yaml': {
      hello: 'Hello {{name}}',
      nested: { found_one: 'One thing', found_other: '{{count}} things' },
      ...changes.interface,
    },
    'locales/en/telling.yaml': {},
    'locales/en/answers.yaml': { yes: ['yes'], no: ['no'] },
    'locales/en/examples.yaml': {},
    'locales/en/danger.yaml': [
      { kind: 'life-at-risk', level: 'interrupt', reason: 'Plain words.', patterns: ['help now'] },
    ],
    ...Object.fromEntries(
      Object.entries(entries).map(([id, { id: given, ...fields }]) => [
        `knowledge/entitlements/${id}.yaml`,
        { id: given ?? id, ...fields },
      ]),
    ),
    ...changes.files,
  };
}

/** @returns a folder with made-up content. It goes away with the test. */
export function madeUpRoot(changes: Changes = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'fingerpost-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, data] of Object.entries(filesWith(changes))) {
    if (data === undefined) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof data === 'string' ? data : stringify(data, { lineWidth: 0 }));
  }
  return root;
}

/** @returns made-up content as the checks look at it, with the loader's faults. */
export function madeUp(changes: Changes = {}, root = madeUpRoot(changes)) {
  return openFresh(root);
}

/** One row of a check's table: what differs, and what the check must say, in its order. */
export interface Row {
  readonly name: string;
  readonly changes: Changes;
  /** Of each line that `saysOf` gives, a part. */
  readonly finds: readonly string[];
  readonly today?: string;
}

/** @returns what a check says of made-up content: `level file field: says`, the field read from the fault's line. */
export function saysOf(check: Check, { changes, today = TODAY }: Pick<Row, 'changes' | 'today'>): string[] {
  const root = madeUpRoot(changes);
  return check(madeUp(changes, root), today).map(({ level, file, line, says }) => {
    const text = readFileSync(join(root, file), 'utf8').split('\n')[line - 1] ?? 'no such line';
    return `${level} ${file.split('/').at(-1)} ${text.trim().split(':')[0]}: ${says}`;
  });
}

/** Welsh, with what the base content needs. */
export function welsh(files: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    'locales/cy/language.yaml': { name: 'Cymraeg', english_name: 'Welsh', dir: 'ltr', status: 'drafted' },
    'locales/cy/facts.yaml': {},
    'locales/cy/topics.yaml': {},
    'locales/cy/dangers.yaml': {},
    'locales/cy/entries.yaml': {},
    'locales/cy/danger.yaml': [],
    'locales/cy/examples.yaml': {},
    'locales/cy/answers.yaml': {},
    'locales/cy/telling.yaml': {},
    ...files,
  };
}
