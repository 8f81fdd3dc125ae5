import { MemoryEventStore } from '@app/event-store/adapters';
import type { Decoder } from '@app/event-store';
import { derivedId, type Recorded } from '@app/kernel';
import { PostgresUnavailable } from '@app/postgres';
import { ownsPostgres, testedPostgres } from '@app/postgres/testing';
import { LiveProjections } from '../live.js';
import { type Projection, projection } from '../projection.js';
import { ReadModelsNotReady } from '../read-store.js';
import { table, text } from '../table.js';
import { read } from '../testing.js';
import type { PostgresReadStore } from './postgres.js';
import { PostgresPlaces, until } from './postgres.testing.js';

const notes = table('note', { noteId: text(), body: text() }, { key: ['noteId'], temporal: true });
/** Every event opens a version of its own, so that one applied twice, or not at all, shows. */
const projections: Projection[] = [
  projection<{ type: 'NoteWritten'; data: { noteId: string; body: string } }>({
    name: 'notes',
    version: 1,
    tables: [notes],
    on: { NoteWritten: ({ data }, rows) => rows.put(notes, data) },
  }),
];
const plain: Decoder = { decode: async (events) => events as unknown as readonly Recorded[] };

describe(`the live loop on PostgreSQL (${testedPostgres})`, () => {
  let places: PostgresPlaces;
  let schema: string;
  let log: MemoryEventStore;
  let models: PostgresReadStore;
  let reader: PostgresReadStore;
  let live: LiveProjections;
  let rebuilds: string[];
  let written = 0;

  const note = async (noteId: string): Promise<string> => {
    written += 1;
    const data = { noteId, body: `text ${written}` };
    const event = { id: derivedId('live', String(written)), type: 'NoteWritten', data, meta: {} };
    return (await log.append('note-1', [event], 'any')).position;
  };
  const begin = async (): Promise<void> => {
    models = await places.store({ projections, role: 'writer', schema });
    live = new LiveProjections({ store: log, codec: plain, models, onRebuild: (why) => rebuilds.push(why) });
    await live.start();
  };
  const bodies = async (from: PostgresReadStore): Promise<unknown[]> =>
    ((await read(from, notes)) as { body: string; toPosition: string | null }[]).map(({ body }) => body);
  const expected = async (): Promise<unknown[]> =>
    (await log.readAll({ max: 10_000 })).events.map(({ data }) => (data as { body: string }).body);

  beforeAll(async () => (places = await PostgresPlaces.start()));
  afterAll(() => places.dispose());
  beforeEach(async () => {
    schema = places.place();
    log = new MemoryEventStore();
    rebuilds = [];
    reader = await places.store({ projections, role: 'reader', schema });
    await begin();
  });
  afterEach(() => live.stop());

  it('is followed by readers', async () => {
    for (let n = 0; n < 20; n += 1) await note('a');
    const last = await note('a');
    expect(await reader.waitFor(last, 10_000)).toBe(true);
    expect(await bodies(reader)).toEqual(await expected());
    expect(live.state()).toMatchObject({ ready: true, position: last });
  });

  it('makes the same rows again when somebody drops a table, though nothing is written', async () => {
    await note('a');
    await reader.waitFor(await note('a'), 10_000);
    await places.process().query(`drop table ${schema}_1.note`);
    await expect(read(reader, notes)).rejects.toThrow(ReadModelsNotReady);
    await until(() => reader.standing().kind === 'current');
    expect(await bodies(reader)).toEqual(await expected());
    expect(rebuilds).toEqual(['there are no read models yet', expect.stringContaining('changed by hand')]);
  });

  it('makes them again when all of it is dropped', async () => {
    await reader.waitFor(await note('a'), 10_000);
    await places.process().query(`drop schema ${schema}, ${schema}_1 cascade`);
    await reader.refresh();
    await expect(read(reader, notes)).rejects.toThrow(ReadModelsNotReady);
    const last = await note('b');
    expect(await reader.waitFor(last, 20_000)).toBe(true);
    expect(await bodies(reader)).toEqual(await expected());
  });

  it('serves nobody rows of a log that has lost its end, until they are built again', async () => {
    await note('a');
    await reader.waitFor(await note('a'), 10_000);
    await live.stop();
    log = new MemoryEventStore();
    const last = await note('restored');
    const readAll = log.readAll.bind(log);
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    log.readAll = async (options) => {
      if (options.after === undefined && options.max > 1) await gate;
      return readAll(options);
    };
    await begin();
    await expect(read(reader, notes)).rejects.toThrow('made from another log, or from a longer one');
    const passed = reader.waitFor(last, 10_000);
    open();
    expect(await passed).toBe(true);
    expect(await bodies(reader)).toEqual(await expected());
  });

  it('goes on where another process stopped', async () => {
    await reader.waitFor(await note('a'), 10_000);
    const standby = await places.store({ projections, role: 'writer', schema });
    const last = await note('a');
    await reader.waitFor(last, 10_000);
    await live.stop();
    await standby.refresh();
    live = new LiveProjections({ store: log, codec: plain, models: standby, onRebuild: (why) => rebuilds.push(why) });
    await live.start();
    expect(await reader.waitFor(await note('a'), 10_000)).toBe(true);
    expect(await bodies(reader)).toEqual(await expected());
    expect(rebuilds).toHaveLength(1);
  });

  if (!ownsPostgres) return;

  it('applies nothing twice and leaves nothing out while connections are cut at random', async () => {
    const admin = places.process();
    await reader.waitFor(await note('start'), 10_000);
    for (let n = 0; n < 40; n += 1) {
      await note(`n${n % 3}`);
      await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()`,
      );
    }
    const last = await note('end');
    expect(await reader.waitFor(last, 30_000)).toBe(true);
    expect((await bodies(reader)).sort()).toEqual((await expected()).sort());
    expect(rebuilds).toHaveLength(1);
  });

  it('says in bounded time that the server is away, and catches up when it is back', async () => {
    await reader.waitFor(await note('a'), 10_000);
    await places.server.stopServer('immediate');
    await expect(read(reader, notes)).rejects.toThrow(PostgresUnavailable);
    const last = await note('a');
    await until(() => live.state().failure !== undefined);
    expect(live.state()).toMatchObject({ ready: false });
    await places.server.startServer();
    expect(await reader.waitFor(last, 30_000)).toBe(true);
    expect(await bodies(reader)).toEqual(await expected());
    expect(rebuilds).toHaveLength(1);
    await until(() => live.state().ready);
  });
});
