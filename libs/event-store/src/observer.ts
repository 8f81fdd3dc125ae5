import type { Recorded } from '@app/kernel';
import type { StoredEvent } from './event-store.js';

/** Why an append is tried again: somebody else wrote first, the store could not be reached, or nobody knew whether it had written. */
export type RetryCause = 'stale' | 'unavailable' | 'unknown';

/** Events that came into the rows in one transaction, which has just ended. */
export interface Applied {
  readonly events: readonly StoredEvent[];
  /** When the transaction began, as `performance.now()` tells it. */
  readonly startedAt: number;
  /** False while the log's past is caught up with. */
  readonly live: boolean;
}

/**
 * Told what commands, policies and projections do while they do it: metrics and traces are made of it, outside of this lib. What is not
 * overridden does nothing. An observer is quick and never throws.
 */
export abstract class Observer {
  retrying(_cause: RetryCause): void {}

  /** Around a policy's handler. Answers what the handler answers, and throws what it throws. */
  handling<T>(_policy: string, _fact: Recorded, handle: () => Promise<T>): Promise<T> {
    return handle();
  }

  applied(_applied: Applied): void {}
}

class Nobody extends Observer {}

/** Where nobody watches. */
export const unobserved: Observer = new Nobody();
