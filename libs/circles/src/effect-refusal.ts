import { type CivilDate, civilDateOf, endOf, type Instant, plusMonths, Refusal } from '@app/kernel';
import { refuseUnless } from './domain/circle.refusals.js';
import { checkConvening, checkOwnItems, checkReturn, checkSettled } from './domain/domain-items.js';
import { checkAssignment, checkNoExpert } from './domain/experts.js';
import { checkSize } from './domain/membership.js';
import type { CircleStanding } from './standing.js';

/** The changes that a decision may cause in a circle, as far as the circle has to know them. */
export type CircleEffect =
  | { readonly kind: 'acceptAimAndDomain' }
  | {
      readonly kind: 'admitMember';
      readonly memberId: string;
      readonly splitPlan?: { readonly plan: string | null; readonly due: CivilDate };
    }
  | { readonly kind: 'removeMember'; readonly memberId: string }
  | {
      readonly kind: 'conveneCircle';
      readonly items: readonly string[];
      readonly leader: string;
      readonly leaderTermMonths: number;
      readonly meetingsPerYear: number;
    }
  | { readonly kind: 'assignExpert'; readonly expertId: string; readonly from: CivilDate; readonly to: CivilDate }
  | { readonly kind: 'unassignExpert'; readonly expertId: string }
  | { readonly kind: 'changeAim'; readonly circleId: string }
  | {
      readonly kind: 'changeDomain';
      readonly circleId: string;
      readonly add: readonly { readonly itemId: string }[];
      readonly remove: readonly string[];
    };

export interface Around {
  readonly now: Instant;
  readonly communityMembers: readonly string[];
  /** The standing of the circle that {@link targetOf} names, where it is not the deciding circle itself. */
  readonly target?: CircleStanding;
}

/** The circle whose stream an effect changes, if it is another than the one that decides. */
export function targetOf(standing: CircleStanding, effect: CircleEffect): string | undefined {
  const named = effect.kind === 'changeAim' || effect.kind === 'changeDomain' ? effect.circleId : undefined;
  return named === standing.circleId ? undefined : named;
}

/**
 * What the target would say to an effect now, so that a circle need not go through a round to hear it. Nothing when it would take
 * effect. The target's own decision stays authoritative when the time comes.
 */
export function effectRefusal(standing: CircleStanding, effect: CircleEffect, around: Around): Refusal | undefined {
  try {
    checkEffect(standing, effect, around);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function checkEffect(standing: CircleStanding, effect: CircleEffect, around: Around): void {
  const { now, communityMembers } = around;
  const { state, rules, zone, members, experts } = standing;
  switch (effect.kind) {
    case 'acceptAimAndDomain':
      return refuseUnless(state === 'Forming', 'CIRCLE_NOT_FORMING', { phase: state });
    case 'admitMember':
      return checkAdmission(standing, effect, around);
    case 'removeMember': {
      const { memberId } = effect;
      refuseUnless(state === 'Active', 'CIRCLE_NOT_ACTIVE', { phase: state });
      const own = members.includes(memberId) && !standing.linkOnly.includes(memberId);
      return refuseUnless(own, 'NOBODY_TO_REMOVE', { memberId });
    }
    case 'conveneCircle': {
      const from = civilDateOf(now, zone);
      const term = { from, to: endOf(plusMonths(from, effect.leaderTermMonths), zone) };
      const { leader, meetingsPerYear, items } = effect;
      checkConvening(
        { phase: state, rules, persons: members.length },
        { leader, term, meetingsPerYear },
        communityMembers,
      );
      return checkOwnItems(standing.domain, items);
    }
    case 'assignExpert': {
      const { expertId, from, to } = effect;
      refuseUnless(standing.accepted, 'AIM_NOT_ACCEPTED');
      return checkAssignment({ expertId, from, to: endOf(to, zone), now }, members, communityMembers);
    }
    case 'unassignExpert':
      return refuseUnless(experts.includes(effect.expertId), 'EXPERT_NOT_ASSIGNED');
    case 'changeAim':
      return checkTarget(standing, effect.circleId, around.target);
    case 'changeDomain':
      return checkDomainChange(standing, effect, around.target);
  }
}

function checkAdmission(
  { state, rules, zone, members, linkOnly, experts }: CircleStanding,
  { memberId, splitPlan }: Extract<CircleEffect, { kind: 'admitMember' }>,
  { now, communityMembers }: Around,
): void {
  refuseUnless(state === 'Active', 'CIRCLE_NOT_ACTIVE', { phase: state });
  refuseUnless(communityMembers.includes(memberId), 'NOT_A_COMMUNITY_MEMBER', { memberId });
  checkNoExpert(experts.includes(memberId), memberId);
  const own = members.filter((it) => !linkOnly.includes(it) && it !== memberId);
  checkSize(rules, own.length, splitPlan, civilDateOf(now, zone));
}

/** The root decides on its own aim and domain, every circle on those of its sub-circles, and none on another's. */
function checkTarget(standing: CircleStanding, circleId: string, target: CircleStanding | undefined): void {
  const own = circleId === standing.circleId;
  const decidesHere = own ? standing.parentId === undefined : target?.parentId === standing.circleId;
  refuseUnless(decidesHere, 'DECIDED_ELSEWHERE');
  if (!own && target !== undefined) checkSettled({ phase: target.state, accepted: target.accepted });
}

function checkDomainChange(
  standing: CircleStanding,
  { circleId, add, remove }: Extract<CircleEffect, { kind: 'changeDomain' }>,
  target: CircleStanding | undefined,
): void {
  checkTarget(standing, circleId, target);
  const held = new Set(standing.domain.map(({ itemId }) => itemId));
  if (target === undefined || circleId === standing.circleId)
    return checkOwnItems(
      standing.domain,
      remove.filter((itemId) => held.has(itemId)),
    );
  const there = new Set(standing.domain.filter((item) => item.delegatedTo === circleId).map(({ itemId }) => itemId));
  const going = add.map(({ itemId }) => itemId).filter((itemId) => !there.has(itemId));
  checkOwnItems(standing.domain, going);
  checkReturn(target, there, remove);
}
