import { setTimeout as after } from 'node:timers/promises';
import { isOutage, Postgres, PostgresUnavailable, PostgresUnsupported, PostgresUrlInvalid } from './index.js';
import { ownsPostgres, testedPostgres, TestPostgres } from './testing.js';

describe(`PostgreSQL (${testedPostgres})`, () => {
  let server: TestPostgres;
  let url: string;
  let postgres: Postgres;

  beforeAll(async () => {
    server = await TestPostgres.start();
    url = await server.database();
    postgres = new Postgres({ url, application: 'test', connectMs: 1_000, answerMs: 1_000 });
    await postgres.query('create table things (name text primary key)');
  });

  afterAll(async () => {
    await postgres.close();
    await server.drop(url);
    await server.dispose();
  });

  const names = async (): Promise<string[]> =>
    (await postgres.query<{ name: string }>('select name from things order by name')).rows.map(({ name }) => name);

  it('knows a server that can hold the tables', async () => {
    await expect(postgres.check()).resolves.toBeUndefined();
  });

  it('refuses a database that is not in UTF-8', async () => {
    await postgres.query(`create database latin template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'`);
    const latin = new URL(url);
    latin.pathname = '/latin';
    const other = new Postgres({ url: latin.href, application: 'test' });
    await expect(other.check()).rejects.toThrow(PostgresUnsupported);
    await other.close();
    await server.drop(latin.href);
  });

  it('commits a transaction as a whole, or nothing of it', async () => {
    await postgres.transaction((it) => it.query(`insert into things values ('ada')`));
    const failing = postgres.transaction(async (it) => {
      await it.query(`insert into things values ('bob')`);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await names()).toEqual(['ada']);
  });

  it('runs a transaction again when it met another one', async () => {
    let runs = 0;
    await postgres.transaction(async (it) => {
      runs += 1;
      if (runs < 3) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
      await it.query(`insert into things values ('carl')`);
    });
    expect(runs).toBe(3);
    expect(await names()).toContain('carl');
  });

  it('lets one at a time do what bears the same name', async () => {
    const inside: number[] = [];
    let present = 0;
    const work = () =>
      postgres.exclusively('making tables', async (it) => {
        inside.push((present += 1));
        await it.query('select pg_sleep(0.02)');
        present -= 1;
      });
    await Promise.all([work(), work(), work()]);
    expect(inside).toEqual([1, 1, 1]);
  });

  it('hears what others notify, and nothing any more once it stopped listening', async () => {
    const heard: (string | undefined)[] = [];
    const stop = postgres.listen('doorbell', (payload) => heard.push(payload));
    await until(() => heard.includes(undefined));
    await postgres.query(`select pg_notify('doorbell', 'one')`);
    await until(() => heard.includes('one'));
    stop();
    await postgres.query(`select pg_notify('doorbell', 'two')`);
    await after(50);
    expect(heard).toEqual([undefined, 'one']);
  });

  it('rings for whoever begins to listen later, once they will hear everything', async () => {
    const heard: string[] = [];
    const stop = [postgres.listen('first', () => heard.push('first'))];
    await until(() => heard.includes('first'));
    for (const name of ['second', 'third']) stop.push(postgres.listen('other', () => heard.push(name)));
    await until(() => heard.includes('second') && heard.includes('third'));
    for (const it of stop) it();
  });

  if (!ownsPostgres) return;

  it.each([
    ['another password', (it: URL) => (it.password = 'wrong')],
    ['no such user', (it: URL) => (it.username = 'nobody')],
    ['no such database', (it: URL) => (it.pathname = '/nowhere')],
    ['TLS, which it does not speak', (it: URL) => (it.search = '?sslmode=require')],
  ])('says of a server that refuses it that somebody has to change something: %s', async (_, change) => {
    const other = new URL(url);
    change(other);
    const refused = new Postgres({ url: other.href, application: 'test' });
    await expect(refused.check()).rejects.toThrow(PostgresUnavailable);
    await expect(refused.check()).rejects.toThrow(/refuses this process .*: check the user, the password/);
    expect(isOutage(await refused.pool.query('select 1').catch((error: unknown) => error))).toBe(true);
    await refused.close();
  });

  it('says of a server that has no connection left what to do', async () => {
    await postgres.query(`create role crowded login password 'crowded' connection limit 0`);
    const other = new URL(url);
    [other.username, other.password] = ['crowded', 'crowded'];
    const crowded = new Postgres({ url: other.href, application: 'test' });
    await expect(crowded.check()).rejects.toThrow(/has no connection left .*: raise max_connections, or run fewer/);
    await crowded.close();
    await postgres.query('drop role crowded');
  });

  it('answers in bounded time that a frozen server is not there, and is served again afterwards', async () => {
    const pid = await backend(postgres);
    process.kill(pid, 'SIGSTOP');
    try {
      const frozen = postgres.pool.query('select 1');
      expect(isOutage(await frozen.catch((error: unknown) => error))).toBe(true);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    expect(await names()).toContain('ada');
  });

  it('serves again, and rings its listeners, after the server crashed and came back', async () => {
    let rings = 0;
    const stop = postgres.listen('doorbell', () => (rings += 1));
    await postgres.query(`select pg_notify('doorbell', 'before')`);
    await until(() => rings > 0);
    const before = rings;
    await server.stopServer('immediate');
    await expect(postgres.query('select 1')).rejects.toThrow(PostgresUnavailable);
    await expect(postgres.transaction((it) => it.query('select 1'))).rejects.toThrow(PostgresUnavailable);
    await server.startServer();
    expect(await names()).toContain('ada');
    await until(() => rings > before);
    stop();
  });
});

describe('a PostgreSQL URL', () => {
  it.each([
    ['nonsense', 'cannot be read'],
    ['mysql://u:secret@h/d', 'mysql:'],
    ['postgres://u:secret@h', 'names no database'],
  ])('%s is refused, in words that hide the password', (url, words) => {
    const open = (): Postgres => new Postgres({ url, application: 'test' });
    expect(open).toThrow(PostgresUrlInvalid);
    expect(open).toThrow(words);
    expect(open).not.toThrow('secret');
  });

  it('tells an outage from a refusal', () => {
    expect(isOutage(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))).toBe(true);
    expect(isOutage(Object.assign(new Error('x'), { code: '57P01' }))).toBe(true);
    expect(isOutage(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isOutage(Object.assign(new Error('duplicate key'), { code: '23505' }))).toBe(false);
    expect(isOutage('text')).toBe(false);
  });
});

/** The process that serves the one idle connection of the pool. */
async function backend(postgres: Postgres): Promise<number> {
  const { rows } = await postgres.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]!.pid;
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (condition()) return;
    await after(25);
  }
  throw new Error('waited in vain');
}
