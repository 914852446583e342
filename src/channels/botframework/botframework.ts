import type { Activity as SdkActivity, TurnContext } from 'botbuilder';
import type { Request, Response } from 'restify';
import type { Activity, Bot } from '../activities/activity.ts';
import type { Channel } from '../channel.ts';
import { createInOrder } from '../in-order.ts';
import { bodyOf, jsonIn, Refused, send, webhook } from '../webhook.ts';
import { createHttpClient, NotDelivered } from './connector.ts';
import { activityIn, type IncomingActivity } from './incoming.ts';
import { isLoopbackHost, isLoopbackUrl, isServiceUrl } from './service-url.ts';
import { aloud, muteSdk, quietly, signInFault, tokenIn } from './sign-in.ts';

export interface BotFrameworkParts {
  readonly bot: Bot;
  readonly appId?: string;
  readonly password?: string;
  readonly tenantId?: string;
  readonly type: 'MultiTenant' | 'SingleTenant' | 'UserAssignedMSI';
  /** The hosts, exactly, to which replies may be sent. */
  readonly serviceHosts: readonly string[];
  /** Anybody on this machine may speak to the bot: for the Emulator. */
  readonly withoutSignIn: boolean;
  /** The address that the server listens on. */
  readonly host: string;
  /** Told of what went wrong on our side. */
  readonly report: (error: unknown) => void;
  /** Addresses of Microsoft's that the SDK knows by itself, by its own names for them; for tests. */
  readonly addresses?: Readonly<Record<string, string>>;
}

/** The address to enter in Azure as the messaging endpoint, behind PUBLIC_URL. */
export const BOT_PATH = '/api/messages';

/** Teams sends a message twice, as text and as HTML, each of up to 28 KB. */
const LIMIT = 128 * 1024;
/** Milliseconds for finding out who asks; the SDK itself waits for ever for the keys. */
const SIGN_IN_WITHIN = 10_000;
/** Milliseconds for all replies to a message, and for our own token, for which the SDK waits for ever too. */
const DELIVERED_WITHIN = 30_000;
/** A channel of Microsoft's own machines, whose tokens the SDK checks in another, looser way. */
const NOT_FOR_US = 'AseChannel';

/**
 * Bot Framework: activities come from Azure's channels, and answers go where each says, if we know the host. The SDK
 * does what only it can do (who asks, our own token); all else is ours, because it is past its support, and because
 * its `process` logs and sends the words of errors. Nothing is sent unless somebody wrote.
 * @throws Error where nobody would have to sign in, and others than this machine could ask
 */
export async function createBotFramework(parts: BotFrameworkParts): Promise<Channel> {
  const { bot, withoutSignIn, report } = parts;
  if (withoutSignIn && !isLoopbackHost(parts.host))
    throw new Error('Bot Framework without signing in is for the loopback address only.');
  // To the SDK, no id or an empty one means that nobody has to sign in.
  const appId = parts.appId?.trim() || undefined;
  if (withoutSignIn !== (appId === undefined))
    throw new Error('Bot Framework takes either an app id or, on the loopback address, nobody who signs in.');
  const hosts = new Set(parts.serviceHosts.map((host) => host.toLowerCase()));
  const isAllowed = (url: string) => (withoutSignIn ? isLoopbackUrl(url) : isServiceUrl(url, hosts));
  const inOrder = createInOrder();
  const { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } = await import(
    'botbuilder'
  );

  class Adapter extends CloudAdapter {
    /** As `process` does, but errors are thrown, and neither logged nor sent. */
    take(authorization: string, activity: SdkActivity, logic: (context: TurnContext) => Promise<void>) {
      return this.processActivity(authorization, activity, logic);
    }
  }

  const signIn = withoutSignIn
    ? {}
    : {
        MicrosoftAppId: appId,
        MicrosoftAppPassword: parts.password,
        MicrosoftAppTenantId: parts.tenantId,
        MicrosoftAppType: parts.type,
        ...parts.addresses,
      };
  const adapter = new Adapter(
    new ConfigurationBotFrameworkAuthentication(signIn, undefined, undefined, undefined, {
      httpClient: createHttpClient((url) => isAllowed(serviceOf(url))),
    }),
  );

  const handler = new ActivityHandler();
  const answer = async (context: TurnContext): Promise<void> => {
    const replies = await bot(context.activity as unknown as Activity);
    if (replies.length === 0) return;
    const sent = context.sendActivities(replies as unknown as Partial<SdkActivity>[]);
    await delivered(sent).catch((error) => {
      if (!(error instanceof NotDelivered)) report(error);
      throw new NotDelivered();
    });
  };
  handler.onMessage(answer);
  handler.onConversationUpdate(answer);
  handler.onEndOfConversation(answer);

  async function receive(request: Request, response: Response): Promise<void> {
    const activity = activityIn(jsonIn(await bodyOf(request, 'application/json', LIMIT)));
    // Before the SDK sees it, and so before anything is sent anywhere.
    if (!mayBeAnswered(activity)) throw new Refused(403, 'ServiceUrlNotAllowed');
    if (activity.channelId === NOT_FOR_US) throw new Refused(403, 'ChannelNotAllowed');
    if (withoutSignIn && !isFromHere(request)) throw new Refused(403, 'NotFromThisMachine');
    const token = withoutSignIn ? '' : tokenIn(request.headers.authorization);
    const result = await turn(token, activity);
    if (result === undefined || result.status === 200) {
      const body = result?.body === undefined ? '' : JSON.stringify(result.body);
      return send(response, 200, 'application/json', body);
    }
    throw new Refused(result.status, 'NotImplemented');
  }

  /** A channel that takes its answer in the same breath needs no address. */
  function mayBeAnswered({ serviceUrl, deliveryMode }: IncomingActivity): boolean {
    if (serviceUrl === undefined) return deliveryMode === 'expectReplies';
    return isAllowed(serviceUrl);
  }

  /** @throws Refused where it is not known who asks, or an answer could not be sent */
  async function turn(token: string, activity: IncomingActivity) {
    let begun = false;
    let isLate = false;
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      isLate = true;
      late.reject(new Refused(503, 'SignInUnavailable'));
    }, SIGN_IN_WITHIN);
    const logic = async (context: TurnContext): Promise<void> => {
      if (isLate) return;
      clearTimeout(timer);
      begun = true;
      const key = `${activity.channelId} ${activity.conversation.id}`;
      // The replies too are sent before the next message is taken.
      await inOrder.run(
        key,
        () => handler.run(context),
        () => bot.isUrgent?.(context.activity as unknown as Activity) === true,
      );
    };
    const sdkActivity = activity as unknown as SdkActivity;
    const taken = quietly(() => adapter.take(token, sdkActivity, (context) => aloud(() => logic(context))));
    try {
      return await Promise.race([taken, late.promise]);
    } catch (error) {
      if (error instanceof Refused) throw error;
      if (error instanceof NotDelivered) throw new Refused(502, 'NotDelivered');
      if (!begun) throw signInFault(error);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  const unmute = muteSdk();
  return {
    install: (server) => server.post(BOT_PATH, webhook(receive, report)),
    close: async () => {
      await inOrder.idle();
      unmute();
    },
  };
}

/** @throws NotDelivered where it takes too long; others then need not wait */
async function delivered(sent: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new NotDelivered()), DELIVERED_WITHIN);
  try {
    await Promise.race([sent, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** @returns the address without what the SDK puts behind a service's own: ids of a conversation, with any letters */
function serviceOf(url: string): string {
  return url.replace(/\/v3\/conversations\/.*$/s, '/');
}

/**
 * A page of another site, open in a browser on this machine, may not speak to a bot that anybody may speak to: such a
 * page names its own host, even where that leads here.
 */
function isFromHere(request: Request): boolean {
  const { remoteAddress = '' } = request.socket;
  return isLoopbackHost(remoteAddress.replace(/^::ffff:/, '')) && isLoopbackHost(request.headers.host ?? '');
}
