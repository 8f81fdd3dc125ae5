import type { Postgres } from '@app/postgres';
import { quoted } from '../ddl.js';
import type { Table } from '../table.js';
import type { Generations } from './postgres.generations.js';

const LONGEST_WAIT_MS = 2_000;
const LONGEST_REWRITE_MS = 600_000;

const holdsWords = ({ columns, goneWith }: Table): boolean =>
  goneWith !== undefined || Object.values(columns).some(({ personalOf }) => personalOf !== undefined);

/** What was blanked stays on its page until the table is rewritten: PostgreSQL only forgets where it was. */
export class Scrubber {
  private readonly tables: readonly string[];

  constructor(
    private readonly postgres: Postgres,
    private readonly generations: Generations,
    tables: readonly Table[],
  ) {
    this.tables = tables.filter(holdsWords).map(({ name }) => name);
  }

  /**
   * Rewrites every table in which people's words stand. False when it has to be tried again, since somebody still reads what was there
   * before the transaction `since`.
   */
  async rewrite(generation: number, since: string): Promise<boolean> {
    const client = await this.postgres.pool.connect();
    let failure: Error | undefined;
    try {
      const { rowCount } = await client.query(
        `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() ` +
          `and age(backend_xmin) >= age($1::xid8::xid)`,
        [since],
      );
      if (rowCount !== 0) return false;
      await client.query(`set lock_timeout to ${LONGEST_WAIT_MS}`);
      for (const table of this.tables) {
        const text = `vacuum (full) ${quoted(this.generations.schemaOf(generation))}.${quoted(table)}`;
        await client.query({ text, query_timeout: LONGEST_REWRITE_MS } as { text: string });
      }
      await client.query('reset lock_timeout');
      return true;
    } catch (error) {
      failure = error as Error;
      return false;
    } finally {
      client.release(failure);
    }
  }
}
