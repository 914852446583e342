import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { answer, questionOn, type Walk, walk } from './chromium.ts';

/** What the browser heard and refused since the page was loaded. */
const RECORDER = `
  window.said = [];
  window.refused = [];
  document.addEventListener('securitypolicyviolation', (event) =>
    refused.push(event.violatedDirective + ' ' + event.sourceFile + ' ' + event.sample));
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes)
      if (target.id === 'log') for (const one of addedNodes) said.push(one.textContent);
  }).observe(document, { subtree: true, childList: true });
`;

export interface Chat extends Walk {
  /** Does something that ends in a new screen, with or without a reload, and waits for it. */
  readonly turn: (act: () => Promise<unknown>) => Promise<void>;
  /** Answers the question on the page. */
  readonly answer: () => Promise<void>;
  /** Begins a conversation about money. */
  readonly begin: (url: string) => Promise<void>;
  /** @returns what the log said since it was last asked */
  readonly heard: () => Promise<string[]>;
  /** @returns what the security policy refused on this page */
  readonly refused: () => Promise<string[]>;
  /** @returns what was said, as it can be read: "Where do you live? / England" */
  readonly said: () => Promise<string[]>;
  /** @returns the address of each page that was loaded: with its method */
  readonly loaded: string[];
}

/** A new browser profile with the page as a chat. */
export async function chat(browser: Browser, options: BrowserContextOptions = {}): Promise<Chat> {
  const walked = await walk(browser, { ...options, chat: true });
  const { page } = walked;
  // A busy machine is slow.
  page.setDefaultTimeout(15_000);
  await page.context().addInitScript(RECORDER);
  const loaded: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) loaded.push(`${request.method()} ${request.url()}`);
  });
  const turn = async (act: () => Promise<unknown>) => {
    await page.evaluate(`document.querySelector('main').dataset.old = ''`);
    await act();
    await page.locator('main:not([data-old])').waitFor();
    await page.waitForLoadState('domcontentloaded');
  };
  return {
    ...walked,
    loaded,
    turn,
    answer: async () => {
      const fact = (await questionOn(page)) as string;
      await turn(() => answer(page, fact, (selector) => page.click(selector)));
    },
    begin: async (url) => {
      await page.goto(url);
      await page.check('#topic-disability-carer-benefits');
      await turn(() => page.click('button[value=topics]'));
    },
    heard: () => page.evaluate<string[]>('said.splice(0)'),
    refused: () => page.evaluate<string[]>('refused'),
    said: () => readSaid(page),
  };
}

async function readSaid(page: Page): Promise<string[]> {
  const turns = await page.locator('.fp-said li:not([hidden])').all();
  return Promise.all(
    turns.map(async (one) => {
      const parts = await one.locator('div > span:last-of-type').allTextContents();
      return parts.map((part) => part.replace(/\s+/g, ' ').trim()).join(' / ');
    }),
  );
}

/** After each turn the focus is on the new heading, and nowhere else. */
export async function expectFocusOnHeading(page: Page): Promise<void> {
  expect(await page.locator('main h1:focus').count(), await page.title()).toBe(1);
}
