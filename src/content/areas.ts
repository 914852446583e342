import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Entry } from '../engine/entries.ts';
import { nearest } from '../engine/rules.ts';
import { contrastOf, LEAST_CONTRAST } from './contrast.ts';
import type { Path } from './faults.ts';
import {
  AREA_FILES,
  type AreaEntryText,
  type AreaText,
  type AreaTexts,
  type AuthorityText,
  areaEntrySchema,
  type Contact,
  type DangerAnswer,
  type EntryText,
  type Source,
} from './schemas.ts';
import type { YamlFile } from './yaml-file.ts';

/** Where the councils' folders stand, each under its code. */
export const AREAS = 'knowledge/areas';

export type Brand = NonNullable<AreaText['brand']>;

/** What a council adds for the families in its area: one folder of `knowledge/areas/`. */
export interface Area {
  readonly code: string;
  /** An invented council: its name and website. Real families never see it. */
  readonly example?: AreaText['example'];
  readonly brand?: Brand;
  /** Origins of the pages on which the chat may stand in a frame: "https://www.example.gov.uk". */
  readonly embedOn: readonly string[];
  /** For each local thing, the id of its contact. */
  readonly local: NonNullable<AreaText['local']>;
  readonly contacts: Readonly<Record<string, Contact>>;
  readonly sources: Readonly<Record<string, Source>>;
  readonly entries: Readonly<Record<string, AreaEntryText>>;
  /** The entries as the engine reads them. */
  readonly engine: readonly Entry[];
  /** By language code, interface texts that it says in its own way. */
  readonly texts: AreaTexts;
}

/** What the loader of all content lends to the reader of areas. */
export interface Lent {
  readonly read: <S extends z.ZodType>(path: string, schema: S) => z.infer<S> | undefined;
  readonly report: (file: YamlFile, path: Path, says: string, cure: string) => void;
  readonly fileOf: (path: string) => YamlFile | undefined;
  /** @returns the entry as the engine reads it; undefined where it has a fault, which was reported */
  readonly toEntry: (text: EntryText, file: YamlFile) => Entry | undefined;
}

/** The national content that a folder may build on. */
export interface Nation {
  readonly authorities: Readonly<Record<string, AuthorityText>>;
  readonly entries: Readonly<Record<string, EntryText>>;
  readonly contacts: Readonly<Record<string, Contact>>;
  readonly sources: Readonly<Record<string, Source>>;
  readonly dangers: Readonly<Record<string, DangerAnswer>>;
}

const FOLDER = /^[EX]\d{8}$/;

/**
 * Reads the folders of the councils. What is faulty is reported and left out, and takes nothing else down: not the
 * rest of the folder, and never what is there for everybody.
 * @param root the project's root
 */
export function readAreas(root: string, nation: Nation, lent: Lent): Area[] {
  return foldersIn(root).flatMap((code) => readArea(root, code, nation, lent) ?? []);
}

function foldersIn(root: string): string[] {
  try {
    const items = readdirSync(join(root, AREAS), { withFileTypes: true });
    return items.flatMap((item) => (item.isDirectory() ? [item.name] : [])).sort();
  } catch {
    return [];
  }
}

function readArea(root: string, code: string, nation: Nation, lent: Lent): Area | undefined {
  const { read, report, fileOf } = lent;
  const at = (name: string) => `${AREAS}/${code}/${name}`;
  const about = read(at('area.yaml'), AREA_FILES.area);
  const file = fileOf(at('area.yaml'));
  const fault = (path: Path, says: string, cure: string) => {
    if (file) report(file, path, says, cure);
  };
  const isKnown = Object.hasOwn(nation.authorities, code);
  if (about?.example !== undefined ? !code.startsWith('X') : !isKnown) {
    if (about?.example !== undefined) {
      fault(['example'], `"${code}" is no code for an example`, 'call the folder X and eight digits');
    } else {
      fault(
        [],
        FOLDER.test(code) && !code.startsWith('X')
          ? `there is no authority "${code}"`
          : `the folder's name "${code}" is no code of an authority`,
        `the codes stand in ${AREAS}/authorities.yaml: ${nearest(code, Object.keys(nation.authorities))}`,
      );
    }
    return undefined;
  }
  const ifThere = <S extends z.ZodType>(name: string, schema: S): z.infer<S> | undefined =>
    existsSync(join(root, at(name))) ? read(at(name), schema) : undefined;
  const own = <Item>(name: 'contacts' | 'sources', items: Readonly<Record<string, Item>> | undefined) =>
    withoutTaken(items ?? {}, nation[name], (id) => {
      const itsFile = fileOf(at(`${name}.yaml`));
      const says = `"${id}" stands in knowledge/${name}.yaml already`;
      if (itsFile) report(itsFile, [id], says, 'give this one another id, or take it out and name that one');
    });
  const contacts = own('contacts', ifThere('contacts.yaml', AREA_FILES.contacts));
  const local = Object.fromEntries(
    Object.entries(about?.local ?? {}).filter(([thing, id]) => {
      if (id !== undefined && Object.hasOwn(contacts, id)) return true;
      const cure = nearest(String(id), Object.keys(contacts));
      fault(['local', thing], `contacts.yaml of this folder has no contact "${id}"`, cure);
      return false;
    }),
  );
  const { entries, engine } = readEntries(root, code, nation, lent);
  return {
    code,
    example: about?.example,
    brand: about?.brand && legible(about.brand, fault) ? about.brand : undefined,
    embedOn: embeddable(about, fault),
    local,
    contacts,
    sources: own('sources', ifThere('sources.yaml', AREA_FILES.sources)),
    entries,
    engine,
    texts: ifThere('texts.yaml', AREA_FILES.texts) ?? {},
  };
}

/** @returns the items whose id the nation does not have: a council must not change a number that help hangs on. */
function withoutTaken<Item>(
  items: Readonly<Record<string, Item>>,
  taken: object,
  report: (id: string) => void,
): Record<string, Item> {
  return Object.fromEntries(
    Object.entries(items).filter(([id]) => {
      const free = !Object.hasOwn(taken, id);
      if (!free) report(id);
      return free;
    }),
  );
}

function readEntries(
  root: string,
  code: string,
  nation: Nation,
  { read, report, fileOf, toEntry }: Lent,
): Pick<Area, 'entries' | 'engine'> {
  const folder = `${AREAS}/${code}/entries`;
  const names = existsSync(join(root, folder)) ? readdirSync(join(root, folder)).sort() : [];
  const entries: Record<string, AreaEntryText> = {};
  const engine: Entry[] = [];
  const helps = new Set(Object.values(nation.dangers).flatMap((danger) => danger.entries));
  for (const name of names.filter((one) => one.endsWith('.yaml'))) {
    const path = `${folder}/${name}`;
    const text = read(path, areaEntrySchema);
    const file = fileOf(path);
    if (!text || !file) continue;
    let whole = true;
    const fault = (at: Path, says: string, cure: string) => {
      whole = false;
      report(file, at, says, cure);
    };
    const { id, replaces, complements } = text;
    if (`${id}.yaml` !== name)
      fault(['id'], `the id "${id}" is not the file's name`, 'give both the same name');
    if (Object.hasOwn(nation.entries, id))
      fault(['id'], `there is a national entry "${id}"`, `give it another id, and write \`replaces: ${id}\``);
    if (text.nations.some((one) => one !== 'england'))
      fault(['nations'], 'an area of England has no other nation', 'write `nations: [england]`');
    for (const [field, other] of Object.entries({ replaces, complements }))
      if (other !== undefined && !Object.hasOwn(nation.entries, other))
        fault([field], `there is no entry "${other}"`, nearest(other, Object.keys(nation.entries)));
    if (replaces !== undefined && (nation.entries[replaces]?.urgent || helps.has(replaces)))
      fault(
        ['replaces'],
        `"${replaces}" is help in danger: it is never left out`,
        'write `complements` instead',
      );
    const entry = whole ? toEntry(text, file) : undefined;
    if (!entry) continue;
    entries[id] = text;
    engine.push(entry);
  }
  return { entries, engine };
}

/** @returns where the chat may stand. Reports what only an invented council may name: pages of one's own machine. */
function embeddable(
  about: AreaText | undefined,
  fault: (path: Path, says: string, cure: string) => void,
): string[] {
  return (about?.embed_on ?? []).filter((origin, i) => {
    if (about?.example !== undefined || origin.startsWith('https:')) return true;
    fault(['embed_on', i], `"${origin}" is not encrypted`, 'write the https address of the page');
    return false;
  });
}

const WHITE = '#ffffff';
const PAPER = '#fbf6ec';
const INK = '#221d18';

/** Reports the colours of a brand that people could not read. */
function legible(brand: Brand, fault: (path: Path, says: string, cure: string) => void): boolean {
  const pairs = [
    ['main', 'white letters', WHITE],
    ['dark', 'white letters', WHITE],
    ['link', 'the page behind it', PAPER],
    ['pale', 'our black letters', INK],
    ['pale', 'its own dark letters', brand.dark],
  ] as const;
  const faulty = pairs.filter(([name, with_, other]) => {
    const contrast = contrastOf(brand[name], other);
    if (contrast >= LEAST_CONTRAST) return false;
    fault(
      ['brand', name],
      `${brand[name]} has a contrast of ${contrast.toFixed(1)} with ${with_}; people need ${LEAST_CONTRAST}`,
      name === 'pale' ? 'take a lighter colour' : 'take a darker colour',
    );
    return true;
  });
  return faulty.length === 0;
}
