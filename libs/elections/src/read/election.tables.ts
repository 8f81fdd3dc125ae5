import { bool, int, json, maybeText, personal, type RowOf, table, text } from '@app/read-store';

const word = () => ({ enteredBy: text(), channel: text() });

/** One row per election. `leadId` leads up to the proposal, `proposerId` the phases after it where that is somebody else. */
export const electionTable = table(
  'election',
  {
    electionId: text(),
    circleId: text(),
    communityId: text(),
    office: text(),
    seat: int(),
    cause: text(),
    calledBy: text(),
    calledAt: text(),
    phase: text(),
    round: int(),
    duties: maybeText(),
    qualities: maybeText(),
    termFrom: maybeText(),
    termTo: maybeText(),
    warnings: json<string[]>(),
    leadId: maybeText(),
    proposerId: maybeText(),
    personId: maybeText(),
    roundId: maybeText(),
    meetingId: maybeText(),
    electedId: maybeText(),
    electedOn: maybeText(),
    effectRefused: maybeText(),
    cancelledBy: maybeText(),
    cancelReason: personal('cancelledBy'),
  },
  { key: ['electionId'], indexes: [['circleId', 'calledAt']] },
);

/** Who owes an envelope in a round of nominations, and who has sealed theirs: never whom it names. */
export const envelopeTable = table(
  'election_envelope',
  { electionId: text(), round: int(), memberId: text(), place: int(), isSealed: bool() },
  { key: ['electionId', 'round', 'memberId'] },
);

/** Who named whom: there are no rows before the reveal. A change keeps both names. */
export const nominationTable = table(
  'election_nomination',
  {
    electionId: text(),
    round: int(),
    memberId: text(),
    place: int(),
    nomineeId: text(),
    changedTo: maybeText(),
    isCurrent: bool(),
  },
  { key: ['electionId', 'round', 'memberId'] },
);

/** What was said for a person, with a nomination or with its change. */
export const electionReasonTable = table(
  'election_reason',
  {
    reasonId: text(),
    electionId: text(),
    memberId: text(),
    ...word(),
    aboutId: text(),
    changedFrom: maybeText(),
    reason: personal('memberId'),
    saidAt: text(),
    isCurrent: bool(),
  },
  { key: ['reasonId'], indexes: [['electionId']] },
);

/** Each time somebody was proposed. */
export const nomineeProposalTable = table(
  'nominee_proposal',
  {
    eventId: text(),
    electionId: text(),
    personId: text(),
    memberId: text(),
    rationale: personal('memberId'),
    cites: json<string[]>(),
    proposedAt: text(),
  },
  { key: ['eventId'], indexes: [['electionId']] },
);

/** Each consent round, with the rules and presence it relied on. */
export const electionRoundTable = table(
  'election_round',
  {
    roundId: text(),
    electionId: text(),
    personId: text(),
    leadId: text(),
    meetingId: text(),
    termFrom: text(),
    termTo: text(),
    quorum: int(),
    presentIds: json<string[]>(),
    openedAt: text(),
    closedAt: maybeText(),
    outcome: maybeText(),
  },
  { key: ['roundId'], indexes: [['electionId']] },
);

/** What each person of a round's roster answered; `owed` while they have not, `left` when they left the circle first. */
export const electionAnswerTable = table(
  'election_answer',
  {
    roundId: text(),
    memberId: text(),
    electionId: text(),
    place: int(),
    answer: text(),
    enteredBy: maybeText(),
    channel: maybeText(),
    concern: personal('memberId'),
    objectionId: maybeText(),
    answeredAt: maybeText(),
    isOpen: bool(),
  },
  { key: ['roundId', 'memberId'], indexes: [['electionId']] },
);

/** Objections, and what became of them. `holderId` is whose word resolves it. */
export const electionObjectionTable = table(
  'election_objection',
  {
    objectionId: text(),
    electionId: text(),
    roundId: text(),
    memberId: text(),
    ...word(),
    argument: personal('memberId'),
    holderId: text(),
    adoptedArgument: personal('holderId'),
    status: text(),
    integrationId: maybeText(),
    raisedAt: text(),
  },
  { key: ['objectionId'], indexes: [['electionId']] },
);

/** Ways that were offered to take an objection in. */
export const electionIntegrationTable = table(
  'election_integration',
  {
    integrationId: text(),
    objectionId: text(),
    electionId: text(),
    option: text(),
    memberId: text(),
    offer: personal('memberId'),
    duties: maybeText(),
    termFrom: maybeText(),
    termTo: maybeText(),
    offeredAt: text(),
  },
  { key: ['integrationId'], indexes: [['electionId']] },
);

/** Who did not accept, and why. */
export const electionDeclineTable = table(
  'election_decline',
  { eventId: text(), electionId: text(), memberId: text(), reason: personal('memberId'), declinedAt: text() },
  { key: ['eventId'], indexes: [['electionId']] },
);

export const waitingKinds = ['nominate', 'giveReason', 'answer', 'accept', 'effectRefused'] as const;
export type WaitingKind = (typeof waitingKinds)[number];
/** What waits for whom, while `isActive`: a row may stand ready from an earlier event. `isLast`: only once nobody else's answer waits. */
export const waitingElectionTable = table(
  'waiting_election',
  {
    electionId: text(),
    memberId: text(),
    kind: text(),
    circleId: text(),
    communityId: text(),
    since: text(),
    /** The objection that was this person's answer, so that taking it back makes the answer wait again. */
    objectionId: maybeText(),
    isLast: bool(),
    isActive: bool(),
  },
  { key: ['electionId', 'memberId', 'kind'], indexes: [['memberId']] },
);

export type ElectionRow = RowOf<typeof electionTable>;
export type EnvelopeRow = RowOf<typeof envelopeTable>;
export type NominationRow = RowOf<typeof nominationTable>;
export type ElectionReasonRow = RowOf<typeof electionReasonTable>;
export type NomineeProposalRow = RowOf<typeof nomineeProposalTable>;
export type ElectionRoundRow = RowOf<typeof electionRoundTable>;
export type ElectionAnswerRow = RowOf<typeof electionAnswerTable>;
export type ElectionObjectionRow = RowOf<typeof electionObjectionTable>;
export type ElectionIntegrationRow = RowOf<typeof electionIntegrationTable>;
export type ElectionDeclineRow = RowOf<typeof electionDeclineTable>;
export type WaitingElectionRow = RowOf<typeof waitingElectionTable>;

/** The tables of this context as the query builder sees them. */
export interface ElectionTables {
  election: ElectionRow;
  election_envelope: EnvelopeRow;
  election_nomination: NominationRow;
  election_reason: ElectionReasonRow;
  nominee_proposal: NomineeProposalRow;
  election_round: ElectionRoundRow;
  election_answer: ElectionAnswerRow;
  election_objection: ElectionObjectionRow;
  election_integration: ElectionIntegrationRow;
  election_decline: ElectionDeclineRow;
  waiting_election: WaitingElectionRow;
}
