import { deepEqual, equal, ok } from 'node:assert/strict';
import { newId } from '@app/kernel';
import type { NewEvent } from '../event-store.js';
import {
  type Clause,
  event,
  events,
  idsOf,
  newCategory,
  newStream,
  readCategory,
  readWhole,
  refused,
} from './clause.js';

export const readClauses: readonly Clause[] = [
  {
    clause: 'a stream that is not there is empty',
    run: async ({ store }) => {
      deepEqual(await store.readStream(newStream(), { max: 10 }), []);
      deepEqual(await store.readStream(newStream(), { max: 10, backwards: true }), []);
      deepEqual(await store.readStream(newStream(), { max: 10, from: 3 }), []);
    },
  },
  {
    clause: 'a stream is read forwards, from a revision on, at most so many',
    run: async ({ store }) => {
      const stream = newStream();
      await store.append(stream, events(10), 'none');
      const read = async (from: number | undefined, max: number) =>
        (await store.readStream(stream, { from, max })).map(({ revision }) => revision);
      deepEqual(await read(undefined, 4), [0, 1, 2, 3]);
      deepEqual(await read(4, 3), [4, 5, 6]);
      deepEqual(await read(8, 10), [8, 9]);
      deepEqual(await read(10, 10), []);
    },
  },
  {
    clause: 'a stream is read backwards, from a revision or from its end, at most so many',
    run: async ({ store }) => {
      const stream = newStream();
      await store.append(stream, events(10), 'none');
      const read = async (from: number | undefined, max: number) =>
        (await store.readStream(stream, { from, max, backwards: true })).map(({ revision }) => revision);
      deepEqual(await read(undefined, 3), [9, 8, 7]);
      deepEqual(await read(4, 3), [4, 3, 2]);
      deepEqual(await read(1, 10), [1, 0]);
      deepEqual(await read(99, 2), [9, 8]);
    },
  },
  {
    clause: 'a stream is read by its whole name',
    run: async ({ store }) => {
      const stream = newStream();
      const mine = event();
      await store.append(stream, [mine], 'none');
      await store.append(`${stream}x`, [event()], 'none');
      deepEqual(idsOf(await readWhole(store, stream)), [mine.id]);
      deepEqual(await readWhole(store, stream.slice(0, -1)), []);
    },
  },
  {
    clause: 'what is read is what was written: text of every kind, numbers, metadata, name, place',
    run: async ({ store }) => {
      const stream = `${newCategory()}-été 数 🌱 ${newId()}`;
      const data = {
        text: 'L’été — œuvre, 数, 🌱, "quotes", \\u0000, \\, \n\t\u0001',
        numbers: [0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
        nothing: null,
        empty: [{}, [], ''],
        yes: true,
        'clé 🌱': { 1: 'one', __proto: 'x' },
      };
      const written: NewEvent = { id: newId(), type: 'ÉtéVenu', data, meta: { $correlationId: 'a', acteur: 'Zoé 🌱' } };
      const { position } = await store.append(stream, [written], 'none');
      deepEqual(await readWhole(store, stream), [{ ...written, stream, revision: 0, position }]);
    },
  },
  {
    clause: 'the whole log is read in the order of its commits, across streams',
    run: async ({ store }) => {
      const category = newCategory();
      const [one, other] = [newStream(category), newStream(category)];
      const all = events(5);
      await store.append(one, [all[0]!], 'none');
      await store.append(other, [all[1]!, all[2]!], 'none');
      await store.append(one, [all[3]!], 0);
      await store.append(other, [all[4]!], 1);
      const stored = await readCategory(store, category);
      deepEqual(idsOf(stored), idsOf(all));
      deepEqual(
        stored.map(({ revision, stream }) => [stream, revision]),
        [
          [one, 0],
          [other, 0],
          [other, 1],
          [one, 1],
          [other, 2],
        ],
      );
    },
  },
  {
    clause: 'pages follow on one another without gap or overlap, never larger than asked',
    run: async ({ store }) => {
      const category = newCategory();
      const before = await store.head();
      const all = events(25);
      await store.append(newStream(category), all, 'none');
      const found: string[] = [];
      let after = before;
      for (let end = false; !end;) {
        const page = await store.readAll({ after, max: 10 });
        ok(page.events.length <= 10);
        found.push(...page.events.filter(({ stream }) => stream.startsWith(category)).map(({ id }) => id));
        [after, end] = [page.next, page.end];
      }
      deepEqual(found, idsOf(all));
    },
  },
  {
    clause: 'prefixes leave out other streams, and the position moves on even where nothing matched',
    run: async ({ store }) => {
      const [mine, also, foreign] = [newCategory(), newCategory(), newCategory()];
      const before = await store.head();
      const wanted = events(2);
      await store.append(newStream(mine), [wanted[0]!], 'none');
      await store.append(newStream(foreign), events(30), 'none');
      await store.append(newStream(also), [wanted[1]!], 'none');
      const { position } = await store.append(newStream(foreign), events(30), 'none');
      const page = await store.readAll({ after: before, max: 1000, prefixes: [`${mine}-`, `${also}-`] });
      deepEqual(idsOf(page.events), idsOf(wanted));
      equal(store.compare(page.next!, position), 0);
      equal(page.end, true);
      const nothing = await store.readAll({ after: before, max: 1000, prefixes: [`${newCategory()}-`] });
      deepEqual([nothing.events, nothing.next], [[], position]);
    },
  },
  {
    clause: 'the head is the position of the last event; positions grow, and compare as text too',
    run: async ({ store }) => {
      const positions: string[] = [];
      for (let round = 0; round < 12; round++) {
        const { position } = await store.append(newStream(), events(10), 'none');
        equal(await store.head(), position);
        positions.push(position);
      }
      deepEqual([...positions].sort(), positions);
      deepEqual(
        [...positions].reverse().sort((a, b) => store.compare(a, b)),
        positions,
      );
      equal(store.compare(positions[0]!, positions[0]!), 0);
    },
  },
  {
    clause: 'at the end of the log a page is empty and stays where it was asked',
    run: async ({ store }) => {
      const { position } = await store.append(newStream(), [event()], 'none');
      deepEqual(await store.readAll({ after: position, max: 5 }), { events: [], next: position, end: true });
    },
  },
  {
    clause: 'a read without a sensible limit is refused',
    run: async ({ store }) => {
      for (const max of [0, -1, 1.5, NaN, Infinity]) {
        await refused(store.readStream(newStream(), { max }), RangeError);
        await refused(store.readAll({ max }), RangeError);
      }
    },
  },
];
