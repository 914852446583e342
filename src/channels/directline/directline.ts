import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response, Server } from 'restify';
import { senderOf } from '../../http/client-address.ts';
import type { Section } from '../../http/http-server.ts';
import type { Activity, Bot } from '../activities/activity.ts';
import { type Conversation, Conversations, frame, newConversationId } from './conversations.ts';
import {
  dropBody,
  forBot,
  isReserved,
  type Posted,
  postedIn,
  readObject,
  startIn,
  wishIn,
} from './incoming.ts';
import { LIMITS, type Limits } from './limits.ts';
import { baseOf, createOrigins, originIn, PREFLIGHT_HEADERS } from './origins.ts';
import { badArgument, forbidden, Problem } from './problem.ts';
import { createSockets } from './sockets.ts';
import { createSecrets, createTokens, type Grant, TOKEN_LASTS } from './tokens.ts';

/**
 * Direct Line 3.0, served here: any Bot Framework client talks to the bot, and nothing goes to a cloud.
 *
 * - A site's own server keeps a secret and gets a token for each reader (`tokens/generate`). The secret never reaches
 *   a browser; a token is for one conversation and lasts half an hour.
 * - A site without a server may get tokens for its pages (`tokens/anonymous`), if that is switched on and its origin is
 *   on the list. It opens nothing that the public page does not: anybody may begin a conversation there too.
 * - What people type is echoed to them, so it is kept for a while: see Conversation. It is never logged.
 */
export interface DirectLineParts {
  readonly bot: Bot;
  /** Several, so that one can be replaced while the other still serves. At least 16 characters each. */
  readonly secrets: readonly string[];
  /** Signs the tokens; at least 32 characters. Another key ends all tokens. */
  readonly signingKey: string;
  /** Pages that may use it from a browser: "https://www.council.gov.uk". Our own pages may without being named. */
  readonly origins: readonly string[];
  /** Whether the pages in `origins` get tokens without a secret. */
  readonly anonymous?: boolean;
  /** The address under which people reach us, "https://help.council.gov.uk"; without it, what the request names. */
  readonly publicUrl?: string;
  readonly now: () => Date;
  readonly limits?: Partial<Limits>;
  /** @returns the client's IP address, for counting; without it, the other end of the connection. */
  readonly addressOf?: (request: IncomingMessage) => string;
  /** Told of what went wrong. Never gets what somebody typed. */
  readonly report?: (error: unknown) => void;
}

export interface DirectLine {
  /** Adds the routes to the server. */
  readonly install: (server: Server) => void;
  /** Its path: there a page on the list can read whatever is answered, also that it asks too often. */
  readonly section: Section;
  /** Closes all sockets. Clients come back by themselves. */
  readonly close: () => void;
}

const PREFIX = '/v3/directline';
const STREAM = new RegExp(`^${PREFIX}/conversations/([\\w-]+)/stream$`);
const BOT = { id: 'fingerpost', name: 'Fingerpost', role: 'bot' };
const CHANNEL = 'directline';
/** The bot knows that somebody is here, and nobody has to see that somebody types. */
const UNHEARD: ReadonlySet<string> = new Set(['conversationUpdate', 'typing']);
const SWEEP_EVERY = 60_000;
const SHORTEST_SECRET = 16;
const SHORTEST_KEY = 32;

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Who asks: whoever holds the secret, or a token. */
type Caller = Grant | 'operator';

type Handler = (request: Request) => Promise<Answer>;

/** @throws Error where the secrets, the key or the origins are none */
export function createDirectLine(parts: DirectLineParts): DirectLine {
  checkParts(parts);
  const { bot, publicUrl, now, report = () => undefined } = parts;
  const limits = { ...LIMITS, ...parts.limits };
  const addressOf = (request: IncomingMessage) =>
    senderOf(parts.addressOf?.(request) ?? request.socket.remoteAddress ?? '');
  const conversations = new Conversations(limits, () => now().getTime());
  const tokens = createTokens(parts.signingKey, now);
  const isSecret = createSecrets(parts.secrets);
  const origins = createOrigins(parts.origins, publicUrl);
  const sockets = createSockets({ admit, conversations, limits, report });
  const sweeping = setInterval(() => conversations.sweep(), SWEEP_EVERY);
  sweeping.unref();

  // Who may.

  function callerOf(request: IncomingMessage): Caller {
    const [, key] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
    if (key === undefined) throw new Problem(401, 'MissingToken', 'Send Authorization: Bearer and a token.');
    return isSecret(key) ? 'operator' : grantOf(key, 'conversation', request);
  }

  function grantOf(token: string, use: Grant['use'], request: IncomingMessage): Grant {
    const grant = tokens.read(token);
    if (grant === 'expired') throw new Problem(403, 'TokenExpired', 'The token has expired.');
    if (grant === 'bad' || grant.use !== use) throw new Problem(401, 'BadToken', 'This is no token of ours.');
    const { origin } = request.headers;
    if (origin !== undefined && grant.origins && !grant.origins.includes(origin)) {
      throw forbidden('The token is for other pages.');
    }
    return grant;
  }

  function operatorOnly(request: IncomingMessage): void {
    if (callerOf(request) !== 'operator') throw forbidden('This takes the secret.');
  }

  /** @throws Problem where the caller may not, or there is no such conversation */
  function conversationOf(request: Request, caller: Caller): Conversation {
    const id = String(request.params.id);
    if (caller !== 'operator' && caller.conversation !== id) {
      throw forbidden('The token is for another conversation.');
    }
    return conversations.find(id) ?? resumed(request, caller);
  }

  /**
   * A restart of the server forgets what was said, but the bot does not forget the conversation; so whoever holds its
   * token goes on.
   * @throws Problem where it was never begun
   */
  function resumed(request: IncomingMessage, caller: Caller): Conversation {
    if (caller === 'operator' || !caller.begun) {
      throw new Problem(404, 'ConversationNotFound', 'There is no such conversation.');
    }
    const conversation = conversations.create(caller.conversation, addressOf(request));
    conversation.user = caller.user;
    conversation.welcomed = true;
    conversation.spoken = true;
    return conversation;
  }

  // What they get.

  function tokenFor(grant: Grant): { conversationId: string; token: string; expires_in: number } {
    return {
      conversationId: grant.conversation,
      token: tokens.issue({ ...grant, use: 'conversation' }),
      expires_in: TOKEN_LASTS,
    };
  }

  function grantFor(caller: Caller, conversation: Conversation): Grant {
    const { id, user } = conversation;
    const grant: Grant = caller === 'operator' ? { use: 'conversation', conversation: id, user } : caller;
    return { ...grant, begun: true };
  }

  /** @param since the watermark after which the socket goes on */
  function streamUrl(request: IncomingMessage, grant: Grant, since: number): string {
    const base = baseOf(request, publicUrl);
    if (base === undefined) throw badArgument('The request names no host.');
    const token = tokens.issue({ ...grant, use: 'stream' });
    const path = `${PREFIX}/conversations/${grant.conversation}/stream`;
    return `${base.replace(/^http/, 'ws')}${path}?watermark=${since}&t=${token}`;
  }

  const generate: Handler = async (request) => {
    const body = await readObject(request);
    operatorOnly(request);
    const wish = wishIn(body, originIn);
    return json(200, tokenFor({ use: 'conversation', conversation: newConversationId(), ...wish }));
  };

  const anonymous: Handler = async (request) => {
    await dropBody(request);
    const { origin } = request.headers;
    // Which pages are let in was looked at before; here there has to be a page.
    if (origin === undefined) throw forbidden('This is for pages.');
    return json(200, tokenFor({ use: 'conversation', conversation: newConversationId(), origins: [origin] }));
  };

  const refresh: Handler = async (request) => {
    await dropBody(request);
    const caller = callerOf(request);
    if (caller === 'operator') throw forbidden('This takes a token.');
    conversations.find(caller.conversation);
    return json(200, tokenFor(caller));
  };

  const start: Handler = async (request) => {
    const body = await readObject(request);
    const caller = callerOf(request);
    const wish = startIn(body);
    const named = caller === 'operator' ? undefined : caller.user;
    if (wish.user !== undefined && wish.user !== named && isReserved(wish.user)) {
      throw badArgument('A user.id that begins with dl_ has to come with the token.');
    }
    const known = caller === 'operator' ? undefined : conversations.find(caller.conversation);
    const id = caller === 'operator' ? newConversationId() : caller.conversation;
    const conversation =
      known ?? conversations.create(id, caller === 'operator' ? undefined : addressOf(request));
    conversation.user ??= named ?? wish.user;
    conversation.locale = wish.locale ?? conversation.locale;
    const grant = grantFor(caller, conversation);
    const url = streamUrl(request, grant, 0);
    welcome(conversation, serviceUrlOf(request));
    return json(known ? 200 : 201, { ...tokenFor(grant), streamUrl: url });
  };

  const reconnect: Handler = async (request) => {
    const caller = callerOf(request);
    const conversation = conversationOf(request, caller);
    const grant = grantFor(caller, conversation);
    // Clients that have seen nothing yet send an empty watermark; those that send none want what is new.
    const watermark = queryOf(request).get('watermark');
    const since = watermark === null ? conversation.watermark : numberIn(watermark);
    return json(200, { ...tokenFor(grant), streamUrl: streamUrl(request, grant, since) });
  };

  const poll: Handler = async (request) => {
    const conversation = conversationOf(request, callerOf(request));
    return { status: 200, body: conversation.frameSince(numberIn(queryOf(request).get('watermark'))) };
  };

  const post: Handler = async (request) => {
    const body = await readObject(request);
    const caller = callerOf(request);
    const conversation = conversationOf(request, caller);
    const posted = postedIn(body);
    if (conversation.user === undefined) {
      if (isReserved(posted.from.id))
        throw badArgument('A from.id that begins with dl_ has to come with the token.');
      conversation.user = posted.from.id;
    }
    const id = await conversation.once(posted.retry, async () => {
      conversation.allowPost();
      return conversation.inTurn(() => take(conversation, posted, serviceUrlOf(request)));
    });
    return json(200, { id });
  };

  const upload: Handler = async (request) => {
    await dropBody(request);
    conversationOf(request, callerOf(request));
    // Not 403: directlinejs takes that for an expired token, and would say of the whole chat that it is over.
    throw new Problem(404, 'UploadNotAllowed', 'Files are not taken.');
  };

  const preflight: Handler = async () => ({ status: 204, body: '', headers: PREFLIGHT_HEADERS });

  const missing: Handler = async (request) => {
    await dropBody(request);
    throw new Problem(404, 'NotFound', 'There is nothing here.');
  };

  // The bot.

  /** Tells the bot that somebody is here, once. */
  function welcome(conversation: Conversation, serviceUrl: string): void {
    if (conversation.welcomed) return;
    conversation.welcomed = true;
    const user = { id: conversation.user ?? conversation.id, role: 'user' };
    conversation
      .inTurn(async () => {
        const { id, timestamp } = conversation.stamp();
        const answers = await ask({
          type: 'conversationUpdate',
          id,
          timestamp,
          channelId: CHANNEL,
          serviceUrl,
          conversation: { id: conversation.id },
          from: user,
          recipient: BOT,
          membersAdded: [BOT, user],
          ...(conversation.locale !== undefined ? { locale: conversation.locale } : {}),
        });
        deliver(conversation, [], answers, undefined);
      })
      .catch((error) => {
        // Who starts again is welcomed again.
        conversation.welcomed = false;
        report(error);
      });
  }

  /** Takes what somebody posted: the bot answers, then their own words and the answers go out, in this order. */
  async function take(conversation: Conversation, posted: Posted, serviceUrl: string): Promise<string> {
    const { number, id, timestamp } = conversation.stamp();
    if (UNHEARD.has(posted.type)) return id;
    conversation.locale = posted.locale ?? conversation.locale;
    const about = {
      id,
      timestamp,
      channelId: CHANNEL,
      conversation: { id: conversation.id },
    };
    const from = { ...posted.from, id: conversation.user ?? posted.from.id, role: 'user' };
    let answers: readonly Activity[];
    try {
      answers = await ask({
        ...forBot(posted),
        ...about,
        serviceUrl,
        from,
        recipient: BOT,
        ...(conversation.locale !== undefined ? { locale: conversation.locale } : {}),
      });
    } catch (error) {
      report(error);
      throw new Problem(502, 'BotRejectedActivity', 'The bot could not take the activity.');
    }
    const echo = { number, json: JSON.stringify({ ...posted.activity, ...about, from }) };
    deliver(conversation, [echo], answers, id);
    if ([posted, ...answers].some(({ type }) => type === 'endOfConversation')) {
      // Who ends it leaves nothing behind but the goodbye.
      conversations.forgetBefore(conversation, number);
    }
    return id;
  }

  async function ask(activity: Activity): Promise<readonly Activity[]> {
    let late: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, fail) => {
      late = setTimeout(() => fail(new Error('The bot did not answer in time')), limits.patience);
    });
    try {
      return await Promise.race([bot(activity), tooLate]);
    } finally {
      clearTimeout(late);
    }
  }

  function deliver(
    conversation: Conversation,
    echo: readonly { readonly number: number; readonly json: string }[],
    answers: readonly Activity[],
    replyToId: string | undefined,
  ): void {
    const { user } = conversation;
    const stamped = answers.map((answer) => {
      const { number, id, timestamp } = conversation.stamp();
      const activity = {
        ...answer,
        id,
        timestamp,
        channelId: CHANNEL,
        conversation: { id: conversation.id },
        from: BOT,
        ...(user !== undefined ? { recipient: { id: user, role: 'user' } } : {}),
        ...(replyToId !== undefined ? { replyToId } : {}),
        serviceUrl: undefined,
      };
      return { type: answer.type, number, json: JSON.stringify(activity) };
    });
    const toSend = [...echo, ...stamped];
    // That somebody types is only of use now, so it is for sockets only, as the protocol has it.
    const toKeep = [...echo, ...stamped.filter(({ type }) => !UNHEARD.has(type))];
    conversations.keep(conversation, toKeep);
    if (toSend.length === 0) return;
    conversation.socket?.send(
      frame(
        toSend.map((one) => one.json),
        conversation.watermark,
      ),
    );
  }

  function serviceUrlOf(request: IncomingMessage): string {
    return `${baseOf(request, publicUrl) ?? ''}/`;
  }

  // Sockets.

  function admit(request: IncomingMessage): { conversation: Conversation; since: number } {
    if (!origins.lets(request)) throw forbidden('Not from this page.');
    const url = request.url ?? '';
    const [, id] = STREAM.exec(url.split('?', 1)[0] as string) ?? [];
    if (id === undefined) throw new Problem(404, 'NotFound', 'There is nothing here.');
    const query = queryOf(request);
    const token = query.get('t');
    if (!token) throw new Problem(401, 'MissingToken', 'There is no token.');
    const grant = grantOf(token, 'stream', request);
    if (grant.conversation !== id) throw forbidden('The token is for another conversation.');
    const conversation = conversations.find(id) ?? resumed(request, grant);
    return { conversation, since: numberIn(query.get('watermark')) };
  }

  // The wire.

  function answering(handler: Handler): RequestHandler {
    return async (request, response) => send(response, await answerOf(handler, request));
  }

  /** Never throws: what goes wrong is an answer, too. */
  async function answerOf(handler: Handler, request: Request): Promise<Answer> {
    try {
      if (origins.lets(request)) return await handler(request);
      await dropBody(request);
      throw forbidden('Not from this page.');
    } catch (error) {
      if (!(error instanceof Problem)) report(error);
      return refusal(error instanceof Problem ? error : new Problem(500, 'ServiceError', 'It did not work.'));
    }
  }

  return {
    section: { under: PREFIX, headersOf: origins.headers, takeSocket: sockets.take },
    install: (server) => {
      server.post(`${PREFIX}/tokens/generate`, answering(generate));
      server.post(`${PREFIX}/tokens/refresh`, answering(refresh));
      if (parts.anonymous) server.post(`${PREFIX}/tokens/anonymous`, answering(anonymous));
      server.post(`${PREFIX}/conversations`, answering(start));
      server.get(`${PREFIX}/conversations/:id`, answering(reconnect));
      server.get(`${PREFIX}/conversations/:id/activities`, answering(poll));
      server.post(`${PREFIX}/conversations/:id/activities`, answering(post));
      server.post(`${PREFIX}/conversations/:id/upload`, answering(upload));
      for (const path of [PREFIX, `${PREFIX}/*`]) {
        server.opts(path, answering(preflight));
        for (const method of ['get', 'head', 'post', 'put', 'patch', 'del'] as const)
          server[method](path, answering(missing));
      }
    },
    close: () => {
      clearInterval(sweeping);
      sockets.close();
    },
  };
}

function checkParts({ secrets, signingKey, origins, publicUrl }: DirectLineParts): void {
  if (secrets.some((one) => one.length < SHORTEST_SECRET || /\s/.test(one))) {
    throw new Error(`A Direct Line secret has at least ${SHORTEST_SECRET} characters and no space.`);
  }
  if (signingKey.length < SHORTEST_KEY) throw new Error(`The key has at least ${SHORTEST_KEY} characters.`);
  for (const one of [...origins, ...(publicUrl === undefined ? [] : [publicUrl])]) {
    if (originIn(one) === undefined) throw new Error(`"${one}" is no address of a site.`);
  }
}

function json(status: number, value: unknown): Answer {
  return { status, body: JSON.stringify(value) };
}

/** @returns what is sent where something is wrong */
function refusal({ status, body, retryAfter }: Problem): Answer {
  return {
    status,
    body,
    headers: {
      ...(retryAfter !== undefined ? { 'Retry-After': String(retryAfter) } : {}),
      // What is left of a body that is too large is not read.
      ...(status === 413 ? { Connection: 'close' } : {}),
    },
  };
}

function send(response: Response, { status, body, headers }: Answer): void {
  // Whoever asked is gone.
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, {
    ...headers,
    'Cache-Control': 'no-store',
    ...(body === '' ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
  });
  response.end(body);
}

function queryOf({ url = '' }: IncomingMessage): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : url.slice(start + 1));
}

/** @returns the number in a watermark; 0, so everything, where it is none: clients drop what they know. */
function numberIn(watermark: string | null): number {
  return watermark !== null && /^\d{1,15}$/.test(watermark) ? Number(watermark) : 0;
}
