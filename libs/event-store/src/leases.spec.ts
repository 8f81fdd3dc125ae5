import { setTimeout as after } from 'node:timers/promises';
import { Postgres } from '@app/postgres';
import { ownsPostgres, testedPostgres, TestPostgres } from '@app/postgres/testing';
import { type Turn, TurnOver } from './leases.js';
import { PostgresLeases } from './leases.postgres.js';

describe(`turns in PostgreSQL (${testedPostgres})`, () => {
  let server: TestPostgres;
  let url: string;
  const opened: Postgres[] = [];
  const ended: AbortController[] = [];

  beforeAll(async () => {
    server = await TestPostgres.start();
    url = await server.database();
  });
  afterEach(async () => {
    for (const it of ended.splice(0)) it.abort();
    for (const it of opened.splice(0)) await it.close();
  });
  afterAll(async () => {
    await server.drop(url);
    await server.dispose();
  });

  /** A process that takes turns: the turns it had. */
  async function contender(name: string, termMs = 600, answerMs = 300) {
    const postgres = new Postgres({ url, application: 'test', connectMs: 300, answerMs });
    opened.push(postgres);
    const leases = await PostgresLeases.open({ postgres, termMs });
    const stop = new AbortController();
    ended.push(stop);
    const turns: Turn[] = [];
    const took = leases.take(
      name,
      (turn) => {
        turns.push(turn);
        return new Promise((resolve) => turn.signal.addEventListener('abort', () => resolve(), { once: true }));
      },
      stop.signal,
    );
    return { postgres, turns, stop, took };
  }

  it('are had by one at a time; when it stops, the other begins at once, with a higher number', async () => {
    const name = 'one at a time';
    const first = await contender(name, 60_000);
    await until(() => first.turns.length === 1);
    const second = await contender(name, 60_000);
    await after(100);
    expect(second.turns).toHaveLength(0);
    first.stop.abort();
    await first.took;
    await until(() => second.turns.length === 1);
    expect(second.turns[0]!.fence).toBeGreaterThan(first.turns[0]!.fence);
  });

  it('pass on when the term of a process that went silent is over, which can write nothing any more', async () => {
    const name = 'silent';
    const first = await contender(name);
    await until(() => first.turns.length === 1);
    const [turn] = first.turns;
    // As a process that is paused, or cut off: it renews nothing.
    await first.postgres.query(`update desk.leases set owner = 'nobody', until = clock_timestamp() where name = $1`, [
      name,
    ]);
    const second = await contender(name);
    await until(() => second.turns.length === 1);
    await expect(first.postgres.transaction((it) => turn!.guard(it))).rejects.toThrow(TurnOver);
    await until(() => turn!.signal.aborted);
    await expect(second.postgres.transaction((it) => second.turns[0]!.guard(it))).resolves.toBeUndefined();
  });

  it('do not pass on in the middle of a transaction that was guarded', async () => {
    const name = 'in the middle';
    const first = await contender(name, 60_000);
    await until(() => first.turns.length === 1);
    let second: Awaited<ReturnType<typeof contender>> | undefined;
    await first.postgres.transaction(async (it) => {
      await first.turns[0]!.guard(it);
      first.stop.abort();
      second = await contender(name, 60_000);
      await after(150);
      expect(second.turns).toHaveLength(0);
    });
    await until(() => second!.turns.length === 1);
  });

  it('are kept through a transaction of one’s own that takes longer than a term', async () => {
    const name = 'a long one';
    const first = await contender(name);
    await until(() => first.turns.length === 1);
    const second = await contender(name);
    await first.postgres.transaction(async (it) => {
      await first.turns[0]!.guard(it);
      for (let waited = 0; waited < 1_500; waited += 100) {
        await after(100);
        await it.query('select 1');
      }
      expect(first.turns[0]!.signal.aborted).toBe(false);
    });
    expect([first.turns.length, second.turns.length]).toEqual([1, 0]);
  });

  it('are had again after a pause by work that ends early', async () => {
    const postgres = new Postgres({ url, application: 'test' });
    opened.push(postgres);
    const leases = await PostgresLeases.open({ postgres });
    const stop = new AbortController();
    let began = 0;
    const took = leases.take('early', async () => void (began += 1), stop.signal);
    await until(() => began === 3);
    const { rows } = await postgres.query<{ fence: string }>(`select fence from desk.leases where name = 'early'`);
    expect(Number(rows[0]!.fence)).toBeLessThanOrEqual(4);
    stop.abort();
    await took;
  });

  if (!ownsPostgres) return;

  it('end with their term, however long the server takes to answer', async () => {
    const patient = 60_000;
    const only = await contender('frozen', 600, patient);
    await until(() => only.turns.length === 1);
    const { rows } = await only.postgres.query<{ pid: number }>('select pg_backend_pid() as pid');
    process.kill(rows[0]!.pid, 'SIGSTOP');
    try {
      await until(() => only.turns[0]!.signal.aborted);
    } finally {
      process.kill(rows[0]!.pid, 'SIGCONT');
    }
  });

  it('end when the server is away for a term, and are had again afterwards', async () => {
    const only = await contender('away');
    await until(() => only.turns.length === 1);
    await server.stopServer();
    await until(() => only.turns[0]!.signal.aborted);
    await server.startServer();
    await until(() => only.turns.length === 2);
    expect(only.turns[1]!.fence).toBeGreaterThan(only.turns[0]!.fence);
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_000 && !condition(); tries++) await after(20);
  expect(condition()).toBe(true);
}
