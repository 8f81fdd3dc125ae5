import { hash } from 'node:crypto';
import { canonical } from './canonical.js';
import type { EventStore, NewEvent, Position, StoredEvent } from './event-store.js';

/** Why a place in the log does not hold. */
export type BreakCode =
  /** A revision is not there although a later one, or a seal, says that it was. */
  | 'EVENT_MISSING'
  /** A revision is there twice, or after a later one. */
  | 'EVENT_OUT_OF_ORDER'
  /** What is stored is not what was chained. */
  | 'EVENT_CHANGED'
  /** The events under a seal are not those that were sealed: some are gone, some came in, or their order or content is another. */
  | 'SEALED_EVENTS_MISSING'
  | 'SEALED_EVENTS_ADDED'
  | 'SEALED_EVENTS_CHANGED'
  /** A seal does not follow the seal before it. */
  | 'SEAL_OUT_OF_LINE'
  /** A seal that this installation did not sign. */
  | 'SEAL_FORGED'
  /** The head that was kept is no longer in the log, or what stands before it is something else. */
  | 'KNOWN_HEAD_MISSING'
  | 'KNOWN_HEAD_CHANGED';

/** The first place that does not hold. `revision` is that of the event that is wrong or missing, `position` where it was noticed. */
export interface Broken {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly why: BreakCode;
}

/** What a verification found after so many events. */
export interface Verdict {
  readonly ok: boolean;
  readonly checked: number;
  readonly firstBroken?: Broken;
}

/** What the first event of a stream is chained to. */
export function genesis(stream: string): string {
  return hash('sha256', `ronde chain ${stream}`);
}

type Linked = NewEvent & { readonly stream: string; readonly revision: number };

/** The hash of an event as it is stored, whatever the order of its members: SHA-256 of the previous hash and RFC 8785. */
export function chainHash(previous: string, { stream, revision, id, type, data, meta }: Linked): string {
  const { hash: _hash, ...rest } = meta;
  return hash('sha256', previous + canonical({ data, id, meta: rest, revision, stream, type, version: meta.v ?? '' }));
}

/** An event whose data and metadata are written already, their members in canonical order; the metadata without the hash. */
export interface Written {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly meta: string;
  readonly version: string;
}

/** The same hash for what is about to be stored. For members in canonical order JSON.stringify writes RFC 8785, faster than anything else. */
export function chainHashOfWritten(
  previous: string,
  { stream, revision, id, type, data, meta, version }: Written,
): string {
  const names = `"revision":${revision},"stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)}`;
  return sha256(previous, `{"data":${data},"id":"${id}","meta":${meta},${names},"version":"${version}"}`);
}

let scratch = Buffer.allocUnsafeSlow(16_384);

/** SHA-256 of two texts in a row, without a string that holds both. At most three bytes a unit. */
function sha256(first: string, second: string): string {
  const most = 3 * (first.length + second.length);
  if (scratch.length < most) scratch = Buffer.allocUnsafeSlow(2 * most);
  const middle = scratch.write(first, 0, 'latin1');
  const end = middle + scratch.write(second, middle, 'utf8');
  return hash('sha256', scratch.subarray(0, end));
}

interface End {
  readonly revision: number;
  readonly hash: string;
}

/** Follows the chains of many streams at once, event by event in log order. */
export class Chains {
  private readonly ends = new Map<string, End>();
  private last: Position | undefined;

  /** With a store, a stream first met in its middle is taken up after the event that stands before it. */
  constructor(private readonly store?: Pick<EventStore, 'readStream'>) {}

  /** Whether this event follows what came before it in its stream; goes on from it either way. */
  async next(event: StoredEvent): Promise<Broken | undefined> {
    const { stream, revision, position } = event;
    const end = this.ends.get(stream) ?? (await this.before(event));
    const inLine = this.last === undefined || this.last < position;
    this.last = position;
    this.ends.set(stream, { revision, hash: event.meta.hash ?? '' });
    if (!inLine || revision <= end.revision) return { stream, revision, position, why: 'EVENT_OUT_OF_ORDER' };
    if (revision !== end.revision + 1) return { stream, revision: end.revision + 1, position, why: 'EVENT_MISSING' };
    if (chainHash(end.hash, event) !== event.meta.hash) return { stream, revision, position, why: 'EVENT_CHANGED' };
    return undefined;
  }

  private async before({ stream, revision }: StoredEvent): Promise<End> {
    const start = { revision: -1, hash: genesis(stream) };
    if (this.store === undefined || revision === 0) return start;
    const [previous] = await this.store.readStream(stream, { from: revision - 1, max: 1 });
    if (previous?.revision !== revision - 1) return { revision: revision - 2, hash: '' };
    return { revision: previous.revision, hash: previous.meta.hash ?? '' };
  }
}

const PAGE = 500;

/** Verifies the chain of one stream from its first event to its last. */
export async function verifyChain(store: EventStore, stream: string): Promise<Verdict> {
  const chains = new Chains();
  let checked = 0;
  for (;;) {
    const events = await store.readStream(stream, { from: checked, max: PAGE });
    for (const event of events) {
      const broken = await chains.next(event);
      if (broken) return { ok: false, checked, firstBroken: broken };
      checked += 1;
    }
    if (events.length < PAGE) return { ok: true, checked };
  }
}

/** One digest over a run of events in log order: where two runs differ in any event, they differ in it. */
export class Digest {
  private value: string;
  count = 0;

  constructor(seed: string) {
    this.value = hash('sha256', seed);
  }

  add({ stream, revision, meta }: StoredEvent): void {
    this.value = hash('sha256', `${this.value}\n${stream}\n${revision}\n${meta.hash ?? ''}`);
    this.count += 1;
  }

  get hex(): string {
    return this.value;
  }
}
