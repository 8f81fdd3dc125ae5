import type { Kysely } from 'kysely';
import { makeAuthTables } from './auth.js';
import type { IdentityDatabase, Statement } from './database.js';
import { migrate, newestVersion, versionOf } from './migrations.js';

/** The two cannot be one installation's: nothing was written. The message is one line for the operator. */
export class IdentityDiffers extends Error {
  override readonly name = 'IdentityDiffers';
}

/** Each table, and what its rows are told apart by. What an account may not see yet, and tries to sign in, are of one running deployment. */
const tables = {
  identity_accounts: 'id',
  identity_credentials: 'id',
  identity_sessions: 'id',
  identity_verifications: 'id',
  identity_memberships: 'memberId',
  identity_invitations: 'id',
  identity_tokens: 'id',
} as const;

type Row = Readonly<Record<string, unknown>>;
type Rows = ReadonlyMap<string, readonly Row[]>;

/** SQLite takes so many values in a statement; the widest table has fewer than twenty columns. */
const ROWS_AT_ONCE = 500;

/**
 * Copies accounts, sessions, memberships, invitations and API tokens to another database, all or nothing. Its tables are made; they must
 * be empty, or hold the very same. The source is only read. Answers how many rows were written. Throws IdentityDiffers.
 */
export async function copyIdentity(from: IdentityDatabase, to: IdentityDatabase, now: string): Promise<number> {
  const version = await versionOf(from);
  if (version !== newestVersion)
    throw new IdentityDiffers(
      `the accounts were written by another release (tables ${version}, known ${newestVersion}): start this one on them first`,
    );
  await to.alone('tables', () => migrate(to, now));
  await to.alone('tables', () => makeAuthTables(to));
  const [source, target] = [await rowsOf(from), await rowsOf(to)];
  if (textOf(source) === textOf(target)) return 0;
  if ([...target.values()].some((rows) => rows.length > 0))
    throw new IdentityDiffers('the desk to copy to has accounts of its own: choose an empty one');
  await to.allOrNothing(inserts(to, source));
  return [...source.values()].reduce((sum, { length }) => sum + length, 0);
}

function* slices(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) yield rows.slice(at, at + ROWS_AT_ONCE);
}

function inserts(to: IdentityDatabase, rows: Rows): Statement[] {
  const queries = to.queries as unknown as Kysely<Record<string, Row>>;
  return [...rows].flatMap(([table, all]) =>
    [...slices(all)].map((some) => ({ query: queries.insertInto(table).values([...some]) })),
  );
}

/** Every row, as of one moment, with values that both engines take. */
function rowsOf({ queries, dialect }: IdentityDatabase): Promise<Rows> {
  const all = queries as unknown as Kysely<Record<string, Row>>;
  const transaction = all.transaction();
  const atOnce = dialect === 'postgres' ? transaction.setIsolationLevel('repeatable read') : transaction;
  return atOnce.execute(async (it) => {
    const found = new Map<string, readonly Row[]>();
    for (const [table, key] of Object.entries(tables)) {
      const rows = (await it.selectFrom(table).selectAll().execute()).map(plain);
      found.set(
        table,
        rows.sort((one, other) => (String(one[key]) < String(other[key]) ? -1 : 1)),
      );
    }
    return found;
  });
}

const textOf = (rows: Rows): string => JSON.stringify([...rows]);

/** Its columns by name, since each engine has them in an order of its own. */
const plain = (row: Row): Row =>
  Object.fromEntries(
    Object.keys(row)
      .sort()
      .map((column) => [column, taken(row[column])]),
  );

/** An instant as ISO 8601 text, a truth as 0 or 1: SQLite has neither, and PostgreSQL reads both. */
function taken(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'boolean' ? Number(value) : value;
}
