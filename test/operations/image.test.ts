/**
 * The Dockerfile and the compose file, without a container engine: they are read, and the steps of the Dockerfile are
 * followed in a folder, with the packages that `npm ci --omit=dev` would install.
 */
import { execFile, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig, SETTINGS, type Setting } from '../../src/config.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

interface Step {
  readonly does: string;
  readonly rest: string;
}

const steps: readonly Step[] = read('Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => {
    const [, does = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    return { does, rest };
  });
const all = (does: string) => steps.filter((step) => step.does === does).map(({ rest }) => rest);
const last = (does: string) => all(does).at(-1) as string;
const copies = all('COPY').map((rest) => {
  const words = rest.split(/\s+/);
  return { from: words.slice(0, -1), to: words.at(-1) as string };
});
const environment = new Map(all('ENV').map((rest) => rest.split('=') as [string, string]));
const settings = SETTINGS as readonly Setting[];
const packages = JSON.parse(read('package.json'));
const compose = parse(read('compose.yaml'));
const service = compose.services.fingerpost;

describe('the Dockerfile', () => {
  it('is understood, each step', () => {
    const known = ['FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'VOLUME', 'EXPOSE', 'HEALTHCHECK', 'CMD'];
    for (const { does } of steps) expect(known).toContain(does);
  });

  it('is on the Node that package.json asks for', () => {
    const [, major] = /^node:(\d+)-slim$/.exec(last('FROM')) ?? [];
    expect(packages.engines.node).toBe(`>=${major}`);
    expect(packages.devDependencies.node).toMatch(new RegExp(`^\\^${major}\\.`));
  });

  it('copies only what is there, and all that is let through to it', () => {
    const lines = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(lines[0]).toBe('*');
    const let_through = lines.slice(1).map((line) => line.replace(/^!/, ''));
    expect(lines.slice(1).every((line) => line.startsWith('!'))).toBe(true);
    const copied = copies.flatMap(({ from }) => from);
    for (const one of copied) expect([one, existsSync(join(ROOT, one))]).toEqual([one, true]);
    expect(copied.toSorted()).toEqual(let_through.toSorted());
  });

  it('starts what `npm start` starts, without npm and its own Node', () => {
    expect(JSON.parse(last('CMD')).join(' ')).toBe(packages.scripts.start);
    expect(packages.dependencies.node).toBeUndefined();
  });

  it('has a port, a folder and names as the settings have them', () => {
    const defaults = readConfig({});
    expect(last('EXPOSE')).toBe(String(defaults.port));
    expect(last('HEALTHCHECK')).toContain(`|| ${defaults.port}) + '/healthz'`);
    const names = settings.map(({ name }) => name);
    for (const name of environment.keys()) expect(names).toContain(name);
    expect(environment.get('DATA_DIR')).toBe(last('VOLUME'));
    expect(readConfig(Object.fromEntries(environment)).dataDir).toBe(last('VOLUME'));
  });

  it('runs as somebody who is not root, and holds no secret', () => {
    expect(last('USER')).toBe('node');
    const order = steps.map(({ does }) => does);
    expect(order.lastIndexOf('USER')).toBeLessThan(order.lastIndexOf('CMD'));
    for (const { name, secret } of settings) if (secret) expect(read('Dockerfile')).not.toContain(name);
  });
});

describe('the compose file', () => {
  it('runs that image, as little trusted as can be', () => {
    expect(service.build).toBe('.');
    expect(service.read_only).toBe(true);
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    for (const field of ['privileged', 'cap_add', 'network_mode', 'user', 'pid', 'command', 'entrypoint'])
      expect(service[field]).toBeUndefined();
  });

  it('has the port, the volume and settings that there are', () => {
    expect(service.ports).toEqual([`127.0.0.1:8080:${last('EXPOSE')}`]);
    const [name, folder] = service.volumes[0].split(':');
    expect(Object.keys(compose.volumes)).toEqual([name]);
    expect(folder).toBe(environment.get('DATA_DIR'));
    const names = settings.map((setting) => setting.name);
    for (const one of Object.keys(service.environment)) expect(names).toContain(one);
    expect(() => readConfig({ ...Object.fromEntries(environment), ...service.environment })).not.toThrow();
    expect(service.env_file).toEqual([{ path: '.env', required: false }]);
    expect(read('.gitignore').split('\n')).toContain('.env');
  });

  it('has room for a server that learns anew, with a quarter more', () => {
    const [, takes = ''] = /const LEARNING_TAKES = ([\d_]+);/.exec(read('src/server.ts')) ?? [];
    const [, gigabytes = ''] = /^(\d+)g$/.exec(service.mem_limit) ?? [];
    expect(Number(gigabytes) * 1024).toBeGreaterThan(Number(takes) * 1.25);
    expect(read('README.md')).toContain(`It may take ${gigabytes} GB of memory`);
  });

  it('waits longer for the end than we take for it', () => {
    const [, patience = ''] = /const PATIENCE = ([\d_]+);/.exec(read('src/server.ts')) ?? [];
    expect(Number.parseInt(service.stop_grace_period, 10) * 1000).toBeGreaterThan(
      Number(patience.replaceAll('_', '')),
    );
  });
});

test('what runs needs no package that only developers have', () => {
  const seen = new Set<string>();
  const bare = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    // What is only a type is gone before it runs.
    const source = readFileSync(file, 'utf8').replace(/^\s*(import|export) type [^;]*;/gm, '');
    const names = source.matchAll(
      /^(?:import|export)\s[^'"]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|^import\s+'([^']+)'|\b(?:require(?:\.resolve)?|import\.meta\.resolve)\(\s*['`]([^'`]+)['`]/gm,
    );
    for (const match of names) {
      const name = match.slice(1).find((one) => one !== undefined) as string;
      if (name.startsWith('.')) visit(join(dirname(file), name));
      else if (!name.startsWith('node:'))
        bare.add(
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        );
    }
  };
  visit(join(ROOT, 'src/server.ts'));
  visit(join(ROOT, 'src/cli.ts'));
  expect(seen.size).toBeGreaterThan(50);
  expect([...bare]).toContain('restify');
  expect([...bare].filter((name) => packages.dependencies[name] === undefined)).toEqual([]);
});

describe('followed step by step', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fingerpost-image-'));
  const app = join(folder, last('WORKDIR'));
  const data = join(folder, last('VOLUME'));
  const env = { ...Object.fromEntries(environment), DATA_DIR: data, HOST: '127.0.0.1', PORT: '0' };
  /** Node itself, and nothing of what npm puts in the path. */
  const command = (json: string) => {
    const [program, ...args] = JSON.parse(json) as string[];
    expect(program).toBe('node');
    return args;
  };

  beforeAll(async () => {
    mkdirSync(app, { recursive: true });
    mkdirSync(data);
    for (const { from, to } of copies) {
      for (const one of from) {
        const target = to.endsWith('/') && from.length > 1 ? join(app, to, basename(one)) : join(app, to);
        cpSync(join(ROOT, one), target, { recursive: true, preserveTimestamps: true });
      }
    }
    const installed: Record<string, { dev?: boolean }> = JSON.parse(read('package-lock.json')).packages;
    for (const [path, { dev }] of Object.entries(installed)) {
      // What stands inside of another package comes with it.
      if (dev || path.split('node_modules/').length !== 2 || !existsSync(join(ROOT, path))) continue;
      mkdirSync(dirname(join(app, path)), { recursive: true });
      symlinkSync(join(ROOT, path), join(app, path));
    }
    expect(existsSync(join(app, 'node_modules/restify'))).toBe(true);
    expect(existsSync(join(app, 'node_modules/vitest'))).toBe(false);
    const prepared = all('RUN').find((rest) => rest.startsWith('node '));
    await promisify(execFile)(process.execPath, (prepared as string).split(' ').slice(1), { cwd: app, env });
    expect(existsSync(join(data, 'content.json'))).toBe(true);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const filesOf = (where: string) =>
    readdirSync(where, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
      .map((file) => `${file} ${statSync(file).mtimeMs}`);

  it('it starts, serves, is healthy, writes nowhere but in its volume, and stops', async () => {
    const before = filesOf(app);
    const child = spawn(process.execPath, command(last('CMD')), { cwd: app, env });
    let printed = '';
    const url = await new Promise<string>((done, fail) => {
      const hear = (bytes: Buffer) => {
        printed += bytes;
        const [found] = /http:\/\/\S+/.exec(printed) ?? [];
        if (found) done(found);
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', () => fail(new Error(printed)));
    });
    expect((await fetch(url)).status).toBe(200);
    const said = await fetch(`${url}/conversation`, {
      method: 'POST',
      body: new URLSearchParams({ do: 'text', text: 'blue badge' }),
    });
    expect(said.status).toBe(200);
    const health = /CMD (\[.*\])$/.exec(last('HEALTHCHECK'))?.[1] as string;
    const { port } = new URL(url);
    const check = (PORT: string) =>
      promisify(execFile)(process.execPath, command(health), { env: { PORT } }).then(
        () => true,
        () => false,
      );
    expect(await check(port)).toBe(true);
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(await check(port)).toBe(false);
    expect(filesOf(app)).toEqual(before);
    expect(readdirSync(data)).toContain('conversations.db');
  });
});
