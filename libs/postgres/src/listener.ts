import { setTimeout as after } from 'node:timers/promises';
import pg from 'pg';

export interface ListenerOptions {
  readonly url: string;
  readonly application: string;
  readonly connectMs: number;
  readonly onTrouble?: ((error: Error) => void) | undefined;
}

type Ring = (payload: string | undefined) => void;

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;
/** A server that froze keeps its connection: it is asked this often whether it is there. */
const PULSE_MS = 5_000;

/** One connection that listens, made again whenever it is lost. */
export class Listener {
  private readonly rings = new Map<string, Set<Ring>>();
  private readonly stopping = new AbortController();
  private client: pg.Client | undefined;
  private asked: Promise<void> = Promise.resolve();
  private readonly running: Promise<void>;

  constructor(private readonly options: ListenerOptions) {
    this.running = this.run();
  }

  on(channel: string, ring: Ring): () => void {
    const rings = this.rings.get(channel) ?? new Set();
    this.rings.set(channel, rings.add(ring));
    // Where the connection stands already, it rings once it listens; otherwise when it stands.
    const { client } = this;
    if (client !== undefined)
      void this.listen(client, channel).then(
        () => client === this.client && rings.has(ring) && ring(undefined),
        () => undefined,
      );
    return () => void rings.delete(ring);
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    let pause = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      try {
        await this.connected(() => (pause = FIRST_PAUSE_MS));
      } catch (error) {
        if (signal.aborted) return;
        this.options.onTrouble?.(error as Error);
        await after(pause, undefined, { signal, ref: false }).catch(() => undefined);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
      }
    }
  }

  /** Resolves at the stop, rejects when the connection is lost. */
  private async connected(begun: () => void): Promise<void> {
    const { url, application, connectMs } = this.options;
    const client = new pg.Client({
      connectionString: url,
      application_name: application,
      connectionTimeoutMillis: connectMs,
      query_timeout: PULSE_MS,
      keepAlive: true,
    });
    const lost = new Promise<never>((_, reject) => {
      client.on('error', reject);
      client.on('end', () => reject(new Error('the listening connection ended')));
    });
    lost.catch(() => undefined);
    client.on('notification', ({ channel, payload }) => this.ring(channel, payload));
    try {
      await Promise.race([client.connect(), lost]);
      this.client = client;
      for (const channel of this.rings.keys()) await this.listen(client, channel);
      begun();
      for (const channel of this.rings.keys()) this.ring(channel, undefined);
      await Promise.race([this.pulse(client), lost]);
    } finally {
      this.client = undefined;
      await Promise.race([client.end().catch(() => undefined), after(connectMs, undefined, { ref: false })]);
    }
  }

  private async pulse(client: pg.Client): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await after(PULSE_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (!signal.aborted) await this.inTurn(client, 'select 1');
    }
  }

  private listen(client: pg.Client, channel: string): Promise<void> {
    return this.inTurn(client, `listen ${pg.escapeIdentifier(channel)}`);
  }

  /** A connection answers one question at a time: the next waits, whatever came of this one. */
  private inTurn(client: pg.Client, question: string): Promise<void> {
    const asked = this.asked.then(() => client.query(question)).then(() => undefined);
    this.asked = asked.catch(() => undefined);
    return asked;
  }

  private ring(channel: string, payload: string | undefined): void {
    for (const ring of this.rings.get(channel) ?? []) ring(payload);
  }
}
