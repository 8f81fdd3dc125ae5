import { CurrentViewer, GraphContext, IsId, loaderOf, PageArgs, Viewer } from '@app/graph';
import { Member } from '@app/identity';
import { Args, ArgsType, Context, Field, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { MeetingQueries } from '../read/meetings.query.js';
import { MeetingConnection, MeetingPresenceView, MeetingView } from './meeting.types.js';
import { MeetingsShown } from './meetings-shown.js';

@ArgsType()
class MeetingArgs {
  @Field(() => ID)
  @IsId()
  id!: string;
}

@ArgsType()
class MeetingsArgs extends PageArgs {
  @Field(() => ID)
  @IsId()
  circleId!: string;
}

/** Meetings and who is in the room. */
@Resolver(() => MeetingView)
export class MeetingResolver {
  constructor(
    private readonly shown: MeetingsShown,
    private readonly queries: MeetingQueries,
  ) {}

  @Query(() => MeetingView, { nullable: true })
  meeting(@CurrentViewer() viewer: Viewer, @Args() { id }: MeetingArgs, @Context() context: GraphContext) {
    return this.shown.one(viewer, id, context);
  }

  @Query(() => MeetingConnection, { description: 'The meetings of a circle, the latest first.' })
  meetings(@CurrentViewer() viewer: Viewer, @Args() args: MeetingsArgs, @Context() context: GraphContext) {
    return this.shown.page(viewer, args.circleId, args, context);
  }

  @ResolveField(() => Member)
  openedBy(@Parent() { openedBy }: MeetingView): Member {
    return Member.of(openedBy);
  }

  @ResolveField(() => Member, { nullable: true })
  closedBy(@Parent() { closedBy }: MeetingView): Member | null {
    return closedBy === null ? null : Member.of(closedBy);
  }

  @ResolveField(() => [MeetingPresenceView], {
    description: 'Everybody who was in the room at some time, in the order in which they last came or went.',
  })
  async presences(@Parent() { meetingId }: MeetingView, @Context() context: GraphContext) {
    const loader = loaderOf(context, 'meeting presences', async (ids: readonly string[]) => {
      const rows = await this.queries.presences(ids);
      return new Map(ids.map((id) => [id, rows.filter((row) => row.meetingId === id)]));
    });
    return ((await loader.load(meetingId)) ?? []).map(({ memberId, inRoom, since, enteredBy }) => {
      const persons = { member: Member.of(memberId), enteredBy: Member.of(enteredBy) };
      return Object.assign(new MeetingPresenceView(), { inRoom, since, ...persons });
    });
  }
}
