import { deepEqual, equal } from 'node:assert/strict';
import { StaleRevision } from '../errors.js';
import { type Clause, event, events, idsOf, newStream, readWhole, refused } from './clause.js';

export const repetitionClauses: readonly Clause[] = [
  {
    clause: "the same events at the same place, with 'none', are answered with their first place",
    run: async ({ store }) => {
      const stream = newStream();
      const first = events(2);
      const place = await store.append(stream, first, 'none');
      await store.append(stream, events(2), 1);
      deepEqual(await store.append(stream, first, 'none'), place);
      equal((await readWhole(store, stream)).length, 4);
    },
  },
  {
    clause: 'the same events at the same place, after an exact revision, are answered with their first place',
    run: async ({ store }) => {
      const stream = newStream();
      const again = events(2);
      await store.append(stream, [event()], 'none');
      const place = await store.append(stream, again, 0);
      deepEqual(await store.append(stream, again, 0), place);
      await store.append(stream, [event()], 2);
      deepEqual(await store.append(stream, again, 0), place);
      equal((await readWhole(store, stream)).length, 4);
    },
  },
  {
    clause: 'the same append sent twice at once is one',
    run: async ({ store }) => {
      const stream = newStream();
      const twice = events(2);
      const [one, other] = await Promise.all([
        store.append(stream, twice, 'none'),
        store.append(stream, twice, 'none'),
      ]);
      deepEqual(one, other);
      equal((await readWhole(store, stream)).length, 2);
    },
  },
  {
    clause: 'a repetition is recognised after a restart',
    run: async ({ store, reopen }) => {
      const stream = newStream();
      const again = events(2);
      await store.append(stream, [event()], 'none');
      const place = await store.append(stream, again, 0);
      const restarted = await reopen();
      deepEqual(await restarted.append(stream, again, 0), place);
      equal((await readWhole(restarted, stream)).length, 3);
    },
  },
  {
    clause: 'first events known, later ones not: stale',
    run: async ({ store }) => {
      const stream = newStream();
      const known = events(2);
      await store.append(stream, known, 'none');
      await refused(store.append(stream, [...known, event()], 'none'), StaleRevision);
      await refused(store.append(stream, [known[0]!, event()], 'none'), StaleRevision);
      equal((await readWhole(store, stream)).length, 2);
    },
  },
  {
    clause: 'the same event at another place: stale',
    run: async ({ store }) => {
      const stream = newStream();
      const known = events(3);
      await store.append(stream, known, 'none');
      await refused(store.append(stream, [known[2]!], 0), StaleRevision);
      await refused(store.append(stream, [known[1]!, known[0]!], 'none'), StaleRevision);
      equal((await readWhole(store, stream)).length, 3);
    },
  },
  {
    clause: 'at the current revision ids are not looked at: a reused one is written again',
    run: async ({ store }) => {
      const stream = newStream();
      const used = event();
      await store.append(stream, [used], 'none');
      equal((await store.append(stream, [used], 0)).revision, 1);
      deepEqual(idsOf(await readWhole(store, stream)), [used.id, used.id]);
    },
  },
  {
    clause: "'any' and 'exists', repeated at once, are answered with the first place",
    run: async ({ store }) => {
      const stream = newStream();
      const [one, other] = [events(2), events(2)];
      const place = await store.append(stream, one, 'any');
      deepEqual(await store.append(stream, one, 'any'), place);
      const later = await store.append(stream, other, 'exists');
      deepEqual(await store.append(stream, other, 'exists'), later);
      equal((await readWhole(store, stream)).length, 4);
    },
  },
];
