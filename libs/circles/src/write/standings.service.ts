import type { Instant } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { Circle, LinkSeat } from '../domain/circle.js';
import type { Office } from '../domain/rules.js';
import { expertsOf, membersOf, ownMembers, runningTerms } from '../domain/seats.js';
import { type CircleStanding, Communities, type CommunityStanding, Standings } from '../standing.js';
import { CircleFolds } from './circle-folds.js';

/** Folds a circle and its sub-circles into what a neighbour may rely on. */
@Injectable()
export class FoldedStandings extends Standings {
  constructor(private readonly folds: CircleFolds) {
    super();
  }

  override async of(circleId: string, community: string, now: Instant): Promise<CircleStanding> {
    const { circle, revision } = await this.folds.circle(circleId, community);
    return standingOf(circle, revision, await this.folds.seatsIn(circle, now), now);
  }
}

/** Folds a community into what a neighbour may rely on. */
@Injectable()
export class FoldedCommunities extends Communities {
  constructor(private readonly folds: CircleFolds) {
    super();
  }

  override async of(communityId: string): Promise<CommunityStanding> {
    const { community, revision } = await this.folds.community(communityId);
    const { zone, rootCircleId, members } = community;
    return { communityId, zone, rootCircleId, members, revision };
  }
}

/** Offices count only in the hands of members: who sat here by a seat that ended holds none, even before it was announced. */
export function standingOf(circle: Circle, revision: number, seats: readonly LinkSeat[], now: Instant): CircleStanding {
  const { circleId, communityId, parentId, zone, category, phase, accepted, convener, rules, domain, subCircles } =
    circle;
  const members = membersOf(circle, seats, now);
  const own = ownMembers(circle, now);
  const held = runningTerms(circle, now).filter(({ seat, memberId }) => seat === 1 && members.includes(memberId));
  const acting = circle.acting.filter(({ until }) => until === undefined || now <= until.instant);
  return {
    circleId,
    communityId,
    parentId,
    zone,
    category,
    state: phase,
    revision,
    accepted,
    convener,
    rules,
    members,
    linkOnly: members.filter((it) => !own.includes(it)),
    holders: byOffice(held),
    acting: byOffice(acting),
    experts: expertsOf(circle, now),
    domain: domain.map(({ itemId, delegatedTo }) => (delegatedTo === undefined ? { itemId } : { itemId, delegatedTo })),
    subCircles,
  };
}

const byOffice = (holdings: readonly { office: Office; memberId: string }[]): Partial<Record<Office, string>> =>
  Object.fromEntries(holdings.map(({ office, memberId }) => [office, memberId]));
