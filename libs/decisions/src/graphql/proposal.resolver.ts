import {
  connectionOf,
  CurrentViewer,
  type GraphContext,
  IsId,
  PageArgs,
  pageOfList,
  type Place,
  Viewer,
} from '@app/graph';
import { Member } from '@app/identity';
import { say } from '@app/wording';
import { Args, ArgsType, Context, Field, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { IsIn, IsInt, IsOptional, Min } from 'class-validator';
import type { Effect } from '../domain/effect.js';
import { ProposalQueries } from '../read/proposals.query.js';
import { AgreementView } from './agreement.types.js';
import { compared } from './comparison.js';
import { VersionComparisonView } from './comparison.types.js';
import { ProposalPhase } from './decision.enums.js';
import { DecisionsReader, hangingOn } from './decisions.reader.js';
import { EffectView, effectView } from './effect.types.js';
import {
  DraftView,
  EffectRefusalView,
  ProposalView,
  QuestionView,
  ReactionView,
  VersionView,
} from './proposal.types.js';
import { ObjectionView, RoundView } from './round.types.js';

const ProposalConnection = connectionOf(ProposalView, 'Proposal');
const VersionConnection = connectionOf(VersionView, 'ProposalVersion');
const QuestionConnection = connectionOf(QuestionView, 'Clarification');
const ReactionConnection = connectionOf(ReactionView, 'Reaction');
const RoundConnection = connectionOf(RoundView, 'ConsentRound');
const ObjectionConnection = connectionOf(ObjectionView, 'Objection');

@ArgsType()
export class ComparisonArgs {
  @Field(() => Int)
  @IsInt()
  @Min(1)
  from!: number;

  @Field(() => Int)
  @IsInt()
  @Min(1)
  to!: number;
}

@ArgsType()
export class ProposalArgs {
  @Field(() => ID)
  @IsId()
  id!: string;
}

@ArgsType()
export class ProposalsArgs extends PageArgs {
  @Field(() => ID)
  @IsId()
  circleId!: string;

  @Field(() => [ProposalPhase], { nullable: true, description: 'Only those in one of these phases.' })
  @IsOptional()
  @IsIn(Object.values(ProposalPhase), { each: true })
  phases?: string[];
}

/** Proposals and what hangs on them. Each field costs one query a request, however many proposals are asked about. */
@Resolver(() => ProposalView)
export class ProposalResolver {
  constructor(
    private readonly reader: DecisionsReader,
    private readonly queries: ProposalQueries,
  ) {}

  @Query(() => ProposalView, {
    nullable: true,
    description: 'A proposal you may read; an unknown or foreign id answers null.',
  })
  proposal(@CurrentViewer() viewer: Viewer, @Args() { id }: ProposalArgs, @Context() context: GraphContext) {
    return this.reader.proposal(viewer, id, context);
  }

  @Query(() => ProposalConnection, { description: 'The proposals of a circle, the newest first.' })
  proposals(@CurrentViewer() viewer: Viewer, @Args() args: ProposalsArgs, @Context() context: GraphContext) {
    return this.reader.proposalsOf(viewer, args.circleId, args, context);
  }

  @ResolveField(() => Member)
  author(@Parent() { author }: ProposalView): Member {
    return Member.of(author);
  }

  @ResolveField(() => [Member])
  async coAuthors(@Parent() { proposalId }: ProposalView, @Context() context: GraphContext): Promise<Member[]> {
    return (await this.reader.coAuthors(proposalId, context)).map((id) => Member.of(id));
  }

  @ResolveField(() => DraftView, { nullable: true, description: 'What is written so far; null once presented.' })
  async draft(
    @CurrentViewer() viewer: Viewer,
    @Parent() proposal: ProposalView,
    @Context() context: GraphContext,
  ): Promise<DraftView | null> {
    if (proposal.version > 0 || !(await this.reader.wrote(viewer, proposal, context))) return null;
    const { draftTitle: title, draftText: text, draftNeed: need, draftExample: example } = proposal;
    const { draftAgreement: agreement } = proposal;
    return Object.assign(new DraftView(), { title, text, need, example, agreement });
  }

  @ResolveField(() => EffectView, {
    nullable: true,
    description: 'What the draft, or the latest version, changes by itself when it is decided.',
  })
  async effect(
    @CurrentViewer() viewer: Viewer,
    @Parent() proposal: ProposalView,
    @Context() context: GraphContext,
  ): Promise<EffectView | null> {
    if (proposal.effectKind === null) return null;
    if (proposal.version > 0) return effectView((await this.versionRows(proposal, context)).at(-1)?.effect ?? null);
    const { draftEffect } = proposal;
    if (draftEffect === null || !(await this.reader.wrote(viewer, proposal, context))) return null;
    return effectView(JSON.parse(draftEffect) as Effect);
  }

  @ResolveField(() => VersionConnection)
  async versions(@Parent() proposal: ProposalView, @Args() args: PageArgs, @Context() context: GraphContext) {
    const rows = await this.versionRows(proposal, context);
    return pageOfList(args, viewsOf(VersionView, rows), ({ version }) => [version]);
  }

  @ResolveField(() => VersionView, { nullable: true, description: 'The version that counts; null in a draft.' })
  async latestVersion(@Parent() proposal: ProposalView, @Context() context: GraphContext): Promise<VersionView | null> {
    return viewsOf(VersionView, await this.versionRows(proposal, context)).at(-1) ?? null;
  }

  @ResolveField(() => VersionComparisonView, {
    nullable: true,
    description: 'Two of its versions side by side; null where there is no such version.',
    complexity: 100,
  })
  async comparison(
    @Parent() proposal: ProposalView,
    @Args() { from, to }: ComparisonArgs,
    @Context() context: GraphContext,
  ): Promise<VersionComparisonView | null> {
    const rows = await this.versionRows(proposal, context);
    const [before, after] = [from, to].map((number) => rows.find(({ version }) => version === number));
    if (before === undefined || after === undefined) return null;
    return Object.assign(new VersionComparisonView(), { from, to, changes: compared(before, after) });
  }

  @ResolveField(() => QuestionConnection)
  async questions(@Parent() { proposalId }: ProposalView, @Args() args: PageArgs, @Context() context: GraphContext) {
    const load = (ids: readonly string[]) => this.queries.questions(ids);
    const rows = await hangingOn(context, 'questions', proposalId, load, (row) => row.proposalId);
    return pageOfList(args, viewsOf(QuestionView, rows), at);
  }

  @ResolveField(() => ReactionConnection)
  async reactions(@Parent() { proposalId }: ProposalView, @Args() args: PageArgs, @Context() context: GraphContext) {
    const load = (ids: readonly string[]) => this.queries.reactions(ids);
    const rows = await hangingOn(context, 'reactions', proposalId, load, (row) => row.proposalId);
    return pageOfList(args, viewsOf(ReactionView, rows), at);
  }

  @ResolveField(() => RoundConnection)
  async rounds(@Parent() proposal: ProposalView, @Args() args: PageArgs, @Context() context: GraphContext) {
    return pageOfList(args, await this.roundViews(proposal, context), at);
  }

  @ResolveField(() => RoundView, { nullable: true, description: 'The round that is open, or was held last.' })
  async lastRound(@Parent() proposal: ProposalView, @Context() context: GraphContext): Promise<RoundView | null> {
    return (await this.roundViews(proposal, context)).at(-1) ?? null;
  }

  @ResolveField(() => ObjectionConnection)
  async objections(
    @CurrentViewer() viewer: Viewer,
    @Parent() proposal: ProposalView,
    @Args() args: PageArgs,
    @Context() context: GraphContext,
  ) {
    return pageOfList(args, await this.reader.objectionsTo(viewer, proposal, context), at);
  }

  @ResolveField(() => AgreementView, { nullable: true, description: 'The agreement that it became.' })
  agreement(
    @CurrentViewer() viewer: Viewer,
    @Parent() { agreementId }: ProposalView,
    @Context() context: GraphContext,
  ): Promise<AgreementView | null> | null {
    return agreementId === null ? null : this.reader.agreement(viewer, agreementId, context);
  }

  @ResolveField(() => EffectRefusalView, {
    nullable: true,
    description: 'What was decided could not be done; the decision stands.',
  })
  effectRefusal(
    @Parent() { refusedCode, refusedDetails }: ProposalView,
    @Context() { locale }: GraphContext,
  ): EffectRefusalView | null {
    if (refusedCode === null) return null;
    const args = Object.fromEntries((refusedDetails ?? []).map((it) => it.split(/=(.*)/s, 2) as [string, string]));
    return Object.assign(new EffectRefusalView(), { code: refusedCode, message: say(locale, refusedCode, args) });
  }

  private versionRows({ proposalId }: ProposalView, context: GraphContext) {
    const load = (ids: readonly string[]) => this.queries.versions(ids);
    return hangingOn(context, 'versions', proposalId, load, (row) => row.proposalId);
  }

  private async roundViews({ proposalId, circleId }: ProposalView, context: GraphContext): Promise<RoundView[]> {
    const load = (ids: readonly string[]) => this.queries.rounds(ids);
    const rows = await hangingOn(context, 'rounds', proposalId, load, (row) => row.proposalId);
    return viewsOf(RoundView, rows, { circleId });
  }
}

/** Rows as the views that implement them. */
export const viewsOf = <V extends object>(view: new () => V, rows: readonly object[], more: object = {}): V[] =>
  rows.map((row) => Object.assign(new view(), row, more));

/** Where a row stands in a list that is in the order of the log. */
export const at = ({ position }: { position: string }): Place => [position];
