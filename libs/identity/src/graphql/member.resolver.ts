import { Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentAccount, GraphContext, loaderOf, SignedIn, type Batch } from '@app/graph';
import { say } from '@app/wording';
import { Identity } from '../identity.js';
import { AccountView, ApiTokenView, Me, Member, MembershipView } from './member.types.js';

type Named = { readonly name: string | null };

/** Reads the names of many members at once, for {@link loaderOf}. */
export const memberLoader =
  (identity: Identity): Batch<string, Named> =>
  (memberIds) =>
    identity.namesOf(memberIds);

@Resolver(() => Member)
export class MemberResolver {
  constructor(private readonly identity: Identity) {}

  @ResolveField(() => String, { description: 'Their name; for a person who was forgotten, words that say so.' })
  async name(@Parent() member: Member, @Context() context: GraphContext): Promise<string> {
    return (await this.nameOf(member, context)) ?? say(context.locale, 'FORGOTTEN_PERSON');
  }

  @ResolveField(() => Boolean, { description: 'Whether this person had their data erased.' })
  async forgotten(@Parent() member: Member, @Context() context: GraphContext): Promise<boolean> {
    return (await this.nameOf(member, context)) === null;
  }

  private async nameOf({ id }: Member, context: GraphContext): Promise<string | null> {
    const named = await loaderOf(context, 'names of members', memberLoader(this.identity)).load(id);
    return named?.name ?? null;
  }
}

@Resolver(() => Me)
export class MeResolver {
  constructor(private readonly identity: Identity) {}

  @Query(() => Me, { description: 'The person who is asking.' })
  me(@CurrentAccount() { accountId }: SignedIn): Me {
    return Object.assign(new Me(), { accountId });
  }

  @ResolveField(() => AccountView)
  async account(@Parent() { accountId }: Me): Promise<AccountView> {
    const account = await this.identity.account(accountId);
    if (!account) throw new Error('An account ended while it was asking.');
    return account;
  }

  @ResolveField(() => [MembershipView], { description: 'The communities this person belongs to.' })
  async memberships(@Parent() { accountId }: Me): Promise<MembershipView[]> {
    const memberships = await this.identity.membershipsOf(accountId);
    const current = memberships.filter(({ registered, left }) => registered && !left);
    return current.map(({ communityId, memberId }) => ({ communityId, member: Member.of(memberId) }));
  }

  @ResolveField(() => Member, { nullable: true, description: 'As whom they ask, in the community of this request.' })
  member(@Context() { viewer }: GraphContext): Member | null {
    return viewer ? Member.of(viewer.memberId) : null;
  }

  @ResolveField(() => [ApiTokenView], { description: 'Their API tokens, newest first; at most twenty.' })
  async apiTokens(@Parent() { accountId }: Me): Promise<ApiTokenView[]> {
    return [...(await this.identity.tokensOf(accountId))];
  }
}
