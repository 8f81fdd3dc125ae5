import { isDeepStrictEqual } from 'node:util';
import type { EventStore, Position, StoredEvent } from './event-store.js';

const PAGE = 500;

/** The events of a log after a position, read in pages. */
export async function* eventsOf(store: EventStore, after?: Position): AsyncGenerator<StoredEvent, undefined> {
  for (let end = false; !end;) {
    const page = await store.readAll({ after, max: PAGE });
    yield* page.events;
    after = page.next;
    end = page.end;
  }
}

/** How far two logs are the same, event by event in their order. */
export interface Sameness {
  readonly events: number;
  /** Where the last of those events stands in each; nothing when there is none. */
  readonly after: { readonly source: Position | undefined; readonly target: Position | undefined };
  /** What comes next in each; nothing where it ends. */
  readonly source: StoredEvent | undefined;
  readonly target: StoredEvent | undefined;
}

/** Reads two logs side by side, as far as they hold the same events. `told` learns the number every so many events, and may throw. */
export async function sameness(
  from: EventStore,
  to: EventStore,
  told: (events: number) => void = () => undefined,
): Promise<Sameness> {
  const [ours, theirs] = [eventsOf(from), eventsOf(to)];
  let after: Sameness['after'] = { source: undefined, target: undefined };
  for (let events = 0; ; events++) {
    if (events % PAGE === 0) told(events);
    const [{ value: source }, { value: target }] = await Promise.all([ours.next(), theirs.next()]);
    if (source === undefined || target === undefined || differing(source, target).length > 0)
      return { events, after, source, target };
    after = { source: source.position, target: target.position };
  }
}

const compared = ['stream', 'revision', 'id', 'type', 'data', 'meta'] as const;

function differing(source: StoredEvent, target: StoredEvent): readonly string[] {
  return compared.filter((it) => source[it] !== target[it] && !isDeepStrictEqual(source[it], target[it]));
}

/** In one line, what comes first in the target that is not so in the source. */
export function firstDifference({ events, source, target }: Sameness): string {
  const place = `event ${events + 1} of the log`;
  if (source === undefined) return `${place}: the source ends, the target has ${named(target)}`;
  if (target === undefined) return `${place}: the target ends, the source has ${named(source)}`;
  const [one, other] = [named(source), named(target)];
  if (one !== other) return `${place}: the source has ${one}, the target ${other}`;
  return `${place}, ${one}: ${differing(source, target).join(' and ')} differ`;
}

function named(event: StoredEvent | undefined): string {
  return event === undefined ? 'none' : `${event.type} (${event.stream}, revision ${event.revision}, id ${event.id})`;
}
