import { expect, test } from 'vitest';
import { readPostcodes } from '../../src/content/postcodes.ts';

const CODES = new Set(['E06000023', 'E06000025']);

test('reads each line; comments and blank lines say nothing', () => {
  const { places, faults } = readPostcodes(
    '# A comment\n\nBS16 E06000025 E06000023 # the bigger first\nBT northern_ireland\r\n',
    CODES,
  );
  expect([...places]).toEqual([
    ['BS16', ['E06000025', 'E06000023']],
    ['BT', ['northern_ireland']],
  ]);
  expect(faults).toEqual([]);
});

test.for([
  ['BS16 E06000023\nBS16 E06000025', 2, 'stands here twice', 1],
  ['BS16', 1, 'lies nowhere', 0],
  ['bs16 E06000023', 1, 'is no first half', 0],
  ['BS3 4QQ E06000023', 1, 'there is no authority "4QQ"', 0],
  ['BS16 E06000024', 1, 'there is no authority "E06000024"', 0],
  ['BS16 ireland', 1, 'there is no authority "ireland"', 0],
] as const)('%j: line %d %s', ([text, line, says, left]) => {
  const { places, faults } = readPostcodes(text, CODES);
  expect(faults).toEqual([{ line, says: expect.stringContaining(says), cure: expect.any(String) }]);
  expect(places.size).toBe(left);
});
