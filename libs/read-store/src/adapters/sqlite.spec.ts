import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Projection, projection } from '../projection.js';
import { CheckpointMoved } from '../read-store.js';
import { int, personal, table, text, type Table } from '../table.js';
import { prepared } from '../prepared.js';
import {
  deliver,
  type OpenedReadStore,
  pledgeProjection,
  read,
  readStoreContract,
  recorded,
  seatProjection,
  seats,
} from '../testing.js';
import { SqliteReadStore } from './sqlite.js';

const folder = (): string => mkdtempSync(join(tmpdir(), 'read-models-'));

function opened(dir: string, projections: readonly Projection[]): OpenedReadStore {
  const store = new SqliteReadStore({ path: join(dir, 'read-models.db'), projections });
  return {
    store,
    reopen: async (others) => {
      await store.close();
      return opened(dir, others);
    },
    remove: async () => {
      await store.close();
      rmSync(dir, { recursive: true });
    },
  };
}

readStoreContract('SQLite', async (projections) => opened(folder(), projections));

describe('the file of the read models', () => {
  const dir = folder();
  const path = join(dir, 'read-models.db');
  const projections = [seatProjection(), pledgeProjection];
  const seat = () => recorded('SeatAdded', { seatId: 'a', holder: null, rank: 1 });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('is unusable when it is not a database, or a damaged one', () => {
    writeFileSync(path, 'this is no database, but it is long enough to be looked at');
    expect(new SqliteReadStore({ path, projections }).standing()).toMatchObject({ kind: 'unusable' });
  });

  it('takes the place of whatever was there', async () => {
    const store = new SqliteReadStore({ path, projections });
    await (await store.draft()).serve();
    await deliver(store, [seat()]);
    expect(await read(store, seats)).toHaveLength(1);
    await store.close();
  });

  it('is not written to when somebody else moved a checkpoint', async () => {
    const store = new SqliteReadStore({ path, projections });
    const other = new Database(path);
    other.exec(`update "checkpoint" set "position" = 'elsewhere' where "projection" = 'seats'`);
    other.close();
    await expect(deliver(store, [recorded('SeatRemoved', { seatId: 'a' })])).rejects.toThrow(CheckpointMoved);
    expect(await read(store, seats)).toHaveLength(1);
    await store.close();
    expect(new SqliteReadStore({ path, projections }).standing()).toEqual({
      kind: 'unusable',
      why: 'checkpoints differ',
    });
  });

  it('answers prepared queries, each time with its own parameters', async () => {
    const store = new SqliteReadStore({ path: ':memory:', projections });
    await (await store.draft()).serve();
    await deliver(store, [seat()]);
    const byRank = prepared<{ seat: { seatId: string; rank: number } }, { rank: number }, { seatId: string }>(
      store.db(),
      (db, param) => db.selectFrom('seat').select('seatId').where('rank', '=', param('rank')),
    );
    expect(await byRank.run({ rank: 1 })).toEqual([{ seatId: 'a' }]);
    expect(await byRank.run({ rank: 2 })).toEqual([]);
  });
});

describe('the tables', () => {
  const a = table('a', { id: text(), rank: int() }, { key: ['id'] });
  const made = (...tables: Table[]) => {
    const one = projection({ name: 'one', version: 1, tables, on: {} });
    return () => new SqliteReadStore({ path: ':memory:', projections: [one] });
  };

  it.each<[string, Table, string]>([
    ['a column of two kinds', table('b', { id: int() }, { key: ['id'] }), 'column "id" is text elsewhere and int'],
    ['two tables of one name', table('a', { id: text() }, { key: ['id'] }), 'two tables are called "a"'],
    [
      'a key that may be null',
      table('b', { said: personal('by'), by: text() }, { key: ['said'] }),
      'cannot be in a key',
    ],
    ['rows of nobody', table('b', { key: text() }, { key: ['key'], goneWith: 'who' as never }), 'gone with "who"'],
    ['text of nobody', table('b', { said: personal('who'), key: text() }, { key: ['key'] }), 'is personal of "who"'],
    ['a kept name', table('checkpoint', { key: text() }, { key: ['key'] }), 'cannot name a table'],
  ])('refuse %s', (_, second, message) => expect(made(a, second)).toThrow(message));

  it.each([
    [{ id: 'x' }, 'a.rank is missing'],
    [{ id: 'x', rank: '1' }, 'a.rank takes int, not string'],
    [{ id: 'x', rank: 0.5 }, 'a.rank takes int, not number'],
  ])('refuse the row %j', async (row, message) => {
    const put = projection<{ type: 'Put'; data: object }>({
      name: 'p',
      version: 1,
      tables: [a],
      on: { Put: (_, rows) => rows.put(a, row as never) },
    });
    const store = new SqliteReadStore({ path: ':memory:', projections: [put] });
    await (await store.draft()).serve();
    await expect(deliver(store, [recorded('Put', {})])).rejects.toThrow(message);
  });

  it.each([
    [{}, 'the key of "a" is id'],
    [{ id: undefined }, 'cannot be a condition'],
    [{ rank: 1 }, 'the key of "a" is id'],
  ])('refuse the key %j', async (key, message) => {
    const p = projection<{ type: 'Gone'; data: object }>({
      name: 'p',
      version: 1,
      tables: [a],
      on: { Gone: (_, rows) => rows.delete(a, key as never) },
    });
    const store = new SqliteReadStore({ path: ':memory:', projections: [p] });
    await (await store.draft()).serve();
    await expect(deliver(store, [recorded('Gone', {})])).rejects.toThrow(message);
  });
});
