import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import restify from 'restify';
import { createAssistant } from './assistant.ts';
import { createPage, type PageChannel, SECURITY_HEADERS } from './channels/page/page.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { contentIn, withTextsOf } from './content/area-content.ts';
import { ContentError, openContent } from './content/open.ts';
import { dayOf } from './engine/conversation.ts';
import { createLanguage } from './language/language.ts';
import { createVoices } from './speech/voice.ts';
import { SqliteStorage } from './storage/sqlite-storage.ts';

const ROOT = join(import.meta.dirname, '..');
const HOUR = 60 * 60 * 1000;
const SWEEP_EVERY = 10 * 60 * 1000;
/** How long requests in hand may take to finish when we are told to stop. */
const PATIENCE = 10_000;

/** Milliseconds after the start. */
const WARM_UP_AFTER = 1500;

export interface Running {
  readonly url: string;
  /** Finishes what is in hand, then stops. */
  readonly stop: () => Promise<void>;
  /** Makes the lexicons ready, which takes about a second: otherwise the first message does. */
  readonly warmUp: () => void;
}

/** Starts everything on one port. */
export async function start(config: Config, now: () => Date = () => new Date()): Promise<Running> {
  const { content, faults } = await openContent(ROOT, config.dataDir);
  for (const { file, line, says } of faults.slice(0, FAULTS_SHOWN)) console.warn(`${file}:${line}: ${says}`);
  if (faults.length > 0) {
    console.warn(
      `${faults.length} faults in the content; what is faulty is left out. See: npm run -s fingerpost -- check`,
    );
  }
  if (config.area !== undefined && !content.areas.has(config.area)) {
    const known = [...content.areas.keys()].join(', ') || 'none';
    throw new ConfigError(`AREA="${config.area}" has no folder in knowledge/areas/. There are: ${known}.`);
  }
  const storage = openStorage(config, now);
  const sweep = () => storage.sweep(config.retentionHours * HOUR);
  sweep();
  // What is there for everybody; around it the council whose page it is, with its own texts.
  const ours = withTextsOf(contentIn(content, config.area), config.area);
  const voices = createVoices(ours);
  const hours = config.retentionHours;
  const language = createLanguage(content);
  const assistant = createAssistant({
    content,
    storage,
    voices,
    language,
    now,
    hours,
  });
  const page = createPage({
    assistant,
    content: ours,
    voices,
    now,
    hours,
    report,
    brand: content.areas.get(config.area ?? '')?.brand,
  });
  const server = createHttpServer(page);
  page.install(server);
  server.get('/healthz', async (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
    response.end('ok\n');
  });

  await new Promise<void>((done, fail) => {
    // restify passes the errors of its server on; nobody else listens, and then they end the process.
    server.once('error', fail);
    server.listen(config.port, config.host, done);
  });
  const sweeping = setInterval(() => {
    try {
      sweep();
    } catch (error) {
      report(error);
    }
  }, SWEEP_EVERY);
  sweeping.unref();

  const { port } = server.server.address() as AddressInfo;
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    warmUp: () => {
      const today = dayOf(now());
      for (const code of content.languages.keys()) language.telling('1', code, today);
      language.danger('1');
      language.topics('1');
      language.meaning('1');
      language.smallTalk('1');
      language.which('1');
    },
    stop: async () => {
      clearInterval(sweeping);
      const late = setTimeout(() => server.server.closeAllConnections(), PATIENCE);
      await new Promise<void>((done) => {
        server.close(done);
        server.server.closeIdleConnections();
      });
      clearTimeout(late);
      storage.close();
    },
  };
}

const FAULTS_SHOWN = 5;

/** @throws ConfigError where the database cannot be used, with what to do */
function openStorage({ dataDir, retentionHours }: Config, now: () => Date): SqliteStorage {
  const file = join(dataDir, 'conversations.db');
  try {
    return new SqliteStorage(file, () => now().getTime());
  } catch (error) {
    if (!(error instanceof Error) || !('errcode' in error)) throw error;
    throw new ConfigError(
      `The conversations cannot be kept in ${file}: ${error.message}.\n` +
        'Set DATA_DIR to a folder that can be written. If the file is broken, take it away: ' +
        `it holds nothing but answers, for ${retentionHours} hours.`,
    );
  }
}

/** Programs speak here, and want JSON even where something is wrong. */
const FOR_PROGRAMS = /^\/(api|v3)\//;

/**
 * A restify server with its traps closed: it says nothing of itself, logs nothing, and never sends the words of an
 * error to anybody.
 */
export function createHttpServer(page: PageChannel): restify.Server {
  const plain: restify.Formatter = (_request, _response, body) =>
    body instanceof Error
      ? '{"error":{"code":"error"}}'
      : typeof body === 'string'
        ? body
        : JSON.stringify(body);
  const server = restify.createServer({
    // With an empty name there is no `Server` header.
    name: '',
    log: silentLog(),
    formatters: { 'application/json': plain, 'text/plain': plain, 'application/octet-stream': plain },
  });
  server.server.requestTimeout = 30_000;
  server.pre((_request, response, next) => {
    for (const [name, value] of HEADERS) response.setHeader(name, value);
    next();
  });
  server.on(
    'restifyError',
    (request: restify.Request, response: restify.Response, error: unknown, go: () => void) => {
      const status = (error as { statusCode?: unknown }).statusCode;
      if (status === undefined) report(error);
      if (response.headersSent || response.destroyed || FOR_PROGRAMS.test(request.url ?? '')) return go();
      page.sendProblem(request, response, typeof status === 'number' ? status : 500);
    },
  );
  return server;
}

function silentLog(): never {
  // Not in restify's types, which describe an older version.
  const { logger } = restify as unknown as { logger: (options: object) => never };
  return logger({ level: 'silent' });
}

const HEADERS = Object.entries(SECURITY_HEADERS);

/** Writes what went wrong without its message: messages quote what they choke on, and that may be somebody's words. */
export function report(error: unknown): void {
  if (!(error instanceof Error)) {
    console.error('Error of an unknown kind');
    return;
  }
  // A stack begins with the message, which may have lines of its own.
  const stack = (error.stack ?? '').replace(error.message, () => '');
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  console.error([`${error.name}${code}`, ...frames].join('\n'));
}

async function main(): Promise<void> {
  // Node would print the message.
  process.on('uncaughtException', (error) => {
    report(error);
    process.exit(1);
  });
  try {
    const running = await start(readConfig(process.env));
    console.log(`Fingerpost is ready: ${running.url}`);
    // Who types the first message must not wait for the lexicons, and the first page must not either.
    setTimeout(running.warmUp, WARM_UP_AFTER).unref();
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        running.stop().then(
          () => process.exit(0),
          (error) => {
            report(error);
            process.exit(1);
          },
        );
      });
    }
  } catch (error) {
    // Here the message is about the machine, not about anybody.
    const isPlain = error instanceof ConfigError || error instanceof ContentError || isSystemError(error);
    if (isPlain) console.error(`Fingerpost cannot start.\n${error.message}`);
    else console.error('Fingerpost cannot start.', error);
    process.exitCode = 1;
  }
}

function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}

if (import.meta.main) await main();
