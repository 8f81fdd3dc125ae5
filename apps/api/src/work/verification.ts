import { Backoff, CorruptLog, type EventStore, verifyLog } from '@app/event-store';
import type { Log } from '../log.js';

export interface Verifiable {
  readonly store: EventStore;
  readonly publicKeys: readonly string[];
  /** The engine's own examination of its files: the problems found. */
  readonly examine: () => Promise<readonly string[]>;
  readonly log: Log;
}

/**
 * Verifies the whole log while the process serves: the file, then every chain and seal, page by page. Once something does not hold it
 * says so for good: commands stop, reads go on. What cannot be read now is asked for again, unless the store calls it corrupt: an outage says
 * nothing about the log.
 */
export class Verification {
  private found: string | undefined;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  /** What does not hold, and where. */
  get broken(): string | undefined {
    return this.found;
  }

  start(verifiable: Verifiable): void {
    this.running = this.verify(verifiable).catch((error: unknown) => {
      if (!this.stopping.signal.aborted)
        this.breaks(verifiable.log, error instanceof Error ? error.message : String(error));
    });
  }

  /** Resolves when the verification has ended, or was told to. */
  async ended(): Promise<void> {
    await this.running;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async verify({ store, publicKeys, examine, log }: Verifiable): Promise<void> {
    const patiently = <T>(ask: () => Promise<T>): Promise<T> => this.patiently(log, ask);
    const [problem] = await patiently(examine);
    if (problem !== undefined) return this.breaks(log, problem);
    const reads = {
      readAll: (asked: Parameters<EventStore['readAll']>[0]) => patiently(() => store.readAll(asked)),
      readStream: (...asked: Parameters<EventStore['readStream']>) => patiently(() => store.readStream(...asked)),
    };
    let events = 0;
    for await (const { checked, firstBroken } of verifyLog(reads, { publicKeys })) {
      if (this.stopping.signal.aborted) return;
      events = checked;
      if (firstBroken === undefined) continue;
      const { why, stream, revision, position } = firstBroken;
      return this.breaks(log, `${why} in ${stream}, revision ${revision}, noticed at position ${position}`);
    }
    log.debug({ events }, 'The log holds together');
  }

  private async patiently<T>(log: Log, ask: () => Promise<T>): Promise<T> {
    const { signal } = this.stopping;
    let said = false;
    for (const backoff = new Backoff(); ; await backoff.failed(signal)) {
      signal.throwIfAborted();
      try {
        return await ask();
      } catch (error) {
        if (error instanceof CorruptLog) throw error;
        // Said once each time: what never passes must not go unnoticed.
        if (!said) log.warn({ err: error }, 'The log could not be verified further; it is tried again');
        said = true;
      }
    }
  }

  private breaks(log: Log, broken: string): void {
    this.found = broken;
    log.fatal({ broken }, 'The log does not hold together: commands are refused from now on, reads go on');
  }
}
