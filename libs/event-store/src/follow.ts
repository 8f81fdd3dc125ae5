import { setTimeout as after } from 'node:timers/promises';
import type { Recorded } from '@app/kernel';
import type { EventStore, Item, Position, StoredEvent } from './event-store.js';

/** From stored events to facts, in order. A type that nobody declared any more is left out. */
export interface Decoder {
  decode(events: readonly StoredEvent[]): Promise<readonly Recorded[]>;
}

/** Everything gathered since the last turn: at least one event, or a place beyond which nothing matched. */
export interface Gathered {
  readonly events: readonly StoredEvent[];
  /** Everything up to here has been seen. */
  readonly position: Position;
  /** Whether this was the end of the log when it was read. */
  readonly end: boolean;
}

export interface Following {
  readonly store: EventStore;
  readonly after: Position | undefined;
  readonly signal: AbortSignal;
  readonly handle: (gathered: Gathered) => Promise<void>;
  /** Most events handed over at once. */
  readonly max?: number;
  /** The end of the log was reached and everything up to it handled; also when the log is empty. */
  readonly caughtUp?: () => void;
}

/**
 * Delivers the log in order, each event once for as long as it runs: first in pages, then live. While one batch is handled the next
 * gathers, so that a busy log costs few turns and a quiet one no delay. Ends with the signal; throws what `handle` or the store threw,
 * and the caller follows again from its own checkpoint.
 */
export async function follow(following: Following): Promise<void> {
  const position = await readPages(following);
  if (following.signal.aborted) return;
  following.caughtUp?.();
  await new LiveTail(following).run(position);
}

async function readPages({ store, after: from, signal, handle, max = 500 }: Following): Promise<Position | undefined> {
  let position = from;
  while (!signal.aborted) {
    const page = await store.readAll({ after: position, max });
    if (page.next !== undefined && page.next !== position) {
      await handle({ events: page.events, position: page.next, end: page.end });
      position = page.next;
    }
    if (page.end) break;
  }
  return position;
}

class LiveTail {
  private gathered: StoredEvent[] = [];
  /** How far the gathered events reach; nothing when all of it was handled. */
  private seen: Position | undefined;
  private handled: Position | undefined;
  private handing: Promise<void> | undefined;
  private failure: { readonly error: unknown } | undefined;
  private readonly stop = new AbortController();

  constructor(private readonly following: Following) {}

  async run(position: Position | undefined): Promise<void> {
    const { store, signal, max = 500 } = this.following;
    this.handled = position;
    const ended = AbortSignal.any([signal, this.stop.signal]);
    try {
      for await (const item of store.subscribe({ after: position, signal: ended })) {
        if (ended.aborted) break;
        this.gather(item);
        if (this.seen !== undefined) this.handing ??= this.hand(max);
        if (this.gathered.length >= 4 * max) await this.handing;
      }
    } finally {
      await this.handing;
    }
    if (this.failure !== undefined) throw this.failure.error;
    if (!signal.aborted) throw new Error('the subscription ended by itself');
  }

  private gather(item: Item): void {
    if (item.kind === 'event') this.gathered.push(item.event);
    const position = item.kind === 'event' ? item.event.position : item.position;
    if (position !== undefined && position !== this.handled) this.seen = position;
  }

  /** Waits one turn of the event loop, so that what was committed together is handled together. */
  private async hand(max: number): Promise<void> {
    try {
      await new Promise((resolve) => setImmediate(resolve));
      while (this.seen !== undefined && !this.following.signal.aborted) {
        const events = this.gathered.splice(0, max);
        const last = this.gathered.length === 0;
        const position = last ? this.seen : events[events.length - 1]!.position;
        if (last) this.seen = undefined;
        this.handled = position;
        await this.following.handle({ events, position, end: last });
      }
    } catch (error) {
      this.failure = { error };
      this.stop.abort();
    } finally {
      this.handing = undefined;
    }
  }
}

/** Rings those who wait for a position. No polling: a wait costs one timer. */
export class PositionBell {
  private waiting: { readonly position: Position; readonly ring: (passed: boolean) => void }[] = [];
  private last: Position | undefined;

  get position(): Position | undefined {
    return this.last;
  }

  /** Everything up to here is done. */
  ring(position: Position): void {
    if (this.last !== undefined && this.last >= position) return;
    this.last = position;
    if (this.waiting.length === 0) return;
    const waiting = this.waiting;
    this.waiting = waiting.filter((it) => it.position > position);
    for (const it of waiting) if (it.position <= position) it.ring(true);
  }

  /** True once the position has been passed, false when the time (milliseconds) is over first. */
  waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    if (this.last !== undefined && this.last >= position) return Promise.resolve(true);
    if (timeoutMs <= 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      const ring = (passed: boolean): void => {
        clearTimeout(timer);
        resolve(passed);
      };
      const waiter = { position, ring };
      const timer = setTimeout(() => {
        this.waiting = this.waiting.filter((it) => it !== waiter);
        resolve(false);
      }, timeoutMs);
      this.waiting.push(waiter);
    });
  }

  /** The work begins again from an earlier place: what was passed is no longer. */
  reset(position: Position | undefined): void {
    this.last = position;
  }
}

/** Bounded waits between attempts: 50 ms, doubled up to 5 s, until a success. */
export class Backoff {
  private attempts = 0;

  succeeded(): void {
    this.attempts = 0;
  }

  /** Waits its turn; comes back at once when the signal fires. */
  async failed(signal: AbortSignal): Promise<void> {
    const delay = Math.min(50 * 2 ** this.attempts, 5_000);
    this.attempts = Math.min(this.attempts + 1, 10);
    await after(delay, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** What stopped a follower, and since how many attempts: for the health check and the log. */
export interface Failure {
  readonly message: string;
  /** The event it stopped at, where one is to blame. */
  readonly at?: Position;
  readonly type?: string;
  readonly attempts: number;
  readonly error: unknown;
}
