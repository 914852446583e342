import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lexicon } from '../../src/content/schemas.ts';
import { dangerReader } from '../../src/language/danger-patterns.ts';
import { faultInPattern } from '../../src/language/patterns.ts';

const KINDS = ['life-at-risk', 'parent-suicide', 'domestic-abuse'];
const item = (kind: string, level: 'interrupt' | 'ask', patterns: string[], unless?: string[]) => ({
  kind,
  level,
  reason: 'test',
  patterns,
  unless,
});
const reader = (...items: Lexicon) => dangerReader([items], KINDS);
const has = (pattern: string, text: string) => reader(item('life-at-risk', 'ask', [pattern]))(text) !== null;

describe('a pattern', () => {
  test.each([
    ['want to die', 'I WANT to die!!', true],
    ['want to die', 'i want to diet', false],
    ['want to die', 'unwant to die', false],
    ['cant go on', "I can't go on", true],
    ['cant go on', 'I can’t … go on', true],
    ['(he|she) hits me', 'she hits me', true],
    ['(he|she) hits me', 'they hit me', false],
    ['(top|do in|end it) (myself|all)', 'end it all', true],
    ['(top|do in|end it) (myself|all)', 'end all', false],
    ['kill ... myself', 'kill myself', true],
    ['kill ... myself', 'kill one two three myself', true],
    ['kill ... myself', 'kill one two three four myself', false],
    ['suicid*', 'suicidal', true],
    ['suicid*', 'suicide-note', true],
    ['suicid*', 'nonsuicidal', false],
    ['(self harm*|cut*) (himself|her self)', 'she is cutting her self', true],
    ['((a|b) c|d) e', 'b c e', true],
    ['((a|b) c|d) e', 'a e', false],
    ['i (really|) want', 'i want', true],
    ['i (really|) want', 'i really want', true],
    ['... hits me ...', 'hits me', true],
    ['a ... b ... c', 'a 1 2 3 b 1 2 3 c', true],
    ['self harm', 'self-harm', true],
    ['مرنا چاہتی', 'میں مرنا چاهتي ہوں', true],
    ['eisiau marw', 'dwi êisiau MARW', true],
  ])('%s in "%s": %s', (pattern, text, expected) => {
    expect(has(pattern, text)).toBe(expected);
  });

  test('is read past disguises and long-drawn letters', () => {
    expect(has('kill myself', 'k1ll mys3lf')).toBe(true);
    expect(has('kill myself', 'k!ll my$elf')).toBe(true);
    expect(has('want to die', 'want to dieeeeee')).toBe(true);
    expect(has('so tired', 'sooooo tired')).toBe(true);
    expect(has('want to die', 'i want to die!please')).toBe(true);
  });

  test.each(['(a|b', 'a)', 'a | b', '...', '', '(a|)', 'k*ll', '*', '( | )', '-'])(
    '%s is faulty, and is said so',
    (pattern) => {
      expect(faultInPattern(pattern)).toEqual(expect.any(String));
      expect(reader(item('life-at-risk', 'ask', [pattern, 'fire']))('a b there is a fire')).not.toBeNull();
      expect(reader(item('life-at-risk', 'ask', [pattern]))('')).toBeNull();
    },
  );
});

describe('unless', () => {
  const read = reader(
    item(
      'parent-suicide',
      'interrupt',
      ['kill* me', 'want to die'],
      ['this (form|school) ... kill* me', 'laughing'],
    ),
  );
  test('cancels what it touches or stands near', () => {
    expect(read('this form is killing me')).toBeNull();
    expect(read('i want to die laughing')).toBeNull();
  });
  test('leaves what stands further off: a joke does not hide a danger', () => {
    expect(
      read('this form is killing me. I have had enough of all of it now and really I want to die'),
    ).toMatchObject({ kind: 'parent-suicide' });
  });
  test('belongs to its own item', () => {
    const two = reader(
      item('life-at-risk', 'ask', ['fire'], ['drill']),
      item('domestic-abuse', 'ask', ['fire'], ['alarm']),
    );
    expect(two('fire drill')?.kind).toBe('domestic-abuse');
  });
});

describe('with', () => {
  const read = reader({ ...item('violence-by-child', 'interrupt', ['hits me']), with: ['(son|daughter)'] });
  test('the patterns count only where one of these stands somewhere', () => {
    expect(read('he hits me')).toBeNull();
    expect(
      read('he hits me and breaks things every single evening of the week. my son is ten'),
    ).not.toBeNull();
  });
});

describe('near', () => {
  const read = reader({
    ...item('life-at-risk', 'interrupt', ['blue', 'limp']),
    near: [['blue', 'limp', 'lips']],
  });
  test('other words must stand beside, not the same once more', () => {
    expect(read('my favourite colour is blue')).toBeNull();
    expect(read('his lips are blue')).not.toBeNull();
    expect(read('he is blue and limp')).not.toBeNull();
  });
});

test('dialect and slips are read as what is meant', () => {
  const read = dangerReader([[item('parent-suicide', 'interrupt', ['want to be dead'])]], KINDS, [
    { spellings: { to: ['tae'], dead: ['deid'] } },
  ]);
  expect(read('ah want tae be deid')).not.toBeNull();
});

test('a spelling of one language does not change the words for another', () => {
  const read = dangerReader(
    [
      [item('no-food', 'ask', ['no electric'])],
      [item('life-at-risk', 'interrupt', ['zjadl leki']), item('no-food', 'ask', ['electric'])],
    ],
    KINDS,
    [{ spellings: { electric: ['leki'] } }, { spellings: { zjadl: ['zjad'] } }],
  );
  expect(read('no leki')?.kind).toBe('no-food');
  expect(read('syn zjad leki')?.kind).toBe('life-at-risk');
  expect(read('leki')).toBeNull();
});

test('what is denied right before it is said is no danger', () => {
  const read = dangerReader(
    [[item('parent-suicide', 'interrupt', ['suicidal', '(not|never) safe'])]],
    KINDS,
    [{ words: { denial: ['not', 'not feeling'] } }],
  );
  expect(read('i am not suicidal')).toBeNull();
  expect(read('i am not feeling suicidal')).toBeNull();
  expect(read('i am not ok i am suicidal')).not.toBeNull();
  expect(read('i am not safe')).not.toBeNull();
});

test('what is denied right after it is said is no danger, as in languages with the verb at the end', () => {
  const read = dangerReader(
    [[item('parent-suicide', 'interrupt', ['marte chai', 'bachte chai na'])]],
    KINDS,
    [{ words: { denial_after: ['na', 'ni kokhono'] } }],
  );
  expect(read('ami marte chai')).not.toBeNull();
  expect(read('ami marte chai na')).toBeNull();
  expect(read('ami marte chai ni kokhono')).toBeNull();
  expect(read('ami bachte chai na')).not.toBeNull();
  expect(read('ami marte chai kichu bhalo lage na')).not.toBeNull();
  expect(read('marte chai na. ekhon marte chai')).not.toBeNull();
});

test.each([
  'marte chai, na parchi na',
  'marte chai. na',
  'marte chai\nna',
  'marte chai! NA',
  'marte chai।na',
])('what follows a comma or a new sentence denies nothing: %s', (text) => {
  const read = dangerReader([[item('parent-suicide', 'interrupt', ['marte chai'])]], KINDS, [
    { words: { denial_after: ['na'] }, spellings: { chai: ['chay'] } },
  ]);
  expect(read(text)).not.toBeNull();
  expect(read(text.replace('chai', 'chay'))).not.toBeNull();
});

test('nor does a "not" that ended the sentence before', () => {
  const read = dangerReader([[item('parent-suicide', 'interrupt', ['suicidal'])]], KINDS, [
    { words: { denial: ['not', 'never', 'never ever'] } },
  ]);
  expect(read('he helps? no he does not. suicidal is what i am')).not.toBeNull();
  expect(read('i was never, ever suicidal')).toBeNull();
});

test('what is told of the past or of work is asked about', () => {
  const read = dangerReader([[item('parent-suicide', 'interrupt', ['suicidal'])]], KINDS, [
    { calming: ['years ago'] },
  ]);
  expect(read('i was suicidal ten years ago')?.level).toBe('ask');
  expect(
    read('i was suicidal ten years ago. the school would not listen to any of us and i am suicidal'),
  ).toEqual({
    kind: 'parent-suicide',
    level: 'interrupt',
  });
});

test('what calms does not reach over a word that says that it is so today', () => {
  const read = dangerReader(
    [[item('parent-suicide', 'interrupt', ['want* to die', 'i ... suicidal'])]],
    KINDS,
    [{ calming: ['years ago', 'crisis team'], words: { but_now: ['but', 'still', 'right now'] } }],
  );
  expect(read('crisis team discharged me and i still want to die')?.level).toBe('interrupt');
  expect(read('years ago they helped but i am suicidal')?.level).toBe('interrupt');
  expect(read('right now i want to die like years ago')?.level).toBe('interrupt');
  expect(read('i was suicidal but that is years ago')?.level).toBe('ask');
  expect(read('i am still suicidal as years ago')?.level).toBe('interrupt');
  expect(read('years ago i wanted to die but i am fine right now')?.level).toBe('ask');
  expect(read('still here. years ago i wanted to die')?.level).toBe('ask');
});

test('what is plain enough is no question, whatever calms', () => {
  const items = [{ ...item('parent-suicide', 'interrupt', ['tonight i die']), even_if_calm: true }];
  const read = dangerReader([items], KINDS, [{ calming: ['crisis team'] }]);
  expect(read('crisis team says wait, tonight i die')?.level).toBe('interrupt');
});

test('English words in the lexicon of another language are read as English', () => {
  const english = [item('parent-suicide', 'ask', ['suicidal', 'feel'])];
  const other = [item('parent-suicide', 'interrupt', ['(mujhe|i) ... suicidal', 'suicidal'])];
  const read = dangerReader([english, other], KINDS, [], new Set(), 0);
  expect(read('feel suicidal')?.level).toBe('ask');
  expect(read('mujhe suicidal feel')?.level).toBe('interrupt');
});

describe('of two ways to read the same words', () => {
  const read = reader(
    item('domestic-abuse', 'interrupt', ['strangles me']),
    item('violence-by-child', 'interrupt', ['strangles me']),
    item('violence-by-child', 'interrupt', ['my son']),
    item('parent-suicide', 'interrupt', ['want to die']),
  );
  test('that counts for which more speaks', () => {
    expect(read('he strangles me')?.kind).toBe('domestic-abuse');
    expect(read('my son strangles me')?.kind).toBe('violence-by-child');
  });
  test('a word that decides counts for more', () => {
    const decided = reader(
      item('domestic-abuse', 'interrupt', ['strangles me']),
      item('domestic-abuse', 'interrupt', ['me']),
      { ...item('violence-by-child', 'interrupt', ['strangles me']), with: ['meltdown'], decides: true },
    );
    expect(decided('he strangles me in a meltdown')?.kind).toBe('violence-by-child');
    expect(decided('he strangles me')?.kind).toBe('domestic-abuse');
  });
  test('words of its own keep the graver', () => {
    expect(read('my son strangles me and the school did nothing and i want to die')?.kind).toBe(
      'parent-suicide',
    );
  });
});

describe('of several dangers', () => {
  const read = reader(
    item('domestic-abuse', 'interrupt', ['hits me']),
    item('life-at-risk', 'ask', ['blood']),
    item('parent-suicide', 'interrupt', ['die']),
    item('something-new', 'interrupt', ['new']),
  );
  test('interrupt comes before ask', () => {
    expect(read('blood, he hits me')).toEqual({ kind: 'domestic-abuse', level: 'interrupt' });
  });
  test('then the order of kinds; unknown kinds come last', () => {
    expect(read('he hits me i want to die')).toEqual({ kind: 'parent-suicide', level: 'interrupt' });
    expect(read('new, hits me')?.kind).toBe('domestic-abuse');
    expect(read('new blood')?.kind).toBe('something-new');
  });
  test('all languages are read', () => {
    const both = dangerReader(
      [[item('life-at-risk', 'ask', ['fire'])], [item('life-at-risk', 'ask', ['tân'])]],
      KINDS,
    );
    expect(both('TAN')).not.toBeNull();
    expect(both('fire')).not.toBeNull();
  });
});

test('a very long message is read at its beginning and its end', () => {
  const read = reader(item('parent-suicide', 'interrupt', ['want to die']));
  const story = 'and then the school said no '.repeat(1000);
  expect(read(`I want to die. ${story}`)).not.toBeNull();
  expect(read(`${story} I want to die.`)).not.toBeNull();
});

test('whatever is typed: no throw', () => {
  const read = reader(
    item('parent-suicide', 'interrupt', ['want ... to ... die', '(a|b*) ... (c|d e)'], ['a ... b']),
  );
  const pieces = fc.constantFrom(
    'want',
    'to',
    'die',
    'a',
    'b',
    'c',
    'd',
    ' ',
    '.',
    '!',
    '1',
    '‏',
    '\ud83d',
    'ک',
    '\0',
    '(',
    '*',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(pieces, { maxLength: 80 }).map((all) => all.join(' ')),
      ),
      (text) => {
        const danger = read(text);
        expect(danger === null || danger.kind === 'parent-suicide').toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});
