import { z } from 'zod';
import { NATIONS, PERIOD_UNITS } from '../engine/entries.ts';
import { WEEKDAYS } from '../engine/opening-hours.ts';

/**
 * The shape of every YAML file, written once: the loader checks with it, the curator's editor completes with the
 * JSON Schemas made from it (`fingerpost schemas`), and the types of the rest of the code come from it.
 */

const id = z
  .string()
  .regex(/^[a-z0-9]+(?:[-_.][a-z0-9]+)*$/, 'an id is lower-case letters, digits, "-", "_" and "."');
const text = z.string().trim().min(1);
const word = text.regex(/^\S+$/, 'must be one word');
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written like 2026-11-22');
const url = z.url({ protocol: /^https?$/ });
const nation = z.enum(NATIONS);
const effort = z.union([z.literal(1), z.literal(2), z.literal(3)]);
/** A rule is read by the engine (`readRule`), which says more about its faults than a schema could. */
const rule = z.record(z.string(), z.any()).describe('A rule: see CONTRIBUTING.md, "Rules"');

export const factSchema = z.strictObject({
  scope: z.enum(['child', 'carer', 'household']),
  type: z.enum(['choice', 'choices', 'yes_no', 'number', 'age', 'money', 'date', 'place']),
  options: z.array(id).min(2).optional().describe('Option ids, for choice and choices'),
  exclusive: z.array(id).optional().describe('Options that stand alone, like "none"'),
  background: z
    .union([z.boolean(), z.array(id)])
    .optional()
    .describe('Says who the family is rather than what it needs; a list: only these options do'),
  unit: z.enum(['hours/week', 'GBP/week']).optional(),
  ask: text.describe('The question'),
  why: text.describe('Why we ask'),
  help: text.optional().describe('Where to find the answer, what counts'),
  labels: z.record(id, text).optional().describe('What each option says'),
  said: z
    .union([text, z.record(id, text)])
    .describe('What we say back: a full sentence for each option, or one with {{value}}'),
  only_if: rule.optional(),
  otherwise: z.union([z.string(), z.number(), z.boolean(), z.array(id)]).optional(),
  effort,
  sensitive: z.boolean().optional(),
  rare: z
    .boolean()
    .optional()
    .describe('Few families say yes: it does not go first, though it is about what they came for'),
  max: z.number().positive().optional(),
  danger: z.record(id, id).optional().describe('Options that tell of danger, with its kind'),
});
export const factsSchema = z.record(id, factSchema);

export const topicSchema = z.strictObject({
  title: text.max(60),
  about: text,
  words: z.array(text).min(1).describe('What parents type for it'),
  general: z
    .boolean()
    .optional()
    .describe('Counts too where somebody who tells of something else asks what they are entitled to'),
  told: z
    .record(id, z.array(id).min(1))
    .optional()
    .describe('A fact and its options: whoever tells of one of them comes for this topic'),
  ages: z
    .strictObject({ from: z.number().optional(), below: z.number().optional() })
    .optional()
    .describe('The ages of the children it is for: for others it must be named in a phrase'),
  danger: id.optional().describe('Choosing this topic shows the help for this kind of danger first'),
});
export const topicsSchema = z.record(id, topicSchema);

export const rateSchema = z.strictObject({
  title: text,
  unit: z.enum(['GBP', 'GBP/week', 'GBP/month', 'GBP/year', 'hours/week', 'percent']),
  values: z.record(day, z.number().nonnegative()),
  until: day.describe('The last day on which the newest figure is known to hold'),
  source: id,
});
export const ratesSchema = z.record(id, rateSchema);

export const sourceSchema = z.strictObject({
  title: text,
  url,
  publisher: text,
  checked: day,
});
export const sourcesSchema = z.record(id, sourceSchema);

const digits = z.string().regex(/^[0-9 ]{3,16}$/, 'a phone number is digits and spaces, in quotes');
const time = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time is written like "09:30", in quotes, or "24:00"');
export const COSTS = ['free', 'local_rate', 'free_text'] as const;
export const contactSchema = z.strictObject({
  name: text,
  phone: digits.optional(),
  press: z.string().regex(/^\d$/).optional().describe('The key to press after the call is answered'),
  textphone: digits.optional().describe('The number to dial through Relay UK'),
  text: z
    .strictObject({ to: digits, word: text.optional().describe('The word to send') })
    .optional()
    .describe('How to reach them by text message'),
  web: url.optional(),
  open: z
    .union([
      z.literal('always'),
      z.array(z.strictObject({ days: z.array(z.enum(WEEKDAYS)).min(1), from: time, to: time })).min(1),
    ])
    .optional()
    .describe('When somebody answers, in UK time; only where it is certain'),
  bank_holidays: z
    .enum(['open', 'closed'])
    .optional()
    .describe('On bank holidays: as on that day of the week, or closed. Only where it is certain'),
  hours: text.optional().describe('In words, only what `open` cannot say: "By appointment"'),
  for: text,
  nations: z.array(nation).min(1),
  cost: z.enum(COSTS).optional(),
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/))
    .optional()
    .describe('Codes: en, cy, ur'),
  interpreter: z.literal(true).optional().describe('You can ask for an interpreter'),
  sign: text.optional().describe('Through what they speak British Sign Language'),
  checked: z
    .string()
    .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a date is written like 2026-11-22, "2026-11" or "2026"')
    .optional(),
  confidence: z.enum(['high', 'medium', 'low']),
  note: text.optional().describe('For curators: what is unsure. Not shown'),
});
export const contactsSchema = z.record(id, contactSchema);

export const factorsSchema = z.strictObject({
  entries_each: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('At least so many entries answer to each factor'),
  areas: z.record(
    id,
    z.strictObject({
      title: text,
      factors: z.record(id, text),
      helps: text,
      influences: z.array(id),
    }),
  ),
});

export const bankHolidaysSchema = z.strictObject({
  until: day.describe('The last day up to which every bank holiday stands here'),
  days: z.record(day, text).describe('Each day without work but Saturdays and Sundays, with its name'),
});

const count = z.number().int().positive().max(1000).optional();
const clockSchema = z.strictObject({
  from: id.describe('A fact of type date'),
  add: z
    .strictObject({ days: count, weeks: count, months: count, working_days: count, school_days: count })
    .refine((add) => PERIOD_UNITS.some((unit) => add[unit] !== undefined), {
      error: `a time is needed here: ${PERIOD_UNITS.join(', ')}`,
    })
    .meta({ minProperties: 1 }),
  about: z
    .literal(true)
    .optional()
    .describe('What the law skips is not known, or it is guidance: shown as "about 15 December"'),
  label: text.describe('What stands before the date'),
});
export const ACTORS = [
  'you',
  'school',
  'council',
  'nhs',
  'government',
  'tribunal',
  'ombudsman',
  'panel',
] as const;
const mythSchema = z.strictObject({ said: text, truth: text });
export const stageSchema = z.strictObject({
  id,
  title: text.max(60),
  who: z.enum(ACTORS).describe('Who must do it'),
  what: text,
  when: text.optional().describe("The law's time, in words"),
  clock: clockSchema.optional().describe("Makes a real date from the parent's own"),
  first: text.optional().describe('What is, or is not, needed before'),
  meanwhile: text.optional().describe('What to do while waiting'),
  if_not: id.optional().describe('The entry to go to if it does not happen, or goes wrong'),
  myth: mythSchema.optional().describe('What people are told of it and is not so'),
});

/** Things that every area has in its own way. An entry that is about one of them names it in `local`. */
export const LOCAL_THINGS = [
  'council_website',
  'sendiass',
  'local_offer',
  'short_breaks_statement',
  'parent_carer_forum',
  'carers_centre',
  'social_care',
  'send_team',
  'school_transport',
  'housing',
  'hardship_fund',
  'family_hub',
] as const;
const localThing = z.enum(LOCAL_THINGS);

export const entrySchema = z.strictObject({
  id,
  kind: z.enum(['entitlement', 'right', 'assessment', 'pathway', 'service', 'helpline', 'peer-support']),
  title: text.max(60),
  summary: text,
  topics: z.array(id).min(1).describe('The main topic first'),
  nations: z.array(nation).min(1),
  reach: z.enum(['everyone', 'likely', 'topic', 'told']),
  when: rule.optional().describe('Who it is for'),
  may_when: rule.optional().describe('Who else may have it, where somebody decides case by case'),
  held: rule.optional().describe('When they told us that they have it'),
  gives: z.record(id, z.array(z.union([z.string(), z.boolean()])).min(1)).optional(),
  who: text,
  first_step: text,
  steps: z.array(text).min(1),
  have_ready: z.array(text).optional(),
  watch_out: z.array(text).optional(),
  myths: z.array(mythSchema).optional(),
  if_refused: id.optional(),
  refused_steps: z.array(text).optional(),
  contacts: z.array(id).optional(),
  worth: z
    .strictObject({
      rate: id,
      per: z.enum(['week', 'month', 'year', 'once']),
      from: z.literal(true).optional().describe('The lowest of several rates'),
    })
    .optional(),
  effort,
  urgent: z.boolean().optional(),
  local: localThing.optional().describe('Which thing of their own area this is about'),
  hide_in_danger: z
    .array(id)
    .optional()
    .describe('Kinds of danger in which it would do harm: then it is not shown'),
  clocks: z
    .array(clockSchema.extend({ id: id.optional() }))
    .optional()
    .describe('Deadlines of the family: what is lost if they are missed'),
  stages: z.array(stageSchema).min(1).optional().describe('The whole way: who must do what by when'),
  factors: z.array(id).min(1),
  sources: z.array(id).min(1),
  checked: day,
  review_by: day,
  doubts: z.array(text).optional(),
});

const byNation = z.strictObject({
  england: z.array(id).min(1),
  wales: z.array(id).min(1),
  scotland: z.array(id).min(1),
  northern_ireland: z.array(id).min(1),
  unknown: z.array(id).min(1),
});
export const dangerSchema = z.strictObject({
  title: text,
  say: z.array(text).min(1),
  contacts: byNation,
  entries: z.array(id),
  after: text,
  leave_quickly: z.boolean(),
  ask: text.describe('The gentle question where the words left it open'),
  options: z.strictObject({ yes: text, no: text }),
});
export const dangersSchema = z.record(id, dangerSchema);

export const lexiconSchema = z.array(
  z.strictObject({
    kind: id,
    level: z.enum(['interrupt', 'ask']),
    reason: text.describe('For the clinician who reviews it'),
    patterns: z.array(text).min(1),
    with: z
      .array(text)
      .optional()
      .describe('The patterns count only where one of these stands somewhere in the message'),
    near: z
      .array(z.array(text).min(1))
      .min(1)
      .optional()
      .describe(
        'The patterns count only where one of each of these lists stands within eight words, in any order',
      ),
    decides: z
      .boolean()
      .optional()
      .describe('Where the same words were read as another kind too, it is this kind'),
    even_if_calm: z
      .boolean()
      .optional()
      .describe('So plain that it stays level interrupt beside words of `calming` in telling.yaml'),
    unless: z.array(text).optional(),
  }),
);

export const examplesSchema = z.strictObject({
  danger: z
    .record(id, z.array(text).min(1))
    .optional()
    .describe('Messages that must bring help at once, by the kind of danger'),
  calm: z.array(text).min(1).optional().describe('Messages that must not'),
  help_from: z
    .number()
    .min(-1)
    .max(1)
    .optional()
    .describe(
      'How much like the examples of danger a message of at most 25 words that is clearly in this language must be for help to come at once: 1 as they are, -1 as the calm ones',
    ),
});

export const languageSchema = z.strictObject({
  name: text.describe('In the language itself'),
  english_name: text,
  dir: z.enum(['ltr', 'rtl']),
  status: z.enum(['original', 'drafted', 'reviewed']),
  measured: z
    .strictObject({
      caught: z
        .number()
        .min(0)
        .max(100)
        .describe('Of 100 messages that tell of danger, how many brought help at once'),
      interrupted: z
        .number()
        .min(0)
        .max(100)
        .describe('Of 100 calm messages, how many brought help that nobody needed'),
      on: day,
    })
    .optional()
    .describe(
      'How well danger is noticed in this language, on messages by people who had not seen the lexicon',
    ),
});
const UNITS = ['hours', 'days', 'weeks', 'fortnights', 'months', 'years', 'pounds'] as const;
export type Unit = (typeof UNITS)[number];
const patterns = z.array(text).min(1).describe('In the pattern language of the danger lexicon');
const sayingList = z.array(text).optional();
/** The names in the files, which are the English ones, for they are read in every language. */
export const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;
/** What people type for an answer, in one language. Case, accents and apostrophes do not matter. */
export const answersSchema = z.strictObject({
  yes: sayingList,
  no: sayingList,
  go_on: sayingList.describe('"Let us go on": where help in danger stands'),
  agreed: sayingList.describe('"All right": where help in danger stands, it goes on too'),
  not_yet: sayingList.describe('"Not yet": where we ask whether there is danger, that is no "no"'),
  pause: sayingList.describe('"Wait": who asks for a moment has not answered, also with a "no" before it'),
  courtesies: sayingList.describe('"Please", "thanks": may stand beside these, and change nothing'),
  not_sure: sayingList,
  rather_not_say: sayingList,
  none: sayingList.describe('Nothing of what was named'),
  not: sayingList.describe('Words that turn what stands beside them into its opposite'),
  and: sayingList.describe('Words between two answers'),
  around: sayingList.describe('Words around an answer that change nothing'),
  option: sayingList.describe('Words before the number of an option'),
  numbers: z.record(text, z.number()).optional(),
  added: z
    .record(text, z.number().int().positive())
    .optional()
    .describe('What is said after a number and added to it: the Welsh "ar ddeg" is 10'),
  ordinals: z
    .record(text, z.number().int())
    .optional()
    .describe('All that somebody says to choose by place: "the second one" is 2, "the last one" -1'),
  ones_first: z
    .boolean()
    .optional()
    .describe('Whether numbers are said with the ones before the tens: five and twenty'),
  half: sayingList,
  units: z.partialRecord(z.enum(UNITS), z.array(word)).optional(),
  school_years: sayingList.describe('Single words beside the number of a class at school: no age'),
  class_names: sayingList.describe(
    'Names of classes and schools without a number: a number before them is an age',
  ),
  ago: sayingList.describe('Words after a time that lies behind: ago'),
  last: sayingList.describe('Words before the day that was last: last'),
  born: sayingList.describe('Words beside the day of a birth'),
  today: sayingList,
  yesterday: sayingList,
  before_yesterday: sayingList.describe('The day before yesterday'),
  weekdays: z
    .partialRecord(z.enum(DAYS), z.array(text))
    .optional()
    .describe('Names of days that are not those of the standard language: in Latin letters, in dialect'),
  months: z
    .partialRecord(z.enum(MONTHS), z.array(text))
    .optional()
    .describe('Names of months, as those of days'),
  coming: sayingList.describe('Words that make an age one that is still to come: "will be", "next month"'),
  stop: sayingList.describe(
    'Whole messages that end a conversation over text messages, and erase it: stop texting me. Nothing that may be an answer or a cry',
  ),
  range: sayingList.describe('Words of a range: "between", "to"'),
  bounds: sayingList.describe(
    'Words right before a number that is no more than a bound: "under", "at least". Then we ask whether it is so',
  ),
  bounds_after: sayingList.describe('The same right after a number: "or more"'),
  living: sayingList.describe('Words around the name of a place that change nothing: "we live in"'),
  maybe: sayingList.describe(
    'Words that make an answer uncertain, as those of `unsure`; where they are all that was said, they are `not_sure`',
  ),
  unsure: sayingList.describe('Words that make an answer uncertain: then we ask whether it is so'),
  context: z
    .array(
      z.strictObject({
        fact: id,
        says: z.union([id, z.boolean(), z.array(id).min(1)]),
        patterns,
        unless: z.array(text).optional(),
      }),
    )
    .optional()
    .describe(
      'As `tells` in telling.yaml, but only where that very question was asked: there a word says more',
    ),
  also: z
    .record(id, z.record(z.string(), z.array(text)))
    .optional()
    .describe('Other words for an answer: fact id, then option id, then sayings'),
});
/** Kinds of talk that ask for nothing that we have. */
export const SMALL_TALK = [
  'greeting',
  'thanks',
  'goodbye',
  'robot',
  'person',
  'abuse',
  'off_topic',
  'instructions',
  'explain',
] as const;
export type SmallTalk = (typeof SMALL_TALK)[number];
/** What people tell without being asked, in one language, and how they talk. Case, accents and apostrophes do not matter. */
export const tellingSchema = z.strictObject({
  lists: z
    .record(id, z.array(text).min(1))
    .optional()
    .describe(
      'Words that stand for each other: <name> in a pattern, here and in danger.yaml, is any of them. "{yi,bi,}drab{ni,na}" is six words',
    ),
  spellings: z
    .record(text, z.array(text).min(1))
    .optional()
    .describe(
      'A word, and how else people type it: slips, dialect, short forms. Read for facts and for danger',
    ),
  sounds: z
    .record(z.string().regex(/^[a-z0-9]+$/), z.string().regex(/^[a-z0-9]*$/))
    .optional()
    .describe(
      'For a language that people type in Latin letters as it sounds: letters, and what they are read as. Doubled letters are one',
    ),
  tells: z
    .array(
      z.strictObject({
        fact: id,
        says: z.union([id, z.boolean(), z.array(id).min(1)]).describe('The option that these words tell of'),
        patterns,
        unless: z.array(text).optional(),
      }),
    )
    .optional(),
  words: z
    .strictObject({
      child: sayingList.describe('Words for the child: son, she, our girl'),
      other_person: sayingList.describe('Words for those whose age we do not ask: I, my husband, his sister'),
      age_before: sayingList.describe('Words before an age: is, aged, turned'),
      age_after: sayingList.describe('Words after an age: old'),
      becoming: sayingList.describe('Words before the age that comes next: will be, nearly, turning'),
      owning: sayingList.describe('Words right before the age of a child: a 7 year old, our 7 year old'),
      linking: sayingList.describe('Words between a parent and the age of their child: mum TO A 4 year old'),
      care: sayingList.describe('Words near the hours of care'),
      work: sayingList.describe('Words near the hours of a job'),
      elsewhere: sayingList.describe('Words near hours that are no care: school, sleeps, plays, respite'),
      earn: sayingList.describe('Words near what they earn'),
      unearned: sayingList.describe(
        'Words near money that nobody earns: Universal Credit, child maintenance',
      ),
      counting: sayingList.describe('Words after how many they are, which is no age: of them, children'),
      roads: sayingList.describe('Words before what looks like a postcode and is a road: on the M6'),
      measures: sayingList.describe('Words after a number that make it no age: stone, times, months clean'),
      compared: sayingList.describe(
        'Words right before a number that make it no age of theirs: at the level of a, youngest of',
      ),
      gross: sayingList.describe('Words that say that tax is not taken off yet'),
      negation: sayingList.describe('Words before something that is not so'),
      denial: sayingList.describe(
        'Words right before a danger that deny it: not, never. Not those that may strengthen it (not only)',
      ),
      denial_after: sayingList.describe(
        'The same right after a danger, in languages with the verb at the end: na (marte chai na). Not across a comma',
      ),
      but_now: sayingList.describe(
        'Words over which `calming` does not reach, for they say that it is so today: but, still, tonight',
      ),
      hedge: sayingList.describe('Words of somebody who is not certain'),
      showing: sayingList.describe(
        'Words before the name of an entry that is asked for: show me, take me to',
      ),
      correction: sayingList.describe('Words between a slip and what they meant: no wait'),
    })
    .optional(),
  small_talk: z.partialRecord(z.enum(SMALL_TALK), patterns).optional(),
  general_need: sayingList.describe(
    'Patterns of somebody who names no need, and wants to know all that there is: what am I entitled to',
  ),
  meaning: sayingList.describe('Patterns of a question for what a word means: what is'),
  meaning_after: sayingList.describe(
    'Words that ask what something is, right after it and last of all: "EHCP কী?", but not "DLA কি পাব"',
  ),
  sayings: sayingList.describe(
    'Patterns in which words of a topic mean something else, and tell of no topic: drop dead, his phone died',
  ),
  false_friends: z
    .array(
      z.string().regex(/^[\p{L}\p{N}]+( …)?$/u, 'one word, and " …" where it is ours only before others'),
    )
    .optional()
    .describe(
      'Words of this language that mean something else in another: law is a hand in Welsh. In capitals (TA): those of the other, where it is an abbreviation. "DLA …": ours only where more words follow',
    ),
  calming: z
    .array(text)
    .optional()
    .describe(
      'Patterns of what is told of the past, of work or of a film: within eight words a danger is asked about and does not interrupt',
    ),
  topics: z
    .record(id, z.array(text).min(1))
    .optional()
    .describe(
      'What parents type for each topic: words, phrases and patterns, as `words` in dialogs/topics.yaml',
    ),
  signs: z
    .strictObject({
      script: z.enum(['Latin', 'Arabic', 'Bengali']),
      words: z
        .array(text)
        .min(1)
        .describe('Little words that short messages in this language have, and others have not'),
      latin: sayingList.describe('The same, typed in Latin letters'),
      clear: sayingList.describe(
        'Words in Latin letters that no other language has, and no name: one is enough where nothing tells of another language',
      ),
      letters: z
        .string()
        .regex(/^\p{L}+$/u, 'letters are written one after the other: "ąćę"')
        .optional()
        .describe('Letters, as typed, that of the languages of this script only this one has'),
      otherwise: z
        .boolean()
        .optional()
        .describe('Whether a message in this script is in this language where nothing tells of another'),
    })
    .optional()
    .describe('By what a message in this language is known'),
});
const glossaryTerm = z.strictObject({
  term: text,
  also: sayingList.describe('Other ways to write it'),
  text: text.describe('What it means, in one to three short sentences'),
  entry: id.optional().describe('The entry that says more'),
});
export const glossarySchema = z.record(id, glossaryTerm);

/** Interface texts: nested maps of texts; plural forms are keys that end in _zero, _one, _two, _few, _many, _other. */
export const interfaceSchema = z.record(z.string(), z.any());
/** A translation of content: field key -> the text and the fingerprint of the English that it translates. */
export const translationsSchema = z.record(z.string(), z.strictObject({ text, of: z.string().optional() }));

export const deadNumbersSchema = z.record(z.string(), text);

/** Words that we do not write to parents, with the plain or kind ones to write instead. */
export const wordsToAvoidSchema = z.array(
  z.strictObject({
    avoid: z.array(text).min(1).describe('The word in all its forms, lower case'),
    write: text.describe('What to write instead'),
  }),
);

export const abbreviationsSchema = z.strictObject({
  explain: z.record(z.string(), text).describe('Abbreviation -> its full form, as it must stand beside it'),
  known: z.array(text).describe('Abbreviations and names that everyone knows: they may stand alone'),
});

const authorityCode = z
  .string()
  .regex(/^E\d{8}$/, 'the code of an English authority is E and eight digits, like E06000023');
export const authoritySchema = z.strictObject({
  name: text.describe('As the council calls itself'),
  also: z.array(text).optional().describe('Other names that people type, and the districts in it'),
  region: text,
  website: url,
  other_codes: z.array(authorityCode).optional().describe('Codes of the same authority, older or newer'),
  from: day.optional().describe('Its first day, if it is a new one'),
  until: day.optional().describe('Its last day, if it is known to end'),
  successors: z
    .array(text)
    .optional()
    .describe('Those that follow: codes, or names where there is no code yet'),
  doubts: z.array(text).optional(),
});
export const authoritiesSchema = z.record(authorityCode, authoritySchema);

/** Where a page comes from: no path, no wildcard. On a developer's own machine any port will do. */
const origin = z
  .string()
  .regex(
    /^(https:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?|http:\/\/(localhost|127\.0\.0\.1):(\d{1,5}|\*))$/,
    'write it like "https://www.example.gov.uk": small letters, no path, no slash at the end',
  );
const colour = z.string().regex(/^#[0-9a-f]{6}$/, 'a colour is written like "#14564a", in quotes');
export const areaSchema = z.strictObject({
  example: z
    .strictObject({ name: text, website: url })
    .optional()
    .describe('Only of an invented council, to show how it is done: real families never see it'),
  brand: z
    .strictObject({
      logo_text: text.max(40).describe('Stands beside the name of the service'),
      main: colour.describe('Behind white letters: the bar at the top, buttons'),
      dark: colour.describe('The same, pressed'),
      link: colour.describe('Links on the page'),
      pale: colour.describe('Behind black letters: what stands out'),
    })
    .optional(),
  embed_on: z
    .array(origin)
    .optional()
    .describe('On whose pages the chat may stand in a frame, each like "https://www.example.gov.uk"'),
  local: z
    .partialRecord(localThing, id)
    .optional()
    .describe('Which contact (contacts.yaml of this folder) is the local thing'),
});
/** For each language code, interface texts that this council says in its own way. */
export const areaTextsSchema = z.record(z.string(), z.record(z.string(), z.any()));
export const areaEntrySchema = entrySchema.extend({
  replaces: id.optional().describe('The national entry that is left out here for this one'),
  complements: id.optional().describe('The national entry beside which this one is named'),
});

export type AuthorityText = z.infer<typeof authoritySchema>;
export type AreaText = z.infer<typeof areaSchema>;
export type AreaTexts = z.infer<typeof areaTextsSchema>;
export type AreaEntryText = z.infer<typeof areaEntrySchema>;
export type FactText = z.infer<typeof factSchema>;
export type TopicText = z.infer<typeof topicSchema>;
export type RateText = z.infer<typeof rateSchema>;
export type Source = z.infer<typeof sourceSchema>;
export type Contact = z.infer<typeof contactSchema>;
export type EntryText = z.infer<typeof entrySchema>;
export type StageText = z.infer<typeof stageSchema>;
export type BankHolidays = z.infer<typeof bankHolidaysSchema>;
export type DangerAnswer = z.infer<typeof dangerSchema>;
export type Factors = z.infer<typeof factorsSchema>;
export type AnswerSayings = z.infer<typeof answersSchema>;
export type Lexicon = z.infer<typeof lexiconSchema>;
export type Examples = z.infer<typeof examplesSchema>;
export type TellingWords = z.infer<typeof tellingSchema>;
export type GlossaryTerm = z.infer<typeof glossaryTerm>;
export type LanguageInfo = z.infer<typeof languageSchema>;
export type Translations = z.infer<typeof translationsSchema>;
export type WordsToAvoid = z.infer<typeof wordsToAvoidSchema>;
export type Abbreviations = z.infer<typeof abbreviationsSchema>;

/** Every kind of file, with where its files stand and the name of its JSON Schema. */
export const FILES = {
  facts: { path: 'dialogs/facts.yaml', schema: factsSchema },
  topics: { path: 'dialogs/topics.yaml', schema: topicsSchema },
  danger: { path: 'dialogs/danger.yaml', schema: dangersSchema },
  glossary: { path: 'dialogs/glossary.yaml', schema: glossarySchema },
  rates: { path: 'knowledge/rates.yaml', schema: ratesSchema },
  sources: { path: 'knowledge/sources.yaml', schema: sourcesSchema },
  contacts: { path: 'knowledge/contacts.yaml', schema: contactsSchema },
  'bank-holidays': { path: 'knowledge/bank-holidays.yaml', schema: bankHolidaysSchema },
  'dead-numbers': { path: 'knowledge/dead-numbers.yaml', schema: deadNumbersSchema },
  authorities: { path: 'knowledge/areas/authorities.yaml', schema: authoritiesSchema },
  factors: { path: 'knowledge/factors.yaml', schema: factorsSchema },
  'words-to-avoid': { path: 'knowledge/words-to-avoid.yaml', schema: wordsToAvoidSchema },
  abbreviations: { path: 'knowledge/abbreviations.yaml', schema: abbreviationsSchema },
} as const;
/** Folders of entries, one a kind. */
export const ENTRY_FOLDERS = {
  entitlement: 'entitlements',
  right: 'rights',
  assessment: 'assessments',
  pathway: 'pathways',
  service: 'services',
  helpline: 'helplines',
  'peer-support': 'peer-support',
} as const;
/** Files of a council's folder; its entries stand in `entries/` below it. */
export const AREA_FILES = {
  area: areaSchema,
  contacts: contactsSchema,
  sources: sourcesSchema,
  texts: areaTextsSchema,
} as const;
/** Files of a language folder. */
export const LANGUAGE_FILES = {
  language: languageSchema,
  interface: interfaceSchema,
  danger: lexiconSchema,
  examples: examplesSchema,
  answers: answersSchema,
  telling: tellingSchema,
  facts: translationsSchema,
  topics: translationsSchema,
  entries: translationsSchema,
  dangers: translationsSchema,
} as const;
