import type { IncomingMessage } from 'node:http';
import type { Storage } from 'botbuilder';
import type { Assistant } from '../assistant.ts';
import type { Config } from '../config.ts';
import type { Content } from '../content/content.ts';
import type { Language } from '../language/language.ts';
import type { Voice } from '../speech/voice.ts';
import type { Bot } from './activities/activity.ts';
import type { Channel } from './channel.ts';
import type { Messenger } from './messaging/messenger.ts';

/** What a channel beside the page is made of. */
export interface ChannelParts {
  readonly config: Config;
  /** With the texts of the council whose server it is. */
  readonly content: Content;
  readonly voices: (code: string) => Voice;
  /** Its turns are counted as this channel's. */
  readonly assistant: Assistant;
  /** Reads what is typed, as the assistant does. */
  readonly language: Language;
  readonly storage: Storage;
  readonly now: () => Date;
  /** @returns the key with which senders are hashed and tokens are signed; the same after a new start */
  readonly key: () => string;
  /** @returns who asks, as an IP address, heeding our proxies */
  readonly address: (request: IncomingMessage) => string;
  /** Told of what went wrong. Never gets what somebody typed. */
  readonly report: (error: unknown) => void;
  /** Told of each reply that could not be delivered. */
  readonly onDropped: () => void;
}

export interface ChannelKind {
  /** As it is called in the counts. */
  readonly name: string;
  /** Loads it and makes it, if it is set up. */
  readonly open: (parts: ChannelParts) => Promise<Channel | undefined>;
}

/** The ways in beside the page. What is not set up is not loaded: some of it takes longer than all the rest. */
export const CHANNELS: readonly ChannelKind[] = [
  {
    name: 'directline',
    open: async (parts) => {
      const { directLine, publicUrl } = parts.config;
      if (!directLine) return undefined;
      const { createDirectLine } = await import('./directline/directline.ts');
      return createDirectLine({
        ...directLine,
        bot: await botOf(parts),
        signingKey: parts.key(),
        publicUrl,
        now: parts.now,
        addressOf: parts.address,
        report: parts.report,
      });
    },
  },
  {
    name: 'botframework',
    open: async (parts) => {
      const { botFramework, host } = parts.config;
      if (!botFramework) return undefined;
      const { createBotFramework } = await import('./botframework/botframework.ts');
      return createBotFramework({ ...botFramework, bot: await botOf(parts), host, report: parts.report });
    },
  },
  {
    name: 'sms',
    open: async (parts) => {
      const { twilio, publicUrl } = parts.config;
      if (!twilio || publicUrl === undefined) return undefined;
      const { createSms } = await import('./sms/sms.ts');
      return createSms({ ...twilio, publicUrl, messenger: await messengerOf(parts), report: parts.report });
    },
  },
  {
    name: 'whatsapp',
    open: async (parts) => {
      const { whatsApp } = parts.config;
      if (!whatsApp) return undefined;
      const { createWhatsApp } = await import('./whatsapp/whatsapp.ts');
      const { voices, now, report, onDropped } = parts;
      return createWhatsApp({
        ...whatsApp,
        messenger: await messengerOf(parts),
        voices,
        now,
        report,
        onDropped,
      });
    },
  },
];

async function messengerOf({
  config,
  key,
  assistant,
  language,
  content,
  voices,
  storage,
}: ChannelParts): Promise<Messenger> {
  const { createMessenger } = await import('./messaging/messenger.ts');
  const hours = config.retentionHours;
  return createMessenger({ assistant, language, content, voices, storage, key: key(), hours });
}

async function botOf(parts: ChannelParts): Promise<Bot> {
  const { createBot } = await import('./activities/bot.ts');
  return createBot({ messenger: await messengerOf(parts), voices: parts.voices });
}
