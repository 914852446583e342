import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage } from 'botbuilder';
import { createAssistant } from '../../../src/assistant.ts';
import { createMessenger, type Messenger } from '../../../src/channels/messaging/messenger.ts';
import type { Content } from '../../../src/content/content.ts';
import { openContent } from '../../../src/content/open.ts';
import { createLanguage } from '../../../src/language/language.ts';
import { createVoices, type Voice } from '../../../src/speech/voice.ts';
import { SqliteStorage } from '../../../src/storage/sqlite-storage.ts';

const ROOT = join(import.meta.dirname, '../../..');

export interface Served {
  readonly messenger: Messenger;
  readonly content: Content;
  readonly voices: (code: string) => Voice;
  /** The file that the conversations stand in. */
  readonly file: string;
  /** A messenger as after a new start: nothing in memory, the same storage. */
  readonly again: () => Messenger;
  readonly stop: () => void;
}

/**
 * The real content, the real assistant, a storage of its own.
 * @param wrap puts something around the storage
 * @param perMinute messages of one sender; tests write fast
 */
export async function serveMessenger(
  wrap: (storage: Storage) => Storage = (same) => same,
  perMinute = 100_000,
): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'fingerpost-messages-'));
  const { content } = await openContent(ROOT, join(tmpdir(), 'fingerpost-test-content'));
  const voices = createVoices(content);
  const file = join(folder, 'conversations.db');
  const sqlite = new SqliteStorage(file);
  const storage = wrap(sqlite);
  const language = createLanguage(content);
  const now = () => new Date('2026-11-22T12:00:00Z');
  const assistant = createAssistant({ content, storage, voices, language, now, hours: 24 });
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
  return { messenger: again(), content, voices, file, again, stop: () => sqlite.close() };
}
