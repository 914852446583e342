import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import nunjucks from 'nunjucks';
import type { Content } from '../../content/content.ts';
import { speakContacts } from '../../speech/contacts.ts';
import { dateInWords } from '../../speech/figures.ts';
import type { Spoken, SpokenEntry, SpokenQuestion } from '../../speech/spoken.ts';
import type { Said, Voice } from '../../speech/voice.ts';
import type { Assets } from './assets.ts';
import type { Entered } from './forms.ts';
import { Kept } from './kept.ts';
import { type Words, wordsOf } from './words.ts';

/**
 * Stands where the conversation's id goes, so that a rendered page can be kept for everybody. From the Private Use
 * Area: no text has it.
 */
const CONVERSATION = '\uE000';

/** The frame of a page, which is the same for all who read in that language. */
export interface Frame {
  readonly code: string;
  /** In a conversation everything is a button of a form; outside, links. */
  readonly conversation: boolean;
  /** Kinds of danger that came up. */
  readonly dangers: readonly string[];
}

/** HTML without the conversation's id: bytes, so that a kept page is encoded once; undefined where the id goes. */
export type Pieces = readonly (Buffer | undefined)[];

export interface Page {
  readonly whole: Pieces;
  /** The title and what stands in `main`: all that changes from turn to turn, for the chat. */
  readonly part: Pieces;
  /** A mark of all around it. A chat that has the same one needs only the part. */
  readonly frame: string;
}

/** Whose page it is, and where it stands. */
export interface Face {
  /** Of the council; undefined for a page of no council. */
  readonly council?: string;
  /** In a frame on somebody else's page. */
  readonly framed: boolean;
  /** What its links carry on, after "?lang=en": "&council=E06000023&framed". Empty for the server's own page. */
  readonly also: string;
  /** The same as hidden fields of forms. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface Renderer {
  readonly words: (code: string) => Words;
  /** @returns one screen, without the frame. */
  readonly body: (template: string, code: string, values: object) => string;
  /** @returns an entry as anyone may read it, without the frame. */
  readonly screen: (screen: SpokenEntry, code: string) => string;
  /** @returns the replies of a turn, without the frame. */
  readonly replies: (
    spoken: readonly Spoken[],
    code: string,
    entered?: Entered,
  ) => { title: string; html: string };
  /** @param path the page's own address, for the links to its other languages; outside a conversation */
  readonly page: (frame: Frame, title: string, body: string, path?: string) => Page;
}

/** @returns the bytes for one conversation. */
export function fill(pieces: Pieces, id = ''): Buffer {
  const bytes = Buffer.from(id);
  return Buffer.concat(pieces.map((piece) => piece ?? bytes));
}

const KEPT_FRAMES = 200;
const KEPT_FORMS = 2_000;

/** Where the answer could not be read: said at the top, and at the field. The others are news. */
const ERRORS = new Set(['unreadable', 'empty', 'no_topic', 'unknown_place', 'future_date']);
const SERVICE_CONTACTS = ['emergency-services', 'nhs-111-mental-health', 'samaritans'];

/** Nunjucks is set up once for all, each template compiled at its first use. */
let templates: nunjucks.Environment | undefined;

function templatesOf(): nunjucks.Environment {
  if (templates) return templates;
  const govuk = join(createRequire(import.meta.url).resolve('govuk-frontend/package.json'), '..', 'dist');
  const loader = new nunjucks.FileSystemLoader([join(import.meta.dirname, 'templates'), govuk]);
  templates = new nunjucks.Environment(loader, { autoescape: true, trimBlocks: true, lstripBlocks: true });
  return templates;
}

export interface RendererParts {
  readonly content: Content;
  readonly voices: (code: string) => Voice;
  readonly assets: Assets;
  /** How long answers are kept, for what we say about it. */
  readonly hours: number;
  /** The council's name beside ours. */
  readonly council?: string;
  readonly face: Face;
}

/** Makes the pages of one face. */
export function createRenderer(parts: RendererParts): Renderer {
  const { content, voices, assets, hours, council, face } = parts;
  const nunjucksHere = templatesOf();
  const { escape: escapeHtml } = nunjucks.lib as unknown as { escape: (text: string) => string };
  const safe = (html: string) => new nunjucks.runtime.SafeString(html);
  const hidden = Object.entries(face.fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  );
  const around = {
    also: face.also,
    framed: face.framed,
    carried: safe(hidden.join('')),
    // Other people's pages refuse to stand in a frame.
    away: safe(`rel="noreferrer"${face.framed ? ' target="_blank"' : ''}`),
  };
  const languages = [...content.languages.values()].map(({ code, info }) => ({ code, info }));
  const common = new Map<string, Words>();
  const frames = new Map<string, { readonly pieces: readonly string[]; readonly key: string }>();
  const forms = new Kept<string>(KEPT_FORMS);

  function words(code: string): Words {
    const found = common.get(code);
    if (found) return found;
    const voice = voices(code);
    const made = {
      ...wordsOf(voice),
      ...around,
      id: CONVERSATION,
      hours,
      council,
      status: voice.language.info.status,
    };
    common.set(code, made);
    return made;
  }

  function body(template: string, code: string, values: object): string {
    return nunjucksHere.render(`${template}.njk`, { ...words(code), ...values });
  }

  function screen(entry: SpokenEntry, code: string): string {
    const untranslated = code !== 'en' && hasEnglish(entry);
    return body('entry', code, { screen: entry, news: [], stale: isStale(entry), untranslated });
  }

  function replies(
    spoken: readonly Spoken[],
    code: string,
    entered?: Entered,
  ): { title: string; html: string } {
    const said = words(code);
    const notices = spoken.filter((one) => one.kind === 'notice');
    const error = notices.find(({ id }) => ERRORS.has(id));
    const news = notices.filter((one) => one !== error);
    const screens = spoken.filter((one) => one.kind !== 'notice');
    const stale = isStale(screens);
    const untranslated = code !== 'en' && hasEnglish(screens);
    const html = screens.map((screen, i) =>
      body(TEMPLATES[screen.kind], code, {
        screen,
        form:
          screen.kind === 'question' ? formOf(screen, code, i === 0 ? error?.text : undefined, entered) : '',
        values: screen.kind === 'price' || screen.kind === 'confirm' ? valuesOf(screen.answer.value) : [],
        error: i === 0 ? error?.text : undefined,
        news: i === 0 ? news : [],
        stale: i === 0 && stale,
        untranslated: i === 0 && untranslated,
        entered,
        conversation: true,
        first: i === 0,
      }),
    );
    const title = titleOf(screens[0], said);
    return {
      title: error ? `${said.plain('error.unreadable_heading')}: ${title}` : title,
      html: html.join('\n'),
    };
  }

  /** The form of a question: GOV.UK's macros take most of the time of a page. */
  function formOf(
    screen: SpokenQuestion,
    code: string,
    error: Said | undefined,
    entered: Entered | undefined,
  ): string {
    const isPlain = !error && !entered && !screen.again;
    const key = `${code} ${screen.fact} ${screen.child} ${screen.caption?.text} ${screen.asked} ${screen.type} ${screen.options.map(({ id }) => id)}`;
    const found = isPlain ? forms.get(key) : undefined;
    if (found) return found;
    const dates = screen.type === 'date' ? datesLike(code) : '';
    const form = body('question-form', code, { screen, error, entered, dates });
    if (isPlain) forms.set(key, form);
    return form;
  }

  function page(frame: Frame, title: string, inner: string, path = '/'): Page {
    const name = JSON.stringify(frame);
    let found = frames.get(name);
    if (!found) {
      const key = hashOf(`${face.also} ${name}`);
      const { code, dangers, conversation } = frame;
      const voice = voices(code);
      const html = nunjucksHere.render('layout.njk', {
        ...words(code),
        ...frame,
        languages: languages.map((one) => ({
          code: one.code,
          name: one.info.name,
          change: voices(one.code).say('service.language_change', { language: one.info.name }),
        })),
        dangers: dangers.flatMap((kind) => {
          const title = content.dangers.get(kind)?.title;
          return title ? [{ kind, title: voice.content(`danger.${kind}.title`, title) }] : [];
        }),
        // The frame is kept for the whole day, so it does not say who is open.
        contacts: speakContacts(content, voice, SERVICE_CONTACTS),
        style: assets.style(voice.language.info.dir),
        logo: assets.logo,
        chat: assets.chat,
        key,
        edge: EDGE,
        id: conversation ? CONVERSATION : '',
        path: PATH,
        title: TITLE,
        body: new nunjucks.runtime.SafeString(BODY),
      });
      found = { pieces: html.split(SPLIT), key };
      // Orders of dangers are few, but nobody should be able to fill the memory.
      if (frames.size >= KEPT_FRAMES) frames.clear();
      frames.set(name, found);
    }
    const { pieces, key } = found;
    const [head = '', middle = '', open = '', close = '', tail = ''] = pieces;
    const said = escapeText(title);
    const main = cut(`${open}${inner}${close}`);
    const { plain } = words(frame.code);
    return {
      whole: [...cut(`${head}${said}${middle}`.replaceAll(PATH, path)), ...main, ...cut(tail)],
      part: [...cut(`<title>${said} – ${escapeText(plain('service.name'))}</title>`), ...main],
      frame: key,
    };
  }

  return { words, body, screen, replies, page };
}

/**
 * @returns the 11th of each month of 2345 in words: patterns by which the chat says a date back. Browsers cannot do it
 *   in every language (Chromium knows no Welsh)
 */
function datesLike(code: string): string {
  return Array.from({ length: 12 }, (_, month) =>
    dateInWords(`2345-${String(month + 1).padStart(2, '0')}-11`, code),
  ).join('|');
}

const TITLE = '\uE002';
const BODY = '\uE003';
const PATH = '\uE004';
const EDGE = '\uE005';
const SPLIT = /[\uE002\uE003\uE005]/;

/** @returns HTML as bytes, cut where the id goes */
function cut(html: string): Pieces {
  return html
    .split(CONVERSATION)
    .flatMap((piece, i) => (i === 0 ? [Buffer.from(piece)] : [undefined, Buffer.from(piece)]));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}

const TEMPLATES = {
  topics: 'start',
  question: 'question',
  found: 'found',
  answers: 'answers',
  entry: 'entry',
  price: 'price',
  danger: 'danger',
  confirm: 'confirm',
} as const;

function titleOf(screen: Exclude<Spoken, { kind: 'notice' }> | undefined, { plain }: Words): string {
  switch (screen?.kind) {
    case 'question':
      return screen.caption ? `${screen.caption.text}: ${screen.ask.text}` : screen.ask.text;
    case 'found':
      return screen.heading.text;
    case 'entry':
      return screen.title.text;
    case 'danger':
      // Titles stay in the browser's history, which somebody else may read.
      return screen.leaveQuickly || screen.ask ? plain('help.heading') : screen.title.text;
    case 'answers':
      return plain('answers.heading');
    case 'price':
      return plain('price.heading');
    case 'confirm':
      return plain('confirm.heading');
    default:
      return plain('start.heading');
  }
}

function valuesOf(value: string | number | readonly string[] | undefined): readonly (string | number)[] {
  if (value === undefined) return [];
  return typeof value === 'object' ? value : [value];
}

function isStale(value: unknown): boolean {
  return some(value, (said) => said.stale === true);
}

function hasEnglish(value: unknown): boolean {
  return some(value, (said) => said.lang === 'en');
}

/** @returns whether any text in the replies, at any depth, is so. */
function some(value: unknown, test: (said: Said) => boolean): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((one) => some(one, test));
  if ('text' in value && 'lang' in value) return test(value as Said);
  return Object.values(value).some((one) => some(one, test));
}

function escapeText(text: string): string {
  return (nunjucks.lib as unknown as { escape: (text: string) => string }).escape(text);
}
