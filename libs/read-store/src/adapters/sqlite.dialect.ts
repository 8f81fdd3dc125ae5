import Database from 'better-sqlite3';
import { type Dialect, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { ColumnKind } from '../table.js';
import { readingDriver, writtenByProjections } from './reading.driver.js';

/** What a statement answers: named cells, as values. */
interface Column {
  readonly name: string;
  readonly kind: ColumnKind | undefined;
}
interface Cached {
  readonly statement: Database.Statement<unknown[], unknown[]>;
  readonly columns: readonly Column[];
}

/** For the instant in which the writer, in another thread, changes what both of them share. */
const LONGEST_WAIT_MS = 1_000;
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
    return new Reader(db, kinds, true);
  }

  rows(sql: string, parameters: readonly unknown[]): unknown[] {
    const { statement, columns } = this.cached.get(sql) ?? this.prepare(sql);
    if (this.sharing && this.apart && !this.db.inTransaction) this.begin.run();
    // Cells cross from the engine at half the cost of rows with names.
    return statement.all(...parameters.map(parameter)).map((cells) => rowOf(columns, cells));
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
    const statement = this.db.prepare<unknown[], unknown[]>(sql);
    if (!statement.reader) throw writtenByProjections();
    const columns = statement.columns().map(({ name, column }) => ({ name, kind: this.kinds.get(column ?? name) }));
    const cached = { statement: statement.raw(), columns };
    this.cached.set(sql, cached);
    if (this.cached.size > mostStatements) this.cached.delete(this.cached.keys().next().value!);
    return cached;
  }
}

function rowOf(columns: readonly Column[], cells: readonly unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (let at = 0; at < columns.length; at++) {
    const { name, kind } = columns[at]!;
    row[name] = valueOf(kind, cells[at]);
  }
  return row;
}

function valueOf(kind: ColumnKind | undefined, cell: unknown): unknown {
  if (cell === null) return null;
  if (kind === 'bool') return cell === 1;
  return kind === 'json' ? (JSON.parse(cell as string) as unknown) : cell;
}

const parameter = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : value);

/** Kysely's view of the reader of the moment, which a rebuild replaces. */
export function readingDialect(reader: () => Reader): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () =>
      readingDriver(({ sql, parameters }) => new Promise((resolve) => resolve(reader().rows(sql, parameters)))),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
