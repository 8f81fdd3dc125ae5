import { newId } from '@app/kernel';
import { Postgres } from '@app/postgres';
import { testedPostgres, TestPostgres } from '@app/postgres/testing';
import Database from 'better-sqlite3';
import { PostgresIdentityDatabase, SqliteIdentityDatabase } from './adapters.js';
import { copyIdentity, IdentityDiffers } from './copy.js';
import type { IdentityDatabase } from './database.js';
import { openTestIdentity, TestBrowser } from './testing.js';

const now = '2027-02-01T12:00:00.000Z';
const secret = 'a secret of at least 32 characters';
const password = 'correct horse battery';

describe(`accounts that move between SQLite and PostgreSQL (${testedPostgres})`, () => {
  let server: TestPostgres;
  const connections: Postgres[] = [];

  beforeAll(async () => {
    server = await TestPostgres.start();
  });
  afterAll(async () => {
    for (const it of connections) await it.close();
    await server.dispose();
  });

  const file = (): IdentityDatabase => new SqliteIdentityDatabase(new Database(':memory:'));
  async function shared(): Promise<IdentityDatabase> {
    const url = await server.database();
    const postgres = new Postgres({ url, application: 'test', searchPath: PostgresIdentityDatabase.schema });
    connections.push(postgres);
    return PostgresIdentityDatabase.open(postgres);
  }

  /** Somebody who is signed in, belongs to a community, has a token, and invited somebody. */
  async function inhabited() {
    const database = file();
    const { identity } = await openTestIdentity({ database, secret });
    const accountId = await identity.createAccount({ name: 'Zoé', email: 'zoe@ronde.test', password });
    const browser = new TestBrowser(identity);
    await browser.signIn('zoe@ronde.test', password);
    const communityId = newId();
    const memberId = await identity.createMembership({ accountId, communityId });
    await identity.confirmRegistered(memberId);
    const { token } = await identity.createToken({ accountId, label: 'script' });
    const invitation = await identity.invite({ communityId, invitedBy: memberId });
    return { database, identity, accountId, memberId, browser, token, invitation };
  }

  it('know their passwords, sessions, tokens, memberships and invitations there, and back again', async () => {
    const { database, identity, accountId, memberId, browser, token, invitation } = await inhabited();
    const [there, back] = [await shared(), file()];
    const rows = await copyIdentity(database, there, now);
    expect(rows).toBe(6);
    expect(await copyIdentity(database, there, now)).toBe(0);
    expect(await copyIdentity(there, back, now)).toBe(rows);
    for (const copy of [there, back]) {
      const { identity: moved } = await openTestIdentity({ database: copy, secret });
      expect(await moved.account(accountId)).toEqual(await identity.account(accountId));
      expect(await moved.membershipsOf(accountId)).toEqual(await identity.membershipsOf(accountId));
      expect(await moved.authenticate(browser.headers)).toEqual(await identity.authenticate(browser.headers));
      expect(await moved.authenticateToken(token)).toMatchObject({ accountId });
      expect((await new TestBrowser(moved).signIn('zoe@ronde.test', password)).status).toBe(200);
      expect([...(await moved.namesOf([memberId])).values()]).toEqual([{ name: 'Zoé' }]);
      const guest = await moved.createAccount({ name: 'Léa', email: 'lea@ronde.test', password });
      await expect(moved.redeem(invitation.token, { accountId: guest })).resolves.toBeDefined();
    }
  });

  it('are not mixed with others', async () => {
    const [{ database }, other] = [await inhabited(), await inhabited()];
    const before = await other.identity.account(other.accountId);
    await expect(copyIdentity(database, other.database, now)).rejects.toThrow(IdentityDiffers);
    expect(await other.identity.account(other.accountId)).toEqual(before);
  });

  it('are not read by a release that does not know their tables', async () => {
    const { database } = await inhabited();
    await database.queries.insertInto('identity_versions').values({ version: 99, appliedAt: now }).execute();
    await expect(copyIdentity(database, file(), now)).rejects.toThrow('another release');
  });
});
