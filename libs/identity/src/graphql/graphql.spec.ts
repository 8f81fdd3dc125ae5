import 'reflect-metadata';
import { Answering, GraphContext, Refused, SignedIn, Viewer } from '@app/graph';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { Test } from '@nestjs/testing';
import { graphql, type GraphQLSchema, printSchema } from 'graphql';
import { Refusal } from '@app/kernel';
import { refusalCodes } from '@app/wording';
import type { Membership } from '../memberships.js';
import { identityRefusals } from '../refusals.js';
import { MemberRegistration, Registrations } from '../registrations.js';
import { openTestIdentity } from '../testing.js';
import { IdentityResolver } from './identity.resolver.js';
import { Member } from './member.types.js';
import { MemberResolver, MeResolver } from './member.resolver.js';

const ada = { name: 'Ada Byron', email: 'ada@example.org', password: 'mille-feuilles', locale: 'fr' } as const;
const bo = { name: 'Bo Diallo', email: 'bo@example.org', password: 'pain-au-chocolat' };
const communityId = 'garden';

const unexpected = (_: Membership, refusal: Refusal): never => {
  throw refusal;
};

class Noted extends MemberRegistration {
  readonly registered: string[] = [];
  known = true;
  /** What the history refuses members with. */
  readonly refusals = new Map<string, string>();

  async register({ memberId }: Membership): Promise<boolean> {
    this.registered.push(memberId);
    const code = this.refusals.get(memberId);
    if (code !== undefined) throw new Refusal(code);
    return this.known;
  }
}

const open = async () => {
  const opened = await openTestIdentity();
  const { identity } = opened;
  const history = new Noted();
  const registrations = new Registrations(identity, history);
  const resolver = new IdentityResolver(identity, registrations, new Answering({} as never, {} as never));
  const accountId = await identity.createAccount(ada);
  const memberId = await identity.createMembership({ accountId, communityId });
  await identity.confirmRegistered(memberId);
  const common = { accountId, locale: 'fr', correlationId: 'request-1' } as const;
  const account: SignedIn = { ...common, sessionId: 'session-1' };
  const viewer: Viewer = { ...common, memberId, communityId };
  const context: GraphContext = { ...common, account, viewer, loaders: new Map<unknown, unknown>() };
  const nobody: GraphContext = { ...context, account: undefined, viewer: undefined };
  return { ...opened, history, registrations, resolver, accountId, memberId, account, viewer, context, nobody };
};

describe('a member', () => {
  it('is named by their name, all of a request in one query', async () => {
    const { identity, accountId, context, memberId, desk } = await open();
    const others = [1, 2, 3].map((at) => identity.createMembership({ accountId, communityId: `mill-${at}` }));
    const members = [memberId, ...(await Promise.all(others))].map((id) => Member.of(id));
    const resolver = new MemberResolver(identity);
    const prepared: string[] = [];
    const prepare = desk.prepare.bind(desk);
    desk.prepare = ((sql: string) => (prepared.push(sql), prepare(sql))) as typeof desk.prepare;
    const names = await Promise.all(members.map((member) => resolver.name(member, context)));
    expect(names).toEqual([ada.name, ada.name, ada.name, ada.name]);
    expect(prepared).toHaveLength(1);
  });

  it('who was forgotten is said to be, in the language of the reader', async () => {
    const { identity, memberId, context } = await open();
    await identity.erase({ memberIds: [memberId] });
    const resolver = new MemberResolver(identity);
    expect(await resolver.name(Member.of(memberId), context)).toBe('une personne oubliée à sa demande');
    expect(await resolver.forgotten(Member.of(memberId), context)).toBe(true);
    expect(await resolver.name(Member.of('x'), { ...context, locale: 'en', loaders: new Map() })).toBe(
      'a person forgotten at their request',
    );
  });
});

describe('the person who is asking', () => {
  it('sees their account, places and tokens', async () => {
    const { identity, account, accountId, memberId, context } = await open();
    await identity.createToken({ accountId, label: 'script' });
    const resolver = new MeResolver(identity);
    const me = resolver.me(account);
    expect(await resolver.account(me)).toMatchObject({ name: ada.name, email: ada.email, locale: 'fr' });
    expect(await resolver.memberships(me)).toEqual([{ communityId, member: Member.of(memberId) }]);
    expect(resolver.member(context)).toEqual(Member.of(memberId));
    expect(await resolver.apiTokens(me)).toMatchObject([{ label: 'script' }]);
  });
});

describe('an invitation', () => {
  it('is redeemed by somebody new, who is then told to the history of the community', async () => {
    const { identity, resolver, viewer, nobody, history } = await open();
    const invited = await resolver.invite(viewer, { email: null as never, expiresAt: undefined });
    const { token } = invited as { token: string };
    const joined = await resolver.redeemInvitation({ token, account: bo }, nobody);
    expect(joined).toMatchObject({ communityId });
    expect(history.registered).toEqual([(joined as { member: Member }).member.id]);
    expect(await identity.pendingRegistrations()).toEqual([]);
  });

  it('is redeemed with the account that is signed in', async () => {
    const { identity, resolver, viewer, context } = await open();
    const accountId = await identity.createAccount(bo);
    const { token } = (await resolver.invite(viewer, {})) as { token: string };
    const account = { ...context.account, accountId } as SignedIn;
    const joined = await resolver.redeemInvitation({ token, displayName: 'Bo' }, { ...context, account });
    expect(await identity.accountOf((joined as { member: Member }).member.id)).toBe(accountId);
  });

  it('asks who it is', async () => {
    const { resolver, nobody } = await open();
    expect(() => resolver.redeemInvitation({ token: 'x' }, nobody)).toThrow('UNAUTHENTICATED');
  });

  it('that is refused says why in the language of the reader', async () => {
    const { resolver, nobody } = await open();
    const refused = await resolver.redeemInvitation({ token: 'x', account: bo }, { ...nobody, locale: 'en' });
    expect(refused).toBeInstanceOf(Refused);
    expect(refused).toMatchObject({ code: 'INVITATION_UNKNOWN', message: /leads nowhere/ });
  });
});

describe('what a stopped process left half done', () => {
  it('is registered at the next start, once', async () => {
    const { identity, resolver, viewer, history, registrations } = await open();
    const { token } = (await resolver.invite(viewer, {})) as { token: string };
    const { memberId } = await identity.redeem(token, bo);
    await registrations.completePending(unexpected);
    await registrations.completePending(unexpected);
    expect(history.registered).toEqual([memberId]);
  });

  it('is withdrawn when the community was never founded', async () => {
    const { identity, accountId, history, registrations } = await open();
    await identity.createMembership({ accountId, communityId: 'never' });
    history.known = false;
    await registrations.completePending(unexpected);
    expect(await identity.membershipOf(accountId, 'never')).toBeNull();
  });
});

describe('a membership that the history refuses', () => {
  const joined = async (opened: Awaited<ReturnType<typeof open>>, person: typeof bo) => {
    const { token } = (await opened.resolver.invite(opened.viewer, {})) as { token: string };
    return opened.identity.redeem(token, person);
  };

  it('is withdrawn, at the next start too, which goes on with the others', async () => {
    const opened = await open();
    const { identity, registrations, history } = opened;
    const refused = await joined(opened, bo);
    const taken = await joined(opened, { ...bo, email: 'cy@example.org' });
    history.refusals.set(refused.memberId, 'INVITER_NOT_A_MEMBER');
    const told: string[] = [];
    await registrations.completePending(({ memberId }, { code }) => told.push(`${memberId} ${code}`));
    expect(told).toEqual([`${refused.memberId} INVITER_NOT_A_MEMBER`]);
    expect(await identity.membershipOf(refused.accountId, communityId)).toBeNull();
    expect(await identity.membershipOf(taken.accountId, communityId)).toMatchObject({ registered: true });
    expect(await identity.pendingRegistrations()).toEqual([]);
  });

  it('is refused to who redeems, and stays pending when somebody only wrote first', async () => {
    const opened = await open();
    const { identity, registrations, history } = opened;
    const membership = await joined(opened, bo);
    history.refusals.set(membership.memberId, 'STALE');
    await expect(registrations.complete(membership, 'request-1')).rejects.toMatchObject({ code: 'STALE' });
    expect(await identity.pendingRegistrations()).toHaveLength(1);
    history.refusals.set(membership.memberId, 'MEMBER_ERASED');
    await expect(registrations.complete(membership, 'request-1')).rejects.toMatchObject({ code: 'MEMBER_ERASED' });
    expect(await identity.pendingRegistrations()).toEqual([]);
  });
});

describe('API tokens', () => {
  it('are made in a session, never by a token', async () => {
    const { identity, resolver, account } = await open();
    const made = await resolver.createApiToken(account, { label: 'script', expiresAt: null as never });
    expect(made).toMatchObject({ token: expect.stringMatching(/^ronde_/), apiToken: { label: 'script' } });
    const byToken = await resolver.createApiToken({ ...account, sessionId: undefined }, { label: 'script' });
    expect(byToken).toMatchObject({ code: 'SESSION_NEEDED' });
    expect(await identity.tokensOf(account.accountId)).toHaveLength(1);
  });

  it('are revoked by their owner alone', async () => {
    const { identity, resolver, account } = await open();
    const { tokenId } = await identity.createToken({ accountId: account.accountId, label: 'script' });
    const other = { ...account, accountId: await identity.createAccount(bo) };
    expect(await resolver.revokeApiToken(other, { tokenId })).toMatchObject({ code: 'TOKEN_UNKNOWN' });
    expect(await resolver.revokeApiToken(account, { tokenId })).toEqual({ tokenId });
  });

  it('end with the sessions when asked', async () => {
    const { identity, resolver, account } = await open();
    const { token } = await identity.createToken({ accountId: account.accountId, label: 'script' });
    expect(await resolver.signOutEverywhere(account)).toEqual({ tokens: false });
    expect(await identity.authenticateToken(token)).not.toBeNull();
    expect(await resolver.signOutEverywhere(account, { tokens: true })).toEqual({ tokens: true });
    expect(await identity.authenticateToken(token)).toBeNull();
  });
});

describe('the schema of identity', () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [GraphQLSchemaBuilderModule] }).compile();
    schema = await module.get(GraphQLSchemaFactory).create([IdentityResolver, MeResolver, MemberResolver]);
  });

  it('offers what people can ask', () => {
    const offered = Object.keys(schema.getMutationType()?.getFields() ?? {}).sort();
    expect(offered).toEqual(['createApiToken', 'invite', 'redeemInvitation', 'revokeApiToken', 'signOutEverywhere']);
    expect(printSchema(schema)).not.toMatch(/accountId|memberId/);
  });

  it('answers an unknown field like any other schema', async () =>
    expect((await graphql({ schema, source: '{ me { account { password } } }' })).errors).toHaveLength(1));
});

describe('every refusal of identity', () => {
  it('has its sentence', () => expect(refusalCodes()).toEqual(expect.arrayContaining([...identityRefusals])));
});
