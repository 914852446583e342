import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ask, SECRET } from './serve.ts';

/**
 * Web Chat as Microsoft builds it. With what it needs it takes half a gigabyte and twice the time of `npm ci`, so it
 * stands with the peers of the benchmarks.
 */
const WEB_CHAT = join(
  import.meta.dirname,
  '../../benchmarks/node_modules/botframework-webchat/dist/webchat.js',
);

export const hasWebChat = existsSync(WEB_CHAT);
if (!hasWebChat) {
  console.warn('SKIPPED: the conversation in Web Chat. To have it: npm ci --prefix test/benchmarks');
}

export interface CouncilPage {
  readonly origin: string;
  readonly stop: () => Promise<void>;
}

/** A page of a council with Web Chat in it, and the council's server, which alone has the secret. */
export async function serveCouncilPage(
  locale = 'en-GB',
): Promise<CouncilPage & { serve: (url: string) => void }> {
  let domain = '';
  const script = hasWebChat ? readFileSync(WEB_CHAT) : '';
  const server = createServer(async (request, response) => {
    const send = (type: string, body: string | Buffer) => {
      response.setHeader('Content-Type', `${type}; charset=utf-8`);
      response.end(body);
    };
    if (request.url === '/webchat.js') send('text/javascript', script);
    else if (request.url === '/') send('text/html', pageOf(domain, locale));
    else if (request.url === '/token' && request.method === 'POST') {
      const { text } = await ask({ url: domain }, 'POST', '/tokens/generate', {
        key: SECRET,
        body: { user: { id: 'dl_parent' }, trustedOrigins: [originOf()] },
      });
      send('application/json', text);
    } else {
      response.statusCode = 204;
      response.end();
    }
  });
  const originOf = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    origin: originOf(),
    serve: (url) => {
      domain = url;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function pageOf(domain: string, locale: string): string {
  return `<!doctype html><html lang="en"><title>A council</title>
<div id="chat" role="main" style="height:90vh"></div>
<script src="/webchat.js"></script>
<script>
  window.heard = [];
  window.statuses = [];
  (async () => {
    const { token } = await (await fetch('/token', { method: 'POST' })).json();
    const store = window.WebChat.createStore({}, () => (next) => (action) => {
      if (action.type === 'DIRECT_LINE/INCOMING_ACTIVITY') window.heard.push(action.payload.activity);
      return next(action);
    });
    const directLine = window.WebChat.createDirectLine({ token, domain: ${JSON.stringify(domain)} });
    directLine.connectionStatus$.subscribe((status) => window.statuses.push(status));
    window.WebChat.renderWebChat({ directLine, store, locale: ${JSON.stringify(locale)} }, document.getElementById('chat'));
  })();
</script></html>`;
}
