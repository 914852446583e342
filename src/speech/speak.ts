import type { Content } from '../content/content.ts';
import type { DangerAnswer, EntryText } from '../content/schemas.ts';
import { glossaryKey } from '../content/text-keys.ts';
import { type Assessment, type FamilyOutcome, NOT_ASKED } from '../engine/assess.ts';
import { OTHER_PLACE } from '../engine/authorities.ts';
import type { Band } from '../engine/bands.ts';
import type { Given, Notice, Reply } from '../engine/conversation.ts';
import { NATIONS } from '../engine/entries.ts';
import type { Fact, Value } from '../engine/facts.ts';
import { figureOn } from '../engine/rates.ts';
import type { Signpost } from '../engine/signposts.ts';
import { speakLocal } from './area.ts';
import { openFirst, speakContacts } from './contacts.ts';
import { answerInWords, askOf, factOf, optionLabel, placeInWords, toldUs, valueInWords } from './facts.ts';
import { dateInWords, pounds } from './figures.ts';
import { linkTo } from './links.ts';
import { reasonsFor } from './reasons.ts';
import { speakSources } from './sources.ts';
import type {
  Spoken,
  SpokenAnswers,
  SpokenCard,
  SpokenDanger,
  SpokenEntry,
  SpokenFound,
  SpokenNotice,
  SpokenOption,
  SpokenQuestion,
} from './spoken.ts';
import { datesToAsk, speakDeadlines, speakStages } from './stages.ts';
import type { Said, Voice } from './voice.ts';

/** What the words are about: what the family told us, and when. */
export interface Occasion {
  readonly assessment?: Assessment;
  /** "YYYY-MM-DD" */
  readonly date: string;
  /** The minute of that day: who can be reached now. */
  readonly now: Date;
  readonly topics: readonly string[];
  readonly children: number;
  /** How long answers are kept, in hours. */
  readonly hours: number;
}

/** @returns the reply in words. Deterministic: the same reply at the same minute in the same language, the same words. */
export function speak(content: Content, voice: Voice, reply: Reply, occasion: Occasion): Spoken {
  switch (reply.kind) {
    case 'notice':
      return speakNotice(content, voice, reply, occasion);
    case 'confirm':
      return {
        kind: 'confirm',
        fact: reply.given.fact,
        child: reply.given.child,
        question: askOf(content, voice, reply.given.fact),
        says: saidBack(content, voice, reply.given),
        answer: reply.given.answer,
      };
    case 'danger':
      return speakDanger(content, voice, reply, occasion);
    case 'topics':
      return {
        kind: 'topics',
        topics: [...content.topics].map(([id, topic]) => ({
          id,
          title: voice.content(`${id}.title`, topic.title),
          about: voice.content(`${id}.about`, topic.about),
          chosen: reply.chosen.includes(id),
        })),
      };
    case 'question':
      return speakQuestion(content, voice, reply);
    case 'found':
      return speakFound(content, voice, reply, occasion);
    case 'answers':
      return speakAnswers(content, voice, reply.given, occasion);
    case 'entry':
      return speakEntry(content, voice, reply.signpost.entry, occasion, reply.signpost);
    case 'price':
      return {
        kind: 'price',
        fact: reply.given.fact,
        child: reply.given.child,
        answer: reply.given.answer,
        question: askOf(content, voice, reply.given.fact),
        from: answerInWords(content, voice, reply.given.fact, reply.old),
        to: answerInWords(content, voice, reply.given.fact, reply.given.answer),
        adds: reply.adds.map((id) => linkTo(content, voice, id)),
        removes: reply.removes.map((id) => linkTo(content, voice, id)),
      };
  }
}

/** Where somebody is sent who would rather talk to a person. */
const A_PERSON = 'national-carer-helpline';
/** What we say to who asks for a person, and to who asks three times in a row for what we do not have. */
const LEADS_TO_A_PERSON = new Set(['talk_person', 'talk_to_a_person']);

function speakNotice(content: Content, voice: Voice, reply: Notice, occasion: Occasion): SpokenNotice {
  const { notice: id, topics = [], given, term, fact, language } = reply;
  const word = term === undefined ? undefined : content.glossary.get(term);
  const entry = LEADS_TO_A_PERSON.has(id) ? A_PERSON : word?.entry;
  const titles = topicTitles(content, voice, topics).map(({ text }) => text);
  return {
    kind: 'notice',
    id,
    text:
      word && term !== undefined
        ? voice.content(glossaryKey(term), word.text)
        : voice.say(`notice.${id}`, {
            hours: occasion.hours,
            topics: titles.join(`${voice.say('value.semicolon').text} `),
            explanation: fact === undefined ? '' : explanationOf(content, voice, fact),
          }),
    ...(given && {
      heard: given.map((one) => ({
        fact: one.fact,
        child: one.child,
        says: [
          ...(one.child > 0 || occasion.children > 1 ? childOf(content, voice, one) : []),
          ...saidBack(content, voice, one),
        ],
      })),
    }),
    ...(entry && content.entries.has(entry) ? { entry: linkTo(content, voice, entry) } : {}),
    ...(language === undefined ? {} : { language: { code: language, text: offerOf(content, language) } }),
  };
}

/** @returns what a question is about, and why we ask. */
function explanationOf(content: Content, voice: Voice, id: string): string {
  const text = content.facts.get(id);
  return (['help', 'why'] as const)
    .flatMap((part) => (text?.[part] ? [voice.content(`${id}.${part}`, text[part]).text] : []))
    .join(' ');
}

function childOf(content: Content, voice: Voice, { fact, child }: Given): Said[] {
  const { scope } = factOf(content, fact).fact;
  return scope === 'child' ? [voice.say('question.child', { number: child + 1 })] : [];
}

/** @returns an answer as a full sentence, as we say it back. */
function saidBack(content: Content, voice: Voice, { fact, answer }: Given): readonly Said[] {
  const told = 'value' in answer ? toldUs(content, voice, fact, answer.value) : [];
  // Not each option has a sentence ("none of these").
  return told.length > 0 ? told : answerInWords(content, voice, fact, answer);
}

/** @returns "20 to 34", "35 or more": the numbers as values of the fact. */
function bandInWords(content: Content, voice: Voice, { id, type }: Fact, { from, to, value }: Band): Said {
  const words = (number: number) => valueInWords(content, voice, id, number)[0]?.text ?? String(number);
  if (type === 'age') return valueInWords(content, voice, id, value)[0] as Said;
  if (from === undefined && to === undefined) return valueInWords(content, voice, id, value)[0] as Said;
  if (from === undefined) return voice.say('bands.or_less', { to: words(to as number) });
  if (to === undefined) return voice.say('bands.or_more', { from: words(from) });
  return voice.say('bands.between', { from: words(from), to: words(to) });
}

/** @returns the offer in the language itself: whoever needs it reads it. */
function offerOf(content: Content, code: string): Said {
  const offered = content.languages.get(code);
  const service = offered?.interface.service as Record<string, unknown> | undefined;
  const text = service?.language_change;
  const name = offered?.info.name ?? code;
  return { text: typeof text === 'string' ? text.replaceAll('{{language}}', name) : name, lang: code };
}

function topicTitles(content: Content, voice: Voice, ids: readonly string[]): Said[] {
  return ids.flatMap((id) => {
    const topic = content.topics.get(id);
    return topic ? [voice.content(`${id}.title`, topic.title)] : [];
  });
}

/**
 * @returns the help for a kind of danger, in words. Help must come whatever is wrong: for a kind that the content does
 *   not know (any more), it is that for the gravest.
 * @throws where the content has no help at all
 */
function speakDanger(
  content: Content,
  voice: Voice,
  reply: Extract<Reply, { kind: 'danger' }>,
  occasion: Occasion,
): SpokenDanger {
  const [gravest] = content.dangers.keys();
  const kind = content.dangers.has(reply.danger) ? reply.danger : (gravest ?? '');
  const answer = content.dangers.get(kind);
  if (!answer) throw new Error('no help for any danger');
  const said = (field: string, english: string) => voice.content(`danger.${kind}.${field}`, english);
  return {
    kind: 'danger',
    danger: kind,
    level: reply.level,
    title: said('title', answer.title),
    say: answer.say.map((text, i) => said(`say.${i + 1}`, text)),
    contacts: speakContacts(content, voice, dangerContacts(answer, reply.nation), occasion.now),
    entries: answer.entries
      .filter((id) => inNation(content, id, reply.nation))
      .map((id) => linkTo(content, voice, id)),
    after: said('after', answer.after),
    leaveQuickly: answer.leave_quickly,
    waits: reply.waits === true,
    ask:
      reply.level === 'ask'
        ? {
            question: said('ask', answer.ask),
            yes: said('options.yes', answer.options.yes),
            no: said('options.no', answer.options.no),
          }
        : undefined,
  };
}

function dangerContacts(
  answer: DangerAnswer,
  nation: keyof DangerAnswer['contacts'] | undefined,
): readonly string[] {
  return answer.contacts[nation ?? 'unknown'];
}

function inNation(content: Content, id: string, nation: EntryText['nations'][number] | undefined): boolean {
  const entry = content.entries.get(id);
  return entry !== undefined && (nation === undefined || entry.nations.includes(nation));
}

function speakQuestion(
  content: Content,
  voice: Voice,
  reply: Extract<Reply, { kind: 'question' }>,
): SpokenQuestion {
  const { fact, text } = factOf(content, reply.fact);
  const { current } = reply;
  const value = current && 'value' in current ? current.value : undefined;
  const chosen = typeof value === 'object' ? value : value === undefined ? [] : [String(value)];
  const type =
    fact.type === 'choice' || fact.type === 'yes_no'
      ? 'one'
      : fact.type === 'choices'
        ? 'several'
        : reply.choices || reply.bands
          ? 'one'
          : fact.type;
  return {
    kind: 'question',
    fact: fact.id,
    child: reply.child,
    type,
    caption:
      fact.scope === 'child' && reply.children > 1
        ? voice.say('question.child', { number: reply.child + 1 })
        : undefined,
    ask: askOf(content, voice, fact.id),
    why: voice.content(`${fact.id}.why`, text.why),
    // How to type it does not matter where they choose.
    help:
      text.help && !reply.choices && !reply.bands ? voice.content(`${fact.id}.help`, text.help) : undefined,
    sensitive: fact.sensitive,
    options: reply.choices
      ? choicesOfPlace(content, voice, reply.choices)
      : reply.bands
        ? reply.bands.map((band) => ({
            id: String(band.value),
            label: bandInWords(content, voice, fact, band),
            chosen: value === band.value,
            exclusive: true,
          }))
        : fact.options.map((id) => ({
            id,
            label: optionLabel(content, voice, fact.id, id),
            chosen: chosen.includes(id),
            exclusive: fact.exclusive.includes(id),
          })),
    unit: text.unit ? voice.say(`question.units.${text.unit.toLowerCase().replace('/', '_')}`) : undefined,
    value: typedAgain(content, voice, fact, value),
    silence: current && 'silence' in current ? current.silence : undefined,
    again: current !== undefined,
    asked: reply.asked,
    found: reply.found,
    foundText:
      reply.found === 0
        ? voice.say('found_so_far.none')
        : voice.say('found_so_far.count', { count: reply.found }),
    fresh: reply.fresh.map((id) => linkTo(content, voice, id)),
    back: reply.back,
  };
}

/** What they typed for a place fits several: those, and none of them. */
function choicesOfPlace(content: Content, voice: Voice, choices: readonly string[]): SpokenOption[] {
  const option = (id: string, label: Said) => ({ id, label, chosen: false, exclusive: false });
  return [
    ...choices.map((id) => option(id, placeInWords(content, voice, id))),
    option(OTHER_PLACE, voice.say('area.other')),
  ];
}

/** @returns a value as it would be typed, to stand in the field. */
function typedAgain(
  content: Content,
  voice: Voice,
  { type }: Fact,
  value: Value | undefined,
): string | undefined {
  if (value === undefined || typeof value === 'object') return undefined;
  return type === 'place' ? placeInWords(content, voice, String(value)).text : String(value);
}

function speakFound(
  content: Content,
  voice: Voice,
  reply: Extract<Reply, { kind: 'found' }>,
  occasion: Occasion,
): SpokenFound {
  const { first, more, later, held } = reply.signposts;
  const card = (signpost: Signpost) => speakCard(content, voice, signpost, occasion);
  return {
    kind: 'found',
    heading: voice.say(first.length > 0 ? 'found.heading' : 'found.heading_none'),
    intro:
      first.length > 0
        ? voice.say(`found.intro_${reply.because}`, { count: reply.asked })
        : voice.say('found.nothing'),
    first: first.map(card),
    more: more.map(card),
    later: later.map(card),
    held: held.map(card),
    goOn: reply.next ? { budget: reply.budget } : undefined,
    children: reply.children,
    back: reply.back,
    moreText: voice.say('found.more', { count: more.length }),
  };
}

/** Reasons on a card: enough to see why, not to read a form. */
const REASONS_ON_CARD = 2;

function speakCard(content: Content, voice: Voice, signpost: Signpost, occasion: Occasion): SpokenCard {
  const id = signpost.entry;
  const { outcome } = signpost;
  const text = content.entries.get(id) as EntryText;
  const entry = content.model.entries[outcome.entry];
  const options = { date: occasion.date, hideRates: isOverdue(text, occasion.date) };
  const reasons = reasonsOf(content, voice, outcome, occasion).flatMap((reason) => reason.told);
  const settle = openQuestions(content, outcome, occasion)[0];
  const some = occasion.children > 1 && entry?.perChild && outcome.children.length < occasion.children;
  return {
    id,
    title: voice.content(`${id}.title`, text.title),
    outcome: outcome.kind,
    tag: voice.say(`found.${signpost.onHand ? 'on_hand' : outcome.kind}`),
    summary: voice.content(`${id}.summary`, text.summary, options),
    worth: worthInWords(content, voice, text, occasion.date),
    why: reasons.length > 0 ? reasons.slice(0, REASONS_ON_CARD) : [whyAnyway(voice, signpost, text)],
    forChildren: some
      ? outcome.children.map((child) => voice.say('found.for_child', { number: child + 1 }))
      : [],
    firstStep: voice.content(`${id}.first_step`, text.first_step, options),
    deadlines: speakDeadlines(voice, text, signpost.deadlines, occasion.children),
    settle:
      settle && outcome.kind === 'may' ? { ...settle, ask: askOf(content, voice, settle.fact) } : undefined,
    after: outcome.after.flatMap((index) => {
      const giver = content.model.entries[index]?.entry.id;
      return giver ? [linkTo(content, voice, giver)] : [];
    }),
    urgent: text.urgent ?? false,
  };
}

/** @returns why an entry is shown, although nothing that they told us speaks for it. */
function whyAnyway(voice: Voice, { onTopic, onHand }: Signpost, { urgent, reach }: EntryText): Said {
  if (urgent) return voice.say('found.why_urgent');
  if (onTopic) return voice.say(onHand ? 'found.why_on_hand' : 'found.why_topic');
  return voice.say(reach === 'everyone' ? 'found.why_everyone' : 'found.why_missed');
}

function reasonsOf(content: Content, voice: Voice, outcome: FamilyOutcome, occasion: Occasion) {
  const state = occasion.assessment?.children[outcome.children[0] ?? 0]?.state;
  const text = content.entries.get(content.model.entries[outcome.entry]?.entry.id ?? '');
  const options = { date: occasion.date, hideRates: text && isOverdue(text, occasion.date) };
  return state ? reasonsFor(content, voice, outcome, state, options) : [];
}

/** @returns the questions behind what is missing that were not asked yet, what decides the others first. */
function openQuestions(
  content: Content,
  outcome: FamilyOutcome,
  occasion: Occasion,
): { fact: string; child: number }[] {
  const child = outcome.children[0] ?? 0;
  const state = occasion.assessment?.children[child]?.state;
  if (!state) return [];
  return outcome.missing.flatMap((index) => {
    const fact = content.model.facts[index]?.fact;
    if (!fact || state.status[index] !== NOT_ASKED) return [];
    return [{ fact: fact.id, child: fact.scope === 'child' ? child : 0 }];
  });
}

function worthInWords(content: Content, voice: Voice, text: EntryText, date: string): Said | undefined {
  const rate = text.worth && content.figures.get(text.worth.rate);
  const figure = rate && !isOverdue(text, date) ? figureOn(rate, date) : undefined;
  return text.worth && figure !== undefined
    ? voice.say(`found.worth_${text.worth.from ? 'from_' : ''}${text.worth.per}`, { amount: pounds(figure) })
    : undefined;
}

/** @returns whether an entry is past its review date: then it states no figures and says so. */
function isOverdue(text: EntryText, date: string): boolean {
  return date > text.review_by;
}

function speakAnswers(
  content: Content,
  voice: Voice,
  given: readonly Given[],
  occasion: Occasion,
): SpokenAnswers {
  const row = (one: Given) => ({
    fact: one.fact,
    child: one.child,
    question: askOf(content, voice, one.fact),
    answer: answerInWords(content, voice, one.fact, one.answer),
  });
  const isChild = (one: Given) => factOf(content, one.fact).fact.scope === 'child';
  const groups = [
    { title: voice.say('answers.family'), rows: given.filter((one) => !isChild(one)).map(row) },
    ...Array.from({ length: occasion.children }, (_, child) => ({
      title:
        occasion.children > 1
          ? voice.say('answers.child', { number: child + 1 })
          : voice.say('answers.only_child'),
      rows: given.filter((one) => isChild(one) && one.child === child).map(row),
    })),
  ];
  return {
    kind: 'answers',
    topics: topicTitles(content, voice, occasion.topics),
    groups: groups.filter((group) => group.rows.length > 0),
  };
}

/**
 * @param signpost how the entry stands with this family; without it, the entry as anyone may read it
 * @throws where there is no such entry
 */
export function speakEntry(
  content: Content,
  voice: Voice,
  id: string,
  occasion: Occasion,
  signpost?: Signpost,
): SpokenEntry {
  const text = content.entries.get(id);
  if (!text) throw new Error(`no entry "${id}"`);
  const overdue = isOverdue(text, occasion.date);
  const options = { date: occasion.date, hideRates: overdue };
  const one = (field: string, english: string) => voice.content(`${id}.${field}`, english, options);
  const many = (field: string, english: readonly string[] | undefined) =>
    (english ?? []).map((item, i) => one(`${field}.${i + 1}`, item));
  const outcome = signpost?.outcome;
  const { assessment, date: today } = occasion;
  const standing = assessment && outcome && { assessment, outcome, today };
  return {
    kind: 'entry',
    id,
    title: one('title', text.title),
    summary: one('summary', text.summary),
    worth: worthInWords(content, voice, text, occasion.date),
    who: one('who', text.who),
    outcome: outcome && {
      kind: outcome.kind,
      verdict: voice.say(`outcome.${signpost?.onHand ? 'on_hand' : outcome.kind}`),
      reasons: reasonsOf(content, voice, outcome, occasion),
      missing: openQuestions(content, outcome, occasion).map((q) => ({
        ...q,
        ask: askOf(content, voice, q.fact),
      })),
      after: outcome.after.flatMap((index) => {
        const giver = content.model.entries[index]?.entry.id;
        return giver ? [linkTo(content, voice, giver)] : [];
      }),
    },
    deadlines: speakDeadlines(voice, text, signpost?.deadlines ?? [], occasion.children),
    datesToAsk: standing ? datesToAsk(content, voice, id, standing) : [],
    firstStep: one('first_step', text.first_step),
    steps: many('steps', text.steps),
    stages: speakStages(content, voice, text, options, standing),
    haveReady: many('have_ready', text.have_ready),
    watchOut: many('watch_out', text.watch_out),
    myths: (text.myths ?? []).map((myth, i) => ({
      said: one(`myths.${i + 1}.said`, myth.said),
      truth: one(`myths.${i + 1}.truth`, myth.truth),
    })),
    refusedSteps: many('refused_steps', text.refused_steps),
    ifRefused:
      text.if_refused && content.entries.has(text.if_refused)
        ? linkTo(content, voice, text.if_refused)
        : undefined,
    contacts: openFirst(speakContacts(content, voice, text.contacts ?? [], occasion.now)),
    nations:
      text.nations.length < NATIONS.length ? text.nations.map((nation) => voice.say(`nation.${nation}`)) : [],
    local: speakLocal(content, voice, id, text, occasion.assessment, occasion.date),
    sources: speakSources(content, text),
    checked: voice.say('entry.checked', { date: dateInWords(text.checked, voice.language.code) }),
    overdue: overdue
      ? voice.say('entry.overdue', { date: dateInWords(text.checked, voice.language.code) })
      : undefined,
  };
}
