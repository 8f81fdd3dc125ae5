import { MemoryEventStore } from './adapters/memory.js';
import { placeOf, positionOf } from './adapters/position.js';
import { type Appended, EventStore, type Expected, type Item, type NewEvent, type Position } from './event-store.js';

const SHAPE = /^(\d{20})\1$/;
/** Bytes of the log that an event takes, and where the first begins. */
const [EACH, FIRST] = [137, 4_211];

/** A log in memory whose positions are another engine's: two numbers of 20 digits with gaps, as EventStoreDB's. */
export class ElsewhereStore extends EventStore {
  constructor(private readonly memory = new MemoryEventStore()) {
    super();
  }

  async append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended> {
    return outside(await this.memory.append(stream, events, expected));
  }

  async readStream(...read: Parameters<EventStore['readStream']>) {
    return (await this.memory.readStream(...read)).map(outside);
  }

  async readAll({ after, ...options }: Parameters<EventStore['readAll']>[0]) {
    const { events, next, end } = await this.memory.readAll({ ...options, after: inside(after) });
    return { events: events.map(outside), next: next && elsewhere(next), end };
  }

  async *subscribe({ after, ...options }: Parameters<EventStore['subscribe']>[0]): AsyncGenerator<Item> {
    for await (const item of this.memory.subscribe({ ...options, after: inside(after) })) {
      if (item.kind === 'event') yield { kind: 'event', event: outside(item.event) };
      else yield { ...item, position: item.position && elsewhere(item.position) } as Item;
    }
  }

  async head() {
    const head = await this.memory.head();
    return head && elsewhere(head);
  }

  compare(a: Position, b: Position): number {
    return this.memory.compare(inside(a)!, inside(b)!);
  }

  close(): Promise<void> {
    return this.memory.close();
  }
}

function elsewhere(position: Position): Position {
  return positionOf(FIRST + EACH * placeOf(position)).repeat(2);
}

const outside = <T extends { readonly position: Position }>(it: T): T => ({ ...it, position: elsewhere(it.position) });

function inside(position: Position | undefined): Position | undefined {
  if (position === undefined) return undefined;
  if (!SHAPE.test(position)) throw new RangeError(`"${position}" is not a position of this log`);
  return positionOf(Math.floor((Number(position.slice(20)) - FIRST) / EACH));
}
