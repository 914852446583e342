import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWhatsApp } from '../../../src/channels/whatsapp/whatsapp.ts';
import { changed } from '../changed.ts';
import { openMessenger, TODAY, type Told, voices } from '../real-messenger.ts';
import { leaksIn, type Served, serve } from '../serve.ts';
import * as meta from './meta.ts';
import { faultsOf } from './rules.ts';

let told: Told;
let fake: meta.FakeMeta;
let served: Served;

beforeAll(async () => {
  told = openMessenger();
  fake = await meta.fakeMeta();
  served = await serve((report) =>
    createWhatsApp({
      messenger: told.messenger,
      voices,
      token: meta.TOKEN,
      appSecret: meta.APP_SECRET,
      verifyToken: meta.VERIFY_TOKEN,
      numberId: meta.NUMBER_ID,
      now: () => TODAY,
      report,
      host: fake.host,
      pauses: [],
    }),
  );
});
afterAll(async () => {
  await served.stop();
  await fake.stop();
  told.stop();
});

test('whatever Meta, or who has its secret, sends is taken or refused, never with an error of ours', async () => {
  const valid = meta.delivery([
    meta.text('money', TODAY),
    meta.buttonReply('fp:ask:child.age:0', 'x', TODAY),
    meta.listReply('fp:help', 'x', TODAY),
    meta.image(TODAY, 'words'),
  ]);
  const kinds = new Set<number>();
  await fc.assert(
    fc.asyncProperty(changed(valid), async (delivery) => {
      const text = JSON.stringify(delivery) ?? '';
      const response = await fetch(`${served.url}/channels/whatsapp`, {
        method: 'POST',
        body: text,
        headers: {
          'Content-Type': 'application/json',
          'X-Hub-Signature-256': meta.sign(text.toWellFormed()),
        },
      });
      kinds.add(response.status);
      expect([200, 400]).toContain(response.status);
      if (!response.ok) expect(leaksIn(await response.text())).toEqual([]);
    }),
    { numRuns: 200 },
  );
  expect(kinds).toEqual(new Set([200, 400]));
  expect(fake.sent.length).toBeGreaterThan(0);
  expect(fake.sent.flatMap(({ body }) => faultsOf(body))).toEqual([]);
  expect(served.reported).toEqual([]);
});
