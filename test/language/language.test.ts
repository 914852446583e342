import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Content } from '../../src/content/content.ts';
import { openContent } from '../../src/content/open.ts';
import { createLanguage, type Language } from '../../src/language/language.ts';
import { understand } from '../../src/language/understand.ts';
import { measured } from '../measured.ts';
import { ROOT, sayingsIn } from './sayings.ts';

let content: Content;
let language: Language;
beforeAll(async () => {
  const opened = (await openContent(ROOT)).content;
  const languages = new Map(
    [...opened.languages].map(([code, one]) => [code, { ...one, answers: sayingsIn(code as 'en')[0] }]),
  );
  content = { ...opened, languages } as Content;
  language = createLanguage(content);
});

describe('topics are found in what parents type', () => {
  test.each([
    ['my son wont go to school', 'attendance-exclusion'],
    ['the school says hes fine but he melts down when he gets home', 'school-support'],
    ['council refused to assess for an EHC plan', 'ehcp-process'],
    ['ehcp refused what now', 'ehcp-process'],
    ["My PIP was turned down and my son's EHCP is stuck", 'disability-carer-benefits'],
    ["My PIP was turned down and my son's EHCP is stuck", 'ehcp-process'],
    ["I'm so tired I can't cope anymore", 'parent-mental-health'],
    ['need a break', 'carer-assessment-breaks'],
    ['cant pay my bills', 'household-money-debt'],
    ['money', 'household-money-debt'],
    ['my child hits me', 'behaviour-violence-home'],
    ['waiting list for autism assessment 2 years', 'assessment-diagnosis-waiting'],
    ['I think my son is autistic', 'assessment-diagnosis-waiting'],
    ['wheelchair too small', 'child-health-care'],
    ['blue badge', 'travel-transport-badge'],
    ['nursery cant meet his needs', 'early-years-childcare'],
    ['i feel so lonely', 'peer-support-isolation'],
    ['I lost my job because of caring', 'work-employment'],
    ['we have mould and damp', 'housing-adaptations'],
    ['his sister is scared of him', 'siblings-young-carers'],
    ['he turns 18 next year', 'transition-adulthood'],
    ['me and my husband keep arguing', 'relationship-conflict'],
    ['English is not my first language', 'access-language-parent-disability'],
    ['my mum died', 'adoption-kinship-bereavement'],
    ['i want to complain about the council', 'rights-moving-immigration'],
    ['camhs wont see her', 'child-mental-health'],
    // Slips, and words run together.
    ['disabilty liveing alowance', 'disability-carer-benefits'],
    ['carers alowance', 'disability-carer-benefits'],
    ['bluebadge', 'travel-transport-badge'],
  ])('%s: %s', (text, topic) => {
    expect(language.topics(text)).toContain(topic);
  });

  test.each([
    'hello',
    'asdfgh',
    'i need help',
    'my son is 7',
    'pizza recipe',
    'thanks',
    'the weather is nice today',
    'yes',
    'who are you',
    '',
    '!!!',
    '999999',
  ])('%s: none', (text) => {
    expect(language.topics(text)).toEqual([]);
  });

  test('every title and every word of a topic brings up something; a title its own topic', () => {
    // "Wait" alone is said before another answer.
    const slips = [...content.languages.values()].flatMap(({ telling }) => telling.words?.correction ?? []);
    for (const [id, { title, words }] of content.topics) {
      expect(language.topics(title), title).toContain(id);
      const plain = words.filter((word) => !/[(|*]|\.{3}/.test(word) && !slips.includes(word));
      for (const word of plain) expect(language.topics(word).length, `${id}: ${word}`).toBeGreaterThan(0);
    }
  });
});

test('entries are found by name', () => {
  expect(language.entries('blue badge')[0]).toBe('blue-badge');
  expect(language.entries('dla')[0]).toBe('dla-child');
  expect(language.entries("how do i claim carer's allowance")[0]).toBe('carers-allowance');
  expect(language.entries('samaritans')[0]).toBe('samaritans');
  expect(language.entries('hello')).toEqual([]);
  expect(language.entries('school')).toEqual([]);
});

test('a message is read for all at once', () => {
  expect(understand('middle rate', language, 'child.dla_care', 'en', '2026-11-22')).toMatchObject({
    danger: null,
    answer: { value: 'middle' },
  });
  expect(understand('I want to die', language, 'child.dla_care', 'ur', '2026-11-22')).toMatchObject({
    danger: { kind: 'parent-suicide', level: 'interrupt' },
    answer: undefined,
  });
  expect(understand('blue badge', language, undefined, 'en', '2026-11-22')).toEqual({
    written: undefined,
    danger: null,
    topics: ['travel-transport-badge'],
    told: [],
    answer: undefined,
    hedged: false,
  });
  expect(understand('7', language, 'no.such.fact', 'xx', '2026-11-22').answer).toBeUndefined();
});

test('every label of every question reads as its option, in every language', () => {
  const wrong: string[] = [];
  for (const [code, { translations }] of content.languages) {
    for (const [id, { labels, type }] of content.facts) {
      for (const [option, english] of Object.entries(labels ?? {})) {
        const label = translations[`${id}.labels.${option}`]?.text ?? english;
        const answer = language.answer(label, id, code, '2026-11-22');
        const value = answer && 'value' in answer ? answer.value : undefined;
        if (JSON.stringify(value) !== JSON.stringify(type === 'choices' ? [option] : option)) {
          wrong.push(`${code} ${id} ${option} "${label}": ${JSON.stringify(answer)}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('whatever is typed: no throw, at most three topics and five entries', () => {
  const words = [...content.topics.values()].flatMap((topic) => topic.words.slice(0, 3));
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom(...words, '*', '"', '<', '\ud800'), { maxLength: 40 })
      .map((all) => all.join(' ')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      expect(language.topics(text).length).toBeLessThanOrEqual(5);
      expect(language.entries(text).length).toBeLessThanOrEqual(5);
    }),
    { numRuns: 200 },
  );
});

test('long and hostile messages are read fast', () => {
  const words = [...content.topics.values()].flatMap((topic) => topic.words).join(' ');
  for (const text of [
    words,
    'school '.repeat(1000),
    'abcdefghij klmnopqrst '.repeat(200),
    'a'.repeat(100_000),
    '~*'.repeat(5000),
  ]) {
    language.topics(text);
    const start = performance.now();
    language.topics(text);
    measured(`topics of "${text.slice(0, 20)}"`, performance.now() - start, 20);
  }
});

test('of `natural` only the stemmer is loaded: the whole of it opens five database drivers', async () => {
  const { spawnSync } = await import('node:child_process');
  const script = `
    await import(${JSON.stringify(new URL('../../src/language/language.ts', import.meta.url).href)});
    const { createRequire } = await import('node:module');
    const require = createRequire(import.meta.url);
    console.log(Object.keys(require.cache).join('\\n'));`;
  const { stdout } = spawnSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  const loaded = stdout.split('\n').filter((path) => path.includes('node_modules'));
  expect(loaded.some((path) => path.includes('porter_stemmer'))).toBe(true);
  expect(loaded.filter((path) => /mongoose|mongodb|redis|dotenv|\/pg\//.test(path))).toEqual([]);
  expect(loaded.length).toBeLessThan(20);
});
