import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openFresh } from '../../src/content/check.ts';
import type { Content } from '../../src/content/content.ts';
import { NATIONS } from '../../src/engine/entries.ts';
import { createLanguage } from '../../src/language/language.ts';
import { type Place, readPlace } from '../../src/language/read-place.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const TODAY = '2026-11-22';
const { content: real } = openFresh(ROOT);

/** A few councils, so that a newer table of postcodes breaks no test of how postcodes are read. */
const content: Content = {
  ...real,
  authorities: new Map(
    Object.entries({
      E06000023: { name: 'Bristol City Council', also: ['City of Bristol'] },
      E06000025: { name: 'South Gloucestershire Council' },
      E06000022: { name: 'Bath and North East Somerset Council' },
      E06000024: { name: 'North Somerset Council' },
      E06000066: { name: 'Somerset Council' },
      E06000010: { name: 'Hull City Council', also: ['Kingston upon Hull'] },
      E06000050: { name: 'Cheshire West and Chester Council' },
      E06000049: { name: 'Cheshire East Council' },
      E08000021: { name: 'Newcastle City Council', also: ['Newcastle upon Tyne'] },
      E10000028: { name: 'Staffordshire County Council', also: ['Newcastle-under-Lyme', 'Stafford'] },
      E08000001: { name: 'Bolton Metropolitan Borough Council' },
      E10000019: { name: 'Lincolnshire County Council', also: ['Boston', 'City of Lincoln'] },
      E09000001: { name: 'City of London Corporation', also: ['City of London'] },
      E09000012: { name: 'London Borough of Hackney' },
      E09000025: { name: 'London Borough of Newham' },
      E09000030: { name: 'London Borough of Tower Hamlets' },
      E09000033: { name: 'Westminster City Council' },
      E06000047: { name: 'Durham County Council', also: ['County Durham'] },
      E06000020: { name: 'Telford & Wrekin Council' },
      E10000030: {
        name: 'Surrey County Council',
        also: ['Guildford'],
        until: '2027-03-31',
        successors: ['E06000098', 'E06000099'],
      },
      E06000098: { name: 'East Surrey Council', from: '2027-04-01' },
      E06000099: { name: 'West Surrey Council', from: '2027-04-01' },
      X99000001: { name: 'Bristol Example Council' },
    }).map(([code, authority]) => [code, { region: '', website: 'https://example.org/', ...authority }]),
  ),
  postcodes: [
    'BS3 E06000023',
    'BS16 E06000025 E06000023',
    'BS34 E06000025',
    'CH4 E06000050 wales',
    'TD9 scotland E06000063',
    'E1 E09000030',
    'E10 E09000012',
    'E16 E09000025',
    'SW1A E09000033',
    // The table has a bare W1 too, of one old postcode.
    'W1 E09000033',
    'W1A E09000033',
    'W1B E09000033 E09000012',
    'HU1 E06000010',
    'HU11 E06000023',
    'OL1 E08000001',
    'GU1 E10000030',
    'EH1 scotland',
    'BT northern_ireland',
  ].join('\n'),
};

const authority = (code: string): Place => ({ kind: 'authority', code });
const several = (...choices: string[]): Place => ({ kind: 'several', choices });
const BRISTOL = authority('E06000023');

describe('postcodes', () => {
  test.for<[string, Place | undefined]>([
    ['BS3 4QQ', BRISTOL],
    ['bs3 4qq', BRISTOL],
    ['BS34QQ', BRISTOL],
    ['bs34qq', BRISTOL],
    ['  Bs3   4qQ ', BRISTOL],
    ['bs3-4qq', BRISTOL],
    ['(BS3.4QQ)', BRISTOL],
    ['ＢＳ３ ４ＱＱ', BRISTOL],
    ['bs3', BRISTOL],
    ['B S 3', BRISTOL],
    ['BS 3', BRISTOL],
    ['b s 3 4 q q', BRISTOL],
    ['BS3 4Q', BRISTOL],
    ['my postcode is BS3 4QQ thank you', BRISTOL],
    ['we live in bs3', BRISTOL],
    ['SW1A 1AA', authority('E09000033')],
    ['sw1a1aa', authority('E09000033')],
    // Slips of fingers: O for 0, I and L for 1, and the other way round.
    ['E1O', authority('E09000012')],
    ['EI6 1AN', authority('E09000025')],
    ['el6', authority('E09000025')],
    ['0L1 2AB', authority('E08000001')],
    ['BS3 4Q0', BRISTOL],
    ['SWIA IAA', undefined],
    ['SWIA 1AA', authority('E09000033')],
    // A blank may stand before the last figure, or they stopped in the middle.
    ['BS3 4', several('E06000025', 'E06000023')],
    ['E1 6', several('E09000025', 'E09000030')],
    ['E1 6AN', authority('E09000030')],
    ['E16AN', authority('E09000030')],
    ['E16', authority('E09000025')],
    // What is short for several.
    ['W1', several('E09000033', 'E09000012')],
    ['BS16 1AA', several('E06000025', 'E06000023')],
    ['bs3 or e16', several('E06000023', 'E09000025')],
    // Other nations, and borders.
    ['EH1 1AA', { kind: 'nation', nation: 'scotland' }],
    ['BT7 1NN', { kind: 'nation', nation: 'northern_ireland' }],
    ['bt71nn', { kind: 'nation', nation: 'northern_ireland' }],
    ['CH4', several('E06000050', 'wales')],
    ['TD9 0AA', several('scotland', 'E06000063')],
    // No such place.
    ['ZZ9 9ZZ', undefined],
    ['JE2 3AB', undefined],
    ['BS34Q', undefined],
    ['B', undefined],
    ['', undefined],
    ['3', undefined],
    ['999', undefined],
    ['so', undefined],
  ])('"%s": %j', ([typed, place]) => {
    expect(readPlace(typed, content, TODAY)).toEqual(place);
  });
});

describe('names', () => {
  test.for<[string, Place | undefined]>([
    ['bristol', BRISTOL],
    ['Bristol City Council', BRISTOL],
    ['city of bristol', BRISTOL],
    ['North Somerset', authority('E06000024')],
    ['north somerset council', authority('E06000024')],
    ['Somerset', several('E06000022', 'E06000024', 'E06000066')],
    ['Somerset Council', authority('E06000066')],
    ['hull', authority('E06000010')],
    ['newcastle', several('E08000021', 'E10000028')],
    ['Newcastle City Council', authority('E08000021')],
    ['cheshire', several('E06000050', 'E06000049')],
    // One letter apart, and both are councils.
    ['Bolton', authority('E08000001')],
    ['Boston', authority('E10000019')],
    // A part of a name, a slip, a name among other words: we ask.
    ['Telford', several('E06000020')],
    ['telford and wrekin', authority('E06000020')],
    ['bristool', several('E06000023')],
    ['we live near Bristol', several('E06000023')],
    ['between north somerset and bristol', several('E06000023', 'E06000024')],
    ['hackney', authority('E09000012')],
    ['County Durham', authority('E06000047')],
    ['City of London', authority('E09000001')],
    ['london', undefined],
    ['council', undefined],
    ['my council', undefined],
    ['Atlantis', undefined],
    // An invented council is found by its very code and by nothing else.
    ['example', undefined],
    ['Bristol Example Council', several('E06000023')],
    ['x99000001', authority('X99000001')],
    ['E06000023', BRISTOL],
  ])('"%s": %j', ([typed, place]) => {
    expect(readPlace(typed, content, TODAY)).toEqual(place);
  });
});

test('an authority that was divided is asked for, from the day on', () => {
  expect(readPlace('GU1 1AA', content, '2027-03-31')).toEqual(authority('E10000030'));
  expect(readPlace('GU1 1AA', content, '2027-04-01')).toEqual(several('E06000098', 'E06000099'));
  expect(readPlace('Guildford', content, '2027-04-01')).toEqual(several('E06000098', 'E06000099'));
});

test('the name of a nation is that nation, however near a council is in its letters', () => {
  const { place } = createLanguage(real);
  expect(place('Wales', 'en', TODAY)).toEqual({ kind: 'nation', nation: 'wales' });
  expect(place('Cymru', 'cy', TODAY)).toEqual({ kind: 'nation', nation: 'wales' });
  expect(place('Newcastle, England', 'en', TODAY)).toEqual(several('E08000021'));
});

describe('the real tables', () => {
  const lines = real.postcodes.split('\n').map((line) => line.split(' '));
  const codes = [...real.authorities.keys()].filter((code) => code.startsWith('E'));
  const reaches = (place: Place | undefined, code: string) =>
    place?.kind === 'authority'
      ? place.code === code
      : place?.kind === 'several' && place.choices.includes(code);

  test('hold the 153 authorities, each reached by a postcode and by its name', () => {
    expect(codes).toHaveLength(153);
    for (const code of codes) {
      const outcode = lines.find(([, ...where]) => where.includes(code))?.[0] ?? '';
      expect([code, reaches(readPlace(`${outcode} 1AA`, real, TODAY), code)]).toEqual([code, true]);
      const name = real.authorities.get(code)?.name ?? '';
      expect([name, readPlace(name, real, TODAY)]).toEqual([name, authority(code)]);
    }
  });

  test('never guess: a first half that lies in several places asks which, at the borders of nations too', () => {
    const borders = new Set<string>();
    for (const [outcode = '', ...own] of lines) {
      const place = readPlace(outcode, real, TODAY);
      const short = lines.filter(([one = '']) => /\d[A-Z]$/.test(one) && one.slice(0, -1) === outcode);
      const where = [...new Set([...own, ...short.flatMap(([, ...there]) => there)])];
      if (where.length > 1) expect([outcode, place]).toEqual([outcode, several(...where)]);
      else if ((NATIONS as readonly string[]).includes(where[0] ?? ''))
        expect([outcode, place]).toEqual([outcode, { kind: 'nation', nation: where[0] }]);
      else expect([outcode, place]).toEqual([outcode, authority(where[0] ?? '')]);
      if (where.length > 1 && where.some((one) => !one.startsWith('E')))
        borders.add(outcode.replace(/\d.*/, ''));
    }
    for (const area of ['CH', 'SY', 'HR', 'TD', 'DG', 'LD', 'NP']) expect([...borders]).toContain(area);
  });

  test.for<[string, Place]>([
    ['TR21 0LW', several('E06000053', 'E06000052')],
    ['TR22 0PL', authority('E06000053')],
    ['Isles of Scilly', authority('E06000053')],
    ['EC2V 7HH', several('E09000001', 'E09000019')],
    ['SN6', several('E06000030', 'E06000054', 'E10000025', 'E10000013')],
    ['Barnet', authority('E09000003')],
    ['Nottinghamshire', authority('E10000024')],
    ['Guildford', authority('E10000030')],
    ['W1', several('E09000033', 'E09000019', 'E09000007')],
  ])('%s', ([typed, place]) => {
    expect(readPlace(typed, real, TODAY)).toEqual(place);
  });

  test('any postcode in any shape is the same place', () => {
    const outcodes = lines.map(([outcode = '']) => outcode).filter((outcode) => /\d/.test(outcode));
    const shape = fc.record({
      outcode: fc.constantFrom(...outcodes),
      sector: fc.integer({ min: 0, max: 9 }),
      unit: fc.constantFrom('AA', 'QQ', 'XY'),
      gaps: fc.array(fc.constantFrom('', ' ', '  ', '-', '\t'), { minLength: 8, maxLength: 8 }),
      lower: fc.boolean(),
    });
    fc.assert(
      fc.property(shape, ({ outcode, sector, unit, gaps, lower }) => {
        const whole = `${outcode}${sector}${unit}`;
        const spread = [...whole].map((letter, i) => letter + (gaps[i] ?? '')).join('');
        const typed = lower ? spread.toLowerCase() : spread;
        const place = readPlace(`${outcode} ${sector}${unit}`, real, TODAY);
        expect(place).toEqual(readPlace(outcode, real, TODAY));
        // With gaps anywhere a part of it can look like a first half too; then it asks, and the right one is offered.
        const got = readPlace(typed, real, TODAY);
        const offered = (one: Place | undefined) =>
          one?.kind === 'several'
            ? one.choices
            : one?.kind === 'authority'
              ? [one.code]
              : one?.kind === 'nation'
                ? [one.nation]
                : [];
        expect(offered(got)).toEqual(expect.arrayContaining([...offered(place)]));
      }),
      { numRuns: 500 },
    );
  });

  test('whatever is typed: no throw, and what comes out is a known place', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 40 }));
    fc.assert(
      fc.property(text, (typed) => {
        const place = readPlace(typed, real, TODAY);
        if (place?.kind === 'authority') expect(real.authorities.has(place.code)).toBe(true);
        if (place?.kind === 'several')
          for (const one of place.choices)
            expect(real.authorities.has(one) || (NATIONS as readonly string[]).includes(one)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

test.each<[string, string | undefined]>([
  ['mieszkamy w Bradford', 'E08000032'],
  ['hum luton mein rehte hain', 'E06000032'],
  ['টাওয়ার হ্যামলেটস', 'E09000030'],
  ['برمنغهام', 'E08000025'],
  ['Lerpwl', 'E08000012'],
  // Beside it is not in it, and of two only they can tell which.
  ['bradford ke qareeb', undefined],
  ['mieszkamy w Leeds, w Bradford', undefined],
  ['mieszkamy w Newcastle', undefined],
])('a name among words that change nothing, and in other scripts: %s is %s', (text, code) => {
  const place = readPlace(text, real, TODAY);
  expect(place?.kind === 'authority' ? place.code : undefined).toBe(code);
});
