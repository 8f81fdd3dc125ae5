import type { EventStore } from '@app/event-store';
import { Both } from './both.js';
import type { Watched } from './gauges.js';
import { Metrics, type MetricsPage } from './metrics.js';
import { ObservedStore } from './observed-store.js';
import type { Traces, TracesOptions } from './traces.js';
import { nobody, type Witness } from './witness.js';

export interface TelemetryOptions {
  readonly metrics: boolean;
  /** Absent: no trace is made, and nothing of OpenTelemetry is loaded. */
  readonly traces?: TracesOptions;
}

/** What a process tells about itself. Where nothing is asked for, nothing stands in anybody's way. */
export class Telemetry {
  private constructor(
    /** For whoever takes an observer. */
    readonly witness: Witness,
    private readonly metrics: Metrics | undefined,
    private readonly traces: Traces | undefined,
  ) {}

  static async open({ metrics: measured, traces: traced }: TelemetryOptions): Promise<Telemetry> {
    const metrics = measured ? new Metrics() : undefined;
    const traces = traced === undefined ? undefined : new (await import('./traces.js')).Traces(traced);
    const witness = metrics && traces ? new Both(metrics, traces) : (metrics ?? traces ?? nobody);
    return new Telemetry(witness, metrics, traces);
  }

  /** The store with a witness, for everybody who uses it. */
  watching(store: EventStore): EventStore {
    return this.witness === nobody ? store : new ObservedStore(store, this.witness);
  }

  /** Names what is looked up for every page from now on, besides what was named before. */
  watch(watched: Watched): void {
    this.metrics?.watch(watched);
  }

  /** The page for Prometheus; nothing where metrics are off. */
  page(): Promise<MetricsPage> | undefined {
    return this.metrics?.page();
  }

  /** Sends the spans that are left, in bounded time. */
  async close(): Promise<void> {
    await this.traces?.close();
  }
}
