import type { CheckpointStore } from './checkpoints.js';
import { eventsOf } from './compare-logs.js';
import { type EventStore, ofOneLog, type Position } from './event-store.js';

/** The places of the policies beside the log they were reached in. */
export interface Followed {
  readonly store: EventStore;
  readonly checkpoints: CheckpointStore;
}

/** What became of the policies' places, by name. */
export interface CarriedCheckpoints {
  /** They go on after the same event as before. */
  readonly carried: readonly string[];
  /** Places of the target's engine already: left as they are. */
  readonly there: readonly string[];
  /** Places that the source does not reach, or of another log altogether: forgotten, so that the policy begins at the first event. */
  readonly forgotten: readonly string[];
}

/**
 * Turns how far each policy has come in one log into the same place of its copy: after as many events. All places are saved at once, so
 * that a kill leaves all or none. Both may be of one desk, and it may be done again.
 */
export async function carryCheckpoints(from: Followed, to: Followed): Promise<CarriedCheckpoints> {
  const places = [...(await from.checkpoints.load())];
  const [source, target] = [await from.store.head(), await to.store.head()];
  const inSource = (place: Position): boolean => source !== undefined && ofOneLog(place, source) && place <= source;
  const inTarget = (place: Position): boolean => target !== undefined && ofOneLog(place, target) && place <= target;
  const toCarry = places.filter(([, place]) => inSource(place)).sort(([, one], [, other]) => (one < other ? -1 : 1));
  const moves = await placesIn(from.store, to.store, toCarry);
  if (moves.size > 0) await to.checkpoints.save(moves);
  const there = places.filter(([, place]) => !inSource(place) && inTarget(place)).map(([name]) => name);
  const forgotten = places.map(([name]) => name).filter((name) => !moves.has(name) && !there.includes(name));
  for (const name of forgotten) await to.checkpoints.reset(name);
  return { carried: [...moves.keys()], there, forgotten };
}

/** Rising places of the source as places of the target. What lies before the first event of all has none. */
async function placesIn(
  from: EventStore,
  to: EventStore,
  rising: readonly (readonly [string, Position])[],
): Promise<Map<string, Position>> {
  const moves = new Map<string, Position>();
  const copies = eventsOf(to);
  const waiting = [...rising];
  let reached: Position | undefined;
  for await (const { position, id } of eventsOf(from)) {
    while (waiting.length > 0 && waiting[0]![1] < position) note(waiting.shift()!);
    if (waiting.length === 0) return moves;
    const { value: copy } = await copies.next();
    if (copy?.id !== id) throw new Error('the policies’ places are carried between a log and its copy only');
    reached = copy.position;
  }
  waiting.forEach(note);
  return moves;

  function note([name]: readonly [string, Position]): void {
    if (reached !== undefined) moves.set(name, reached);
  }
}
