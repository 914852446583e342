import { setTimeout as wait } from 'node:timers/promises';
import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';

type Options = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>;
type HttpClient = NonNullable<Options['httpClient']>;

/** A reply could not be sent. It says nothing of where to, and of what. */
export class NotDelivered extends Error {
  override readonly name = 'NotDelivered';
  constructor() {
    super('a reply could not be sent');
  }
}

/** Milliseconds for one try, and before each further one. */
const PATIENCE = 5_000;
const PAUSES = [300, 900];

/**
 * Sends replies, in place of the SDK's own way. That one follows redirections and signs what it sends there with our
 * token, waits for ever, tries on for as long as the other side says, and writes addresses into its errors.
 * @param isAllowed asked again for each address, right before something is sent
 */
export function createHttpClient(isAllowed: (url: string) => boolean): HttpClient {
  return {
    sendRequest: async (request) => {
      if (!isAllowed(request.url)) throw new NotDelivered();
      const sent = await tryTo(() =>
        fetch(request.url, {
          method: request.method,
          headers: request.headers.toJson(),
          body: typeof request.body === 'string' ? request.body : undefined,
          redirect: 'error',
          signal: AbortSignal.timeout(PATIENCE),
        }),
      );
      const headers = request.headers.clone();
      for (const name of headers.headerNames()) headers.remove(name);
      // It arrived, and we want to know no more.
      return { request, headers, status: sent.status, bodyAsText: '{}' };
    },
  };
}

async function tryTo(send: () => Promise<Response>): Promise<Response> {
  for (const pause of [...PAUSES, undefined]) {
    const response = await send().catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return response;
    const mayPass = !response || response.status === 429 || response.status >= 500;
    if (!mayPass || pause === undefined) break;
    await wait(pause);
  }
  throw new NotDelivered();
}
