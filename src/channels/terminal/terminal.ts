import type { Assistant, Input, Turn } from '../../assistant.ts';
import type { Content } from '../../content/content.ts';
import { AREA_FACT } from '../../engine/entries.ts';
import type { Voice } from '../../speech/voice.ts';
import { backFrom } from '../back.ts';
import { sayingOf } from '../plain-text.ts';
import { type Choice, type DangerTitle, render, renderHelp, type Screen } from './render.ts';

/** The outside of a terminal conversation: where lines come from and go to. */
export interface Terminal {
  /** @returns the next line, or undefined at the end of the input. */
  readonly ask: (prompt: string) => Promise<string | undefined>;
  readonly print: (text: string) => void;
}

const COMMANDS = new Set([
  '?',
  'back',
  'answers',
  'found',
  'more',
  'child',
  'go on',
  'topics',
  'area',
  'read',
]);
const ENDS = new Set(['erase', 'quit', 'stop']);

const LANGUAGE = /^language\s+([a-z-]{2,8})$/i;

/**
 * Holds one conversation in a terminal, until "quit", "stop", "erase" or the end of the input. Then it is erased.
 * @param language code to begin in
 */
export async function converse(
  assistant: Assistant,
  content: Pick<Content, 'dangers'>,
  voices: (code: string) => Voice,
  terminal: Terminal,
  language: string,
): Promise<void> {
  let turn: Turn = await assistant.respond(undefined, { type: 'start' }, language);
  const voice = () => voices(turn.conversation.language);
  const say = (key: string) => voice().say(key).text;
  terminal.print(`${say('terminal.welcome')}\n${say('service.not_a_person')}\n${say('terminal.in_danger')}`);
  let choices = show(false);
  /** What the numbers of the help stand for, while it is the last that was shown. */
  let helps: readonly Choice[] | undefined;

  for (;;) {
    const line = await terminal.ask(say('terminal.prompt'));
    const typed = line?.trim();
    const command = typed?.toLowerCase() ?? '';
    if (typed === undefined || ENDS.has(command)) break;
    if (typed === '?') {
      terminal.print(`${say('terminal.commands')}\n${say('terminal.in_danger')}`);
      continue;
    }
    if (command === 'more') {
      helps = undefined;
      choices = show(true);
      continue;
    }
    const language = LANGUAGE.exec(typed)?.[1]?.toLowerCase();
    if (language && voices(language).language.code !== language) {
      terminal.print(say('notice.unreadable'));
      continue;
    }
    const help = command === 'help' ? helpOf(turn) : undefined;
    if (help && !('type' in help)) {
      terminal.print(`\n${help.text}\n`);
      helps = help.choices;
      continue;
    }
    const input =
      help ??
      (COMMANDS.has(command) ? commandInput(command, turn) : readLine(typed, turn, helps ?? choices, helps));
    if (!input) {
      terminal.print(say('terminal.no_such'));
      continue;
    }
    helps = undefined;
    turn = await assistant.respond(turn.id, input, turn.conversation.language);
    choices = show(false);
  }
  await assistant.erase(turn.id);
  terminal.print(say('terminal.bye'));

  function show(more: boolean): readonly Choice[] {
    const screens = turn.spoken().map((spoken) => render(spoken, voice(), more));
    const { dangers, screen } = turn.conversation;
    const way = dangers.length > 0 && screen.kind !== 'danger' ? [`${say('help.heading')}: help`] : [];
    terminal.print(`\n${[...screens.map(({ text }) => text), ...way].join('\n\n')}\n`);
    return screens.flatMap((screen) => screen.choices);
  }

  /** The help for the danger that came up; else which there is, of several that came up these first. */
  function helpOf({ conversation }: Turn): Input | Screen {
    const known = conversation.dangers.filter((kind) => content.dangers.has(kind));
    const [only, ...others] = known;
    if (only !== undefined && others.length === 0) return openHelp(only);
    const kinds = [...new Set([...known, ...content.dangers.keys()])];
    const titles = kinds.map((kind): DangerTitle => {
      const english = content.dangers.get(kind)?.title ?? '';
      return { kind, title: voice().content(`danger.${kind}.title`, english) };
    });
    return renderHelp(titles, sayingOf(voice()));
  }
}

function openHelp(danger: string): Input {
  return { type: 'danger', danger, level: 'interrupt' };
}

function commandInput(command: string, turn: Turn): Input | undefined {
  switch (command) {
    case 'back':
      return backOnScreen(turn);
    case 'answers':
    case 'found':
    case 'topics':
      return { type: 'show', screen: command };
    case 'area':
      return { type: 'ask', fact: AREA_FACT, child: 0 };
    case 'read': {
      const notice = turn.spoken().find((one) => one.kind === 'notice' && one.entry !== undefined);
      return notice?.kind === 'notice' && notice.entry
        ? { type: 'entry', entry: notice.entry.id }
        : undefined;
    }
    case 'child':
      return { type: 'children', children: turn.conversation.children + 1 };
    default: {
      const found = turn.replies.find((reply) => reply.kind === 'found');
      return found ? { type: 'go_on', budget: found.budget } : { type: 'continue' };
    }
  }
}

/** As elsewhere; what was found comes after the last question, so back leads to that. */
function backOnScreen({ conversation, replies }: Turn): Input {
  const back = replies.find((reply) => reply.kind === 'found')?.back;
  return back ? { type: 'back', ...back } : backFrom(conversation);
}

/** @returns what a line means on this screen; undefined where its number stands for nothing. */
function readLine(
  line: string,
  turn: Turn,
  choices: readonly Choice[],
  helps: readonly Choice[] | undefined,
): Input | undefined {
  const change = /^change\s+(\d+)$/.exec(line);
  if (change) return choiceInput(choices[Number(change[1]) - 1], turn);
  const not = /^not\s+(\d{1,2})$/.exec(line);
  if (not) return untell(turn, Number(not[1]));
  const language = LANGUAGE.exec(line);
  if (language?.[1]) return { type: 'language', language: language[1].toLowerCase() };
  const onQuestion = !helps && turn.conversation.screen.kind === 'question';
  if (!onQuestion && /^[\d\s,]+$/.test(line) && choices.length > 0) {
    const picked = line
      .split(/[\s,]+/)
      .filter(Boolean)
      .map((n) => choices[Number(n) - 1]);
    const topics = picked.flatMap((choice) => (choice?.kind === 'topic' ? [choice.id] : []));
    if (topics.length > 0) return { type: 'topics', topics };
    return choiceInput(picked[0], turn);
  }
  // The list of help stands before what the conversation is at: words answer nothing there.
  if (helps) return line === '' ? undefined : { type: 'text', text: line, isAside: true };
  if (line === '' && !onQuestion)
    return turn.conversation.screen.kind === 'topics' ? { type: 'topics', topics: [] } : { type: 'continue' };
  return { type: 'text', text: line, isNumbered: true };
}

/** Takes back what was understood last, by its number. */
function untell(turn: Turn, number: number): Input | undefined {
  const given = turn.replies.flatMap((reply) => (reply.kind === 'notice' ? (reply.given ?? []) : []));
  const one = given[number - 1];
  return one && { type: 'untell', facts: [{ fact: one.fact, child: one.child }] };
}

function choiceInput(choice: Choice | undefined, turn: Turn): Input | undefined {
  switch (choice?.kind) {
    case 'topic':
      return { type: 'topics', topics: [choice.id] };
    case 'entry':
      return { type: 'entry', entry: choice.id };
    case 'danger':
      return openHelp(choice.danger);
    case 'change':
      return { type: 'ask', fact: choice.fact, child: choice.child };
    case 'confirm': {
      const price = turn.replies.find((reply) => reply.kind === 'price');
      return price ? { type: 'answer', ...price.given, confirmed: true } : undefined;
    }
    case 'so': {
      const confirm = turn.replies.find((reply) => reply.kind === 'confirm');
      return confirm ? { type: 'answer', ...confirm.given } : undefined;
    }
    case 'keep':
    case 'no':
      return { type: 'continue' };
    case 'yes': {
      const danger = turn.replies.find((reply) => reply.kind === 'danger');
      return danger && openHelp(danger.danger);
    }
    default:
      return undefined;
  }
}
