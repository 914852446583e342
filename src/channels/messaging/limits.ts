/**
 * What a messaging channel can show. A question is cut to it, and a reply is read by it. There is no markup in what we
 * send: channels differ in what they make of a star or an underline, and a title may hold one.
 */
export interface Limits {
  /** The most characters of one message. */
  readonly characters: number;
  /** Text messages are paid and cut by segments: the most of one message. */
  readonly segments?: number;
  /** How many messages may come at once; the rest waits behind "more". Help in danger is never cut. */
  readonly messages: number;
  /**
   * Buttons below a message. `onCard`: through Bot Framework they stand on a card, because suggested actions are cut
   * short or not shown. `value`: they send ids back beside the words; the others send the ids as their text.
   */
  readonly buttons?: {
    readonly most: number;
    readonly label: number;
    readonly onCard?: true;
    readonly value?: true;
  };
  /** A menu that opens. `description` is a second, longer line of each row. */
  readonly list?: { readonly most: number; readonly label: number; readonly description: number };
  /** How many options may stand in the text, with numbers. */
  readonly numbers: number;
  /** Whether there is room for why we ask. */
  readonly roomy: boolean;
}

/**
 * The limits of each channel, as its maker states them (November 2026). Where Bot Framework's own table differs
 * (botbuilder-dialogs, choices/channel.ts), it is the older one.
 */
export const CHANNELS = {
  /** Direct Line and Web Chat: no limit but what a person can take in. */
  directline: {
    characters: 4000,
    messages: 4,
    buttons: { most: 30, label: 150, value: true },
    numbers: 30,
    roomy: true,
  },
  /** Only the first three suggested actions are shown (learn.microsoft.com, Teams, suggested actions); so cards. */
  msteams: {
    characters: 4000,
    messages: 4,
    buttons: { most: 6, label: 60, onCard: true, value: true },
    numbers: 30,
    roomy: true,
  },
  /** Quick replies: 13 of 20 characters (Messenger platform, quick replies). */
  facebook: { characters: 2000, messages: 3, buttons: { most: 13, label: 20 }, numbers: 20, roomy: true },
  /** An inline keyboard; a message has at most 4,096 characters (Telegram Bot API). */
  telegram: {
    characters: 4000,
    messages: 3,
    buttons: { most: 20, label: 40, onCard: true },
    numbers: 20,
    roomy: true,
  },
  /** A block of actions has at most 25 elements of 75 characters (Slack Block Kit). */
  slack: {
    characters: 3000,
    messages: 3,
    buttons: { most: 25, label: 75, onCard: true },
    numbers: 25,
    roomy: true,
  },
  /** Quick replies: 13 of 20 characters (LINE Messaging API). */
  line: { characters: 5000, messages: 3, buttons: { most: 13, label: 20 }, numbers: 20, roomy: true },
  /** Reply buttons: 3 of 20 characters; a list: 10 rows of 24 and 72; a body of 1,024 (WhatsApp Cloud API). */
  whatsapp: {
    characters: 1024,
    messages: 3,
    buttons: { most: 3, label: 20 },
    list: { most: 10, label: 24, description: 72 },
    numbers: 15,
    roomy: true,
  },
  /** Twilio takes 1,600 characters and advises 320; 160 or 70 a segment, 153 or 67 of each where there are several. */
  sms: { characters: 1600, segments: 3, messages: 2, numbers: 14, roomy: false },
  /** No buttons, and nobody minds length. */
  email: { characters: 20_000, messages: 1, numbers: 60, roomy: true },
  /** A channel that we do not know: what every one can show. */
  other: { characters: 1500, messages: 3, numbers: 15, roomy: true },
} satisfies Readonly<Record<string, Limits>>;

export type ChannelName = keyof typeof CHANNELS;

/**
 * How many messages of one sender are taken in a minute; so many may come at once. Nobody types so fast; who tells of
 * danger is answered however many came.
 */
export const MOST_A_MINUTE = 60;

/** @returns what a channel can show. */
export function limitsOf(channel: ChannelName): Limits {
  return CHANNELS[channel];
}

/** @returns the limits of a channel of Bot Framework by its id; of one that we do not know, the narrowest. */
export function channelOf(channelId: string | undefined): ChannelName {
  const name = ALIASES[channelId ?? ''] ?? channelId;
  return name !== undefined && Object.hasOwn(CHANNELS, name) ? (name as ChannelName) : 'other';
}

const ALIASES: Readonly<Record<string, string>> = {
  webchat: 'directline',
  emulator: 'directline',
  test: 'directline',
};
