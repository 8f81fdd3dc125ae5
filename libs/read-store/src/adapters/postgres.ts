import type { Position } from '@app/event-store';
import type { Recorded } from '@app/kernel';
import type { Postgres, Transaction } from '@app/postgres';
import type { Kysely } from 'kysely';
import { type Model, modelOf } from '../model.js';
import type { Projection } from '../projection.js';
import {
  type Draft,
  type Mark,
  ProjectedStore,
  ReadModelsBroken,
  ReadModelsNotReady,
  type Standing,
} from '../read-store.js';
import { readingKysely } from './postgres.dialect.js';
import { Generations } from './postgres.generations.js';
import { PostgresReads } from './postgres.reads.js';
import { Watch } from './postgres.watch.js';
import { PostgresWrites } from './postgres.writes.js';

export interface PostgresReadStoreOptions {
  readonly postgres: Postgres;
  readonly projections: readonly Projection[];
  /** One process writes at a time, any number reads. A reader needs no right to write. */
  readonly role: 'writer' | 'reader';
  /** Called at the beginning of every transaction that writes; when it throws, nothing is written. For a lease. */
  readonly guard?: (transaction: Transaction) => Promise<void>;
  /** The PostgreSQL schema of the bookkeeping, and the channel of its notifications; tables are in `<schema>_<generation>`. */
  readonly schema?: string;
  /** Told when it could not be asked what is served; it is asked again within a second. */
  readonly onTrouble?: (error: Error) => void;
}

/**
 * Read models in PostgreSQL: one process writes, any number of processes read and hear how far it has come. Every rebuild has a schema of
 * its own. While the server is away, queries throw `PostgresUnavailable` in bounded time.
 */
export class PostgresReadStore extends ProjectedStore {
  private readonly kysely: Kysely<unknown>;
  private readonly reads: PostgresReads;
  private readonly writes: PostgresWrites;
  private closed = false;

  private constructor(
    private readonly options: PostgresReadStoreOptions,
    model: Model,
    generations: Generations,
    private readonly watch: Watch,
  ) {
    super();
    this.reads = new PostgresReads(options.postgres, generations, watch);
    this.writes = new PostgresWrites(options.postgres, model, generations, watch, options.guard);
    this.kysely = readingKysely(model, (sql, parameters) => {
      if (this.closed) throw new ReadModelsNotReady('the read models are closed');
      return this.reads.rows(sql, parameters);
    });
  }

  /** Finds what is served, and follows it from now on. Writes nothing. Throws `PostgresUnavailable`. */
  static async open(options: PostgresReadStoreOptions): Promise<PostgresReadStore> {
    const { postgres, projections, schema = 'read_models', onTrouble } = options;
    const model = modelOf(projections);
    const generations = new Generations(schema, model);
    return new PostgresReadStore(options, model, generations, await Watch.begin(postgres, generations, onTrouble));
  }

  db<T>(): Kysely<T> {
    return this.kysely as unknown as Kysely<T>;
  }

  position(): Position | undefined {
    return this.mark()?.position;
  }

  standing(): Standing {
    return this.watch.found.standing;
  }

  mark(): Mark | undefined {
    return this.watch.serving === undefined ? undefined : this.watch.found.mark;
  }

  /** True once queries see everything up to the position, whichever process writes it; false when the time (milliseconds) is over first. */
  waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    return this.watch.waitFor(position, timeoutMs);
  }

  /** Reads from the tables what is served and how far: for a process that begins to write where another one stopped. */
  refresh(): Promise<void> {
    return this.watch.refresh(true);
  }

  async apply(facts: readonly Recorded[], mark: Mark): Promise<void> {
    this.demandWriter();
    const { generation, standing } = this.watch.found;
    if (generation === undefined) throw new ReadModelsNotReady('there are no read models to write to');
    if (standing.kind === 'unusable') throw new ReadModelsBroken(standing.why);
    await this.writes.apply(generation, facts, mark);
  }

  async withdraw(why: string): Promise<void> {
    this.demandWriter();
    await this.writes.withdraw(why);
  }

  async draft(): Promise<Draft> {
    this.demandWriter();
    return this.writes.draft();
  }

  override onBroken(tell: () => void): () => void {
    return this.watch.onBroken(tell);
  }

  /** Stops following; the connections are the caller's. */
  async close(): Promise<void> {
    this.closed = true;
    this.watch.end();
  }

  private demandWriter(): void {
    if (this.options.role !== 'writer') throw new Error('the read models are written by another process');
  }
}
