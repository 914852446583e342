/** What is said where a question is open and does not answer it: doubts, apologies, asking back, hours of other things. */
import { describe, expect, test } from 'vitest';
import type { Given, Message } from '../../src/engine/conversation.ts';
import { content, conversationAt, heardIn, language } from './real-language.ts';

const DAY = '2026-11-22';

function heard(text: string, code: string, fact?: string, log: readonly Given[] = []): Message {
  return heardIn(conversationAt(fact, code, { log }), text);
}

/** @returns the facts that a first message tells. */
function told(text: string, code: string): Record<string, unknown> {
  return Object.fromEntries(
    language
      .telling(text, code, DAY)
      .told.map(({ fact, answer }) => [fact, 'value' in answer ? answer.value : answer.silence]),
  );
}

describe('a doubt is asked back, never taken for "not sure"', () => {
  test.each([
    ['en', 'maybe about 40 hours?'],
    ['en', 'maybe talking?'],
    ['en', 'maybe she has adhd'],
    ['en', 'perhaps autism'],
    ['en', 'possibly the council knows'],
    ['cy', 'efallai tua 40 awr?'],
    ['cy', 'falle awtistiaeth'],
    ['pl', 'może 40 godzin?'],
    ['pl', 'być może autyzm'],
    ['pl', 'chyba adhd'],
    ['ur', 'شاید 40 گھنٹے؟'],
    ['ur', 'shayad autism'],
    ['ur', 'ہو سکتا ہے آٹزم'],
    ['bn', 'হয়তো ৪০ ঘণ্টা?'],
    ['bn', 'hoyto autism'],
    ['bn', 'হতে পারে অটিজম'],
    ['ar', 'ممكن 40 ساعة؟'],
    ['ar', 'يمكن توحد'],
    ['ar', 'yemken autism'],
  ])('%s: %s, asked for the plan', (code, text) => {
    expect(heard(text, code, 'child.ehc').type).not.toBe('answer');
  });

  test.each([
    ['en', 'maybe talking?', 'talking'],
    ['en', 'maybe she has adhd', 'social_attention'],
    ['en', 'perhaps autism', 'social_attention'],
    ['cy', 'efallai awtistiaeth', 'social_attention'],
    ['pl', 'może autyzm', 'social_attention'],
    ['pl', 'być może autyzm', 'social_attention'],
    ['ur', 'شاید آٹزم', 'social_attention'],
    ['ur', 'shayad autism', 'social_attention'],
    ['bn', 'হয়তো অটিজম', 'social_attention'],
    ['bn', 'hoyto autism', 'social_attention'],
    ['ar', 'ممكن توحد', 'social_attention'],
    ['ar', 'yemken autism', 'social_attention'],
  ])('%s: %s, asked for what is hard', (code, text, value) => {
    const given = { fact: 'child.difficulties', child: 0, answer: { value: [value] } };
    expect(heard(text, code, 'child.difficulties')).toEqual({ type: 'hedged', ...given });
  });

  test.each([
    ['en', 'maybe'],
    ['en', 'hmm, perhaps?'],
    ['cy', 'efallai'],
    ['pl', 'być może'],
    ['pl', 'chyba'],
    ['ur', 'شاید'],
    ['ur', 'ho sakta hai'],
    ['bn', 'হয়তো'],
    ['bn', 'hote pare'],
    ['ar', 'يمكن'],
    ['ar', 'momken'],
  ])('%s: %s and nothing else is "not sure"', (code, text) => {
    expect(heard(text, code, 'child.ehc')).toMatchObject({ type: 'answer', answer: { silence: 'not_sure' } });
  });
});

describe('who is sorry names no sorrow', () => {
  test.each(['sorry', 'sorry sorry', 'oh sorry', "sorry, she's 9 not 8", 'actually make that 8, sorry'])(
    '%s',
    (text) => {
      expect(heard(text, 'en', 'child.difficulties')).not.toHaveProperty('answer.value', ['feelings']);
    },
  );

  test('a correction puts the last answer right', () => {
    const log = [{ fact: 'child.age', child: 0, answer: { value: 7 } }];
    expect(heard('actually make that 8, sorry', 'en', 'child.difficulties', log)).toMatchObject({
      type: 'answer',
      fact: 'child.age',
      answer: { value: 8 },
    });
  });

  test('no word of apology or correction is a slip of another word, in any language', () => {
    const wrong: string[] = [];
    for (const [code, { telling, answers }] of content.languages) {
      const plain = new Set([answers.yes, answers.no, answers.none].flatMap((list) => list ?? []));
      const words = (telling.words?.correction ?? []).filter(
        // Polish "czekaj" (wait) is also "czekają" (they are waiting), half typed.
        (one) => /^[^ ]{5,}$/u.test(one) && !plain.has(one) && one !== 'czekaj',
      );
      for (const fact of content.model.facts.map((one) => one.fact)) {
        if (fact.options.length < 3) continue;
        for (const word of words) {
          const answer = language.answer(word, fact.id, code, DAY, []);
          if (answer && 'value' in answer) wrong.push(`${code} ${fact.id} ${word}: ${String(answer.value)}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('who does not understand the question is told more of it', () => {
  test.each([
    ['en', "I don't get it"],
    ['en', "sorry I don't get it"],
    ['en', "sorry, I don't understand"],
    ['en', 'what do you mean'],
    ['en', 'what do you mean?'],
    ['en', "I don't understand the question"],
    ['en', "no I don't understand what you want from me"],
    ['en', 'what does that mean?'],
    ['en', 'can you explain that please'],
    ['cy', 'dwi ddim yn deall'],
    ['cy', "sori, dwi'm yn dallt y cwestiwn"],
    ['cy', 'beth ydych chi’n feddwl?'],
    ['pl', 'nie rozumiem'],
    ['pl', 'przepraszam, nie rozumiem pytania'],
    ['pl', 'o co chodzi?'],
    ['pl', 'co to znaczy?'],
    ['ur', 'سمجھ نہیں آیا'],
    ['ur', 'معاف کیجیے مجھے سوال سمجھ نہیں آیا'],
    ['ur', 'samajh nahi aya'],
    ['ur', 'آپ کا کیا مطلب ہے؟'],
    ['bn', 'বুঝলাম না'],
    ['bn', 'দুঃখিত, প্রশ্নটা বুঝতে পারছি না'],
    ['bn', 'bujhlam na'],
    ['bn', 'আপনি কী বলতে চান?'],
    ['ar', 'ما فهمت'],
    ['ar', 'عفوا لم أفهم السؤال'],
    ['ar', 'شو قصدك؟'],
    ['ar', 'ma fhemt'],
  ])('%s: %s', (code, text) => {
    const log = [{ fact: 'household.nation', child: 0, answer: { value: 'england' } }];
    for (const fact of ['child.ehc', 'child.difficulties', 'child.extra_care', 'child.age'])
      expect(heard(text, code, fact, log)).toEqual({
        type: 'unreadable',
        notice: 'talk_explain',
        fact,
        child: 0,
        times: 1,
      });
  });

  test('also in another language, which is offered', () => {
    expect(heard("sorry I don't get it", 'pl', 'child.ehc')).toMatchObject({
      type: 'in_language',
      language: 'en',
      message: { notice: 'talk_explain', fact: 'child.ehc' },
    });
  });

  test.each([
    ['a word of the glossary', 'what do you mean by EHCP?', { type: 'meaning' }],
    ['an answer', "we have a draft plan, I don't understand it", { answer: { value: 'draft' } }],
    ['who does not know', "I don't know", { answer: { silence: 'not_sure' } }],
  ])('but not %s', (_, text, message) => {
    expect(heard(text, 'en', 'child.ehc')).toMatchObject(message);
  });

  test('a no is no nation', () => {
    expect(heard('no', 'en', 'household.nation')).not.toHaveProperty('answer');
    expect(heard("I don't get", 'en', 'household.nation')).not.toHaveProperty('answer');
  });
});

describe('hours of other things are no hours of care', () => {
  test.each([
    ['en', 'he plays xbox 6 hours every night'],
    ['en', '6 hours a day on his ipad, I look after him'],
    ['en', 'he sleeps 3 hours a night and I look after him'],
    ['en', 'she is at school 6 hours a day and I care for her'],
    ['en', '3 hours every night'],
    ['en', 'she gets 10 hours of respite a week'],
    ['cy', 'mae o’n cysgu 3 awr bob nos'],
    ['cy', 'mae hi yn yr ysgol 6 awr y dydd a dwi’n gofalu amdani'],
    ['pl', 'syn śpi tylko 3 godziny każdej nocy'],
    ['pl', 'syn śpi 3 godziny dziennie a ja się nim opiekuję'],
    ['ur', 'وہ روزانہ 3 گھنٹے سوتا ہے اور میں اس کی دیکھ بھال کرتی ہوں'],
    ['ur', 'woh rozana 6 ghante school mein hota hai, main dekh bhal karti hun'],
    ['bn', 'সে দিনে ৩ ঘণ্টা ঘুমায়, আমি দেখাশোনা করি'],
    ['bn', 'se dine 6 ghonta mobile dekhe'],
    ['ar', 'ينام 3 ساعات كل ليلة'],
    ['ar', 'ينام 3 ساعات كل يوم وانا بعتني فيه'],
    ['ar', 'byenam 3 sa3at kol leila'],
  ])('%s: %s', (code, text) => {
    expect(told(text, code)).not.toHaveProperty(['carer.hours']);
    expect(told(text, code)).not.toHaveProperty(['child.social_care']);
  });

  test.each([
    ['en', 'i care for her 6 hours a day', 42],
    ['en', 'he sleeps 3 hours a night and I look after him 60 hours a week', 60],
    ['en', 'needs one to one 24 hours a day', 168],
    ['en', 'I am up with him 3 hours every night', 21],
    ['pl', 'opiekuję się nim 5 godzin dziennie', 35],
    ['ar', 'بعتني فيه 5 ساعات باليوم', 35],
  ])('%s: %s', (code, text, hours) => {
    expect(told(text, code)).toMatchObject({ 'carer.hours': hours });
  });

  test('bare hours count where hours were asked', () => {
    expect(heard('3 hours every night', 'en', 'carer.hours')).toMatchObject({ answer: { value: 21 } });
  });
});
