import { endOf, plusMonths, refuseUnless as refuseUnlessAny, type RefuseUnless } from '@app/kernel';
import type { ElectedOffice, ElectionEvent } from './election.events.js';
import { type Election, type Term } from './election.js';
import {
  type ElectingCircle,
  expect,
  expectFacilitator,
  expectMember,
  expectOfficer,
  type Setting,
} from './setting.js';

export const callingRefusals = [
  'AIM_NOT_ACCEPTED',
  'LEADER_NAMED_BY_PARENT',
  'ROOT_HAS_NO_SECOND_LINK',
  'TEXT_EMPTY',
  'TERM_NEEDS_AN_END',
  'TERM_ENDS_TOO_SOON',
] as const;
const refuseUnless: RefuseUnless<(typeof callingRefusals)[number]> = refuseUnlessAny;

export const electionCauses = ['new', 'expiry', 'vacancy'] as const;
export interface Calling {
  readonly electionId: string;
  readonly office: ElectedOffice;
  /** 1 unless the circle alternates two facilitators or sends two second links. */
  readonly seat: number;
  readonly cause: (typeof electionCauses)[number];
}

/** Any member may call an election in their circle. There is no other way to an office of a circle (INV-14). */
export function callElection(state: Election, input: Setting & Calling): ElectionEvent[] {
  if (state.phase !== 'absent') return [];
  const { electionId, office, seat, cause, by, circle } = input;
  expectMember(input); // INV-14
  refuseUnless(circle.accepted, 'AIM_NOT_ACCEPTED'); // INV-10
  refuseUnless(office !== 'leader' || circle.parentId === undefined, 'LEADER_NAMED_BY_PARENT'); // INV-17
  refuseUnless(office !== 'secondLink' || circle.parentId !== undefined, 'ROOT_HAS_NO_SECOND_LINK');
  const { circleId, communityId } = circle;
  return [{ type: 'ElectionCalled', data: { electionId, circleId, communityId, office, seat, cause, by } }];
}

export interface RoleDescription {
  readonly duties: string;
  readonly qualities: string;
  /** Civil dates in the community's zone; the office ends with the last instant of `to`. */
  readonly from: string;
  readonly to?: string;
}

/** What the role asks for and for how long. Described again after the reasons, it sends the circle back to nominations. */
export function describeRole(state: Election, input: Setting & RoleDescription): ElectionEvent[] {
  expect(state, 'Called', 'RoleDescribed', 'Changing');
  expectMember(input);
  expectFacilitator(input);
  const { duties, qualities, from, by, circle } = input;
  refuseUnless(duties.trim() !== '', 'TEXT_EMPTY', { field: 'duties' });
  refuseUnless(qualities.trim() !== '', 'TEXT_EMPTY', { field: 'qualities' });
  const { to } = boundedTerm(from, input.to, input);
  const warnings = plusMonths(from, circle.rules.terms.warnMonths) < to.date ? ['TERM_LONG'] : [];
  return [{ type: 'RoleDescribed', data: { duties, qualities, from, to, by, warnings } }];
}

/** A term with two ends, the later of which is still to come (INV-21). */
export function boundedTerm(
  from: string,
  to: string | undefined,
  { circle, now }: { circle: ElectingCircle; now: string },
): Term {
  refuseUnless(to !== undefined, 'TERM_NEEDS_AN_END'); // INV-21
  const end = endOf(to, circle.zone);
  refuseUnless(from < to && now < end.instant, 'TERM_ENDS_TOO_SOON'); // INV-21
  return { from, to: end };
}

/** Ends an election whose office or circle no longer asks for it. What was sealed stays sealed. */
export function cancelElection(state: Election, input: Setting & { readonly reason: string }): ElectionEvent[] {
  if (state.phase === 'Cancelled') return [];
  const open = ['Called', 'RoleDescribed', 'Nominating', 'Revealed', 'Reasons', 'Changing'] as const;
  const later = ['Proposed', 'ConsentRound', 'Integrating', 'Accepting', 'Declined'] as const;
  const { phase, round } = expect(state, ...open, ...later);
  expectOfficer(input);
  refuseUnless(input.reason.trim() !== '', 'TEXT_EMPTY', { field: 'reason' });
  const sealed = phase === 'Nominating' ? { round } : {};
  return [{ type: 'ElectionCancelled', data: { ...sealed, by: input.by, reason: input.reason } }];
}
