import type { Position } from '@app/event-store';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { Table, VersionOf } from './table.js';

type Versions<T extends Table> = { readonly [N in T['name']]: VersionOf<T> };
type Select<T extends Table> = SelectQueryBuilder<Versions<T>, T['name'], object>;
/** Any typed query builder: the table itself says what its rows are. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type AnyDb = Kysely<any>;

const versions = <T extends Table>(
  db: AnyDb,
  table: T,
): SelectQueryBuilder<Record<string, VersionOf<Table>>, string, object> => {
  if (!table.temporal) throw new Error(`table "${table.name}" keeps no past`);
  return (db as Kysely<Record<string, VersionOf<Table>>>).selectFrom(table.name);
};

/** The rows of a temporal table as they are now. */
export function current<T extends Table>(db: AnyDb, table: T): Select<T> {
  return versions(db, table).where('toPosition', 'is', null) as unknown as Select<T>;
}

/** The rows of a temporal table as they were once the event at this position had been applied. */
export function asOf<T extends Table>(db: AnyDb, table: T, position: Position): Select<T> {
  return versions(db, table)
    .where('fromPosition', '<=', position)
    .where(({ eb, or }) => or([eb('toPosition', 'is', null), eb('toPosition', '>', position)])) as unknown as Select<T>;
}
