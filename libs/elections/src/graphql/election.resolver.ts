import { connectionOf, CurrentViewer, GraphContext, IsId, loaderOf, PageArgs, pageOfList, Viewer } from '@app/graph';
import { Member } from '@app/identity';
import { Args, ArgsType, Context, Field, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { outside } from '../domain/eligibility.js';
import { ElectionQueries } from '../read/elections.query.js';
import {
  ElectionAnswerView,
  ElectionConnection,
  ElectionEnvelopeView,
  ElectionIntegrationView,
  ElectionObjectionView,
  ElectionReasonView,
  ElectionResultView,
  ElectionRoundView,
  ElectionView,
  NominationView,
  NomineeProposalView,
  NomineeRefusalView,
} from './election.types.js';
import { ElectionsShown, seesInside, seesNames } from './elections-shown.js';

@ArgsType()
class ElectionArgs {
  @Field(() => ID)
  @IsId()
  id!: string;
}

@ArgsType()
class ElectionsArgs extends PageArgs {
  @Field(() => ID)
  @IsId()
  circleId!: string;
}

const ProposalConnection = connectionOf(NomineeProposalView, 'NomineeProposal');
const RoundConnection = connectionOf(ElectionRoundView, 'ElectionRound');
const ObjectionConnection = connectionOf(ElectionObjectionView, 'ElectionObjection');
const RefusalConnection = connectionOf(NomineeRefusalView, 'NomineeRefusal');
const IntegrationConnection = connectionOf(ElectionIntegrationView, 'ElectionIntegration');

const someone = (id: string | null): Member | null => (id === null || id === outside ? null : Member.of(id));
/** A name inside the circle, nobody elsewhere. */
const named = (id: string | null, { relation }: ElectionView): Member | null =>
  seesNames(relation) ? someone(id) : null;

/** Where nobody is named, the order of a list must not name them either. */
const inNoOrder = <T>(rows: readonly T[], { relation }: ElectionView, by: (row: T) => string): readonly T[] =>
  seesNames(relation) ? rows : rows.toSorted((a, b) => (by(a) < by(b) ? -1 : 1));

/** Elections, and what hangs on one. Each field costs one query a request. */
@Resolver(() => ElectionView)
export class ElectionResolver {
  constructor(
    private readonly shown: ElectionsShown,
    private readonly queries: ElectionQueries,
  ) {}

  @Query(() => ElectionView, { nullable: true })
  election(@CurrentViewer() viewer: Viewer, @Args() { id }: ElectionArgs, @Context() context: GraphContext) {
    return this.shown.one(viewer, id, context);
  }

  @Query(() => ElectionConnection, { description: 'The elections of a circle, the latest called first.' })
  elections(@CurrentViewer() viewer: Viewer, @Args() args: ElectionsArgs, @Context() context: GraphContext) {
    return this.shown.page(viewer, args.circleId, args, context);
  }

  @ResolveField(() => ElectionResultView, { nullable: true })
  result(@Parent() { row }: ElectionView): ElectionResultView | null {
    const { electedId, electedOn, termFrom, termTo } = row;
    if (electedId === null) return null;
    return Object.assign(new ElectionResultView(), { person: Member.of(electedId), electedOn, termFrom, termTo });
  }

  @ResolveField(() => Member, { nullable: true })
  calledBy(@Parent() { relation, row }: ElectionView): Member | null {
    return seesInside(relation) ? Member.of(row.calledBy) : null;
  }

  @ResolveField(() => Member, { nullable: true, description: 'Who leads up to the proposal.' })
  lead(@Parent() { relation, row }: ElectionView): Member | null {
    return seesInside(relation) ? someone(row.leadId) : null;
  }

  @ResolveField(() => Member, { nullable: true, description: 'Who leads the proposing and consent phases.' })
  proposingLead(@Parent() { relation, row }: ElectionView): Member | null {
    return seesInside(relation) ? someone(row.proposerId ?? row.leadId) : null;
  }

  @ResolveField(() => Member, { nullable: true, description: 'The person proposed, as things stand.' })
  nominee(@Parent() { relation, row }: ElectionView): Member | null {
    return seesInside(relation) ? someone(row.personId) : null;
  }

  @ResolveField(() => [ElectionEnvelopeView], {
    description: 'The envelopes of the round of nominations as it stands.',
  })
  async envelopes(@Parent() election: ElectionView, @Context() context: GraphContext) {
    const rows = await this.many(election, context, 'envelopes', (ids) => this.queries.envelopes(ids));
    const current = rows.filter(({ round }) => round === election.round);
    return inNoOrder(current, election, ({ isSealed }) => String(isSealed)).map(({ memberId, isSealed }) =>
      Object.assign(new ElectionEnvelopeView(), { member: named(memberId, election), isSealed }),
    );
  }

  @ResolveField(() => [NominationView])
  async nominations(@Parent() election: ElectionView, @Context() context: GraphContext) {
    const rows = await this.many(election, context, 'nominations', (ids) => this.queries.nominations(ids));
    if (!seesNames(election.relation)) return namesAlone(rows);
    return inNoOrder(rows, election, (row) => `${row.nomineeId} ${row.changedTo}`).map(
      ({ memberId, nomineeId, changedTo }) =>
        Object.assign(new NominationView(), {
          by: named(memberId, election),
          nominee: someone(nomineeId),
          isChanged: changedTo !== null,
          changedTo: someone(changedTo),
        }),
    );
  }

  @ResolveField(() => [ElectionReasonView])
  async reasons(@Parent() election: ElectionView, @Context() context: GraphContext) {
    const rows = await this.many(election, context, 'reasons', (ids) => this.queries.reasons(ids));
    return inNoOrder(rows, election, (row) => row.reasonId).map(
      ({ reasonId, memberId, aboutId, changedFrom, reason, channel, saidAt }) =>
        Object.assign(new ElectionReasonView(), {
          ...{ reasonId, text: reason, channel, saidAt, isChange: changedFrom !== null },
          ...{ by: named(memberId, election), about: someone(aboutId) },
        }),
    );
  }

  @ResolveField(() => ProposalConnection)
  async proposals(@Parent() election: ElectionView, @Args() page: PageArgs, @Context() context: GraphContext) {
    const rows = await this.many(election, context, 'nominee proposals', (ids) => this.queries.proposals(ids));
    const views = rows.map(({ personId, memberId, rationale, cites, proposedAt }) =>
      Object.assign(new NomineeProposalView(), {
        ...{ person: Member.of(personId), by: Member.of(memberId), rationale, cites, proposedAt },
      }),
    );
    return pageOfList(page, views, ({ proposedAt, person }) => [proposedAt, person.id]);
  }

  @ResolveField(() => RoundConnection)
  async rounds(@Parent() election: ElectionView, @Args() page: PageArgs, @Context() context: GraphContext) {
    const rows = await this.many(election, context, 'election rounds', (ids) => this.queries.rounds(ids));
    const views = rows.map(({ personId, leadId, ...row }) =>
      Object.assign(new ElectionRoundView(), row, {
        ...{ person: Member.of(personId), lead: Member.of(leadId), named: seesNames(election.relation) },
      }),
    );
    return pageOfList(page, views, ({ roundId }) => [roundId]);
  }

  @ResolveField(() => ObjectionConnection)
  async objections(@Parent() election: ElectionView, @Args() page: PageArgs, @Context() context: GraphContext) {
    const [rows, offers] = await Promise.all([
      this.many(election, context, 'election objections', (ids) => this.queries.objections(ids)),
      this.many(election, context, 'election integrations', (ids) => this.queries.integrations(ids)),
    ]);
    const views = rows.map(
      ({ objectionId, roundId, memberId, holderId, argument, adoptedArgument, status, integrationId }) => {
        const integrations = offers
          .filter((offer) => offer.objectionId === objectionId)
          .map(({ memberId: by, offer, ...row }) =>
            Object.assign(new ElectionIntegrationView(), row, { by: Member.of(by), text: offer }),
          );
        return Object.assign(new ElectionObjectionView(), {
          ...{ objectionId, roundId, argument, adoptedArgument, status, integrationId, offers: integrations },
          ...{ by: named(memberId, election), holder: named(holderId, election) },
        });
      },
    );
    return pageOfList(page, views, ({ objectionId }) => [objectionId]);
  }

  @ResolveField(() => RefusalConnection)
  async refusals(@Parent() election: ElectionView, @Args() page: PageArgs, @Context() context: GraphContext) {
    const rows = await this.many(election, context, 'nominee refusals', (ids) => this.queries.declines(ids));
    const views = rows.map(({ memberId, reason, declinedAt }) =>
      Object.assign(new NomineeRefusalView(), { person: named(memberId, election), reason, declinedAt }),
    );
    return pageOfList(page, views, ({ declinedAt }) => [declinedAt]);
  }

  /** The rows of one election, read together with those of every election asked about; none outside the circle. */
  private async many<T extends { electionId: string }>(
    { electionId, relation }: ElectionView,
    context: GraphContext,
    what: string,
    load: (ids: readonly string[]) => Promise<readonly T[]>,
  ): Promise<readonly T[]> {
    if (!seesInside(relation)) return [];
    const loader = loaderOf(context, what, async (ids: readonly string[]) => {
      const rows = await load(ids);
      return new Map(ids.map((id) => [id, rows.filter((row) => row.electionId === id)]));
    });
    return (await loader.load(electionId)) ?? [];
  }
}

/** The answers of a round, in the order in which people are heard. */
@Resolver(() => ElectionRoundView)
export class ElectionRoundResolver {
  constructor(private readonly queries: ElectionQueries) {}

  @ResolveField(() => [ElectionAnswerView])
  async answers(@Parent() { roundId, named: shown }: ElectionRoundView, @Context() context: GraphContext) {
    const loader = loaderOf(context, 'election answers', async (ids: readonly string[]) => {
      const rows = await this.queries.answers(ids);
      return new Map(ids.map((id) => [id, rows.filter((row) => row.roundId === id)]));
    });
    const rows = (await loader.load(roundId)) ?? [];
    const told = shown ? rows : rows.toSorted((a, b) => (a.answer < b.answer ? -1 : 1));
    return told.map(({ memberId, enteredBy, answer, concern, channel, objectionId }) =>
      Object.assign(new ElectionAnswerView(), {
        ...{ answer, concern, channel, objectionId },
        member: shown ? someone(memberId) : null,
        enteredBy: enteredBy === memberId ? null : someone(enteredBy),
      }),
    );
  }
}

/** The ways that were offered to take an objection in, in the order of their offering. */
@Resolver(() => ElectionObjectionView)
export class ElectionObjectionResolver {
  @ResolveField(() => IntegrationConnection)
  integrations(@Parent() { offers }: ElectionObjectionView, @Args() page: PageArgs) {
    return pageOfList(page, offers, ({ integrationId }) => [integrationId]);
  }
}

/** Outside the circle: who was named at all, each once, so that nothing can be counted (INV-63). */
const namesAlone = (rows: readonly { nomineeId: string; changedTo: string | null }[]): NominationView[] =>
  [...new Set(rows.flatMap(({ nomineeId, changedTo }) => [nomineeId, ...(changedTo === null ? [] : [changedTo])]))]
    .sort()
    .map((nomineeId) =>
      Object.assign(new NominationView(), {
        ...{ by: null, nominee: someone(nomineeId), isChanged: false, changedTo: null },
      }),
    );
