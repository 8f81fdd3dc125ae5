import { deepEqual, equal, ok } from 'node:assert/strict';
import { newId } from '@app/kernel';
import { EventTooLarge, InvalidAppend, StoreClosed } from '../errors.js';
import type { Expected, NewEvent } from '../event-store.js';
import { type Clause, event, events, idsOf, newCategory, newStream, readWhole, refused, within } from './clause.js';

const MEBIBYTE = 1024 * 1024;

function deep(levels: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < levels; level++) value = { value };
  return value;
}

/** Data that JSON, or some store, does not give back as it was. */
const unstorable: readonly unknown[] = [
  undefined,
  () => 1,
  { at: new Date(0) },
  { list: [undefined] },
  { map: new Map() },
  { big: 1n },
  { number: NaN },
  { number: Infinity },
  { number: 0.5 },
  { number: -0 },
  { number: Number.MAX_SAFE_INTEGER + 1 },
  { text: 'a\0b' },
  { text: 'half \ud83c of a pair' },
  { ['key \udf31']: 1 },
  deep(100_000),
];

const wrongEvents: readonly Partial<Record<keyof NewEvent, unknown>>[] = [
  { id: '' },
  { id: 'not-a-uuid' },
  { id: newId().toUpperCase() },
  { type: '' },
  { type: 'Thing\0' },
  { type: 7 },
  { meta: undefined },
  { meta: { count: 1 } },
  { meta: { nested: {} } },
  { meta: { text: '\0' } },
  { meta: { text: '\ud83c' } },
];

const wrongStreams = [
  '',
  'nodash',
  '-id',
  'category-',
  'Upper-1',
  '$system-1',
  'circle-a\0',
  'circle-\ud83c',
  'circle-a\nb',
];
const wrongRevisions = [-1, 1.5, NaN, Infinity, '0', 'all', null, undefined, 2 ** 60];

export const limitClauses: readonly Clause[] = [
  {
    clause: 'an append may hold a million bytes; over 1 MiB it is EventTooLarge and writes nothing',
    run: async ({ store }) => {
      const stream = newStream();
      await store.append(stream, [event({ text: 'x'.repeat(1_000_000) })], 'none');
      await refused(store.append(stream, [event({ text: 'x'.repeat(MEBIBYTE) })], 0), EventTooLarge);
      await refused(store.append(stream, [event({ text: 'é'.repeat(MEBIBYTE / 2) })], 0), EventTooLarge);
      const halves = [event({ text: 'x'.repeat(600_000) }), event({ text: 'x'.repeat(600_000) })];
      await refused(store.append(stream, halves, 0), EventTooLarge);
      const large: NewEvent = { ...event(), meta: { text: 'x'.repeat(MEBIBYTE) } };
      await refused(store.append(stream, [large], 0), EventTooLarge);
      equal((await readWhole(store, stream)).length, 1);
    },
  },
  {
    clause: 'data that cannot be given back as it was is InvalidAppend and writes nothing',
    run: async ({ store }) => {
      const stream = newStream();
      for (const data of unstorable)
        await refused(store.append(stream, [event(), { ...event(), data }], 'none'), InvalidAppend);
      deepEqual(await readWhole(store, stream), []);
    },
  },
  {
    clause: 'an event without a proper id, type or metadata is InvalidAppend and writes nothing',
    run: async ({ store }) => {
      const stream = newStream();
      for (const wrong of wrongEvents) {
        await refused(store.append(stream, [event(), { ...event(), ...wrong } as NewEvent], 'none'), InvalidAppend);
      }
      const twice = event();
      await refused(store.append(stream, [twice, twice], 'none'), InvalidAppend);
      await refused(store.append(stream, [], 'any'), InvalidAppend);
      deepEqual(await readWhole(store, stream), []);
    },
  },
  {
    clause: 'a stream name or expected revision that means nothing is InvalidAppend',
    run: async ({ store }) => {
      for (const wrong of wrongStreams) await refused(store.append(wrong, [event()], 'any'), InvalidAppend);
      await refused(store.append(`circle-${'x'.repeat(300)}`, [event()], 'any'), InvalidAppend);
      const stream = newStream();
      for (const wrong of wrongRevisions) {
        await refused(store.append(stream, [event()], wrong as Expected), InvalidAppend);
      }
      deepEqual(await readWhole(store, stream), []);
    },
  },
  {
    clause: 'an invalid append spoils none that waits beside it',
    run: async ({ store }) => {
      const settled = await Promise.allSettled([
        store.append(newStream(), [event()], 'none'),
        store.append('nodash', [event()], 'none'),
        store.append(newStream(), [event({ number: NaN })], 'none'),
        store.append(newStream(), [event()], 'none'),
      ]);
      deepEqual(
        settled.map(({ status }) => status),
        ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
      );
    },
  },
  {
    clause: 'after close every call is StoreClosed, and a waiting subscription ends',
    run: async ({ store }, patience) => {
      const signal = new AbortController().signal;
      const waiting = (async () => {
        for await (const item of store.subscribe({ after: await store.head(), signal })) void item;
      })();
      const ended = refused(within(patience, 'the end of a subscription', waiting), StoreClosed);
      await store.append(newStream(), [event()], 'none');
      await store.close();
      await ended;
      await refused(store.append(newStream(), [event()], 'none'), StoreClosed);
      await refused(store.readStream(newStream(), { max: 1 }), StoreClosed);
      await refused(store.readAll({ max: 1 }), StoreClosed);
      await refused(store.head(), StoreClosed);
      await refused(store.subscribe({ signal })[Symbol.asyncIterator]().next(), StoreClosed);
      await store.close();
    },
  },
  {
    clause: 'closed amid appends, each of them is written and acknowledged, or refused as StoreClosed and not written',
    run: async ({ store, reopen }, patience) => {
      const category = newCategory();
      const sent = events(50).map((it) => ({ it, stream: newStream(category) }));
      const outcomes = sent.map(({ it, stream }) =>
        store.append(stream, [it], 'none').then(() => true, refusedByClose),
      );
      const closing = store.close();
      outcomes.push(store.append(newStream(category), [event()], 'none').then(() => true, refusedByClose));
      const written = await within(patience, 'appends under way', Promise.all(outcomes));
      await within(patience, 'close', closing);
      const restarted = await reopen();
      for (const [at, { it, stream }] of sent.entries()) {
        deepEqual(idsOf(await readWhole(restarted, stream)), written[at] ? [it.id] : []);
      }
      equal(written.at(-1), false);
    },
  },
];

function refusedByClose(error: unknown): false {
  ok(error instanceof StoreClosed, String(error));
  return false;
}
