import type { Details, Instant } from '@app/kernel';
import type { CircleEvent } from './circle.events.js';
import { type Circle, type CircleState, type DecisionRef, existing, type LinkSeat } from './circle.js';
import { actsByPolicy, refuseUnless } from './circle.refusals.js';
import { checkNoExpert } from './experts.js';
import { expertsOf, holderOf, isExpert, liveTerms, membersOf, ownMembers, todayIn } from './seats.js';

/** While the circle forms, its convener offers a place; the person answers personally. */
export function offerAdmission(
  state: CircleState,
  { memberId, by, now, communityMembers }: Offer & { readonly communityMembers: readonly string[] },
): CircleEvent[] {
  const circle = forming(state);
  refuseUnless(by === circle.convener && circle.admitted.includes(by), 'ONLY_CONVENER');
  refuseUnless(communityMembers.includes(memberId), 'NOT_A_COMMUNITY_MEMBER', { memberId });
  if (circle.admitted.includes(memberId) || circle.offered.includes(memberId)) return [];
  checkNoExpert(isExpert(circle, memberId, now), memberId);
  return [{ type: 'AdmissionOffered', data: { memberId, by } }];
}
interface Offer {
  readonly memberId: string;
  readonly by: string;
  readonly now: Instant;
}

/** The person accepts the place and is a member. A ninth waits for the circle's own decision, which names a plan (INV-06). */
export function acceptAdmission(
  state: CircleState,
  { by, now, communityMembers }: { by: string; now: Instant; communityMembers: readonly string[] },
): CircleEvent[] {
  const circle = forming(state);
  if (circle.admitted.includes(by)) return [];
  refuseUnless(circle.offered.includes(by), 'NOT_OFFERED');
  refuseUnless(communityMembers.includes(by), 'NOT_A_COMMUNITY_MEMBER', { memberId: by });
  checkNoExpert(isExpert(circle, by, now), by);
  const limit = circle.rules.sizes.targetTo;
  refuseUnless(ownMembers(circle, now).length < limit, 'FORMING_CIRCLE_FULL', { limit }); // INV-06
  return [{ type: 'MemberAdmitted', data: { memberId: by, how: 'acceptance' } }];
}

/** The person says no, or the convener takes the offer back. */
export function declineAdmission(
  state: CircleState,
  { memberId, by }: { memberId: string; by: string },
): CircleEvent[] {
  const circle = forming(state);
  refuseUnless(by === memberId || by === circle.convener, 'ONLY_ONESELF');
  refuseUnless(circle.offered.includes(memberId), 'NOT_OFFERED');
  return [{ type: 'AdmissionDeclined', data: { memberId, by } }];
}

/** Until a secretary is elected a member keeps the record; not the convener, who leads the rounds. One at a time. */
export function volunteerAsSecretary(
  state: CircleState,
  { by, now, termId }: { by: string; now: Instant; termId: string },
): CircleEvent[] {
  const circle = forming(state);
  refuseUnless(circle.admitted.includes(by), 'NOT_A_MEMBER');
  refuseUnless(by !== circle.convener, 'CONVENER_IS_NOT_SECRETARY');
  const acting = circle.acting.find(({ office }) => office === 'secretary');
  if (acting?.memberId === by) return [];
  const free = acting === undefined && holderOf(circle, 'secretary', now) === undefined;
  refuseUnless(free, 'SECRETARY_ALREADY_THERE');
  return [
    {
      type: 'ActingAppointed',
      data: { termId, office: 'secretary', seat: 1, memberId: by, order: 'volunteer' },
    },
  ];
}

/** The volunteer makes room for another. */
export function stepBackAsSecretary(state: CircleState, { by }: { by: string }): CircleEvent[] {
  const circle = existing(state);
  const acting = circle.acting.find(({ memberId, office }) => memberId === by && office === 'secretary');
  refuseUnless(acting, 'NOT_ACTING');
  const { termId, office, seat, memberId } = acting;
  return [{ type: 'ActingEnded', data: { termId, office, seat, memberId, cause: 'steppedBack' } }];
}

/**
 * The forming circle accepts by its own consent, in one act, aim, domain and the leader whom its parent named: the second of the two
 * consents that a leader needs (INV-17). The leader's term starts at that moment.
 */
export function acceptAimAndDomain(
  state: CircleState,
  { decision, by, now, termId }: { decision: DecisionRef; by: string; now: Instant; termId: string },
): CircleEvent[] {
  const circle = existing(state);
  refuseUnless(actsByPolicy(by), 'CONFIRMATION_NEEDS_CONSENT'); // INV-17
  if (circle.accepted) return [];
  refuseUnless(circle.phase === 'Forming', 'CIRCLE_NOT_FORMING', { phase: circle.phase });
  const accepted: CircleEvent = { type: 'AimAndDomainAccepted', data: { decision } };
  if (circle.named === undefined) return [accepted];
  const { leader, term } = circle.named;
  refuseUnless(circle.admitted.includes(leader), 'LEADER_NOT_YET_MEMBER', { memberId: leader });
  const from = [term.from, todayIn(circle, now)].sort().at(-1)!;
  refuseUnless(from <= term.to.date, 'TERM_IS_OVER');
  const held = { termId, office: 'leader' as const, seat: 1, memberId: leader };
  return [accepted, { type: 'TermStarted', data: { ...held, from, to: term.to, decision } }];
}

/** Forming → Active, once everything is there; what is missing is named in the refusal. */
export function activateCircle(
  state: CircleState,
  { by, now, seats }: { by: string; now: Instant; seats: readonly LinkSeat[] },
): CircleEvent[] {
  const circle = existing(state);
  const may = [circle.convener, holderOf(circle, 'leader', now), holderOf(circle, 'facilitator', now)];
  refuseUnless(may.includes(by) && membersOf(circle, seats, now).includes(by), 'ONLY_OFFICERS_ACTIVATE');
  if (circle.phase === 'Active') return [];
  refuseUnless(circle.phase === 'Forming', 'CIRCLE_NOT_FORMING', { phase: circle.phase });
  const matters = missingMatters(circle);
  const people = missingPeople(circle, seats, now);
  const missing = named([...matters, ...people]);
  refuseUnless(matters.length === 0, 'CIRCLE_NOT_READY', missing); // INV-01
  refuseUnless(people.length === 0, 'CIRCLE_NOT_READY', missing); // INV-05
  return [{ type: 'CircleActivated', data: { by } }];
}

/** What is missing as a list, and each by its name, for a sentence to choose its words. */
const named = (missing: readonly string[]): Details => ({
  missing,
  ...Object.fromEntries(missing.map((it) => [it, true])),
});

function missingMatters({ hasAim, domain }: Circle): string[] {
  return [...(hasAim ? [] : ['aim']), ...(domain.length > 0 ? [] : ['domain'])];
}

/** Method §2.2: members, officers, acceptance, meetings, expert. The root elects its own leader and has no second link. */
function missingPeople(circle: Circle, seats: readonly LinkSeat[], now: Instant): string[] {
  const { rules, accepted, meetingsPerYear, category, parentId } = circle;
  const held = new Set(liveTerms(circle, now).map(({ office }) => office));
  const offices = ['leader', 'facilitator', 'secretary', 'secondLink'] as const;
  const wanted = offices.filter((office) => office !== 'secondLink' || parentId !== undefined);
  return [
    ...(membersOf(circle, seats, now).length >= rules.sizes.activation ? [] : ['members']),
    ...(accepted ? [] : ['acceptance']),
    ...wanted.filter((office) => !held.has(office)),
    ...(meetingsPerYear >= rules.meetings.minimumPerYear ? [] : ['meetings']),
    ...(category !== 'practice' || expertsOf(circle, now).length > 0 ? [] : ['expert']),
  ];
}

function forming(state: CircleState): Circle {
  const circle = existing(state);
  refuseUnless(circle.phase === 'Forming', 'CIRCLE_NOT_FORMING', { phase: circle.phase });
  return circle;
}
