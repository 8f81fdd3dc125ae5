import { renameSync } from 'node:fs';
import type { Position } from '@app/event-store';
import type { Recorded } from '@app/kernel';
import { Kysely } from 'kysely';
import { type Model, modelOf } from '../model.js';
import type { Projection } from '../projection.js';
import { type Draft, type Mark, ProjectedStore, ReadModelsNotReady, type Standing } from '../read-store.js';
import { Reader, readingDialect } from './sqlite.dialect.js';
import { ModelFile, removeCompanions, removeFile } from './sqlite.file.js';
import { stepsOf } from './steps.js';
import { compiledWorker, type ModelWriter, ThreadWriter, writerHere } from './sqlite.writer.js';

export interface SqliteReadStoreOptions {
  /** The file, made when missing; `:memory:` for tests. A rebuild fills `<path>.next` beside it. */
  readonly path: string;
  readonly projections: readonly Projection[];
  /** The compiled worker file, where it is not beside this one. */
  readonly worker?: URL;
}

/** Read models in a SQLite file that may be deleted at any time: one connection writes, in a thread of its own; another reads. */
export class SqliteReadStore extends ProjectedStore {
  private readonly model: Model;
  private readonly kysely: Kysely<unknown>;
  private live: { readonly writer: ModelWriter; readonly reader: Reader } | undefined;
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
    return this.live?.writer.mark?.position;
  }

  standing(): Standing {
    return this.found;
  }

  mark(): Mark | undefined {
    return this.live?.writer.mark;
  }

  async apply(facts: readonly Recorded[], mark: Mark): Promise<void> {
    if (this.live === undefined) throw new ReadModelsNotReady('there are no read models to write to');
    const { writer, reader } = this.live;
    const steps = stepsOf(this.model, facts);
    await reader.during(() => writer.apply(steps, mark));
  }

  async withdraw(why: string): Promise<void> {
    await this.release();
    this.found = { kind: 'unusable', why };
  }

  async draft(): Promise<Draft> {
    const { path } = this.options;
    const next = path === ':memory:' ? path : `${path}.next`;
    const file = ModelFile.create(next, this.model);
    return {
      apply: async (facts, mark) => file.apply(stepsOf(this.model, facts), mark),
      serve: async () => this.replaceBy(file, next),
      discard: async () => {
        file.close();
        if (next !== ':memory:') removeFile(next);
      },
    };
  }

  close(): Promise<void> {
    return this.release();
  }

  private reader(): Reader {
    if (this.live === undefined) {
      throw new ReadModelsNotReady(this.found.kind === 'current' ? 'the read models are closed' : this.found.why);
    }
    return this.live.reader;
  }

  /** Closed files have no companions left, so that the one rename is the whole switch. Until then the old rows are read. */
  private async replaceBy(file: ModelFile, next: string): Promise<void> {
    const { path } = this.options;
    if (path === ':memory:') {
      await this.release();
      this.take(file);
    } else {
      file.close();
      await this.live?.writer.close();
      this.live?.reader.close();
      removeCompanions(path);
      renameSync(next, path);
      this.take(ModelFile.reopen(path, this.model, file.mark));
    }
    this.found = { kind: 'current' };
  }

  private take(file: ModelFile): void {
    const { path, worker = compiledWorker } = this.options;
    if (path === ':memory:') {
      this.live = { writer: writerHere(file), reader: new Reader(file.db, this.model.kinds) };
    } else {
      const writer = worker === undefined ? writerHere(file) : this.inThread(file, worker);
      this.live = { writer, reader: Reader.open(path, this.model.kinds) };
    }
  }

  private inThread(file: ModelFile, worker: URL): ModelWriter {
    const { tables, projections } = this.model;
    const layout = { tables, projections: projections.map(({ name, version }) => ({ name, version })) };
    file.close();
    return new ThreadWriter(this.options.path, layout, file.mark, worker);
  }

  private async release(): Promise<void> {
    const { live } = this;
    this.live = undefined;
    live?.reader.close();
    await live?.writer.close();
  }
}
