import { randomUUID } from 'node:crypto';
import type { Postgres } from '@app/postgres';
import { Kysely, PostgresDialect } from 'kysely';
import { IdentityDatabase, type IdentityTables, type Statement } from '../database.js';

class NothingChanged extends Error {}

const channel = 'desk_identity';
const tables = [
  'identity_memberships',
  'identity_invitations',
  'identity_tokens',
  'identity_positions',
  'identity_sessions',
  'identity_credentials',
  'identity_accounts',
];

/** Identity in the schema `desk` of a PostgreSQL that several processes share. Its connections look for tables there first. */
export class PostgresIdentityDatabase extends IdentityDatabase {
  static readonly schema = 'desk';
  readonly dialect = 'postgres';
  readonly shared = true;
  readonly queries: Kysely<IdentityTables>;
  private readonly name = randomUUID();

  private constructor(private readonly postgres: Postgres) {
    super();
    this.queries = new Kysely<IdentityTables>({ dialect: new PostgresDialect({ pool: postgres.pool }) });
  }

  /** Makes the schema where there is none. The connections must have been opened with `searchPath: PostgresIdentityDatabase.schema`. */
  static async open(postgres: Postgres): Promise<PostgresIdentityDatabase> {
    await postgres.exclusively(channel, (it) => it.query('create schema if not exists desk'));
    return new PostgresIdentityDatabase(postgres);
  }

  async allOrNothing(statements: readonly Statement[]): Promise<boolean> {
    try {
      await this.postgres.transaction(async (transaction) => {
        for (const { query, mustChange } of statements) {
          const { sql, parameters } = query.compile();
          const { rowCount } = await transaction.query(sql, [...parameters]);
          if (mustChange && rowCount === 0) throw new NothingChanged();
        }
      });
      return true;
    } catch (error) {
      if (error instanceof NothingChanged) return false;
      throw error;
    }
  }

  alone<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.postgres.exclusively(`${channel} ${name}`, work);
  }

  /** Lost with the connection, where it is; the others then forget everything when theirs is made again, or after half a minute. */
  announce(accountId: string): void {
    const told = this.postgres.query('select pg_notify($1, $2)', [channel, `${this.name} ${accountId}`]);
    told.catch(() => undefined);
  }

  onAnnounced(hear: (accountId: string | undefined) => void): void {
    this.postgres.listen(channel, (news) => {
      const [who, accountId] = (news ?? '').split(' ');
      if (who !== this.name) hear(accountId);
    });
  }

  /** Older versions of rows leave the tables; the server's own log and backups keep theirs for as long as they are kept. */
  async scrub(): Promise<void> {
    await this.postgres.query(`vacuum ${tables.map((table) => `desk.${table}`).join(', ')}`);
  }
}
