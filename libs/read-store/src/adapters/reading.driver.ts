import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';

/** Kysely's view of read models: every query runs at once and alone, and changes nothing. */
export function readingDriver(run: (query: CompiledQuery) => Promise<unknown[]>): Driver {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      return { rows: (await run(query)) as R[] };
    },
    streamQuery() {
      throw new Error('the read models are read in pages');
    },
  };
  const refuse = (): Promise<never> => Promise.reject(new Error('the read models are read one query at a time'));
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    init: nothing,
    acquireConnection: () => Promise.resolve(connection),
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: nothing,
    destroy: nothing,
  };
}

/** Thrown at whoever tries to change rows by a query. */
export const writtenByProjections = (): Error => new Error('the read models are written by projections only');
