import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { StandIn } from '@app/event-store/testing';
import { Postgres } from '@app/postgres';
import { TestPostgres } from '@app/postgres/testing';
import { type Projecting, startProjector } from '../../projector/src/projecting.js';
import { run as backup } from '../../tools/src/moving/backup.js';
import { run as restore } from '../../tools/src/moving/restore.js';
import { Person, Ronde } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'ronde-backup-'));
const at = (name: string): string => join(folder, name);
const said: string[] = [];
const guide = readFileSync(new URL('../../../docs/guides/for-operators.md', import.meta.url), 'utf8');

type Environment = Readonly<Record<string, string>>;

beforeAll(() => {
  for (const name of ['log', 'error'] as const)
    jest.spyOn(console, name).mockImplementation((line: unknown) => void said.push(String(line)));
});
beforeEach(() => void said.splice(0));
afterAll(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const organisation = '{ organisation { community { name } rootCircle { name aim members { member { name } } } } }';
const trail = 'query ($knownHead: String) { verifyAuditTrail(knownHead: $knownHead) { whole events head } }';

interface Trail {
  readonly verifyAuditTrail: { readonly whole: boolean; readonly events: number; readonly head: string };
}

/** Two people, of whom the second comes when the first was backed up. */
async function live(ronde: Ronde, environment: Environment, name: string) {
  const maite = await ronde.person('Maïté', `maite@${name}.test`);
  await maite.acts('foundCommunity', { name: 'C', circleName: 'R', aim: 'Semer', domain: ['D'], meetingsPerYear: 10 });
  const before = await maite.gets(organisation);
  const { verifyAuditTrail: kept } = await maite.gets<Trail>(trail);
  expect([await backup(['--to', at(name)], environment), said]).toEqual([0, expect.anything()]);
  const naomi = await ronde.person('Naomi', `naomi@${name}.test`);
  const { token } = await maite.acts<{ token: string }>('invite');
  await naomi.acts('redeemInvitation', { token });
  return { maite, before, kept };
}

/** What was backed up is there, readable and whole, with the accounts; what came later is not, and what was kept of it is missed. */
async function expectBack(ronde: Ronde, { maite, before, kept }: Awaited<ReturnType<typeof live>>, name: string) {
  const again = new Person(ronde, maite.name, maite.accountId, maite.token);
  expect(await again.gets(organisation)).toEqual(before);
  const { verifyAuditTrail: now } = await again.gets<Trail>(trail, { knownHead: kept.head });
  expect(now.whole).toBe(true);
  const signIn = (email: string): Promise<Response> =>
    ronde.post(
      '/api/auth/sign-in/email',
      { email, password: 'correct horse battery' },
      { headers: { origin: ronde.url } },
    );
  expect((await signIn(`maite@${name}.test`)).status).toBe(200);
  expect((await signIn(`naomi@${name}.test`)).status).toBe(401);
  await again.acts('invite');
}

describe('one process', () => {
  const data = at('data');
  const environment = (DATA_DIR = data): Environment => ({ DATA_DIR, EVENT_STORE_URL: '', READ_STORE_URL: '' });

  it('is backed up while it serves, and put back elsewhere, where rows of what came later are found', async () => {
    const first = await Ronde.open(environment());
    const lived = await live(first, environment(), 'one');
    await first.close();
    const there = at('there');
    expect([await restore(['--from', at('one')], environment(there)), said]).toEqual([0, expect.anything()]);
    // Again, as after a kill.
    expect([await restore(['--from', at('one')], environment(there)), said]).toEqual([0, expect.anything()]);
    copyFileSync(`${data}.master-key`, `${there}.master-key`);
    copyFileSync(join(data, 'read-models.db'), join(there, 'read-models.db'));
    const second = await Ronde.open(environment(there));
    await expectBack(second, lived, 'one');
    await second.close();
  });

  it('is put back by the commands that the guide prints', () => {
    expect(guide).toContain('npm run backup -- --to ');
    expect(guide).toContain('npm run restore -- --from ');
  });

  it.each<[string, () => Promise<number>, number, RegExp]>([
    ['no folder', () => backup([], environment()), 2, /--to is needed/],
    ['a strange word', () => restore(['--to', 'x'], environment()), 2, /Unknown option '--to'/],
    ['a wrong setting', () => backup(['--to', at('n')], { ...environment(), PORT: 'x' }), 2, /PORT is "x"/],
    ['a finished backup', () => backup(['--to', at('one')], environment()), 1, /holds a backup already/],
    ['a folder that would be backed up', () => backup(['--to', join(data, 'b')], environment()), 1, /lies in DATA_DIR/],
    ['a folder of something else', () => backup(['--to', folder], environment()), 1, /holds something else/],
    ['nothing to back up', () => backup(['--to', at('empty')], environment(at('void'))), 1, /there is no desk\.db in/],
    [
      'no backup',
      () => restore(['--from', at('empty')], environment(at('void'))),
      1,
      /no backup, or one that was cut short/,
    ],
    ['the folder itself', () => restore(['--from', at('one')], environment(at('one'))), 1, /is the backup itself/],
    ['a log that is there', () => restore(['--from', at('one')], environment()), 1, /not a copy of the source/],
  ])('is told in words what cannot be done: %s', async (_, tried, code, wanted) => {
    expect([await tried(), said.join('\n')]).toEqual([code, expect.stringMatching(wanted)]);
    expect(existsSync(join(at('void'), 'log.db'))).toBe(false);
  });

  it('is not put back from a backup that was changed', async () => {
    copyFileSync(join(at('one'), 'desk.db'), join(at('empty'), 'desk.db'));
    copyFileSync(join(data, 'log.db'), join(at('empty'), 'log.db'));
    copyFileSync(join(at('one'), 'backup.json'), join(at('empty'), 'backup.json'));
    expect(await restore(['--from', at('empty')], environment(at('void')))).toBe(1);
    expect(said.at(-1)).toMatch(/is not what was backed up/);
    expect(existsSync(join(at('void'), 'log.db'))).toBe(false);
  });
});

describe('several processes', () => {
  const servers: StandIn[] = [];
  let postgres: TestPostgres;
  let url: string;
  let projector: Projecting | undefined;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
    url = await postgres.database();
  });
  afterAll(async () => {
    await projector?.stop();
    for (const server of servers) await server.stop();
    await postgres.drop(url);
    await postgres.dispose();
  });

  async function settings(): Promise<Environment> {
    const server = await StandIn.start();
    servers.push(server);
    const [DATA_DIR, MASTER_KEY_FILE] = [at('of-several'), at('key-of-several')];
    return { DATA_DIR, MASTER_KEY_FILE, EVENT_STORE_URL: server.url, READ_STORE_URL: url };
  }
  const project = (environment: Environment): Promise<Projecting> =>
    startProjector({ ...environment, NODE_ENV: 'test', PORT: '0', METRICS: 'off', LOG_LEVEL: 'silent' });

  it('are backed up while they serve; put back, none serves the rows of what came later', async () => {
    const environment = await settings();
    projector = await project(environment);
    const first = await Ronde.open(environment);
    const lived = await live(first, environment, 'several');
    await first.close();
    await projector.stop();

    // The event store and the desk are lost; the rows are not, and are further than the log will be.
    const administration = new Postgres({ url, application: 'test' });
    await administration.query('drop schema desk cascade');
    await administration.close();
    const elsewhere = await settings();
    expect([await restore(['--from', at('several')], elsewhere), said]).toEqual([0, expect.anything()]);
    let opened = false;
    const opening = Ronde.open(elsewhere).finally(() => (opened = true));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(opened).toBe(false);
    projector = await project(elsewhere);
    const second = await opening;
    // Whoever reads before the rows are there is told to come back.
    await second.health(200);
    await expectBack(second, lived, 'several');
    await second.close();
  });

  it('can be put back as one process', async () => {
    const environment: Environment = {
      DATA_DIR: at('alone'),
      MASTER_KEY_FILE: at('key-of-several'),
      EVENT_STORE_URL: '',
      READ_STORE_URL: '',
    };
    expect([await restore(['--from', at('several')], environment), said]).toEqual([0, expect.anything()]);
    const ronde = await Ronde.open(environment);
    expect(
      (
        await ronde.post(
          '/api/auth/sign-in/email',
          { email: 'maite@several.test', password: 'correct horse battery' },
          { headers: { origin: ronde.url } },
        )
      ).status,
    ).toBe(200);
    await ronde.close();
  });
});
