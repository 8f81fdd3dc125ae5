import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { type Postgres, PostgresUnavailable, type Transaction } from '@app/postgres';
import { LRUCache } from 'lru-cache';
import { assertKeyId, coversText, isKeyId, type Key, KeyDestroyed, Vault } from '../vault.js';
import { derive, type DerivedKeys, readMasterKey } from './master-key.js';
import { postgresKeySchema } from './postgres.schema.js';
import { Signing, SIGNING, Wrapping } from './wrapping.js';

export interface PostgresVaultOptions {
  /** The connections; they stay the caller's to close. */
  readonly postgres: Postgres;
  /** The same in every process. */
  readonly masterKeyFile: string;
  /** How many unwrapped keys stay in memory, and for how long, in milliseconds. */
  readonly cached?: number;
  readonly cachedMs?: number;
}

const channel = 'desk_vault';
const LISTENING_TAKES_MS = 5_000;

/**
 * Keys wrapped by the master key in PostgreSQL, for several processes: what one destroys, the others drop from their memory when they hear
 * of it, within moments; where the news is lost with a connection, when it is made again, and in any case after `cachedMs`.
 */
export class PostgresVault extends Vault {
  private readonly wrapping: Wrapping;
  private readonly unwrapped: LRUCache<string, Buffer>;
  private readonly name = randomUUID();
  private deaf = (): void => undefined;
  private destroyed = 0;

  private constructor(
    private readonly postgres: Postgres,
    private readonly derived: DerivedKeys,
    private readonly signing: Signing,
    { cached = 10_000, cachedMs = 30_000 }: PostgresVaultOptions,
  ) {
    super();
    this.wrapping = new Wrapping(derived);
    this.unwrapped = new LRUCache({ max: cached, ttl: cachedMs });
  }

  /**
   * Makes the tables and, in the first process of all, the signing key. Throws MasterKeyUnusable, with a message for the operator, when
   * the keys here cannot be unwrapped, and PostgresUnavailable.
   */
  static async open(options: PostgresVaultOptions): Promise<PostgresVault> {
    const { postgres, masterKeyFile } = options;
    const vault = await postgres.exclusively(channel, async (transaction) => {
      await transaction.query(postgresKeySchema);
      const stored = await wrappedIn(transaction, SIGNING);
      const derived = derive(readMasterKey(masterKeyFile, { mayCreate: stored === undefined }));
      const wrapping = new Wrapping(derived);
      if (stored !== undefined)
        return new PostgresVault(postgres, derived, Signing.open(wrapping, stored ?? '', masterKeyFile), options);
      const { signing, wrapped } = Signing.make(wrapping);
      await transaction.query('insert into desk.vault_key (id, wrapped) values ($1, $2)', [SIGNING, wrapped]);
      return new PostgresVault(postgres, derived, signing, options);
    });
    await vault.listen();
    return vault;
  }

  get forgotten(): number {
    return this.destroyed;
  }

  async keys(ids: readonly string[]): Promise<ReadonlyMap<string, Key>> {
    const found = new Map<string, Key>();
    const asked: string[] = [];
    for (const id of new Set(ids)) {
      found.set(id, this.unwrapped.get(id) ?? null);
      if (found.get(id) === null && isKeyId(id)) asked.push(id);
    }
    if (asked.length === 0) return found;
    const before = this.destroyed;
    const { rows } = await this.postgres.query<{ id: string; wrapped: string }>(
      'select id, wrapped from desk.vault_key where id = any($1) and wrapped is not null',
      [asked],
    );
    for (const { id, wrapped } of rows) found.set(id, this.remember(id, wrapped, before));
    return found;
  }

  async ensure(id: string): Promise<Buffer> {
    const cached = this.unwrapped.get(id);
    if (cached) return cached;
    assertKeyId(id);
    const before = this.destroyed;
    const { rows } = await this.postgres.query<{ wrapped: string | null }>(
      `with made as (
         insert into desk.vault_key (id, wrapped) values ($1, $2) on conflict (id) do nothing returning wrapped
       ) select wrapped from made union all select wrapped from desk.vault_key where id = $1 limit 1`,
      [id, this.wrapping.wrap(id, randomBytes(32))],
    );
    // Another process made it at the same moment: it was not there when this statement began to read.
    if (rows[0] === undefined) return this.ensure(id);
    const { wrapped } = rows[0];
    if (wrapped === null) throw new KeyDestroyed(id);
    return this.remember(id, wrapped, before);
  }

  override atHand(id: string): Buffer | undefined {
    return this.unwrapped.get(id);
  }

  async destroy(id: string): Promise<void> {
    assertKeyId(id);
    const destroying = this.postgres.query(
      `with gone as (
         insert into desk.vault_key as it (id, wrapped) values ($1, null)
         on conflict (id) do update set wrapped = null where it.wrapped is not null returning id
       ) select pg_notify('${channel}', $2 || ' ' || id) from gone`,
      [id, this.name],
    );
    // Where the answer is lost, it may be done all the same.
    const counted = await destroying.then(
      ({ rowCount }) => rowCount !== 0,
      () => true,
    );
    this.unwrapped.delete(id);
    if (counted && coversText(id)) this.destroyed += 1;
    await destroying;
    // The row's older version goes with the next cleaning of the table; now, where that is possible.
    await this.postgres.query('vacuum desk.vault_key').catch(() => undefined);
  }

  fingerprint(text: string): string {
    return this.derived.fingerprint(text);
  }

  sign(bytes: Buffer): string {
    return this.signing.sign(bytes);
  }

  publicKey(): string {
    return this.signing.publicKey;
  }

  async close(): Promise<void> {
    this.deaf();
    this.unwrapped.clear();
  }

  /** Resolves when nothing is missed any more. Throws PostgresUnavailable. */
  private async listen(): Promise<void> {
    const listening = new AbortController();
    let connected = false;
    this.deaf = this.postgres.listen(channel, (news) => {
      if (connected) this.hear(news);
      connected = true;
      listening.abort();
    });
    await after(LISTENING_TAKES_MS, undefined, { signal: listening.signal }).catch(() => undefined);
    if (connected) return;
    this.deaf();
    throw new PostgresUnavailable(`PostgreSQL at ${this.postgres.address} lets nobody listen: no connection is left`);
  }

  private hear(news: string | undefined): void {
    const [who = '', id = ''] = (news ?? '').split(' ');
    if (who === this.name) return;
    // After a new connection: something may have been missed.
    if (id === '') this.unwrapped.clear();
    else this.unwrapped.delete(id);
    if (id === '' || coversText(id)) this.destroyed += 1;
  }

  /** Not remembered where something was destroyed since it was asked for: it may have been this. */
  private remember(id: string, wrapped: string, before: number): Buffer {
    const key = this.wrapping.unwrap(id, wrapped);
    if (before === this.destroyed) this.unwrapped.set(id, key);
    return key;
  }
}

/** Undefined where there never was such a key, null where it was destroyed. */
async function wrappedIn(transaction: Transaction, id: string): Promise<string | null | undefined> {
  const { rows } = await transaction.query<{ wrapped: string | null }>(
    'select wrapped from desk.vault_key where id = $1',
    [id],
  );
  return rows[0]?.wrapped;
}
