/**
 * Amounts, ages and dates as people read them. Digits are Latin in every language: an amount must look the same in
 * the chat, on the letter and on GOV.UK. (Intl would print "৮৬.৪৫£" in Bengali and "UK£" in Arabic.)
 */

/** @returns pounds as "£86.45", "£204", "£25,323". */
export function pounds(amount: number): string {
  const fixed = amount.toFixed(2).replace(/\.00$/, '');
  return `£${fixed.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`;
}

/** @returns an age in years as whole months below two years of age (unless it is whole years), else as whole years. */
export function ageParts(years: number): { unit: 'months' | 'years'; count: number } {
  if (years < 2 && !Number.isInteger(years)) return { unit: 'months', count: Math.round(years * 12) };
  return years === 0 ? { unit: 'months', count: 0 } : { unit: 'years', count: Math.floor(years) };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(language: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${Object.keys(parts).join()}`;
  let format = formats.get(key);
  if (!format) {
    const locale = language === 'en' ? 'en-GB' : language;
    format = new Intl.DateTimeFormat(`${locale}-u-nu-latn`, { ...parts, timeZone: 'UTC' });
    formats.set(key, format);
  }
  return format;
}

/**
 * @param date "YYYY-MM-DD"
 * @returns the day in words: "3 November 2026"
 */
export function dateInWords(date: string, language: string): string {
  const format = formatOf(language, { day: 'numeric', month: 'long', year: 'numeric' });
  return format.format(new Date(`${date}T00:00:00Z`));
}

/**
 * @param date "YYYY-MM-DD", "YYYY-MM" or "YYYY"
 * @returns the month in words: "November 2026"; the year where no more is known
 */
export function monthInWords(date: string, language: string): string {
  if (date.length === 4) return date;
  return formatOf(language, { month: 'long', year: 'numeric' }).format(
    new Date(`${date.slice(0, 7)}-01T00:00:00Z`),
  );
}

/** @returns the number with at most two decimals. */
export function plainNumber(value: number): string {
  return String(Math.round(value * 100) / 100);
}
