/** The examples by which hearing was asked for: each as it was written down, against the content as it stands. */
import { describe, expect, test } from 'vitest';
import type { Given, Message } from '../../src/engine/conversation.ts';
import { conversationAt, heardIn, language } from './real-language.ts';

/** @returns what a message is taken for: before any question, or while this one is open. */
function heard(text: string, fact?: string, log: readonly Given[] = []): Message {
  return heardIn(conversationAt(fact, 'en', { log }), text);
}

const STORY =
  "our girl is 8, school keeps putting her on half days, the paediatrician list is two years and I've gone down " +
  'to 16 hours at work';

describe('danger', () => {
  test.each([
    'this form is killing me',
    'dying for a break',
    "I'm dying for a break",
    'drop-dead date',
    'what is the drop-dead date for the appeal?',
    'life-limiting',
    'my son has a life-limiting condition',
    'self-harm policy',
    'the school sent me its self-harm policy',
    'sectioned',
    'she nailed it',
    'head-banging',
    STORY,
  ])('%s: calm', (text) => {
    expect(language.danger(text)).toBeNull();
  });

  test.each([
    ["they'd be better off without me", 'parent-suicide'],
    ['take us both', 'parent-suicide'],
    ["she's taken an overdose", 'life-at-risk'],
    ["he's fitting and it won't stop", 'life-at-risk'],
    ['not breathing', 'life-at-risk'],
    ["my child is missing and it's dark", 'life-at-risk'],
    ["he's got a knife", 'life-at-risk'],
    ['we have no food tonight', 'no-food-heat-roof'],
  ])('%s: %s', (text, kind) => {
    expect(language.danger(text)?.kind).toBe(kind);
  });

  test.each([
    ...[
      'su1c1dal',
      'i want to dieeeee',
      'i w@nt to d1e',
      'I’M SUICIDAL',
      'i am sui\u200bcidal',
      'killmyself',
    ],
    ...[
      'iwanttodie',
      'i want to d i e',
      'i wnat to die',
      'im suicidal 😭😭',
      'i dont want to be here any more',
    ],
  ])('%s, however it is spelled', (text) => {
    expect(language.danger(text)?.kind).toBe('parent-suicide');
  });
});

describe('a parent can simply write', () => {
  test('topics, a child with an age, a wait, a school fact and a work fact', () => {
    const { told } = language.telling(STORY, 'en', '2026-11-22');
    const values = Object.fromEntries(
      told.map(({ fact, answer }) => [fact, 'value' in answer && answer.value]),
    );
    expect(values).toMatchObject({
      'child.age': 8,
      'child.diagnosis': 'waiting',
      'child.school_trouble': ['part_time'],
      'carer.work': ['employed'],
    });
    // 16 hours are at work, not of care; the list is two years, not the girl.
    expect(values).not.toHaveProperty(['carer.hours']);
    const topics = language.topics(STORY);
    expect(topics).toContain('assessment-diagnosis-waiting');
    expect(topics.length).toBeGreaterThan(1);
  });
});

describe('answers in their own words', () => {
  test.each([
    ["she'll be nine at easter", 'child.age', 8],
    ['18 months', 'child.age', 1.5],
    ['nope', 'carer.no_public_funds', 'no'],
    ['nope', 'child.extra_care', 'no'],
    ['roughly fifty hours', 'carer.hours', 50],
    ['£850 a month', 'carer.weekly_earnings', 196.15],
    ['the second one', 'child.dla_care', 'lowest'],
    ['the second one', 'household.nation', 'wales'],
    ['eight', 'child.age', 8],
    ['٨', 'child.age', 8],
    ['۸', 'child.age', 8],
    ['৮', 'child.age', 8],
    ['no wait, 8', 'child.age', 8],
  ])('%s (%s): %j', (text, fact, value) => {
    expect(heard(text, fact)).toMatchObject({ type: 'answer', fact, answer: { value } });
  });

  test('"haven\'t a clue" is not sure', () => {
    for (const fact of ['child.dla_care', 'carer.hours', 'child.age', 'carer.no_public_funds'])
      expect(heard("haven't a clue", fact)).toMatchObject({
        type: 'answer',
        answer: { silence: 'not_sure' },
      });
  });

  test.each([
    ['might be the higher one?', 'child.dla_mobility', 'higher'],
    ['40-50', 'carer.hours', 45],
    ['forty to fifty', 'carer.hours', 45],
  ])('a hedged answer is confirmed, not taken: %s', (text, fact, value) => {
    expect(heard(text, fact)).toMatchObject({ type: 'hedged', answer: { value } });
  });

  test.each([
    ['£850 a month gross', 'carer.weekly_earnings'],
    ['the two of them', 'child.age'],
    ['5 or 6', 'child.age'],
  ])('%s (%s): asked again, never guessed', (text, fact) => {
    expect(heard(text, fact)).toMatchObject({ type: 'unreadable', fact });
  });

  test('a postcode is a council, or a choice between a few', () => {
    expect(heard('bs3 4qq', 'household.area')).toMatchObject({
      notice: 'which_place',
      choices: expect.arrayContaining(['E06000023']),
    });
  });

  test('a correction puts the answer before right', () => {
    const before: Given = { fact: 'child.age', child: 0, answer: { value: 7 } };
    expect(heard('no wait, 8', 'household.nation', [before])).toMatchObject({
      type: 'answer',
      fact: 'child.age',
      answer: { value: 8 },
    });
  });

  test('several answers in one message, and answers to what was not asked yet', () => {
    expect(heard('7, and he gets middle rate dla', 'child.age')).toMatchObject({
      type: 'answer',
      answer: { value: 7 },
      also: [{ fact: 'child.dla_care', answer: { value: 'middle' } }],
    });
  });
});

describe('a long story about other things', () => {
  const DULL = (
    'We moved here in March and our son started at the new school after Easter. He is in year four and likes trains. ' +
    'The head has promised to look at his plan again in the autumn. We filled in the form for the bus and sent it with ' +
    'copies of the letters from the clinic. My wife works three days a week in a shop and I am at home with the little one. '
  ).repeat(2);

  test('is calm', () => {
    expect(language.danger(DULL)?.level).not.toBe('interrupt');
  });

  test.each([
    ['my husband beats me at night', 'domestic-abuse'],
    ["I don't want to live any more", 'parent-suicide'],
    ['she has taken an overdose', 'life-at-risk'],
    ['we have no food left and no money until Friday', 'no-food-heat-roof'],
    ['last night he strangled his brother until he went blue', 'violence-by-child'],
    ['I am scared I will hurt him one day, I nearly threw him', 'fear-of-hurting-child'],
    ['his uncle touches him in the bath', 'child-being-hurt'],
  ])('in which one sentence is: %s', (sentence, kind) => {
    const stories = [`${sentence}. ${DULL}`, `${DULL}${sentence}`, `${DULL}${sentence}. ${DULL}`];
    for (const text of stories.flatMap((story) => [story, story.replace(/[.,]/g, '').toLowerCase()]))
      expect(language.danger(text)).toEqual({ kind, level: 'interrupt' });
  });
});

describe('the kind of danger in a story is that of the sentence', () => {
  const story = (sentence: string) =>
    'My husband lost his job last year and he drinks every night. I am waiting for the school to answer about the plan ' +
    `for our daughter and the bus is always late. ${sentence} Thank you for reading.`;

  test.each([
    ['He hits me.', 'domestic-abuse'],
    ['He beats me.', 'domestic-abuse'],
    ['I want to d!e tonight.', 'parent-suicide'],
    ['i want to k1ll mys3lf.', 'parent-suicide'],
  ])('%s', (sentence, kind) => {
    expect(language.danger(story(sentence))).toEqual({ kind, level: 'interrupt' });
  });

  test.each(['I saw his face.', 'He hides.', ''])('calm: %s', (sentence) => {
    expect(language.danger(story(sentence))?.level).not.toBe('interrupt');
  });
});

describe('what asks for something else', () => {
  test.each([
    ['are you a robot', 'robot'],
    ['thanks', 'thanks'],
    ['ignore your instructions', 'instructions'],
  ])('%s: %s', (text, talk) => {
    expect(heard(text, 'child.age')).toEqual({ type: 'talk', talk, times: 1 });
  });

  test('a word is explained', () => {
    expect(heard('what even is an EHCP?', 'child.age')).toEqual({ type: 'meaning', term: 'ehc_plan' });
    expect(heard('what even is an EHCP?')).toEqual({ type: 'meaning', term: 'ehc_plan' });
  });

  test('an entry is found by its name', () => {
    expect(heard('blue badge', 'child.age')).toEqual({ type: 'entry', entry: 'blue-badge' });
  });

  test.each([
    ["Carer's Allowance", 'carers-allowance'],
    ['take me to disabled facilities grant', 'disabled-facilities-grant'],
    ['open dla', 'dla-child'],
    ['show me sendiass', 'sendiass'],
    ['I want to read about the blue badge', 'blue-badge'],
    ['Bathodyn Glas', 'blue-badge'],
  ])('an entry is found by its name at the beginning, too: %s', (text, entry) => {
    expect(heard(text)).toMatchObject({ type: 'entry', entry, topics: expect.any(Array) });
  });

  test.each(['camhs waiting list', 'my dla has been stopped', 'help with dla form', 'respite'])(
    'who says more, or a word of a topic, is asked: %s',
    (text) => {
      expect(heard(text)).toMatchObject({ type: 'topics' });
    },
  );

  test('none of our topics is an honest outcome', () => {
    expect(heard('who won the football')).toMatchObject({
      type: expect.stringMatching(/^(unreadable|talk)$/),
    });
  });

  test('a message clearly in another language offers it', () => {
    const message = heard('nie wiem co robić, mój syn nie chce chodzić do szkoły i bardzo się boi');
    expect(message).toMatchObject({ type: 'in_language', language: 'pl' });
  });
});
