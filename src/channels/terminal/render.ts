import type {
  Spoken,
  SpokenCard,
  SpokenContact,
  SpokenDanger,
  SpokenDeadline,
  SpokenEntry,
  SpokenFound,
  SpokenLocal,
} from '../../speech/spoken.ts';
import type { Said, Voice } from '../../speech/voice.ts';

/** Something that a number on the screen stands for. */
export type Choice =
  | { readonly kind: 'topic'; readonly id: string }
  | { readonly kind: 'entry'; readonly id: string }
  | { readonly kind: 'change'; readonly fact: string; readonly child: number }
  | { readonly kind: 'confirm' }
  | { readonly kind: 'so'; readonly fact: string; readonly child: number }
  | { readonly kind: 'keep' }
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' };

/** A screen of text, and what its numbers stand for ("1" is the first). Options of a question are read as answers. */
export interface Screen {
  readonly text: string;
  readonly choices: readonly Choice[];
}

/** @returns what a reply looks like in a terminal. `more` also lists what stands behind "show more". */
export function render(spoken: Spoken, voice: Voice, more = false): Screen {
  const say = (key: string, values?: Record<string, string | number>) => voice.say(key, values).text;
  switch (spoken.kind) {
    case 'notice': {
      const { text, heard = [], entry, language } = spoken;
      return {
        text: [
          text.text,
          ...heard.map(({ says }, i) => `  - ${list(says)} (${say('notice.not_so')}: not ${i + 1})`),
          ...(entry ? [`  ${entry.title.text}`] : []),
          ...(language ? [`  ${language.text.text} (language ${language.code})`] : []),
        ].join('\n'),
        choices: [],
      };
    }
    case 'confirm':
      return {
        text: [
          say('confirm.heading'),
          `  ${list(spoken.says)}`,
          `${number(0)} ${say('confirm.yes')}`,
          `${number(1)} ${say('confirm.no')}`,
        ].join('\n'),
        choices: [
          { kind: 'so', fact: spoken.fact, child: spoken.child },
          { kind: 'change', fact: spoken.fact, child: spoken.child },
        ],
      };
    case 'danger':
      return danger(spoken, say);
    case 'topics': {
      const lines = spoken.topics.map(
        ({ title, chosen }, i) => `${number(i)} ${title.text}${chosen ? ' *' : ''}`,
      );
      return {
        text: [
          say('start.box_label'),
          say('start.box_hint'),
          '',
          say('start.topics_heading'),
          ...lines,
          '',
          say('terminal.numbers_several'),
        ].join('\n'),
        choices: spoken.topics.map(({ id }) => ({ kind: 'topic', id })),
      };
    }
    case 'question': {
      const fresh = spoken.fresh.map(({ title }) => `  + ${title.text}`);
      const lines = [
        ...(fresh.length > 0 ? [`${say('found_so_far.fresh_heading')}:`, ...fresh, ''] : []),
        ...(spoken.caption ? [spoken.caption.text] : []),
        spoken.ask.text,
        ...(spoken.help ? [`  ${spoken.help.text}`] : []),
        `  ${say('question.why')}: ${spoken.why.text}`,
        ...spoken.options.map(({ label, chosen }, i) => `${number(i)} ${label.text}${chosen ? ' *' : ''}`),
        ...(spoken.unit ? [`  (${spoken.unit.text})`] : []),
        ...(spoken.type === 'several' ? [say('terminal.numbers_several')] : []),
        `  (${say('question.not_sure')} / ${say('question.rather_not_say')})`,
      ];
      return { text: lines.join('\n'), choices: [] };
    }
    case 'found':
      return found(spoken, voice, more);
    case 'answers': {
      const rows = spoken.groups.flatMap(({ rows }) => rows);
      const lines = spoken.groups.flatMap(({ title, rows: some }) => [
        `${title.text}:`,
        ...some.map((row) => `${number(rows.indexOf(row))} ${row.question.text} ${list(row.answer)}`),
      ]);
      return {
        text: [
          say('answers.heading'),
          ...(rows.length > 0 ? [...lines, '', `${say('answers.change')}: change 1`] : [say('answers.none')]),
        ].join('\n'),
        choices: rows.map(({ fact, child }) => ({ kind: 'change', fact, child })),
      };
    }
    case 'entry':
      return { text: entry(spoken, voice), choices: [] };
    case 'price': {
      const part = (key: string, links: typeof spoken.adds) =>
        links.length > 0 ? [`${say(key)}:`, ...links.map(({ title }) => `  - ${title.text}`)] : [];
      return {
        text: [
          `${say('price.heading')}: ${spoken.question.text}`,
          say('price.from', { answer: list(spoken.from) }),
          say('price.to', { answer: list(spoken.to) }),
          ...part('price.adds', spoken.adds),
          ...part('price.removes', spoken.removes),
          `${number(0)} ${say('price.confirm')}`,
          `${number(1)} ${say('price.keep')}`,
        ].join('\n'),
        choices: [{ kind: 'confirm' }, { kind: 'keep' }],
      };
    }
  }
}

type Say = (key: string, values?: Record<string, string | number>) => string;

function number(index: number): string {
  return `${String(index + 1).padStart(3)}.`;
}

function list(said: readonly Said[]): string {
  return said.map(({ text }) => text).join(', ');
}

function contact(one: SpokenContact, say: Say): string {
  const press = one.press ? `, ${say('entry.press', { key: one.press })}` : '';
  const parts = [
    one.now?.said.text,
    one.phone && `${say('entry.call', { number: one.phone })}${press}`,
    one.text &&
      say(one.text.word ? 'contact.text_word' : 'contact.text', {
        word: one.text.word ?? '',
        number: one.text.to,
      }),
    one.textphone && say('contact.textphone', { number: one.textphone }),
    one.hours && say('entry.hours', { hours: one.hours.text }),
    ...[one.cost, one.languages, one.interpreter, one.sign].map((said) => said?.text),
    one.web,
    one.checked?.text,
  ];
  return `  ${one.name}: ${parts.filter(Boolean).join('. ')}`;
}

function danger(spoken: SpokenDanger, say: Say): Screen {
  const lines = [
    spoken.title.text,
    '',
    ...(spoken.ask ? [spoken.ask.question.text, ''] : []),
    ...spoken.say.map(({ text }) => text),
    '',
    ...spoken.contacts.map((one) => contact(one, say)),
    '',
    spoken.after.text,
    `${say('danger.go_on')}: go on`,
  ];
  if (!spoken.ask) return { text: lines.join('\n'), choices: [] };
  const options = [spoken.ask.yes, spoken.ask.no].map(({ text }, i) => `${number(i)} ${text}`);
  return { text: [...lines, ...options].join('\n'), choices: [{ kind: 'yes' }, { kind: 'no' }] };
}

function found(spoken: SpokenFound, voice: Voice, more: boolean): Screen {
  const say: Say = (key, values) => voice.say(key, values).text;
  const choices: Choice[] = [];
  const card = (one: SpokenCard): string[] => {
    choices.push({ kind: 'entry', id: one.id });
    return [
      `${number(choices.length - 1)} ${one.title.text} (${list([one.tag, ...one.forChildren])})${one.worth ? ` ${one.worth.text}` : ''}`,
      `     ${one.summary.text}`,
      `     ${say('found.why')}: ${one.why.map(({ text }) => text).join(' ')}`,
      `     ${say('found.first_step')}: ${one.firstStep.text}`,
      ...one.deadlines.map((each) => `     ! ${deadline(each, say)}`),
      ...(one.after.length > 0
        ? [`     ${say('found.later_after', { titles: list(one.after.map(({ title }) => title)) })}`]
        : []),
      ...(one.settle ? [`     ${say('found.settle')}: ${one.settle.ask.text}`] : []),
    ];
  };
  const group = (heading: string, cards: readonly SpokenCard[]) =>
    cards.length > 0 ? ['', heading, ...cards.flatMap(card)] : [];
  const lines = [
    spoken.heading.text,
    spoken.intro.text,
    ...spoken.first.flatMap(card),
    ...(more ? group(spoken.moreText.text, spoken.more) : []),
    ...(spoken.more.length > 0 && !more ? ['', `${spoken.moreText.text}: more`] : []),
    ...group(say('found.later_heading'), spoken.later),
    ...group(say('found.held_heading'), spoken.held),
    '',
    say('found.truth'),
    ...(spoken.goOn ? [`${say('found.go_on')}: go on`] : []),
  ];
  return { text: lines.join('\n'), choices };
}

function deadline({ label, date, forChildren, says }: SpokenDeadline, say: Say): string {
  const day = say('found.deadline', { label: label.text, date: date.text });
  const children = forChildren.length > 0 ? ` (${list(forChildren)})` : '';
  return [`${day}${children}.`, ...says.map(({ text }) => text)].join(' ');
}

function stages({ stages: way }: SpokenEntry, say: Say): string[] {
  if (way.length === 0) return [];
  const line = (key: string, said: Said | undefined) =>
    said ? [`     ${say(`stage.${key}`)}: ${said.text}`] : [];
  return [
    '',
    say('stage.heading'),
    ...way.flatMap((stage, i) => [
      `${number(i)} ${stage.title.text} (${stage.who.text})`,
      `     ${stage.what.text}`,
      ...line('when', stage.when),
      ...stage.deadlines.map((each) => `     ! ${deadline(each, say)}`),
      ...line('first', stage.first),
      ...line('meanwhile', stage.meanwhile),
      ...(stage.ifNot
        ? [
            `     ${say(stage.actor === 'you' ? 'stage.see' : 'stage.if_not', { title: stage.ifNot.title.text })}`,
          ]
        : []),
      ...(stage.myth ? [`     "${stage.myth.said.text}" ${stage.myth.truth.text}`] : []),
    ]),
  ];
}

function entry(spoken: SpokenEntry, voice: Voice): string {
  const say: Say = (key, values) => voice.say(key, values).text;
  const part = (key: string, items: readonly string[]) =>
    items.length > 0 ? ['', say(key), ...items.map((text) => `  - ${text}`)] : [];
  const reasons =
    spoken.outcome?.reasons.flatMap(({ told, needs }) => [...told, ...needs].map(({ text }) => text)) ?? [];
  return [
    spoken.title.text,
    ...(spoken.overdue ? [spoken.overdue.text] : []),
    spoken.summary.text,
    ...(spoken.worth ? [spoken.worth.text] : []),
    ...(spoken.outcome ? ['', spoken.outcome.verdict.text, ...reasons.map((text) => `  - ${text}`)] : []),
    ...spoken.deadlines.map((each) => `! ${deadline(each, say)}`),
    ...part('entry.who', [spoken.who.text]),
    ...part(
      'entry.steps',
      spoken.steps.map(({ text }) => text),
    ),
    ...(spoken.datesToAsk.length > 0
      ? ['', say('stage.ask'), ...spoken.datesToAsk.map(({ ask }) => `  - ${ask.text}`)]
      : []),
    ...stages(spoken, say),
    ...part(
      'entry.have_ready',
      spoken.haveReady.map(({ text }) => text),
    ),
    ...part(
      'entry.watch_out',
      spoken.watchOut.map(({ text }) => text),
    ),
    ...part(
      'entry.myths',
      spoken.myths.map(({ said, truth }) => `"${said.text}" ${truth.text}`),
    ),
    ...part('entry.refused', [
      ...spoken.refusedSteps.map(({ text }) => text),
      ...(spoken.ifRefused ? [say('entry.refused_see', { title: spoken.ifRefused.title.text })] : []),
    ]),
    ...(spoken.contacts.length > 0
      ? ['', say('entry.contacts'), ...spoken.contacts.map((one) => contact(one, say))]
      : []),
    ...(spoken.local ? part('area.heading', local(spoken.local, say)) : []),
    '',
    say('entry.source'),
    ...spoken.sources.map(({ title, publisher, url }) => `  - ${title} (${publisher}) ${url}`),
    spoken.checked.text,
    '',
    `${say('entry.back')}: found`,
    `${say('answers.go_on')}: go on`,
  ].join('\n');
}

function local({ council, ask, besides }: SpokenLocal, say: Say): string[] {
  return [
    ...(council ? [`${council.text.text} ${council.website.url}`] : []),
    ...(council?.ended ? [council.ended.text] : []),
    ...(ask ? [`${say('area.ask')}: area`] : []),
    ...besides.map(({ title }) => title.text),
  ];
}
