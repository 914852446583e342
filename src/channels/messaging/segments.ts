/** The alphabet of plain text messages (3GPP TS 23.038, 6.2.1); those of the second row count twice. */
const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_TWICE = '\f^{}\\[~]|€';

const inSet = (letters: string) => letters.replace(/[\]\\^-]/g, '\\$&');
const NOT_PLAIN = new RegExp(`[^${inSet(GSM + GSM_TWICE)}]`);
const TWICE = new RegExp(`[${inSet(GSM_TWICE)}]`, 'g');

/** What a keyboard writes and the alphabet lacks, in letters that it has. */
const PLAIN: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '\u00a0': ' ',
};

/** @returns the text in letters that cost less, as far as that changes nothing that is said. */
export function plainLetters(text: string): string {
  return text.replace(/[‘’“”–—…\u00a0]/g, (letter) => PLAIN[letter] ?? letter);
}

/** @returns whether all of it is in the plain alphabet, of which more fits into a message. */
export function isPlain(text: string): boolean {
  return !NOT_PLAIN.test(text);
}

/**
 * @returns how many segments a text message takes: 160 letters of the plain alphabet fit one, or 70 of any other
 *   script; 153 or 67 each where there are several.
 */
export function segmentsOf(text: string): number {
  const plain = isPlain(text);
  const units = text.length + (plain ? (text.match(TWICE)?.length ?? 0) : 0);
  const [alone, each] = plain ? [160, 153] : [70, 67];
  return units <= alone ? 1 : Math.ceil(units / each);
}
