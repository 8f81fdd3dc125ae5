import { deepEqual, equal, ok } from 'node:assert/strict';
import type { EventStore } from '../event-store.js';
import { type Clause, event, events, idsOf, Listener, newCategory, newStream, turn, within } from './clause.js';

/** Writers that append to streams of one category until they are told to stop: the ids they wrote, in the order of the log. */
function writing(store: EventStore, category: string): { stop(): Promise<string[]> } {
  const written: { id: string; position: string }[] = [];
  let going = true;
  const write = async (): Promise<void> => {
    const stream = newStream(category);
    for (let revision = -1; going; revision++) {
      const next = event();
      const { position } = await store.append(stream, [next], revision < 0 ? 'none' : revision);
      written.push({ id: next.id, position });
      await turn();
    }
  };
  const all = Promise.all(Array.from({ length: 8 }, write));
  return {
    stop: async () => {
      going = false;
      await all;
      return idsOf(written.sort((a, b) => store.compare(a.position, b.position)));
    },
  };
}

export const subscribeClauses: readonly Clause[] = [
  {
    clause: 'a subscription from the start gives what is there, says that it caught up, and goes on live',
    run: async ({ store }, patience) => {
      const category = newCategory();
      const all = events(6);
      await store.append(newStream(category), all.slice(0, 3), 'none');
      const listener = new Listener(store, { prefixes: [`${category}-`] }, patience);
      await listener.caughtUp();
      deepEqual(listener.ids, idsOf(all.slice(0, 3)));
      const stream = newStream(category);
      await store.append(stream, all.slice(3, 4), 'none');
      await store.append(stream, all.slice(4), 0);
      await listener.until('live events', () => listener.events.length >= 6);
      deepEqual(listener.ids, idsOf(all));
      await listener.stop();
    },
  },
  {
    clause: 'a subscription gives the events as a read does',
    run: async ({ store }, patience) => {
      const stream = newStream();
      const before = await store.head();
      const listener = new Listener(store, { after: before, prefixes: [stream] }, patience);
      await store.append(stream, [event({ text: 'été 🌱' }), event({ count: 2 })], 'none');
      await listener.until('two events', () => listener.events.length >= 2);
      deepEqual(listener.events, await store.readStream(stream, { max: 10 }));
      await listener.stop();
    },
  },
  {
    clause: 'a subscription begins after its position',
    run: async ({ store }, patience) => {
      const category = newCategory();
      const [early, late] = [events(2), events(2)];
      const stream = newStream(category);
      const { position } = await store.append(stream, early, 'none');
      await store.append(stream, late, 1);
      const middle = new Listener(store, { after: position, prefixes: [`${category}-`] }, patience);
      const end = new Listener(store, { after: await store.head(), prefixes: [`${category}-`] }, patience);
      await middle.caughtUp();
      await end.caughtUp();
      deepEqual([middle.ids, end.ids], [idsOf(late), []]);
      await Promise.all([middle.stop(), end.stop()]);
    },
  },
  {
    clause: 'a subscriber that starts amid concurrent appends misses nothing and sees nothing twice',
    run: async ({ store }, patience) => {
      const category = newCategory();
      const writers = writing(store, category);
      const listeners: Listener[] = [];
      let written: string[];
      try {
        for (let number = 0; number < 6; number++) {
          await store.append(newStream(), [event()], 'none');
          listeners.push(new Listener(store, { prefixes: [`${category}-`] }, patience));
        }
        await Promise.all(listeners.map((it) => it.until('200 events', () => it.events.length >= 200)));
      } finally {
        written = await writers.stop();
      }
      for (const listener of listeners) {
        await listener.until('every event', () => listener.events.length >= written.length);
        deepEqual(listener.ids, written);
        await listener.stop();
      }
    },
  },
  {
    clause: 'a subscriber that resumes after a restart misses nothing and sees nothing twice',
    run: async ({ store, reopen }, patience) => {
      const category = newCategory();
      const all = events(30);
      const stream = newStream(category);
      await store.append(stream, all.slice(0, 20), 'none');
      const first = new Listener(store, { prefixes: [`${category}-`] }, patience);
      await first.until('some events', () => first.events.length >= 7);
      await first.stop();
      const seen = first.events.slice(0, 7);
      const restarted = await reopen();
      const second = new Listener(restarted, { after: seen.at(-1)!.position, prefixes: [`${category}-`] }, patience);
      await restarted.append(stream, all.slice(20), 19);
      await second.until('the rest', () => second.events.length >= 23);
      deepEqual(idsOf([...seen, ...second.events]), idsOf(all));
      await second.stop();
    },
  },
  {
    clause: 'checkpoints come where nothing matched, live as well, at most 100 events late, and never beyond the head',
    run: async ({ store }, patience) => {
      const before = await store.head();
      const { position } = await store.append(newStream(), events(300), 'none');
      const listener = new Listener(store, { after: before, prefixes: [`${newCategory()}-`] }, patience);
      const passed = (place: string) => () =>
        listener.items.some((item) => item.kind === 'checkpoint' && store.compare(item.position, place) >= 0);
      await listener.until('a checkpoint', passed(position));
      await listener.caughtUp();
      const stream = newStream();
      const live = await store.append(stream, events(200), 'none');
      await store.append(stream, events(100), 199);
      await listener.until('a live checkpoint', passed(live.position));
      deepEqual(listener.events, []);
      const head = (await store.head())!;
      for (const { position: told = head } of listener.items.filter((it) => it.kind !== 'event')) {
        ok(store.compare(told, head) <= 0);
      }
      await listener.stop();
    },
  },
  {
    clause: 'a slow subscriber gets everything in order, and holds up no append',
    run: async ({ store }, patience) => {
      const category = newCategory();
      const all = events(700);
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      await store.append(newStream(category), all.slice(0, 1), 'none');
      const listener = new Listener(store, { prefixes: [`${category}-`] }, patience, () => held);
      await listener.until('the first event', () => listener.events.length > 0);
      const stream = newStream(category);
      await within(patience, 'appends beside a slow subscriber', store.append(stream, all.slice(1, 600), 'none'));
      await within(patience, 'appends beside a slow subscriber', store.append(stream, all.slice(600), 598));
      release();
      await listener.until('every event', () => listener.events.length >= all.length);
      deepEqual(listener.ids, idsOf(all));
      await listener.stop();
    },
  },
  {
    clause: 'an abort ends a subscription, waiting or not, without an error',
    run: async ({ store }, patience) => {
      const category = newCategory();
      const waiting = new Listener(store, { after: await store.head(), prefixes: [`${category}-`] }, patience);
      await waiting.caughtUp();
      await waiting.stop();
      await store.append(newStream(category), events(50), 'none');
      deepEqual(waiting.events, []);
      const busy = new Listener(store, { prefixes: [`${category}-`] }, patience);
      await busy.until('one event', () => busy.events.length > 0);
      await busy.stop();
      const never = store.subscribe({ signal: AbortSignal.abort() })[Symbol.asyncIterator]();
      equal((await within(patience, 'the end', never.next())).done, true);
      ok(busy.events.length <= 50);
    },
  },
];
