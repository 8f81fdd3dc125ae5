import { Streams } from '@app/event-store';
import { type Instant, Refusal } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { type Circle, circle, type LinkSeat } from '../domain/circle.js';
import { type Community, community } from '../domain/community.js';
import { linkSeatsOf } from '../domain/seats.js';

/** Circles and communities as their streams tell them now, with the seats that sub-circles give in their parents. */
@Injectable()
export class CircleFolds {
  constructor(private readonly streams: Streams) {}

  /** Refuses NOT_FOUND for a circle that is not there or not of this community. */
  async circle(circleId: string, communityId: string): Promise<{ circle: Circle; revision: number }> {
    const { state, revision } = await this.streams.load(circle, circleId);
    if (state.phase === 'absent' || state.communityId !== communityId) throw new Refusal('NOT_FOUND');
    return { circle: state, revision };
  }

  async exists(circleId: string): Promise<boolean> {
    return (await this.streams.load(circle, circleId)).state.phase !== 'absent';
  }

  /** Refuses NOT_FOUND. */
  async community(communityId: string): Promise<{ community: Community; revision: number }> {
    const { state, revision } = await this.streams.load(community, communityId);
    if (state.phase === 'absent') throw new Refusal('NOT_FOUND');
    return { community: state, revision };
  }

  /** The seats that this circle's active sub-circles give in it, folded from them now (INV-15, INV-16). */
  async seatsIn(parent: Circle, now: Instant): Promise<LinkSeat[]> {
    const seats = await Promise.all(parent.subCircles.map((id) => this.seatsOf(id, now)));
    return seats.flat();
  }

  /** Every circle of a community: from the root down, since a circle begins nowhere but under its parent. */
  async circlesOf({ rootCircleId }: Community): Promise<Circle[]> {
    const found: Circle[] = [];
    const ahead = [rootCircleId];
    for (let id = ahead.shift(); id !== undefined; id = ahead.shift()) {
      const { state } = await this.streams.load(circle, id);
      if (state.phase === 'absent') continue;
      found.push(state);
      ahead.push(...state.subCircles);
    }
    return found;
  }

  private async seatsOf(subCircleId: string, now: Instant): Promise<LinkSeat[]> {
    const { state } = await this.streams.load(circle, subCircleId);
    if (state.phase !== 'Active') return [];
    // A second link may themselves belong to the circle only as a link of a circle below it.
    return linkSeatsOf(state, await this.seatsIn(state, now), now);
  }
}
