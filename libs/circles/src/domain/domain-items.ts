import type { Instant } from '@app/kernel';
import type { CircleEvent } from './circle.events.js';
import { type Circle, type CircleState, type DecisionRef, type DomainItem, existing, type LinkSeat } from './circle.js';
import { actsByPolicy, refuseUnless } from './circle.refusals.js';
import type { Term } from './founding.js';
import type { CircleRules } from './rules.js';
import { membersOf } from './seats.js';
import { strengthOf } from './strength.js';

type Item = Pick<DomainItem, 'itemId' | 'delegatedTo'>;

/** Only what a circle holds itself can be handed on: it must own the items (INV-04) and not have delegated them already (INV-03). */
export function checkOwnItems(domain: readonly Item[], items: readonly string[]): void {
  const found = new Map(domain.map((item) => [item.itemId, item]));
  const foreign = items.filter((itemId) => !found.has(itemId));
  const delegated = items.filter((itemId) => found.get(itemId)?.delegatedTo !== undefined);
  refuseUnless(foreign.length === 0, 'DOMAIN_NOT_OWNED', { items: foreign }); // INV-04
  refuseUnless(delegated.length === 0, 'DOMAIN_DELEGATED', { items: delegated }); // INV-03
}

/** What must hold to convene a sub-circle: an active parent of enough persons, a leader from the community, a term that ends. */
export interface Convening {
  readonly leader: string;
  readonly term: Term;
  readonly meetingsPerYear: number;
}
export function checkConvening(
  parent: { readonly phase: string; readonly rules: CircleRules; readonly persons: number },
  { leader, term, meetingsPerYear }: Convening,
  communityMembers: readonly string[],
): void {
  const { phase, rules, persons } = parent;
  refuseUnless(phase === 'Active', 'CIRCLE_NOT_ACTIVE', { phase });
  const strength = strengthOf(rules, persons);
  refuseUnless(strength !== 'Vacant' && strength !== 'UnderStrength', 'TOO_FEW_FOR_SUB_CIRCLE', { members: persons });
  refuseUnless(communityMembers.includes(leader), 'NOT_A_COMMUNITY_MEMBER', { memberId: leader });
  refuseUnless(term.from < term.to.date, 'TERM_NEEDS_AN_END'); // INV-21
  checkMeetings(rules, meetingsPerYear);
}

/** Fewer meetings than the rules ask could never be activated: it is said before the circle exists. */
export function checkMeetings({ meetings }: Pick<CircleRules, 'meetings'>, meetingsPerYear: number): void {
  const minimum = meetings.minimumPerYear;
  refuseUnless(meetingsPerYear >= minimum, 'MEETINGS_BELOW_MINIMUM', { minimum, meetings: meetingsPerYear });
}

interface Delegation {
  readonly subCircleId: string;
  readonly items: readonly string[];
  readonly decision: DecisionRef;
  readonly by: string;
}

/** In the parent: items of its domain go to a sub-circle that this decision convenes. */
export function delegateToNewCircle(
  state: CircleState,
  input: Delegation &
    Convening & {
      /** Whether a circle with this id stands already. */
      readonly exists: boolean;
      readonly seats: readonly LinkSeat[];
      readonly communityMembers: readonly string[];
      readonly now: Instant;
    },
): CircleEvent[] {
  const parent = existing(state);
  const { subCircleId, items, decision, by, seats, now } = input;
  refuseUnless(actsByPolicy(by), 'ONLY_BY_DECISION');
  if (parent.subCircles.includes(subCircleId)) return [];
  refuseUnless(!input.exists && subCircleId !== parent.circleId, 'CIRCLE_EXISTS'); // INV-02
  const { phase, rules } = parent;
  checkConvening({ phase, rules, persons: membersOf(parent, seats, now).length }, input, input.communityMembers);
  checkOwnItems(parent.domain, items);
  return [{ type: 'DomainDelegated', data: { subCircleId, items: unique(items), convenes: 'yes', decision } }];
}

/** In the parent: items go to a sub-circle it has, and others come back from it. Items already there, or already back, are left alone. */
export function moveDomain(
  state: CircleState,
  input: Omit<Delegation, 'items'> & {
    readonly delegate: readonly string[];
    readonly takeBack: readonly string[];
    readonly subCircle: Pick<Circle, 'domain' | 'phase' | 'accepted'>;
  },
): CircleEvent[] {
  const parent = existing(state);
  const { subCircleId, delegate, takeBack, decision, by, subCircle } = input;
  refuseUnless(actsByPolicy(by), 'ONLY_BY_DECISION');
  refuseUnless(parent.phase === 'Active', 'CIRCLE_NOT_ACTIVE', { phase: parent.phase });
  refuseUnless(parent.subCircles.includes(subCircleId), 'NOT_A_SUB_CIRCLE');
  const there = new Set(parent.domain.flatMap((item) => (item.delegatedTo === subCircleId ? [item.itemId] : [])));
  const going = unique(delegate).filter((itemId) => !there.has(itemId));
  const coming = unique(takeBack).filter((itemId) => there.has(itemId) || !heldBy(parent, itemId));
  checkSettled(subCircle);
  checkOwnItems(parent.domain, going);
  checkReturn(subCircle, there, coming);
  return [
    ...(coming.length === 0 ? [] : [returned(subCircleId, coming, decision)]),
    ...(going.length === 0 ? [] : [delegated(subCircleId, going, decision)]),
  ];
}

/** What a sub-circle gives back must be with it, and not handed on to a circle of its own (INV-03). */
export function checkReturn(
  subCircle: { readonly domain: readonly Item[] },
  there: ReadonlySet<string>,
  items: readonly string[],
): void {
  const elsewhere = items.filter((itemId) => !there.has(itemId));
  const further = subCircle.domain.flatMap(({ itemId, delegatedTo }) =>
    items.includes(itemId) && delegatedTo !== undefined ? [itemId] : [],
  );
  refuseUnless(elsewhere.length === 0, 'DOMAIN_NOT_DELEGATED', { items: elsewhere }); // INV-03
  refuseUnless(further.length === 0, 'DOMAIN_DELEGATED_FURTHER', { items: further }); // INV-03
}

/** Between its acceptance and its activation a circle's aim and domain stand still: it acts on what it accepted (INV-10). */
export function checkSettled({ phase, accepted }: Pick<Circle, 'phase' | 'accepted'>): void {
  refuseUnless(phase === 'Active' || !accepted, 'ACCEPTED_NOT_YET_ACTIVE'); // INV-10
}

/** The circle's own domain changes: the root's by its own decision, another's after its parent's stream moved the items. */
export function changeDomain(
  state: CircleState,
  input: {
    readonly add: readonly DomainItem[];
    readonly remove: readonly string[];
    readonly decision: DecisionRef;
    /** The circle that decided. */
    readonly decidedIn: string;
    readonly by: string;
  },
): CircleEvent[] {
  const circle = existing(state);
  const { add, remove, decision, by, decidedIn } = input;
  refuseUnless(actsByPolicy(by), 'ONLY_BY_DECISION');
  refuseUnless(decidedIn === (circle.parentId ?? circle.circleId), 'DECIDED_ELSEWHERE'); // INV-04
  checkSettledBy(circle);
  const held = new Set(circle.domain.map(({ itemId }) => itemId));
  const added = add.filter(({ itemId }) => !held.has(itemId)).map(({ itemId, text }) => ({ itemId, text }));
  const removed = unique(remove).filter((itemId) => held.has(itemId));
  checkOwnItems(circle.domain, removed);
  if (added.length === 0 && removed.length === 0) return [];
  return [{ type: 'DomainChanged', data: { added, removed, decision } }];
}

/** The circle's aim changes: the root's by its own decision, another's by its parent's. */
export function changeAim(
  state: CircleState,
  input: {
    readonly aim: string | null;
    readonly decision: DecisionRef;
    readonly decidedIn: string;
    readonly by: string;
  },
): CircleEvent[] {
  const circle = existing(state);
  const { aim, decision, decidedIn, by } = input;
  refuseUnless(actsByPolicy(by), 'ONLY_BY_DECISION');
  refuseUnless(decidedIn === (circle.parentId ?? circle.circleId), 'DECIDED_ELSEWHERE');
  checkSettledBy(circle);
  return [{ type: 'AimChanged', data: { aim, decision } }];
}

/** The root changes its own aim and domain: what it decides it has accepted. */
function checkSettledBy(circle: Circle): void {
  if (circle.parentId !== undefined) checkSettled(circle);
}

const heldBy = (circle: Circle, itemId: string): boolean =>
  circle.domain.some((item) => item.itemId === itemId && item.delegatedTo === undefined);

const unique = (items: readonly string[]): string[] => [...new Set(items)];

const delegated = (subCircleId: string, items: string[], decision: DecisionRef): CircleEvent => ({
  type: 'DomainDelegated',
  data: { subCircleId, items, convenes: 'no', decision },
});
const returned = (subCircleId: string, items: string[], decision: DecisionRef): CircleEvent => ({
  type: 'DomainReturned',
  data: { subCircleId, items, decision },
});
