/**
 * A whole turn on the page over HTTP, against the least that a restify server can do.
 *
 * Ours: the form of an answer in; the conversation read from SQLite, the turn taken, the conversation written back;
 * the page of the next question out. Each request is the next answer of a conversation of its own, with the facts
 * of a real family. There are some 150 such families, so most conversations follow one that went before and meet what
 * was remembered of it; where families differ more there is less of that. The peer is sent the same forms, reads them,
 * and sends from memory pages that ours sent at the same turn. Both run in processes of their own and meet the same
 * client with the same number of connections, in turn. A server runs for weeks: each is measured once it has answered as
 * many forms as make its code warm. What the first forms after a start cost is printed, too.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { openContent } from '../../src/content/open.ts';
import { ROOT } from '../families/families.ts';
import { type Journey, readJourneys, type Step } from './journeys.ts';
import { printTable, spread } from './rounds.ts';
import { type Running, startOurs, startRestify } from './servers.ts';

const CONVERSATIONS = 2000;
const CONNECTIONS = 20;
/** A round is one more answer in each conversation: from the second answer on. */
const ROUNDS = 5;
const TURNS = Array.from({ length: ROUNDS }, (_, i) => i + 1);
/** So many of ours the peer sends at a turn. */
const PAGES = 100;
/** So often all rounds are played before those that are timed. */
const WARM = 2;

const { content } = await openContent(ROOT);
const journeys = readJourneys(content).filter(({ steps }) => steps.length > ROUNDS);
const folder = mkdtempSync(join(tmpdir(), 'fingerpost-page-'));
const servers: Running[] = [];
try {
  const ours = await startOurs(folder);
  servers.push(ours);
  const begin = async (): Promise<(turn: number) => string[]> => {
    // Each conversation chooses its topics and gives its first answer.
    const { pages } = await send(ours, '/conversation', range(CONVERSATIONS, topicsForm));
    const ids = pages.map(conversationOn);
    const formsOf = (turn: number) => ids.map((id, i) => answerForm(id, stepOf(i, turn)));
    await send(ours, '/conversation', formsOf(0));
    return formsOf;
  };
  const first = await begin();
  const cold: Sent[] = [];
  for (const turn of TURNS) cold.push(await send(ours, '/conversation', first(turn)));
  const file = join(folder, 'pages.json');
  const turns = cold.map(({ pages }) => pages.slice(0, PAGES));
  writeFileSync(file, JSON.stringify({ headers: cold[0]?.headers, turns }));
  const peer = await startRestify(file);
  servers.push(peer);
  const keeper = await startRestify(file, join(folder, 'kept.db'));
  servers.push(keeper);
  for (let time = 0; time < WARM; time++) {
    const formsOf = await begin();
    for (const turn of TURNS) {
      await send(ours, '/conversation', formsOf(turn));
      for (const one of [peer, keeper]) await send(one, `/conversation/${turn}`, formsOf(turn));
    }
  }
  const formsOf = await begin();

  const at = (turn: number) => `/conversation/${turn}`;
  const sides = [
    { name: 'Fingerpost, a turn on the page', server: ours, at: () => '/conversation', ...nothing() },
    { name: 'restify, a page from memory', server: peer, at, ...nothing() },
    { name: 'the same, which keeps each form as we do', server: keeper, at, ...nothing() },
  ];
  const sizes = new Set<number>();
  for (const turn of TURNS) {
    const forms = formsOf(turn);
    for (const side of turn % 2 === 1 ? sides : sides.toReversed()) {
      const before = processorSeconds(side.server.pid);
      const { rate, pages } = await send(side.server, side.at(turn), forms);
      side.rates.push(rate);
      side.busy.push(((processorSeconds(side.server.pid) - before) * 1_000_000) / forms.length);
      for (const page of pages) sizes.add(page.length);
    }
  }
  const { steps } = journeys[0] as Journey;
  console.log(
    `  ${CONVERSATIONS} conversations, ${CONNECTIONS} connections, ${ROUNDS} rounds; pages of ` +
      `${Math.min(...sizes)} to ${Math.max(...sizes)} bytes; the first form: "${answerForm('ID', steps[1] as Step)}"; ` +
      `right after the start: ${spread(cold.map(({ rate }) => rate))} a second`,
  );
  printTable(
    ['', 'requests a second', 'processor, microseconds each', 'ours / peer'],
    sides.map(({ name, rates, busy }) => {
      const ratios = (sides[0] as (typeof sides)[0]).rates.map(
        (rate, round) => rate / (rates[round] as number),
      );
      return [name, spread(rates), spread(busy), name === sides[0]?.name ? '' : `${spread(ratios)} x`];
    }),
  );
} finally {
  for (const server of servers) await server.stop();
  rmSync(folder, { recursive: true });
}

function stepOf(conversation: number, turn: number): Step {
  return (journeys[conversation % journeys.length] as Journey).steps[turn] as Step;
}

function topicsForm(conversation: number): string {
  const { topics } = journeys[conversation % journeys.length] as Journey;
  const form = new URLSearchParams(topics.map((topic): [string, string] => ['topic', topic]));
  form.append('do', topics.length > 0 ? 'topics' : 'topics none');
  return form.toString();
}

/** @returns the form as the browser sends it from the question's page. */
function answerForm(conversation: string, { message: { fact, child, answer } }: Step): string {
  const form = new URLSearchParams({ conversation, fact, child: String(child) });
  if ('silence' in answer) form.append('do', `answer ${answer.silence}`);
  else {
    const { value } = answer;
    const type = content.facts.get(fact)?.type;
    if (typeof value === 'object') for (const option of value) form.append('value', option);
    else if (type === 'date') {
      const [year = '', month = '', day = ''] = String(value).split('-');
      for (const [name, part] of Object.entries({ day, month, year })) form.append(name, part);
    } else form.append(type === 'choice' || type === 'yes_no' ? 'value' : 'text', String(value));
    form.append('do', 'answer');
  }
  return form.toString();
}

function conversationOn(page: string): string {
  const [, id] = /name="conversation" value="([\w-]+)"/.exec(page) ?? [];
  if (!id) throw new Error(`no conversation on a page: ${page.slice(0, 300)}`);
  return id;
}

interface Sent {
  /** In the order of the forms. */
  readonly pages: readonly string[];
  /** Of one of the answers. */
  readonly headers: Readonly<Record<string, string>>;
  /** Answers a second. */
  readonly rate: number;
}

/**
 * Posts the forms, each once.
 * @throws Error where one is not answered with status 200
 */
async function send(server: Running, path: string, forms: readonly string[]): Promise<Sent> {
  const pages: string[] = new Array(forms.length).fill('');
  let next = 0;
  const begun = performance.now();
  // Taken at each answer: the client itself looks up only once a second.
  let ended = begun;
  let headers: Readonly<Record<string, string>> = {};
  const load = autocannon({
    url: `http://127.0.0.1:${server.port}`,
    connections: CONNECTIONS,
    amount: forms.length,
    requests: [
      {
        method: 'POST',
        path,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        setupRequest: (request, context) => {
          context.form = next++;
          return { ...request, body: forms[context.form as number] };
        },
        onResponse: (status, body, context, sent) => {
          ended = performance.now();
          headers = sent as typeof headers;
          if (status !== 200) throw new Error(`status ${status} for ${forms[context.form as number]}`);
          pages[context.form as number] = body;
        },
      },
    ],
  });
  await load;
  if (pages.includes('')) throw new Error('a form was not answered');
  return { rate: (forms.length * 1000) / (ended - begun), pages, headers };
}

function nothing(): { rates: number[]; busy: number[] } {
  return { rates: [], busy: [] };
}

/** @returns how long a process has kept a processor busy, from /proc; hundredths of a second fine. */
function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) / 100;
}

function range<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
