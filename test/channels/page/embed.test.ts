/** The chat on somebody else's page: the sample of a council's page, which is of another origin. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CouncilPage, serveCouncilPage } from '../../../examples/council-page/serve.ts';
import { LEAVE_TO } from '../../../src/channels/page/page.ts';
import { expectAccessible, hasChromium, launch, walk } from './chromium.ts';
import { type Served, serve } from './serve.ts';

/** What moved on the page, and what its policy and ours refused. */
const RECORDER = `
  window.moved = 0;
  window.refused = [];
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) moved += value;
  }).observe({ type: 'layout-shift', buffered: true });
  document.addEventListener('securitypolicyviolation', (event) =>
    refused.push(event.violatedDirective + ' ' + event.blockedURI));
`;
const OPEN = 'aside a.open';
const CLOSE = 'aside button';

describe.skipIf(!hasChromium)('the chat on a council’s page', () => {
  let served: Served;
  let council: CouncilPage;
  let browser: Browser;
  const others: Server[] = [];
  beforeAll(async () => {
    [served, browser] = await Promise.all([serve(), launch()]);
    council = await serveCouncilPage(served.url, 0);
  });
  afterAll(async () => {
    await browser?.close();
    await council?.stop();
    for (const one of others) {
      one.close();
      one.closeAllConnections();
    }
    await served?.stop();
  });

  /** Serves a page of our own making. `localhost` is a council that may frame us, anything before it is not. */
  async function serveHtml(html: string, host = 'localhost'): Promise<string> {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end(`<!DOCTYPE html><title>x</title>${html}`);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    others.push(server);
    return `http://${host}:${(server.address() as AddressInfo).port}/`;
  }

  async function visit(options: BrowserContextOptions = {}, url = council.url) {
    const walked = await walk(browser, { ...options, chat: true });
    walked.page.setDefaultTimeout(15_000);
    await walked.page.context().addInitScript(RECORDER);
    await walked.page.goto(url);
    await walked.page.locator(OPEN).waitFor();
    return walked;
  }

  /** A page with nothing but the one line. */
  const lineWith = (attributes: string, host?: string) =>
    serveHtml(`<script src="${served.url}/embed.js" ${attributes} async></script>`, host);

  async function framed(page: Page): Promise<Frame> {
    await page.click(OPEN);
    return frameOf(page);
  }

  async function frameOf(page: Page): Promise<Frame> {
    const frame = await (await page.waitForSelector('aside iframe')).contentFrame();
    if (!frame) throw new Error('there is no frame');
    await frame.waitForLoadState();
    return frame;
  }

  /** @returns what has the focus: on the page, in the embed, in the frame */
  const focus = async (page: Page) =>
    page.evaluate<string>(`(() => {
      const inside = document.activeElement.shadowRoot?.activeElement;
      return (inside ?? document.activeElement).className || (inside ?? document.activeElement).tagName;
    })()`);

  it('asks for one file until somebody presses the button, and moves nothing', async () => {
    const { page, requests, complaints, end } = await visit();
    expect(requests).toEqual([`${council.url}/`, `${council.url}/council.css`, `${served.url}/embed.js`]);
    expect(await page.locator('aside').getAttribute('aria-label')).toBe('What help can your family have?');
    const box = await page.locator(OPEN).boundingBox();
    expect([(box?.x ?? 0) + (box?.width ?? 0), (box?.y ?? 0) + (box?.height ?? 0)]).toEqual([374, 828]);
    const height = await page.evaluate('document.documentElement.scrollHeight');
    await framed(page);
    await page.click(CLOSE);
    await page.click(OPEN);
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBe(height);
    expect(await page.evaluate('[moved, refused]')).toEqual([0, []]);
    expect(requests.filter((url) => ![council.url, served.url].includes(new URL(url).origin))).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
    await end();
  });

  it('opens with the focus in the chat, and closes with the focus back on the button', async () => {
    const { page, complaints, end } = await visit();
    await page.locator(OPEN).focus();
    await page.keyboard.press('Space');
    const frame = await frameOf(page);
    expect(await focus(page)).toBe('IFRAME');
    expect(await page.locator('aside dialog').getAttribute('aria-label')).toBe(
      'What help can your family have?',
    );
    expect(await page.locator('aside iframe').getAttribute('title')).toBe('What help can your family have?');
    expect(await page.locator(OPEN).isVisible()).toBe(false);
    // From inside, from the bar, and with its button.
    await frame.locator('#text').focus();
    await page.keyboard.press('Escape');
    await expect.poll(() => focus(page)).toBe('open');
    expect(await page.locator('aside iframe').isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    await page.locator(CLOSE).focus();
    await page.keyboard.press('Escape');
    expect(await focus(page)).toBe('open');
    await page.keyboard.press('Enter');
    await page.click(CLOSE);
    expect(await focus(page)).toBe('open');
    expect(await page.locator(OPEN).getAttribute('aria-expanded')).toBe('false');
    expect(complaints).toEqual([]);
    await end();
  });

  it('keeps the conversation while it is closed, and the Escape of a page that came from a form', async () => {
    const { page, end } = await visit();
    const frame = await framed(page);
    // Without our script half-way: the plain form inside the frame.
    await page.route('**/conversation', (route) =>
      route.request().isNavigationRequest() ? route.continue() : route.abort(),
    );
    await frame.check('#topic-disability-carer-benefits');
    await Promise.all([frame.waitForNavigation(), frame.click('button[value=topics]')]);
    expect(await frame.locator('input[name=fact]').inputValue()).toBe('household.nation');
    await frame.locator('main input').nth(3).focus();
    await page.keyboard.press('Escape');
    await expect.poll(() => focus(page)).toBe('open');
    await page.click(OPEN);
    expect(await frame.locator('input[name=fact]').inputValue()).toBe('household.nation');
    expect(await frame.locator('html').getAttribute('class')).toContain('fp-framed');
    await end();
  });

  it('has nothing for axe to find, closed and open', async () => {
    const settings: BrowserContextOptions[] = [
      { viewport: { width: 1280, height: 800 } },
      { viewport: { width: 320, height: 256 } },
      { viewport: { width: 390, height: 844 }, forcedColors: 'active', reducedMotion: 'reduce' },
    ];
    for (const options of settings) {
      const { page, end } = await visit(options);
      await expectAccessible(page);
      const frame = await framed(page);
      await expectAccessible(page);
      await frame.check('#topic-disability-carer-benefits');
      await frame.click('button[value=topics]');
      await frame.locator('.fp-said').waitFor();
      expect(await frame.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(
        0,
      );
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      for (const selector of [CLOSE, 'aside p a']) {
        const box = await page.locator(selector).boundingBox();
        expect(box?.height).toBeGreaterThanOrEqual(44);
        expect(
          (box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= (options.viewport?.width ?? 0),
        ).toBe(true);
      }
      await end();
    }
  });

  it('speaks its own language, from its own side', async () => {
    const welsh = await visit({}, await lineWith('data-council="X99000001" data-language="cy"'));
    expect(await welsh.page.locator(OPEN).innerText()).toBe('Pa help all eich teulu ei gael?');
    expect(await (await framed(welsh.page)).locator('html').getAttribute('lang')).toBe('cy');
    await welsh.end();
    const arabic = await visit({}, await lineWith('data-council="X99000001" data-language="ar"'));
    const side = async () => (await arabic.page.locator(OPEN).boundingBox())?.x ?? 999;
    expect(await side()).toBeLessThan(50);
    expect(await arabic.page.locator('aside').getAttribute('dir')).toBe('rtl');
    await arabic.end();
    // Without one: the page's own; where we have not got it, English.
    const own = await visit({}, await lineWith('data-council="X99000001" data-language="fr"'));
    expect(await own.page.locator(OPEN).innerText()).toBe('What help can your family have?');
    await own.end();
  });

  it.each([
    ['data-council="constructor" data-language="constructor"', 'What help can your family have?'],
    ['data-council="%22><script>" data-language=""', 'What help can your family have?'],
    ['data-council="X99000001" data-language="cy-GB"', 'Pa help all eich teulu ei gael?'],
    ['data-council="X99000001" data-language="CY"', 'Pa help all eich teulu ei gael?'],
  ])('is there whatever the page says: %s', async (attributes, words) => {
    const { page, end } = await visit({}, await lineWith(attributes));
    expect(await page.locator(OPEN).innerText()).toBe(words);
    await end();
  });

  it('is there once, however often its line is', async () => {
    const line = `<script src="${served.url}/embed.js" data-council="X99000001" data-language="cy"></script>`;
    const { page, end } = await visit({}, await serveHtml(line + line.replace('cy', 'ur')));
    await page.waitForLoadState();
    expect(await page.locator(OPEN).allInnerTexts()).toEqual(['Pa help all eich teulu ei gael?']);
    await end();
  });

  it('is there in a browser that cannot adopt a style sheet', async () => {
    const walked = await walk(browser, { chat: true });
    await walked.page
      .context()
      .addInitScript(`window.CSSStyleSheet = class { constructor() { throw new TypeError() } }`);
    await walked.page.goto(await lineWith('data-council="X99000001"'));
    await walked.page.locator(OPEN).waitFor();
    expect((await walked.page.locator(OPEN).boundingBox())?.y).toBeGreaterThan(700);
    await walked.end();
  });

  it('does not let the focus go behind it where it covers the page', async () => {
    const { page, end } = await visit();
    await framed(page);
    for (const key of ['Shift+Tab', 'Tab']) {
      for (let i = 0; i < 8; i++) {
        if (key === 'Tab' && i === 0) await page.locator(CLOSE).focus();
        await page.keyboard.press(key);
        expect(await page.evaluate(`document.activeElement.closest('main, footer') === null`)).toBe(true);
      }
    }
    await page.keyboard.press('Escape');
    await end();
  });

  it.each(['data-council="E06000023"', 'data-council="E99999999"', ''])(
    'is a plain link to the page for a council that is not set up: %s',
    async (attributes) => {
      const { page, complaints, end } = await visit({}, await lineWith(attributes));
      const link = page.locator(OPEN);
      expect([await link.getAttribute('role'), await link.getAttribute('aria-expanded')]).toEqual([
        null,
        null,
      ]);
      await link.focus();
      await Promise.all([page.waitForURL(`${served.url}/**`), page.keyboard.press('Enter')]);
      expect(await page.locator('main h1').innerText()).toBe('What help can your family have?');
      expect(complaints.join()).not.toContain('frame-ancestors');
      await end();
    },
  );

  it('has the colours of the council, and ours where there is none', async () => {
    const colour = (page: Page) =>
      page.evaluate(
        `getComputedStyle(document.querySelector('aside').shadowRoot.querySelector('.open')).backgroundColor`,
      );
    const its = await visit();
    expect(await colour(its.page)).toBe('rgb(90, 42, 110)');
    expect(await (await framed(its.page)).locator('.fp-council').count()).toBe(1);
    await its.end();
    const none = await visit({}, await lineWith('data-council="E99999999"'));
    expect(await colour(none.page)).toBe('rgb(20, 86, 74)');
    await none.end();
  });

  it('is refused in a frame of a page that the council did not name', async () => {
    const { page, complaints, end } = await visit(
      {},
      await lineWith('data-council="X99000001"', 'elsewhere.localhost'),
    );
    await page.click(OPEN);
    await expect.poll(() => complaints.join()).toContain('frame-ancestors');
    expect(page.frames().map((frame) => frame.url())).not.toContain(
      `${served.url}/?lang=en&council=X99000001&framed`,
    );
    // The way to a page of its own is still there.
    expect(await page.locator('aside p a').getAttribute('href')).toBe(
      `${served.url}/?lang=en&council=X99000001`,
    );
    await end();
  });

  it('is a link for the middle button, and for who opens it in a tab', async () => {
    const { page, end } = await visit();
    expect(await page.locator(OPEN).getAttribute('href')).toBe(`${served.url}/?lang=en&council=X99000001`);
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      page.click(OPEN, { modifiers: ['Control'] }),
    ]);
    await tab.waitForLoadState();
    expect(tab.url()).toBe(`${served.url}/?lang=en&council=X99000001`);
    expect(await page.locator('aside iframe').count()).toBe(0);
    await end();
  });

  it('listens to its own frame only', async () => {
    const { page, end } = await visit();
    await framed(page);
    await page.evaluate(`postMessage('fingerpost:close', '*')`);
    await page.waitForTimeout(200);
    expect(await page.locator('aside iframe').isVisible()).toBe(true);
    await end();
  });

  it('leaves with the whole tab', async () => {
    const { page, end } = await visit();
    const frame = await framed(page);
    const leaving = page.waitForRequest(LEAVE_TO);
    await frame.check('#topic-disability-carer-benefits');
    await frame.click('button[value=topics]');
    await frame.locator('.fp-said').waitFor();
    await frame.click('.fp-leave');
    const away = await leaving;
    expect(away.frame()).toBe(page.mainFrame());
    expect(away.isNavigationRequest()).toBe(true);
    await end();
  });

  it('is a plain link, and a plain page, without scripts', async () => {
    const { page, end } = await walk(browser);
    await page.goto(council.url);
    expect(await page.locator('aside').count()).toBe(0);
    await page.click('main a');
    expect(page.url()).toBe(`${served.url}/?council=X99000001&lang=en`);
    await page.check('#topic-disability-carer-benefits');
    await page.click('button[value=topics]');
    expect(await page.locator('.fp-council').innerText()).toBe('Example Council (not a real place)');
    await end();
  });

  it('works in a frame without scripts', async () => {
    const { page, end } = await walk(browser);
    const address = `${served.url}/?lang=en&council=X99000001&framed`;
    await page.goto(await serveHtml(`<iframe src="${address}" width="400" height="700"></iframe>`));
    const frame = page.frameLocator('iframe');
    await frame.locator('#topic-disability-carer-benefits').check();
    await frame.locator('button[value=topics]').click();
    await frame.locator('input[value=england]').check();
    await frame.locator('button[value=answer]').click();
    await frame.locator('input[name=fact][value="child.age"]').waitFor({ state: 'attached' });
    await end();
  });
});
