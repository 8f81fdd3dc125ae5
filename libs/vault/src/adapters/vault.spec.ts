import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHmac } from 'node:crypto';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { vaultContract } from '../testing.js';
import { hmac, MasterKeyUnusable, readMasterKey } from './master-key.js';
import { MemoryVault } from './memory.js';
import { SqliteVault } from './sqlite.js';

const folder = (): string => mkdtempSync(join(tmpdir(), 'vault-'));

vaultContract('in memory', async () => {
  const vault = new MemoryVault();
  return { vault, discard: () => vault.close() };
});

vaultContract('on SQLite', async () => {
  const home = folder();
  const openIt = () =>
    new SqliteVault({ database: join(home, 'desk.db'), masterKeyFile: join(home, 'secrets/master') });
  let vault = openIt();
  return {
    vault,
    reopen: async () => {
      await vault.close();
      return (vault = openIt());
    },
    discard: async () => {
      await vault.close();
      rmSync(home, { recursive: true });
    },
  };
});

describe('the master key', () => {
  let home: string;
  let file: string;
  let database: string;
  beforeEach(() => {
    home = folder();
    file = join(home, 'master.key');
    database = join(home, 'desk.db');
  });
  afterEach(() => rmSync(home, { recursive: true }));
  const start = () => new SqliteVault({ database, masterKeyFile: file });
  const started = async () => start().close();

  it('is made at the first start: 32 bytes that only its owner may read, and nothing beside it', async () => {
    await started();
    expect(readFileSync(file)).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await started();
  });

  it('is used when the operator brought it before the first start', async () => {
    writeFileSync(file, Buffer.alloc(32, 7), { mode: 0o600 });
    await started();
    expect(readFileSync(file)).toEqual(Buffer.alloc(32, 7));
  });

  it('is asked for when it is missing later, and none is made in its place', async () => {
    await started();
    rmSync(file);
    expect(start).toThrow(MasterKeyUnusable);
    expect(start).toThrow(/is missing.*put the file back/);
    expect(existsSync(file)).toBe(false);
  });

  it('is refused when it is another one', async () => {
    await started();
    writeFileSync(file, Buffer.alloc(32, 7));
    expect(start).toThrow(/is not the key that the stored data was encrypted with/);
  });

  it('is refused when it is short', async () => {
    await started();
    writeFileSync(file, Buffer.alloc(31));
    expect(start).toThrow(/holds 31 bytes instead of 32/);
  });

  it('is refused when others may read it', async () => {
    await started();
    chmodSync(file, 0o640);
    expect(start).toThrow(/can be read by others: run chmod 600/);
  });

  it('is refused when it cannot be read or made', () => {
    expect(() => readMasterKey(home, { mayCreate: true })).toThrow(MasterKeyUnusable);
    writeFileSync(file, 'a file');
    expect(() => readMasterKey(join(file, 'below'), { mayCreate: true })).toThrow(MasterKeyUnusable);
  });
});

describe('the fingerprint', () => {
  it('is HMAC-SHA-256', () =>
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.string({ unit: 'binary' }), (key, text) => {
        expect(hmac(Buffer.from(key))(text)).toBe(createHmac('sha256', key).update(text, 'utf8').digest('hex'));
      }),
    ));
});

describe('keys on the desk', () => {
  let home: string;
  let db: Database.Database;
  let vault: SqliteVault;
  beforeEach(() => {
    home = folder();
    db = new Database(join(home, 'desk.db'));
    vault = new SqliteVault({ database: db, masterKeyFile: join(home, 'master.key'), cached: 2 });
  });
  afterEach(async () => {
    await vault.close();
    db.close();
    rmSync(home, { recursive: true });
  });
  const wrapped = (id: string) =>
    db.prepare<[string], { wrapped: string | null }>('select wrapped from vault_key where id = ?').get(id)?.wrapped;

  it('are never stored as they are', async () => {
    const key = await vault.ensure('member:ada');
    db.pragma('wal_checkpoint(truncate)');
    const file = readFileSync(join(home, 'desk.db'));
    expect(file.includes(key)).toBe(false);
    expect(file.includes(key.toString('base64'))).toBe(false);
    expect(file.includes(wrapped('member:ada') as string)).toBe(true);
  });

  it('leave no trace of their wrapped form once destroyed', async () => {
    await vault.ensure('member:ada');
    const before = wrapped('member:ada') as string;
    await vault.destroy('member:ada');
    expect(wrapped('member:ada')).toBeNull();
    for (const file of ['desk.db', 'desk.db-wal']) {
      expect(readFileSync(join(home, file)).includes(before)).toBe(false);
    }
  });

  it('survive the bound on what is held in memory', async () => {
    const keys = await Promise.all(['a', 'b', 'c', 'd'].map((who) => vault.ensure(`member:${who}`)));
    const found = await vault.keys(['member:a', 'member:b', 'member:c', 'member:d']);
    expect([...found.values()]).toEqual(keys);
  });

  it('cannot be removed, restored or moved to another id behind the back of the vault', async () => {
    await vault.ensure('member:ada');
    await vault.ensure('member:bo');
    await vault.destroy('member:bo');
    expect(() => db.exec(`delete from vault_key where id = 'member:ada'`)).toThrow('leaves a tombstone');
    expect(() => db.exec(`update vault_key set wrapped = 'x' where id = 'member:bo'`)).toThrow('stays destroyed');
    db.prepare(`insert into vault_key values ('member:cy', ?)`).run(wrapped('member:ada'));
    await expect(vault.keys(['member:cy'])).rejects.toThrow('changed from outside');
  });

  it('share a database that stays open when the vault closes', async () => {
    await vault.close();
    expect(db.open).toBe(true);
  });
});
