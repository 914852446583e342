import { SILENCES } from '../../engine/facts.ts';
import type {
  Spoken,
  SpokenCard,
  SpokenDanger,
  SpokenEntry,
  SpokenFound,
  SpokenNotice,
  SpokenQuestion,
} from '../../speech/spoken.ts';
import type { Said, Voice } from '../../speech/voice.ts';
import {
  contactInText,
  deadlineInText,
  entrySections,
  inLine,
  inTurn,
  type Say,
  sayingOf,
} from '../plain-text.ts';
import { type Action, keyOf } from './keys.ts';

/** Something that can be chosen. */
export interface Option {
  readonly key: string;
  readonly label: string;
}

/** A paragraph, which no message cuts in two if it can be helped. */
export interface Block {
  readonly text: string;
  /** What this block stands for. */
  readonly option?: Option;
  /** The text is nothing but the option's label: where it has a button, it need not stand there. */
  readonly bare?: boolean;
  /** What is less important begins here: it waits behind "more", but where one message takes all. */
  readonly newPage?: boolean;
}

/**
 * What a turn shows in a messaging channel, before it is cut to the channel's limits. Each option has a number, counted
 * over the whole screen.
 */
export interface Screen {
  /** Which one it is, by ids: "question.child.age.0". */
  readonly name: string;
  /**
   * What comes first, whole, and once: what was understood, or was not; what is new. It is not there again when the
   * same screen goes on at "more", so the blocks are counted without it.
   */
  readonly before: readonly Block[];
  readonly blocks: readonly Block[];
  /** Options that belong to what comes first: at the end of the first page, and numbered after all others. */
  readonly after: readonly Block[];
  /** The way back to help in danger, where danger came up: at the end of every page, and numbered last. */
  readonly help: readonly Block[];
  /** What a number means that somebody sends: an option; several; or an answer of its own, such as an age. */
  readonly numbers: 'option' | 'options' | 'answer';
  /** Of a question that takes several answers: which, and whether some are ticked already. */
  readonly several?: { readonly fact: string; readonly child: number; readonly ticked?: true };
  /** Help in danger: nothing of it waits behind "more". */
  readonly urgent: boolean;
}

/** What was ticked so far, of a question that takes several answers. */
export interface Picked {
  readonly fact: string;
  readonly child: number;
  readonly values: readonly string[];
}

/**
 * @param spoken a turn's replies in words
 * @param roomy whether there is room for why we ask
 */
export function screenOf(spoken: readonly Spoken[], voice: Voice, roomy: boolean, picked?: Picked): Screen {
  const say = sayingOf(voice);
  const notices = spoken.filter((one) => one.kind === 'notice');
  const others = spoken.filter((one) => one.kind !== 'notice');
  const question = others.find((one) => one.kind === 'question');
  const urgent = others.some((one) => one.kind === 'danger');
  const isAsked = others.some((one) => one.kind === 'danger' && one.ask);
  const noticed = notices.flatMap(({ text: said, heard = [] }) => {
    const lines = heard.map(({ says }) => inTurn(says));
    return lines.length === 1
      ? text(`${said.text} ${lines[0]}`)
      : text(said.text, ...lines.map((line) => `- ${line}`));
  });
  const body = others.flatMap((one) => {
    const blocks = blocksOf(one, say, roomy, picked);
    return isReadAlready(one, notices) ? [...text(one.title.text), ...blocks.filter(hasOption)] : blocks;
  });
  return {
    name: others.map((one) => nameOf(one, picked) + (isReadAlready(one, notices) ? '.again' : '')).join('-'),
    before: [
      ...(urgent ? [] : noticed),
      ...(question && question.fresh.length > 0
        ? text(
            `${say('found_so_far.fresh_heading')}:`,
            ...question.fresh.map(({ title }) => `+ ${title.text}`),
          )
        : []),
    ],
    // Help in danger waits for nothing: not for what we did not understand either.
    blocks: !urgent
      ? body
      : isAsked
        ? [...body, ...noticed]
        : [...body.filter((block) => !block.option), ...noticed, ...body.filter((block) => block.option)],
    after: notices.flatMap((one) => noticeOptions(one, say)),
    help: [],
    numbers: question
      ? numbersOf(question)
      : others.some((one) => one.kind === 'topics')
        ? 'options'
        : 'option',
    ...(question?.type === 'several'
      ? {
          several: {
            fact: question.fact,
            child: question.child,
            ...(tickedOf(question, picked).length > 0 ? { ticked: true } : {}),
          },
        }
      : {}),
    urgent,
  };
}

/**
 * @returns whether it is an entry that stood there already: what they wrote was answered with a notice, and the screen
 *   stayed. (An offer of their language comes with new screens too.) It is not sent twice.
 */
function isReadAlready(one: Spoken, notices: readonly SpokenNotice[]): one is SpokenEntry {
  return one.kind === 'entry' && notices.some(({ language }) => language === undefined);
}

function hasOption(block: Block): boolean {
  return block.option !== undefined;
}

/** @returns the name of the screen on which the help for a kind of danger stands. */
export function dangerName(kind: string): string {
  return `danger.${kind}`;
}

function nameOf(spoken: Spoken, picked: Picked | undefined): string {
  switch (spoken.kind) {
    case 'question':
      return `question.${spoken.fact}.${spoken.child}${tickedOf(spoken, picked).length > 0 ? '.more' : ''}`;
    case 'entry':
      return `entry.${spoken.id}`;
    case 'danger':
      return dangerName(spoken.danger);
    default:
      return spoken.kind;
  }
}

/** @returns what was ticked so far of this question. */
function tickedOf(
  { fact, child }: Pick<SpokenQuestion, 'fact' | 'child'>,
  picked: Picked | undefined,
): readonly string[] {
  return picked && picked.fact === fact && picked.child === child ? picked.values : [];
}

function numbersOf({ type, options }: SpokenQuestion): Screen['numbers'] {
  if (type === 'several') return 'options';
  return options.length > 0 ? 'option' : 'answer';
}

/** @returns an option whose text is its label. */
export function option(action: Action, label: string): Block {
  return { text: label, option: { key: keyOf(action), label }, bare: true };
}

function text(...lines: readonly (string | undefined)[]): Block[] {
  const said = lines.filter((line): line is string => line !== undefined && line !== '');
  return said.length > 0 ? [{ text: said.join('\n') }] : [];
}

/** They are numbered last, so that the numbers of the question's own options are the first. */
function noticeOptions({ heard = [], entry, language }: SpokenNotice, say: Say): Block[] {
  return [
    ...heard.slice(0, MOST_UNDONE).map(({ fact, child, says }) =>
      option(
        { type: 'untell', facts: [{ fact, child }] },
        // Of one thing nobody has to be told which.
        heard.length === 1 ? say('notice.not_so') : `${say('notice.not_so')}: ${inTurn(says)}`,
      ),
    ),
    ...(entry ? [option({ type: 'entry', entry: entry.id }, entry.title.text)] : []),
    ...(language ? [option({ type: 'language', language: language.code }, language.text.text)] : []),
  ];
}

/** What else was understood stands among the answers, where it can be changed. */
const MOST_UNDONE = 4;

function blocksOf(spoken: Spoken, say: Say, roomy: boolean, picked: Picked | undefined): Block[] {
  switch (spoken.kind) {
    case 'notice':
      return [];
    case 'confirm': {
      const { fact, child, answer } = spoken;
      return [
        ...text(say('confirm.heading'), inTurn(spoken.says)),
        option({ type: 'answer', fact, child, answer: answered(answer) }, say('confirm.yes')),
        option({ type: 'ask', fact, child }, say('confirm.no')),
      ];
    }
    case 'danger':
      return dangerBlocks(spoken, say, !roomy);
    case 'topics':
      return [
        ...text(say('start.box_label'), roomy ? say('start.box_hint') : undefined),
        ...text(say('start.topics_heading')),
        ...spoken.topics.map(({ id, title }) => option({ type: 'topics', topics: [id] }, title.text)),
        option({ type: 'topics', topics: [] }, say('start.topics_none')),
      ];
    case 'question':
      return questionBlocks(spoken, say, roomy, picked);
    case 'found':
      return foundBlocks(spoken, say, roomy);
    case 'answers':
      return [
        ...text(say('answers.heading')),
        ...spoken.groups.flatMap(({ title, rows }) => [
          ...text(title.text),
          ...rows.map(({ fact, child, question, answer }) => ({
            text: `${question.text} ${inLine(answer, say)}`,
            option: {
              key: keyOf({ type: 'ask', fact, child }),
              label: say('answers.change_what', { question: question.text }),
            },
          })),
        ]),
        ...(spoken.groups.every(({ rows }) => rows.length === 0) ? text(say('answers.none')) : []),
        option({ type: 'continue' }, say('answers.go_on')),
      ];
    case 'entry':
      return [
        ...entrySections(spoken, say).map(({ heading, items, inOrder }, at) => ({
          text: [
            ...(heading === undefined ? [] : [heading]),
            ...items.flatMap(([line = '', ...below], i) => [
              inOrder ? `${i + 1}. ${line}` : at === 0 ? line : `- ${line}`,
              ...below.map((more) => `   ${more}`),
            ]),
          ].join('\n'),
        })),
        ...(spoken.ifRefused
          ? [option({ type: 'entry', entry: spoken.ifRefused.id }, spoken.ifRefused.title.text)]
          : []),
        ...(spoken.local?.ask ? [option(askAbout(spoken.local.ask), say('area.ask'))] : []),
        option({ type: 'show', screen: 'found' }, say('entry.back')),
        option({ type: 'continue' }, say('answers.go_on')),
      ];
    case 'price': {
      const { fact, child, answer } = spoken;
      const part = (key: string, links: typeof spoken.adds) =>
        links.length > 0 ? [`${say(key)}:`, ...links.map(({ title }) => `- ${title.text}`)] : [];
      return [
        ...text(`${say('price.heading')}: ${spoken.question.text}`),
        ...text(
          say('price.from', { answer: inLine(spoken.from, say) }),
          say('price.to', { answer: inLine(spoken.to, say) }),
        ),
        ...text(...part('price.adds', spoken.adds)),
        ...text(...part('price.removes', spoken.removes)),
        option(
          { type: 'answer', fact, child, answer: answered(answer), confirmed: true },
          say('price.confirm'),
        ),
        option({ type: 'continue' }, say('price.keep')),
      ];
    }
  }
}

function answered(answer: {
  readonly value?: string | number | readonly string[];
  readonly silence?: (typeof SILENCES)[number];
}) {
  return answer.silence !== undefined ? { silence: answer.silence } : { value: answer.value ?? '' };
}

function askAbout({ fact, child }: { readonly fact: string; readonly child: number }): Action {
  return { type: 'ask', fact, child };
}

/** All of it, at once, the way on last. */
function dangerBlocks(spoken: SpokenDanger, say: Say, brief: boolean): Block[] {
  if (spoken.ask) return askBlocks(spoken, spoken.ask, say);
  return [
    ...text(spoken.title.text),
    ...text(...spoken.say.map((one) => one.text)),
    ...spoken.contacts.flatMap((one) => text(contactInText(one, say, brief))),
    ...(spoken.leaveQuickly ? text(say('messaging.stays')) : []),
    ...text(say('danger.nobody_told'), spoken.after.text),
    ...spoken.entries.map(({ id, title }) => option({ type: 'entry', entry: id }, title.text)),
    option({ type: 'continue' }, say('danger.go_on')),
  ];
}

/** A gentle question with short help beside it. A yes leads to all of the help. */
function askBlocks(spoken: SpokenDanger, ask: NonNullable<SpokenDanger['ask']>, say: Say): Block[] {
  return [
    ...text(ask.question.text),
    option({ type: 'danger', danger: spoken.danger, level: 'interrupt' }, ask.yes.text),
    option({ type: 'continue' }, ask.no.text),
    ...text(say('danger.beside')),
    ...spoken.contacts.flatMap((one) => text(contactInText(one, say, true, true))),
    ...(spoken.leaveQuickly ? text(say('messaging.stays')) : []),
    ...text(say('danger.nobody_told'), spoken.waits ? spoken.after.text : undefined),
  ];
}

function questionBlocks(
  spoken: SpokenQuestion,
  say: Say,
  roomy: boolean,
  picked: Picked | undefined,
): Block[] {
  const { fact, child, type, options } = spoken;
  const ticked = tickedOf(spoken, picked);
  const choose = ({ id, label, exclusive }: SpokenQuestion['options'][number]): Block =>
    option(
      type === 'several' && !exclusive
        ? { type: 'pick', fact, child, values: [id] }
        : { type: 'answer', fact, child, answer: { value: type === 'several' ? [id] : id } },
      label.text,
    );
  const silences = SILENCES.map((silence) =>
    option({ type: 'answer', fact, child, answer: { silence } }, say(`question.${silence}`)),
  );
  if (ticked.length > 0) {
    const chosen = options.filter(({ id }) => ticked.includes(id));
    return [
      ...text(
        say('messaging.picked', {
          list: inLine(
            chosen.map(({ label }) => label),
            say,
          ),
        }),
      ),
      option({ type: 'answer', fact, child, answer: { value: [...ticked] } }, say('messaging.done')),
      // What stands alone cannot be added to something.
      ...options.filter(({ id, exclusive }) => !ticked.includes(id) && !exclusive).map(choose),
    ];
  }
  return [
    ...text(
      spoken.caption?.text,
      spoken.ask.text,
      roomy ? spoken.help?.text : undefined,
      roomy || spoken.sensitive ? spoken.why.text : undefined,
      spoken.sensitive ? say('question.sensitive') : undefined,
      spoken.unit && options.length === 0 ? `(${spoken.unit.text})` : undefined,
    ),
    ...options.map(choose),
    ...(type === 'several' ? text(say('terminal.numbers_several')) : []),
    ...silences,
  ];
}

function foundBlocks(spoken: SpokenFound, say: Say, roomy: boolean): Block[] {
  const card = (one: SpokenCard): Block => ({
    text: [
      `${one.title.text} (${inLine([one.tag, ...one.forChildren], say)})${one.worth ? `. ${one.worth.text}` : ''}`,
      roomy ? one.summary.text : '',
      ...one.deadlines.map((each) => `! ${deadlineInText(each, say)}`),
      roomy && one.why.length > 0 ? `${say('found.why')}: ${one.why.map((why) => why.text).join(' ')}` : '',
      `${say('found.first_step')}: ${one.firstStep.text}`,
      one.after.length > 0 ? say('found.later_after', { titles: inLine(titles(one.after), say) }) : '',
      one.settle ? `${say('found.settle')}: ${one.settle.ask.text}` : '',
    ]
      .filter(Boolean)
      .join('\n'),
    option: { key: keyOf({ type: 'entry', entry: one.id }), label: one.title.text },
  });
  const group = (heading: string, cards: readonly SpokenCard[]): Block[] =>
    cards.length > 0 ? [{ text: heading, newPage: true }, ...cards.map(card)] : [];
  return [
    ...text(spoken.heading.text, spoken.intro.text),
    ...spoken.first.map(card),
    ...text(say('found.truth')),
    ...(spoken.goOn ? [option({ type: 'go_on', budget: spoken.goOn.budget }, say('found.go_on'))] : []),
    option({ type: 'children', children: spoken.children + 1 }, say('found.another_child')),
    ...group(spoken.moreText.text, spoken.more),
    ...group(say('found.later_heading'), spoken.later),
    ...group(say('found.held_heading'), spoken.held),
  ];
}

function titles(links: readonly { readonly title: Said }[]): readonly Said[] {
  return links.map(({ title }) => title);
}
