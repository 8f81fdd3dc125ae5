import { connectionOf, CurrentViewer, type GraphContext, IsId, PageArgs, pageOf, Viewer } from '@app/graph';
import { Me, Member } from '@app/identity';
import { Args, ArgsType, Context, Field, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { AgreementQueries } from '../read/agreements.query.js';
import { ProposalQueries } from '../read/proposals.query.js';
import { AgreementView, ConcernView, LogEntryView, WaitingDecisionView } from './agreement.types.js';
import { DecisionsReader, hangingOn, logEntryView } from './decisions.reader.js';
import { EffectView, effectView } from './effect.types.js';
import { ProposalArgs, viewsOf } from './proposal.resolver.js';
import { personOf, ProposalView } from './proposal.types.js';
import { ObjectionView } from './round.types.js';

const AgreementConnection = connectionOf(AgreementView, 'Agreement');
const LogEntryConnection = connectionOf(LogEntryView, 'LogEntry');
const WaitingConnection = connectionOf(WaitingDecisionView, 'WaitingDecision');

@ArgsType()
export class OfCircleArgs extends PageArgs {
  @Field(() => ID)
  @IsId()
  circleId!: string;
}

/** Decisions in force: everybody in the community reads them. */
@Resolver(() => AgreementView)
export class AgreementResolver {
  constructor(
    private readonly reader: DecisionsReader,
    private readonly agreementQueries: AgreementQueries,
    private readonly proposalQueries: ProposalQueries,
  ) {}

  @Query(() => AgreementView, { nullable: true, description: 'An unknown or foreign id answers null.' })
  agreement(@CurrentViewer() viewer: Viewer, @Args() { id }: ProposalArgs, @Context() context: GraphContext) {
    return this.reader.agreement(viewer, id, context);
  }

  @Query(() => AgreementConnection, { description: 'The agreements of a circle, the newest first.' })
  agreements(@CurrentViewer() viewer: Viewer, @Args() args: OfCircleArgs, @Context() context: GraphContext) {
    return this.reader.agreementsOf(viewer, args.circleId, args, context);
  }

  @Query(() => LogEntryConnection, { description: 'The logbook of a circle, the newest entry first.' })
  logEntries(@CurrentViewer() viewer: Viewer, @Args() args: OfCircleArgs, @Context() context: GraphContext) {
    return this.reader.logEntriesOf(viewer, args.circleId, args, context);
  }

  @ResolveField(() => Member, { nullable: true })
  responsible(@Parent() { responsible }: AgreementView): Member | null {
    return personOf(responsible);
  }

  @ResolveField(() => EffectView, { nullable: true, description: 'What it changed by itself.' })
  effect(@Parent() { effect }: AgreementView): EffectView | null {
    return effectView(effect);
  }

  @ResolveField(() => ProposalView, { nullable: true, description: 'How it was decided, for those who may read it.' })
  proposal(
    @CurrentViewer() viewer: Viewer,
    @Parent() { proposalId }: AgreementView,
    @Context() context: GraphContext,
  ): Promise<ProposalView | null> {
    return this.reader.proposal(viewer, proposalId, context);
  }

  @ResolveField(() => [ConcernView], {
    description: 'To be reread at the review; for those who may read the proposal.',
  })
  async concerns(
    @CurrentViewer() viewer: Viewer,
    @Parent() { concerns, proposalId }: AgreementView,
    @Context() context: GraphContext,
  ): Promise<ConcernView[]> {
    if (concerns.length === 0 || (await this.reader.proposal(viewer, proposalId, context)) === null) return [];
    const load = (ids: readonly string[]) => this.proposalQueries.answers(ids);
    const rows = await hangingOn(context, 'answers', proposalId, load, (row) => row.proposalId);
    return concerns.map(({ by, roundId }) => {
      const said = rows.find((row) => row.roundId === roundId && row.by === by && row.concerned && row.stands);
      return Object.assign(new ConcernView(), { member: Member.of(by), text: said?.concern ?? null });
    });
  }

  @ResolveField(() => [ObjectionView], {
    description:
      'Objections that stay as concerns: their holder left, or all the others said that they are none. For those who may read the proposal.',
  })
  async keptObjections(
    @CurrentViewer() viewer: Viewer,
    @Parent() { proposalId }: AgreementView,
    @Context() context: GraphContext,
  ): Promise<ObjectionView[]> {
    const proposal = await this.reader.proposal(viewer, proposalId, context);
    const all = proposal === null ? [] : await this.reader.objectionsTo(viewer, proposal, context);
    return all.filter(({ status }) => status === 'orphaned' || status === 'setAside');
  }

  @ResolveField(() => LogEntryView, { nullable: true })
  async logEntry(
    @Parent() { proposalId }: AgreementView,
    @Context() context: GraphContext,
  ): Promise<LogEntryView | null> {
    const load = (ids: readonly string[]) => this.agreementQueries.logEntriesAbout(ids);
    const [row] = await hangingOn(context, 'log entries', proposalId, load, (it) => it.subjectId);
    return row === undefined ? null : logEntryView(row);
  }
}

@Resolver(() => LogEntryView)
export class LogEntryResolver {
  constructor(private readonly reader: DecisionsReader) {}

  @ResolveField(() => String, { description: 'Year and number, as 2027-01.' })
  label(@Parent() { year, number }: LogEntryView): string {
    return `${year}-${String(number).padStart(2, '0')}`;
  }

  @ResolveField(() => AgreementView, { nullable: true })
  agreement(
    @CurrentViewer() viewer: Viewer,
    @Parent() { agreementId }: LogEntryView,
    @Context() context: GraphContext,
  ): Promise<AgreementView | null> | null {
    return agreementId === null ? null : this.reader.agreement(viewer, agreementId, context);
  }
}

/** What proposals wait for from the one who is asking. */
@Resolver(() => Me)
export class WaitingDecisionsResolver {
  constructor(private readonly queries: AgreementQueries) {}

  @ResolveField(() => WaitingConnection, {
    description: 'What proposals wait for from you, the longest waiting first; in the community of this request.',
  })
  waitingDecisions(@Args() args: PageArgs, @Context() { viewer }: GraphContext) {
    return pageOf<WaitingDecisionView>(
      args,
      async (limit, after) => {
        if (viewer === undefined) return [];
        const rows = await this.queries.waitingFor(viewer.memberId, after?.join(' '), limit);
        return viewsOf(WaitingDecisionView, rows);
      },
      ({ position, kind, subject }) => [position, kind, subject],
    );
  }
}

@Resolver(() => WaitingDecisionView)
export class WaitingDecisionResolver {
  constructor(private readonly reader: DecisionsReader) {}

  @ResolveField(() => ProposalView, { nullable: true })
  proposal(
    @CurrentViewer() viewer: Viewer,
    @Parent() { proposalId }: WaitingDecisionView,
    @Context() context: GraphContext,
  ): Promise<ProposalView | null> {
    return this.reader.proposal(viewer, proposalId, context);
  }

  @ResolveField(() => ID, { nullable: true, description: 'The round an answer is owed in.' })
  roundId(@Parent() { kind, subject }: WaitingDecisionView): string | null {
    return kind === 'answer' ? subject : null;
  }

  @ResolveField(() => ID, { nullable: true, description: 'The objection that is asked about.' })
  objectionId(@Parent() { kind, subject }: WaitingDecisionView): string | null {
    return kind === 'confirmResolved' || kind === 'judgeObjection' ? subject : null;
  }
}
