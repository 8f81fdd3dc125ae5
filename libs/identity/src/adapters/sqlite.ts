import type { Database } from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { IdentityDatabase, type IdentityTables, type Statement } from '../database.js';

class NothingChanged extends Error {}

/**
 * Identity on the desk's better-sqlite3 connection, which others write on too. A unit of work therefore runs within one turn of the event
 * loop: a transaction left open across an await would take in their writes, and undo them with its own.
 */
export class SqliteIdentityDatabase extends IdentityDatabase {
  readonly dialect = 'sqlite';
  readonly shared = false;
  readonly queries: Kysely<IdentityTables>;

  constructor(private readonly database: Database) {
    super();
    database.pragma('synchronous = FULL');
    database.pragma('secure_delete = ON');
    this.queries = new Kysely<IdentityTables>({ dialect: new SqliteDialect({ database }) });
  }

  allOrNothing(statements: readonly Statement[]): Promise<boolean> {
    const run = this.database.transaction(() => {
      for (const { query, mustChange } of statements) {
        const { sql, parameters } = query.compile();
        const { changes } = this.database.prepare(sql).run(...parameters);
        if (mustChange && changes === 0) throw new NothingChanged();
      }
    });
    try {
      run.immediate();
      return Promise.resolve(true);
    } catch (error) {
      if (error instanceof NothingChanged) return Promise.resolve(false);
      return Promise.reject(error as Error);
    }
  }

  alone<T>(_name: string, work: () => Promise<T>): Promise<T> {
    return work();
  }

  announce(): void {
    // Nobody else remembers anything.
  }

  onAnnounced(): void {
    // Nobody else announces anything.
  }

  scrub(): Promise<void> {
    this.database.pragma('wal_checkpoint(TRUNCATE)');
    return Promise.resolve();
  }
}
