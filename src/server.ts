import { type ExecFileException, execFile } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { promisify } from 'node:util';
import type restify from 'restify';
import { createAssistant } from './assistant.ts';
import type { Channel } from './channels/channel.ts';
import { CHANNELS, type ChannelKind, type ChannelParts } from './channels/channels.ts';
import { createPage, SECURITY_HEADERS } from './channels/page/page.ts';
import { type Config, ConfigError, readConfig, unusable } from './config.ts';
import { contentIn, withTextsOf } from './content/area-content.ts';
import { ContentError, openContent } from './content/open.ts';
import { dayOf } from './engine/conversation.ts';
import { createAccessLog } from './http/access-log.ts';
import { isForwarded } from './http/client-address.ts';
import { installHealth } from './http/health.ts';
import { type HttpServer, openHttp } from './http/http-server.ts';
import { createMetrics } from './http/metrics.ts';
import { learnApart } from './language/examples.ts';
import { createLanguage, isPrepared, stepsToReady } from './language/language.ts';
import { createVoices } from './speech/voice.ts';
import { channelKey } from './storage/channel-key.ts';
import { folderFault } from './storage/folder.ts';
import { SqliteStorage } from './storage/sqlite-storage.ts';

const ROOT = join(import.meta.dirname, '..');
const HOUR = 60 * 60 * 1000;
const SWEEP_EVERY = 10 * 60 * 1000;
/** How long requests in hand may take to finish when we are told to stop. */
const PATIENCE = 10_000;

/** Milliseconds after the start: the first page comes before. */
const WARM_UP_AFTER = 300;

export interface Running {
  readonly url: string;
  /** Finishes what is in hand, then stops. */
  readonly stop: () => Promise<void>;
  /** Makes the lexicons ready: otherwise the first message does. */
  readonly warmUp: () => void;
  /** The same, in steps between which others are served; what would take seconds is made by a process of its own. */
  readonly becomeReady: () => Promise<void>;
}

/** Starts everything on one port. */
export async function start(
  config: Config,
  now: () => Date = () => new Date(),
  kinds: readonly ChannelKind[] = CHANNELS,
): Promise<Running> {
  await tryPlaces(config);
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
  // From the first message on, which may come before the other process has begun.
  const learned = isPrepared(content) ? undefined : learnApart(content);
  const metrics = createMetrics(new Set(content.entries.keys()));
  if (config.metricsToken !== undefined) await metrics.begin();
  /** The same assistant for each channel; only the counting knows through which somebody came. */
  const assistantOf = (channel: string) =>
    createAssistant({
      content,
      storage,
      voices,
      language,
      now,
      hours,
      onTurn: (facts) => metrics.turn(channel, facts),
    });
  const page = createPage({
    assistant: assistantOf('page'),
    content,
    now,
    hours,
    report,
    area: config.area,
  });
  const log = config.log === 'access' ? createAccessLog((lines) => process.stdout.write(lines)) : undefined;
  const http = openHttp({
    headers: SECURITY_HEADERS,
    sendProblem: page.sendProblem,
    report,
    proxies: config.trustedProxies,
    rateLimit: config.rateLimit,
    log,
    metrics,
  });
  const { server } = http;
  warnOfProxies(server, config);
  page.install(server);
  let stopping = false;
  installHealth(server, {
    tryStorage: () => storage.write({ ready: {} }),
    isStopping: () => stopping,
    metrics,
    metricsToken: config.metricsToken,
    sendProblem: page.sendProblem,
    report,
  });
  const channels = await openChannels(kinds, http, (name) => ({
    config,
    content: ours,
    voices,
    assistant: assistantOf(name),
    language,
    storage,
    now,
    key: () => keyOf(config),
    address: http.address,
    report,
    onDropped: () => metrics.undelivered(name),
  }));

  await new Promise<void>((done, fail) => {
    // restify passes the errors of its server on; nobody else listens, and then they end the process.
    server.once('error', (error) => fail(listenFault(error, config)));
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

  const stepsNow = () => stepsToReady(content, language, dayOf(now()));
  const ending = new AbortController();
  const { port } = server.server.address() as AddressInfo;
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    warmUp: () => {
      learned?.();
      for (const step of stepsNow()) step();
    },
    becomeReady: async () => {
      if (learned) {
        const killedBy = await prepareApart(config.dataDir, ending.signal);
        if (isPrepared(content)) learned();
        else if (!stopping) console.warn(`${NOT_LEARNED} ${killedBy ? killed(killedBy) : NOT_KEPT}`);
      }
      for (const step of stepsNow()) {
        await turn();
        if (stopping) return;
        step();
      }
    },
    stop: async () => {
      stopping = true;
      ending.abort();
      clearInterval(sweeping);
      const late = setTimeout(() => server.server.closeAllConnections(), PATIENCE);
      // Until these are answered others are too; whoever asks whether we are ready is sent elsewhere.
      await http.finish();
      for (const channel of channels) await channel.close?.();
      await new Promise<void>((done) => {
        server.close(done);
        server.server.closeIdleConnections();
      });
      clearTimeout(late);
      log?.flush();
      storage.close();
    },
  };
}

const NOT_LEARNED =
  'What the examples of danger teach could not be kept, so danger is read by the patterns alone.';
const NOT_KEPT =
  'Run `npm run -s fingerpost -- prepare`, or set DATA_DIR to a folder that can be written, and start again.';
/** Megabytes, of a server that answers while the process beside it learns: 1,415 were measured. */
const LEARNING_TAKES = 1500;

/** @returns what to do where the process that learns did not end by itself: a container kills what takes too much. */
function killed(by: NodeJS.Signals): string {
  return (
    `The process that learns them was ended by ${by}; there may be too little memory: it takes ${LEARNING_TAKES} MB, ` +
    'the server included. Give it more, or run `npm run -s fingerpost -- prepare` where there is more, and start again.'
  );
}

/**
 * Has the words that people type compiled, the examples learned, and both kept.
 * @returns the signal by which the process that did it was ended, if it was
 */
async function prepareApart(dataDir: string, signal: AbortSignal): Promise<NodeJS.Signals | undefined> {
  const command = [join(ROOT, 'src/cli.ts'), 'prepare'];
  const env = { ...process.env, DATA_DIR: dataDir };
  return promisify(execFile)(process.execPath, command, { env, signal }).then(
    () => undefined,
    (error: ExecFileException) => error.signal ?? undefined,
  );
}

/** @returns the channels that are set up, with their routes added */
async function openChannels(
  kinds: readonly ChannelKind[],
  { server, addSection }: HttpServer,
  partsOf: (name: string) => ChannelParts,
): Promise<readonly Channel[]> {
  const channels: Channel[] = [];
  for (const kind of kinds) {
    const channel = await kind.open(partsOf(kind.name));
    if (!channel) continue;
    channel.install(server);
    if (channel.section) addSection(channel.section);
    channels.push(channel);
  }
  return channels;
}

/** @throws ConfigError where the key can neither be read nor kept */
function keyOf({ channelKey: given, dataDir }: Config): string {
  if (given !== undefined) return given;
  try {
    return channelKey(dataDir);
  } catch (error) {
    throw new ConfigError(
      `${(error as Error).message}\nSet CHANNEL_KEY, or DATA_DIR to a folder that can be written.`,
    );
  }
}

/** Behind a proxy that we do not know of, all people count as one address, and soon nobody is served. */
function warnOfProxies(server: restify.Server, { trustedProxies = 0, rateLimit = 0 }: Config): void {
  if (trustedProxies > 0 || rateLimit === 0) return;
  let warned = false;
  server.pre((request, _response, next) => {
    if (!warned && isForwarded(request)) {
      warned = true;
      console.warn(
        'Requests come through a proxy, but TRUSTED_PROXIES is 0: all people who come through it count as one address for RATE_LIMIT.',
      );
    }
    next();
  });
}

/**
 * Before the content is read, which may take long: whoever set up where we keep and listen sees at once what is wrong.
 * @throws ConfigError where nothing can be kept in the folder, or nobody can be listened to
 */
async function tryPlaces(config: Config): Promise<void> {
  const fault = folderFault(config.dataDir);
  if (fault)
    throw unusable('DATA_DIR', config.dataDir, `${fault}. Set it to a folder that is there or can be made`);
  const trial = createServer();
  await new Promise<void>((done, fail) => {
    trial.once('error', (error) => fail(listenFault(error, config)));
    trial.listen(config.port, config.host, () => trial.close(() => done()));
  });
}

/** @returns the error in terms of the settings, where it is about them */
function listenFault(error: NodeJS.ErrnoException, { port, host }: Config): Error {
  const { code = '' } = error;
  if (code === 'EADDRINUSE')
    return unusable(
      'PORT',
      String(port),
      `is taken on ${host} by another program. Set it to another, or end that one`,
    );
  if (code === 'EACCES')
    return unusable('PORT', String(port), 'is kept for the system. Set it to one above 1023');
  if (code !== 'EADDRNOTAVAIL' && error.syscall !== 'getaddrinfo') return error;
  return unusable(
    'HOST',
    host,
    'is no address of this machine. Set it to 0.0.0.0, 127.0.0.1 or one that it has',
  );
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
  // Whoever reads what we print may end before us. That is no reason to let anybody down.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  try {
    const running = await start(readConfig(process.env));
    console.log(`Fingerpost is ready: ${running.url}`);
    // Who types the first message must not wait for the lexicons, and the first page must not either.
    setTimeout(() => running.becomeReady().catch(report), WARM_UP_AFTER).unref();
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
