import { Access, type GraphContext, loaderOf, type Relation, Viewer } from '@app/graph';
import { civilDateOf, Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { CircleRow, ExpertAssignmentRow } from '../read/circle.tables.js';
import { CircleQueries } from '../read/circles.query.js';

/** How somebody stands to a circle, from the circle read model (docs/visibility.md). */
@Injectable()
export class CircleAccess extends Access {
  constructor(
    private readonly queries: CircleQueries,
    private readonly clock: Clock,
  ) {
    super();
  }

  async relationTo(viewer: Viewer, circleId: string, context: GraphContext): Promise<Relation> {
    const loader = loaderOf(context, 'relations', (ids: readonly string[]) => this.relations(viewer, ids));
    return (await loader.load(circleId)) ?? 'none';
  }

  async leftAt(viewer: Viewer, circleId: string): Promise<string | undefined> {
    return (await this.queries.formerOf(viewer.memberId, [circleId])).get(circleId);
  }

  private async relations(viewer: Viewer, ids: readonly string[]): Promise<ReadonlyMap<string, Relation>> {
    const circles = (await this.queries.circles(ids)).filter((circle) => circle.communityId === viewer.communityId);
    const found = new Map<string, Relation>();
    if (circles.length === 0) return found;
    const parents = circles.flatMap(({ parentId }) => (parentId === null ? [] : [parentId]));
    const known = circles.map((circle) => circle.circleId);
    const now = this.clock.now();
    const [places, experts, left] = await Promise.all([
      this.queries.memberships([...new Set([...known, ...parents])], { instant: now }),
      this.queries.experts(known),
      this.queries.formerOf(viewer.memberId, known),
    ]);
    const mine = new Set(places.filter((it) => it.memberId === viewer.memberId).map((it) => it.circleId));
    const supervised = new Set(
      experts.filter((it) => it.expertId === viewer.memberId && isAssigned(it, circles, now)).map((it) => it.circleId),
    );
    for (const { circleId, parentId } of circles) {
      if (mine.has(circleId)) found.set(circleId, 'member');
      else if (supervised.has(circleId)) found.set(circleId, 'expert');
      else if (parentId !== null && mine.has(parentId)) found.set(circleId, 'parentLink');
      else found.set(circleId, left.has(circleId) ? 'former' : 'community');
    }
    return found;
  }
}

/** The assignment has begun in the circle's calendar, and has not ended. */
function isAssigned(
  { circleId, startsOn, endsAt }: ExpertAssignmentRow,
  circles: readonly CircleRow[],
  now: string,
): boolean {
  const zone = circles.find((circle) => circle.circleId === circleId)?.zone;
  return zone !== undefined && endsAt >= now && startsOn <= civilDateOf(now, zone);
}
