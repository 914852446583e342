import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Made up, in the shapes that Meta's documentation gives. */
export const NUMBER_ID = '106540352242922';
export const APP_SECRET = 'a secret of the app';
export const VERIFY_TOKEN = 'a word of our own';
export const TOKEN = 'EAAJB-token';
export const PARENT = '447700900123';

let messages = 0;
export function messageId(): string {
  messages++;
  return `wamid.HBgMNDQ3NzAwOTAwMTIzFQIAEhgUM0E${messages.toString(36).padStart(8, '0')}AA==`;
}

/** Seconds, as text, as Meta writes them. */
export function stamp(at: Date): string {
  return String(Math.floor(at.getTime() / 1000));
}

type Message = Record<string, unknown>;

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/text */
export function text(body: string, at: Date, from = PARENT): Message {
  return { from, id: messageId(), timestamp: stamp(at), text: { body }, type: 'text' };
}

/** …/messages/interactive: the answer to one of our buttons */
export function buttonReply(id: string, title: string, at: Date, from = PARENT): Message {
  return {
    context: { from: '447700900999', id: messageId() },
    from,
    id: messageId(),
    timestamp: stamp(at),
    type: 'interactive',
    interactive: { type: 'button_reply', button_reply: { id, title } },
  };
}

/** …/messages/interactive: the answer to one of our lists */
export function listReply(id: string, title: string, at: Date, from = PARENT): Message {
  return {
    context: { from: '447700900999', id: messageId() },
    from,
    id: messageId(),
    timestamp: stamp(at),
    type: 'interactive',
    interactive: { type: 'list_reply', list_reply: { id, title, description: '' } },
  };
}

/** …/messages/button: the button of a template */
export function templateButton(payload: string, at: Date, from = PARENT): Message {
  return {
    context: { from: '447700900999', id: messageId() },
    from,
    id: messageId(),
    timestamp: stamp(at),
    type: 'button',
    button: { payload, text: payload },
  };
}

/** …/messages/image, audio, sticker, location, contacts, reaction, unsupported, system */
export function other(type: string, at: Date, content: unknown = {}, from = PARENT): Message {
  return { from, id: messageId(), timestamp: stamp(at), type, [type]: content };
}

export function image(at: Date, caption?: string, from = PARENT): Message {
  const content = {
    ...(caption === undefined ? {} : { caption }),
    mime_type: 'image/jpeg',
    sha256: '81d3bd8a8db4868c9520ed47186e8b7c5789e61ff79f7f834be6950b808a90d3',
    id: '2754859441498128',
    url: 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=133',
  };
  return other('image', at, content, from);
}

export function delivery(
  all: readonly unknown[],
  contacts: readonly unknown[] = [{ profile: { name: 'Zebedee Quillfeather' }, wa_id: PARENT }],
  value: Record<string, unknown> = {},
) {
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '102290129340398',
        changes: [
          {
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '447700900999', phone_number_id: NUMBER_ID },
              contacts,
              messages: all,
              ...value,
            },
            field: 'messages',
          },
        ],
      },
    ],
  };
}

/** What became of a message of ours. */
export function status(at: Date) {
  const value = {
    messages: undefined,
    contacts: undefined,
    statuses: [
      {
        id: messageId(),
        status: 'delivered',
        timestamp: stamp(at),
        recipient_id: PARENT,
        conversation: { id: 'a75d17ad', origin: { type: 'service' } },
        pricing: {
          billable: false,
          pricing_model: 'PMP',
          category: 'service',
          type: 'free_customer_service',
        },
      },
    ],
  };
  return delivery([], [], value);
}

export function sign(body: string, secret = APP_SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body, 'utf8').digest('hex')}`;
}

export interface Sent {
  readonly path: string;
  readonly authorization: string;
  // biome-ignore lint/suspicious/noExplicitAny: as it came
  readonly body: any;
}

export interface FakeMeta {
  readonly host: string;
  readonly sent: Sent[];
  /** The statuses of the next answers; 200 when it is empty. 0 hangs up. */
  readonly next: number[];
  /** Where a redirection leads. */
  location: string;
  /** Milliseconds before an answer. */
  delay: number;
  readonly stop: () => Promise<void>;
}

/** Meta's messages endpoint, as far as we use it. */
export async function fakeMeta(): Promise<FakeMeta> {
  const fake = {
    host: '',
    sent: [] as Sent[],
    next: [] as number[],
    location: '',
    delay: 0,
    stop: async () => {},
  };
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await read(request));
    await new Promise((done) => setTimeout(done, fake.delay));
    const code = fake.next.shift() ?? 200;
    if (code === 0) return request.socket.destroy();
    if (code === 200)
      fake.sent.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '', body });
    const location = code >= 300 && code < 400 ? { Location: fake.location } : {};
    response.writeHead(code, { 'Content-Type': 'application/json', ...location });
    const answer =
      code === 200
        ? {
            messaging_product: 'whatsapp',
            contacts: [{ input: body.to, wa_id: body.to }],
            messages: [{ id: messageId() }],
          }
        : { error: { message: '(#131030) Recipient +447700900123', type: 'OAuthException', code: 131030 } };
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  fake.host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fake.stop = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return fake;
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}
