/**
 * How the consonants of a word sound, in Latin letters. "S" is sh and "x" is kh: Latin letters that are no other sound here.
 * What the table does not know stays as it is.
 */
const SOUNDS: Readonly<Record<string, string>> = {
  // Latin letters, and the digits with which Arabic is typed. Sounds that are typed for each other are one: j and g, b and p.
  ...{
    sh: 'S',
    ch: 'c',
    kh: 'x',
    gh: 'g',
    th: 't',
    dh: 'd',
    ph: 'f',
    bh: 'b',
    jh: 'g',
    j: 'g',
    p: 'b',
    q: 'k',
  },
  ...{ a: '', e: '', i: '', o: '', u: '', v: '', w: '', y: '' },
  ...{ 2: '', 3: '', 5: 'x', 6: 't', 7: 'h', 8: 'g', 9: 'k' },
  // Arabic script, as it is folded, with the letters of Urdu.
  ...{ ا: '', و: '', ی: '', ے: '', ع: '', ء: '' },
  ...{ ب: 'b', پ: 'b', ت: 't', ٹ: 't', ث: 't', ج: 'g', چ: 'c', ح: 'h', خ: 'x', د: 'd', ڈ: 'd', ذ: 'd' },
  ...{ ر: 'r', ڑ: 'r', ز: 'z', ژ: 'z', س: 's', ش: 'S', ص: 's', ض: 'd', ط: 't', ظ: 'd', غ: 'g', ف: 'f' },
  ...{ ق: 'k', ک: 'k', گ: 'g', ل: 'l', م: 'm', ن: 'n', ں: 'n', ہ: 'h' },
  // Bengali script, as it is folded.
  ...{ অ: '', আ: '', ই: '', ঈ: '', উ: '', ঊ: '', ঋ: 'r', এ: '', ঐ: '', ও: '', ঔ: '' },
  ...{ ক: 'k', খ: 'x', গ: 'g', ঘ: 'g', ঙ: 'ng', চ: 'c', ছ: 'c', জ: 'g', ঝ: 'g', ঞ: 'n', ট: 't', ঠ: 't' },
  ...{ ড: 'd', ঢ: 'd', ত: 't', থ: 't', দ: 'd', ধ: 'd', ন: 'n', প: 'b', ফ: 'f', ব: 'b', ভ: 'b', ম: 'm' },
  ...{ য: 'g', র: 'r', ল: 'l', স: 'S', হ: 'h', ৎ: 't', 'ং': 'ng', ড়: 'r', ঢ়: 'r', য়: '' },
};
/** The second letters of those that are two: h, and the dot of Bengali. */
const SECOND = new Set(Object.keys(SOUNDS).flatMap((letters) => letters[1] ?? []));
const HEARD = new Map(Object.entries(SOUNDS));
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
