import { beforeAll, describe, expect, test } from 'vitest';
import type { Content } from '../../src/content/content.ts';
import { openContent } from '../../src/content/open.ts';
import { detectDanger } from '../../src/language/danger.ts';
import { faultInPattern } from '../../src/language/patterns.ts';
import { measured } from '../measured.ts';

/** The lexicons of locales/, as they stand. */
let content: Content;
beforeAll(async () => {
  content = (await openContent(new URL('../..', import.meta.url).pathname)).content;
});

test('every pattern can be read, and every kind has an answer', () => {
  const faults = [...content.languages.values()].flatMap(({ code, danger }) =>
    danger.flatMap(({ kind, patterns, unless = [], with: needed = [], near = [] }) => [
      ...(content.dangers.has(kind) ? [] : [`${code}: ${kind}`]),
      ...[...patterns, ...unless, ...needed, ...near.flat()].flatMap((pattern) => {
        const fault = faultInPattern(pattern);
        return fault ? [`${code}: "${pattern}": ${fault}`] : [];
      }),
    ]),
  );
  expect(faults).toEqual([]);
});

describe('plain sayings bring help', () => {
  test.each([
    ['I want to die', 'parent-suicide'],
    ['I’m going to kill myself', 'parent-suicide'],
    ['im gonna top myself', 'parent-suicide'],
    ['they would be better off without me', 'parent-suicide'],
    ["I don't want to be here anymore", 'parent-suicide'],
    ['I feel suicidal', 'parent-suicide'],
    ['I just want to go to sleep and never wake up', 'parent-suicide'],
    ['I have been counting my tablets', 'parent-suicide'],
    ['id take him with me', 'parent-suicide'],
    ['my son says he wants to die', 'child-suicide-self-harm'],
    ['she is 9 and she has been cutting herself', 'child-suicide-self-harm'],
    ['found cuts on her arms', 'child-suicide-self-harm'],
    ["I'm scared I will hurt her", 'fear-of-hurting-child'],
    ['I shook him', 'fear-of-hurting-child'],
    ['the escort touched her private parts', 'child-being-hurt'],
    ['my husband hits me', 'domestic-abuse'],
    ['he puts his hands round my neck', 'domestic-abuse'],
    ['my partner controls my money and checks my phone', 'domestic-abuse'],
    ["I'm scared of my ex", 'domestic-abuse'],
    ['my son hits me', 'violence-by-child'],
    ['he has got a knife and he is threatening us', 'life-at-risk'],
    ['he is not breathing', 'life-at-risk'],
    ['she has taken an overdose', 'life-at-risk'],
    ['we have no food in the house', 'no-food-heat-roof'],
    ["I can't feed my kids tonight", 'no-food-heat-roof'],
    ['we are homeless tonight', 'no-food-heat-roof'],
  ])('%s', (text, kind) => {
    expect(detectDanger(text, content)?.kind).toBe(kind);
    expect(detectDanger(text.toUpperCase(), content)?.kind).toBe(kind);
  });
});

describe('sayings and words of the field do not', () => {
  test.each([
    'this form is killing me',
    'dying for a break',
    'dying to get an EHCP',
    'what is the drop-dead date for the appeal',
    'he has a life-limiting condition',
    'where is the school self-harm policy',
    'I could murder a cuppa',
    'scared to death of the tribunal',
    'bored to death',
    'over my dead body',
    'I am dead tired',
    'we hit a dead end with the council',
    'shoot me an email',
    'kill two birds with one stone',
    'drowning in paperwork',
    'hit a brick wall with the LA',
    'what is the cut-off date',
    'having his hair cut is a meltdown',
    'they cut our hours',
    'he has been hitting his milestones',
    'beat the system',
    'suicide prevention training for staff',
    'what kms can I claim for hospital travel',
    'knife and fork skills',
    'child protection conference date',
    'my favourite colour is blue',
  ])('%s', (text) => {
    expect(detectDanger(text, content)?.level).not.toBe('interrupt');
    expect(detectDanger(text, content)).toBeNull();
  });
});

describe('everyday words that happen to stand together are no danger', () => {
  test.each([
    'one day he will talk, I am sure of it',
    'she says she can do it again next week',
    'got to go now, bye',
    'we have to leave at 8 to get there',
    'I am only here because school told me to look',
    "he's better when I sit with him",
    "I don't know how I would do it without my mum",
    'there is no place for him at any special school',
    'my husband helps when he comes home',
    'my partner works and I have got all the benefits in my name',
    'have you got a date and time for the coffee morning',
    'need to get him from school before I go to work',
    "we've been to hospital with my son four times this month",
    "can't get him to speak in class",
    'he wants out all day, loves the garden',
    "can't leave him with anyone so I have to take him with me",
    'the only thing he will eat is plain pasta',
    "she's still in our room, kids sleep in our room",
    'we started on his ehcp in january',
    "I don't know where to go for help with the kids",
  ])('%s', (text) => {
    expect(detectDanger(text, content)?.level).not.toBe('interrupt');
  });
});

describe('what is told of the past, of a film or as denied is a question at most', () => {
  test.each([
    'The GP asked if I ever felt suicidal and I said no',
    "I don't want to die or anything like that, I'm just fed up with the form",
    "My dad used to hit us when we were kids, I'd never do that",
    'no more cutting for over a year, she is doing her GCSEs now',
    'we watched that programme about missing children last night',
  ])('%s', (text) => {
    expect(detectDanger(text, content)?.level).not.toBe('interrupt');
  });
  test.each([
    'crisis team discharged me and i still want to die',
    'I was suicidal years ago but tonight I want to kill myself',
    'I read about a mum who did it and I want to die',
  ])('but not where it is so today: %s', (text) => {
    expect(detectDanger(text, content)?.level).toBe('interrupt');
  });
});

test('what stands among the examples is known', () => {
  const all = [...content.languages.values()].flatMap(({ examples: { danger = {}, calm = [] } }) => [
    ...Object.values(danger).flatMap((texts) => texts.map((text) => ({ text, isDanger: true }))),
    ...calm.map((text) => ({ text, isDanger: false })),
  ]);
  const some = all.filter((_, i) => i % 20 === 0);
  const wrong = some.filter(
    ({ text, isDanger }) => (detectDanger(text, content)?.level === 'interrupt') !== isDanger,
  );
  expect(some.length).toBeGreaterThan(2000);
  expect(wrong.length).toBeLessThan(some.length / 100);
});

test('2,000 characters are read, hostile ones too (goal: under 5 ms)', () => {
  const texts = [
    'my son is seven and the school will not help us and i am tired of asking and '.repeat(26),
    'i want to '.repeat(200),
    'he she i my son daughter says has got a the '.repeat(46),
    'want '.repeat(400),
    'a'.repeat(2000),
    'k1ll '.repeat(400),
  ].map((text) => text.slice(0, 2000));
  for (const text of texts) {
    for (let i = 0; i < 15; i++) detectDanger(text, content);
    const times = Array.from({ length: 15 }, () => {
      const start = performance.now();
      detectDanger(text, content);
      return performance.now() - start;
    }).sort((a, b) => a - b);
    measured(`danger in "${text.slice(0, 20)}"`, times[7] as number, 5);
  }
});
