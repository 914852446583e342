import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { isOfficial } from '../../src/speech/sources.ts';
import { speakEntry } from '../../src/speech/speak.ts';
import { createVoices } from '../../src/speech/voice.ts';
import { madeUp } from '../content/made-up.ts';

test('only the state, the NHS, the councils and the Ombudsmen have official pages', () => {
  const official = [
    'https://www.gov.uk/carers-allowance',
    'https://www.legislation.gov.uk/ukpga/1989/41/section/17',
    'https://www.surreycc.gov.uk/send',
    'https://consult.gov.scot/breaks',
    'https://www.gov.wales/live-fear-free',
    'https://www.nhs.uk/mental-health/',
    'https://www.hantsiow.icb.nhs.uk/choice',
    'https://www.lgo.org.uk/make-a-complaint',
    'https://www.ombudsman.org.uk/making-complaint',
  ];
  const others = [
    'https://contact.org.uk/',
    'https://www.ipsea.org.uk/annual-reviews',
    'https://www.ashfords.co.uk/insights',
    'https://notgov.uk/',
    'https://www.gov.uk.example.org/',
    'https://example.org/www.nhs.uk/',
    'https://algo.org.uk/',
  ];
  expect(official.filter((url) => !isOfficial(url))).toEqual([]);
  expect(others.filter(isOfficial)).toEqual([]);
});

test('an entry says of each source if it is an official page', () => {
  const sources = {
    charity: { title: 'A charity', url: 'https://example.org/', publisher: 'Charity' },
    law: { title: 'The law', url: 'https://www.legislation.gov.uk/x', publisher: 'legislation.gov.uk' },
  };
  const { content } = madeUp({
    interface: parse(readFileSync(join(import.meta.dirname, '../../locales/en/interface.yaml'), 'utf8')),
    sources,
    entries: { 'carer-money': { sources: ['charity', 'law'] } },
  });
  const now = new Date('2026-11-22T12:00:00Z');
  const entry = speakEntry(content, createVoices(content)('en'), 'carer-money', {
    date: '2026-11-22',
    now,
    topics: [],
    children: 1,
    hours: 24,
  });
  expect(entry.sources.map(({ title, official }) => [title, official])).toEqual([
    ['A charity', false],
    ['The law', true],
  ]);
});
