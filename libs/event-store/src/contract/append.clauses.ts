import { deepEqual, equal, ok } from 'node:assert/strict';
import { StaleRevision } from '../errors.js';
import type { EventStore, Expected } from '../event-store.js';
import { type Clause, event, events, idsOf, newCategory, newStream, readCategory, readWhole } from './clause.js';

/** The append is stale, and the error says so truly. */
async function stale(store: EventStore, stream: string, expected: Expected, actual: number): Promise<void> {
  const error: unknown = await store.append(stream, [event()], expected).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  ok(error instanceof StaleRevision, `${String(expected)} at ${actual}: ${String(error)}`);
  deepEqual([error.stream, error.expected, error.actual], [stream, String(expected), actual]);
}

export const appendClauses: readonly Clause[] = [
  {
    clause: "'none' makes a new stream, from revision 0",
    run: async ({ store }) => {
      const stream = newStream();
      equal((await store.append(stream, [event()], 'none')).revision, 0);
      equal((await store.append(newStream(), events(3), 'none')).revision, 2);
      deepEqual(
        (await readWhole(store, stream)).map(({ revision }) => revision),
        [0],
      );
    },
  },
  {
    clause: "'none' is stale on an existing stream",
    run: async ({ store }) => {
      const stream = newStream();
      await store.append(stream, events(2), 'none');
      await stale(store, stream, 'none', 1);
    },
  },
  {
    clause: 'an exact revision that is the current one is written after it',
    run: async ({ store }) => {
      const stream = newStream();
      await store.append(stream, [event()], 'none');
      equal((await store.append(stream, events(2), 0)).revision, 2);
      equal((await store.append(stream, [event()], 2)).revision, 3);
      deepEqual(
        (await readWhole(store, stream)).map(({ revision }) => revision),
        [0, 1, 2, 3],
      );
    },
  },
  {
    clause: 'an exact revision below the current one is stale',
    run: async ({ store }) => {
      const stream = newStream();
      await store.append(stream, events(3), 'none');
      await stale(store, stream, 0, 2);
      await stale(store, stream, 1, 2);
    },
  },
  {
    clause: 'an exact revision above the current one, or of a stream that is not there, is stale',
    run: async ({ store }) => {
      const stream = newStream();
      await store.append(stream, [event()], 'none');
      await stale(store, stream, 1, 0);
      await stale(store, newStream(), 0, -1);
    },
  },
  {
    clause: "'exists' is written to an existing stream and stale on a new one",
    run: async ({ store }) => {
      const stream = newStream();
      await stale(store, stream, 'exists', -1);
      await store.append(stream, [event()], 'none');
      equal((await store.append(stream, [event()], 'exists')).revision, 1);
    },
  },
  {
    clause: "'any' is written to a new and to an existing stream",
    run: async ({ store }) => {
      const stream = newStream();
      equal((await store.append(stream, [event()], 'any')).revision, 0);
      equal((await store.append(stream, [event()], 'any')).revision, 1);
    },
  },
  {
    clause: 'a stale append leaves no trace, and spoils none that waits beside it',
    run: async ({ store }) => {
      const category = newCategory();
      const [taken, missing, free] = [newStream(category), newStream(category), newStream(category)];
      const first = event();
      await store.append(taken, [first], 'none');
      const good = events(2);
      const settled = await Promise.allSettled([
        store.append(taken, events(2), 'none'),
        store.append(free, good.slice(0, 1), 'none'),
        store.append(missing, events(2), 5),
        store.append(free, good.slice(1), 0),
      ]);
      deepEqual(
        settled.map(({ status }) => status),
        ['rejected', 'fulfilled', 'rejected', 'fulfilled'],
      );
      deepEqual(idsOf(await readCategory(store, category)), idsOf([first, ...good]));
      deepEqual(await readWhole(store, missing), []);
      equal((await store.append(missing, [event()], 'none')).revision, 0);
    },
  },
  {
    clause: 'a batch is written whole, in order, one event after the other',
    run: async ({ store }) => {
      const category = newCategory();
      const stream = newStream(category);
      const batch = events(20);
      const { revision, position } = await store.append(stream, batch, 'none');
      const stored = await readCategory(store, category);
      deepEqual(idsOf(stored), idsOf(batch));
      deepEqual(
        stored.map((it) => it.revision),
        batch.map((_, at) => at),
      );
      deepEqual({ revision, position }, { revision: 19, position: stored.at(-1)!.position });
    },
  },
  {
    clause: 'of 64 appends at one revision exactly one wins',
    run: async ({ store }) => {
      const stream = newStream();
      await store.append(stream, [event()], 'none');
      const rivals = events(64);
      const settled = await Promise.allSettled(rivals.map((rival) => store.append(stream, [rival], 0)));
      const winners = rivals.filter((_, at) => settled[at]!.status === 'fulfilled');
      equal(winners.length, 1);
      for (const outcome of settled) if (outcome.status === 'rejected') ok(outcome.reason instanceof StaleRevision);
      deepEqual(idsOf(await readWhole(store, stream)).slice(1), idsOf(winners));
    },
  },
  {
    clause: '64 writers at once are all written, each stream in its order, each at the place that was answered',
    run: async ({ store }) => {
      const category = newCategory();
      const written = new Map<string, string>();
      const write = async (): Promise<void> => {
        const stream = newStream(category);
        for (let revision = 0; revision < 5; revision++) {
          const next = event({ revision });
          const place = await store.append(stream, [next], revision === 0 ? 'none' : revision - 1);
          equal(place.revision, revision);
          written.set(place.position, next.id);
        }
      };
      await Promise.all(Array.from({ length: 64 }, write));
      const stored = await readCategory(store, category);
      equal(stored.length, 320);
      for (const { id, position, revision, data } of stored) {
        equal(written.get(position), id);
        deepEqual(data, { revision });
      }
    },
  },
];
