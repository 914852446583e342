import type { Storage } from 'botbuilder';
import type { Assistant, Input, Turn } from '../../assistant.ts';
import { type Content, dangerOf } from '../../content/content.ts';
import { OTHER_PLACE } from '../../engine/authorities.ts';
import { AREA_FACT } from '../../engine/entries.ts';
import { RateLimit } from '../../http/rate-limit.ts';
import type { Language } from '../../language/language.ts';
import { isSaying, toSaying, type WordLists, wordLists } from '../../language/word-lists.ts';
import type { Voice } from '../../speech/voice.ts';
import { backFrom } from '../back.ts';
import { createInOrder } from '../in-order.ts';
import { sayingOf } from '../plain-text.ts';
import { compose, type FrameWords, type Outgoing } from './compose.ts';
import { type Action, actionOf, isKey } from './keys.ts';
import { type ChannelName, limitsOf, MOST_A_MINUTE } from './limits.ts';
import { createOwnScreens, OWN_SCREENS, type OwnScreen } from './own-screens.ts';
import { comparable, LONGEST_LABEL, type Menu, readLabel, readPlaced } from './read-reply.ts';
import { createRemembered, keepAtMost } from './remembered.ts';
import { type Block, type Picked, type Screen, screenOf } from './screen.ts';
import { erasedMessages, messageHash, readSession, type Session, sessionKey } from './session.ts';
import { ASKS, createWords, type Word } from './words.ts';

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
  /** @returns whether it is answered however many wait before it: words of danger, whom to reach, the end. */
  readonly isUrgent?: (incoming: Incoming) => boolean;
}

export interface MessengerParts {
  readonly assistant: Assistant;
  /** Reads what is typed. Of the content of all councils: only of that is kept what was learned from examples. */
  readonly language: Pick<Language, 'danger' | 'which'>;
  /** What is shown: with the council's own texts, where it is one council's server. */
  readonly content: Content;
  readonly voices: (code: string) => Voice;
  readonly storage: Storage;
  /** Secret: with it a sender becomes a hash that nobody else can make. */
  readonly key: string;
  /** How long answers are kept, in hours; for what we say about it. */
  readonly hours: number;
  /** Messages of one sender in a minute. */
  readonly perMinute?: number;
}

/** What a message asks for. `no_text`: a picture, a voice message. `untick`: all ticks of the question away. */
type Wanted =
  | Action
  | Extract<Input, { type: 'text' }>
  | { readonly type: 'no_text' }
  | { readonly type: 'untick' };

/** A message, read. */
interface Read {
  readonly wanted: Wanted;
  /** The danger that an option's words tell of, where they were typed: its help comes at once. */
  readonly danger?: string;
  /** The language that it is written in, where that is clear. */
  readonly written?: string;
}

/** What is to be shown, beside what the conversation is at. */
interface View {
  readonly own?: OwnScreen;
  /** The block to begin with. */
  readonly from: number;
  /** The screen that `from` is counted on; absent for what stands there. */
  readonly of?: string;
  readonly picked?: Picked;
  /** Above all: what was sent was no text. */
  readonly noText?: boolean;
  /** The channel's own screen stands there again: what was typed was nothing that we could read. */
  readonly isUnread?: boolean;
}

/** Messages of a sender that are known again: more than anybody writes before a conversation is swept. */
const MOST_HAD = 1000;
/** Senders of whom we know that they were told to wait. */
const MOST_TOLD = 10_000;
/** Milliseconds: how often those who wrote no more are forgotten. */
const FORGET_EVERY = 60_000;
/** Screens whose labels in all languages are kept in memory. */
const MOST_SCREENS = 500;
/** Two servers at once: how often a message is read again, on what the other left. */
const AGAIN = 4;
/** The id of no conversation: an answer to one that was erased begins anew, and this is said. */
const GONE = 'gone';

/** Holds conversations over messaging channels: the same for all, each within its limits. */
export function createMessenger(parts: MessengerParts): Messenger {
  const { assistant, language, content, voices, storage } = parts;
  const codes = [...content.languages.keys()];
  const words = createWords(codes.map(voices), content);
  const own = createOwnScreens(content, voices, parts.hours);
  const inOrder = createInOrder();
  const remembered = createRemembered<Answer>();
  const pace = new RateLimit(parts.perMinute ?? MOST_A_MINUTE);
  /** Who was told to wait: once is enough, until they had a quiet minute. */
  const told = new Map<string, true>();
  const forgetting = setInterval(() => {
    pace.forget();
    for (const key of told.keys()) if (pace.isRested(key)) told.delete(key);
  }, FORGET_EVERY);
  forgetting.unref();
  /** For screens that somebody answered in words: what their options are called in all languages. */
  const labelsOfScreens = new Map<string, ReadonlyMap<string, string>>();

  function receive(incoming: Incoming): Promise<Answer> {
    const key = sessionKey(parts.key, incoming.channel, incoming.sender);
    return inOrder.run(
      key,
      () => take(key, incoming),
      () => isUrgent(incoming),
    );
  }

  /** Reads by the message alone: what it is an answer to is known only once those before it were taken. */
  function isUrgent({ channel, tap, text = '' }: Incoming): boolean {
    const typed = text.trim();
    const key = tap ?? (isKey(typed) ? typed : undefined);
    const word = words.read(typed, channel)?.word;
    const asked = key === undefined ? word && ASKS[word] : actionOf(key, content);
    return cannotWait({ wanted: asked ?? { type: 'text', text: key === undefined ? typed : '' } });
  }

  async function take(key: string, incoming: Incoming): Promise<Answer> {
    if (pace.isRested(key)) told.delete(key);
    const isTooFast = pace.take(key) > 0;
    for (let again = 0; ; again++) {
      try {
        return await takeOnce(key, incoming, isTooFast);
      } catch (error) {
        if (!isConflict(error) || again >= AGAIN) throw error;
      }
    }
  }

  async function takeOnce(key: string, incoming: Incoming, isTooFast: boolean): Promise<Answer> {
    const { channel, id } = incoming;
    const message = id === undefined ? undefined : messageHash(key, id);
    const before = message === undefined ? undefined : remembered.get(message);
    if (before) return { ...before, repeated: true };
    const { session, isHad } = await readSession(storage, key, message);
    if (isHad) {
      // We had it, but no longer know what we said: what stands there now, and nothing is changed.
      if (!session) return { ...erased(channel, localeOf(incoming) ?? 'en'), repeated: true };
      const turn = await here(session.conversation, session.language);
      return { ...composed(turn, viewAgain(session), channel).answer, repeated: true };
    }
    const read = await readIncoming(session, incoming);
    if (isTooFast && !cannotWait(read) && !(await isToDanger(read, session)))
      return wait(key, channel, session?.language ?? languageOf(incoming, read.wanted, read.written));
    const answer = await answerTo(key, session, incoming, message, read);
    if (message !== undefined) remembered.keep(message, answer);
    return answer;
  }

  async function answerTo(
    key: string,
    session: Session | undefined,
    incoming: Incoming,
    message: string | undefined,
    { wanted, danger, written }: Read,
  ): Promise<Answer> {
    const { channel } = incoming;
    const language = session?.language ?? languageOf(incoming, wanted, written);
    if (wanted.type === 'erase') return erase(key, session, channel, language, message);
    if (wanted.type === 'restart' && session) {
      await assistant.erase(session.conversation);
      remembered.forget(session.had);
    }
    const isNew = session === undefined || wanted.type === 'restart';
    const toGreet = isNew || session.toGreet === true;
    const asked = viewOf(wanted, session);
    let answer: Answer | undefined;
    const { eTag } = session ?? {};
    // Written with the conversation, both or none: so a message that comes again after a failure is the same message.
    const keep = (turn: Turn) => {
      const view = isUnread(wanted, turn) ? { ...asked, own: session?.own, isUnread: true } : asked;
      const made = composed(turn, view, channel, toGreet);
      answer = made.answer;
      const picked = stillPicked(wanted, turn, view.picked);
      const next: Session = {
        version: 2,
        conversation: turn.id,
        language: turn.conversation.language,
        menu: made.menu,
        had: [...(session?.had ?? []), ...(message === undefined ? [] : [message])].slice(-MOST_HAD),
        ...(view.own ? { own: view.own } : {}),
        ...(made.from > 0 ? { from: made.from } : {}),
        ...(made.more === undefined ? {} : { more: made.more }),
        ...(picked ? { picked } : {}),
        ...(toGreet && made.answer.urgent ? { toGreet } : {}),
        ...(turn.conversation.dangers.some((kind) => content.dangers.get(kind)?.leave_quickly)
          ? { isWatched: true as const }
          : {}),
        ...(eTag === undefined ? {} : { eTag }),
      };
      return { [key]: next };
    };
    const id = isNew ? (isOfConversation(wanted) ? GONE : undefined) : session.conversation;
    const help: Input | undefined =
      danger === undefined ? undefined : { type: 'danger', danger, level: 'interrupt' };
    let rest: Input | undefined;
    const turn = await assistant.respond(
      id,
      await inputOf(wanted, session, asked, written),
      language,
      (first) => {
        rest = help ?? withTicks(wanted, session, first);
        // Written with the last step: a message that fails between them was not had, and is taken whole again.
        return rest ? {} : keep(first);
      },
    );
    if (rest) await assistant.respond(turn.id, rest, language, keep);
    return answer as Answer;
  }

  /** @returns what the message asks for. Numbers and words stand for what was on the screen that they saw. */
  async function readIncoming(session: Session | undefined, incoming: Incoming): Promise<Read> {
    const { text, tap, joined, channel } = incoming;
    if (tap !== undefined) return { wanted: actionOf(tap, content) ?? { type: 'start' } };
    const typed = text?.trim() ?? '';
    if (typed === '') return { wanted: { type: joined ? 'start' : 'no_text' } };
    const code = session?.language ?? 'en';
    const placed = session && readPlaced(typed, session.menu, content, listsIn(code));
    if (placed) return { wanted: placed };
    const word = words.read(typed, channel);
    const meant = word && (await wordIn(word.word, session));
    // English words are known in every language.
    if (meant) return { wanted: meant, ...(word.language === 'en' ? {} : { written: word.language }) };
    const labelled = session && typed.length <= LONGEST_LABEL ? await labelIn(typed, session) : undefined;
    if (labelled) {
      const danger = isAnswer(labelled) ? language.danger(typed) : null;
      return { wanted: labelled, ...(danger?.level === 'interrupt' ? { danger: danger.kind } : {}) };
    }
    const named = words.language(typed);
    if (named !== undefined && !(session && named === code))
      return { wanted: { type: 'language', language: named } };
    const written = language.which(typed, session?.language);
    return { wanted: textIn(typed, session), ...(written === undefined ? {} : { written }) };
  }

  /** @returns a text as it is meant for the question that they saw. */
  function textIn(text: string, session: Session | undefined): Wanted {
    // They saw no question.
    if (session?.own) return { type: 'text', text, isAside: true };
    const several = session?.menu.several;
    const picked = several?.ticked ? session?.picked : undefined;
    if (!picked) return { type: 'text', text };
    // "Is there more?"
    const { fact, child, values } = picked;
    const { yes, no, none, around } = listsIn(session?.language ?? 'en');
    const all = toSaying(text);
    const core = all.filter((word) => !around.has(word));
    const says = (sayings: WordLists['no']) =>
      sayings.some((saying) => isSaying(all, saying) || isSaying(core, saying));
    if (says([...no, ...none])) return { type: 'answer', fact, child, answer: { value: values } };
    return says(yes) ? { type: 'start' } : { type: 'text', text, asking: { fact, child } };
  }

  async function wordIn(word: Word, session: Session | undefined): Promise<Wanted | undefined> {
    // Where there is no conversation there is nothing to go back to.
    if (!session) return ASKS[word];
    if (word === 'more') return { type: 'more', from: session.more ?? session.from ?? 0 };
    return word === 'back' ? backIn(session) : ASKS[word];
  }

  /** What is the channel's own comes before what is the conversation's. */
  async function backIn(session: Session): Promise<Wanted> {
    if (session.own || session.from) return { type: 'start' };
    if (session.menu.several?.ticked) return { type: 'untick' };
    return backFrom((await here(session.conversation, session.language)).conversation);
  }

  /** @returns the option whose label this is, in the conversation's language or another. */
  async function labelIn(typed: string, session: Session): Promise<Action | undefined> {
    const { language, menu, picked } = session;
    const screen = `${language} ${menu.keys.join(' ')}`;
    let labels = labelsOfScreens.get(screen);
    if (!labels) {
      const turn = await here(session.conversation, language);
      const blocks = [language, ...codes].flatMap((code) => {
        const shown = screenOf(turn.spoken(code), voices(code), true, picked);
        const { blocks, after, help } = own.withHelp(shown, code, turn.conversation.dangers);
        const ours = OWN_SCREENS.flatMap((name) => own.show(name, code).blocks);
        return [...blocks, ...after, ...help, ...ours];
      });
      labels = labelsOf(blocks.filter((block) => block.option && menu.keys.includes(block.option.key)));
      keepAtMost(labelsOfScreens, MOST_SCREENS, screen, labels);
    }
    return readLabel(typed, labels, content);
  }

  function viewOf(wanted: Wanted, session: Session | undefined): View {
    const { picked: before } = session ?? {};
    const view = { from: 0, picked: before };
    switch (wanted.type) {
      case 'help':
      case 'languages':
        return { ...view, own: wanted.type };
      case 'more': {
        const { screen, from } = wanted;
        const isOwn = OWN_SCREENS.find((name) => name === (screen ?? session?.own));
        return { ...view, from, ...(isOwn ? { own: isOwn } : screen === undefined ? {} : { of: screen }) };
      }
      case 'no_text':
        return { ...view, noText: true };
      case 'pick': {
        const { fact, child } = wanted;
        const ticked = before?.fact === fact && before.child === child ? before.values : [];
        const options = content.facts.get(fact)?.options ?? [];
        const values = [...new Set([...ticked, ...wanted.values])].filter((one) => options.includes(one));
        return { ...view, picked: { fact, child, values } };
      }
      case 'answer':
      case 'ask':
        return isSame(before, wanted) ? { ...view, picked: undefined } : view;
      case 'untick':
      case 'restart':
        return { ...view, picked: undefined };
      default:
        return view;
    }
  }

  function viewAgain({ own: name, from = 0, picked }: Session): View {
    return { from, picked, ...(name ? { own: name } : {}) };
  }

  /** @returns what the assistant is to do for it. */
  async function inputOf(
    wanted: Wanted,
    session: Session | undefined,
    { picked }: View,
    written: string | undefined,
  ): Promise<Input> {
    switch (wanted.type) {
      case 'help':
        // Who asks for help reads it in the language they write.
        return written === undefined
          ? { type: 'start' }
          : { type: 'language', language: written, heard: true };
      case 'restart':
      case 'more':
      case 'languages':
      case 'no_text':
      case 'untick':
      case 'erase':
        return { type: 'start' };
      case 'pick': {
        const { fact, child } = wanted;
        // What tells of danger does not wait until all is ticked.
        const danger = content.facts.get(fact)?.danger ?? {};
        if (picked?.values.some((value) => Object.hasOwn(danger, value)))
          return { type: 'answer', fact, child, answer: { value: picked.values } };
        if (!session) return { type: 'ask', fact, child };
        const { screen } = (await here(session.conversation, session.language)).conversation;
        const isInHand = screen.kind === 'question' && screen.fact === fact && screen.child === child;
        // A button of an old question opens that one.
        return isInHand ? { type: 'start' } : { type: 'ask', fact, child };
      }
      case 'answer': {
        const { fact, child, answer } = wanted;
        const isOther = fact === AREA_FACT && 'value' in answer && answer.value === OTHER_PLACE;
        return isOther ? { type: 'unreadable', notice: 'other_place', fact, child } : wanted;
      }
      default:
        return wanted;
    }
  }

  /** @returns what was ticked and what was said in words as one answer; undefined where there is nothing to add. */
  function withTicks(
    wanted: Wanted,
    session: Session | undefined,
    { conversation }: Turn,
  ): Input | undefined {
    const { picked } = session ?? {};
    if (wanted.type !== 'text' || !wanted.asking || !picked || conversation.screen.kind === 'danger')
      return undefined;
    const { fact, child } = picked;
    const given = conversation.log.find((one) => isSame(one, picked))?.answer;
    if (!given || !('value' in given) || typeof given.value !== 'object') return undefined;
    const exclusive = content.facts.get(fact)?.exclusive ?? [];
    const all = [...new Set([...picked.values, ...given.value])];
    const isAlone = all.some((value) => exclusive.includes(value));
    if (isAlone || all.length === given.value.length) return undefined;
    return { type: 'answer', fact, child, answer: { value: all }, confirmed: true };
  }

  /** @returns what stands there now; nothing is changed. */
  function here(id: string, language: string): Promise<Turn> {
    return assistant.respond(id, { type: 'start' }, language);
  }

  async function erase(
    key: string,
    session: Session | undefined,
    channel: ChannelName,
    language: string,
    message: string | undefined,
  ): Promise<Answer> {
    const had = session?.had ?? [];
    // In this order: as long as the session is there, the conversation can be found and erased; and only when all is
    // erased is the message that asked for it had.
    await storage.write(erasedMessages(had));
    if (session) await assistant.erase(session.conversation);
    await storage.delete([key]);
    if (message !== undefined) await storage.write(erasedMessages([message]));
    const answer = erased(channel, language, session?.isWatched);
    // What we said before is forgotten too; if their messages come once more, nothing begins anew.
    for (const one of had) remembered.keep(one, answer);
    return answer;
  }

  function erased(channel: ChannelName, language: string, isWatched = false): Answer {
    const shown = own.erased(language, isWatched);
    const { messages } = compose(shown, limitsOf(channel), frameWords(voices(language)));
    return { messages, language, repeated: false, ended: true, urgent: false };
  }

  /** Too much came at once: says so once, and nothing after. Nothing is changed. */
  function wait(key: string, channel: ChannelName, language: string): Answer {
    const shown = compose(own.tooMany(language), limitsOf(channel), frameWords(voices(language)));
    const messages = told.has(key) ? [] : shown.messages;
    keepAtMost(told, MOST_TOLD, key, true);
    return { messages, language, repeated: false, ended: false, urgent: false };
  }

  /** @returns whether it is said to help in danger that stands there, or to the question about it: it may be a yes. */
  async function isToDanger({ wanted }: Read, session: Session | undefined): Promise<boolean> {
    if (!session || (wanted.type !== 'text' && wanted.type !== 'continue')) return false;
    return (await here(session.conversation, session.language)).conversation.screen.kind === 'danger';
  }

  /** @returns whether it is answered however much came before it: danger, whom to reach, the end. */
  function cannotWait({ wanted, danger }: Read): boolean {
    switch (wanted.type) {
      case 'danger':
      case 'help':
      case 'erase':
        return true;
      case 'text':
        return language.danger(wanted.text) !== null;
      case 'topics':
        return dangerOf(content, wanted.topics) !== undefined;
      case 'answer':
      case 'pick': {
        const values =
          wanted.type === 'pick'
            ? wanted.values
            : 'value' in wanted.answer
              ? [wanted.answer.value].flat()
              : [];
        const dangers = content.facts.get(wanted.fact)?.danger ?? {};
        return danger !== undefined || values.some((value) => Object.hasOwn(dangers, String(value)));
      }
      default:
        return false;
    }
  }

  /** The one way from a turn to what is shown of it. */
  function composed(turn: Turn, view: View, channel: ChannelName, toGreet = false) {
    const { language: code } = turn.conversation;
    const screen = screenIn(turn, view, channel);
    const greeting = toGreet && !screen.urgent ? [own.welcome(code)] : [];
    const noText = view.noText ? [{ text: sayingOf(voices(code))('messaging.only_text') }] : [];
    const whole = { ...screen, before: [...greeting, ...noText, ...screen.before] };
    const from = view.of === undefined || view.of === screen.name ? view.from : 0;
    const { messages, keys, more } = compose(whole, limitsOf(channel), frameWords(voices(code)), from);
    const { numbers, several, urgent } = screen;
    const menu: Menu = { keys, numbers, ...(several ? { several } : {}) };
    const answer: Answer = { messages, language: code, repeated: false, ended: false, urgent };
    return { answer, menu, from, more };
  }

  function screenIn(turn: Turn, view: View, channel: ChannelName): Screen {
    const { language, dangers } = turn.conversation;
    const { own: name, isUnread } = view;
    if (name === 'help') return own.show('help', language, { dangers, isUnread });
    const shown = name
      ? own.show(name, language, { isUnread })
      : screenOf(turn.spoken(), voices(language), limitsOf(channel).roomy, view.picked);
    return own.withHelp(shown, language, dangers);
  }

  /** English is read in every language. One array for each, so that its sayings are prepared once. */
  const sayings = new Map(
    codes.map((code) => [
      code,
      [...new Set([code, 'en'])].flatMap((one) => content.languages.get(one)?.answers ?? []),
    ]),
  );
  function listsIn(code: string): WordLists {
    return wordLists(sayings.get(code) ?? []);
  }

  function languageOf(incoming: Incoming, wanted: Wanted, written: string | undefined): string {
    // A word of ours that only one language has.
    return localeOf(incoming) ?? (written !== undefined && wanted.type !== 'text' ? written : 'en');
  }

  function localeOf({ locale }: Incoming): string | undefined {
    const code = locale?.toLowerCase().split(/[-_]/)[0] ?? '';
    return content.languages.has(code) ? code : undefined;
  }

  return { receive, isUrgent };
}

/** @returns what is ticked after a turn: until the question is answered. */
function stillPicked(wanted: Wanted, { conversation }: Turn, picked: Picked | undefined): Picked | undefined {
  if (!picked || picked.values.length === 0) return undefined;
  const { screen, log } = conversation;
  const isShown = screen.kind === 'question' && isSame(screen, picked);
  const isGiven = log.some((one) => isSame(one, picked));
  // The conversation was gone, so there is nothing to tick.
  if (wanted.type === 'pick' && screen.kind !== 'question') return undefined;
  return isShown || !isGiven ? picked : undefined;
}

interface Place {
  readonly fact: string;
  readonly child: number;
}

function isSame(one: Place | undefined, other: Place): boolean {
  return one !== undefined && one.fact === other.fact && one.child === other.child;
}

/** @returns whether words that stand for it may tell of danger. */
function isAnswer({ type }: Action): boolean {
  return type === 'answer' || type === 'pick' || type === 'topics';
}

/** @returns whether words that were typed beside a screen of the channel's own told us nothing. */
function isUnread(wanted: Wanted, { replies }: Turn): boolean {
  if (wanted.type !== 'text' || !wanted.isAside) return false;
  return replies.some((reply) => reply.kind === 'notice' && reply.notice === 'no_topic');
}

/** @returns whether it changes the conversation that it was shown in. */
function isOfConversation({ type }: Wanted): boolean {
  return ['answer', 'pick', 'back', 'untell', 'children', 'go_on'].includes(type);
}

function isConflict(error: unknown): boolean {
  return error instanceof Error && error.name === 'EtagConflict';
}

/** @returns the comparable labels of the options with their keys; of two alike, the first. */
function labelsOf(blocks: readonly Block[]): Map<string, string> {
  const labels = new Map<string, string>();
  for (const { option: one } of blocks) {
    const label = one ? comparable(one.label) : '';
    if (one && label !== '' && !labels.has(label)) labels.set(label, one.key);
  }
  return labels;
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
