import { randomBytes } from 'node:crypto';
import type { Storage, StoreItems } from 'botbuilder';
import { contentIn } from './content/area-content.ts';
import { type Content, dangerOf } from './content/content.ts';
import { type Assessment, assess } from './engine/assess.ts';
import { areaOf, ENGLAND } from './engine/authorities.ts';
import {
  answersOf,
  type Conversation,
  type DangerLevel,
  dayOf,
  EXPLANATION,
  type Given,
  type Message,
  newConversation,
  type Reply,
  type Screen,
  turn,
} from './engine/conversation.ts';
import { AREA_FACT, NATION_FACT } from './engine/entries.ts';
import { type Answer, sameAnswer } from './engine/facts.ts';
import type { Language } from './language/language.ts';
import { readingMessage } from './language/once-per.ts';
import { isNation, type Place } from './language/read-place.ts';
import type { Telling, Told } from './language/telling.ts';
import { speak } from './speech/speak.ts';
import type { Spoken } from './speech/spoken.ts';
import type { Voice } from './speech/voice.ts';

/** What came in: something chosen, by ids, or something typed. Typed words are read here and dropped. */
export type Input =
  | Message
  | {
      readonly type: 'text';
      readonly text: string;
      /** The question that it was typed for; without it, what stands on the screen. */
      readonly asking?: { readonly fact: string; readonly child: number };
      /** The answers on the screen had numbers, so a number alone chooses one. */
      readonly isNumbered?: boolean;
      /** Something else stood in front of the conversation's screen: the words answer nothing of that. */
      readonly isAside?: true;
    };

/** What to show for it. */
export interface Turn {
  /** The conversation's id: unguessable, and all that a channel has to remember. */
  readonly id: string;
  readonly conversation: Conversation;
  readonly replies: readonly Reply[];
  /** "YYYY-MM-DD", the day of the turn. */
  readonly date: string;
  /**
   * @param language another than the conversation's, to read a label in that one
   * @param voices what says them: a council's own page has texts of its own
   * @returns the replies in words
   */
  readonly spoken: (language?: string, voices?: (code: string) => Voice) => Spoken[];
}

export interface Assistant {
  /**
   * Takes one turn. The one function that every channel calls.
   * @param id of the conversation; undefined to begin one
   * @param language code for a new conversation
   * @param beside what a channel keeps of the turn: written with it, both or none
   * @throws where the storage fails; then nothing was changed
   */
  readonly respond: (
    id: string | undefined,
    input: Input,
    language: string,
    beside?: (turn: Turn) => StoreItems,
  ) => Promise<Turn>;
  /** Erases a conversation at once. */
  readonly erase: (id: string) => Promise<void>;
}

/** What may be counted of a turn. Nothing of whom, nothing of what was said. */
export interface TurnFacts {
  /** The help in danger that was opened. */
  readonly dangers: readonly { readonly kind: string; readonly level: DangerLevel }[];
  /** The entries on the first screen of what was found, where it was opened. */
  readonly signposts: readonly string[];
}

export interface Parts {
  readonly content: Content;
  readonly storage: Storage;
  readonly voices: (code: string) => Voice;
  /** Reads what people type. */
  readonly language: Language;
  readonly now: () => Date;
  /** How long answers are kept after the last message, in hours; for what we say about it. */
  readonly hours: number;
  /** Told of each turn that was taken. */
  readonly onTurn?: (facts: TurnFacts) => void;
}

/** Two tabs at once: how often a turn is replayed on the newer state before we give up. */
const REPLAYS = 8;

/** Puts the rooms together: storage, language, engine, speech. */
export function createAssistant(parts: Parts): Assistant {
  const { content, storage } = parts;

  const respond: Assistant['respond'] = async (id, input, language, beside) => {
    for (let replay = 0; ; replay++) {
      try {
        return await once(id, input, language, beside);
      } catch (error) {
        // Another tab was faster: take the turn again, on what it left. (Of what is kept beside, the channel knows.)
        if (!isConflict(error, id) || replay >= REPLAYS) throw error;
      }
    }
  };

  async function once(...[id, input, language, beside]: Parameters<Assistant['respond']>): Promise<Turn> {
    const now = parts.now();
    const stored =
      id === undefined ? undefined : ((await storage.read([keyOf(id)]))[keyOf(id)] as Stored | undefined);
    const known = isConversation(stored?.conversation)
      ? inALanguageOf(content, stored.conversation)
      : undefined;
    const lost = id !== undefined && known === undefined;
    const before = known ?? newConversation(content.languages.has(language) ? language : 'en');
    // A form of a conversation that is gone (erased, or too old) must not half revive it: begin again, and say so.
    // But danger is read in every message.
    const read = understand(content, parts.language, before, input, now);
    const message = lost ? onlyDanger(content, before, read, now) : read;
    const here = contentIn(content, areaAfter(before, message));
    const { conversation, replies } = turn(here.model, before, message, now);
    const key = id !== undefined && !lost ? id : newId();
    const notices: Reply[] = lost ? [{ kind: 'notice', notice: 'conversation_gone' }] : [];
    const taken = turnOf(
      here,
      key,
      conversation,
      [...replies.filter(isDanger), ...notices, ...replies.filter((one) => !isDanger(one))],
      now,
    );
    const changes: StoreItems = beside?.(taken) ?? {};
    if (conversation !== known) {
      changes[keyOf(key)] = { conversation, eTag: known ? stored?.eTag : undefined };
    }
    if (Object.keys(changes).length > 0) await storage.write(changes);
    parts.onTurn?.(factsOf(before.screen, replies));
    return taken;
  }

  /** @param here the content that the turn was taken with: outcomes point into its model */
  function turnOf(
    here: Content,
    id: string,
    conversation: Conversation,
    replies: readonly Reply[],
    now: Date,
  ): Turn {
    const date = dayOf(now);
    let assessment: Assessment | undefined;
    const spoken = (code = conversation.language, voices = parts.voices) => {
      const occasion = {
        // Most replies are questions, and nobody asks for it.
        get assessment() {
          assessment ??= assess(here.model, answersOf(here.model, conversation), date);
          return assessment;
        },
        date,
        now,
        topics: conversation.topics ?? [],
        children: conversation.children,
        hours: parts.hours,
      };
      const voice = voices(code);
      return replies.map((reply) => speak(here, voice, reply, occasion));
    };
    return { id, conversation, replies, date, spoken };
  }

  return { respond, erase: (id) => storage.delete([keyOf(id)]) };
}

function isDanger(reply: Reply): boolean {
  return reply.kind === 'danger';
}

/** @param before what stood on the screen: what is only shown again is not counted again */
function factsOf(before: Screen, replies: readonly Reply[]): TurnFacts {
  return {
    dangers: replies.flatMap((reply) =>
      reply.kind === 'danger' &&
      !(before.kind === 'danger' && before.danger === reply.danger && before.level === reply.level)
        ? [{ kind: reply.danger, level: reply.level }]
        : [],
    ),
    signposts: replies.flatMap((reply) =>
      reply.kind === 'found' && before.kind !== 'found'
        ? reply.signposts.first.map(({ entry }) => entry)
        : [],
    ),
  };
}

interface Stored {
  readonly conversation: Conversation;
  readonly eTag?: string;
}

function keyOf(id: string): string {
  return `conversation/${id}`;
}

/** 128 bits: nobody finds a conversation by guessing. */
function newId(): string {
  return randomBytes(16).toString('base64url');
}

function isConversation(value: unknown): value is Conversation {
  return typeof value === 'object' && value !== null && (value as Conversation).version === 1;
}

/** @returns what is left of a message to a conversation that is gone: the danger that it tells of, in whatever way. */
function onlyDanger({ model }: Content, empty: Conversation, message: Message, now: Date): Message {
  const { screen, language } = turn(model, empty, message, now).conversation;
  if (screen.kind !== 'danger') return { type: 'start' };
  const danger: Message = { type: 'danger', danger: screen.danger, level: screen.level };
  return language === empty.language ? danger : { type: 'in_language', language, message: danger };
}

/** @returns the conversation, in English if its language is no longer there. */
function inALanguageOf({ languages }: Content, conversation: Conversation): Conversation {
  return languages.has(conversation.language) ? conversation : { ...conversation, language: 'en' };
}

/** @returns the code of the area that the family lives in, as far as it is known once the message was heeded. */
function areaAfter({ log }: Conversation, message: Message): string | undefined {
  const told = message.type === 'answer' ? [message, ...(message.also ?? [])] : [];
  return areaOf((fact) => [...told, ...log].find((one) => one.fact === fact)?.answer);
}

/**
 * Turns where somebody lives into a message: an answer to the question that was asked, and what else it tells.
 * @param fact the question that was asked: about the area, or about the nation
 */
function placeMessage(place: Place | undefined, fact: string): Message {
  const unclear = (notice: string, choices?: readonly string[]): Message => ({
    type: 'unreadable',
    notice,
    fact: choices ? AREA_FACT : fact,
    child: 0,
    choices,
  });
  const message = (told: string, value: string, also?: readonly [fact: string, value: string]): Message => ({
    type: 'answer',
    fact: told,
    child: 0,
    answer: { value },
    ...(also ? { also: [{ fact: also[0], answer: { value: also[1] } }] } : {}),
  });
  switch (place?.kind) {
    case 'several':
      return unclear('which_place', place.choices);
    case 'other':
      return unclear('other_place');
    case 'nation':
      // That they live in England we know when we ask where in England.
      return place.nation === ENGLAND && fact === AREA_FACT
        ? unclear('unknown_place')
        : message(NATION_FACT, place.nation);
    case 'authority':
      return fact === NATION_FACT
        ? message(NATION_FACT, ENGLAND, [AREA_FACT, place.code])
        : message(AREA_FACT, place.code, [NATION_FACT, ENGLAND]);
    default:
      return unclear('unknown_place');
  }
}

function isConflict(error: unknown, id: string | undefined): boolean {
  if (!(error instanceof Error) || error.name !== 'EtagConflict') return false;
  return !('key' in error) || id === undefined || error.key === keyOf(id);
}

/**
 * Turns what was typed into a message: danger first, then an answer to what stands on the screen.
 * What was typed ends here.
 */
export function understand(
  content: Content,
  language: Language,
  conversation: Conversation,
  input: Input,
  now: Date,
): Message {
  if (input.type === 'topics') {
    return { ...input, danger: dangerOf(content, input.topics) };
  }
  if (input.type === 'answer' && input.fact === AREA_FACT && 'value' in input.answer) {
    // A choice between places may be another nation.
    const value = String(input.answer.value);
    return isNation(value) ? placeMessage({ kind: 'nation', nation: value }, AREA_FACT) : input;
  }
  if (input.type !== 'text') return input;
  return readingMessage(() => {
    const message = read(content, language, conversation, input, dayOf(now));
    if (input.isAside && message.type === 'unreadable') return message;
    const written = language.which(input.text, conversation.language);
    return written && written !== conversation.language
      ? { type: 'in_language', language: written, message }
      : message;
  });
}

/** Fewer words beside an open question are no new topic, but an answer that we could not read. */
const NEW_TOPIC_FROM = 5;

const AGE_FACT = 'child.age';

/** Turns typed words into a message. */
function read(
  content: Content,
  language: Language,
  conversation: Conversation,
  { text, asking, isNumbered = false, isAside }: Extract<Input, { type: 'text' }>,
  today: string,
): Message {
  const { screen, language: code } = conversation;
  const danger = language.danger(text);
  const { told: also, children } = language.telling(text, code, today);
  if (danger) {
    return {
      type: 'danger',
      danger: danger.kind,
      level: danger.level,
      topics: conversation.topics === null ? language.needs(text, danger, { code, told: also }) : undefined,
      also,
      children,
    };
  }
  if (isAside) return readAside(content, language, conversation, text, { told: also, children });
  const question =
    asking ?? (screen.kind === 'question' || screen.kind === 'confirm' ? asked(screen) : undefined);
  const isLong = text.trim().split(/\s+/).length >= NEW_TOPIC_FROM;
  const unreadable = (notice: string): Message => ({
    type: 'unreadable',
    notice,
    ...question,
    times: (conversation.misread ?? 0) + 1,
  });
  // Said once more, it is no answer: not a silence, and no value before they say that it is one.
  const isOpen = question ? screen.kind !== 'confirm' : screen.kind === 'topics';
  if (conversation.helped && isOpen && language.goesOn(text)) {
    const answer = question && language.answer(text, question.fact, code, today, NOTHING);
    return answer && 'value' in answer
      ? { type: 'hedged', ...question, answer }
      : { type: 'unreadable', notice: 'go_on_here', ...question };
  }
  /** What we made of their words we say back; hours a night that were made hours a week, too. */
  const isMade = (fact: string, answer: Answer): boolean =>
    ('value' in answer &&
      typeof answer.value === 'number' &&
      !language.saysNumber(text, answer.value, code)) ||
    !language.isPlain(text, fact, answer, code);
  const asksBack = (): boolean => language.smallTalk(text) === 'explain';
  if (text.trim() === '') return { type: 'unreadable', notice: 'empty', ...question };
  if (question && language.pauses(text)) return { type: 'unreadable', notice: 'go_on_here', ...question };
  if (screen.kind === 'confirm') {
    const agrees = language.agrees(text, code);
    if (agrees) return { type: 'answer', ...screen.given };
    if (agrees === false) return { type: 'ask', ...asked(screen) };
  }
  // Asked whether it is so: whoever begins with a yes is helped, whoever says no goes on.
  if (screen.kind === 'danger' && screen.level === 'ask') {
    const [first = ''] = text.trim().split(/[^\p{L}\p{M}'’]+/u);
    const says = (said: string, what: boolean) =>
      [...content.languages.keys()].some((one) => language.agrees(said, one) === what);
    if (!asking && language.goesOn(text, true)) return { type: 'continue' };
    // "Not yet" is near to a yes.
    if (says(text, true) || says(first, true) || language.isNotYet(text))
      return { type: 'danger', danger: screen.danger, level: 'interrupt', also, children };
    if (says(text, false)) return { type: 'continue' };
    // "All right" may be either, and "fine" here is no penalty notice.
    if (!asking && language.goesOn(text)) return { type: 'unreadable', notice: 'take_your_time' };
    // "No but she cuts", "his sister could": what we cannot read leaves no question about danger behind.
    if (!asking && !isLong) return { type: 'unreadable', notice: 'take_your_time' };
  }
  if (screen.kind === 'danger' && screen.level === 'interrupt' && !asking && language.goesOn(text))
    return { type: 'continue' };
  if (screen.kind === 'price') {
    const agrees = language.agrees(text, code);
    if (agrees !== undefined)
      return agrees ? { type: 'answer', ...screen.given, confirmed: true } : { type: 'continue' };
  }
  const talks = (talk: string): Message => ({ type: 'talk', talk, times: (conversation.astray ?? 0) + 1 });
  // A number beside it is an answer, which must not be lost.
  const hasNumber = question !== undefined && /\p{N}/u.test(text);
  if (also.length === 0 && !hasNumber && language.wantsPerson(text, code)) return talks('person');
  const { said, corrected } = readCorrected(language, conversation, text, question, also, today);
  if (corrected) {
    // Its numbers are what is put right, and what was wrong.
    const besides = also.filter((one) => one.fact !== corrected.fact && !isNumber(one));
    return { ...corrected, also: besides, children, heard: true };
  }
  if (question) {
    // The number of who corrects themselves is what they told, and no option's.
    const answer = readAnswer(language, conversation, said, question, today, isNumbered && said === text);
    const isNotSure =
      answer?.type === 'answer' && 'silence' in answer.answer && answer.answer.silence === 'not_sure';
    // Who says that they do not understand the question has not answered it.
    if (answer?.type === 'answer' && !(isNotSure && asksBack())) {
      const { value } = 'value' in answer.answer ? answer.answer : {};
      // The number of an answer is what was asked for, and nothing else besides: "12, maybe a bit more" hours is no age.
      const besides = also.filter(
        (one) =>
          (one.fact !== question.fact || one.child !== question.child) &&
          !(typeof value === 'number' && 'value' in one.answer && one.answer.value === value),
      );
      return {
        ...answer,
        also: [...(answer.also ?? []), ...besides],
        children,
        heard: true,
        ...(isMade(answer.fact, answer.answer) && { saysBack: true }),
      };
    }
    if (answer && !(isNotSure && asksBack())) return answer;
    const own = also.find((one) => one.fact === question.fact && one.child === question.child);
    if (own) {
      const saysBack = isMade(own.fact, own.answer) && { saysBack: true };
      return { type: 'answer', ...own, also, children, heard: true, ...saysBack };
    }
  }
  const term = language.meaning(text, code);
  if (term) return { type: 'meaning', term };
  const topics = language.needs(text, danger, { code, told: also });
  const isNew = !question || isLong;
  const named = question || also.length > 0 ? undefined : language.namedEntry(text, code);
  if (named) return { type: 'entry', entry: named, ...(topics && { topics }) };
  if (!question && topics) {
    return { type: 'topics', topics, heard: true, danger: dangerOf(content, topics), also, children };
  }
  if (also.length > 0) return { type: 'told', also, children };
  const [entry] = language.entries(text, code);
  if (entry) return { type: 'entry', entry };
  const talk = language.smallTalk(text);
  if (talk && talk !== 'explain') return talks(talk);
  const others = (topics ?? []).filter((one) => !conversation.topics?.includes(one));
  if (isNew && others.length > 0) return { type: 'told', also: [], topics: others };
  if (question && asksBack()) return unreadable(EXPLANATION);
  if (question?.fact === AREA_FACT) return unreadable('unknown_place');
  // Beside help in danger nobody has to hear that we did not understand.
  if (!question && screen.kind === 'danger') return { type: 'unreadable', notice: 'take_your_time' };
  if (question && language.isGross(text, question.fact, code)) return unreadable('take_home');
  if (question?.fact === AGE_FACT && language.isSchoolYear(text, code)) return unreadable('age_in_years');
  return unreadable(question ? 'unreadable' : 'no_topic');
}

/**
 * Turns words that answer nothing on the conversation's screen into a message, where they tell of no danger.
 * @param told what they tell of the family: heard where they name a topic too
 */
function readAside(
  content: Content,
  language: Language,
  { screen, topics: before, language: code }: Conversation,
  text: string,
  { told: also, children }: Telling,
): Message {
  if (language.goesOn(text)) {
    // A "yes" that was meant for the question about danger must not leave it: it is asked again.
    const isAsked = screen.kind === 'danger' && screen.level === 'ask';
    return { type: isAsked && !language.goesOn(text, true) ? 'start' : 'continue' };
  }
  const topics = language.needs(text, null, { code, told: also });
  if (topics && before === null)
    return { type: 'topics', topics, heard: true, danger: dangerOf(content, topics), also, children };
  const others = topics?.filter((one) => !before?.includes(one)) ?? [];
  if (others.length > 0) return { type: 'told', also, children, topics: others };
  return { type: 'unreadable', notice: 'no_topic' };
}

function asked({ ...screen }: Extract<Screen, { kind: 'question' | 'confirm' }>): {
  fact: string;
  child: number;
} {
  const { fact, child } = screen.kind === 'question' ? screen : screen.given;
  return { fact, child };
}

/**
 * Reads what begins with words that correct: "no wait, 8", or denies a number: "he is 4, not 8". Where what is left fits
 * a question that was answered before and says something else than they did, it puts that answer right; else it is for
 * the question that is open.
 * @param also what the words tell
 * @returns the correction, or the words that are left for the open question
 */
function readCorrected(
  language: Language,
  conversation: Conversation,
  text: string,
  open: { fact: string; child: number } | undefined,
  also: readonly Told[],
  today: string,
): { readonly said: string; readonly corrected?: Extract<Message, { type: 'answer' }> } {
  const { language: code } = conversation;
  // "Raczej nie" (rather not) begins like a correction, and is a no.
  if (language.agrees(text, code) !== undefined) return { said: text };
  const before = answeredBefore(conversation, open);
  const denied = readDenied(language, text, before, also, code, today);
  if (denied) return { said: text, corrected: denied };
  const corrections = language.corrections(text, code);
  for (const { meant, isNo } of corrections) {
    const isForOpen = () => open && language.reply(meant, open.fact, code, today, NOTHING) !== undefined;
    for (const given of before) {
      const corrected = answerMeant(language, meant, given, code, today);
      if (!corrected || sameAnswer(corrected.answer, given.answer)) continue;
      // "No, we do not": the first "no" may as well answer what is asked; so may what comes after we could not read it,
      // and "sorry, 12" where a number is asked for and another was told long ago.
      if ((isNo || conversation.misread || given !== before[0]) && isForOpen()) break;
      return { said: text, corrected };
    }
  }
  // The "no" of "no wait" answers nothing.
  return { said: corrections.find(({ isNo }) => !isNo)?.meant ?? text };
}

/** @returns the correction of who denies the number that stands, or one that they never told: "he is 4, not 8". */
function readDenied(
  language: Language,
  text: string,
  before: readonly Given[],
  also: readonly Told[],
  code: string,
  today: string,
): Extract<Message, { type: 'answer' }> | undefined {
  const denied = before.length > 0 ? language.denied(text, code) : [];
  if (denied.length === 0) return undefined;
  for (const { not, meant } of denied) {
    for (const given of before) {
      const was = answerMeant(language, not, given, code, today);
      const corrected = answerMeant(language, meant, given, code, today);
      if (was && corrected && sameAnswer(was.answer, given.answer)) return corrected;
    }
  }
  const told = also.find(
    (one) =>
      isNumber(one) &&
      before.some(
        (given) =>
          given.fact === one.fact &&
          given.child === one.child &&
          !sameAnswer(given.answer, one.answer) &&
          denied.some(({ meant }) => {
            const corrected = answerMeant(language, meant, given, code, today);
            return corrected && sameAnswer(corrected.answer, one.answer);
          }),
      ),
  );
  return told && { type: 'answer', ...told, saysBack: true };
}

/**
 * @returns the answers that a correction can be meant for, the likeliest first: the last, where they went on from it,
 *   then the numbers that were understood, ages before others.
 */
function answeredBefore(
  { screen, log }: Conversation,
  open: { fact: string; child: number } | undefined,
): readonly Given[] {
  // Opened to change what they answered, it is that which they put right.
  const isChanging =
    screen.kind === 'question' &&
    screen.opened &&
    log.some(({ fact, child }) => fact === screen.fact && child === screen.child);
  const wentOn =
    screen.kind === 'found' ||
    (screen.kind === 'question' && !isChanging && screen.fact === open?.fact && screen.child === open.child);
  if (!wentOn) return [];
  const numbers = log.filter(isNumber).reverse();
  const isAge = ({ fact }: Given) => fact === AGE_FACT;
  return [...log.slice(-1), ...numbers.filter(isAge), ...numbers.filter((one) => !isAge(one))];
}

function isNumber({ answer }: Pick<Given, 'answer'>): boolean {
  return 'value' in answer && typeof answer.value === 'number';
}

/** @returns the answer to a question that was answered before, where the words are just that. */
function answerMeant(
  language: Language,
  meant: string,
  { fact, child }: Given,
  code: string,
  today: string,
): Extract<Message, { type: 'answer' }> | undefined {
  const place = fact === AREA_FACT ? language.place(meant, code, today) : undefined;
  const message = place && placeMessage(place, fact);
  if (message?.type === 'answer') return { ...message, saysBack: true };
  const answer = language.answer(meant, fact, code, today, NOTHING);
  return answer && 'value' in answer ? { type: 'answer', fact, child, answer, saysBack: true } : undefined;
}

/** No answer on the screen had a number. */
const NOTHING: readonly string[] = [];

/** @returns the message that an answer in words is: certain or not. */
function readAnswer(
  language: Language,
  conversation: Conversation,
  text: string,
  { fact, child }: { fact: string; child: number },
  today: string,
  isNumbered: boolean,
): Message | undefined {
  const { screen, language: code } = conversation;
  const choices = screen.kind === 'question' && screen.fact === fact ? screen.choices : undefined;
  // The number of a choice comes before all else; words can be an answer to the question itself.
  const place = fact === AREA_FACT ? language.place(text, code, today, choices) : undefined;
  if (place) return placeMessage(place, fact);
  const there = fact === NATION_FACT ? language.place(text, code, today) : undefined;
  // "Bristol" is in England, and more than that.
  if (there?.kind === 'authority') return placeMessage(there, fact);
  const reply = language.reply(text, fact, code, today, isNumbered ? undefined : NOTHING);
  if (reply) return { type: reply.hedged ? 'hedged' : 'answer', fact, child, answer: reply.answer };
  if (fact === AREA_FACT && choices) return placeMessage(undefined, fact);
  return there && placeMessage(there, fact);
}
