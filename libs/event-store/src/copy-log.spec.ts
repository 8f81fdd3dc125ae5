import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@app/kernel';
import Database from 'better-sqlite3';
import { EventStoreDbStore } from './adapters/eventstoredb.js';
import { MemoryEventStore } from './adapters/memory.js';
import { SqliteEventStore } from './adapters/sqlite.js';
import { chainHash, genesis } from './chain.js';
import { type CopyRefusal, copyLog, type Copying, verifyCopy } from './copy-log.js';
import { ElsewhereStore } from './elsewhere.testing.js';
import { OutcomeUnknown } from './errors.js';
import type { EventStore, NewEvent, StoredEvent } from './event-store.js';
import { desk, everything, logOf, sealing } from './notes.testing.js';
import { StandIn } from './standin/standin.testing.js';
import { change, rechain } from './tampering.testing.js';

const dir = mkdtempSync(join(tmpdir(), 'ronde-copy-'));
afterAll(() => rmSync(dir, { recursive: true }));

/** A sealed log of some fifty events. */
async function fill<T extends EventStore>(store: T): Promise<T> {
  const it = desk(store);
  const { feed } = sealing(it, { events: 6, minutes: 60 });
  for (let i = 0; i < 40; i++) {
    await it.write(`m${i % 4}`, `été ${i} 🌱`, { community: `k${i % 2}` }, `n${i % 3}-k${i % 2}`);
    await feed();
  }
  return store;
}

/** Everything but the positions. */
const content = async (store: EventStore) => (await everything(store)).map(({ position: _, ...event }) => event);

/** Every row of a log's file. */
function rowsOf(file: string): unknown[] {
  const db = new Database(file, { readonly: true });
  const rows = db.prepare('select events.*, name from events join streams on number = stream order by position').all();
  db.close();
  return rows;
}

const refusal = (copying: Promise<unknown>): Promise<{ why?: CopyRefusal; message: string }> =>
  copying.then(
    () => ({ message: 'it was copied' }),
    (error: Error) => ({ ...error, message: error.message }),
  );

/** A sound store that does something else at an append. */
function appending(store: EventStore, append: (number: number, sound: EventStore['append']) => EventStore['append']) {
  let appends = 0;
  return Object.assign(Object.create(store) as EventStore, {
    append: (...call: Parameters<EventStore['append']>) => append((appends += 1), store.append.bind(store))(...call),
  });
}

describe('a copy of a log', () => {
  const engines: [string, () => Promise<{ store: EventStore; end: () => Promise<void> }>][] = [
    [
      'an engine with other positions',
      async () => {
        const store = new ElsewhereStore();
        return { store, end: () => store.close() };
      },
    ],
    [
      'EventStoreDB (the stand-in)',
      async () => {
        const standIn = await StandIn.start();
        const store = await EventStoreDbStore.open({ url: standIn.url });
        return { store, end: () => store.close().then(() => standIn.stop()) };
      },
    ],
  ];

  it.each(engines)('goes from SQLite to %s and comes back the same to the byte', async (name, open) => {
    const [here, back] = [join(dir, `${name}.db`), join(dir, `${name}-back.db`)];
    const [one, other] = [
      await fill(await SqliteEventStore.open({ file: here })),
      await SqliteEventStore.open({ file: back }),
    ];
    const { store, end } = await open();
    const there = await copyLog({ from: one, to: store });
    expect(there).toMatchObject({ events: 52, written: 52 });
    expect(await content(store)).toEqual(await content(one));
    expect(await copyLog({ from: store, to: other })).toEqual(there);
    expect(await verifyCopy({ from: one, to: other })).toEqual({ ...there, written: 0 });
    await Promise.all([one.close(), other.close(), end()]);
    expect(rowsOf(back)).toEqual(rowsOf(here));
  });

  it('is made once, however often it is asked for, and takes what has come since', async () => {
    const [from, to] = [await fill(new MemoryEventStore()), new ElsewhereStore()];
    await copyLog({ from, to });
    expect(await copyLog({ from, to })).toMatchObject({ events: 52, written: 0 });
    await desk(from).write('zoe', 'later');
    expect(await copyLog({ from, to })).toMatchObject({ events: 54, written: 2 });
    expect(await content(to)).toEqual(await content(from));
    expect(await copyLog({ from: new MemoryEventStore(), to: new ElsewhereStore() })).toMatchObject({ events: 0 });
  });

  it('goes on wherever it was cut short: before an append, after it, or with its answer lost', async () => {
    const from = await fill(new MemoryEventStore());
    const wanted = await content(from);
    for (const when of ['before', 'after', 'answer lost'] as const) {
      for (let stop = 1; ; stop++) {
        const to = new ElsewhereStore();
        const cut = appending(to, (number, sound) => async (...call) => {
          if (number < stop) return sound(...call);
          if (when === 'before') throw new Error('killed');
          await sound(...call);
          throw when === 'after' ? new Error('killed') : new OutcomeUnknown('no answer');
        });
        const first = await refusal(copyLog({ from, to: cut }));
        if (first.message === 'it was copied') break;
        expect(first.message).toMatch(/killed|no answer/);
        await copyLog({ from, to });
        expect(await content(to)).toEqual(wanted);
      }
    }
  });

  it('stops when it is told to, between two appends', async () => {
    const [from, to] = [await fill(new MemoryEventStore()), new ElsewhereStore()];
    const stopping = new AbortController();
    const told: string[] = [];
    const copying: Copying = {
      from,
      to,
      signal: stopping.signal,
      told: ({ doing, events }) => {
        told.push(doing);
        if (doing === 'copying' && events >= 20) stopping.abort(new Error('told to stop'));
      },
    };
    await expect(copyLog(copying)).rejects.toThrow('told to stop');
    const { length } = await everything(to);
    expect(length).toBeGreaterThanOrEqual(20);
    expect(length).toBeLessThan(52);
    expect([...new Set(told)]).toEqual(['verifying the source', 'comparing', 'copying']);
    await copyLog({ from, to });
    expect(await content(to)).toEqual(await content(from));
  });

  it('is appended one run after the other, the events of one stream that follow each other together', async () => {
    const [from, to] = [new MemoryEventStore(), new ElsewhereStore()];
    for (let i = 0; i < 12; i++) await desk(from).write('ada', `line ${i}`, {}, `n${Math.floor(i / 4)}`);
    let [underWay, most] = [0, 0];
    const runs: number[] = [];
    const watched = appending(to, (_, sound) => async (...call) => {
      most = Math.max(most, (underWay += 1));
      runs.push(call[1].length);
      const appended = await sound(...call);
      underWay -= 1;
      return appended;
    });
    await copyLog({ from, to: watched });
    expect(most).toBe(1);
    expect(runs).toEqual([5, 5, 5]);
  });

  it('takes appends as large as a store takes them', async () => {
    const [from, to] = [new MemoryEventStore(), new MemoryEventStore()];
    const [large, small] = ['x'.repeat(1_000_000), 'x'];
    let previous = genesis('note-n1');
    for (const [revision, text] of [large, large, ...Array<string>(450).fill(small), large].entries()) {
      const bare: NewEvent = { id: newId(), type: 'Noted', data: { text }, meta: { community: 'k1', v: '1' } };
      previous = chainHash(previous, { ...bare, stream: 'note-n1', revision });
      const event = { ...bare, meta: { ...bare.meta, hash: previous } };
      await from.append('note-n1', [event], revision === 0 ? 'none' : revision - 1);
    }
    expect(await copyLog({ from, to })).toMatchObject({ written: 453 });
    expect(await content(to)).toEqual(await content(from));
  });
});

describe('a copy is refused, and nothing more is written,', () => {
  let log: readonly StoredEvent[];
  let from: EventStore;
  beforeAll(async () => {
    from = await fill(new MemoryEventStore());
    log = await everything(from);
  });
  const foreign: NewEvent = { id: '00000000-0000-4000-8000-00000000000a', type: 'Noted', data: {}, meta: {} };

  it.each([0, 1, 20, 52])('when the target goes another way after %i events, which are named', async (events) => {
    const to = new ElsewhereStore(logOf(log.slice(0, events)));
    await to.append('strange-s1', [foreign], 'none');
    const { why, message } = await refusal(copyLog({ from, to }));
    expect(why).toBe('TARGET_DIFFERS');
    expect(message).toContain(`event ${events + 1} of the log: the source ${events === 52 ? 'ends' : 'has '}`);
    expect(message).toContain('Noted (strange-s1, revision 0, id 00000000-0000-4000-8000-00000000000a)');
    expect(await everything(to)).toHaveLength(events + 1);
  });

  it.each<[string, Partial<StoredEvent>]>([
    ['data', { data: { by: 'eve' } }],
    ['meta', { meta: {} }],
  ])('when the target holds the same event with other %s', async (what, by) => {
    const events = structuredClone(log) as StoredEvent[];
    change(events, 7, by);
    const found = await refusal(copyLog({ from, to: logOf(events) }));
    const { type, stream, revision, id } = log[7]!;
    const message = `event 8 of the log, ${type} (${stream}, revision ${revision}, id ${id}): ${what} differ`;
    expect(found).toEqual({
      name: 'CopyRefused',
      why: 'TARGET_DIFFERS',
      message: expect.stringContaining(message) as string,
    });
  });

  it('when the source does not hold together', async () => {
    const events = structuredClone(log) as StoredEvent[];
    change(events, 7, { data: {} });
    const to = new ElsewhereStore();
    expect(await refusal(copyLog({ from: logOf(events), to }))).toMatchObject({
      why: 'SOURCE_BROKEN',
      message: expect.stringContaining(`EVENT_CHANGED in ${log[7]!.stream}, revision ${log[7]!.revision}`) as string,
    });
    rechain(events);
    expect(await refusal(copyLog({ from: logOf(events), to }))).toMatchObject({ why: 'SOURCE_BROKEN' });
    expect(await everything(to)).toEqual([]);
  });

  it('when the source was written to meanwhile; the next run takes that too', async () => {
    const [growing, to] = [logOf(log), new ElsewhereStore()];
    const slow = appending(to, (number, sound) => async (...call) => {
      if (number === 3) await desk(growing).write('zoe', 'later', {}, 'n9');
      return sound(...call);
    });
    expect(await refusal(copyLog({ from: growing, to: slow }))).toMatchObject({ why: 'SOURCE_IN_USE' });
    expect(await copyLog({ from: growing, to })).toMatchObject({ events: 54, written: 2 });
  });

  it('when somebody else writes to the target, in the same streams or in others', async () => {
    const busy = (stream: string) => {
      const to = new ElsewhereStore();
      return appending(to, (number, sound) => async (...call) => {
        if (number === 3) await to.append(stream, [foreign], 'any');
        return sound(...call);
      });
    };
    expect(await refusal(copyLog({ from, to: busy('note-n0-k0') }))).toMatchObject({ why: 'TARGET_IN_USE' });
    const other = await refusal(copyLog({ from, to: busy('note-strange') }));
    expect(other.why).toMatch(/^TARGET_(BROKEN|DIFFERS)$/);
    expect(other.message).toContain('note-strange');
  });
});

describe('a copy that is only verified', () => {
  it('is the whole source, or says what is missing, other or broken; nothing is written', async () => {
    const from = await fill(new MemoryEventStore());
    const log = await everything(from);
    expect(await verifyCopy({ from, to: new ElsewhereStore(logOf(log)) })).toMatchObject({ events: 52, written: 0 });
    const part = new ElsewhereStore(logOf(log.slice(0, 20)));
    const incomplete = await refusal(verifyCopy({ from, to: part }));
    expect(incomplete).toMatchObject({ why: 'TARGET_INCOMPLETE', message: expect.stringContaining('20') as string });
    expect(await everything(part)).toHaveLength(20);
    const other = await refusal(verifyCopy({ from, to: await fill(new MemoryEventStore()) }));
    expect(other).toMatchObject({ why: 'TARGET_DIFFERS' });
    const events = structuredClone(log) as StoredEvent[];
    change(events, 7, { data: {} });
    expect(await refusal(verifyCopy({ from, to: logOf(events) }))).toMatchObject({ why: 'TARGET_BROKEN' });
  });
});
