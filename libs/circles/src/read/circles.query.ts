import { ReadStore, validAt, type VersionOf } from '@app/read-store';
import { Injectable } from '@nestjs/common';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type {
  ActingRow,
  actingTable,
  AdmissionOfferRow,
  circleMemberTable,
  CircleRow,
  circleTable,
  CommunityMemberRow,
  communityMemberTable,
  CommunityRow,
  DomainItemRow,
  domainItemTable,
  ExpertAssignmentRow,
  expertAssignmentTable,
  OfficeTermRow,
  officeTermTable,
  SplitPlanRow,
} from './circle.tables.js';
import { inEffect } from './terms.js';

interface CirclesTables {
  community: CommunityRow;
  community_member: VersionOf<typeof communityMemberTable>;
  circle: VersionOf<typeof circleTable>;
  domain_item: VersionOf<typeof domainItemTable>;
  circle_member: VersionOf<typeof circleMemberTable>;
  office_term: VersionOf<typeof officeTermTable>;
  acting_officer: VersionOf<typeof actingTable>;
  admission_offer: AdmissionOfferRow;
  expert_assignment: VersionOf<typeof expertAssignmentTable>;
  split_plan: SplitPlanRow;
}

/** The moment a question is about: an instant, and for the past its place in the log. */
export interface Moment {
  readonly instant: string;
  readonly position?: string;
}

type LinkQuery = SelectQueryBuilder<CirclesTables, 'circle' | 'office_term', object>;

/** A person with a place in a circle: admitted to it, or sitting in it as link of a sub-circle. */
export interface MembershipRow {
  circleId: string;
  memberId: string;
  since: string | null;
  /** The sub-circle whose link they are here, when that is their seat. */
  linkOf: string | null;
  office: string | null;
}

/** The circle read model. Every function takes many ids, so that a page costs one query a field; `at` is a position of the past. */
@Injectable()
export class CircleQueries {
  constructor(private readonly reads: ReadStore) {}

  private get db(): Kysely<CirclesTables> {
    return this.reads.db<CirclesTables>();
  }

  communities(ids: readonly string[]): Promise<CommunityRow[]> {
    return this.db.selectFrom('community').selectAll().where('communityId', 'in', ids).execute();
  }

  communityMembers(communityId: string, after: string | undefined, limit: number): Promise<CommunityMemberRow[]> {
    return this.db
      .selectFrom('community_member')
      .selectAll()
      .where('communityId', '=', communityId)
      .where(validAt('community_member'))
      .$if(after !== undefined, (query) => query.where('memberId', '>', after ?? ''))
      .orderBy('memberId')
      .limit(limit)
      .execute();
  }

  isCommunityMember(communityId: string, memberId: string): Promise<boolean> {
    return this.db
      .selectFrom('community_member')
      .select('memberId')
      .where('communityId', '=', communityId)
      .where('memberId', '=', memberId)
      .where(validAt('community_member'))
      .executeTakeFirst()
      .then((row) => row !== undefined);
  }

  circles(ids: readonly string[], at?: string): Promise<CircleRow[]> {
    return this.db.selectFrom('circle').selectAll().where('circleId', 'in', ids).where(validAt('circle', at)).execute();
  }

  circlesOf(communityId: string, after: string | undefined, limit: number, at?: string): Promise<CircleRow[]> {
    return this.db
      .selectFrom('circle')
      .selectAll()
      .where('communityId', '=', communityId)
      .where(validAt('circle', at))
      .$if(after !== undefined, (query) => query.where('circleId', '>', after ?? ''))
      .orderBy('circleId')
      .limit(limit)
      .execute();
  }

  subCircles(parentIds: readonly string[], at?: string): Promise<CircleRow[]> {
    return this.db
      .selectFrom('circle')
      .selectAll()
      .where('parentId', 'in', parentIds)
      .where(validAt('circle', at))
      .orderBy('proposedAt')
      .orderBy('circleId')
      .execute();
  }

  domainItems(circleIds: readonly string[], at?: string): Promise<DomainItemRow[]> {
    return this.db
      .selectFrom('domain_item')
      .selectAll()
      .where('circleId', 'in', circleIds)
      .where(validAt('domain_item', at))
      .orderBy('itemId')
      .execute();
  }

  offices(circleIds: readonly string[], at?: string): Promise<OfficeTermRow[]> {
    return this.db
      .selectFrom('office_term')
      .selectAll()
      .where('circleId', 'in', circleIds)
      .where(validAt('office_term', at))
      .orderBy('office')
      .orderBy('seat')
      .execute();
  }

  acting(circleIds: readonly string[], at?: string): Promise<ActingRow[]> {
    return this.db
      .selectFrom('acting_officer')
      .selectAll()
      .where('circleId', 'in', circleIds)
      .where(validAt('acting_officer', at))
      .execute();
  }

  experts(circleIds: readonly string[], at?: string): Promise<ExpertAssignmentRow[]> {
    return this.db
      .selectFrom('expert_assignment')
      .selectAll()
      .where('circleId', 'in', circleIds)
      .where(validAt('expert_assignment', at))
      .orderBy('startsOn')
      .execute();
  }

  splitPlans(circleIds: readonly string[]): Promise<SplitPlanRow[]> {
    return this.db.selectFrom('split_plan').selectAll().where('circleId', 'in', circleIds).orderBy('dueOn').execute();
  }

  offers(circleIds: readonly string[]): Promise<AdmissionOfferRow[]> {
    return this.db.selectFrom('admission_offer').selectAll().where('circleId', 'in', circleIds).execute();
  }

  offersTo(memberId: string): Promise<AdmissionOfferRow[]> {
    return this.db
      .selectFrom('admission_offer')
      .selectAll()
      .where('memberId', '=', memberId)
      .orderBy('offeredAt')
      .execute();
  }

  /** Circles that wait for this person's word as convener. */
  conveningOf(memberId: string, communityId: string): Promise<CircleRow[]> {
    return this.db
      .selectFrom('circle')
      .selectAll()
      .where('communityId', '=', communityId)
      .where('convenerId', '=', memberId)
      .where('state', '=', 'Proposed')
      .where(validAt('circle'))
      .execute();
  }

  /** Everybody with a place in these circles, link seats of Active sub-circles included; a person may come twice (INV-09: one voice). */
  async memberships(circleIds: readonly string[], { instant, position }: Moment): Promise<MembershipRow[]> {
    const [direct, links] = await Promise.all([
      this.admitted(circleIds, position),
      this.links((query) => query.where('circle.parentId', 'in', circleIds), { instant, position }),
    ]);
    return [...direct, ...links];
  }

  private admitted(circleIds: readonly string[], at?: string): Promise<MembershipRow[]> {
    return this.db
      .selectFrom('circle_member')
      .select(['circleId', 'memberId', 'since'])
      .where('circleId', 'in', circleIds)
      .where(validAt('circle_member', at))
      .orderBy('since')
      .orderBy('memberId')
      .execute()
      .then((rows) => rows.map((row) => ({ ...row, linkOf: null, office: null })));
  }

  /** Seats in the parent that links of Active sub-circles hold at an instant. */
  private async links(of: (query: LinkQuery) => LinkQuery, { instant, position }: Moment): Promise<MembershipRow[]> {
    const query: LinkQuery = this.db
      .selectFrom('circle')
      .innerJoin('office_term', 'office_term.circleId', 'circle.circleId');
    const terms = await of(query)
      .select(['circle.parentId', 'circle.rules', 'circle.zone'])
      .select(['office_term.circleId', 'office_term.memberId', 'office_term.office', 'office_term.seat'])
      .select(['office_term.startsOn', 'office_term.endsAt'])
      .where('circle.state', '=', 'Active')
      .where('office_term.office', 'in', ['leader', 'secondLink'])
      .where(validAt('circle', position))
      .where(validAt('office_term', position))
      .orderBy('circle.circleId')
      .orderBy('office_term.office')
      .execute();
    return inEffect(terms, (term) => term, instant).flatMap(({ parentId, circleId, memberId, office }) =>
      parentId === null ? [] : [{ circleId: parentId, memberId, since: null, linkOf: circleId, office }],
    );
  }

  /** The circles in which a person has a place at this instant. */
  async circlesOfMember(memberId: string, instant: string): Promise<string[]> {
    const direct = await this.db
      .selectFrom('circle_member')
      .select('circleId')
      .where('memberId', '=', memberId)
      .where(validAt('circle_member'))
      .execute();
    const held = this.db.selectFrom('office_term').select('circleId').where('memberId', '=', memberId);
    const seats = await this.links((query) => query.where('circle.circleId', 'in', held), { instant });
    const mine = seats.filter((seat) => seat.memberId === memberId);
    return [...new Set([...direct, ...mine].map((row) => row.circleId))];
  }

  /** Experts' circles whose assignment has not ended at `now`. */
  supervisedBy(memberId: string, now: string): Promise<ExpertAssignmentRow[]> {
    return this.db
      .selectFrom('expert_assignment')
      .selectAll()
      .where('expertId', '=', memberId)
      .where('endsAt', '>=', now)
      .where(validAt('expert_assignment'))
      .execute();
  }

  /** Which of these circles a person was once a member of and no longer is, with the position at which they last left. */
  async formerOf(memberId: string, circleIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.db
      .selectFrom('circle_member')
      .select(['circleId', 'toPosition'])
      .where('memberId', '=', memberId)
      .where('circleId', 'in', circleIds)
      .orderBy('fromPosition')
      .execute();
    const last = new Map(rows.map(({ circleId, toPosition }) => [circleId, toPosition]));
    return new Map([...last].flatMap(([circleId, position]) => (position === null ? [] : [[circleId, position]])));
  }
}
