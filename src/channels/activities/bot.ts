import type { Voice } from '../../speech/voice.ts';
import type { Outgoing, ShownOption } from '../messaging/compose.ts';
import { type ChannelName, channelOf, limitsOf } from '../messaging/limits.ts';
import type { Answer, Incoming, Messenger } from '../messaging/messenger.ts';
import type { Activity, Attachment, Bot, CardAction } from './activity.ts';

export interface BotParts {
  readonly messenger: Messenger;
  readonly voices: (code: string) => Voice;
}

/** Speaks the activity protocol for the messenger: an activity comes in, activities go out. */
export function createBot({ messenger, voices }: BotParts): Bot {
  const bot = async (activity: Activity): Promise<readonly Activity[]> => {
    const sender = senderOf(activity);
    // Nobody to answer.
    if (sender === undefined) return [];
    const channel = channelOf(activity.channelId);
    if (activity.conversation?.isGroup === true) return isTalk(activity) ? [aloneOnly(activity, voices)] : [];
    const incoming = incomingOf(activity, channel, sender);
    if (!incoming) return [];
    const answer = await messenger.receive(incoming);
    if (activity.type === 'endOfConversation') return [];
    return activitiesOf(answer, channel, activity);
  };
  const isUrgent = (activity: Activity): boolean => {
    const sender = senderOf(activity);
    const incoming =
      sender === undefined ? undefined : incomingOf(activity, channelOf(activity.channelId), sender);
    return incoming !== undefined && messenger.isUrgent?.(incoming) === true;
  };
  return Object.assign(bot, { isUrgent });
}

/** @returns the conversation's id, by which its sender is known. */
function senderOf({ conversation }: Activity): string | undefined {
  const id = conversation?.id;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** @returns the activity as the messenger takes it; undefined for what asks for no answer. */
function incomingOf(activity: Activity, channel: ChannelName, sender: string): Incoming | undefined {
  const { type, id, locale, text } = activity;
  const who = {
    channel,
    // Two bots behind one service, two services: nobody gets another's conversation.
    sender: `${activity.channelId ?? ''} ${sender}`,
    ...(typeof id === 'string' ? { id } : {}),
    ...(typeof locale === 'string' ? { locale } : {}),
  };
  switch (type) {
    case 'message': {
      const tap = tapIn(activity.value);
      if (tap !== undefined) return { ...who, tap };
      return typeof text === 'string' ? { ...who, text } : who;
    }
    case 'conversationUpdate': {
      const bot = activity.recipient?.id;
      const people = activity.membersAdded?.filter((member) => member?.id !== bot) ?? [];
      return people.length > 0 ? { ...who, joined: true } : undefined;
    }
    case 'endOfConversation':
      return { ...who, tap: 'fp:erase' };
    default:
      return undefined;
  }
}

function isTalk({ type }: Activity): boolean {
  return type === 'message';
}

/** What a button of ours sends back as its value. */
interface Tap {
  readonly choice: string;
}

function tapIn(value: unknown): string | undefined {
  const choice = typeof value === 'object' && value !== null ? (value as Partial<Tap>).choice : undefined;
  return typeof choice === 'string' ? choice : undefined;
}

/** Where others can read along nothing is asked or answered. Whom to call in danger is said to everybody. */
function aloneOnly({ locale }: Activity, voices: (code: string) => Voice): Activity {
  const voice = voices(typeof locale === 'string' ? (locale.toLowerCase().split('-')[0] ?? '') : '');
  const text = [voice.say('terminal.in_danger'), voice.say('messaging.no_groups')].map((said) => said.text);
  return { type: 'message', text: text.join('\n'), textFormat: 'plain', locale: voice.language.code };
}

function activitiesOf(answer: Answer, channel: ChannelName, activity: Activity): Activity[] {
  const messages = answer.messages.map((message, i): Activity => {
    const isLast = i === answer.messages.length - 1;
    return {
      type: 'message',
      // Words of ours, never markup: a star in a title is a star.
      text: message.text,
      textFormat: 'plain',
      locale: answer.language,
      inputHint: isLast ? 'expectingInput' : 'acceptingInput',
      ...(typeof activity.id === 'string' ? { replyToId: activity.id } : {}),
      ...optionsOf(message, channel),
    };
  });
  return answer.ended ? [...messages, { type: 'endOfConversation' }] : messages;
}

function optionsOf({ options }: Outgoing, channel: ChannelName): Partial<Activity> {
  if (options.length === 0) return {};
  const { buttons } = limitsOf(channel);
  const actions = options.map((option) => actionOf(option, buttons?.value === true));
  return buttons?.onCard ? { attachments: [heroCard(actions)] } : { suggestedActions: { actions } };
}

function actionOf({ key, label }: ShownOption, withValue: boolean): CardAction {
  const title = label;
  if (!withValue) return { type: 'postBack', title, value: key };
  const value: Tap = { choice: key };
  return { type: 'messageBack', title, text: label, displayText: label, value };
}

function heroCard(buttons: readonly CardAction[]): Attachment {
  return { contentType: 'application/vnd.microsoft.card.hero', content: { buttons } };
}
