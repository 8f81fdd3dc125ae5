import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Decoder, EventStore } from '@app/event-store';
import { MemoryEventStore } from '@app/event-store/adapters';
import { ElsewhereStore } from '@app/event-store/testing';
import { derivedId, type Recorded } from '@app/kernel';
import { SqliteReadStore } from './adapters/sqlite.js';
import { LiveProjections } from './live.js';
import { type Projection, projection } from './projection.js';
import { ReadModelsNotReady } from './read-store.js';
import { table, text } from './table.js';
import { read } from './testing.js';

const notes = table('note', { noteId: text(), body: text() }, { key: ['noteId'] });
const noteProjection = (version = 1, body = 'plain'): Projection =>
  projection<{ type: 'NoteWritten'; data: { noteId: string } }>({
    name: 'notes',
    version,
    tables: [notes],
    on: { NoteWritten: ({ data: { noteId } }, rows) => rows.put(notes, { noteId, body }) },
  });
const plain: Decoder = { decode: async (events) => events as unknown as readonly Recorded[] };

let serial = 0;
function note(store: EventStore, noteId: string) {
  serial += 1;
  const event = { id: derivedId('restart', String(serial)), type: 'NoteWritten', data: { noteId }, meta: {} };
  return store.append('note-1', [event], 'any');
}

describe('read models at a start', () => {
  const dir = mkdtempSync(join(tmpdir(), 'live-'));
  const path = join(dir, 'read-models.db');
  let log: EventStore;
  let models: SqliteReadStore;
  let live: LiveProjections;
  let gate: Promise<void> = Promise.resolve();
  const rebuilds: string[] = [];

  /** Reading the log from its first event, as a rebuild does, waits for the gate. */
  const gated = (): EventStore =>
    Object.assign(Object.create(log) as EventStore, {
      readAll: async (options: Parameters<EventStore['readAll']>[0]) => {
        if (options.after === undefined && options.max > 1) await gate;
        return log.readAll(options);
      },
    });
  const begin = async (projections: Projection[]): Promise<void> => {
    rebuilds.length = 0;
    models = new SqliteReadStore({ path, projections });
    live = new LiveProjections({ store: gated(), codec: plain, models, onRebuild: (why) => rebuilds.push(why) });
    await live.start();
  };
  const end = async (): Promise<void> => {
    await live.stop();
    await models.close();
  };

  beforeEach(async () => {
    rmSync(path, { force: true });
    log = new MemoryEventStore();
    await note(log, 'a');
    const last = await note(log, 'b');
    await begin([noteProjection()]);
    await live.waitFor(last.position, 2_000);
    await end();
  });
  afterEach(() => {
    gate = Promise.resolve();
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('go on where they had stopped', async () => {
    await begin([noteProjection()]);
    const { position } = await note(log, 'c');
    await live.waitFor(position, 2_000);
    expect(rebuilds).toEqual([]);
    expect(await read(models, notes)).toHaveLength(3);
    await end();
  });

  it('are read as they were while a raised projection is rebuilt', async () => {
    let open = (): void => undefined;
    gate = new Promise<void>((resolve) => (open = resolve));
    await begin([noteProjection(2, 'new')]);
    const { position } = await note(log, 'c');
    expect(await live.waitFor(position, 2_000)).toBe(true);
    expect(((await read(models, notes)) as { body: string }[]).map(({ body }) => body)).toEqual([
      'plain',
      'plain',
      'new',
    ]);
    expect(live.state().rebuilding).toBe(true);
    const rebuilt = live.rebuild();
    open();
    await rebuilt;
    expect(await read(models, notes)).toMatchObject([{ body: 'new' }, { body: 'new' }, { body: 'new' }]);
    await end();
    await begin([noteProjection(2, 'new')]);
    expect(models.standing()).toEqual({ kind: 'current' });
    await end();
  });

  it.each([
    ['a log that has lost its end', 1, () => new MemoryEventStore()],
    ['another log', 2, () => new MemoryEventStore()],
    ['the log of another engine', 2, () => new ElsewhereStore()],
  ])('are not served from %s', async (_, events, other) => {
    log = other();
    for (let n = 0; n < events; n += 1) await note(log, 'other');
    let open = (): void => undefined;
    gate = new Promise<void>((resolve) => (open = resolve));
    await begin([noteProjection()]);
    await expect(read(models, notes)).rejects.toThrow(ReadModelsNotReady);
    expect(live.state()).toMatchObject({ ready: false });
    open();
    const { position } = await note(log, 'c');
    expect(await live.waitFor(position, 2_000)).toBe(true);
    expect(await read(models, notes)).toMatchObject([{ noteId: 'c' }, { noteId: 'other' }]);
    expect(rebuilds).toEqual(['the read models were made from another log, or from a longer one']);
    await end();
  });

  it('are built again when the file is damaged', async () => {
    truncateSync(path, 6_000);
    await begin([noteProjection()]);
    const { position } = await note(log, 'c');
    expect(await live.waitFor(position, 2_000)).toBe(true);
    expect(await read(models, notes)).toHaveLength(3);
    expect(rebuilds).toHaveLength(1);
    await end();
  });
});
