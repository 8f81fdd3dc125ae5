import { type Deadline, endOf, fold } from '@app/kernel';
import type { CircleEvent } from './circle.events.js';
import { type Circle, circle, existing, type LinkSeat } from './circle.js';
import { methodRules, type Office } from './rules.js';

/** Cercle Racines of the acceptance scenarios (method §11): seven members, five offices' worth of people, a parent, an expert. */
export const zone = 'America/Toronto';
export const now = '2027-05-27T23:00:00.000Z';
export const today = '2027-05-27';
export const decision = { proposalId: 'p1', version: 2 };
export const policy = 'policy:when-decision-reached-then-apply-its-effect';
export const elected = 'policy:when-officer-elected-then-start-term';
export const seven = ['ana', 'marc', 'zoe', 'luc', 'lise', 'paul', 'ines'];
export const communityMembers = [...seven, 'solange', 'maya', 'leo', 'theo', 'noe', 'eve', 'dora'];
export const until = (date: string): Deadline => endOf(date, zone);

export const proposed = (changes: Partial<ProposedData> = {}): CircleEvent => ({
  type: 'CircleProposed',
  data: withoutAbsent({
    circleId: 'racines',
    communityId: 'solidarite',
    parentId: 'general',
    zone,
    name: 'Cercle Racines',
    aim: 'Apprendre à écouter, pour toute personne du quartier.',
    domain: [
      { itemId: 'ecoute', text: 'Les rencontres d’écoute' },
      { itemId: 'accueil', text: 'L’accueil' },
    ],
    category: 'practice',
    convener: 'marc',
    leader: 'marc',
    leaderTerm: { from: '2027-01-10', to: until('2028-01-10') },
    meetingsPerYear: 10,
    rules: methodRules,
    decision,
    ...changes,
  }),
});
/** A field that is not there is not there, rather than undefined. */
const withoutAbsent = <T>(data: T): T => JSON.parse(JSON.stringify(data)) as T;
type ProposedData = Extract<CircleEvent, { type: 'CircleProposed' }>['data'];

export const admittedConvener: CircleEvent = { type: 'MemberAdmitted', data: { memberId: 'marc', how: 'convener' } };
export const accepted = (memberId: string): CircleEvent => ({
  type: 'MemberAdmitted',
  data: { memberId, how: 'acceptance' },
});
export const admitted = (memberId: string): CircleEvent => ({
  type: 'MemberAdmitted',
  data: { memberId, how: 'decision', decision },
});
export const aimAccepted: CircleEvent = { type: 'AimAndDomainAccepted', data: { decision } };
export const term = (office: Office, memberId: string, from = '2027-02-01', to = '2028-03-31'): CircleEvent => ({
  type: 'TermStarted',
  data: { termId: `${office}-${memberId}`, office, seat: 1, memberId, from, to: until(to), electionId: 'e1' },
});
export const vacated = (office: Office, memberId: string, cause: VacancyCause): CircleEvent => ({
  type: 'OfficeVacated',
  data: { termId: `${office}-${memberId}`, office, seat: 1, memberId, cause },
});
type VacancyCause = Extract<CircleEvent, { type: 'OfficeVacated' }>['data']['cause'];
export const expert = (expertId = 'solange', from = '2027-01-15', to = '2028-01-15'): CircleEvent => ({
  type: 'ExpertAssigned',
  data: { expertId, from, to: until(to), decision },
});
export const activated: CircleEvent = { type: 'CircleActivated', data: { by: 'marc' } };

export const leader = term('leader', 'marc', '2027-01-10', '2028-01-10');
export const facilitator = term('facilitator', 'zoe');
export const secretary = term('secretary', 'luc');
export const secondLink = term('secondLink', 'lise');

/** Proposed, then everybody in: Marc convened, the six others accepted. */
export const gathered = [proposed(), admittedConvener, ...seven.filter((it) => it !== 'marc').map(accepted)];
/** Ready to be activated. */
export const ready = [...gathered, aimAccepted, leader, expert(), facilitator, secretary, secondLink];
export const racines = [...ready, activated];
/** Racines before its second link was elected. */
export const withoutSecondLink = [...gathered, aimAccepted, leader, expert(), facilitator, secretary, activated];

/** The general circle, Racines' parent: a root whose own members are seven others. */
export const general: CircleEvent[] = [
  proposed({
    circleId: 'general',
    parentId: undefined,
    domain: [
      { itemId: 'ecoute', text: null },
      { itemId: 'accueil', text: null },
      { itemId: 'argent', text: null },
    ],
    category: 'general',
    convener: 'ana',
    leader: undefined,
    leaderTerm: undefined,
    decision: undefined,
  }),
  { type: 'MemberAdmitted', data: { memberId: 'ana', how: 'convener' } },
  ...['leo', 'noe', 'eve', 'dora', 'theo'].map(accepted),
  aimAccepted,
  term('leader', 'ana'),
  term('facilitator', 'leo'),
  term('secretary', 'noe'),
  { type: 'CircleActivated', data: { by: 'ana' } },
];
export const convenes = (items: string[], subCircleId = 'racines'): CircleEvent => ({
  type: 'DomainDelegated',
  data: { subCircleId, items, convenes: 'yes', decision },
});

/** The seats that Racines gives in the general circle. */
export const racinesSeats: LinkSeat[] = [
  { subCircleId: 'racines', link: 'first', memberId: 'marc', termId: 'leader-marc' },
  { subCircleId: 'racines', link: 'second', memberId: 'lise', termId: 'secondLink-lise' },
];

export const circleAfter = (...history: CircleEvent[]): Circle => existing(fold(circle, history));
