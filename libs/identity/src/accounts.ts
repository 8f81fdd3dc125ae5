import { Refusal, SystemClock } from '@app/kernel';
import type { Locale } from '@app/wording';
import type { Auth } from './auth.js';
import type { IdentityDatabase } from './database.js';
import { allowedEmail, allowedLocale, allowedName, allowedPassword } from './inputs.js';
import { refuseUnless } from './refusals.js';

export interface Account {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly locale: Locale;
}

/** A person without an account. `passwordHash` stands for a password that {@link Accounts.hashPassword} hashed before. */
export type NewAccount = { readonly name: string; readonly email: string; readonly locale?: Locale } & (
  { readonly password: string } | { readonly passwordHash: string }
);

/** better-auth dates accounts by the machine's clock. */
const machine = new SystemClock();
/** Longer than the making of an account takes. */
const inTheMakingMs = 60_000;

/** People's accounts: a name, an address, a language, a password. By itself an account belongs to no community. */
export class Accounts {
  constructor(
    private readonly database: IdentityDatabase,
    private readonly auth: Auth,
  ) {}

  /** Makes an account through better-auth, open sign-up or not. Refuses EMAIL_TAKEN, WEAK_PASSWORD, and unlawful names and addresses. */
  async create(person: NewAccount): Promise<string> {
    const { internalAdapter } = await this.auth.$context;
    const kept = {
      name: allowedName(person.name),
      email: allowedEmail(person.email),
      locale: allowedLocale(person.locale ?? 'fr'),
    };
    if ('password' in person) allowedPassword(person.password, [kept.email, kept.name]);
    refuseUnless(!(await this.withEmail(kept.email)), 'EMAIL_TAKEN');
    const password = 'password' in person ? await this.hashPassword(person.password) : person.passwordHash;
    const { id } = await this.unlessTaken(kept.email, () =>
      internalAdapter.createUser({ ...kept, emailVerified: false }, { method: 'email-password' }),
    );
    await internalAdapter.linkAccount({ userId: id, providerId: 'credential', accountId: id, password });
    return id;
  }

  /** The hash of a password, for making several accounts that share one. */
  async hashPassword(password: string): Promise<string> {
    return (await this.auth.$context).password.hash(password);
  }

  async find(accountId: string): Promise<Account | null> {
    const row = await this.rows().where('id', '=', accountId).executeTakeFirst();
    return row ? { accountId: row.id, name: row.name, email: row.email, locale: allowedLocale(row.locale) } : null;
  }

  /** The account with this address. For the server's own use: no answer to a client may depend on it. */
  async withEmail(email: string): Promise<string | null> {
    const row = await this.rows().where('email', '=', allowedEmail(email)).executeTakeFirst();
    return row?.id ?? null;
  }

  /** Takes back an account that was made for something which then failed. One that belongs to a community stays. */
  async discard(accountId: string): Promise<void> {
    const { queries } = this.database;
    const unused = queries
      .selectFrom('identity_accounts')
      .select('id')
      .where('id', '=', accountId)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('identity_memberships').select('memberId').where('accountId', '=', accountId))),
      );
    await this.database.allOrNothing([
      { query: queries.deleteFrom('identity_sessions').where('userId', 'in', unused) },
      { query: queries.deleteFrom('identity_credentials').where('userId', 'in', unused) },
      { query: queries.deleteFrom('identity_accounts').where('id', 'in', unused) },
    ]);
  }

  /**
   * Removes accounts whose making was cut short before their password was written: nobody can sign in to them, and they would hold
   * their address for ever, also for the person who tries again. Called when the desk is opened: where one process alone does, none is in
   * the making; where others work on it too, those that are so young may be.
   */
  async sweep(): Promise<void> {
    const { queries, shared } = this.database;
    const cutShort = queries
      .deleteFrom('identity_accounts')
      .where('id', 'not in', queries.selectFrom('identity_credentials').select('userId'));
    const old = new Date(Date.parse(machine.now()) - inTheMakingMs).toISOString();
    await (shared ? cutShort.where('createdAt', '<', old) : cutShort).execute();
  }

  private async unlessTaken<T>(email: string, make: () => Promise<T>): Promise<T> {
    try {
      return await make();
    } catch (error) {
      // Somebody took the address since we looked.
      if (await this.withEmail(email)) throw new Refusal('EMAIL_TAKEN');
      throw error;
    }
  }

  private rows() {
    return this.database.queries.selectFrom('identity_accounts').select(['id', 'name', 'email', 'locale']);
  }
}
