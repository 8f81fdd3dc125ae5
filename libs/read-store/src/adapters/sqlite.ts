import { renameSync } from 'node:fs';
import type { Position } from '@app/event-store';
import type { Recorded } from '@app/kernel';
import { Kysely } from 'kysely';
import { type Model, modelOf } from '../model.js';
import type { Projection } from '../projection.js';
import { type Draft, type Mark, ProjectedStore, ReadModelsNotReady, type Standing } from '../read-store.js';
import { Reader, readingDialect } from './sqlite.dialect.js';
import { ModelFile, removeCompanions, removeFile } from './sqlite.file.js';

export interface SqliteReadStoreOptions {
  /** The file, made when missing; `:memory:` for tests. A rebuild fills `<path>.next` beside it. */
  readonly path: string;
  readonly projections: readonly Projection[];
}

/** Read models in a SQLite file that may be deleted at any time: one connection writes, another reads. */
export class SqliteReadStore extends ProjectedStore {
  private readonly model: Model;
  private readonly kysely: Kysely<unknown>;
  private live: { readonly file: ModelFile; readonly reader: Reader } | undefined;
  private found: Standing;

  constructor(private readonly options: SqliteReadStoreOptions) {
    super();
    this.model = modelOf(options.projections);
    // Of a rebuild that was cut short: nobody would blank in it what has to be forgotten.
    if (options.path !== ':memory:') removeFile(`${options.path}.next`);
    this.kysely = new Kysely({ dialect: readingDialect(() => this.reader()) });
    const { file, standing } = ModelFile.open(options.path, this.model);
    this.found = standing;
    if (file !== undefined) this.take(file);
  }

  db<T>(): Kysely<T> {
    return this.kysely as unknown as Kysely<T>;
  }

  position(): Position | undefined {
    return this.live?.file.mark?.position;
  }

  standing(): Standing {
    return this.found;
  }

  mark(): Mark | undefined {
    return this.live?.file.mark;
  }

  async apply(facts: readonly Recorded[], mark: Mark): Promise<void> {
    if (this.live === undefined) throw new ReadModelsNotReady('there are no read models to write to');
    this.live.reader.refresh();
    this.live.file.apply(facts, mark);
  }

  async withdraw(why: string): Promise<void> {
    this.release();
    this.found = { kind: 'unusable', why };
  }

  async draft(): Promise<Draft> {
    const { path } = this.options;
    const next = path === ':memory:' ? path : `${path}.next`;
    const file = ModelFile.create(next, this.model);
    return {
      apply: async (facts, mark) => file.apply(facts, mark),
      serve: async () => this.replaceBy(file, next),
      discard: async () => {
        file.close();
        if (next !== ':memory:') removeFile(next);
      },
    };
  }

  async close(): Promise<void> {
    this.release();
  }

  private reader(): Reader {
    if (this.live === undefined) {
      throw new ReadModelsNotReady(this.found.kind === 'current' ? 'the read models are closed' : this.found.why);
    }
    return this.live.reader;
  }

  /** Closed files have no companions left, so that the one rename is the whole switch. */
  private replaceBy(file: ModelFile, next: string): void {
    const { path } = this.options;
    if (path === ':memory:') {
      this.release();
      this.take(file);
    } else {
      file.close();
      this.release();
      removeCompanions(path);
      renameSync(next, path);
      this.take(ModelFile.reopen(path, this.model));
    }
    this.found = { kind: 'current' };
  }

  private take(file: ModelFile): void {
    const { path } = this.options;
    const reader = path === ':memory:' ? new Reader(file.db, this.model.kinds) : Reader.open(path, this.model.kinds);
    this.live = { file, reader };
  }

  private release(): void {
    this.live?.reader.close();
    this.live?.file.close();
    this.live = undefined;
  }
}
