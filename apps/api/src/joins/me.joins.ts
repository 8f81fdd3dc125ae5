import { circleAt, CircleQueries, CircleView } from '@app/circles';
import { GraphContext, PageArgs, pageOfList } from '@app/graph';
import { Me } from '@app/identity';
import { Clock } from '@app/kernel';
import { Args, Context, Int, ResolveField, Resolver } from '@nestjs/graphql';
import { placeOf, WaitingRoom } from './waiting.js';
import { WaitingConnection } from './waiting.types.js';

/** What the other contexts know of the person who asks, in the community of the request; nothing where there is none. */
@Resolver(() => Me)
export class MeJoins {
  constructor(
    private readonly room: WaitingRoom,
    private readonly queries: CircleQueries,
    private readonly clock: Clock,
  ) {}

  @ResolveField(() => WaitingConnection, {
    description: 'What waits for this person, the longest waiting first.',
  })
  async waiting(@Args() page: PageArgs, @Context() context: GraphContext) {
    const { viewer } = context;
    const items = viewer === undefined ? [] : await this.room.itemsFor(viewer);
    const { edges, pageInfo } = await pageOfList(page, items, (item) => [placeOf(item)]);
    const shown = await Promise.all(
      edges.map(async ({ node, cursor }) => {
        const view = viewer && (await this.room.show(node, viewer, context));
        return view === undefined ? [] : [{ node: view, cursor }];
      }),
    );
    return { edges: shown.flat(), nodes: shown.flat().map(({ node }) => node), pageInfo };
  }

  @ResolveField(() => Int, { description: 'How many things wait for this person.' })
  async waitingCount(@Context() { viewer }: GraphContext): Promise<number> {
    return viewer === undefined ? 0 : (await this.room.itemsFor(viewer)).length;
  }

  @ResolveField(() => [CircleView], { description: 'The circles in which this person has a voice.' })
  async circles(@Context() context: GraphContext): Promise<CircleView[]> {
    const instant = this.clock.now();
    if (context.viewer === undefined) return [];
    const ids = await this.queries.circlesOfMember(context.viewer.memberId, instant);
    const circles = await Promise.all(ids.map((id) => circleAt(this.queries, context, id, { instant })));
    return circles.filter((it) => it !== null);
  }
}
