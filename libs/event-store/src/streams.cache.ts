import type { Decider, Fact } from '@app/kernel';
import type { Vault } from '@app/vault';
import { LRUCache } from 'lru-cache';
import type { Act, Receipt } from './act.js';
import { genesis } from './chain.js';
import type { Codec, Decoded } from './codec.js';
import { CorruptLog } from './errors.js';
import type { EventStore, Position } from './event-store.js';

/** A stream holds a fact that this release does not know: nothing is decided on a history that cannot be read. */
export class UnknownFact extends Error {
  override readonly name = 'UnknownFact';
}

const PAGE = 500;
/** Streams are folded by their own decider and perhaps a neighbour's standing; more than that is nobody's constant. */
const DECIDERS = 4;

interface Standing {
  readonly state: unknown;
  readonly revision: number;
}

/** A command that a stream has seen. */
interface Done {
  readonly payload: string;
  readonly receipt: Receipt;
}

type AnyDecider = Decider<unknown, Fact>;

/** What names a command in its stream. */
export function commandKey({ actor, command, commandId }: Pick<Act, 'actor' | 'command' | 'commandId'>): string {
  return `${actor}\0${command}\0${commandId}`;
}

/** What is known of a stream up to a revision: its end, the commands it has seen, and its state as folded by each decider. */
export class Held {
  revision = -1;
  position: Position = '';
  hash: string;
  recordedAt = '';
  community: string | undefined;
  commands = new Map<string, Done>();
  states = new Map<AnyDecider, Standing>();

  /** `asOf`: the vault's count of forgotten keys when reading began. */
  constructor(
    readonly stream: string,
    readonly asOf: number,
  ) {
    this.hash = genesis(stream);
  }

  standing<S, F extends Fact>(decider: Decider<S, F>): { state: S; revision: number } {
    const known = this.states.get(decider as unknown as AnyDecider);
    return (known as { state: S; revision: number } | undefined) ?? { state: decider.initial, revision: -1 };
  }

  stands<S, F extends Fact>(decider: Decider<S, F>, state: S): void {
    this.states.set(decider as unknown as AnyDecider, { state, revision: this.revision });
    if (this.states.size > DECIDERS) this.states.delete(this.states.keys().next().value!);
  }

  note({ revision, position, meta, type }: Decoded): void {
    if (revision <= this.revision) return;
    this.revision = revision;
    this.position = position;
    this.hash = meta.hash;
    this.recordedAt = meta.recordedAt;
    this.community ??= meta.community;
    const key = commandKey(meta);
    const types = [...(this.commands.get(key)?.receipt.types ?? []), type];
    this.commands.set(key, { payload: meta.payload, receipt: { stream: this.stream, revision, position, types } });
  }
}

/** What a first-try append changed. */
export interface Advance<S> {
  readonly state: S;
  readonly receipt: Receipt;
  readonly payload: string;
  readonly act: Act;
  readonly hash: string;
  readonly recordedAt: string;
}

/** Folded streams, bounded by the events they hold. Never the authority: the expected revision is. */
export class StreamCache {
  private readonly held: LRUCache<string, Held>;
  private readonly shared: boolean;
  private asOf: number;

  constructor(
    private readonly store: EventStore,
    private readonly codec: Codec,
    private readonly vault: Vault,
    { cachedEvents, shared }: { cachedEvents: number; shared: boolean },
  ) {
    this.held = new LRUCache({ maxSize: cachedEvents, sizeCalculation: ({ revision }) => revision + 2 });
    this.shared = shared;
    this.asOf = vault.forgotten;
  }

  /** How many events' worth is held. */
  get size(): number {
    return this.held.calculatedSize;
  }

  /** What is held, where it is surely up to date for this decider. */
  fresh<S, F extends Fact>(stream: string, decider: Decider<S, F>): Held | undefined {
    const held = this.shared ? undefined : this.get(stream);
    return held !== undefined && held.standing(decider).revision === held.revision ? held : undefined;
  }

  /** Reads and folds what is not held yet. One at a time per stream. */
  async load<S, F extends Fact>(stream: string, decider: Decider<S, F>): Promise<Held> {
    const known = this.get(stream);
    this.drop(stream);
    const held =
      (known && (await this.readOn(known, decider))) ?? (await this.readOn(new Held(stream, this.asOf), decider));
    if (held === undefined) throw new CorruptLog(`${stream} changed while it was read`);
    this.keep(held);
    return held;
  }

  drop(stream: string): void {
    this.held.delete(stream);
  }

  /** Goes on from what was held to what a first-try append made of it. */
  advance<S, F extends Fact>(held: Held, decider: Decider<S, F>, advance: Advance<S>): void {
    const { state, receipt, payload, act, hash, recordedAt } = advance;
    // A new object, because the bound weighs what is put in, not what becomes of it.
    const next = Object.assign(new Held(held.stream, held.asOf), held);
    next.revision = receipt.revision;
    next.position = receipt.position;
    next.hash = hash;
    next.recordedAt = recordedAt;
    next.community ??= act.community;
    next.commands.set(commandKey(act), { payload, receipt });
    next.stands(decider, state);
    this.keep(next);
  }

  /** Reads on from what is held; nothing when the end that was held is no longer there. */
  private async readOn<S, F extends Fact>(held: Held, decider: Decider<S, F>): Promise<Held | undefined> {
    const { revision: end, hash } = held;
    let { state, revision: folded } = held.standing(decider);
    // In a shared log the last event is read again: an append that another process repeated may be stored as that one hashed it.
    let from = this.shared ? Math.max(0, Math.min(folded, end)) : folded + 1;
    for (let more = true; more;) {
      const events = await this.codec.read(await this.store.readStream(held.stream, { from, max: PAGE }));
      for (const event of events) {
        if (event.revision === end && event.meta.hash !== hash) return undefined;
        held.note(event);
        if (event.revision <= folded) continue;
        state = foldedWith(decider, state, event);
        folded = event.revision;
      }
      from += events.length;
      more = events.length === PAGE;
    }
    if (folded < end) return undefined;
    held.stands(decider, state);
    return held;
  }

  private keep(held: Held): void {
    this.forget();
    if (held.asOf === this.asOf && held.revision >= 0) this.held.set(held.stream, held);
  }

  private get(stream: string): Held | undefined {
    this.forget();
    return this.held.get(stream);
  }

  /** State holds decrypted text: a destroyed key empties the cache. */
  private forget(): void {
    if (this.vault.forgotten === this.asOf) return;
    this.asOf = this.vault.forgotten;
    this.held.clear();
  }
}

function foldedWith<S, F extends Fact>(decider: Decider<S, F>, state: S, event: Decoded): S {
  const { stream, revision, type, data, meta, known } = event;
  if (!known) {
    throw new UnknownFact(`${stream} revision ${revision}: this release does not know ${type} version ${meta.v}`);
  }
  try {
    return decider.evolve(state, { type, data } as F);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CorruptLog(`${stream} revision ${revision}: ${type} cannot follow what stands before it: ${reason}`, {
      cause,
    });
  }
}
