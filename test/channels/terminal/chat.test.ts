import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const MAIN = join(import.meta.dirname, '../../../src/channels/terminal/main.ts');

/** Holds a conversation through a pipe, as a script would. @returns all that was printed, and the exit code. */
async function chat(
  lines: string[],
  code = 'en',
  env: Record<string, string> = {},
): Promise<{ printed: string; errors: string; code: number | null }> {
  const child = spawn(process.execPath, [MAIN, code], { stdio: 'pipe', env: { ...process.env, ...env } });
  let printed = '';
  let errors = '';
  child.stdout.on('data', (data) => {
    printed += data;
  });
  child.stderr.on('data', (data) => {
    errors += data;
  });
  child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  const ended = await new Promise<number | null>((done) => {
    child.on('close', done);
  });
  return { printed, errors, code: ended };
}

describe('the terminal, in a pipe', () => {
  test('walks from own words through numbers and words to signposts', async () => {
    const { printed, errors, code } = await chat([
      'my son is 5 and nursery cannot cope with him',
      '1',
      'found',
      '1',
      'quit',
    ]);
    expect(errors).toBe('');
    expect(code).toBe(0);
    expect(printed).toContain('Where do you live?');
    expect(printed).toContain('Your child is 5');
    expect(printed).not.toContain('How old is your child?');
    expect(printed).toContain('What your family may have');
    expect(printed).toContain('Who it is for');
    expect(printed).toContain('Goodbye');
  });

  test('back and change keep the other answers, and a change says its price', async () => {
    const { printed } = await chat([
      '4',
      'england',
      '7',
      'answers',
      'change 1',
      'scotland',
      '1',
      'answers',
      'quit',
    ]);
    expect(printed).toContain('If you change this answer');
    expect(printed).toContain('Child Disability Payment');
    expect(printed).toMatch(/Where do you live\? Scotland/);
    expect(printed).toMatch(/How old is your child\? 7 years old/);
  });

  test('back from an answer that was opened leads to the answers, and loses none', async () => {
    const { printed } = await chat(['4', 'england', '7', 'answers', 'change 2', 'rubbish', 'back', 'quit']);
    // Once before the change, and once after.
    expect(printed.match(/Where do you live\? England/g)).toHaveLength(2);
    expect(printed.match(/How old is your child\? 7 years old/g)).toHaveLength(2);
  });

  test('who asks for a person can read on about one', async () => {
    const { printed } = await chat(['4', 'I want to talk to a person', 'read', 'quit']);
    expect(printed).toContain('Read more: Someone to talk to about caring: read');
    expect(printed.slice(printed.indexOf(': read'))).toContain('Who can help');
  });

  test('whole sentences are not joined with a comma', async () => {
    const { printed } = await chat([
      '4',
      'we live in england, she is 7, sent home early and on a part-time timetable',
      'quit',
    ]);
    expect(printed).not.toContain('.,');
  });

  test('a place is typed, one of several is chosen by its number, and its council is named', async () => {
    const { printed, errors } = await chat([
      '1',
      'england',
      'area',
      'bs16 1qq',
      '2',
      'answers',
      'area',
      'atlantis',
      'not sure',
      'quit',
    ]);
    expect(errors).toBe('');
    expect(printed).toContain('2. Bristol City Council');
    expect(printed).toContain('3. None of these');
    expect(printed).toMatch(/Where in England do you live\? Bristol City Council/);
    expect(printed).toContain('We do not know that place.');
  });

  test('a postcode typed for the nation tells the council too', async () => {
    const { printed } = await chat(['1', 'GU1 1AA', 'answers', 'quit']);
    expect(printed).toMatch(/Where do you live\? England/);
    expect(printed).toMatch(/Where in England do you live\? Surrey County Council/);
  });

  test('danger is answered with help before anything else', async () => {
    const { printed } = await chat(['5', 'i want to end my life', 'go on', 'quit']);
    expect(printed.indexOf('116 123', printed.indexOf('Where do you live?'))).toBeGreaterThan(0);
    expect(printed.lastIndexOf('Where do you live?')).toBeGreaterThan(printed.lastIndexOf('116 123'));
  });

  test('what cannot be read is met with a kind line and the same question', async () => {
    const { printed, code } = await chat(['5', '', '☃', '99', 'x'.repeat(100_000)]);
    expect(code).toBe(0);
    expect(printed.match(/Where do you live\?/g)?.length).toBeGreaterThanOrEqual(4);
    expect(printed).toContain('We did not understand that.');
  });

  test('speaks Welsh and Urdu', async () => {
    const welsh = await chat(['quit'], 'cy');
    expect(welsh.printed).not.toContain('Goodbye');
    const urdu = await chat(['1', 'quit'], 'ur');
    expect(urdu.printed).toMatch(/\p{Script=Arabic}{3}/u);
  });

  test('nothing that was typed is printed or kept', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fingerpost-chat-'));
    const lines = [
      'I am Zebedee Quillfeather, 14 Mulberry Drumble, BS3 4QQ, 07700 900123, zebedee@quillmail.net',
      'our Zebedee is 8, Oakenshaw Primary keeps sending him home',
      'might be the higher one? ask Mrs Quillfeather',
      'no wait, Zebedee is 9',
      'thanks Quillfeather, are you a robot?',
      'what even is an EHCP for Zebedee?',
      'area',
      'zz9 7qz Mulberry',
      'Oakenshaw Oakenshaw',
      'Oakenshaw Oakenshaw',
      'mój syn Żebedeusz Quillfeather nie chce chodzić do szkoły i bardzo się boi',
      'Zebedee Quillfeather has taken an overdose',
      'answers',
      'found',
      'change Quillfeather',
      'quit',
    ];
    const { printed, errors, code } = await chat(lines, 'en', { DATA_DIR: folder });
    const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    rmSync(folder, { recursive: true });
    expect({ errors, code }).toEqual({ errors: '', code: 0 });
    expect(printed).toContain('Goodbye');
    const typed = /zebedee|quill|mulberry|drumble|oakenshaw|4qq|7qz|07700|900123|żebedeusz/i;
    for (const text of [printed, ...kept]) expect(text.match(typed)).toBeNull();
  });
});
