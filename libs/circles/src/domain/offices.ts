import { type CivilDate, type Deadline, type Instant } from '@app/kernel';
import type { CircleEvent } from './circle.events.js';
import { type Circle, type CircleState, type DecisionRef, existing, type LinkSeat, type Term } from './circle.js';
import { actsByPolicy, refuseUnless } from './circle.refusals.js';
import type { Office } from './rules.js';
import { isExpert, liveTerms, membersOf, todayIn } from './seats.js';

export interface TermStart {
  readonly termId: string;
  readonly office: Office;
  /** 1, or 2 where a circle has two facilitators or second links. */
  readonly seat?: number;
  readonly memberId: string;
  readonly from: CivilDate;
  readonly to: Deadline | undefined;
  readonly electionId?: string;
  readonly decision?: DecisionRef;
  readonly by: string;
  readonly now: Instant;
  readonly seats: readonly LinkSeat[];
}

/** An elected person's office starts. It ends the term of whoever held it, and a new leader's term as second link. */
export function startTerm(state: CircleState, start: TermStart): CircleEvent[] {
  const circle = existing(state);
  const { termId, office, seat = 1, memberId, from, to, electionId, decision, now } = start;
  refuseUnless(actsByPolicy(start.by), 'ONLY_BY_DECISION');
  if (circle.terms.some((term) => term.termId === termId)) return [];
  refuseUnless(circle.phase !== 'Proposed', 'CIRCLE_NOT_FORMING', { phase: circle.phase });
  refuseUnless(circle.accepted, 'AIM_NOT_ACCEPTED'); // INV-10
  refuseUnless(to !== undefined && from < to.date, 'TERM_NEEDS_AN_END'); // INV-21
  refuseUnless(now <= to.instant, 'TERM_IS_OVER');
  checkEligible(circle, start);
  const held = { termId, office, seat, memberId };
  const origin = { ...(electionId !== undefined && { electionId }), ...(decision !== undefined && { decision }) };
  return [
    ...makeRoom(circle, { office, seat, memberId, from }, now),
    { type: 'TermStarted', data: { ...held, from, to, ...origin } },
  ];
}

function checkEligible(circle: Circle, { office, seat = 1, memberId, electionId, now, seats }: TermStart): void {
  const root = circle.parentId === undefined;
  const others = liveTerms(circle, now).filter((term) => !(term.office === office && term.seat === seat));
  const theirs = others.filter((term) => term.memberId === memberId).map((term) => term.office);
  const acts = circle.acting.filter((acting) => acting.memberId === memberId).map((acting) => acting.office);
  const leads = theirs.includes('leader') || acts.includes('leader');
  refuseUnless(!isExpert(circle, memberId, now), 'EXPERT_HOLDS_NO_OFFICE', { memberId }); // INV-20
  refuseUnless(membersOf(circle, seats, now).includes(memberId), 'OFFICER_NOT_A_MEMBER', { memberId }); // INV-13
  refuseUnless(!root || office !== 'secondLink', 'ROOT_HAS_NO_SECOND_LINK');
  refuseUnless(root || office !== 'leader' || electionId === undefined, 'LEADER_NAMED_BY_PARENT'); // INV-17
  refuseUnless(office !== 'secondLink' || !leads, 'SECOND_LINK_IS_LEADER', { memberId }); // INV-12
  const held = new Set<Office>([...theirs, office]);
  const allThree = held.has('leader') && held.has('facilitator') && held.has('secretary');
  refuseUnless(!allThree, 'ALL_THREE_OFFICES', { memberId }); // INV-18
}

/** What ends because this term starts. A term that begins later replaces the present one on that day, by itself. */
function makeRoom(
  circle: Circle,
  { office, seat, memberId, from }: Pick<Term, 'office' | 'seat' | 'memberId' | 'from'>,
  now: Instant,
): CircleEvent[] {
  const today = todayIn(circle, now);
  const same = circle.terms.filter((term) => term.office === office && term.seat === seat);
  const replaced = same.filter((term) => term.from <= from && from <= today);
  const secondLinks = circle.terms.filter(
    (term) => office === 'leader' && term.office === 'secondLink' && term.memberId === memberId,
  );
  const acting = circle.acting.filter((it) => it.office === office && it.seat === seat);
  return [
    ...replaced.map((term) => vacated(term, 'replaced')),
    ...secondLinks.map((term) => vacated(term, 'becameLeader')),
    ...acting.map(({ termId, memberId: substitute }): CircleEvent => {
      return { type: 'ActingEnded', data: { termId, office, seat, memberId: substitute, cause: 'elected' } };
    }),
  ];
}

/** The holder steps down. Nobody has to agree. */
export function resignOffice(
  state: CircleState,
  { office, by, now, handover }: { office: Office; by: string; now: Instant; handover?: string },
): CircleEvent[] {
  const term = liveTerms(existing(state), now).find((it) => it.office === office && it.memberId === by);
  refuseUnless(term, 'NOT_IN_OFFICE', { office });
  const { termId, seat } = term;
  const words = handover === undefined ? {} : { handover };
  return [{ type: 'OfficeResigned', data: { termId, office, seat, memberId: by, ...words } }];
}

/** In the sub-circle: an office ends because its holder left the parent, where it gave them a seat (INV-16). */
export function vacateLinkOffice(state: CircleState, { termId, by }: { termId: string; by: string }): CircleEvent[] {
  const circle = existing(state);
  refuseUnless(actsByPolicy(by), 'ONLY_BY_DECISION');
  return circle.terms.filter((term) => term.termId === termId).map((term) => vacated(term, 'leftParent'));
}

const vacated = (
  { termId, office, seat, memberId }: Term,
  cause: 'replaced' | 'becameLeader' | 'leftParent',
): CircleEvent => ({ type: 'OfficeVacated', data: { termId, office, seat, memberId, cause } });
