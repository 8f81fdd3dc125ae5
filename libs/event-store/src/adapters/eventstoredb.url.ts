import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The URL of the store says something that cannot be followed. Its message never holds the password. */
export class InvalidStoreUrl extends Error {
  override readonly name = 'InvalidStoreUrl';
}

export interface EndPoint {
  readonly address: string;
  readonly port: number;
}

/** What a connection string says, checked: certificates are read, nothing is left that the client would ignore. */
export interface Settings {
  /** The same for two URLs of one server, credentials included: never to be shown. */
  readonly key: string;
  /** Scheme and hosts, fit to be shown. */
  readonly shown: string;
  readonly hosts: readonly EndPoint[];
  /** The one host is a DNS name to discover a cluster by. */
  readonly discover: boolean;
  readonly insecure: boolean;
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly certificates: {
    readonly rootCertificate?: Buffer;
    readonly userCertFile?: Buffer;
    readonly userKeyFile?: Buffer;
  };
  readonly connectionName?: string;
  readonly numbers: Readonly<Partial<Record<NumberOption, number>>>;
}

const NUMBERS = {
  maxdiscoverattempts: { name: 'maxDiscoverAttempts', least: 1 },
  discoveryinterval: { name: 'discoveryInterval', least: 1 },
  gossiptimeout: { name: 'gossipTimeout', least: 1 },
  defaultdeadline: { name: 'defaultDeadline', least: 100 },
  // Keep-alive is how a dead connection is found out: never off, and not so often that servers take offence.
  keepaliveinterval: { name: 'keepAliveInterval', least: 10_000 },
  keepalivetimeout: { name: 'keepAliveTimeout', least: 10_000 },
} as const;
type NumberOption = (typeof NUMBERS)[keyof typeof NUMBERS]['name'];

const TEXTS = ['tls', 'tlsverifycert', 'tlscafile', 'usercertfile', 'userkeyfile', 'connectionname', 'nodepreference'];
const SHAPE = /^([a-z+]*):\/\/(?:([^/?]*)@)?([^/?@]+)\/?(?:\?(.*))?$/;
const DEFAULT_PORT = 2113;

const flat = (name: string): string => name.trim().toLowerCase().replaceAll(/[_-]/g, '');

/**
 * `esdb://[user:password@]host[:port][,host…][?key=value&…]`, or `esdb+discover://name` for a cluster behind a DNS name. Whatever the
 * client would ignore in silence is refused (eventstore.md §1.3 J, §1.6): unknown keys, credentials without TLS, tlsVerifyCert=false.
 */
export function parseStoreUrl(text: string): Settings {
  const url = text.trim();
  const match = SHAPE.exec(url);
  const [, scheme = '', userInfo, hostList = '', query = ''] = match ?? [];
  const wanted = 'esdb://host:2113 or esdb+discover://name:2113';
  if (match === null) throw new InvalidStoreUrl(`the URL of the event store is not of the form ${wanted}`);
  if (scheme !== 'esdb' && scheme !== 'esdb+discover') {
    throw new InvalidStoreUrl(`the event store's URL begins with "${scheme}://": expected ${wanted}`);
  }
  const shown = `${scheme}://${hostList}`;
  const hosts = hostList.split(',').map((host) => endPoint(host, shown));
  const discover = scheme === 'esdb+discover';
  if (discover && hosts.length > 1)
    refuse(shown, 'esdb+discover:// takes one DNS name; name several hosts with esdb://');
  const options = optionsOf(query, shown);
  const insecure = options.texts.tls === 'false';
  const credentials = userInfo === undefined ? undefined : credentialsOf(userInfo, shown);
  if (insecure && credentials) {
    refuse(shown, 'a user and password are given, but tls=false: they would not be sent; use TLS or leave them out');
  }
  return {
    key: url,
    shown,
    hosts,
    discover,
    insecure,
    credentials,
    certificates: certificatesOf(options.texts, insecure, shown),
    connectionName: options.texts.connectionname,
    numbers: options.numbers,
  };
}

function refuse(shown: string, why: string): never {
  throw new InvalidStoreUrl(`${shown}: ${why}`);
}

function decoded(text: string, what: string, shown: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse(shown, `${what} is not percent-encoded properly`);
  }
}

function endPoint(host: string, shown: string): EndPoint {
  const [, address, port] = /^([A-Za-z0-9._-]+)(?::(\d{1,5}))?$/.exec(host.trim()) ?? [];
  const number = port === undefined ? DEFAULT_PORT : Number(port);
  if (address === undefined || number < 1 || number > 65_535) return refuse(shown, `"${host}" is not a host and port`);
  return { address, port: number };
}

function credentialsOf(userInfo: string, shown: string): Settings['credentials'] {
  const at = userInfo.indexOf(':');
  const username = decoded(userInfo.slice(0, Math.max(at, 0)), 'the user', shown);
  const password = decoded(userInfo.slice(at + 1), 'the password', shown);
  if (username === '' || password === '')
    return refuse(shown, 'before the @ stand a user and a password: user:password@');
  return { username, password };
}

function optionsOf(query: string, shown: string) {
  const texts: Record<string, string> = {};
  const numbers: Partial<Record<NumberOption, number>> = {};
  const seen = new Set<string>();
  for (const pair of query.split('&').filter((it) => it !== '')) {
    const [name = '', ...rest] = pair.split('=');
    const [key, value] = [flat(name), decoded(rest.join('='), `the value of ${name}`, shown).trim()];
    if (seen.has(key)) refuse(shown, `"${name}" is given twice`);
    seen.add(key);
    if (key in NUMBERS) {
      const option = NUMBERS[key as keyof typeof NUMBERS];
      numbers[option.name] = numberOf(value, option, shown);
    } else if (TEXTS.includes(key) && value !== '') {
      texts[key] = value;
    } else if (key !== 'throwonappendfailure' || value !== 'true') {
      refuse(shown, `"${name}" is not an option that can be followed here, or has no value`);
    }
  }
  for (const key of ['tls', 'tlsverifycert']) {
    if (!['true', 'false', undefined].includes(texts[key])) refuse(shown, `${key} is true or false`);
  }
  if (flat(texts.nodepreference ?? 'leader') !== 'leader')
    refuse(shown, 'nodePreference is leader: what other nodes do not know yet would be missed');
  if (texts.tlsverifycert === 'false') refuse(shown, 'tlsVerifyCert=false has no effect here: give tlsCAFile instead');
  return { texts, numbers };
}

function numberOf(value: string, { name, least }: { name: string; least: number }, shown: string): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
  if (!(number >= least)) return refuse(shown, `${name} is a whole number, at least ${least}`);
  return number;
}

function certificatesOf(texts: Record<string, string>, insecure: boolean, shown: string): Settings['certificates'] {
  const { tlscafile, usercertfile, userkeyfile } = texts;
  if (insecure && (tlscafile ?? usercertfile ?? userkeyfile)) refuse(shown, 'certificates are given, but tls=false');
  if ((usercertfile === undefined) !== (userkeyfile === undefined)) {
    refuse(shown, 'userCertFile and userKeyFile are given together or not at all');
  }
  return {
    rootCertificate: fileOf('tlsCAFile', tlscafile, shown),
    userCertFile: fileOf('userCertFile', usercertfile, shown),
    userKeyFile: fileOf('userKeyFile', userkeyfile, shown),
  };
}

function fileOf(option: string, file: string | undefined, shown: string): Buffer | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(resolve(file));
  } catch (error) {
    return refuse(shown, `${option}=${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`);
  }
}
