import { Access, CurrentViewer, type GraphContext, grouped, loaderOf, Viewer } from '@app/graph';
import { Member } from '@app/identity';
import { Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { strengthOf } from '../domain/strength.js';
import type { ActingRow, CircleRow, OfficeTermRow } from '../read/circle.tables.js';
import { CircleQueries, type MembershipRow } from '../read/circles.query.js';
import { inEffect, standingOf } from '../read/terms.js';
import { circleAt, circleView } from './circle.resolver.js';
import {
  AdmissionOfferView,
  type At,
  CircleMemberView,
  CircleView,
  DomainItemView,
  ExpertView,
  OfficeName,
  OfficeView,
  SplitPlanView,
} from './circle.types.js';

type ByCircle<T> = ReadonlyMap<string, readonly T[]>;

/** What hangs on a circle. Each field costs one query a request, however many circles are asked about. */
@Resolver(() => CircleView)
export class CircleFieldsResolver {
  constructor(
    private readonly queries: CircleQueries,
    private readonly access: Access,
  ) {}

  @ResolveField(() => CircleView, { nullable: true })
  parent(@Parent() { parentId, at }: CircleView, @Context() context: GraphContext) {
    return parentId === null ? null : circleAt(this.queries, context, parentId, at);
  }

  @ResolveField(() => [CircleView])
  async subCircles(@Parent() { circleId, at }: CircleView, @Context() context: GraphContext): Promise<CircleView[]> {
    const rows = await this.many(
      context,
      'sub-circles',
      at,
      circleId,
      (ids) => this.queries.subCircles(ids, at.position),
      (row: CircleRow) => row.parentId,
    );
    return rows.map((row) => circleView(row, at));
  }

  @ResolveField(() => [DomainItemView])
  async domain(@Parent() { circleId, at }: CircleView, @Context() context: GraphContext): Promise<DomainItemView[]> {
    const load = (ids: readonly string[]) => this.queries.domainItems(ids, at.position);
    const rows = await this.many(context, 'domain', at, circleId, load, (row) => row.circleId);
    return rows.map((row) => Object.assign(new DomainItemView(), row));
  }

  @ResolveField(() => [OfficeView], { description: 'Offices held now, and who acts where nobody was elected.' })
  async offices(@Parent() circle: CircleView, @Context() context: GraphContext): Promise<OfficeView[]> {
    const [terms, acting] = await Promise.all([this.running(circle, context), this.actingIn(circle, context)]);
    return [
      ...terms.map((term) => termView(term, standingOf(term, circle, circle.at.instant))),
      ...acting.filter(({ office }) => !terms.some((term) => term.office === office)).map(actingView),
    ];
  }

  @ResolveField(() => [OfficeName], {
    description: 'Offices that a circle has and nobody holds: an empty link shows here.',
  })
  async vacantOffices(@Parent() circle: CircleView, @Context() context: GraphContext): Promise<string[]> {
    const terms = await this.running(circle, context);
    return Object.keys(OfficeName)
      .filter((office) => office !== 'secondLink' || circle.parentId !== null)
      .filter((office) => !terms.some((term) => term.office === office));
  }

  @ResolveField(() => [CircleMemberView])
  async members(@Parent() circle: CircleView, @Context() context: GraphContext): Promise<CircleMemberView[]> {
    const [places, terms] = await Promise.all([this.places(circle, context), this.running(circle, context)]);
    const persons = [...new Set(places.map((it) => it.memberId))];
    return persons.map((id) => memberView(id, places, terms));
  }

  @ResolveField(() => Int, { description: 'How many persons have a voice in the circle.' })
  async persons(@Parent() circle: CircleView, @Context() context: GraphContext): Promise<number> {
    return new Set((await this.places(circle, context)).map((it) => it.memberId)).size;
  }

  @ResolveField(() => String, {
    description: 'Vacant, UnderStrength, BelowTarget, OnTarget or OverStrength (method §2.2).',
  })
  async strength(@Parent() circle: CircleView, @Context() context: GraphContext): Promise<string> {
    return strengthOf(circle.rules, await this.persons(circle, context));
  }

  @ResolveField(() => [ExpertView])
  async experts(@Parent() { circleId, at }: CircleView, @Context() context: GraphContext): Promise<ExpertView[]> {
    const load = (ids: readonly string[]) => this.queries.experts(ids, at.position);
    const rows = await this.many(context, 'experts', at, circleId, load, (row) => row.circleId);
    const assigned = rows.filter((row) => row.endsAt >= at.instant);
    return assigned.map((row) => ({ expert: Member.of(row.expertId), startsOn: row.startsOn, endsOn: row.endsOn }));
  }

  @ResolveField(() => [AdmissionOfferView], { description: 'Shown to those who have a place in the circle.' })
  async offers(
    @CurrentViewer() viewer: Viewer,
    @Parent() { circleId, at }: CircleView,
    @Context() context: GraphContext,
  ): Promise<AdmissionOfferView[]> {
    if (at.position !== undefined) return [];
    if ((await this.access.relationTo(viewer, circleId, context)) !== 'member') return [];
    const load = (ids: readonly string[]) => this.queries.offers(ids);
    const rows = await this.many(context, 'offers', at, circleId, load, (row) => row.circleId);
    return rows.map((row) => ({ member: Member.of(row.memberId), offeredAt: row.offeredAt }));
  }

  @ResolveField(() => [SplitPlanView], {
    description: 'How the circle means to divide, as it stands now; for its members, the parent’s and the expert.',
  })
  async splitPlans(
    @CurrentViewer() viewer: Viewer,
    @Parent() { circleId, at }: CircleView,
    @Context() context: GraphContext,
  ): Promise<SplitPlanView[]> {
    const relation = await this.access.relationTo(viewer, circleId, context);
    if (at.position !== undefined || relation === 'community' || relation === 'former') return [];
    const load = (ids: readonly string[]) => this.queries.splitPlans(ids);
    const rows = await this.many(context, 'split plans', at, circleId, load, (row) => row.circleId);
    return rows.map(({ plan, dueOn }) => ({ plan, dueOn }));
  }

  /** Terms in effect at the moment of the view. */
  private async running(circle: CircleView, context: GraphContext): Promise<OfficeTermRow[]> {
    const { circleId, at } = circle;
    const load = (ids: readonly string[]) => this.queries.offices(ids, at.position);
    const rows = await this.many(context, 'offices', at, circleId, load, (row) => row.circleId);
    return [...inEffect(rows, () => circle, at.instant)];
  }

  private actingIn({ circleId, at }: CircleView, context: GraphContext): Promise<readonly ActingRow[]> {
    const load = (ids: readonly string[]) => this.queries.acting(ids, at.position);
    return this.many(context, 'acting', at, circleId, load, (row) => row.circleId);
  }

  private places({ circleId, at }: CircleView, context: GraphContext): Promise<readonly MembershipRow[]> {
    const load = (ids: readonly string[]) => this.queries.memberships(ids, at);
    return this.many(context, 'places', at, circleId, load, (row) => row.circleId);
  }

  private async many<T>(
    context: GraphContext,
    what: string,
    at: At,
    circleId: string,
    load: (ids: readonly string[]) => Promise<readonly T[]>,
    keyOf: (row: T) => string | null,
  ): Promise<readonly T[]> {
    const batch = async (ids: readonly string[]): Promise<ByCircle<T>> =>
      grouped(await load(ids), (row) => keyOf(row) ?? '');
    const loader = loaderOf<string, readonly T[]>(
      context,
      `${what} of circles ${at.instant} ${at.position ?? ''}`,
      batch,
    );
    return (await loader.load(circleId)) ?? [];
  }
}

const termView = (term: OfficeTermRow, state: string): OfficeView => ({
  office: term.office,
  seat: term.seat,
  holder: Member.of(term.memberId),
  state,
  startsOn: term.startsOn,
  endsOn: term.endsOn,
  electionId: term.electionId,
});

const actingView = ({ office, memberId }: ActingRow): OfficeView => ({
  office,
  seat: 1,
  holder: Member.of(memberId),
  state: 'acting',
  startsOn: null,
  endsOn: null,
  electionId: null,
});

function memberView(id: string, places: readonly MembershipRow[], terms: readonly OfficeTermRow[]): CircleMemberView {
  const mine = places.filter((it) => it.memberId === id);
  return {
    member: Member.of(id),
    since: mine.find((it) => it.linkOf === null)?.since ?? null,
    offices: terms.filter((term) => term.memberId === id).map((term) => term.office),
    linksOf: mine.flatMap(({ linkOf, office }) =>
      linkOf === null ? [] : [{ circleId: linkOf, link: office === 'leader' ? 'first' : 'second' }],
    ),
  };
}
