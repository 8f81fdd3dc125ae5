import { openTestIdentity } from './testing.js';

const ada = { name: 'Ada Byron', email: 'ada@example.org', password: 'mille-feuilles' };
const open = async () => {
  const opened = await openTestIdentity();
  const accountId = await opened.identity.createAccount(ada);
  const otherId = await opened.identity.createAccount({ ...ada, email: 'bo@example.org' });
  return { ...opened, accountId, otherId };
};

describe('an API token', () => {
  it('is told once and says who is asking', async () => {
    const { identity, accountId } = await open();
    const { token, tokenId } = await identity.createToken({ accountId, label: 'Sauvegarde' });
    expect(token).toMatch(/^ronde_[A-Za-z0-9_-]{43}$/);
    const caller = { accountId, via: 'token', tokenId };
    expect(await identity.authenticateToken(token)).toEqual(caller);
    for (const authorization of [`Bearer ${token}`, `bearer  ${token}`])
      expect(await identity.authenticate({ authorization })).toEqual(caller);
    expect(await identity.authenticate(new Headers({ authorization: `Bearer ${token}` }))).toEqual(caller);
    expect(JSON.stringify(await identity.tokensOf(accountId))).not.toContain(token);
  });

  it('costs no query while it is remembered', async () => {
    const { identity, accountId, desk } = await open();
    const { token } = await identity.createToken({ accountId, label: 'Sauvegarde' });
    await identity.authenticateToken(token);
    desk.close();
    expect(await identity.authenticateToken(token)).toMatchObject({ accountId });
  });

  it('is nobody when it was tampered with, also beside a good cookie', async () => {
    const { identity, accountId } = await open();
    const { token } = await identity.createToken({ accountId, label: 'Sauvegarde' });
    const last = token.endsWith('A') ? 'E' : 'A';
    for (const forged of [token.slice(0, -1), token.slice(0, -1) + last, token.slice(6), `${token}A`, 'ronde_', ''])
      expect(await identity.authenticate({ authorization: `Bearer ${forged}` })).toBeNull();
    for (const authorization of [token, `Basic ${token}`, `Bearer ${token} ${token}`])
      expect(await identity.authenticate({ authorization })).toBeNull();
  });

  it('stops at once when it is revoked', async () => {
    const { identity, accountId } = await open();
    const { token, tokenId } = await identity.createToken({ accountId, label: 'Sauvegarde' });
    expect(await identity.authenticateToken(token)).not.toBeNull();
    await identity.revokeToken(accountId, tokenId);
    expect(await identity.authenticateToken(token)).toBeNull();
    expect(await identity.tokensOf(accountId)).toEqual([]);
  });

  it('of somebody else cannot be revoked, nor told from one that never was', async () => {
    const { identity, accountId, otherId } = await open();
    const { token, tokenId } = await identity.createToken({ accountId, label: 'Sauvegarde' });
    await expect(identity.revokeToken(otherId, tokenId)).rejects.toMatchObject({ code: 'TOKEN_UNKNOWN', details: {} });
    await expect(identity.revokeToken(otherId, 'nothing')).rejects.toMatchObject({
      code: 'TOKEN_UNKNOWN',
      details: {},
    });
    expect(await identity.authenticateToken(token)).not.toBeNull();
    expect(await identity.tokensOf(otherId)).toEqual([]);
  });

  it('expires, also while it is remembered', async () => {
    const { identity, accountId, clock } = await open();
    const expiresAt = '2027-01-16T00:00:00.000Z';
    const { token } = await identity.createToken({ accountId, label: 'Sauvegarde', expiresAt });
    clock.set('2027-01-15T23:59:59.999Z');
    expect(await identity.authenticateToken(token)).not.toBeNull();
    clock.set(expiresAt);
    expect(await identity.authenticateToken(token)).toBeNull();
  });

  it('notes when it was last used, to the hour', async () => {
    const { identity, accountId, clock, desk } = await open();
    const { token } = await identity.createToken({ accountId, label: 'Sauvegarde' });
    const noted = async () => (await identity.tokensOf(accountId))[0]?.lastUsedAt;
    expect(await noted()).toBeNull();
    await identity.authenticateToken(token);
    expect(await noted()).toBe('2027-01-15T15:00:00.000Z');
    desk.prepare('update identity_tokens set lastUsedAt = ?').run('2027-01-15T13:59:00.000Z');
    await identity.signOutEverywhere(accountId);
    clock.set('2027-01-15T15:30:00.000Z');
    await identity.authenticateToken(token);
    expect(await noted()).toBe('2027-01-15T15:30:00.000Z');
    await identity.signOutEverywhere(accountId);
    clock.set('2027-01-15T16:00:00.000Z');
    await identity.authenticateToken(token);
    expect(await noted()).toBe('2027-01-15T15:30:00.000Z');
  });

  it('is listed newest first', async () => {
    const { identity, accountId, clock } = await open();
    await identity.createToken({ accountId, label: 'first' });
    clock.set('2027-01-15T15:00:01.000Z');
    await identity.createToken({ accountId, label: '  second ' });
    expect((await identity.tokensOf(accountId)).map(({ label }) => label)).toEqual(['second', 'first']);
  });

  it('is one of at most twenty', async () => {
    const { identity, accountId, otherId } = await open();
    for (let made = 0; made < 20; made += 1) await identity.createToken({ accountId, label: `n${made}` });
    await expect(identity.createToken({ accountId, label: 'n20' })).rejects.toMatchObject({ code: 'TOO_MANY_TOKENS' });
    await identity.createToken({ accountId: otherId, label: 'n0' });
  });

  it('is made once by a click that was sent twice', async () => {
    const { identity, accountId, otherId } = await open();
    const making = { accountId, label: 'Sauvegarde', commandId: 'click-1' };
    await identity.createToken(making);
    await expect(identity.createToken(making)).rejects.toMatchObject({ code: 'SECRET_ALREADY_SHOWN' });
    await identity.createToken({ ...making, accountId: otherId });
    expect(await identity.tokensOf(accountId)).toHaveLength(1);
  });

  it.each([
    ['LABEL_NOT_ALLOWED', { label: '' }],
    ['LABEL_NOT_ALLOWED', { label: 'a'.repeat(101) }],
    ['LABEL_NOT_ALLOWED', { label: 'a\tb' }],
    ['EXPIRY_NOT_ALLOWED', { expiresAt: '2027-01-15T15:00:00.000Z' }],
    ['EXPIRY_NOT_ALLOWED', { expiresAt: '2029-01-15T15:00:00.000Z' }],
  ])('is refused with %s for %j', async (code, wrong) => {
    const { identity, accountId } = await open();
    await expect(identity.createToken({ accountId, label: 'script', ...wrong })).rejects.toMatchObject({ code });
  });
});
