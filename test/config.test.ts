import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ConfigError, readConfig, SETTINGS, type Setting } from '../src/config.ts';

const ALL = SETTINGS as readonly Setting[];
const GUID = '0f4c1b9e-3d5a-4c8e-9b7a-6f2d1e0c9a8b';
const KEY = 'k'.repeat(32);
const TWILIO = {
  TWILIO_ACCOUNT_SID: `AC${'0a'.repeat(16)}`,
  TWILIO_AUTH_TOKEN: '1b'.repeat(16),
  TWILIO_NUMBER: '+447700900123',
  PUBLIC_URL: 'https://help.example.org',
};
const WHATSAPP = {
  WHATSAPP_TOKEN: 'EAAx',
  WHATSAPP_APP_SECRET: '2c'.repeat(16),
  WHATSAPP_VERIFY_TOKEN: 'a word of ours'.replaceAll(' ', '-'),
  WHATSAPP_NUMBER_ID: '106540352242922',
};
const BOT = { MICROSOFT_APP_ID: GUID, MICROSOFT_APP_PASSWORD: 'a~password' };

/** @returns the lines that say why it cannot start */
function faultsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n');
  }
}

describe('the surroundings', () => {
  it('need no set-up', () => {
    expect(readConfig({})).toEqual({
      port: 8080,
      host: '0.0.0.0',
      dataDir: './data',
      retentionHours: 24,
      trustedProxies: 0,
      rateLimit: 600,
      log: 'access',
    });
    expect(readConfig({ PORT: '', HOST: ' 127.0.0.1 ' })).toMatchObject({ port: 8080, host: '127.0.0.1' });
  });

  it('are refused with every fault named', () => {
    const faults = faultsOf({
      PORT: 'http',
      RETENTION_HOURS: '0',
      HOST: 'a b',
      LOG: 'all',
      RATE_LIMIT: '-1',
    });
    expect(faults.map((line) => line.split(' ')[0])).toEqual([
      'PORT="http"',
      'HOST="a',
      'RETENTION_HOURS="0"',
      'RATE_LIMIT="-1"',
      'LOG="all"',
    ]);
  });

  it('are all described, and each default is right', () => {
    for (const { name, about, default: standard, fault } of ALL) {
      expect([name, about.length > 20, fault(standard)]).toEqual([name, true, undefined]);
    }
    expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length);
  });

  it.each([
    ['HOST', '999.1.1.1'],
    ['HOST', '127.0.0.1:8080'],
    ['HOST', '127.1'],
    ['PUBLIC_URL', 'http://help.example.org'],
    ['PUBLIC_URL', 'http://localhost:8080'],
    ['PUBLIC_URL', 'https://help.example.org/chat'],
    ['PUBLIC_URL', 'https://user:password@help.example.org'],
    ['PUBLIC_URL', 'https://help.example.org?x'],
    ['TRUSTED_PROXIES', 'yes'],
    ['METRICS_TOKEN', 'short'],
    ['CHANNEL_KEY', 'x'.repeat(31)],
    ['DIRECTLINE_SECRETS', `${KEY},short`],
    ['DIRECTLINE_SECRETS', `${KEY} ${KEY}`],
    ['DIRECTLINE_ANONYMOUS', 'true'],
    ['DIRECTLINE_ORIGINS', '*'],
    ['DIRECTLINE_ORIGINS', 'http://www.example.org'],
    ['DIRECTLINE_ORIGINS', 'http://localhost.example.org'],
    ['DIRECTLINE_ORIGINS', 'http://localhost:8399/page'],
    ['DIRECTLINE_ORIGINS', 'http://localhost:99999'],
    ['DIRECTLINE_ORIGINS', 'http://user@localhost:8399'],
    ['DIRECTLINE_ORIGINS', 'http://192.168.1.5:8399'],
    ['MICROSOFT_APP_ID', 'my-bot'],
    ['MICROSOFT_APP_TYPE', 'multi'],
    ['BOT_SERVICE_HOSTS', '*.botframework.com'],
    ['BOT_SERVICE_HOSTS', 'https://smba.trafficmanager.net'],
    ['BOT_SERVICE_HOSTS', '127.0.0.1'],
    ['BOT_WITHOUT_SIGN_IN', 'true'],
    ['TWILIO_ACCOUNT_SID', 'AC123'],
    ['TWILIO_NUMBER', '07700 900123'],
    ['WHATSAPP_TOKEN', 'two words'],
    ['WHATSAPP_NUMBER_ID', '+44'],
  ])('are refused: %s=%s', (name, value) => {
    expect(faultsOf({ [name]: value })[0]).toMatch(new RegExp(`^${name}[ =]`));
  });

  it('never print a secret, whatever is wrong', () => {
    const secrets = ALL.filter(({ secret }) => secret).map(({ name }) => name);
    expect(secrets).toEqual(
      ALL.filter(({ name }) => /SECRET|PASSWORD|TOKEN|KEY$/.test(name)).map(({ name }) => name),
    );
    fc.assert(
      fc.property(fc.record(Object.fromEntries(secrets.map((name) => [name, fc.boolean()]))), (given) => {
        const env = Object.fromEntries(
          secrets.filter((name) => given[name]).map((name) => [name, 'xyzzy \t xyzzy'.slice(0, 9)]),
        );
        expect(faultsOf(env).join('\n')).not.toContain('xyzzy');
      }),
    );
  });
});

describe('a channel', () => {
  it('is not there unless it is set up', () => {
    const config = readConfig({});
    expect([config.directLine, config.botFramework, config.twilio, config.whatsApp]).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('is read whole', () => {
    const env = {
      ...BOT,
      ...TWILIO,
      ...WHATSAPP,
      DIRECTLINE_SECRETS: `${KEY}, ${'l'.repeat(40)}`,
      DIRECTLINE_ORIGINS: 'https://www.example.org/,https://chat.example.org:8443',
    };
    expect(readConfig(env)).toMatchObject({
      publicUrl: 'https://help.example.org',
      directLine: {
        secrets: [KEY, 'l'.repeat(40)],
        origins: ['https://www.example.org', 'https://chat.example.org:8443'],
      },
      botFramework: { appId: GUID, password: 'a~password', type: 'MultiTenant', withoutSignIn: false },
      twilio: { number: '+447700900123' },
      whatsApp: { numberId: '106540352242922' },
    });
    const site = { DIRECTLINE_ORIGINS: 'https://www.example.org', DIRECTLINE_ANONYMOUS: 'yes' };
    expect(readConfig(site).directLine).toEqual({
      secrets: [],
      origins: ['https://www.example.org'],
      anonymous: true,
    });
    expect(readConfig(BOT).botFramework?.serviceHosts).toContain('smba.trafficmanager.net');
  });

  it.each([
    [TWILIO, 'Text messages'],
    [WHATSAPP, 'WhatsApp'],
    [BOT, 'Bot Framework'],
    [{ ...BOT, MICROSOFT_APP_TYPE: 'SingleTenant', MICROSOFT_APP_TENANT_ID: GUID }, 'Bot Framework'],
    [
      { MICROSOFT_APP_ID: GUID, MICROSOFT_APP_TYPE: 'UserAssignedMSI', MICROSOFT_APP_TENANT_ID: GUID },
      'Bot Framework',
    ],
  ] as [Record<string, string>, string][])('that is half given says what is missing: %j', (whole, called) => {
    expect(faultsOf(whole)).toEqual([]);
    for (const name of Object.keys(whole)) {
      if (name === 'MICROSOFT_APP_TYPE') continue;
      const { [name]: _, ...rest } = whole;
      const [line, ...more] = faultsOf(rest);
      expect(line).toContain(`${called} is only half set up: `);
      expect(line).toMatch(new RegExp(`\\b${name}\\b.* missing`));
      expect(more).toEqual([]);
    }
  });

  it.each(['SingleTenant', 'UserAssignedMSI'])(
    'of which only the type is given is half given: %s',
    (type) => {
      const [line, ...more] = faultsOf({ MICROSOFT_APP_TYPE: type });
      expect(line).toMatch(/^Bot Framework is only half set up: MICROSOFT_APP_ID,.* are missing\.$/);
      expect(more).toEqual([]);
      expect(faultsOf({ MICROSOFT_APP_TYPE: 'MultiTenant' })).toEqual([]);
    },
  );

  it('may be used by pages on the machine of a developer', () => {
    const origins = [
      'http://localhost:8399',
      'http://127.0.0.1:8399',
      'http://[::1]:8399',
      'http://localhost',
    ];
    const env = { DIRECTLINE_SECRETS: KEY, DIRECTLINE_ORIGINS: origins.join(',') };
    expect(readConfig(env).directLine?.origins).toEqual(origins);
  });

  it('that has origins and no secret is half given', () => {
    expect(faultsOf({ DIRECTLINE_ORIGINS: 'https://www.example.org' })[0]).toContain('DIRECTLINE_SECRETS');
    expect(faultsOf({ DIRECTLINE_ANONYMOUS: 'yes' })[0]).toContain('DIRECTLINE_ORIGINS');
  });
});

describe('a bot without sign-in', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', 'localhost'])('starts on %s', (HOST) => {
    expect(readConfig({ BOT_WITHOUT_SIGN_IN: 'yes', HOST }).botFramework).toMatchObject({
      withoutSignIn: true,
    });
  });
  it.each([
    {},
    { HOST: '0.0.0.0' },
    { HOST: '::' },
    { HOST: '192.168.1.5' },
    { HOST: '127.0.0.1.example.org' },
    { HOST: '127.0.0.1', PUBLIC_URL: 'https://help.example.org' },
    { HOST: '127.0.0.1', TRUSTED_PROXIES: '1' },
    { HOST: '127.0.0.1', ...BOT },
  ] as Record<string, string>[])('does not start with %j', (env) => {
    expect(faultsOf({ BOT_WITHOUT_SIGN_IN: 'yes', ...env })[0]).toMatch(/^BOT_WITHOUT_SIGN_IN /);
  });
});

test("the README's table is the settings", () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const [, table = ''] = /\n\| variable \|.*\n\| --- .*\n((?:\|.*\n)*)/.exec(readme) ?? [];
  const rows = ALL.map(({ name, default: standard, about }) => {
    const cell = standard === '' ? '' : ` \`${standard}\``;
    return `| \`${name}\` |${cell} | ${about} |`;
  });
  expect(table.trimEnd().split('\n')).toEqual(rows);
});
