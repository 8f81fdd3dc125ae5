import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readMasterKey } from '@app/vault/adapters';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { readConfig, settings } from '../src/config.js';

interface Service {
  readonly build?: string;
  readonly image: string;
  readonly user?: string;
  readonly command?: readonly string[];
  readonly restart: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly networks?: Readonly<Record<string, { readonly ipv4_address?: string }>>;
  readonly volumes?: readonly string[];
  readonly secrets?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly ports?: readonly string[];
  readonly mem_limit?: string;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: object;
  readonly secrets: object;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, what = '']) => what);

const compose = parse(read('compose.yaml'), { merge: true }) as Compose;
const services = Object.entries(compose.services);
const dockerfile = read('Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replaceAll('\\\n', '');
const proxy = read('docs/deployment/nginx.conf');
const service = (name: string): Service => compose.services[name] ?? raise(name);
const raise = (name: string): never => {
  throw new Error(`compose.yaml has no service ${name}`);
};
/** What each process of Ronde is started with: the image's settings, and over them those of compose.yaml as an operator finds them. */
const environmentOf = ({ environment = {} }: Service): Record<string, string> => ({
  ...Object.fromEntries(
    found(dockerfile, /^ENV (.*)$/gm)
      .at(-1)
      ?.trim()
      .split(/\s+/)
      .map((it) => it.split('=')) ?? [],
  ),
  ...Object.fromEntries(
    Object.entries(environment).map(([name, text]) => [name, text.replace(/\$\{\w+(?::-|:\?)([^}]*)\}/g, '$1')]),
  ),
});
const processes = ['api-1', 'api-2', 'projector'];

describe('compose.yaml', () => {
  const schemaFile = join(
    dirname(createRequire(import.meta.url).resolve('dclint/package.json')),
    'schemas/compose.schema.json',
  );
  const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as Record<string, unknown>;
  delete schema['$schema']; // it names draft 7 by an address that ajv does not know it by
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const allows = ajv.compile(schema);

  it('is what the Compose Specification allows', () => {
    allows(compose);
    expect(allows.errors).toBeNull();
    expect(allows({ ...compose, services: { api: { image: 'ronde', restarts: 'always' } } })).toBe(false);
  });

  it('waits for services that are there and can be waited for', () => {
    const wrong = services.flatMap(([name, { depends_on = {} }]) =>
      Object.entries(depends_on)
        .filter(([other, { condition }]) => !canReach(condition, compose.services[other]))
        .map(([other, { condition }]) => `${name}: ${other} ${condition}`),
    );
    expect(wrong).toEqual([]);
  });

  const canReach = (condition: string, other: Service | undefined): boolean => {
    if (condition === 'service_completed_successfully') return other?.restart === 'no';
    const checked = other?.healthcheck?.test !== undefined || other?.build !== undefined;
    return condition === 'service_healthy' && checked && other.healthcheck?.disable !== true;
  };

  it('uses networks, volumes, secrets and files that are there', () => {
    const missing = services.flatMap(([name, { networks = {}, volumes = [], secrets = [] }]) => [
      ...Object.keys(networks).filter((it) => !(it in compose.networks)),
      ...secrets.filter((it) => !(it in compose.secrets)),
      ...volumes
        .map((it) => it.split(':')[0] ?? '')
        .filter((it) => (it.startsWith('./') ? !existsSync(join(root, it)) : !(it in compose.volumes)))
        .map((it) => `${name}: ${it}`),
    ]);
    expect(missing).toEqual([]);
  });

  it('pins images, bounds memory and comes back after a failure', () => {
    const fetched = services.filter(([, { build }]) => build === undefined).map(([, { image }]) => image);
    expect(fetched.filter((it) => !/:\d+\.\d+[\w.-]*$/.test(it))).toEqual([]);
    const lasting = services.filter(([name]) => name !== 'master-key');
    const loose = lasting.filter(
      ([, { restart, mem_limit }]) => restart !== 'unless-stopped' || mem_limit === undefined,
    );
    expect(loose).toEqual([]);
  });

  it('lets nobody in but through the proxy', () => {
    expect(services.filter(([, { ports }]) => ports !== undefined).map(([name]) => name)).toEqual(['proxy']);
    expect(compose.networks['back']).toEqual({ internal: true });
    for (const name of ['eventstore', 'postgres', 'projector'])
      expect(Object.keys(service(name).networks ?? {})).toEqual(['back']);
  });

  it.each(processes)('starts %s with settings that exist and are allowed', (name) => {
    const environment = environmentOf(service(name));
    // The client of PostgreSQL reads this one, so that the password stands in no URL.
    const unknown = Object.keys(environment).filter((it) => !(it in settings) && it !== 'PGPASSWORD');
    expect(unknown).toEqual([]);
    expect(service(name).tmpfs?.map((it) => it.split(':')[0])).toContain(environment['DATA_DIR']);
    expect(readConfig(environment)).toMatchObject({
      NODE_ENV: 'production',
      HOST: '0.0.0.0',
      DEMO: 'off',
      EVENT_STORE_URL: expect.stringMatching(/^esdb:\/\/eventstore:2113\b/),
      READ_STORE_URL: 'postgres://ronde@postgres:5432/ronde',
    });
  });

  it('gives every process the same key, which none of them can change', () => {
    for (const name of processes) {
      expect(service(name).volumes).toEqual(['master-key:/var/lib/ronde/key:ro']);
      expect(environmentOf(service(name))['MASTER_KEY_FILE']).toMatch(/^\/var\/lib\/ronde\/key\//);
    }
    expect(environmentOf(service('master-key'))['MASTER_KEY_FILE']).toBe(
      environmentOf(service('api-1'))['MASTER_KEY_FILE'],
    );
  });

  it('has no part that the guide leaves out', () => {
    const guide = read('docs/guides/several-processes.md');
    expect(services.map(([name]) => name).filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  });

  it('makes a key that the processes accept, once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ronde-key-'));
    const MASTER_KEY_FILE = join(folder, 'master-key');
    const [command = '', ...words] = (service('master-key').command ?? []).map((it) => it.replaceAll('$$', '$'));
    const make = () => spawnSync(command, words, { env: { PATH: process.env['PATH'], MASTER_KEY_FILE } }).status;
    expect(make()).toBe(0);
    const key = readMasterKey(MASTER_KEY_FILE, { mayCreate: false });
    expect(make()).toBe(0);
    expect(readMasterKey(MASTER_KEY_FILE, { mayCreate: false })).toEqual(key);
    rmSync(folder, { recursive: true });
  });
});

describe('the proxy', () => {
  const settingOf = (name: string): string => found(proxy, new RegExp(`\\s${name} ([^;]+);`, 'g')).join();
  const addressOf = (name: string) => service(name).networks?.['front']?.ipv4_address ?? raise(name);

  it('takes turns between the api processes', () => {
    const api = processes.filter((name) => name.startsWith('api-'));
    const at = api.map((name) => `${name}:${readConfig(environmentOf(service(name))).PORT}`);
    expect(found(proxy, /\sserver (\S+) fail_timeout=2s;/g)).toEqual(at);
    expect(Object.keys(service('proxy').depends_on ?? {})).toEqual(api);
  });

  it('is who the api processes believe, and has an address that nobody else gets', () => {
    for (const name of ['api-1', 'api-2'])
      expect(readConfig(environmentOf(service(name))).TRUSTED_PROXIES).toEqual([addressOf('proxy')]);
    expect(new Set(['proxy', 'api-1', 'api-2'].map(addressOf)).size).toBe(3);
    expect(proxy).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
  });

  it('listens where compose.yaml leads, and leaves the size of bodies to the processes', () => {
    expect(service('proxy').ports?.join()).toMatch(new RegExp(`:${settingOf('listen')}$`));
    const megabytes = /^(\d+)m$/.exec(settingOf('client_max_body_size'))?.[1];
    const largest = Number(megabytes) * 2 ** 20;
    expect(settings.MAX_BODY_BYTES.read(String(largest))).toBe(largest);
    expect(settings.MAX_BODY_BYTES.read(String(largest + 1))).toBeUndefined();
  });

  it('keeps the figures of the processes inside', () =>
    expect(proxy).toMatch(/location \^~ \/metrics \{\s+return 404;\s+\}/));
});

describe('the image', () => {
  const stages = dockerfile.split(/^(?=FROM )/m).filter((it) => it.startsWith('FROM '));
  const last = stages.at(-1) ?? '';

  it('is made of files that are there and that .dockerignore lets in', () => {
    const copied = found(dockerfile, /^COPY (?!--from)(.*)$/gm).flatMap((it) => it.split(' ').slice(0, -1));
    expect(copied.filter((it) => !existsSync(join(root, it)))).toEqual([]);
    const allowed = found(read('.dockerignore'), /^!(.*)$/gm);
    expect([...copied].sort()).toEqual([...allowed].sort());
    expect(read('.dockerignore')).toMatch(/^\*$/m);
  });

  it('has one pinned Node.js, runs as a user without rights, and hears signals itself', () => {
    expect(new Set(found(dockerfile, /^FROM (\S+)/gm)).size).toBe(1);
    expect(last).toMatch(/^FROM node:\d+\.\d+\.\d+-/);
    expect(last).toMatch(/^USER node$/m);
    const [command = '[]'] = found(last, /^CMD (.*)$/gm);
    expect(JSON.parse(command)).toEqual(['node', 'dist/apps/api/apps/api/src/main.js']);
    expect(last).toMatch(/^HEALTHCHECK .*\/health\/live/m);
  });

  it('starts applications that are built', () => {
    const { projects } = JSON.parse(read('nest-cli.json')) as { projects: Record<string, object> };
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { build: string } };
    const entries = found(
      `${dockerfile}${services.map(([, it]) => it.command?.join(' ')).join('\n')}`,
      /dist\/(\S+\.js)/g,
    );
    const applications = new Set(entries.map((it) => /^apps\/(\w+)\/apps\/\1\/src\/main\.js$/.exec(it)?.[1] ?? it));
    expect([...applications].sort()).toEqual(['api', 'projector']);
    const built = (name: string): boolean =>
      name in projects && existsSync(join(root, `apps/${name}/src/main.ts`)) && scripts.build.includes(`build ${name}`);
    expect([...applications].filter((name) => !built(name))).toEqual([]);
  });

  it('installs what package.json asks for: the lock was made of it', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, object> };
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, object>;
    expect(packages['']).toMatchObject({ dependencies, devDependencies });
  });
});
