import { Access, GraphContext, grouped, loaderOf, type PageArgs, pageOf, type Relation, Viewer } from '@app/graph';
import { Injectable } from '@nestjs/common';
import type { MeetingRow } from '../read/meeting.tables.js';
import { MeetingQueries } from '../read/meetings.query.js';
import { MeetingView } from './meeting.types.js';

const inside: readonly Relation[] = ['member', 'parentLink', 'expert'];

/** Meetings as a viewer may see them (docs/visibility.md): those of their circles and of the circles below, or nothing. */
@Injectable()
export class MeetingsShown {
  constructor(
    private readonly queries: MeetingQueries,
    private readonly access: Access,
  ) {}

  /** A meeting, or null for an id that is unknown, foreign, or of a circle whose meetings are not theirs to see. */
  async one(viewer: Viewer, meetingId: string, context: GraphContext): Promise<MeetingView | null> {
    const loader = loaderOf(context, 'meetings', async (ids: readonly string[]) => {
      const rows = await this.queries.meetings(ids);
      return new Map(rows.map((row) => [row.meetingId, row]));
    });
    return this.seen(viewer, await loader.load(meetingId), context);
  }

  /** The same after a mutation: what this request has read before is no longer so. */
  async fresh(viewer: Viewer, meetingId: string, context: GraphContext): Promise<MeetingView | null> {
    context.loaders.clear();
    const [row] = await this.queries.meetings([meetingId]);
    return this.seen(viewer, row ?? null, context);
  }

  /** A circle's meetings, the latest first; an empty page where they are not theirs to see. */
  async page(viewer: Viewer, circleId: string, page: PageArgs, context: GraphContext) {
    const relation = await this.access.relationTo(viewer, circleId, context);
    return pageOf(
      page,
      async (limit, after) => {
        if (!inside.includes(relation)) return [];
        const place = after === undefined ? undefined : ([String(after[0]), String(after[1])] as const);
        const loader = loaderOf<string, readonly MeetingRow[]>(
          context,
          `meetings ${place?.join()} ${limit}`,
          async (ids: readonly string[]) =>
            grouped(await this.queries.meetingsOf(ids, place, limit), (row) => row.circleId),
        );
        return ((await loader.load(circleId)) ?? []).map(shown);
      },
      (it) => [it.openedAt, it.meetingId],
    );
  }

  private async seen(viewer: Viewer, row: MeetingRow | null, context: GraphContext): Promise<MeetingView | null> {
    if (row === null || row.communityId !== viewer.communityId) return null;
    return inside.includes(await this.access.relationTo(viewer, row.circleId, context)) ? shown(row) : null;
  }
}

const shown = (row: MeetingRow): MeetingView => Object.assign(new MeetingView(), row);
