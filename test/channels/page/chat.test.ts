/** The page as a chat: the same forms, without a reload. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEAVE_TO } from '../../../src/channels/page/page.ts';
import { chat, expectFocusOnHeading } from './chatting.ts';
import { hasChromium, launch, questionOn } from './chromium.ts';
import { post, type Served, serve } from './serve.ts';

const MAX_QUESTIONS = 40;

describe.skipIf(!hasChromium)('the chat', () => {
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

  const begun = async (options = {}, query = '/?lang=en') => {
    const walked = await chat(browser, options);
    await walked.begin(served.url + query);
    return walked;
  };

  it('goes from the start to what was found without a reload, a cookie, a store or another server', async () => {
    const { page, loaded, requests, complaints, answer, heard, refused, said, end } = await begun();
    await expectFocusOnHeading(page);
    expect(await said()).toEqual(['What help can your family have? / Benefits for disability and caring']);
    expect(await heard()).toEqual([expect.stringMatching(/^You: Benefits for disability and caring/)]);
    let answered = 1;
    for (let i = 0; (await questionOn(page)) !== undefined; i++) {
      if (i > MAX_QUESTIONS) throw new Error('the questions do not end');
      const question = await page.title();
      await answer();
      answered++;
      await expectFocusOnHeading(page);
      const turns = await said();
      expect(turns).toHaveLength(answered);
      expect(turns.at(-1)).toContain(question.split(' – ')[0]?.split(': ').at(-1));
      expect(turns.at(-1)).toMatch(/ \/ ./);
      // Each turn is announced once, and not with the heading, which the focus says.
      const texts = await heard();
      expect(texts).toHaveLength(1);
      expect(texts[0]).toMatch(/^You: ./);
      expect(texts[0]).not.toContain((await page.title()).split(' – ')[0]);
    }
    expect(await page.locator('h1').innerText()).toBe('What your family may have');
    await expect.poll(() => page.locator('#log').innerText(), { timeout: 2_000 }).toBe('');
    expect(loaded).toEqual([`GET ${served.url}/?lang=en`]);
    const id = await page.locator('#conversation').inputValue();
    expect(requests.filter((url) => url.includes(id) || !url.startsWith(served.url))).toEqual([]);
    expect(page.url()).toBe(`${served.url}/?lang=en`);
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.evaluate('[localStorage.length, sessionStorage.length]')).toEqual([0, 0]);
    expect(await page.evaluate('indexedDB.databases()')).toEqual([]);
    expect(await refused()).toEqual([]);
    expect(complaints).toEqual([]);
    await end();
  });

  it('says who said what, and the answer in the words of the page', async () => {
    const { page, turn, end } = await begun();
    await turn(() => page.click('button[value="answer not_sure"]'));
    const last = page.locator('.fp-said li').last();
    expect((await last.innerText()).replace(/\s+/g, ' ')).toBe(
      "Fingerpost: Question 1 Where do you live? You: I'm not sure",
    );
    // Copies of the page's own parts must not be taken for them.
    expect(await page.locator('.fp-said li :is([id], [for], input)').count()).toBe(0);
    await end();
  });

  it('keeps what could not be read, takes it for no answer, and puts the focus on what is wrong', async () => {
    const { page, turn, said, heard, end } = await begun();
    const before = [await said(), await page.evaluate('history.length')];
    await heard();
    await turn(() => page.click('button[value=answer]'));
    expect(await page.locator('#error:focus').count()).toBe(1);
    expect([await said(), await page.evaluate('history.length')]).toEqual(before);
    // No answer was given, so none is said.
    const texts = await heard();
    expect(texts).toHaveLength(1);
    expect(texts[0]).not.toContain('You:');
    expect(texts[0]).toContain(await page.locator('#error a').innerText());
    expect(texts[0]).toContain('Where do you live?');
    // The log says it, so that an alert need not.
    expect(await page.locator('#error [role=alert]').count()).toBe(0);
    // The link of the summary is a step in the history, and changes nothing.
    await page.click('#error a');
    expect(await page.locator('main input[name=value]:focus').count()).toBe(1);
    expect(await page.locator('#error').count()).toBe(1);
    await page.check('input[value=wales]');
    await turn(() => page.click('button[value=answer]'));
    expect(await said()).toHaveLength(2);
    await page.goBack();
    await expect.poll(() => questionOn(page)).toBe('household.nation');
    await end();
  });

  it('does not say as an answer what was typed and could not be read', async () => {
    const { page, turn, answer, heard, end } = await begun();
    await answer();
    await heard();
    await page.fill('#answer', '999');
    await turn(() => page.click('button[value=answer]'));
    const texts = await heard();
    expect(texts).toEqual([expect.stringContaining('How old is your child?')]);
    expect(texts.join()).not.toMatch(/You:|999/);
    await page.fill('#answer', '7');
    await turn(() => page.click('button[value=answer]'));
    expect(await heard()).toEqual([expect.stringMatching(/^You: 7/)]);
    await end();
  });

  it('brings help in danger at once, and leaves the words for it nowhere on the screen', async () => {
    const { page, turn, said, heard, end } = await begun();
    await turn(() => page.locator('.fp-menu button[value="show topics"]').click());
    await heard();
    await page.fill('#text', 'my husband hits me and I am scared');
    await turn(() => page.click('button[value=text]'));
    expect(await page.locator('.fp-danger h1:focus').count()).toBe(1);
    expect(await said()).toHaveLength(1);
    expect(await page.locator('body').innerText()).not.toContain('hits me');
    expect((await heard()).join()).not.toContain('hits me');
    await turn(() => page.locator('main button[value=continue]').last().click());
    expect(await page.locator('.fp-help__again button').count()).toBe(1);
    await end();
  });

  it.each([
    ['at the start', '#text', 'text'],
    ['in the middle', '#said', 'say'],
  ])('does not show words that told of danger again with Back: typed %s', async (_, field, button) => {
    const { page, turn, end } = await begun();
    if (field === '#text') await page.goto(served.url);
    else await page.locator('.fp-own-words summary').click();
    await page.fill(field, 'my husband hits me and I am scared');
    await turn(() => page.click(`button[value=${button}]`));
    expect(await page.locator('.fp-danger h1:focus').count()).toBe(1);
    await page.goBack();
    await page.locator(field).waitFor({ state: 'attached' });
    expect(await page.locator(field).inputValue()).toBe('');
    await end();
  });

  it('says the question of a page that asks whether there is danger', async () => {
    const { page, turn, heard, end } = await begun();
    await page.goto(served.url);
    await page.fill('#text', 'cant go on like this');
    await turn(() => page.click('button[value=text]'));
    // The focus says the heading, and the log what stands beside it.
    const asked = page.locator('.fp-danger h1:focus');
    expect(await asked.innerText()).toContain('Are you thinking about ending your life?');
    expect(await heard()).toEqual([expect.stringContaining('You do not have to answer this.')]);
    await end();
  });

  it('goes back and forward with the browser, and back with the page', async () => {
    const { page, turn, answer, said, loaded, end } = await begun();
    const first = await questionOn(page);
    await answer();
    const second = await questionOn(page);
    await answer();
    const third = await questionOn(page);
    await page.goBack();
    await expect.poll(() => questionOn(page)).toBe(second);
    expect(await said()).toHaveLength(2);
    await expectFocusOnHeading(page);
    await page.goBack();
    await expect.poll(() => questionOn(page)).toBe(first);
    expect(await said()).toHaveLength(1);
    await page.goForward();
    await page.goForward();
    await expect.poll(() => questionOn(page)).toBe(third);
    expect(await said()).toHaveLength(3);
    await turn(() => page.click('.fp-back'));
    expect([await questionOn(page), (await said()).length]).toEqual([second, 2]);
    expect(loaded).toHaveLength(1);
    await end();
  });

  it('means what it meant on a screen that the browser went back to', async () => {
    const { page, turn, answer, said, end } = await begun();
    const first = await questionOn(page);
    await answer();
    await answer();
    await page.goBack();
    await page.goBack();
    await expect.poll(() => questionOn(page)).toBe(first);
    await page.check('input[value=scotland]');
    await turn(() => page.click('button[value=answer]'));
    expect(await page.title()).toContain('If you change this answer');
    await turn(() => page.click('button[value=confirm]'));
    expect((await said()).at(-1)).toBe('If you change this answer / Change my answer');
    await end();
  });

  it('shows with Back and Forward only what was said until then, and a changed answer once', async () => {
    const { page, turn, answer, said, end } = await begun();
    await answer();
    await answer();
    const third = await questionOn(page);
    const steps: [() => Promise<unknown>, string][] = [
      [() => page.goBack(), 'child.age'],
      [() => page.goBack(), 'household.nation'],
      [() => page.goForward(), 'child.age'],
      [() => page.goBack(), 'household.nation'],
    ];
    for (const [step, fact] of steps) {
      await step();
      await expect.poll(() => questionOn(page)).toBe(fact);
      expect((await said()).length, fact).toBe(fact === 'child.age' ? 2 : 1);
    }
    await page.check('input[value=wales]');
    await turn(() => page.click('button[value=answer]'));
    await turn(() => page.click('button[value=confirm]'));
    expect(await questionOn(page)).toBe(third);
    // What else was answered stands, and stays readable.
    expect((await said()).map((one) => one.split(' / ').at(-1))).toEqual([
      'Benefits for disability and caring',
      '7',
      'Wales',
      'Change my answer',
    ]);
    await end();
  });

  it('is where it was after a reload, and after a look at another page', async () => {
    const { page, answer, loaded, heard, end } = await begun();
    await answer();
    const fact = await questionOn(page);
    await page.reload();
    await expect.poll(() => questionOn(page)).toBe(fact);
    // The focus says where we are, and nobody said anything.
    expect(await heard()).toEqual([]);
    await page.click('.fp-footer a[href^="/about"]');
    await page.goBack();
    await expect.poll(() => questionOn(page)).toBe(fact);
    expect(loaded.filter((one) => one.startsWith('POST'))).toEqual([]);
    await end();
  });

  it('changes the language of what stands there, and not of what was said', async () => {
    const { page, turn, answer, refused, loaded, end } = await begun();
    await answer();
    const fact = await questionOn(page);
    await turn(() => page.click('button[value="language ur"]'));
    expect(await questionOn(page)).toBe(fact);
    expect(await page.evaluate('[document.documentElement.lang, document.documentElement.dir]')).toEqual([
      'ur',
      'rtl',
    ]);
    await expect
      .poll(() => page.evaluate('getComputedStyle(document.body).fontFamily'))
      .toContain('Nastaliq');
    const left = `document.querySelector('main input[type=radio], main .govuk-input').getBoundingClientRect().right`;
    expect(await page.evaluate<number>(left)).toBeGreaterThan(195);
    expect(await page.locator('.fp-said li').first().getAttribute('lang')).toBe('en');
    expect(await page.locator('.fp-said li').first().getAttribute('dir')).toBe('ltr');
    await answer();
    expect(await page.locator('.fp-said li').last().getAttribute('lang')).toBe('ur');
    await expectFocusOnHeading(page);
    // The screens of before are in another language: the server says where we are.
    await page.goBack();
    await page.goBack();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('ur');
    expect([await refused(), loaded.length]).toEqual([[], 1]);
    await end();
  });

  it('goes back to the earlier questions in the language of now, to the start and forward again', async () => {
    const { page, turn, answer, said, refused, loaded, end } = await begun();
    await answer();
    await answer();
    const third = await questionOn(page);
    await turn(() => page.click('button[value="language pl"]'));
    // The same question in other words is no step.
    for (const [fact, turns] of [
      ['child.age', 2],
      ['household.nation', 1],
    ] as const) {
      await turn(() => page.goBack());
      expect([await questionOn(page), (await said()).length]).toEqual([fact, turns]);
      expect(await page.locator('html').getAttribute('lang')).toBe('pl');
      await expectFocusOnHeading(page);
    }
    expect(await page.locator('main h1').innerText()).toContain('Gdzie');
    expect(await page.locator('input[value=england]').isChecked()).toBe(true);
    await turn(() => page.goBack());
    expect(await page.locator('main h1').innerText()).toContain('Na jaką pomoc');
    for (const fact of ['household.nation', 'child.age', third]) {
      await page.goForward();
      await expect.poll(() => questionOn(page)).toBe(fact);
    }
    expect(await said()).toHaveLength(3);
    await answer();
    expect(await said()).toHaveLength(4);
    expect([await refused(), loaded.length]).toEqual([[], 1]);
    await end();
  });

  it('goes back in another language to what was found and to an entry, too, and also in haste', async () => {
    const { page, turn, answer, loaded, end } = await begun();
    await answer();
    await answer();
    await turn(() => page.locator('.fp-menu button[value="show answers"]').click());
    await turn(() => page.locator('.fp-menu button[value="show found"]').click());
    await turn(() => page.locator('.fp-card__title button').first().click());
    await turn(() => page.click('button[value="language cy"]'));
    const entry = await page.locator('main h1').innerText();
    await turn(() => page.locator('.fp-menu button[value="show topics"]').click());
    await turn(() => page.click('button[value="language pl"]'));
    await turn(() => page.goBack());
    expect(await page.locator('.fp-entry').count()).toBe(1);
    expect(await page.locator('main h1').innerText()).not.toBe(entry);
    await turn(() => page.goBack());
    expect(await page.locator('.fp-card').count()).toBeGreaterThan(0);
    await turn(() => page.goBack());
    expect(await page.locator('.govuk-summary-list').count()).toBeGreaterThan(0);
    await page.evaluate('history.back(); history.back()');
    await expect.poll(() => questionOn(page)).toBe('child.age');
    await page.evaluate('history.forward()');
    await expect.poll(() => questionOn(page)).not.toBe('child.age');
    expect(await questionOn(page)).toBeDefined();
    expect(loaded).toHaveLength(1);
    await end();
  });

  it('says what reads an earlier question aloud in a language that it names', async () => {
    const { page, begin, turn, answer, end } = await chat(browser);
    await page
      .context()
      .addInitScript(`Object.defineProperty(window, 'speechSynthesis', { value: Object.assign(new EventTarget(), {
        getVoices: () => ['en', 'ar'].map((lang) => ({ lang, localService: true })), cancel() {}, speak() {} }) });`);
    await begin(`${served.url}/?lang=en`);
    await answer();
    await turn(() => page.click('button[value="language ar"]'));
    const button = page.locator('.fp-said li[lang=en] .fp-read').first();
    expect(await button.innerText()).toMatch(/[\u0600-\u06ff]/);
    expect([await button.getAttribute('lang'), await button.getAttribute('dir')]).toEqual(['ar', 'rtl']);
    await end();
  });

  it.each([
    ['en', '1 November 2026'],
    ['cy', '1 Tachwedd 2026'],
    ['pl', '1 listopada 2026'],
    ['ur', '1 نومبر، 2026'],
    ['bn', '1 নভেম্বর, 2026'],
    ['ar', '1 نوفمبر 2026'],
  ])('says a date back as people say it: %s', async (lang, words) => {
    const { page, turn, said, end } = await begun({}, `/?lang=${lang}`);
    const ask = () =>
      page.evaluate(`document.querySelector('.fp-menu button').value = 'ask child.ehc_request_date 0'`);
    await ask();
    await turn(() => page.locator('.fp-menu button').first().click());
    for (const [name, value] of [
      ['day', '01'],
      ['month', ' 11'],
      ['year', '2026'],
    ] as const)
      await page.fill(`#answer-${name}`, value);
    await turn(() => page.click('button[value=answer]'));
    expect((await said()).at(-1)?.split(' / ').at(-1)).toBe(words);
    await end();
  });

  it('says a date back as it was typed where it was no date in figures', async () => {
    const { page, turn, said, end } = await begun();
    await page.evaluate(`document.querySelector('.fp-menu button').value = 'ask child.ehc_request_date 0'`);
    await turn(() => page.locator('.fp-menu button').first().click());
    await page.fill('#answer-day', '3');
    await page.fill('#answer-month', 'Oct');
    await page.fill('#answer-year', '2026');
    await turn(() => page.click('button[value=answer]'));
    expect((await said()).at(-1)).toMatch(/ \/ 3 Oct 2026$/);
    await end();
  });

  it('erases with a page of its own, and shows nothing with Back', async () => {
    const { page, answer, end } = await begun();
    await answer();
    await Promise.all([page.waitForEvent('load'), page.click('button[value=erase]')]);
    expect(await page.locator('h1').innerText()).toBe('Your answers are erased');
    expect(await page.locator('.fp-said').count()).toBe(0);
    await expectNothingWithBack(page);
    await end();
  });

  it.each(['the button', 'Shift, three times'])(
    'leaves at once with %s, and shows nothing with Back',
    async (by) => {
      const { page, answer, requests, end } = await begun();
      await page.route(`${LEAVE_TO}**`, (route) => route.fulfill({ body: '<title>Weather</title>' }));
      await answer();
      if (by === 'the button') await page.click('.fp-leave').catch(() => undefined);
      // Typing capitals is no leaving.
      else {
        for (const key of ['Shift', 'a', 'Shift', 'b', 'Shift']) await page.keyboard.press(key);
        expect(requests.filter((url) => url.endsWith('/leave'))).toEqual([]);
        await page.keyboard.press('b');
        for (let i = 0; i < 3; i++) await page.keyboard.press('Shift').catch(() => undefined);
      }
      await page.waitForURL((url) => url.href.startsWith(LEAVE_TO)).catch(() => undefined);
      expect(requests).toContain(LEAVE_TO);
      await expectNothingWithBack(page);
      await end();
    },
  );

  it.each([
    ['leave', '.fp-leave', 'https://www.bbc.co.uk/weather'],
    ['erase', 'button[value=erase]', '/conversation'],
    ['look at help', '.fp-footer a[href^="/help"]', '/help?lang=en'],
  ])('does not hold back whoever wants to %s while an answer is on its way', async (_, button, address) => {
    const { page, requests, loaded, end } = await begun();
    await page.route(`${LEAVE_TO}**`, (route) => route.fulfill({ body: '<title>Weather</title>' }));
    await page.route('**/conversation', async (route) => {
      if (route.request().isNavigationRequest()) return route.continue();
      await new Promise((done) => setTimeout(done, 700));
      await route.abort('connectionreset').catch(() => undefined);
    });
    await page.check('input[value=england]');
    await page.click('button[value=answer]');
    await page.click(button, { noWaitAfter: true });
    await page.waitForTimeout(2_000);
    expect(requests.some((url) => url.endsWith(address))).toBe(true);
    expect(loaded.filter((one) => one.startsWith('POST') && one.endsWith('/conversation'))).toHaveLength(
      address === '/conversation' ? 1 : 0,
    );
    if (address === '/conversation') expect(await page.locator('main h1').innerText()).toContain('erased');
    await end();
  });

  it('says beside the button that Shift leaves too, where there is a keyboard', async () => {
    const { page, end } = await begun({ viewport: { width: 1280, height: 800 } });
    expect(await page.locator('#leave-keys').isVisible()).toBe(true);
    expect(await page.locator('.fp-leave').getAttribute('aria-describedby')).toBe('leave-hint leave-keys');
    await end();
  });

  it('sends once what is pressed twice, and heeds what is pressed last', async () => {
    const { page, turn, requests, heard, end } = await begun();
    let held = 0;
    // The first is held for good; the script gives it up for the other.
    await page.route('**/conversation', async (route) => {
      held++;
      if (held > 1) await route.continue();
    });
    const first = await questionOn(page);
    await heard();
    await page.check('input[value=england]');
    await page.click('button[value=answer]');
    await page.click('button[value=answer]');
    await page.locator('.fp-wait').waitFor();
    expect(held).toBe(1);
    await turn(() => page.click('.fp-so-far button, .fp-menu button[value="show answers"] >> nth=0'));
    expect(held).toBe(2);
    expect(await questionOn(page)).not.toBe(first);
    expect(await page.locator('.fp-wait').count()).toBe(0);
    expect(requests.filter((url) => url.endsWith('/conversation'))).toHaveLength(3);
    await end();
  });

  it('takes the second press of a double click for what stood there before', async () => {
    const { page, turn, said, end } = await begun();
    await page.check('input[value=england]');
    const button = page.locator('button[value=answer]');
    await button.hover();
    await turn(async () => {
      await page.mouse.down();
      await page.mouse.up();
    });
    // Whatever the second would have met, it is where the first was.
    const second = await questionOn(page);
    const box = await page.locator('button[value="answer not_sure"]').boundingBox();
    await page.mouse.move((box?.x ?? 0) + 9, (box?.y ?? 0) + 9);
    await page.mouse.down({ clickCount: 2 });
    await page.mouse.up({ clickCount: 2 });
    await page.waitForTimeout(700);
    expect([await questionOn(page), (await said()).length]).toEqual([second, 2]);
    // A press of its own counts.
    await turn(() => page.click('button[value="answer not_sure"]'));
    expect(await said()).toHaveLength(3);
    await end();
  });

  it('shows nothing of a conversation that was erased in another tab', async () => {
    const { page, answer, said, end } = await begun();
    await answer();
    const id = await page.locator('#conversation').inputValue();
    await post(served.url, '/conversation', { conversation: id, do: 'erase' });
    await answer();
    await page.locator('#text').waitFor();
    expect(await said()).toEqual([]);
    expect(await page.locator('.fp-news').innerText()).toContain('not here any more');
    await page.goBack();
    await page.locator('.fp-points').waitFor();
    expect(await questionOn(page)).toBeUndefined();
    await end();
  });

  it('shows nothing of what it was about while the way to another page is slow', async () => {
    const { page, turn, end } = await begun();
    // So slow that it never comes.
    await page.evaluate(
      `addEventListener('submit', (event) => event.target.id === 'leave' && event.preventDefault())`,
    );
    await page.locator('.fp-own-words summary').click();
    await page.fill('#said', 'my husband hits me');
    await turn(() => page.click('button[value=say]'));
    await turn(() => page.locator('main button[value=continue]').last().click());
    expect(await page.locator('.fp-help__again').count()).toBe(1);
    await page.click('.fp-leave');
    await expect.poll(() => page.locator('main > *, .fp-help__again, .fp-said').count()).toBe(0);
    await end();
  });

  it('can be used by keyboard alone, with the focus never behind the head of the page', async () => {
    const { page, turn, end } = await begun({}, '/?lang=en&council=X99000001');
    const covered = `(() => {
      const one = document.activeElement.closest('.govuk-radios__item, .govuk-checkboxes__item') ?? document.activeElement;
      // Past the last link the focus is outside the page.
      if (one === document.body) return '';
      const { left, top, width, height } = one.getBoundingClientRect();
      const seen = document.elementFromPoint(left + Math.min(width / 2, 20), top + height / 2);
      return seen && (one.contains(seen) || seen.contains(one)) ? '' : one.outerHTML.slice(0, 200);
    })()`;
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await turn(() => page.keyboard.press('Enter'));
    await expectFocusOnHeading(page);
    for (const key of ['Tab', 'Shift+Tab']) {
      for (let i = 0; i < 25; i++) {
        await page.keyboard.press(key);
        expect(await page.evaluate(covered)).toBe('');
      }
    }
    await end();
  });

  it('prints what was found, and neither what was said nor anything to press', async () => {
    const { page, turn, answer, end } = await begun();
    await answer();
    await turn(() => page.locator('.fp-menu button[value="show answers"]').click());
    await turn(() => page.locator('.fp-menu button[value="show found"]').click());
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['.fp-said', '.fp-leave', '.fp-menu', '.fp-buttons'])
      expect(await page.locator(hidden).first().isVisible()).toBe(false);
    expect(await page.locator('.fp-card').first().isVisible()).toBe(true);
    await end();
  });

  describe('reading aloud', () => {
    const VOICES = (voices: object[]) => `
      window.spoken = [];
      const synthesis = Object.assign(new EventTarget(), {
        getVoices: () => ${JSON.stringify(voices)},
        speak: (line) => { spoken.push([line.lang, line.text]); window.line = line; },
        cancel: () => spoken.push('stop'),
      });
      Object.defineProperty(window, 'speechSynthesis', { value: synthesis });
      window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    `;

    it('reads a message with a voice of the device, and stops when pressed again', async () => {
      const { page, begin, answer, end } = await chat(browser);
      await page.context().addInitScript(VOICES([{ lang: 'en-GB', localService: true }]));
      await begin(served.url);
      const button = page.locator('main .fp-read');
      expect(await button.innerText()).toBe('Read aloud');
      await button.click();
      expect(await button.innerText()).toBe('Stop reading');
      const texts = await page.evaluate<[string, string][]>('spoken');
      expect(texts[0]).toEqual(['en-GB', expect.stringContaining('Where do you live?')]);
      expect(texts.map(([, text]) => text)).toContain('England');
      expect(texts.join()).not.toMatch(/Continue|Read aloud|Your answers/);
      await button.click();
      expect([await button.innerText(), await page.evaluate('spoken.at(-1)')]).toEqual([
        'Read aloud',
        'stop',
      ]);
      // By itself at the end.
      await button.click();
      await page.evaluate('line.onend()');
      expect(await button.innerText()).toBe('Read aloud');
      await button.click();
      await answer();
      expect(await page.evaluate('spoken.at(-1)')).toBe('stop');
      expect(await page.locator('.fp-said .fp-read').count()).toBe(2);
      await end();
    });

    it.each([
      ['there is no voice', []],
      ['the voices are of another language', [{ lang: 'fr-FR', localService: true }]],
      ['the voice would send the text away', [{ lang: 'en-GB', localService: false }]],
    ])('is not offered where %s', async (_, voices) => {
      const { page, begin, end } = await chat(browser);
      await page.context().addInitScript(VOICES(voices));
      await begin(served.url);
      expect(await page.locator('.fp-read').count()).toBe(0);
      await end();
    });
  });

  /** However far back somebody goes: no question, no answer, and no word of there having been any. */
  async function expectNothingWithBack(page: Page): Promise<void> {
    for (let i = 0; i < 4; i++) {
      await page.goBack({ timeout: 1_000 }).catch(() => undefined);
      // It may be on its way to the start page.
      await page.waitForTimeout(500);
      await expect.poll(() => page.content().catch(() => undefined)).toBeDefined();
      const html = await page.content();
      for (const trace of ['name="fact"', 'not here any more', '<li lang'])
        expect(html.split('<template')[0]).not.toContain(trace);
    }
  }
});
