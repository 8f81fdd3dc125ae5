import { type Clock, type Instant, newId } from '@app/kernel';
import type { IdentityDatabase } from './database.js';
import { allowedExpiry, allowedLabel } from './inputs.js';
import { refuseUnless } from './refusals.js';
import { Remembered } from './remembered.js';
import { hashOf, isSecret, newSecret } from './secrets.js';

const prefix = 'ronde_';
const maxTokens = 20;
/** The furthest a token may expire, in days. */
export const maxTokenDays = 366;
/** A token's last use is noted at most once in this time, in milliseconds. */
const noteEvery = 3_600_000;

export interface NewToken {
  readonly accountId: string;
  /** What it is for, in its owner's words, 1 to 100 characters. */
  readonly label: string;
  /** Without it, the token stands until it is revoked. */
  readonly expiresAt?: Instant;
  /** Makes a duplicated click recognisable: the same one from the same account is refused. */
  readonly commandId?: string;
}

export interface ApiToken {
  readonly tokenId: string;
  readonly label: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  /** To the hour. */
  readonly lastUsedAt: Instant | null;
}

type Known = { accountId: string; tokenId: string; expiresAt: string | null; lastUsedAt: string | null };

/** Keys that scripts carry as `Authorization: Bearer ronde_…`. Told once; only the hash is kept. */
export class ApiTokens {
  private readonly known: Remembered<Known>;

  constructor(
    private readonly database: IdentityDatabase,
    private readonly clock: Clock,
  ) {
    this.known = new Remembered(database);
  }

  /** Refuses LABEL_NOT_ALLOWED, EXPIRY_NOT_ALLOWED, TOO_MANY_TOKENS and, for a duplicated click, SECRET_ALREADY_SHOWN. */
  async create({ accountId, label, expiresAt, commandId }: NewToken): Promise<ApiToken & { readonly token: string }> {
    const now = this.clock.now();
    const token = {
      label: allowedLabel(label),
      createdAt: now,
      expiresAt: expiresAt === undefined ? null : allowedExpiry(expiresAt, now, maxTokenDays),
      lastUsedAt: null,
    };
    const tokenId = newId();
    const secret = `${prefix}${newSecret()}`;
    refuseUnless((await this.list(accountId)).length < maxTokens, 'TOO_MANY_TOKENS', { max: maxTokens });
    const query = this.database.queries
      .insertInto('identity_tokens')
      .values({ ...token, id: tokenId, tokenHash: hashOf(secret), accountId, commandId: commandId ?? null })
      .onConflict((conflict) => conflict.columns(['accountId', 'commandId']).doNothing());
    refuseUnless(await this.database.allOrNothing([{ query, mustChange: true }]), 'SECRET_ALREADY_SHOWN');
    return { ...token, tokenId, token: secret };
  }

  /** The account's tokens, newest first; at most twenty. */
  async list(accountId: string): Promise<readonly ApiToken[]> {
    return this.database.queries
      .selectFrom('identity_tokens')
      .select(['id as tokenId', 'label', 'createdAt', 'expiresAt', 'lastUsedAt'])
      .where('accountId', '=', accountId)
      .orderBy('createdAt', 'desc')
      .orderBy('id')
      .execute();
  }

  /** Ends a token at once. Somebody else's is TOKEN_UNKNOWN, as one that never was. */
  async revoke(accountId: string, tokenId: string): Promise<void> {
    const query = this.database.queries
      .deleteFrom('identity_tokens')
      .where('id', '=', tokenId)
      .where('accountId', '=', accountId);
    const revoked = await this.database.allOrNothing([{ query, mustChange: true }]);
    this.known.forget(accountId);
    refuseUnless(revoked, 'TOKEN_UNKNOWN');
  }

  /** Whose token this is; null when it is none of ours, was revoked, or has expired. */
  async authenticate(bearer: string): Promise<{ readonly accountId: string; readonly tokenId: string } | null> {
    if (!bearer.startsWith(prefix) || !isSecret(bearer.slice(prefix.length))) return null;
    const hash = hashOf(bearer);
    const now = this.clock.now();
    const found = await this.known.find(hash, () => this.read(hash, now));
    if (!found || (found.expiresAt !== null && found.expiresAt <= now)) return null;
    return { accountId: found.accountId, tokenId: found.tokenId };
  }

  forget(accountId: string): void {
    this.known.forget(accountId);
  }

  private async read(tokenHash: string, now: Instant): Promise<Known | null> {
    const row = await this.database.queries
      .selectFrom('identity_tokens')
      .select(['accountId', 'id as tokenId', 'expiresAt', 'lastUsedAt'])
      .where('tokenHash', '=', tokenHash)
      .executeTakeFirst();
    if (!row) return null;
    const noted = row.lastUsedAt === null ? Number.NaN : Date.parse(row.lastUsedAt);
    if (!(Date.parse(now) - noted < noteEvery)) await this.noteUse(row.tokenId, now);
    return row;
  }

  private async noteUse(tokenId: string, now: Instant): Promise<void> {
    const { queries } = this.database;
    await queries.updateTable('identity_tokens').set({ lastUsedAt: now }).where('id', '=', tokenId).execute();
  }
}
