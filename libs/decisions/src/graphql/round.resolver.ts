import { connectionOf, CurrentViewer, type GraphContext, PageArgs, pageOfList, Viewer } from '@app/graph';
import { Member } from '@app/identity';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ProposalQueries } from '../read/proposals.query.js';
import { DecisionsReader, hangingOn } from './decisions.reader.js';
import { personOf } from './proposal.types.js';
import { AnswerView, ObjectionStepView, ObjectionView, PlaceView, RoundView } from './round.types.js';
import { at, viewsOf } from './proposal.resolver.js';

const AnswerConnection = connectionOf(AnswerView, 'Answer');
const StepConnection = connectionOf(ObjectionStepView, 'ObjectionStep');

/**
 * Rounds with who owes what and what was answered. Who objected is told inside the circle only (method §3.11): from outside, a round
 * in which somebody objected names nobody's answer, since those who did not object would give away who did.
 */
@Resolver(() => RoundView)
export class RoundResolver {
  constructor(
    private readonly reader: DecisionsReader,
    private readonly queries: ProposalQueries,
  ) {}

  @ResolveField(() => Member)
  facilitator(@Parent() { facilitator }: RoundView): Member {
    return Member.of(facilitator);
  }

  @ResolveField(() => Member)
  secretary(@Parent() { secretary }: RoundView): Member {
    return Member.of(secretary);
  }

  @ResolveField(() => String, { description: 'The rule of absences it is held by.' })
  absenceMode(@Parent() { rules }: RoundView): string {
    return rules.absenceMode;
  }

  @ResolveField(() => [PlaceView], { description: 'Everybody who is asked, in the circle’s order.' })
  async roster(
    @CurrentViewer() viewer: Viewer,
    @Parent() round: RoundView,
    @Context() context: GraphContext,
  ): Promise<PlaceView[]> {
    const load = (ids: readonly string[]) => this.queries.places(ids);
    const rows = await hangingOn(context, 'rosters', round.proposalId, load, (row) => row.proposalId);
    const named = await this.named(viewer, round, context);
    return rows.filter((row) => row.roundId === round.roundId).map((row) => PlaceView.of(row, named));
  }

  @ResolveField(() => AnswerConnection, { description: 'Every answer ever given in it, in order.' })
  async answers(
    @CurrentViewer() viewer: Viewer,
    @Parent() round: RoundView,
    @Args() args: PageArgs,
    @Context() context: GraphContext,
  ) {
    const load = (ids: readonly string[]) => this.queries.answers(ids);
    const rows = await hangingOn(context, 'answers', round.proposalId, load, (row) => row.proposalId);
    const given = rows.filter((row) => row.roundId === round.roundId);
    const named = await this.named(viewer, round, context);
    return pageOfList(args, viewsOf(AnswerView, given, { named }), at);
  }

  private async named(viewer: Viewer, round: RoundView, context: GraphContext): Promise<boolean> {
    return !round.objected || (await this.reader.relationTo(viewer, round.circleId, context)) === 'member';
  }
}

@Resolver(() => AnswerView)
export class AnswerResolver {
  @ResolveField(() => Member, {
    nullable: true,
    description: 'Whose answer it is; null where names are kept inside the circle.',
  })
  by(@Parent() { by, named }: AnswerView): Member | null {
    return named ? Member.of(by) : null;
  }

  @ResolveField(() => Member, { nullable: true, description: 'Who entered it.' })
  enteredBy(@Parent() { enteredBy, named }: AnswerView): Member | null {
    return named ? Member.of(enteredBy) : null;
  }
}

@Resolver(() => ObjectionView)
export class ObjectionResolver {
  constructor(private readonly queries: ProposalQueries) {}

  @ResolveField(() => Member, { nullable: true, description: 'Who objected: told inside the circle only.' })
  by(@Parent() { by, named }: ObjectionView): Member | null {
    return named ? Member.of(by) : null;
  }

  @ResolveField(() => Member, { nullable: true })
  enteredBy(@Parent() { enteredBy, named }: ObjectionView): Member | null {
    return named ? Member.of(enteredBy) : null;
  }

  @ResolveField(() => Member, {
    nullable: true,
    description: 'Whose word resolves it: who raised it, or who took it over.',
  })
  holder(@Parent() { holder, named }: ObjectionView): Member | null {
    return named ? Member.of(holder) : null;
  }

  @ResolveField(() => [Member], {
    description: 'Who is still to say whether it is one, while it is tested: told inside the circle only.',
  })
  async judges(@Parent() { objectionId, named }: ObjectionView, @Context() context: GraphContext): Promise<Member[]> {
    if (!named) return [];
    const load = (ids: readonly string[]) => this.queries.judges(ids);
    const rows = await hangingOn(context, 'objection judges', objectionId, load, (row) => row.objectionId);
    return rows.map(({ memberId }) => Member.of(memberId));
  }

  @ResolveField(() => StepConnection, { description: 'What happened to it, in order.' })
  async steps(
    @Parent() { objectionId, named }: ObjectionView,
    @Args() args: PageArgs,
    @Context() context: GraphContext,
  ) {
    const load = (ids: readonly string[]) => this.queries.objectionSteps(ids);
    const rows = await hangingOn(context, 'objection steps', objectionId, load, (row) => row.objectionId);
    return pageOfList(args, viewsOf(ObjectionStepView, rows, { named }), at);
  }
}

@Resolver(() => ObjectionStepView)
export class ObjectionStepResolver {
  @ResolveField(() => Member, { nullable: true })
  by(@Parent() { by, named, kind }: ObjectionStepView): Member | null {
    return named || kind === 'integrationProposed' ? personOf(by) : null;
  }
}
