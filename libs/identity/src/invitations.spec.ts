import { openTestIdentity, TestBrowser } from './testing.js';

const communityId = 'community-1';
const ada = { name: 'Ada Byron', email: 'ada@example.org', password: 'mille-feuilles' };
const bo = { name: 'Bo Diallo', email: 'bo@example.org', password: 'pain-au-chocolat' };
const cy = { name: 'Cy Nguyen', email: 'cy@example.org', password: 'tarte-au-citron' };
const soon = '2027-01-20T00:00:00.000Z';

const open = async () => {
  const opened = await openTestIdentity();
  const { identity } = opened;
  const founder = await identity.createAccount(ada);
  const invitedBy = await identity.createMembership({ accountId: founder, communityId });
  const inviting = { communityId, invitedBy, expiresAt: soon };
  return { ...opened, founder, invitedBy, inviting };
};

describe('an invitation', () => {
  it('makes a person without an account a member who can sign in', async () => {
    const { identity, inviting, invitedBy } = await open();
    const { token, expiresAt } = await identity.invite(inviting);
    expect(expiresAt).toBe(soon);
    const membership = await identity.redeem(token, { ...bo, locale: 'en' });
    expect(membership).toMatchObject({ communityId, how: 'invitation', invitedBy, registered: false });
    expect(await identity.account(membership.accountId)).toMatchObject({ name: bo.name, locale: 'en' });
    expect(await identity.namesOf([membership.memberId])).toEqual(new Map([[membership.memberId, { name: bo.name }]]));
    expect((await new TestBrowser(identity).signIn(bo.email, bo.password)).status).toBe(200);
  });

  it('makes an account that is signed in a member, under another name if they like', async () => {
    const { identity, inviting } = await open();
    const accountId = await identity.createAccount(bo);
    const { token } = await identity.invite(inviting);
    const { memberId } = await identity.redeem(token, { accountId, displayName: 'Bo du jardin' });
    expect(await identity.accountOf(memberId)).toBe(accountId);
    expect((await identity.namesOf([memberId])).get(memberId)).toEqual({ name: 'Bo du jardin' });
  });

  it('works once; who used it is answered the same again', async () => {
    const { identity, inviting } = await open();
    const accountId = await identity.createAccount(bo);
    const { token } = await identity.invite(inviting);
    const membership = await identity.redeem(token, { accountId });
    expect(await identity.redeem(token, { accountId })).toEqual(membership);
    await expect(identity.redeem(token, cy)).rejects.toMatchObject({ code: 'INVITATION_USED' });
    expect(await identity.accountWithEmail(cy.email)).toBeNull();
  });

  it('is won by one of two that race, and leaves nothing of the other', async () => {
    const { identity, inviting, desk } = await open();
    const { token } = await identity.invite(inviting);
    const both = await Promise.allSettled([identity.redeem(token, bo), identity.redeem(token, cy)]);
    const lost = both.filter((outcome) => outcome.status === 'rejected');
    expect(lost).toMatchObject([{ reason: { code: 'INVITATION_USED' } }]);
    expect(desk.prepare('select count(*) from identity_accounts').pluck().get()).toBe(2);
    expect(desk.prepare('select count(*) from identity_credentials').pluck().get()).toBe(2);
    expect(desk.prepare('select count(*) from identity_memberships').pluck().get()).toBe(2);
  });

  it('is won by one of two accounts that race, and the other account stays', async () => {
    const { identity, inviting } = await open();
    const accounts = [await identity.createAccount(bo), await identity.createAccount(cy)];
    const { token } = await identity.invite(inviting);
    const both = await Promise.allSettled(accounts.map((accountId) => identity.redeem(token, { accountId })));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const accountId of accounts) expect(await identity.account(accountId)).not.toBeNull();
  });

  it('stands for two weeks unless told otherwise', async () => {
    const { identity, inviting } = await open();
    const { expiresAt } = await identity.invite({ ...inviting, expiresAt: undefined });
    expect(expiresAt).toBe('2027-01-29T15:00:00.000Z');
  });

  it('expires', async () => {
    const { identity, inviting, clock } = await open();
    const { token } = await identity.invite(inviting);
    clock.set('2027-01-19T23:59:59.999Z');
    await expect(identity.redeem(token, { ...bo, password: 'court' })).rejects.toMatchObject({ code: 'WEAK_PASSWORD' });
    clock.set(soon);
    await expect(identity.redeem(token, bo)).rejects.toMatchObject({ code: 'INVITATION_EXPIRED' });
    expect(await identity.accountWithEmail(bo.email)).toBeNull();
  });

  it('is unknown when its token was tampered with', async () => {
    const { identity, inviting } = await open();
    const { token } = await identity.invite(inviting);
    const other = token.startsWith('A') ? 'B' : 'A';
    for (const forged of [other + token.slice(1), token.slice(1), `${token}A`, '', "' or 1=1 --", token.toLowerCase()])
      await expect(identity.redeem(forged, bo)).rejects.toMatchObject({ code: 'INVITATION_UNKNOWN' });
    expect(await identity.accountWithEmail(bo.email)).toBeNull();
  });

  it('that names an address is for that address, whatever the case', async () => {
    const { identity, inviting } = await open();
    const { token } = await identity.invite({ ...inviting, email: 'Bo@Example.org' });
    const accountId = await identity.createAccount(cy);
    const refused = { code: 'INVITATION_OTHER_ADDRESS' };
    await expect(identity.redeem(token, { accountId })).rejects.toMatchObject(refused);
    await expect(identity.redeem(token, { ...bo, email: 'di@example.org' })).rejects.toMatchObject(refused);
    expect(await identity.accountWithEmail('di@example.org')).toBeNull();
    await identity.redeem(token, bo);
  });

  it('forgets the address it was for once it is used', async () => {
    const { identity, inviting, desk } = await open();
    const { token } = await identity.invite({ ...inviting, email: bo.email });
    await identity.redeem(token, bo);
    expect(desk.prepare('select email from identity_invitations').pluck().all()).toEqual([null]);
  });

  it('asks who has an account to sign in first, and stays good', async () => {
    const { identity, inviting } = await open();
    const accountId = await identity.createAccount(bo);
    const { token } = await identity.invite(inviting);
    await expect(identity.redeem(token, bo)).rejects.toMatchObject({ code: 'EMAIL_TAKEN' });
    await identity.redeem(token, { accountId });
  });

  it('is refused to somebody who is a member, and stays good for another', async () => {
    const { identity, inviting, founder } = await open();
    const { token } = await identity.invite(inviting);
    await expect(identity.redeem(token, { accountId: founder })).rejects.toMatchObject({
      code: 'ALREADY_IN_COMMUNITY',
    });
    await identity.redeem(token, bo);
  });

  it('can be redeemed after signing in when the account was made and the process then stopped', async () => {
    const { identity, inviting } = await open();
    const { token } = await identity.invite(inviting);
    const accountId = await identity.createAccount(bo);
    await expect(identity.redeem(token, bo)).rejects.toMatchObject({ code: 'EMAIL_TAKEN' });
    const { memberId } = await identity.redeem(token, { accountId });
    expect(await identity.pendingRegistrations()).toContainEqual(expect.objectContaining({ memberId }));
  });

  it('leads nowhere once its author left, and makes no account', async () => {
    const { identity, inviting, invitedBy, clock } = await open();
    const { token } = await identity.invite(inviting);
    await identity.leaveCommunity(invitedBy, clock.now());
    const accountId = await identity.createAccount(cy);
    const refused = { code: 'INVITER_NOT_A_MEMBER' };
    await expect(identity.redeem(token, bo)).rejects.toMatchObject(refused);
    await expect(identity.redeem(token, { accountId })).rejects.toMatchObject(refused);
    expect(await identity.accountWithEmail(bo.email)).toBeNull();
    expect(await identity.membershipOf(accountId, communityId)).toBeNull();
  });

  it('is written by a member of that community', async () => {
    const { identity, inviting, invitedBy } = await open();
    const refused = { code: 'INVITER_NOT_IN_COMMUNITY' };
    await expect(identity.invite({ ...inviting, communityId: 'community-2' })).rejects.toMatchObject(refused);
    await expect(identity.invite({ ...inviting, invitedBy: 'nobody' })).rejects.toMatchObject(refused);
    await identity.erase({ memberIds: [invitedBy] });
    await expect(identity.invite(inviting)).rejects.toMatchObject(refused);
  });

  it.each([
    ['EXPIRY_NOT_ALLOWED', { expiresAt: '2027-01-15T15:00:00.000Z' }],
    ['EXPIRY_NOT_ALLOWED', { expiresAt: '2027-04-16T15:00:00.000Z' }],
    ['EXPIRY_NOT_ALLOWED', { expiresAt: 'tomorrow' }],
    ['EXPIRY_NOT_ALLOWED', { expiresAt: '2027-13-40T00:00:00.000Z' }],
    ['EMAIL_NOT_ALLOWED', { email: 'bo' }],
  ])('is refused with %s for %j', async (code, wrong) => {
    const { identity, inviting } = await open();
    await expect(identity.invite({ ...inviting, ...wrong })).rejects.toMatchObject({ code });
  });

  it('is written once by a click that was sent twice', async () => {
    const { identity, inviting, desk } = await open();
    await identity.invite({ ...inviting, commandId: 'click-1' });
    await expect(identity.invite({ ...inviting, commandId: 'click-1' })).rejects.toMatchObject({
      code: 'SECRET_ALREADY_SHOWN',
    });
    await identity.invite({ ...inviting, commandId: 'click-2' });
    await identity.invite(inviting);
    await identity.invite(inviting);
    expect(desk.prepare('select count(*) from identity_invitations').pluck().get()).toBe(4);
  });
});
