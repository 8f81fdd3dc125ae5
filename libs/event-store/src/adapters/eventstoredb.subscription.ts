import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { StoreClosed } from '../errors.js';
import type { Item, Position } from '../event-store.js';
import type { Connection } from './eventstoredb.client.js';
import { understood } from './eventstoredb.errors.js';
import { type StoreObserver, wait, waitBefore } from './eventstoredb.patience.js';
import { positionOf } from './eventstoredb.position.js';
import { eventIn, messagesOf, subscriptionRequest } from './eventstoredb.reads.js';

export interface Subscribing {
  readonly connection: Connection;
  readonly head: () => Promise<Position | undefined>;
  readonly observer: StoreObserver;
  readonly attemptMs: number;
  readonly closing: AbortSignal;
}

export interface Wanted {
  readonly after?: Position;
  readonly prefixes?: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Everything after a position, then live. A subscription never comes back by itself (eventstore.md §1.5), so it is opened again after the
 * last position that was delivered, until the signal, the close of the store, or an error that time does not mend.
 */
export async function* subscription(store: Subscribing, wanted: Wanted): AsyncGenerator<Item, void, undefined> {
  const { closing, observer } = store;
  const { signal } = wanted;
  const ended = AbortSignal.any([signal, closing]);
  const progress: Progress = { at: wanted.after };
  for (let failures = 0; !signal.aborted; failures++) {
    if (closing.aborted) throw new StoreClosed('the store was closed under a subscription');
    try {
      for await (const items of once(store, wanted, progress, ended)) {
        if (items.length > 0) failures = 0;
        for (const item of items) {
          yield item;
          if (signal.aborted) return;
        }
      }
      if (!ended.aborted) observer.resubscribed?.('unreachable');
    } catch (error) {
      if (ended.aborted) continue;
      const trouble = understood(error);
      if (!trouble.retry) throw trouble.error;
      observer.resubscribed?.(trouble.kind);
    }
    await wait(waitBefore(failures), ended);
  }
}

/** How far a subscription has come: the last position that was told, and the head where it was last looked at. */
interface Progress {
  at: Position | undefined;
  head?: Position;
}

/** One subscription. Its progress is what it has given away: no item may get lost behind an error. */
async function* once(
  store: Subscribing,
  { prefixes }: Wanted,
  progress: Progress,
  signal: AbortSignal,
): AsyncGenerator<readonly Item[], void, undefined> {
  // Read before the subscription begins: when that has caught up, it has looked at everything up to here, and maybe no further.
  const before = prefixes === undefined ? undefined : await store.head();
  const asked = subscriptionRequest(progress.at, prefixes);
  for await (const messages of messagesOf(store.connection, asked, store.attemptMs, signal)) {
    let items: Item[] = [];
    try {
      for (const message of messages) {
        const event = eventIn(message);
        if (event !== undefined && !isBehind(event.position, progress.at)) {
          progress.at = event.position;
          items.push({ kind: 'event', event });
        } else if (message.hasCaughtUp()) {
          items.push(...passed(before, progress), { kind: 'caughtUp', position: progress.at });
        } else if (message.hasCheckpoint() && prefixes !== undefined) {
          const ready = items;
          items = [];
          yield ready;
          items = await checkpoint(store, message.getCheckpoint()!, progress);
        }
      }
    } catch (error) {
      yield items;
      throw error;
    }
    yield items;
  }
}

/**
 * The server's checkpoint may be at an event of its own, beyond our head: told as it is, a log that was restored would look too short.
 */
async function checkpoint(store: Subscribing, told: ReadResp.Checkpoint, progress: Progress): Promise<Item[]> {
  const seen = positionOf({ commit: told.getCommitPosition(), prepare: told.getPreparePosition() });
  if (isBehind(seen, progress.at)) return [];
  if (!isBehind(seen, progress.head)) progress.head = await store.head();
  return passed(isBehind(seen, progress.head) ? seen : progress.head, progress);
}

/** Everything up to here was looked at, and nothing more of it matched. */
function passed(position: Position | undefined, progress: Progress): Item[] {
  if (position === undefined || isBehind(position, progress.at)) return [];
  progress.at = position;
  return [{ kind: 'checkpoint', position }];
}

/** At or before a place. Positions compare as text. */
function isBehind(position: Position, place: Position | undefined): boolean {
  return place !== undefined && position <= place;
}
