import { openTestIdentity, TestBrowser } from './testing.js';

const ada = { name: 'Ada Byron', email: 'ada@example.org', password: 'mille-feuilles', locale: 'fr' } as const;
const communityId = 'community-1';

const open = async () => {
  const opened = await openTestIdentity();
  const accountId = await opened.identity.createAccount(ada);
  return { ...opened, accountId };
};

describe('a membership', () => {
  it('is made once, with a member id that tells nothing of the account', async () => {
    const { identity, accountId } = await open();
    const joining = { accountId, communityId };
    const [memberId, again] = await Promise.all([
      identity.createMembership(joining),
      identity.createMembership(joining),
    ]);
    expect(again).toBe(memberId);
    expect(await identity.createMembership(joining)).toBe(memberId);
    expect(await identity.membershipsOf(accountId)).toHaveLength(1);
    const elsewhere = await identity.createMembership({ accountId, communityId: 'community-2' });
    expect(new Set([accountId, memberId, elsewhere]).size).toBe(3);
  });

  it('is found from both ends, within its community alone', async () => {
    const { identity, accountId } = await open();
    const memberId = await identity.createMembership({ accountId, communityId });
    const { joinedAt } = (await identity.membershipOf(accountId, communityId))!;
    const standing = { joinedAt, registered: false, left: false };
    const membership = { memberId, accountId, communityId, how: 'founder', invitedBy: null, ...standing };
    expect(await identity.accountOf(memberId)).toBe(accountId);
    expect(await identity.membershipOf(accountId, communityId)).toEqual(membership);
    expect(await identity.membershipOf(accountId, 'community-2')).toBeNull();
    expect(await identity.membershipOf('nobody', communityId)).toBeNull();
    expect(await identity.accountOf('nobody')).toBeNull();
  });

  it('needs an account', async () => {
    const { identity } = await open();
    await expect(identity.createMembership({ accountId: 'nobody', communityId })).rejects.toMatchObject({
      code: 'ACCOUNT_UNKNOWN',
    });
    expect(await identity.pendingRegistrations()).toEqual([]);
  });

  it('waits to be registered in the history of its community', async () => {
    const { identity, accountId } = await open();
    const memberId = await identity.createMembership({ accountId, communityId });
    expect(await identity.pendingRegistrations()).toMatchObject([{ memberId, communityId, how: 'founder' }]);
    await identity.confirmRegistered(memberId);
    await identity.confirmRegistered(memberId);
    expect(await identity.pendingRegistrations()).toEqual([]);
    expect(await identity.membershipOf(accountId, communityId)).toMatchObject({ registered: true });
  });

  it('ends when its person leaves, keeps their name, and is the same when they come back', async () => {
    const { identity, accountId, clock } = await open();
    const memberId = await identity.createMembership({ accountId, communityId });
    await identity.confirmRegistered(memberId);
    const leftAt = clock.now();
    await identity.leaveCommunity(memberId, leftAt);
    expect(await identity.membershipOf(accountId, communityId)).toBeNull();
    expect(await identity.membershipsOf(accountId)).toMatchObject([{ memberId, left: true }]);
    expect((await identity.namesOf([memberId])).get(memberId)).toEqual({ name: ada.name });
    await expect(identity.invite({ communityId, invitedBy: memberId })).rejects.toMatchObject({
      code: 'INVITER_NOT_IN_COMMUNITY',
    });
    clock.set('2027-03-01T12:00:00.000Z');
    const inviter = await identity.createMembership({
      ...{ communityId, accountId: await identity.createAccount({ ...ada, email: 'bo@example.org' }) },
    });
    const { token } = await identity.invite({ communityId, invitedBy: inviter });
    expect(await identity.redeem(token, { accountId })).toMatchObject({ memberId, registered: false, left: false });
    await identity.leaveCommunity(memberId, leftAt); // told again of the first time
    expect(await identity.membershipOf(accountId, communityId)).toMatchObject({ memberId });
  });

  it('may be withdrawn until it is registered', async () => {
    const { identity, accountId } = await open();
    const refused = await identity.createMembership({ accountId, communityId });
    await identity.withdrawMembership(refused);
    expect(await identity.membershipOf(accountId, communityId)).toBeNull();
    const memberId = await identity.createMembership({ accountId, communityId });
    expect(memberId).not.toBe(refused);
    await identity.confirmRegistered(memberId);
    await identity.withdrawMembership(memberId);
    expect(await identity.membershipOf(accountId, communityId)).toMatchObject({ memberId });
  });

  it('that is withdrawn from somebody who came back leaves them as who they were, away', async () => {
    const { identity, accountId } = await open();
    const memberId = await identity.createMembership({ accountId, communityId });
    await identity.confirmRegistered(memberId);
    await identity.leaveCommunity(memberId, '2027-12-31T12:00:00.000Z');
    expect(await identity.createMembership({ accountId, communityId })).toBe(memberId);
    await identity.withdrawMembership(memberId);
    expect(await identity.membershipsOf(accountId)).toMatchObject([{ memberId, registered: true, left: true }]);
    expect(await identity.pendingRegistrations()).toEqual([]);
  });
});

describe('the names of members', () => {
  it('join in one query, and are then remembered', async () => {
    const { identity, desk, accountId } = await open();
    const bo = await identity.createAccount({ ...ada, name: 'Bo', email: 'bo@example.org' });
    const first = await identity.createMembership({ accountId, communityId });
    const second = await identity.createMembership({ accountId: bo, communityId });
    const third = await identity.createMembership({ accountId: bo, communityId: 'community-2', displayName: 'Robert' });
    const names = new Map([
      [first, { name: 'Ada Byron' }],
      [second, { name: 'Bo' }],
      [third, { name: 'Robert' }],
    ]);
    expect(await identity.namesOf([first, second, third, second])).toEqual(names);
    desk.close();
    expect(await identity.namesOf([first, second, third])).toEqual(names);
    expect(await identity.namesOf([])).toEqual(new Map());
  });

  it('are null for an unknown member', async () => {
    const { identity } = await open();
    expect(await identity.namesOf(['nobody'])).toEqual(new Map([['nobody', { name: null }]]));
  });

  it('change at once when their owner changes them', async () => {
    const { identity, accountId } = await open();
    const memberId = await identity.createMembership({ accountId, communityId });
    expect((await identity.namesOf([memberId])).get(memberId)).toEqual({ name: 'Ada Byron' });
    const browser = new TestBrowser(identity);
    await browser.signIn(ada.email, ada.password);
    await browser.post('/update-user', { name: 'Ada Lovelace' });
    expect((await identity.namesOf([memberId])).get(memberId)).toEqual({ name: 'Ada Lovelace' });
  });
});
