import type { AddressInfo } from 'node:net';
import type { Activity, Bot } from '../../../src/channels/activities/activity.ts';
import {
  createDirectLine,
  type DirectLine,
  type DirectLineParts,
} from '../../../src/channels/directline/directline.ts';
import { SECURITY_HEADERS } from '../../../src/channels/page/page.ts';
import { openHttp } from '../../../src/http/http-server.ts';

export const SECRET = 'the-first-secret-of-the-council';
export const NEXT_SECRET = 'the-next-secret-of-the-council';
export const KEY = 'a key that only the server knows, of some length';
export const COUNCIL = 'https://www.council.gov.uk';
export const PREFIX = '/v3/directline';

export interface Served {
  /** With the prefix of Direct Line. */
  readonly url: string;
  readonly origin: string;
  readonly port: number;
  readonly line: DirectLine;
  /** What the bot was given, in order. */
  readonly given: Activity[];
  /** What was reported. */
  readonly reports: unknown[];
  readonly stop: () => Promise<void>;
}

/** Says back what it hears, and greets. */
export const echo: Bot = async ({ type, text }) => {
  if (type === 'conversationUpdate') return [{ type: 'message', text: 'Welcome' }];
  return type === 'message' ? [{ type: 'message', text: `You said: ${text}` }] : [];
};

/** Serves Direct Line alone, on a port as the server's. @param onPort 0 for a free one */
export async function serve(parts: Partial<DirectLineParts> = {}, onPort = 0): Promise<Served> {
  const given: Activity[] = [];
  const reports: unknown[] = [];
  const bot = parts.bot ?? echo;
  const report = (error: unknown) => {
    reports.push(error);
  };
  const line = createDirectLine({
    secrets: [SECRET, NEXT_SECRET],
    signingKey: KEY,
    origins: [COUNCIL],
    now: () => new Date(),
    report,
    ...parts,
    bot: (activity) => {
      given.push(activity);
      return bot(activity);
    },
  });
  const { server, addSection } = openHttp({
    headers: SECURITY_HEADERS,
    sendProblem: (_request, response, status) => {
      response.writeHead(status);
      response.end();
    },
    report,
  });
  line.install(server);
  addSection(line.section);
  await new Promise<void>((done) => server.listen(onPort, '127.0.0.1', done));
  const { port } = server.server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    url: origin + PREFIX,
    origin,
    port,
    line,
    given,
    reports,
    stop: async () => {
      line.close();
      await new Promise<void>((done) => {
        server.close(done);
        server.server.closeAllConnections();
      });
    },
  };
}

export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into what a program would get
  readonly body: any;
}

export interface Asked {
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request as a program does. */
export async function ask(
  { url }: Pick<Served, 'url'>,
  method: string,
  path: string,
  asked: Asked = {},
): Promise<Got> {
  const { key, body, headers } = asked;
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export interface Begun {
  readonly id: string;
  readonly token: string;
  readonly streamUrl: string;
}

/** Begins a conversation as a page does whose server has the secret. */
export async function begin(served: Served, user?: string): Promise<Begun> {
  const { body: made } = await ask(served, 'POST', '/tokens/generate', {
    key: SECRET,
    body: user === undefined ? {} : { user: { id: user } },
  });
  const { body } = await ask(served, 'POST', '/conversations', { key: made.token });
  return { id: body.conversationId, token: body.token, streamUrl: body.streamUrl };
}

/** Posts a message. */
export function say(
  served: Served,
  { id, token }: Pick<Begun, 'id' | 'token'>,
  text: string,
  more: object = {},
): Promise<Got> {
  return ask(served, 'POST', `/conversations/${id}/activities`, {
    key: token,
    body: { type: 'message', from: { id: 'parent' }, text, ...more },
  });
}

/** @returns the texts that a poll gives. */
export async function heard(served: Served, { id, token }: Begun, watermark = ''): Promise<string[]> {
  const { body } = await ask(served, 'GET', `/conversations/${id}/activities?watermark=${watermark}`, {
    key: token,
  });
  return body.activities.map(({ text }: Activity) => text);
}

/** A socket that remembers what came. */
export interface Listening {
  readonly socket: WebSocket;
  /** Frames as they came, empty ones too. */
  readonly frames: string[];
  readonly activities: () => Activity[];
  readonly closed: Promise<{ code: number; reason: string }>;
}

export async function listen(streamUrl: string): Promise<Listening> {
  const socket = new WebSocket(streamUrl);
  const frames: string[] = [];
  socket.addEventListener('message', ({ data }) => frames.push(String(data)));
  const closed = new Promise<{ code: number; reason: string }>((done) => {
    socket.addEventListener('close', ({ code, reason }) => done({ code, reason }));
  });
  await new Promise<void>((done, fail) => {
    socket.addEventListener('open', () => done());
    socket.addEventListener('error', () => fail(new Error('The socket did not open')));
  });
  const activities = () =>
    frames.filter((one) => one !== '').flatMap((one) => JSON.parse(one).activities as Activity[]);
  return { socket, frames, activities, closed };
}

/** Waits until something holds. */
export async function until(holds: () => boolean, what: string, patience = 20_000): Promise<void> {
  const end = Date.now() + patience;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`It did not come about: ${what}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}
