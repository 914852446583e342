import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { get, post, type Served, serve } from './serve.ts';

let now = new Date('2026-11-23T12:00:00Z');
let served: Served;
beforeAll(async () => {
  served = await serve(() => now);
});
afterAll(() => served.stop());

/** @returns the page as a reader reads it, without its marks. */
async function read(path: string, at: string): Promise<string> {
  now = new Date(at);
  return (await get(served.url, path)).html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

describe('how to reach somebody', () => {
  it('is a link that calls, a link that texts, and a number for Relay UK', async () => {
    const { html } = await get(served.url, '/help');
    expect(html).toContain('href="tel:116123"');
    expect(html).toContain('href="tel:18001111"');
    expect(html).toContain('href="sms:85258?&amp;body=SHOUT"');
    expect(html).toContain('href="sms:88247"');
  });

  it('says who is open at this minute, although pages are kept', async () => {
    const page = (at: string) => read('/entry/debt-advice', at);
    const before = await page('2026-11-23T07:59:00Z');
    expect(before).toContain('StepChange Closed now. Opens at 8am today');
    expect(before).toContain('Open: Monday to Friday, 8am to 8pm; Saturday, 9am to 2pm');
    expect(before).toContain('Last checked: October 2026');
    expect(await page('2026-11-23T08:00:00Z')).toContain('StepChange Open now, until 8pm');
    expect(await page('2026-12-25T12:00:00Z')).toContain(
      'StepChange Today is a bank holiday. The hours may differ',
    );
  });

  it('after hours puts first who is open', async () => {
    const order = async (at: string) => {
      const page = await read('/entry/bereavement-support', at);
      const contacts = page.slice(page.indexOf('Who can help'));
      return contacts.indexOf('The Compassionate Friends') < contacts.indexOf('Child Bereavement UK');
    };
    expect(await order('2026-11-23T12:00:00Z')).toBe(false);
    // Monday evening: Cruse has closed, the Compassionate Friends answer until 10pm, of the first we do not know.
    expect(await order('2026-11-23T19:30:00Z')).toBe(true);
  });

  it('keeps the curator’s order in danger, and says when a closed line opens', async () => {
    now = new Date('2026-11-23T23:00:00Z');
    const { html } = await post(served.url, '/conversation', {
      do: 'text',
      text: 'we have no food tonight',
      lang: 'en',
    });
    expect(html).toContain('fp-danger');
    const lines = html.slice(html.indexOf('fp-danger'));
    expect(lines.indexOf('Citizens Advice (England)')).toBeLessThan(lines.indexOf('MoneyHelper'));
    expect(lines).toContain('Closed now. Opens at 9am tomorrow');
  });

  it('does not print who is open now, but prints the number', async () => {
    const { html } = await get(served.url, '/entry/debt-advice');
    const sheet = /href="(\/assets\/page\.[^"]+\.css)"/.exec(html)?.[1] ?? '';
    const css = await (await fetch(served.url + sheet)).text();
    const print = css.slice(css.lastIndexOf('@media print'));
    expect(/([^{}]*){\s*display: none !important/.exec(print)?.[1]).toContain('.fp-now');
    expect(html).toMatch(/href="tel:08001381111">Call <bdi dir="ltr">0800 138 1111<\/bdi>/);
  });
});
