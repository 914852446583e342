/**
 * Serves the sample of a council's page, with Fingerpost on another port beside it: so that the two are of different
 * origins, as they are on a real council's site.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ConfigError, readConfig } from '../../src/config.ts';
import { start } from '../../src/server.ts';

const FILES: Readonly<Record<string, readonly [name: string, type: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/council.css': ['council.css', 'text/css; charset=utf-8'],
};
/** A strict council: what the chat needs of it is named, and nothing else is let in. */
const policyFor = (fingerpost: string): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    'img-src data:',
    `script-src ${fingerpost}`,
    `frame-src ${fingerpost}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

export interface CouncilPage {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * @param fingerpost where Fingerpost is: "http://localhost:8080"
 * @param port 0 takes any free one
 * @param host by another name of the same machine, the page is another origin
 * @returns the running page
 */
export async function serveCouncilPage(
  fingerpost: string,
  port: number,
  host = 'localhost',
): Promise<CouncilPage> {
  const server = createServer((request, response) => {
    const [name, type] = FILES[request.url?.split('?')[0] ?? ''] ?? [];
    if (name === undefined || type === undefined) {
      response.writeHead(404);
      response.end();
      return;
    }
    const text = readFileSync(join(import.meta.dirname, name), 'utf8');
    response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': policyFor(fingerpost) });
    response.end(text.replaceAll('http://localhost:8080', fingerpost));
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', done);
  });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const PORT = 8081;

if (import.meta.main) {
  try {
    const running = await start(readConfig(process.env));
    const page = await serveCouncilPage(running.url, PORT);
    console.log(`Fingerpost: ${running.url}\nThe sample of a council's page: ${page.url}`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
