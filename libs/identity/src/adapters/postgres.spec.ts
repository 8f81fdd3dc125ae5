import { randomBytes } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { ManualClock, newId } from '@app/kernel';
import { isOutage, Postgres } from '@app/postgres';
import { ownsPostgres, testedPostgres, TestPostgres } from '@app/postgres/testing';
import { Identity } from '../identity.js';
import { quickPasswords, TestBrowser, testOrigin } from '../testing.js';
import { PostgresIdentityDatabase } from './postgres.js';

const password = 'un mot de passe assez long';
const secret = randomBytes(32).toString('hex');

describe(`identity of several processes on PostgreSQL (${testedPostgres})`, () => {
  let server: TestPostgres;
  let url: string;
  const connections: Postgres[] = [];
  let one: Identity;
  let other: Identity;

  function connect(): Postgres {
    const postgres = new Postgres({ url, application: 'test', searchPath: PostgresIdentityDatabase.schema });
    connections.push(postgres);
    return postgres;
  }

  async function open(triesPerMinute = 1_000): Promise<Identity> {
    return Identity.open({
      database: await PostgresIdentityDatabase.open(connect()),
      clock: new ManualClock('2027-01-15T15:00:00.000Z'),
      secret,
      baseUrl: testOrigin,
      openSignUp: true,
      triesPerMinute,
      passwords: quickPasswords,
    });
  }

  beforeAll(async () => {
    server = await TestPostgres.start();
    url = await server.database();
    // At the same moment, on an empty database.
    [one, other] = (await Promise.all([open(), open()])) as [Identity, Identity];
  });
  afterAll(async () => {
    for (const it of connections) await it.close();
    await server.drop(url);
    await server.dispose();
  });

  let people = 0;
  /** Somebody with an account, signed in at the first process. */
  async function person() {
    people += 1;
    const email = `person${people}@ronde.test`;
    const accountId = await one.createAccount({ name: `Personne ${people}`, email, password });
    const browser = new TestBrowser(one);
    expect((await browser.signIn(email, password)).status).toBe(200);
    return { accountId, email, browser };
  }

  it('makes its tables once, and again changes nothing', async () => {
    const { accountId } = await person();
    const third = await open();
    expect(await third.account(accountId)).toMatchObject({ accountId });
  });

  it('signs up over the web, refuses an address that is taken, and knows one session in every process', async () => {
    const browser = new TestBrowser(one);
    const account = { name: 'Zoé', email: 'zoe@ronde.test', password };
    expect((await browser.post('/sign-up/email', account)).status).toBe(200);
    await expect(other.createAccount(account)).rejects.toMatchObject({ code: 'EMAIL_TAKEN' });
    expect((await browser.signIn(account.email, password)).status).toBe(200);
    const caller = await other.authenticate(browser.headers);
    expect(caller).toMatchObject({ via: 'session' });
    expect(await one.authenticate(browser.headers)).toEqual(caller);
  });

  it('gives one of those who take an address at once an account, and the others a refusal', async () => {
    const account = { name: 'Léa', email: 'lea@ronde.test', password };
    const made = await Promise.allSettled(
      Array.from({ length: 6 }, (_, nth) => (nth % 2 ? one : other).createAccount(account)),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const it of made) if (it.status === 'rejected') expect(it.reason).toMatchObject({ code: 'EMAIL_TAKEN' });
  });

  it('is signed out everywhere when one process signs out', async () => {
    const { accountId, browser } = await person();
    const { token } = await one.createToken({ accountId, label: 'script' });
    expect(await other.authenticate(browser.headers)).not.toBeNull();
    expect(await other.authenticateToken(token)).not.toBeNull();
    await one.signOutEverywhere(accountId, { tokens: true });
    await until(async () => (await other.authenticate(browser.headers)) === null);
    await until(async () => (await other.authenticateToken(token)) === null);
  });

  it('takes an invitation once, wherever it is redeemed', async () => {
    const { accountId: founder } = await person();
    const communityId = newId();
    const memberId = await one.createMembership({ accountId: founder, communityId });
    await one.confirmRegistered(memberId);
    const { token } = await one.invite({ communityId, invitedBy: memberId });
    const guests = [await person(), await person()];
    const redeemed = await Promise.allSettled(
      guests.map(({ accountId }, nth) => (nth ? one : other).redeem(token, { accountId })),
    );
    expect(redeemed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('knows a membership at once in the process that did not make it', async () => {
    const { accountId } = await person();
    expect(await other.membershipsOf(accountId)).toEqual([]);
    const memberId = await one.createMembership({ accountId, communityId: newId() });
    await until(async () => (await other.membershipsOf(accountId)).length === 1);
    expect([...(await other.namesOf([memberId])).values()]).toEqual([{ name: `Personne ${people}` }]);
  });

  it('forgets a person in every process', async () => {
    const { accountId, email, browser } = await person();
    const memberId = await one.createMembership({ accountId, communityId: newId() });
    expect(await other.authenticate(browser.headers)).not.toBeNull();
    await one.positions.wrote(accountId, '00000000000000000007');
    await one.erase({ memberIds: [memberId] });
    await until(async () => (await other.authenticate(browser.headers)) === null);
    expect(await other.account(accountId)).toBeNull();
    expect(await other.accountWithEmail(email)).toBeNull();
    expect(await other.positions.of(accountId)).toBeUndefined();
  });

  it('knows how far an account has written, which never goes back', async () => {
    const { accountId } = await person();
    expect(await other.positions.of(accountId)).toBeUndefined();
    await one.positions.wrote(accountId, '00000000000000000009');
    await other.positions.wrote(accountId, '00000000000000000008');
    expect(await other.positions.of(accountId)).toBe('00000000000000000009');
  });

  it('sweeps away an account that was cut short, unless it may still be in the making', async () => {
    const { accountId } = await person();
    const desk = connect();
    await desk.query('delete from identity_credentials where "userId" = $1', [accountId]);
    await open();
    expect(await one.account(accountId)).not.toBeNull();
    await desk.query(`update identity_accounts set "createdAt" = "createdAt" - interval '1 hour' where id = $1`, [
      accountId,
    ]);
    await open();
    expect(await one.account(accountId)).toBeNull();
  });

  it('counts the tries of an address together', async () => {
    const [here, there] = await Promise.all([open(4), open(4)]);
    const { email } = await person();
    const address = '192.0.2.77';
    const statuses: number[] = [];
    for (let nth = 0; nth < 8; nth++) {
      const browser = new TestBrowser(nth % 2 ? here : there, address);
      statuses.push((await browser.signIn(email, 'not the password')).status);
    }
    expect(statuses.slice(0, 4)).toEqual([401, 401, 401, 401]);
    expect(statuses.slice(5)).toEqual([429, 429, 429]);
  });

  if (!ownsPostgres) return;

  it('says while the server is away that it is, and goes on afterwards', async () => {
    const { accountId } = await person();
    await server.stopServer();
    const failure: unknown = await one.account(accountId).catch((error: unknown) => error);
    await server.startServer();
    expect(isOutage(failure)).toBe(true);
    await until(async () => (await one.account(accountId).catch(() => null)) !== null);
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 250; tries++) {
    if (await condition()) return;
    await after(20);
  }
  throw new Error('waited in vain');
}
