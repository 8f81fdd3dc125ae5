import { categoryOf } from '@app/kernel';
import { type EventStore, ofOneLog, type Position, type StoredEvent } from './event-store.js';
import type { LedgerSealed } from './ledger.events.js';

const PAGE = 500;

/** Whether a seal of the community covers this event: seals do not cover seals. */
export function isSealable({ stream, meta }: StoredEvent, community: string): boolean {
  return meta.community === community && categoryOf(stream) !== 'ledger';
}

type End = Pick<LedgerSealed, 'upTo' | 'last' | 'total'>;

/**
 * Where seals end in this log, by community, whatever log they were written to; a community is left out when what its seal covers is not
 * all there. `here` is any position of this log. A seal that names its last event costs one read of it. One that does not is taken by its
 * position, or, where that is another log's, by counting from the beginning.
 */
export async function endsOfSeals(
  store: EventStore,
  seals: ReadonlyMap<string, End>,
  here: Position,
): Promise<ReadonlyMap<string, Position>> {
  const ends = new Map<string, Position>();
  const toCount = new Map<string, number>();
  for (const [community, { upTo, last, total }] of seals) {
    if (last !== undefined) {
      const [event] = await store.readStream(last.stream, { from: last.revision, max: 1 });
      if (event?.revision === last.revision) ends.set(community, event.position);
    } else if (ofOneLog(upTo, here)) ends.set(community, upTo);
    else toCount.set(community, total);
  }
  await count(store, toCount, ends);
  return ends;
}

async function count(store: EventStore, left: Map<string, number>, ends: Map<string, Position>): Promise<void> {
  let after: Position | undefined;
  for (let end = false; !end && left.size > 0;) {
    const page = await store.readAll({ after, max: PAGE });
    for (const event of page.events) {
      const { community = '' } = event.meta;
      const more = left.get(community);
      if (more === undefined || !isSealable(event, community)) continue;
      left.set(community, more - 1);
      if (more > 1) continue;
      left.delete(community);
      ends.set(community, event.position);
    }
    after = page.next;
    end = page.end;
  }
}
