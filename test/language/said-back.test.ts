/** What we made of typed words is said back; what is just an answer's own words is not. */
import { describe, expect, test } from 'vitest';
import { content, conversationAt, heardIn } from './real-language.ts';

/** @returns whether the answer that the words are is said back. */
function saysBack(code: string, fact: string, text: string, isNumbered = false): boolean {
  const heard = heardIn(conversationAt(fact, code), text, { isNumbered });
  const message = heard.type === 'in_language' ? heard.message : heard;
  expect(message).toMatchObject({ type: 'answer', fact });
  return 'saysBack' in message && message.saysBack === true;
}

describe('an answer in words', () => {
  test.each([
    ['en', 'child.difficulties', 'she cant sit still and doesnt sleep'],
    ['en', 'child.school_trouble', 'they keep sending him home'],
    ['en', 'carer.hours', 'eight hours a night'],
    ['pl', 'child.school_trouble', 'ciągle odsyłają go do domu'],
  ])('%s, %s: %s is said back', (code, fact, text) => {
    expect(saysBack(code, fact, text)).toBe(true);
  });

  test.each([
    ['en', 'household.nation', 'Wales', false],
    ['en', 'household.nation', 'england', false],
    ['en', 'household.nation', '2', true],
    ['en', 'child.extra_care', 'yes', false],
    ['en', 'child.extra_care', 'no', false],
    ['en', 'child.extra_care', 'yes he does', false],
    ['en', 'child.age', '8', false],
    ['en', 'child.age', 'he is 8', false],
    ['en', 'carer.hours', '60 hours', false],
    ['cy', 'household.nation', 'Cymru', false],
    ['pl', 'child.extra_care', 'tak', false],
    ['ur', 'child.extra_care', 'جی ہاں', false],
    ['bn', 'child.extra_care', 'হ্যাঁ', false],
    ['ar', 'child.extra_care', 'نعم', false],
  ])('%s, %s: %s is not', (code, fact, text, isNumbered) => {
    expect(saysBack(code, fact, text, isNumbered)).toBe(false);
  });

  test('that is the label of an option is not, in any language', () => {
    for (const code of content.languages.keys()) {
      const labels = content.facts.get('child.dla_care')?.labels ?? {};
      const { translations } = content.languages.get(code) as {
        translations: Record<string, { text: string }>;
      };
      for (const [option, english] of Object.entries(labels))
        for (const text of [english, translations[`child.dla_care.labels.${option}`]?.text ?? english])
          expect(saysBack(code, 'child.dla_care', text), `${code} ${text}`).toBe(false);
    }
  });
});
