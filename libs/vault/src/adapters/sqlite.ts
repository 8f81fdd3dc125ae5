import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { open, seal } from '../cipher.js';
import { assertKeyId, coversText, isKeyId, type Key, KeyDestroyed, Vault } from '../vault.js';
import { derive, MasterKeyUnusable, readMasterKey } from './master-key.js';

// A row without `wrapped` is a tombstone: that key is never made again.
const schema = `
create table if not exists vault_key (id text primary key, wrapped text) strict, without rowid;
create trigger if not exists vault_key_stays before delete on vault_key
begin select raise(abort, 'a key leaves a tombstone'); end;
create trigger if not exists vault_key_stays_destroyed before update on vault_key when old.wrapped is null
begin select raise(abort, 'a destroyed key stays destroyed'); end;
`;
const SIGNING = 'installation:signing';

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
  private readonly wrapping: Buffer;
  private readonly print: (text: string) => string;
  private readonly signing: KeyObject;
  private readonly spki: string;
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
    this.db.exec(schema);
    this.unwrapped = new LRUCache({ max: cached });
    this.select = this.db.prepare('select wrapped from vault_key where id = ?');
    this.insert = this.db.prepare('insert into vault_key (id, wrapped) values (?, ?)');
    this.bury = this.db.prepare(
      'insert into vault_key (id, wrapped) values (?, null) on conflict (id) do update set wrapped = null where wrapped is not null',
    );
    const first = this.select.get(SIGNING) === undefined;
    const { wrapping, fingerprint } = derive(readMasterKey(masterKeyFile, { mayCreate: first }));
    this.wrapping = wrapping;
    this.print = fingerprint;
    this.signing = this.signingKey(first, masterKeyFile);
    this.spki = createPublicKey(this.signing).export({ type: 'spki', format: 'der' }).toString('base64');
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
    this.insert.run(id, this.wrap(id, made));
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
    return sign(null, bytes, this.signing).toString('base64');
  }

  publicKey(): string {
    return this.spki;
  }

  async close(): Promise<void> {
    this.unwrapped.clear();
    if (this.owned && this.db.open) this.db.close();
  }

  private stored(id: string): Buffer | null | undefined {
    const row = this.select.get(id);
    if (row === undefined || row.wrapped === null) return row && null;
    const key = this.unwrap(id, row.wrapped);
    this.unwrapped.set(id, key);
    return key;
  }

  private signingKey(first: boolean, masterKeyFile: string): KeyObject {
    if (first) {
      const { privateKey } = generateKeyPairSync('ed25519');
      const der = privateKey.export({ type: 'pkcs8', format: 'der' });
      this.insert.run(SIGNING, this.wrap(SIGNING, der));
      return privateKey;
    }
    const wrapped = this.select.get(SIGNING)?.wrapped ?? '';
    try {
      return createPrivateKey({ key: this.unwrap(SIGNING, wrapped), type: 'pkcs8', format: 'der' });
    } catch (cause) {
      const hint = 'is not the key that the stored data was encrypted with: put the right file back';
      throw new MasterKeyUnusable(`MASTER_KEY_FILE ${masterKeyFile} ${hint}`, { cause });
    }
  }

  private wrap(id: string, key: Buffer): string {
    const { iv, c, t } = seal(this.wrapping, key, id);
    return `${iv}.${c}.${t}`;
  }

  private unwrap(id: string, wrapped: string): Buffer {
    const [iv = '', c = '', t = ''] = wrapped.split('.');
    try {
      return open(this.wrapping, { iv, c, t }, id);
    } catch (cause) {
      throw new Error(`the key ${id} does not open under the master key: vault_key was changed from outside`, {
        cause,
      });
    }
  }
}
