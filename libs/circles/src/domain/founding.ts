import type { CivilDate, Deadline } from '@app/kernel';
import type { CircleEvent } from './circle.events.js';
import { type CircleState, type DecisionRef, type DomainItem, existing } from './circle.js';
import { actsByPolicy, refuseUnless } from './circle.refusals.js';
import type { Category, CircleRules } from './rules.js';

/** What a circle is proposed with. Its rules are written in full: no default applies later. */
export interface CircleFounding {
  readonly circleId: string;
  readonly communityId: string;
  readonly zone: string;
  readonly name: string | null;
  readonly aim: string | null;
  readonly domain: readonly DomainItem[];
  readonly category: Category;
  readonly convener: string;
  readonly meetingsPerYear: number;
  readonly rules: CircleRules;
  readonly by: string;
}
export interface Term {
  readonly from: CivilDate;
  readonly to: Deadline;
}
export interface SubCircleFounding extends CircleFounding {
  readonly parentId: string;
  readonly leader: string;
  readonly leaderTerm: Term;
  readonly decision: DecisionRef;
}

/** The root circle: the only one founded directly, by the founder of the community, who is its first member. */
export function proposeRootCircle(state: CircleState, founding: CircleFounding): CircleEvent[] {
  const { convener, by, domain, ...rest } = founding;
  if (state.phase !== 'absent' && state.parentId === undefined) return [];
  refuseUnless(actsByPolicy(by), 'ONLY_BY_DECISION');
  refuseUnless(state.phase === 'absent', 'CIRCLE_EXISTS');
  return [
    { type: 'CircleProposed', data: { ...rest, domain: undelegated(domain), convener } },
    { type: 'MemberAdmitted', data: { memberId: convener, how: 'convener' } },
  ];
}

/** A sub-circle, as its parent decided it. The parent's stream delegated the domain before (INV-03, INV-04). */
export function proposeCircle(state: CircleState, founding: SubCircleFounding): CircleEvent[] {
  const { by, domain, ...rest } = founding;
  refuseUnless(actsByPolicy(by), 'ONLY_BY_DECISION');
  if (state.phase !== 'absent' && sameProposal(state, founding)) return [];
  // A circle gets its parent once, when it begins: a circle with two parents or a cycle cannot be written.
  refuseUnless(state.phase === 'absent', 'CIRCLE_EXISTS'); // INV-02
  return [{ type: 'CircleProposed', data: { ...rest, domain: undelegated(domain) } }];
}

/** The convener takes up the task and is the first member: Proposed → Forming. */
export function acceptConvening(
  state: CircleState,
  { by, communityMembers }: { by: string; communityMembers: readonly string[] },
): CircleEvent[] {
  const circle = existing(state);
  refuseUnless(by === circle.convener, 'ONLY_CONVENER');
  refuseUnless(communityMembers.includes(by), 'NOT_A_COMMUNITY_MEMBER', { memberId: by });
  if (circle.admitted.includes(by)) return [];
  refuseUnless(circle.phase !== 'Active', 'CIRCLE_NOT_FORMING', { phase: circle.phase });
  return [{ type: 'MemberAdmitted', data: { memberId: by, how: 'convener' } }];
}

const sameProposal = (
  circle: Exclude<CircleState, { phase: 'absent' }>,
  { parentId, decision }: Pick<SubCircleFounding, 'parentId' | 'decision'>,
): boolean => circle.parentId === parentId && circle.decision?.proposalId === decision.proposalId;

const undelegated = (domain: readonly DomainItem[]): { itemId: string; text: string | null }[] =>
  domain.map(({ itemId, text }) => ({ itemId, text }));
