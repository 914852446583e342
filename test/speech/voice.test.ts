import i18next from 'i18next';
import { expect, test } from 'vitest';
import { createVoices, type Values } from '../../src/speech/voice.ts';
import { readContentOnce } from '../families/families.ts';

const content = await readContentOnce();
const voices = createVoices(content);

/** The keys of all texts, as they are asked for: without the endings of plural forms. */
function keysOf(node: unknown, at: string): string[] {
  if (typeof node === 'string') return [at.replace(/_(zero|one|two|few|many|other)$/, '')];
  return Object.entries(node as object).flatMap(([name, inner]) =>
    keysOf(inner, at === '' ? name : `${at}.${name}`),
  );
}

const keys = [...new Set(keysOf(content.languages.get('en')?.interface, ''))];
const codes = [...content.languages.keys()];

/** What is put in by the names that texts have, some of it hostile. */
const VALUES: Values = Object.fromEntries(
  [...JSON.stringify([...content.languages.values()].map((one) => one.interface)).matchAll(/\{\{\s*(\w+)/g)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'samaritans')
    .map((name, i) => [name, ['$& <b> $1', '{{count}}', '$t(menu.found)', 7, ''][i % 5] as string | number]),
);

const i18n = i18next.createInstance();
await i18n.init({
  resources: Object.fromEntries(
    codes.map((code) => [code, { interface: content.languages.get(code)?.interface ?? {} }]),
  ),
  lng: 'en',
  fallbackLng: 'en',
  defaultNS: 'interface',
  ns: ['interface'],
  interpolation: {
    escapeValue: false,
    defaultVariables: { samaritans: content.contacts.get('samaritans')?.phone },
  },
  showSupportNotice: false,
} as Parameters<typeof i18n.init>[0]);

test.each(codes)('%s: each text is what i18next says, the first time and again', (code) => {
  const voice = voices(code);
  const differing: string[] = [];
  for (const key of keys)
    for (const count of [undefined, 0, 1, 2, 3, 5, 6, 11, 21, 100])
      for (let again = 0; again < 2; again++) {
        const { count: _, ...others } = VALUES;
        const values = count === undefined ? others : { ...others, count };
        const said = voice.say(key, values);
        const theirs = i18n.t(key, { ...values, lng: code, returnDetails: true }) as unknown as {
          res: string;
          usedLng: string;
        };
        if (said.text !== theirs.res || said.lang !== theirs.usedLng)
          differing.push(`${key} ${count}: ${JSON.stringify(said)} instead of ${theirs.res}`);
      }
  expect(keys.length).toBeGreaterThan(200);
  expect(differing).toEqual([]);
});

test('what was put in once is not there the next time', () => {
  const { say } = voices('en');
  expect(say('found_so_far.count', { count: 3 }).text).toContain('3');
  expect(say('found_so_far.count', { count: 4 }).text).toContain('4');
  expect(say('entry.call', { number: '111' }).text).not.toBe(say('entry.call', { number: '999' }).text);
});

test('a translation is stale where its English has changed, and is not where it is the same again', () => {
  const [code = '', language] = [...content.languages].find(([one]) => one !== 'en') ?? [];
  const [id = '', topic] =
    [...content.topics].find(([one]) => language?.translations[`${one}.title`]?.of !== undefined) ?? [];
  const title = topic?.title ?? '';
  const { content: say } = voices(code);
  const staleFor = (english: string) => say(`${id}.title`, english).stale === true;
  const now = staleFor(title);
  expect([staleFor(`${title} and more`), staleFor(title)]).toEqual([true, now]);
});
