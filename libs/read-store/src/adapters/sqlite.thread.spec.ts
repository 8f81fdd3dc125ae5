import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import type { Projection } from '../projection.js';
import { CheckpointMoved, ProjectionFailed, ReadModelsBroken } from '../read-store.js';
import { type OpenedReadStore, read, readStoreContract, recorded, seatProjection, seats } from '../testing.js';
import { deliver } from '../testing/projected.js';
import { compileWorker } from './compiled.testing.js';
import { SqliteReadStore } from './sqlite.js';

const compiled = compileWorker();
afterAll(() => compiled.remove());

const folder = (): string => mkdtempSync(join(tmpdir(), 'read-models-'));
const storeIn = (dir: string, projections: readonly Projection[], worker = compiled.url) =>
  new SqliteReadStore({ path: join(dir, 'read-models.db'), projections, worker });

function opened(dir: string, projections: readonly Projection[]): OpenedReadStore {
  const store = storeIn(dir, projections);
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

readStoreContract('SQLite, written by a thread,', async (projections) => opened(folder(), projections));

describe('the thread that writes the read models', () => {
  const seat = (rank: unknown = 1) => recorded('SeatAdded', { seatId: 'a', holder: null, rank });
  const dirs: string[] = [];
  const begun = async (worker?: URL): Promise<{ store: SqliteReadStore; path: string }> => {
    const dir = folder();
    dirs.push(dir);
    const store = storeIn(dir, [seatProjection()], worker);
    await (await store.draft()).serve();
    return { store, path: join(dir, 'read-models.db') };
  };
  afterAll(() => dirs.forEach((dir) => rmSync(dir, { recursive: true })));

  it('is behind no answer: what was delivered is read, also by a query that began before', async () => {
    const { store } = await begun();
    expect(await read(store, seats)).toEqual([]);
    const delivery = deliver(store, [seat()]);
    expect(await read(store, seats)).toEqual([]);
    await delivery;
    expect(await read(store, seats)).toHaveLength(1);
    await store.close();
  });

  it('says which projection wrote what the tables do not take', async () => {
    const { store } = await begun();
    const wrong = seat('first');
    const failure = deliver(store, [wrong]);
    await expect(failure).rejects.toThrow(ProjectionFailed);
    await expect(failure).rejects.toMatchObject({ projection: 'seats', position: wrong.position });
    await expect(failure).rejects.toThrow('takes int, not string');
    await deliver(store, [seat()]);
    expect(await read(store, seats)).toHaveLength(1);
    await store.close();
  });

  it('writes nothing when somebody else moved a checkpoint', async () => {
    const { store, path } = await begun();
    const other = new Database(path);
    other.exec(`update "checkpoint" set "position" = 'elsewhere'`);
    other.close();
    await expect(deliver(store, [seat()])).rejects.toThrow(CheckpointMoved);
    expect(await read(store, seats)).toEqual([]);
    await store.close();
  });

  it('leaves rows that have to be built again when it ends by itself', async () => {
    const dir = folder();
    dirs.push(dir);
    writeFileSync(join(dir, 'worker.mjs'), `throw new Error('no memory');`);
    const { store } = await begun(pathToFileURL(join(dir, 'worker.mjs')));
    await expect(deliver(store, [seat()])).rejects.toThrow(ReadModelsBroken);
    await expect(deliver(store, [seat()])).rejects.toThrow('no memory');
    await store.close();
  });
});
