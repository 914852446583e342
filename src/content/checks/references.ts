import { NATIONS } from '../../engine/entries.ts';
import { figureOn } from '../../engine/rates.ts';
import { nearest } from '../../engine/rules.ts';
import type { Path } from '../faults.ts';
import { type Check, type Checked, entryIdsIn, Findings, factorIdsIn, idsIn } from './check.ts';
import { everyText, placeholdersIn } from './texts.ts';

/** Names of things that do not exist, in every file. */
export const references: Check = (loaded, today) => {
  const { content, files } = loaded;
  const found = new Findings(files);
  const factors = factorIdsIn(loaded.data);
  const known = {
    topic: idsIn(files, 'topics'),
    contact: idsIn(files, 'contacts'),
    source: idsIn(files, 'sources'),
    rate: idsIn(files, 'rates'),
    danger: idsIn(files, 'danger'),
    factor: factors.size > 0 ? factors : undefined,
    entry: entryIdsIn(files),
    area: new Set(Object.keys(loaded.data.factors.areas)),
  };
  const needs = (kind: keyof typeof known, id: string, file: string, path: Path) => {
    const ids = known[kind];
    if (ids && !ids.has(id)) found.fault(file, path, `there is no ${kind} "${id}"`, nearest(id, [...ids]));
  };
  const all = (kind: keyof typeof known, ids: readonly string[] | undefined, file: string, path: Path) => {
    ids?.forEach((id, i) => {
      needs(kind, id, file, [...path, i]);
      if (ids.indexOf(id) < i) found.warn(file, [...path, i], `"${id}" stands here twice`, 'take one out');
    });
  };

  for (const [id, entry] of content.entries) {
    const file = `entry:${id}`;
    all('topic', entry.topics, file, ['topics']);
    all('contact', entry.contacts, file, ['contacts']);
    all('source', entry.sources, file, ['sources']);
    all('factor', entry.factors, file, ['factors']);
    if (entry.if_refused) needs('entry', entry.if_refused, file, ['if_refused']);
    entry.stages?.forEach(({ if_not }, i) => {
      if (if_not) needs('entry', if_not, file, ['stages', i, 'if_not']);
    });
    all('danger', entry.hide_in_danger, file, ['hide_in_danger']);
    if (entry.worth) needs('rate', entry.worth.rate, file, ['worth', 'rate']);
    entry.contacts?.forEach((contact, i) => {
      const nations = content.contacts.get(contact)?.nations;
      if (nations && !entry.nations.some((nation) => nations.includes(nation)))
        found.warn(
          file,
          ['contacts', i],
          `"${contact}" serves none of the entry's nations`,
          'name another contact',
        );
    });
  }
  for (const [id, fact] of content.facts) {
    for (const [option, kind] of Object.entries(fact.danger ?? {}))
      needs('danger', kind, 'facts', [id, 'danger', option]);
  }
  for (const [id, danger] of content.dangers) {
    all('entry', danger.entries, 'danger', [id, 'entries']);
    for (const nation of [...NATIONS, 'unknown'] as const) {
      all('contact', danger.contacts[nation], 'danger', [id, 'contacts', nation]);
      danger.contacts[nation].forEach((contact, i) => {
        const serves = content.contacts.get(contact)?.nations;
        if (nation !== 'unknown' && serves && !serves.includes(nation))
          found.fault(
            'danger',
            [id, 'contacts', nation, i],
            `"${contact}" does not serve ${nation}`,
            'name a contact of that nation',
          );
      });
    }
  }
  for (const [id, rate] of content.rates) needs('source', rate.source, 'rates', [id, 'source']);
  for (const [id, area] of Object.entries(content.factors.areas))
    all('area', area.influences, 'factors', ['areas', id, 'influences']);
  for (const { code, danger, examples } of content.languages.values()) {
    danger.forEach(({ kind }, i) => {
      needs('danger', kind, `locales/${code}/danger.yaml`, [i, 'kind']);
    });
    for (const kind of Object.keys(examples.danger ?? {}))
      needs('danger', kind, `locales/${code}/examples.yaml`, ['danger', kind]);
  }

  placeholders(loaded, known.rate, found, today);
  unused(loaded, found);
  return found.list;
};

function placeholders(
  loaded: Checked,
  rates: ReadonlySet<string> | undefined,
  found: Findings,
  today: string,
): void {
  for (const { of, field, file, path, text } of everyText(loaded)) {
    // The interface's placeholders are filled by the code, which knows their names.
    if (of === 'interface') continue;
    for (const name of placeholdersIn(text)) {
      if (name === 'value' && of === 'facts' && field === 'said') continue;
      const id = name.startsWith('rate.') ? name.slice('rate.'.length) : undefined;
      if (id === undefined) {
        found.fault(file, path, `nothing fills {{${name}}}`, 'use {{rate.its_id}}; {{value}} only in `said`');
        continue;
      }
      if (rates && !rates.has(id)) {
        found.fault(file, path, `there is no rate "${id}"`, nearest(id, [...rates]));
        continue;
      }
      const rate = loaded.content.figures.get(id);
      if (rate && figureOn(rate, today) === undefined) {
        found.fault(
          file,
          path,
          `{{rate.${id}}} has no figure today, so this text cannot be shown`,
          'add the new figure to knowledge/rates.yaml',
        );
      }
    }
  }
}

function unused({ content }: Checked, found: Findings): void {
  const entries = [...content.entries.values()];
  const sources = new Set([
    ...entries.flatMap((entry) => entry.sources),
    ...[...content.rates.values()].map((rate) => rate.source),
  ]);
  for (const id of content.sources.keys())
    if (!sources.has(id)) found.warn('sources', [id], `nothing cites "${id}"`, 'cite it or take it out');
  const contacts = new Set([
    ...entries.flatMap((entry) => entry.contacts ?? []),
    ...[...content.dangers.values()].flatMap((danger) => Object.values(danger.contacts).flat()),
  ]);
  for (const id of content.contacts.keys())
    if (!contacts.has(id)) found.warn('contacts', [id], `nothing names "${id}"`, 'name it or take it out');
  const topics = new Set(entries.flatMap((entry) => entry.topics));
  for (const id of content.topics.keys())
    if (!topics.has(id)) found.warn('topics', [id], `no entry is on the topic "${id}"`, 'write one');
}
