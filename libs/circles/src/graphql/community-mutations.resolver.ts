import {
  Answering,
  callerOf,
  CurrentAccount,
  CurrentViewer,
  PresentOrDepartedViewer,
  Refused,
  resultOf,
  SignedIn,
  Viewer,
} from '@app/graph';
import { Identity, Member, Registrations } from '@app/identity';
import { derivedId, newId } from '@app/kernel';
import { Args, Field, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import type { Category } from '../domain/rules.js';
import { CircleQueries } from '../read/circles.query.js';
import { EraseMyData, FoundCommunity, LeaveCommunity } from '../write/community.commands.js';
import { EraseMyDataInput, FoundCommunityInput, LeaveCommunityInput } from './circle.inputs.js';
import { CommunityView } from './circle.types.js';

@ObjectType({
  description: 'The person is no longer known here; what they did stays, without their words and their name.',
})
export class Gone {
  @Field(() => Member)
  member!: Member;
}

const FoundCommunityResult = resultOf('FoundCommunityResult', () => CommunityView);
const LeaveCommunityResult = resultOf('LeaveCommunityResult', () => Gone);
const EraseMyDataResult = resultOf('EraseMyDataResult', () => Gone);

/** Founding a community, leaving it, being forgotten by it. */
@Resolver()
export class CommunityMutationsResolver {
  constructor(
    private readonly answering: Answering,
    private readonly queries: CircleQueries,
    private readonly identity: Identity,
    private readonly registrations: Registrations,
  ) {}

  @Mutation(() => FoundCommunityResult, { description: 'Found a community with its root circle, which you convene.' })
  async foundCommunity(@CurrentAccount() account: SignedIn, @Args('input') input: FoundCommunityInput) {
    const { accountId, correlationId } = account;
    const commandId = input.commandId ?? newId();
    const communityId = derivedId('community', accountId, commandId);
    const memberId = await this.identity.createMembership({ accountId, communityId });
    const { name, zone, circleName, aim, domain, meetingsPerYear } = input;
    const caller = { community: communityId, member: memberId, commandId, correlationId };
    const category = input.category as Category;
    const root = { name: circleName, aim, domain, category, meetingsPerYear };
    const answer = await this.answering.answer(account, new FoundCommunity(caller, { name, zone, root }), async () => {
      const [row] = await this.queries.communities([communityId]);
      return row === undefined ? null : Object.assign(new CommunityView(), row);
    });
    const membership = await this.identity.membershipOf(accountId, communityId);
    if (membership !== null && !isUndecided(answer)) await this.registrations.complete(membership, correlationId);
    return answer;
  }

  @Mutation(() => LeaveCommunityResult, { description: 'Leave the community and every circle of it.' })
  leaveCommunity(@CurrentViewer() viewer: Viewer, @Args('input') { commandId }: LeaveCommunityInput) {
    return this.answering.answer(viewer, new LeaveCommunity(callerOf(viewer, commandId)), () => this.gone(viewer));
  }

  @Mutation(() => EraseMyDataResult, {
    description: 'Be forgotten: your words and your name become unreadable, for ever.',
  })
  eraseMyData(@PresentOrDepartedViewer() viewer: Viewer, @Args('input') { commandId }: EraseMyDataInput) {
    return this.answering.answer(viewer, new EraseMyData(callerOf(viewer, commandId)), () => this.gone(viewer));
  }

  private async gone(viewer: Viewer): Promise<Gone> {
    return Object.assign(new Gone(), { member: Member.of(viewer.memberId) });
  }
}

/** Whether the log could not say what became of a founding. Its membership then waits for the same click again, or for the next start. */
const isUndecided = (answer: object): boolean =>
  answer instanceof Refused && ['OUTCOME_UNKNOWN', 'UNAVAILABLE'].includes(answer.code);
