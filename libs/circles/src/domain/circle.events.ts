import {
  catalogue,
  day,
  deadline,
  event,
  type FactOf,
  id,
  list,
  maybe,
  oneOf,
  record,
  text,
  whole,
  word,
} from '@app/kernel';
import { categories, circleRules, offices } from './rules.js';

/** The decision that a change came from. */
export const decision = () => record({ proposalId: id(), version: whole() });
const office = () => oneOf(offices);
const link = () => oneOf(['first', 'second']);
const domainItem = () => record({ itemId: id(), text: text('circle', 500) });
const holding = () => ({ termId: id(), office: office(), seat: whole(), memberId: id() });

export const vacancyCauses = [
  'leftCircle',
  'leftParent',
  'termEnded',
  'becameLeader',
  'leftCommunity',
  'replaced',
  'removed',
  'dissolved',
] as const;

/** Everything that can happen to a circle. Stream `circle-<circleId>`: members, offices, seats and delegated domain items live here. */
export const circleEvents = catalogue('circle', {
  CircleProposed: event({
    circleId: id(),
    communityId: id(),
    parentId: maybe(id()),
    zone: word(64),
    name: text('circle', 200),
    aim: text('circle', 2_000),
    domain: list(domainItem()),
    category: oneOf(categories),
    convener: id(),
    leader: maybe(id()),
    leaderTerm: maybe(record({ from: day(), to: deadline() })),
    meetingsPerYear: whole(),
    rules: circleRules(),
    decision: maybe(decision()),
  }),
  AdmissionOffered: event({ memberId: id(), by: id() }),
  AdmissionDeclined: event({ memberId: id(), by: id() }),
  MemberAdmitted: event({
    memberId: id(),
    how: oneOf(['convener', 'acceptance', 'decision']),
    decision: maybe(decision()),
  }),
  /** Always in the append of the `MemberAdmitted` of a 9th or 10th member; carries only the plan (INV-06). */
  OverStrengthAdmitted: event({ memberId: id(), plan: text('circle', 2_000), due: deadline(), decision: decision() }),
  AimAndDomainAccepted: event({ decision: decision() }),
  AimChanged: event({ aim: text('circle', 2_000), decision: decision() }),
  DomainChanged: event({ added: list(domainItem()), removed: list(id()), decision: decision() }),
  CircleActivated: event({ by: id() }),
  DomainDelegated: event({
    subCircleId: id(),
    items: list(id()),
    convenes: oneOf(['yes', 'no']),
    decision: decision(),
  }),
  DomainReturned: event({ subCircleId: id(), items: list(id()), decision: decision() }),
  MemberLeftCircle: event({
    memberId: id(),
    officesEnded: list(office()),
    linksEnded: list(record({ subCircleId: id(), link: link(), termId: id() })),
    handover: maybe(text({ member: 'memberId' }, 4_000)),
  }),
  /** By decision. Who sits here as link of a sub-circle as well goes on sitting here as that. */
  MemberRemoved: event({ memberId: id(), decision: decision(), officesEnded: list(office()) }),
  LinkSeated: event({ link: link(), memberId: id(), subCircleId: id(), causedBy: id() }),
  LinkSeatEnded: event({ link: link(), memberId: id(), subCircleId: id(), cause: word(40), causedBy: id() }),
  TermStarted: event({
    ...holding(),
    from: day(),
    to: deadline(),
    electionId: maybe(id()),
    decision: maybe(decision()),
  }),
  ActingAppointed: event({
    ...holding(),
    order: oneOf(['named', 'officer', 'leader', 'volunteer', 'deputy', 'parent']),
    until: maybe(deadline()),
  }),
  ActingEnded: event({ ...holding(), cause: oneOf(['elected', 'leftCircle', 'steppedBack', 'expired']) }),
  OfficeResigned: event({ ...holding(), handover: maybe(text({ member: 'memberId' }, 4_000)) }),
  OfficeVacated: event({ ...holding(), cause: oneOf(vacancyCauses) }),
  ExpertAssigned: event({ expertId: id(), from: day(), to: deadline(), decision: decision() }),
  ExpertUnassigned: event({
    expertId: id(),
    cause: oneOf(['decision', 'steppedBack', 'leftCommunity', 'replaced']),
    decision: maybe(decision()),
  }),
});
export type CircleEvent = FactOf<typeof circleEvents>;
