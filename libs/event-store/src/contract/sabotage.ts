import { MemoryEventStore } from '../adapters/memory.js';
import { StaleRevision } from '../errors.js';
import type { Appended, EventStore, Expected, Item, NewEvent, Page, Position, StoredEvent } from '../event-store.js';
import type { Opened } from './clause.js';
import type { Pair } from './shared.clauses.js';

export interface Subscribed {
  readonly after?: Position;
  readonly prefixes?: readonly string[];
  readonly signal: AbortSignal;
}

/** What a sabotaged store does otherwise than the sound one. */
export type Fault = (sound: EventStore) => Partial<EventStore>;

/** The memory adapter with a fault in it, before and after a restart. */
export async function sabotaged(fault: Fault): Promise<Opened> {
  let current = new MemoryEventStore();
  return {
    store: faulty(current, fault(current)),
    reopen: async () => {
      await current.close();
      current = current.reopened();
      return faulty(current, fault(current));
    },
    dispose: () => current.close(),
  };
}

/** Two handles on one memory, of which one has a fault in it. */
export function sabotagedPair(fault: Fault): Pair {
  const log = new MemoryEventStore();
  const one = faulty(log, { close: async () => undefined, ...fault(log) });
  return { one, other: log, dispose: () => log.close() };
}

function faulty(sound: EventStore, faults: Partial<EventStore>): EventStore {
  return new Proxy(sound, {
    get: (_, name) => {
      const owner = name in faults ? faults : sound;
      const member: unknown = Reflect.get(owner, name);
      return typeof member === 'function' ? (member as () => unknown).bind(owner) : member;
    },
  });
}

type Append = (stream: string, events: readonly NewEvent[], expected: Expected) => Promise<Appended>;

export function appending(change: (append: Append) => Append): Fault {
  return (sound) => ({ append: change((...appended) => sound.append(...appended)) });
}

/** An append that is stale is written nevertheless, when the condition holds. */
export function forgiving(when: (stale: StaleRevision, expected: Expected) => boolean): Fault {
  return appending((append) => async (stream, events, expected) => {
    try {
      return await append(stream, events, expected);
    } catch (error) {
      if (!(error instanceof StaleRevision) || !when(error, expected)) throw error;
      return append(stream, events, 'any');
    }
  });
}

export function readingStreams(change: (read: readonly StoredEvent[]) => readonly StoredEvent[]): Fault {
  return (sound) => ({ readStream: async (...read) => change(await sound.readStream(...read)) });
}

export function readingPages(change: (page: Page, after: Position | undefined) => Page): Fault {
  return (sound) => ({ readAll: async (options) => change(await sound.readAll(options), options.after) });
}

export function subscribing(change: (options: Subscribed, sound: EventStore) => AsyncIterable<Item>): Fault {
  return (sound) => ({ subscribe: (options) => change(options, sound) });
}

/** Subscriptions that leave out or repeat items. */
export function delivering(change: (item: Item) => readonly Item[]): Fault {
  return subscribing(async function* (options, sound) {
    for await (const item of sound.subscribe(options)) yield* change(item);
  });
}
