/** What people write between the digits of a number. */
const GAP = '[\\s().\\-\\u2010-\\u2015/]*';

/** @returns the text with the digits of every script (Urdu, Bengali, full width) as 0 to 9. */
export function plainDigits(text: string): string {
  // In each script the digits stand in a row from its zero, which is the last one that has no digit before it.
  return text.replace(/\p{Nd}/gu, (digit) => {
    let value = 0;
    for (let code = (digit.codePointAt(0) as number) - 1; isDigit(code) && value < 9; code--) value++;
    return String(value);
  });
}

function isDigit(code: number): boolean {
  return /\p{Nd}/u.test(String.fromCodePoint(code));
}

/**
 * A pattern for one number however it is written: with spaces, hyphens, dots or brackets, with +44 or 0044 instead
 * of the 0. For `plainDigits`.
 * @param number a whole number, or only its beginning
 */
export function writtenAnyhow(number: string): RegExp {
  const digits = number.replace(/\D/g, '');
  const spread = (text: string) => [...text].join(GAP);
  if (!digits.startsWith('0')) return new RegExp(`(?<!\\d)${spread(digits)}`);
  const abroad = `(?:\\+|00)?${GAP}4${GAP}4${GAP}(?:\\(?0\\)?${GAP})?`;
  return new RegExp(`(?<!\\d)(?:${abroad}|0${GAP})${spread(digits.slice(1))}`);
}

/**
 * A phone number in a text, or a number to send a text to. 999, 55 and 111 may stand in a text, and so may 18001
 * before another number. For `plainDigits`.
 */
const PHONE = new RegExp(
  [
    `(?<!\\d)(?:\\+|00)44(?:${GAP}\\d){9,11}(?!\\d)`,
    `(?<![\\d,.£])0(?:${GAP}\\d){9,10}(?!\\d)`,
    `(?<!\\d)08(?:${GAP}0){2}(?:${GAP}1){4}(?!\\d)`,
    '(?<!\\d)116[\\s-]?\\d{3}(?!\\d)',
    '(?<![\\d,.£])[678]\\d{4}(?![\\d,])',
  ].join('|'),
);

/** @returns the first phone number in a text, as it is written there. */
export function phoneIn(text: string): string | undefined {
  return PHONE.exec(plainDigits(text))?.[0];
}
