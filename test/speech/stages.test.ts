import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Content } from '../../src/content/content.ts';
import { type Answers, assess } from '../../src/engine/assess.ts';
import type { Answer } from '../../src/engine/facts.ts';
import { signpostsFor } from '../../src/engine/signposts.ts';
import { speakEntry } from '../../src/speech/speak.ts';
import type { SpokenDeadline, SpokenEntry } from '../../src/speech/spoken.ts';
import { createVoices } from '../../src/speech/voice.ts';
import { type Changes, madeUp, welsh } from '../content/made-up.ts';

const interfaceOf = (code: string) =>
  parse(readFileSync(join(import.meta.dirname, `../../locales/${code}/interface.yaml`), 'utf8'));

const DATE = { type: 'date', ask: 'On which day?', said: 'It was on {{value}}.', max: undefined };
const STAGES = [
  {
    id: 'ask',
    title: 'You ask',
    who: 'you',
    what: 'Write to the council.',
    when: 'Within 15 school days.',
    clock: { from: 'child.letter', add: { school_days: 15 }, label: 'Ask by' },
    first: 'No diagnosis is needed.',
    if_not: 'carer-money',
  },
  {
    id: 'answer',
    title: 'It answers',
    who: 'council',
    what: 'It says yes or no.',
    clock: { from: 'child.request', add: { weeks: 6 }, label: 'It should answer by' },
    meanwhile: 'Keep {{rate.carer_money}} a week.',
    if_not: 'gone',
    myth: { said: 'It can wait.', truth: 'It cannot.' },
  },
];
const FACTS: Changes['facts'] = {
  'child.letter': { scope: 'child', ...DATE, only_if: { 'carer.hours': { at_least: 1 } } },
  'child.request': { scope: 'child', ...DATE },
};

function content(entry: object = {}, changes: Changes = {}): Content {
  const { content, faults } = madeUp({
    interface: interfaceOf('en'),
    facts: FACTS,
    entries: { 'carer-money': { stages: STAGES, ...entry } },
    ...changes,
  });
  expect(faults.filter(({ file }) => /facts|entitlements/.test(file))).toEqual([]);
  return content;
}

const answers = (facts: Record<string, string | number>): Record<string, Answer> =>
  Object.fromEntries(Object.entries(facts).map(([id, value]) => [id, { value }]));

/** The entry as the family sees it on that day: what the first child, the second child and all told. */
function page(
  of: Content,
  date: string,
  family: Record<string, string | number> | undefined,
  children: Record<string, string>[] = [{}],
  language = 'en',
): SpokenEntry {
  const voice = createVoices(of)(language);
  const occasion = { date, now: new Date(`${date}T12:00:00Z`), topics: [], hours: 24 };
  if (!family) return speakEntry(of, voice, 'carer-money', { ...occasion, children: 1 });
  const told: Answers = { family: answers(family), children: children.map(answers) };
  const assessment = assess(of.model, told, date);
  const { first, more, later, held } = signpostsFor(of.model, assessment, ['money'], date);
  const shown = [...first, ...more, ...later, ...held];
  const [outcome] = assessment.family;
  if (!outcome) throw new Error('the entry has no outcome');
  const signpost = shown[0] ?? {
    entry: 'carer-money',
    outcome,
    onTopic: false,
    onHand: false,
    deadlines: [],
  };
  return speakEntry(
    of,
    voice,
    'carer-money',
    { ...occasion, assessment, children: children.length },
    signpost,
  );
}

const inWords = (deadlines: readonly SpokenDeadline[] = []) =>
  deadlines.map(({ label, date, state, forChildren, says }) =>
    [`${label.text}: ${date.text} (${state})`, ...[...forChildren, ...says].map(({ text }) => text)].join(
      ' ',
    ),
  );
const AT_HOME = { 'carer.hours': 40, 'household.nation': 'england' };

describe('the whole way', () => {
  test('reads in its order, with who must act, and no date for somebody who told none', () => {
    const { stages, datesToAsk } = page(content(), '2026-11-22', undefined);
    expect(stages.map(({ id, actor, who }) => [id, actor, who.text])).toEqual([
      ['ask', 'you', 'You'],
      ['answer', 'council', 'The council'],
    ]);
    expect(stages[0]).toMatchObject({
      title: { text: 'You ask' },
      what: { text: 'Write to the council.' },
      when: { text: 'Within 15 school days.' },
      first: { text: 'No diagnosis is needed.' },
      meanwhile: undefined,
      deadlines: [],
      ifNot: { id: 'carer-money', title: { text: 'Money for carers' } },
      myth: undefined,
    });
    expect(stages[1]).toMatchObject({
      meanwhile: { text: 'Keep £86.45 a week.' },
      // It does not exist: `check` says so, and readers are sent nowhere.
      ifNot: undefined,
      myth: { said: { text: 'It can wait.' }, truth: { text: 'It cannot.' } },
    });
    expect(datesToAsk).toEqual([]);
  });

  test.each([
    ['the day before it', '2027-01-02', 'It should answer by: 3 January 2027 (close)'],
    ['on the day', '2027-01-03', 'It should answer by: 3 January 2027 (close)'],
    ['long before it', '2026-11-22', 'It should answer by: 3 January 2027 (far)'],
    [
      'when it is past',
      '2027-01-04',
      'It should answer by: 3 January 2027 (past) This date has passed. If it has not happened, ask why.',
    ],
  ])("somebody else's day hurries nobody: %s", (_, today, says) => {
    const { stages, deadlines } = page(content(), today, AT_HOME, [{ 'child.request': '2026-11-22' }]);
    expect(inWords(stages[1]?.deadlines)).toEqual([says]);
    expect(deadlines).toEqual([]);
  });

  test('in school days the day is never exact', () => {
    const { stages } = page(content(), '2026-11-22', AT_HOME, [{ 'child.letter': '2026-12-14' }]);
    // Christmas Day is the one bank holiday of this content.
    expect(inWords(stages[0]?.deadlines)).toEqual([
      'Ask by: about 5 January 2027 (far) 44 days left We left out weekends and bank holidays, but not school ' +
        'holidays. If there are some, the day is later. Ask for it.',
    ]);
  });

  test('each child has its own day; the same day is said once', () => {
    const two = (a: string, b: string) =>
      inWords(
        page(content(), '2026-11-22', AT_HOME, [{ 'child.request': a }, { 'child.request': b }]).stages[1]
          ?.deadlines,
      );
    expect(two('2026-11-22', '2026-11-23')).toEqual([
      'It should answer by: 3 January 2027 (far) For child 1',
      'It should answer by: 4 January 2027 (far) For child 2',
    ]);
    expect(two('2026-11-22', '2026-11-22')).toEqual(['It should answer by: 3 January 2027 (far)']);
  });

  test('dates that apply and were not told are asked for', () => {
    const asked = (...family: Parameters<typeof page>) =>
      page(...family).datesToAsk.map(({ fact, child }) => `${fact} ${child}`);
    expect(asked(content(), '2026-11-22', AT_HOME)).toEqual(['child.letter 0', 'child.request 0']);
    expect(
      asked(content(), '2026-11-22', AT_HOME, [{ 'child.letter': '2026-11-01' }, {}]),
      'the first child to whom it applies',
    ).toEqual(['child.letter 1', 'child.request 0']);
    expect(
      asked(content(), '2026-11-22', { 'household.nation': 'england' }),
      'not while nobody knows whether it applies',
    ).toEqual(['child.request 0']);
  });

  test('a translation goes with the stage, not with its place', () => {
    const files = welsh({
      'locales/cy/interface.yaml': interfaceOf('cy'),
      'locales/cy/entries.yaml': {
        'carer-money.stages.answer.what': { text: "Mae'n ateb." },
        'carer-money.stages.answer.clock.label': { text: 'Dylai ateb erbyn' },
      },
    });
    const of = content({ stages: STAGES.toReversed() }, { files });
    const { stages } = page(of, '2026-11-22', AT_HOME, [{ 'child.request': '2026-11-22' }], 'cy');
    expect(stages[0]).toMatchObject({
      title: { text: 'It answers', lang: 'en' },
      who: { text: 'Y cyngor', lang: 'cy' },
      what: { text: "Mae'n ateb.", lang: 'cy' },
    });
    expect(inWords(stages[0]?.deadlines)).toEqual(['Dylai ateb erbyn: 3 Ionawr 2027 (far)']);
  });
});

describe("the family's own deadlines", () => {
  const clock = (more: object) => ({
    clocks: [{ from: 'child.request', add: { months: 2 }, label: 'Last day', ...more }],
    stages: undefined,
  });
  const said = (today: string, more: object = {}, date = '2026-10-22') =>
    inWords(page(content(clock(more)), today, AT_HOME, [{ 'child.request': date }]).deadlines);

  test.each([
    ['far off', '2026-12-07', 'Last day: 22 December 2026 (far) 15 days left'],
    ['close', '2026-12-08', 'Last day: 22 December 2026 (close) Only 14 days left.'],
    ['the day before', '2026-12-21', 'Last day: 22 December 2026 (close) Only 1 day left.'],
    ['on the day', '2026-12-22', 'Last day: 22 December 2026 (close) This is the last day.'],
    [
      'the day after',
      '2026-12-23',
      'Last day: 22 December 2026 (past) This date has passed. Get advice today. There may still be a way.',
    ],
  ])('%s', (_, today, says) => {
    expect(said(today)).toEqual([says]);
  });

  test('about: the day cannot be worked out, and may have passed', () => {
    expect(said('2026-11-22', { about: true })).toEqual([
      'Last day: about 22 December 2026 (far) 30 days left We cannot work out the exact day. Ask for it.',
    ]);
    expect(said('2026-12-23', { about: true })).toEqual([
      'Last day: about 22 December 2026 (past) This date may have passed. Ask for the exact day today.',
    ]);
  });

  test('working days are exact as far as the bank holidays are known', () => {
    expect(said('2026-11-22', { add: { working_days: 20 } }, '2026-12-01')).toEqual([
      'Last day: 30 December 2026 (far) 38 days left',
    ]);
    expect(said('2029-01-01', { add: { working_days: 20 } }, '2028-12-20')[0]).toContain(
      'Last day: about 17 January 2029 (far)',
    );
  });
});

describe('an entry past its review date', () => {
  const of = () =>
    content({
      review_by: '2026-11-21',
      steps: ['You get {{rate.carer_money}}.'],
      when: { 'carer.hours': { under: { rate: 'carer_money' } } },
      stages: STAGES,
    });
  const textOf = (entry: SpokenEntry) => JSON.stringify(entry);

  test('says so, and states no figure: not in its texts, not in its worth, not in the reasons', () => {
    for (const family of [undefined, AT_HOME, { ...AT_HOME, 'carer.hours': 100 }]) {
      const current = page(of(), '2026-11-21', family);
      expect(current.overdue).toBeUndefined();
      expect(textOf(current)).toContain('86.45');
      const overdue = page(of(), '2026-11-22', family);
      expect(overdue.overdue?.text).toBe(
        'We last checked this on 1 November 2026. It may have changed. Please look at the page that this comes from before you act.',
      );
      expect(textOf(overdue)).not.toContain('86.45');
      expect(overdue.outcome?.kind).toBe(current.outcome?.kind);
      expect(overdue.worth).toBeUndefined();
      expect(overdue.steps[0]?.text).toBe('You get (see the page that this comes from for the amount).');
      expect(overdue.stages[1]?.meanwhile?.text).toBe(
        'Keep (see the page that this comes from for the amount) a week.',
      );
      expect(overdue.sources[0]?.url).toBe('https://example.org/');
    }
  });
});
