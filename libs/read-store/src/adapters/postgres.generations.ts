import { createHash } from 'node:crypto';
import type { Postgres, Transaction } from '@app/postgres';
import { postgresBookkeeping, quoted, statements } from '../ddl.js';
import type { Model } from '../model.js';
import type { Mark, Standing } from '../read-store.js';
import { isBroken } from './postgres.writer.js';

/** Which tables are live, and how far they have come. */
export interface Found {
  /** Nothing when no tables are served. */
  readonly generation: number | undefined;
  /** The one before, kept for queries that had begun at the switch. */
  readonly previous: number | undefined;
  readonly mark: Mark | undefined;
  readonly standing: Standing;
  /** The transaction since which tables, rewritten, would no longer hold what a forgotten person wrote; empty when they were. */
  readonly unclean: string;
}

interface Row {
  generation: string | null;
  previous: string | null;
  why: string;
  unclean: string;
  layout: string | null;
  structure: string | null;
  projections: Record<string, number> | null;
  position: string | null;
  before: string | null;
  eventId: string | null;
}

const nothingYet: Found = {
  generation: undefined,
  previous: undefined,
  mark: undefined,
  standing: { kind: 'unusable', why: 'there are no read models yet' },
  unclean: '',
};

/** Sets of tables, each in a PostgreSQL schema of its own, and the bookkeeping that says which of them is live. */
export class Generations {
  private readonly ddl: string;
  private readonly layout: string;

  constructor(
    /** Where the bookkeeping is; a generation is in `<schema>_<number>`. */
    readonly schema: string,
    private readonly model: Model,
  ) {
    this.ddl = statements(model.tables, 'postgres').join(';\n');
    this.layout = createHash('sha256').update(this.ddl).digest('hex');
  }

  schemaOf(generation: number): string {
    return `${this.schema}_${generation}`;
  }

  /** A bookkeeping table, as SQL names it. */
  table(name: 'live' | 'generation'): string {
    return `${quoted(this.schema)}.${quoted(name)}`;
  }

  /** What is served now. The tables themselves are looked at too, unless they are those that were found before. */
  async look(postgres: Postgres, before?: Found): Promise<Found> {
    const row = await this.pointer(postgres);
    if (row === undefined) return nothingYet;
    const { previous, why, unclean } = row;
    const generation = numberOf(row.generation);
    const found = { generation, previous: numberOf(previous), unclean, mark: markOf(row) };
    if (generation === undefined) return { ...found, standing: { kind: 'unusable', why } };
    if (before?.generation === generation) return { ...found, standing: before.standing };
    return { ...found, standing: await this.standingOf(postgres, generation, row) };
  }

  /** Makes the bookkeeping where it is missing. */
  async prepare(transaction: Transaction): Promise<void> {
    await transaction.query(`create schema if not exists ${quoted(this.schema)}`);
    await transaction.query(`set local search_path to ${quoted(this.schema)}`);
    await transaction.query(postgresBookkeeping.join(';\n'));
    await transaction.query(`insert into "live" ("why") values ($1) on conflict do nothing`, [
      'there are no read models yet',
    ]);
  }

  /** New tables, before the first event. */
  async create(transaction: Transaction): Promise<number> {
    const projections = Object.fromEntries(this.model.projections.map(({ name, version }) => [name, version]));
    const { rows } = await transaction.query<{ generation: string }>(
      `insert into ${this.table('generation')} ("layout", "structure", "projections", "position", "previous", "eventId") ` +
        `values ($1, '', $2, '', '', '') returning "generation"`,
      [this.layout, JSON.stringify(projections)],
    );
    const generation = Number(rows[0]!.generation);
    const schema = this.schemaOf(generation);
    await transaction.query(
      `drop schema if exists ${quoted(schema)} cascade; create schema ${quoted(schema)}; set local search_path to ${quoted(schema)}; ${this.ddl}`,
    );
    await transaction.query(
      `update ${this.table('generation')} set "structure" = (${structure('$2')}) where "generation" = $1`,
      [generation, schema],
    );
    return generation;
  }

  /** Every set of tables there is, live or not. */
  async all(transaction: Transaction): Promise<readonly number[]> {
    const { rows } = await transaction.query<{ generation: string }>(
      `select "generation" from ${this.table('generation')}`,
    );
    return rows.map(({ generation }) => Number(generation));
  }

  /** Nobody finds these tables any more, who has not heard that others are live; queries that have begun end as they began. */
  async putAway(transaction: Transaction, generation: number): Promise<void> {
    const schema = this.schemaOf(generation);
    const { rows } = await transaction.query<{ there: boolean }>(
      'select to_regnamespace(quote_ident($1)) is not null as "there"',
      [schema],
    );
    if (rows[0]?.there) await transaction.query(`alter schema ${quoted(schema)} rename to ${quoted(away(schema))}`);
  }

  async drop(transaction: Transaction, generation: number): Promise<void> {
    const schema = this.schemaOf(generation);
    await transaction.query(`drop schema if exists ${quoted(schema)}, ${quoted(away(schema))} cascade`);
    await transaction.query(`delete from ${this.table('generation')} where "generation" = $1`, [generation]);
  }

  private async pointer(postgres: Postgres): Promise<Row | undefined> {
    try {
      const { rows } = await postgres.query<Row & object>(
        `select l."generation", l."previous", l."why", l."unclean", ` +
          `g."layout", g."structure", g."projections", g."position", g."previous" as "before", g."eventId" ` +
          `from ${this.table('live')} l left join ${this.table('generation')} g on g."generation" = l."generation"`,
      );
      return rows[0];
    } catch (error) {
      if (isBroken(error)) return undefined;
      throw error;
    }
  }

  private async standingOf(postgres: Postgres, generation: number, row: Row): Promise<Standing> {
    if (row.layout !== this.layout) return { kind: 'unusable', why: 'the tables have changed' };
    const { rows } = await postgres.query<{ structure: string }>(`select (${structure('$1')}) as "structure"`, [
      this.schemaOf(generation),
    ]);
    if (rows[0]?.structure !== row.structure)
      return { kind: 'unusable', why: 'tables of the read models are missing, or were changed by hand' };
    const stored = row.projections ?? {};
    const { projections } = this.model;
    const changed = projections.filter(({ name, version }) => stored[name] !== version).map(({ name }) => name);
    if (changed.length === 0 && Object.keys(stored).length === projections.length) return { kind: 'current' };
    return { kind: 'outdated', why: `rebuilding because of ${changed.join(', ') || 'a projection that is gone'}` };
  }
}

const away = (schema: string): string => `${schema}_away`;

/** All tables and indexes of a schema with their columns, as one digest. */
const structure = (schema: string): string =>
  `select coalesce(md5(string_agg(format('%s %s %s %s', c.relname, a.attname, a.atttypid::regtype, a.attnotnull), ',' ` +
  `order by c.relname collate "C", a.attnum)), '') from pg_class c join pg_attribute a on a.attrelid = c.oid ` +
  `where c.relnamespace = to_regnamespace(quote_ident(${schema})) and c.relkind in ('r', 'i') and a.attnum > 0 and not a.attisdropped`;

const numberOf = (value: string | null): number | undefined => (value === null ? undefined : Number(value));

function markOf({ position, before, eventId }: Row): Mark | undefined {
  if (position === null || position === '') return undefined;
  return { position, previous: before === '' ? undefined : (before ?? undefined), eventId: eventId ?? '' };
}
