import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** From a moment to the place in the log: the last event of the community that was known at that instant (house §10, time travel). */
export abstract class Moments {
  /** The position at an instant, or nothing where the community had not begun. */
  abstract positionAt(communityId: string, instant: string): Promise<string | undefined>;
}

/** The condition that a version of a temporal row is the one of a position; without a position, the current one. */
export function validAt(alias: string, at?: string): RawBuilder<SqlBool> {
  const from = sql.ref(`${alias}.fromPosition`);
  const to = sql.ref(`${alias}.toPosition`);
  return at === undefined
    ? sql<SqlBool>`${to} is null`
    : sql<SqlBool>`${from} <= ${at} and (${to} is null or ${to} > ${at})`;
}
