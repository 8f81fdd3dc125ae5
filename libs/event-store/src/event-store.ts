/** A place in the whole log: opaque, of one width, so that two of them compare as text. */
export type Position = string;

/** Whether two positions can be of one log: those of a log have one width, and engines count in their own. */
export function ofOneLog(one: Position, other: Position): boolean {
  return one.length === other.length;
}

/** What the writer believes about the stream: its last revision, that it does not exist, that it does, or nothing. */
export type Expected = number | 'none' | 'exists' | 'any';

/** An event to append. `data` is JSON; `meta` is text to text. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly meta: Readonly<Record<string, string>>;
  /** `data` and `meta` as JSON text, where the writer has written and checked them already: a store need not do it again. */
  readonly json?: { readonly data: string; readonly meta: string };
}

/** An event as the store holds it. Revisions count from 0 in each stream. */
export interface StoredEvent extends NewEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
}

/** Where the last of the appended events stands. */
export interface Appended {
  readonly revision: number;
  readonly position: Position;
}

export interface Page {
  readonly events: readonly StoredEvent[];
  /** Read on after this. Moves even where no event matched. Absent when the log is empty. */
  readonly next: Position | undefined;
  readonly end: boolean;
}

export type Item =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  | { readonly kind: 'checkpoint'; readonly position: Position }
  | { readonly kind: 'caughtUp'; readonly position: Position | undefined };

/**
 * The port to the log (eventstore.md §6). Appends are all or nothing and touch one stream; nothing is ever changed or removed.
 * Errors: see errors.ts. One contract suite (testing.ts) holds every adapter to the same behaviour.
 */
export abstract class EventStore {
  /** An event id that already stands at exactly this place is answered with its original place (idempotent). */
  abstract append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended>;
  /** At most `max` events, from `from` (inclusive), forwards unless `backwards`. A missing stream is empty. */
  abstract readStream(
    stream: string,
    options: { from?: number; backwards?: boolean; max: number },
  ): Promise<readonly StoredEvent[]>;
  /** At most `max` events after a position, of the streams whose name begins with one of the prefixes. */
  abstract readAll(options: { after?: Position; max: number; prefixes?: readonly string[] }): Promise<Page>;
  /** Everything after a position, then live, without a gap, until the signal. Resubscribes by itself. */
  abstract subscribe(options: {
    after?: Position;
    prefixes?: readonly string[];
    signal: AbortSignal;
  }): AsyncIterable<Item>;
  /** The position of the last event, or nothing in an empty log. */
  abstract head(): Promise<Position | undefined>;
  abstract compare(a: Position, b: Position): number;
  abstract close(): Promise<void>;
}
