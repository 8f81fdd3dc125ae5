import type { Clock, Instant } from '@app/kernel';
import { type Account, Accounts, type NewAccount } from './accounts.js';
import { type ApiToken, ApiTokens, type NewToken } from './api-tokens.js';
import { type AccountChanged, type AuthConfig, openAuth } from './auth.js';
import type { IdentityDatabase } from './database.js';
import { erase, type Erased } from './erasure.js';
import { type Invited, Invitations, type Inviting, type Redeemer } from './invitations.js';
import { type Joining, type Membership, Memberships } from './memberships.js';
import { migrate } from './migrations.js';
import { Positions } from './positions.js';
import { Sessions } from './sessions.js';

export interface IdentityConfig extends AuthConfig {
  readonly database: IdentityDatabase;
  readonly clock: Clock;
}

/** Who is asking: an account, by its session cookie or by one of its API tokens. */
export type Caller =
  | { readonly accountId: string; readonly via: 'session'; readonly sessionId: string }
  | { readonly accountId: string; readonly via: 'token'; readonly tokenId: string };

/** Headers as the Fetch standard or Node give them. */
export type RequestHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Accounts, sessions, invitations and API tokens: the only place that knows a name or an address. Everywhere else a person is a member id,
 * random per account and community, and the name joins when it is read.
 *
 * Anybody may make an account where sign-up is open; by itself it belongs to no community and may only found one or redeem an invitation.
 */
export class Identity {
  private constructor(
    private readonly config: IdentityConfig,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly memberships: Memberships,
    private readonly tokens: ApiTokens,
  ) {
    this.invitations = new Invitations(config.database, config.clock, accounts, memberships);
    this.positions = new Positions(config.database);
  }

  private readonly invitations: Invitations;
  /** How far an account has written what other processes may not show yet. */
  readonly positions: Positions;

  /** Brings the tables up to date, then opens. The database stays the caller's to close. */
  static async open(config: IdentityConfig): Promise<Identity> {
    const { database, clock } = config;
    await database.alone('tables', () => migrate(database, clock.now()));
    const memberships = new Memberships(database, clock);
    const tokens = new ApiTokens(database, clock);
    const changed: AccountChanged = (accountId) => {
      sessions.forget(accountId);
      memberships.forget(accountId);
    };
    const auth = await database.alone('tables', () => openAuth(database, config, changed));
    const sessions = new Sessions(auth, database);
    const accounts = new Accounts(database, auth);
    await accounts.sweep();
    return new Identity(config, accounts, sessions, memberships, tokens);
  }

  // ── who is asking

  /** Answers a request under `/api/auth`; see {@link Sessions.handle} for `clientAddress`. */
  handler(request: Request, clientAddress: string): Promise<Response> {
    return this.sessions.handle(request, clientAddress);
  }

  /**
   * Who sends these headers; null for nobody. A bearer token is never helped out by a cookie beside it. Remembered for half a minute, except
   * that what this process revokes stops at once.
   */
  async authenticate(headers: RequestHeaders): Promise<Caller | null> {
    const authorization = headerOf(headers, 'authorization');
    if (authorization !== null) {
      const [, bearer] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
      return bearer === undefined ? null : this.authenticateToken(bearer);
    }
    const cookie = headerOf(headers, 'cookie');
    const session = cookie === null ? null : await this.sessions.authenticate(cookie);
    return session && { ...session, via: 'session' };
  }

  async authenticateToken(bearer: string): Promise<Caller | null> {
    const token = await this.tokens.authenticate(bearer);
    return token && { ...token, via: 'token' };
  }

  /** Ends every session of the account at once and, when asked, every API token. */
  async signOutEverywhere(accountId: string, options: { readonly tokens?: boolean } = {}): Promise<void> {
    const { queries } = this.config.database;
    const sessions = queries.deleteFrom('identity_sessions').where('userId', '=', accountId);
    const tokens = queries.deleteFrom('identity_tokens').where('accountId', '=', accountId);
    await this.config.database.allOrNothing(
      (options.tokens ? [sessions, tokens] : [sessions]).map((query) => ({ query })),
    );
    this.forget(accountId);
  }

  // ── accounts

  createAccount(person: NewAccount): Promise<string> {
    return this.accounts.create(person);
  }

  hashPassword(password: string): Promise<string> {
    return this.accounts.hashPassword(password);
  }

  account(accountId: string): Promise<Account | null> {
    return this.accounts.find(accountId);
  }

  /** For the server's own use: no answer to a client may depend on whether an address has an account. */
  accountWithEmail(email: string): Promise<string | null> {
    return this.accounts.withEmail(email);
  }

  /** Forgets people, for ever; their accounts with them unless a membership elsewhere remains. Repeating it changes nothing. */
  async erase(erased: Erased): Promise<void> {
    for (const accountId of await erase(this.config.database, erased, this.config.clock.now())) this.forget(accountId);
  }

  // ── members

  /** Idempotent: the member id of this account in this community. */
  createMembership(joining: Joining): Promise<string> {
    return this.memberships.create(joining);
  }

  withdrawMembership(memberId: string): Promise<void> {
    return this.memberships.withdraw(memberId);
  }

  /** Ends what a member may ask in their community; their name stays with what they did. Repeating it changes nothing. */
  leaveCommunity(memberId: string, at: Instant): Promise<void> {
    return this.memberships.leave(memberId, at);
  }

  namesOf(memberIds: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string | null }>> {
    return this.memberships.namesOf(memberIds);
  }

  /** The account behind a member; null for an unknown or erased one. */
  async accountOf(memberId: string): Promise<string | null> {
    return (await this.memberships.find(memberId))?.accountId ?? null;
  }

  /** Null where they left. */
  membershipOf(accountId: string, communityId: string): Promise<Membership | null> {
    return this.memberships.of(accountId, communityId);
  }

  /** Those that were left too: see {@link Membership.left}. */
  membershipsOf(accountId: string): Promise<readonly Membership[]> {
    return this.memberships.ofAccount(accountId);
  }

  pendingRegistrations(): Promise<readonly Membership[]> {
    return this.memberships.pendingRegistrations();
  }

  confirmRegistered(memberId: string): Promise<void> {
    return this.memberships.confirmRegistered(memberId);
  }

  // ── invitations and tokens

  invite(inviting: Inviting): Promise<Invited> {
    return this.invitations.invite(inviting);
  }

  redeem(token: string, redeemer: Redeemer): Promise<Membership> {
    return this.invitations.redeem(token, redeemer);
  }

  createToken(token: NewToken): Promise<ApiToken & { readonly token: string }> {
    return this.tokens.create(token);
  }

  tokensOf(accountId: string): Promise<readonly ApiToken[]> {
    return this.tokens.list(accountId);
  }

  revokeToken(accountId: string, tokenId: string): Promise<void> {
    return this.tokens.revoke(accountId, tokenId);
  }

  private forget(accountId: string): void {
    this.sessions.forget(accountId);
    this.tokens.forget(accountId);
    this.memberships.forget(accountId);
  }
}

function headerOf(headers: RequestHeaders, name: string): string | null {
  if (headers instanceof Headers) return headers.get(name);
  const value = headers[name];
  return typeof value === 'string' ? value : (value?.join('; ') ?? null);
}
