/**
 * botbuilder's own echo bot, as in its samples: restify, CloudAdapter, ActivityHandler. Nobody has to sign in, and
 * answers come in the same breath (`expectReplies`), so that no network is in the way on either side.
 */
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
} from 'botbuilder';
import { createServer, plugins } from 'restify';

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const bot = new ActivityHandler();
bot.onMessage(async (context, next) => {
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
