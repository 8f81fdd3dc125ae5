import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openTestIdentity, quickPasswords, TestBrowser } from './testing.js';

const ada = { name: 'Ada Byron', email: 'ada@example.org', password: 'mille-feuilles', locale: 'fr' } as const;

describe('an account', () => {
  it('is made by the server and signs in', async () => {
    const { identity } = await openTestIdentity();
    const accountId = await identity.createAccount({ ...ada, name: '  Ada Byron ', email: 'Ada@Example.org' });
    expect(await identity.account(accountId)).toEqual({ accountId, name: ada.name, email: ada.email, locale: 'fr' });
    expect(await identity.accountWithEmail('ADA@example.org')).toBe(accountId);
    expect((await new TestBrowser(identity).signIn(ada.email, ada.password)).status).toBe(200);
  });

  it('uses the password hash of better-auth unless told otherwise', async () => {
    const { identity } = await openTestIdentity({ passwords: undefined });
    await identity.createAccount(ada);
    expect((await new TestBrowser(identity).signIn(ada.email, ada.password)).status).toBe(200);
  });

  it('may share a password hash that was made once', async () => {
    const hashed: string[] = [];
    const hash = (password: string) => (hashed.push(password), quickPasswords.hash(password));
    const { identity } = await openTestIdentity({ passwords: { ...quickPasswords, hash } });
    const passwordHash = await identity.hashPassword(ada.password);
    for (const name of ['Bo', 'Cy', 'Di'])
      await identity.createAccount({ name, email: `${name}@example.org`, passwordHash });
    expect(hashed).toHaveLength(1);
    for (const name of ['Bo', 'Cy', 'Di'])
      expect((await new TestBrowser(identity).signIn(`${name}@example.org`, ada.password)).status).toBe(200);
    expect((await new TestBrowser(identity).signIn('bo@example.org', 'mille-feuille')).status).toBe(401);
  });

  it('is one per address, whatever the case, also for two that race', async () => {
    const { identity } = await openTestIdentity();
    const both = await Promise.allSettled([
      identity.createAccount(ada),
      identity.createAccount({ ...ada, email: 'ADA@example.org' }),
    ]);
    const refused = both.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toMatchObject([{ reason: { code: 'EMAIL_TAKEN' } }]);
    await expect(identity.createAccount(ada)).rejects.toMatchObject({ code: 'EMAIL_TAKEN' });
  });

  it.each([
    ['NAME_NOT_ALLOWED', { name: '' }],
    ['NAME_NOT_ALLOWED', { name: '   ' }],
    ['NAME_NOT_ALLOWED', { name: 'a'.repeat(201) }],
    ['NAME_NOT_ALLOWED', { name: 'Ada\u0000' }],
    ['NAME_NOT_ALLOWED', { name: 'Ada\nByron' }],
    ['NAME_NOT_ALLOWED', { name: 'Ada \u202Enoryb' }],
    ['NAME_NOT_ALLOWED', { name: 'Ada \uD800' }],
    ['EMAIL_NOT_ALLOWED', { email: 'ada' }],
    ['EMAIL_NOT_ALLOWED', { email: 'ada@example' }],
    ['EMAIL_NOT_ALLOWED', { email: 'ada@@example.org' }],
    ['EMAIL_NOT_ALLOWED', { email: `${'a'.repeat(250)}@example.org` }],
    ['WEAK_PASSWORD', { password: 'court' }],
    ['WEAK_PASSWORD', { password: 'a'.repeat(20) }],
    ['WEAK_PASSWORD', { password: 'ADA@example.org' }],
    ['WEAK_PASSWORD', { password: 'a1'.repeat(65) }],
    ['LOCALE_NOT_KNOWN', { locale: 'de' as 'fr' }],
  ])('is refused with %s for %j', async (code, wrong) => {
    const { identity, desk } = await openTestIdentity();
    await expect(identity.createAccount({ ...ada, ...wrong })).rejects.toMatchObject({ code });
    expect(desk.prepare('select count(*) from identity_accounts').pluck().get()).toBe(0);
  });

  it('takes names of every script', async () => {
    const { identity } = await openTestIdentity();
    for (const [index, name] of ['Zoë', '山田 太郎', "O'Neil-Łuczak", '👩🏽‍🌾 Noé', 'a'.repeat(200)].entries()) {
      const accountId = await identity.createAccount({ ...ada, name, email: `${index}@example.org` });
      expect(await identity.account(accountId)).toMatchObject({ name });
    }
  });
});

describe('open sign-up', () => {
  const { name, email, password } = ada;

  it('makes an account that belongs nowhere and is not signed in', async () => {
    const { identity } = await openTestIdentity();
    const browser = new TestBrowser(identity);
    expect((await browser.post('/sign-up/email', { name, email, password, locale: 'en' })).status).toBe(200);
    expect(browser.cookie).toBe('');
    const accountId = (await identity.accountWithEmail(email)) ?? '';
    expect(await identity.account(accountId)).toMatchObject({ name, locale: 'en' });
    expect(await identity.membershipsOf(accountId)).toEqual([]);
  });

  it('does not tell whether an address has an account', async () => {
    const { identity } = await openTestIdentity();
    const shape = async () => {
      const response = await new TestBrowser(identity).post('/sign-up/email', { name, email, password });
      const { token, user } = (await response.json()) as { token: unknown; user: Record<string, unknown> };
      const { id, createdAt, updatedAt, ...rest } = user;
      return { status: response.status, token, rest, fresh: [typeof id, typeof createdAt, typeof updatedAt] };
    };
    const first = await shape();
    expect(first.status).toBe(200);
    expect(await shape()).toEqual(first);
  });

  it('refuses what the server refuses', async () => {
    const { identity } = await openTestIdentity();
    const refused = async (wrong: object) => {
      const body = { name, email, password, ...wrong };
      const response = await new TestBrowser(identity).post('/sign-up/email', body);
      return { status: response.status, code: ((await response.json()) as { code: string }).code };
    };
    expect(await refused({ name: 'Ada\u0007' })).toEqual({ status: 400, code: 'NAME_NOT_ALLOWED' });
    expect(await refused({ email: 'ada' })).toEqual({ status: 400, code: 'EMAIL_NOT_ALLOWED' });
    expect(await refused({ password: 'court' })).toEqual({ status: 400, code: 'WEAK_PASSWORD' });
    expect(await refused({ locale: 'de' })).toEqual({ status: 400, code: 'LOCALE_NOT_KNOWN' });
    expect(await identity.accountWithEmail(email)).toBeNull();
  });

  it('is impossible where it is closed, and the server may still make accounts', async () => {
    const { identity } = await openTestIdentity({ openSignUp: false });
    expect((await new TestBrowser(identity).post('/sign-up/email', { name, email, password })).status).toBe(400);
    expect(await identity.accountWithEmail(email)).toBeNull();
    await identity.createAccount(ada);
    expect((await new TestBrowser(identity).signIn(email, password)).status).toBe(200);
  });
});

describe('a change of the account', () => {
  it('concerns the one who is signed in, and only name and language', async () => {
    const { identity } = await openTestIdentity();
    const accountId = await identity.createAccount(ada);
    const otherId = await identity.createAccount({ ...ada, name: 'Bo', email: 'bo@example.org' });
    const browser = new TestBrowser(identity);
    expect((await browser.post('/update-user', { name: 'Nobody' })).status).toBe(401);
    await browser.signIn(ada.email, ada.password);
    expect((await browser.post('/update-user', { name: ' Ada Lovelace ', locale: 'en' })).status).toBe(200);
    for (const wrong of [
      { name: 'Ada\u0000' },
      { locale: 'de' },
      { image: 'https://elsewhere.example/ada.png' },
      { name: 'Ada', id: otherId },
      { email: 'countess@example.org' },
    ])
      expect((await browser.post('/update-user', wrong)).status).toBe(400);
    expect(await identity.account(accountId)).toEqual({
      accountId,
      name: 'Ada Lovelace',
      email: ada.email,
      locale: 'en',
    });
    expect(await identity.account(otherId)).toMatchObject({ name: 'Bo', email: 'bo@example.org' });
  });
});

describe('the tables of identity', () => {
  const folder = mkdtempSync(join(tmpdir(), 'identity-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are made once and found again', async () => {
    const file = join(folder, 'desk.db');
    const first = await openTestIdentity({ file });
    const accountId = await first.identity.createAccount(ada);
    first.desk.close();
    const second = await openTestIdentity({ file });
    expect(await second.identity.account(accountId)).toMatchObject({ name: ada.name });
    expect(second.desk.pragma('synchronous', { simple: true })).toBe(2);
    second.desk.close();
  });

  it('of a newer release are refused', async () => {
    const file = join(folder, 'newer.db');
    const { desk } = await openTestIdentity({ file });
    desk.prepare('insert into identity_versions values (99, ?)').run('2030-01-01T00:00:00.000Z');
    desk.close();
    await expect(openTestIdentity({ file })).rejects.toThrow(/newer release/);
  });

  it('lose accounts whose making was cut short before the password, so that their person can try again at once', async () => {
    const file = join(folder, 'cut.db');
    const { identity, desk } = await openTestIdentity({ file });
    await identity.createAccount(ada);
    const cut = await identity.createAccount({ ...ada, email: 'cut@example.org' });
    desk.prepare('delete from identity_credentials where userId = ?').run(cut);
    desk.close();
    const later = await openTestIdentity({ file });
    expect(await later.identity.account(cut)).toBeNull();
    expect(await later.identity.accountWithEmail(ada.email)).not.toBeNull();
    later.desk.close();
  });

  it('hold no secret in the clear', async () => {
    const file = join(folder, 'secrets.db');
    const { identity, desk } = await openTestIdentity({ file });
    const accountId = await identity.createAccount(ada);
    const memberId = await identity.createMembership({ accountId, communityId: 'c1' });
    const { token } = await identity.createToken({ accountId, label: 'script' });
    const expiresAt = '2027-01-20T00:00:00.000Z';
    const invited = await identity.invite({ communityId: 'c1', invitedBy: memberId, expiresAt });
    const everything = desk.serialize();
    for (const secret of [ada.password, token, token.slice(6), invited.token])
      expect(everything.includes(secret)).toBe(false);
    desk.close();
    new Database(file).close();
  });
});
