import type { Recorded, Refusal } from '@app/kernel';
import type { Position } from './event-store.js';
import { Backoff, PositionBell, type Failure } from './follow.js';
import type { Observer } from './observer.js';
import { type Consequences, type Policy, isOutcome, SomeRefused } from './policy.js';

/** What a lane needs from the runner it belongs to. */
export interface Road {
  readonly signal: AbortSignal;
  readonly observer: Observer;
  /** How far the runner's one loop has handed events out. */
  position(): Position | undefined;
  /** A page of the facts this policy handles, read again by the lane itself once it has fallen behind. */
  read(
    after: Position | undefined,
    types: ReadonlySet<string>,
  ): Promise<{ facts: readonly Recorded[]; next?: Position }>;
  happened(fact: Recorded, consequences: Consequences): void;
  moved(policy: string, position: Position): void;
  failed(policy: string, failure: Failure): void;
  refused(policy: string, fact: Recorded, refusal: Refusal): void;
}

const longestQueue = 1_000;

/**
 * One policy on its way through the log, one event at a time. Lanes do not wait for each other: a policy that fails stays at its event
 * while the others go on. A lane whose queue is full stops queueing and reads on by itself later.
 */
export class Lane {
  readonly types: ReadonlySet<string>;
  readonly bell = new PositionBell();
  failure: Failure | undefined;
  refused = 0;
  private queue: Recorded[] = [];
  private behind = false;
  private working: Promise<void> | undefined;
  private readonly backoff = new Backoff();

  constructor(
    readonly policy: Policy,
    private readonly road: Road,
    /** Everything up to here is handled or queued. */
    private queuedTo: Position | undefined,
  ) {
    this.types = new Set(Object.keys(policy.on));
    this.bell.reset(queuedTo);
  }

  get waiting(): number {
    return this.queue.length;
  }

  /** Where it stands, when it has nothing left to do there. */
  get idleAt(): Position | undefined {
    return this.working === undefined && this.queue.length === 0 ? this.queuedTo : undefined;
  }

  accept(facts: readonly Recorded[], upTo: Position): void {
    if (this.behind || (this.queuedTo !== undefined && upTo <= this.queuedTo)) return;
    const mine = facts.filter(
      (it) => this.types.has(it.type) && !(this.queuedTo !== undefined && it.position <= this.queuedTo),
    );
    if (this.queue.length + mine.length > longestQueue) {
      this.behind = true;
    } else {
      this.queue.push(...mine);
      this.queuedTo = upTo;
    }
    if (this.working !== undefined) return;
    if (this.queue.length > 0 || this.behind) this.working = this.work();
    else this.bell.ring(upTo);
  }

  /** Resolves when the handler under way, if any, has finished. */
  async finished(): Promise<void> {
    await this.working;
  }

  private async work(): Promise<void> {
    while (!this.road.signal.aborted) {
      const fact = this.queue[0];
      if (fact !== undefined) await this.handle(fact);
      else if (this.behind) await this.readOn();
      else break;
    }
    this.working = undefined;
    if (this.queue.length === 0 && this.queuedTo !== undefined) this.bell.ring(this.queuedTo);
  }

  private async handle(fact: Recorded): Promise<void> {
    const { name, on } = this.policy;
    try {
      const handle = (): Promise<Consequences> => on[fact.type]!(fact);
      this.road.happened(fact, await this.road.observer.handling(name, fact, handle));
    } catch (error) {
      const refusals = error instanceof SomeRefused ? error.refusals : isOutcome(error) ? [error] : undefined;
      if (refusals === undefined) return this.stumble(error, fact);
      if (error instanceof SomeRefused) this.road.happened(fact, error.receipts);
      this.refused += 1;
      for (const refusal of refusals) this.road.refused(name, fact, refusal);
    }
    this.recovered();
    this.queue.shift();
    this.road.moved(name, fact.position);
    this.bell.ring(fact.position);
  }

  private async readOn(): Promise<void> {
    try {
      const { facts, next } = await this.road.read(this.queuedTo, this.types);
      this.queue.push(...facts);
      this.queuedTo = next ?? this.queuedTo;
      const front = this.road.position();
      this.behind = front !== undefined && (this.queuedTo === undefined || this.queuedTo < front);
      this.recovered();
    } catch (error) {
      await this.stumble(error);
    }
  }

  private async stumble(error: unknown, fact?: Recorded): Promise<void> {
    this.failure = {
      message: error instanceof Error ? error.message : String(error),
      ...(fact === undefined ? {} : { at: fact.position, type: fact.type }),
      attempts: (this.failure?.attempts ?? 0) + 1,
      error,
    };
    this.road.failed(this.policy.name, this.failure);
    await this.backoff.failed(this.road.signal);
  }

  private recovered(): void {
    this.failure = undefined;
    this.backoff.succeeded();
  }
}
