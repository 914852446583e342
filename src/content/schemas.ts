import { z } from 'zod';
import { NATIONS } from '../engine/entries.ts';

/**
 * The shape of every YAML file, written once: the loader checks with it, the curator's editor completes with the
 * JSON Schemas made from it (`fingerpost schemas`), and the types of the rest of the code come from it.
 */

const id = z
  .string()
  .regex(/^[a-z0-9]+(?:[-_.][a-z0-9]+)*$/, 'an id is lower-case letters, digits, "-", "_" and "."');
const text = z.string().trim().min(1);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written like 2026-11-22');
const month = z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/, 'a date is written like 2026-11-22 or 2026-11');
const url = z.url({ protocol: /^https?$/ });
const nation = z.enum(NATIONS);
const effort = z.union([z.literal(1), z.literal(2), z.literal(3)]);
/** A rule is read by the engine (`readRule`), which says more about its faults than a schema could. */
const rule = z.record(z.string(), z.any()).describe('A rule: see CONTRIBUTING.md, "Rules"');

export const factSchema = z.strictObject({
  scope: z.enum(['child', 'carer', 'household']),
  type: z.enum(['choice', 'choices', 'yes_no', 'number', 'age', 'money', 'date']),
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
  max: z.number().positive().optional(),
  danger: z.record(id, id).optional().describe('Options that tell of danger, with its kind'),
});
export const factsSchema = z.record(id, factSchema);

export const topicSchema = z.strictObject({
  title: text.max(60),
  about: text,
  words: z.array(text).min(1).describe('What parents type for it'),
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

export const contactSchema = z.strictObject({
  name: text,
  phone: z
    .string()
    .regex(/^[0-9 ]{3,16}$/, 'a phone number is digits and spaces, in quotes')
    .optional(),
  press: z.string().regex(/^\d$/).optional().describe('The key to press after the call is answered'),
  text: text.optional(),
  web: url.optional(),
  hours: text.optional(),
  for: text,
  nations: z.array(nation).min(1),
  cost: text.optional(),
  languages: text.optional(),
  sign: text.optional(),
  checked: month.optional(),
  confidence: z.enum(['high', 'medium', 'low']),
  note: text.optional().describe('For curators: what is unsure. Not shown'),
});
export const contactsSchema = z.record(id, contactSchema);

export const factorsSchema = z.strictObject({
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

export const entrySchema = z.strictObject({
  id,
  kind: z.enum(['entitlement', 'right', 'assessment', 'pathway', 'service', 'helpline', 'peer-support']),
  title: text.max(60),
  summary: text,
  topics: z.array(id).min(1).describe('The main topic first'),
  nations: z.array(nation).min(1),
  reach: z.enum(['everyone', 'likely', 'topic']),
  when: rule.optional().describe('Who it is for'),
  may_when: rule.optional().describe('Who else may have it, where somebody decides case by case'),
  held: rule.optional().describe('When they told us that they have it'),
  gives: z.record(id, z.array(z.union([z.string(), z.boolean()])).min(1)).optional(),
  who: text,
  first_step: text,
  steps: z.array(text).min(1),
  have_ready: z.array(text).optional(),
  watch_out: z.array(text).optional(),
  myths: z.array(z.strictObject({ said: text, truth: text })).optional(),
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
  hide_in_danger: z
    .array(id)
    .optional()
    .describe('Kinds of danger in which it would do harm: then it is not shown'),
  clocks: z
    .array(
      z.strictObject({
        from: id,
        add: z.strictObject({
          days: z.number().int().positive().optional(),
          weeks: z.number().int().positive().optional(),
          months: z.number().int().positive().optional(),
        }),
        label: text,
      }),
    )
    .optional(),
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
    unless: z.array(text).optional(),
  }),
);

export const languageSchema = z.strictObject({
  name: text.describe('In the language itself'),
  english_name: text,
  dir: z.enum(['ltr', 'rtl']),
  status: z.enum(['original', 'drafted', 'reviewed']),
});
const UNITS = ['hours', 'days', 'weeks', 'fortnights', 'months', 'years', 'pounds'] as const;
export type Unit = (typeof UNITS)[number];
const sayingList = z.array(text).optional();
/** What people type for an answer, in one language. Case, accents and apostrophes do not matter. */
export const answersSchema = z.strictObject({
  yes: sayingList,
  no: sayingList,
  not_sure: sayingList,
  rather_not_say: sayingList,
  none: sayingList.describe('Nothing of what was named'),
  not: sayingList.describe('Words that turn what stands beside them into its opposite'),
  and: sayingList.describe('Words between two answers'),
  around: sayingList.describe('Words around an answer that change nothing'),
  option: sayingList.describe('Words before the number of an option'),
  numbers: z.record(text, z.number()).optional(),
  half: sayingList,
  units: z.partialRecord(z.enum(UNITS), z.array(text)).optional(),
  today: sayingList,
  yesterday: sayingList,
  also: z
    .record(id, z.record(z.string(), z.array(text)))
    .optional()
    .describe('Other words for an answer: fact id, then option id, then sayings'),
});
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

export type FactText = z.infer<typeof factSchema>;
export type TopicText = z.infer<typeof topicSchema>;
export type RateText = z.infer<typeof rateSchema>;
export type Source = z.infer<typeof sourceSchema>;
export type Contact = z.infer<typeof contactSchema>;
export type EntryText = z.infer<typeof entrySchema>;
export type DangerAnswer = z.infer<typeof dangerSchema>;
export type Factors = z.infer<typeof factorsSchema>;
export type AnswerSayings = z.infer<typeof answersSchema>;
export type Lexicon = z.infer<typeof lexiconSchema>;
export type LanguageInfo = z.infer<typeof languageSchema>;
export type Translations = z.infer<typeof translationsSchema>;
export type WordsToAvoid = z.infer<typeof wordsToAvoidSchema>;
export type Abbreviations = z.infer<typeof abbreviationsSchema>;

/** Every kind of file, with where its files stand and the name of its JSON Schema. */
export const FILES = {
  facts: { path: 'dialogs/facts.yaml', schema: factsSchema },
  topics: { path: 'dialogs/topics.yaml', schema: topicsSchema },
  danger: { path: 'dialogs/danger.yaml', schema: dangersSchema },
  rates: { path: 'knowledge/rates.yaml', schema: ratesSchema },
  sources: { path: 'knowledge/sources.yaml', schema: sourcesSchema },
  contacts: { path: 'knowledge/contacts.yaml', schema: contactsSchema },
  'dead-numbers': { path: 'knowledge/dead-numbers.yaml', schema: deadNumbersSchema },
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
/** Files of a language folder. */
export const LANGUAGE_FILES = {
  language: languageSchema,
  interface: interfaceSchema,
  danger: lexiconSchema,
  answers: answersSchema,
  facts: translationsSchema,
  topics: translationsSchema,
  entries: translationsSchema,
  dangers: translationsSchema,
} as const;
