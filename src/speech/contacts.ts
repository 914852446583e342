import type { Content } from '../content/content.ts';
import type { Contact } from '../content/schemas.ts';
import { NO_CALENDAR } from '../engine/calendar.ts';
import {
  minuteOf,
  type OpeningHours,
  type OpenState,
  openState,
  type Span,
  WEEKDAYS,
  type Weekday,
} from '../engine/opening-hours.ts';
import { dateInWords, monthInWords } from './figures.ts';
import type { SpokenContact } from './spoken.ts';
import type { Said, Values, Voice } from './voice.ts';

/**
 * @param ids of contacts, in the order shown; one that the content does not have (any more) is left out
 * @param now says whether they are open; without it nothing is said of that, for words that are kept and shown later
 */
export function speakContacts(
  content: Content,
  voice: Voice,
  ids: readonly string[],
  now?: Date,
): SpokenContact[] {
  return ids.flatMap((id) => {
    const contact = content.contacts.get(id);
    return contact ? [speakContact(content, voice, id, contact, now)] : [];
  });
}

/**
 * After hours: where one of them is closed, those that are open come first and those that are closed last. Else the
 * order is the curator's.
 */
export function openFirst(contacts: readonly SpokenContact[]): SpokenContact[] {
  const rank = ({ now }: SpokenContact) => (now?.is === 'open' ? 0 : now?.is === 'closed' ? 2 : 1);
  if (!contacts.some(({ now }) => now?.is === 'closed')) return [...contacts];
  return contacts.toSorted((a, b) => rank(a) - rank(b));
}

function speakContact(
  content: Content,
  voice: Voice,
  id: string,
  contact: Contact,
  now: Date | undefined,
): SpokenContact {
  const { name, phone, press, textphone, text, web, nations, cost, languages, sign, checked } = contact;
  const hours = hoursOf(contact);
  const state = now && hours && openState(hours, now, calendarOf(content, contact));
  const say = (key: string, values?: Values) => voice.say(`contact.${key}`, values);
  return {
    id,
    name,
    phone,
    press,
    textphone,
    text,
    web,
    hours: hours ? hoursInWords(voice, hours.open) : english(contact.hours),
    now: state ? nowInWords(voice, state) : undefined,
    for: contact.for,
    nations,
    cost: cost && say(`cost_${cost}`),
    languages: languages && say('languages', { languages: together(voice, languages.map(nameOf(voice))) }),
    interpreter: contact.interpreter && say('interpreter'),
    sign: sign ? say('sign', { through: sign }) : undefined,
    checked: checked ? say('checked', { date: monthInWords(checked, voice.language.code) }) : undefined,
  };
}

function english(text: string | undefined): Said | undefined {
  return text === undefined ? undefined : { text, lang: 'en' };
}

/** Hours that are not certain are not stated. */
function hoursOf({ open, bank_holidays, confidence }: Contact): OpeningHours | undefined {
  return open && confidence === 'high' ? { open, bankHolidays: bank_holidays } : undefined;
}

/** We know the bank holidays of England and Wales. */
function calendarOf({ model }: Content, { nations }: Contact) {
  return nations.includes('england') || nations.includes('wales') ? model.calendar : NO_CALENDAR;
}

function nowInWords(voice: Voice, state: OpenState): SpokenContact['now'] {
  const say = (key: string, values?: Values) => voice.say(`hours.${key}`, values);
  switch (state.is) {
    case 'open':
      return {
        is: 'open',
        said: state.until ? say('open_until', { time: timeInWords(voice, state.until.time) }) : say('open'),
      };
    case 'closed': {
      const { opens } = state;
      if (!opens) return { is: 'closed', said: say('closed') };
      const time = timeInWords(voice, opens.time);
      if (opens.inDays < 2) {
        return { is: 'closed', said: say(opens.inDays === 0 ? 'opens_today' : 'opens_tomorrow', { time }) };
      }
      // "On Monday" is the next one; one that is further off has its date.
      const said =
        opens.inDays < 7
          ? say('opens_on', { day: dayInWords(voice, opens.weekday), time })
          : say('opens_on_date', { date: dateInWords(opens.date, voice.language.code), time });
      return { is: 'closed', said };
    }
    case 'bank_holiday':
      return { is: 'unsure', said: say('bank_holiday') };
    case 'unknown':
      return undefined;
  }
}

/** @returns "Monday and Wednesday to Friday, 9:30am to 5pm; Tuesday, 1pm to 8pm" */
function hoursInWords(voice: Voice, open: OpeningHours['open']): Said {
  if (open === 'always') return voice.say('hours.always');
  // Days that have the same times stand together: "every day, 10am to 4pm and 7pm to 10pm".
  const daysByTimes = new Map<string, Weekday[]>();
  for (const day of WEEKDAYS) {
    const times = together(
      voice,
      open.filter(({ days }) => days.includes(day)).map((span) => timesInWords(voice, span)),
    );
    if (times) daysByTimes.set(times, [...(daysByTimes.get(times) ?? []), day]);
  }
  const lines = [...daysByTimes].map(
    ([times, days]) => voice.say('hours.line', { days: daysInWords(voice, days), times }).text,
  );
  const text = lines.reduce((before, last) => voice.say('hours.lines', { before, last }).text);
  return { text, lang: voice.say('hours.line').lang };
}

function timesInWords(voice: Voice, { from, to }: Span): string {
  return voice.say('hours.times', { from: timeInWords(voice, from), to: timeInWords(voice, to) }).text;
}

/** @param days in the order of the week */
function daysInWords(voice: Voice, days: readonly Weekday[]): string {
  if (days.length === WEEKDAYS.length) return voice.say('hours.every_day').text;
  const runs: Weekday[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && WEEKDAYS.indexOf(run.at(-1) as Weekday) === WEEKDAYS.indexOf(day) - 1) run.push(day);
    else runs.push([day]);
  }
  const words = runs.flatMap((run) => {
    const names = run.map((day) => dayInWords(voice, day));
    if (run.length < 3) return names.map((day) => voice.say('hours.day', { day }).text);
    return [voice.say('hours.days', { first: names[0] ?? '', last: names.at(-1) ?? '' }).text];
  });
  return together(voice, words);
}

function dayInWords(voice: Voice, day: Weekday): string {
  return voice.say(`hours.${day}`).text;
}

/** @returns "9am", "5:30pm", "midday", "midnight" */
function timeInWords(voice: Voice, time: string): string {
  const minute = minuteOf(time);
  if (minute % (24 * 60) === 0) return voice.say('hours.midnight').text;
  if (minute === 12 * 60) return voice.say('hours.midday').text;
  const hour = Math.floor(minute / 60);
  const minutes = minute % 60 === 0 ? '' : `:${String(minute % 60).padStart(2, '0')}`;
  const part = hour < 12 ? 'morning' : hour < 16 ? 'afternoon' : hour < 20 ? 'evening' : 'night';
  return voice.say(`hours.${part}`, { time: `${hour % 12 || 12}${minutes}` }).text;
}

/** @returns "a", "a and b", "a, b and c" */
function together(voice: Voice, items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return last;
  return voice.say('hours.and', {
    before: items.slice(0, -1).join(`${voice.say('value.comma').text} `),
    last,
  }).text;
}

function nameOf(voice: Voice): (code: string) => string {
  const names = new Intl.DisplayNames(voice.language.code, { type: 'language' });
  return (code) => names.of(code) ?? code;
}
