import { type Attributes, type Context, type Span, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  type IdGenerator,
  NodeTracerProvider,
  RandomIdGenerator,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-node';
import { type Appended, type Applied, type StoredEvent } from '@app/event-store';
import { categoryOf, type Recorded, Refusal } from '@app/kernel';
import { nameOf, type Outcome, outcomeOf, outcomeOfPolicy } from './outcomes.js';
import { appendSpanOf, type Cause, traceIdOf } from './trace-ids.js';
import { type AppendSeen, type CommandSeen, isConflict, Witness } from './witness.js';

export interface TracesOptions {
  /** Base address of an OTLP/HTTP collector; spans go to `/v1/traces` under it. */
  readonly endpoint: string;
  readonly serviceName: string;
  /** The share of traces that is kept, from 0 to 1: the same traces in every process. */
  readonly ratio: number;
  /** Told when the collector stops taking spans, and nothing when it takes them again. Those it did not take are lost. */
  readonly onTrouble: (error: Error | undefined) => void;
}

const exportMs = 5_000;
const lastExportMs = 2_000;

/**
 * Makes one trace of a command, its appends, the policies it wakes and the rows it changes, in whatever process they happen. Spans name a
 * stream, a revision and a correlation id; nothing of what was said, and nobody.
 */
export class Traces extends Witness {
  private readonly ids = new GivenIds();
  private readonly provider: NodeTracerProvider;
  private readonly tracer: Tracer;
  /** Commands and turns of policies that are under way, by what those beneath them carry. An async context would slow every promise. */
  private readonly open = new Map<string, Span>();

  constructor({ endpoint, serviceName, ratio, onTrouble }: TracesOptions) {
    super();
    const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
    const exporter = told(new OTLPTraceExporter({ url, timeoutMillis: exportMs }), onTrouble);
    this.provider = new NodeTracerProvider({
      resource: resourceFromAttributes({ 'service.name': serviceName }),
      idGenerator: this.ids,
      sampler: new TraceIdRatioBasedSampler(ratio),
      spanProcessors: [new BatchSpanProcessor(exporter, { exportTimeoutMillis: exportMs })],
    });
    this.tracer = this.provider.getTracer('ronde');
  }

  /** Sends what is left, for two seconds at most. */
  async close(): Promise<void> {
    let over: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => (over = setTimeout(resolve, lastExportMs)));
    await Promise.race([this.provider.shutdown().catch(() => undefined), limit]);
    clearTimeout(over);
  }

  override command<T>({ name, caller }: CommandSeen, execute: () => Promise<T>): Promise<T> {
    const { correlationId, commandId, causationId, member } = caller;
    const above = causationId === undefined ? undefined : this.open.get(turnOf(member, causationId));
    const attributes = { 'ronde.command': name, 'ronde.correlation_id': correlationId };
    const span = this.begin(`command ${name}`, { above, correlationId, attributes });
    return this.within(span, commandOf(correlationId, commandId), execute, outcomeOf);
  }

  override handling<T>(policy: string, fact: Recorded, handle: () => Promise<T>): Promise<T> {
    const attributes = { 'ronde.policy': policy, ...placeOf(fact, 1) };
    const span = this.begin(`policy ${policy}`, { cause: fact, attributes, kind: SpanKind.CONSUMER });
    return this.within(span, turnOf(`policy:${policy}`, fact.id), handle, outcomeOfPolicy);
  }

  override appended({ stream, events, startedAt }: AppendSeen, { revision }: Appended): void {
    const cause = { stream, meta: events[0]!.meta };
    const attributes = placeOf({ ...cause, revision }, events.length);
    const spanId = appendSpanOf(cause);
    this.begin(`append ${categoryOf(stream)}`, { ...this.under(cause), startedAt, attributes, spanId }).end(
      performance.now(),
    );
  }

  override notAppended({ stream, events, startedAt }: AppendSeen, error: unknown): void {
    const outcome = isConflict(error) ? 'conflict' : 'failed';
    const attributes = { 'ronde.stream': stream, 'ronde.outcome': outcome, 'error.type': nameOf(error) };
    const beginning = { ...this.under({ stream, meta: events[0]?.meta ?? {} }), startedAt, attributes };
    const span = this.begin(`append ${categoryOf(stream)}`, beginning);
    span.setStatus({ code: SpanStatusCode.ERROR }).end(performance.now());
  }

  /** One span for each append whose events came into the rows; none for the past, whose traces ended long ago. */
  override applied({ events, startedAt, live }: Applied): void {
    if (!live) return;
    const now = performance.now();
    const appends = new Map<string, StoredEvent[]>();
    for (const event of events) {
      const append = appendSpanOf(event);
      const known = appends.get(append);
      if (known === undefined) appends.set(append, [event]);
      else known.push(event);
    }
    for (const append of appends.values()) {
      const last = append.at(-1)!;
      const attributes = placeOf(last, append.length);
      this.begin(`project ${categoryOf(last.stream)}`, {
        cause: last,
        startedAt,
        attributes,
        kind: SpanKind.CONSUMER,
      }).end(now);
    }
  }

  /** The command that an append is part of, while it is under way here. */
  private under({ meta: { $correlationId: correlationId = '', commandId = '' } }: Cause): Partial<Beginning> {
    return { above: this.open.get(commandOf(correlationId, commandId)), correlationId };
  }

  /** A span under what it is part of, or under the append that caused it, or at the root of its trace. */
  private begin(name: string, { above, cause, correlationId, spanId, startedAt, attributes, kind }: Beginning): Span {
    const traceId = correlationId ? traceIdOf(correlationId) : undefined;
    const parent = above !== undefined ? trace.setSpan(ROOT_CONTEXT, above) : contextOf(cause);
    const options = { attributes, kind, ...(startedAt === undefined ? {} : { startTime: startedAt }) };
    return this.ids.giving({ traceId, spanId }, () => this.tracer.startSpan(name, options, parent));
  }

  private async within<T>(
    span: Span,
    key: string,
    work: () => Promise<T>,
    outcomeOfError: (error: unknown) => Outcome,
  ): Promise<T> {
    this.open.set(key, span);
    try {
      const done = await work();
      span.setAttribute('ronde.outcome', 'accepted');
      return done;
    } catch (error) {
      const outcome = outcomeOfError(error);
      span.setAttribute('ronde.outcome', outcome);
      if (error instanceof Refusal) span.setAttribute('ronde.refusal', error.code);
      if (outcome === 'failed')
        span.setAttribute('error.type', nameOf(error)).setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      if (this.open.get(key) === span) this.open.delete(key);
      span.end();
    }
  }
}

interface Beginning {
  readonly attributes: Attributes;
  /** What this is part of. */
  readonly above?: Span;
  /** The event that this follows from. */
  readonly cause?: Cause;
  readonly correlationId?: string;
  readonly spanId?: string;
  readonly startedAt?: number;
  readonly kind?: SpanKind;
}

const placeOf = ({ stream, revision, meta }: Cause & { readonly revision: number }, events: number): Attributes => ({
  'ronde.stream': stream,
  'ronde.revision': revision,
  'ronde.events': events,
  'ronde.correlation_id': meta.$correlationId,
});

const commandOf = (correlationId: string, commandId: string): string => `${correlationId} ${commandId}`;

/** What a policy's commands say of the turn they are sent in. */
const turnOf = (member: string, causationId: string): string => `${causationId} ${member}`;

function contextOf(cause: Cause | undefined): Context {
  const correlationId = cause?.meta.$correlationId;
  if (cause === undefined || correlationId === undefined) return ROOT_CONTEXT;
  const append = { traceId: traceIdOf(correlationId), spanId: appendSpanOf(cause), traceFlags: TraceFlags.SAMPLED };
  return trace.setSpanContext(ROOT_CONTEXT, { ...append, isRemote: true });
}

interface Given {
  readonly traceId?: string;
  readonly spanId?: string;
}

/** Random ids, but for the one span that is being begun. */
class GivenIds implements IdGenerator {
  private readonly random = new RandomIdGenerator();
  private given: Given = {};

  generateTraceId = (): string => this.given.traceId ?? this.random.generateTraceId();
  generateSpanId = (): string => this.given.spanId ?? this.random.generateSpanId();

  giving(given: Given, begin: () => Span): Span {
    this.given = given;
    try {
      return begin();
    } finally {
      this.given = {};
    }
  }
}

/** The exporter, which tells once when it begins to fail, and once when it no longer does. */
function told(exporter: SpanExporter, onTrouble: TracesOptions['onTrouble']): SpanExporter {
  let failing = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const fails = result.error !== undefined;
        if (fails !== failing) onTrouble(result.error);
        failing = fails;
        done(result);
      }),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}
