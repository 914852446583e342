import type { Content } from '../content/content.ts';
import type { EntryText, StageText } from '../content/schemas.ts';
import { clockKey, stageKey } from '../content/text-keys.ts';
import { type Assessment, type FamilyOutcome, NOT_ASKED, truthOf } from '../engine/assess.ts';
import { type FamilyDeadline, familyDeadlines } from '../engine/deadlines.ts';
import { TRUE } from '../engine/truth.ts';
import { askOf } from './facts.ts';
import { dateInWords } from './figures.ts';
import { linkTo } from './links.ts';
import type { SpokenDeadline, SpokenDeadlineState, SpokenSettler, SpokenStage } from './spoken.ts';
import type { ContentOptions, Said, Voice } from './voice.ts';

/** A deadline this near is warned of. Days. */
const CLOSE = 14;

/** How an entry stands with a family that told us something. */
export interface Standing {
  readonly assessment: Assessment;
  readonly outcome: FamilyOutcome;
  /** "YYYY-MM-DD" */
  readonly today: string;
}

/** @returns the family's own deadlines in words. */
export function speakDeadlines(
  voice: Voice,
  text: EntryText,
  deadlines: readonly FamilyDeadline[],
  children: number,
): SpokenDeadline[] {
  return deadlines.flatMap((deadline) => {
    const clock = text.clocks?.[deadline.clock];
    if (!clock) return [];
    const label = voice.content(clockKey(text.id, clock, deadline.clock), clock.label);
    const inSchoolDays = clock.add.school_days !== undefined;
    return [{ ...dayInWords(voice, label, deadline, children), says: own(voice, deadline, inSchoolDays) }];
  });
}

/**
 * @param standing the family's dates; without it the way has the law's times in words only
 * @param options for the rates in the texts
 * @returns the whole way, in its order
 */
export function speakStages(
  content: Content,
  voice: Voice,
  text: EntryText,
  options: ContentOptions,
  standing?: Standing,
): SpokenStage[] {
  return (text.stages ?? []).map((stage) => {
    const key = stageKey(text.id, stage);
    const one = (field: string, english: string) => voice.content(`${key}.${field}`, english, options);
    const maybe = (field: 'when' | 'first' | 'meanwhile') => {
      const english = stage[field];
      return english === undefined ? undefined : one(field, english);
    };
    const { if_not: ifNot, myth } = stage;
    return {
      id: stage.id,
      actor: stage.who,
      who: voice.say(`stage.actor.${stage.who}`),
      title: one('title', stage.title),
      what: one('what', stage.what),
      when: maybe('when'),
      deadlines: standing ? stageDeadlines(content, voice, key, stage, standing) : [],
      first: maybe('first'),
      meanwhile: maybe('meanwhile'),
      ifNot: ifNot && content.entries.has(ifNot) ? linkTo(content, voice, ifNot) : undefined,
      myth: myth && { said: one('myth.said', myth.said), truth: one('myth.truth', myth.truth) },
    };
  });
}

function stageDeadlines(
  content: Content,
  voice: Voice,
  key: string,
  { who, clock }: StageText,
  { assessment, today }: Standing,
): SpokenDeadline[] {
  if (!clock) return [];
  // Whose date it is stands on its own way, even where the entry is shown for the sake of another child.
  const children = [...assessment.children.keys()];
  const label = voice.content(`${key}.clock.label`, clock.label);
  const inSchoolDays = clock.add.school_days !== undefined;
  return familyDeadlines(content.model, assessment, children, [clock], today).map((deadline) => ({
    ...dayInWords(voice, label, deadline, assessment.children.length),
    says: who === 'you' ? own(voice, deadline, inSchoolDays) : theirs(voice, deadline, inSchoolDays),
  }));
}

function dayInWords(
  voice: Voice,
  label: Said,
  { date, daysLeft, about, children }: FamilyDeadline,
  all: number,
): Omit<SpokenDeadline, 'says'> {
  const day = { text: dateInWords(date, voice.language.code), lang: voice.language.code };
  const state: SpokenDeadlineState = daysLeft < 0 ? 'past' : daysLeft <= CLOSE ? 'close' : 'far';
  return {
    label,
    date: about ? voice.say('found.about_date', { date: day.text }) : day,
    state,
    forChildren:
      children.length < all
        ? children.map((child) => voice.say('found.for_child', { number: child + 1 }))
        : [],
  };
}

/** @returns what a deadline of the family's own means: what is left, or what to do when it is past. */
function own(voice: Voice, { daysLeft, about }: FamilyDeadline, inSchoolDays: boolean): Said[] {
  if (daysLeft < 0) return [voice.say(about ? 'found.deadline_past_about' : 'found.deadline_past')];
  const left =
    daysLeft === 0
      ? voice.say('found.deadline_today')
      : voice.say(daysLeft <= CLOSE ? 'found.deadline_close' : 'found.deadline_days', { count: daysLeft });
  if (!about) return [left];
  return [left, voice.say(inSchoolDays ? 'found.deadline_school_days' : 'found.deadline_about')];
}

/** @returns what the day means by which others must act. It hurries nobody. */
function theirs(voice: Voice, { daysLeft }: FamilyDeadline, inSchoolDays: boolean): Said[] {
  if (daysLeft < 0) return [voice.say('stage.past')];
  return inSchoolDays ? [voice.say('found.deadline_school_days')] : [];
}

/**
 * @returns the questions whose dates the entry's clocks run from, where they apply to the family and were not asked
 *   yet; of several children, for the first one
 */
export function datesToAsk(
  { model, facts }: Content,
  voice: Voice,
  id: string,
  { assessment, outcome }: Standing,
): SpokenSettler[] {
  const entry = model.entries[model.entryIndex.get(id) ?? -1];
  if (!entry || outcome.kind === 'ruled_out') return [];
  return entry.dateFacts.flatMap((index) => {
    const { fact, onlyIf } = model.facts[index] as (typeof model.facts)[number];
    const child = assessment.children.findIndex(
      ({ state }) => state.status[index] === NOT_ASKED && (!onlyIf || truthOf(onlyIf, state.truths) === TRUE),
    );
    return child < 0 ? [] : [{ fact: fact.id, child, ask: askOf({ facts }, voice, fact.id) }];
  });
}
