import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { event, events, newStream } from '../contract/clause.js';
import { type Compiled, compileAdapters } from '../contract/compiled.js';
import { OutcomeUnknown, StoreUnavailable } from '../errors.js';
import { eventStoreContract, type Opened } from '../testing.js';
import { SqliteEventStore } from './sqlite.js';
import { type Committer, committerHere } from './sqlite.thread.js';
import { SqliteWriter } from './sqlite.writer.js';

let directory: string;
let compiled: Compiled;
let opened: SqliteEventStore[] = [];
let files = 0;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'ronde-log-'));
  compiled = compileAdapters();
});

afterEach(async () => {
  for (const store of opened) await store.close();
  opened = [];
});

afterAll(() => {
  compiled.remove();
  rmSync(directory, { recursive: true });
});

function newFile(): string {
  return join(directory, `${files++}.db`);
}

async function openStore(file: string, options: Partial<Parameters<typeof SqliteEventStore.open>[0]> = {}) {
  const store = await SqliteEventStore.open({ file, ...options });
  opened.push(store);
  return store;
}

async function contender(worker?: URL): Promise<Opened> {
  const file = newFile();
  let current = await openStore(file, { worker });
  return {
    store: current,
    reopen: async () => {
      await current.close();
      return (current = await openStore(file, { worker }));
    },
    dispose: () => current.close(),
  };
}

eventStoreContract('SQLite, writing in this thread', () => contender());
eventStoreContract('SQLite, writing in a thread of its own', () => contender(compiled.url('sqlite.worker.js')));

describe('a log in SQLite', () => {
  it('refuses every statement that would change, remove, replace or misplace what is written', async () => {
    const file = newFile();
    const store = await openStore(file);
    const stream = newStream();
    await store.append(stream, events(3), 'none');
    const db = new Database(file);
    const columns = '(position, stream, revision, id, type, data, meta)';
    const refusedStatements = [
      `update events set data = '{}'`,
      'update events set position = position + 10',
      'delete from events',
      'delete from events where position = 3',
      `insert or replace into events ${columns} values (1, 1, 0, 'x', 'X', '{}', '{}')`,
      `insert or replace into events ${columns} values (4, 1, 2, 'x', 'X', '{}', '{}')`,
      `insert or ignore into events ${columns} values (5, 1, 3, 'x', 'X', '{}', '{}')`,
      `insert into events ${columns} values (4, 1, 4, 'x', 'X', '{}', '{}')`,
      `insert into events ${columns} values (null, 1, 3, 'x', 'X', '{}', '{}')`,
      `insert into events ${columns} values (4, 99, 0, 'x', 'X', '{}', '{}')`,
      `update streams set name = 'circle-other'`,
      'delete from streams',
      `insert or replace into streams values (2, '${stream}')`,
      `insert or replace into streams values (1, 'circle-other')`,
      `insert into streams values (7, 'circle-other')`,
      'update header set format = 2',
      'delete from header',
      `insert into header values ('ronde-log', 2)`,
    ];
    for (const statement of refusedStatements) expect(() => db.exec(statement)).toThrow(/ever|once|next|FOREIGN KEY/);
    db.exec(`insert into events ${columns} values (4, 1, 3, 'x', 'X', '{}', '{}')`);
    db.close();
    expect((await store.readStream(stream, { max: 10 })).map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
  });

  it('gives out positions without a gap, whatever was refused in between', async () => {
    const store = await openStore(newFile());
    const stream = newStream();
    await store.append(stream, events(2), 'none');
    await Promise.allSettled([
      store.append(stream, events(2), 7),
      store.append(newStream(), events(2), 'none'),
      store.append(stream, events(3), 'none'),
      store.append(newStream(), events(1), 3),
      store.append(stream, events(2), 1),
    ]);
    const { events: all } = await store.readAll({ max: 100 });
    expect(all.map(({ position }) => Number(position))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(all[0]!.position).toHaveLength(20);
    expect(() => store.checkIntegrity()).not.toThrow();
  });

  it('holds no read open while a subscriber thinks, so that the write-ahead log can be emptied', async () => {
    const file = newFile();
    const store = await openStore(file);
    await store.append(newStream(), events(400), 'none');
    const abort = new AbortController();
    const items = store.subscribe({ signal: abort.signal })[Symbol.asyncIterator]();
    await items.next();
    const db = new Database(file);
    expect(db.pragma('wal_checkpoint(truncate)')).toEqual([{ busy: 0, log: 0, checkpointed: 0 }]);
    db.close();
    abort.abort();
    expect((await items.next()).done).toBe(true);
    expect(store.listeners).toBe(0);
  });

  it('looks into the log in bounded slices where a filter leaves most of it out', async () => {
    const store = await openStore(newFile());
    await store.append(newStream('foreign'), events(5000), 'none');
    await store.append(newStream('foreign'), events(2000), 'none');
    const mine = event();
    await store.append(newStream('mine'), [mine], 'none');
    const first = await store.readAll({ max: 10, prefixes: ['mine-'] });
    expect([first.events, Number(first.next), first.end]).toEqual([[], 5000, false]);
    const second = await store.readAll({ after: first.next, max: 10, prefixes: ['mine-'] });
    expect([second.events.map(({ id }) => id), Number(second.next), second.end]).toEqual([[mine.id], 7001, true]);
  });

  it('refuses a position that is not one of its own', async () => {
    const store = await openStore(newFile());
    await expect(store.readAll({ after: 'C:12/P:12', max: 1 })).rejects.toThrow(RangeError);
    expect(() => store.compare('1', '2')).toThrow(RangeError);
  });
});

describe('groups of appends', () => {
  /** Counts groups, and lets them through one by one. */
  function gated(file: string): { committer: Committer; sizes: number[]; open: () => void } {
    const here = committerHere(SqliteWriter.open(file));
    const sizes: number[] = [];
    let size = 0;
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const add: Committer['add'] = (appends) => {
      size += appends.split('ThingHappened').length - 1;
      here.add(appends);
    };
    const commit: Committer['commit'] = async (appends) => {
      add(appends);
      sizes.push(size);
      size = 0;
      await gate;
      return here.commit('');
    };
    return { committer: { add, commit, close: () => here.close() }, sizes, open };
  }

  it('holds what waits in one turn, and what comes while the disk works waits for the next', async () => {
    const file = newFile();
    await (await openStore(file)).close();
    const { committer, sizes, open } = gated(file);
    const store = await openStore(file, { committer });
    const first = Array.from({ length: 40 }, () => store.append(newStream(), [event()], 'none'));
    await new Promise(setImmediate);
    const second = Array.from({ length: 30 }, () => store.append(newStream(), [event()], 'none'));
    await new Promise(setImmediate);
    expect(sizes).toEqual([40]);
    open();
    await Promise.all([...first, ...second]);
    expect(sizes).toEqual([40, 30]);
  });

  it('are refused when another process holds the file for a moment, and pass afterwards', async () => {
    const file = newFile();
    const fatal: Error[] = [];
    const store = await openStore(file, { onFatal: (error) => fatal.push(error) });
    const other = new Database(file);
    other.exec('begin immediate');
    await expect(store.append(newStream(), [event()], 'none')).rejects.toThrow(StoreUnavailable);
    other.close();
    await store.append(newStream(), [event()], 'none');
    expect(fatal).toEqual([]);
  });

  it('are rejected whole on a full disk; later appends too, and the owner is told once', async () => {
    const file = newFile();
    await (await openStore(file)).close();
    const db = new Database(file);
    db.pragma(`max_page_count = ${(db.pragma('page_count', { simple: true }) as number) + 5}`);
    const fatal: Error[] = [];
    const committer = committerHere(new SqliteWriter(db));
    const store = await openStore(file, { committer, onFatal: (error) => fatal.push(error) });
    const small = store.append(newStream(), [event()], 'none');
    const large = store.append(newStream(), [event({ text: 'x'.repeat(100_000) })], 'none');
    await expect(small).rejects.toThrow(/full \(SQLITE_FULL\)/);
    await expect(large).rejects.toThrow(StoreUnavailable);
    await expect(store.append(newStream(), [event()], 'none')).rejects.toThrow(StoreUnavailable);
    expect(fatal).toHaveLength(1);
    expect(await store.head()).toBeUndefined();
  });

  it.each([
    ['the database gave up the transaction', `raise(rollback, 'gone')`, StoreUnavailable],
    ['the commit itself failed', 'insert into child values (99)', OutcomeUnknown],
  ])('are rejected whole when %s', async (_, act, kind) => {
    const file = newFile();
    await (await openStore(file)).close();
    const db = new Database(file);
    db.exec(`create temp table parent (n integer primary key);
      create temp table child (n references parent deferrable initially deferred);
      create temp trigger act after insert on main.events when new.type = 'Poison' begin ${act.replace(/^raise/, 'select raise')}; end`);
    const fatal: Error[] = [];
    const committer = committerHere(new SqliteWriter(db));
    const store = await openStore(file, { committer, onFatal: (error) => fatal.push(error) });
    const before = await store.append(newStream(), [event()], 'none');
    const group = [event(), { ...event(), type: 'Poison' }, event()];
    const settled = await Promise.allSettled(group.map((it) => store.append(newStream(), [it], 'none')));
    for (const outcome of settled) expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(kind) });
    expect(fatal).toHaveLength(1);
    expect(await store.head()).toBe(before.position);
  });

  it('have an unknown outcome when the thread that writes dies; the store is out of order from then on', async () => {
    const worker = newFile().replace(/db$/, 'mjs');
    writeFileSync(
      worker,
      `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3));`,
    );
    const fatal: Error[] = [];
    const file = newFile();
    const store = await openStore(file, { worker: new URL(`file://${worker}`), onFatal: (error) => fatal.push(error) });
    await expect(store.append(newStream(), [event()], 'none')).rejects.toThrow(OutcomeUnknown);
    await expect(store.append(newStream(), [event()], 'none')).rejects.toThrow(StoreUnavailable);
    expect(fatal).toHaveLength(1);
    expect(await store.head()).toBeUndefined();
  });
});
