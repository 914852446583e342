import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

const PATH = '/usr/bin/chromium';
/** Some of Chromium's own services would call home. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const hasChromium = existsSync(PATH);
if (!hasChromium) {
  console.warn(`SKIPPED: the browser tests of the page. There is no ${PATH}: apt-get install -y chromium`);
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: PATH, args: FLAGS });
}

export interface Walk {
  readonly page: Page;
  /** Every address that was asked for. */
  readonly requests: readonly string[];
  /** What the browser complained about. */
  readonly complaints: readonly string[];
  readonly end: () => Promise<void>;
}

/**
 * A new browser profile with one page. JavaScript is off unless asked for; then it is there for axe and for looking
 * into the page, and the page has its own script only with `chat`: otherwise it is the same page as without.
 */
export async function walk(
  browser: Browser,
  { chat = false, ...options }: BrowserContextOptions & { chat?: boolean } = {},
): Promise<Walk> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    locale: 'en-GB',
    viewport: { width: 390, height: 844 },
    ...(chat ? { javaScriptEnabled: true } : {}),
    ...options,
  });
  // As in a browser that is too old for it.
  if (!chat) await context.addInitScript('delete SubmitEvent.prototype.submitter');
  const page = await context.newPage();
  page.setDefaultTimeout(5_000);
  const requests: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  context.on('console', (message) => complaints.push(message.text()));
  context.on('requestfailed', (request) =>
    complaints.push(`${request.url()} ${request.failure()?.errorText}`),
  );
  return { page, requests, complaints, end: () => context.close() };
}

/** axe needs scripts in the page; the page itself has none, so it is the same page. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n  ')}`);
  expect(found, await page.title()).toEqual([]);
}

/** @returns the fact that the question on the page asks for; undefined where it is another page */
export async function questionOn(page: Page): Promise<string | undefined> {
  const field = page.locator('main input[name=fact]');
  return (await field.count()) > 0 ? field.inputValue() : undefined;
}

const ANSWERS: Readonly<Record<string, string>> = { 'child.age': '7', 'carer.hours': '40' };

/**
 * Answers the question on the page in one way that is possible.
 * @param go presses the button
 */
export async function answer(
  page: Page,
  fact: string,
  go: (selector: string) => Promise<void> = (selector) => press(page, selector),
): Promise<void> {
  const options = page.locator('main input[name=value]');
  const day = page.locator('#answer-day');
  if ((await options.count()) > 0) {
    const good = page.locator('main input[value=england], main input[value=yes], main input[value=middle]');
    await ((await good.count()) > 0 ? good : options).first().check();
  } else if ((await day.count()) > 0) {
    await day.fill('1');
    await page.fill('#answer-month', '11');
    await page.fill('#answer-year', '2026');
  } else {
    await page.fill('#answer', ANSWERS[fact] ?? '100');
  }
  await go('button[value=answer]');
}

/** Presses a button and waits for the page that it leads to. */
export async function press(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.click(selector)]);
}
