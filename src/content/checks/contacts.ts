import { minuteOf, WEEKDAYS } from '../../engine/opening-hours.ts';
import type { Contact } from '../schemas.ts';
import { type Check, Findings } from './check.ts';
import { phoneIn } from './phone-numbers.ts';

/** Whole numbers of the United Kingdom: three digits, the 116 numbers, Childline's eight, and those of 10 or 11. */
const WHOLE = /^(?:999|1\d\d|116\d{3}|08001111|0\d{9,10})$/;
/** A time in words, which belongs in `open`. */
const TIME = /\b\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm)\b|\bday and night\b|\b24 hours\b/i;

/** Contacts that state what is not certain, or hours that cannot be. */
export const contacts: Check = (loaded) => {
  const found = new Findings(loaded.files);
  for (const [id, contact] of loaded.content.contacts) {
    const { phone, textphone, text, open, hours, bank_holidays, confidence } = contact;
    const fault = (field: string, says: string, cure: string) =>
      found.fault('contacts', [id, field], says, cure);

    if (phone && !WHOLE.test(phone.replaceAll(' ', '')))
      fault('phone', `"${phone}" is no whole number`, 'compare it with the evidence, digit by digit');
    for (const field of ['name', 'for', 'hours', 'sign'] as const) {
      const number = phoneIn(contact[field] ?? '');
      if (number) fault(field, `a phone number in a text: "${number}"`, 'write it as `phone` or `text`');
    }
    if (confidence === 'low') {
      for (const [field, number] of Object.entries({ phone, textphone, text })) {
        if (number)
          fault(field, 'a number that is not certain', 'take it out, and show their website until it is');
      }
    }
    if (open && confidence !== 'high')
      fault('open', 'hours that are not certain', 'take them out, or check them and set `confidence: high`');
    if (open && hours) {
      fault(
        'hours',
        'hours in words beside `open`, which may contradict it',
        'take them out: the words are made from `open`',
      );
    } else if (hours && TIME.test(hours)) {
      fault('hours', 'times in words, from which nobody can tell who is open now', 'write them as `open`');
    }
    if (bank_holidays && (!open || open === 'always'))
      fault('bank_holidays', 'bank holidays without hours of days', 'take it out, or add `open`');
    if (open && open !== 'always') spans(open, id, found);
  }
  return found.list;
};

function spans(open: Exclude<Contact['open'], 'always' | undefined>, id: string, found: Findings): void {
  open.forEach(({ from, to }, i) => {
    if (minuteOf(to) <= minuteOf(from)) {
      found.fault(
        'contacts',
        [id, 'open', i],
        `it closes at ${to}, before it opens at ${from}`,
        'for a night write two lines, to "24:00" and from "00:00" on the next day',
      );
    }
  });
  for (const day of WEEKDAYS) {
    const onDay = open
      .map((span, i) => ({ ...span, i }))
      .filter(({ days }) => days.includes(day))
      .sort((a, b) => minuteOf(a.from) - minuteOf(b.from));
    const clash = onDay.find((span, i) => i > 0 && minuteOf(span.from) < minuteOf(onDay[i - 1]?.to ?? ''));
    if (!clash) continue;
    found.fault('contacts', [id, 'open', clash.i], `${day} has hours that overlap`, 'make them one');
    return;
  }
}
