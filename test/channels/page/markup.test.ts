import { HtmlValidate } from 'html-validate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { get, post, type Served, serve } from './serve.ts';

const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
  rules: {
    // Nunjucks leaves spaces and lines.
    'no-trailing-whitespace': 'off',
    // Of GOV.UK Frontend: `<br>` and values of attributes as they write them.
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    // An error is where a reader has to be; there is no script to take them there.
    'no-autofocus': 'off',
    // JAWS says what describes a fieldset of text fields only with it.
    'no-redundant-role': 'off',
    // What could not be read is said before all else, as GOV.UK does.
    'heading-level': ['error', { minInitialRank: 'h2' }],
    // A button of a form submits it.
    'no-implicit-button-type': 'off',
    // The style sheet comes from this server.
    'require-sri': 'off',
    // Phone numbers are kept together by their own element.
    'tel-non-breaking': 'off',
    // A title says first what the page is; in some languages that is long.
    'long-title': 'off',
  },
});

/** An entry with the whole way in stages. */
const WAY = '/entry/ehc-needs-assessment-request';

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.stop());

async function expectValid(html: string): Promise<void> {
  const { results } = await validator.validateString(html);
  const found = results.flatMap(({ messages }) =>
    messages.map(
      ({ ruleId, message, line }) => `${ruleId}: ${message}: ${html.split('\n')[line - 1]?.trim()}`,
    ),
  );
  expect(found).toEqual([]);
}

it.each(['en', 'cy', 'ur'])(
  'has valid pages in %s',
  async (lang) => {
    for (const path of [
      '/',
      '/help',
      '/about',
      '/privacy',
      '/accessibility',
      '/entry/dla-child',
      WAY,
      '/nope',
    ])
      await expectValid((await get(served.url, `${path}?lang=${lang}`)).html);
    const say = async (fields: Record<string, string | string[]>) => {
      const page = await post(served.url, '/conversation', { lang, ...fields });
      await expectValid(page.html);
      return page;
    };
    const { id: conversation } = await say({ do: 'topics', topic: ['school-support', 'domestic-abuse'] });
    const on = (fields: Record<string, string | string[]>) => say({ conversation, ...fields });
    await on({ do: 'continue' });
    // Where they live: the field, the choice between places, and a place that we do not know.
    const place = { fact: 'household.area', child: '0', do: 'answer' };
    await on({ do: 'ask household.area 0' });
    await on({ ...place, text: 'BS16' });
    await on({ ...place, text: 'Atlantis' });
    await on({ do: 'continue' });
    for (const fact of [
      'household.nation',
      'child.age',
      'child.difficulties',
      'child.ehc_refusal_letter_date',
      'carer.weekly_earnings',
      'carer.hours',
    ]) {
      await on({ do: `ask ${fact} 0` });
      await on({ do: 'answer', fact, child: '0', text: '<b>?' });
    }
    await on({ do: 'answer', fact: 'household.nation', child: '0', value: 'england' });
    await on({ do: 'answer', fact: 'child.age', child: '0', text: '7' });
    await on({ do: 'answer', fact: 'child.extra_care', child: '0', value: 'yes' });
    await on({ do: 'children 2' });
    await on({ do: 'show found' });
    await on({ do: 'entry dla-child' });
    await on({ do: 'answer', fact: 'child.ehc', child: '0', value: 'asked' });
    await on({
      do: 'answer',
      fact: 'child.ehc_request_date',
      child: '0',
      day: '28',
      month: '9',
      year: '2026',
    });
    await on({ do: `entry ${WAY.split('/').at(-1)}` });
    await on({ do: 'show answers' });
    expect(
      (await on({ do: 'answer', fact: 'household.nation', child: '0', value: 'scotland' })).html,
    ).toContain('value="confirm"');
    await on({ do: 'show topics' });
    await on({ do: 'text', text: 'zzz' });
    await on({ do: 'nonsense' });
    await on({ do: 'erase' });
  },
  30_000,
);

it('has valid pages in a frame, and of a council', async () => {
  for (const framed of ['', '&framed']) {
    for (const path of ['/', '/help', '/entry/dla-child', '/nope'])
      await expectValid((await get(served.url, `${path}?lang=cy&council=X99000001${framed}`)).html);
    const fields = { council: 'X99000001', ...(framed ? { framed: '1' } : {}) };
    const { html, id } = await post(served.url, '/conversation', { ...fields, do: 'topics none' });
    await expectValid(html);
    await expectValid(
      (await post(served.url, '/conversation', { ...fields, conversation: id, do: 'erase' })).html,
    );
  }
});
