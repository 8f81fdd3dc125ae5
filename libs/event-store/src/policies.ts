import { setTimeout as after } from 'node:timers/promises';
import type { Recorded, Refusal } from '@app/kernel';
import type { Receipt } from './act.js';
import type { CheckpointStore } from './checkpoints.js';
import { type EventStore, ofOneLog, type Position, type StoredEvent } from './event-store.js';
import { Backoff, type Decoder, type Failure, type Gathered, follow } from './follow.js';
import { Lane, type Road } from './policies.lane.js';
import { type Observer, unobserved } from './observer.js';
import type { Consequences, Policy } from './policy.js';

export interface PolicyRunnerOptions {
  readonly store: EventStore;
  readonly codec: Decoder;
  readonly checkpoints: CheckpointStore;
  readonly policies: readonly Policy[];
  readonly observer?: Observer;
  /** Told of every failed attempt, for the log; `policy` is absent when the loop itself or the checkpoints failed. */
  readonly onFailure?: (failure: Failure, policy?: string) => void;
  /** Told of every refusal that a handler did not deal with, for the log: what the event should have caused did not happen. */
  readonly onRefused?: (refusal: Refusal, fact: Recorded, policy: string) => void;
}

export interface PolicyState {
  readonly name: string;
  /** Everything up to here is handled. */
  readonly position: Position | undefined;
  /** Events queued for it. */
  readonly waiting: number;
  /** Handlers that ended in a refusal they did not deal with, since the start. */
  readonly refused: number;
  readonly failure?: Failure;
}

export interface PoliciesState {
  readonly caughtUp: boolean;
  readonly failure?: Failure;
  readonly policies: readonly PolicyState[];
}

const rememberedEvents = 10_000;
const idleSaveEvery = 1_000;
const saveDelayMs = 20;

/**
 * Runs every policy: one loop reads the log from the earliest checkpoint, each policy handles its events in order in a lane of its own.
 * At least once: a checkpoint moves after the handler, so a kill in between repeats the event with the same command ids.
 */
export class PolicyRunner {
  private lanes: readonly Lane[] = [];
  private byType = new Map<string, Lane[]>();
  private position: Position | undefined;
  private caughtUp = false;
  private readonly failures = new Map<'log' | 'checkpoints', Failure>();
  private running: Promise<void> = Promise.resolve();
  private saving: Promise<void> | undefined;
  private moves = new Map<string, Position>();
  private passedSinceSave = 0;
  private readonly caused = new Map<string, Receipt[]>();
  private readonly backoff = new Backoff();
  private readonly stopping = new AbortController();

  constructor(private readonly options: PolicyRunnerOptions) {
    const names = options.policies.map(({ name }) => name);
    if (new Set(names).size !== names.length) throw new Error(`two policies have one name: ${names.join(', ')}`);
    for (const { on } of options.policies) for (const type of Object.keys(on)) this.byType.set(type, []);
  }

  /** Loads the checkpoints and begins; resolves without waiting for the end of the log. */
  async start(): Promise<void> {
    const places = await this.options.checkpoints.load();
    const head = await this.options.store.head();
    const lanes: Lane[] = [];
    for (const policy of this.options.policies) {
      let place = places.get(policy.name);
      if (place !== undefined && (head === undefined || !ofOneLog(place, head) || place > head)) {
        // The log is older than the desk (a restored backup), or another engine's: new events would be skipped. Handled twice is harmless, not at all is not.
        await this.options.checkpoints.reset(policy.name);
        place = undefined;
      }
      lanes.push(new Lane(policy, this.road(), place));
    }
    this.lanes = lanes;
    for (const lane of lanes) for (const type of lane.types) this.byType.get(type)!.push(lane);
    this.position = lanes.length === 0 ? head : earliest(lanes.map(({ idleAt }) => idleAt));
    this.running = this.run();
  }

  /** Lets the handlers under way finish, saves the checkpoints, and ends. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await Promise.all(this.lanes.map((lane) => lane.finished()));
    await this.saving;
    this.noteIdle();
    if (this.moves.size > 0) await this.options.checkpoints.save(this.moves);
    this.moves = new Map();
  }

  /** Whether any policy has something to do for one of these types. */
  handles(types: readonly string[]): boolean {
    return types.some((type) => this.byType.has(type));
  }

  /** True once every policy that handles one of the types has passed the position; false when the time (milliseconds) is over first. */
  async waitFor(position: Position, types: readonly string[], timeoutMs: number): Promise<boolean> {
    const lanes = new Set(types.flatMap((type) => this.byType.get(type) ?? []));
    const passed = await Promise.all([...lanes].map((lane) => lane.bell.waitFor(position, timeoutMs)));
    return passed.every(Boolean);
  }

  /** The same for the facts behind a receipt. */
  acted({ position, types }: Receipt, timeoutMs: number): Promise<boolean> {
    return this.waitFor(position, types, timeoutMs);
  }

  /** What policies have written because of the facts behind a receipt, as far as this process remembers. */
  consequencesOf({ stream, revision, types }: Receipt): readonly Receipt[] {
    return types.flatMap((_, index) => this.caused.get(placeOf(stream, revision - index)) ?? []);
  }

  state(): PoliciesState {
    const policies = this.lanes.map((lane) => ({
      name: lane.policy.name,
      position: lane.bell.position,
      waiting: lane.waiting,
      refused: lane.refused,
      ...(lane.failure === undefined ? {} : { failure: lane.failure }),
    }));
    const [failure] = this.failures.values();
    return { caughtUp: this.caughtUp, ...(failure === undefined ? {} : { failure }), policies };
  }

  private road(): Road {
    return {
      signal: this.stopping.signal,
      observer: this.options.observer ?? unobserved,
      position: () => this.position,
      read: async (place, types) => {
        const page = await this.options.store.readAll({ after: place, max: 200 });
        return { facts: await this.decode(page.events.filter((it) => types.has(it.type))), next: page.next };
      },
      happened: (fact, consequences) => this.remember(fact, consequences),
      moved: (policy, position) => this.save(policy, position),
      failed: (policy, failure) => this.options.onFailure?.(failure, policy),
      refused: (policy, fact, refusal) => this.options.onRefused?.(refusal, fact, policy),
    };
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const { store } = this.options;
    const handle = (gathered: Gathered): Promise<void> => this.distribute(gathered);
    const caughtUp = (): void => {
      this.caughtUp = true;
      this.readable();
    };
    while (!signal.aborted) {
      try {
        await follow({ store, after: this.position, signal, handle, caughtUp });
      } catch (error) {
        this.stumbled('log', error);
        await this.backoff.failed(signal);
      }
    }
  }

  private async distribute({ events, position, end }: Gathered): Promise<void> {
    const facts = await this.decode(events.filter(({ type }) => this.byType.has(type)));
    this.position = position;
    this.caughtUp ||= end;
    for (const lane of this.lanes) lane.accept(facts, position);
    this.readable();
    this.passedSinceSave += events.length;
    if (this.passedSinceSave >= idleSaveEvery) this.noteIdle();
  }

  private readable(): void {
    this.failures.delete('log');
    this.backoff.succeeded();
  }

  private async decode(events: readonly StoredEvent[]): Promise<readonly Recorded[]> {
    if (events.length === 0) return [];
    const facts = await this.options.codec.decode(events);
    if (facts.length === events.length) return facts;
    const known = new Set(facts.map(({ id }) => id));
    const unknown = events.find(({ id }) => !known.has(id));
    throw new Error(`a policy handles ${unknown?.type}, which no catalogue declares`);
  }

  private remember(fact: Recorded, consequences: Consequences): void {
    if (consequences === undefined) return;
    const receipts = Array.isArray(consequences) ? (consequences as readonly Receipt[]) : [consequences as Receipt];
    if (receipts.length === 0) return;
    const place = placeOf(fact.stream, fact.revision);
    this.caused.set(place, [...(this.caused.get(place) ?? []), ...receipts]);
    if (this.caused.size > rememberedEvents) this.caused.delete(this.caused.keys().next().value!);
  }

  /** A policy with nothing to do has passed what it did not handle; noted now and then, so that a start need not read it again. */
  private noteIdle(): void {
    this.passedSinceSave = 0;
    for (const { idleAt, policy } of this.lanes) if (idleAt !== undefined) this.save(policy.name, idleAt);
  }

  private save(policy: string, position: Position): void {
    this.moves.set(policy, position);
    if (!this.stopping.signal.aborted) this.saving ??= this.saveMoves();
  }

  /** Many moves, one sync: what is lost in a kill meanwhile is handled again. */
  private async saveMoves(): Promise<void> {
    const { signal } = this.stopping;
    const backoff = new Backoff();
    while (this.moves.size > 0 && !signal.aborted) {
      await after(saveDelayMs, undefined, { signal, ref: false }).catch(() => undefined);
      const moves = this.moves;
      this.moves = new Map();
      try {
        await this.options.checkpoints.save(moves);
        this.failures.delete('checkpoints');
        backoff.succeeded();
      } catch (error) {
        this.moves = new Map([...moves, ...this.moves]);
        this.stumbled('checkpoints', error);
        await backoff.failed(signal);
      }
    }
    this.saving = undefined;
  }

  private stumbled(over: 'log' | 'checkpoints', error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const failure = { message, attempts: (this.failures.get(over)?.attempts ?? 0) + 1, error };
    this.failures.set(over, failure);
    this.options.onFailure?.(failure);
  }
}

const placeOf = (stream: string, revision: number): string => `${stream}@${revision}`;

function earliest(places: readonly (Position | undefined)[]): Position | undefined {
  if (places.includes(undefined)) return undefined;
  return (places as Position[]).reduce<Position | undefined>((a, b) => (a !== undefined && a < b ? a : b), undefined);
}
