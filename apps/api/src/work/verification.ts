import { type EventStore, verifyLog } from '@app/event-store';
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
 * says so for good: commands stop, reads go on.
 */
export class Verification {
  private found: string | undefined;
  private stopped = false;
  private running: Promise<void> = Promise.resolve();

  /** What does not hold, and where. */
  get broken(): string | undefined {
    return this.found;
  }

  start(verifiable: Verifiable): void {
    this.running = this.verify(verifiable).catch((error: unknown) => {
      if (!this.stopped) this.breaks(verifiable.log, error instanceof Error ? error.message : String(error));
    });
  }

  /** Resolves when the verification has ended, or was told to. */
  async ended(): Promise<void> {
    await this.running;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async verify({ store, publicKeys, examine, log }: Verifiable): Promise<void> {
    const [problem] = await examine();
    if (problem !== undefined) return this.breaks(log, problem);
    let events = 0;
    for await (const { checked, firstBroken } of verifyLog(store, { publicKeys })) {
      if (this.stopped) return;
      events = checked;
      if (firstBroken === undefined) continue;
      const { why, stream, revision, position } = firstBroken;
      return this.breaks(log, `${why} in ${stream}, revision ${revision}, noticed at position ${position}`);
    }
    log.debug({ events }, 'The log holds together');
  }

  private breaks(log: Log, broken: string): void {
    this.found = broken;
    log.fatal({ broken }, 'The log does not hold together: commands are refused from now on, reads go on');
  }
}
