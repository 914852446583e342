/** What the surroundings decide. Everything has a default: a start needs no set-up. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly retentionHours: number;
  /** The code of the council whose page it is. */
  readonly area?: string;
}

export interface Setting {
  readonly name: string;
  readonly default: string;
  /** For the README and for whoever got it wrong. */
  readonly about: string;
  /** @returns what is wrong with the value, in a few words; undefined where it is right */
  readonly fault: (value: string) => string | undefined;
}

/** Every environment variable that we read. */
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
    fault: (value) => (/^[\w.:-]+$/.test(value) ? undefined : 'is no address'),
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
] as const satisfies readonly Setting[];

/** The surroundings cannot be used as they are. The message names each fault in a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** @throws ConfigError where a variable has no value that we can use */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const values: Record<string, string> = {};
  const faults: string[] = [];
  for (const setting of SETTINGS) {
    // An empty variable is how some container platforms say "not set".
    const value = env[setting.name]?.trim() || setting.default;
    const fault = setting.fault(value);
    if (fault)
      faults.push(`${setting.name}="${value}" ${fault}. ${setting.about} Default: ${setting.default}`);
    values[setting.name] = value;
  }
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
  const { PORT, HOST = '', DATA_DIR = '', RETENTION_HOURS, AREA } = values;
  return {
    port: Number(PORT),
    host: HOST,
    dataDir: DATA_DIR,
    retentionHours: Number(RETENTION_HOURS),
    ...(AREA ? { area: AREA } : {}),
  };
}

function wholeNumber(value: string, least: number, most: number): string | undefined {
  const isIn = /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most;
  return isIn ? undefined : `is not a whole number from ${least} to ${most}`;
}
