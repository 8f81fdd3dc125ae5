import { connectionOf, CurrentViewer, type GraphContext, PageArgs, pageOfList, Viewer } from '@app/graph';
import { Member } from '@app/identity';
import { civilDateOf, Clock } from '@app/kernel';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type AgreementStatus as Status, statusOn } from '../domain/agreement-time.js';
import { AgreementLifeQueries } from '../read/agreement-life.query.js';
import { AgreementQueries } from '../read/agreements.query.js';
import { AgreementMomentView, AgreementVersionView, AgreementView } from './agreement.types.js';
import { AgreementStatus } from './decision.enums.js';
import { DecisionsReader, hangingOn } from './decisions.reader.js';
import { at, viewsOf } from './proposal.resolver.js';
import { personOf, ProposalView } from './proposal.types.js';

const AgreementMomentConnection = connectionOf(AgreementMomentView, 'AgreementMoment');
const AgreementVersionConnection = connectionOf(AgreementVersionView, 'AgreementVersion');

/** What becomes of an agreement. Time alone tells its status: nothing waits for an announcement. */
@Resolver(() => AgreementView)
export class AgreementLifeResolver {
  constructor(
    private readonly reader: DecisionsReader,
    private readonly queries: AgreementQueries,
    private readonly life: AgreementLifeQueries,
    private readonly clock: Clock,
  ) {}

  @ResolveField(() => AgreementStatus, { description: 'What it is now.' })
  status(@Parent() { state, zone, reviewOn, overdueOn, lapsesOn }: AgreementView): Status {
    if (state === 'Repealed' || state === 'Superseded') return state;
    const today = civilDateOf(this.clock.now(), zone);
    return statusOn(today, { reviewOn, overdueOn, ...(lapsesOn === null ? {} : { lapsesOn }) });
  }

  @ResolveField(() => AgreementVersionConnection, { description: 'Every version, the first one first.' })
  async versions(@Parent() { agreementId }: AgreementView, @Args() args: PageArgs, @Context() context: GraphContext) {
    const load = (ids: readonly string[]) => this.queries.versions(ids);
    const rows = await hangingOn(context, 'agreement versions', agreementId, load, (row) => row.agreementId);
    return pageOfList(args, viewsOf(AgreementVersionView, rows), ({ version }) => [version]);
  }

  @ResolveField(() => AgreementMomentConnection, { description: 'All that happened to it, in order.' })
  async moments(@Parent() { agreementId }: AgreementView, @Args() args: PageArgs, @Context() context: GraphContext) {
    const load = (ids: readonly string[]) => this.life.moments(ids);
    const rows = await hangingOn(context, 'agreement moments', agreementId, load, (row) => row.agreementId);
    return pageOfList(args, viewsOf(AgreementMomentView, rows), at);
  }

  @ResolveField(() => AgreementView, { nullable: true, description: 'The agreement whose place it took.' })
  supersedes(
    @CurrentViewer() viewer: Viewer,
    @Parent() { supersedes }: AgreementView,
    @Context() context: GraphContext,
  ): Promise<AgreementView | null> | null {
    return supersedes === null ? null : this.reader.agreement(viewer, supersedes, context);
  }

  @ResolveField(() => AgreementView, { nullable: true, description: 'The agreement that took its place.' })
  supersededBy(
    @CurrentViewer() viewer: Viewer,
    @Parent() { supersededBy }: AgreementView,
    @Context() context: GraphContext,
  ): Promise<AgreementView | null> | null {
    return supersededBy === null ? null : this.reader.agreement(viewer, supersededBy, context);
  }

  @ResolveField(() => ProposalView, {
    nullable: true,
    description: 'How its end was decided, for those who may read it.',
  })
  endedBy(
    @CurrentViewer() viewer: Viewer,
    @Parent() { endedBy }: AgreementView,
    @Context() context: GraphContext,
  ): Promise<ProposalView | null> | null {
    return endedBy === null ? null : this.reader.proposal(viewer, endedBy, context);
  }
}

@Resolver(() => AgreementVersionView)
export class AgreementVersionResolver {
  constructor(private readonly reader: DecisionsReader) {}

  @ResolveField(() => Member, { nullable: true })
  responsible(@Parent() { responsible }: AgreementVersionView): Member | null {
    return personOf(responsible);
  }

  @ResolveField(() => ProposalView, { nullable: true, description: 'How it was decided, for those who may read it.' })
  proposal(
    @CurrentViewer() viewer: Viewer,
    @Parent() { proposalId }: AgreementVersionView,
    @Context() context: GraphContext,
  ): Promise<ProposalView | null> {
    return this.reader.proposal(viewer, proposalId, context);
  }
}
