import { Args, Context, Field, ID, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import {
  Answering,
  CurrentAccount,
  CurrentViewer,
  Failure,
  GraphContext,
  type Refused,
  resultOf,
  SignedIn,
  Viewer,
} from '@app/graph';
import { Identity } from '../identity.js';
import type { Invited, Redeemer } from '../invitations.js';
import { refuseUnless } from '../refusals.js';
import { Registrations } from '../registrations.js';
import {
  CreateApiTokenInput,
  InviteInput,
  RedeemInvitationInput,
  RevokeApiTokenInput,
  SignOutEverywhereInput,
} from './identity.inputs.js';
import { ApiTokenView, Member, MembershipView } from './member.types.js';

@ObjectType('Invitation', { description: 'Told once: the token goes into the link and is kept nowhere.' })
export class InvitationView implements Invited {
  @Field(() => ID, { name: 'id' })
  invitationId!: string;
  @Field()
  token!: string;
  @Field()
  expiresAt!: string;
}

@ObjectType({ description: 'Told once: the token is kept nowhere.' })
export class NewApiToken {
  @Field()
  token!: string;
  @Field(() => ApiTokenView)
  apiToken!: ApiTokenView;
}

@ObjectType()
export class ApiTokenRevoked {
  @Field(() => ID)
  tokenId!: string;
}

@ObjectType({ description: 'Every session has ended, this one included.' })
export class SignedOutEverywhere {
  @Field({ description: 'Whether the API tokens ended as well.' })
  tokens!: boolean;
}

const InviteResult = resultOf('InviteResult', () => InvitationView);
const RedeemInvitationResult = resultOf('RedeemInvitationResult', () => MembershipView);
const CreateApiTokenResult = resultOf('CreateApiTokenResult', () => NewApiToken);
const RevokeApiTokenResult = resultOf('RevokeApiTokenResult', () => ApiTokenRevoked);
const SignOutEverywhereResult = resultOf('SignOutEverywhereResult', () => SignedOutEverywhere);

@Resolver()
export class IdentityResolver {
  constructor(
    private readonly identity: Identity,
    private readonly registrations: Registrations,
    private readonly answering: Answering,
  ) {}

  @Mutation(() => InviteResult, {
    description: 'Invites into the community of this request, by a link that works once.',
  })
  invite(@CurrentViewer() viewer: Viewer, @Args('input') input: InviteInput): Promise<InvitationView | Refused> {
    const { communityId, memberId: invitedBy } = viewer;
    return this.answering.attempt(viewer, () => this.identity.invite({ ...given(input), communityId, invitedBy }));
  }

  @Mutation(() => RedeemInvitationResult, {
    description: 'Joins a community: with the session’s account, or a new one.',
  })
  redeemInvitation(
    @Args('input') { token, account, displayName }: RedeemInvitationInput,
    @Context() { account: signedIn, locale, correlationId }: GraphContext,
  ): Promise<MembershipView | Refused> {
    const redeemer: Redeemer | undefined =
      account ?? (signedIn && { accountId: signedIn.accountId, displayName: displayName ?? undefined });
    if (!redeemer) throw new Failure('UNAUTHENTICATED');
    return this.answering.attempt({ locale }, async () => {
      const membership = await this.identity.redeem(token, given(redeemer));
      await this.registrations.complete(membership, correlationId);
      return { communityId: membership.communityId, member: Member.of(membership.memberId) };
    });
  }

  @Mutation(() => CreateApiTokenResult, { description: 'Needs a session: a token cannot make another.' })
  createApiToken(
    @CurrentAccount() account: SignedIn,
    @Args('input') input: CreateApiTokenInput,
  ): Promise<NewApiToken | Refused> {
    return this.answering.attempt(account, async () => {
      refuseUnless(account.sessionId, 'SESSION_NEEDED');
      const { token, ...apiToken } = await this.identity.createToken({ ...given(input), accountId: account.accountId });
      return { token, apiToken };
    });
  }

  @Mutation(() => RevokeApiTokenResult, { description: 'Ends one of one’s own API tokens at once.' })
  revokeApiToken(
    @CurrentAccount() account: SignedIn,
    @Args('input') { tokenId }: RevokeApiTokenInput,
  ): Promise<ApiTokenRevoked | Refused> {
    return this.answering.attempt(account, async () => {
      await this.identity.revokeToken(account.accountId, tokenId);
      return { tokenId };
    });
  }

  @Mutation(() => SignOutEverywhereResult, { description: 'Ends every session of one’s own at once, on every device.' })
  signOutEverywhere(
    @CurrentAccount() account: SignedIn,
    @Args('input', { nullable: true }) input?: SignOutEverywhereInput,
  ): Promise<SignedOutEverywhere | Refused> {
    const tokens = input?.tokens ?? false;
    return this.answering.attempt(account, async () => {
      await this.identity.signOutEverywhere(account.accountId, { tokens });
      return { tokens };
    });
  }
}

/** GraphQL says null where we say nothing. */
function given<T extends object>(input: T): T {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)) as T;
}
