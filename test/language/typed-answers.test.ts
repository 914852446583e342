/** What parents type for an answer, that looks like another one. */
import { describe, expect, test } from 'vitest';
import { type Message, turn } from '../../src/engine/conversation.ts';
import { content, conversationAt, heardIn, language, NOW } from './real-language.ts';

/** @returns what a message is taken for while this question is open. */
function heard(text: string, fact: string, code = 'en'): Message {
  return heardIn(conversationAt(fact, code), text);
}

describe('"no" before what is hard', () => {
  test.each([
    ['no sleep at all', 'child.difficulties'],
    ['no friends', 'child.difficulties'],
    ['no sense of danger', 'child.difficulties'],
    ['no awareness of danger', 'child.difficulties'],
    ['no appetite', 'child.difficulties'],
    ['no toilet problem, just wont eat', 'child.difficulties'],
    ['dim ffrindiau', 'child.difficulties', 'cy'],
    ['nie śpi wcale', 'child.difficulties', 'pl'],
    ['no 1 to 1', 'child.school_trouble'],
    ['no friends', 'child.school_trouble'],
    ['no toilet help', 'child.school_trouble'],
  ])('is not "none of these": %s (%s)', (text, fact, code = 'en') => {
    expect(heard(text, fact, code)).not.toMatchObject({ answer: { value: ['none'] } });
  });

  test.each([
    ['no sleep at all', 'sleep'],
    ['she doesnt sleep', 'sleep'],
    ['no friends', 'social_attention'],
  ])('may name it: %s', (text, option) => {
    expect(heard(text, 'child.difficulties')).toMatchObject({ type: 'answer', answer: { value: [option] } });
  });

  test.each(['no', 'no thanks', 'no problems', 'nope nothing like that', 'no its all fine', 'none of these'])(
    'and nothing else is none: %s',
    (text) => {
      for (const fact of ['child.difficulties', 'child.school_trouble'])
        expect(heard(text, fact)).toMatchObject({ type: 'answer', fact, answer: { value: ['none'] } });
    },
  );
});

describe('a class at school is no age', () => {
  test.each([
    ['en', 'year 3'],
    ['en', 'yr 3'],
    ['en', 'yr3'],
    ['en', 'hes in year 5'],
    ['en', 'reception'],
    ['en', 'P3'],
    ['cy', 'blwyddyn 3'],
    ['pl', 'klasa 3'],
    ['pl', '3 klasa'],
    ['ur', 'کلاس 3'],
    ['bn', 'ক্লাস ৩'],
    ['ar', 'الصف 3'],
  ])('in %s: %s', (code, text) => {
    expect(heard(text, 'child.age', code)).toMatchObject({ type: 'unreadable', notice: 'age_in_years' });
  });

  test.each([
    ['8, in year 3', 8],
    ['8 primary school', 8],
    ['8 reception', 8],
    ['7 years old year 3', 7],
    ['8 (year 4)', 8],
    ['age 8 year 3', 8],
    ['8 class 3', 8],
    ['9, third grade', 9],
    ['yr 3, 8', 8],
    ['year 3 age 8', 8],
    ['hes 8 in P4', 8],
    ['nearly 12, year 6', 11],
    ['8 year old in year 3', 8],
    ['1 year 3 months', 1.25],
    ['a year and 3 months', 1.25],
    ['7 years', 7],
  ])('%s is %d', (text, value) => {
    expect(heard(text, 'child.age')).toMatchObject({ type: 'answer', answer: { value } });
  });

  test.each([
    ['cy', '8 mlwydd blwyddyn 4'],
    ['cy', '8 (blwyddyn 4)'],
    ['cy', '8 oed, dosbarth 3'],
    ['cy', '8 ysgol gynradd'],
    ['pl', '8 lat klasa 2'],
    ['pl', '2 klasa 8 lat'],
    ['pl', '8 lat, druga klasa'],
    ['pl', '8 (klasa 2)'],
    ['pl', '8 zerówka'],
    ['ur', '8 سال کلاس 3'],
    ['ur', '8 (جماعت 3)'],
    ['ur', '8 سال، تیسری جماعت'],
    ['ur', '8 saal class 3'],
    ['ur', '8 پرائمری سکول'],
    ['bn', '৮ বছর ক্লাস ৩'],
    ['bn', '৮ (ক্লাস ৩)'],
    ['bn', '৮ বছর, তৃতীয় শ্রেণি'],
    ['bn', '৮ প্রাইমারি স্কুল'],
    ['ar', '8 سنوات الصف 3'],
    ['ar', '٨ (الصف ٣)'],
    ['ar', 'عمره 8 الصف الثالث'],
    ['ar', '8 سنين 3 ابتدائي'],
    ['ar', '8 الروضة'],
  ])('beside it the age is read, in %s: %s', (code, text) => {
    expect(heard(text, 'child.age', code)).toMatchObject({ type: 'answer', answer: { value: 8 } });
  });

  test.each([
    ['en', '1 year 3'],
    ['en', '8-9 year 4'],
  ])('what is not clear stays so, in %s: %s', (code, text) => {
    expect(heard(text, 'child.age', code)).not.toMatchObject({ type: 'answer' });
  });
});

test.each([
  ['en', '3 hours a night'],
  ['en', '3 hours every night'],
  ['cy', '3 awr bob nos'],
  ['pl', '3 godziny każdej nocy'],
  ['ur', 'har raat 3 ghante'],
  ['ur', 'رات کو 3 گھنٹے'],
])('hours a night are hours of each day, in %s: %s', (code, text) => {
  expect(heard(text, 'carer.hours', code)).toMatchObject({ type: 'answer', answer: { value: 21 } });
});

test.each([
  ['en', 'we waited 18 months for the assessment and got diagnosed in june', false],
  ['en', 'we are waiting for the autism assessment', true],
  ['en', 'weve waited 18 months for an autism assessment', true],
  ['ur', 'assessment ka intezar kiya aur june mein diagnosis ho gaya', false],
  ['ar', 'انتظرنا سنتين للتقييم وتشخص', false],
])('a wait that is over is none, in %s: %s', (code, text, waits) => {
  const { told } = language.telling(text, code, '2026-11-22');
  const waiting = { fact: 'child.diagnosis', child: 0, answer: { value: 'waiting' } };
  if (waits) expect(told).toContainEqual(waiting);
  else expect(told).not.toContainEqual(waiting);
});

test.each([
  ['6 hours a night', 'carer.hours', 42],
  ['£850 a month', 'carer.weekly_earnings', 196.15],
  ['18 months', 'child.age', 1.5],
  ["she'll be nine at easter", 'child.age', 8],
  ['12 next month', 'child.age', 11],
  ['about to be 3', 'child.age', 2],
  ['nearly 4', 'child.age', 3],
])('a number that was converted is said back: %s', (text, fact, value) => {
  const { replies } = turn(content.model, conversationAt(fact, 'en'), heard(text, fact), NOW);
  expect(replies).toContainEqual({
    kind: 'notice',
    notice: 'heard',
    given: [{ fact, child: 0, answer: { value } }],
  });
});

test.each([
  ['8', 'child.age'],
  ["he's eight", 'child.age'],
  ['60 hours', 'carer.hours'],
  ['£120.50 a week', 'carer.weekly_earnings'],
])('a number as it was typed is not: %s', (text, fact) => {
  const { replies } = turn(content.model, conversationAt(fact, 'en'), heard(text, fact), NOW);
  expect(replies.map(({ kind }) => kind)).not.toContain('notice');
});

test.each([
  ['12 this month', 12],
  ['turned 8 in june', 8],
  ['she was 8 on monday', 8],
])('"%s" is the age that they are', (text, value) => {
  expect(heard(text, 'child.age')).toMatchObject({ type: 'answer', answer: { value } });
});

test.each([
  ['en', '£850 a month gross'],
  ['en', '£250 a week before tax'],
])('pay before tax is asked for after tax (%s: %s)', (code, text) => {
  expect(heard(text, 'carer.weekly_earnings', code)).toMatchObject({
    type: 'unreadable',
    notice: 'take_home',
    fact: 'carer.weekly_earnings',
  });
});

describe('a number of something else is no answer', () => {
  test.each([
    ['my son is 8 and gets middle rate DLA, i earn 100 a week', 8],
    ["she's 6 and i earn £300 a week", 6],
    ["she's 8, been waiting 18 months", 8],
    ['18 months', 1.5],
    ['shes 18 months bless her', 1.5],
    ['6 weeks', 0.1154],
  ])('of an age: %s is %d', (text, value) => {
    expect(heard(text, 'child.age')).toMatchObject({ type: 'answer', answer: { value } });
  });

  test.each([
    ['child.age', 'i earn 100 a week'],
    ['child.age', 'i earn 40 a week'],
    ['child.age', "we've been waiting 18 months"],
    ['child.age', 'czekamy 18 miesięcy', 'pl'],
    ['carer.hours', 'i work 16 hours'],
    ['carer.hours', '16 hours at work'],
    ['carer.hours', 'i get 16 hours respite'],
    ['carer.hours', 'he is at school 30 hours'],
    ['carer.hours', 'i get 4 hours sleep'],
    ['carer.hours', 'dwin gweithio 16 awr', 'cy'],
    ['carer.hours', 'pracuję 16 godzin', 'pl'],
    ['carer.hours', 'main 16 ghante kaam karti hun', 'ur'],
    ['carer.hours', 'میں 16 گھنٹے کام کرتی ہوں', 'ur'],
    ['carer.hours', 'ami 16 ghonta kaj kori', 'bn'],
    ['carer.hours', 'আমি ১৬ ঘণ্টা কাজ করি', 'bn'],
    ['carer.hours', 'بشتغل 16 ساعة', 'ar'],
    ['carer.weekly_earnings', 'i get 340 UC a month'],
    ['carer.weekly_earnings', '340 zasiłku miesięcznie', 'pl'],
    ['carer.weekly_earnings', '340 o gredyd cynhwysol', 'cy'],
  ])('%s: %s', (fact, text, code = 'en') => {
    expect(heard(text, fact, code)).not.toMatchObject({ type: expect.stringMatching(/answer|hedged/) });
  });

  test.each([
    ['i work 16 hours and care 40', 40],
    ['16 hours work 40 hours care', 40],
    ['i look after him 60 hours', 60],
    ['ami 40 ghonta dekhashona kori', 40, 'bn'],
    ['opiekuję się 40 godzin i pracuję 16', 40, 'pl'],
    ['50 hours, he never sleeps', 50],
    ['40 hours when he is not at school', 40],
    ['i dont work, 60 hours', 60],
  ])('of care: %s is %d', (text, value, code = 'en') => {
    expect(heard(text, 'carer.hours', code)).toMatchObject({ type: 'answer', answer: { value } });
  });
});

describe('a bound or a range is asked about, never taken', () => {
  test.each([
    ['less than 35', 35],
    ['under 35', 35],
    ['nowhere near 35', 35],
    ['at least 50', 50],
    ['up to 20 hours', 20],
    ['35 hours or more', 35],
    ['llai na 35', 35, 'cy'],
    ['o leiaf 35 awr', 35, 'cy'],
    ['poniżej 35', 35, 'pl'],
    ['co najmniej 35 godzin', 35, 'pl'],
    ['35 سے کم', 35, 'ur'],
    ['35 se kam', 35, 'ur'],
    ['kam az kam 35 ghante', 35, 'ur'],
    ['৩৫ এর কম', 35, 'bn'],
    ['35 er kom', 35, 'bn'],
    ['কমপক্ষে ৩৫ ঘণ্টা', 35, 'bn'],
    ['أقل من 35', 35, 'ar'],
    ['a2al men 35', 35, 'ar'],
    ['40 to 50 hours', 45],
    ['between 40 and 50 hours', 45],
    ['between fifty and sixty', 55],
    ['anything from 40 to 60', 50],
    ['it varies, 20 to 30 hours', 25],
  ])('hours: %s is perhaps %d', (text, value, code = 'en') => {
    expect(heard(text, 'carer.hours', code)).toMatchObject({ type: 'hedged', answer: { value } });
  });

  test.each([
    ['more than 204', 204],
    ['over £204 a week', 204],
    ['mwy na 204', 204, 'cy'],
    ['ponad 204', 204, 'pl'],
    ['204 سے زیادہ', 204, 'ur'],
    ['204 se zyada', 204, 'ur'],
    ['২০৪ এর বেশি', 204, 'bn'],
    ['204 er beshi', 204, 'bn'],
    ['أكثر من 204', 204, 'ar'],
    ['aktar men 204', 204, 'ar'],
    ['between £150 and £200', 175],
    ['£150-£200', 175],
    ['between 600 and 800 a month', 161.54],
  ])('earnings: %s is perhaps %d', (text, value, code = 'en') => {
    expect(heard(text, 'carer.weekly_earnings', code)).toMatchObject({ type: 'hedged', answer: { value } });
  });

  test('of an age too, but not what is nearly so', () => {
    expect(heard('under 8', 'child.age')).toMatchObject({ type: 'hedged', answer: { value: 8 } });
    expect(heard('coming up to 8', 'child.age')).toMatchObject({ type: 'answer', answer: { value: 7 } });
    expect(heard('8 and under CAMHS', 'child.age')).not.toMatchObject({ type: 'hedged' });
  });

  test.each([
    ['7 and 9', 'child.age'],
    ['9 to 5', 'carer.hours'],
  ])('no range: %s', (text, fact) => {
    expect(heard(text, fact)).not.toMatchObject({ type: expect.stringMatching(/answer|hedged/) });
  });

  test.each(['about 40 to be honest', '40 to 40', '40 hours to him'])('hours without one: %s', (text) => {
    expect(heard(text, 'carer.hours')).not.toMatchObject({ type: 'hedged' });
  });
});

test('"no plan yet" of who has applied for one is no end of it', () => {
  for (const text of ['no plan yet but school applied', 'havent got one, school has applied'])
    expect(heard(text, 'child.ehc')).toMatchObject({ answer: { value: 'asked' } });
  expect(heard('no plan yet', 'child.ehc')).toMatchObject({ answer: { value: 'none' } });
});

test.each([
  ['about a grand a month', 230.77],
  ['a grand a month', 230.77],
  ['12k a year', 230.77],
  ['£1.2k a month', 276.92],
])('thousands of pounds: %s is %d a week', (text, value) => {
  expect(heard(text, 'carer.weekly_earnings')).toMatchObject({ type: 'answer', answer: { value } });
});

test.each(['im grand', 'thats grand'])('who is well earns no thousand: %s', (text) => {
  expect(heard(text, 'carer.weekly_earnings')).not.toMatchObject({
    type: expect.stringMatching(/answer|hedged/),
  });
});

test('a place answers where they live, and tells their council', () => {
  expect(heard('bristol', 'household.nation')).toMatchObject({
    type: 'answer',
    fact: 'household.nation',
    answer: { value: 'england' },
    also: [{ fact: 'household.area', answer: { value: 'E06000023' } }],
  });
});

test.each([
  ['pl', 'nie', 'household.nation'],
  ['pl', 'jeszcze nie', 'household.nation'],
])('a "no" is no Northern Ireland (%s: %s)', (code, text, fact) => {
  expect(heard(text, fact, code)).toMatchObject({ type: 'unreadable' });
});

test('"not yet" is a no where there is one (ur)', () => {
  expect(heard('abhi nahi', 'child.diagnosis', 'ur')).toMatchObject({ answer: { value: 'no' } });
});
