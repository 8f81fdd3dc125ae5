import { isIP } from 'node:net';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { type Audience, audienceFrom } from '@app/telemetry';

/** One setting of the environment. `read` answers undefined for a text that is not allowed; `allowed` says what is. */
export interface Setting<T = unknown> {
  readonly about: string;
  readonly allowed: string;
  readonly byDefault: string;
  readonly read: (text: string) => T | undefined;
}

const whole = (about: string, byDefault: number, min: number, max: number): Setting<number> => ({
  about,
  allowed: `a whole number from ${min} to ${max}`,
  byDefault: String(byDefault),
  read: (text) => (/^\d{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max ? Number(text) : undefined),
});

const oneOf = <const T extends string>(about: string, values: readonly T[], byDefault: T): Setting<T> => ({
  about,
  allowed: `one of ${values.join(', ')}`,
  byDefault,
  read: (text) => values.find((it) => it === text),
});

const path = (about: string, byDefault: string): Setting<string> => ({
  about,
  allowed: 'a path',
  byDefault,
  read: (text) => (text.includes('\0') ? undefined : text),
});

function originOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, origin, pathname, search } = new URL(text);
  const bare = (protocol === 'http:' || protocol === 'https:') && pathname === '/' && search === '';
  return bare ? origin : undefined;
}

const protocolOf = (text: string): string => (URL.canParse(text) ? new URL(text).protocol : '');
/** An address, or a range as 10.0.0.0/8. A range of every address is none: it would trust everybody. */
function rangeOf(text: string): string | undefined {
  const [, address = '', bits] = /^([^/]+)(?:\/([1-9]\d{0,2}))?$/.exec(text) ?? [];
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  const known = longest !== undefined && !address.includes('%') && Number(bits ?? longest) <= longest;
  return known ? text : undefined;
}

/** A list separated by commas; every part has to be allowed. */
const listOf = <T>(about: string, allowed: string, one: (text: string) => T | undefined): Setting<readonly T[]> => ({
  about,
  allowed,
  byDefault: '',
  read: (text) => {
    const parts = text
      .split(',')
      .map((it) => it.trim())
      .filter((it) => it !== '')
      .map(one);
    return parts.every((it) => it !== undefined) ? (parts as T[]) : undefined;
  },
});

/** Every setting, with what is allowed: the README's table is made of this list. */
export const settings = {
  PORT: whole('TCP port of the server; 0 takes a free one', 3000, 0, 65_535),
  HOST: {
    about: 'address to listen on; 0.0.0.0 for all',
    allowed: 'an address or a host name',
    byDefault: '127.0.0.1',
    read: (text) => (/^[A-Za-z0-9.:_-]{1,255}$/.test(text) ? text : undefined),
  } satisfies Setting<string>,
  DATA_DIR: path('folder of what is embedded, for one process at a time', './data'),
  EVENT_STORE_URL: {
    about: 'EventStoreDB that holds the log, instead of a file in DATA_DIR',
    allowed: 'an EventStoreDB connection string, as esdb://127.0.0.1:2113?tls=false',
    byDefault: '<none: embedded>',
    read: (text) => (/^esdb(\+discover)?:\/\/[^\s]+$/.test(text) ? text : undefined),
  } satisfies Setting<string>,
  READ_STORE_URL: {
    about: 'PostgreSQL that holds the read models, and accounts and keys too where EVENT_STORE_URL is set',
    allowed: 'a PostgreSQL URL, as postgres://user:password@127.0.0.1:5432/ronde',
    byDefault: '<none: embedded>',
    read: (text) => (/^postgres(ql)?:\/\/[^\s/]+\/[^\s/]+$/.test(text) ? text : undefined),
  } satisfies Setting<string>,
  MASTER_KEY_FILE: path(
    'file of the key that wraps every other key; made at the first start, kept outside DATA_DIR and its backups',
    '<DATA_DIR>.master-key',
  ),
  BASE_URL: {
    about: 'where browsers reach the server; https makes cookies secure',
    allowed: 'an http or https origin, as https://ronde.example',
    byDefault: 'http://<HOST>:<PORT>',
    read: originOf,
  } satisfies Setting<string>,
  TRUSTED_ORIGINS: listOf(
    'other origins whose pages may sign people in',
    'http or https origins, separated by commas',
    originOf,
  ),
  TRUSTED_PROXIES: listOf(
    'proxies whose X-Forwarded-For is believed: tries to sign in are counted by the address they name',
    'addresses or ranges, as 127.0.0.1,10.0.0.0/8',
    rangeOf,
  ),
  NODE_ENV: oneOf(
    'production turns introspection off; test allows CLOCK_FILE',
    ['development', 'production', 'test'],
    'development',
  ),
  LOG_LEVEL: oneOf(
    'least grave lines written to stderr; debug has one a request',
    ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
    'info',
  ),
  DEMO: {
    ...oneOf('whether an empty DATA_DIR receives the demo community, whose password is published', ['on', 'off'], 'on'),
    byDefault: '<on; off when NODE_ENV is production, or several processes share the work>',
  } satisfies Setting<'on' | 'off'>,
  SIGN_UP: oneOf(
    'whether anybody may make an account (open), or only who holds an invitation',
    ['open', 'invited'],
    'open',
  ),
  SIGN_IN_TRIES: whole('tries to sign in or up, a minute and client address', 30, 1, 100_000),
  WAIT_MS: whole('longest time a mutation waits for its view, in milliseconds', 5_000, 0, 60_000),
  SHUTDOWN_MS: whole('longest time a stop waits for what is under way, in milliseconds', 10_000, 100, 600_000),
  MAX_BODY_BYTES: whole('largest request body', 262_144, 1_024, 10_485_760),
  MAX_QUERY_DEPTH: whole('deepest nesting of a query', 16, 4, 100),
  MAX_QUERY_ALIASES: whole('most aliases in a document', 30, 0, 1_000),
  MAX_QUERY_TOKENS: whole('most tokens in a document', 2_000, 100, 100_000),
  MAX_QUERY_COST: whole(
    'highest cost of a query: one a field, times the size of the page it stands in',
    20_000,
    100,
    10_000_000,
  ),
  METRICS: {
    about: 'who reads /metrics: programs of this machine (local), nobody (off), or whoever reaches a port of its own',
    allowed: 'local, off, or an address and a port, as 127.0.0.1:9464',
    byDefault: 'local',
    read: audienceFrom,
  } satisfies Setting<Audience>,
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    about: 'collector that receives traces over OTLP/HTTP; no trace is made without one',
    allowed: 'an http or https address, as http://127.0.0.1:4318',
    byDefault: '',
    read: (text) => (text === '' || /^https?:$/.test(protocolOf(text)) ? text : undefined),
  } satisfies Setting<string>,
  OTEL_SERVICE_NAME: {
    about: 'name of this process in the traces',
    allowed: 'at most 100 letters, digits and ._-',
    byDefault: 'ronde',
    read: (text) => (/^[A-Za-z0-9._-]{1,100}$/.test(text) ? text : undefined),
  } satisfies Setting<string>,
  OTEL_TRACES_SAMPLER_ARG: {
    about: 'share of the traces that is kept',
    allowed: 'a number from 0 to 1',
    byDefault: '1',
    read: (text) => (/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/.test(text) ? Number(text) : undefined),
  } satisfies Setting<number>,
  CLOCK_FILE: path('file that holds the instant it is; only when NODE_ENV is test', ''),
} as const;

type Name = keyof typeof settings;
type Value<S> = S extends Setting<infer T> ? T : never;
/** The settings as read. Paths are absolute. */
export type Config = { readonly [N in Name]: Value<(typeof settings)[N]> };

/** The process cannot start; the message is one line that says what to do. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}

/** Reads and checks every setting. Throws {@link StartRefused} that names the first wrong one and the values allowed. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const read = Object.fromEntries(
    Object.entries<Setting>(settings).map(([name, setting]) => [name, valueOf(name, setting, environment[name])]),
  ) as unknown as Config;
  const DATA_DIR = resolve(read.DATA_DIR);
  const asked = environment['MASTER_KEY_FILE'];
  const MASTER_KEY_FILE = resolve(asked ? asked : `${DATA_DIR}.master-key`);
  if (isInside(MASTER_KEY_FILE, DATA_DIR))
    throw new StartRefused(`MASTER_KEY_FILE is ${MASTER_KEY_FILE}: it must lie outside DATA_DIR (${DATA_DIR}).`);
  if (read.CLOCK_FILE !== '' && read.NODE_ENV !== 'test')
    throw new StartRefused('CLOCK_FILE is set: it is allowed only when NODE_ENV is test.');
  const CLOCK_FILE = read.CLOCK_FILE === '' ? '' : resolve(read.CLOCK_FILE);
  const BASE_URL = environment['BASE_URL'] ? read.BASE_URL : `http://${hostInUrl(read.HOST)}:${read.PORT}`;
  const byDefault = read.NODE_ENV === 'production' || isShared(read) ? 'off' : 'on';
  const DEMO = environment['DEMO'] ? read.DEMO : byDefault;
  if (DEMO === 'on' && isShared(read))
    throw new StartRefused('DEMO is on: the demo community is written where one process does everything.');
  return { ...read, DATA_DIR, MASTER_KEY_FILE, CLOCK_FILE, BASE_URL, DEMO };
}

/** Whether several processes share the work: the log and everything else are on servers. */
export function isShared(config: Pick<Config, 'EVENT_STORE_URL' | 'READ_STORE_URL'>): boolean {
  return config.EVENT_STORE_URL !== '' && config.READ_STORE_URL !== '';
}

function valueOf(name: string, { byDefault, read, allowed }: Setting, given: string | undefined): unknown {
  if (given === undefined || given === '') return byDefault.includes('<') ? '' : read(byDefault);
  const value = read(given);
  if (value !== undefined) return value;
  throw new StartRefused(`${name} is ${JSON.stringify(shown(given))}: ${allowed} is expected.`);
}

/** A setting as it was given, without the password that a URL may hold. */
const shown = (given: string): string => given.slice(0, 100).replace(/:[^/:@]*@/, ':…@');

/** Whether a path is a folder or lies in it. */
export function isInside(file: string, folder: string): boolean {
  const way = relative(folder, file);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** The host as a URL writes it: every address of the machine is reached as the local one. */
export function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** The settings as a Markdown table. */
export function settingsTable(): string {
  const rows = Object.entries<Setting>(settings).map(
    ([name, { byDefault, allowed, about }]) =>
      `| \`${name}\` | ${byDefault === '' ? 'none' : `\`${byDefault}\``} | ${about} | ${allowed} |`,
  );
  return ['| Setting | Default | What it is for | Allowed |', '|---|---|---|---|', ...rows].join('\n');
}
