import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { openContent } from '../content/open.ts';
import { dayOf } from '../engine/conversation.ts';
import { createLanguage, stepsToReady } from '../language/language.ts';
import { writeLine } from './lines.ts';
import { type ExitCode, optionsOf } from './options.ts';

/**
 * Reads and checks the content once, compiles the words that people type, and keeps both beside the database, so that
 * the first start is as quick as every other. `npm ci` does this; a start does it by itself where it was not done, or where a file has changed since.
 */
export async function prepare(root: string, args: string[]): Promise<ExitCode> {
  optionsOf(args, {});
  const { dataDir } = readConfig(process.env);
  const { content, faults } = await openContent(root, dataDir);
  for (const step of stepsToReady(content, createLanguage(content), dayOf(new Date()))) step();
  await writeLine({ kept: join(dataDir, 'content.json'), faults: faults.length });
  return 0;
}
