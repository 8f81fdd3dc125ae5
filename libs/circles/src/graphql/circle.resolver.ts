import {
  connectionOf,
  CurrentViewer,
  type GraphContext,
  IsId,
  IsMoment,
  loaderOf,
  PageArgs,
  pageOf,
  Viewer,
} from '@app/graph';
import { Clock } from '@app/kernel';
import { Moments } from '@app/read-store';
import { Args, ArgsType, Context, Field, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { CircleQueries } from '../read/circles.query.js';
import type { CircleRow } from '../read/circle.tables.js';
import { type At, CircleView, CommunityView, OrganisationView } from './circle.types.js';

const CircleConnection = connectionOf(CircleView, 'Circle');

@ArgsType()
export class AsOfArgs {
  @Field(() => String, {
    nullable: true,
    description: 'What was known at this moment, ISO 8601 with its offset. Now unless said.',
  })
  @IsOptional()
  @IsMoment()
  asOf?: string;
}

@ArgsType()
export class CircleArgs extends AsOfArgs {
  @Field(() => ID)
  @IsId()
  id!: string;
}

/** A circle row as it is shown, with the moment everything under it is read at. */
export const circleView = (row: CircleRow, at: At): CircleView => Object.assign(new CircleView(), row, { at });

/** The moment a question is about; nothing where the community had not begun. */
export async function momentOf(
  moments: Moments,
  clock: Clock,
  communityId: string,
  asOf: string | undefined,
): Promise<At | undefined> {
  const instant = clock.now();
  if (asOf === undefined || asOf === null || asOf >= instant) return { instant };
  const position = await moments.positionAt(communityId, asOf);
  return position === undefined ? undefined : { instant: asOf, position };
}

/** Circles and the organisation, now and at any past moment: what every member of the community may read. */
@Resolver(() => OrganisationView)
export class OrganisationResolver {
  constructor(
    private readonly queries: CircleQueries,
    private readonly moments: Moments,
    private readonly clock: Clock,
  ) {}

  @Query(() => OrganisationView, {
    nullable: true,
    description: 'The community of the one who asks, with its circles.',
  })
  async organisation(@CurrentViewer() viewer: Viewer, @Args() { asOf }: AsOfArgs): Promise<OrganisationView | null> {
    const at = await momentOf(this.moments, this.clock, viewer.communityId, asOf);
    const [community] = await this.queries.communities([viewer.communityId]);
    if (community === undefined || at === undefined) return null;
    const shown = Object.assign(new CommunityView(), community);
    return Object.assign(new OrganisationView(), { community: shown, asOf: asOf ?? null, at });
  }

  @Query(() => CircleView, {
    nullable: true,
    description: 'A circle of one’s own community; an unknown or foreign id answers null.',
  })
  async circle(@CurrentViewer() viewer: Viewer, @Args() { id, asOf }: CircleArgs): Promise<CircleView | null> {
    const at = await momentOf(this.moments, this.clock, viewer.communityId, asOf);
    if (at === undefined) return null;
    const [row] = await this.queries.circles([id], at.position);
    return row === undefined || row.communityId !== viewer.communityId ? null : circleView(row, at);
  }

  @ResolveField(() => CircleConnection)
  circles(@Parent() { community, at }: OrganisationView, @Args() page: PageArgs) {
    return pageOf(
      page,
      async (limit, after) => {
        const from = after === undefined ? undefined : String(after[0]);
        const rows = await this.queries.circlesOf(community.communityId, from, limit, at.position);
        return rows.map((row) => circleView(row, at));
      },
      (circle) => [circle.circleId],
    );
  }

  @ResolveField(() => CircleView, { nullable: true })
  async rootCircle(@Parent() { community, at }: OrganisationView, @Context() context: GraphContext) {
    return circleAt(this.queries, context, community.rootCircleId, at);
  }
}

/** A circle by id within one request: read once however many fields name it. */
export async function circleAt(
  queries: CircleQueries,
  context: GraphContext,
  id: string,
  at: At,
): Promise<CircleView | null> {
  const loader = loaderOf(context, `circles ${at.position ?? ''}`, async (ids: readonly string[]) => {
    const rows = await queries.circles(ids, at.position);
    return new Map(rows.map((row) => [row.circleId, row]));
  });
  const row = await loader.load(id);
  return row === null ? null : circleView(row, at);
}
