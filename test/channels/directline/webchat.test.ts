import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Activity, CardAction } from '../../../src/channels/activities/activity.ts';
import { createBot } from '../../../src/channels/activities/bot.ts';
import { type Served as Bots, serveMessenger } from '../messaging/serve.ts';
import { hasChromium, launch, walk } from '../page/chromium.ts';
import { type CouncilPage, hasWebChat, serveCouncilPage } from './council-page.ts';
import { SECRET, type Served, serve } from './serve.ts';

const MAX_QUESTIONS = 30;
/** Web Chat's names of its own parts. */
const BOX = '[data-id="webchat-sendbox-input"]';
const BUTTON = '.webchat__suggested-action';
const ONLINE = 2;

describe.skipIf(!hasChromium || !hasWebChat)('Web Chat in Chromium', { timeout: 120_000 }, () => {
  let bots: Bots;
  let council: CouncilPage;
  let line: Served;
  let browser: Browser;
  beforeAll(async () => {
    const page = await serveCouncilPage();
    council = page;
    bots = await serveMessenger();
    line = await serve({ bot: createBot(bots), origins: [page.origin] });
    page.serve(line.url);
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await line?.stop();
    await council?.stop();
    bots?.stop();
  });

  const heardBy = (page: Page): Promise<Activity[]> => page.evaluate('window.heard ?? []');
  const fromBot = (all: readonly Activity[]) => all.filter(({ from }) => from?.role === 'bot');
  const fromUser = (all: readonly Activity[]) => all.filter(({ from }) => from?.role === 'user');

  /** Does something and waits until the bot has answered it. @returns what can be tapped now */
  async function after(page: Page, act: () => Promise<void>): Promise<readonly CardAction[]> {
    const before = (await heardBy(page)).length;
    await act();
    await page.waitForFunction(
      `(window.heard ?? []).slice(${before}).some(({ from, inputHint }) => from.role === 'bot' && inputHint === 'expectingInput')`,
      undefined,
      { timeout: 20_000 },
    );
    return fromBot(await heardBy(page)).at(-1)?.suggestedActions?.actions ?? [];
  }

  async function type(page: Page, text: string): Promise<void> {
    await page.fill(BOX, text);
    await page.press(BOX, 'Enter');
  }

  const choiceOf = ({ value }: CardAction) => String((value as { choice?: string })?.choice);

  it('holds a whole conversation, from the greeting to what a family may have', async () => {
    const { page, requests, complaints, end } = await walk(browser, { javaScriptEnabled: true });
    page.setDefaultTimeout(20_000);
    const sent: string[] = [];
    page.on('request', (request) => sent.push(JSON.stringify(request.headers()) + request.postData()));
    await after(page, async () => {
      await page.goto(`${council.origin}/`);
    });
    expect(await page.locator('#chat').innerText()).toContain('Fingerpost');

    let actions = await after(page, () => type(page, 'I need money help. My son is 7 and autistic'));
    let questions = 0;
    for (; questions < MAX_QUESTIONS; questions++) {
      const pick =
        actions.find((one) => /:value:(england|yes)$/.test(choiceOf(one))) ??
        actions.find((one) => choiceOf(one).includes(':value:'));
      if (!pick) break;
      actions = await after(page, async () => {
        await page.locator(BUTTON).getByText(pick.title, { exact: true }).first().click();
      });
    }
    const heard = await heardBy(page);
    expect(questions).toBeGreaterThan(5);
    expect(fromBot(heard).some(({ text }) => text?.startsWith('What your family may have'))).toBe(true);
    expect(actions.map(choiceOf).some((choice) => choice.startsWith('fp:entry:'))).toBe(true);

    // By number and by word, as in every channel.
    await after(page, () => type(page, '1'));
    await after(page, () => type(page, 'help'));

    const all = await heardBy(page);
    const ids = all.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const times = all.map(({ timestamp }) => timestamp as string);
    expect(times).toEqual([...times].sort());
    const said = fromUser(all);
    expect(said).toHaveLength(questions + 3);
    expect(said.every(({ from }) => from?.id === 'dl_parent')).toBe(true);
    // Each of their words stands there once, and none is still on its way.
    const shown = await page.locator('#chat').innerText();
    expect(shown).toContain('My son is 7 and autistic');
    expect(shown).not.toMatch(/Sending|Send failed|Retry/);
    const statuses: number[] = await page.evaluate('window.statuses');
    expect(statuses.at(-1)).toBe(ONLINE);

    // Web Chat makes addresses of things that it has itself.
    const origins = requests.map((url) => new URL(url.replace(/^blob:/, '')).origin);
    expect([...new Set(origins)].sort()).toEqual([council.origin, line.origin].sort());
    expect(sent.filter((one) => one.includes(SECRET))).toEqual([]);
    expect(complaints).toEqual([]);
    expect(line.reports).toEqual([]);
    await end();
  });

  it('gets help in danger at once, and an erased conversation is over', async () => {
    const { page, end } = await walk(browser, { javaScriptEnabled: true });
    page.setDefaultTimeout(20_000);
    await after(page, async () => {
      await page.goto(`${council.origin}/`);
    });
    await after(page, () => type(page, 'i want to die'));
    expect(await page.locator('#chat').innerText()).toContain('116 123');
    await type(page, 'stop');
    await page.waitForFunction(`window.heard.some(({ type }) => type === 'endOfConversation')`);
    await end();
  });

  it('survives a photo that we do not take', async () => {
    const { page, end } = await walk(browser, { javaScriptEnabled: true });
    page.setDefaultTimeout(20_000);
    await after(page, async () => {
      await page.goto(`${council.origin}/`);
    });
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('x') });
    // It takes a moment until Web Chat has the file.
    let isRefused = false;
    const refused = page.waitForResponse((response) => response.url().includes('/upload'));
    const waiting = refused.finally(() => {
      isRefused = true;
    });
    while (!isRefused) {
      await page.press(BOX, 'Enter');
      await page.waitForTimeout(200);
    }
    await waiting;
    expect((await refused).status()).toBe(404);
    await after(page, () => type(page, 'school will not help'));
    const statuses: number[] = await page.evaluate('window.statuses');
    expect(statuses).toEqual([0, 1, ONLINE]);
    await end();
  });
});
