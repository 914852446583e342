import {
  type IncomingMessage,
  type Server as NodeServer,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Duplex } from 'node:stream';
import restify from 'restify';
import type { AccessLog } from './access-log.ts';
import { clientAddress, isOverHttps, senderOf } from './client-address.ts';
import type { Metrics } from './metrics.ts';
import { RateLimit } from './rate-limit.ts';

export interface HttpParts {
  /** Sent with every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Answers a browser with a page that says what is wrong. */
  readonly sendProblem: (request: restify.Request, response: restify.Response, status: number) => void;
  /** Told of what went wrong on our side. */
  readonly report: (error: unknown) => void;
  /** How many proxies stand in front of us; none if left out. */
  readonly proxies?: number;
  /** Requests a minute and sender; no limit if left out, or 0. */
  readonly rateLimit?: number;
  readonly log?: AccessLog;
  readonly metrics?: Pick<Metrics, 'request'>;
  /** For tests, which do not wait that long. */
  readonly patience?: Partial<Patience>;
}

/** How long we wait for somebody, in milliseconds. */
export interface Patience {
  /** For the headers of a request. */
  readonly headers: number;
  /** For the whole of a request: a form is small, and a bus has bad reception. */
  readonly request: number;
  /** For the next request on a connection. Longer than a proxy waits, or it would use one that is just closing. */
  readonly next: number;
  /** For any sign that an answer is being read. */
  readonly reading: number;
  /** How often all this is looked at. */
  readonly lookEvery: number;
}

const PATIENCE: Patience = {
  headers: 10_000,
  request: 30_000,
  next: 10_000,
  reading: 60_000,
  lookEvery: 2_000,
};
const NEXT_BEHIND_PROXY = 75_000;

const MOST_CONNECTIONS = 5_000;
const MOST_HEADERS = 100;
/** All headers of a request together, in bytes. */
const HEADER_LIMIT = 16 * 1024;
/** No address of ours is half as long. */
const URL_LIMIT = 2048;

/** Programs speak here, and want JSON even where something is wrong. */
const FOR_PROGRAMS = /^\/(api|v3|channels)\//;
/** Here the servers of a vendor speak for many people, and sign what they send. */
const FOR_VENDORS = /^\/(api|channels)\//;
const VENDORS_MAY = 10;
/** Milliseconds: after a minute nobody's address is needed. The privacy page says "a minute or two". */
const FORGET_EVERY = 60_000;
/** Paths that are never limited: see isUnlimited. */
const UNLIMITED = /^\/(?:help|leave|healthz|readyz|metrics|embed\.js|assets\/[^/?]*)(?:\?|$)/;
/** A year. Only this host: the council's other hosts are not ours. */
const HSTS = 'max-age=31536000';
/** A client that went away before the answer; the number that nginx uses. */
const GONE = 499;
/** The route of a request that has none. */
const NO_ROUTE = 'none';

/** A path and all below it, where more holds than elsewhere. */
export interface Section {
  /** Without a slash at its end: "/v3/directline". */
  readonly under: string;
  /**
   * Sent with all answers here, also with those in which the port itself refuses: so pages of other sites can read what
   * is wrong.
   */
  readonly headersOf: (request: IncomingMessage) => Readonly<Record<string, string>>;
  /** Takes the WebSockets that are asked for here. All others are refused. */
  readonly takeSocket: (request: IncomingMessage, stream: Duplex, head: Buffer) => void;
}

export interface HttpServer {
  readonly server: restify.Server;
  /** @returns who asks, as an IP address */
  readonly address: (request: IncomingMessage) => string;
  /** @throws Error where its path, one above or one below it has a section already */
  readonly addSection: (section: Section) => void;
  /** From now on answers end their connection. @returns when the requests that are in hand now are answered */
  readonly finish: () => Promise<void>;
}

/**
 * A restify server with its traps closed: it says nothing of itself, logs nothing, never sends the words of an error
 * to anybody, does not end over a malformed Host header, and waits for nobody for ever.
 */
export function openHttp(parts: HttpParts): HttpServer {
  const { proxies = 0, log, metrics } = parts;
  const server = restify.createServer({
    // With an empty name there is no `Server` header.
    name: '',
    log: silentLog(),
    formatters: { 'application/json': plain, 'text/plain': plain, 'application/octet-stream': plain },
  });
  bePatientAtMost(server.server as NodeServer, proxies, parts.patience);
  const headers = Object.entries(parts.headers);
  const limits = parts.rateLimit
    ? { people: new RateLimit(parts.rateLimit), vendors: new RateLimit(parts.rateLimit * VENDORS_MAY) }
    : undefined;
  if (limits) {
    const forgetting = setInterval(() => {
      limits.people.forget();
      limits.vendors.forget();
    }, FORGET_EVERY);
    forgetting.unref();
    server.server.once('close', () => clearInterval(forgetting));
  }
  const inHand = new Set<ServerResponse>();
  const sections: Section[] = [];
  let finishing = false;

  const address = (request: IncomingMessage) => clientAddress(request, proxies);
  const sectionOf = ({ url = '' }: IncomingMessage) => {
    const [path = ''] = url.split('?', 1);
    return sections.find(({ under }) => isUnder(path, under));
  };

  /**
   * Help in danger waits for nothing, whoever wants to leave must get away, and the style of these pages belongs to them,
   * and so do a council's own pages, which load the script of the embed for each of their readers. All of them cost
   * little. So do the questions of the machinery after our health; and a browser's question whether a page may ask at all
   * (OPTIONS) where other pages may: refused, the page never learns that it asked too often. Elsewhere the answer to that
   * question is a page that says what is wrong, and costs as much as any other.
   */
  function isUnlimited(request: IncomingMessage): boolean {
    if (UNLIMITED.test(request.url ?? '')) return true;
    return request.method === 'OPTIONS' && sectionOf(request) !== undefined;
  }

  /** @returns 0 where the request may pass, else the seconds to wait */
  function waitOf(request: IncomingMessage): number {
    if (!limits || isUnlimited(request)) return 0;
    const limit = FOR_VENDORS.test(request.url ?? '') ? limits.vendors : limits.people;
    return limit.take(senderOf(address(request)));
  }

  function refuse(request: restify.Request, response: restify.Response, status: number): void {
    if (response.headersSent || response.destroyed) return;
    if (!FOR_PROGRAMS.test(request.url ?? '')) {
      parts.sendProblem(request, response, status);
      return;
    }
    response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(errorBody(status));
  }

  function watch(request: restify.Request, response: restify.Response): void {
    const begun = performance.now();
    const { socket } = request;
    const sentBefore = socket.bytesWritten;
    inHand.add(response);
    response.once('close', () => {
      inHand.delete(response);
      const ms = performance.now() - begun;
      const route = String(request.getRoute()?.path ?? NO_ROUTE);
      const status = response.writableFinished ? response.statusCode : GONE;
      metrics?.request({ route, status, seconds: ms / 1000 });
      log?.log({
        time: new Date(),
        method: request.method ?? '',
        route,
        status,
        ms,
        bytes: socket.bytesWritten - sentBefore,
      });
    });
  }

  server.pre((request, response, next) => {
    watch(request, response);
    const here = Object.entries(sectionOf(request)?.headersOf(request) ?? {});
    for (const [name, value] of [...headers, ...here]) response.setHeader(name, value);
    if (isOverHttps(request, proxies)) response.setHeader('Strict-Transport-Security', HSTS);
    if (finishing) response.setHeader('Connection', 'close');
    const refused = faultOf(request);
    if (refused) {
      refuse(request, response, refused);
      return next(false);
    }
    const wait = waitOf(request);
    if (wait > 0) {
      response.setHeader('Retry-After', String(wait));
      refuse(request, response, 429);
      return next(false);
    }
    next();
  });
  server.on('restifyError', (request: restify.Request, response: restify.Response, error: unknown) => {
    const { statusCode } = error as { statusCode?: unknown };
    if (typeof statusCode !== 'number') parts.report(error);
    refuse(request, response, typeof statusCode === 'number' ? statusCode : 500);
  });
  // restify listens for these without answering: each would stay open for ever.
  server.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Nobody listens for its errors any more, and one that nobody hears would end the process.
    socket.on('error', () => socket.destroy());
    const section = sectionOf(request);
    if (section && waitOf(request) === 0) {
      section.takeSocket(request, socket, head);
      return;
    }
    const status = section ? 429 : 404;
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    );
    socket.once('finish', () => socket.destroy());
  });

  return {
    server,
    address,
    addSection: (section) => {
      // Where two overlap only one would hold, and nobody would see which.
      if (sections.some(({ under }) => isUnder(under, section.under) || isUnder(section.under, under)))
        throw new Error(`${section.under} is taken`);
      sections.push(section);
    },
    finish: async () => {
      finishing = true;
      await Promise.all([...inHand].map((response) => new Promise((done) => response.once('close', done))));
    },
  };
}

/** @returns true where a path is the other, or below it */
function isUnder(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}/`);
}

/** @returns the body of an error, for a program */
function errorBody(status: number): string {
  const message = STATUS_CODES[status] ?? 'Error';
  return JSON.stringify({ error: { code: message.replace(/[^a-z]/gi, ''), message } });
}

function plain(_request: restify.Request, response: restify.Response, body: unknown): string {
  if (body instanceof Error) return errorBody(response.statusCode >= 400 ? response.statusCode : 500);
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** @returns the status of a request that restify must not see */
function faultOf(request: restify.Request): number | undefined {
  if ((request.url ?? '').length > URL_LIMIT) return 414;
  try {
    // restify puts Host and path together and lets the parser throw, outside of all handlers: that ends the process.
    request.getUrl();
    return undefined;
  } catch {
    return 400;
  }
}

function bePatientAtMost(server: NodeServer, proxies: number, given: Partial<Patience> = {}): void {
  const patience = { ...PATIENCE, ...(proxies > 0 ? { next: NEXT_BEHIND_PROXY } : {}), ...given };
  server.headersTimeout = patience.headers;
  server.requestTimeout = patience.request;
  server.keepAliveTimeout = patience.next;
  server.timeout = patience.reading;
  server.maxConnections = MOST_CONNECTIONS;
  server.maxHeadersCount = MOST_HEADERS;
  // Options of Node's own createServer, which restify calls without any; they are read when it begins to listen.
  Object.assign(server, { connectionsCheckingInterval: patience.lookEvery, maxHeaderSize: HEADER_LIMIT });
}

function silentLog(): never {
  // Not in restify's types, which describe an older version.
  const { logger } = restify as unknown as { logger: (options: object) => never };
  return logger({ level: 'silent' });
}
