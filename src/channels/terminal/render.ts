import type { Spoken, SpokenCard, SpokenDanger, SpokenEntry, SpokenFound } from '../../speech/spoken.ts';
import type { Said, Voice } from '../../speech/voice.ts';
import {
  contactInText,
  deadlineInText,
  entrySections,
  inLine,
  inTurn,
  type Say,
  type Section,
  sayingOf,
} from '../plain-text.ts';

/** Something that a number on the screen stands for. */
export type Choice =
  | { readonly kind: 'topic'; readonly id: string }
  | { readonly kind: 'entry'; readonly id: string }
  | { readonly kind: 'danger'; readonly danger: string }
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

/** A kind of danger and what its help is called. */
export interface DangerTitle {
  readonly kind: string;
  readonly title: Said;
}

/** @returns all help there is, to choose from. */
export function renderHelp(dangers: readonly DangerTitle[], say: Say): Screen {
  return {
    text: [
      say('help.heading'),
      say('terminal.in_danger'),
      ...dangers.map(({ title }, i) => `${number(i)} ${title.text}`),
      `${say('answers.go_on')}: go on`,
    ].join('\n'),
    choices: dangers.map(({ kind }) => ({ kind: 'danger', danger: kind })),
  };
}

/** @returns what a reply looks like in a terminal. `more` lists what stands behind "show more" instead of the first. */
export function render(spoken: Spoken, voice: Voice, more = false): Screen {
  const say = sayingOf(voice);
  switch (spoken.kind) {
    case 'notice': {
      const { text, heard = [], entry, language } = spoken;
      return {
        text: [
          text.text,
          ...heard.map(({ says }, i) => `  - ${inTurn(says)} (${say('notice.not_so')}: not ${i + 1})`),
          ...(entry ? [`  ${say('found.read_more', { title: entry.title.text })}: read`] : []),
          ...(language ? [`  ${language.text.text} (language ${language.code})`] : []),
        ].join('\n'),
        choices: [],
      };
    }
    case 'confirm':
      return {
        text: [
          say('confirm.heading'),
          `  ${inTurn(spoken.says)}`,
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
        ...some.map((row) => `${number(rows.indexOf(row))} ${row.question.text} ${inLine(row.answer, say)}`),
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
          say('price.from', { answer: inLine(spoken.from, say) }),
          say('price.to', { answer: inLine(spoken.to, say) }),
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

function number(index: number): string {
  return `${String(index + 1).padStart(3)}.`;
}

function danger(spoken: SpokenDanger, say: Say): Screen {
  if (spoken.ask) return askedAboutDanger(spoken, spoken.ask, say);
  const lines = [
    spoken.title.text,
    '',
    ...spoken.say.map(({ text }) => text),
    '',
    ...spoken.contacts.map((one) => `  ${contactInText(one, say)}`),
    '',
    spoken.after.text,
    `${say('danger.go_on')}: go on`,
  ];
  return { text: lines.join('\n'), choices: [] };
}

/** A gentle question with short help beside it. A yes, and "help", lead to all of the help. */
function askedAboutDanger(spoken: SpokenDanger, ask: NonNullable<SpokenDanger['ask']>, say: Say): Screen {
  const lines = [
    ask.question.text,
    ...[ask.yes, ask.no].map(({ text }, i) => `${number(i)} ${text}`),
    '',
    say('danger.beside'),
    ...spoken.contacts.map((one) => `  ${contactInText(one, say, true, true)}`),
    `${say('danger.more')}: help`,
    ...(spoken.waits ? ['', spoken.after.text, `${say('danger.go_on')}: go on`] : []),
  ];
  return { text: lines.join('\n'), choices: [{ kind: 'yes' }, { kind: 'no' }] };
}

function found(spoken: SpokenFound, voice: Voice, more: boolean): Screen {
  const say = sayingOf(voice);
  const choices: Choice[] = [];
  const card = (one: SpokenCard): string[] => {
    choices.push({ kind: 'entry', id: one.id });
    return [
      `${number(choices.length - 1)} ${one.title.text} (${inLine([one.tag, ...one.forChildren], say)})${one.worth ? ` ${one.worth.text}` : ''}`,
      `     ${one.summary.text}`,
      `     ${say('found.why')}: ${one.why.map(({ text }) => text).join(' ')}`,
      `     ${say('found.first_step')}: ${one.firstStep.text}`,
      ...one.deadlines.map((each) => `     ! ${deadlineInText(each, say)}`),
      ...(one.after.length > 0
        ? [
            `     ${say('found.later_after', {
              titles: inLine(
                one.after.map(({ title }) => title),
                say,
              ),
            })}`,
          ]
        : []),
      ...(one.settle ? [`     ${say('found.settle')}: ${one.settle.ask.text}`] : []),
    ];
  };
  const group = (heading: string, cards: readonly SpokenCard[]) =>
    cards.length > 0 ? ['', heading, ...cards.flatMap(card)] : [];
  // Their numbers stay, where they were read before.
  const first = spoken.first.flatMap(card);
  const lines = [
    ...(more ? [] : [spoken.heading.text, spoken.intro.text, ...first]),
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

function entry(spoken: SpokenEntry, voice: Voice): string {
  const say = sayingOf(voice);
  const [first, ...others] = entrySections(spoken, say);
  const lines = ({ heading, items, inOrder }: Section): string[] => [
    ...(heading === undefined ? [] : ['', heading]),
    ...items.flatMap(([line = '', ...below], i) => [
      inOrder ? `${number(i)} ${line}` : heading === undefined ? line : `  - ${line}`,
      ...below.map((text) => `     ${text}`),
    ]),
  ];
  return [
    first?.heading ?? '',
    ...(first?.items.flat() ?? []),
    ...others.flatMap(lines),
    ...(spoken.local?.ask ? [`${say('area.ask')}: area`] : []),
    '',
    `${say('entry.back')}: found`,
    `${say('answers.go_on')}: go on`,
  ].join('\n');
}
