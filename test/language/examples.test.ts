import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeReady, score, sumsOf, train } from '../../src/language/classifier.ts';
import { consonantsOf } from '../../src/language/consonants.ts';
import {
  detectDanger,
  explainLikeness,
  settledBy,
  settledOfMany,
  together,
} from '../../src/language/danger.ts';
import { learnApart, likeness } from '../../src/language/examples.ts';
import { letterGramsOf, partsOf } from '../../src/language/grams.ts';
import { fold, wordsOf } from '../../src/language/normalise.ts';
import { readingsOf } from '../../src/language/readings.ts';
import { VIEWS } from '../../src/language/views.ts';
import { madeUp, welsh } from '../content/made-up.ts';

const grams = (text: string) => letterGramsOf(wordsOf(text));

describe('pieces of words', () => {
  test('begin at each letter, and are the same for the same letters', () => {
    const shared = new Set(grams('he hits me'));
    expect(grams('he hits me')).toEqual(grams('he hits me'));
    expect(grams('she is hitting me').some((one) => shared.has(one))).toBe(true);
    expect(grams('xyz').some((one) => shared.has(one))).toBe(false);
  });

  test.each([0, 1, 2, 39, 40, 41, 60, 61, 400])(
    'all of them stand in parts that are not too long: %i words',
    (count) => {
      const all = letterGramsOf(Array.from({ length: count }, (_, i) => `w${i}`));
      const parts = partsOf(all, 40);
      const seen = new Set(parts.flatMap(([from, to]) => [...all.keys()].slice(from, to)));
      expect(seen.size).toBe(all.length);
      expect(Math.max(...parts.map(([from, to]) => to - from))).toBeLessThanOrEqual(40 * 5);
    },
  );
});

describe('each view of a message', () => {
  const [letters, consonants, pairs] = VIEWS.map(({ gramsOf }) => (text: string) => {
    const grams = gramsOf(wordsOf(fold(text)));
    return { grams, sharedWith: (other: Uint32Array) => grams.filter((one) => other.includes(one)).length };
  });

  test('has pieces, whatever is typed', () => {
    for (const view of [letters, consonants, pairs])
      for (const text of ['', 'a', 'aei', '1', 'ا', '😀', 'he hits me'])
        expect(view?.(text).grams.length).toBeGreaterThanOrEqual(5);
  });

  test('consonants are the same in whatever letters a word is typed', () => {
    for (const [script, ...latin] of [
      ['نہیں', 'nahin', 'naheen', 'nahiin'],
      ['مارتا', 'marta', 'maarta'],
      ['ضربني', 'darabni', 'dharabni', 'darbni'],
      ['ابني', 'ibni', 'ebny'],
      ['بيخوفني', 'bey5awefni', 'bikhawwifni'],
      ['মারে', 'mare', 'maare'],
      ['খাবার', 'khabar', 'khaabar'],
    ] as [string, ...string[]][])
      for (const one of latin) expect([one, consonantsOf(one)]).toEqual([one, consonantsOf(fold(script))]);
    expect(consonantsOf('112')).toBe('112');
  });

  test('pairs are of words that stand near each other, in their order', () => {
    const hits = pairs?.('he hits us');
    const sharedWith = (text: string) => hits?.sharedWith(pairs?.(text).grams as Uint32Array) as number;
    expect(sharedWith('he often hits us')).toBeGreaterThan(sharedWith('us hits often he'));
    expect(sharedWith('he often really hits us')).toBeGreaterThan(sharedWith('us hits really often he'));
    // The endings of words do not matter.
    expect(pairs?.('he is strangling').grams).toEqual(pairs?.('he is strangled').grams);
  });
});

describe('what is learned from examples', () => {
  const ones = ['he hits me', 'she hits us', 'he is hitting me again', 'they hit me'];
  const others = [
    'school is far',
    'the bus is late',
    'she reads a book',
    'we need a form',
    'is it far',
    'ok',
  ];
  const all = [...ones, ...others].map((text) => grams(text));
  const learn = () => train(makeReady(all, 2 ** 14), (i) => i < ones.length, 20);
  const learned = learn();
  const scoreOf = (text: string) => score(learned, sumsOf(learned, grams(text)));

  test('puts each example on its side', () => {
    for (const text of ones) expect(scoreOf(text)).toBeGreaterThan(0.5);
    for (const text of others) expect(scoreOf(text)).toBeLessThan(-0.5);
  });

  test('is of use for what was not among them', () => {
    expect(scoreOf('my son hits me')).toBeGreaterThan(0);
    expect(scoreOf('the form is late')).toBeLessThan(0);
  });

  test('is the same each time', () => {
    expect(learn()).toEqual(learned);
  });

  const learnFrom = (dangerous: readonly string[], calm: readonly string[]) => {
    const all = [...dangerous, ...calm].map((text) => grams(text));
    const made = train(makeReady(all, 2 ** 14), (i) => i < dangerous.length, 20);
    return (text: string) => score(made, sumsOf(made, grams(text)));
  };

  test('the fewer examples have a word, the more it says', () => {
    const scoreOf = learnFrom(
      ['brown dog one', 'brown cow two', 'brown cat six'],
      ['black hat one', 'black cup two', 'black zebra six'],
    );
    expect(scoreOf('zebra')).toBeLessThan(scoreOf('black'));
  });

  test('the side that has fewer examples counts for as much', () => {
    const scoreOf = learnFrom(['is he hurt'], ['is he hurt', ...others]);
    expect(scoreOf('is he hurt')).toBeGreaterThan(0.2);
  });

  test('words that stand often in one message do not carry it off', () => {
    const often = 'ha '.repeat(200);
    const scoreOf = learnFrom(ones, [...others, often]);
    for (const text of [...others, often]) expect(scoreOf(text)).toBeLessThan(-0.5);
    for (const text of ones) expect(scoreOf(text)).toBeGreaterThan(0.5);
  });

  test('has an answer for no words at all', () => {
    expect(Number.isFinite(scoreOf(''))).toBe(true);
  });
});

describe('two readers of danger', () => {
  const CALM = [
    'my school form is late',
    'the bus comes at nine',
    'thank you for the form',
    'he reads books',
    'my husband works',
  ];
  const EXAMPLES = {
    danger: {
      'life-at-risk': ['he is not breathing', 'she stopped breathing', 'blue and not breathing'],
      'domestic-abuse': ['my husband beats me', 'he beats me at night', 'my partner beats me up'],
    },
    calm: [...CALM, 'help now with the school form', 'maybe the school form is late'],
  };
  const LEXICON = [
    { kind: 'life-at-risk', level: 'interrupt', reason: 'Plain.', patterns: ['help now', 'zebra'] },
    { kind: 'life-at-risk', level: 'ask', reason: 'It may be.', patterns: ['maybe', 'perhaps'] },
    { kind: 'life-at-risk', level: 'interrupt', reason: 'Plain.', patterns: ['beats me'] },
  ];
  const NATIONS = ['england', 'wales', 'scotland', 'northern_ireland', 'unknown'];
  const ANSWER = {
    title: 'Help',
    say: ['Call 999 now.'],
    contacts: Object.fromEntries(NATIONS.map((nation) => [nation, ['carers-line']])),
    entries: ['carer-money'],
    after: 'We can go on.',
    leave_quickly: true,
    ask: 'Is it so?',
    options: { yes: 'Yes', no: 'No' },
  };
  const WELSH = { danger: { 'life-at-risk': ['dyw e ddim yn anadlu'] }, calm: ['diolch yn fawr'] };
  const WELSH_LEXICON = [
    { kind: 'life-at-risk', level: 'interrupt', reason: 'Plain.', patterns: ['nawr'] },
    { kind: 'life-at-risk', level: 'ask', reason: 'It may be.', patterns: ['efallai'] },
  ];
  const read = (text: string, examples: unknown = EXAMPLES, inWelsh: unknown = WELSH) => {
    const { content } = madeUp({
      files: {
        'locales/en/danger.yaml': LEXICON,
        'locales/en/examples.yaml': examples,
        ...welsh({ 'locales/cy/danger.yaml': WELSH_LEXICON, 'locales/cy/examples.yaml': inWelsh }),
      },
      dangers: { 'domestic-abuse': ANSWER },
    });
    return { danger: detectDanger(text, content), like: explainLikeness(text, content) };
  };

  test.each([
    ['only a pattern hears it', 'zebra', 'interrupt'],
    ['only the examples are like it', 'my husband beats me', 'interrupt'],
    ['a pattern hears it, and it is a little like what is calm', 'the zebra school form is late', 'ask'],
    ['a pattern hears it, and the examples know it as calm', 'help now with the school form', undefined],
    ['a pattern would ask, and the examples know it as calm', 'maybe the school form is late', undefined],
    ['a pattern would ask, and the examples know nothing', 'perhaps', 'ask'],
    ['none', 'thank you for the bus', undefined],
  ])('%s', (_, text, level) => {
    expect(read(text).danger?.level).toBe(level);
  });

  test('without examples the patterns decide alone', () => {
    expect(read('help now with my school form', {}, {}).danger?.level).toBe('interrupt');
    expect(read('my husband hurts us', {}, {}).danger).toBeNull();
    expect(read('zebra', { calm: CALM }, {}).like).toBeUndefined();
  });

  test('of a language without examples the patterns decide, whatever the examples of others say', () => {
    const calm = {
      ...EXAMPLES,
      calm: [...EXAMPLES.calm, 'the school form help nawr', 'efallai the bus is late'],
    };
    for (const [text, level] of [
      ['the school form help nawr', 'interrupt'],
      ['efallai the bus is late', 'ask'],
      ['the school form is late', undefined],
    ] as const) {
      expect(read(text, calm, {}).danger?.level, text).toBe(level);
      expect(read(text, calm).danger?.level, text).not.toBe('interrupt');
    }
    expect(read('my husband beats me', EXAMPLES, {}).danger?.kind).toBe('domestic-abuse');
  });

  test('how much like the examples it must be for help at once, each language may say for itself', () => {
    const signs = { script: 'Latin', words: ['my', 'be', 'at', 'with', 'the'] };
    const level = (text: string, help_from: number) => {
      const { content } = madeUp({
        files: {
          'locales/en/examples.yaml': { ...EXAMPLES, help_from },
          'locales/en/telling.yaml': { signs },
        },
        dangers: { 'domestic-abuse': ANSWER },
      });
      return detectDanger(text, content)?.level;
    };
    const text = 'my partner may be at school with the form';
    expect(level(text, -0.9)).toBe('interrupt');
    expect(level(text, 0.9)).toBeUndefined();
    // A word or two may be any language's: what one of them says is not for them.
    expect(level('the form', -0.9)).toBeUndefined();
  });

  test('of a long story only the part that is dangerous teaches what danger is', () => {
    const words = 'market apple pear plum tea cake garden window train river summer winter coat shoe'.split(
      ' ',
    );
    const story = (i: number) =>
      Array.from({ length: 30 }, (_, n) => words[(i * 5 + n * (i + 3)) % words.length]).join(' ');
    const numbers = Array.from({ length: 12 }, (_, i) => i);
    const danger = {
      ...EXAMPLES.danger,
      'domestic-abuse': [
        ...EXAMPLES.danger['domestic-abuse'],
        ...numbers.map((i) => `${story(i)} my husband beats me ${story(i + 20)}`),
      ],
    };
    const calm = [...EXAMPLES.calm, ...numbers.slice(0, 3).map((i) => story(i + 100))];
    // Without that, what stands around the danger would say more than the danger itself: 1.7.
    expect(read(story(51), { danger, calm }).like?.score).toBeLessThan(1.2);
  });

  test('while another process learns them the patterns decide alone, and nobody waits', () => {
    const files = { 'locales/en/danger.yaml': LEXICON, 'locales/en/examples.yaml': EXAMPLES };
    const { content } = madeUp({ files, dangers: { 'domestic-abuse': ANSWER } });
    const learned = learnApart(content);
    expect(detectDanger('my husband beats me', content)?.kind).toBe('life-at-risk');
    expect(detectDanger('my partner is beating us up', content)).toBeNull();
    learned();
    expect(detectDanger('my husband beats me', content)?.kind).toBe('domestic-abuse');
  });

  test('the kind is that of the pattern, unless the examples are clear', () => {
    expect(read('zebra').danger?.kind).toBe('life-at-risk');
    expect(read('he beats me at night').danger?.kind).toBe('domestic-abuse');
  });

  test('few words of danger are not lost among many calm ones', () => {
    const calm = 'thank you for the form and he reads books on the bus and the school form is late '.repeat(
      12,
    );
    expect(read(calm).danger).toBeNull();
    for (const stop of ['. ', ' ']) {
      const { danger, like } = read(
        `${calm}${stop}my husband beats me at night, he beats me up${stop}${calm}`,
      );
      expect(danger).toEqual({ kind: 'domestic-abuse', level: 'interrupt' });
      expect(like?.passages[0]?.words).toContain('my husband beats me at night');
      expect(like?.score).toBeLessThan(like?.passages[0]?.score as number);
    }
    expect(read(calm).like?.passages).toEqual([]);
  });

  test('what stands around it is weighed, too', () => {
    const calm = 'thank you for the form and he reads books on the bus and the school form is late '.repeat(
      5,
    );
    const danger = 'my husband beats me at night, '.repeat(6);
    const scoreOf = (text: string) => read(text).like?.score as number;
    expect(scoreOf(calm + danger + calm)).toBeLessThan(scoreOf(danger) - 0.2);
    expect(read(calm + danger + calm).danger?.level).toBe('interrupt');
  });

  test('of few letters little can be said', () => {
    // Whatever is typed is as dangerous as the examples.
    const all = { weights: new Int8Array(2), unit: 1, bias: 1 };
    const learned = { danger: VIEWS.map(() => all), kinds: new Map() };
    const scoreOf = (text: string) => likeness(readingsOf(text), learned)?.score as number;
    expect(scoreOf('purple')).toBeLessThan(0.35);
    expect(scoreOf('his lips are purple')).toBeGreaterThan(0.5);
    expect(scoreOf('his lips are purple '.repeat(20))).toBeGreaterThan(0.9);
    expect(scoreOf('')).toBeLessThan(0.2);
    // However little likeness is enough, a word alone must be very like.
    const doubtOf = (text: string) => likeness(readingsOf(text), learned)?.doubt as number;
    expect(scoreOf('food') - doubtOf('food')).toBeLessThan(0);
    expect(doubtOf('his lips are purple')).toBeLessThan(doubtOf('lips are purple'));
    expect(doubtOf('his lips are purple '.repeat(10))).toBeLessThan(0.01);
    const food = {
      score: scoreOf('food'),
      doubt: doubtOf('food'),
      words: 1,
      kinds: () => new Map([['no-food-heat-roof', 1]]),
    };
    const said = { kind: 'no-food-heat-roof', level: 'interrupt' as const };
    expect(together(null, food, 0)).toBeNull();
    expect(together(said, food, 0)?.level).toBe('interrupt');
  });

  test('in a long story a pattern says less', () => {
    const like = (score: number, words: number) => ({
      score,
      doubt: 0,
      words,
      kinds: () => new Map([['domestic-abuse', 1]]),
    });
    const said = { kind: 'domestic-abuse', level: 'interrupt' as const };
    expect(together(said, like(-0.1, 10), 0)?.level).toBe('interrupt');
    expect(together(said, like(-0.1, 25), 0)?.level).toBe('interrupt');
    expect(together(said, like(-0.1, 70), 0)?.level).toBe('ask');
    expect(together(said, like(0.1, 70), 0)?.level).toBe('interrupt');
    expect(together({ ...said, level: 'ask' }, like(0.1, 10), 0)?.level).toBe('ask');
    expect(together({ ...said, level: 'ask' }, like(0.15, 70), 0)?.level).toBe('interrupt');
  });

  test('what is asked about is what a pattern heard', () => {
    const like = { score: -0.2, doubt: 0, words: 10, kinds: () => new Map([['child-being-hurt', 1]]) };
    const said = { kind: 'violence-by-child', level: 'ask' as const };
    expect(together(said, like, 0)).toEqual(said);
    expect(together(said, { ...like, score: 0.5 }, 0)?.kind).toBe('child-being-hurt');
  });

  test('letters in disguise and drawn out are read, too', () => {
    expect(read('my husband b3ats me').danger?.level).toBe('interrupt');
    expect(read('my husband beeeats meeee').danger?.level).toBe('interrupt');
  });

  test('why: the words that weigh most', () => {
    const { like } = read('thank you my husband beats me');
    expect(like?.score).toBeGreaterThan(0);
    expect(like?.words[0]?.word).toBe('beats');
  });
});

describe('what is settled without the patterns', () => {
  const KINDS = ['life-at-risk', 'domestic-abuse', 'no-food-heat-roof'];
  const likeness = fc.integer({ min: -30, max: 30 }).map((n) => n / 20);
  const likenesses = fc
    .tuple(
      likeness,
      fc.array(likeness, { minLength: 1, maxLength: KINDS.length }),
      fc.constantFrom(0, 0.3, 0.6),
      fc.constantFrom(1, 20, 60, 150),
    )
    .map(([score, each, doubt, words]) => ({
      score,
      doubt,
      words,
      kinds: () => new Map(each.map((its, i) => [KINDS[i] as string, its])),
    }));
  const sayings = [
    null,
    ...[...KINDS, 'a kind that is not learned'].flatMap((kind) => [
      { kind, level: 'interrupt' as const },
      { kind, level: 'ask' as const },
    ]),
  ];

  test('is what would have come of it with them, whatever they say', () => {
    fc.assert(
      fc.property(likenesses, likeness, (like, from) => {
        const settled = settledBy(like, from);
        if (settled === undefined) return;
        for (const said of sayings) expect(together(said, like, from)).toEqual(settled);
      }),
      { numRuns: 2000 },
    );
  });

  test('is all that is plain, and nothing else', () => {
    const like = (score: number, ...each: number[]) => ({
      score,
      doubt: 0,
      words: 10,
      kinds: () => new Map(each.map((its, i) => [KINDS[i] as string, its])),
    });
    expect(settledBy(like(-1, 0, 0), 0.1)).toBeNull();
    expect(settledBy(like(1, -1, 1), 0.1)).toEqual({ kind: 'domestic-abuse', level: 'interrupt' });
    expect(settledBy(like(1, 0.9, 1), 0.1)).toBeUndefined();
    expect(settledBy(like(0, -1, 1), 0.1)).toBeUndefined();
  });
});

describe('what comes of a message of very many words', () => {
  test('is help, a question where it is not quite like the calm ones, or nothing', () => {
    const like = (score: number) => ({
      score,
      doubt: 0,
      words: 300,
      kinds: () => new Map([['domestic-abuse', 1]]),
    });
    expect(settledOfMany(like(0.4), 0.1)).toEqual({ kind: 'domestic-abuse', level: 'interrupt' });
    expect(settledOfMany(like(0.1), 0.1)).toEqual({ kind: 'domestic-abuse', level: 'ask' });
    expect(settledOfMany(like(0), 0.1)).toEqual({ kind: 'domestic-abuse', level: 'ask' });
    expect(settledOfMany(like(-0.2), 0.1)).toEqual({ kind: 'domestic-abuse', level: 'ask' });
    expect(settledOfMany(like(-0.6), 0.1)).toBeNull();
  });
});
