import { NATIONS } from '../engine/entries.ts';
import type { SpokenContact, SpokenDeadline, SpokenEntry, SpokenLocal } from '../speech/spoken.ts';
import type { Said, Voice } from '../speech/voice.ts';

/** Says an interface text by its key. */
export type Say = (key: string, values?: Record<string, string | number>) => string;

/** @returns how a voice says its interface texts, as plain text. One of a voice: texts without values are looked up once. */
export function sayingOf(voice: Voice): Say {
  const known = sayings.get(voice);
  if (known) return known;
  const texts = new Map<string, string>();
  const say: Say = (key, values) => {
    if (values) return voice.say(key, values).text;
    const said = texts.get(key) ?? voice.say(key).text;
    texts.set(key, said);
    return said;
  };
  sayings.set(voice, say);
  return say;
}
/** The keys are ours, so there are not many. */
const sayings = new WeakMap<Voice, Say>();

/** @returns names or values in one line, with the comma of the language. */
export function inLine(said: readonly Said[], say: Say): string {
  return said.map(({ text }) => text).join(`${say('value.comma')} `);
}

/** @returns whole sentences, one after the other. */
export function inTurn(sentences: readonly Said[]): string {
  return sentences.map(({ text }) => text).join(' ');
}

/**
 * @param brief only how to reach them now, where each letter costs
 * @param where with the nations that they are for, where these are not all: for whom nothing else of it is said
 * @returns who to reach and how, in one line
 */
export function contactInText(one: SpokenContact, say: Say, brief = false, where = false): string {
  const press = one.press ? `, ${say('entry.press', { key: one.press })}` : '';
  const nations = one.nations.map((nation) => say(`nation.${nation}`)).join(`${say('value.comma')} `);
  const reach = [
    where && one.nations.length < NATIONS.length && nations,
    one.now?.said.text,
    one.phone && `${say('entry.call', { number: one.phone })}${press}`,
    one.text &&
      say(one.text.word ? 'contact.text_word' : 'contact.text', {
        word: one.text.word ?? '',
        number: one.text.to,
      }),
    one.textphone && say('contact.textphone', { number: one.textphone }),
  ];
  const more = [
    one.hours && say('entry.hours', { hours: one.hours.text }),
    ...[one.cost, one.languages, one.interpreter, one.sign].map((said) => said?.text),
    one.web,
    one.checked?.text,
  ];
  // Who can be reached on the web alone is reached there.
  const parts = brief ? (one.phone || one.text ? reach : [...reach, one.web]) : [...reach, ...more];
  return `${one.name}: ${parts.filter(Boolean).join('. ')}`;
}

/** @returns a day that runs, and what is left of the time. */
export function deadlineInText({ label, date, forChildren, says }: SpokenDeadline, say: Say): string {
  const day = say('found.deadline', { label: label.text, date: date.text });
  const children = forChildren.length > 0 ? ` (${inLine(forChildren, say)})` : '';
  return [`${day}${children}.`, ...says.map(({ text }) => text)].join(' ');
}

/** A part of a long text: a heading, and what stands below it. */
export interface Section {
  readonly heading?: string;
  /** Each with its first line and what belongs to it. */
  readonly items: readonly (readonly string[])[];
  /** The items come one after the other. */
  readonly inOrder?: boolean;
}

/** @returns an entry, its title and what it is first, each part a section. */
export function entrySections(spoken: SpokenEntry, say: Say): Section[] {
  const part = (key: string, lines: readonly string[]): Section[] =>
    lines.length > 0 ? [{ heading: say(key), items: lines.map((line) => [line]) }] : [];
  const texts = (said: readonly Said[]) => said.map(({ text }) => text);
  const reasons = spoken.outcome?.reasons.flatMap(({ told, needs }) => texts([...told, ...needs])) ?? [];
  return [
    {
      heading: spoken.title.text,
      items: [spoken.overdue, spoken.summary, spoken.worth].flatMap((one) => (one ? [[one.text]] : [])),
    },
    ...(spoken.outcome
      ? [{ heading: spoken.outcome.verdict.text, items: reasons.map((text) => [text]) }]
      : []),
    ...(spoken.deadlines.length > 0
      ? [{ items: spoken.deadlines.map((each) => [`! ${deadlineInText(each, say)}`]) }]
      : []),
    ...part('entry.who', [spoken.who.text]),
    ...part('entry.steps', texts(spoken.steps)),
    ...part(
      'stage.ask',
      spoken.datesToAsk.map(({ ask }) => ask.text),
    ),
    ...stageSections(spoken, say),
    ...part('entry.have_ready', texts(spoken.haveReady)),
    ...part('entry.watch_out', texts(spoken.watchOut)),
    ...part(
      'entry.myths',
      spoken.myths.map(({ said, truth }) => `"${said.text}" ${truth.text}`),
    ),
    ...part('entry.refused', [
      ...texts(spoken.refusedSteps),
      ...(spoken.ifRefused ? [say('entry.refused_see', { title: spoken.ifRefused.title.text })] : []),
    ]),
    ...part(
      'entry.contacts',
      spoken.contacts.map((one) => contactInText(one, say)),
    ),
    ...(spoken.local ? part('area.heading', localLines(spoken.local)) : []),
    ...part('entry.source', [
      ...spoken.sources.map(({ title, publisher, url }) => `${title} (${publisher}) ${url}`),
      spoken.checked.text,
    ]),
  ];
}

function stageSections({ stages }: SpokenEntry, say: Say): Section[] {
  if (stages.length === 0) return [];
  const line = (key: string, said: Said | undefined) =>
    said ? [`${say(`stage.${key}`)}: ${said.text}`] : [];
  const items = stages.map((stage) => [
    `${stage.title.text} (${stage.who.text})`,
    stage.what.text,
    ...line('when', stage.when),
    ...stage.deadlines.map((each) => `! ${deadlineInText(each, say)}`),
    ...line('first', stage.first),
    ...line('meanwhile', stage.meanwhile),
    ...(stage.ifNot
      ? [say(stage.actor === 'you' ? 'stage.see' : 'stage.if_not', { title: stage.ifNot.title.text })]
      : []),
    ...(stage.myth ? [`"${stage.myth.said.text}" ${stage.myth.truth.text}`] : []),
  ]);
  return [{ heading: say('stage.heading'), items, inOrder: true }];
}

function localLines({ council, besides }: SpokenLocal): string[] {
  return [
    ...(council ? [`${council.text.text} ${council.website.url}`] : []),
    ...(council?.ended ? [council.ended.text] : []),
    ...besides.map(({ title }) => title.text),
  ];
}
