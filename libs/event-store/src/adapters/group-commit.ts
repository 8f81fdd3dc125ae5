import { performance } from 'node:perf_hooks';
import { OutcomeUnknown, StaleRevision, StoreClosed, StoreUnavailable } from '../errors.js';
import type { Appended } from '../event-store.js';
import type { CheckedAppend } from './checked-append.js';
import { positionOf } from './position.js';
import type { Committer } from './sqlite.thread.js';
import { type Appends, type Failure, type Outcome, type Results, SEPARATOR } from './sqlite.writer.js';

/** So many appends of a group are sent ahead together, to be inserted while the next are prepared. */
const AHEAD = 16;

interface Waiting {
  readonly append: CheckedAppend;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Appends that wait are gathered for one turn of the event loop and committed as one transaction; a turn that lasts longer than the disk
 * needs for a commit is not waited for, so that disk and event loop work at the same time. One group is under way at a time: while the
 * disk works, the next one grows.
 */
export class GroupCommit {
  private readonly pending: Waiting[] = [];
  private sent = 0;
  /** When the first of the pending appends came, and how long the last commit took (ms). */
  private since = 0;
  private commitTook = Infinity;
  private underWay = false;
  private scheduled = false;
  private broken: Failure | undefined;
  private closing: Promise<void> | undefined;
  private idle: (() => void) | undefined;

  constructor(
    private readonly committer: Committer,
    private readonly onCommitted: (appends: readonly CheckedAppend[], results: Results) => void,
    private readonly onFatal: (error: Error) => void,
  ) {}

  append(append: CheckedAppend): Promise<Appended> {
    if (this.closing !== undefined) return Promise.reject(new StoreClosed('the store is closed'));
    if (this.broken !== undefined) return Promise.reject(unavailable(this.broken));
    return new Promise((resolve, reject) => {
      if (this.pending.length === 0) this.since = performance.now();
      this.pending.push({ append, resolve, reject });
      this.schedule();
      if (this.underWay || this.pending.length - this.sent < AHEAD) return;
      if (this.gatheredLong()) void this.commitNext();
      else this.committer.add(this.unsent());
    });
  }

  /** What was accepted is committed first. */
  close(): Promise<void> {
    this.closing ??= this.finish();
    return this.closing;
  }

  private async finish(): Promise<void> {
    if (this.underWay || this.scheduled) await new Promise<void>((resolve) => (this.idle = resolve));
    await this.committer.close();
  }

  private schedule(): void {
    if (this.scheduled || this.underWay) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      if (!this.underWay && this.pending.length > 0) void this.commitNext();
      else if (!this.underWay) this.idle?.();
    });
  }

  /** Whether waiting for more would cost more than another commit. On a slow disk it never does: the group is everything that came. */
  private gatheredLong(): boolean {
    return performance.now() - this.since > this.commitTook;
  }

  private async commitNext(): Promise<void> {
    this.underWay = true;
    const last = this.unsent();
    const waiting = this.pending.splice(0);
    this.sent = 0;
    const outcome = await this.committer.commit(last).catch(lost);
    this.underWay = false;
    if ('failure' in outcome) this.fail(waiting, outcome.failure);
    else {
      this.commitTook = outcome.ms;
      // The next group goes to the disk before those of this one are told and take the event loop for their next.
      if (this.pending.length > 0 && this.gatheredLong()) void this.commitNext();
      this.acknowledge(waiting, outcome.results);
    }
    if (this.underWay || this.scheduled) return;
    if (this.pending.length > 0) this.schedule();
    else this.idle?.();
  }

  private unsent(): Appends {
    const unsent = this.pending.slice(this.sent);
    this.sent = this.pending.length;
    return textOf(unsent);
  }

  private acknowledge(waiting: readonly Waiting[], results: Results): void {
    this.onCommitted(
      waiting.map(({ append }) => append),
      results,
    );
    waiting.forEach(({ append, resolve, reject }, index) => {
      const revision = results[2 * index]!;
      const place = results[2 * index + 1]!;
      if (place === 0) reject(new StaleRevision(append.stream, String(append.expected), revision));
      else resolve({ revision, position: positionOf(place) });
    });
  }

  private fail(waiting: readonly Waiting[], failure: Failure): void {
    const error = failure.unknown ? new OutcomeUnknown(sentenceOf(failure)) : unavailable(failure);
    for (const { reject } of waiting) reject(error);
    if (!failure.fatal) return;
    this.broken = failure;
    for (const { reject } of this.pending.splice(0)) reject(unavailable(failure));
    this.onFatal(error);
  }
}

function textOf(waiting: readonly Waiting[]): Appends {
  const fields: string[] = [];
  for (const { append } of waiting) {
    fields.push(append.stream, String(append.expected), String(append.ids.length));
    append.ids.forEach((id, at) => fields.push(id, append.types[at]!, append.data[at]!, append.meta[at]!));
  }
  return fields.join(SEPARATOR);
}

function lost(error: unknown): Outcome {
  return { failure: { code: 'WRITER_LOST', message: String(error), unknown: true, fatal: true } };
}

function unavailable(failure: Failure): StoreUnavailable {
  return new StoreUnavailable(sentenceOf(failure));
}

function sentenceOf({ code, message }: Failure): string {
  return `the log cannot be written: ${message} (${code})`;
}
