import { deepStrictEqual } from 'node:assert/strict';
import type { Recorded } from '@app/kernel';
import { Postgres } from '@app/postgres';
import { testedPostgres, TestPostgres } from '@app/postgres/testing';
import { PostgresReadStore } from '../adapters/postgres.js';
import { SqliteReadStore } from '../adapters/sqlite.js';
import type { Projection } from '../projection.js';
import type { Draft, Mark, ProjectedStore, ReadStore } from '../read-store.js';
import type { RowOf, Table, VersionOf } from '../table.js';

/** What the projections made of the facts. */
export interface Projected {
  /** The store itself, for tests of queries. */
  readonly store: ReadStore;
  /** The rows in the order of their key; of a temporal table, the current ones. */
  rows<T extends Table>(table: T): Promise<RowOf<T>[]>;
  /** Every version of a temporal table's rows, with its positions. */
  versions<T extends Table>(table: T): Promise<VersionOf<T>[]>;
}

/**
 * Facts → rows, three times: once; with every fact delivered twice; rebuilt from zero, one fact at a time. Fails unless the rows are
 * equal each time; and once more where {@link onPostgres} asks for it, on the other engine.
 */
export async function projected(
  projections: Projection | readonly Projection[],
  facts: readonly Recorded[],
): Promise<Projected> {
  const all = Array.isArray(projections) ? (projections as readonly Projection[]) : [projections as Projection];
  const tables = all.flatMap((it) => it.tables);
  const embedded = await emptyReadStore(all);
  await deliver(embedded, facts);
  const rows = await everything(embedded, tables);

  const twice = await emptyReadStore(all);
  await deliver(twice, doubled(facts));
  deepStrictEqual(await everything(twice, tables), rows, 'facts delivered twice left other rows');
  await twice.close();

  const draft = await embedded.draft();
  for (const [index, fact] of facts.entries()) await draft.apply([fact], markAt(fact, facts[index - 1]));
  await draft.serve();
  deepStrictEqual(await everything(embedded, tables), rows, 'a rebuild left other rows');

  const store = (await elsewhere?.(all)) ?? embedded;
  if (store !== embedded) {
    const other = await store.draft();
    await deliver(other, doubled(facts));
    await other.serve();
    deepStrictEqual(await everything(store, tables), rows, 'the engines have other rows');
  }
  return {
    store,
    rows: async (table) =>
      ((await read(store, table)) as VersionOf<Table>[]).filter(isCurrent).map(withoutPlace) as never,
    versions: async (table) => (await read(store, table)) as never,
  };
}

/** Read models in memory with no rows, ready to be read and written. */
export async function emptyReadStore(projections: readonly Projection[]): Promise<ProjectedStore> {
  const store = new SqliteReadStore({ path: ':memory:', projections });
  await (await store.draft()).serve();
  return store;
}

/** Where rows are made once more, and read by the specs. */
let elsewhere: ((projections: readonly Projection[]) => Promise<ProjectedStore>) | undefined;

/**
 * Runs the specs of a file on PostgreSQL too: called beside the imports of other specs, so that each of them is written once, its rows are
 * equal on both engines, and its queries read those in PostgreSQL.
 */
export function onPostgres(): void {
  let server: TestPostgres;
  let postgres: Postgres;
  let places = 0;
  const stores: ProjectedStore[] = [];

  beforeAll(async () => {
    server = await TestPostgres.start();
    postgres = new Postgres({ url: await server.database(), application: 'specs' });
    elsewhere = async (projections) => {
      const schema = `spec_${(places += 1)}`;
      const store = await PostgresReadStore.open({ postgres, projections, role: 'writer', schema });
      stores.push(store);
      return store;
    };
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    await postgres.close();
    await server.dispose();
  });
  it(`were read from PostgreSQL (${testedPostgres})`, () => expect(stores.length).toBeGreaterThan(0));
}

/** Applies facts as one batch, and moves the checkpoints to the last of them. */
export async function deliver(to: ProjectedStore | Draft, facts: readonly Recorded[], after?: string): Promise<void> {
  const last = facts[facts.length - 1];
  if (last !== undefined) await to.apply(facts, { ...markAt(last), previous: after });
}

/** The rows of a table in the order of its key, with every version. */
export function read(store: ReadStore, table: Table): Promise<unknown[]> {
  const order = [...table.key, ...(table.temporal ? ['fromPosition'] : [])];
  let query = store.db<Record<string, Record<string, unknown>>>().selectFrom(table.name).selectAll();
  for (const column of order) query = query.orderBy(column);
  return query.execute();
}

const markAt = (fact: Recorded, before?: Recorded): Mark => ({
  position: fact.position,
  previous: before?.position,
  eventId: fact.id,
});

async function everything(store: ReadStore, tables: readonly Table[]): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {};
  // A list of the test's own: the engines may make theirs elsewhere.
  for (const table of tables) rows[table.name] = [...(await read(store, table))];
  return rows;
}

const doubled = (facts: readonly Recorded[]): Recorded[] => facts.flatMap((fact) => [fact, fact]);

const isCurrent = (row: { toPosition?: string | null }): boolean => (row.toPosition ?? null) === null;

function withoutPlace(row: VersionOf<Table>): object {
  const { fromPosition: _from, toPosition: _to, ...rest } = row;
  return rest;
}
