import { type Compilable, type Kysely, sql } from 'kysely';
import type { IdentityDatabase, IdentityTables } from './database.js';

type Version = (db: Kysely<IdentityTables>) => Compilable[];

const first: Version = ({ schema }) => [
  schema
    .createTable('identity_memberships')
    .addColumn('memberId', 'text', (column) => column.primaryKey())
    .addColumn('accountId', 'text')
    .addColumn('communityId', 'text', (column) => column.notNull())
    .addColumn('displayName', 'text')
    .addColumn('how', 'text', (column) => column.notNull())
    .addColumn('invitedBy', 'text')
    .addColumn('createdAt', 'text', (column) => column.notNull())
    .addColumn('registeredAt', 'text')
    .addColumn('erasedAt', 'text'),
  // Erased rows have no account, and unknown values are distinct: a person who comes back gets a new member id.
  schema
    .createIndex('identity_memberships_once')
    .on('identity_memberships')
    .columns(['accountId', 'communityId'])
    .unique(),
  schema
    .createTable('identity_invitations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tokenHash', 'text', (column) => column.notNull().unique())
    .addColumn('communityId', 'text', (column) => column.notNull())
    .addColumn('invitedBy', 'text', (column) => column.notNull())
    .addColumn('email', 'text')
    .addColumn('commandId', 'text')
    .addColumn('createdAt', 'text', (column) => column.notNull())
    .addColumn('expiresAt', 'text', (column) => column.notNull())
    .addColumn('usedAt', 'text')
    .addColumn('usedBy', 'text')
    .addUniqueConstraint('identity_invitations_command', ['invitedBy', 'commandId']),
  schema.createIndex('identity_invitations_email').on('identity_invitations').column('email'),
  schema
    .createTable('identity_tokens')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tokenHash', 'text', (column) => column.notNull().unique())
    .addColumn('accountId', 'text', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('commandId', 'text')
    .addColumn('createdAt', 'text', (column) => column.notNull())
    .addColumn('expiresAt', 'text')
    .addColumn('lastUsedAt', 'text')
    .addUniqueConstraint('identity_tokens_command', ['accountId', 'commandId']),
];

const second: Version = ({ schema }) => [schema.alterTable('identity_memberships').addColumn('leftAt', 'text')];

const third: Version = ({ schema }) => [schema.alterTable('identity_memberships').addColumn('leftBefore', 'text')];

const fourth: Version = ({ schema }) => [
  schema
    .createTable('identity_positions')
    .addColumn('accountId', 'text', (column) => column.primaryKey())
    .addColumn('position', 'text', (column) => column.notNull()),
];

/** Never edit a version that was released: add one. */
const versions: readonly Version[] = [first, second, third, fourth];

/** The version of identity's own tables; 0 where there are none. */
export async function versionOf({ queries }: IdentityDatabase): Promise<number> {
  const { latest } = await queries
    .selectFrom('identity_versions')
    .select((eb) => eb.fn.coalesce(eb.fn.max('version'), sql<number>`0`).as('latest'))
    .executeTakeFirstOrThrow();
  return Number(latest);
}

export const newestVersion = versions.length;

/** Brings identity's own tables to the newest version; each version is applied whole or not at all. */
export async function migrate(database: IdentityDatabase, now: string): Promise<void> {
  const { queries } = database;
  await sql`create table if not exists identity_versions (version integer primary key, "appliedAt" text not null)`.execute(
    queries,
  );
  const latest = await versionOf(database);
  if (latest > newestVersion)
    throw new Error(`The accounts were written by a newer release (tables ${latest}, known ${newestVersion}).`);
  for (const [index, version] of versions.entries()) {
    if (index < latest) continue;
    const applied = queries.insertInto('identity_versions').values({ version: index + 1, appliedAt: now });
    await database.allOrNothing([...version(queries), applied].map((query) => ({ query })));
  }
}
