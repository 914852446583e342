import { describe, expect, test } from 'vitest';
import { besidesIn, contentIn, withTextsOf } from '../../src/content/area-content.ts';
import { checkContent, openFresh } from '../../src/content/check.ts';
import { contrastOf } from '../../src/content/contrast.ts';
import { type Changes, madeUp, madeUpRoot, TODAY } from './made-up.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const CODE = 'E06000023';
const FOLDER = `knowledge/areas/${CODE}`;
const BRAND = {
  logo_text: 'Bristol',
  main: '#5a2a6e',
  dark: '#3d1a4d',
  link: '#4b1f7a',
  pale: '#f0e6f5',
};
const CONTACT = {
  name: 'Bristol line',
  phone: '01632 960 002',
  for: 'Parents in Bristol.',
  nations: ['england'],
  checked: '2026-10',
  confidence: 'high',
};
const CLUB = {
  id: 'bristol-club',
  kind: 'service',
  title: 'Bristol club',
  summary: 'A club on Saturdays.',
  topics: ['money'],
  nations: ['england'],
  reach: 'topic',
  when: { 'carer.hours': { at_least: 10 } },
  who: 'You live in Bristol.',
  first_step: 'Call them.',
  steps: ['Call them.'],
  contacts: ['bristol-line'],
  effort: 1,
  factors: ['financial-security'],
  sources: ['bristol-page'],
  checked: '2026-11-01',
  review_by: '2027-04-05',
};
const WHOLE = {
  [`${FOLDER}/area.yaml`]: { brand: BRAND, local: { sendiass: 'bristol-line' } },
  [`${FOLDER}/contacts.yaml`]: { 'bristol-line': CONTACT },
  [`${FOLDER}/sources.yaml`]: {
    'bristol-page': {
      title: 'Club',
      url: 'https://example.org/',
      publisher: 'Bristol',
      checked: '2026-11-01',
    },
  },
  [`${FOLDER}/entries/bristol-club.yaml`]: CLUB,
  [`${FOLDER}/texts.yaml`]: { en: { hello: 'Hello from Bristol, {{name}}' } },
};
const national: Changes = { entries: { 'carer-money': { local: 'sendiass' } } };
const withFolder = (files: Record<string, unknown> = {}, changes: Changes = national): Changes => ({
  ...changes,
  files: { ...changes.files, ...WHOLE, ...files },
});

describe("a council's folder", () => {
  test('is served to the families in its area, and to nobody else', () => {
    const { content, faults } = madeUp(withFolder());
    expect(faults.filter(isAreas)).toEqual([]);
    const here = contentIn(content, CODE);
    expect(here).toBe(contentIn(content, CODE));
    expect(contentIn(content, undefined)).toBe(content);
    expect(contentIn(content, 'E06000024')).toBe(content);
    expect([...content.entries.keys()]).toEqual(['carer-money']);
    expect([...here.entries.keys()]).toEqual(['carer-money', 'bristol-club']);
    expect(here.model.entryIndex.has('bristol-club')).toBe(true);
    expect(content.model.entryIndex.has('bristol-club')).toBe(false);
    expect(content.contacts.has('bristol-line')).toBe(false);
  });

  test('puts its contact first where an entry is about that local thing', () => {
    const here = contentIn(madeUp(withFolder()).content, CODE);
    expect(here.entries.get('carer-money')?.contacts).toEqual(['bristol-line', 'carers-line']);
  });

  test('an entry of it can stand for a national one, or beside it', () => {
    const other = { id: undefined, title: 'Other money', summary: 'Other money.', local: undefined };
    const entries = { 'carer-money': { if_refused: 'other-money' }, 'other-money': other };
    const changes = { ...national, entries };
    const club = (field: object) => ({ [`${FOLDER}/entries/bristol-club.yaml`]: { ...CLUB, ...field } });
    const replaced = contentIn(madeUp(withFolder(club({ replaces: 'other-money' }), changes)).content, CODE);
    expect([...replaced.entries.keys()]).toEqual(['carer-money', 'bristol-club']);
    expect(replaced.entries.get('carer-money')?.if_refused).toBe('bristol-club');
    const { content } = madeUp(withFolder(club({ complements: 'carer-money' })));
    expect(besidesIn(content, CODE, 'carer-money')).toEqual(['bristol-club']);
    expect(besidesIn(content, undefined, 'carer-money')).toEqual([]);
  });

  test('says what it says in its own way, and nothing that we do not have', () => {
    const texts = { en: { hello: 'Hi {{name}}', nested: 'gone', new: 'x', made: { up: 'y' } } };
    const { content } = madeUp(withFolder({ [`${FOLDER}/texts.yaml`]: texts }));
    expect(withTextsOf(content, CODE).languages.get('en')?.interface).toEqual({
      ...content.languages.get('en')?.interface,
      hello: 'Hi {{name}}',
    });
    expect(withTextsOf(content, undefined)).toBe(content);
  });

  test('has no fault when it is whole', () => {
    expect(checkContent(madeUpRoot(withFolder()), TODAY).filter(isAreas)).toEqual([]);
  });
});

const isAreas = ({ file }: { file: string }) => file.startsWith('knowledge/areas/');

describe('faults in a folder', () => {
  const entry = (fields: object) => ({ [`${FOLDER}/entries/bristol-club.yaml`]: { ...CLUB, ...fields } });
  test.for<[string, Record<string, unknown>, string]>([
    [
      'a folder of nobody',
      { 'knowledge/areas/E06000099/area.yaml': {} },
      'E06000099/area.yaml:1 there is no authority "E06000099"',
    ],
    [
      'a folder with a name',
      { 'knowledge/areas/bristol/area.yaml': {} },
      'bristol/area.yaml:1 the folder\'s name "bristol" is no code',
    ],
    [
      'an example under a real code',
      { [`${FOLDER}/area.yaml`]: { example: { name: 'Example', website: 'https://example.org/' } } },
      `${CODE}/area.yaml:1 "${CODE}" is no code for an example`,
    ],
    ['a folder without its file', { [`${FOLDER}/area.yaml`]: undefined }, 'area.yaml:1 the file is missing'],
    ['broken YAML', { [`${FOLDER}/contacts.yaml`]: 'a: [b' }, 'contacts.yaml:1 '],
    [
      'a contact that is not there',
      { [`${FOLDER}/area.yaml`]: { local: { sendiass: 'bristol-lin' } } },
      'area.yaml:2 contacts.yaml of this folder has no contact "bristol-lin"',
    ],
    [
      'a number that help hangs on, changed',
      { [`${FOLDER}/contacts.yaml`]: { 'carers-line': CONTACT, 'bristol-line': CONTACT } },
      'contacts.yaml:1 "carers-line" stands in knowledge/contacts.yaml already',
    ],
    [
      'colours that nobody can read',
      { [`${FOLDER}/area.yaml`]: { brand: { ...BRAND, main: '#ffcc00' } } },
      'area.yaml:3 #ffcc00 has a contrast of 1.5 with white letters',
    ],
    [
      'a chat on a page that is not encrypted',
      { [`${FOLDER}/area.yaml`]: { embed_on: ['http://localhost:*'] } },
      'area.yaml:2 "http://localhost:*" is not encrypted',
    ],
    [
      'a chat on everybody’s pages',
      { [`${FOLDER}/area.yaml`]: { embed_on: ['https://*'] } },
      'write it like "https://www.example.gov.uk"',
    ],
    [
      'a chat on what is no site',
      { [`${FOLDER}/area.yaml`]: { embed_on: ["https://a.example; script-src 'unsafe-inline'"] } },
      'write it like "https://www.example.gov.uk"',
    ],
    ['no colour', { [`${FOLDER}/area.yaml`]: { brand: { ...BRAND, link: 'purple' } } }, 'area.yaml:5 '],
    ['an unknown local thing', { [`${FOLDER}/area.yaml`]: { local: { sendias: 'x' } } }, 'area.yaml:'],
    ['a rule on no fact', entry({ when: { 'carer.hour': 3 } }), 'club.yaml:11 there is no fact "carer.hour"'],
    ['another nation', entry({ nations: ['wales'] }), 'club.yaml:7 an area of England has no other nation'],
    ['an id that is taken', entry({ id: 'carer-money' }), 'club.yaml:1 there is a national entry'],
    [
      'help in danger left out',
      entry({ replaces: 'carer-money' }),
      'club.yaml:26 "carer-money" is help in danger: it is never left out',
    ],
    ['beside nothing', entry({ complements: 'nothing' }), 'club.yaml:26 there is no entry "nothing"'],
    ['a contact of nobody', entry({ contacts: ['nobody'] }), 'club.yaml:18 there is no contact "nobody"'],
    ['a hard word', entry({ summary: 'You can have respite.' }), 'club.yaml:4 '],
    ['a dead number', entry({ steps: ['Call 01632 960 999.'] }), 'club.yaml:16 '],
    [
      'a text under no key',
      { [`${FOLDER}/texts.yaml`]: { en: { helo: 'x' } } },
      'texts.yaml:2 there is no text "helo"',
    ],
    [
      'a text that lost its name',
      { [`${FOLDER}/texts.yaml`]: { en: { hello: 'Hello' } } },
      'texts.yaml:2 "hello": {{name}} is missing',
    ],
    [
      'a language of nobody',
      { [`${FOLDER}/texts.yaml`]: { xx: {} } },
      'texts.yaml:1 there is no language "xx"',
    ],
  ])('%s', ([, files, says]) => {
    const found = checkContent(madeUpRoot(withFolder(files)), TODAY).filter(isAreas);
    const said = found.map(({ file, line, says: text }) => `${file}:${line} ${text}`);
    expect(said).toEqual(expect.arrayContaining([expect.stringContaining(says)]));
  });

  test('take nothing else down', () => {
    const { content, faults } = madeUp(
      withFolder({
        [`${FOLDER}/entries/bristol-club.yaml`]: 'a: [b',
        [`${FOLDER}/texts.yaml`]: { en: [] },
        [`${FOLDER}/area.yaml`]: {
          brand: { ...BRAND, main: '#ffffff' },
          local: { sendiass: 'bristol-line' },
        },
      }),
    );
    expect(faults).not.toEqual([]);
    const here = contentIn(content, CODE);
    expect(here.entries.get('carer-money')?.contacts).toEqual(['bristol-line', 'carers-line']);
    expect([...here.entries.keys()]).toEqual(['carer-money']);
    expect(content.areas.get(CODE)?.brand).toBeUndefined();
  });

  test('of its own are no faults of the others', () => {
    const others = (changes: Changes) =>
      checkContent(madeUpRoot(changes), TODAY).filter((one) => !isAreas(one) && one.check !== 'editor');
    expect(others(withFolder({ [`${FOLDER}/area.yaml`]: {} }))).toEqual(others(national));
  });
});

test('colours contrast as WCAG reckons', () => {
  expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrastOf('#ffffff', '#ffffff')).toBe(1);
  expect(contrastOf('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  expect(contrastOf('#ffffff', '#767676')).toBeCloseTo(4.54, 2);
});

test('the invented council is whole, has no number that anybody could have, and no page of a real place', () => {
  const { content, data, faults } = openFresh(ROOT);
  expect(faults.filter(isAreas)).toEqual([]);
  const [example] = data.areas.filter((area) => area.example);
  expect(example?.code).toBe('X99000001');
  expect(content.authorities.get('X99000001')?.name).toContain('not a real place');
  const strings = JSON.stringify(example);
  for (const url of strings.match(/https?:[^"]*/g) ?? [])
    expect(url).toMatch(/^(https:\/\/www\.example\.org\/|http:\/\/(localhost|127\.0\.0\.1):\*$)/);
  for (const { phone } of Object.values(example?.contacts ?? {}))
    if (phone) expect(phone).toMatch(/^01632 960\d{3}$/);
  for (const { title } of Object.values(example?.entries ?? {})) expect(title).toContain('not a real');
  expect(data.postcodes).not.toContain('X99');
});
