import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEAVE_TO } from '../../../src/channels/page/page.ts';
import { answer, expectAccessible, hasChromium, launch, press, questionOn, walk } from './chromium.ts';
import { type Served, serve } from './serve.ts';

const MAX_QUESTIONS = 40;
/** More than there are places to stop at with Tab. */
const MAX_STOPS = 100;

describe.skipIf(!hasChromium)('in Chromium', { timeout: 60_000 }, () => {
  let served: Served;
  let browser: Browser;
  beforeAll(async () => {
    [served, browser] = await Promise.all([serve(), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  async function begin(page: Page, code = 'en'): Promise<void> {
    await page.goto(`${served.url}/?lang=${code}`);
    await page.check('#topic-disability-carer-benefits');
    await press(page, 'button[value=topics]');
  }

  async function toFound(page: Page, visit: () => Promise<void> = async () => {}): Promise<void> {
    for (let i = 0; i < MAX_QUESTIONS; i++) {
      const fact = await questionOn(page);
      await visit();
      if (fact === undefined) return;
      await answer(page, fact);
    }
    throw new Error('the questions do not end');
  }

  it('goes from the start to what was found without JavaScript, cookies or other servers', async () => {
    const { page, requests, complaints, end } = await walk(browser);
    await begin(page);
    await toFound(page);
    expect(await page.locator('h1').innerText()).toBe('What your family may have');
    await page.locator('.fp-card__title button').first().click();
    expect(await page.locator('h2', { hasText: 'What to do' }).count()).toBe(1);
    expect(page.url()).toBe(`${served.url}/conversation`);
    expect(await page.context().cookies()).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(served.url))).toEqual([]);
    expect(requests.filter((url) => url.includes('?') && !url.endsWith('?lang=en'))).toEqual([]);
    expect(complaints).toEqual([]);
    await end();
  });

  it('has nothing for axe to find, at any step', async () => {
    const { page, complaints, end } = await walk(browser, { javaScriptEnabled: true });
    const look = () => expectAccessible(page);
    for (const path of [
      '/',
      '/help',
      '/about',
      '/privacy',
      '/accessibility',
      '/entry/dla-child',
      '/entry/ehc-needs-assessment-request',
      '/nope',
    ]) {
      await page.goto(served.url + path);
      await look();
    }
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
    await begin(page);
    await page.click('button[value=answer]');
    await look();
    // Later questions are the same kinds again.
    let left = 4;
    await toFound(page, async () => {
      if (left-- > 0) await look();
    });
    await look();
    for (const details of await page.locator('details').all()) await details.locator('summary').click();
    await look();
    await page.locator('.fp-card__title button').first().click();
    await look();
    await page.locator('button[value="show answers"]').click();
    await look();
    await page.locator('button[value="ask household.nation 0"]').click();
    await page.check('input[value=scotland]');
    await page.click('button[value=answer]');
    expect(await page.title()).toContain('If you change this answer');
    await look();
    await page.click('button[value=confirm]');
    await page.locator('button[value="show topics"]').first().click();
    await page.fill('#text', 'I want to die');
    await page.click('button[value=text]');
    expect(await page.locator('.fp-danger').count()).toBe(1);
    await look();
    await page.locator('button[value=continue]').last().click();
    await look();
    await page.click('button[value=erase]');
    await look();
    await end();
  }, 120_000);

  it('has nothing for axe to find in each kind of question', async () => {
    const { page, end } = await walk(browser, { javaScriptEnabled: true });
    const facts = [
      'child.age',
      'carer.weekly_earnings',
      'child.ehc_refusal_letter_date',
      'child.difficulties',
    ];
    await begin(page);
    for (const fact of facts) {
      // Through a form of our own, as a stale button would.
      await page.evaluate(`{
        const button = document.querySelector('button[value="show answers"]');
        button.value = 'ask ${fact} 0';
        button.click();
      }`);
      await page.waitForSelector(`input[value="${fact}"]`, { state: 'attached' });
      await expectAccessible(page);
      await page.click('button[value=answer]');
      await page.waitForSelector('#error');
      await expectAccessible(page);
    }
    await end();
  });

  it('can be used by keyboard alone', async () => {
    const { page, end } = await walk(browser);
    await page.goto(`${served.url}/?lang=en`);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to main content');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Leave this page');
    await tabTo(page, '#text');
    await page.keyboard.type('dla');
    await tabTo(page, 'button[value=text]');
    await submitWith(page, 'Enter');
    for (let i = 0; i < MAX_QUESTIONS; i++) {
      const fact = await questionOn(page);
      if (fact === undefined) break;
      if ((await page.locator('main input[type=radio]').count()) > 0) {
        await tabTo(page, 'main input[type=radio]');
        await page.keyboard.press('Space');
        // Enter in a form means Continue.
        await submitWith(page, 'Enter');
      } else {
        await tabTo(page, 'button[value="answer not_sure"]');
        await submitWith(page, 'Space');
      }
    }
    expect(await page.locator('h1').innerText()).toBe('What your family may have');
    await tabTo(page, '.fp-card__title button');
    await submitWith(page, 'Enter');
    expect(await page.locator('.fp-entry').count()).toBe(1);
    await end();
  });

  it('puts the focus on what could not be read', async () => {
    const { page, end } = await walk(browser);
    await begin(page);
    await page.click('button[value=answer]');
    expect(await page.locator('#error:focus').count()).toBe(1);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.locator('main input[name=value]:focus').count()).toBe(1);
    expect(await page.title()).toMatch(/^We could not read that: /);
    await end();
  });

  it('fits 320 by 256 pixels, which is 400 %, without scrolling sideways', async () => {
    const { page, end } = await walk(browser, {
      javaScriptEnabled: true,
      viewport: { width: 320, height: 256 },
    });
    const look = async () => {
      const [width, offender] = await page.evaluate<[number, string | undefined]>(`[
        document.documentElement.scrollWidth,
        [...document.querySelectorAll('body *')].find(
          (one) => one.getBoundingClientRect().right > 321 && getComputedStyle(one).clipPath === 'none',
        )?.outerHTML.slice(0, 200),
      ]`);
      expect([width, await page.title(), offender]).toEqual([320, await page.title(), undefined]);
    };
    for (const code of ['en', 'ur', 'cy']) {
      for (const path of ['/', '/help', '/entry/dla-child']) {
        await page.goto(`${served.url}${path}?lang=${code}`);
        await look();
      }
      await begin(page, code);
      await toFound(page, look);
    }
    await end();
  });

  it('never hides the focus under the head, at 320 pixels, with a council, forwards and backwards', async () => {
    for (const code of ['en', 'cy', 'ur']) {
      const { page, end } = await walk(browser, { chat: true, viewport: { width: 320, height: 640 } });
      await page.goto(`${served.url}/?lang=${code}&council=X99000001`);
      await page.fill('#text', 'I want to end my life');
      await page.click('main button[value=text]');
      await page.locator('.fp-danger').waitFor();
      expect(await placeOfFocus(page), code).toMatchObject({ covered: 0 });
      for (const key of ['Tab', 'Shift+Tab']) {
        await page.evaluate(
          `document.querySelector(${key === 'Tab'} ? 'main' : '.fp-footer li:last-child a').focus()`,
        );
        for (let i = 0; i < MAX_STOPS; i++) {
          await page.keyboard.press(key);
          const { element, covered, isHead } = await placeOfFocus(page);
          expect(covered, `${code} ${key} ${element}`).toBe(0);
          if (isHead) break;
        }
      }
      await end();
    }
  });

  /** @returns what has the focus, and how many pixels of it are under the head of the page. */
  function placeOfFocus(page: Page) {
    return page.evaluate<{ element: string; covered: number; isHead: boolean }>(`(() => {
      const head = document.querySelector('.fp-header');
      const focused = document.activeElement;
      const isHead = head.contains(focused) || focused === document.body;
      const under = head.getBoundingClientRect().bottom - focused.getBoundingClientRect().top;
      return { element: focused.outerHTML, covered: isHead ? 0 : Math.max(0, Math.round(under)), isHead };
    })()`);
  }

  it('has targets of 44 pixels for fingers', async () => {
    const { page, end } = await walk(browser, { javaScriptEnabled: true });
    const look = async () => {
      const small = await page.evaluate<string[]>(
        `[...document.querySelectorAll('a, button, summary')].flatMap((one) => {
          const { width, height } = one.getBoundingClientRect();
          const hidden = width < 5 || one.closest('details:not([open]) > :not(summary)');
          return !hidden && (height < 43.5 || width < 44) ? [width + 'x' + height + ' ' + one.outerHTML] : [];
        })`,
      );
      expect(small.filter((one) => !one.includes('govuk-skip-link'))).toEqual([]);
    };
    await page.goto(served.url);
    await look();
    await begin(page);
    await look();
    await toFound(page);
    await look();
    await end();
  });

  it('reads from right to left in Urdu, with numbers from left to right', async () => {
    const { page, end } = await walk(browser, { javaScriptEnabled: true });
    await begin(page, 'ur');
    await expectAccessible(page);
    const seen = await page.evaluate<Record<string, string | number>>(`({
      dir: getComputedStyle(document.body).direction,
      height: parseFloat(getComputedStyle(document.querySelector('h1')).lineHeight) /
        parseFloat(getComputedStyle(document.querySelector('h1')).fontSize),
      font: getComputedStyle(document.querySelector('h1')).fontFamily,
      number: getComputedStyle(document.querySelector('a[href^="tel:"] bdi')).direction,
      radio: document.querySelector('main input[type=radio]').getBoundingClientRect().left,
    })`);
    expect(seen).toMatchObject({ dir: 'rtl', number: 'ltr' });
    expect(seen.height).toBeGreaterThanOrEqual(1.8);
    expect(seen.font).toContain('Nastaliq');
    expect(seen.radio).toBeGreaterThan(195);
    await toFound(page);
    await expectAccessible(page);
    await end();
  });

  it('reads the link of a text message in lines, not in columns, and within its box', async () => {
    const { page, end } = await walk(browser, {
      javaScriptEnabled: true,
      viewport: { width: 320, height: 640 },
    });
    for (const code of ['ar', 'ur', 'en']) {
      await page.goto(`${served.url}/help?lang=${code}`);
      const torn = await page.evaluate<string[]>(
        `[...document.querySelectorAll('main a[href^="sms:"]')].filter((link) => {
          const words = document.createRange();
          words.selectNodeContents(link);
          const lines = [...words.getClientRects()].filter(({ width }) => width > 0);
          const goesUp = lines.some((line, i) => i > 0 && line.bottom < lines[i - 1].top + 1);
          const box = link.parentElement.getBoundingClientRect();
          return goesUp || lines.some(({ left, right }) => left < box.left || right > box.right);
        }).map((link) => link.innerText)`,
      );
      expect(torn, code).toEqual([]);
      expect(await page.locator('main a[href^="sms:"]').count()).toBeGreaterThan(0);
    }
    await end();
  });

  it('shows all with forced colours and without motion', async () => {
    const { page, end } = await walk(browser, {
      javaScriptEnabled: true,
      forcedColors: 'active',
      reducedMotion: 'reduce',
    });
    await begin(page);
    await expectAccessible(page);
    const border = await page.evaluate(
      `getComputedStyle(document.querySelector('button[value=answer]')).borderTopWidth`,
    );
    expect(border).toBe('2px');
    await end();
  });

  it('prints what was found, and nothing to press', async () => {
    const { page, end } = await walk(browser, { javaScriptEnabled: true });
    await begin(page);
    await toFound(page);
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['.fp-leave', '.fp-menu', '.fp-buttons', '.fp-languages'])
      expect(await page.locator(hidden).first().isVisible()).toBe(false);
    const more = page.locator('.fp-more .fp-card').first();
    expect(await more.isVisible()).toBe(true);
    expect(await unreadableCards(page)).toEqual([]);
    await page.emulateMedia({ media: 'screen' });
    await page.locator('.fp-card__title button').first().click();
    await page.emulateMedia({ media: 'print' });
    const address = await page.evaluate(
      `getComputedStyle(document.querySelector('.fp-entry a[href^=http]'), '::after').content`,
    );
    expect(address).toContain('http');
    await page.goto(`${served.url}/entry/dla-child`);
    expect(await page.locator('main .govuk-button:visible').count()).toBe(0);
    await end();
  });

  it('keeps Back and Forward working, and old pages alive', async () => {
    const { page, end } = await walk(browser);
    await begin(page);
    const first = (await questionOn(page)) as string;
    await answer(page, first);
    const second = (await questionOn(page)) as string;
    await answer(page, second);
    await page.goBack();
    expect(await questionOn(page)).toBe(second);
    await page.goBack();
    expect(await questionOn(page)).toBe(first);
    await page.goForward();
    expect(await questionOn(page)).toBe(second);
    await page.goBack();
    await page.click('button[value="answer not_sure"]');
    expect((await page.title()).length).toBeGreaterThan(0);
    expect(await page.locator('#error').count()).toBe(0);
    await end();
  });

  it('keeps two tabs of one conversation apart from each other', async () => {
    const { page, end } = await walk(browser);
    await begin(page);
    const first = (await questionOn(page)) as string;
    const id = await page.locator('input[name=conversation]').first().inputValue();
    const other = await page.context().newPage();
    await other.setContent(
      `<form method="post" action="${served.url}/conversation"><input name="conversation" value="${id}"><button name="do" value="here">x</button></form>`,
    );
    await other.click('button');
    expect(await questionOn(other)).toBe(first);
    await answer(page, first);
    const second = (await questionOn(page)) as string;
    // The first tab is a question further; this one sends the same answer again.
    await answer(other, first);
    expect(await questionOn(other)).toBe(second);
    await end();
  });

  it('shows nothing with Back after erasing', async () => {
    const { page, end } = await walk(browser);
    await begin(page);
    await answer(page, (await questionOn(page)) as string);
    await page.click('button[value=erase]');
    expect(await page.locator('h1').innerText()).toBe('Your answers are erased');
    await expectNothingWithBack(page);
    await end();
  });

  it('leaves at once, and shows nothing with Back', async () => {
    const { page, requests, end } = await walk(browser);
    await page.route(`${LEAVE_TO}**`, (route) => route.fulfill({ body: '<title>Weather</title>' }));
    await begin(page);
    await answer(page, (await questionOn(page)) as string);
    await page.click('.fp-leave').catch(() => undefined);
    await page.waitForURL((url) => url.href.startsWith('https://www.bbc.co.uk/')).catch(() => undefined);
    expect(requests.at(-1)).toBe(LEAVE_TO);
    await expectNothingWithBack(page);
    await end();
  });

  it('shows help in danger with no network', async () => {
    const { page, end } = await walk(browser);
    await begin(page);
    await page.context().setOffline(true);
    await page.locator('.fp-help summary').click();
    for (const number of ['999', '111', '116123'])
      expect(await page.locator(`.fp-help a[href="tel:${number}"]`).isVisible()).toBe(true);
    await end();
  });

  /** @returns the cards that are narrower than their list, or whose parts stand on each other or outside of the card. */
  function unreadableCards(page: Page): Promise<string[]> {
    return page.evaluate<string[]>(
      `[...document.querySelectorAll('.fp-card')].filter((card) => {
        const box = card.getBoundingClientRect();
        const parts = [...card.children].map((part) => part.getBoundingClientRect()).filter(({ height }) => height > 0);
        const overlaps = parts.some((part, i) => i > 0 && part.top < parts[i - 1].bottom - 1);
        const sticksOut = parts.some(({ bottom, right }) => bottom > box.bottom + 1 || right > box.right + 1);
        return box.width < card.parentElement.clientWidth - 1 || overlaps || sticksOut;
      }).map((card) => card.innerText)`,
    );
  }

  async function submitWith(page: Page, key: string): Promise<void> {
    await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)]);
  }

  /** Whatever the browser shows for a page that it has forgotten, no question is on it. */
  async function expectNothingWithBack(page: Page): Promise<void> {
    await page.goBack().catch(() => undefined);
    await expect.poll(() => page.content().catch(() => undefined)).toBeDefined();
    expect(await page.content()).not.toContain('name="fact"');
  }

  async function focused(page: Page): Promise<string> {
    return (await page.locator(':focus').innerText()).trim();
  }

  async function tabTo(page: Page, selector: string): Promise<void> {
    for (let i = 0; i < 150; i++) {
      const isThere = await page.locator(`${selector} >> nth=0`).and(page.locator(':focus')).count();
      if (isThere > 0) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`no way to ${selector} with Tab`);
  }
});
