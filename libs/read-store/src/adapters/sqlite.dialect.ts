import Database from 'better-sqlite3';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { ColumnKind } from '../table.js';

type Decode = (row: Record<string, unknown>) => void;
interface Cached {
  readonly statement: Database.Statement<unknown[]>;
  readonly decode: Decode | undefined;
}

/** For the instant in which the writer, in another thread, changes what both of them share. */
const LONGEST_WAIT_MS = 1_000;
const MAPPED_BYTES = 256 * 1024 * 1024;
const mostStatements = 500;

/**
 * A connection that only reads: statements are kept by their text, `json` and `bool` columns come back as values. Queries between two
 * commits of the writer share one snapshot, which spares each of them SQLite's locks; the writer says when it is over.
 */
export class Reader {
  private readonly cached = new Map<string, Cached>();
  private readonly begin: Database.Statement<unknown[]>;
  private readonly end: Database.Statement<unknown[]>;
  private sharing = true;

  constructor(
    private readonly db: Database.Database,
    private readonly kinds: ReadonlyMap<string, ColumnKind>,
    /** Another connection writes to the same file. */
    private readonly apart = false,
  ) {
    this.begin = db.prepare('begin');
    this.end = db.prepare('commit');
  }

  static open(path: string, kinds: ReadonlyMap<string, ColumnKind>): Reader {
    const db = new Database(path, { readonly: true, fileMustExist: true, timeout: LONGEST_WAIT_MS });
    // Its own cache is emptied by every commit of the writer; the system's is not.
    db.pragma(`mmap_size = ${MAPPED_BYTES}`);
    return new Reader(db, kinds, true);
  }

  rows(sql: string, parameters: readonly unknown[]): unknown[] {
    const { statement, decode } = this.cached.get(sql) ?? this.prepare(sql);
    if (this.sharing && this.apart && !this.db.inTransaction) this.begin.run();
    const rows = statement.all(...parameters.map(parameter)) as Record<string, unknown>[];
    if (decode !== undefined) for (const row of rows) decode(row);
    return rows;
  }

  /** Lets go of the snapshot and takes none until the writer is done, so that the log of the file can be taken in. */
  async during(write: () => Promise<void>): Promise<void> {
    if (this.db.inTransaction) this.end.run();
    this.sharing = false;
    try {
      await write();
    } finally {
      this.sharing = true;
    }
  }

  close(): void {
    this.cached.clear();
    if (this.db.open) this.db.close();
  }

  private prepare(sql: string): Cached {
    const statement = this.db.prepare<unknown[]>(sql);
    if (!statement.reader) throw new Error('the read models are written by projections only');
    const cached = { statement, decode: this.decoderOf(statement) };
    this.cached.set(sql, cached);
    if (this.cached.size > mostStatements) this.cached.delete(this.cached.keys().next().value!);
    return cached;
  }

  private decoderOf(statement: Database.Statement<unknown[]>): Decode | undefined {
    const columns = statement.columns().map(({ name, column }) => ({ name, kind: this.kinds.get(column ?? name) }));
    const bools = columns.filter(({ kind }) => kind === 'bool').map(({ name }) => name);
    const jsons = columns.filter(({ kind }) => kind === 'json').map(({ name }) => name);
    if (bools.length + jsons.length === 0) return undefined;
    return (row) => {
      for (const name of bools) if (row[name] !== null) row[name] = row[name] === 1;
      for (const name of jsons) if (row[name] !== null) row[name] = JSON.parse(row[name] as string);
    };
  }
}

const parameter = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : value);

/** Kysely's view of the reader of the moment, which a rebuild replaces. Every query runs at once and alone. */
export function readingDialect(reader: () => Reader): Dialect {
  const connection: DatabaseConnection = {
    executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      return new Promise((resolve) => resolve({ rows: reader().rows(sql, parameters) as R[] }));
    },
    streamQuery() {
      throw new Error('the read models are read in pages');
    },
  };
  const refuse = (): Promise<never> => Promise.reject(new Error('the read models are read one query at a time'));
  const nothing = (): Promise<void> => Promise.resolve();
  const driver: Driver = {
    init: nothing,
    acquireConnection: () => Promise.resolve(connection),
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: nothing,
    destroy: nothing,
  };
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
