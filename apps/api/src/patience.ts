import { setTimeout as after } from 'node:timers/promises';
import type { Config } from './config.js';
import { openWaitingRoom, type WaitingRoom } from './http/waiting-room.js';
import type { Log } from './log.js';

/** What others may mend while this process waits: by the names of the errors, since they come from several rooms. */
const mendable = new Set([
  'PostgresUnavailable',
  'PostgresUnsupported',
  'StoreUnavailable',
  'OutcomeUnknown',
  'RowsOfAnotherLog',
]);
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** A long log takes a while to be checked: whoever watches is answered from here on. */
const QUICK_START_MS = 2_000;

/**
 * Opens what needs other servers, however long they take to be there, and whatever has to be read first: says what it waits for, once for
 * each reason, and meanwhile answers `/health/ready` with 503. Throws what no waiting mends, and what the signal was aborted with.
 */
export async function patiently<T>(
  open: () => Promise<T>,
  {
    config,
    log,
    signal,
    quickMs = QUICK_START_MS,
  }: { config: Config; log: Log; signal: AbortSignal; quickMs?: number },
): Promise<T> {
  let room: Promise<WaitingRoom> | undefined;
  let said = '';
  const wait = (): Promise<WaitingRoom> => (room ??= openWaitingRoom(config));
  const long = setTimeout(() => void wait().catch(() => undefined), quickMs);
  try {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        return await open();
      } catch (error) {
        const { name, message } = error as Error;
        if (!mendable.has(name)) throw error;
        if (message !== said) log.warn({ waitingFor: message }, 'The start waits for others');
        said = message;
        await wait();
        await after(pause, undefined, { signal });
      }
    }
  } finally {
    clearTimeout(long);
    await (await room)?.close();
  }
}
