import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Brand } from '../../content/areas.ts';

/** A file that never changes under its name: its name holds a hash of what it is made from. */
export interface Asset {
  readonly type: string;
  readonly body: Buffer;
  readonly zipped?: Buffer;
}

export interface Assets {
  readonly style: (dir: 'ltr' | 'rtl') => string;
  readonly logo: string;
  /** The script that turns the page into a chat. */
  readonly chat: string;
  /** @returns the file of that name; undefined where there is none */
  readonly file: (name: string) => Asset | undefined;
}

const require = createRequire(import.meta.url);
/** Components of GOV.UK Frontend that no page of ours has. */
const UNUSED =
  /\.govuk-(\\!|accordion|breadcrumbs|character-count|cookie-banner|exit-this-page|feedback|file-upload|footer|generic-header|grid|header|language-navigation|logo|pagination|panel|password-input|phase-banner|select|service-navigation|table|tabs|task-list|frontend-supported)(?![a-z])/;

/** What all councils have in common. */
let common: { readonly sheet: string; readonly logo: Buffer; readonly chat: string } | undefined;

/**
 * The style sheet, the script and the logo, made at first use and kept in memory.
 * @param brand the colours of the council whose page it is
 */
export function createAssets(brand?: Brand): Assets {
  common ??= {
    sheet: makeStyle(),
    logo: readFileSync(join(import.meta.dirname, 'fingerpost.svg')),
    chat: scriptOf('chat.js'),
  };
  const { logo, chat } = common;
  const sheet = common.sheet + (brand ? coloursOf(brand) : '');
  const names = {
    ltr: `page.${hashOf(sheet)}.css`,
    rtl: `page-rtl.${hashOf(sheet)}.css`,
    logo: `fingerpost.${hashOf(logo)}.svg`,
    chat: `chat.${hashOf(chat)}.js`,
  };
  const made = new Map<string, Asset>();
  const makers: Record<string, () => Asset> = {
    [names.ltr]: () => textAsset('text/css', sheet),
    [names.rtl]: () => textAsset('text/css', mirrored(sheet)),
    [names.logo]: () => ({ type: 'image/svg+xml', body: logo }),
    [names.chat]: () => textAsset('text/javascript', chat),
  };
  return {
    style: (dir) => `/assets/${names[dir]}`,
    logo: `/assets/${names.logo}`,
    chat: `/assets/${names.chat}`,
    file: (name) => {
      const asset = made.get(name) ?? (Object.hasOwn(makers, name) ? makers[name]?.() : undefined);
      if (asset) made.set(name, asset);
      return asset;
    },
  };
}

function makeStyle(): string {
  const govuk = readFileSync(require.resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css'), 'utf8')
    // Their font is licensed for gov.uk only, and the sheet would ask for files that we do not serve.
    .replaceAll(/@font-face\{[^}]*\}/g, '')
    .replaceAll(/font-family:GDS Transport,arial,sans-serif/g, 'font-family:var(--fingerpost-font)')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/([^{}]+)\{[^{}]*\}/g, (rule, selectors: string) =>
      selectors.split(',').every((selector) => UNUSED.test(selector)) ? '' : rule,
    );
  return govuk + readFileSync(join(import.meta.dirname, 'fingerpost.css'), 'utf8');
}

/** The loader has made sure that people can read them. */
function coloursOf({ main, dark, link, pale }: Brand): string {
  const colours = {
    '--green': main,
    '--green-dark': dark,
    '--green-pale': pale,
    '--govuk-link-colour': link,
    '--govuk-link-visited-colour': link,
    '--govuk-link-hover-colour': dark,
  };
  const lines = Object.entries(colours).map(([name, colour]) => `${name}:${colour};`);
  return `:root{${lines.join('')}}`;
}

/** rtlcss is heavy to load, and only right-to-left readers need it. */
function mirrored(sheet: string): string {
  const rtlcss = require('rtlcss') as { process(css: string): string };
  return rtlcss.process(sheet);
}

/** @returns a file of text, with its zipped form beside it */
export function textAsset(type: string, text: string): Asset {
  const body = Buffer.from(text);
  return { type: `${type}; charset=utf-8`, body, zipped: gzipSync(body, { level: 9 }) };
}

/** @returns a script of the folder `browser`, without its comments and indents: readers on a bus pay for bytes */
export function scriptOf(name: string): string {
  return readFileSync(join(import.meta.dirname, 'browser', name), 'utf8')
    .replaceAll(/^ *\/\*\*[\s\S]*?\*\/\n/gm, '')
    .replaceAll(/^ *\/\/.*\n/gm, '')
    .replaceAll(/^ +/gm, '');
}

function hashOf(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex').slice(0, 12);
}
