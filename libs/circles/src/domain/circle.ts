import { type CivilDate, type Deadline, type Decider, type Static } from '@app/kernel';
import type { CircleEvent, decision } from './circle.events.js';
import { refuseUnless } from './circle.refusals.js';
import type { Category, CircleRules, Office } from './rules.js';

export type DecisionRef = Static<ReturnType<typeof decision>>;
export type Link = 'first' | 'second';

export interface Holding {
  readonly termId: string;
  readonly office: Office;
  readonly seat: number;
  readonly memberId: string;
}
export interface Term extends Holding {
  readonly from: CivilDate;
  readonly to: Deadline;
}
export interface Acting extends Holding {
  readonly until?: Deadline;
}
export interface DomainItem {
  readonly itemId: string;
  readonly text: string | null;
  /** The sub-circle that holds it, if it was delegated. */
  readonly delegatedTo?: string;
}
export interface ExpertAssignment {
  readonly expertId: string;
  readonly from: CivilDate;
  readonly to: Deadline;
}
/** A seat that an office of a sub-circle gives in this circle; the term is that office's. */
export interface LinkSeat {
  readonly subCircleId: string;
  readonly link: Link;
  readonly memberId: string;
  readonly termId: string;
}

/** A circle as its own stream tells it. Terms stay here until something ended them: whether one runs is asked with `now`. */
export interface Circle {
  readonly phase: 'Proposed' | 'Forming' | 'Active';
  readonly circleId: string;
  readonly communityId: string;
  readonly parentId: string | undefined;
  readonly zone: string;
  readonly category: Category;
  readonly convener: string;
  /** Whom the parent named leader, until the circle confirms them. */
  readonly named:
    { readonly leader: string; readonly term: { readonly from: CivilDate; readonly to: Deadline } } | undefined;
  readonly decision: DecisionRef | undefined;
  readonly meetingsPerYear: number;
  readonly rules: CircleRules;
  readonly hasAim: boolean;
  readonly accepted: boolean;
  readonly domain: readonly DomainItem[];
  readonly subCircles: readonly string[];
  readonly offered: readonly string[];
  /** Admitted to this circle itself, as opposed to those who sit here by an office elsewhere. */
  readonly admitted: readonly string[];
  readonly former: readonly string[];
  readonly terms: readonly Term[];
  readonly acting: readonly Acting[];
  readonly experts: readonly ExpertAssignment[];
  /** Seats announced here and not yet announced to have ended. */
  readonly announced: readonly Omit<LinkSeat, 'termId'>[];
  /** Terms of sub-circles whose seat here ended because the person left this circle. */
  readonly seatsLeft: readonly string[];
  /** Terms that started before the circle was active: their seats begin with the activation, if they still run then. */
  readonly formingTerms: readonly string[];
  /** What was held at the moment of the activation. */
  readonly heldAtActivation: readonly Holding[];
}
export type CircleState = { readonly phase: 'absent' } | Circle;

export const circle: Decider<CircleState, CircleEvent> = {
  category: 'circle',
  initial: { phase: 'absent' },
  evolve: (state, fact) => {
    if (fact.type === 'CircleProposed') return proposed(fact.data);
    if (state.phase === 'absent') throw new Error(`${fact.type} before the circle was proposed: the stream is corrupt`);
    return evolve(state, fact);
  },
};

type Since = Exclude<CircleEvent, { type: 'CircleProposed' }>;
type DataOf<T extends CircleEvent['type']> = Extract<CircleEvent, { type: T }>['data'];

function proposed(data: DataOf<'CircleProposed'>): Circle {
  const { circleId, communityId, parentId, zone, category, convener, leader, leaderTerm, meetingsPerYear, rules } =
    data;
  return {
    phase: 'Proposed',
    circleId,
    communityId,
    parentId,
    zone,
    category,
    convener,
    named: leader !== undefined && leaderTerm !== undefined ? { leader, term: leaderTerm } : undefined,
    decision: data.decision,
    meetingsPerYear,
    rules,
    hasAim: data.aim !== '',
    accepted: false,
    domain: data.domain,
    subCircles: [],
    offered: [],
    admitted: [],
    former: [],
    terms: [],
    acting: [],
    experts: [],
    announced: [],
    seatsLeft: [],
    formingTerms: [],
    heldAtActivation: [],
  };
}

/** One line a fact; the groups of facts are folded below. */
function evolve(circle: Circle, { type, data }: Since): Circle {
  switch (type) {
    case 'AdmissionOffered':
      return { ...circle, offered: [...without(circle.offered, data.memberId), data.memberId] };
    case 'AdmissionDeclined':
      return { ...circle, offered: without(circle.offered, data.memberId) };
    case 'MemberAdmitted':
      return admitted(circle, data.memberId);
    case 'OverStrengthAdmitted':
      return circle;
    case 'MemberLeftCircle':
      return left(circle, data);
    case 'MemberRemoved':
      return left(circle, { memberId: data.memberId, linksEnded: [] });
    case 'AimAndDomainAccepted':
      return { ...circle, accepted: true };
    case 'AimChanged':
      return { ...circle, hasAim: data.aim !== '' };
    case 'DomainChanged': {
      const kept = circle.domain.filter(({ itemId }) => !data.removed.includes(itemId));
      return { ...circle, domain: [...kept, ...data.added] };
    }
    case 'CircleActivated':
      return { ...circle, phase: 'Active', heldAtActivation: circle.terms };
    case 'DomainDelegated': {
      const { subCircleId, items, convenes } = data;
      const subCircles = convenes === 'yes' ? [...circle.subCircles, subCircleId] : circle.subCircles;
      return { ...circle, subCircles, domain: held(circle.domain, items, subCircleId) };
    }
    case 'DomainReturned':
      return { ...circle, domain: held(circle.domain, data.items, undefined) };
    case 'LinkSeated':
      return { ...circle, announced: [...circle.announced, seatOf(data)] };
    case 'LinkSeatEnded':
      return { ...circle, announced: circle.announced.filter((seat) => !sameSeat(seat, data)) };
    case 'TermStarted':
      return started(circle, termOf(data));
    case 'OfficeResigned':
    case 'OfficeVacated':
      return { ...circle, terms: circle.terms.filter(({ termId }) => termId !== data.termId) };
    case 'ActingAppointed':
      return { ...circle, acting: [...circle.acting, data] };
    case 'ActingEnded':
      return { ...circle, acting: circle.acting.filter(({ termId }) => termId !== data.termId) };
    case 'ExpertAssigned':
      return { ...circle, experts: [...circle.experts, assignmentOf(data)] };
    case 'ExpertUnassigned':
      return { ...circle, experts: circle.experts.filter(({ expertId }) => expertId !== data.expertId) };
  }
}

function admitted(circle: Circle, memberId: string): Circle {
  return {
    ...circle,
    phase: circle.phase === 'Proposed' ? 'Forming' : circle.phase,
    offered: without(circle.offered, memberId),
    admitted: [...without(circle.admitted, memberId), memberId],
    former: without(circle.former, memberId),
  };
}

function left(
  circle: Circle,
  { memberId, linksEnded }: Pick<DataOf<'MemberLeftCircle'>, 'memberId' | 'linksEnded'>,
): Circle {
  return {
    ...circle,
    admitted: without(circle.admitted, memberId),
    former: [...without(circle.former, memberId), memberId],
    seatsLeft: [...circle.seatsLeft, ...linksEnded.map(({ termId }) => termId)],
  };
}

function started(circle: Circle, term: Term): Circle {
  const { phase, terms, formingTerms } = circle;
  return {
    ...circle,
    terms: [...terms, term],
    formingTerms: phase === 'Active' ? formingTerms : [...formingTerms, term.termId],
  };
}

const held = (domain: readonly DomainItem[], items: readonly string[], by: string | undefined): DomainItem[] =>
  domain.map((item) => {
    if (!items.includes(item.itemId)) return item;
    const { itemId, text } = item;
    return by === undefined ? { itemId, text } : { itemId, text, delegatedTo: by };
  });

const termOf = ({ termId, office, seat, memberId, from, to }: DataOf<'TermStarted'>): Term => ({
  termId,
  office,
  seat,
  memberId,
  from,
  to,
});
const assignmentOf = ({ expertId, from, to }: DataOf<'ExpertAssigned'>): ExpertAssignment => ({ expertId, from, to });
const seatOf = ({ subCircleId, link, memberId }: Omit<LinkSeat, 'termId'>): Omit<LinkSeat, 'termId'> => ({
  subCircleId,
  link,
  memberId,
});

export const without = (people: readonly string[], person: string): string[] => people.filter((it) => it !== person);

export const sameSeat = (a: Omit<LinkSeat, 'termId'>, b: Omit<LinkSeat, 'termId'>): boolean =>
  a.subCircleId === b.subCircleId && a.link === b.link && a.memberId === b.memberId;

/** The circle of a stream that exists. */
export function existing(state: CircleState): Circle {
  refuseUnless(state.phase !== 'absent', 'NOT_FOUND');
  return state;
}
