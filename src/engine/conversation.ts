import { type Answers, type Assessment, assess, KNOWN } from './assess.ts';
import { type Band, bandsOf } from './bands.ts';
import { NATION_FACT, type Nation } from './entries.ts';
import { type Answer, type Fact, readAnswer, sameAnswer } from './facts.ts';
import type { Model } from './model.ts';
import { nextQuestion, type Question } from './questions.ts';
import { isOnHand, isShown, type Signpost, type Signposts, signpostsFor } from './signposts.ts';

/** One answer as it was given. `child` is 0 for facts of the carer and the household. */
export interface Given {
  readonly fact: string;
  readonly child: number;
  readonly answer: Answer;
}

/** What stands on the screen. */
export type Screen =
  | { readonly kind: 'topics' }
  /** `opened`: they came to it from what we found or from their answers, so Back leads there and drops nothing. */
  | {
      readonly kind: 'question';
      readonly fact: string;
      readonly child: number;
      readonly opened?: true;
      /** Of a place: what they typed lies in several, so they choose. Codes of authorities and ids of nations. */
      readonly choices?: readonly string[];
    }
  | { readonly kind: 'found' }
  | { readonly kind: 'answers' }
  | { readonly kind: 'entry'; readonly entry: string }
  | { readonly kind: 'price'; readonly given: Given }
  /** They did not sound certain, so we ask whether it is so. */
  | { readonly kind: 'confirm'; readonly given: Given }
  | { readonly kind: 'danger'; readonly danger: string; readonly level: DangerLevel };

export type DangerLevel = 'interrupt' | 'ask';

/**
 * The log of answers and what was shown. Everything else is derived from it. Plain JSON; ids only, never words that
 * somebody typed.
 */
export interface Conversation {
  readonly version: 1;
  readonly language: string;
  /** What they came for; null as long as it was not said. */
  readonly topics: readonly string[] | null;
  readonly children: number;
  readonly log: readonly Given[];
  /** Entries that were already announced as found. */
  readonly announced: readonly string[];
  /** Kinds of danger that came up: the way back to their help stays on every later screen. */
  readonly dangers: readonly string[];
  /** How many questions may be answered before we ask whether to go on. */
  readonly budget: number;
  readonly screen: Screen;
  /** How many messages in a row could not be understood; absent for none. */
  readonly misread?: number;
  /** How many messages in a row asked for nothing that we have; absent for none. */
  readonly astray?: number;
  /** Languages that were offered because a message was in them: once is enough. */
  readonly offered?: readonly string[];
  /** The language before help in danger came in the one they wrote in: the way back, until they answer or choose. */
  readonly languageBefore?: string;
  /** They went on from help in danger, and nothing was understood since. */
  readonly helped?: true;
  /** What was told beside a danger or the name of an entry: said back when we go on. */
  readonly unsaid?: { readonly given: readonly Omit<Given, 'answer'>[]; readonly topics?: true };
}

/** What the same words tell besides: a postcode tells the nation too. It never replaces a value. */
export interface Besides {
  readonly fact: string;
  /** 0 if absent. */
  readonly child?: number;
  readonly answer: Answer;
}

/**
 * What a person can do, by ids. Doing the same thing twice is the same as doing it once: a button from three turns
 * ago and a form sent twice mean what they meant.
 */
export type Message =
  | { readonly type: 'start' }
  /**
   * `danger`: one of the topics is itself a danger; its help comes first. `heard`: we took them from what was typed,
   * so we say which.
   */
  | {
      readonly type: 'topics';
      readonly topics: readonly string[];
      readonly danger?: string;
      readonly heard?: boolean;
      readonly also?: readonly Besides[];
      /** How many children the words tell of. */
      readonly children?: number;
    }
  | {
      readonly type: 'answer';
      readonly fact: string;
      readonly child: number;
      readonly answer: Answer;
      readonly confirmed?: boolean;
      readonly also?: readonly Besides[];
      readonly children?: number;
      /** What was told besides was taken from what they typed, so we say what. */
      readonly heard?: boolean;
      /** The answer is not just what they typed, or not to what was asked last: we say it back, too. */
      readonly saysBack?: boolean;
    }
  /** No answer to the question in hand, but facts. */
  | {
      readonly type: 'told';
      readonly also: readonly Besides[];
      readonly children?: number;
      /** Topics that they named besides those they came for. */
      readonly topics?: readonly string[];
    }
  /** An answer of somebody who is not certain. */
  | { readonly type: 'hedged'; readonly fact: string; readonly child: number; readonly answer: Answer }
  /** What we understood was not so: takes these answers back. */
  | { readonly type: 'untell'; readonly facts: readonly { readonly fact: string; readonly child: number }[] }
  /** Talk that asks for nothing that we have. `times`: how many such in a row. */
  | { readonly type: 'talk'; readonly talk: string; readonly times: number }
  /** What does this word mean? */
  | { readonly type: 'meaning'; readonly term: string }
  /** Their message is in another language than the conversation: that is offered; help in danger comes in it. */
  | { readonly type: 'in_language'; readonly language: string; readonly message: Message }
  /** Takes back the answer to this question, if it is the last. */
  | { readonly type: 'back'; readonly fact: string; readonly child: number }
  /** Opens a question: to change its answer, or to settle a `may`. */
  | { readonly type: 'ask'; readonly fact: string; readonly child: number }
  | { readonly type: 'show'; readonly screen: 'topics' | 'found' | 'answers' }
  /** `topics`: what who asked for it by name at the beginning came for. */
  | { readonly type: 'entry'; readonly entry: string; readonly topics?: readonly string[] }
  /** There are this many children. */
  | { readonly type: 'children'; readonly children: number }
  /** Go on asking, past the `budget` that stood on the screen. */
  | { readonly type: 'go_on'; readonly budget: number }
  /** Back to the question in hand. */
  | { readonly type: 'continue' }
  /** `heard`: we took it from what they wrote, so there is a way back. */
  | { readonly type: 'language'; readonly language: string; readonly heard?: boolean }
  /** `topics`: what else the same words were about; they wait until the help was read. */
  | {
      readonly type: 'danger';
      readonly danger: string;
      readonly level: DangerLevel;
      readonly topics?: readonly string[];
      readonly also?: readonly Besides[];
      readonly children?: number;
    }
  /** What came could not be read; as an answer to this question, if one is named: then it is asked again. */
  | {
      readonly type: 'unreadable';
      readonly notice: string;
      readonly fact?: string;
      readonly child?: number;
      /** Between which places they can choose. */
      readonly choices?: readonly string[];
      /** How many such in a row. */
      readonly times?: number;
    };

/** What to show, by ids. `speech` says it in words. */
export type Reply =
  | Notice
  | {
      readonly kind: 'danger';
      readonly danger: string;
      readonly level: DangerLevel;
      readonly nation?: Nation;
      /** What they came for had begun: it waits behind this screen. */
      readonly waits?: true;
    }
  | { readonly kind: 'topics'; readonly chosen: readonly string[] }
  | QuestionReply
  | FoundReply
  | { readonly kind: 'answers'; readonly given: readonly Given[]; readonly children: number }
  | { readonly kind: 'entry'; readonly signpost: Signpost }
  | PriceReply
  | { readonly kind: 'confirm'; readonly given: Given; readonly children: number };

/** A sentence above what stands on the screen. */
export interface Notice {
  readonly kind: 'notice';
  readonly notice: string;
  readonly topics?: readonly string[];
  /** What was understood besides, to be put right. */
  readonly given?: readonly Given[];
  /** The word whose meaning was asked for. */
  readonly term?: string;
  /** The question that is explained. */
  readonly fact?: string;
  /** The language that is offered. */
  readonly language?: string;
}

export interface QuestionReply {
  readonly kind: 'question';
  readonly fact: string;
  readonly child: number;
  readonly children: number;
  /** Of a place: between which they can choose. */
  readonly choices?: readonly string[];
  /** Typing did not work: values to choose from instead. */
  readonly bands?: readonly Band[];
  /** The answer that stands, when a question is opened again. */
  readonly current?: Answer;
  /** How many questions were answered. */
  readonly asked: number;
  /** How many signposts there are so far. */
  readonly found: number;
  /** Entries that the last answer settled for them: early wins. */
  readonly fresh: readonly string[];
  /** The question that "back" takes back. */
  readonly back?: { readonly fact: string; readonly child: number };
}

export interface FoundReply {
  readonly kind: 'found';
  readonly signposts: Signposts;
  /** The question that would settle most, if they want to go on. */
  readonly next?: Question;
  /** The budget to go on with. */
  readonly budget: number;
  /** Why it stands here: there is nothing worth asking, the budget is used, or they asked to see it. */
  readonly because: 'done' | 'budget' | 'asked';
  readonly asked: number;
  readonly children: number;
  readonly back?: { readonly fact: string; readonly child: number };
}

/** What a change of an answer would add and take away. */
export interface PriceReply {
  readonly kind: 'price';
  readonly given: Given;
  readonly old: Answer;
  readonly adds: readonly string[];
  readonly removes: readonly string[];
}

/** Questions before we ask whether to go on. */
export const BUDGET = 14;
/** How many more each time. */
const BUDGET_STEP = 7;
/**
 * A question that promises less than this is not worth a tired parent's time, unless they ask to go on. After the
 * first answers each further question has to promise more.
 */
export const WORTH_ASKING = { atFirst: 1.2, after: 4, more: 0.8, most: 3, onFirstScreen: 1.5 };
export const MAX_CHILDREN = 12;
/** After so many messages in a row that we could not understand, they choose instead of typing. */
const CHOOSE_AFTER = 2;
/** After so many messages in a row that ask for nothing that we have, we offer a person to talk to. */
const PERSON_AFTER = 3;

/** The state of a conversation that has just begun. */
export function newConversation(language: string): Conversation {
  return {
    version: 1,
    language,
    topics: null,
    children: 1,
    log: [],
    announced: [],
    dangers: [],
    budget: BUDGET,
    screen: { kind: 'topics' },
  };
}

/** @returns the answers as the engine reads them; what the present content no longer knows is left out. */
export function answersOf(model: Model, conversation: Pick<Conversation, 'log' | 'children'>): Answers {
  const family: Record<string, Answer> = {};
  const children: Record<string, Answer>[] = Array.from({ length: conversation.children }, () => ({}));
  for (const { fact: id, child, answer } of conversation.log) {
    const fact = factOf(model, id);
    const readable = fact && readAnswer(fact, answer);
    const into = fact?.scope === 'child' ? children[child] : family;
    if (readable && into) into[id] = readable;
  }
  return { family, children };
}

/**
 * One turn: pure, so that it can be retried, replayed and run twice without harm.
 * @param now the moment of the turn; its day decides rates and deadlines
 * @returns the conversation after it, and what to show
 */
export function turn(
  model: Model,
  conversation: Conversation,
  message: Message,
  now: Date,
): { conversation: Conversation; replies: Reply[] } {
  const date = dayOf(now);
  const before = heed(model, conversation, message, date);
  const answers = answersOf(model, before.conversation);
  const assessment = assess(model, answers, date);
  let after = before.conversation;
  // Something was understood: then nobody is lost.
  const isHeard = after.log !== conversation.log || after.topics !== conversation.topics;
  if (isHeard) after = settled(after, !before.advance && after.screen.kind === 'danger');
  if (isHedged(message)) {
    const { helped: _, ...rest } = after;
    after = rest;
  }
  if (before.advance) {
    const helped = after.screen.kind === 'danger' && !isHeard && { helped: true as const };
    const isMore = message.type === 'children' || message.type === 'go_on';
    const next = nextScreen(model, after, assessment, date);
    after = { ...after, ...helped, screen: isMore ? openedFrom(after.screen, next) : next };
  }
  const unsaid = before.advance ? sayUnsaid(after) : undefined;
  if (unsaid) after = unsaid.after;
  const shown = view(model, after, answers, assessment, date, before.advance);
  const wayBack = wayBackTo(after.languageBefore);
  // Help in danger waits for nothing.
  const screen = after.screen.kind === 'danger' ? [...shown, ...wayBack] : [...wayBack, ...shown];
  const replies = [...before.notices, ...(unsaid?.notices ?? []), ...screen];
  const qualifying = announce(model, assessment, after.announced);
  if (qualifying.length > 0) after = { ...after, announced: [...after.announced, ...qualifying] };
  return { conversation: after, replies };
}

/** @returns what was told beside a danger, as notices, and the conversation in which that is said; undefined if nothing is left. */
function sayUnsaid(conversation: Conversation): { after: Conversation; notices: Notice[] } | undefined {
  const { unsaid, ...after } = conversation;
  if (!unsaid) return undefined;
  const given = after.log.filter((one) => unsaid.given.some((place) => isSamePlace(place, one)));
  const topics = unsaid.topics && after.topics?.length ? after.topics : undefined;
  return {
    after,
    notices: [...(topics ? [{ kind: 'notice', notice: 'matched', topics } as const] : []), ...heard(given)],
  };
}

/** @returns whether it may be an answer, or only say that they go on: said once more it is the answer. */
function isHedged(message: Message): boolean {
  return message.type === 'in_language' ? isHedged(message.message) : message.type === 'hedged';
}

/**
 * @param inDanger its help stands there
 * @returns the conversation after something was understood, without what only stands until then
 */
function settled(conversation: Conversation, inDanger: boolean): Conversation {
  const { misread: _, astray: __, helped: ___, languageBefore, ...rest } = conversation;
  return inDanger && languageBefore !== undefined ? { ...rest, languageBefore } : rest;
}

/** @returns a question that they asked for from the list: it leads back there. */
function openedFrom(before: Screen, next: Screen): Screen {
  if (next.kind !== 'question') return next;
  const wasOpened = before.kind === 'question' && before.opened && isSamePlace(before, next);
  return before.kind === 'found' || wasOpened ? { ...next, opened: true } : next;
}

/** @returns the conversation in the language that they write, with a way back. */
function inTheirs(conversation: Conversation, language: string): Conversation {
  const { language: languageBefore } = conversation;
  return language === languageBefore ? conversation : { ...conversation, language, languageBefore };
}

function wayBackTo(language: string | undefined): Notice[] {
  return language === undefined ? [] : [{ kind: 'notice', notice: 'in_your_language', language }];
}

/** @returns what stands on the screen now, again: after a change of language, or when a stored page is opened. */
export function show(model: Model, conversation: Conversation, now: Date): Reply[] {
  const date = dayOf(now);
  const answers = answersOf(model, conversation);
  return view(model, conversation, answers, assess(model, answers, date), date, false);
}

/** @returns the day in the United Kingdom, "YYYY-MM-DD": rates and deadlines change at midnight there. */
export function dayOf(now: Date): string {
  // Finding the day costs more than a question, and within an hour it stays the same: midnight in the United Kingdom
  // is at a full hour everywhere.
  const hour = Math.floor(now.getTime() / 3_600_000);
  if (hour !== hourOfDay.hour) hourOfDay = { hour, day: UK_DAY.format(now) };
  return hourOfDay.day;
}
let hourOfDay = { hour: Number.NaN, day: '' };
const UK_DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

interface Heeded {
  readonly conversation: Conversation;
  /** Whether the next question is to be chosen now. */
  readonly advance: boolean;
  readonly notices: readonly Notice[];
}

function heed(model: Model, conversation: Conversation, message: Message, date: string): Heeded {
  const stay = (screen: Screen): Heeded => ({
    conversation: { ...conversation, screen },
    advance: false,
    notices: [],
  });
  const same = (notice?: string): Heeded => ({
    conversation,
    advance: false,
    notices: notice ? [{ kind: 'notice', notice }] : [],
  });
  const on = (changed: Partial<Conversation>): Heeded => ({
    conversation: { ...conversation, ...changed },
    advance: true,
    notices: [],
  });
  switch (message.type) {
    case 'start':
      return same();
    case 'topics': {
      const { told, given } = withBesides(model, conversation, message.also, message.children);
      const chosen = { ...told, topics: [...new Set(message.topics)] };
      const { screen, dangers } = conversation;
      const isOpen = screen.kind === 'danger' && screen.danger === message.danger;
      const notices: Notice[] = message.heard
        ? [
            chosen.topics.length > 0
              ? { kind: 'notice', notice: 'matched', topics: chosen.topics }
              : { kind: 'notice', notice: 'all_needs' },
            ...heard(given),
          ]
        : [];
      if (!message.danger || (dangers.includes(message.danger) && !isOpen)) {
        return { ...on(chosen), notices };
      }
      return {
        conversation: withDangers(toSay(chosen, given), [message.danger], 'interrupt'),
        advance: false,
        notices: [],
      };
    }
    case 'answer':
      return answer(model, conversation, message, date);
    case 'told': {
      const { told, given } = withBesides(model, conversation, message.also, message.children);
      const topics = (message.topics ?? []).filter((one) => !(conversation.topics ?? []).includes(one));
      if (given.length === 0 && topics.length === 0) {
        const known = conversation.log.filter((one) => message.also.some((also) => isTold(also, one)));
        return known.length > 0 ? { ...same(), notices: heard(known) } : same('unreadable');
      }
      return {
        conversation:
          topics.length > 0 ? { ...told, topics: [...(conversation.topics ?? []), ...topics] } : told,
        advance: true,
        notices: [
          ...(topics.length > 0 ? [{ kind: 'notice', notice: 'matched', topics } as const] : []),
          ...heard(given),
        ],
      };
    }
    case 'hedged': {
      const fact = factOf(model, message.fact);
      if (!fact || !isChild(conversation, fact, message.child)) return same('gone');
      const readable = readAnswer(fact, message.answer);
      if (!readable) return same('unreadable');
      return stay({ kind: 'confirm', given: { fact: fact.id, child: message.child, answer: readable } });
    }
    case 'untell': {
      const isGone = ({ fact, child }: Given) =>
        message.facts.some((one) => one.fact === fact && one.child === child);
      return {
        ...on({ log: conversation.log.filter((one) => !isGone(one)) }),
        notices: [{ kind: 'notice', notice: 'untold' }],
      };
    }
    case 'talk': {
      const isThird = message.times >= PERSON_AFTER && message.times % PERSON_AFTER === 0;
      // Who asks for a person is shown one anyway.
      const lost = isThird && message.talk !== 'person';
      return {
        conversation: { ...conversation, astray: message.times },
        advance: false,
        notices: [`talk_${message.talk}`, ...(lost ? ['talk_to_a_person'] : [])].map((notice) => ({
          kind: 'notice',
          notice,
        })),
      };
    }
    case 'meaning':
      return { ...same(), notices: [{ kind: 'notice', notice: 'meaning', term: message.term }] };
    case 'in_language': {
      const { language } = message;
      const heeded = heed(model, conversation, message.message, date);
      if (!heeded.advance && heeded.conversation.screen.kind === 'danger')
        return { ...heeded, conversation: inTheirs(heeded.conversation, language) };
      if (conversation.offered?.includes(language)) return heeded;
      const offered = [...new Set([...(conversation.offered ?? []), language])];
      return {
        ...heeded,
        conversation: { ...heeded.conversation, offered },
        notices: [{ kind: 'notice', notice: 'offer_language', language }, ...heeded.notices],
      };
    }
    case 'back': {
      const last = conversation.log.at(-1);
      if (!last || last.fact !== message.fact || last.child !== message.child) return same();
      return {
        conversation: {
          ...conversation,
          log: conversation.log.slice(0, -1),
          screen: { kind: 'question', fact: last.fact, child: last.child },
        },
        advance: false,
        notices: [],
      };
    }
    case 'ask': {
      const fact = factOf(model, message.fact);
      if (!fact || !isChild(conversation, fact, message.child)) return same('gone');
      return stay({ kind: 'question', fact: fact.id, child: message.child, opened: true });
    }
    case 'show':
      return stay({ kind: message.screen });
    case 'entry':
      if (!model.entryIndex.has(message.entry)) return same('gone');
      return {
        ...same(),
        conversation: {
          ...withTopics(conversation, message.topics),
          screen: { kind: 'entry', entry: message.entry },
        },
      };
    case 'children': {
      const children = Math.min(MAX_CHILDREN, Math.max(1, Math.trunc(message.children)));
      if (!(children > conversation.children)) return on({});
      return on({ children, budget: Math.max(conversation.budget, conversation.log.length + BUDGET_STEP) });
    }
    case 'go_on':
      return on({
        budget: Math.max(
          conversation.budget,
          Math.min(message.budget || 0, Math.max(BUDGET, conversation.log.length) + 2 * BUDGET_STEP),
        ),
      });
    case 'continue':
      return on({});
    case 'language': {
      const { languageBefore: _, ...rest } = conversation;
      const changed = message.heard
        ? inTheirs(conversation, message.language)
        : { ...rest, language: message.language };
      return { conversation: changed, advance: false, notices: [] };
    }
    case 'danger': {
      const { told, given } = withBesides(model, conversation, message.also, message.children);
      const known = withTopics(toSay(told, given), message.topics);
      return {
        conversation: withDangers(known, [message.danger], message.level),
        advance: false,
        notices: [],
      };
    }
    case 'unreadable': {
      const misread = message.times ? { misread: message.times } : {};
      if (message.fact === undefined) {
        const heeded = same(message.notice);
        return { ...heeded, conversation: { ...conversation, ...misread } };
      }
      const fact = factOf(model, message.fact);
      const child = message.child ?? 0;
      if (!fact || !isChild(conversation, fact, child)) return same('gone');
      // A form that was sent empty leaves what stood on it, and so does who asks what it means.
      const { screen } = conversation;
      const stood =
        screen.kind === 'question' && isSamePlace(screen, { fact: fact.id, child }) ? screen : undefined;
      const choices = message.choices ?? (KEEPS_CHOICES.has(message.notice) ? stood?.choices : undefined);
      const opened = stood?.opened ? { opened: stood.opened } : {};
      return {
        conversation: {
          ...conversation,
          ...misread,
          screen: { kind: 'question', fact: fact.id, child, ...opened, ...(choices ? { choices } : {}) },
        },
        advance: false,
        notices: [
          {
            kind: 'notice',
            notice: message.notice,
            ...(message.notice === EXPLANATION ? { fact: fact.id } : {}),
          },
        ],
      };
    }
  }
}

/** The notice that says more of the question that is open. */
export const EXPLANATION = 'talk_explain';
const KEEPS_CHOICES: ReadonlySet<string> = new Set(['empty', EXPLANATION]);

/** Notes each kind of danger, and puts help with the first on the screen. */
function withDangers(
  conversation: Conversation,
  dangers: readonly string[],
  level: DangerLevel,
): Conversation {
  return {
    ...conversation,
    dangers: [...new Set([...conversation.dangers, ...dangers])],
    screen: { kind: 'danger', danger: dangers[0] as string, level },
  };
}

function answer(
  model: Model,
  conversation: Conversation,
  message: Extract<Message, { type: 'answer' }>,
  date: string,
): Heeded {
  const stay = (notice: string): Heeded => ({
    conversation,
    advance: false,
    notices: [{ kind: 'notice', notice }],
  });
  const fact = factOf(model, message.fact);
  if (!fact || !isChild(conversation, fact, message.child)) return stay('gone');
  const readable = readAnswer(fact, message.answer);
  if (!readable) return stay('unreadable');
  const given: Given = { fact: fact.id, child: message.child, answer: readable };
  const position = conversation.log.findIndex((one) => one.fact === given.fact && one.child === given.child);
  const old = conversation.log[position];
  const others = message.also?.filter((one) => one.fact !== given.fact || (one.child ?? 0) !== given.child);
  const besides = withBesides(model, conversation, others, message.children);
  const log = old ? besides.told.log.with(position, given) : [...besides.told.log, given];
  const told = { ...besides.told, log };
  const notices = heard([...(message.saysBack ? [given] : []), ...(message.heard ? besides.given : [])]);
  // Danger first: help does not wait until the price of a change was seen.
  const dangers = dangersIn(fact, given.answer);
  if (dangers.length > 0)
    return {
      conversation: withDangers(toSay(told, message.heard ? besides.given : []), dangers, 'interrupt'),
      advance: false,
      notices: [],
    };
  if (old && !message.confirmed && !sameAnswer(old.answer, given.answer)) {
    const price = priceOf(model, conversation, log, date);
    if (price.adds.length + price.removes.length > 0) {
      return {
        conversation: { ...conversation, screen: { kind: 'price', given } },
        advance: false,
        notices: [],
      };
    }
  }
  return { conversation: told, advance: true, notices };
}

function isSamePlace(a: Omit<Given, 'answer'>, b: Omit<Given, 'answer'>): boolean {
  return a.fact === b.fact && a.child === b.child;
}

/** @returns whether what is told now was told before. */
function isTold({ fact, child = 0, answer }: Besides, before: Given): boolean {
  return isSamePlace({ fact, child }, before) && sameAnswer(answer, before.answer);
}

/** @returns the conversation that says back later what was told beside a danger or the name of an entry. */
function toSay(conversation: Conversation, given: readonly Given[]): Conversation {
  if (given.length === 0) return conversation;
  const { unsaid } = conversation;
  return { ...conversation, unsaid: { ...unsaid, given: [...(unsaid?.given ?? []), ...given.map(placeOf)] } };
}

/** @returns the conversation with these topics where none were chosen; they are said back later, too. */
function withTopics(conversation: Conversation, topics: readonly string[] | undefined): Conversation {
  if (conversation.topics !== null || !topics) return conversation;
  return { ...conversation, topics, unsaid: { given: [], ...conversation.unsaid, topics: true } };
}

function placeOf({ fact, child }: Given): Omit<Given, 'answer'> {
  return { fact, child };
}

/** What was understood besides, if anything: said back, so that it can be put right. */
function heard(given: readonly Given[]): Notice[] {
  return given.length > 0 ? [{ kind: 'notice', notice: 'heard', given }] : [];
}

/**
 * @param children how many children the words tell of
 * @returns the conversation with what was told besides, where nothing but a silence stands; what stood keeps its place.
 *   And what of it was new.
 */
function withBesides(
  model: Model,
  conversation: Conversation,
  also: readonly Besides[] = [],
  children = 1,
): { told: Conversation; given: readonly Given[] } {
  const count = Math.min(MAX_CHILDREN, Math.max(conversation.children, Math.trunc(children) || 1));
  const log = [...conversation.log];
  const given: Given[] = [];
  for (const { fact: id, child = 0, answer: raw } of also) {
    const fact = factOf(model, id);
    const readable = fact && readAnswer(fact, raw);
    // What tells of danger is never taken in passing.
    if (!fact || !readable || dangersIn(fact, readable).length > 0) continue;
    const one = { fact: id, child, answer: readable };
    if (!isChild({ ...conversation, children: count }, fact, child)) continue;
    const position = log.findIndex((other) => isSamePlace(other, one));
    const old = log[position];
    if (old && 'value' in old.answer) continue;
    log.splice(old ? position : log.length, 1, one);
    given.push(one);
  }
  if (given.length === 0 && count === conversation.children) return { told: conversation, given };
  return { told: { ...conversation, children: count, log }, given };
}

/** @returns the kinds of danger that the chosen options tell of, in the vocabulary's order. */
function dangersIn({ danger }: Fact, answer: Answer): string[] {
  if (!danger || !('value' in answer)) return [];
  const chosen = typeof answer.value === 'object' ? answer.value : [String(answer.value)];
  return chosen.flatMap((option) => danger[option] ?? []);
}

/** @returns what the family would be shown with this log that it is not shown now, and the other way round. */
function priceOf(
  model: Model,
  conversation: Conversation,
  log: readonly Given[],
  date: string,
): { adds: string[]; removes: string[] } {
  const shownWith = (one: Conversation): Set<string> => {
    const { first, more, later } = signpostsFor(
      model,
      assess(model, answersOf(model, one), date),
      one.topics ?? [],
      date,
      one.dangers,
    );
    return new Set([...first, ...more, ...later].map(({ entry }) => entry));
  };
  const now = shownWith(conversation);
  const then = shownWith({ ...conversation, log });
  return { adds: [...then.difference(now)], removes: [...now.difference(then)] };
}

function nextScreen(model: Model, conversation: Conversation, assessment: Assessment, date: string): Screen {
  if (conversation.topics === null) return { kind: 'topics' };
  const { log, budget, topics } = conversation;
  if (log.length >= budget) return { kind: 'found' };
  // Past the first budget they asked to go on: then every question that can still change something is worth it.
  const isWanted = budget > BUDGET ? undefined : worthAsking(model, conversation, assessment, date);
  const question = nextQuestion(model, assessment, topics, log.length, date, isWanted);
  return question ? { kind: 'question', fact: question.fact, child: question.child } : { kind: 'found' };
}

/**
 * Which questions are worth a tired parent's time: those that promise enough, and, so that the first screen is not
 * full of maybes, those that would settle something on it.
 */
function worthAsking(
  model: Model,
  conversation: Conversation,
  assessment: Assessment,
  date: string,
): (question: Question) => boolean {
  const { atFirst, after, more, most, onFirstScreen } = WORTH_ASKING;
  const { log } = conversation;
  let unsettled: Set<number> | undefined;
  return (question) => {
    // With each further child it begins again: we know nothing of them yet.
    const answered =
      question.child > 0 ? log.filter(({ child }) => child === question.child).length : log.length;
    const promise = Math.min(most, atFirst + more * Math.max(0, answered - after));
    if (question.score >= promise) return true;
    if (question.score < onFirstScreen) return false;
    unsettled ??= new Set(
      signpostsFor(model, assessment, conversation.topics ?? [], date, conversation.dangers).first.flatMap(
        ({ outcome }) => outcome.missing,
      ),
    );
    return unsettled.has(model.factIndex.get(question.fact) ?? -1);
  };
}

/** @returns the entries that they qualify for and that were not announced yet. */
function announce(model: Model, assessment: Assessment, announced: readonly string[]): string[] {
  const before = new Set(announced);
  return assessment.family
    .filter(({ kind }) => kind === 'qualifies')
    .map(({ entry }) => (model.entries[entry] as Model['entries'][number]).entry.id)
    .filter((id) => !before.has(id));
}

function view(
  model: Model,
  conversation: Conversation,
  answers: Answers,
  assessment: Assessment,
  date: string,
  advanced: boolean,
): Reply[] {
  const { screen, log, children } = conversation;
  const topics = conversation.topics ?? [];
  const last = log.at(-1);
  const back = last && { fact: last.fact, child: last.child };
  switch (screen.kind) {
    case 'topics':
      return [{ kind: 'topics', chosen: topics }];
    case 'question': {
      const fact = factOf(model, screen.fact);
      // The content changed under the conversation: the question is no longer there.
      if (!fact || !isChild(conversation, fact, screen.child)) {
        return [foundReply(model, conversation, assessment, date, 'asked')];
      }
      const current = (fact.scope === 'child' ? answers.children[screen.child] : answers.family)?.[fact.id];
      const certain = assessment.family.filter(
        (one) =>
          one.kind === 'qualifies' &&
          isShown(model, assessment, one, topics, conversation.dangers) &&
          !isOnHand(model, assessment, one),
      );
      const found = certain.map((one) => (model.entries[one.entry] as Model['entries'][number]).entry.id);
      return [
        {
          kind: 'question',
          fact: fact.id,
          child: screen.child,
          children,
          choices: screen.choices,
          ...((conversation.misread ?? 0) >= CHOOSE_AFTER ? bandsFor(model, fact, date) : {}),
          current,
          asked: log.length,
          found: found.length,
          fresh: advanced ? found.filter((id) => !conversation.announced.includes(id)) : [],
          back: screen.opened ? undefined : back,
        },
      ];
    }
    case 'found':
      return [foundReply(model, conversation, assessment, date, advanced ? 'done' : 'asked')];
    case 'answers':
      return [{ kind: 'answers', given: log.filter((one) => isReadable(model, one)), children }];
    case 'entry': {
      const index = model.entryIndex.get(screen.entry);
      if (index === undefined) return [foundReply(model, conversation, assessment, date, 'asked')];
      const signposts = signpostsFor(model, assessment, topics, date, conversation.dangers);
      const shown = [...signposts.first, ...signposts.more, ...signposts.later, ...signposts.held];
      const signpost = shown.find((one) => one.entry === screen.entry);
      const outcome = assessment.family[index] as Assessment['family'][number];
      return [
        {
          kind: 'entry',
          signpost: signpost ?? {
            entry: screen.entry,
            outcome,
            onTopic: false,
            onHand: isOnHand(model, assessment, outcome),
            deadlines: [],
          },
        },
      ];
    }
    case 'price': {
      const position = log.findIndex(
        (one) => one.fact === screen.given.fact && one.child === screen.given.child,
      );
      const old = log[position];
      if (!old || !isReadable(model, old) || !isReadable(model, screen.given))
        return [foundReply(model, conversation, assessment, date, 'asked')];
      const price = priceOf(model, conversation, log.with(position, screen.given), date);
      return [{ kind: 'price', given: screen.given, old: old.answer, ...price }];
    }
    case 'confirm':
      return isReadable(model, screen.given) && screen.given.child < children
        ? [{ kind: 'confirm', given: screen.given, children }]
        : [foundReply(model, conversation, assessment, date, 'asked')];
    case 'danger':
      return [
        {
          kind: 'danger',
          danger: screen.danger,
          level: screen.level,
          nation: nationOf(model, assessment),
          ...(conversation.topics === null ? {} : { waits: true }),
        },
      ];
  }
}

/** @returns the values to choose from, for a question that is answered by typing a number. */
function bandsFor(model: Model, { id, type }: Fact, date: string): Pick<QuestionReply, 'bands'> {
  if (type !== 'number' && type !== 'money' && type !== 'age') return {};
  return { bands: bandsOf(model, model.factIndex.get(id) as number, date) };
}

function foundReply(
  model: Model,
  conversation: Conversation,
  assessment: Assessment,
  date: string,
  because: 'done' | 'asked',
): FoundReply {
  const topics = conversation.topics ?? [];
  const { log, budget } = conversation;
  const next = nextQuestion(model, assessment, topics, log.length, date);
  const last = log.at(-1);
  return {
    kind: 'found',
    signposts: signpostsFor(model, assessment, topics, date, conversation.dangers),
    next,
    budget: Math.max(budget, log.length) + BUDGET_STEP,
    because: because === 'done' && next && log.length >= budget ? 'budget' : because,
    asked: log.length,
    children: conversation.children,
    back: last && { fact: last.fact, child: last.child },
  };
}

/** @returns the nation, if it is known. */
function nationOf(model: Model, assessment: Assessment): Nation | undefined {
  const index = model.factIndex.get(NATION_FACT);
  const state = assessment.children[0]?.state;
  if (index === undefined || !state || state.status[index] !== KNOWN) return undefined;
  return state.values[index] as Nation;
}

function factOf(model: Model, id: string): Fact | undefined {
  const index = model.factIndex.get(id);
  return index === undefined ? undefined : model.facts[index]?.fact;
}

/** @returns whether the present content still knows the question and the answer. */
function isReadable(model: Model, { fact: id, answer }: Given): boolean {
  const fact = factOf(model, id);
  return fact !== undefined && readAnswer(fact, answer) !== undefined;
}

function isChild(conversation: Conversation, fact: Fact, child: number): boolean {
  return (
    Number.isInteger(child) &&
    child >= 0 &&
    (fact.scope === 'child' ? child < conversation.children : child === 0)
  );
}
