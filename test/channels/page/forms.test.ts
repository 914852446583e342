import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { get, post, type Served, serve } from './serve.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.stop());

const say = (fields: Parameters<typeof post>[2], headers?: Record<string, string>) =>
  post(served.url, '/conversation', fields, headers);
const begin = () => say({ do: 'topics', topic: ['disability-carer-benefits', 'school-support'] });
const open = (path: string, headers?: Record<string, string>) => get(served.url, path, headers);

/** A conversation in which this question is open. */
async function asked(fact: string) {
  const { id } = await begin();
  const page = await say({ conversation: id, do: `ask ${fact} 0` });
  expect(page.fact).toBe(fact);
  return page;
}

describe('answers in forms', () => {
  it('takes one choice, and asks the next question', async () => {
    const page = await asked('household.nation');
    const next = await say({
      conversation: page.id,
      do: 'answer',
      fact: page.fact,
      child: '0',
      value: 'england',
    });
    expect(next.status).toBe(200);
    expect(next.id).toBe(page.id);
    expect(next.fact).not.toBe('household.nation');
    const answers = await say({ conversation: page.id, do: 'show answers' });
    expect(answers.html).toContain('England');
  });

  it('takes several choices', async () => {
    const page = await asked('child.difficulties');
    await say({
      conversation: page.id,
      do: 'answer',
      fact: page.fact,
      child: '0',
      value: ['moving', 'learning'],
    });
    const answers = await say({ conversation: page.id, do: 'show answers' });
    expect(answers.html).toContain('Walking or moving around');
    expect(answers.html).toContain('Learning');
  });

  it.each([
    ['child.age', '7', '7 years old'],
    ['child.age', ' 18 months ', '18 months old'],
    ['carer.weekly_earnings', '204', '204'],
    ['carer.weekly_earnings', '£204.00', '204'],
  ])('reads %s typed as "%s"', async (fact, text, shown) => {
    const page = await asked(fact);
    const next = await say({ conversation: page.id, do: 'answer', fact, child: '0', text });
    expect(next.status).toBe(200);
    const answers = await say({ conversation: page.id, do: 'show answers' });
    expect(answers.html).toContain(shown);
  });

  it('reads a date from its three fields', async () => {
    const fact = 'child.ehc_refusal_letter_date';
    const page = await asked(fact);
    expect(page.html).toMatch(/name="day".*name="month".*name="year"/s);
    const fields = { conversation: page.id, fact, child: '0', do: 'answer' };
    const wrong = await say({ ...fields, day: '31', month: '2', year: '2026' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toMatch(/value="31"/);
    const next = await say({ ...fields, day: '3', month: '11', year: '2026' });
    expect(next.status).toBe(200);
    expect((await say({ conversation: page.id, do: 'show answers' })).html).toContain('3 November 2026');
  });

  it('takes no day that is still to come: with a slip in the year a deadline would be a year late', async () => {
    const fact = 'child.ehc_refusal_letter_date';
    const page = await asked(fact);
    const fields = { conversation: page.id, fact, child: '0', do: 'answer' };
    const wrong = await say({ ...fields, day: '3', month: '11', year: '2027' });
    expect([wrong.status, wrong.fact]).toEqual([422, fact]);
    expect(wrong.html).toContain('still to come');
    expect(wrong.html).toMatch(/value="2027"/);
    expect((await say({ ...fields, day: '22', month: '11', year: '2026' })).status).toBe(200);
  });

  it('takes "not sure" and "rather not say"', async () => {
    const page = await asked('household.nation');
    const fields = { conversation: page.id, fact: page.fact, child: '0' };
    expect((await say({ ...fields, do: 'answer not_sure' })).status).toBe(200);
    expect((await say({ conversation: page.id, do: 'show answers' })).html).toContain('Not sure');
  });

  it('means what it meant on an old page', async () => {
    const page = await asked('child.age');
    await say({ conversation: page.id, do: 'ask household.nation 0' });
    // The page with the age is still open in another tab, or came back with Back.
    const fields = { conversation: page.id, do: 'answer', fact: 'child.age', child: '0' };
    const wrong = await say({ ...fields, text: 'purple' });
    expect([wrong.status, wrong.fact]).toEqual([422, 'child.age']);
    await say({ conversation: page.id, do: 'ask household.nation 0' });
    const empty = await say({ ...fields, text: '' });
    expect([empty.status, empty.fact]).toEqual([422, 'child.age']);
    await say({ conversation: page.id, do: 'ask household.nation 0' });
    await say({ ...fields, text: '7 years' });
    expect((await say({ conversation: page.id, do: 'show answers' })).html).toContain('7 years old');
  });

  it('takes a correction in own words where we ask whether it is right', async () => {
    const page = await asked('child.age');
    const sure = await say({ conversation: page.id, do: 'say', fact: 'child.age', child: '0', said: '8?' });
    expect(sure.title).toContain('Is this right?');
    expect(sure.html).toContain('name="said"');
    const fields = { conversation: page.id, fact: 'child.age', child: '0', do: 'say' };
    expect((await say({ ...fields, said: 'no wait, 9' })).status).toBe(200);
    expect((await say({ conversation: page.id, do: 'show answers' })).html).toContain('9 years old');
  });

  it('shows the price of a change, and takes it when confirmed', async () => {
    const { id } = await begin();
    const answer = (fact: string, value: string | string[]) =>
      say({ conversation: id, do: 'answer', fact, child: '0', value });
    await answer('household.nation', 'england');
    const price = await answer('household.nation', 'scotland');
    expect(price.title).toContain('If you change this answer');
    expect(price.html).toContain('You said: England');
    const kept = await say({ conversation: id, do: 'show answers' });
    expect(kept.html).toContain('England');
    const fields = { conversation: id, fact: 'household.nation', child: '0', value: 'scotland' };
    expect((await say({ ...fields, do: 'confirm' })).status).toBe(200);
    expect((await say({ conversation: id, do: 'show answers' })).html).toContain('Scotland');
  });

  it('goes back, and twice the same back is one', async () => {
    const page = await asked('household.nation');
    await say({ conversation: page.id, do: 'answer', fact: page.fact, child: '0', value: 'wales' });
    for (let i = 0; i < 2; i++) {
      const back = await say({ conversation: page.id, do: 'back household.nation 0' });
      expect([back.status, back.fact]).toEqual([200, 'household.nation']);
    }
  });

  it('opens an entry, what was found, another child, and goes on', async () => {
    const { id } = await begin();
    expect((await say({ conversation: id, do: 'entry dla-child' })).title).toContain('Disability Living');
    expect((await say({ conversation: id, do: 'show found' })).html).toContain('fp-card');
    expect((await say({ conversation: id, do: 'go_on 21' })).fact).not.toBe('');
    expect((await say({ conversation: id, do: 'children 2' })).status).toBe(200);
    const child = await say({ conversation: id, do: 'ask child.age 1' });
    expect(child.html).toContain('Child 2');
  });

  it('changes the language and keeps the answers', async () => {
    const page = await asked('household.nation');
    const welsh = await say({ conversation: page.id, do: 'language cy' });
    expect(welsh.html).toContain('<html lang="cy"');
    expect([welsh.fact, welsh.id]).toEqual([page.fact, page.id]);
    const urdu = await say({ conversation: page.id, do: 'language ur' });
    expect(urdu.html).toContain('<html lang="ur" dir="rtl"');
  });

  it('reads what was typed, and finds topics', async () => {
    expect((await say({ do: 'text', text: 'we need dla' })).fact).not.toBe('');
    const none = await say({ do: 'text', text: 'zzz qqq' });
    expect(none.status).toBe(422);
    expect(none.html).toContain('zzz qqq');
  });

  it('helps first where the words tell of danger, and keeps the way back to it', async () => {
    const { id } = await begin();
    const page = await say({ conversation: id, do: 'text', text: 'I want to die' });
    expect(page.html).toContain('tel:116123');
    const next = await say({ conversation: id, do: 'continue' });
    expect(next.html).toMatch(/value="danger [a-z-]+"/);
    const kind = /value="(danger [a-z-]+)"/.exec(next.html)?.[1] as string;
    expect((await say({ conversation: id, do: kind })).title).toBe(page.title);
  });
});

describe('what cannot be read', () => {
  it('keeps what was ticked where "none of these" stands beside others', async () => {
    const page = await asked('child.difficulties');
    const value = ['none', 'moving'];
    const again = await say({
      conversation: page.id,
      do: 'answer',
      fact: page.fact,
      child: '0',
      value,
    });
    expect([again.status, again.fact]).toEqual([422, page.fact]);
    expect(again.html.match(/ checked/g)).toHaveLength(2);
    expect(again.title).toMatch(/^We could not read that: /);
    expect(again.html).toMatch(/<a href="#value">/);
  });

  it('escapes what was typed', async () => {
    const page = await asked('child.age');
    const text = '"><i id=x>qqq</i>';
    const again = await say({
      conversation: page.id,
      do: 'answer',
      fact: 'child.age',
      child: '0',
      text,
    });
    expect(again.status).toBe(422);
    expect(again.html).not.toContain('<i id=x');
    expect(again.html).toContain('&lt;i id=x&gt;');
    // What one parent typed stands on no other parent's page.
    expect((await asked('child.age')).html).not.toContain('qqq');
  });

  it.each([
    ['nothing', {}],
    ['no known verb', { do: 'fly' }],
    ['a repeated verb', { do: ['continue', 'show found'] }],
    ['a repeated question', { do: 'answer', fact: ['child.age', 'household.nation'], child: '0' }],
    [
      'two values for one choice',
      { do: 'answer', fact: 'household.nation', child: '0', value: ['wales', 'x'] },
    ],
    ['a child that is no number', { do: 'answer', fact: 'child.age', child: 'first', text: '7' }],
    ['an enormous number', { do: 'children 99999999999999999999' }],
    ['a screen that is not there', { do: 'show __proto__' }],
    ['a language that is not there', { do: 'language xx' }],
    ['a danger that is not there', { do: 'danger __proto__' }],
    ['a silence that is not there', { do: 'answer maybe', fact: 'child.age', child: '0' }],
    ['a confirmation of nothing', { do: 'confirm', fact: 'child.age', child: '0' }],
    ['hundreds of fields', Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`f${i}`, '1']))],
  ] as [string, Record<string, string | string[]>][])(
    'answers %s kindly, with the same question again',
    async (_, fields) => {
      const page = await asked('household.nation');
      const again = await say({ conversation: page.id, ...fields });
      expect(again.status).toBe(400);
      expect(again.html).not.toMatch(/node_modules|restify|Error:|at \w+ \(/);
      if (Object.keys(fields).length < 100) expect([again.id, again.fact]).toEqual([page.id, page.fact]);
    },
  );

  it.each([
    ['an option that is not there', 'household.nation', { value: 'atlantis' }],
    ['no option', 'household.nation', {}],
    ['an age of 400', 'child.age', { text: '400' }],
    ['a negative age', 'child.age', { text: '-3' }],
    ['__proto__', 'child.age', { text: '__proto__' }],
  ])('asks again after %s', async (_, fact, fields) => {
    const page = await asked(fact);
    const again = await say({ conversation: page.id, do: 'answer', fact, child: '0', ...fields });
    expect([again.status, again.fact, again.id]).toEqual([422, fact, page.id]);
  });

  it('says so where a question or an entry is gone', async () => {
    const { id } = await begin();
    for (const what of ['ask child.shoe_size 0', 'ask child.age 11', 'entry unicorn', 'entry __proto__']) {
      const page = await say({ conversation: id, do: what });
      expect([what, page.status]).toEqual([what, 404]);
      expect(page.html).toContain('That question is no longer there');
    }
  });

  it('begins again where the conversation is gone', async () => {
    const page = await say({ conversation: 'AAAAAAAAAAAAAAAAAAAAAA', do: 'show answers' });
    expect(page.status).toBe(404);
    expect(page.html).toContain('Your answers are not here any more');
    expect(page.id).not.toBe('AAAAAAAAAAAAAAAAAAAAAA');
  });

  it.each([['../../etc/passwd'], ['x'.repeat(5_000)], ['a b'], ['<b>']])(
    'refuses the id %.20s',
    async (id) => {
      const page = await say({ conversation: id, do: 'continue' });
      expect(page.status).toBe(400);
      expect(page.html).not.toContain(id);
    },
  );

  it('refuses other kinds of body', async () => {
    const typed = await say('{"do":"continue"}', { 'Content-Type': 'application/json' });
    expect(typed.status).toBe(400);
    const multipart = await say('--x--', { 'Content-Type': 'multipart/form-data; boundary=x' });
    expect(multipart.status).toBe(400);
    const zipped = await say('do=continue', { 'Content-Encoding': 'gzip' });
    expect(zipped.status).toBe(400);
  });

  it.each([[70_000], [3_000_000]])('refuses %d bytes', async (size) => {
    const page = await say(`do=text&text=${'a'.repeat(size)}`);
    expect(page.status).toBe(413);
    expect(page.title).toContain('That was too much');
  });

  it('refuses a body without an end in pieces', async () => {
    const status = await new Promise<number>((done, fail) => {
      const sending = request(`${served.url}/conversation`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      });
      sending.on('response', (response) => {
        done(response.statusCode ?? 0);
        sending.destroy();
      });
      sending.on('error', (error) => fail(error));
      const chunk = 'a'.repeat(16_384);
      const more = () => {
        if (sending.destroyed) return;
        sending.write(chunk);
        setImmediate(more);
      };
      more();
    });
    expect(status).toBe(413);
  });
});

describe('erasing and leaving', () => {
  it('erases at once, and tells the browser to forget', async () => {
    const page = await asked('household.nation');
    const erased = await say({ conversation: page.id, do: 'erase', lang: 'cy' });
    expect(erased.status).toBe(200);
    expect(erased.html).toContain('<html lang="cy"');
    expect(erased.headers.get('clear-site-data')).toBe('"cache", "storage"');
    expect((await say({ conversation: page.id, do: 'here' })).status).toBe(404);
  });

  it('erases before it begins anew', async () => {
    const page = await asked('household.nation');
    const anew = await say({ conversation: page.id, do: 'restart', lang: 'ur' });
    expect([anew.status, anew.headers.get('location')]).toEqual([303, '/?lang=ur']);
    expect((await say({ conversation: page.id, do: 'here' })).status).toBe(404);
  });

  it('erases before it leaves', async () => {
    const page = await asked('household.nation');
    const left = await post(served.url, '/leave', { conversation: page.id });
    expect([left.status, left.headers.get('location')]).toEqual([303, 'https://www.bbc.co.uk/weather']);
    expect(left.headers.get('clear-site-data')).toBe('"cache", "storage"');
    expect((await say({ conversation: page.id, do: 'here' })).status).toBe(404);
  });

  it.each([[''], ['conversation=..'], ['conversation=a&conversation=b'], ['%%%'], ['x'.repeat(100_000)]])(
    'leaves whatever was sent: %.30s',
    async (body) => {
      expect((await post(served.url, '/leave', body)).status).toBe(303);
    },
  );
});

describe('pages that anyone may read', () => {
  it.each(['/', '/entry/dla-child', '/help', '/about', '/privacy', '/accessibility'])(
    '%s, in each language',
    async (path) => {
      for (const code of ['en', 'cy', 'ur']) {
        const page = await open(`${path}?lang=${code}`);
        expect(page.status).toBe(200);
        expect(page.html).toContain(`<html lang="${code}"`);
        expect(page.html).not.toMatch(/\[object|undefined|\{\{|[\uE000-\uE0FF]/);
        for (const other of ['en', 'cy', 'ur'].filter((one) => one !== code))
          expect(page.html).toContain(`href="${path}?lang=${other}" lang="${other}"`);
      }
    },
  );

  it('takes the browser’s language for a first guess', async () => {
    expect((await open('/', { 'Accept-Language': 'cy-GB,cy;q=0.9,en;q=0.8' })).html).toContain('lang="cy"');
    expect((await open('/', { 'Accept-Language': 'fr,ur;q=0.5,en;q=0.3' })).html).toContain(
      '<html lang="ur"',
    );
    for (const odd of ['*', ';;;', ',,', 'xx;q=abc', 'en'.repeat(5_000)])
      expect((await open('/', { 'Accept-Language': odd })).html).toContain('<html lang="en"');
    expect((await open('/?lang=en', { 'Accept-Language': 'cy' })).html).toContain('<html lang="en"');
  });

  it.each([
    '/nope',
    '/entry/unicorn',
    '/entry/__proto__',
    '/entry/%E0%A4%A',
    '/%',
    '/assets/page.css',
    '/assets/..%2fpage.ts',
    '/.env',
  ])('%s is our own page for what is not there', async (path) => {
    const page = await open(path);
    expect(page.status).toBe(404);
    expect(page.title).toContain('There is no such page');
  });

  it('sends whoever reloads a conversation to the start', async () => {
    const page = await open('/conversation');
    expect([page.status, page.headers.get('location')]).toEqual([303, '/']);
  });

  it('answers other methods with our own page too', async () => {
    const response = await fetch(`${served.url}/`, { method: 'PUT' });
    expect(response.status).toBe(405);
    expect(await response.text()).toContain('<html');
  });

  it('answers HEAD and the health check', async () => {
    expect((await fetch(`${served.url}/`, { method: 'HEAD' })).status).toBe(200);
    expect(await (await fetch(`${served.url}/healthz`)).text()).toBe('ok\n');
  });
});

describe('headers', () => {
  it('stand on every answer', async () => {
    const page = await begin();
    const answers = [
      page,
      await open('/'),
      await open('/nope'),
      await open('/healthz'),
      await say('x'.repeat(70_000)),
      await post(served.url, '/leave', ''),
      await open(/href="(\/assets\/[^"]+css)"/.exec(page.html)?.[1] as string),
    ];
    for (const { headers } of answers) {
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('permissions-policy')).toContain('geolocation=()');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('server')).toBeNull();
      expect(headers.get('set-cookie')).toBeNull();
    }
  });

  it('keep a conversation out of shared caches, and files in the browser for good', async () => {
    const page = await begin();
    expect(page.headers.get('cache-control')).toBe('private, no-cache, max-age=0');
    const style = await open(/href="(\/assets\/[^"]+css)"/.exec(page.html)?.[1] as string);
    expect(style.headers.get('cache-control')).toContain('immutable');
    expect(style.headers.get('content-encoding')).toBe('gzip');
    expect(style.html).not.toMatch(/GDS Transport|@font-face|@import|url\(/);
  });
});

describe('the conversation’s id', () => {
  it('is never in an address, and never on another parent’s page', async () => {
    const pages = [await begin(), await begin()];
    const [one, other] = pages as [(typeof pages)[0], (typeof pages)[0]];
    expect(one.id).toMatch(/^[\w-]{22}$/);
    expect(one.id).not.toBe(other.id);
    for (const { html, id } of pages) {
      expect(html).not.toMatch(new RegExp(`(href|action|src)="[^"]*${id}`));
      expect(html.split(id).length - 1).toBe(html.match(/name="conversation"/g)?.length);
    }
    expect(one.html.replaceAll(one.id, '')).toBe(other.html.replaceAll(other.id, ''));
  });
});
