import { type CivilDate, endOf, type Instant, plusDays } from '@app/kernel';
import type { CircleEvent } from './circle.events.js';
import { type Circle, type CircleState, type DecisionRef, existing, type LinkSeat } from './circle.js';
import { actsByPolicy, refuseUnless } from './circle.refusals.js';
import { checkNoExpert } from './experts.js';
import type { CircleRules, Office } from './rules.js';
import { isExpert, liveTerms, membersOf, ownMembers, seatsHere, todayIn } from './seats.js';

export interface SplitPlan {
  readonly plan: string | null;
  /** The last day by which the circle is to have divided. */
  readonly due: CivilDate;
}

/**
 * Whether one more person may be admitted: a 9th or 10th only with a plan to divide within the days the rules give, an 11th not
 * (INV-06). `counted`: persons of the circle itself; who sits here only as a link is an entitlement and is not counted.
 */
export function checkSize(
  { sizes }: Pick<CircleRules, 'sizes'>,
  counted: number,
  plan: SplitPlan | undefined,
  today: CivilDate,
): void {
  const members = counted + 1;
  const latest = plusDays(today, sizes.planDueDays);
  refuseUnless(members <= sizes.limit, 'CIRCLE_FULL', { limit: sizes.limit }); // INV-06
  if (members <= sizes.targetTo) return;
  refuseUnless(plan !== undefined, 'SPLIT_PLAN_NEEDED', { members }); // INV-06
  refuseUnless(today <= plan.due && plan.due <= latest, 'SPLIT_PLAN_TOO_FAR', { latest }); // INV-06
}

export interface Admission {
  readonly memberId: string;
  readonly splitPlan?: SplitPlan;
  readonly decision: DecisionRef;
  readonly by: string;
  readonly now: Instant;
  readonly communityMembers: readonly string[];
}

/** From Active on, a person is admitted by the members' consent and in no other way (INV-23). */
export function admitMember(state: CircleState, admission: Admission): CircleEvent[] {
  const circle = existing(state);
  const { memberId, splitPlan, decision, by, now, communityMembers } = admission;
  refuseUnless(actsByPolicy(by), 'ADMISSION_NEEDS_CONSENT'); // INV-23
  refuseUnless(circle.phase === 'Active', 'CIRCLE_NOT_ACTIVE', { phase: circle.phase });
  if (circle.admitted.includes(memberId)) return [];
  refuseUnless(communityMembers.includes(memberId), 'NOT_A_COMMUNITY_MEMBER', { memberId });
  checkNoExpert(isExpert(circle, memberId, now), memberId);
  const others = ownMembers(circle, now).filter((it) => it !== memberId);
  checkSize(circle.rules, others.length, splitPlan, todayIn(circle, now));
  const admitted: CircleEvent = { type: 'MemberAdmitted', data: { memberId, how: 'decision', decision } };
  if (splitPlan === undefined || others.length < circle.rules.sizes.targetTo) return [admitted];
  const due = endOf(splitPlan.due, circle.zone);
  return [admitted, { type: 'OverStrengthAdmitted', data: { memberId, plan: splitPlan.plan, due, decision } }];
}

export interface Leaving {
  readonly memberId: string;
  readonly by: string;
  readonly now: Instant;
  readonly seats: readonly LinkSeat[];
  readonly handover?: string;
}

/**
 * A member leaves: at any time, in any state, holding whatever office; nothing here refuses them (INV-25). Their offices end at the same
 * moment, and so do the offices in sub-circles by which they sat here.
 */
export function leaveCircle(state: CircleState, leaving: Leaving): CircleEvent[] {
  const circle = existing(state);
  const { memberId, by, now, seats } = leaving;
  refuseUnless(by === memberId, 'ONLY_ONESELF');
  const member = membersOf(circle, seats, now).includes(memberId);
  if (!member && circle.former.includes(memberId)) return [];
  refuseUnless(member, 'NOT_A_MEMBER');
  return departure(circle, leaving, 'leftCircle');
}

export interface Removal {
  readonly memberId: string;
  readonly decision: DecisionRef;
  readonly by: string;
  readonly now: Instant;
}

/**
 * The members decided, without the person's answer (INV-24), that somebody is a member no longer. A seat here as link of a sub-circle is
 * that circle's to give, and stays (INV-15).
 */
export function removeMember(state: CircleState, { memberId, decision, by, now }: Removal): CircleEvent[] {
  const circle = existing(state);
  refuseUnless(actsByPolicy(by), 'REMOVAL_NEEDS_CONSENT'); // INV-25
  refuseUnless(circle.phase === 'Active', 'CIRCLE_NOT_ACTIVE', { phase: circle.phase });
  if (!circle.admitted.includes(memberId) && circle.former.includes(memberId)) return [];
  refuseUnless(circle.admitted.includes(memberId), 'NOBODY_TO_REMOVE', { memberId });
  return [
    { type: 'MemberRemoved', data: { memberId, decision, officesEnded: officesOf(circle, memberId, now) } },
    ...endOffices(circle, memberId, now, 'removed'),
  ];
}

const officesOf = (circle: Circle, memberId: string, now: Instant): Office[] => [
  ...new Set(
    liveTerms(circle, now)
      .filter((term) => term.memberId === memberId)
      .map(({ office }) => office),
  ),
];

/** Everything a person was in the circle ends, because they left the community: seat, offices, an offer, an assignment as expert. */
export function withdrawFromCircle(
  state: CircleState,
  { memberId, by, now, seats }: Omit<Leaving, 'handover'>,
): CircleEvent[] {
  const circle = existing(state);
  refuseUnless(actsByPolicy(by), 'ONLY_ONESELF');
  const facts: CircleEvent[] = [];
  if (circle.offered.includes(memberId)) facts.push({ type: 'AdmissionDeclined', data: { memberId, by: memberId } });
  if (circle.experts.some(({ expertId }) => expertId === memberId))
    facts.push({ type: 'ExpertUnassigned', data: { expertId: memberId, cause: 'leftCommunity' } });
  if (membersOf(circle, seats, now).includes(memberId))
    facts.push(...departure(circle, { memberId, by, now, seats }, 'leftCommunity'));
  return facts;
}

function departure(
  circle: Circle,
  { memberId, now, seats, handover }: Leaving,
  cause: 'leftCircle' | 'leftCommunity',
): CircleEvent[] {
  const officesEnded = officesOf(circle, memberId, now);
  const linksEnded = seatsHere(circle, seats)
    .filter((seat) => seat.memberId === memberId)
    .map(({ subCircleId, link, termId }) => ({ subCircleId, link, termId }));
  const words = handover === undefined ? {} : { handover };
  return [
    { type: 'MemberLeftCircle', data: { memberId, officesEnded, linksEnded, ...words } },
    ...endOffices(circle, memberId, now, cause),
  ];
}

/** The facts that end every office a person holds or is to hold in the circle. */
export function endOffices(
  circle: Circle,
  memberId: string,
  now: Instant,
  cause: 'leftCircle' | 'leftCommunity' | 'removed',
): CircleEvent[] {
  const vacated = liveTerms(circle, now)
    .filter((term) => term.memberId === memberId)
    .map(({ termId, office, seat }): CircleEvent => {
      return { type: 'OfficeVacated', data: { termId, office, seat, memberId, cause } };
    });
  const ended = circle.acting
    .filter((acting) => acting.memberId === memberId)
    .map(({ termId, office, seat }): CircleEvent => {
      return { type: 'ActingEnded', data: { termId, office, seat, memberId, cause: 'leftCircle' } };
    });
  return [...vacated, ...ended];
}
