import { type EventStore, ofOneLog, type Position, type StoredEvent } from '@app/event-store';
import type { Mark } from './read-store.js';

/** The event that a mark stands at, where it is still what it was: nothing in another log, or in one that has lost its end. */
export async function eventAt(
  store: EventStore,
  { position, previous, eventId }: Mark,
): Promise<StoredEvent | undefined> {
  const head = await store.head();
  if (head === undefined || !ofOneLog(position, head)) return undefined;
  const [event] = (await store.readAll({ after: previous, max: 1 })).events;
  return event?.position === position && event.id === eventId ? event : undefined;
}

/** Where the last of some events stands, `previous` being what stands before the first. */
export function markOf(events: readonly StoredEvent[], previous: Position | undefined): Mark {
  const last = events[events.length - 1]!;
  return { position: last.position, previous: events[events.length - 2]?.position ?? previous, eventId: last.id };
}
