import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Postgres } from '@app/postgres';
import { testedPostgres, TestPostgres } from '@app/postgres/testing';
import Database from 'better-sqlite3';
import { KeyDestroyed } from '../vault.js';
import { PostgresVault } from './postgres.js';
import { SqliteVault } from './sqlite.js';
import { copyKeys, KeysDiffer, type KeyTable, postgresKeys, sqliteKeys } from './stored-keys.js';

describe(`keys that move between SQLite and PostgreSQL (${testedPostgres})`, () => {
  const home = mkdtempSync(join(tmpdir(), 'keys-'));
  const masterKeyFile = join(home, 'master-key');
  let server: TestPostgres;
  let postgres: Postgres;
  let shared: KeyTable;
  const files: Database.Database[] = [];

  beforeAll(async () => {
    server = await TestPostgres.start();
    postgres = new Postgres({ url: await server.database(), application: 'test' });
    shared = await postgresKeys(postgres);
  });
  afterAll(async () => {
    await postgres.close();
    await server.dispose();
    for (const file of files) file.close();
    rmSync(home, { recursive: true });
  });

  function file(name: string): { database: Database.Database; keys: KeyTable } {
    const database = new Database(join(home, name));
    files.push(database);
    return { database, keys: sqliteKeys(database) };
  }

  it('open under the same master key, sign as before, and stay destroyed where they were', async () => {
    const here = file('here.db');
    const vault = new SqliteVault({ database: here.database, masterKeyFile });
    const key = await vault.ensure('member:ada');
    await vault.ensure('member:bo');
    await vault.destroy('member:bo');
    expect(await copyKeys(here.keys, shared)).toBe(3);
    expect(await copyKeys(here.keys, shared)).toBe(0);

    const moved = await PostgresVault.open({ postgres, masterKeyFile });
    expect(moved.publicKey()).toBe(vault.publicKey());
    expect(await moved.ensure('member:ada')).toEqual(key);
    await expect(moved.ensure('member:bo')).rejects.toBeInstanceOf(KeyDestroyed);
    const later = await moved.ensure('circle:c');

    const back = file('back.db');
    expect(await copyKeys(shared, back.keys)).toBe(4);
    const again = new SqliteVault({ database: back.database, masterKeyFile });
    expect([await again.ensure('circle:c'), again.publicKey()]).toEqual([later, vault.publicKey()]);
    await moved.close();
  });

  it('are destroyed in the copy too when they were on either side since', async () => {
    const [one, other] = [file('one.db'), file('other.db')];
    const vault = new SqliteVault({ database: one.database, masterKeyFile });
    for (const id of ['member:a', 'member:b']) await vault.ensure(id);
    await copyKeys(one.keys, other.keys);
    const copy = new SqliteVault({ database: other.database, masterKeyFile });
    await copy.destroy('member:a');
    await vault.destroy('member:b');
    expect(await copyKeys(one.keys, other.keys)).toBe(1);
    const wrapped = new Map((await other.keys.all()).map((it) => [it.id, it.wrapped]));
    expect([wrapped.get('member:a'), wrapped.get('member:b')]).toEqual([null, null]);
  });

  it('are not mixed with those of another installation, nor taken from where there are none', async () => {
    const [mine, theirs] = [file('mine.db'), file('theirs.db')];
    new SqliteVault({ database: mine.database, masterKeyFile });
    new SqliteVault({ database: theirs.database, masterKeyFile: join(home, 'other-key') });
    const before = await theirs.keys.all();
    await expect(copyKeys(mine.keys, theirs.keys)).rejects.toThrow(KeysDiffer);
    expect(await theirs.keys.all()).toEqual(before);
    await expect(copyKeys(file('none.db').keys, mine.keys)).rejects.toThrow('Ronde was never started on it');
  });
});
