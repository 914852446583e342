import { z } from 'zod';
import { Refused } from '../webhook.ts';

/** Longer than any id that a channel gives. */
const MOST = 2_048;

/** Channels write null for what they do not know. */
const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? undefined);

const id = z.string().max(MOST);
const account = z.object({
  id: optional(id),
  aadObjectId: optional(id),
  role: optional(id),
});

/**
 * What we take of an activity. All else is dropped at the door: attachments, which nobody must fetch, what only one
 * channel knows (channelData), and the names of people.
 */
const ACTIVITY = z.object({
  type: z.string().min(1).max(100),
  id: optional(id),
  // Never blank: to the SDK a blank one is endorsed by every key.
  channelId: z.string().regex(/^[\w.:-]{1,100}$/),
  serviceUrl: optional(z.string().max(MOST)),
  deliveryMode: optional(z.string().max(100)),
  conversation: z.object({
    id: z.string().min(1).max(MOST),
    isGroup: optional(z.boolean()),
    conversationType: optional(id),
    tenantId: optional(id),
  }),
  from: optional(account),
  /** The bot, whose name is no secret. */
  recipient: optional(account.extend({ name: optional(id) })),
  membersAdded: optional(z.array(account).max(1_000)),
  locale: optional(z.string().max(100)),
  text: optional(z.string()),
  value: z.unknown().optional(),
});

export type IncomingActivity = z.infer<typeof ACTIVITY>;

/** Others read along there, whatever isGroup says. */
const GROUPS: ReadonlySet<string> = new Set(['channel', 'groupChat']);

/**
 * @param body as JSON
 * @returns the activity, with nothing in it that we do not use
 * @throws Refused (400) where something is missing, or is of another type than the protocol says
 */
export function activityIn(body: Record<string, unknown>): IncomingActivity {
  const parsed = ACTIVITY.safeParse(body);
  if (!parsed.success) {
    const isMissing = parsed.error.issues.some(({ path }) => valueAt(body, path) === undefined);
    throw new Refused(400, isMissing ? 'MissingProperty' : 'BadArgument');
  }
  const { conversation, ...others } = parsed.data;
  const isGroup = conversation.isGroup === true || GROUPS.has(conversation.conversationType ?? '');
  return { ...others, conversation: { ...conversation, ...(isGroup ? { isGroup } : {}) } };
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value: unknown, key) => (value as Record<PropertyKey, unknown> | null)?.[key], body);
}
