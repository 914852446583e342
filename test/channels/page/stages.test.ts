import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openContent } from '../../../src/content/open.ts';
import { dayOf } from '../../../src/engine/conversation.ts';
import { dateInWords } from '../../../src/speech/figures.ts';
import { get, post, type Served, serve, TODAY } from './serve.ts';

const ENTRY = 'ehc-needs-assessment-request';
const { content } = await openContent(join(import.meta.dirname, '../../..'));
const stages = content.entries.get(ENTRY)?.stages ?? [];

let now = TODAY;
let served: Served;
beforeAll(async () => {
  served = await serve(() => now);
});
afterAll(() => served.stop());

const count = (html: string, part: string) => html.split(part).length - 1;

describe('the whole way on an entry page', () => {
  it('stands for anyone to read, without a date', async () => {
    const { html } = await get(served.url, `/entry/${ENTRY}?lang=en`);
    expect(stages.length).toBeGreaterThan(3);
    expect(count(html, '<li class="fp-stage ')).toBe(stages.length);
    expect(html).not.toContain('fp-deadline');
    expect(html).not.toContain('value="ask ');
  });

  it('asks a family for the date, then has their own days, which go by as time does', async () => {
    const { id: conversation } = await post(served.url, '/conversation', {
      lang: 'en',
      do: 'topics',
      topic: 'ehcp-process',
    });
    const on = (fields: Record<string, string>) =>
      post(served.url, '/conversation', { conversation, lang: 'en', ...fields });
    const answer = async (fact: string, fields: Record<string, string>) => {
      await on({ do: `ask ${fact} 0` });
      await on({ do: 'answer', fact, child: '0', ...fields });
    };
    await answer('household.nation', { value: 'england' });
    await answer('child.ehc', { value: 'asked' });
    const before = (await on({ do: `entry ${ENTRY}` })).html;
    expect(before).toContain('value="ask child.ehc_request_date 0"');
    expect(before).not.toContain('fp-deadline');

    await answer('child.ehc_request_date', { day: '28', month: '10', year: '2026' });
    const after = (await on({ do: `entry ${ENTRY}` })).html;
    expect(after).not.toContain('value="ask child.ehc_request_date 0"');
    const dates = stages.filter(({ clock }) => clock?.from === 'child.ehc_request_date');
    expect(count(after, 'class="fp-deadline ')).toBe(dates.length);
    // Six weeks from 28 October.
    expect(after).toContain('<bdi class="fp-together">9 December 2026</bdi>');
    expect(after).not.toContain('fp-deadline--past');

    now = new Date('2026-12-10T00:00:00Z');
    expect(count((await on({ do: `entry ${ENTRY}` })).html, 'fp-deadline--past')).toBe(1);
    now = TODAY;
  });
});

describe('an entry past its review date', () => {
  const [id = '', entry] = [...content.entries].find(([, { summary }]) => summary.includes('{{rate.')) ?? [];
  const reviewBy = entry?.review_by ?? '';
  const noteIn = async (day: Date) => {
    now = day;
    const { html } = await get(served.url, `/entry/${id}?lang=en`);
    now = TODAY;
    const article = html.slice(html.indexOf('<article'), html.indexOf('</article>'));
    return { note: /<p class="fp-note">(.*?)<\/p>/.exec(article)?.[1], article };
  };

  it('says when it was checked and leads to the page it comes from, in place of every figure', async () => {
    const lastDay = await noteIn(new Date(`${reviewBy}T12:00:00Z`));
    expect(dayOf(new Date(`${reviewBy}T12:00:00Z`))).toBe(reviewBy);
    expect(lastDay.note).toBeUndefined();
    expect(lastDay.article).toMatch(/£\d/);
    const later = await noteIn(new Date(Date.parse(`${reviewBy}T12:00:00Z`) + 86_400_000));
    expect(later.note).toContain(`We last checked this on ${dateInWords(entry?.checked ?? '', 'en')}.`);
    expect(later.article).not.toMatch(/£\d/);
    expect(later.article).toContain(content.sources.get(entry?.sources[0] ?? '')?.url);
  });
});

describe('where an entry comes from', () => {
  const first = (id: string) => content.sources.get(content.entries.get(id)?.sources[0] ?? '');

  it('is called an official page only where it is one', async () => {
    const said = async (id: string) => {
      const { html } = await get(served.url, `/entry/${id}?lang=en`);
      return new RegExp(`href="${first(id)?.url}" rel="noreferrer">(.*?)</a>`).exec(html)?.[1];
    };
    expect(first('dla-child')?.publisher).toBe('GOV.UK');
    expect(await said('dla-child')).toMatch(/^Official page: /);
    expect(first('family-fund')?.publisher).toBe('Family Fund');
    expect(await said('family-fund')).not.toContain('Official page');
  });
});
