/** The chat for everybody: what axe finds in each state, in six settings. */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chat } from './chatting.ts';
import { expectAccessible, hasChromium, launch, questionOn } from './chromium.ts';
import { type Served, serve } from './serve.ts';

const PHONE = { width: 390, height: 844 };
const SETTINGS: [string, BrowserContextOptions, string][] = [
  ['on a phone', { viewport: PHONE }, '/?lang=en'],
  ['on a desk, with a council', { viewport: { width: 1280, height: 800 } }, '/?lang=cy&council=X99000001'],
  ['from right to left', { viewport: PHONE }, '/?lang=ur'],
  ['at 400 %', { viewport: { width: 320, height: 256 } }, '/?lang=en'],
  [
    'with forced colours, without motion',
    { viewport: PHONE, forcedColors: 'active', reducedMotion: 'reduce' },
    '/?lang=en',
  ],
  ['in a frame', { viewport: { width: 412, height: 660 } }, '/?lang=ar&council=X99000001&framed'],
];

describe.skipIf(!hasChromium)('the chat for everybody', () => {
  let served: Served;
  let browser: Browser;
  beforeAll(async () => {
    [served, browser] = await Promise.all([serve(), launch()]);
    served.warmUp();
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  it.each(SETTINGS)(
    'has nothing for axe to find, nothing refused, nothing to scroll sideways and no small target, %s',
    async (_, options, query) => {
      const { page, turn, answer, begin, refused, complaints, loaded, end } = await chat(browser, options);
      const voice = `Object.defineProperty(window, 'speechSynthesis', { value: Object.assign(new EventTarget(), {
        getVoices: () => ['en', 'cy', 'ur', 'ar'].map((lang) => ({ lang, localService: true })),
        cancel: () => {}, speak: () => {} }) });`;
      await page.context().addInitScript(voice);
      const look = async () => {
        // Further down, the head of the page lies over what is above.
        await page.evaluate('scrollTo(0, 0)');
        await expectAccessible(page);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(
          0,
        );
        const small = await page.evaluate<string[]>(
          `[...document.querySelectorAll('button, summary, .fp-said a')].flatMap((one) => {
            const { width, height } = one.getBoundingClientRect();
            const hidden = width < 5 || one.closest('details:not([open]) > :not(summary)');
            return !hidden && (height < 43.5 || width < 44) ? [width + 'x' + height + ' ' + one.outerHTML] : [];
          })`,
        );
        expect(small).toEqual([]);
      };
      await begin(served.url + query);
      await look();
      expect(await page.locator('.fp-read').count()).toBeGreaterThan(1);
      await turn(() => page.click('button[value=answer]'));
      await look();
      await answer();
      await answer();
      await look();
      await page.locator('.fp-own-words summary').click();
      await page.fill('#said', 'zzz');
      await turn(() => page.click('button[value=say]'));
      await look();
      const press = (value: string) =>
        turn(() => page.locator(`main button[value="${value}"]`).first().click());
      await press('show found');
      await look();
      await turn(() => page.locator('.fp-card__title button').first().click());
      await look();
      await press('show answers');
      await look();
      await press('ask household.nation 0');
      await page.check('input[value=scotland]');
      await press('answer');
      expect(await page.locator('button[value=confirm]').count()).toBe(1);
      await look();
      await press('confirm');
      await press('show topics');
      await look();
      await page.fill('#text', 'I want to die');
      await press('text');
      expect(await page.locator('.fp-danger').count()).toBe(1);
      await look();
      await press('continue');
      expect(await questionOn(page)).toBeDefined();
      await look();
      // Chromium says of each answer that could not be read that it was one.
      const others = complaints.filter((one) => !one.includes('status of 422'));
      expect([await refused(), others, loaded.length]).toEqual([[], [], 1]);
      await end();
    },
    120_000,
  );
});
