import { Access, GraphContext, grouped, loaderOf, type PageArgs, pageOf, type Relation, Viewer } from '@app/graph';
import { Injectable } from '@nestjs/common';
import type { ElectionRow } from '../read/election.tables.js';
import { ElectionQueries } from '../read/elections.query.js';
import { ElectionView } from './election.types.js';

const inside: readonly Relation[] = ['member', 'parentLink', 'expert'];
/** Those who see an election as it goes. */
export const seesInside = (relation: Relation): boolean => inside.includes(relation);
/** Those who see who named whom and who objected. */
export const seesNames = (relation: Relation): boolean => relation === 'member';

/** Elections as a viewer may see them (docs/visibility.md): whole inside the circle, elsewhere the result alone. */
@Injectable()
export class ElectionsShown {
  constructor(
    private readonly queries: ElectionQueries,
    private readonly access: Access,
  ) {}

  /** An election, or null for an id that is unknown, foreign, or not theirs to see. */
  async one(viewer: Viewer, electionId: string, context: GraphContext): Promise<ElectionView | null> {
    const loader = loaderOf(context, 'elections', async (ids: readonly string[]) => {
      const rows = await this.queries.elections(ids);
      return new Map(rows.map((row) => [row.electionId, row]));
    });
    return this.seen(viewer, await loader.load(electionId), context);
  }

  /** The same after a mutation: what this request has read before is no longer so. */
  async fresh(viewer: Viewer, electionId: string, context: GraphContext): Promise<ElectionView | null> {
    context.loaders.clear();
    const [row] = await this.queries.elections([electionId]);
    return this.seen(viewer, row ?? null, context);
  }

  /** A circle's elections, the latest called first; outside the circle those that are done. */
  async page(viewer: Viewer, circleId: string, page: PageArgs, context: GraphContext) {
    const relation = await this.access.relationTo(viewer, circleId, context);
    return pageOf(
      page,
      async (limit, after) => {
        if (relation === 'none') return [];
        const place = after === undefined ? undefined : ([String(after[0]), String(after[1])] as const);
        const onlyDone = !seesInside(relation);
        const loader = loaderOf<string, readonly ElectionRow[]>(
          context,
          `elections ${onlyDone} ${place?.join()} ${limit}`,
          async (ids: readonly string[]) =>
            grouped(await this.queries.electionsOf(ids, place, limit, { onlyDone }), (row) => row.circleId),
        );
        return ((await loader.load(circleId)) ?? []).map((row) => electionView(row, relation));
      },
      ({ row }) => [row.calledAt, row.electionId],
    );
  }

  private async seen(viewer: Viewer, row: ElectionRow | null, context: GraphContext): Promise<ElectionView | null> {
    if (row === null || row.communityId !== viewer.communityId) return null;
    const relation = await this.access.relationTo(viewer, row.circleId, context);
    if (relation === 'none' || (!seesInside(relation) && row.phase !== 'Elected')) return null;
    return electionView(row, relation);
  }
}

const untold = {
  ...{ cause: null, calledAt: null, duties: null, qualities: null, termFrom: null, termTo: null, warnings: [] },
  ...{ meetingId: null, roundId: null, cancelReason: null, effectRefused: null },
};

/** A row as somebody with this relation to the circle sees it. */
export function electionView(row: ElectionRow, relation: Relation): ElectionView {
  const { electionId, circleId, office, seat, phase, round } = row;
  const told = { electionId, circleId, office, seat, phase, round, relation, row };
  if (!seesInside(relation)) return Object.assign(new ElectionView(), told, untold);
  const { cause, calledAt, duties, qualities, termFrom, termTo, warnings } = row;
  const { meetingId, roundId, cancelReason, effectRefused } = row;
  const role = { cause, calledAt, duties, qualities, termFrom, termTo, warnings };
  return Object.assign(new ElectionView(), told, role, { meetingId, roundId, cancelReason, effectRefused });
}
