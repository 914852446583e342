import { setTimeout as wait } from 'node:timers/promises';
import { callService } from '../call-service.ts';
import type { Address } from './delivery.ts';
import type { Payload } from './payload.ts';

export interface SenderParts {
  readonly token: string;
  readonly numberId: string;
  /** "https://graph.facebook.com" */
  readonly host: string;
  /** "v23.0" */
  readonly version: string;
  /** Milliseconds before each further try. As many tries more as there are numbers. */
  readonly pauses: readonly number[];
}

/**
 * `refused`: Meta does not take it, and would not the next time. `failed`: it could not be delivered to Meta now.
 */
export type Sent = 'sent' | 'refused' | 'failed';

/** Sends messages through the Cloud API. The token goes to its host only, so no redirection is followed. */
export function createSender({ token, numberId, host, version, pauses }: SenderParts) {
  const url = `${host}/${version}/${numberId}/messages`;

  async function once(body: string): Promise<Sent> {
    try {
      const status = await callService(url, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body,
      });
      if (status >= 200 && status < 300) return 'sent';
      return status === 429 || status >= 500 ? 'failed' : 'refused';
    } catch {
      return 'failed';
    }
  }

  /** @returns what became of it. Never throws: the error would name whom it was for. */
  return async (to: Address, payload: Payload): Promise<Sent> => {
    const body = JSON.stringify({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      ...to,
      ...payload,
    });
    for (const pause of pauses) {
      const sent = await once(body);
      if (sent !== 'failed') return sent;
      await wait(pause);
    }
    return once(body);
  };
}
