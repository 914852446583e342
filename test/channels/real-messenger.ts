import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAssistant } from '../../src/assistant.ts';
import type { Outgoing } from '../../src/channels/messaging/compose.ts';
import type { ChannelName } from '../../src/channels/messaging/limits.ts';
import { createMessenger, type Messenger } from '../../src/channels/messaging/messenger.ts';
import { openContent } from '../../src/content/open.ts';
import { createLanguage } from '../../src/language/language.ts';
import { createVoices } from '../../src/speech/voice.ts';
import { SqliteStorage } from '../../src/storage/sqlite-storage.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

export const { content } = await openContent(ROOT);
export const voices = createVoices(content);
const language = createLanguage(content);

/** A day on which the content is current. */
export const TODAY = new Date('2026-11-22T12:00:00Z');

export interface Told {
  readonly messenger: Messenger;
  readonly storage: SqliteStorage;
  /** The same conversations, by a server that was started anew and remembers nothing. */
  readonly again: () => Messenger;
  readonly stop: () => void;
}

/** The real messenger, on the real content, with a folder of its own. @param perMinute of one sender; tests write fast */
export function openMessenger(perMinute = 100_000): Told {
  const folder = mkdtempSync(join(tmpdir(), 'fingerpost-messages-'));
  const storage = new SqliteStorage(join(folder, 'conversations.db'));
  const assistant = createAssistant({ content, storage, voices, language, now: () => TODAY, hours: 24 });
  const again = () =>
    createMessenger({
      assistant,
      language,
      content,
      voices,
      storage,
      key: 'k'.repeat(32),
      hours: 24,
      perMinute,
    });
  return {
    messenger: again(),
    storage,
    again,
    stop: () => {
      storage.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export interface Said {
  readonly what: string;
  readonly language: string;
  readonly messages: readonly Outgoing[];
}

/**
 * @returns what the messenger says on a channel: every question, help in danger and screen in each language, and each
 *   entry in one of them, in turn
 */
export async function everything(messenger: Messenger, channel: ChannelName): Promise<readonly Said[]> {
  const all: Said[] = [];
  const languages = [...content.languages.keys()];
  for (const [at, language] of languages.entries()) {
    const sender = `everything in ${language}`;
    const take = async (what: string, input: { readonly tap?: string; readonly text?: string }) => {
      const { messages } = await messenger.receive({ channel, sender, ...input });
      all.push({ what, language, messages });
    };
    await take('welcome', { tap: `fp:language:${language}` });
    const taps = [
      'help',
      'languages',
      'show:topics',
      ...[...content.facts.keys()].map((fact) => `ask:${fact}:0`),
      ...[...content.dangers.keys()].map((danger) => `danger:${danger}`),
      ...[...content.entries.keys()]
        .filter((_entry, i) => i % languages.length === at)
        .map((entry) => `entry:${entry}`),
      'topics:money~school',
      'show:found',
      'show:answers',
      'erase',
    ];
    for (const tap of taps) {
      await take(tap, { tap: `fp:${tap}` });
      // The rest of what is too long for one answer.
      const isLong = tap.startsWith('entry') || tap.startsWith('show');
      if (isLong) for (const page of [2, 3]) await take(`${tap}, page ${page}`, { text: 'more' });
    }
  }
  return all;
}
