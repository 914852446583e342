import { timingSafeEqual } from 'node:crypto';
import type { Request, Response, Server } from 'restify';
import { isForwarded, isLoopback } from './client-address.ts';
import type { Metrics } from './metrics.ts';

export interface HealthParts {
  /** @throws where the storage cannot be written */
  readonly tryStorage: () => Promise<void>;
  readonly isStopping: () => boolean;
  readonly metrics: Metrics;
  /** Without it, metrics are for the machine itself. */
  readonly metricsToken?: string;
  readonly sendProblem: (request: Request, response: Response, status: number) => void;
  readonly report: (error: unknown) => void;
}

/** The storage is tried so often at the most, in milliseconds: anybody may ask whether we are ready. */
const TRY_EVERY = 5_000;

/** Adds what the machinery asks: alive, ready, counts. */
export function installHealth(server: Server, parts: HealthParts): void {
  let tried: { at: number; works: Promise<boolean> } | undefined;
  const storageWorks = () => {
    const now = performance.now();
    if (!tried || now - tried.at > TRY_EVERY) {
      const works = parts.tryStorage().then(
        () => true,
        (error) => {
          parts.report(error);
          return false;
        },
      );
      tried = { at: now, works };
    }
    return tried.works;
  };

  /** The process answers. Nothing else is asked: who starts it anew for it would not mend anything else. */
  const alive = async (_request: Request, response: Response) => say(response, 200, 'ok');
  /** People can be sent here: the content was read before we listened, the storage can be written, we stay. */
  const ready = async (_request: Request, response: Response) => {
    if (parts.isStopping()) say(response, 503, 'stopping');
    else if (await storageWorks()) say(response, 200, 'ready');
    else say(response, 503, 'storage');
  };
  const counts = async (request: Request, response: Response) => {
    if (!mayReadCounts(request, parts.metricsToken)) return parts.sendProblem(request, response, 404);
    const { type, text } = await parts.metrics.read();
    response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
    response.end(text);
  };
  for (const [path, handler] of [
    ['/healthz', alive],
    ['/readyz', ready],
  ] as const) {
    server.get(path, handler);
    server.head(path, handler);
  }
  server.get('/metrics', counts);
}

/** Whoever may not is told that there is no such page: it is nobody's business. */
function mayReadCounts(request: Request, token: string | undefined): boolean {
  if (token === undefined) return isLoopback(peerOf(request)) && !isForwarded(request);
  const given = Buffer.from(String(request.headers.authorization ?? ''));
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function peerOf({ socket }: Request): string {
  return (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}

function say(response: Response, status: number, word: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${word}\n`);
}
