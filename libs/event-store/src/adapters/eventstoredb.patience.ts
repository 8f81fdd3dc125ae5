import { setTimeout as pause } from 'node:timers/promises';
import { OutcomeUnknown, StoreClosed, StoreUnavailable } from '../errors.js';
import { type TroubleKind, understood } from './eventstoredb.errors.js';

/** Told of what goes wrong behind the calls, for metrics and logs. It may not throw. */
export interface StoreObserver {
  /** A call failed for now, and is made again. */
  retried?(operation: Operation, kind: TroubleKind): void;
  /** A call failed for good: its caller got the error. */
  failed?(operation: Operation, kind: TroubleKind): void;
  /** A subscription broke and is opened again after the last position it delivered. */
  resubscribed?(kind: TroubleKind): void;
}
export type Operation = 'append' | 'read';

export interface PatienceOptions {
  /** Milliseconds one attempt may take. */
  readonly attemptMs: number;
  /** Milliseconds after which no further attempt is made, and the last one is cut short. */
  readonly totalMs: number;
  readonly observer: StoreObserver;
  /** The store closes: no further attempt. */
  readonly closing: AbortSignal;
}

const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 2_000;

/** 20 ms, doubled up to 2 s. */
export function waitBefore(attempt: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);
}

/** Comes back at once when the signal fires. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
}

/** One attempt: how long it may take, and whether an earlier one may have had an effect. */
export type Attempt<T> = (timeoutMs: number, unsure: boolean) => Promise<T>;

/** Makes a call until it is answered, the time is over, or trying again is of no use. */
export async function patiently<T>(operation: Operation, options: PatienceOptions, attempt: Attempt<T>): Promise<T> {
  const { attemptMs, totalMs, observer, closing } = options;
  const end = performance.now() + totalMs;
  let unsure = false;
  for (let attempts = 0; ; attempts++) {
    try {
      return await attempt(Math.max(1, Math.min(attemptMs, end - performance.now())), unsure);
    } catch (thrown) {
      const { error, kind, retry } = understood(thrown);
      unsure ||= operation === 'append' && error instanceof OutcomeUnknown;
      const before = waitBefore(attempts);
      if (!retry || closing.aborted || performance.now() + before >= end) {
        observer.failed?.(operation, kind);
        const unanswered = retry || (unsure && error instanceof StoreUnavailable);
        throw unanswered ? gaveUp(operation, unsure, error, attempts + 1, closing.aborted) : error;
      }
      observer.retried?.(operation, kind);
      await wait(before, closing);
    }
  }
}

function gaveUp(operation: Operation, unsure: boolean, cause: Error, attempts: number, closed: boolean): Error {
  if (closed && !unsure) return new StoreClosed(`the store was closed before an ${operation} succeeded`, { cause });
  const message = `${cause.message} (${attempts} attempts)`;
  return unsure ? new OutcomeUnknown(message, { cause }) : new StoreUnavailable(message, { cause });
}
