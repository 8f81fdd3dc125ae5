import { type Appended, EventStore, type Expected, type Item, type NewEvent, type Page } from '@app/event-store';
import type { Position, StoredEvent } from '@app/event-store';
import type { Operation, Witness } from './witness.js';

/** An event store whose every answer has a witness. It answers and throws what the store itself does. */
export class ObservedStore extends EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly witness: Witness,
  ) {
    super();
  }

  append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended> {
    const append = { stream, events, startedAt: performance.now() };
    return this.store.append(stream, events, expected).then(
      (appended) => {
        this.witness.asked('append', append.startedAt);
        this.witness.appended(append, appended);
        return appended;
      },
      (error: unknown) => {
        this.witness.asked('append', append.startedAt, error);
        this.witness.notAppended(append, error);
        throw error;
      },
    );
  }

  readStream(stream: string, options: Parameters<EventStore['readStream']>[1]): Promise<readonly StoredEvent[]> {
    return this.told('read_stream', this.store.readStream(stream, options));
  }

  readAll(options: Parameters<EventStore['readAll']>[0]): Promise<Page> {
    return this.told('read_all', this.store.readAll(options));
  }

  head(): Promise<Position | undefined> {
    return this.told('head', this.store.head());
  }

  subscribe(options: Parameters<EventStore['subscribe']>[0]): AsyncIterable<Item> {
    const items = this.store.subscribe(options);
    const failed = (error: unknown): never => {
      this.witness.asked('subscribe', performance.now(), error);
      throw error;
    };
    return {
      [Symbol.asyncIterator]: () => {
        const it = items[Symbol.asyncIterator]();
        return {
          next: () => it.next().catch(failed),
          return: () => it.return?.() ?? Promise.resolve({ done: true, value: undefined }),
        };
      },
    };
  }

  compare(a: Position, b: Position): number {
    return this.store.compare(a, b);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private told<T>(operation: Operation, answer: Promise<T>): Promise<T> {
    const startedAt = performance.now();
    return answer.then(
      (it) => {
        this.witness.asked(operation, startedAt);
        return it;
      },
      (error: unknown) => {
        this.witness.asked(operation, startedAt, error);
        throw error;
      },
    );
  }
}
