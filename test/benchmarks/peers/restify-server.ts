/**
 * The least that a restify server can do with a form: reads its body and sends a page from memory. No state, no
 * rules, no HTML made. Started with a second file it also reads what it keeps of the conversation there and writes it
 * back, with our storage, in the size of a conversation of ours: the least that a server can do that loses no answer.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'restify';
import { SqliteStorage } from '../../../src/storage/sqlite-storage.ts';

const kept = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as {
  headers: Record<string, string>;
  /** By turn, from the first on. */
  turns: string[][];
};
const turns = kept.turns.map((pages) => pages.map((page) => Buffer.from(page)));
// What Node itself adds to an answer.
const { date, connection, 'keep-alive': keepAlive, ...headers } = lowered(kept.headers);
let next = 0;
const [, , , file] = process.argv;
const storage = file === undefined ? undefined : new SqliteStorage(file);

const server = createServer({ name: '' });
server.get('/', async (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end('<!doctype html>');
});
server.post('/conversation/:turn', async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  const key = form.get('conversation');
  if (key === null) throw new Error('no conversation');
  const before = (await storage?.read([key]))?.[key] as { forms: object[]; eTag: string } | undefined;
  const forms = [...(before?.forms ?? []), Object.fromEntries(form)];
  await storage?.write({ [key]: { forms, eTag: before?.eTag } });
  const pages = turns[Number(request.params.turn) - 1] as Buffer[];
  const page = pages[next++ % pages.length] as Buffer;
  response.writeHead(200, { ...headers, 'content-length': page.length });
  response.end(page);
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));

function lowered(all: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name.toLowerCase(), value]));
}
