import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Request, Response } from 'restify';
import type { Voice } from '../../speech/voice.ts';
import type { Channel } from '../channel.ts';
import { createInOrder } from '../in-order.ts';
import type { Messenger } from '../messaging/messenger.ts';
import { bodyOf, isSame, jsonIn, Refused, send, webhook } from '../webhook.ts';
import { messagesIn, type Received } from './delivery.ts';
import { payloadOf } from './payload.ts';
import { createSender, type Sent } from './sender.ts';
import { isSigned } from './signature.ts';

export interface WhatsAppParts {
  readonly messenger: Messenger;
  readonly voices: (code: string) => Voice;
  readonly token: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly numberId: string;
  readonly now: () => Date;
  /** Told of what went wrong on our side. */
  readonly report: (error: unknown) => void;
  /** Counts a message that was not delivered in the end. Of whom, and which, nobody learns. */
  readonly onDropped?: () => void;
  readonly host?: string;
  readonly version?: string;
  /** For tests, which do not wait that long: milliseconds before each further try to send, and for a delivery. */
  readonly pauses?: readonly number[];
  readonly patience?: number;
}

/** The address to enter at Meta as the callback, behind PUBLIC_URL. */
export const WHATSAPP_PATH = '/channels/whatsapp';

const HOST = 'https://graph.facebook.com';
/**
 * Meta ends a version about two years after it came out, and then answers with the oldest that is left. Version 23.0
 * came out in May 2025: look at https://developers.facebook.com/docs/graph-api/changelog once a year.
 */
const VERSION = 'v23.0';
/** Milliseconds: three more tries within four seconds. */
const PAUSES = [500, 1_000, 2_000];
/** Meta waits longer than this, but not for ever. */
const PATIENCE = 10_000;
/** The largest delivery that Meta sends. */
const LIMIT = 3 * 1024 * 1024;
/** After that WhatsApp lets nobody answer (the "customer service window"). */
const DAY = 24 * 60 * 60 * 1000;
/** Messages of which we remember that they were answered. */
const MOST_REMEMBERED = 5_000;
const CHALLENGE = /^[\w-]{1,200}$/;

/**
 * WhatsApp through Meta's Cloud API: its webhook, and answers by its messages endpoint. Nothing is sent unless somebody
 * wrote, and media are never fetched.
 *
 * Whoever wrote gets the answer once, or, where nothing could be sent, when Meta delivers the message again: it does so
 * for days after any other status than 200. So 503 is the answer to a delivery of which something is not answered yet.
 */
export function createWhatsApp(parts: WhatsAppParts): Channel {
  const { messenger, voices, report } = parts;
  const inOrder = createInOrder();
  const answered = new Set<string>();
  const sendTo = createSender({
    token: parts.token,
    numberId: parts.numberId,
    host: parts.host ?? HOST,
    version: parts.version ?? VERSION,
    pauses: parts.pauses ?? PAUSES,
  });

  /** Meta asks once whether the address is ours. */
  async function confirm(request: Request, response: Response): Promise<void> {
    const query = new URL(request.url ?? '', 'http://localhost').searchParams;
    const challenge = query.get('hub.challenge') ?? '';
    if (query.get('hub.mode') !== 'subscribe' || !CHALLENGE.test(challenge))
      throw new Refused(400, 'BadArgument');
    if (!isSame(parts.verifyToken, query.get('hub.verify_token') ?? ''))
      throw new Refused(403, 'InvalidToken');
    send(response, 200, 'text/plain; charset=utf-8', challenge);
  }

  async function receive(request: Request, response: Response): Promise<void> {
    const body = await bodyOf(request, 'application/json', LIMIT);
    const signature = String(request.headers['x-hub-signature-256'] ?? '');
    if (!isSigned(signature, body, parts.appSecret)) throw new Refused(403, 'InvalidSignature');
    const messages = messagesIn(jsonIn(body), parts.numberId);
    if (!messages) throw new Refused(400, 'BadArgument');
    const oldest = parts.now().getTime() - DAY;
    const ours = messages.filter(({ at }) => at === undefined || at.getTime() > oldest);
    const late = new AbortController();
    const all = Promise.all(ours.map(take)).then((each) => each.every(Boolean));
    const inTime = wait(parts.patience ?? PATIENCE, false, { signal: late.signal }).catch(() => false);
    const isDone = await Promise.race([all, inTime]);
    late.abort();
    if (!isDone) throw new Refused(503, 'NotAnsweredYet');
    send(response, 200, 'text/plain; charset=utf-8', '');
  }

  /** @returns whether the message is done with; false where it should be delivered again */
  async function take(message: Received): Promise<boolean> {
    try {
      const { sender, text, tap } = message;
      return await inOrder.run(
        sender,
        () => answer(message),
        () => messenger.isUrgent?.({ channel: 'whatsapp', sender, text, tap }) === true,
      );
    } catch (error) {
      if (!(error instanceof Refused)) report(error);
      return false;
    }
  }

  async function answer({ id, sender, to, text, tap }: Received): Promise<boolean> {
    // Ids of messages hold the number in a thin disguise.
    const mark = createHash('sha256').update(id).digest('base64url');
    if (answered.has(mark)) return true;
    const { messages, language } = await messenger.receive({ channel: 'whatsapp', id, sender, text, tap });
    const listButton = voices(language).say('messaging.list_button').text;
    let last: Sent = 'sent';
    for (const message of messages) {
      last = await sendTo(to, payloadOf(message, listButton));
      if (last === 'sent') remember(mark);
      else parts.onDropped?.();
      // It is down: each further message would wait as long.
      if (last === 'failed') break;
    }
    return last !== 'failed' || answered.has(mark);
  }

  function remember(mark: string): void {
    answered.add(mark);
    const [oldest] = answered;
    if (answered.size > MOST_REMEMBERED && oldest !== undefined) answered.delete(oldest);
  }

  return {
    install: (server) => {
      server.get(WHATSAPP_PATH, webhook(confirm, report));
      server.post(WHATSAPP_PATH, webhook(receive, report));
    },
    close: () => inOrder.idle(),
  };
}
