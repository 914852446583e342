import type { Request, Response, Server } from 'restify';
import type { Assistant, Turn } from '../../assistant.ts';
import type { Content } from '../../content/content.ts';
import { dayOf, type Reply } from '../../engine/conversation.ts';
import { speakContacts } from '../../speech/contacts.ts';
import type { Occasion } from '../../speech/speak.ts';
import { speak, speakEntry } from '../../speech/speak.ts';
import type { Asset } from './assets.ts';
import { createEmbed } from './embed.ts';
import { createFaces, type FacedPage } from './faces.ts';
import { conversationIn, type Entered, type Form, type Order, orderIn, Refusal, readForm } from './forms.ts';
import { Kept } from './kept.ts';
import { preferredLanguage } from './preferred-language.ts';
import { fill, type Page } from './render.ts';
import { securityHeaders } from './security.ts';

export interface PageParts {
  readonly assistant: Assistant;
  /** What is there for everybody, with all councils' folders. */
  readonly content: Content;
  readonly now: () => Date;
  /** How long answers are kept, in hours; for what we say about it. */
  readonly hours: number;
  /** The council whose page it is where a request names none: its code. */
  readonly area?: string;
  /** Told of what went wrong. Never gets what somebody typed. */
  readonly report: (error: unknown) => void;
}

/** Where "Leave this page" leads: a page that anybody could have open. */
export const LEAVE_TO = 'https://www.bbc.co.uk/weather';

export { securityHeaders } from './security.ts';

/** Headers of every answer of the server, unless it says more: pages that may stand in a frame do. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = securityHeaders();

/**
 * What the chat asks for: the same page, and only what changes of it. Sent back as the answer's type, so that the
 * page of a proxy in between is not taken for ours.
 */
export const FRAGMENT = 'text/vnd.fingerpost.fragment+html';
/** Names the frame (all around `main`) that the chat has already. */
const FRAME_HEADER = 'fingerpost-frame';

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
  readonly face?: FacedPage;
}

/** A form of a conversation, as it came in. */
interface Posted {
  readonly request: Request;
  readonly response: Response;
  readonly form: Form;
  readonly face: FacedPage;
  readonly code: string;
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
  const { assistant, content } = parts;
  const faces = createFaces(content, parts.hours, parts.area);
  const embed = createEmbed(content, parts.area);
  const kept = new Kept<{ status: number; page: Page }>(KEPT_PAGES);

  // What anyone may read.

  function start(request: Request, response: Response): void {
    open(request, response, '/', (code, face) => {
      const { renderer } = face;
      const topics = { kind: 'topics', chosen: [] } as const;
      const screen = speak(face.content, face.voices(code), topics, occasion());
      const title = renderer.words(code).plain('start.heading');
      return { title, html: renderer.body('start', code, { screen, news: [] }) };
    });
  }

  function entry(request: Request, response: Response): void {
    const id = String(request.params.id);
    if (!faceOf(request).content.entries.has(id)) {
      sendProblem(request, response, 404);
      return;
    }
    open(request, response, `/entry/${id}`, (code, face) => {
      const screen = speakEntry(face.content, face.voices(code), id, occasion());
      return { title: screen.title.text, html: face.renderer.screen(screen, code) };
    });
  }

  function help(request: Request, response: Response): void {
    open(request, response, '/help', (code, { renderer, voices }) => {
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
      open(request, response, `/${page}`, (code, { renderer }) => ({
        title: renderer.words(code).plain(`${page}.heading`),
        html: renderer.body('prose', code, { page, measured: page === 'about' ? measuredIn(content) : [] }),
      }));
  }

  function open(
    request: Request,
    response: Response,
    path: string,
    make: (code: string, face: FacedPage) => { title: string; html: string },
  ): void {
    const code = languageOf(request);
    const face = faceOf(request);
    // Who can be reached now changes with the minute.
    const key = `${path} ${face.also} ${code} ${parts.now().toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length)}`;
    let found = kept.get(key);
    if (!found) {
      const { title, html } = make(code, face);
      found = {
        status: 200,
        page: face.renderer.page({ code, conversation: false, dangers: [] }, title, html, path),
      };
      kept.set(key, found);
    }
    send(response, 200, fill(found.page.whole), code, { ...face.headers, ...OPEN_PAGE });
  }

  /** @param form what is known of the form that went wrong: with it, the way back and "leave" still work */
  function sendProblem(request: Request, response: Response, status: number, form: Sent = {}): void {
    const { id, code = languageOf(request), face = faceOf(request) } = form;
    const { renderer } = face;
    const isLost = !form.face && request.method === 'POST' && request.headers['sec-fetch-dest'] === 'iframe';
    const problem = PROBLEMS[status] ?? (status >= 500 ? 'server' : 'unreadable');
    const title = renderer.words(code).plain(`error.${problem}_heading`);
    const conversation = id !== undefined;
    const html = renderer.body('error', code, { problem, conversation });
    const page = renderer.page({ code, conversation, dangers: [] }, title, html);
    send(response, status, fill(page.whole, id), code, {
      ...(isLost ? faces.inAFrame : face.headers),
      'Cache-Control': 'no-store',
    });
  }

  // A conversation.

  async function conversation(request: Request, response: Response): Promise<void> {
    const form = await readForm(request);
    const code = languageIn(form) ?? languageOf(request);
    const face = faceOf(request, form);
    let id: string | undefined;
    try {
      id = conversationIn(form);
      await converse({ request, response, form, face, code }, id);
    } catch (error) {
      fail(request, response, error, { id, code, face });
    }
  }

  async function converse(sent: Posted, id: string | undefined): Promise<void> {
    const { response, form, face, code } = sent;
    const order = readOrder(form);
    switch (order.do) {
      case 'restart':
      case 'erase':
        if (id) await assistant.erase(id);
        if (order.do === 'erase') return sendErased(sent);
        response.writeHead(303, { ...FORGET, Location: `/?lang=${code}${face.also}` });
        response.end();
        return;
      case 'unreadable': {
        if (!id) throw new Refusal(400);
        // The same question again, and nothing lost.
        const turn = await assistant.respond(id, { type: 'unreadable', notice: 'unreadable' }, code);
        return sendTurn(sent, turn, { status: 400 });
      }
      case 'answer': {
        const turn = await assistant.respond(id, order.input, code);
        return sendTurn(sent, turn, withWhatWasTyped(turn, order.entered));
      }
      case 'words': {
        // The box stands beside the topics: on an old page, while a question is in hand, it is still about those.
        if (id) await assistant.respond(id, { type: 'show', screen: 'topics' }, code);
        const turn = await assistant.respond(id, order.input, code);
        return sendTurn(sent, turn, withWhatWasTyped(turn, order.entered));
      }
      default:
        return sendTurn(sent, await assistant.respond(id, order.input, code));
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
    { request, response, face }: Posted,
    turn: Turn,
    { entered, status }: { entered?: Entered; status?: number } = {},
  ): void {
    const { page, ...made } = pageOf(turn, face, entered);
    const asChat = request.headers.accept?.includes(FRAGMENT);
    const pieces = asChat && request.headers[FRAME_HEADER] === page.frame ? page.part : page.whole;
    send(response, status ?? made.status, fill(pieces, turn.id), turn.conversation.language, {
      ...face.headers,
      'Cache-Control': asChat ? 'no-store' : IN_CONVERSATION,
      Vary: 'Accept, Fingerpost-Frame',
      ...(asChat ? { 'Content-Type': `${FRAGMENT}; charset=utf-8` } : {}),
    });
  }

  /**
   * Questions are kept rendered. They hold what a question page holds for everybody at that point: no value that
   * somebody gave or typed, and the conversation's id is put in on the way out.
   */
  function pageOf(turn: Turn, face: FacedPage, entered: Entered | undefined): { status: number; page: Page } {
    const { conversation, replies, date } = turn;
    const isPlain = !entered && replies.every((one) => one.kind === 'question' && one.current === undefined);
    if (!isPlain) return makePage(turn, face, entered);
    const key = JSON.stringify([face.also, conversation.language, date, conversation.dangers, replies]);
    let found = kept.get(key);
    if (!found) {
      found = makePage(turn, face, undefined);
      kept.set(key, found);
    }
    return found;
  }

  function makePage(
    turn: Turn,
    { renderer, voices }: FacedPage,
    entered: Entered | undefined,
  ): { status: number; page: Page } {
    const { language: code, dangers } = turn.conversation;
    const { title, html } = renderer.replies(turn.spoken(code, voices), code, entered);
    const { screen } = turn.conversation;
    // On the page of the help itself no way back to it.
    const others = dangers.filter((kind) => screen.kind !== 'danger' || kind !== screen.danger);
    const page = renderer.page({ code, conversation: true, dangers: others }, title, html);
    return { status: statusOf(turn.replies), page };
  }

  function sendErased({ response, face, code }: Posted): void {
    const { renderer } = face;
    const title = renderer.words(code).plain('erased.heading');
    const html = renderer.body('erased', code, {});
    const page = renderer.page({ code, conversation: false, dangers: [] }, title, html);
    send(response, 200, fill(page.whole), code, { ...face.headers, ...FORGET });
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
    const found = faces.file(String(request.params.name));
    if (!found) {
      sendProblem(request, response, 404);
      return;
    }
    sendFile(request, response, found, { 'Cache-Control': 'public, max-age=31536000, immutable' });
  }

  /** The one file that other people's pages load. */
  function embedScript(request: Request, response: Response): void {
    sendFile(request, response, embed(), {
      'Cache-Control': 'public, max-age=3600',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Access-Control-Allow-Origin': '*',
    });
  }

  function sendFile(
    request: Request,
    response: Response,
    { type, body, zipped }: Asset,
    headers: Readonly<Record<string, string>>,
  ): void {
    const zip = zipped && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    const bytes = zip ? zipped : body;
    response.writeHead(200, {
      'Content-Type': type,
      'Content-Length': bytes.length,
      Vary: 'Accept-Encoding',
      ...(zip ? { 'Content-Encoding': 'gzip' } : {}),
      ...headers,
    });
    response.end(bytes);
  }

  function languageOf(request: Request): string {
    const asked = queryOf(request).get('lang') ?? '';
    if (content.languages.has(asked)) return asked;
    return preferredLanguage(request.headers['accept-language'], content.languages);
  }

  /** @param form what was sent, where it could be read: inside a conversation the address says nothing */
  function faceOf(request: Request, form?: Form): FacedPage {
    const query = queryOf(request);
    const [named = query.get('council') ?? parts.area] = form?.many('council') ?? [];
    return faces.of(named, query.has('framed') || (form?.many('framed') ?? []).length > 0);
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
    get('/conversation', (request, response) => {
      const { also } = faceOf(request);
      response.writeHead(303, { Location: also ? `/?lang=${languageOf(request)}${also}` : '/' });
      response.end();
    });
    get('/assets/:name', asset);
    get('/embed.js', embedScript);
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
  429: 'too_many',
};

function queryOf(request: Request): URLSearchParams {
  return new URLSearchParams(request.url?.split('?')[1] ?? '');
}

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
