import { addTo, daysBetween } from '../../engine/deadlines.ts';
import { isDate } from '../../engine/facts.ts';
import { figureOn } from '../../engine/rates.ts';
import { type Check, Findings } from './check.ts';

/** Days in which a warning comes before a date is past. */
const SOON = 30;
/** A source or a contact is looked at again after so many days. */
export const YEAR = 365;
/** Clocks run this far ahead: as long, every bank holiday must be known. Months. */
const HOLIDAYS_AHEAD = 6;

/** Dates that are past, impossible, or too long ago. */
export const dates: Check = (loaded, today) => {
  const found = new Findings(loaded.files);
  const { content } = loaded;
  const exists = (file: string, path: (string | number)[], date: string) => {
    if (isDate(date)) return true;
    found.fault(file, path, `there is no day ${date}`, 'correct the date: year-month-day');
    return false;
  };
  const notYet = (file: string, path: (string | number)[], date: string) => {
    if (date > today)
      found.fault(file, path, `${date} has not come yet`, 'write the day it was really checked');
  };

  for (const [id, { checked, review_by: due }] of content.entries) {
    const file = `entry:${id}`;
    if (!exists(file, ['checked'], checked) || !exists(file, ['review_by'], due)) continue;
    notYet(file, ['checked'], checked);
    const left = daysBetween(today, due);
    const cure = 'check each claim against its sources, then set `checked` and a new `review_by`';
    if (due < checked)
      found.fault(file, ['review_by'], 'review_by is before checked', 'set a day after `checked`');
    else if (left < 0) found.fault(file, ['review_by'], `the review was due on ${due}`, cure);
    else if (left <= SOON) found.warn(file, ['review_by'], `the review is due in ${left} days`, cure);
  }

  for (const [code, { from, until }] of Object.entries(loaded.data.authorities)) {
    for (const [field, day] of Object.entries({ from, until }))
      if (day !== undefined) exists('authorities', [code, field], day);
  }

  for (const [id, rate] of content.rates) {
    const days = [...Object.keys(rate.values), rate.until];
    if (!days.every((day) => exists('rates', [id], day))) continue;
    const left = daysBetween(today, rate.until);
    const cure = 'add the new figure with its date, and set `until`';
    const figures = content.figures.get(id);
    if (left < 0) found.fault('rates', [id, 'until'], `the rate "${id}" expired on ${rate.until}`, cure);
    else if (figures && figureOn(figures, today) === undefined)
      found.fault('rates', [id, 'values'], `the rate "${id}" has no figure for today`, cure);
    else if (left <= SOON)
      found.warn('rates', [id, 'until'], `the rate "${id}" expires in ${left} days`, cure);
  }

  for (const [id, { checked }] of content.sources) {
    if (!exists('sources', [id, 'checked'], checked)) continue;
    notYet('sources', [id, 'checked'], checked);
    if (daysBetween(checked, today) > YEAR)
      found.warn(
        'sources',
        [id, 'checked'],
        `the source "${id}" was checked over a year ago`,
        'read it again',
      );
  }

  for (const [id, { checked }] of content.contacts) {
    if (checked === undefined) continue;
    // A year or a month alone counts from its first day.
    const day = `${checked}-01-01`.slice(0, 'YYYY-MM-DD'.length);
    if (!exists('contacts', [id, 'checked'], day)) continue;
    notYet('contacts', [id, 'checked'], day);
    if (daysBetween(day, today) > YEAR)
      found.warn(
        'contacts',
        [id, 'checked'],
        `the contact "${id}" was checked over a year ago`,
        'check it again',
      );
  }
  const { until, days } = loaded.data.bankHolidays;
  if (exists('bank-holidays', ['until'], until)) {
    const cure = 'add the next bank holidays from GOV.UK, and set `until` to the last day of their year';
    const says = `bank holidays are known until ${until} only`;
    const isKnownFor = (months: number) => addTo(today, { months }) <= until;
    if (!isKnownFor(HOLIDAYS_AHEAD)) found.fault('bank-holidays', ['until'], says, cure);
    else if (!isKnownFor(2 * HOLIDAYS_AHEAD)) found.warn('bank-holidays', ['until'], says, cure);
  }
  for (const day of Object.keys(days)) exists('bank-holidays', ['days', day], day);
  return found.list;
};
