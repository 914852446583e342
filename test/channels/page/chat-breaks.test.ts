/** The chat where something goes wrong half-way: the plain form does it, and nothing is lost or done twice. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FRAGMENT } from '../../../src/channels/page/page.ts';
import { chat } from './chatting.ts';
import { answer, hasChromium, launch, questionOn } from './chromium.ts';
import { post, type Served, serve } from './serve.ts';

/** What goes wrong with what the script sends; the browser's own forms go through. */
const BREAKS: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  'the network is cut before the server hears of it': (page) =>
    onFetch(page, (route) => route.abort('internetdisconnected')),
  'the network is cut after the server has done it': (page) =>
    onFetch(page, async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    }),
  'the server answers 500': (page) =>
    onFetch(page, (route) => route.fulfill({ status: 500, contentType: FRAGMENT, body: '<main></main>' })),
  'the server answers 429 with a page': (page) =>
    onFetch(page, (route) => route.fulfill({ status: 429, contentType: 'text/html', body: 'Slowly' })),
  'a proxy answers with a page of its own': (page) =>
    onFetch(page, (route) => route.fulfill({ contentType: 'text/html', body: '<main>Sign in</main>' })),
  'a proxy leads elsewhere': (page) =>
    onFetch(page, (route) => route.fulfill({ status: 302, headers: { Location: '/' } })),
  'what comes is not whole': (page) =>
    onFetch(page, (route) => route.fulfill({ contentType: FRAGMENT, body: '<title>Where do' })),
  'the script cannot read what comes': (page) =>
    page.evaluate(`DOMParser.prototype.parseFromString = () => { throw new Error('broken') }`),
  'the script breaks half-way through showing it': (page) =>
    page.evaluate(`{
      const { replaceWith } = Element.prototype;
      Element.prototype.replaceWith = function (...nodes) {
        replaceWith.apply(this, nodes);
        throw new Error('broken');
      };
    }`),
  'the script breaks before it sends anything': (page) =>
    page.evaluate(`window.URLSearchParams = class { constructor() { throw new Error('broken') } }`),
  'the script breaks before it waits': (page) =>
    page.evaluate(`document.importNode = () => { throw new Error('broken') }`),
  'the script breaks while it reads the form': (page) =>
    page.evaluate(`HTMLElement.prototype.cloneNode = () => { throw new Error('broken') }`),
};

type Route = Parameters<Parameters<Page['route']>[1]>[0];

function onFetch(page: Page, act: (route: Route) => Promise<unknown>): Promise<unknown> {
  return page.route('**/conversation', async (route) => {
    if (route.request().isNavigationRequest()) await route.continue();
    else await act(route);
  });
}

describe.skipIf(!hasChromium)('the chat, where something goes wrong', () => {
  let served: Served;
  let browser: Browser;
  beforeAll(async () => {
    [served, browser] = await Promise.all([serve(), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  /** What the conversation holds: its answers, as the server says them. */
  async function answersOf(id: string): Promise<string[]> {
    const { html } = await post(served.url, '/conversation', { conversation: id, do: 'show answers' });
    return [...html.matchAll(/__value">(.*?)<\/dd>/gs)].map(([, text = '']) => text.trim());
  }

  it.each(Object.keys(BREAKS))('goes on with the plain form: %s', async (what) => {
    const { page, loaded, begin, end } = await chat(browser);
    await begin(served.url);
    const id = await page.locator('#conversation').inputValue();
    const first = (await questionOn(page)) as string;
    await BREAKS[what]?.(page);
    // The button may be gone before the new page is there.
    await Promise.all([page.waitForEvent('load'), answer(page, first, (selector) => page.click(selector))]);
    expect(loaded).toEqual([`GET ${served.url}/`, `POST ${served.url}/conversation`]);
    expect(await page.locator('main').count()).toBe(1);
    expect(await questionOn(page)).not.toBe(first);
    expect(await page.locator('#conversation').inputValue()).toBe(id);
    expect(await answersOf(id)).toEqual(['England']);
    // The new page has a whole script, and so the chat goes on.
    await page.unrouteAll();
    await page.locator('.fp-menu button[value="show answers"]').click();
    await page.locator('.govuk-summary-list').waitFor();
    expect(loaded).toHaveLength(2);
    await end();
  });

  it('begins with the plain form as well', async () => {
    const { page, loaded, end } = await chat(browser);
    await onFetch(page, (route) => route.abort());
    await page.goto(served.url);
    await page.check('#topic-disability-carer-benefits');
    await Promise.all([page.waitForEvent('load'), page.click('button[value=topics]')]);
    expect(await questionOn(page)).toBe('household.nation');
    expect(loaded.at(-1)).toBe(`POST ${served.url}/conversation`);
    // From a page that came from a form, a reload comes back to where it was.
    await page.unrouteAll();
    await page.check('input[value=wales]');
    await page.click('button[value=answer]');
    await page.locator('.fp-said li').waitFor();
    const fact = await questionOn(page);
    await page.reload();
    await expect.poll(() => questionOn(page)).toBe(fact);
    await end();
  });

  it('loses nothing where there is no network at all, and help in danger stays until then', async () => {
    const { page, begin, end } = await chat(browser);
    await begin(served.url);
    const id = await page.locator('#conversation').inputValue();
    await page.context().setOffline(true);
    await page.locator('.fp-help summary').click();
    expect(await page.locator('.fp-help a[href="tel:999"]').isVisible()).toBe(true);
    await page.check('input[value=wales]');
    await page.click('button[value=answer]');
    // Whoever waits for a page is told of one that fails; this one has to.
    await expect.poll(() => page.url(), { timeout: 15_000 }).toMatch(/^chrome-error:/);
    await page.context().setOffline(false);
    // The browser's page offers to try again, and sends the form then.
    await page.reload();
    await expect.poll(() => questionOn(page)).not.toBe('household.nation');
    expect(await answersOf(id)).toEqual(['Wales']);
    await end();
  });

  it('says that it takes a moment, to everybody, and waits', async () => {
    const { page, begin, turn, heard, refused, end } = await chat(browser);
    await begin(served.url);
    await heard();
    let answerNow = () => {};
    await onFetch(page, async (route) => {
      await new Promise<void>((done) => {
        answerNow = done;
      });
      await route.continue();
    });
    await page.check('input[value=wales]');
    await turn(async () => {
      await page.click('button[value=answer]');
      expect(await page.locator('main').getAttribute('aria-busy')).toBe('true');
      await page.locator('.fp-wait').waitFor();
      // Whoever waits can still go.
      expect(await page.locator('.fp-leave').isEnabled()).toBe(true);
      answerNow();
    });
    expect(await page.locator('.fp-wait').count()).toBe(0);
    expect(await page.locator('main').getAttribute('aria-busy')).toBeNull();
    expect(await heard()).toEqual(['One moment…', expect.stringMatching(/^You: Wales/)]);
    expect(await refused()).toEqual([]);
    await end();
  });

  it('leaves it to the plain form when the server takes too long', async () => {
    const { page, begin, loaded, end } = await chat(browser);
    await page.clock.install();
    await begin(served.url);
    await onFetch(page, () => new Promise(() => undefined));
    await page.check('input[value=wales]');
    await page.click('button[value=answer]');
    await Promise.all([page.waitForEvent('load'), page.clock.fastForward(16_000)]);
    expect(loaded.at(-1)).toBe(`POST ${served.url}/conversation`);
    expect(await questionOn(page)).not.toBe('household.nation');
    await end();
  });

  it('is the plain page without its script', async () => {
    const { page, complaints, loaded, end } = await chat(browser);
    await page.route(/\/assets\/chat\./, (route) => route.abort());
    await page.goto(served.url);
    await page.check('#topic-disability-carer-benefits');
    await Promise.all([page.waitForEvent('load'), page.click('button[value=topics]')]);
    expect(loaded.at(-1)).toBe(`POST ${served.url}/conversation`);
    expect(await page.locator('#leave-keys').isVisible()).toBe(false);
    expect(complaints.filter((one) => !one.includes('chat.') && !one.includes('ERR_FAILED'))).toEqual([]);
    await end();
  });
});
