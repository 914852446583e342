import type { Request, Response } from 'restify';
import type { Channel } from '../channel.ts';
import { createInOrder } from '../in-order.ts';
import type { Messenger } from '../messaging/messenger.ts';
import { bodyOf, Refused, send, webhook } from '../webhook.ts';
import { isSigned } from './signature.ts';
import { twimlOf } from './twiml.ts';

export interface SmsParts {
  readonly messenger: Messenger;
  readonly accountSid: string;
  readonly authToken: string;
  /** The number that people text, as Twilio writes it: "+447700900123". */
  readonly number: string;
  /** The https origin under which Twilio reaches us: signatures cover it. */
  readonly publicUrl: string;
  /** Told of what went wrong on our side. */
  readonly report: (error: unknown) => void;
}

/** The address to enter at Twilio under "A message comes in", behind PUBLIC_URL, as HTTP POST. */
export const SMS_PATH = '/channels/sms';

/** A message has at most 1,600 characters; names and numbers of ten pictures fit too. */
const LIMIT = 64 * 1024;
const MOST_FIELDS = 200;
const MESSAGE_ID = /^(SM|MM)[\da-f]{32}$/i;
/** A number, a short code, or a name in letters. */
const SENDER = /^[\w+:.@ -]{3,64}$/;

/**
 * Text messages through Twilio: its webhook for messages that come in, answered with TwiML
 * (https://www.twilio.com/docs/messaging/guides/webhook-request). Nothing is sent at any other time, and what is
 * attached is never fetched.
 */
export function createSms(parts: SmsParts): Channel {
  const { messenger } = parts;
  const inOrder = createInOrder();

  async function receive(request: Request, response: Response): Promise<void> {
    const form = await readSigned(request);
    const message = messageIn(form);
    // Twilio has answered already, and sends nothing of ours to whoever wrote STOP.
    const isStop = form.get('OptOutType') === 'STOP';
    const text = isStop ? 'stop' : (form.get('Body') ?? '');
    const incoming = { channel: 'sms', ...message, ...(text.trim() === '' ? {} : { text }) } as const;
    const answer = await inOrder.run(
      message.sender,
      () => messenger.receive(incoming),
      () => messenger.isUrgent?.(incoming) === true,
    );
    const texts = isStop && answer.ended ? [] : answer.messages.map((one) => one.text);
    send(response, 200, 'text/xml; charset=utf-8', twimlOf(texts));
  }

  /** @returns the form. @throws Refused where it is none, or not from Twilio, or not for us */
  async function readSigned(request: Request): Promise<URLSearchParams> {
    const body = await bodyOf(request, 'application/x-www-form-urlencoded', LIMIT);
    const form = new URLSearchParams(body.toString('utf8'));
    // Before anything else: putting many fields in order takes long.
    if (form.size > MOST_FIELDS) throw new Refused(400, 'BadArgument');
    const signature = String(request.headers['x-twilio-signature'] ?? '');
    const isTwilios = isSigned(signature, parts.publicUrl, request.url ?? '', form, parts.authToken);
    if (!isTwilios) throw new Refused(403, 'InvalidSignature');
    // Of a form that we read, each field that counts is there once.
    const once = ['MessageSid', 'AccountSid', 'From', 'To', 'Body', 'OptOutType'];
    if (once.some((name) => form.getAll(name).length > 1)) throw new Refused(400, 'BadArgument');
    const isOurs = form.get('AccountSid') === parts.accountSid && form.get('To') === parts.number;
    if (!isOurs) throw new Refused(403, 'NotOurs');
    return form;
  }

  return { install: (server) => server.post(SMS_PATH, webhook(receive, parts.report)) };
}

/** @throws Refused where nobody could be answered, or the same message not be known again */
function messageIn(form: URLSearchParams): { readonly id: string; readonly sender: string } {
  const id = form.get('MessageSid') ?? '';
  const sender = form.get('From') ?? '';
  if (!MESSAGE_ID.test(id) || !SENDER.test(sender)) throw new Refused(400, 'BadArgument');
  return { id, sender };
}
