import type { Compilable, Kysely } from 'kysely';

/** Tables of better-auth (its names for them: user, account, session), of which only the columns read here are listed. */
interface LibraryTables {
  identity_accounts: { id: string; name: string; email: string; locale: string; createdAt: string };
  identity_credentials: { id: string; userId: string };
  identity_sessions: { id: string; userId: string };
}

export interface MembershipRow {
  memberId: string;
  /** `null` once the person was erased: nothing ties the member id to anybody any more. */
  accountId: string | null;
  communityId: string;
  displayName: string | null;
  how: 'founder' | 'invitation';
  invitedBy: string | null;
  createdAt: string;
  registeredAt: string | null;
  erasedAt: string | null;
  /** Since when they belong to the community no longer; their name stays with what they did. */
  leftAt: string | null;
  /** For somebody who came back: since when they had been away. */
  leftBefore: string | null;
}

export interface InvitationRow {
  id: string;
  tokenHash: string;
  communityId: string;
  invitedBy: string;
  email: string | null;
  commandId: string | null;
  createdAt: string;
  expiresAt: string;
  usedAt: string | null;
  usedBy: string | null;
}

export interface TokenRow {
  id: string;
  tokenHash: string;
  accountId: string;
  label: string;
  commandId: string | null;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
}

/** What identity keeps. Instants are ISO 8601 text in UTC with milliseconds. */
export interface IdentityTables extends LibraryTables {
  identity_memberships: MembershipRow;
  identity_invitations: InvitationRow;
  identity_tokens: TokenRow;
  /** How far an account has written to the log, where a reader may not see it yet. */
  identity_positions: { accountId: string; position: string };
  identity_versions: { version: number; appliedAt: string };
}

/** One statement of a unit of work. A unit whose `mustChange` statement changes no row is undone as a whole. */
export interface Statement {
  readonly query: Compilable;
  readonly mustChange?: boolean;
}

/** The port to the desk database, as identity needs it: one query code, an adapter for each database. */
export abstract class IdentityDatabase {
  abstract readonly dialect: 'sqlite' | 'postgres';
  /** Whether other processes work on the same tables. */
  abstract readonly shared: boolean;
  /** For reads and single statements. A transaction of several goes through {@link allOrNothing}. */
  abstract readonly queries: Kysely<IdentityTables>;
  /** Runs the statements in one durable transaction; false, and nothing written, when a `mustChange` statement changed no row. */
  abstract allOrNothing(statements: readonly Statement[]): Promise<boolean>;
  /** Does the work while no other process does what bears the same name: making tables. */
  abstract alone<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Tells the other processes that what they remember of an account is old. */
  abstract announce(accountId: string): void;
  /** Calls back with every account that another process announces; with none where some may have been missed. */
  abstract onAnnounced(hear: (accountId: string | undefined) => void): void;
  /** Removes what deleted rows left behind in the database's files. */
  abstract scrub(): Promise<void>;
}
