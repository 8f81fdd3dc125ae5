import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestIdentity, TestBrowser } from './testing.js';

const ada = { name: 'Ada Byron-Quesnel', email: 'ada.quesnel@example.org', password: 'mille-feuilles' };
const bo = { name: 'Bo Diallo', email: 'bo@example.org', password: 'pain-au-chocolat' };
const soon = '2027-01-20T00:00:00.000Z';

const open = async (file?: string) => {
  const opened = await openTestIdentity({ file });
  const { identity } = opened;
  const accountId = await identity.createAccount(ada);
  const memberId = await identity.createMembership({ accountId, communityId: 'garden' });
  const friend = await identity.createMembership({
    accountId: await identity.createAccount(bo),
    communityId: 'garden',
  });
  const browser = new TestBrowser(identity);
  await browser.signIn(ada.email, ada.password);
  const { token } = await identity.createToken({ accountId, label: 'script' });
  await identity.namesOf([memberId, friend]);
  await identity.authenticate(browser.headers);
  await identity.authenticateToken(token);
  return { ...opened, accountId, memberId, friend, browser, token };
};

describe('erasing a person', () => {
  it('leaves a member without a name, and nobody to sign in', async () => {
    const { identity, accountId, memberId, friend, browser, token } = await open();
    await identity.erase({ memberIds: [memberId] });
    expect(await identity.namesOf([memberId, friend])).toEqual(
      new Map([
        [memberId, { name: null }],
        [friend, { name: bo.name }],
      ]),
    );
    expect(await identity.account(accountId)).toBeNull();
    expect(await identity.accountOf(memberId)).toBeNull();
    expect(await identity.membershipsOf(accountId)).toEqual([]);
    expect(await identity.authenticate(browser.headers)).toBeNull();
    expect(await identity.authenticateToken(token)).toBeNull();
    expect(await identity.pendingRegistrations()).toMatchObject([{ memberId: friend }]);
    expect((await new TestBrowser(identity).signIn(bo.email, bo.password)).status).toBe(200);
  });

  it('makes the address one like any that never had an account', async () => {
    const { identity, accountId } = await open();
    await identity.erase({ accountId });
    const answer = async (email: string) => {
      const response = await new TestBrowser(identity).signIn(email, ada.password);
      return [response.status, await response.text()];
    };
    expect(await answer(ada.email)).toEqual(await answer('nobody@example.org'));
    const again = await identity.createAccount(ada);
    expect(again).not.toBe(accountId);
  });

  it('may be repeated, also for members that never were', async () => {
    const { identity, accountId, memberId, desk } = await open();
    await identity.erase({ memberIds: [memberId] });
    const before = desk.serialize();
    await identity.erase({ memberIds: [memberId, 'nobody'] });
    await identity.erase({ accountId });
    await identity.erase({ memberIds: [] });
    expect(desk.serialize().equals(before)).toBe(true);
  });

  it('takes the invitations to their address along, and no others', async () => {
    const { identity, memberId, friend, desk } = await open();
    const inviting = { communityId: 'garden', invitedBy: friend, expiresAt: soon };
    await identity.invite({ ...inviting, email: ada.email });
    const kept = [
      await identity.invite({ ...inviting, email: 'cy@example.org' }),
      await identity.invite(inviting),
      await identity.invite({ ...inviting, invitedBy: memberId }),
    ];
    await identity.erase({ memberIds: [memberId] });
    expect(desk.prepare('select id from identity_invitations').pluck().all().sort()).toEqual(
      kept.map(({ invitationId }) => invitationId).sort(),
    );
  });

  it('in one community leaves the account that belongs to another', async () => {
    const { identity, accountId, memberId, friend, browser, desk } = await open();
    const elsewhere = await identity.createMembership({ accountId, communityId: 'mill' });
    await identity.invite({ communityId: 'garden', invitedBy: friend, email: ada.email });
    const kept = await identity.invite({ communityId: 'mill', invitedBy: elsewhere, email: ada.email });
    await identity.erase({ memberIds: [memberId] });
    expect(desk.prepare('select id from identity_invitations').pluck().all()).toEqual([kept.invitationId]);
    expect(await identity.namesOf([memberId, elsewhere])).toEqual(
      new Map([
        [memberId, { name: null }],
        [elsewhere, { name: ada.name }],
      ]),
    );
    expect(await identity.accountOf(memberId)).toBeNull();
    expect(await identity.authenticate(browser.headers)).not.toBeNull();
    const returned = await identity.createMembership({ accountId, communityId: 'garden' });
    expect(returned).not.toBe(memberId);
  });

  it('by account takes all their memberships', async () => {
    const { identity, accountId, memberId, browser } = await open();
    const elsewhere = await identity.createMembership({ accountId, communityId: 'mill', displayName: 'Countess' });
    await identity.erase({ accountId });
    expect([...(await identity.namesOf([memberId, elsewhere])).values()]).toEqual([{ name: null }, { name: null }]);
    expect(await identity.authenticate(browser.headers)).toBeNull();
  });

  it('cannot be undone by a membership made at the same moment', async () => {
    const { identity, accountId } = await open();
    const joining = identity.createMembership({ accountId, communityId: 'mill' });
    await Promise.all([joining.catch(() => undefined), identity.erase({ accountId })]);
    await expect(identity.createMembership({ accountId, communityId: 'pond' })).rejects.toMatchObject({
      code: 'ACCOUNT_UNKNOWN',
    });
    expect(await identity.membershipsOf(accountId)).toEqual([]);
  });

  describe('leaves in the files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'identity-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    const everything = () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));

    it('no trace of name or address', async () => {
      const { identity, accountId, memberId, desk } = await open(join(folder, 'desk.db'));
      expect(everything().includes(ada.email)).toBe(true);
      await identity.erase({ memberIds: [memberId] });
      for (const trace of [ada.name, ada.email, accountId]) expect(everything().includes(trace)).toBe(false);
      expect(everything().includes(bo.email)).toBe(true);
      desk.close();
    });
  });
});
