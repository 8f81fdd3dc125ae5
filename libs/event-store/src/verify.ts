import { type BreakCode, type Broken, Chains, Digest, type Verdict } from './chain.js';
import type { EventStore, Page, Position, StoredEvent } from './event-store.js';
import { endsOfSeals } from './ledger.ends.js';
import { isSigned } from './ledger.js';
import type { LedgerSealed } from './ledger.events.js';
import { SealCheck } from './verify.seals.js';

/** What stands at the end of a verified run: kept by a reader, it shows later whether anything before it was changed. */
export interface Head {
  /** The last event, and the digest over everything up to it. */
  readonly position: Position;
  readonly hash: string;
  readonly events: number;
  /** The last seal, if there is one. */
  readonly seal?: { readonly number: number; readonly root: string };
}

/**
 * What a reader kept of a head: the hash with the number of events before it, or the seal, or both. Without the number the position
 * stands for it, in the very log that it was given for.
 */
export type KnownHead = Partial<Head>;

export interface TrailVerdict {
  readonly ok: boolean;
  readonly events: number;
  readonly seals: number;
  /** Events after the last seal: their chains hold, but no seal guards them yet. */
  readonly unsealed: number;
  /** To be kept by whoever asked; absent where there is nothing, or where something is broken. */
  readonly head?: Head;
  /** A broken chain names the very event; a broken seal only the seal, and it is named where no chain is broken. */
  readonly firstBroken?: Broken;
}

const PAGE = 500;
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What verifying asks of a log. */
export type LogReads = Pick<EventStore, 'readAll' | 'readStream'>;

async function* pages(store: LogReads, after?: Position, prefixes?: readonly string[]): AsyncGenerator<Page['events']> {
  for (let end = false; !end;) {
    const page = await store.readAll({ after, max: PAGE, prefixes });
    yield page.events;
    // Verification is long: others get their turn after each page.
    await breathe();
    after = page.next;
    end = page.end;
  }
}

/** Compares a run of events with a head that was kept. */
class HeadCheck {
  private readonly digest: Digest;
  private last: StoredEvent | undefined;
  private met = false;
  private sealMet = false;
  broken: Broken | undefined;

  constructor(
    seed: string,
    private readonly known: KnownHead = {},
  ) {
    this.digest = new Digest(seed);
  }

  get head(): Head | undefined {
    return this.last && { position: this.last.position, hash: this.digest.hex, events: this.digest.count };
  }

  next(event: StoredEvent): void {
    this.digest.add(event);
    this.last = event;
    const { events, position, hash } = this.known;
    if (events === undefined ? event.position !== position : this.digest.count !== events) return;
    this.met = true;
    if (hash !== undefined && hash !== this.digest.hex) this.breakAt(event, 'KNOWN_HEAD_CHANGED');
  }

  sealed(event: StoredEvent, { number, root }: LedgerSealed): void {
    if (number !== this.known.seal?.number) return;
    this.sealMet = true;
    if (root !== this.known.seal.root) this.breakAt(event, 'KNOWN_HEAD_CHANGED');
  }

  end(): Broken | undefined {
    const { position, events, seal } = this.known;
    const kept = position !== undefined || events !== undefined;
    const missing = (kept && !this.met) || (seal !== undefined && !this.sealMet);
    if (missing && !this.broken) {
      const { stream = '', revision = -1, position: last = '' } = this.last ?? {};
      this.broken = { stream, revision, position: position ?? last, why: 'KNOWN_HEAD_MISSING' };
    }
    return this.broken;
  }

  private breakAt({ stream, revision, position }: StoredEvent, why: BreakCode): void {
    this.broken ??= { stream, revision, position, why };
  }
}

/**
 * Verifies all that happened in a community: the chain of each of its streams, its seals and their signatures (`publicKeys`: those of this
 * installation), and what stands before a head that was kept. Before the last seal, or the kept head, nothing can have been changed,
 * removed, added or reordered without being found.
 */
export async function verifyAuditTrail(
  store: EventStore,
  options: { readonly community: string; readonly publicKeys: readonly string[]; readonly knownHead?: KnownHead },
): Promise<TrailVerdict> {
  const { community, publicKeys, knownHead } = options;
  const chains = new Chains();
  const seals = new SealCheck(community, publicKeys);
  const heads = new HeadCheck(`ronde trail ${community}`, knownHead);
  let events = 0;
  let sealBroken: Broken | undefined;
  let chainBroken: Broken | undefined;
  for await (const page of pages(store)) {
    for (const event of page) {
      if (event.meta.community !== community) continue;
      events += 1;
      chainBroken ??= await chains.next(event);
      const broken = seals.next(event);
      sealBroken ??= broken;
      heads.next(event);
      if (event.stream === seals.stream) heads.sealed(event, event.data as LedgerSealed);
    }
    if (chainBroken) break;
  }
  const firstBroken = chainBroken ?? sealBroken ?? heads.end();
  const counts = { events, seals: seals.number, unsealed: seals.pending };
  if (firstBroken) return { ok: false, ...counts, firstBroken };
  const seal = seals.root === undefined ? {} : { seal: { number: seals.number, root: seals.root } };
  return { ok: true, ...counts, ...(heads.head && { head: { ...heads.head, ...seal } }) };
}

export interface LogVerdict extends Verdict {
  /** With the last page of a full run: what stands at the end of the log. */
  readonly head?: Head;
}

export interface VerifyLog {
  /** Begins after this place; the seals and the kept head need the whole log and are left out then. */
  readonly from?: Position;
  /** Whose signatures count; `named`: each seal's own, where only two copies of a log are compared. */
  readonly publicKeys?: readonly string[] | 'named';
  readonly knownHead?: KnownHead;
}

/** Verifies the whole log: every chain, and every community's seals. Tells how far it is after each page; the last word is the verdict. */
export async function* verifyLog(store: LogReads, options: VerifyLog = {}): AsyncGenerator<LogVerdict, void> {
  const { from, publicKeys, knownHead } = options;
  const whole = from === undefined;
  const chains = new Chains(store);
  const heads = new HeadCheck('ronde log', knownHead);
  const seals = new Map<string, SealCheck>();
  const sealsOf = ({ meta: { community = '' } }: StoredEvent, keys: readonly string[] | 'named'): SealCheck => {
    if (!seals.has(community)) seals.set(community, new SealCheck(community, keys));
    return seals.get(community)!;
  };
  let checked = 0;
  let sealBroken: Broken | undefined;
  for await (const page of pages(store, from)) {
    for (const event of page) {
      const chain = await chains.next(event);
      if (chain) return yield { ok: false, checked, firstBroken: chain };
      checked += 1;
      if (!whole) continue;
      heads.next(event);
      const seal = publicKeys && sealsOf(event, publicKeys).next(event);
      sealBroken ??= seal;
    }
    yield { ok: sealBroken === undefined, checked, firstBroken: sealBroken };
  }
  const firstBroken = sealBroken ?? (whole ? heads.end() : undefined);
  yield { ok: firstBroken === undefined, checked, firstBroken, ...(whole && heads.head && { head: heads.head }) };
}

export interface StartVerdict extends Verdict {
  /** The check began after this place; unset when it began with the log. */
  readonly from?: Position;
  /** The latest instant at which an event was recorded; empty in an empty log. New events are not recorded before it. */
  readonly lastRecorded: string;
}

/**
 * What a start checks before anything is decided: the signature of each community's last seal, then every chain of that community since,
 * or since its founding where it has no seal yet. The rest is {@link verifyLog}'s.
 */
export async function checkSinceLastSeal(store: EventStore, publicKeys: readonly string[]): Promise<StartVerdict> {
  const { seals, unsealedAfter } = await lastSeals(store);
  const broken = ({ stream, revision, position }: StoredEvent, why: BreakCode): StartVerdict => {
    return { ok: false, checked: 0, lastRecorded: '', firstBroken: { stream, revision, position, why } };
  };
  for (const [community, event] of seals) {
    const seal = event.data as LedgerSealed;
    if (!publicKeys.includes(seal.publicKey) || !isSigned(community, seal)) return broken(event, 'SEAL_FORGED');
  }
  const sealedTo = await endsIn(store, seals);
  for (const [community, event] of seals) if (!sealedTo.has(community)) return broken(event, 'SEALED_EVENTS_MISSING');
  const from = lowest([...unsealedAfter, ...sealedTo.values()]);
  const chains = new Chains(store);
  let checked = 0;
  let lastRecorded = '';
  for await (const page of pages(store, from)) {
    for (const event of page) {
      const { recordedAt = '', community = '' } = event.meta;
      if (recordedAt > lastRecorded) lastRecorded = recordedAt;
      if (event.position <= (sealedTo.get(community) ?? '')) continue;
      const firstBroken = await chains.next(event);
      if (firstBroken) return { ok: false, checked, from, lastRecorded, firstBroken };
      checked += 1;
    }
  }
  return { ok: true, checked, from, lastRecorded };
}

/** The last seal of each community that has one, and a place before the first event of each that has none. */
async function lastSeals(
  store: EventStore,
): Promise<{ seals: ReadonlyMap<string, StoredEvent>; unsealedAfter: readonly (Position | undefined)[] }> {
  const seals = new Map<string, StoredEvent>();
  const begins = new Map<string, Position | undefined>();
  let before: Position | undefined;
  for await (const page of pages(store, undefined, ['community-', 'ledger-'])) {
    for (const event of page) {
      const { community = '' } = event.meta;
      if (!begins.has(community)) begins.set(community, before);
      if (event.stream.startsWith('ledger-')) seals.set(community, event);
      before = event.position;
    }
  }
  const unsealed = [...begins].filter(([community]) => !seals.has(community));
  return { seals, unsealedAfter: unsealed.map(([, place]) => place) };
}

/** Where these seals end, by community. */
async function endsIn(
  store: EventStore,
  seals: ReadonlyMap<string, StoredEvent>,
): Promise<ReadonlyMap<string, Position>> {
  const [any] = seals.values();
  if (any === undefined) return new Map();
  return endsOfSeals(store, new Map([...seals].map(([it, { data }]) => [it, data as LedgerSealed])), any.position);
}

/** The earliest of places; nothing, the beginning of the log, where one is, or where there is none. */
function lowest(places: readonly (Position | undefined)[]): Position | undefined {
  const [first, ...others] = places;
  return others.reduce((a, b) => (a === undefined || b === undefined ? undefined : a < b ? a : b), first);
}
