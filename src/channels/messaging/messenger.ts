import { createHash, createHmac } from 'node:crypto';
import type { Storage } from 'botbuilder';
import type { Assistant, Input, Turn } from '../../assistant.ts';
import type { Content } from '../../content/content.ts';
import { OTHER_PLACE } from '../../engine/authorities.ts';
import { AREA_FACT } from '../../engine/entries.ts';
import type { Voice } from '../../speech/voice.ts';
import { createInOrder } from '../in-order.ts';
import { sayingOf } from '../plain-text.ts';
import { type Composed, compose, type FrameWords, type Outgoing } from './compose.ts';
import { type Action, actionOf, keyOf } from './keys.ts';
import { type ChannelName, limitsOf } from './limits.ts';
import { comparable, LONGEST_LABEL, type Menu, readReply } from './read-reply.ts';
import { type Block, type Picked, type Screen, screenOf } from './screen.ts';
import { ASKS, createWords, type Word, wordsInText } from './words.ts';

/** A message from a channel. Its words are read and dropped; who sent it is kept as a hash only. */
export interface Incoming {
  readonly channel: ChannelName;
  /** Whom the channel knows it is from: a phone number, a conversation's id. */
  readonly sender: string;
  /** The channel's own id of the message: the same one again changes nothing. */
  readonly id?: string;
  /** Absent for what is no text: a picture, a voice message. */
  readonly text?: string;
  /** The key of a button. */
  readonly tap?: string;
  /** As the channel gives it: "cy-GB". */
  readonly locale?: string;
  /** They have only just come: greet them. */
  readonly joined?: boolean;
}

export interface Answer {
  readonly messages: readonly Outgoing[];
  /** The code of the language that it is in. */
  readonly language: string;
  /** We had this message before: these are the same replies, and nothing was changed. */
  readonly repeated: boolean;
  /** The conversation is erased. */
  readonly ended: boolean;
  /** It is help in danger. */
  readonly urgent: boolean;
}

export interface Messenger {
  /**
   * Takes a message and gives what to answer. Messages of one sender are taken in the order in which they came.
   * @throws where the storage fails, or too many of one sender wait already; then nothing was changed
   */
  readonly receive: (incoming: Incoming) => Promise<Answer>;
}

export interface MessengerParts {
  readonly assistant: Assistant;
  readonly content: Content;
  readonly voices: (code: string) => Voice;
  readonly storage: Storage;
  /** Secret: with it a sender becomes a hash that nobody else can make. */
  readonly key: string;
  /** How long answers are kept, in hours; for what we say about it. */
  readonly hours: number;
}

/** What we remember of a sender beside the conversation: ids only. */
interface Session {
  readonly version: 1;
  readonly conversation: string;
  readonly menu: Menu;
  /** The labels on the screen, comparable, with their keys. */
  readonly labels: Readonly<Record<string, string>>;
  /** The block that "more" begins with. */
  readonly more?: number;
  readonly picked?: Picked;
  /** Hashes of the messages that we had. */
  readonly had: readonly string[];
}

/** What a message asks for. `no_text`: a picture, a voice message. */
type Wanted = Action | Extract<Input, { type: 'text' }> | { readonly type: 'no_text' };

const MOST_HAD = 20;
/** Answers that are kept in memory for messages that come twice. */
const MOST_REMEMBERED = 2000;
const MOST_SCREENS = 500;

/** Holds conversations over messaging channels: the same for all, each within its limits. */
export function createMessenger(parts: MessengerParts): Messenger {
  const { assistant, content, voices, storage } = parts;
  const all = [...content.languages.keys()].map((code) => voices(code));
  const words = createWords(all);
  const inOrder = createInOrder();
  const remembered = new Map<string, Answer>();
  /** For screens that somebody answered in another language: what their options are called in all. */
  const inOtherLanguages = new Map<string, ReadonlyMap<string, string>>();

  function receive(incoming: Incoming): Promise<Answer> {
    const key = sessionKey(incoming);
    return inOrder.run(key, () => take(key, incoming));
  }

  async function take(key: string, incoming: Incoming): Promise<Answer> {
    const session = await readSession(key);
    const message = incoming.id === undefined ? undefined : hash(`${key} ${incoming.id}`);
    if (message === undefined) return answerTo(key, session, incoming, undefined);
    const again = remembered.get(message);
    if (again) return { ...again, repeated: true };
    if (session?.had.includes(message)) {
      // We had it, but no longer know what we said: what stands there now, and nothing is changed.
      const turn = await here(session.conversation);
      const { messages } = composed(screenIn(turn, incoming.channel), turn, incoming.channel);
      return { ...answerOf(turn, messages), repeated: true };
    }
    const answer = await answerTo(key, session, incoming, message);
    keepAtMost(remembered, MOST_REMEMBERED, message, answer);
    return answer;
  }

  async function answerTo(
    key: string,
    session: Session | undefined,
    incoming: Incoming,
    message: string | undefined,
  ): Promise<Answer> {
    const { channel } = incoming;
    const language = languageOf(incoming);
    const wanted = await readIncoming(session, incoming);
    if (wanted.type === 'erase') return erase(key, session, channel, language);
    if (wanted.type === 'restart' && session) await assistant.erase(session.conversation);
    // Who comes for the first time is told what this is, before all but help in danger.
    const isNew = session === undefined || wanted.type === 'restart';
    const id = isNew ? undefined : session.conversation;
    const { turn, screen, picked } = await show(id, session, wanted, channel, language);
    const whole =
      isNew && !screen.urgent ? { ...screen, before: [...welcome(turn), ...screen.before] } : screen;
    const { messages, keys, more } = composed(whole, turn, channel, wanted.type === 'more' ? wanted.from : 0);
    const had = [...(session?.had ?? []), ...(message === undefined ? [] : [message])].slice(-MOST_HAD);
    const { numbers, several } = whole;
    const menu: Menu = { keys, numbers, ...(several ? { several } : {}) };
    const next: Session = {
      version: 1,
      conversation: turn.id,
      menu,
      labels: Object.fromEntries(labelsOf(whole.blocks)),
      had,
      ...(more === undefined ? {} : { more }),
      ...(picked ? { picked } : {}),
    };
    await storage.write({ [key]: next });
    return answerOf(turn, messages, screen.urgent);
  }

  /** @returns what the message asks for. */
  async function readIncoming(session: Session | undefined, incoming: Incoming): Promise<Wanted> {
    const { text, tap, joined, channel } = incoming;
    if (tap !== undefined) return actionOf(tap, content) ?? { type: 'start' };
    const typed = text?.trim() ?? '';
    if (typed === '') return joined ? { type: 'start' } : { type: 'no_text' };
    const here = session && readReply(typed, session.menu, new Map(Object.entries(session.labels)), content);
    if (here) return here;
    const word = words.get(comparable(typed));
    const other = word === undefined && session ? await otherLabels(typed, session, channel) : undefined;
    return (word && (await wordIn(word, session))) ?? other ?? { type: 'text', text: typed };
  }

  async function wordIn(word: Word, session: Session | undefined): Promise<Wanted | undefined> {
    // Where there is no conversation there is nothing to go back to.
    if (!session) return ASKS[word];
    if (word === 'more') return { type: 'more', from: session.more ?? 0 };
    if (word !== 'back') return ASKS[word];
    const { conversation } = await here(session.conversation);
    const last = conversation.log.at(-1);
    if (conversation.screen.kind !== 'question' && conversation.screen.kind !== 'confirm')
      return { type: 'continue' };
    return last ? { type: 'back', fact: last.fact, child: last.child } : { type: 'show', screen: 'topics' };
  }

  /** @returns the option whose label this is in another language than the conversation's. */
  async function otherLabels(
    typed: string,
    session: Session,
    channel: ChannelName,
  ): Promise<Action | undefined> {
    if (typed.length > LONGEST_LABEL) return undefined;
    const { keys } = session.menu;
    const screen = keys.join(' ');
    let labels = inOtherLanguages.get(screen);
    if (!labels) {
      const turn = await here(session.conversation);
      labels = labelsIn([...content.languages.keys()], turn, channel, session);
      keepAtMost(inOtherLanguages, MOST_SCREENS, screen, labels);
    }
    return readReply(typed, session.menu, labels, content);
  }

  function labelsIn(
    codes: readonly string[],
    turn: Turn,
    channel: ChannelName,
    { picked, menu }: Session,
  ): ReadonlyMap<string, string> {
    const all = codes.flatMap((code) => [
      ...screenOf(turn.spoken(code), voices(code), limitsOf(channel).roomy, picked).blocks,
      ...helpBlocks(code),
      ...languageBlocks(code),
    ]);
    return labelsOf(all.filter(({ option }) => option && menu.keys.includes(option.key)));
  }

  async function show(
    id: string | undefined,
    session: Session | undefined,
    wanted: Exclude<Wanted, { type: 'erase' }>,
    channel: ChannelName,
    language: string,
  ): Promise<{ turn: Turn; screen: Screen; picked?: Picked }> {
    const shown = (turn: Turn, picked?: Picked) => ({
      turn,
      screen: screenIn(turn, channel, picked),
      picked,
    });
    const own = (turn: Turn, blocks: readonly Block[], urgent: boolean) => ({
      turn,
      screen: { before: [], blocks, numbers: 'option', urgent } as const,
    });
    switch (wanted.type) {
      case 'restart':
      case 'start':
        return shown(await here(id, language));
      case 'more':
        return shown(await here(id, language), session?.picked);
      case 'help': {
        const turn = await here(id, language);
        return own(turn, helpBlocks(turn.conversation.language), true);
      }
      case 'languages': {
        const turn = await here(id, language);
        return own(turn, languageBlocks(turn.conversation.language), false);
      }
      case 'no_text': {
        const { turn, screen, picked } = shown(await here(id, language), session?.picked);
        const said = voices(turn.conversation.language).say('messaging.only_text').text;
        return { turn, screen: { ...screen, before: [{ text: said }, ...screen.before] }, picked };
      }
      case 'pick': {
        const { fact, child, value } = wanted;
        const before = session?.picked;
        const values = before?.fact === fact && before.child === child ? before.values : [];
        const options = content.facts.get(fact)?.options ?? [];
        const picked = {
          fact,
          child,
          values: [...new Set([...values, value])].filter((one) => options.includes(one)),
        };
        const turn = await here(id, language);
        const { screen } = turn.conversation;
        const isInHand = screen.kind === 'question' && screen.fact === fact && screen.child === child;
        // A button of an old question opens that one.
        return shown(
          isInHand ? turn : await assistant.respond(turn.id, { type: 'ask', fact, child }, language),
          picked,
        );
      }
      case 'answer': {
        const { fact, child, answer } = wanted;
        const isOther = fact === AREA_FACT && 'value' in answer && answer.value === OTHER_PLACE;
        const input: Input = isOther ? { type: 'unreadable', notice: 'other_place', fact, child } : wanted;
        return shown(await assistant.respond(id, input, language));
      }
      default:
        return shown(await assistant.respond(id, wanted, language));
    }
  }

  /** @returns what stands there now; nothing is changed. */
  function here(id: string | undefined, language = 'en'): Promise<Turn> {
    return assistant.respond(id, { type: 'start' }, language);
  }

  async function erase(
    key: string,
    session: Session | undefined,
    channel: ChannelName,
    language: string,
  ): Promise<Answer> {
    const code = session ? (await here(session.conversation, language)).conversation.language : language;
    if (session) await assistant.erase(session.conversation);
    await storage.delete([key]);
    const blocks = [{ text: voices(code).say('messaging.erased').text }];
    const screen: Screen = { before: [], blocks, numbers: 'option', urgent: false };
    const { messages } = compose(screen, limitsOf(channel), frameWords(voices(code)));
    return { messages, language: code, repeated: false, ended: true, urgent: false };
  }

  /** Whom to reach now, and all that can be written. */
  function helpBlocks(code: string): Block[] {
    const voice = voices(code);
    const say = sayingOf(voice);
    return [
      { text: say('terminal.in_danger') },
      { text: say('messaging.help', { words: wordsInText(voice) }) },
      ...[...content.dangers].map(([kind, { title }]) => {
        const { text } = voice.content(`danger.${kind}.title`, title);
        return choice({ type: 'danger', danger: kind, level: 'interrupt' }, text);
      }),
      choice({ type: 'continue' }, say('answers.go_on')),
    ];
  }

  function languageBlocks(code: string): Block[] {
    const say = sayingOf(voices(code));
    return [
      { text: say('service.language') },
      ...[...content.languages.values()].map((one) =>
        choice({ type: 'language', language: one.code }, one.info.name),
      ),
      choice({ type: 'continue' }, say('answers.go_on')),
    ];
  }

  function welcome({ conversation }: Turn): Block[] {
    const voice = voices(conversation.language);
    const say = sayingOf(voice);
    return [
      {
        text: [
          `${say('service.name')}. ${say('service.tagline')}`,
          say('service.not_a_person'),
          say('terminal.in_danger'),
          say('start.kept', { hours: parts.hours }),
          say('messaging.help', { words: wordsInText(voice) }),
        ].join('\n'),
      },
    ];
  }

  function screenIn(turn: Turn, channel: ChannelName, picked?: Picked): Screen {
    const voice = voices(turn.conversation.language);
    return screenOf(turn.spoken(), voice, limitsOf(channel).roomy, picked);
  }

  function composed(screen: Screen, { conversation }: Turn, channel: ChannelName, from = 0): Composed {
    return compose(screen, limitsOf(channel), frameWords(voices(conversation.language)), from);
  }

  function answerOf({ conversation }: Turn, messages: readonly Outgoing[], urgent = false): Answer {
    return { messages, language: conversation.language, repeated: false, ended: false, urgent };
  }

  async function readSession(key: string): Promise<Session | undefined> {
    const stored = (await storage.read([key]))[key] as Session | undefined;
    return stored?.version === 1 && typeof stored.conversation === 'string' ? stored : undefined;
  }

  function sessionKey({ channel, sender }: Incoming): string {
    return `channel/${createHmac('sha256', parts.key).update(`${channel} ${sender}`).digest('base64url')}`;
  }

  function languageOf({ locale }: Incoming): string {
    const code = locale?.toLowerCase().split(/[-_]/)[0] ?? '';
    return content.languages.has(code) ? code : 'en';
  }

  return { receive };
}

/** @returns the comparable labels of the options with their keys; of two alike, the first. */
function labelsOf(blocks: readonly Block[]): Map<string, string> {
  const labels = new Map<string, string>();
  for (const { option } of blocks) {
    const label = option ? comparable(option.label) : '';
    if (option && label !== '' && !labels.has(label)) labels.set(label, option.key);
  }
  return labels;
}

/** Keeps a value, and forgets the oldest where there are too many. */
function keepAtMost<Value>(map: Map<string, Value>, most: number, key: string, value: Value): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}

function choice(action: Action, label: string): Block {
  return { text: label, option: { key: keyOf(action), label }, bare: true };
}

function frameWords(voice: Voice): FrameWords {
  const say = sayingOf(voice);
  return {
    more: say('messaging.word.more'),
    sendMore: say('messaging.send_more', { word: say('messaging.word.more').toUpperCase() }),
    choose: say('messaging.choose'),
    withNumber: say('messaging.with_number'),
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
