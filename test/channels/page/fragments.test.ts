/** What the server sends to the chat, and to the pages of several councils. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FRAGMENT, SECURITY_HEADERS, securityHeaders } from '../../../src/channels/page/page.ts';
import { get, post, type Served, serve } from './serve.ts';

const EXAMPLE = 'X99000001';
const ITS_WORDS = 'This page is an example of a council that does not exist.';

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.stop());

const say = (fields: Parameters<typeof post>[2], headers?: Record<string, string>) =>
  post(served.url, '/conversation', fields, headers);
const open = (path: string) => get(served.url, path);
const frameOf = (html: string) => /data-frame="([^"]+)"/.exec(html)?.[1] ?? '';
const policyOf = ({ headers }: { headers: Headers }) => headers.get('content-security-policy') ?? '';

describe('a fragment', () => {
  it('is the title and the main part of the same page, where the chat has the rest', async () => {
    const { id } = await say({ do: 'topics none' });
    const page = await say({ conversation: id, do: 'here' });
    const headers = { Accept: FRAGMENT, 'Fingerpost-Frame': frameOf(page.html) };
    const part = await say({ conversation: id, do: 'here' }, headers);
    expect(part.headers.get('content-type')).toBe(`${FRAGMENT}; charset=utf-8`);
    const main = /<main [\s\S]*<\/main>/.exec(page.html)?.[0];
    expect(part.html).toBe(`<title>${page.title}</title>${main}`);
    expect(part.html).toContain(`name="conversation" id="conversation" value="${id}"`);
    expect(part.html.length).toBeLessThan(page.html.length / 2);
    // Nobody goes back to a fragment: no cache has to keep it, least of all for who asks for the page.
    expect(part.headers.get('cache-control')).toBe('no-store');
    for (const { headers } of [part, page]) expect(headers.get('vary')).toBe('Accept, Fingerpost-Frame');
  });

  it('is the whole page where what is around it changes, as at the start and with another language', async () => {
    const headers = (frame: string) => ({ Accept: FRAGMENT, 'Fingerpost-Frame': frame });
    const start = await open('/');
    const first = await say({ do: 'topics none', lang: 'en' }, headers(frameOf(start.html)));
    expect(first.html).toMatch(/^<!DOCTYPE html>/);
    const fields = { conversation: first.id, lang: 'en' };
    const ours = headers(frameOf(first.html));
    expect((await say({ ...fields, do: 'show topics' }, ours)).html).not.toContain('<header');
    const welsh = await say({ ...fields, do: 'language cy' }, ours);
    expect(welsh.html).toContain('<html lang="cy"');
    // Once danger came up, the way back to its help stands at the top.
    const danger = await say({ ...fields, do: 'text', text: 'I want to die' }, headers(frameOf(welsh.html)));
    const after = await say({ ...fields, do: 'continue' }, headers(frameOf(danger.html)));
    expect(after.html).toContain('<header');
    expect(new Set([start, first, welsh, after].map(({ html }) => frameOf(html))).size).toBe(4);
  });

  it('says what went wrong with the same status, and what is no turn comes as a page', async () => {
    const { id, fact } = await say({ do: 'topics none' });
    const chat = { Accept: FRAGMENT };
    const empty = await say({ conversation: id, do: 'answer', fact, child: '0' }, chat);
    expect([empty.status, empty.headers.get('content-type')]).toEqual([422, `${FRAGMENT}; charset=utf-8`]);
    const gone = await say({ conversation: 'nobody', do: 'here' }, chat);
    expect([gone.status, gone.headers.get('content-type')]).toEqual([404, `${FRAGMENT}; charset=utf-8`]);
    for (const fields of ['do=nonsense', 'do=here&conversation=../..']) {
      const page = await say(fields, chat);
      expect([page.status, page.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
    }
  });

  it('is never sent to a browser that did not ask for it', async () => {
    const page = await say({ do: 'topics none' }, { Accept: 'text/html,*/*;q=0.8', 'Fingerpost-Frame': 'x' });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.html).toMatch(/^<!DOCTYPE html>/);
  });
});

describe('the security policy', () => {
  it('lets in our own files only, and no text becomes HTML but through our one policy', async () => {
    const { 'Content-Security-Policy': policy = '' } = SECURITY_HEADERS;
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "require-trusted-types-for 'script'",
      'trusted-types fingerpost',
      "base-uri 'none'",
    ])
      expect(policy.split('; ')).toContain(part);
    expect(policy).not.toContain('unsafe');
    for (const page of [await open('/'), await open('/nope'), await say({ do: 'topics none' })])
      expect(policyOf(page)).toBe(policy);
    // Nothing in the page would be refused.
    expect((await open('/')).html).not.toMatch(/ on\w+="|style="|<script(?! type="module" src="\/assets\/)/);
  });

  it('names who may frame a page, and only on pages that stand in a frame', async () => {
    expect(securityHeaders({ frameAncestors: ['https://a.example'] })['Content-Security-Policy']).toContain(
      "frame-ancestors 'self' https://a.example;",
    );
    const ancestors = async (path: string) => /frame-ancestors ([^;]*)/.exec(policyOf(await open(path)))?.[1];
    expect(await ancestors(`/?council=${EXAMPLE}&framed`)).toBe(
      "'self' http://localhost:* http://127.0.0.1:*",
    );
    expect(await ancestors(`/help?council=${EXAMPLE}&framed`)).toContain('localhost');
    for (const path of [
      `/?council=${EXAMPLE}`,
      '/?framed',
      '/?council=E99999999&framed',
      '/',
      '/?framed&council=',
    ])
      expect(await ancestors(path), path).toBe("'self'");
    const framed = await say({ do: 'topics none', council: EXAMPLE, framed: '1' });
    expect(policyOf(framed)).toContain('http://localhost:*');
    expect(policyOf(await say({ do: 'topics none', council: EXAMPLE }))).not.toContain('localhost');
    // A form that is broken is answered in the same frame, and one that is too large in whichever it was.
    const large = await say(`text=${'x'.repeat(100_000)}`, { 'Sec-Fetch-Dest': 'iframe' });
    expect([large.status, policyOf(large).includes('http://localhost:*')]).toEqual([413, true]);
    expect(policyOf(await say(`text=${'x'.repeat(100_000)}`))).not.toContain('localhost');
    expect(policyOf(await say({ do: 'nonsense', council: EXAMPLE, framed: '1' }))).toContain('localhost');
  });
});

describe('the page of a council', () => {
  it('has its brand and its texts, in the start page and all through a conversation', async () => {
    const start = await open(`/?council=${EXAMPLE}`);
    expect(start.html).toContain('Example Council (not a real place)');
    expect(start.html).toContain(ITS_WORDS);
    const sheet = /href="(\/assets\/page\.[^"]+)"/.exec(start.html)?.[1] ?? '';
    expect((await open(sheet)).html).toContain('--green:#5a2a6e');
    const page = await say({ do: 'topics none', council: EXAMPLE });
    expect(page.html).toContain('Example Council (not a real place)');
    expect(page.html).toContain(sheet);
    const erased = await say({ conversation: page.id, do: 'erase', council: EXAMPLE });
    expect(erased.html).toContain(`/?lang=en&amp;council=${EXAMPLE}"`);
    const again = await say({ conversation: page.id, do: 'restart', council: EXAMPLE });
    expect(again.headers.get('location')).toBe(`/?lang=en&council=${EXAMPLE}`);
    const typed = await get(served.url, `/conversation?council=${EXAMPLE}`);
    expect(typed.headers.get('location')).toBe(`/?lang=en&council=${EXAMPLE}`);
  });

  it.each(['', '&framed'])('is carried on by every link and every form%s', async (framed) => {
    const query = `&amp;council=${EXAMPLE}${framed.replace('&', '&amp;')}`;
    const first = await open(`/?lang=en&council=${EXAMPLE}${framed}`);
    const second = await say({ do: 'topics none', council: EXAMPLE, ...(framed ? { framed: '1' } : {}) });
    for (const { html } of [first, second]) {
      const links = [...html.matchAll(/href="(\/[^"]*\?[^"]*)"/g)].map(([, href]) => href);
      expect(links.length).toBeGreaterThan(4);
      expect(links.filter((href) => !href?.endsWith(query))).toEqual([]);
      for (const [form] of html.matchAll(/<form [\s\S]*?<\/form>/g)) {
        expect(form).toContain(`name="council" value="${EXAMPLE}"`);
        expect(form.includes('name="framed"')).toBe(framed !== '');
      }
    }
  });

  it('is not another council’s, nor everybody’s: pages that are kept do not mix', async () => {
    const paths = ['/', '/help', '/entry/dla-child'];
    const plain = await Promise.all(paths.map(open));
    for (const path of paths)
      expect((await open(`${path}?council=${EXAMPLE}`)).html).toContain('Example Council');
    for (const [i, path] of paths.entries()) {
      const { html } = await open(path);
      expect(html).toBe(plain[i]?.html);
      expect(html).not.toMatch(/Example Council|name="council"|council=/);
    }
    const { id } = await say({ do: 'topics none', council: EXAMPLE });
    expect((await say({ conversation: id, do: 'here' })).html).not.toContain('Example Council');
  });

  it.each(['E99999999', 'E06000023', '', 'x', '"><script>', '__proto__', 'X99000001%00'])(
    'is the page of no council where "%s" has no folder',
    async (code) => {
      const page = await open(`/?council=${encodeURIComponent(code)}`);
      expect(page.status).toBe(200);
      expect(page.html).toBe((await open('/')).html);
      const asked = await say({ do: 'topics none', council: code });
      expect([asked.status, asked.html.includes('name="council"')]).toEqual([200, false]);
    },
  );

  it('is the server’s own where none is named, and another or none where one is', async () => {
    const own = await serve(undefined, { area: EXAMPLE });
    try {
      const start = await get(own.url, '/');
      expect(start.html).toContain(ITS_WORDS);
      expect(start.html).not.toMatch(/name="council"|council=/);
      const none = await get(own.url, '/?council=');
      expect(none.html).not.toContain(ITS_WORDS);
      expect(none.html).toContain('name="council" value=""');
      const asked = await post(own.url, '/conversation', { do: 'topics none', council: '' });
      expect(asked.html).not.toContain('Example Council');
      expect((await post(own.url, '/conversation', { do: 'topics none' })).html).toContain('Example Council');
    } finally {
      await own.stop();
    }
  });

  it('leaves with the whole tab, and opens other people’s pages beside, in a frame', async () => {
    const framed = await open(`/entry/dla-child?council=${EXAMPLE}&framed`);
    expect(framed.html).toMatch(/<form [^>]*id="leave" target="_top"/);
    expect(framed.html).toMatch(/href="https:[^"]*" rel="noreferrer" target="_blank"/);
    expect(framed.html).not.toMatch(/href="https:[^"]*" rel="noreferrer">/);
    const plain = await open('/entry/dla-child');
    expect(plain.html).not.toContain('target=');
  });
});

describe('what is sent for the chat', () => {
  it('is small: the script, the embed and the style', async () => {
    const { html } = await open('/');
    const size = async (path: string) => gzipSync((await open(path)).html, { level: 9 }).length;
    const chat = /src="(\/assets\/chat\.[^"]+)"/.exec(html)?.[1] ?? '';
    expect(await size(chat)).toBeLessThan(6 * 1024);
    expect(await size('/embed.js')).toBeLessThan(3 * 1024);
    expect(await size(/href="(\/assets\/page\.[^"]+)"/.exec(html)?.[1] ?? '')).toBeLessThan(15 * 1024);
  });

  it('never changes under its name, but for the embed, which other origins may load', async () => {
    const chat = /src="(\/assets\/chat\.[^"]+)"/.exec((await open('/')).html)?.[1] ?? '';
    const script = await open(chat);
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    const embed = await open('/embed.js');
    expect(embed.headers.get('cache-control')).toBe('public, max-age=3600');
    expect(embed.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    // The words of all languages, and the colours of the council that may use it.
    for (const word of ['What help can your family have?', 'Pa help all eich teulu', '#5a2a6e'])
      expect(embed.html).toContain(word);
    for (const { html } of [script, embed])
      expect(html).not.toMatch(/innerHTML|document\.write|eval\(|Storage|cookie/);
  });
});
