import { setTimeout as after } from 'node:timers/promises';
import type { Clock, Refusal } from '@app/kernel';
import type { Receipt } from './act.js';
import { clockCaller, type Deadlines, type Due } from './deadlines.js';
import { StoreUnavailable } from './errors.js';
import { Backoff, type Failure } from './follow.js';
import { isOutcome } from './policy.js';

export interface SchedulerOptions {
  readonly sources: readonly Deadlines[];
  readonly clock: Clock;
  /** Whether the rows show the end of the log and are not being built again: nothing is looked up otherwise. */
  readonly readable: () => boolean;
  /** How often it looks, in milliseconds. */
  readonly everyMs?: number;
  readonly onFailure?: (failure: Failure, source: string) => void;
  /** Told once of a deadline whose command was refused for good. */
  readonly onRefused?: (refusal: Refusal, source: string, due: Due) => void;
}

export interface SchedulerState {
  /** Commands sent since the start. */
  readonly sent: number;
  /** Deadlines whose command was refused and that are due still. */
  readonly refused: number;
  readonly failure?: Failure;
}

interface Seen {
  readonly at: number;
  readonly refused: boolean;
}

const page = 100;
const usualMs = 5_000;
/** What is due still after its command may have something to do by now: it is sent again, with the same id. */
const againAfterMs = 600_000;

/**
 * Time passes: what has fallen due is done, once, by commands whose ids come from the deadline alone. A process that was away does on its
 * return what fell due meanwhile; a kill between a command and its row repeats the command with the same id, which changes nothing.
 */
export class Scheduler {
  private readonly stopping = new AbortController();
  private readonly backoff = new Backoff();
  /** Deadlines that this process has seen to, and when, by source: until they are due no more. */
  private readonly seenTo = new Map<string, Map<string, Seen>>();
  private readonly failures = new Map<string, Failure>();
  private sent = 0;
  private running: Promise<void> = Promise.resolve();
  private round: Promise<readonly Receipt[]> | undefined;

  constructor(private readonly options: SchedulerOptions) {
    const names = options.sources.map(({ name }) => name);
    if (new Set(names).size !== names.length) throw new Error(`two deadlines have one name: ${names.join(', ')}`);
  }

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.round?.catch(() => undefined);
  }

  /** Looks now. Answers what the commands it sent were answered; nothing where rows cannot be read. */
  look(): Promise<readonly Receipt[]> {
    this.round ??= this.lookAtAll().finally(() => {
      this.round = undefined;
    });
    return this.round;
  }

  state(): SchedulerState {
    const [failure] = this.failures.values();
    const refused = [...this.seenTo.values()].flatMap((seen) => [...seen.values()].filter((it) => it.refused)).length;
    return { sent: this.sent, refused, ...(failure === undefined ? {} : { failure }) };
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.look();
      if (this.failures.size > 0) await this.backoff.failed(signal);
      else {
        this.backoff.succeeded();
        await after(this.options.everyMs ?? usualMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }

  private async lookAtAll(): Promise<readonly Receipt[]> {
    const receipts: Receipt[] = [];
    for (const source of this.options.sources) {
      if (this.stopping.signal.aborted || !this.options.readable()) break;
      try {
        await this.lookAt(source, receipts);
        this.failures.delete(source.name);
      } catch (error) {
        this.stumbled(source.name, error);
      }
    }
    return receipts;
  }

  /**
   * What was seen to and is due still takes its place in the page: it must not hide what is new. One that fails does not keep the others
   * from their turn, unless nothing can be written at all.
   */
  private async lookAt(source: Deadlines, receipts: Receipt[]): Promise<void> {
    const seen = this.seenTo.get(source.name) ?? new Map<string, Seen>();
    this.seenTo.set(source.name, seen);
    const found = await source.due(this.options.clock.now(), page + seen.size);
    const names = new Set(found.map(nameOf));
    for (const name of seen.keys()) if (!names.has(name)) seen.delete(name);
    const waiting = found.filter((it) => performance.now() - (seen.get(nameOf(it))?.at ?? -Infinity) > againAfterMs);
    const failures: unknown[] = [];
    for (const it of waiting) {
      if (this.stopping.signal.aborted || failures.some((error) => error instanceof StoreUnavailable)) break;
      try {
        const receipt = await this.send(source.name, it, seen.get(nameOf(it)));
        seen.set(nameOf(it), { at: performance.now(), refused: receipt === undefined });
        if (receipt !== undefined) receipts.push(receipt);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  /** Answers nothing when it was refused for good. */
  private async send(source: string, it: Due, before: Seen | undefined): Promise<Receipt | undefined> {
    try {
      const receipt = await it.send(clockCaller(source, it));
      this.sent += 1;
      return receipt;
    } catch (error) {
      if (!isOutcome(error)) throw error;
      if (before?.refused !== true) this.options.onRefused?.(error, source, it);
      return undefined;
    }
  }

  private stumbled(source: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const failure = { message, attempts: (this.failures.get(source)?.attempts ?? 0) + 1, error };
    this.failures.set(source, failure);
    this.options.onFailure?.(failure, source);
  }
}

const nameOf = ({ key, at }: Due): string => `${key}@${at}`;
