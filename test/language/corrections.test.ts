/** "No wait, 8": what puts the answer before right, while the next question is open. */
import { describe, expect, test } from 'vitest';
import type { Given, Message } from '../../src/engine/conversation.ts';
import type { Value } from '../../src/engine/facts.ts';
import { conversationAt, heardIn } from './real-language.ts';

const given = (fact: string, value: Value): Given => ({ fact, child: 0, answer: { value } });

/** @returns what a message is taken for while a question is open and this was answered last. */
function heard(text: string, open: string, last: Given, code = 'en', isNumbered = false): Message {
  return heardAfter(text, open, [last], code, isNumbered);
}

/** @returns the same after several answers, the last so many of which we could not read. */
function heardAfter(
  text: string,
  open: string,
  log: readonly Given[],
  code = 'en',
  isNumbered = false,
  misread = 0,
): Message {
  return heardIn(conversationAt(open, code, { log, ...(misread > 0 ? { misread } : {}) }), text, {
    isNumbered,
  });
}

const AGE = given('child.age', 6);

describe('a correction of the answer before', () => {
  test.each([
    ['no wait, 8', 'child.dla_care'],
    ['no wait, 8', 'child.school_trouble'],
    ['no wait, 8', 'child.pip_daily_living'],
    ['no wait, 8', 'carer.role'],
    ['no wait, 8', 'household.nation'],
    ['no wait, 8', 'household.area'],
    ['no wait, 8', 'carer.hours'],
    ['no sorry hes 8', 'child.dla_care'],
    ['sorry i meant hes 8', 'child.dla_care'],
    ['sorry, 8', 'child.school_trouble'],
    ['actually 8', 'child.school_trouble'],
  ])('%s, at %s', (text, open) => {
    for (const isNumbered of [false, true])
      expect(heard(text, open, AGE, 'en', isNumbered)).toMatchObject({
        type: 'answer',
        fact: 'child.age',
        answer: { value: 8 },
        saysBack: true,
      });
  });

  test.each([
    ['cy', 'na sori, 8'],
    ['pl', 'nie czekaj, 8'],
    ['ur', 'نہیں رکو، 8'],
    ['bn', 'না দাঁড়ান, ৮'],
    ['ar', 'لا، ٨'],
  ])('in %s: %s', (code, text) => {
    for (const open of ['child.dla_care', 'carer.role', 'child.school_trouble', 'household.nation'])
      expect(heard(text, open, AGE, code)).toMatchObject({
        type: 'answer',
        fact: 'child.age',
        answer: { value: 8 },
      });
  });

  test('of where they live', () => {
    expect(heard('no wait, england', 'child.difficulties', given('household.nation', 'wales'))).toMatchObject(
      { type: 'answer', fact: 'household.nation', answer: { value: 'england' } },
    );
  });

  test('of a sum keeps its point', () => {
    expect(heard('no sorry, £120.50', 'child.age', given('carer.weekly_earnings', 100))).toMatchObject({
      type: 'answer',
      fact: 'carer.weekly_earnings',
      answer: { value: 120.5 },
    });
  });

  test('that fits both questions is of the one before', () => {
    expect(heard('no wait, higher', 'child.dla_mobility', given('child.dla_care', 'middle'))).toMatchObject({
      type: 'answer',
      fact: expect.stringMatching(/^child.dla_mobility$|^child.dla_care$/),
    });
    expect(heard('no wait, 8', 'child.age', given('carer.hours', 60))).toMatchObject({
      type: 'answer',
      fact: 'carer.hours',
      answer: { value: 8 },
    });
  });
});

describe('a correction of a number that was told before', () => {
  const TOLD: readonly Given[] = [
    given('carer.hours', 60),
    AGE,
    given('child.school_trouble', ['part_time']),
    given('carer.work', ['employed']),
  ];

  test.each([
    ['en', 'no wait, 9', 9],
    ['en', 'no wait, nine', 9],
    ['en', 'I meant 9', 9],
    ['en', "no wait, he's 4", 4],
    ['en', 'he is 4 not 6', 4],
    ['en', "she's 4, not 6", 4],
    ['en', 'not 6, 4', 4],
    ['en', 'he is 4 not 5', 4],
    ['cy', 'na sori, 9', 9],
    ['cy', 'mae o yn 4 oed, nid 6', 4],
    ['pl', 'nie czekaj, 9', 9],
    ['pl', 'ma 4 lata, nie 6', 4],
    ['pl', 'nie 6, tylko 4', 4],
    ['ur', 'نہیں رکو، 9', 9],
    ['ur', '4 سال کا ہے، 6 کا نہیں', 4],
    ['ur', '6 نہیں 4', 4],
    ['bn', 'না দাঁড়ান, ৯', 9],
    ['bn', '৬ না, ৪', 4],
    ['ar', 'لا، ٩', 9],
    ['ar', 'عمره ٤ مو ٦', 4],
  ] as const)('in %s: %s', (code, text, value) => {
    for (const open of ['household.nation', 'child.difficulties', 'child.ehc', 'child.extra_care'])
      for (const isNumbered of [false, true])
        for (const log of [
          TOLD,
          [...TOLD, given('household.nation', 'wales')].filter((one) => one.fact !== open),
        ])
          expect(heardAfter(text, open, log, code, isNumbered)).toMatchObject({
            type: 'answer',
            fact: 'child.age',
            answer: { value },
            saysBack: true,
          });
  });

  test('of the only number that it can be', () => {
    for (const text of ['no wait, 50 hours', 'no wait, 50', '50 hours, not 60'])
      expect(heardAfter(text, 'household.nation', TOLD)).toMatchObject({
        type: 'answer',
        fact: 'carer.hours',
        answer: { value: 50 },
        saysBack: true,
      });
  });

  test('is for the open question where we could not read the last try', () => {
    const message = heardAfter(
      'sorry, 20',
      'carer.hours',
      [AGE, given('carer.work', ['none'])],
      'en',
      false,
      1,
    );
    expect(message).toMatchObject({ type: 'answer', fact: 'carer.hours', answer: { value: 20 } });
  });

  test('is never an option where no number was told', () => {
    for (const [text, open] of [
      ['no wait, 9', 'child.difficulties'],
      ['no wait, 8', 'child.ehc'],
    ] as const)
      expect(heardAfter(text, open, [given('household.nation', 'wales')], 'en', true)).toMatchObject({
        type: 'unreadable',
        fact: open,
      });
  });

  test('and what denies another number corrects nothing', () => {
    for (const text of ['he wakes 4 times not 5', 'in bed after 6, up at 5', '6 or 7'])
      expect(heardAfter(text, 'household.nation', TOLD)).not.toMatchObject({ type: 'answer' });
  });
});

describe('what begins like a correction and answers what is asked', () => {
  test.each([
    ['actually yes', 'child.extra_care', AGE, 'yes'],
    ['no wait, wales', 'household.nation', AGE, 'wales'],
    ['nope', 'child.extra_care', AGE, 'no'],
    ['sorry, no', 'child.extra_care', given('carer.no_public_funds', 'yes'), 'no'],
  ])('%s (%s)', (text, open, last, value) => {
    expect(heard(text, open, last)).toMatchObject({ type: 'answer', fact: open, answer: { value } });
  });

  test.each([
    ['pl', 'raczej nie', 'no'],
    ['pl', 'raczej tak', 'yes'],
    ['ur', 'نہیں نہیں', 'no'],
    ['bn', 'না না', 'no'],
    ['ar', 'لا لا', 'no'],
  ])('in %s: %s', (code, text, value) => {
    for (const other of ['yes', 'no'])
      expect(heard(text, 'child.extra_care', given('carer.no_public_funds', other), code)).toMatchObject({
        type: expect.stringMatching(/^(answer|hedged)$/),
        fact: 'child.extra_care',
        answer: { value },
      });
  });

  test('what fits neither is asked again, and is no "no"', () => {
    for (const open of ['child.dla_care', 'child.school_trouble'])
      expect(heard('no wait, 8', open, given('household.nation', 'wales'))).toMatchObject({
        type: 'unreadable',
        fact: open,
      });
  });
});

describe('a number alone', () => {
  test.each(['child.dla_care', 'child.school_trouble', 'household.nation', 'carer.role'])(
    'is no choice where none were shown: %s',
    (open) => {
      for (const text of ['2', '8', 'two', '1, 2'])
        expect(heard(text, open, AGE)).toMatchObject({ type: 'unreadable', fact: open });
    },
  );

  test('is one where they were shown', () => {
    expect(heard('2', 'household.nation', AGE, 'en', true)).toMatchObject({
      type: 'answer',
      answer: { value: 'wales' },
    });
  });
});

describe('numbers that correct nothing', () => {
  const SEVEN = given('child.age', 7);
  const ENGLAND = given('household.nation', 'england');

  test.each([
    ['my 7 year old needs 20 hours of care, not less', 20],
    ['I care for my 7 year old 20 hours, not more', 20],
    ['sorry, 12', 12],
    ['actually about 10', 10],
  ])('"%s" answers the open question', (text, value) => {
    expect(heardAfter(text, 'carer.hours', [SEVEN, ENGLAND])).toMatchObject({
      type: 'answer',
      fact: 'carer.hours',
      answer: { value },
    });
  });

  test('what is told beside a correction is heard', () => {
    const eight = given('child.age', 8);
    expect(heardAfter('he is 4, not 8, and I get universal credit', 'carer.hours', [eight])).toMatchObject({
      type: 'answer',
      fact: 'child.age',
      answer: { value: 4 },
      also: [{ fact: 'carer.benefits' }],
    });
  });

  test('an answer beside the wish to talk to somebody is heard', () => {
    expect(heardAfter('20 hours, can someone call me', 'carer.hours', [SEVEN])).toMatchObject({
      type: 'answer',
      fact: 'carer.hours',
    });
  });
});

describe('"no wait", and nothing after it', () => {
  test.each([
    ['en', 'no wait'],
    ['en', 'No, wait!'],
    ['en', 'hang on a sec'],
    ['en', 'sorry, one minute'],
    ['cy', 'na aros'],
    ['pl', 'nie, czekaj'],
    ['ur', 'نہیں رکو'],
    ['ur', 'nahi ruko'],
    ['bn', 'না দাঁড়ান'],
    ['ar', 'لا استنى'],
  ])('is no "no": the question stays (%s: %s)', (code, text) => {
    for (const open of ['child.dla_care', 'carer.hours', 'household.nation', 'child.extra_care'])
      expect(heard(text, open, AGE, code), open).toEqual({
        type: 'unreadable',
        notice: 'go_on_here',
        fact: open,
        child: 0,
      });
  });

  test.each([
    ['en', 'waiting'],
    ['en', 'still waiting'],
    ['pl', 'czekam'],
    ['cy', "dan ni'n aros"],
    ['cy', 'aros'],
    ['ur', 'intezar hai'],
  ])('who waits for a decision says so (%s: %s)', (code, text) => {
    expect(heard(text, 'child.dla_care', AGE, code)).toMatchObject({ answer: { value: 'waiting' } });
  });
});

test.each([
  ['en', 'no,8'],
  ['en', 'no. 8'],
  ['en', 'No 8!'],
  ['en', 'no wait,8'],
  ['pl', 'nie, 8'],
  ['cy', 'na, 8'],
  ['ur', 'نہیں، 8'],
  ['bn', 'না, ৮'],
  ['ar', 'لا، 8'],
])('a number after a "no" is put in the place of the one before (%s: %s)', (code, text) => {
  expect(heard(text, 'child.dla_care', AGE, code)).toMatchObject({
    type: 'answer',
    fact: 'child.age',
    answer: { value: 8 },
    saysBack: true,
  });
});
