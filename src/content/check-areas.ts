import { nearest } from '../engine/rules.ts';
import { contentIn } from './area-content.ts';
import { AREAS, type Area } from './areas.ts';
import { type Check, type Checked, Findings } from './checks/check.ts';
import { flatTexts } from './checks/texts.ts';
import { misfits } from './checks/translations.ts';
import type { Fault } from './faults.ts';
import type { Loaded } from './load.ts';
import type { YamlFile } from './yaml-file.ts';

/**
 * Looks for the faults of each council's folder: by the same checks as everywhere, each on what that council's
 * families are served with. Only what stands in the folder is reported.
 * @param checks by name
 * @param today "YYYY-MM-DD"
 */
export function checkAreas<Name extends string>(
  loaded: Checked & Pick<Loaded, 'areaFiles'>,
  checks: Readonly<Record<Name, Check>>,
  today: string,
): (Fault & { readonly check: Name | 'areas' })[] {
  return loaded.data.areas.flatMap((area) => {
    const files = loaded.areaFiles.get(area.code) ?? new Map<string, YamlFile>();
    const view = viewOf(loaded, area, files);
    const found = Object.entries<Check>(checks).flatMap(([name, check]) =>
      check(view, today).map((fault) => ({ ...fault, check: name as Name })),
    );
    const own = found.filter(({ file }) => file.startsWith(`${AREAS}/${area.code}/`));
    return [
      ...own,
      ...textFaults(loaded, area, files).map((fault) => ({ ...fault, check: 'areas' as const })),
    ];
  });
}

/** The content as this council's families have it, but of the national entries only those that it touches. */
function viewOf(loaded: Checked, area: Area, own: ReadonlyMap<string, YamlFile>): Checked {
  const here = contentIn(loaded.content, area.code);
  const touched = [...here.entries].filter(([id, { local }]) => id in area.entries || local !== undefined);
  const files = new Map([...loaded.files].filter(([key]) => !key.startsWith('entry:')));
  for (const [key, file] of own) {
    const national = loaded.files.get(key)?.data;
    files.set(key, key.startsWith('entry:') ? file : { ...file, data: both(national, file.data) });
    if (key.startsWith('entry:')) files.set(file.file, file);
  }
  return {
    ...loaded,
    files,
    content: {
      ...here,
      entries: new Map(touched),
      contacts: new Map(Object.entries(area.contacts)),
      sources: new Map(Object.entries(area.sources)),
    },
    data: {
      ...loaded.data,
      engine: { ...loaded.data.engine, entries: area.engine },
      contacts: area.contacts,
      sources: area.sources,
    },
  };
}

function both(a: unknown, b: unknown): unknown {
  return typeof a === 'object' && typeof b === 'object' ? { ...a, ...b } : b;
}

/** Texts under keys that we do not have, or that do not fit where they stand. */
function textFaults({ content }: Checked, area: Area, own: ReadonlyMap<string, YamlFile>): Fault[] {
  const found = new Findings(own);
  const english = new Map(
    flatTexts(content.languages.get('en')?.interface).map(({ path, text }) => [path.join('.'), text]),
  );
  for (const [code, texts] of Object.entries(area.texts)) {
    if (!content.languages.has(code)) {
      found.fault(
        'texts',
        [code],
        `there is no language "${code}"`,
        nearest(code, [...content.languages.keys()]),
      );
      continue;
    }
    for (const { path, text } of flatTexts(texts)) {
      const key = path.join('.');
      const original = english.get(key) ?? english.get(key.replace(/_[a-z]+$/, '_other'));
      if (original === undefined)
        found.fault('texts', [code, ...path], `there is no text "${key}"`, nearest(key, [...english.keys()]));
      else
        for (const { says, cure } of misfits(original, text, ['count']))
          found.fault('texts', [code, ...path], `"${key}": ${says}`, cure);
    }
  }
  return found.list;
}
