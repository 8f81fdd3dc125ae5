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
const STEP = 16;
/** Streams are folded by their own decider and perhaps a neighbour's standing; more than that is nobody's constant. */
const DECIDERS = 4;

interface Standing {
  readonly state: unknown;
  readonly revision: number;
}

/** A command that a stream has seen, and what it was answered. */
export interface Done {
  readonly actor: string;
  readonly command: string;
  readonly payload: string;
  readonly revision: number;
  readonly position: Position;
  readonly types: readonly string[];
}
type Name = Pick<Act, 'actor' | 'command' | 'commandId'>;

type AnyDecider = Decider<unknown, Fact>;

/** What is known of a stream up to a revision: its end, the commands it has seen, and its state as folded by each decider. */
export class Held {
  revision = -1;
  position: Position = '';
  hash: string;
  recordedAt = '';
  community: string | undefined;
  /** By command id; by actor and command too, for the rare id that several of them chose. */
  private readonly commands = new Map<string, Done>();
  private readonly states = new Map<AnyDecider, Standing>();

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
    const before = this.done(meta);
    this.did(meta, { payload: meta.payload, revision, position, types: [...(before?.types ?? []), type] });
  }

  /** What this command was answered, if the stream has seen it. */
  done({ actor, command, commandId }: Name): Done | undefined {
    const found = this.commands.get(commandId);
    if (found === undefined || (found.actor === actor && found.command === command)) return found;
    return this.commands.get(`${commandId}\0${actor}\0${command}`);
  }

  did(
    { actor, command, commandId }: Name,
    { payload, revision, position, types }: Pick<Done, 'payload' | 'revision' | 'position' | 'types'>,
  ): void {
    const first = this.commands.get(commandId);
    const mine = first === undefined || (first.actor === actor && first.command === command);
    const key = mine ? commandId : `${commandId}\0${actor}\0${command}`;
    this.commands.set(key, { actor, command, payload, revision, position, types });
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
  private readonly held: LRUCache<string, { readonly held: Held; readonly weight: number }>;
  private readonly shared: boolean;
  private asOf: number;

  constructor(
    private readonly store: EventStore,
    private readonly codec: Codec,
    private readonly vault: Vault,
    { cachedEvents, shared }: { cachedEvents: number; shared: boolean },
  ) {
    this.held = new LRUCache({ maxSize: cachedEvents, sizeCalculation: ({ weight }) => weight });
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
    const { revision, position, types } = receipt;
    held.revision = revision;
    held.position = position;
    held.hash = hash;
    held.recordedAt = recordedAt;
    held.community ??= act.community;
    held.did(act, { payload, revision, position, types });
    held.stands(decider, state);
    this.keep(held);
  }

  private get(stream: string): Held | undefined {
    this.forget();
    return this.held.get(stream)?.held;
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

  /** Weighed in steps, so that not every event weighs its stream anew. */
  private keep(held: Held): void {
    this.forget();
    if (held.asOf !== this.asOf || held.revision < 0) return;
    const weight = Math.ceil((held.revision + 1) / STEP) * STEP;
    const kept = this.held.get(held.stream);
    if (kept?.held !== held || kept.weight !== weight) this.held.set(held.stream, { held, weight });
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
