import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
// Types only: botbuilder itself takes a second to load, and is not needed to keep its items.
import type { Storage, StoreItems } from 'botbuilder';

/** Somebody else changed the item since it was read. Nothing of the write was kept. */
export class EtagConflict extends Error {
  override readonly name = 'EtagConflict';
  readonly key: string;
  constructor(key: string) {
    super(`"${key}" was changed since it was read`);
    this.key = key;
  }
}

/** A write that is on its way. */
interface Write {
  readonly items: readonly Item[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** An item, ready to be written. */
interface Item {
  readonly key: string;
  readonly text: string;
  /** The tag that must stand there; undefined where any may. */
  readonly eTag?: string;
}

/**
 * Conversations at rest: Bot Framework's `Storage` on a SQLite file.
 *
 * Writes that come in the same turn of the event loop are committed together, because most of the time of a write goes
 * into its commit. Nobody is told that something was written before it is.
 *
 * An item carries an `eTag` when it is read. Written back with it, the write passes only if nobody wrote in between;
 * with `*` or without one it always passes.
 */
export class SqliteStorage implements Storage {
  private readonly database: DatabaseSync;
  private readonly select: StatementSync;
  private readonly upsert: StatementSync;
  private readonly update: StatementSync;
  private readonly remove: StatementSync;
  private readonly removeOlder: StatementSync;
  private readonly now: () => number;
  private readonly begin: StatementSync;
  private readonly commit: StatementSync;
  private readonly rollback: StatementSync;
  private isOpen = true;
  /** Writes that wait for the end of this turn of the event loop. */
  private waiting: Write[] = [];
  private readonly waitingKeys = new Set<string>();

  /**
   * @param file where the database stands, or ":memory:"; folder and file are made if they are missing, the file for
   *   its owner's eyes only
   * @param now the time in milliseconds, for tests of what is old
   * @throws where the file cannot be opened or is no database
   */
  constructor(file: string, now: () => number = Date.now) {
    this.now = now;
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    this.database = new DatabaseSync(file);
    // SQLite gives the -wal and -shm files the mode of the database.
    if (file !== ':memory:') chmodSync(file, 0o600);
    // WAL with synchronous NORMAL: what was written survives the end of the process, kill -9 included, because it is
    // in the operating system's hands by then. A power cut may lose the last moments, never more, and never breaks
    // the file. A parent then answers one question again; to sync at each turn would cost every parent milliseconds.
    // secure_delete: what is erased is overwritten, not only unlinked.
    this.database.exec(`
      PRAGMA busy_timeout = 5000;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA secure_delete = ON;
      PRAGMA temp_store = MEMORY;
      CREATE TABLE IF NOT EXISTS items (
        key TEXT PRIMARY KEY,
        body TEXT NOT NULL,
        etag INTEGER NOT NULL,
        touched INTEGER NOT NULL
      ) STRICT;
    `);
    // No index on `touched`: each turn would pay for it, and only the sweep, once in a while, would gain.
    this.begin = this.database.prepare('BEGIN IMMEDIATE');
    this.commit = this.database.prepare('COMMIT');
    this.rollback = this.database.prepare('ROLLBACK');
    this.select = this.database.prepare('SELECT body, etag FROM items WHERE key = ?');
    this.upsert = this.database.prepare(
      `INSERT INTO items (key, body, etag, touched) VALUES (?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET body = excluded.body,
         etag = max(etag + 1, excluded.etag), touched = excluded.touched`,
    );
    this.update = this.database.prepare(
      `UPDATE items SET body = ?, etag = max(etag + 1, ?), touched = ?
       WHERE key = ? AND CAST(etag AS TEXT) = ?`,
    );
    this.remove = this.database.prepare('DELETE FROM items WHERE key = ?');
    this.removeOlder = this.database.prepare('DELETE FROM items WHERE touched < ?');
  }

  /** @returns the items that exist, by key, each with its `eTag`. What cannot be read any more counts as absent. */
  async read(keys: string[]): Promise<StoreItems> {
    if (this.waitingKeys.size > 0 && keys.some((key) => this.waitingKeys.has(key))) this.writeWaiting();
    const items: StoreItems = Object.create(null);
    for (const key of keys) {
      const row = this.select.get(toKey(key)) as { body: string; etag: number } | undefined;
      const item = row && parse(row.body);
      if (item) items[key] = { ...item, eTag: String(row.etag) };
    }
    return items;
  }

  /**
   * Writes all of these items or none.
   * @throws EtagConflict where an item carries an `eTag` that is not the stored one, or none is stored
   */
  async write(changes: StoreItems): Promise<void> {
    const items = Object.entries(changes).map(([key, item]) => itemOf(key, item));
    if (items.length === 0) return;
    await new Promise<void>((done, failed) => {
      if (this.waiting.length === 0) setImmediate(() => this.writeWaiting());
      this.waiting.push({ items, done, failed });
      for (const { key } of items) this.waitingKeys.add(key);
    });
  }

  /** Writes what waits: all with one commit, or, where that fails, each with its own. */
  private writeWaiting(): void {
    const writes = this.waiting;
    this.waiting = [];
    this.waitingKeys.clear();
    if (writes.length > 1) {
      try {
        this.writeItems(writes.flatMap(({ items }) => items));
        for (const { done } of writes) done();
        return;
      } catch {
        // One of them cannot be written. The others do not fail with it.
      }
    }
    for (const { items, done, failed } of writes) {
      try {
        this.writeItems(items);
        done();
      } catch (error) {
        failed(error);
      }
    }
  }

  /** Writes all of these or none. One statement is a transaction by itself. */
  private writeItems(items: readonly Item[]): void {
    const [only, ...more] = items;
    if (only && more.length === 0) this.writeItem(only);
    else
      this.transact(() => {
        for (const one of items) this.writeItem(one);
      });
  }

  private writeItem({ key, text, eTag }: Item): void {
    if (eTag === undefined) {
      this.upsert.run(toKey(key), text, nextTag(), this.now());
      return;
    }
    const { changes } = this.update.run(text, nextTag(), this.now(), toKey(key), eTag);
    if (changes === 0) throw new EtagConflict(key);
  }

  /** Erases items: from the database and from its log, so that no file has them any more. */
  async delete(keys: string[]): Promise<void> {
    this.writeWaiting();
    let erased = 0;
    this.transact(() => {
      for (const key of keys) erased += Number(this.remove.run(toKey(key)).changes);
    });
    if (erased > 0) this.emptyLog();
  }

  /**
   * Erases what nobody wrote for so long.
   * @param olderThanMs the age in milliseconds
   * @returns how many items were erased
   */
  sweep(olderThanMs: number): number {
    const { changes } = this.removeOlder.run(Math.trunc(this.now() - olderThanMs));
    if (changes > 0) this.emptyLog();
    return Number(changes);
  }

  /** Ends the use of the file. Closing twice is harmless. */
  close(): void {
    if (!this.isOpen) return;
    this.writeWaiting();
    this.isOpen = false;
    this.database.close();
  }

  private transact(work: () => void): void {
    // IMMEDIATE: the tag is compared and written under one lock, also against other processes.
    this.begin.run();
    try {
      work();
      this.commit.run();
    } catch (error) {
      // A full disk ends the transaction by itself.
      if (this.database.isTransaction) this.rollback.run();
      throw error;
    }
  }

  /** The log still has the pages as they were. Another reader may hold it back; then the next erasure empties it. */
  private emptyLog(): void {
    this.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }
}

/** @throws where it cannot be JSON */
function itemOf(key: string, item: unknown): Item {
  const { eTag, ...body } = (item ?? {}) as { eTag?: unknown };
  const isAny = eTag === undefined || eTag === null || eTag === '' || eTag === '*';
  return { key, text: JSON.stringify(body), ...(isAny ? {} : { eTag: String(eTag) }) };
}

/** A lone half of a surrogate pair cannot be stored; quoted it can, and no two keys become the same. */
function toKey(key: string): string {
  return key.isWellFormed() && !key.startsWith('"') && !key.includes('\0') ? key : JSON.stringify(key);
}

/** Tags come from the clock and only grow: an item that was erased and written anew never bears an old tag again. */
let lastTag = 0;
function nextTag(): number {
  lastTag = Math.max(lastTag + 1, Date.now() * 1000);
  return lastTag;
}

function parse(body: string): object | undefined {
  try {
    const item: unknown = JSON.parse(body);
    return typeof item === 'object' && item !== null && !Array.isArray(item) ? item : undefined;
  } catch {
    return undefined;
  }
}
