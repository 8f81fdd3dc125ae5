import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from './log.js';

/** The part of a stop's time that requests under way may take: what is left is for the loops and the stores. */
const shareOfRequests = 0.8;
/** The part that sealing what was written may take. */
const shareOfSeals = 0.1;

/** How long a stop of `longestMs` waits for requests before it cuts their connections, in milliseconds. */
export const requestsMayTake = (longestMs: number): number => longestMs * shareOfRequests;

/** How long it waits then for what was written to be sealed, in whole milliseconds. */
export const sealsMayTake = (longestMs: number): number => Math.ceil(longestMs * shareOfSeals);

/** Stops within so many milliseconds. Answers the exit code: 0, or 1 when the time was over first or the stop failed, which is logged. */
export function stopWithin(longestMs: number, stop: () => Promise<void>, log: Pick<Log, 'error'>): Promise<0 | 1> {
  const stopped = stop().then(
    () => 0 as const,
    (error: unknown) => {
      log.error({ err: error }, 'The stop failed');
      return 1 as const;
    },
  );
  const over = pause(longestMs, undefined, { ref: false }).then(() => {
    log.error({ longestMs }, 'The stop took too long');
    return 1 as const;
  });
  return Promise.race([stopped, over]);
}
