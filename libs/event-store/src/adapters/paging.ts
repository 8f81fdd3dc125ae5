import { StoreClosed } from '../errors.js';
import type { Item, Page, Position } from '../event-store.js';
import type { Doorbell } from './doorbell.js';

/** Events asked for at a time by a subscription. */
const PAGE = 256;

export interface Pages {
  readonly doorbell: Doorbell;
  readonly closed: () => boolean;
  readonly read: (options: { after?: Position; max: number; prefixes?: readonly string[] }) => Page;
}

/**
 * Everything after a position, then live. Whole pages are read and let go before the reader sees them, so that a slow reader holds
 * nothing open; at the end it waits for the doorbell, having noted the rings heard before it read. Ends by the signal alone.
 */
export async function* subscribeByPages(
  pages: Pages,
  options: { after?: Position; prefixes?: readonly string[]; signal: AbortSignal },
): AsyncGenerator<Item, void, undefined> {
  const { prefixes, signal } = options;
  let after = options.after;
  let live = false;
  while (!signal.aborted) {
    if (pages.closed()) throw new StoreClosed('the store was closed under a subscription');
    const heard = pages.doorbell.heard;
    const page = pages.read({ after, max: PAGE, prefixes });
    let told = after;
    for (const event of page.events) {
      yield { kind: 'event', event };
      if (signal.aborted) return;
      told = event.position;
    }
    after = page.next;
    if (after !== undefined && after !== told) yield { kind: 'checkpoint', position: after };
    if (!page.end) {
      live = false;
    } else {
      if (!live) yield { kind: 'caughtUp', position: after };
      live = true;
      await pages.doorbell.after(heard, signal);
    }
  }
}

/** Reads start at a revision and never go without a limit. */
export function checkRange({ from = 0, max }: { from?: number; max: number }): void {
  if (!Number.isSafeInteger(max) || max < 1) throw new RangeError(`${max} is not a number of events to read`);
  if (!Number.isSafeInteger(from) || from < 0) throw new RangeError(`${from} is not a revision to read from`);
}
