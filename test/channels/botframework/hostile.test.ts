import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBot } from '../../../src/channels/activities/bot.ts';
import { createBotFramework } from '../../../src/channels/botframework/botframework.ts';
import { changed } from '../changed.ts';
import { openMessenger, type Told, voices } from '../real-messenger.ts';
import { leaksIn, type Served, serve } from '../serve.ts';
import * as azure from './azure.ts';

let told: Told;
let served: Served;

beforeAll(async () => {
  told = openMessenger();
  const bot = createBot({ messenger: told.messenger, voices });
  served = await serve((report) =>
    createBotFramework({
      bot,
      type: 'MultiTenant',
      serviceHosts: [],
      withoutSignIn: true,
      host: '127.0.0.1',
      report,
    }),
  );
});
afterAll(async () => {
  await served.stop();
  told.stop();
});

test('whatever comes is answered or refused, never with an error of ours', async () => {
  const valid = azure.message('money', {
    deliveryMode: 'expectReplies',
    serviceUrl: 'http://127.0.0.1:9',
    value: { choice: 'fp:help' },
    membersAdded: [{ id: 'parent' }],
    attachments: [{ contentType: 'image/png', contentUrl: 'http://127.0.0.1:9/x' }],
  });
  const kinds = new Set<number>();
  await fc.assert(
    fc.asyncProperty(changed(valid), async (activity) => {
      const response = await fetch(`${served.url}/api/messages`, {
        method: 'POST',
        body: JSON.stringify(activity) ?? '',
        headers: { 'Content-Type': 'application/json' },
      });
      const body = await response.text();
      kinds.add(response.status);
      // 501: a call that we do not know. 502: somebody changed how the answer shall come, and nobody is there.
      expect([200, 400, 403, 501, 502]).toContain(response.status);
      if (response.ok) return;
      expect(JSON.parse(body)).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
      expect(leaksIn(body)).toEqual([]);
    }),
    { numRuns: 150 },
  );
  expect(kinds).toContain(200);
  expect(kinds).toContain(400);
  expect(served.reported).toEqual([]);
});
