import { idOf, type RecordedOf } from '@app/kernel';
import { type Projection, projection, type Rows } from '@app/read-store';
import type { CircleEvent } from '../domain/circle.events.js';
import type { CommunityEvent } from '../domain/community.events.js';
import {
  actingTable,
  admissionOfferTable,
  circleMemberTable,
  circleTable,
  communityMemberTable,
  communityTable,
  domainItemTable,
  expertAssignmentTable,
  officeTermTable,
  splitPlanTable,
} from './circle.tables.js';

type Gone = RecordedOf<CircleEvent, 'MemberLeftCircle' | 'MemberRemoved'>;
const gone = ({ data, stream }: Gone, rows: Rows): void =>
  rows.delete(circleMemberTable, { circleId: idOf(stream), memberId: data.memberId });

/** Communities and who belongs to them. */
export const communities: Projection = projection<CommunityEvent>({
  name: 'communities',
  version: 1,
  tables: [communityTable, communityMemberTable],
  on: {
    CommunityFounded: ({ data, meta }, rows) => {
      const { communityId, name, zone, founder, rootCircleId } = data;
      const foundedAt = meta.occurredAt;
      rows.put(communityTable, { communityId, name, zone, founderId: founder, rootCircleId, foundedAt });
    },
    MemberRegistered: ({ data, meta }, rows) =>
      rows.put(communityMemberTable, {
        communityId: meta.community,
        memberId: data.memberId,
        how: data.how,
        joinedAt: meta.occurredAt,
      }),
    MemberLeft: ({ data, meta }, rows) =>
      rows.delete(communityMemberTable, { communityId: meta.community, memberId: data.memberId }),
  },
});

/**
 * Circles, their members, offices, delegated matters and experts, now and at any past position. A link's seat in the parent is the
 * same row as the office it comes from, so that both circles see it begin and end at one position (INV-15, INV-16).
 */
export const circles: Projection = projection<CircleEvent>({
  name: 'circles',
  version: 1,
  tables: [
    circleTable,
    domainItemTable,
    circleMemberTable,
    officeTermTable,
    actingTable,
    admissionOfferTable,
    expertAssignmentTable,
    splitPlanTable,
  ],
  on: {
    CircleProposed: ({ data, meta }, rows) => {
      const { circleId, communityId, parentId, name, aim, category, convener, zone, meetingsPerYear, rules } = data;
      rows.put(circleTable, {
        circleId,
        communityId,
        parentId: parentId ?? null,
        name,
        aim,
        category,
        state: 'Proposed',
        accepted: false,
        convenerId: convener,
        zone,
        meetingsPerYear,
        rules,
        proposedAt: meta.occurredAt,
      });
      for (const { itemId, text } of data.domain)
        rows.put(domainItemTable, { circleId, itemId, communityId, text, delegatedTo: null });
    },
    AdmissionOffered: ({ data, meta, stream }, rows) =>
      rows.put(admissionOfferTable, {
        circleId: idOf(stream),
        memberId: data.memberId,
        communityId: meta.community,
        offeredBy: data.by,
        offeredAt: meta.occurredAt,
      }),
    AdmissionDeclined: ({ data, stream }, rows) =>
      rows.delete(admissionOfferTable, { circleId: idOf(stream), memberId: data.memberId }),
    MemberAdmitted: ({ data, meta, stream }, rows) => {
      const circleId = idOf(stream);
      const { memberId, how } = data;
      rows.delete(admissionOfferTable, { circleId, memberId });
      rows.put(circleMemberTable, { circleId, memberId, communityId: meta.community, how, since: meta.occurredAt });
      if (how === 'convener') rows.patch(circleTable, { circleId }, { state: 'Forming' });
    },
    OverStrengthAdmitted: ({ data, meta, stream }, rows) =>
      rows.put(splitPlanTable, {
        circleId: idOf(stream),
        memberId: data.memberId,
        communityId: meta.community,
        plan: data.plan,
        dueOn: data.due.date,
      }),
    AimAndDomainAccepted: ({ stream }, rows) => rows.patch(circleTable, { circleId: idOf(stream) }, { accepted: true }),
    AimChanged: ({ data, stream }, rows) => rows.patch(circleTable, { circleId: idOf(stream) }, { aim: data.aim }),
    DomainChanged: ({ data, meta, stream }, rows) => {
      const circleId = idOf(stream);
      for (const itemId of data.removed) rows.delete(domainItemTable, { circleId, itemId });
      for (const { itemId, text } of data.added)
        rows.put(domainItemTable, { circleId, itemId, communityId: meta.community, text, delegatedTo: null });
    },
    CircleActivated: ({ stream }, rows) => rows.patch(circleTable, { circleId: idOf(stream) }, { state: 'Active' }),
    DomainDelegated: ({ data, stream }, rows) => {
      for (const itemId of data.items)
        rows.patch(domainItemTable, { circleId: idOf(stream), itemId }, { delegatedTo: data.subCircleId });
    },
    DomainReturned: ({ data, stream }, rows) => {
      for (const itemId of data.items)
        rows.patch(domainItemTable, { circleId: idOf(stream), itemId }, { delegatedTo: null });
    },
    MemberLeftCircle: gone,
    MemberRemoved: gone,
    TermStarted: ({ data, meta, stream }, rows) =>
      rows.put(officeTermTable, {
        termId: data.termId,
        circleId: idOf(stream),
        communityId: meta.community,
        office: data.office,
        seat: data.seat,
        memberId: data.memberId,
        startsOn: data.from,
        endsOn: data.to.date,
        endsAt: data.to.instant,
        electionId: data.electionId ?? null,
      }),
    OfficeResigned: ({ data }, rows) => rows.delete(officeTermTable, { termId: data.termId }),
    OfficeVacated: ({ data }, rows) => rows.delete(officeTermTable, { termId: data.termId }),
    ActingAppointed: ({ data, meta, stream }, rows) =>
      rows.put(actingTable, {
        circleId: idOf(stream),
        office: data.office,
        memberId: data.memberId,
        communityId: meta.community,
        actingAs: data.order,
        until: data.until?.instant ?? null,
      }),
    ActingEnded: ({ data, stream }, rows) => rows.delete(actingTable, { circleId: idOf(stream), office: data.office }),
    ExpertAssigned: ({ data, meta, stream }, rows) =>
      rows.put(expertAssignmentTable, {
        circleId: idOf(stream),
        expertId: data.expertId,
        communityId: meta.community,
        startsOn: data.from,
        endsOn: data.to.date,
        endsAt: data.to.instant,
      }),
    ExpertUnassigned: ({ data, stream }, rows) =>
      rows.delete(expertAssignmentTable, { circleId: idOf(stream), expertId: data.expertId }),
  },
});
