import { quorumOf, refuseUnless as refuseUnlessAny, type RefuseUnless } from '@app/kernel';
import type { ElectionEvent } from './election.events.js';
import { election, type Election, type In } from './election.js';
import { expectEligible } from './eligibility.js';
import { leadsProposal } from './proposing.js';
import {
  type ElectingCircle,
  expect,
  expectMeeting,
  expectMember,
  expectOwnWord,
  heard,
  rulesOf,
  type Setting,
  type Voice,
} from './setting.js';

export const consentRefusals = [
  'SELF_PROPOSED',
  'QUORUM_MISSING',
  'NO_SECRETARY',
  'ROUND_NOT_OPEN',
  'NOT_ON_ROSTER',
  'NOMINEE_ANSWERS_LAST',
  'OBJECTION_STANDS',
  'OBJECTION_WITHOUT_ARGUMENT',
  'NOTHING_TO_DISPUTE',
  'ALREADY_ANSWERED',
  'ANSWERS_MISSING',
  'OBJECTIONS_OPEN',
] as const;
const refuseUnless: RefuseUnless<(typeof consentRefusals)[number]> = refuseUnlessAny;

/** Opens the round on the person proposed. Everybody answers, the nominee last. */
export function openElectionConsent(state: Election, input: Setting & { readonly roundId: string }): ElectionEvent[] {
  const it = expect(state, 'Proposed');
  const { by, roundId, circle, officers } = input;
  const { person, term, office } = it;
  refuseUnless(person !== by, 'SELF_PROPOSED'); // INV-65
  leadsProposal(it, input);
  const { meetingId, present } = expectMeeting(input);
  expectEligible(office, person, circle, 'why');
  const rules = rulesOf(circle);
  const quorum = quorumOf(rules.quorum, circle.members.length);
  refuseUnless(present.length >= quorum, 'QUORUM_MISSING', { present: present.length, quorum }); // INV-43
  refuseUnless(officers.facilitator !== undefined && officers.secretary !== undefined, 'NO_SECRETARY');
  const roster = [...circle.members.filter((member) => member !== person), person];
  const held = { present: [...present], quorum, rules, meetingId, circleRevision: circle.revision, by };
  return [{ type: 'ElectionConsentRoundOpened', data: { roundId, person, roster, ...term, lead: by, ...held } }];
}

export interface Reply {
  readonly voice: Voice;
  /** The round that is answered: an answer never slides into another one. */
  readonly roundId: string;
}

/** No objection, with a concern or without. The same answer again is the same answer; another one is refused (INV-34). */
export function giveElectionConsent(
  state: Election,
  input: Setting & Reply & { readonly concern?: string },
): ElectionEvent[] {
  const round = answerable(state, input);
  const { voice, roundId, concern } = input;
  const standing = round.answers[voice.of];
  refuseUnless(standing?.objectionId === undefined, 'OBJECTION_STANDS', { objectionId: standing?.objectionId ?? '' }); // INV-45
  const said = concern === undefined || concern.trim() === '' ? {} : { concern };
  if (standing !== undefined && standing.concern === said.concern) return [];
  refuseUnless(standing === undefined, 'ALREADY_ANSWERED'); // INV-34
  const answer: ElectionEvent = { type: 'ElectionConsentGiven', data: { roundId, ...heard(voice, input), ...said } };
  return settled(round, input.circle, answer);
}

/** A reasoned objection. It may take the place of one's consent until the round closes; both are kept. */
export function raiseElectionObjection(
  state: Election,
  input: Setting & Reply & { readonly objectionId: string; readonly argument: string },
): ElectionEvent[] {
  const { voice, roundId, objectionId, argument } = input;
  if ('objections' in state && state.objections[objectionId] !== undefined) return [];
  const round = answerable(state, input);
  refuseUnless(argument.trim() !== '', 'OBJECTION_WITHOUT_ARGUMENT'); // INV-36
  refuseUnless(round.answers[voice.of]?.objectionId === undefined, 'OBJECTION_STANDS'); // INV-34
  const data = { objectionId, roundId, ...heard(voice, input), argument };
  return settled(round, input.circle, { type: 'ElectionObjectionRaised', data });
}

/** Whoever was entered for says it was not so; their answer is owed again. */
export function disputeElectionAnswer(state: Election, input: Setting & { readonly roundId: string }): ElectionEvent[] {
  const round = expect(state, 'ConsentRound');
  const { by, roundId } = input;
  expectMember(input);
  refuseUnless(roundId === round.roundId, 'ROUND_NOT_OPEN');
  const answer = round.answers[by];
  refuseUnless(answer !== undefined && answer.enteredBy !== by, 'NOTHING_TO_DISPUTE');
  const { objectionId } = answer;
  const which = objectionId === undefined ? {} : { objectionId };
  return [{ type: 'ElectionAnswerDisputed', data: { roundId, by, ...which } }];
}

/** For when somebody left the circle: closes a round in which nobody who remains owes an answer, and lets go of objections nobody adopted. */
export function closeElectionRound(state: Election, input: Setting): ElectionEvent[] {
  const it = expect(state, 'ConsentRound', 'Integrating');
  leadsProposal(it, input);
  const { circle } = input;
  if (it.phase === 'Integrating') {
    const left = orphans(it, circle);
    refuseUnless(left.length > 0, 'OBJECTIONS_OPEN');
    return left;
  }
  const facts = departures(it, circle);
  const round = facts.reduce(election.evolve, it as Election) as In<'ConsentRound'>;
  const missing = owed(round);
  refuseUnless(missing.length === 0, 'ANSWERS_MISSING', { missing });
  const answered = Object.keys(round.answers);
  refuseUnless(answered.length >= round.quorum, 'QUORUM_MISSING', { present: answered.length, quorum: round.quorum }); // INV-43
  return [...facts, ...closing(round, circle)];
}

/** The round in which this voice may answer now. */
function answerable(state: Election, input: Setting & Reply): In<'ConsentRound'> {
  const round = expect(state, 'ConsentRound');
  const { voice, roundId, circle } = input;
  refuseUnless(roundId === round.roundId, 'ROUND_NOT_OPEN', { phase: round.phase });
  expectOwnWord(voice, input);
  refuseUnless(round.roster.includes(voice.of), 'NOT_ON_ROSTER'); // INV-34
  const others = owed(round).filter((member) => member !== round.person && circle.members.includes(member));
  refuseUnless(voice.of !== round.person || others.length === 0, 'NOMINEE_ANSWERS_LAST'); // INV-64
  return round;
}

const owed = ({ roster, answers }: In<'ConsentRound'>): string[] => roster.filter((member) => !(member in answers));

/** The answer, what departures change, and when it was the last one owed the end of the round. */
function settled(round: In<'ConsentRound'>, circle: ElectingCircle, answer: ElectionEvent): ElectionEvent[] {
  const facts = [...departures(round, circle), answer];
  const after = facts.reduce(election.evolve, round as Election) as In<'ConsentRound'>;
  return owed(after).length > 0 ? facts : [...facts, ...closing(after, circle)];
}

function departures({ roster, quorum }: In<'ConsentRound'>, circle: ElectingCircle): ElectionEvent[] {
  const left = roster.filter((member) => !circle.members.includes(member));
  if (left.length === 0) return [];
  const reduced = Math.min(quorum, quorumOf(circle.rules.quorum, roster.length - left.length));
  const data = { phase: 'consent' as const, left, quorum: reduced, circleRevision: circle.revision };
  return [{ type: 'ElectionRosterReduced', data }];
}

/** Open objections whose holder left the circle: recorded concerns from here on. */
function orphans({ objections }: In<'ConsentRound' | 'Integrating'>, { members }: ElectingCircle): ElectionEvent[] {
  return Object.values(objections)
    .filter(({ status, holder }) => status === 'open' && !members.includes(holder))
    .map(({ objectionId }) => ({ type: 'ElectionObjectionOrphaned', data: { objectionId, cause: 'authorLeft' } }));
}

function closing(round: In<'ConsentRound'>, circle: ElectingCircle): ElectionEvent[] {
  const { roundId, person, quorum } = round;
  const answered = Object.keys(round.answers);
  if (answered.length < quorum) return []; // INV-43
  const facts = orphans(round, circle);
  const { objections } = facts.reduce(election.evolve, round as Election) as In<'ConsentRound'>;
  const open = Object.values(objections).filter(({ status }) => status === 'open');
  // The nominee's own objection is the first to be heard.
  const ids = [
    ...open.filter(({ holder }) => holder === person),
    ...open.filter(({ holder }) => holder !== person),
  ].map(({ objectionId }) => objectionId);
  const outcome = ids.length === 0 ? 'consent' : 'objections'; // INV-37 without: const outcome = 'consent' as const;
  return [...facts, { type: 'ElectionRoundClosed', data: { roundId, outcome, open: ids, answered, quorum } }];
}
