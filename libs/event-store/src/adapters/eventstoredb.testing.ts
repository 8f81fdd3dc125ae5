import { StandIn, type StandInOptions } from '../standin/standin.testing.js';
import { EventStoreDbStore } from './eventstoredb.js';
import type { StoreObserver } from './eventstoredb.patience.js';

/** Short enough for tests: milliseconds of an attempt, and of all attempts. */
export const QUICK = { attemptMs: 300, totalMs: 1_500 };
export const PATIENCE_MS = 10_000;

/** A store on a server of its own. */
export interface Trial {
  readonly standIn: StandIn;
  readonly store: EventStoreDbStore;
  /** What the observer was told, such as "retried append unreachable". */
  readonly told: string[];
}

export async function beginTrial(options: StandInOptions = {}): Promise<Trial> {
  const told: string[] = [];
  const standIn = await StandIn.start(options);
  return {
    standIn,
    store: await EventStoreDbStore.open({ url: standIn.url, observer: tellingTo(told), ...QUICK }),
    told,
  };
}

export function tellingTo(told: string[]): StoreObserver {
  return {
    retried: (operation, kind) => void told.push(`retried ${operation} ${kind}`),
    failed: (operation, kind) => void told.push(`failed ${operation} ${kind}`),
    resubscribed: (kind) => void told.push(`resubscribed ${kind}`),
  };
}

export async function endTrial({ standIn, store }: Trial): Promise<void> {
  standIn.thaw();
  await store.close();
  await standIn.stop();
}

/** What a call is refused with. */
export function failing(call: Promise<unknown>): Promise<Error> {
  return call.then(
    () => Promise.reject(new Error('it succeeded')),
    (error: Error) => error,
  );
}
