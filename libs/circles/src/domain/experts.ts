import { type CivilDate, type Deadline, type Instant } from '@app/kernel';
import type { CircleEvent } from './circle.events.js';
import { type CircleState, type DecisionRef, existing, type LinkSeat } from './circle.js';
import { actsByPolicy, refuseUnless } from './circle.refusals.js';
import { membersOf } from './seats.js';

export interface Assignment {
  readonly expertId: string;
  readonly from: CivilDate;
  readonly to: Deadline;
  readonly decision: DecisionRef;
  readonly by: string;
  readonly now: Instant;
  readonly seats: readonly LinkSeat[];
  readonly communityMembers: readonly string[];
}

/** An expert supervises the circle and does not belong to it (INV-20). */
export function checkNoExpert(expert: boolean, memberId: string): void {
  refuseUnless(!expert, 'EXPERT_IS_NO_MEMBER', { memberId }); // INV-20
}

/** Whoever supervises a circle neither belongs to it nor holds an office in it (INV-20), and does so from a day to a day. */
export function checkAssignment(
  { expertId, from, to, now }: Pick<Assignment, 'expertId' | 'from' | 'to' | 'now'>,
  members: readonly string[],
  communityMembers: readonly string[],
): void {
  refuseUnless(communityMembers.includes(expertId), 'NOT_A_COMMUNITY_MEMBER', { memberId: expertId });
  refuseUnless(from <= to.date && now <= to.instant, 'EXPERT_PERIOD_IMPOSSIBLE');
  refuseUnless(!members.includes(expertId), 'MEMBER_IS_NO_EXPERT', { memberId: expertId }); // INV-20
}

/** The circle decided by whom it is supervised. A new assignment of the same expert replaces the one before. */
export function assignExpert(state: CircleState, assignment: Assignment): CircleEvent[] {
  const circle = existing(state);
  const { expertId, from, to, decision, by, now, seats, communityMembers } = assignment;
  refuseUnless(actsByPolicy(by), 'ONLY_BY_DECISION');
  refuseUnless(circle.phase !== 'Proposed', 'CIRCLE_NOT_FORMING', { phase: circle.phase });
  refuseUnless(circle.accepted, 'AIM_NOT_ACCEPTED'); // INV-10
  checkAssignment(assignment, membersOf(circle, seats, now), communityMembers);
  const before = circle.experts.find((it) => it.expertId === expertId);
  const assigned: CircleEvent = { type: 'ExpertAssigned', data: { expertId, from, to, decision } };
  if (before === undefined) return [assigned];
  if (before.from === from && before.to.date === to.date) return [];
  return [{ type: 'ExpertUnassigned', data: { expertId, cause: 'replaced', decision } }, assigned];
}

/** The assignment ends before its day: by the circle's decision, or because the expert steps back. */
export function endExpertAssignment(
  state: CircleState,
  { expertId, by, decision }: { expertId: string; by: string; decision?: DecisionRef },
): CircleEvent[] {
  const circle = existing(state);
  refuseUnless(by === expertId || actsByPolicy(by), 'ONLY_BY_DECISION');
  refuseUnless(
    circle.experts.some((it) => it.expertId === expertId),
    'EXPERT_NOT_ASSIGNED',
  );
  if (by === expertId) return [{ type: 'ExpertUnassigned', data: { expertId, cause: 'steppedBack' } }];
  const origin = decision === undefined ? {} : { decision };
  return [{ type: 'ExpertUnassigned', data: { expertId, cause: 'decision', ...origin } }];
}
