/**
 * How each sound is written: in Latin letters, with the digits with which Arabic is typed; in Arabic script, with the letters
 * of Urdu; in Bengali script; both as they are folded. Sounds that are typed for each other are one (j and g, b and p), and
 * vowels are none. "S" is sh and "x" is kh: Latin letters that are no other sound here. What stands nowhere stays as it is.
 */
const WRITTEN: Readonly<Record<string, string>> = {
  '': 'a e i o u v w y 2 3 ا و ی ے ع ء অ আ ই ঈ উ ঊ এ ঐ ও ঔ য়',
  b: 'p bh ب پ প ব ভ',
  c: 'ch چ চ ছ',
  d: 'dh د ڈ ذ ض ظ ড ঢ দ ধ',
  f: 'ph ف ফ',
  g: 'gh jh j 8 ج غ گ গ ঘ জ ঝ য',
  h: '7 ح ہ হ',
  k: 'q 9 ق ک ক',
  l: 'ل ল',
  m: 'م ম',
  n: 'ن ں ঞ ন',
  ng: 'ঙ ং',
  r: 'ر ڑ ঋ র ড় ঢ়',
  s: 'س ص',
  S: 'sh ش স',
  t: 'th 6 ت ٹ ث ط ট ঠ ত থ ৎ',
  x: 'kh 5 خ খ',
  z: 'ز ژ',
};
const HEARD = new Map(
  Object.entries(WRITTEN).flatMap(([sound, written]) =>
    written.split(' ').map((letters) => [letters, sound] as const),
  ),
);
/** The second letters of those that are two: h, and the dot of Bengali. */
const SECOND = new Set([...HEARD.keys()].flatMap((letters) => letters[1] ?? []));
/** At the end of a word nobody hears it, and half of those who type leave it out. */
const LAST_H = /[hہ]$/u;
const DIGITS = /^\d+$/;
const MARK = /\p{M}/u;

/**
 * Who types Arabic, Urdu or Bengali in Latin letters spells the vowels as they like, and its own script hardly writes
 * them: "nahin", "naheen" and "نہیں" have the same consonants. So what is learned of one is known of the others.
 * @param word folded
 * @returns its consonants as they sound; nothing where it has none. A number stays as it is
 */
export function consonantsOf(word: string): string {
  if (DIGITS.test(word)) return word;
  const end = LAST_H.test(word) ? word.length - 1 : word.length;
  let heard = '';
  for (let i = 0; i < end; i++) {
    const letter = word[i] as string;
    const second = i + 1 < end ? (word[i + 1] as string) : '';
    let sound = SECOND.has(second) ? HEARD.get(letter + second) : undefined;
    if (sound === undefined) sound = HEARD.get(letter) ?? (MARK.test(letter) ? '' : letter);
    else i++;
    // What is doubled is typed once as often as twice.
    if (sound !== '' && !heard.endsWith(sound)) heard += sound;
  }
  return heard;
}
