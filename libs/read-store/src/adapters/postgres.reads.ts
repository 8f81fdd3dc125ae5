import type { Postgres } from '@app/postgres';
import pg from 'pg';
import { ReadModelsNotReady } from '../read-store.js';
import { inSchema } from './postgres.dialect.js';
import type { Generations } from './postgres.generations.js';
import type { Watch } from './postgres.watch.js';
import { isBroken } from './postgres.writer.js';

const BIGINT = 20;
const NUMERIC = 1700;
/** Counts and sums as numbers, as every engine gives them. */
const types = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === BIGINT || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** Queries on the live tables, whichever generation that is. */
export class PostgresReads {
  constructor(
    private readonly postgres: Postgres,
    private readonly generations: Generations,
    private readonly watch: Watch,
  ) {}

  async rows(sql: string, values: unknown[]): Promise<unknown[]> {
    const generation = this.generation();
    try {
      return await this.ask(generation, sql, values);
    } catch (error) {
      if (!isBroken(error)) throw error;
      // The tables are gone: another process has switched or withdrawn them, or somebody dropped one.
      await this.watch.refresh(true);
      if (this.watch.found.generation === generation) await this.watch.alarm();
      const now = this.generation();
      if (now === generation) throw error;
      return this.ask(now, sql, values);
    }
  }

  private async ask(generation: number, sql: string, values: unknown[]): Promise<unknown[]> {
    const text = inSchema(sql, this.generations.schemaOf(generation));
    const { rows } = await this.postgres.query({ text, values, types });
    return rows;
  }

  private generation(): number {
    const { serving, found } = this.watch;
    if (serving !== undefined) return serving;
    throw new ReadModelsNotReady(found.standing.kind === 'current' ? 'there are no read models' : found.standing.why);
  }
}
