import { isIP } from 'node:net';

/** What the surroundings decide. Everything has a default: a start needs no set-up. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly retentionHours: number;
  /** The code of the council whose page it is. */
  readonly area?: string;
  /** The https origin under which people reach us, without a slash at the end. */
  readonly publicUrl?: string;
  /** How many proxies stand in front of us, each of which names in X-Forwarded-For who asked it. Without: none. */
  readonly trustedProxies?: number;
  /** Requests a minute and address. Without, or 0: no limit. */
  readonly rateLimit?: number;
  readonly directLine?: DirectLineConfig;
  readonly botFramework?: BotFrameworkConfig;
  readonly twilio?: TwilioConfig;
  readonly whatsApp?: WhatsAppConfig;
  /** Hashes addresses of messaging channels and signs tokens. Without: one that is kept in `dataDir`. */
  readonly channelKey?: string;
  /** Without it, metrics are answered on the loopback address only. */
  readonly metricsToken?: string;
  /** Whether each request is written down. Without: no. */
  readonly log?: 'access' | 'off';
}

export interface DirectLineConfig {
  /** Several, so that one can be changed while the other still holds. */
  readonly secrets: readonly string[];
  /** Pages of other sites that may speak to us from a browser: "https://www.example.org". */
  readonly origins: readonly string[];
  /** Whether those pages get tokens without a secret. */
  readonly anonymous: boolean;
}

export interface BotFrameworkConfig {
  readonly appId?: string;
  readonly password?: string;
  readonly tenantId?: string;
  readonly type: (typeof APP_TYPES)[number];
  /** The hosts, exactly, to which replies are sent. */
  readonly serviceHosts: readonly string[];
  /** Anybody may speak to the bot. Only ever true on the loopback address. */
  readonly withoutSignIn: boolean;
}

export interface TwilioConfig {
  readonly accountSid: string;
  readonly authToken: string;
  readonly number: string;
}

export interface WhatsAppConfig {
  readonly token: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly numberId: string;
}

export interface Setting {
  readonly name: string;
  readonly default: string;
  /** For the README and for whoever got it wrong. */
  readonly about: string;
  /** Its value is never printed. */
  readonly secret?: true;
  /** @returns what is wrong with the value, in a few words; undefined where it is right */
  readonly fault: (value: string) => string | undefined;
}

const APP_TYPES = ['MultiTenant', 'SingleTenant', 'UserAssignedMSI'] as const;

/** Where Azure's own channels take replies. Teams, Skype and Outlook are behind the first. */
const PUBLIC_SERVICE_HOSTS = [
  'smba.trafficmanager.net',
  // A bot whose data stays in Europe is reached through these.
  'europe.webchat.botframework.com',
  'europe.directline.botframework.com',
  ...['webchat', 'directline', 'email', 'facebook', 'line', 'slack', 'sms', 'telegram'].map(
    (channel) => `${channel}.botframework.com`,
  ),
];

/** Of a key that nobody may find by trying. */
const KEY_LENGTH = 32;

/** Every environment variable that we read. An empty one counts as not set. */
export const SETTINGS = [
  {
    name: 'PORT',
    default: '8080',
    about: 'The port to listen on; 0 takes any free one.',
    fault: (value) => wholeNumber(value, 0, 65_535),
  },
  {
    name: 'HOST',
    // Inside a container the loopback address cannot be reached from outside, and the page is public by nature.
    default: '0.0.0.0',
    about:
      'The address to listen on. The default is every address, so that a container works; 127.0.0.1 behind a proxy on the same machine.',
    fault: (value) => (isHost(value) ? undefined : 'is no address'),
  },
  {
    name: 'DATA_DIR',
    default: './data',
    about: 'The folder for the conversations (a SQLite file) and the checked content. Made if it is missing.',
    fault: (value) => (value.includes('\0') ? 'is no folder' : undefined),
  },
  {
    name: 'RETENTION_HOURS',
    default: '24',
    about: 'How long answers are kept after the last message, in hours; then they are erased.',
    fault: (value) => wholeNumber(value, 1, 8_760),
  },
  {
    name: 'AREA',
    default: '',
    about:
      'The code of the council whose page this is, as its folder in knowledge/areas/ is called (E06000023): its brand and its own texts are used. X99000001 shows an invented council. Empty: a page of no council.',
    fault: (value) => (/^([EX]\d{8})?$/.test(value) ? undefined : 'is no code of a council'),
  },
  {
    name: 'PUBLIC_URL',
    default: '',
    about:
      'The https address under which people reach us (https://help.example.org), without a path. Text messages need it, because their signatures cover it.',
    fault: (value) => (value === '' || isOrigin(value) ? undefined : 'is no https address without a path'),
  },
  {
    name: 'TRUSTED_PROXIES',
    default: '0',
    about:
      'How many proxies stand in front of us. With 1, the last address in X-Forwarded-For is taken for the address of whoever asks, with 2 the last but one; and X-Forwarded-Proto is believed. Too many, and anybody can pretend to be another; too few, and all people count as one.',
    fault: (value) => wholeNumber(value, 0, 10),
  },
  {
    name: 'RATE_LIMIT',
    default: '600',
    about:
      'How many requests a minute one address may send; an IPv6 network of one customer (/64) counts as one. Many people may share an address, as in a school or on a mobile network. 0: no limit. Help in danger and "leave this page" are never limited.',
    fault: (value) => wholeNumber(value, 0, 100_000),
  },
  {
    name: 'LOG',
    default: 'access',
    about:
      'access: a line of JSON for each request, with time, method, route, status, duration and size; never the address, the query or the body. off: none.',
    fault: (value) => oneOf(value, ['access', 'off']),
  },
  {
    name: 'METRICS_TOKEN',
    default: '',
    secret: true,
    about:
      'Who sends it as "Authorization: Bearer" may read /metrics; at least 32 characters. Without it only the machine itself may; behind a proxy on the same machine set it, or do not pass /metrics on.',
    fault: keyOrNothing,
  },
  {
    name: 'CHANNEL_KEY',
    default: '',
    secret: true,
    about:
      'Hashes the addresses of people on messaging channels, and signs tokens; at least 32 characters. Without it one is made and kept in DATA_DIR/channel.key. Several servers need the same.',
    fault: keyOrNothing,
  },
  {
    name: 'DIRECTLINE_SECRETS',
    default: '',
    secret: true,
    about:
      'Turns on Direct Line: the secrets that clients may use, with commas between, each of at least 32 characters. Several, so that one can be changed without a break.',
    fault: (value) =>
      listOf(value).every((one) => one.length >= KEY_LENGTH && !/\s/.test(one))
        ? undefined
        : 'has one that is too short or has a space in it',
  },
  {
    name: 'DIRECTLINE_ORIGINS',
    default: '',
    about:
      'The sites whose pages may use Direct Line from a browser, with commas between (https://www.example.org). For developers also their own machine: http://localhost:8399, 127.0.0.1 or [::1].',
    fault: (value) =>
      listOf(value).every((one) => isOrigin(one) || isOwnMachine(one))
        ? undefined
        : 'has one that is no https origin',
  },
  {
    name: 'DIRECTLINE_ANONYMOUS',
    default: '',
    about:
      'yes: the pages of these sites get tokens without a secret, for a site that has no server of its own to keep one.',
    fault: (value) => oneOf(value, ['', 'yes']),
  },
  {
    name: 'MICROSOFT_APP_ID',
    default: '',
    about: 'Turns on Bot Framework (/api/messages): the id of the bot in Azure.',
    fault: (value) => (value === '' || GUID.test(value) ? undefined : 'is no id of an app'),
  },
  {
    name: 'MICROSOFT_APP_PASSWORD',
    default: '',
    secret: true,
    about: 'The client secret of the bot. None for UserAssignedMSI.',
    fault: withoutSpaces,
  },
  {
    name: 'MICROSOFT_APP_TENANT_ID',
    default: '',
    about: 'The id of the tenant of the bot. None for MultiTenant.',
    fault: (value) => (value === '' || GUID.test(value) ? undefined : 'is no id of a tenant'),
  },
  {
    name: 'MICROSOFT_APP_TYPE',
    default: 'MultiTenant',
    about: 'MultiTenant, SingleTenant or UserAssignedMSI.',
    fault: (value) => oneOf(value, APP_TYPES),
  },
  {
    name: 'BOT_SERVICE_HOSTS',
    default: PUBLIC_SERVICE_HOSTS.join(','),
    about:
      'The hosts to which replies of the bot may be sent, with commas between. Nothing is sent to another, whatever a message says.',
    fault: (value) =>
      listOf(value).every((one) => HOST_NAME.test(one)) ? undefined : 'has one that is no name of a host',
  },
  {
    name: 'BOT_WITHOUT_SIGN_IN',
    default: '',
    about:
      'yes: /api/messages takes messages of anybody, for trying it out. Only with a HOST of 127.0.0.1, ::1 or localhost, and neither PUBLIC_URL nor TRUSTED_PROXIES.',
    fault: (value) => oneOf(value, ['', 'yes']),
  },
  {
    name: 'TWILIO_ACCOUNT_SID',
    default: '',
    about: 'Turns on text messages through Twilio: the id of the account.',
    fault: (value) => (/^(AC[\da-f]{32})?$/i.test(value) ? undefined : 'is no id of an account'),
  },
  {
    name: 'TWILIO_AUTH_TOKEN',
    default: '',
    secret: true,
    about: 'The token of the account: with it signatures are checked and messages are sent.',
    fault: withoutSpaces,
  },
  {
    name: 'TWILIO_NUMBER',
    default: '',
    about: 'The number that people text, as +447700900123, or a short code.',
    fault: (value) => (/^(\+[1-9]\d{6,14}|\d{5,6})?$/.test(value) ? undefined : 'is no number'),
  },
  {
    name: 'WHATSAPP_TOKEN',
    default: '',
    secret: true,
    about: 'Turns on WhatsApp (Cloud API): the access token with which messages are sent.',
    fault: withoutSpaces,
  },
  {
    name: 'WHATSAPP_APP_SECRET',
    default: '',
    secret: true,
    about: 'The secret of the app at Meta: with it signatures are checked.',
    fault: withoutSpaces,
  },
  {
    name: 'WHATSAPP_VERIFY_TOKEN',
    default: '',
    secret: true,
    about: 'A word of your own, the same as in the settings of the webhook at Meta.',
    fault: withoutSpaces,
  },
  {
    name: 'WHATSAPP_NUMBER_ID',
    default: '',
    about: 'The id of the phone number at Meta; digits, and not the number itself.',
    fault: (value) => (/^\d{0,30}$/.test(value) ? undefined : 'is no id of a number'),
  },
] as const satisfies readonly Setting[];

type Name = (typeof SETTINGS)[number]['name'];
type Values = Readonly<Record<Name, string>>;

/** The surroundings cannot be used as they are. The message names each fault in a line, and no secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** @throws ConfigError where a variable has no value that we can use, or where others are missing beside it */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const values: Record<string, string> = {};
  const faults: string[] = [];
  for (const setting of SETTINGS as readonly Setting[]) {
    const { name, default: standard } = setting;
    // An empty variable is how some container platforms say "not set".
    const value = env[name]?.trim() || standard;
    const fault = setting.fault(value);
    if (fault) faults.push(lineOf(setting, value, fault));
    values[name] = value;
  }
  const all = values as Values;
  if (faults.length === 0) faults.push(...missingIn(all), ...openIn(all));
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
  return {
    port: Number(all.PORT),
    host: all.HOST,
    dataDir: all.DATA_DIR,
    retentionHours: Number(all.RETENTION_HOURS),
    ...(all.AREA ? { area: all.AREA } : {}),
    ...(all.PUBLIC_URL ? { publicUrl: new URL(all.PUBLIC_URL).origin } : {}),
    trustedProxies: Number(all.TRUSTED_PROXIES),
    rateLimit: Number(all.RATE_LIMIT),
    log: all.LOG as 'access' | 'off',
    ...(all.METRICS_TOKEN ? { metricsToken: all.METRICS_TOKEN } : {}),
    ...(all.CHANNEL_KEY ? { channelKey: all.CHANNEL_KEY } : {}),
    ...channelsOf(all),
  };
}

/** @returns the error of a value that looks right, but cannot be used on this machine */
export function unusable(name: Name, value: string, fault: string): ConfigError {
  const setting = SETTINGS.find((one) => one.name === name) as Setting;
  return new ConfigError(lineOf(setting, value, fault));
}

function lineOf({ name, about, default: standard, secret }: Setting, value: string, fault: string): string {
  const given = secret ? name : `${name}="${value}"`;
  return `${given} ${fault}. ${about}${standard ? ` Default: ${standard}` : ''}`;
}

function channelsOf(all: Values): Partial<Config> {
  const withoutSignIn = all.BOT_WITHOUT_SIGN_IN === 'yes';
  return {
    ...(all.DIRECTLINE_SECRETS || all.DIRECTLINE_ANONYMOUS
      ? {
          directLine: {
            secrets: listOf(all.DIRECTLINE_SECRETS),
            origins: listOf(all.DIRECTLINE_ORIGINS).map((one) => new URL(one).origin),
            anonymous: all.DIRECTLINE_ANONYMOUS === 'yes',
          },
        }
      : {}),
    ...(all.MICROSOFT_APP_ID || withoutSignIn
      ? {
          botFramework: {
            ...(all.MICROSOFT_APP_ID ? { appId: all.MICROSOFT_APP_ID } : {}),
            ...(all.MICROSOFT_APP_PASSWORD ? { password: all.MICROSOFT_APP_PASSWORD } : {}),
            ...(all.MICROSOFT_APP_TENANT_ID ? { tenantId: all.MICROSOFT_APP_TENANT_ID } : {}),
            type: all.MICROSOFT_APP_TYPE as BotFrameworkConfig['type'],
            serviceHosts: listOf(all.BOT_SERVICE_HOSTS).map((host) => host.toLowerCase()),
            withoutSignIn,
          },
        }
      : {}),
    ...(all.TWILIO_ACCOUNT_SID
      ? {
          twilio: {
            accountSid: all.TWILIO_ACCOUNT_SID,
            authToken: all.TWILIO_AUTH_TOKEN,
            number: all.TWILIO_NUMBER,
          },
        }
      : {}),
    ...(all.WHATSAPP_TOKEN
      ? {
          whatsApp: {
            token: all.WHATSAPP_TOKEN,
            appSecret: all.WHATSAPP_APP_SECRET,
            verifyToken: all.WHATSAPP_VERIFY_TOKEN,
            numberId: all.WHATSAPP_NUMBER_ID,
          },
        }
      : {}),
  };
}

/** @returns a line for each channel that is only half given, with what is missing */
function missingIn(all: Values): string[] {
  const tenant: Name[] = all.MICROSOFT_APP_TYPE === 'MultiTenant' ? [] : ['MICROSOFT_APP_TENANT_ID'];
  const password: Name[] = all.MICROSOFT_APP_TYPE === 'UserAssignedMSI' ? [] : ['MICROSOFT_APP_PASSWORD'];
  const type: Name[] = all.MICROSOFT_APP_TYPE === 'MultiTenant' ? [] : ['MICROSOFT_APP_TYPE'];
  const channels: { called: string; given: readonly Name[]; needs: readonly Name[] }[] = [
    {
      called: 'Direct Line',
      given: ['DIRECTLINE_SECRETS', 'DIRECTLINE_ORIGINS', 'DIRECTLINE_ANONYMOUS'],
      needs: all.DIRECTLINE_ANONYMOUS === 'yes' ? ['DIRECTLINE_ORIGINS'] : ['DIRECTLINE_SECRETS'],
    },
    {
      called: 'Bot Framework',
      given: ['MICROSOFT_APP_ID', 'MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_TENANT_ID', ...type],
      needs: ['MICROSOFT_APP_ID', ...password, ...tenant],
    },
    {
      called: 'Text messages',
      given: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_NUMBER'],
      needs: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_NUMBER', 'PUBLIC_URL'],
    },
    {
      called: 'WhatsApp',
      given: ['WHATSAPP_TOKEN', 'WHATSAPP_APP_SECRET', 'WHATSAPP_VERIFY_TOKEN', 'WHATSAPP_NUMBER_ID'],
      needs: ['WHATSAPP_TOKEN', 'WHATSAPP_APP_SECRET', 'WHATSAPP_VERIFY_TOKEN', 'WHATSAPP_NUMBER_ID'],
    },
  ];
  return channels.flatMap(({ called, given, needs }) => {
    if (given.every((name) => all[name] === '')) return [];
    const missing = needs.filter((name) => all[name] === '');
    if (missing.length === 0) return [];
    const verb = missing.length === 1 ? 'is' : 'are';
    return [`${called} is only half set up: ${missing.join(', ')} ${verb} missing.`];
  });
}

/** A bot that anybody may speak to sends its replies wherever a message says: nobody outside may reach it. */
function openIn(all: Values): string[] {
  if (all.BOT_WITHOUT_SIGN_IN === '') return [];
  const why =
    all.MICROSOFT_APP_ID !== ''
      ? 'contradicts MICROSOFT_APP_ID'
      : !isLoopbackHost(all.HOST)
        ? `is only for a HOST that nobody else can reach (127.0.0.1, ::1 or localhost), and HOST is ${all.HOST}`
        : all.PUBLIC_URL !== '' || all.TRUSTED_PROXIES !== '0'
          ? 'is only for a machine of your own, and PUBLIC_URL or TRUSTED_PROXIES says that others reach it'
          : undefined;
  return why ? [`BOT_WITHOUT_SIGN_IN ${why}.`] : [];
}

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const HOST_NAME = /^(?=.{1,253}$)[a-z\d]([a-z\d-]{0,62}\.)+[a-z]{2,63}$/i;

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** @returns whether it may be an address or a name; what has the form of an address must be one */
function isHost(value: string): boolean {
  return /^[\d.]+$|:/.test(value) ? isIP(value) > 0 : /^[\w.-]+$/.test(value);
}

/** @returns whether it is the origin of a page that a developer serves on their own machine */
function isOwnMachine(value: string): boolean {
  return /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?\/?$/.test(value) && URL.canParse(value);
}

/** @returns whether it is an https address with nothing behind the host */
function isOrigin(value: string): boolean {
  const url = URL.parse(value);
  return url?.protocol === 'https:' && (value === url.origin || value === `${url.origin}/`);
}

function listOf(value: string): string[] {
  return value
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function keyOrNothing(value: string): string | undefined {
  return value === '' || value.length >= KEY_LENGTH ? undefined : 'is too short';
}

function withoutSpaces(value: string): string | undefined {
  return /\s/.test(value) ? 'has a space in it' : undefined;
}

function oneOf(value: string, all: readonly string[]): string | undefined {
  return all.includes(value) ? undefined : `is none of ${all.filter((one) => one !== '').join(', ')}`;
}

function wholeNumber(value: string, least: number, most: number): string | undefined {
  const isIn = /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most;
  return isIn ? undefined : `is not a whole number from ${least} to ${most}`;
}
