import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { Postgres } from '@app/postgres';
import { testedPostgres, TestPostgres } from '@app/postgres/testing';
import { PostgresCheckpointStore } from './checkpoints.postgres.js';
import { type CheckpointStore, MemoryCheckpointStore } from './checkpoints.js';
import { SqliteCheckpointStore } from './checkpoints.sqlite.js';
import { TurnOver } from './leases.js';

describe.each<[string, (path: string) => CheckpointStore & { close?(): void }]>([
  ['memory', () => new MemoryCheckpointStore()],
  ['the desk', (path) => new SqliteCheckpointStore(path)],
])('checkpoints in %s', (_, open) => {
  const dir = mkdtempSync(join(tmpdir(), 'desk-'));
  const store = open(join(dir, 'desk.db'));
  afterAll(() => {
    store.close?.();
    rmSync(dir, { recursive: true });
  });

  it('move, stay where they are, and are forgotten', async () => {
    await store.save(
      new Map([
        ['a', '1'],
        ['b', '1'],
      ]),
    );
    await store.save(new Map([['a', '2']]));
    expect(await store.load()).toEqual(
      new Map([
        ['a', '2'],
        ['b', '1'],
      ]),
    );
    await store.reset('b');
    expect(await store.load()).toEqual(new Map([['a', '2']]));
  });
});

describe(`checkpoints in PostgreSQL (${testedPostgres})`, () => {
  let server: TestPostgres;
  let url: string;
  let postgres: Postgres;
  let store: PostgresCheckpointStore;

  beforeAll(async () => {
    server = await TestPostgres.start();
    url = await server.database();
    postgres = new Postgres({ url, application: 'test' });
    store = await PostgresCheckpointStore.open(postgres);
  });
  afterAll(async () => {
    await postgres.close();
    await server.drop(url);
    await server.dispose();
  });

  it('move, stay where they are, and are forgotten', async () => {
    await store.save(new Map(Object.entries({ a: '1', b: '1' })));
    await store.save(new Map([['a', '2']]));
    expect(await store.load()).toEqual(new Map(Object.entries({ a: '2', b: '1' })));
    await store.reset('b');
    expect(await store.load()).toEqual(new Map([['a', '2']]));
    await expect(PostgresCheckpointStore.open(postgres)).resolves.toBeDefined();
  });

  it('do not move once it is another process’s turn', async () => {
    await store.save(new Map([['a', '2']]));
    const late = store.guarded(() => Promise.reject(new TurnOver('no longer')));
    await expect(late.save(new Map([['a', '1']]))).rejects.toThrow(TurnOver);
    await expect(late.reset('a')).rejects.toThrow(TurnOver);
    expect((await store.load()).get('a')).toBe('2');
  });

  it('are told to whoever watches, those of before as well', async () => {
    await store.save(new Map([['a', '2']]));
    const told = new Map<string, string>();
    const unwatch = store.watch(
      (places, all) => {
        if (all) told.clear();
        for (const [name, position] of places) told.set(name, position);
      },
      (error) => {
        throw error;
      },
    );
    await until(() => told.get('a') === '2');
    await store.save(new Map([['c', '9']]));
    await until(() => told.get('c') === '9');
    await store.reset('c');
    await until(() => !told.has('c'));
    unwatch();
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_000 && !condition(); tries++) await after(20);
  expect(condition()).toBe(true);
}
