import { join } from 'node:path';
import { beforeAll, describe, expect, it, test } from 'vitest';
import type { Content } from '../../src/content/content.ts';
import { openContent } from '../../src/content/open.ts';
import type { Contact } from '../../src/content/schemas.ts';
import { openFirst, speakContacts } from '../../src/speech/contacts.ts';
import type { SpokenContact } from '../../src/speech/spoken.ts';
import { createVoices, type Voice } from '../../src/speech/voice.ts';

const ROOT = join(import.meta.dirname, '../..');
let content: Content;
let voices: (code: string) => Voice;
beforeAll(async () => {
  ({ content } = await openContent(ROOT));
  voices = createVoices(content);
});

const BASE: Contact = { name: 'A line', for: 'Anyone.', nations: ['england'], confidence: 'high' };
const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const OFFICE: Contact['open'] = [{ days: [...WEEK], from: '09:00', to: '17:30' }];

/** @returns one made-up contact as it is said. */
function said(fields: Partial<Contact>, now?: string, language = 'en'): SpokenContact {
  const contacts = new Map([['a-line', { ...BASE, ...fields }]]);
  const at = now === undefined ? undefined : new Date(now);
  const [one] = speakContacts({ ...content, contacts }, voices(language), ['a-line', 'gone'], at);
  return one as SpokenContact;
}

describe('who is open now, in words', () => {
  // 2026-11-23 is a Monday.
  test.each([
    [
      '2026-11-23T12:00:00Z',
      'Open now, until 5:30pm',
      'Ar agor nawr, tan 5:30pm',
      'ابھی کھلا ہے، شام 5:30 بجے تک',
    ],
    [
      '2026-11-23T05:00:00Z',
      'Closed now. Opens at 9am today',
      'Ar gau nawr. Yn agor am 9am heddiw',
      'ابھی بند ہے۔ آج صبح 9 بجے کھلے گا',
    ],
    [
      '2026-11-23T18:00:00Z',
      'Closed now. Opens at 9am tomorrow',
      'Ar gau nawr. Yn agor am 9am yfory',
      'ابھی بند ہے۔ کل صبح 9 بجے کھلے گا',
    ],
    [
      '2026-11-27T18:00:00Z',
      'Closed now. Opens on Monday at 9am',
      'Ar gau nawr. Yn agor ddydd Llun am 9am',
      'ابھی بند ہے۔ پیر کو صبح 9 بجے کھلے گا',
    ],
    [
      '2026-12-25T12:00:00Z',
      'Today is a bank holiday. The hours may differ',
      "Mae heddiw'n ŵyl banc. Gall yr oriau fod yn wahanol",
      'آج سرکاری چھٹی ہے۔ اوقات مختلف ہو سکتے ہیں',
    ],
  ])('%s', (now, ...words) => {
    expect(['en', 'cy', 'ur'].map((code) => said({ open: OFFICE }, now, code).now?.said)).toEqual(
      words.map((text, i) => ({ text, lang: ['en', 'cy', 'ur'][i] })),
    );
  });

  it('names the date of an opening that is further off than a week', () => {
    const open: Contact['open'] = [{ days: ['fri'], from: '12:00', to: '24:00' }];
    expect(said({ open }, '2026-12-19T12:00:00Z').now?.said.text).toBe(
      'Closed now. Opens on 8 January 2027 at midday',
    );
    expect(said({ open }, '2027-01-08T20:00:00Z').now?.said.text).toBe('Open now, until midnight');
  });

  it('is said only where the hours are certain', () => {
    expect(said({ open: 'always' }, '2026-12-25T03:00:00Z').now?.said.text).toBe('Open now');
    expect(said({ open: OFFICE })).not.toHaveProperty('now.said');
    const medium = said({ open: OFFICE, confidence: 'medium' }, '2026-11-23T12:00:00Z');
    expect([medium.now, medium.hours]).toEqual([undefined, undefined]);
    // We know the bank holidays of England and Wales only.
    const scots = said({ open: OFFICE, nations: ['scotland'] }, '2026-11-23T12:00:00Z');
    expect([scots.now, scots.hours?.text]).toEqual([undefined, 'Monday to Friday, 9am to 5:30pm']);
  });
});

test.each<[Contact['open'], string, string, string]>([
  ['always', 'Day and night, every day', 'Ddydd a nos, bob dydd', 'دن رات، ہر روز'],
  [
    OFFICE,
    'Monday to Friday, 9am to 5:30pm',
    'dydd Llun i ddydd Gwener, 9am tan 5:30pm',
    'پیر سے جمعہ، صبح 9 بجے سے شام 5:30 بجے',
  ],
  [
    [
      { days: ['mon', 'wed', 'thu', 'fri'], from: '09:30', to: '17:00' },
      { days: ['tue'], from: '13:00', to: '20:00' },
    ],
    'Monday and Wednesday to Friday, 9:30am to 5pm; Tuesday, 1pm to 8pm',
    'dydd Llun a dydd Mercher i ddydd Gwener, 9:30am tan 5pm; dydd Mawrth, 1pm tan 8pm',
    'پیر اور بدھ سے جمعہ، صبح 9:30 بجے سے شام 5 بجے؛ منگل، دوپہر 1 بجے سے رات 8 بجے',
  ],
  [
    [
      { days: [...WEEK, 'sat', 'sun'], from: '10:00', to: '16:00' },
      { days: [...WEEK, 'sat', 'sun'], from: '19:00', to: '24:00' },
    ],
    'Every day, 10am to 4pm and 7pm to midnight',
    'Bob dydd, 10am tan 4pm a 7pm tan hanner nos',
    'ہر روز، صبح 10 بجے سے شام 4 بجے اور شام 7 بجے سے آدھی رات',
  ],
])('hours in words: %#', (open, ...words) => {
  expect(['en', 'cy', 'ur'].map((code) => said({ open }, undefined, code).hours?.text)).toEqual(words);
});

it('says the rest in the language of the reader', () => {
  const fields: Partial<Contact> = {
    cost: 'local_rate',
    languages: ['cy', 'en'],
    interpreter: true,
    sign: 'SignVideo',
    checked: '2026-10-07',
  };
  const parts = (language: string) => {
    const one = said(fields, undefined, language);
    return [one.cost, one.languages, one.interpreter, one.sign, one.checked].map((part) => part?.text);
  };
  expect(parts('en')).toEqual([
    'Costs as much as a local call',
    'Languages: Welsh and English',
    'You can ask for an interpreter',
    'British Sign Language: SignVideo',
    'Last checked: October 2026',
  ]);
  expect(parts('cy')[1]).toBe('Ieithoedd: Cymraeg a Saesneg');
  expect(parts('ur')[4]).toBe('آخری بار جانچا گیا: اکتوبر 2026');
  expect(said({ checked: '2026-10' }).checked?.text).toBe('Last checked: October 2026');
  expect(said({ checked: '2026' }).checked?.text).toBe('Last checked: 2026');
  // What the content has in English only says so.
  expect(said({ hours: 'By appointment' }, undefined, 'ur').hours).toEqual({
    text: 'By appointment',
    lang: 'en',
  });
});

describe('after hours', () => {
  const one = (id: string, is?: 'open' | 'closed' | 'unsure') =>
    ({ id, now: is && { is, said: { text: is, lang: 'en' } } }) as SpokenContact;
  const order = (...contacts: SpokenContact[]) => openFirst(contacts).map(({ id }) => id);

  it('comes first who is open', () => {
    expect(order(one('a', 'closed'), one('b'), one('c', 'open'), one('d', 'unsure'))).toEqual([
      'c',
      'b',
      'd',
      'a',
    ]);
  });
  it('is never in office hours: then the order is the curator’s', () => {
    expect(order(one('a'), one('b', 'open'))).toEqual(['a', 'b']);
  });
});
