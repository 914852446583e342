import nunjucks from 'nunjucks';
import type { SpokenContact } from '../../speech/spoken.ts';
import type { Said, Values, Voice } from '../../speech/voice.ts';

/** HTML that is ready: escaped where it has to be. */
export type Html = InstanceType<typeof nunjucks.runtime.SafeString>;

/** What a template says things with, in one language. */
export interface Words {
  readonly code: string;
  readonly dir: 'ltr' | 'rtl';
  /** @returns a text in HTML; what fell back to English is marked as English. */
  readonly w: (said: Said) => Html;
  /** @returns an interface text in HTML; what is put into it may be HTML itself. */
  readonly t: (key: string, values?: Readonly<Record<string, string | number | Html>>) => Html;
  /** @returns an interface text as plain text: for titles and attributes, which can hold no mark of language. */
  readonly plain: (key: string, values?: Values) => string;
  readonly list: (key: string, values?: Values) => Html[];
  /** @returns what the content has in English only. */
  readonly english: (text: string) => Html;
  /** @returns a link that calls: the number runs left to right in every language. */
  readonly call: (contact: SpokenContact) => Html;
  /** @returns a link that calls through Relay UK. */
  readonly relay: (contact: SpokenContact) => Html;
  /** @returns a link that opens a text message, with the word already in it. */
  readonly sms: (contact: SpokenContact) => Html;
  /** @returns the ids of a contact's nations in words; nothing where it is there for all. */
  readonly nations: (ids: readonly string[]) => Html;
}

/** Stand where HTML goes while the text around it is escaped: characters that no text has. */
const FIRST_MARK = 0xe010;

/** @returns the words of a voice for the templates. */
export function wordsOf(voice: Voice): Words {
  const { code, info } = voice.language;
  const { escape: escapeHtml } = nunjucks.lib as unknown as { escape: (text: string) => string };
  const safe = (html: string): Html => new nunjucks.runtime.SafeString(html);
  const html = ({ text, lang }: Said): string =>
    lang === code
      ? escapeHtml(text)
      : `<span lang="${escapeHtml(lang)}" dir="ltr">${escapeHtml(text)}</span>`;
  const t: Words['t'] = (key, values) => {
    if (!values) return fixed(key);
    const ready: string[] = [];
    const plain = Object.entries(values).map(([name, value]) => {
      if (!(value instanceof nunjucks.runtime.SafeString)) return [name, value];
      ready.push(String(value));
      return [name, String.fromCharCode(FIRST_MARK + ready.length - 1)];
    });
    const text = html(voice.say(key, Object.fromEntries(plain)));
    return safe(
      ready.reduce((sofar, one, i) => sofar.replace(String.fromCharCode(FIRST_MARK + i), () => one), text),
    );
  };
  /** Texts without values are the same each time, and the keys are ours. */
  const texts = new Map<string, Html>();
  const fixed = (key: string): Html => {
    const said = texts.get(key) ?? safe(html(voice.say(key)));
    texts.set(key, said);
    return said;
  };
  const english = (text: string): Html => safe(html({ text, lang: 'en' }));
  const ltr = (text: string): Html => safe(`<bdi dir="ltr">${escapeHtml(text)}</bdi>`);
  const callTo = (key: string, number: string): Html =>
    safe(`<a class="fp-call" href="tel:${dialled(number)}">${t(key, { number: ltr(number) })}</a>`);
  return {
    code,
    dir: info.dir,
    w: (said) => safe(html(said)),
    t,
    plain: (key, values) => voice.say(key, values).text,
    list: (key, values) => {
      const items: Html[] = [];
      for (let i = 0; ; i++) {
        const said = voice.say(`${key}.${i}`, values);
        // Past the end the key itself comes back.
        if (said.text === `${key}.${i}`) return items;
        items.push(safe(html(said)));
      }
    },
    english,
    call: ({ phone = '' }) => callTo('entry.call', phone),
    relay: ({ textphone = '' }) => callTo('contact.textphone', textphone),
    sms: ({ text: { to, word } = { to: '' } }) => {
      // "?&body" is read by Android and by iPhones of every age.
      const href = `sms:${dialled(to)}${word ? `?&body=${encodeURIComponent(word)}` : ''}`;
      const words = word
        ? t('contact.text_word', { word: ltr(word), number: ltr(to) })
        : t('contact.text', { number: ltr(to) });
      return safe(`<a class="fp-call" href="${escapeHtml(href)}">${words}</a>`);
    },
    nations: (ids) =>
      safe(ids.map((id) => html(voice.say(`nation.${id}`))).join(`${voice.say('value.comma').text} `)),
  };
}

/** @returns a number as a phone dials it. */
function dialled(number: string): string {
  return number.replaceAll(/[^\d+]/g, '');
}
