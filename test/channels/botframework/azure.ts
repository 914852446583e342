import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Made up. */
export const APP_ID = '11111111-2222-4333-8444-555555555555';
export const PASSWORD = 'a client secret';
/** On the list of hosts, but in these tests nothing is ever sent there. */
export const SERVICE = 'https://smba.trafficmanager.net/uk/';

export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  // biome-ignore lint/suspicious/noExplicitAny: as it came
  readonly body: any;
}

export interface FakeServer {
  readonly url: string;
  readonly port: number;
  readonly arrived: Arrived[];
  /** The statuses of the next answers; 200 when it is empty. 0 hangs up. */
  readonly next: number[];
  delay: number;
  location: string;
  /** How many connections were opened to it. */
  connections: number;
  readonly stop: () => Promise<void>;
}

/** A connector as Azure's channels are, which takes replies: POST /v3/conversations/{id}/activities/{id}. */
export async function fakeConnector(host = '127.0.0.1'): Promise<FakeServer> {
  const fake = {
    url: '',
    port: 0,
    arrived: [] as Arrived[],
    next: [] as number[],
    delay: 0,
    location: '',
    connections: 0,
    stop: async () => {},
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    await new Promise((done) => setTimeout(done, fake.delay));
    const status = fake.next.shift() ?? 200;
    const { method = '', url: path = '', headers } = request;
    fake.arrived.push({ method, path, headers, body: text === '' ? undefined : JSON.parse(text) });
    if (status === 0) return request.socket.destroy();
    const location = status >= 300 && status < 400 ? { Location: fake.location } : {};
    response.writeHead(status, { 'Content-Type': 'application/json', ...location });
    response.end(JSON.stringify(status === 200 ? { id: `reply-${fake.arrived.length}` } : { error: 'no' }));
  });
  server.on('connection', () => fake.connections++);
  fake.port = await listen(server, host);
  fake.url = `http://127.0.0.1:${fake.port}`;
  fake.stop = () => close(server);
  return fake;
}

export interface Keys {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export function newKeys(kid: string): Keys {
  return { kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

export interface FakeSignIn {
  readonly url: string;
  /** How often the keys were asked for. */
  asked: number;
  /** The status of the next answers. */
  status: number;
  readonly stop: () => Promise<void>;
}

/** Where Microsoft publishes the keys with which its tokens are signed. */
export async function fakeSignIn(
  keys: Keys,
  endorsements: readonly string[] = ['msteams', 'webchat'],
): Promise<FakeSignIn> {
  const fake = { url: '', asked: 0, status: 200, stop: async () => {} };
  const server = createServer((request, response) => {
    fake.asked++;
    response.writeHead(fake.status, { 'Content-Type': 'application/json' });
    const jwk = { ...keys.publicKey.export({ format: 'jwk' }), kid: keys.kid, use: 'sig', endorsements };
    const isKeys = request.url === '/keys';
    response.end(JSON.stringify(isKeys ? { keys: [jwk] } : { jwks_uri: `${fake.url}/keys`, issuer: 'x' }));
  });
  fake.url = `http://127.0.0.1:${await listen(server, '127.0.0.1')}`;
  fake.stop = () => close(server);
  return fake;
}

/** The addresses of Microsoft's, with those for signing in of people who ask in their place. All, or the SDK takes none. */
export function addresses(signIn: string): Record<string, string> {
  return {
    ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    OAuthUrl: 'https://api.botframework.com',
    ToBotFromChannelOpenIdMetadataUrl: `${signIn}/channel`,
    ToBotFromEmulatorOpenIdMetadataUrl: `${signIn}/emulator`,
    CallerId: 'urn:botframework:azure',
    ValidateAuthority: 'true',
  };
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @returns a token as the connector sends it, signed with the keys, with what is given in place of what is right */
export function token(
  { kid, privateKey }: Keys,
  claims: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
): string {
  const now = Math.floor(Date.now() / 1000);
  const head = base64({ alg: 'RS256', typ: 'JWT', kid, ...header });
  const body = base64({
    serviceurl: SERVICE,
    nbf: now - 60,
    exp: now + 3600,
    iss: 'https://api.botframework.com',
    aud: APP_ID,
    ...claims,
  });
  const signature = createSign('RSA-SHA256').update(`${head}.${body}`).sign(privateKey).toString('base64url');
  return `${head}.${body}.${signature}`;
}

let activities = 0;
/** A message as a channel sends it, with more in it than we use, as it is. */
export function message(
  text: string,
  fields: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  activities++;
  return {
    type: 'message',
    id: `activity-${activities}`,
    timestamp: '2026-11-22T12:00:00.000Z',
    localTimestamp: '2026-11-22T12:00:00.000+00:00',
    channelId: 'webchat',
    serviceUrl: SERVICE,
    from: { id: 'parent', name: 'Zebedee Quillfeather', aadObjectId: null },
    conversation: { id: `conversation ${activities}`, isGroup: null, name: null },
    recipient: { id: 'bot', name: 'Fingerpost' },
    locale: 'en-GB',
    text,
    textFormat: 'plain',
    entities: [{ type: 'ClientCapabilities', supportsListening: true }],
    channelData: { clientActivityID: 'x' },
    ...fields,
  };
}

async function listen(server: Server, host: string): Promise<number> {
  await new Promise<void>((done) => server.listen(0, host, done));
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}
