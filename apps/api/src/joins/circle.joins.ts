import { circleAt, CircleQueries, CircleView } from '@app/circles';
import { AgreementView, DecisionsReader, LogEntryView, ProposalView } from '@app/decisions';
import { ElectionConnection, ElectionsShown, ElectionView } from '@app/elections';
import { connectionOf, CurrentViewer, GraphContext, PageArgs, Viewer } from '@app/graph';
import { Clock } from '@app/kernel';
import { MeetingConnection, MeetingsShown, MeetingView } from '@app/meetings';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';

const ProposalConnection = connectionOf(ProposalView, 'Proposal');
const AgreementConnection = connectionOf(AgreementView, 'Agreement');
const LogEntryConnection = connectionOf(LogEntryView, 'LogEntry');
const nowadays = 'As things stand now, whatever moment the circle is asked at.';

/** What a circle decides, elects and meets about: of other contexts, each with its own say on who sees it. */
@Resolver(() => CircleView)
export class CircleJoins {
  constructor(
    private readonly decisions: DecisionsReader,
    private readonly electionsShown: ElectionsShown,
    private readonly meetingsShown: MeetingsShown,
  ) {}

  @ResolveField(() => ProposalConnection, { description: `The newest first. ${nowadays}` })
  proposals(
    @CurrentViewer() viewer: Viewer,
    @Parent() { circleId }: CircleView,
    @Args() page: PageArgs,
    @Context() context: GraphContext,
  ) {
    return this.decisions.proposalsOf(viewer, circleId, page, context);
  }

  @ResolveField(() => AgreementConnection, { description: `The newest first. ${nowadays}` })
  agreements(
    @CurrentViewer() viewer: Viewer,
    @Parent() { circleId }: CircleView,
    @Args() page: PageArgs,
    @Context() context: GraphContext,
  ) {
    return this.decisions.agreementsOf(viewer, circleId, page, context);
  }

  @ResolveField(() => LogEntryConnection, { description: `The newest entry first. ${nowadays}` })
  logbook(
    @CurrentViewer() viewer: Viewer,
    @Parent() { circleId }: CircleView,
    @Args() page: PageArgs,
    @Context() context: GraphContext,
  ) {
    return this.decisions.logEntriesOf(viewer, circleId, page, context);
  }

  @ResolveField(() => ElectionConnection, { description: `The latest called first. ${nowadays}` })
  elections(
    @CurrentViewer() viewer: Viewer,
    @Parent() { circleId }: CircleView,
    @Args() page: PageArgs,
    @Context() context: GraphContext,
  ) {
    return this.electionsShown.page(viewer, circleId, page, context);
  }

  @ResolveField(() => MeetingConnection, { description: `The latest first. ${nowadays}` })
  meetings(
    @CurrentViewer() viewer: Viewer,
    @Parent() { circleId }: CircleView,
    @Args() page: PageArgs,
    @Context() context: GraphContext,
  ) {
    return this.meetingsShown.page(viewer, circleId, page, context);
  }
}

/** A resolver that gives its type the circle it is of. */
function ofACircle(view: () => abstract new () => { circleId: string }) {
  @Resolver(view)
  class CircleOf {
    constructor(
      readonly queries: CircleQueries,
      readonly clock: Clock,
    ) {}

    @ResolveField(() => CircleView, { nullable: true })
    circle(@Parent() { circleId }: { circleId: string }, @Context() context: GraphContext): Promise<CircleView | null> {
      return circleAt(this.queries, context, circleId, { instant: this.clock.now() });
    }
  }
  return CircleOf;
}

export const circlesOf = [ProposalView, AgreementView, LogEntryView, ElectionView, MeetingView].map((view) =>
  ofACircle(() => view),
);
