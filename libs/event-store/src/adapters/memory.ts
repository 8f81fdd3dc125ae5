import { StaleRevision, StoreClosed } from '../errors.js';
import {
  type Appended,
  EventStore,
  type Expected,
  type Item,
  type NewEvent,
  type Page,
  type Position,
  type StoredEvent,
} from '../event-store.js';
import { type CheckedAppend, checkedAppend } from './checked-append.js';
import { Doorbell } from './doorbell.js';
import { checkRange, subscribeByPages } from './paging.js';
import { comparePositions, placeOf, positionOf } from './position.js';
import { judge } from './verdict.js';

interface Entry {
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly meta: string;
}

/** The log in memory, for tests and for trying things out: what is closed is gone, unless the same `log` is opened again. */
export class MemoryEventStore extends EventStore {
  private readonly doorbell = new Doorbell();
  private readonly streams = new Map<string, Entry[]>();
  private closed = false;

  constructor(private readonly log: Entry[] = []) {
    super();
    for (const entry of log) this.streamOf(entry.stream).push(entry);
  }

  /** A store on the same log, as after a restart. */
  reopened(): MemoryEventStore {
    return new MemoryEventStore(this.log);
  }

  /** How many subscriptions wait for the next event. */
  get listeners(): number {
    return this.doorbell.listeners;
  }

  async append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended> {
    this.checkOpen();
    const append = checkedAppend(stream, events, expected);
    const entries = this.streams.get(stream) ?? [];
    const verdict = judge(expected, entries.length - 1, append.ids, (revision) => entries[revision]?.id);
    if (verdict.kind === 'stale') throw new StaleRevision(stream, String(expected), entries.length - 1);
    if (verdict.kind === 'again') return placed(entries[verdict.last]!);
    const last = this.write(append, verdict.from);
    this.doorbell.ring();
    return placed(last);
  }

  async readStream(
    stream: string,
    options: { from?: number; backwards?: boolean; max: number },
  ): Promise<readonly StoredEvent[]> {
    this.checkOpen();
    checkRange(options);
    const { from, backwards, max } = options;
    const entries = this.streams.get(stream) ?? [];
    if (!backwards) return entries.slice(from ?? 0, (from ?? 0) + max).map(storedEvent);
    const last = Math.min(from ?? entries.length - 1, entries.length - 1);
    return entries
      .slice(Math.max(0, last + 1 - max), last + 1)
      .reverse()
      .map(storedEvent);
  }

  async readAll(options: { after?: Position; max: number; prefixes?: readonly string[] }): Promise<Page> {
    return this.page(options);
  }

  subscribe(options: { after?: Position; prefixes?: readonly string[]; signal: AbortSignal }): AsyncIterable<Item> {
    const { doorbell } = this;
    return subscribeByPages({ doorbell, closed: () => this.closed, read: (from) => this.page(from) }, options);
  }

  async head(): Promise<Position | undefined> {
    this.checkOpen();
    return this.log.at(-1)?.position;
  }

  compare(a: Position, b: Position): number {
    return comparePositions(a, b);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.doorbell.ring();
  }

  private write(append: CheckedAppend, from: number): Entry {
    const { stream, ids, types, data, meta } = append;
    ids.forEach((id, at) => {
      const place = { position: positionOf(this.log.length + 1), stream, revision: from + at };
      const entry = { ...place, id, type: types[at]!, data: data[at]!, meta: meta[at]! };
      this.log.push(entry);
      this.streamOf(stream).push(entry);
    });
    return this.log.at(-1)!;
  }

  private page({ after, max, prefixes }: { after?: Position; max: number; prefixes?: readonly string[] }): Page {
    this.checkOpen();
    checkRange({ max });
    const from = placeOf(after);
    if (this.log.length <= from) return { events: [], next: after, end: true };
    const events: StoredEvent[] = [];
    let last = from;
    while (last < this.log.length && events.length < max) {
      const entry = this.log[last++]!;
      if (prefixes?.some((prefix) => entry.stream.startsWith(prefix)) ?? true) events.push(storedEvent(entry));
    }
    return { events, next: positionOf(last), end: last === this.log.length };
  }

  private streamOf(name: string): Entry[] {
    let entries = this.streams.get(name);
    if (entries === undefined) this.streams.set(name, (entries = []));
    return entries;
  }

  private checkOpen(): void {
    if (this.closed) throw new StoreClosed('the store is closed');
  }
}

function placed({ revision, position }: Entry): Appended {
  return { revision, position };
}

function storedEvent(entry: Entry): StoredEvent {
  return { ...entry, data: JSON.parse(entry.data) as unknown, meta: JSON.parse(entry.meta) as Record<string, string> };
}
