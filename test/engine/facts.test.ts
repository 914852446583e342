import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Fact,
  type FactType,
  isDate,
  readAnswer,
  readValue,
  sameAnswer,
} from '../../src/engine/facts.ts';
import { runs } from './arbitraries.ts';

const fact = (type: FactType, more: Partial<Fact> = {}): Fact => ({
  id: 'carer.some',
  scope: 'carer',
  type,
  options: type === 'yes_no' ? ['yes', 'no'] : [],
  exclusive: [],
  effort: 1,
  sensitive: false,
  background: false,
  ...more,
});

const rate = fact('choice', { options: ['none', 'middle', 'highest'] });
const benefits = fact('choices', { options: ['uc', 'dla', 'pip', 'none'], exclusive: ['none'] });
const works = fact('yes_no');
const hours = fact('number', { max: 168 });
const earnings = fact('money');
const letter = fact('date');

describe('reading a value', () => {
  test.each<[string, Fact, unknown, unknown]>([
    ['an option', rate, 'middle', 'middle'],
    ['no option of it', rate, 'lowest', undefined],
    ['another case', rate, 'Middle', undefined],
    ['an option in a list', rate, ['middle'], undefined],
    ['nothing', rate, undefined, undefined],
    ['null', rate, null, undefined],
    ['a name that every object has', rate, 'constructor', undefined],
    ['yes', works, 'yes', 'yes'],
    ['true is yes', works, true, 'yes'],
    ['false is no', works, false, 'no'],
    ['1 is not yes', works, 1, undefined],
    ['several options, in the order of the vocabulary', benefits, ['pip', 'uc'], ['uc', 'pip']],
    ['an option twice is that option', benefits, ['dla', 'dla'], ['dla']],
    ['one option alone', benefits, 'dla', ['dla']],
    ['"none of these" alone', benefits, ['none'], ['none']],
    ['"none of these" with another', benefits, ['none', 'dla'], undefined],
    ['no option at all', benefits, [], undefined],
    ['one that does not exist among others', benefits, ['dla', 'x'], undefined],
    ['something else in the list', benefits, [1], undefined],
    ['a number', hours, 35, 35],
    ['a number as typed', hours, ' 35.5 ', 35.5],
    ['nought', hours, 0, 0],
    ['the largest that makes sense', hours, 168, 168],
    ['more than makes sense', hours, 168.5, undefined],
    ['less than nothing', hours, -1, undefined],
    ['an empty field', hours, '', undefined],
    ['spaces', hours, '  ', undefined],
    ['words', hours, 'lots', undefined],
    ['no number', hours, Number.NaN, undefined],
    ['without end', hours, Number.POSITIVE_INFINITY, undefined],
    ['a million', earnings, 1_000_000, 1_000_000],
    ['a slip of the finger', earnings, 1e12, undefined],
    ['true is no number', hours, true, undefined],
    ['a list is no number', hours, [5], undefined],
    ['a day', letter, '2026-11-22', '2026-11-22'],
    ['a leap day', letter, '2028-02-29', '2028-02-29'],
    ['a leap day in another year', letter, '2026-02-29', undefined],
    ['the 31st of a month that has 30', letter, '2026-11-31', undefined],
    ['month 13', letter, '2026-13-01', undefined],
    ['as it is said', letter, '22/11/2026', undefined],
    ['with a time', letter, '2026-11-22T00:00:00Z', undefined],
    ['a year with a slip', letter, '0026-11-22', undefined],
    ['the end of time', letter, '9999-12-31', undefined],
    ['a number for a day', letter, 20_261_122, undefined],
  ])('%s', (_, of, raw, value) => {
    expect(readValue(of, raw)).toEqual(value);
  });

  test('what was read reads as itself', () => {
    const facts = [rate, benefits, works, hours, earnings, letter];
    fc.assert(
      fc.property(
        fc.constantFrom(...facts),
        fc.oneof(fc.anything(), fc.double(), fc.boolean(), fc.subarray([...benefits.options])),
        (of, raw) => {
          const value = readValue(of, raw);
          if (value !== undefined) expect(readValue(of, JSON.parse(JSON.stringify(value)))).toEqual(value);
        },
      ),
      runs(500),
    );
  });
});

describe('reading an answer', () => {
  test.each<[string, unknown, unknown]>([
    ['a value', { value: '3' }, { value: 3 }],
    ['not sure', { silence: 'not_sure' }, { silence: 'not_sure' }],
    ['rather not say', { silence: 'rather_not_say', more: 1 }, { silence: 'rather_not_say' }],
    ['another silence', { silence: 'maybe' }, undefined],
    ['neither', {}, undefined],
    ['a value that is none', { value: 'x' }, undefined],
    ['a value that is missing', { value: undefined, silence: 'not_sure' }, undefined],
    ['null', null, undefined],
    ['a bare value', 3, undefined],
  ])('%s', (_, raw, answer) => {
    expect(readAnswer(hours, raw)).toEqual(answer);
  });

  test('two answers are the same if they say the same', () => {
    expect(sameAnswer({ value: ['a', 'b'] }, { value: ['a', 'b'] })).toBe(true);
    expect(sameAnswer({ value: ['a', 'b'] }, { value: ['a'] })).toBe(false);
    expect(sameAnswer({ value: 'a' }, { value: ['a'] })).toBe(false);
    expect(sameAnswer({ value: 0 }, { silence: 'not_sure' })).toBe(false);
    expect(sameAnswer({ silence: 'not_sure' }, { value: 0 })).toBe(false);
    expect(sameAnswer({ silence: 'not_sure' }, { silence: 'rather_not_say' })).toBe(false);
    expect(sameAnswer({ silence: 'not_sure' }, { silence: 'not_sure' })).toBe(true);
  });
});

test('a day exists or it does not', () => {
  fc.assert(
    fc.property(fc.nat(9999), fc.nat(14), fc.nat(33), (year, month, day) => {
      const text = [`${year}`.padStart(4, '0'), `${month}`.padStart(2, '0'), `${day}`.padStart(2, '0')].join(
        '-',
      );
      const date = new Date(0);
      date.setUTCFullYear(year, month - 1, day);
      const exists =
        date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
      expect(isDate(text)).toBe(exists);
    }),
    runs(500),
  );
});
