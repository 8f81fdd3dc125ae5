import { once } from 'node:events';
import {
  Backoff,
  type CheckpointStore,
  type EventStore,
  follow,
  type Gathered,
  ofOneLog,
  type Position,
  type Sealer,
} from '@app/event-store';
import type { Clock } from '@app/kernel';
import type { Log } from '../log.js';

export interface SealingParts {
  readonly store: EventStore;
  readonly sealer: Sealer;
  readonly checkpoints: CheckpointStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** The checkpoint's key: never changed. */
const name = 'ledger';
const tickMs = 15_000;
const saveEveryMs = 5_000;

/** Follows the log for the sealer, and tells it what time it is. */
export class Sealing {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private ticking: NodeJS.Timeout | undefined;
  private trouble: string | undefined;
  /** Everything up to here was given to the sealer. */
  private seen: Position | undefined;
  private saved: Position | undefined;
  private savedAt = 0;

  constructor(private readonly parts: SealingParts) {}

  /** Why nothing is sealed now. */
  get failure(): string | undefined {
    return this.trouble;
  }

  async start(): Promise<void> {
    const { store, checkpoints } = this.parts;
    const place = (await checkpoints.load()).get(name);
    const head = await store.head();
    // A log older than the desk (a restored backup), or another engine's, is followed from its beginning: what is sealed already is not
    // sealed again.
    const holds = place !== undefined && head !== undefined && ofOneLog(place, head) && place <= head;
    const after = holds ? place : undefined;
    this.seen = after;
    this.running = this.run(after);
    this.ticking = setInterval(() => void this.tick(), tickMs).unref();
  }

  /**
   * Seals everything that was written, so that nothing stands without a seal while the process is away. Waits so many milliseconds for it
   * at most: what is not sealed by then is sealed after the next start.
   */
  async stop(longestMs: number): Promise<void> {
    this.stopping.abort();
    clearInterval(this.ticking);
    await this.running;
    const tooLate = AbortSignal.timeout(longestMs);
    const sealed = this.sealRest(tooLate).catch((error: unknown) => this.stumbled(error));
    await Promise.race([sealed, once(tooLate, 'abort')]);
    if (tooLate.aborted) this.parts.log.warn({ longestMs }, 'The stop did not wait for the last seals');
    await this.save();
  }

  private async sealRest(tooLate: AbortSignal): Promise<void> {
    const { store, sealer } = this.parts;
    for (let end = false; !end;) {
      const page = await store.readAll({ after: this.seen, max: 500 });
      for (const event of page.events) await sealer.on(event);
      if (tooLate.aborted) return;
      this.seen = page.next;
      end = page.end;
    }
    await sealer.flush();
  }

  private async run(from: Position | undefined): Promise<void> {
    const { store, sealer } = this.parts;
    const { signal } = this.stopping;
    const backoff = new Backoff();
    const succeeded = (): void => {
      this.trouble = undefined;
      backoff.succeeded();
    };
    const handle = async (gathered: Gathered): Promise<void> => {
      await this.seal(gathered);
      succeeded();
    };
    while (!signal.aborted) {
      try {
        await follow({ store, after: sealer.safe ?? from, signal, handle, caughtUp: succeeded });
      } catch (error) {
        this.stumbled(error);
        await backoff.failed(signal);
      }
    }
  }

  private async seal({ events, position }: Gathered): Promise<void> {
    for (const event of events) await this.parts.sealer.on(event);
    this.seen = position;
    if (performance.now() - this.savedAt >= saveEveryMs) await this.save();
  }

  /** Seldom, for it is synced: what was followed since is followed again after a kill, and not sealed again. */
  private async save(): Promise<void> {
    const { sealer, checkpoints } = this.parts;
    this.savedAt = performance.now();
    const { safe } = sealer;
    if (safe === undefined || safe === this.saved) return;
    await checkpoints.save(new Map([[name, safe]]));
    this.saved = safe;
  }

  private async tick(): Promise<void> {
    const { sealer, clock } = this.parts;
    await sealer.tick(clock.now()).catch((error: unknown) => this.stumbled(error));
  }

  private stumbled(error: unknown): void {
    this.trouble = error instanceof Error ? error.message : String(error);
    this.parts.log.error({ err: error }, 'Sealing stopped');
  }
}
