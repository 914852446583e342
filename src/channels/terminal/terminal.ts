import type { Assistant, Input, Turn } from '../../assistant.ts';
import { AREA_FACT } from '../../engine/entries.ts';
import type { Voice } from '../../speech/voice.ts';
import { backFrom } from '../back.ts';
import { type Choice, render } from './render.ts';

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
  'erase',
  'quit',
]);

const LANGUAGE = /^language\s+([a-z-]{2,8})$/i;

/**
 * Holds one conversation in a terminal, until "quit", "erase" or the end of the input. Then it is erased.
 * @param language code to begin in
 */
export async function converse(
  assistant: Assistant,
  voices: (code: string) => Voice,
  terminal: Terminal,
  language: string,
): Promise<void> {
  let turn: Turn = await assistant.respond(undefined, { type: 'start' }, language);
  const voice = () => voices(turn.conversation.language);
  const say = (key: string) => voice().say(key).text;
  terminal.print(`${say('terminal.welcome')}\n${say('service.not_a_person')}\n${say('terminal.in_danger')}`);
  let choices = show(false);

  for (;;) {
    const line = await terminal.ask(say('terminal.prompt'));
    const typed = line?.trim();
    if (typed === undefined || typed === 'quit' || typed === 'erase') break;
    if (typed === '?') {
      terminal.print(`${say('terminal.commands')}\n${say('terminal.in_danger')}`);
      continue;
    }
    if (typed === 'more') {
      choices = show(true);
      continue;
    }
    const language = LANGUAGE.exec(typed)?.[1]?.toLowerCase();
    if (language && voices(language).language.code !== language) {
      terminal.print(say('notice.unreadable'));
      continue;
    }
    const input = COMMANDS.has(typed) ? commandInput(typed, turn) : readLine(typed, turn, choices);
    if (!input) {
      terminal.print(say('terminal.no_such'));
      continue;
    }
    turn = await assistant.respond(turn.id, input, turn.conversation.language);
    choices = show(false);
  }
  await assistant.erase(turn.id);
  terminal.print(say('terminal.bye'));

  function show(more: boolean): readonly Choice[] {
    const screens = turn.spoken().map((spoken) => render(spoken, voice(), more));
    terminal.print(`\n${screens.map(({ text }) => text).join('\n\n')}\n`);
    return screens.flatMap((screen) => screen.choices);
  }
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
function readLine(line: string, turn: Turn, choices: readonly Choice[]): Input | undefined {
  const change = /^change\s+(\d+)$/.exec(line);
  if (change) return choiceInput(choices[Number(change[1]) - 1], turn);
  const not = /^not\s+(\d{1,2})$/.exec(line);
  if (not) return untell(turn, Number(not[1]));
  const language = LANGUAGE.exec(line);
  if (language?.[1]) return { type: 'language', language: language[1].toLowerCase() };
  const onQuestion = turn.conversation.screen.kind === 'question';
  if (!onQuestion && /^[\d\s,]+$/.test(line) && choices.length > 0) {
    const picked = line
      .split(/[\s,]+/)
      .filter(Boolean)
      .map((n) => choices[Number(n) - 1]);
    const topics = picked.flatMap((choice) => (choice?.kind === 'topic' ? [choice.id] : []));
    if (topics.length > 0) return { type: 'topics', topics };
    return choiceInput(picked[0], turn);
  }
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
      return danger ? { type: 'danger', danger: danger.danger, level: 'interrupt' } : undefined;
    }
    default:
      return undefined;
  }
}
