import { randomBytes } from 'node:crypto';
import Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { assertKeyId, coversText, isKeyId, type Key, KeyDestroyed, Vault } from '../vault.js';
import { derive, readMasterKey } from './master-key.js';
import { sqliteKeySchema } from './sqlite.schema.js';
import { Signing, SIGNING, Wrapping } from './wrapping.js';

export interface SqliteVaultOptions {
  /** desk.db, open or as a path. An open one is left open by `close()`. */
  readonly database: Database.Database | string;
  readonly masterKeyFile: string;
  /** How many unwrapped keys stay in memory. */
  readonly cached?: number;
}

/** Keys wrapped by the master key (AES-256-GCM) in the tables `vault_` of the desk database. */
export class SqliteVault extends Vault {
  private readonly db: Database.Database;
  private readonly owned: boolean;
  private readonly wrapping: Wrapping;
  private readonly print: (text: string) => string;
  private readonly signing: Signing;
  private readonly unwrapped: LRUCache<string, Buffer>;
  private readonly select: Database.Statement<[string], { wrapped: string | null }>;
  private readonly insert: Database.Statement<[string, string | null]>;
  private readonly bury: Database.Statement<[string]>;
  private destroyed = 0;

  /** Throws MasterKeyUnusable, with a message for the operator, when the keys here cannot be unwrapped. */
  constructor({ database, masterKeyFile, cached = 10_000 }: SqliteVaultOptions) {
    super();
    this.owned = typeof database === 'string';
    this.db = typeof database === 'string' ? new Database(database, { timeout: 0 }) : database;
    this.db.pragma('journal_mode = wal');
    this.db.pragma('synchronous = full');
    // What is destroyed is overwritten, not only unlinked.
    this.db.pragma('secure_delete = on');
    this.db.exec(sqliteKeySchema);
    this.unwrapped = new LRUCache({ max: cached });
    this.select = this.db.prepare('select wrapped from vault_key where id = ?');
    this.insert = this.db.prepare('insert into vault_key (id, wrapped) values (?, ?)');
    this.bury = this.db.prepare(
      'insert into vault_key (id, wrapped) values (?, null) on conflict (id) do update set wrapped = null where wrapped is not null',
    );
    const first = this.select.get(SIGNING) === undefined;
    const derived = derive(readMasterKey(masterKeyFile, { mayCreate: first }));
    this.wrapping = new Wrapping(derived);
    this.print = derived.fingerprint;
    this.signing = this.signingKey(masterKeyFile);
  }

  get forgotten(): number {
    return this.destroyed;
  }

  async keys(ids: readonly string[]): Promise<ReadonlyMap<string, Key>> {
    const found = new Map<string, Key>();
    for (const id of ids) found.set(id, this.unwrapped.get(id) ?? (isKeyId(id) ? this.stored(id) : null) ?? null);
    return found;
  }

  async ensure(id: string): Promise<Buffer> {
    const cached = this.unwrapped.get(id);
    if (cached) return cached;
    assertKeyId(id);
    const stored = this.stored(id);
    if (stored === null) throw new KeyDestroyed(id);
    if (stored) return stored;
    const made = randomBytes(32);
    this.insert.run(id, this.wrapping.wrap(id, made));
    this.unwrapped.set(id, made);
    return made;
  }

  override atHand(id: string): Buffer | undefined {
    return this.unwrapped.get(id);
  }

  async destroy(id: string): Promise<void> {
    assertKeyId(id);
    const { changes } = this.bury.run(id);
    // The buffer itself is left alone: a writer that holds it must not encrypt under zeros.
    this.unwrapped.delete(id);
    if (changes === 0) return;
    if (coversText(id)) this.destroyed += 1;
    // The wrapped key must leave the write-ahead log too; while a reader holds it back, the next checkpoint does it.
    this.db.pragma('wal_checkpoint(truncate)');
  }

  fingerprint(text: string): string {
    return this.print(text);
  }

  sign(bytes: Buffer): string {
    return this.signing.sign(bytes);
  }

  publicKey(): string {
    return this.signing.publicKey;
  }

  async close(): Promise<void> {
    this.unwrapped.clear();
    if (this.owned && this.db.open) this.db.close();
  }

  private stored(id: string): Buffer | null | undefined {
    const row = this.select.get(id);
    if (row === undefined || row.wrapped === null) return row && null;
    const key = this.wrapping.unwrap(id, row.wrapped);
    this.unwrapped.set(id, key);
    return key;
  }

  private signingKey(masterKeyFile: string): Signing {
    const stored = this.select.get(SIGNING);
    if (stored !== undefined) return Signing.open(this.wrapping, stored.wrapped ?? '', masterKeyFile);
    const { signing, wrapped } = Signing.make(this.wrapping);
    this.insert.run(SIGNING, wrapped);
    return signing;
  }
}
