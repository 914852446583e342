/**
 * botbuilder's own echo bot, as in its samples: restify, CloudAdapter, ActivityHandler. Nobody has to sign in.
 * Started with a file it also keeps what each conversation said last there, with our storage: what such a bot costs
 * that loses nothing, before it has thought about anything.
 */
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
} from 'botbuilder';
import { createServer, plugins } from 'restify';
import { SqliteStorage } from '../../../src/storage/sqlite-storage.ts';

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const [, , file] = process.argv;
const storage = file === undefined ? undefined : new SqliteStorage(file);
const bot = new ActivityHandler();
bot.onMessage(async (context, next) => {
  const key = context.activity.conversation.id;
  const before = (await storage?.read([key]))?.[key] as { count: number; eTag: string } | undefined;
  const { text, value } = context.activity;
  await storage?.write({ [key]: { text, value, count: (before?.count ?? 0) + 1, eTag: before?.eTag } });
  await context.sendActivity(MessageFactory.text(`Echo: ${context.activity.text}`));
  await next();
});

const server = createServer({ name: '' });
server.use(plugins.bodyParser());
server.get('/', async (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end('<!doctype html>');
});
server.post('/api/messages', async (request, response) => {
  await adapter.process(request as never, response as never, (context) => bot.run(context));
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
