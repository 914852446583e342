import { z } from 'zod';

/** A message of a person, as far as we read it. */
export interface Received {
  readonly id: string;
  /** Stays the same when somebody hides their number behind a user name. */
  readonly sender: string;
  readonly to: Address;
  /** When it was written; undefined where that is not said. */
  readonly at?: Date;
  readonly text?: string;
  readonly tap?: string;
}

/** Whom to answer: by number, or by the id that stands for a person who hides it. */
export type Address = { readonly to: string } | { readonly recipient: string };

const NUMBER = /^\d{5,20}$/;
/** A "business-scoped user id": "GB.13491208655302741918". */
const USER_ID = /^[A-Z]{2}\.[\w.]{1,150}$/;

const DELIVERY = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(
    z.object({ changes: z.array(z.object({ field: z.string(), value: z.unknown().optional() })) }),
  ),
});

const CHANGE = z.object({
  metadata: z.object({ phone_number_id: z.string() }),
  contacts: z.array(z.object({ user_id: z.string().optional() })).optional(),
  messages: z.array(z.unknown()).optional(),
});

const REPLY = z.object({ id: z.string() });
const CAPTION = z.object({ caption: z.string().optional() }).optional();
const MESSAGE = z.object({
  id: z.string().min(1).max(512),
  type: z.string(),
  from: z.string().optional(),
  from_user_id: z.string().optional(),
  group_id: z.string().optional(),
  timestamp: z.coerce.number().positive().optional().catch(undefined),
  text: z.object({ body: z.string() }).optional(),
  interactive: z.object({ button_reply: REPLY.optional(), list_reply: REPLY.optional() }).optional(),
  button: z.object({ payload: z.string().optional(), text: z.string().optional() }).optional(),
  image: CAPTION,
  video: CAPTION,
  document: CAPTION,
});

/** What is no word to us: a thumb under a message, a new number, an order for goods that we do not sell. */
const NO_MESSAGES: ReadonlySet<string> = new Set(['reaction', 'system', 'request_welcome']);

/**
 * Reads what Meta delivers
 * (https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages): the messages
 * of people to our number, in order. News of what became of our own messages is left out, and so is what somebody wrote
 * in a group, where others read along.
 * @returns undefined where it is no delivery
 */
export function messagesIn(body: unknown, numberId: string): readonly Received[] | undefined {
  const delivery = DELIVERY.safeParse(body);
  if (!delivery.success) return undefined;
  const changes = delivery.data.entry.flatMap((entry) => entry.changes);
  return changes.flatMap(({ field, value }) => {
    const change = CHANGE.safeParse(value);
    if (field !== 'messages' || !change.success || change.data.metadata.phone_number_id !== numberId)
      return [];
    const { messages = [], contacts = [] } = change.data;
    // Only where there is one can we say whose id it is.
    const userId = contacts.length === 1 ? contacts[0]?.user_id : undefined;
    return messages.flatMap((message) => receivedOf(message, userId) ?? []);
  });
}

/** @returns undefined for what is broken, and for what asks for no answer */
function receivedOf(given: unknown, contact: string | undefined): Received | undefined {
  const parsed = MESSAGE.safeParse(given);
  if (!parsed.success) return undefined;
  const message = parsed.data;
  if (message.group_id !== undefined || NO_MESSAGES.has(message.type)) return undefined;
  const userId = [message.from_user_id, message.from, contact].find(
    (id) => id !== undefined && USER_ID.test(id),
  );
  const number = message.from !== undefined && NUMBER.test(message.from) ? message.from : undefined;
  const sender = userId ?? number;
  if (sender === undefined) return undefined;
  return {
    id: message.id,
    sender,
    to: number === undefined ? { recipient: sender } : { to: number },
    ...(message.timestamp === undefined ? {} : { at: new Date(message.timestamp * 1000) }),
    ...saidIn(message),
  };
}

/** @returns a key that was tapped, or words: those under a picture too, for danger may be in them */
function saidIn({
  interactive,
  button,
  text,
  ...others
}: z.infer<typeof MESSAGE>): Pick<Received, 'text' | 'tap'> {
  const tap = interactive?.button_reply?.id ?? interactive?.list_reply?.id;
  if (tap !== undefined) return { tap };
  const { image, video, document } = others;
  // A button of a template sends what stands in the template: words, or a key.
  const said =
    text?.body ?? button?.payload ?? button?.text ?? image?.caption ?? video?.caption ?? document?.caption;
  return said === undefined ? {} : { text: said };
}
