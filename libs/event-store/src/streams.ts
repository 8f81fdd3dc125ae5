import { type Clock, type Decider, derivedId, type Fact, Refusal, streamOf } from '@app/kernel';
import type { Vault } from '@app/vault';
import type { Act, Receipt } from './act.js';
import { canonical } from './canonical.js';
import { chainHashOfWritten } from './chain.js';
import type { Codec, Encoded, Place } from './codec.js';
import { OutcomeUnknown, StaleRevision, StoreUnavailable } from './errors.js';
import type { Appended, EventStore, NewEvent } from './event-store.js';
import { type Observer, unobserved } from './observer.js';
import { type Done, type Held, StreamCache } from './streams.cache.js';

/** Refusals that any command may meet. */
export const streamRefusals = ['STALE', 'COMMAND_ID_REUSED'] as const;

/** State folded from a stream, and the revision it was folded to (-1: the stream does not exist). */
export interface Loaded<S> {
  readonly state: S;
  readonly revision: number;
}

export interface StreamsOptions {
  /** How many events' worth of folded state stays in memory. */
  readonly cachedEvents?: number;
  /** Other processes write to this log too: what is cached is brought up to date before it is used. */
  readonly shared?: boolean;
  /** No event is recorded before this instant: the last one the log holds. */
  readonly notBefore?: string;
  /** For so many milliseconds a store that cannot be reached is asked again; one that tried for longer by itself is not. */
  readonly outageMs?: number;
  readonly observer?: Observer;
  /** Waits so many milliseconds between attempts at a store that cannot be reached. */
  readonly wait?: (ms: number) => Promise<void>;
}

const STALE_RETRIES = 3;
const OUTAGE_RETRIES = 6;
const OUTAGE_MS = 5_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Load, fold, decide, append: the only way a fact is written. One command at a time per stream; the same command id twice is one command
 * and gets the first receipt; every event is chained to the one before it (house §10, Writing and Trust).
 */
export class Streams {
  private readonly cache: StreamCache;
  private readonly lines = new Map<string, Promise<unknown>>();
  private readonly shared: boolean;
  private readonly outageMs: number;
  private readonly wait: (ms: number) => Promise<void>;
  private readonly observer: Observer;
  private lastRecorded: string;

  constructor(
    private readonly store: EventStore,
    private readonly codec: Codec,
    private readonly vault: Vault,
    private readonly clock: Clock,
    {
      cachedEvents = 100_000,
      shared = false,
      notBefore = '',
      outageMs = OUTAGE_MS,
      wait = pause,
      observer = unobserved,
    }: StreamsOptions = {},
  ) {
    this.cache = new StreamCache(store, codec, vault, { cachedEvents, shared });
    this.shared = shared;
    this.outageMs = outageMs;
    this.wait = wait;
    this.observer = observer;
    this.lastRecorded = notBefore;
  }

  /**
   * The state of a stream now. With a community, a stream of any other one is answered as one that does not exist: a foreign id and a
   * random one are told apart by nobody.
   */
  async load<S, F extends Fact>(decider: Decider<S, F>, id: string, community?: string): Promise<Loaded<S>> {
    const stream = streamOf(decider.category, id);
    const held =
      this.cache.fresh(stream, decider) ?? (await this.inLine(stream, () => this.cache.load(stream, decider)));
    return standingOf(held, decider, community ?? held.community);
  }

  /**
   * Decides on the stream's state and appends what was decided. `decide` may run more than once. A stream of another community is decided
   * on as one that does not exist. Refusals: STALE when other processes kept writing first, COMMAND_ID_REUSED, and the codec's.
   */
  write<S, F extends Fact>(
    decider: Decider<S, F>,
    id: string,
    act: Act,
    decide: (state: S, revision: number) => readonly F[],
  ): Promise<Receipt> {
    const stream = streamOf(decider.category, id);
    return this.inLine(stream, () => this.carryOut(decider, stream, act, decide));
  }

  /** Resolves when no command is under way. */
  async idle(): Promise<void> {
    while (this.lines.size > 0) await Promise.allSettled([...this.lines.values()]);
  }

  private async carryOut<S, F extends Fact>(
    decider: Decider<S, F>,
    stream: string,
    act: Act,
    decide: (state: S, revision: number) => readonly F[],
  ): Promise<Receipt> {
    const payload = this.fingerprint(stream, act);
    for (let retries = STALE_RETRIES; ; retries--) {
      const held = this.cache.fresh(stream, decider) ?? (await this.cache.load(stream, decider));
      const done = held.done(act);
      if (done !== undefined) return repeated(stream, done, payload);
      const { state, revision } = standingOf(held, decider, act.community);
      const facts = decide(state, revision);
      if (facts.length === 0) return { stream, revision, position: revision < 0 ? '' : held.position, types: [] };
      // A stream of another community: nothing is written to it, whatever was decided.
      if (revision !== held.revision) throw new Refusal('STALE');
      const places = placesOf(decider.category, stream, act, facts.length);
      const encoding = this.codec.encode(facts, places);
      // Not awaited without need: what is decided in one turn is handed to the store in that turn.
      const encoded = encoding instanceof Promise ? await encoding : encoding;
      // Folded before it is appended: a fact that the decider cannot read must never reach the log.
      const next = encoded.reduce((it, { fact }) => decider.evolve(it, fact as F), state);
      try {
        return await this.append({ decider, held, act, payload, places, encoded, next });
      } catch (error) {
        if (!(error instanceof StaleRevision)) throw error;
        if (retries === 0) throw new Refusal('STALE');
        this.observer.retrying('stale');
      }
    }
  }

  private append<S, F extends Fact>(writing: Writing<S, F>): Promise<Receipt> {
    const { held, act, encoded, places } = writing;
    if (held.recordedAt > this.lastRecorded) this.lastRecorded = held.recordedAt;
    const recordedAt = this.stamp();
    const occurredAt = act.occurredAt ?? recordedAt;
    const events = chained(writing, occurredAt, recordedAt);
    const began = performance.now();
    return this.store.append(held.stream, events, expectedBy(held)).then(
      (appended) => {
        const receipt = receiptOf(writing, appended);
        if (!this.shared) for (let at = 0; at < encoded.length; at++) this.codec.remember(places[at]!.id, encoded[at]!);
        const { hash = '' } = events[events.length - 1]!.meta;
        const { decider, next: state, payload } = writing;
        this.cache.advance(held, decider, { state, receipt, payload, act, hash, recordedAt });
        return receipt;
      },
      (error: unknown) => this.appendAgain(writing, occurredAt, began, error),
    );
  }

  /**
   * The store may or may not have written: the same ids at the same place, until it answers, or the attempts or the time are used up. What
   * was held is dropped, because only a first attempt is surely stored as it was hashed here.
   */
  private async appendAgain<S, F extends Fact>(
    writing: Writing<S, F>,
    occurredAt: string,
    began: number,
    failure: unknown,
  ): Promise<Receipt> {
    const { held } = writing;
    this.cache.drop(held.stream);
    let doubt: OutcomeUnknown | undefined;
    for (let attempt = 0; ; attempt++) {
      if (failure instanceof OutcomeUnknown) doubt = failure;
      // The store has found this place taken: nothing of the earlier attempts stands.
      if (failure instanceof StaleRevision) throw failure;
      const passing = failure instanceof StoreUnavailable || failure instanceof OutcomeUnknown;
      const over = attempt === OUTAGE_RETRIES || performance.now() - began >= this.outageMs;
      if (!passing || over) throw doubt ?? failure;
      await this.wait(Math.min(20 * 2 ** attempt, 2_000));
      this.observer.retrying(failure instanceof OutcomeUnknown ? 'unknown' : 'unavailable');
      try {
        const events = chained(writing, occurredAt, this.stamp());
        return receiptOf(writing, await this.store.append(held.stream, events, expectedBy(held)));
      } catch (error) {
        failure = error;
      }
    }
  }

  /** Asked in the turn in which events are handed to the store, so that the log's order is the order of the stamps. */
  private stamp(): string {
    const now = this.clock.now();
    if (now > this.lastRecorded) this.lastRecorded = now;
    return this.lastRecorded;
  }

  private fingerprint(stream: string, { community, actor, command, commandId, input }: Act): string {
    const told = canonical({ actor, command, commandId, community, input: input ?? null, stream });
    return this.vault.fingerprint(told);
  }

  /** One at a time per stream, in the order in which they came. */
  private inLine<T>(stream: string, work: () => Promise<T>): Promise<T> {
    const before = this.lines.get(stream);
    const mine = before === undefined ? work() : before.then(work, work);
    this.lines.set(stream, mine);
    const leave = (): void => {
      if (this.lines.get(stream) === mine) this.lines.delete(stream);
    };
    mine.then(leave, leave);
    return mine;
  }
}

interface Writing<S, F extends Fact> {
  readonly decider: Decider<S, F>;
  readonly held: Held;
  readonly act: Act;
  readonly payload: string;
  readonly places: readonly Place[];
  readonly encoded: readonly Encoded[];
  readonly next: S;
}

function placesOf(category: string, stream: string, act: Act, count: number): Place[] {
  const { community, circle, actor, command, commandId } = act;
  return Array.from({ length: count }, (_, ordinal) => {
    const id = derivedId('event', community, actor, command, stream, commandId, String(ordinal));
    return { id, category, community, circle };
  });
}

const expectedBy = ({ revision }: Held): number | 'none' => (revision < 0 ? 'none' : revision);

function receiptOf({ held, encoded }: Pick<Writing<never, never>, 'held' | 'encoded'>, appended: Appended): Receipt {
  const { revision, position } = appended;
  return { stream: held.stream, revision, position, types: encoded.map(({ type }) => type) };
}

function repeated(stream: string, done: Done, payload: string): Receipt {
  if (done.payload !== payload) throw new Refusal('COMMAND_ID_REUSED');
  const { revision, position, types } = done;
  return { stream, revision, position, types };
}

/** The state as somebody of this community may know it. */
function standingOf<S, F extends Fact>(held: Held, decider: Decider<S, F>, community: string | undefined): Loaded<S> {
  const absent = held.revision < 0 || held.community !== community;
  return absent ? { state: decider.initial, revision: -1 } : held.standing(decider);
}

/** The events as they will be stored, each chained to the one before it. Members stand in canonical order. */
function chained<S, F extends Fact>(writing: Writing<S, F>, occurredAt: string, recordedAt: string): NewEvent[] {
  const { held, act, payload, places, encoded } = writing;
  const { stream } = held;
  let previous = held.hash;
  return encoded.map(({ type, version, data }, at) => {
    const meta: Record<string, string> = {};
    if (act.causationId !== undefined) meta.$causationId = act.causationId;
    meta.$correlationId = act.correlationId;
    meta.actor = act.actor;
    if (act.circle !== undefined) meta.circle = act.circle;
    meta.command = act.command;
    meta.commandId = act.commandId;
    meta.community = act.community;
    meta.occurredAt = occurredAt;
    if (act.office !== undefined) meta.office = act.office;
    meta.payload = payload;
    meta.recordedAt = recordedAt;
    meta.v = String(version);
    const { id } = places[at]!;
    const revision = held.revision + 1 + at;
    const json = { data: JSON.stringify(data), meta: JSON.stringify(meta) };
    previous = chainHashOfWritten(previous, { stream, revision, id, type, ...json, version: meta.v });
    meta.hash = previous;
    json.meta = `${json.meta.slice(0, -1)},"hash":"${previous}"}`;
    return { id, type, data, meta, json };
  });
}
