import { setTimeout as pause } from 'node:timers/promises';
import { Chains, type EventStore, type Position } from '@app/event-store';
import type { Log } from './log.js';

export interface Verifiable {
  readonly store: EventStore;
  /** The engine's own examination of its files: the problems found. */
  readonly examine: () => Promise<readonly string[]>;
  readonly log: Log;
}

const slice = 200;
const pauseMs = 5;

/**
 * Verifies the whole log while the process serves: the file, then every chain, in slices with pauses. Once something does not hold it
 * says so for good: commands stop, reads go on.
 */
export class Verification {
  private found: string | undefined;
  private checked = 0;
  private done = false;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  /** What does not hold, and where. */
  get broken(): string | undefined {
    return this.found;
  }

  /** How far it has come; `done` once it reached the end of the log as it was. */
  get progress(): { readonly checked: number; readonly done: boolean } {
    return { checked: this.checked, done: this.done };
  }

  start(verifiable: Verifiable): void {
    this.running = this.verify(verifiable).catch((error: unknown) => {
      if (this.stopping.signal.aborted) return;
      this.breaks(verifiable.log, error instanceof Error ? error.message : String(error));
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async verify({ store, examine, log }: Verifiable): Promise<void> {
    const [problem] = await examine();
    if (problem !== undefined) return this.breaks(log, problem);
    const chains = new Chains(store);
    const head = await store.head();
    for (let place: Position | undefined; !this.stopping.signal.aborted;) {
      const page = await store.readAll({ after: place, max: slice });
      for (const event of page.events) {
        const broken = await chains.next(event);
        if (broken === undefined) continue;
        const { stream, revision, position, why } = broken;
        return this.breaks(log, `${why} in ${stream}, revision ${revision}, noticed at position ${position}`);
      }
      this.checked += page.events.length;
      place = page.next;
      if (page.end || place === undefined || (head !== undefined && place >= head)) break;
      await pause(pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
    this.done = true;
    log.debug({ events: this.checked }, 'The log holds together');
  }

  private breaks(log: Log, what: string): void {
    this.found = what;
    log.fatal({ broken: what }, 'The log does not hold together: commands are refused from now on, reads go on');
  }
}
