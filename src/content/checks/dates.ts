import { daysBetween } from '../../engine/deadlines.ts';
import { isDate } from '../../engine/facts.ts';
import { figureOn } from '../../engine/rates.ts';
import { type Check, Findings } from './check.ts';

/** Days in which a warning comes before a date is past. */
const SOON = 30;
const YEAR = 365;

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
    const day = checked.length === 7 ? `${checked}-01` : checked;
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
  return found.list;
};
