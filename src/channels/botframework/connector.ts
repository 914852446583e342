import { setTimeout as wait } from 'node:timers/promises';
import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { callService } from '../call-service.ts';

type Options = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>;
type HttpClient = NonNullable<Options['httpClient']>;

/** A reply could not be sent. It says nothing of where to, and of what. */
export class NotDelivered extends Error {
  override readonly name = 'NotDelivered';
  constructor() {
    super('a reply could not be sent');
  }
}

/** Milliseconds before each further try. */
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
      const call = {
        method: request.method,
        headers: request.headers.toJson(),
        body: typeof request.body === 'string' ? request.body : undefined,
      };
      const status = await tryTo(() => callService(request.url, call));
      const headers = request.headers.clone();
      for (const name of headers.headerNames()) headers.remove(name);
      // It arrived, and we want to know no more.
      return { request, headers, status, bodyAsText: '{}' };
    },
  };
}

/** @returns the status with which it was taken @throws NotDelivered */
async function tryTo(once: () => Promise<number>): Promise<number> {
  for (const pause of [...PAUSES, undefined]) {
    const status = await once().catch(() => undefined);
    if (status !== undefined && status >= 200 && status < 300) return status;
    const mayPass = status === undefined || status === 429 || status >= 500;
    if (!mayPass || pause === undefined) break;
    await wait(pause);
  }
  throw new NotDelivered();
}
