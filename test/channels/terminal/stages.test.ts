import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { render } from '../../../src/channels/terminal/render.ts';
import { speakEntry } from '../../../src/speech/speak.ts';
import { createVoices } from '../../../src/speech/voice.ts';
import { madeUp } from '../../content/made-up.ts';

test('a terminal shows the whole way, with its days', () => {
  const words = readFileSync(join(import.meta.dirname, '../../../locales/en/interface.yaml'), 'utf8');
  const stage = { id: 'answer', title: 'It answers', who: 'council', what: 'It says yes or no.' };
  const more = {
    when: 'Within 6 weeks.',
    first: 'No diagnosis.',
    meanwhile: 'Keep a diary.',
    if_not: 'carer-money',
    myth: { said: 'It can wait.', truth: 'It cannot.' },
  };
  const stages = [
    { ...stage, ...more },
    { ...stage, id: 'end', title: 'You decide', who: 'you' },
  ];
  const { content } = madeUp({ interface: parse(words), entries: { 'carer-money': { stages } } });
  const voice = createVoices(content)('en');
  const now = new Date('2026-11-22T12:00:00Z');
  const occasion = { date: '2026-11-22', now, topics: [], children: 1, hours: 24 };
  const entry = speakEntry(content, voice, 'carer-money', occasion);
  const say = (text: string) => ({ text, lang: 'en' });
  const day = {
    label: say('It should answer by'),
    date: say('3 January 2027'),
    state: 'far',
    forChildren: [say('For child 2')],
    says: [say('42 days left')],
  } as const;
  const withDay = { ...entry, stages: entry.stages.map((one) => ({ ...one, deadlines: [day] })).slice(0, 1) };
  expect(render(withDay, voice).text).toContain(
    [
      'The whole way, step by step',
      '  1. It answers (The council)',
      '     It says yes or no.',
      '     By when: Within 6 weeks.',
      '     ! It should answer by: 3 January 2027 (For child 2). 42 days left',
      '     What you need first: No diagnosis.',
      '     While you wait: Keep a diary.',
      '     If this does not happen, or goes wrong: Money for carers',
      '     "It can wait." It cannot.',
    ].join('\n'),
  );
  expect(render(entry, voice).text).toContain('  2. You decide (You)\n     It says yes or no.\n\n');
  expect(render({ ...entry, stages: [] }, voice).text).not.toContain('The whole way');
});
