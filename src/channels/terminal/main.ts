import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createAssistant } from '../../assistant.ts';
import { readConfig } from '../../config.ts';
import { openContent } from '../../content/open.ts';
import { createLanguage } from '../../language/language.ts';
import { createVoices } from '../../speech/voice.ts';
import { SqliteStorage } from '../../storage/sqlite-storage.ts';
import { converse, type Terminal } from './terminal.ts';

/** `npm run chat [-- CODE]`: the assistant in a terminal, or in a pipe, one line an answer. */
const config = readConfig(process.env);
const root = join(import.meta.dirname, '../../..');
const { content } = await openContent(root, config.dataDir);
const voices = createVoices(content);
const storage = new SqliteStorage(':memory:');
const assistant = createAssistant({
  content,
  storage,
  voices,
  language: createLanguage(content),
  now: () => new Date(),
  hours: config.retentionHours,
});
const terminal = process.stdin.isTTY ? await keyboard() : pipe();
await converse(assistant, content, voices, terminal, process.argv[2] ?? 'en');
storage.close();

async function keyboard(): Promise<Terminal> {
  const { input } = await import('@inquirer/prompts');
  return {
    // Ctrl-C and Ctrl-D end the conversation, which is then erased.
    ask: (prompt) => input({ message: prompt }).catch(() => undefined),
    print: (text) => console.log(wrapped(text, process.stdout.columns || 80)),
  };
}

/** A terminal breaks lines anywhere; we break them between words, and keep how far they stand in. */
function wrapped(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const indent = /^ *(\d+\. )?/.exec(line)?.[0].length ?? 0;
      const lines: string[] = [];
      let rest = line;
      while (rest.length > columns) {
        const at = rest.lastIndexOf(' ', columns);
        if (at <= indent) break;
        lines.push(rest.slice(0, at));
        rest = ' '.repeat(indent) + rest.slice(at + 1);
      }
      return [...lines, rest];
    })
    .join('\n');
}

function pipe(): Terminal {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  return {
    ask: async () => {
      const { done, value } = await lines.next();
      return done ? undefined : value;
    },
    print: (text) => console.log(text),
  };
}
