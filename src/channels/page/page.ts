import type { Request, Response, Server } from 'restify';
import type { Assistant, Turn } from '../../assistant.ts';
import type { Brand } from '../../content/areas.ts';
import type { Content } from '../../content/content.ts';
import { dayOf, type Reply } from '../../engine/conversation.ts';
import { speakContacts } from '../../speech/contacts.ts';
import type { Occasion } from '../../speech/speak.ts';
import { speak, speakEntry } from '../../speech/speak.ts';
import type { Voice } from '../../speech/voice.ts';
import { createAssets } from './assets.ts';
import { conversationIn, type Entered, type Form, type Order, orderIn, Refusal, readForm } from './forms.ts';
import { Kept } from './kept.ts';
import { preferredLanguage } from './preferred-language.ts';
import { createRenderer, fill, type Page } from './render.ts';

export interface PageParts {
  readonly assistant: Assistant;
  readonly content: Content;
  readonly voices: (code: string) => Voice;
  readonly now: () => Date;
  /** How long answers are kept, in hours; for what we say about it. */
  readonly hours: number;
  /** Of the council whose page it is. */
  readonly brand?: Brand;
  /** Told of what went wrong. Never gets what somebody typed. */
  readonly report: (error: unknown) => void;
}

/** Where "Leave this page" leads: a page that anybody could have open. */
export const LEAVE_TO = 'https://www.bbc.co.uk/weather';

/**
 * Headers of every answer of the server. `form-action` names where a form may end up after a redirect: the BBC sends
 * readers outside the United Kingdom to its .com.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; " +
    "form-action 'self' https://www.bbc.co.uk https://www.bbc.com; base-uri 'none'; frame-ancestors 'self'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * Not `no-store`: with that, Chromium answers Back to a page that came from a form with an error page. With this it
 * shows the page again. What it keeps is dropped at erasing and leaving, by `Clear-Site-Data` (measured, and tested).
 */
const IN_CONVERSATION = 'private, no-cache, max-age=0';
const FORGET = { 'Cache-Control': 'no-store', 'Clear-Site-Data': '"cache", "storage"' };
const OPEN_PAGE = { 'Cache-Control': 'no-cache', Vary: 'Accept-Language' };

/** Status by notice: programs and tests see what a reader reads. */
const NOTICE_STATUS: Readonly<Record<string, number>> = {
  unreadable: 422,
  empty: 422,
  no_topic: 422,
  unknown_place: 422,
  future_date: 422,
  gone: 404,
  conversation_gone: 404,
};

const PROSE = ['about', 'privacy', 'accessibility'] as const;
/** Pages in memory: each some ten kilobytes. */
const KEPT_PAGES = 500;

interface Sent {
  readonly id?: string;
  readonly code?: string;
}

type Handler = (request: Request, response: Response) => Promise<void> | void;

export interface PageChannel {
  /** Adds the routes to the server. */
  readonly install: (server: Server) => void;
  /** Answers a browser with a page that says what is wrong. */
  readonly sendProblem: (request: Request, response: Response, status: number) => void;
}

/** The page: HTML that works without JavaScript. */
export function createPage(parts: PageParts): PageChannel {
  const { assistant, content, voices } = parts;
  const assets = createAssets(parts.brand);
  const renderer = createRenderer(content, voices, assets, parts.hours, parts.brand?.logo_text);
  const kept = new Kept<{ status: number; page: Page }>(KEPT_PAGES);

  // What anyone may read.

  function start(request: Request, response: Response): void {
    open(request, response, '/', (code) => {
      const screen = speak(content, voices(code), { kind: 'topics', chosen: [] }, occasion());
      const title = renderer.words(code).plain('start.heading');
      return { title, html: renderer.body('start', code, { screen, news: [] }) };
    });
  }

  function entry(request: Request, response: Response): void {
    const id = String(request.params.id);
    if (!content.entries.has(id)) {
      sendProblem(request, response, 404);
      return;
    }
    open(request, response, `/entry/${id}`, (code) => {
      const screen = speakEntry(content, voices(code), id, occasion());
      return { title: screen.title.text, html: renderer.screen(screen, code) };
    });
  }

  function help(request: Request, response: Response): void {
    open(request, response, '/help', (code) => {
      const voice = voices(code);
      const dangers = [...content.dangers].map(([kind, answer]) => ({
        title: voice.content(`danger.${kind}.title`, answer.title),
        contacts: speakContacts(
          content,
          voice,
          [...new Set(Object.values(answer.contacts).flat())],
          parts.now(),
        ),
      }));
      return {
        title: renderer.words(code).plain('help.heading'),
        html: renderer.body('help', code, { dangers }),
      };
    });
  }

  function prose(page: (typeof PROSE)[number]): Handler {
    return (request, response) =>
      open(request, response, `/${page}`, (code) => ({
        title: renderer.words(code).plain(`${page}.heading`),
        html: renderer.body('prose', code, { page, measured: page === 'about' ? measuredIn(content) : [] }),
      }));
  }

  function open(
    request: Request,
    response: Response,
    path: string,
    make: (code: string) => { title: string; html: string },
  ): void {
    const code = languageOf(request);
    // Who can be reached now changes with the minute.
    const key = `${path} ${code} ${parts.now().toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length)}`;
    let found = kept.get(key);
    if (!found) {
      const { title, html } = make(code);
      found = {
        status: 200,
        page: renderer.page({ code, conversation: false, dangers: [] }, title, html, path),
      };
      kept.set(key, found);
    }
    send(response, 200, fill(found.page), code, OPEN_PAGE);
  }

  /** @param form what is known of the form that went wrong: with it, the way back and "leave" still work */
  function sendProblem(request: Request, response: Response, status: number, form: Sent = {}): void {
    const { id, code = languageOf(request) } = form;
    const problem = PROBLEMS[status] ?? (status >= 500 ? 'server' : 'unreadable');
    const title = renderer.words(code).plain(`error.${problem}_heading`);
    const conversation = id !== undefined;
    const html = renderer.body('error', code, { problem, conversation });
    const page = renderer.page({ code, conversation, dangers: [] }, title, html);
    send(response, status, fill(page, id), code, { 'Cache-Control': 'no-store' });
  }

  // A conversation.

  async function conversation(request: Request, response: Response): Promise<void> {
    const form = await readForm(request);
    const code = languageIn(form) ?? languageOf(request);
    let id: string | undefined;
    try {
      id = conversationIn(form);
      await converse(response, form, id, code);
    } catch (error) {
      fail(request, response, error, { id, code });
    }
  }

  async function converse(
    response: Response,
    form: Form,
    id: string | undefined,
    code: string,
  ): Promise<void> {
    const order = readOrder(form);
    switch (order.do) {
      case 'restart':
      case 'erase':
        if (id) await assistant.erase(id);
        if (order.do === 'erase') return sendErased(response, code);
        response.writeHead(303, { ...FORGET, Location: `/?lang=${code}` });
        response.end();
        return;
      case 'unreadable': {
        if (!id) throw new Refusal(400);
        // The same question again, and nothing lost.
        const turn = await assistant.respond(id, { type: 'unreadable', notice: 'unreadable' }, code);
        return sendTurn(response, turn, { status: 400 });
      }
      case 'answer': {
        const turn = await assistant.respond(id, order.input, code);
        return sendTurn(response, turn, withWhatWasTyped(turn, order.entered));
      }
      case 'words': {
        // The box stands beside the topics: on an old page, while a question is in hand, it is still about those.
        if (id) await assistant.respond(id, { type: 'show', screen: 'topics' }, code);
        const turn = await assistant.respond(id, order.input, code);
        return sendTurn(response, turn, withWhatWasTyped(turn, order.entered));
      }
      default:
        return sendTurn(response, await assistant.respond(id, order.input, code));
    }
  }

  function readOrder(form: Form): Order | { do: 'unreadable' } {
    try {
      return orderIn(form, content, dayOf(parts.now()));
    } catch (error) {
      if (error instanceof Refusal) return { do: 'unreadable' };
      throw error;
    }
  }

  function sendTurn(
    response: Response,
    turn: Turn,
    { entered, status }: { entered?: Entered; status?: number } = {},
  ): void {
    const { page, ...made } = pageOf(turn, entered);
    send(response, status ?? made.status, fill(page, turn.id), turn.conversation.language, {
      'Cache-Control': IN_CONVERSATION,
    });
  }

  /**
   * Questions are kept rendered. They hold what a question page holds for everybody at that point: no value that
   * somebody gave or typed, and the conversation's id is put in on the way out.
   */
  function pageOf(turn: Turn, entered: Entered | undefined): { status: number; page: Page } {
    const { conversation, replies, date } = turn;
    const isPlain = !entered && replies.every((one) => one.kind === 'question' && one.current === undefined);
    if (!isPlain) return makePage(turn, entered);
    const key = JSON.stringify([conversation.language, date, conversation.dangers, replies]);
    let found = kept.get(key);
    if (!found) {
      found = makePage(turn, undefined);
      kept.set(key, found);
    }
    return found;
  }

  function makePage(turn: Turn, entered: Entered | undefined): { status: number; page: Page } {
    const { language: code, dangers } = turn.conversation;
    const { title, html } = renderer.replies(turn.spoken(), code, entered);
    const { screen } = turn.conversation;
    // On the page of the help itself no way back to it.
    const others = dangers.filter((kind) => screen.kind !== 'danger' || kind !== screen.danger);
    const page = renderer.page({ code, conversation: true, dangers: others }, title, html);
    return { status: statusOf(turn.replies), page };
  }

  function sendErased(response: Response, code: string): void {
    const title = renderer.words(code).plain('erased.heading');
    const html = renderer.body('erased', code, {});
    const page = renderer.page({ code, conversation: false, dangers: [] }, title, html);
    send(response, 200, fill(page), code, FORGET);
  }

  /** Away first: whoever presses this must not be kept by a form that is broken or a storage that fails. */
  async function leave(request: Request, response: Response): Promise<void> {
    try {
      const id = conversationIn(await readForm(request));
      if (id) await assistant.erase(id);
    } catch (error) {
      if (!(error instanceof Refusal)) parts.report(error);
    }
    response.writeHead(303, { ...FORGET, Location: LEAVE_TO });
    response.end();
  }

  // Around it.

  function asset(request: Request, response: Response): void {
    const found = assets.file(String(request.params.name));
    if (!found) {
      sendProblem(request, response, 404);
      return;
    }
    const { type, body, zipped } = found;
    const zip = zipped && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    const bytes = zip ? zipped : body;
    response.writeHead(200, {
      'Content-Type': type,
      'Content-Length': bytes.length,
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
      ...(zip ? { 'Content-Encoding': 'gzip' } : {}),
    });
    response.end(bytes);
  }

  function languageOf(request: Request): string {
    const asked = new URLSearchParams(request.url?.split('?')[1] ?? '').get('lang') ?? '';
    if (content.languages.has(asked)) return asked;
    return preferredLanguage(request.headers['accept-language'], content.languages);
  }

  function languageIn(form: Form): string | undefined {
    const code = form.many('lang')[0] ?? '';
    return content.languages.has(code) ? code : undefined;
  }

  function occasion(): Occasion {
    const now = parts.now();
    return { date: dayOf(now), now, topics: [], children: 1, hours: parts.hours };
  }

  function guarded(handler: Handler): Handler {
    return async (request, response) => {
      try {
        await handler(request, response);
      } catch (error) {
        fail(request, response, error);
      }
    };
  }

  function fail(request: Request, response: Response, error: unknown, form: Sent = {}): void {
    if (!(error instanceof Refusal)) parts.report(error);
    if (response.headersSent || response.destroyed) return;
    const status = error instanceof Refusal ? error.status : 500;
    // What is left of a body that is too large is not read.
    if (status === 413) response.setHeader('Connection', 'close');
    sendProblem(request, response, status, form);
  }

  function install(server: Server): void {
    const get = (path: string, handler: Handler) => {
      server.get(path, guarded(handler));
      server.head(path, guarded(handler));
    };
    get('/', start);
    get('/entry/:id', entry);
    get('/help', help);
    for (const page of PROSE) get(`/${page}`, prose(page));
    get('/conversation', (_request, response) => {
      response.writeHead(303, { Location: '/' });
      response.end();
    });
    get('/assets/:name', asset);
    server.post('/conversation', guarded(conversation));
    server.post('/leave', guarded(leave));
  }

  return { install, sendProblem };
}

/** How well danger is noticed, language by language: honesty is part of safety. */
function measuredIn({ languages }: Content): { language: string; caught: number; interrupted: number }[] {
  return [...languages.values()].flatMap(({ info }) =>
    info.measured
      ? [{ language: info.name, caught: info.measured.caught, interrupted: info.measured.interrupted }]
      : [],
  );
}

const PROBLEMS: Readonly<Record<number, string>> = {
  404: 'not_found',
  405: 'not_found',
  413: 'too_large',
};

/** Nobody should have to type a thing twice. */
function withWhatWasTyped(turn: Turn, entered: Entered): { entered?: Entered } {
  return turn.replies.some(isUnreadable) ? { entered } : {};
}

function isUnreadable(reply: Reply): boolean {
  return reply.kind === 'notice' && NOTICE_STATUS[reply.notice] === 422;
}

function statusOf(replies: readonly Reply[]): number {
  // Beside what could not be read may stand another notice: the offer of a language.
  const statuses = replies.map((reply) =>
    reply.kind === 'notice' ? NOTICE_STATUS[reply.notice] : undefined,
  );
  return statuses.find((status) => status !== undefined) ?? 200;
}

function send(
  response: Response,
  status: number,
  html: Buffer,
  code: string,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': html.length,
    'Content-Language': code,
    ...headers,
  });
  response.end(html);
}
