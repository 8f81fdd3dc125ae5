import { MAX_APPEND_BYTES } from './adapters/checked-append.js';
import { eventsOf, firstDifference, sameness, type Sameness } from './compare-logs.js';
import { StaleRevision } from './errors.js';
import type { EventStore, NewEvent, Position, StoredEvent } from './event-store.js';
import { type LogVerdict, verifyLog } from './verify.js';

/** Why a log was not copied, or a copy is not one. */
export type CopyRefusal =
  /** A chain or a seal of the source does not hold. */
  | 'SOURCE_BROKEN'
  /** A chain or a seal of the target does not hold. */
  | 'TARGET_BROKEN'
  /** The target holds something that the source does not hold in that place. */
  | 'TARGET_DIFFERS'
  /** The target is the beginning of the source, and not all of it. */
  | 'TARGET_INCOMPLETE'
  /** Somebody wrote to one of them meanwhile. */
  | 'SOURCE_IN_USE'
  | 'TARGET_IN_USE';

/** Nothing was changed in either log but what a copy appended to the target, which the next run finds there. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
  constructor(
    readonly why: CopyRefusal,
    message: string,
  ) {
    super(message);
  }
}

export interface Progress {
  readonly doing: 'verifying the source' | 'comparing' | 'copying' | 'verifying the target';
  /** So many events of the log are done, of so many where that is known. */
  readonly events: number;
  readonly of?: number;
}

export interface Copying {
  readonly from: EventStore;
  readonly to: EventStore;
  /** The source is in use: what it holds when the copy begins is copied. Otherwise it must not be written to meanwhile. */
  readonly inUse?: boolean;
  /** Stops between two appends, or two pages. */
  readonly signal?: AbortSignal;
  readonly told?: (progress: Progress) => void;
}

/** Two logs that are the same. */
export interface Copied {
  readonly events: number;
  /** Of these, appended to the target by this run. */
  readonly written: number;
  /** The digest over stream, revision and hash of all events in order, the same in both; nothing of an empty log. */
  readonly hash: string | undefined;
}

/** Small enough for any server beside what it adds itself; a larger event goes alone, as it came. */
const RUN_BYTES = MAX_APPEND_BYTES / 4;
const RUN_EVENTS = 200;

/**
 * Copies a log to another store: the same events with the same ids, at the same revisions, in the same order; positions are the target's
 * own. The source is verified first and not written to. What the target holds already must be the beginning of the source, so that a copy
 * that was cut short anywhere goes on; anything else there is refused, and named. Appends are made one after the other, each expecting
 * the revision it had, so that one whose answer was lost is not made twice. At the end the target is verified, every chain and seal, and
 * its head compared with the source's. Throws CopyRefused, and what the stores throw.
 */
export async function copyLog(copying: Copying): Promise<Copied> {
  const { from } = copying;
  const source = await verified(from, 'source', copying);
  const upTo = source.checked;
  const there = await compared(copying);
  if (there.target !== undefined) throw differs(there);
  if (there.events > upTo) throw inUse(upTo);
  await append(copying, there, upTo);
  const copied = await verifiedSame(copying, source);
  if (!copying.inUse && (await from.head()) !== source.head?.position) throw inUse(upTo);
  return { ...copied, written: upTo - there.events };
}

/** Verifies both logs, and that they are the same; writes nothing. Throws CopyRefused, and what the stores throw. */
export async function verifyCopy(copying: Copying): Promise<Copied> {
  return verifiedSame(copying, await verified(copying.from, 'source', copying));
}

/** Verifies a log, every chain and seal, as the source of a copy. Throws CopyRefused, and what the store throws. */
export async function verifySource(copying: Omit<Copying, 'to'>): Promise<Copied> {
  const { checked, head } = await verified(copying.from, 'source', copying);
  return { events: checked, written: 0, hash: head?.hash };
}

async function verifiedSame(copying: Copying, source: LogVerdict): Promise<Copied> {
  const target = await verified(copying.to, 'target', copying);
  const hash = source.head?.hash;
  // Each hash covers all that is stored of its event, and the digest covers the hashes in order.
  if (hash !== target.head?.hash) throw differs(await compared(copying));
  return { events: source.checked, written: 0, hash };
}

async function verified(
  store: EventStore,
  name: 'source' | 'target',
  { signal, told }: Omit<Copying, 'to'>,
): Promise<LogVerdict> {
  let last: LogVerdict | undefined;
  for await (const verdict of verifyLog(store, { publicKeys: 'named' })) {
    signal?.throwIfAborted();
    told?.({ doing: `verifying the ${name}`, events: verdict.checked });
    last = verdict;
  }
  const broken = last?.firstBroken;
  if (broken === undefined) return last!;
  const { stream, revision, position, why } = broken;
  throw new CopyRefused(
    name === 'source' ? 'SOURCE_BROKEN' : 'TARGET_BROKEN',
    `the ${name} does not hold together: ${why} in ${stream}, revision ${revision}, noticed at position ${position}`,
  );
}

function compared({ from, to, signal, told }: Copying): Promise<Sameness> {
  return sameness(from, to, (events) => {
    signal?.throwIfAborted();
    told?.({ doing: 'comparing', events });
  });
}

function inUse(upTo: number): CopyRefused {
  const advice = 'stop every process that writes to it, and copy again: it goes on from here';
  return new CopyRefused('SOURCE_IN_USE', `the source was written to while ${upTo} events were copied: ${advice}`);
}

function differs(found: Sameness): CopyRefused {
  if (found.target === undefined)
    return new CopyRefused('TARGET_INCOMPLETE', `the target holds the first ${found.events} events only: copy again`);
  const message = `the target is not a copy of the source. First difference, ${firstDifference(found)}`;
  return new CopyRefused('TARGET_DIFFERS', message);
}

async function append(copying: Copying, { events, after }: Sameness, upTo: number): Promise<void> {
  const { from, to, signal, told } = copying;
  let done = events;
  for await (const run of runs(from, after.source, upTo - events)) {
    signal?.throwIfAborted();
    await appendRun(to, run);
    done += run.length;
    told?.({ doing: 'copying', events: done, of: upTo });
  }
}

/** So many events after a position, those of one stream that follow each other together. */
async function* runs(store: EventStore, after: Position | undefined, count: number): AsyncGenerator<StoredEvent[]> {
  if (count === 0) return;
  let [run, bytes, left]: [StoredEvent[], number, number] = [[], 0, count];
  for await (const event of eventsOf(store, after)) {
    const size = Buffer.byteLength(JSON.stringify(event.data)) + Buffer.byteLength(JSON.stringify(event.meta));
    const full = run.length === RUN_EVENTS || bytes + size > RUN_BYTES || run.some(({ id }) => id === event.id);
    if (run.length > 0 && (full || run[0]!.stream !== event.stream)) {
      yield run;
      [run, bytes] = [[], 0];
    }
    run.push(event);
    bytes += size;
    left -= 1;
    if (left === 0) break;
  }
  yield run;
}

async function appendRun(to: EventStore, run: readonly StoredEvent[]): Promise<void> {
  const [{ stream, revision }] = run as [StoredEvent];
  const events = run.map(({ id, type, data, meta }): NewEvent => ({ id, type, data, meta }));
  try {
    await to.append(stream, events, revision === 0 ? 'none' : revision - 1);
  } catch (error) {
    if (!(error instanceof StaleRevision)) throw error;
    const where = `${stream} is at revision ${error.actual}, not at ${revision - 1}`;
    throw new CopyRefused('TARGET_IN_USE', `the target was written to while it was copied to: ${where}`);
  }
}
