import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../../../src/server.ts';

/** A day on which the content is current. */
export const TODAY = new Date('2026-11-22T12:00:00Z');

export interface Served {
  readonly url: string;
  /** Makes the lexicons ready: else whoever types first waits, and a browser that this process drives with them. */
  readonly warmUp: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts the whole server on a free port, with a folder of its own. */
export async function serve(
  now: () => Date = () => TODAY,
  more: { readonly area?: string } = {},
): Promise<Served> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fingerpost-page-'));
  const running = await start({ port: 0, host: '127.0.0.1', dataDir, retentionHours: 24, ...more }, now);
  return {
    url: running.url,
    warmUp: running.warmUp,
    stop: async () => {
      await running.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  readonly title: string;
  /** The conversation's id in the page's forms. */
  readonly id: string;
  /** The question on the page. */
  readonly fact: string;
}

/** Sends a form as a browser does. */
export async function post(
  url: string,
  path: string,
  fields: Readonly<Record<string, string | readonly string[]>> | string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Got> {
  const body = typeof fields === 'string' ? fields : encode(fields);
  const response = await fetch(url + path, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    redirect: 'manual',
  });
  return got(response);
}

export async function get(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Got> {
  return got(await fetch(url + path, { headers, redirect: 'manual' }));
}

async function got(response: Response): Promise<Got> {
  const html = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    html,
    title: /<title>(.*?)<\/title>/s.exec(html)?.[1] ?? '',
    id: /name="conversation" value="([^"]+)"/.exec(html)?.[1] ?? '',
    fact: /name="fact" value="([^"]+)"/.exec(html)?.[1] ?? '',
  };
}

function encode(fields: Readonly<Record<string, string | readonly string[]>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of typeof value === 'string' ? [value] : value) parameters.append(name, one);
  }
  return parameters.toString();
}
