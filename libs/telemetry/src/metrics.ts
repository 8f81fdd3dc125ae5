import {
  type Appended,
  type Applied,
  CorruptLog,
  EventTooLarge,
  InvalidAppend,
  OutcomeUnknown,
  type RetryCause,
  StoreClosed,
  StoreUnavailable,
} from '@app/event-store';
import { categoryOf, type Recorded } from '@app/kernel';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { type Gauges, type Watched, lookUp } from './gauges.js';
import { gaugesOf, instrumentsOf } from './instruments.js';
import { type Outcome, outcomeOf, outcomeOfPolicy } from './outcomes.js';
import { type AppendSeen, type CommandSeen, isConflict, type Operation, Witness } from './witness.js';

/** A page for Prometheus, with its content type. */
export interface MetricsPage {
  readonly type: string;
  readonly body: string;
}

const causes: readonly RetryCause[] = ['stale', 'unavailable', 'unknown'];

/** Counts what it is told, and looks up the rest when the page is asked for. */
export class Metrics extends Witness {
  private readonly registry = new Registry();
  private readonly counted = instrumentsOf(this.registry);
  private readonly gauges: Gauges = gaugesOf(this.registry);
  private watched: Watched = {};

  constructor() {
    super();
    collectDefaultMetrics({ register: this.registry });
    // A rate is only seen from the second sample on: what can be told beforehand begins at 0.
    for (const cause of causes) this.counted.retries.inc({ cause }, 0);
  }

  /** Names what is looked up for every page from now on, besides what was named before. */
  watch(watched: Watched): void {
    this.watched = { ...this.watched, ...watched };
  }

  async page(): Promise<MetricsPage> {
    await lookUp(this.gauges, this.watched);
    return { type: this.registry.contentType, body: await this.registry.metrics() };
  }

  override command<T>({ name: command }: CommandSeen, execute: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const ended = (outcome: Outcome): void =>
      this.counted.commands.observe({ command, outcome }, secondsSince(startedAt));
    return ending(execute, (error) => ended(error === undefined ? 'accepted' : outcomeOf(error.thrown)));
  }

  override handling<T>(policy: string, _fact: Recorded, handle: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const ended = (outcome: Outcome): void =>
      this.counted.policies.observe({ policy, outcome }, secondsSince(startedAt));
    return ending(handle, (error) => ended(error === undefined ? 'accepted' : outcomeOfPolicy(error.thrown)));
  }

  override appended({ stream, events }: AppendSeen, _appended: Appended): void {
    this.counted.events.inc({ category: categoryOf(stream) }, events.length);
  }

  override notAppended({ stream }: AppendSeen, error: unknown): void {
    if (isConflict(error)) this.counted.conflicts.inc({ category: categoryOf(stream) });
  }

  override asked(operation: Operation, startedAt: number, error?: unknown): void {
    if (error === undefined || isConflict(error)) {
      this.counted.store.observe({ operation }, secondsSince(startedAt));
    } else {
      this.counted.storeErrors.inc({ operation, kind: kindOf(error) });
    }
  }

  override retrying(cause: RetryCause): void {
    this.counted.retries.inc({ cause });
  }

  override applied({ events, startedAt }: Applied): void {
    this.counted.batches.observe(secondsSince(startedAt));
    this.counted.projected.inc(events.length);
  }
}

const secondsSince = (startedAt: number): number => (performance.now() - startedAt) / 1_000;

/** Does the work and tells how it ended: with what was thrown, or nothing. */
async function ending<T>(work: () => Promise<T>, told: (error?: { readonly thrown: unknown }) => void): Promise<T> {
  let done: T;
  try {
    done = await work();
  } catch (thrown) {
    told({ thrown });
    throw thrown;
  }
  told();
  return done;
}

const kinds = new Map<unknown, string>([
  [StoreUnavailable, 'unavailable'],
  [OutcomeUnknown, 'outcome_unknown'],
  [EventTooLarge, 'too_large'],
  [InvalidAppend, 'invalid'],
  [CorruptLog, 'corrupt'],
  [StoreClosed, 'closed'],
]);

const kindOf = (error: unknown): string => (error instanceof Error && kinds.get(error.constructor)) || 'other';
