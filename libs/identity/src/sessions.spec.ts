import { openTestIdentity, quickPasswords, TestBrowser } from './testing.js';

const ada = { name: 'Ada Byron', email: 'ada@example.org', password: 'mille-feuilles', locale: 'fr' } as const;
const open = async (given: Parameters<typeof openTestIdentity>[0] = {}) => {
  const opened = await openTestIdentity(given);
  const accountId = await opened.identity.createAccount(ada);
  return { ...opened, accountId };
};

describe('signing in', () => {
  it('gives a session, by which every request is known', async () => {
    const { identity, accountId } = await open();
    const browser = new TestBrowser(identity);
    expect((await browser.signIn(ada.email, ada.password)).status).toBe(200);
    expect(await identity.authenticate(browser.headers)).toEqual({
      accountId,
      via: 'session',
      sessionId: expect.any(String),
    });
    expect(await identity.authenticate(new Headers(browser.headers))).toMatchObject({ accountId });
  });

  it('sets a cookie that scripts and other sites cannot use', async () => {
    const { identity } = await open();
    const response = await new TestBrowser(identity).signIn('ADA@example.org', ada.password);
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^ronde\.session_token=/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toMatch(/Secure/i);
  });

  it('marks the cookie secure where the server is reached over https', async () => {
    const { identity } = await open({ baseUrl: 'https://ronde.example.org' });
    const browser = new TestBrowser(identity);
    const said = { origin: 'https://ronde.example.org' };
    const response = await browser.post('/sign-in/email', { email: ada.email, password: ada.password }, said);
    expect(response.headers.getSetCookie()[0]).toMatch(/^__Secure-ronde\.session_token=.*; Secure/);
  });

  it('answers an unknown address and a wrong password alike, and works as long for both', async () => {
    const worked: string[] = [];
    const passwords = {
      hash: (password: string) => (worked.push('scrypt'), quickPasswords.hash(password)),
      verify: (given: { hash: string; password: string }) => (worked.push('scrypt'), quickPasswords.verify(given)),
    };
    const { identity } = await open({ passwords });
    const answer = async (email: string) => {
      worked.length = 0;
      const response = await new TestBrowser(identity).signIn(email, 'not-her-password');
      const cookies = response.headers.getSetCookie();
      return { status: response.status, body: await response.text(), cookies, worked: [...worked] };
    };
    const wrong = await answer(ada.email);
    expect(wrong).toMatchObject({ status: 401, worked: ['scrypt'], cookies: [] });
    expect(await answer('nobody@example.org')).toEqual(wrong);
  });

  it('limits the tries by the address of the socket, whatever the client claims', async () => {
    const { identity } = await open({ triesPerMinute: 3 });
    const attempt = (address: string, claimed: string) =>
      new TestBrowser(identity, address).post(
        '/sign-in/email',
        { email: ada.email, password: 'not-her-password' },
        { 'x-client-ip': claimed, 'x-forwarded-for': claimed },
      );
    const statuses = [];
    for (const claimed of ['198.51.100.1', '198.51.100.2', '198.51.100.3', '198.51.100.4'])
      statuses.push((await attempt('203.0.113.7', claimed)).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
    expect((await attempt('203.0.113.8', '203.0.113.7')).status).toBe(401);
  });

  it('is refused to a page of another site', async () => {
    const { identity } = await open();
    const response = await new TestBrowser(identity).post(
      '/sign-in/email',
      { email: ada.email, password: ada.password },
      { origin: 'https://elsewhere.example' },
    );
    expect(response.status).toBe(403);
  });

  it('does not take a cookie that was tampered with', async () => {
    const { identity } = await open();
    const browser = new TestBrowser(identity);
    await browser.signIn(ada.email, ada.password);
    const [name, value = ''] = browser.cookie.split('=');
    for (const forged of [`x${value}`, value.slice(0, -8), value.split('.')[0], ''])
      expect(await identity.authenticate({ cookie: `${name}=${forged}` })).toBeNull();
    expect(await identity.authenticate({})).toBeNull();
    expect(await identity.authenticate({ cookie: `${'a=b; '.repeat(1000)}${browser.cookie}` })).toBeNull();
  });
});

describe('a session', () => {
  const signedIn = async () => {
    const opened = await open();
    const browsers = [new TestBrowser(opened.identity), new TestBrowser(opened.identity)] as const;
    for (const browser of browsers) {
      await browser.signIn(ada.email, ada.password);
      expect(await opened.identity.authenticate(browser.headers)).not.toBeNull();
    }
    return { ...opened, phone: browsers[0], laptop: browsers[1] };
  };

  it('costs no query while it is remembered', async () => {
    const { identity, phone, desk } = await signedIn();
    desk.close();
    expect(await identity.authenticate(phone.headers)).not.toBeNull();
  });

  it('ends at once when its owner signs out, and the others stand', async () => {
    const { identity, phone, laptop } = await signedIn();
    const headers = phone.headers;
    expect((await phone.post('/sign-out', {})).status).toBe(200);
    expect(await identity.authenticate(headers)).toBeNull();
    expect(await identity.authenticate(laptop.headers)).not.toBeNull();
  });

  it('ends at once when its owner revokes it from another device', async () => {
    const { identity, phone, laptop } = await signedIn();
    expect((await laptop.post('/revoke-other-sessions', {})).status).toBe(200);
    expect(await identity.authenticate(phone.headers)).toBeNull();
    expect(await identity.authenticate(laptop.headers)).not.toBeNull();
  });

  it('ends everywhere when the password changes, except where it was changed', async () => {
    const { identity, phone, laptop } = await signedIn();
    const before = laptop.headers;
    const change = { currentPassword: ada.password, newPassword: 'pain-au-chocolat' };
    expect((await laptop.post('/change-password', change)).status).toBe(200);
    expect(await identity.authenticate(phone.headers)).toBeNull();
    expect(await identity.authenticate(before)).toBeNull();
    expect(await identity.authenticate(laptop.headers)).not.toBeNull();
    expect((await new TestBrowser(identity).signIn(ada.email, ada.password)).status).toBe(401);
  });

  it('ends everywhere when asked, API tokens only when asked', async () => {
    const { identity, accountId, phone, laptop } = await signedIn();
    const { token } = await identity.createToken({ accountId, label: 'script' });
    await identity.signOutEverywhere(accountId);
    expect(await identity.authenticate(phone.headers)).toBeNull();
    expect(await identity.authenticate(laptop.headers)).toBeNull();
    expect(await identity.authenticateToken(token)).toEqual({ accountId, via: 'token', tokenId: expect.any(String) });
    await identity.signOutEverywhere(accountId, { tokens: true });
    expect(await identity.authenticateToken(token)).toBeNull();
  });

  it("leaves other people's alone", async () => {
    const { identity, accountId } = await signedIn();
    const bo = { ...ada, name: 'Bo', email: 'bo@example.org' };
    await identity.createAccount(bo);
    const browser = new TestBrowser(identity);
    await browser.signIn(bo.email, bo.password);
    await identity.signOutEverywhere(accountId, { tokens: true });
    expect(await identity.authenticate(browser.headers)).not.toBeNull();
  });
});

describe('what is served under /api/auth', () => {
  it('is the short list and nothing else', async () => {
    const { identity } = await open();
    const browser = new TestBrowser(identity);
    for (const path of ['/delete-user', '/change-email', '/sign-in/social', '/list-accounts', '/ok', '/sign-in/email/'])
      expect((await browser.post(path, {})).status).toBe(404);
  });
});
