import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Fact, type FactType, readValue } from '../../src/engine/facts.ts';
import { type AnswerWords, readAnswer } from '../../src/language/read-answer.ts';
import { measured } from '../measured.ts';
import { sayingsIn } from './sayings.ts';

const SAYINGS = { en: sayingsIn('en'), cy: sayingsIn('cy'), ur: sayingsIn('ur'), ar: sayingsIn('ar') };
const TODAY = '2026-11-22';
type Code = keyof typeof SAYINGS;

function factOf(id: string, type: FactType, more: Partial<Fact> = {}): Fact {
  return {
    id,
    type,
    scope: 'child',
    options: [],
    exclusive: [],
    effort: 1,
    sensitive: false,
    background: false,
    ...more,
  };
}
function choice(id: string, labels: Record<string, string>, type: 'choice' | 'choices' = 'choice') {
  const fact = factOf(id, type, {
    options: Object.keys(labels),
    exclusive: type === 'choices' ? ['none'] : [],
  });
  return { fact, labels };
}
function read(text: string, fact: Fact, more: Partial<AnswerWords> & { code?: Code } = {}) {
  const code = more.code ?? 'en';
  const answer = readAnswer(text, fact, {
    labels: [],
    sayings: SAYINGS[code],
    languages: code === 'en' ? ['en'] : [code, 'en'],
    today: TODAY,
    ...more,
  });
  if (answer === undefined) return undefined;
  return 'silence' in answer ? answer.silence : answer.value;
}

const YES_NO = factOf('child.extra_care', 'yes_no', { options: ['yes', 'no'] });
describe('yes or no', () => {
  test.each<[string, string | undefined, Code?]>([
    ['yes', 'yes'],
    ['Yeah!', 'yes'],
    ['yep', 'yes'],
    ['y', 'yes'],
    ['he does', 'yes'],
    ['Yes he needs it day and night', 'yes'],
    ['nope', 'no'],
    ['n', 'no'],
    ['not really', 'no'],
    ["no he doesn't", 'no'],
    ['1', 'yes'],
    ['2', 'no'],
    ['3', undefined],
    ['yes and no', undefined],
    ['yes, no', undefined],
    ['no, not sure', undefined],
    ['what', undefined],
    ['', undefined],
    ['ydw', 'yes', 'cy'],
    ['nac ydy', 'no', 'cy'],
    ['ہاں', 'yes', 'ur'],
    ['جی ہاں', 'yes', 'ur'],
    ['نہیں', 'no', 'ur'],
    ['yes', 'yes', 'ur'],
  ])('%s: %s', (text, expected, code) => {
    expect(read(text, YES_NO, { code })).toBe(expected);
  });
});

describe('silences, whatever is asked', () => {
  const facts = [
    YES_NO,
    factOf('a', 'age'),
    factOf('b', 'money'),
    factOf('c', 'date'),
    factOf('d', 'number'),
    choice('e', { none: 'No', some: 'Some' }).fact,
  ];
  test.each<[string, string, Code?]>([
    ['not sure', 'not_sure'],
    ["I'm really not sure sorry", 'not_sure'],
    ['dunno', 'not_sure'],
    ['No idea!', 'not_sure'],
    ['idk', 'not_sure'],
    ['I’d rather not say', 'rather_not_say'],
    ['prefer not to say', 'rather_not_say'],
    ['skip', 'rather_not_say'],
    ['ddim yn siŵr', 'not_sure', 'cy'],
    ['معلوم نہیں', 'not_sure', 'ur'],
    ['نہیں بتانا چاہتی', 'rather_not_say', 'ur'],
  ])('%s: %s', (text, silence, code) => {
    for (const fact of facts) expect(read(text, fact, { code }), fact.type).toBe(silence);
  });
});

describe('an age', () => {
  const age = factOf('child.age', 'age', { max: 25 });
  test.each<[string, number | undefined, Code?]>([
    ['7', 7],
    ['7 years', 7],
    ["he's 7 years old", 7],
    ['my son is 7', 7],
    ['7yo', 7],
    ['seven', 7],
    ['twenty one', 21],
    ['7½', 7.5],
    ['7 and a half', 7.5],
    ['just turned 4', 4],
    ['18 months', 1.5],
    ['18m', 1.5],
    ['6 weeks', 0.1154],
    ['2 years and 3 months', 2.25],
    ['newborn', 0],
    ['nearly 4', 3],
    ['4 next month', 3],
    ['7-8', undefined],
    ['7 or 8', undefined],
    ['7 and 9', undefined],
    ['-3', undefined],
    ['30', undefined],
    ['0x7', undefined],
    ['1e1', undefined],
    ['8 mis', 0.6667, 'cy'],
    ['۷ سال', 7, 'ur'],
    ['سات سال', 7, 'ur'],
  ])('%s: %s', (text, expected, code) => {
    expect(read(text, age, { code })).toBe(expected);
  });
});

describe('hours a week', () => {
  const hours = factOf('carer.hours', 'number', { max: 168 });
  test.each<[string, number | undefined, Code?]>([
    ['35', 35],
    ['about 35', 35],
    ['35 hours a week', 35],
    ['35hrs', 35],
    ['thirty five', 35],
    ['thirty-five', 35],
    ['a hundred and twenty', 120],
    ['one hundred and sixty eight', 168],
    ['24/7', 168],
    ['none', 0],
    ['tri deg pump', 35, 'cy'],
    ['پینتیس گھنٹے', 35, 'ur'],
    ['35-40', undefined],
    ['35 to 40', undefined],
    ['35 or 40', undefined],
    ['35+', undefined],
    ['over 35', undefined],
    ['less than 35', undefined],
    ['12 hours a day', undefined],
    ['24 hours, 7 days a week', 168],
    ['8 hours 5 days', 40],
    ['5 days a week 8 hours', 40],
    ['8 hours 9 days a week', undefined],
    ['five six', undefined],
    ['two hundred', undefined],
    ['200', undefined],
  ])('%s: %s', (text, expected, code) => {
    expect(read(text, hours, { code, unit: 'hours/week' })).toBe(expected);
  });
});

describe('money by the week', () => {
  const money = factOf('carer.weekly_earnings', 'money');
  test.each<[string, number | undefined]>([
    ['204', 204],
    ['£204.00', 204],
    ['£203.99', 203.99],
    ['1,050', 1050],
    ['about £200 a week after tax', 200],
    ['£204/week', 204],
    ['850 a month', 196.15],
    ['£850 pcm', 196.15],
    ['£400 a fortnight', 200],
    ['£20,000 a year', 384.62],
    ['nothing', 0],
    ['£12 an hour', undefined],
    ['under 200', undefined],
    ['between 100 and 200', undefined],
    ['£900 every 4 weeks', 225],
    ['900 for two weeks', 450],
    ['a month 850', 196.15],
    ['200 before tax', undefined],
  ])('%s: %s', (text, expected) => {
    expect(read(text, money, { unit: 'GBP/week' })).toBe(expected);
  });
  test('is not put into weeks where it is not asked by the week', () => {
    expect(read('850 a month', money)).toBeUndefined();
    expect(read('£850', money)).toBe(850);
  });
});

describe('a date', () => {
  const date = factOf('child.letter_date', 'date');
  test.each<[string, string | undefined, Code?]>([
    ['2026-11-03', '2026-11-03'],
    ['3 November 2026', '2026-11-03'],
    ['3/11/26', '2026-11-03'],
    ['03.11.2026', '2026-11-03'],
    ['3 Nov', '2026-11-03'],
    ['3/11', '2026-11-03'],
    ['22 nov', '2026-11-22'],
    ['23 nov', '2025-11-23'],
    ['3 Dec', '2025-12-03'],
    ['29 Feb', '2024-02-29'],
    ['3rd of november', '2026-11-03'],
    ['November 3', '2026-11-03'],
    ['3 novemer', '2026-11-03'],
    ['Tuesday 3rd Nov 2026', '2026-11-03'],
    ['it was dated 3 nov', '2026-11-03'],
    ['today', '2026-11-22'],
    ['yesterday', '2026-11-21'],
    ['3 Tachwedd', '2026-11-03', 'cy'],
    ['3 نومبر 2026', '2026-11-03', 'ur'],
    // All dates that we ask for are past: this is a slip.
    ['23 nov 2026', undefined],
    ['2027-11-03', undefined],
    ['3/11/27', undefined],
    ['31/2/26', undefined],
    ['11/23/26', undefined],
    ['2026-13-01', undefined],
    ['November', undefined],
    ['last week', undefined],
    ['3 nov or 4 nov', undefined],
    ['99999999999999999999/1', undefined],
  ])('%s: %s', (text, expected, code) => {
    expect(read(text, date, { code })).toBe(expected);
  });
});

const RATE = choice('child.dla_care', {
  none: 'No, we do not get it',
  lowest: 'Lowest rate',
  middle: 'Middle rate',
  highest: 'Highest rate',
  waiting: 'We have asked and are waiting',
  refused: 'We asked and were turned down',
});
const DIAGNOSIS = choice('child.diagnosis', {
  no: 'No',
  waiting: 'No, but we are waiting for an assessment',
  yes: 'Yes',
  new: 'Yes, and it is new',
});
const PLAN = choice('child.ehc', {
  none: 'We do not have one and have not asked',
  asked: 'We have asked, or it is being assessed',
  refused_assessment: 'The council said it will not assess',
  refused_plan: 'The council assessed, but said no plan',
  draft: 'We have a draft plan',
  plan: 'We have a final plan',
});
const NATION = choice('household.nation', {
  england: 'England',
  wales: 'Wales',
  scotland: 'Scotland',
  northern_ireland: 'Northern Ireland',
});
const SAVINGS = choice('household.savings', {
  under_6000: 'Less than £6,000',
  from_6000_to_16000: '£6,000 to £16,000',
  over_16000: 'More than £16,000',
});
const ASSESSMENT = choice('carer.assessment', {
  no: 'No',
  waiting: 'We have asked and are waiting',
  refused: 'We asked and they said no',
  yes: 'Yes',
});

describe('one of several', () => {
  test.each<[ReturnType<typeof choice>, string, string | undefined]>([
    [RATE, 'middle', 'middle'],
    [RATE, 'MIDDLE RATE', 'middle'],
    [RATE, 'midle rate', 'middle'],
    [RATE, 'he gets the middle rate', 'middle'],
    [RATE, 'high rate', 'highest'],
    [RATE, '3', 'middle'],
    [RATE, 'option 3', 'middle'],
    [RATE, 'three', 'middle'],
    [RATE, 'no', 'none'],
    [RATE, 'nope', 'none'],
    [RATE, 'we dont get it', 'none'],
    [RATE, 'turned down', 'refused'],
    [RATE, 'waiting', 'waiting'],
    [RATE, 'yes', undefined],
    [RATE, 'we asked', undefined],
    [RATE, 'not the middle rate', undefined],
    [RATE, 'lowest or middle', undefined],
    [RATE, 'middle, not sure', undefined],
    [RATE, '7', undefined],
    [RATE, '1 and 2', undefined],
    [RATE, '1.5', undefined],
    [DIAGNOSIS, 'yes', 'yes'],
    [DIAGNOSIS, 'yes autism', 'yes'],
    [DIAGNOSIS, 'no', 'no'],
    [DIAGNOSIS, 'not yet', 'no'],
    [DIAGNOSIS, 'no but we are waiting', 'waiting'],
    [DIAGNOSIS, 'yes and it is new', 'new'],
    [PLAN, 'draft', 'draft'],
    [PLAN, 'we have a draft plan', 'draft'],
    [PLAN, 'final plan', 'plan'],
    [PLAN, 'the plan was refused', undefined],
    [PLAN, 'we want a plan', undefined],
    [PLAN, 'we dont have a plan', undefined],
    [PLAN, 'the council said', undefined],
    [NATION, 'england', 'england'],
    [NATION, 'I live in England', 'england'],
    [NATION, 'Scotand', 'scotland'],
    [NATION, 'NI', 'northern_ireland'],
    [NATION, 'not england', undefined],
    [NATION, 'london', undefined],
    [SAVINGS, 'less than 6000', 'under_6000'],
    [SAVINGS, '£6,000 to £16,000', 'from_6000_to_16000'],
    [SAVINGS, '2', 'from_6000_to_16000'],
    [ASSESSMENT, 'they said no', 'refused'],
    [ASSESSMENT, 'no', 'no'],
  ])('$0.fact.id: %s: %s', ({ fact, labels }, text, expected) => {
    expect(read(text, fact, { labels: [labels] })).toBe(expected);
  });

  test('by its label in the language, in English, and by its id', () => {
    const labels = [{ wales: 'ویلز', england: 'انگلینڈ' }, NATION.labels];
    expect(read('ويلز', NATION.fact, { labels, code: 'ur' })).toBe('wales');
    expect(read('Wales', NATION.fact, { labels, code: 'ur' })).toBe('wales');
    expect(read('۲', NATION.fact, { labels, code: 'ur' })).toBe('wales');
    expect(read('northern_ireland', NATION.fact, { labels, code: 'ur' })).toBe('northern_ireland');
  });

  test('by the number on the screen, where other things were numbered too', () => {
    const numbered = ['wales', 'england', 'not_sure', 'rather_not_say'];
    expect(read('1', NATION.fact, { numbered })).toBe('wales');
    expect(read('3', NATION.fact, { numbered })).toBe('not_sure');
    expect(read('4', NATION.fact, { numbered })).toBe('rather_not_say');
    expect(read('5', NATION.fact, { numbered })).toBeUndefined();
  });

  test('every label and every id reads as its option', () => {
    for (const { fact, labels } of [RATE, DIAGNOSIS, PLAN, NATION, SAVINGS, ASSESSMENT]) {
      for (const [id, label] of Object.entries(labels)) {
        expect(read(label, fact, { labels: [labels] }), label).toBe(id);
        expect(read(id, fact, { labels: [labels] }), id).toBe(id);
      }
    }
  });
});

describe('several of several', () => {
  const { fact, labels } = choice(
    'child.difficulties',
    {
      moving: 'Walking or moving around',
      learning: 'Learning',
      talking: 'Talking or understanding',
      social_attention: 'Being with others, paying attention, or coping with change (autism or ADHD)',
      behaviour: 'Anger, meltdowns or behaviour',
      sleep: 'Sleep',
      toilet: 'Using the toilet',
      none: 'None of these',
    },
    'choices',
  );
  test.each<[string, string[] | string | undefined]>([
    ['2 and 4', ['learning', 'social_attention']],
    ['1,3', ['moving', 'talking']],
    ['3 1', ['moving', 'talking']],
    ['two & three', ['learning', 'talking']],
    ['8', ['none']],
    ['1 and 8', undefined],
    ['9', undefined],
    ['1-3', undefined],
    ['Learning', ['learning']],
    ['sleep and toilet', ['sleep', 'toilet']],
    ['sleep, autism, anger', ['social_attention', 'behaviour', 'sleep']],
    ['Anger, meltdowns or behaviour', ['behaviour']],
    ['none', ['none']],
    ['nothing', ['none']],
    ['walking, pizza', undefined],
    ['everything', undefined],
    ['not sleep', undefined],
  ])('%s: %s', (text, expected) => {
    expect(read(text, fact, { labels: [labels] })).toEqual(expected);
  });
});

test('whatever is typed: no throw, and only values of the fact', () => {
  const facts = [
    YES_NO,
    RATE.fact,
    factOf('child.age', 'age', { max: 25 }),
    factOf('carer.weekly_earnings', 'money'),
    factOf('d', 'date'),
    choice('several', { a: 'Sleep', b: 'No sleep', none: 'None' }, 'choices').fact,
  ];
  const pieces = fc.constantFrom(
    'yes',
    'no',
    '7',
    '£',
    '.5',
    ',',
    '½',
    'and',
    'not sure',
    'months',
    'nov',
    'hundred',
    'half',
    'middle',
    'rate',
    '-',
    '\ud83d',
    '۷',
    ' ',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 500 }),
    fc.array(pieces, { maxLength: 15 }).map((all) => all.join(' ')),
    fc.array(pieces, { maxLength: 15 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(texts, fc.constantFrom(...facts), (text, fact) => {
      const answer = readAnswer(text, fact, {
        labels: [RATE.labels],
        sayings: SAYINGS.ur,
        languages: ['ur', 'en'],
        unit: 'GBP/week',
        today: TODAY,
      });
      if (answer && 'value' in answer) expect(readValue(fact, answer.value)).toEqual(answer.value);
    }),
    { numRuns: 1000 },
  );
});

test('hostile texts are read fast', () => {
  const { fact, labels } = RATE;
  for (const text of [
    'middle rate and '.repeat(25),
    '1 '.repeat(200),
    'no '.repeat(40),
    'a'.repeat(400),
    '1,'.repeat(200),
    '('.repeat(400),
    'x'.repeat(1_000_000),
  ]) {
    read(text, fact, { labels: [labels] });
    const start = performance.now();
    read(text, fact, { labels: [labels] });
    measured(`an answer in "${text.slice(0, 20)}"`, performance.now() - start, 5);
  }
});

describe('numbers and dates, said in other orders', () => {
  const date = factOf('child.ehc_request_date', 'date');
  const hours = factOf('carer.hours', 'number');
  const age = factOf('child.age', 'age', { max: 25 });
  test.each<[string, string | undefined, Code]>([
    ['12fed o Fedi', '2026-09-12', 'cy'],
    ['dydd Gwener dwetha ffonies i', '2026-11-20', 'cy'],
    ['do hafte pehle', '2026-11-08', 'ur'],
    ['پانچ اکتوبر', '2026-10-05', 'ur'],
    ['a year ago', undefined, 'ur'],
  ])('the date %s: %s', (text, expected, code) => {
    expect(read(text, date, { code })).toBe(expected);
  });
  test.each<[string, number | undefined, Code]>([
    ['ساڑھے سات سال', 7.5, 'ur'],
    ['hanner blwydd', 0.5, 'cy'],
    ['pichle hafte 12 ka hua', 12, 'ur'],
    ['7,5', undefined, 'ur'],
  ])('the age %s: %s', (text, expected, code) => {
    expect(read(text, age, { code })).toBe(expected);
  });
  test.each<[string, number | undefined, Code]>([
    ['chobees ghante, saton din', 168, 'ur'],
    ['roz 6 ghante', 42, 'ur'],
    ['24 ghante, 30 din', undefined, 'ur'],
  ])('the hours %s: %s', (text, expected, code) => {
    expect(read(text, hours, { code, unit: 'hours/week' })).toBe(expected);
  });
  test('a comma is a decimal point where a language writes it so', () => {
    expect(read('4,5', age, { languages: ['pl', 'en'] })).toBe(4.5);
    expect(read('4,5', age)).toBeUndefined();
  });
  test('a Polish month has another ending beside a day; an Arabic month may be two words', () => {
    expect(read('12 września', date, { languages: ['pl', 'en'] })).toBe('2026-09-12');
    expect(read('3 تشرين الثاني', date, { languages: ['ar', 'en'] })).toBe('2026-11-03');
  });
});

test.each<[string, number | undefined, Code]>([
  ['agle hafte 10 ka ho jayega', 9, 'ur'],
  ['اگلے مہینے دس کا ہو جائے گا', 9, 'ur'],
  ['deuddeg mis nesaf', 11, 'cy'],
  ['6, agle mahine 7', 6, 'ur'],
  // What else is told of the next month may be anything.
  ['6, school agle mahine', undefined, 'ur'],
  ['10', 10, 'ur'],
  ['بيكمل سبعة بشهر كانون الثاني', 6, 'ar'],
  ['ghadi ykemmel 8 f janvier', 7, 'ar'],
  ['عمرها ثلاثة عشر سنة', 13, 'ar'],
  ['خمس عشرة تقريبا', 15, 'ar'],
  ['سنة وتلات شهور', 1.25, 'ar'],
  ['blwyddyn a thri mis', 1.25, 'cy'],
])('an age that is still to come, and a year and more: %s is %s', (text, expected, code) => {
  expect(read(text, factOf('child.age', 'age'), { code })).toBe(expected);
});

test.each<[string, string | undefined, Code]>([
  ['parson', '2026-11-20', 'ur'],
  ['أول أمس', '2026-11-20', 'ar'],
  ['pichle jumme ko', '2026-11-20', 'ur'],
  ['yom el gom3a', '2026-11-20', 'ar'],
  ['3 tishreen tani', '2026-11-03', 'ar'],
  ['2abl talat ayyam', '2026-11-19', 'ar'],
  ['أول يوم في شتنبر', '2026-09-01', 'ar'],
  ['yom 14 shahr 8', '2026-08-14', 'ar'],
  ['mn esbo3ein bezzabt', '2026-11-08', 'ar'],
  // Two months are not one.
  ['قبل شهرين', undefined, 'ar'],
  // A week yesterday is not yesterday.
  ['wythnos i ddoe', undefined, 'cy'],
])('days and months that only our lists name: %s is %s', (text, expected, code) => {
  expect(read(text, factOf('household.complaint_date', 'date'), { code })).toBe(expected);
});

test('"no, all is well" is no more than no', () => {
  const trouble = choice('child.benefit_trouble', { too_low: 'Too low', none: 'No' }, 'choices');
  expect(read('نہیں سب ٹھیک ہے', trouble.fact, { labels: [trouble.labels], code: 'ur' })).toEqual(['none']);
  expect(read('نہیں سب ٹھیک نہیں', trouble.fact, { labels: [trouble.labels], code: 'ur' })).toBeUndefined();
});
