import {
  civilDateOf,
  derivedId,
  quorumOf,
  type RefuseUnless,
  Refusal,
  refuseUnless as refuseUnlessAny,
} from '@app/kernel';
import { overtaken } from './about-agreement.js';
import { stillHolds } from './content.js';
import { isIn } from './drafting.js';
import { fundamentalKinds, subjectOf } from './effect.js';
import { type CircleNow, leads, type MeetingPlace, type Place } from './place.js';
import { effectOf, type InRound, latestOf, type OnTheTable, proposal, type Proposal, unresolved } from './proposal.js';
import type { AboutAgreement, ProposalEvent, RoundRules } from './proposal.events.js';

export const consentRoundRefusals = [
  'CLARIFY_AND_REACT_FIRST',
  'CLARIFY_AGAIN',
  'VERSION_NOT_SETTLED',
  'VERSION_NOT_LATEST',
  'OBJECTIONS_OPEN',
  'AUTHOR_NOT_CONFIRMED',
  'TOO_FEW_MEMBERS',
  'QUORUM_MISSING',
  'NO_SECRETARY',
  'ABSENCE_MODE_UNAVAILABLE',
  'ROUND_NOT_OPEN',
  'ANSWERS_MISSING',
] as const;
const refuseUnless: RefuseUnless<(typeof consentRoundRefusals)[number]> = refuseUnlessAny;

export interface OpenConsentRound extends MeetingPlace {
  readonly roundId: string;
  readonly version: number;
  readonly by: string;
  /** What the target of the effect would say today, where it would say no. */
  readonly effectRefusal?: Refusal;
}

/**
 * The facilitator asks everybody for their consent to one exact version. The roster is fixed here: every member, in the circle's order;
 * who comes later is asked next time. Strict readings: the author must have published or kept a version; a substantial amendment is
 * clarified anew first; a version must be found good again by whoever found an earlier one of the same integration good; the text must
 * still hold today.
 */
export function openConsentRound(state: Proposal, input: OpenConsentRound): ProposalEvent[] {
  const { roundId, version, by, circle, meeting, now, agreements, effectRefusal } = input;
  if ('rounds' in state && state.rounds.includes(roundId)) return [];
  leads(by, input);
  refuseUnless(isPastReacting(state), 'CLARIFY_AND_REACT_FIRST', { phase: state.phase }); // INV-33
  isIn(state, 'Amending', 'TestingObjection', 'Integrating');
  isSettled(state, version, circle);
  stillHolds(latestOf(state).content, { circle, now, agreements });
  if (effectRefusal !== undefined) throw effectRefusal;
  const { members, rules, revision: circleRevision } = circle;
  const effect = effectOf(state);
  refuseUnless(members.length > rules.sizes.vacantTo || effect?.kind === 'admitMember', 'TOO_FEW_MEMBERS'); // INV-08
  const roster = members.filter((person) => person !== subjectOf(effect)); // INV-24, without: const roster = members;
  const present = meeting.present.filter((person) => roster.includes(person));
  const quorum = quorumAmong(state, rules.quorum, roster.length);
  refuseUnless(present.length >= quorum, 'QUORUM_MISSING', { present: present.length, quorum }); // INV-43
  const { meetingId, secretary } = meeting;
  refuseUnless(secretary !== undefined, 'NO_SECRETARY');
  const fundamental = effect !== undefined && fundamentalKinds.includes(effect.kind);
  const data = {
    roundId,
    version,
    roster: [...roster],
    present,
    quorum,
    rules: rulesFor(circle, fundamental),
    fundamental,
  };
  const place = { facilitator: by, secretary, meetingId, circleRevision, by };
  return [...orphans(state, circle), { type: 'ConsentRoundOpened', data: { ...data, ...place } }];
}

function isPastReacting({ phase }: Proposal): boolean {
  return phase !== 'Draft' && phase !== 'Presented' && phase !== 'Clarifying' && phase !== 'Reacting';
}

/** The version is the latest, its author stands by it, and nobody's objection waits. */
function isSettled(
  state: Extract<Proposal, { phase: 'Amending' | 'TestingObjection' | 'Integrating' }>,
  version: number,
  circle: CircleNow,
): void {
  const latest = latestOf(state);
  refuseUnless(version === latest.number, 'VERSION_NOT_LATEST', { version, latest: latest.number });
  if (state.phase === 'Amending') {
    refuseUnless(state.settled, 'VERSION_NOT_SETTLED');
    refuseUnless(!state.clarifyAgain, 'CLARIFY_AGAIN'); // INV-33
  }
  const waiting = unresolved(state).filter(({ holder }) => circle.members.includes(holder));
  refuseUnless(waiting.length === 0, 'OBJECTIONS_OPEN', { objections: waiting.map((it) => it.objectionId) }); // INV-37
  const anotherHand = latest.by !== state.author && circle.members.includes(state.author);
  refuseUnless(!anotherHand || state.confirmed.includes(version), 'AUTHOR_NOT_CONFIRMED', { version });
}

/**
 * The rules the round is held by. A fundamental decision, and any decision of a circle that is still forming, needs everybody's own
 * answer whatever the circle chose (INV-47).
 */
function rulesFor({ rules, state }: CircleNow, fundamental: boolean): RoundRules {
  let absenceMode = state === 'Active' ? rules.absenceMode : 'AllRequired';
  if (fundamental) absenceMode = 'AllRequired'; // INV-47
  refuseUnless(absenceMode === 'AllRequired', 'ABSENCE_MODE_UNAVAILABLE', { absenceMode });
  const { maxMonths: maxReviewMonths, overdueDays, lapseDays } = rules.review;
  return { absenceMode, quorum: { ...rules.quorum }, maxReviewMonths, review: { overdueDays, lapseDays } };
}

/** The quorum among so many. A circle too small for the smallest one can still admit members (INV-08): all of them are needed then. */
function quorumAmong(state: OnTheTable, rule: RoundRules['quorum'], people: number): number {
  const quorum = quorumOf(rule, people);
  return effectOf(state)?.kind === 'admitMember' ? Math.min(quorum, people) : quorum;
}

/** Objections that lost their holder and that nobody took over: recorded concerns from here on (method §3.5). */
function orphans(state: OnTheTable, { members }: CircleNow): ProposalEvent[] {
  return unresolved(state)
    .filter(({ status, holder }) => status === 'open' && !members.includes(holder))
    .map(({ objectionId }) => ({ type: 'ObjectionOrphaned', data: { objectionId, cause: 'authorLeft' } }));
}

/** Roster members who lost membership drop out, and the quorum is counted anew among those who remain (S13). */
export function reduced(state: InRound, { members, revision: circleRevision }: CircleNow): ProposalEvent[] {
  const { roundId, roster, rules } = state.round;
  const left = roster.filter((person) => !members.includes(person));
  if (left.length === 0) return [];
  const quorum = quorumAmong(state, rules.quorum, roster.length - left.length);
  return [{ type: 'RosterReduced', data: { roundId, left, quorum, circleRevision } }];
}

export const owedBy = ({ round }: InRound): string[] => round.roster.filter((person) => !(person in round.answers));

/** The facts, and with the last answer owed the end of the round in the same append (method §3.2). */
export function heard(state: InRound, facts: ProposalEvent[], place: Place): ProposalEvent[] {
  const after = facts.reduce<Proposal>(proposal.evolve, state) as InRound;
  return owedBy(after).length > 0 ? facts : [...facts, ...closing(after, place)];
}

/** The facilitator closes a round in which nobody owes an answer any more because somebody left. */
export function closeConsentRound(state: Proposal, input: MeetingPlace & { readonly by: string }): ProposalEvent[] {
  leads(input.by, input);
  refuseUnless(state.phase === 'ConsentRound', 'ROUND_NOT_OPEN', { phase: state.phase });
  const facts = reduced(state, input.circle);
  const after = facts.reduce<Proposal>(proposal.evolve, state) as InRound;
  const missing = owedBy(after);
  refuseUnless(missing.length === 0, 'ANSWERS_MISSING', { missing });
  return [...facts, ...closing(after, input)];
}

/**
 * What a round that everybody has been heard in comes to. Those who answered are those who took part, in the room or not: they must be
 * a quorum (INV-43), which only departures can break. A review date that has come meanwhile voids the round (INV-32), and so does an
 * agreement that reads otherwise by now or has ended (INV-54): the text goes back to its author, and nothing is lost.
 */
function closing(state: InRound, { circle, now, agreements }: Place): ProposalEvent[] {
  const { roundId, version, roster: answered, quorum } = state.round;
  const lost = orphans({ ...state, lastRound: state.round }, circle);
  const held = lost.reduce<Proposal>(proposal.evolve, state) as InRound;
  const open = unresolved({ ...held, lastRound: held.round }).map(({ objectionId }) => objectionId);
  const closed = { roundId, version, open, answered: [...answered], quorum };
  const voided = (cause: Voided['cause']): ProposalEvent[] => [
    ...lost,
    { type: 'ConsentRoundVoided', data: { roundId, version, cause } },
  ];
  if (open.length > 0) return [...lost, { type: 'ConsentRoundClosed', data: { ...closed, outcome: 'objections' } }]; // INV-37
  if (answered.length < quorum) return voided('quorumLost'); // INV-43
  const decidedOn = civilDateOf(now, circle.zone);
  if (latestOf(held).content.reviewOn <= decidedOn) return voided('reviewDatePassed'); // INV-32
  const late = overtaken(latestOf(held).content, { circle, agreements });
  if (late !== undefined) return voided(late); // INV-54
  return [
    ...lost,
    { type: 'ConsentRoundClosed', data: { ...closed, outcome: 'consent' } },
    { type: 'DecisionReached', data: decision(held, decidedOn) },
  ];
}

type Voided = Extract<ProposalEvent, { type: 'ConsentRoundVoided' }>['data'];

function decision(state: InRound, decidedOn: string): Extract<ProposalEvent, { type: 'DecisionReached' }>['data'] {
  const { proposalId, objections, round } = state;
  const { roundId, version, roster, rules, fundamental, answers } = round;
  const concerned = roster.filter((person) => answers[person]?.concern !== undefined);
  const inStatus = (wanted: string): string[] =>
    Object.values(objections).flatMap(({ objectionId, status }) => (status === wanted ? [objectionId] : []));
  const setAside = inStatus('setAside');
  const effectKind = effectOf(state)?.kind;
  const { agreement } = latestOf(state).content;
  return {
    version,
    roundId,
    agreementId: agreementBecoming(proposalId, version, agreement),
    rule: rules.absenceMode,
    fundamental,
    explicit: [...roster],
    silent: [],
    unreached: [],
    concerns: concerned,
    orphaned: inStatus('orphaned'),
    ...(setAside.length === 0 ? {} : { setAside }),
    decidedOn,
    ...(effectKind === undefined ? {} : { effectKind }),
    ...(agreement === undefined ? {} : { agreementAction: agreement.action }),
  };
}

/** What the decision lives on as: the agreement it changes, or one of its own. */
function agreementBecoming(proposalId: string, version: number, about: AboutAgreement | undefined): string {
  if (about === undefined || about.action === 'supersede') return agreementIdOf(proposalId, version);
  return about.agreementId;
}

/** The agreement that a version becomes when it is decided: the same whoever asks. */
export const agreementIdOf = (proposalId: string, version: number): string =>
  derivedId('agreement', proposalId, String(version));
