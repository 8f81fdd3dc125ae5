import {
  type Decoder,
  Backoff,
  PositionBell,
  type EventStore,
  type Failure,
  type Gathered,
  type Position,
  type Observer,
  type StoredEvent,
  follow,
  unobserved,
} from '@app/event-store';
import type { Recorded } from '@app/kernel';
import { type Draft, type Mark, type ProjectedStore, ProjectionFailed, ReadModelsBroken } from './read-store.js';
import { eventAt, markOf } from './marks.js';
import { Turns } from './turns.js';

export interface LiveProjectionsOptions {
  readonly store: EventStore;
  readonly codec: Decoder;
  readonly models: ProjectedStore;
  readonly observer?: Observer;
  /** Told of every failed attempt, for the log. */
  readonly onFailure?: (failure: Failure, during: 'live' | 'rebuild') => void;
  /** Told when read models are about to be built again, and why. */
  readonly onRebuild?: (why: string) => void;
}

export interface ProjectionsState {
  /** Rows can be read, the end of the log was reached once, and nothing stops the loop. */
  readonly ready: boolean;
  readonly caughtUp: boolean;
  readonly rebuilding: boolean;
  readonly position: Position | undefined;
  /** When the last event in the rows was recorded, where that is known. */
  readonly recordedAt: string | undefined;
  /** Events of types nobody declares any more, by type. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly failure?: Failure;
}

const slice = 200;
const longestLag = 1_000;

/**
 * The one loop that keeps the read models: reads the log once, applies every projection to all events gathered so far in one
 * transaction, then rings those who wait for a position. It stops at a failure and tries again; a rebuild fills new tables beside the live ones.
 */
export class LiveProjections {
  private readonly bell = new PositionBell();
  private readonly stopping = new AbortController();
  private readonly failures = new Map<'live' | 'rebuild', Failure>();
  private readonly skipped = new Map<string, number>();
  private readonly turns = new Turns();
  private caughtUp = false;
  private recordedAt: string | undefined;
  private running: Promise<void> = Promise.resolve();
  private rebuilding: Promise<void> | undefined;

  constructor(private readonly options: LiveProjectionsOptions) {}

  /** Checks that the rows come from this log and begins; resolves without waiting for the end of the log. */
  async start(): Promise<void> {
    const { models } = this.options;
    const mark = models.mark();
    if (mark !== undefined && !(await this.holds(mark))) {
      await models.withdraw('the read models were made from another log, or from a longer one');
    }
    this.bell.reset(models.position());
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.rebuilding?.catch(() => undefined);
  }

  /** True once queries see everything up to the position; false when the time (milliseconds) is over first. */
  waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    return this.bell.waitFor(position, timeoutMs);
  }

  /** Everything up to here has been seen, whether or not it concerned a projection. */
  position(): Position | undefined {
    return this.bell.position;
  }

  /** How many events are written but not applied, counted to 1,000 at most. */
  async lag(): Promise<number> {
    const page = await this.options.store.readAll({ after: this.bell.position, max: longestLag });
    return page.events.length;
  }

  state(): ProjectionsState {
    const [failure] = this.failures.values();
    const serving = this.options.models.standing().kind !== 'unusable';
    return {
      ready: serving && this.caughtUp && !this.failures.has('live'),
      caughtUp: this.caughtUp,
      rebuilding: this.rebuilding !== undefined,
      position: this.bell.position,
      recordedAt: this.recordedAt,
      skipped: Object.fromEntries(this.skipped),
      ...(failure === undefined ? {} : { failure }),
    };
  }

  /** Builds every row again from the first event, beside the live ones, which stay readable and current until the switch. */
  rebuild(): Promise<void> {
    this.rebuilding ??= this.fill().finally(() => {
      this.rebuilding = undefined;
    });
    return this.rebuilding;
  }

  private async run(): Promise<void> {
    const { store, models } = this.options;
    const { signal } = this.stopping;
    const backoff = new Backoff();
    const succeeded = (): void => {
      this.failures.delete('live');
      backoff.succeeded();
    };
    let replacing: Promise<void> | undefined;
    while (!signal.aborted) {
      try {
        const standing = models.standing();
        if (standing.kind !== 'current') this.options.onRebuild?.(standing.why);
        if (standing.kind === 'unusable') await this.rebuild();
        if (standing.kind === 'outdated') replacing ??= this.replace();
        const handle = this.handler(models.position(), succeeded);
        const caughtUp = (): void => {
          this.caughtUp = true;
          succeeded();
        };
        await this.whileUsable((usable) =>
          follow({ store, after: models.position(), signal: usable, handle, caughtUp }),
        );
      } catch (error) {
        if (signal.aborted) break;
        this.stumbled('live', error);
        // What cannot be withdrawn now breaks again at the next attempt.
        if (error instanceof ReadModelsBroken)
          await models.withdraw(error.message).catch((failure: unknown) => this.stumbled('live', failure));
        await backoff.failed(signal);
      }
    }
    await replacing;
  }

  /** Ends the work early when the store finds that the rows are gone, since the next event may be long in coming. */
  private async whileUsable(work: (usable: AbortSignal) => Promise<void>): Promise<void> {
    const broken = new AbortController();
    const deaf = this.options.models.onBroken(() => broken.abort());
    await work(AbortSignal.any([this.stopping.signal, broken.signal])).finally(deaf);
  }

  /** Outdated rows are served until the new ones are there, however often it takes. */
  private async replace(): Promise<void> {
    const { signal } = this.stopping;
    const backoff = new Backoff();
    while (!signal.aborted) {
      try {
        return await this.rebuild();
      } catch (error) {
        if (signal.aborted) return;
        this.stumbled('rebuild', error);
        await backoff.failed(signal);
      }
    }
  }

  private handler(from: Position | undefined, succeeded: () => void): (gathered: Gathered) => Promise<void> {
    let previous = from;
    return async ({ events, position, end }) => {
      const facts = await this.decode(events);
      try {
        await this.apply(events, facts, previous);
      } catch (error) {
        await this.applyBefore(error, events, facts, previous);
        throw error;
      }
      previous = position;
      this.caughtUp ||= end;
      succeeded();
      this.bell.ring(position);
    };
  }

  private apply(
    events: readonly StoredEvent[],
    facts: readonly Recorded[],
    previous: Position | undefined,
  ): Promise<void> {
    const { models, observer = unobserved } = this.options;
    return this.turns.take(async () => {
      const at = models.position();
      const isNew = (it: { readonly position: Position }): boolean => at === undefined || it.position > at;
      const last = events[events.length - 1];
      if (last === undefined || !isNew(last)) return;
      // A switch to rebuilt rows may have come in between: what they already hold is not applied again.
      const startedAt = performance.now();
      await models.apply(facts.every(isNew) ? facts : facts.filter(isNew), markOf(events, previous));
      this.recordedAt = last.meta.recordedAt;
      observer.applied({ events: events.filter(isNew), startedAt, live: this.caughtUp });
    });
  }

  /** One bad event does not hold back those before it. */
  private async applyBefore(
    error: unknown,
    events: readonly StoredEvent[],
    facts: readonly Recorded[],
    previous: Position | undefined,
  ): Promise<void> {
    if (!(error instanceof ProjectionFailed)) return;
    const good = events.filter(({ position }) => position < error.position);
    const last = good[good.length - 1];
    if (last === undefined) return;
    await this.apply(
      good,
      facts.filter(({ position }) => position < error.position),
      previous,
    );
    this.bell.ring(last.position);
  }

  private async fill(): Promise<void> {
    const { store, models } = this.options;
    const draft = await models.draft();
    try {
      let place: Position | undefined;
      let recordedAt: string | undefined;
      for (;;) {
        this.stopping.signal.throwIfAborted();
        const page = await store.readAll({ after: place, max: slice });
        if (page.events.length > 0) await draft.apply(await this.decode(page.events), markOf(page.events, place));
        place = page.next ?? place;
        recordedAt = page.events.at(-1)?.meta.recordedAt ?? recordedAt;
        if (page.end && (await this.served(draft, place))) {
          this.recordedAt = recordedAt;
          return;
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      await draft.discard();
      throw error;
    }
  }

  /** Switches to the new rows, unless they would take readers back in time. */
  private served(draft: Draft, place: Position | undefined): Promise<boolean> {
    return this.turns.take(async () => {
      const live = this.options.models.position();
      if (live !== undefined && (place === undefined || place < live)) return false;
      await draft.serve();
      this.failures.delete('rebuild');
      if (place !== undefined) this.bell.ring(place);
      return true;
    });
  }

  private async decode(events: readonly StoredEvent[]): Promise<readonly Recorded[]> {
    const facts = await this.options.codec.decode(events);
    if (facts.length === events.length) return facts;
    const known = new Set(facts.map(({ id }) => id));
    for (const { id, type } of events) if (!known.has(id)) this.skipped.set(type, (this.skipped.get(type) ?? 0) + 1);
    return facts;
  }

  private async holds(mark: Mark): Promise<boolean> {
    const event = await eventAt(this.options.store, mark);
    this.recordedAt = event?.meta.recordedAt;
    return event !== undefined;
  }

  private stumbled(during: 'live' | 'rebuild', error: unknown): void {
    const failure: Failure = {
      message: error instanceof Error ? error.message : String(error),
      ...(error instanceof ProjectionFailed ? { at: error.position, type: error.type } : {}),
      attempts: (this.failures.get(during)?.attempts ?? 0) + 1,
      error,
    };
    this.failures.set(during, failure);
    this.options.onFailure?.(failure, during);
  }
}
