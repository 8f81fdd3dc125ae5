import { deepEqual, equal } from 'node:assert/strict';
import { StaleRevision } from '../errors.js';
import type { EventStore } from '../event-store.js';
import { event, events, idsOf, Listener, newCategory, newStream, readWhole, refused } from './clause.js';

/** Two handles on one log, as two processes have them. */
export interface Pair {
  readonly one: EventStore;
  readonly other: EventStore;
  dispose(): Promise<void>;
}

/** One thing every adapter does whose log several processes share. */
export interface SharedClause {
  readonly clause: string;
  readonly run: (pair: Pair, patience: number) => Promise<void>;
}

export const sharedClauses: readonly SharedClause[] = [
  {
    clause: 'what one wrote makes the other stale, and is its next revision',
    run: async ({ one, other }) => {
      const stream = newStream();
      await one.append(stream, [event()], 'none');
      await refused(other.append(stream, [event()], 'none'), StaleRevision);
      equal((await other.append(stream, [event()], 0)).revision, 1);
      await refused(one.append(stream, [event()], 0), StaleRevision);
      equal((await readWhole(one, stream)).length, 2);
    },
  },
  {
    clause: 'the same append sent by both at once is one',
    run: async ({ one, other }) => {
      const stream = newStream();
      const twice = events(2);
      const [first, second] = await Promise.all([
        one.append(stream, twice, 'none'),
        other.append(stream, twice, 'none'),
      ]);
      deepEqual(first, second);
      deepEqual(idsOf(await readWhole(other, stream)), idsOf(twice));
    },
  },
  {
    clause: 'a subscriber of one sees live what both write, in the order of the log',
    run: async ({ one, other }, patience) => {
      const category = newCategory();
      const listener = new Listener(one, { prefixes: [`${category}-`] }, patience);
      await listener.caughtUp();
      const stream = newStream(category);
      const all = events(40);
      for (const [at, it] of all.entries()) {
        await (at % 2 === 0 ? one : other).append(stream, [it], at === 0 ? 'none' : at - 1);
      }
      await listener.until('what both wrote', () => listener.events.length >= all.length);
      deepEqual(listener.ids, idsOf(all));
      await listener.stop();
    },
  },
  {
    clause: 'when one is closed the other goes on, its subscriptions too',
    run: async ({ one, other }, patience) => {
      const stream = newStream();
      const listener = new Listener(other, { prefixes: [stream] }, patience);
      await listener.caughtUp();
      await one.append(stream, [event()], 'none');
      await one.close();
      equal((await other.append(stream, [event()], 0)).revision, 1);
      await listener.until('both events', () => listener.events.length >= 2);
      await listener.stop();
    },
  },
];
