import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { Postgres, PostgresUnavailable } from '@app/postgres';
import { testedPostgres, TestPostgres } from '@app/postgres/testing';
import { vaultContract } from '../testing.js';
import { KeyDestroyed } from '../vault.js';
import { MasterKeyUnusable } from './master-key.js';
import { PostgresVault } from './postgres.js';

let server: TestPostgres;
const home = mkdtempSync(join(tmpdir(), 'vault-'));
beforeAll(async () => {
  server = await TestPostgres.start();
});
afterAll(async () => {
  await server.dispose();
  rmSync(home, { recursive: true });
});

/** A desk of its own, on which several processes open vaults. */
class Desk {
  private readonly connections: Postgres[] = [];
  readonly masterKeyFile = join(home, `${Math.random()}`);

  private constructor(private readonly url: string) {}

  static async make(): Promise<Desk> {
    return new Desk(await server.database());
  }

  connect(): Postgres {
    const postgres = new Postgres({ url: this.url, application: 'test' });
    this.connections.push(postgres);
    return postgres;
  }

  open(masterKeyFile = this.masterKeyFile): Promise<PostgresVault> {
    return PostgresVault.open({ postgres: this.connect(), masterKeyFile });
  }

  async discard(): Promise<void> {
    for (const it of this.connections) await it.close();
    await server.drop(this.url);
  }
}

vaultContract(`on PostgreSQL (${testedPostgres})`, async () => {
  const desk = await Desk.make();
  let vault = await desk.open();
  return {
    vault,
    reopen: async () => {
      await vault.close();
      return (vault = await desk.open());
    },
    discard: async () => {
      await vault.close();
      await desk.discard();
    },
  };
});

describe('a vault of several processes', () => {
  let desk: Desk;
  let one: PostgresVault;
  let other: PostgresVault;
  beforeEach(async () => {
    desk = await Desk.make();
    // At the same moment, on an empty database: one signing key comes of it.
    [one, other] = (await Promise.all([desk.open(), desk.open()])) as [PostgresVault, PostgresVault];
  });
  afterEach(async () => {
    await Promise.all([one.close(), other.close()]);
    await desk.discard();
  });

  it('signs with one key, and makes one key for those who ask at once', async () => {
    expect(one.publicKey()).toBe(other.publicKey());
    const keys = await Promise.all(
      Array.from({ length: 20 }, (_, nth) => (nth % 2 ? one : other).ensure('member:ada')),
    );
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
  });

  it('drops from every memory what one of them destroys, and says that something was forgotten', async () => {
    await one.ensure('member:ada');
    await other.ensure('member:ada');
    await one.destroy('member:ada');
    await until(() => other.forgotten === 1);
    expect(other.atHand('member:ada')).toBeUndefined();
    expect((await other.keys(['member:ada'])).get('member:ada')).toBeNull();
    await expect(other.ensure('member:ada')).rejects.toBeInstanceOf(KeyDestroyed);
    expect(one.forgotten).toBe(1);
  });

  it('forgets what it destroyed although it was not told so', async () => {
    const postgres = desk.connect();
    const vault = await PostgresVault.open({ postgres, masterKeyFile: desk.masterKeyFile });
    await vault.ensure('member:ada');
    const query = postgres.query.bind(postgres);
    postgres.query = async (...asked: Parameters<typeof query>) => {
      await query(...asked);
      throw new PostgresUnavailable('the answer was lost');
    };
    await expect(vault.destroy('member:ada')).rejects.toThrow('the answer was lost');
    postgres.query = query;
    expect([vault.atHand('member:ada'), vault.forgotten > 0]).toEqual([undefined, true]);
    await vault.destroy('member:ada');
    await expect(vault.ensure('member:ada')).rejects.toBeInstanceOf(KeyDestroyed);
    await vault.close();
  });

  it('keeps tombstones whatever is tried on the table', async () => {
    await one.ensure('member:ada');
    await one.destroy('member:ada');
    const postgres = desk.connect();
    await expect(postgres.query(`delete from desk.vault_key where id = 'member:ada'`)).rejects.toThrow('tombstone');
    const again = `update desk.vault_key set wrapped = 'x' where id = 'member:ada'`;
    await expect(postgres.query(again)).rejects.toThrow('stays destroyed');
  });

  it('opens under its own master key alone', async () => {
    const foreign = join(home, 'foreign');
    writeFileSync(foreign, Buffer.alloc(32, 7), { mode: 0o600 });
    await expect(desk.open(foreign)).rejects.toThrow(MasterKeyUnusable);
    await expect(desk.open(join(home, 'missing'))).rejects.toThrow(/is missing/);
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !condition(); tries++) await after(10);
  expect(condition()).toBe(true);
}
