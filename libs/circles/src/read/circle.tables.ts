import { bool, int, json, maybeText, type RowOf, table, text } from '@app/read-store';
import type { CircleRules } from '../domain/rules.js';

/** A community as anybody in it sees it. */
export const communityTable = table(
  'community',
  { communityId: text(), name: maybeText(), zone: text(), founderId: text(), rootCircleId: text(), foundedAt: text() },
  { key: ['communityId'] },
);

/** Who belongs to a community. Ends when they leave it. */
export const communityMemberTable = table(
  'community_member',
  { communityId: text(), memberId: text(), how: text(), joinedAt: text() },
  { key: ['communityId', 'memberId'], temporal: true },
);

/** A circle, in every form it ever had. */
export const circleTable = table(
  'circle',
  {
    circleId: text(),
    communityId: text(),
    parentId: maybeText(),
    name: maybeText(),
    aim: maybeText(),
    category: text(),
    state: text(),
    accepted: bool(),
    convenerId: text(),
    zone: text(),
    meetingsPerYear: int(),
    rules: json<CircleRules>(),
    proposedAt: text(),
  },
  { key: ['circleId'], temporal: true, indexes: [['communityId'], ['parentId']] },
);

/** The matters a circle decides, and to which sub-circle it handed them. */
export const domainItemTable = table(
  'domain_item',
  { circleId: text(), itemId: text(), communityId: text(), text: maybeText(), delegatedTo: maybeText() },
  { key: ['circleId', 'itemId'], temporal: true },
);

/** Persons admitted to the circle itself; the links of its sub-circles sit in it by their office (see office_term). */
export const circleMemberTable = table(
  'circle_member',
  { circleId: text(), memberId: text(), communityId: text(), how: text(), since: text() },
  { key: ['circleId', 'memberId'], temporal: true, indexes: [['memberId']] },
);

/** Offices held, from the position of `TermStarted` to the position of what ended them. */
export const officeTermTable = table(
  'office_term',
  {
    termId: text(),
    circleId: text(),
    communityId: text(),
    office: text(),
    seat: int(),
    memberId: text(),
    startsOn: text(),
    endsOn: text(),
    endsAt: text(),
    electionId: maybeText(),
  },
  { key: ['termId'], temporal: true, indexes: [['circleId'], ['memberId']] },
);

/** Who acts in an office without a term of their own. */
export const actingTable = table(
  'acting_officer',
  { circleId: text(), office: text(), memberId: text(), communityId: text(), actingAs: text(), until: maybeText() },
  { key: ['circleId', 'office'], temporal: true },
);

/** Places offered in a forming circle and not yet answered. */
export const admissionOfferTable = table(
  'admission_offer',
  { circleId: text(), memberId: text(), communityId: text(), offeredBy: text(), offeredAt: text() },
  { key: ['circleId', 'memberId'], indexes: [['memberId']] },
);

/** Experts assigned to a circle, from a date to a date. */
export const expertAssignmentTable = table(
  'expert_assignment',
  {
    circleId: text(),
    expertId: text(),
    communityId: text(),
    startsOn: text(),
    endsOn: text(),
    endsAt: text(),
  },
  { key: ['circleId', 'expertId'], temporal: true, indexes: [['expertId']] },
);

/** A plan to divide a circle that grew to nine or ten. */
export const splitPlanTable = table(
  'split_plan',
  { circleId: text(), memberId: text(), communityId: text(), plan: maybeText(), dueOn: text() },
  { key: ['circleId', 'memberId'] },
);

export type CommunityRow = RowOf<typeof communityTable>;
export type CommunityMemberRow = RowOf<typeof communityMemberTable>;
export type CircleRow = RowOf<typeof circleTable>;
export type DomainItemRow = RowOf<typeof domainItemTable>;
export type CircleMemberRow = RowOf<typeof circleMemberTable>;
export type OfficeTermRow = RowOf<typeof officeTermTable>;
export type ActingRow = RowOf<typeof actingTable>;
export type AdmissionOfferRow = RowOf<typeof admissionOfferTable>;
export type ExpertAssignmentRow = RowOf<typeof expertAssignmentTable>;
export type SplitPlanRow = RowOf<typeof splitPlanTable>;
